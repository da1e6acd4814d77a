// The commit thread and what restores a hub from its file.
#include "hub/journal/sqlite_journal.hpp"

#include <pthread.h>
#include <sodium.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "hub/core/step.hpp"
#include "hub/journal/event_codec.hpp"
#include "hub/journal/write_ahead_log.hpp"

namespace attune::journal {
namespace {

/// Events of one transaction: more would only make the first of them wait longer.
constexpr std::size_t batch_events_max = 8'192;
/// The write-ahead log is moved into the file when nobody has written for a while, when it has this many pages (4 KiB)
/// and nothing waits, or when it has so many that it must.
constexpr std::chrono::milliseconds idle_time{250};
constexpr std::chrono::seconds no_room_pause{10};  // before it is tried again
constexpr int log_pages_idle = 64;
constexpr int log_pages_quiet = 1'500;
constexpr int log_pages_max = 6'000;
constexpr std::uint64_t log_bytes_prepared = 8U << 20U;
/// Nobody is told anything before the disk has it, so that this thread does not stand in line behind other programs.
/// Where the system does not allow it, it is as any other.
constexpr int commit_nice = -10;

constexpr const char* insert_event_sql =
    "INSERT INTO event(seq, at, wall, occurred_at, cause, late, schema, command, kind, device, actor, payload, salt,"
    " commitment, hash) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";

std::string not_trusted(const std::filesystem::path& file, const std::string& what) {
    return "The journal " + file.string() + " cannot be trusted: " + what +
           " Nothing was changed. Keep a copy of the state directory, then restore a backup.";
}

}  // namespace

struct SqliteJournal::Statements {
    explicit Statements(Database& database)
        : insert_event(database, insert_event_sql),
          insert_snapshot(database,
                          "INSERT OR REPLACE INTO snapshot(seq, shape, maker, digest, state) VALUES(?1, ?2, ?3, ?4, ?5)"),
          drop_snapshots(database,
                         "DELETE FROM snapshot WHERE seq NOT IN (SELECT seq FROM snapshot ORDER BY seq DESC LIMIT 2)") {}
    Statement insert_event;
    Statement insert_snapshot;
    Statement drop_snapshots;
};

SqliteJournal::SqliteJournal(SqliteOptions options)
    : options_(std::move(options)),
      file_(journal_file(options_.directory)),
      lock_(options_.lock ? options_.lock : std::make_shared<DirectoryLock>(options_.directory)) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium did not start");
    std::error_code ignored;
    const bool first_start = !std::filesystem::exists(file_, ignored) || std::filesystem::file_size(file_, ignored) == 0;
    try {
        database_ = open_for_writing(options_.directory, options_.layout, options_.say);
        statements_ = std::make_unique<Statements>(*database_);
    } catch (const DiskSick& sick) {
        if (first_start) throw;  // there is nothing that could be read
        sick_ = sick.what();
        database_ = open_on_sick_disk(options_.directory, options_.layout);
    }
}

SqliteJournal::~SqliteJournal() {
    mute();
    stop();
}

void SqliteJournal::mute() {
    if (outlet_) outlet_->close();
}

std::uint64_t SqliteJournal::restore(core::State& state) {
    try {
        state = {};
        head_seq_ = 0;
        head_hash_ = chain_start;
        if (restore_snapshot(state)) {
            head_seq_ = state.last_seq;
            head_hash_ = stored_hash(*database_, head_seq_).value();
        }
        const std::uint64_t from = head_seq_;
        head_seq_ = replay(*database_, from, head_hash_, [&](const core::Event& event) {
            core::apply(state, event);
            return true;
        });
        return head_seq_ - from;
    } catch (const std::exception& error) {
        throw std::runtime_error(not_trusted(file_, error.what()));
    }
}

bool SqliteJournal::restore_snapshot(core::State& state) {
    Statement rows(*database_, "SELECT seq, shape, maker, digest, state FROM snapshot ORDER BY seq DESC");
    while (rows.step()) {
        const auto seq = static_cast<std::uint64_t>(rows.integer(0));
        if (seq > last_seq(*database_)) {
            throw std::runtime_error("a snapshot was taken after event " + std::to_string(seq) + ", and the events from " +
                                     std::to_string(last_seq(*database_) + 1) + " on are missing.");
        }
        const std::string name = "The snapshot taken after event " + std::to_string(seq);
        const auto shape = static_cast<std::uint64_t>(rows.integer(1));
        if (shape != state_shape() || rows.text(2) != options_.maker) {
            options_.say(name + " is another version's; what it holds is read from the events instead.");
            continue;
        }
        const std::optional<Hash> hash = stored_hash(*database_, seq);
        const Hash digest = snapshot_digest(seq, hash.value_or(chain_start), shape, rows.text(2), rows.blob(4));
        if (!hash || !std::ranges::equal(digest, rows.blob(3))) {
            options_.say(name + " is not the one that was written; what it holds is read from the events instead.");
            continue;
        }
        try {
            decode_state(rows.blob(4), state);
        } catch (const std::exception& error) {
            options_.say(name + " is not used: " + error.what());
            state = {};
            continue;
        }
        if (state.last_seq == seq) return true;
        state = {};
    }
    return false;
}

