// A journal in memory for tests and the simulator: no thread, no clock, no randomness. The disk is an object that
// outlives the journal; what was written and not synced is lost in a crash. The simulator decides when the journal
// writes, when the disk syncs and when the engine hears of it, and may crash in between. Events go through the same
// codec and the same chain as on a real disk, and are checked when they are read back.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/journal/chain.hpp"
#include "hub/journal/journal.hpp"

namespace attune::journal {

/// Everything is public: a test may flip a bit, drop a record or put one in.
struct MemoryDisk {
    struct Snapshot {
        std::uint64_t seq = 0;
        std::uint64_t shape = 0;
        Hash digest{};
        Bytes state;
    };
    /// One transaction: all of it or nothing.
    struct Write {
        std::vector<Record> events;
        std::optional<Snapshot> snapshot;
    };

    std::vector<Record> events;       // synced
    std::vector<Snapshot> snapshots;  // synced, oldest first, at most two
    std::vector<Write> written;       // not synced yet, in order
    bool refuses_writes = false;      // a full disk: the next write() fails
    bool refuses_syncs = false;       // a sick disk: the next sync() fails, and what was written stays in doubt

    /// Power is cut: of what was written and not synced the first `writes_kept` transactions had reached the disk.
    void crash(std::size_t writes_kept = 0);
};

class MemoryJournal final : public Journal {
  public:
    explicit MemoryJournal(MemoryDisk& disk) : disk_(disk) {}

    std::uint64_t restore(core::State& state) override;
    void recall(std::size_t events_max, const std::function<void(const core::Event&)>& seen) override;
    void start(Callbacks callbacks) override;
    void append(std::vector<core::Event> step) override;
    std::size_t waiting() const override { return waiting_; }
    void offer_snapshot(const core::State& state) override;
    void stop() override;

    // What the commit thread of the real journal does, one turn at a time. Each returns false when it had nothing to do.
    /// All that waits becomes one transaction that is written.
    bool write();
    /// All that is written becomes durable. The engine does not know yet.
    bool sync();
    /// Tells the engine what is durable, or that the journal has failed.
    bool deliver();
    /// The three of them.
    bool step();

    /// From now on nothing is written; failed(reason) comes with the next deliver().
    void fail(std::string reason);

    /// Of the newest event that was written. The same events make the same hash.
    const Hash& head_hash() const { return head_hash_; }
    std::uint64_t head_seq() const { return head_seq_; }

  private:
    struct Item {
        std::vector<core::Event> step;
        std::optional<MemoryDisk::Snapshot> snapshot;
    };

    bool restore_snapshot(core::State& state);
    std::uint64_t replay(std::uint64_t after_seq, Hash& hash, const std::function<void(const core::Event&)>& seen) const;

    MemoryDisk& disk_;
    Callbacks callbacks_;
    std::vector<Item> queue_;
    std::size_t waiting_ = 0;
    std::uint64_t head_seq_ = 0;
    Hash head_hash_ = chain_start;
    std::uint64_t durable_ = 0;
    std::uint64_t told_ = 0;
    std::optional<std::string> failure_;
    bool told_failure_ = false;
    bool running_ = false;
};

}  // namespace attune::journal
