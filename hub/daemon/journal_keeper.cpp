// One try: let go of the old journal, ask the disk, open, read back, compare, make ready; then hand it to the engine.
#include "hub/daemon/journal_keeper.hpp"

#include <algorithm>
#include <utility>

namespace attune::daemon {

namespace {

journal::SqliteOptions locked(journal::SqliteOptions options) {
    options.lock = std::make_shared<journal::DirectoryLock>(options.directory);
    return options;
}

}  // namespace

JournalKeeper::JournalKeeper(journal::SqliteOptions options)
    : options_(locked(std::move(options))), journal_(std::make_unique<journal::SqliteJournal>(options_)) {}

JournalKeeper::~JournalKeeper() {
    if (thread_.joinable()) thread_.join();
}

void JournalKeeper::try_again(app::Hub& hub, Look look) {
    if (trying()) return;
    if (journal_) {
        head_ = {journal_->head_seq(), journal_->head_hash()};
        journal_->mute();
    }
    thread_ = std::thread([this, &hub, look, old = std::move(journal_)]() mutable {
        old.reset();
        auto made = std::make_shared<Try>(open_again(look));
        options_.post([this, &hub, made] { landed(hub, *made); });
    });
}

JournalKeeper::Try JournalKeeper::open_again(Look look) const {
    Try made;
    try {
        if (look == Look::first && !journal::takes_writes(options_.directory)) {
            made.why_not = "The disk takes nothing yet.";
            return made;
        }
        made.disk_is_well = true;
        auto journal = std::make_unique<journal::SqliteJournal>(options_);
        core::State state;
        journal->restore(state);
        made.stored.last_seq = state.last_seq;
        if (journal->hash_of(head_.seq) != head_.hash) {
            made.why_not = "The journal is not the one that failed: an event that was on disk is missing or another.";
            return made;
        }
        const std::uint64_t newer = made.stored.last_seq - std::min(head_.seq, made.stored.last_seq);
        journal->recall(newer, [&](const core::Event& event) { made.stored.newest.push_back(event); });
        journal->prepare();
        if (journal->sick().empty())
            made.journal = std::move(journal);
        else
            made.why_not = journal->sick();
    } catch (const std::exception& error) {
        made.why_not = error.what();
    }
    return made;
}

void JournalKeeper::landed(app::Hub& hub, Try& made) {
    thread_.join();
    why_not_ = std::move(made.why_not);
    disk_is_well_ = made.disk_is_well;
    if (!made.journal) return;
    if (hub.journal_restored(*made.journal, made.stored))
        journal_ = std::move(made.journal);
    else
        why_not_ = hub.engine().can_catch_up()
                       ? "The journal holds events that this hub did not write."
                       : "More events were not recorded than fit into memory; only a new start goes on from the disk.";
}

void JournalKeeper::stop() {
    if (journal_) journal_->stop();
}

}  // namespace attune::daemon