void SqliteJournal::recall(std::size_t events_max, const std::function<void(const core::Event&)>& seen) {
    const std::uint64_t after = head_seq_ > events_max ? head_seq_ - events_max : 0;
    try {
        Hash hash = after == 0 ? chain_start : stored_hash(*database_, after).value_or(chain_start);
        replay(*database_, after, hash, [&](const core::Event& event) {
            seen(event);
            return true;
        });
    } catch (const std::exception& error) {
        throw std::runtime_error(not_trusted(file_, error.what()));
    }
}

void SqliteJournal::prepare() {
    if (std::exchange(prepared_, true) || !sick_.empty()) return;
    try {
        // A log that starts anew has salts of its own: whatever an earlier power cut left in it can't be taken for new.
        if (database_->checkpoint() == Database::Moved::no_space) say_no_room();
        database_->run(("PRAGMA user_version=" + std::to_string(options_.layout.version())).c_str());
        lengthen_log(file_, log_bytes_prepared);
    } catch (const SqlError& error) {
        sick_ = cannot_write(error.what());
    }
}

void SqliteJournal::start(Callbacks callbacks) {
    outlet_ = std::make_shared<Outlet>(options_.post, std::move(callbacks));
    prepare();
    if (!sick_.empty()) {
        // Whoever comes to read it finds it free.
        statements_.reset();
        database_->leave_log_on_close();
        database_.reset();
        return fail(sick_);
    }
    thread_ = std::thread([this] { run(); });
    if (options_.verified) verify_thread_ = std::thread([this] { run_verify(); });
}

std::optional<Hash> SqliteJournal::hash_of(std::uint64_t seq) {
    return seq == 0 ? chain_start : stored_hash(*database_, seq);
}

void SqliteJournal::append(std::vector<core::Event> step) {
    if (step.empty()) return;
    const std::size_t events = step.size();
    enqueue({std::move(step), nullptr}, events);
}

void SqliteJournal::offer_snapshot(const core::State& state) {
    if (failed_) return;
    // As bytes rather than as a copy: it takes the same time, and leaves nothing to be freed.
    auto snapshot = std::make_unique<Snapshot>();
    snapshot->seq = state.last_seq;
    encode_state(state, snapshot->state);
    enqueue({{}, std::move(snapshot)}, 0);
}

void SqliteJournal::enqueue(Item item, std::size_t events) {
    if (failed_) return;
    waiting_ += events;
    bool wake = false;
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(item));
        wake = std::exchange(asleep_, false);
    }
    if (wake) wake_.notify_one();
}

void SqliteJournal::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        asleep_ = false;
    }
    stop_verify_ = true;
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
    if (verify_thread_.joinable()) verify_thread_.join();
    statements_.reset();
    if (failed_ && database_) database_->leave_log_on_close();
    database_.reset();
    if (!outlet_) return;
    outlet_->deliver();
    outlet_->close();
}

void SqliteJournal::run() {
    pthread_setname_np(pthread_self(), "journal");
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), commit_nice);  // of this thread alone, on Linux
    while (true) {
        std::vector<Item> items = take();
        if (failed_) {
            if (items.empty()) return;
            continue;  // refused, and already said
        }
        try {
            if (items.empty()) {
                bool ending = false;
                {
                    const std::lock_guard lock(mutex_);
                    ending = stopping_ && queue_.empty();
                }
                if (ending) return;
                tidy_log(true);
            } else {
                store(items);
                tidy_log(false);
            }
        } catch (const std::exception& error) {
            fail(cannot_write(error.what()));
        }
    }
}

/// All that waits, up to the end of the step that makes it enough for one transaction. Empty: nothing came for a while,
/// or nothing will come.
std::vector<SqliteJournal::Item> SqliteJournal::take() {
    std::unique_lock lock(mutex_);
    if (queue_.empty() && !stopping_) {
        asleep_ = true;
        const auto woken = [&] { return !queue_.empty() || stopping_; };
        if (database_->log_pages() >= log_pages_idle && !failed_) {
            wake_.wait_for(lock, idle_time, woken);
        } else {
            wake_.wait(lock, woken);
        }
        asleep_ = false;
    }
    std::size_t events = 0;
    auto end = queue_.begin();
    while (end != queue_.end() && events < batch_events_max) events += (end++)->step.size();
    if (end == queue_.end()) return std::exchange(queue_, {});
    std::vector<Item> items(std::move_iterator(queue_.begin()), std::move_iterator(end));
    queue_.erase(queue_.begin(), end);
    return items;
}

