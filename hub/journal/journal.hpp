// The journal as the engine sees it: append steps, hear when they are on disk, read them back at the start.
// Implementations: SqliteJournal (a thread of its own), MemoryJournal (tests, simulator, with a disk that can lose
// what was not synced). All callbacks arrive on the engine's thread, in order.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/state.hpp"

namespace attune::journal {

struct Callbacks {
    /// Every event up to and including seq is on disk.
    std::function<void(std::uint64_t seq)> durable;
    /// The journal can no longer write; nothing after the last durable() is promised. Said once.
    std::function<void(std::string reason)> failed;
};

/// Whether both are the same event, written in time or late. Pure.
bool same_but_for_late(const core::Event& one, const core::Event& other);

class Journal {
public:
    virtual ~Journal() = default;

    /// Reads back: the newest usable snapshot if there is one, then each event after it, in order. Before start().
    /// Returns the number of events replayed; throws std::runtime_error with a sentence for people when the file can't be trusted or is too new.
    virtual std::uint64_t restore(core::State& state) = 0;

    /// Between restore() and start(): shows the newest stored events again, oldest first, at most `events_max` of them, also
    /// those that a snapshot covers. The engine rebuilds from them which commands it has answered. A journal that keeps
    /// no events shows none.
    virtual void recall(std::size_t events_max, const std::function<void(const core::Event&)>& seen) {
        (void)events_max;
        (void)seen;
    }

    /// From here on append() may be called and the callbacks come.
    virtual void start(Callbacks callbacks) = 0;

    /// One step's events, to be stored all or none. Their seq continues the last one's. Never blocks.
    virtual void append(std::vector<core::Event> step) = 0;

    /// How many events wait to be stored; the engine sheds load other than calls past its limit.
    virtual std::size_t waiting() const = 0;

    /// Keeps a copy of the state so that a restart need not replay everything; a cache, never the truth.
    /// Taken at the point in the sequence at which it is called.
    virtual void offer_snapshot(const core::State& state) = 0;

    /// Writes out what waits, ends the thread, closes the file. Callbacks stop before it returns.
    virtual void stop() = 0;
};

}  // namespace attune::journal
