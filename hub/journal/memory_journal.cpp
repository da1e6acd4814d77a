// The journal that the simulator drives by hand.
#include "hub/journal/memory_journal.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "hub/core/step.hpp"
#include "hub/journal/event_codec.hpp"

namespace attune::journal {
namespace {

/// Not secret and not random: the same run makes the same bytes.
Salt salt_of(std::uint64_t seq) {
    Salt salt{};
    for (std::size_t at = 0; at < sizeof seq; ++at) salt[at] = static_cast<std::byte>((seq >> (8 * at)) & 0xff);
    return salt;
}

constexpr std::string_view maker = "memory";

void settle(MemoryDisk& disk, MemoryDisk::Write& write) {
    std::move(write.events.begin(), write.events.end(), std::back_inserter(disk.events));
    if (!write.snapshot) return;
    disk.snapshots.push_back(std::move(*write.snapshot));
    if (disk.snapshots.size() > 2) disk.snapshots.erase(disk.snapshots.begin());
}

}  // namespace

void MemoryDisk::crash(std::size_t writes_kept) {
    for (std::size_t at = 0; at < std::min(writes_kept, written.size()); ++at) settle(*this, written[at]);
    written.clear();
}

std::uint64_t MemoryJournal::restore(core::State& state) {
    state = {};
    head_seq_ = 0;
    head_hash_ = chain_start;
    if (restore_snapshot(state)) {
        head_seq_ = state.last_seq;
        head_hash_ = disk_.events[head_seq_ - 1].hash;
    }
    const std::uint64_t from = head_seq_;
    head_seq_ = replay(from, head_hash_, [&](const core::Event& event) { core::apply(state, event); });
    durable_ = told_ = head_seq_;
    return head_seq_ - from;
}

bool MemoryJournal::restore_snapshot(core::State& state) {
    for (auto snapshot = disk_.snapshots.rbegin(); snapshot != disk_.snapshots.rend(); ++snapshot) {
        if (snapshot->seq > disk_.events.size()) {
            throw std::runtime_error("a snapshot was taken after event " + std::to_string(snapshot->seq) +
                                     ", which is missing.");
        }
        const Hash hash = snapshot->seq == 0 ? chain_start : disk_.events[snapshot->seq - 1].hash;
        const Hash digest = snapshot_digest(snapshot->seq, hash, snapshot->shape, maker, snapshot->state);
        if (digest != snapshot->digest || snapshot->shape != state_shape()) continue;
        decode_state(snapshot->state, state);
        if (state.last_seq == snapshot->seq) return state.last_seq > 0;
        state = {};
    }
    return false;
}

std::uint64_t MemoryJournal::replay(std::uint64_t after_seq, Hash& hash,
                                    const std::function<void(const core::Event&)>& seen) const {
    std::uint64_t seq = after_seq;
    for (std::size_t at = after_seq; at < disk_.events.size(); ++at) {
        const Record& record = disk_.events[at];
        const std::string what = check(record.view(), seq + 1, hash);
        if (!what.empty()) throw std::runtime_error("event " + std::to_string(seq + 1) + " " + what + ".");
        hash = record.hash;
        ++seq;
        seen(unseal(record.view()));
    }
    return seq;
}

void MemoryJournal::recall(std::size_t events_max, const std::function<void(const core::Event&)>& seen) {
    const std::uint64_t after = head_seq_ > events_max ? head_seq_ - events_max : 0;
    Hash hash = after == 0 ? chain_start : disk_.events[after - 1].hash;
    replay(after, hash, seen);
}

void MemoryJournal::start(Callbacks callbacks) {
    callbacks_ = std::move(callbacks);
    running_ = true;
}

void MemoryJournal::append(std::vector<core::Event> step) {
    if (step.empty() || failure_) return;
    waiting_ += step.size();
    queue_.push_back({std::move(step), std::nullopt});
}

void MemoryJournal::offer_snapshot(const core::State& state) {
    if (failure_) return;
    MemoryDisk::Snapshot snapshot;
    snapshot.seq = state.last_seq;
    snapshot.shape = state_shape();
    encode_state(state, snapshot.state);
    queue_.push_back({{}, std::move(snapshot)});
}

bool MemoryJournal::write() {
    if (queue_.empty() || failure_) return false;
    if (std::exchange(disk_.refuses_writes, false)) {
        fail("the disk is full");
        return true;
    }
    MemoryDisk::Write write;
    for (Item& item : queue_) {
        for (const core::Event& event : item.step) {
            if (event.seq != head_seq_ + 1) throw std::logic_error("appended out of order");
            seal(event, salt_of(event.seq), head_hash_, write.events.emplace_back());
            head_seq_ = event.seq;
            head_hash_ = write.events.back().hash;
        }
        if (!item.snapshot) continue;
        if (item.snapshot->seq != head_seq_) throw std::logic_error("a snapshot was not taken at the end of a step");
        item.snapshot->digest =
            snapshot_digest(item.snapshot->seq, head_hash_, item.snapshot->shape, maker, item.snapshot->state);
        write.snapshot = std::move(item.snapshot);
    }
    queue_.clear();
    disk_.written.push_back(std::move(write));
    return true;
}

bool MemoryJournal::sync() {
    if (disk_.written.empty() || failure_) return false;
    if (std::exchange(disk_.refuses_syncs, false)) {
        fail("the disk does not sync");
        return true;
    }
    for (MemoryDisk::Write& write : disk_.written) {
        waiting_ -= write.events.size();
        if (!write.events.empty()) durable_ = write.events.back().fields.seq;
        settle(disk_, write);
    }
    disk_.written.clear();
    return true;
}

bool MemoryJournal::deliver() {
    if (!running_) return false;
    bool told = false;
    if (durable_ > told_) {
        told = true;
        told_ = durable_;
        if (callbacks_.durable) callbacks_.durable(durable_);
    }
    if (failure_ && !std::exchange(told_failure_, true)) {
        told = true;
        if (callbacks_.failed) callbacks_.failed(*failure_);
    }
    return told;
}

bool MemoryJournal::step() {
    const bool wrote = write();
    const bool synced = sync();
    const bool told = deliver();
    return wrote || synced || told;
}

void MemoryJournal::fail(std::string reason) {
    if (failure_) return;
    failure_ = std::move(reason);
    queue_.clear();
    waiting_ = 0;
}

void MemoryJournal::stop() {
    step();
    running_ = false;
}

}  // namespace attune::journal