void SqliteJournal::store(std::vector<Item>& items) {
    std::unique_ptr<Snapshot> snapshot;
    const std::uint64_t before = head_seq_;
    const Hash hash_before = head_hash_;
    try {
        store_events(items, snapshot);
    } catch (...) {
        head_seq_ = before;
        head_hash_ = hash_before;
        throw;
    }
    waiting_ -= head_seq_ - before;
    if (head_seq_ != before) outlet_->durable(head_seq_);
    try {
        if (snapshot) store_snapshot(*snapshot);
    } catch (const SqlError& error) {
        if (!error.no_space()) throw;
        say_no_room();
    }
}

void SqliteJournal::store_events(std::vector<Item>& items, std::unique_ptr<Snapshot>& snapshot) {
    std::size_t events = 0;
    for (const Item& item : items) events += item.step.size();
    salts_.resize(events);
    randombytes_buf(salts_.data(), events * sizeof(Salt));

    std::unique_ptr<Transaction> transaction;
    if (events > 0) transaction = std::make_unique<Transaction>(*database_);
    std::size_t salt = 0;
    for (Item& item : items) {
        for (const core::Event& event : item.step) store_event(event, salts_[salt++]);
        if (!item.snapshot) continue;
        if (item.snapshot->seq != head_seq_) throw std::logic_error("a snapshot was not taken at the end of a step");
        snapshot = std::move(item.snapshot);  // the newest is enough
        snapshot->hash = head_hash_;
    }
    if (transaction) transaction->commit();
}

void SqliteJournal::store_event(const core::Event& event, const Salt& salt) {
    if (event.seq != head_seq_ + 1) {
        throw std::logic_error("event " + std::to_string(event.seq) + " was appended after event " +
                               std::to_string(head_seq_));
    }
    seal(event, salt, head_hash_, record_);
    const RecordView view = record_.view();
    Statement& insert = statements_->insert_event;
    insert.bind(1, static_cast<std::int64_t>(view.seq)).bind(2, view.at).bind(3, view.wall).bind(4, view.occurred_at);
    insert.bind(5, static_cast<std::int64_t>(view.cause)).bind(6, view.late).bind(7, view.schema);
    insert.bind(8, view.command).bind(9, view.kind).bind(10, view.device).bind(11, view.actor);
    insert.bind(12, view.payload).bind(13, view.salt).bind(14, view.commitment).bind(15, view.hash);
    insert.execute();
    head_seq_ = view.seq;
    head_hash_ = record_.hash;
}

void SqliteJournal::store_snapshot(const Snapshot& snapshot) {
    const std::uint64_t shape = state_shape();
    const Hash digest = snapshot_digest(snapshot.seq, snapshot.hash, shape, options_.maker, snapshot.state);
    Transaction transaction(*database_);
    Statement& insert = statements_->insert_snapshot;
    insert.bind(1, static_cast<std::int64_t>(snapshot.seq)).bind(2, static_cast<std::int64_t>(shape));
    insert.bind(3, options_.maker).bind(4, digest).bind(5, snapshot.state);
    insert.execute();
    statements_->drop_snapshots.execute();
    transaction.commit();
}

void SqliteJournal::tidy_log(bool idle) {
    const int pages = database_->log_pages();
    const bool quiet = waiting_ == 0;
    if (pages < (idle ? log_pages_idle : quiet ? log_pages_quiet : log_pages_max)) return;
    if (std::chrono::steady_clock::now() < tidy_again_) return;
    // A reader that holds on to old pages keeps the log from starting anew; then it is tried again as it grows.
    if (database_->checkpoint() == Database::Moved::no_space)
        say_no_room();
    else
        tidy_again_ = {};
}

/// Once, until it goes well again: there is room for events in the log, and none for putting things in order.
void SqliteJournal::say_no_room() {
    const bool known = tidy_again_ != std::chrono::steady_clock::time_point{};
    tidy_again_ = std::chrono::steady_clock::now() + no_room_pause;
    if (known) return;
    options_.say("No space is left on the disk of " + file_.string() +
                 ". Events are still stored, where space was set aside for them. Make room.");
}

std::string SqliteJournal::cannot_write(const std::string& why) const {
    return "The journal " + file_.string() + " can't be written: " + why + ".";
}

void SqliteJournal::fail(const std::string& reason) {
    failed_ = true;
    waiting_ = 0;
    outlet_->failed(reason);
}

void SqliteJournal::run_verify() {
    pthread_setname_np(pthread_self(), "verify");
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 19);  // of this thread alone, on Linux
    VerifyReport report;
    try {
        report = verify(file_, [this](std::uint64_t, std::uint64_t) { return !stop_verify_.load(); });
    } catch (const std::exception& error) {
        // It was read at the start, so that this is no news about the chain.
        options_.say(std::string("The chain could not be checked: ") + error.what());
        return;
    }
    // What a failing disk does not give back says nothing about the chain.
    if (report.complete && !failed_) outlet_->tell([report, verified = options_.verified] { verified(report); });
}

}  // namespace attune::journal
