// The single writer. Every command passes through submit(): remembered or new, decided upon by the core, its events
// handed to the journal, and everything that may be seen of it parked until the disk has it.
//
// Owns the state. One thread. The journal's callbacks must come on that thread. No call blocks.
// Failure: when the journal fails, calls, ticks and health go on in memory, are shown at once as not recorded and are
// kept for writing late; every other command is refused. Promises wait until the disk is back.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "hub/app/barrier.hpp"
#include "hub/app/command_memory.hpp"
#include "hub/app/delivery.hpp"
#include "hub/app/ports.hpp"
#include "hub/core/step.hpp"
#include "hub/journal/journal.hpp"

namespace attune::app {

using ConnectionId = FrontDoor::ConnectionId;

/// What happens to a connection once its frames have been handed over.
enum class Then : std::uint8_t { nothing, answered, go_live, close };

/// Frames for one connection, released together.
struct Letter {
    ConnectionId connection = 0;
    std::vector<Frame> frames;
    Then then = Then::nothing;
};

/// Where released effects go, and who turns events into effects.
class Outlet {
  public:
    virtual ~Outlet() = default;
    /// Just after the event was applied, with the state as of that moment.
    virtual void happened(const core::Event& event) = 0;
    /// After the last event of a step.
    virtual void step_ended() = 0;
    /// The journal has failed (false) or has caught up again (true).
    virtual void journal_changed(bool ok) = 0;
    virtual void deliver(const Delivery& delivery) = 0;
    virtual void post(const Letter& letter) = 0;
    /// End of a turn: one write for each client that was handed something.
    virtual void flush() = 0;
};

struct EngineLimits {
    std::size_t commands_remembered_max = 65'536;
    std::size_t recalled_events_max = 20'000;     // read again at the start to rebuild that memory
    std::size_t unrecorded_events_max = 100'000;  // kept in memory for writing late
    std::size_t journal_waiting_max = 100'000;    // past it, what is not a call is turned away
    std::uint64_t snapshot_every_events = 10'000;
};

class Engine {
  public:
    /// Why a command was not even decided upon.
    enum class Admission : std::uint8_t { taken, journal_unavailable, too_many_waiting, shutting_down };
    struct Answer {
        Admission admission = Admission::taken;
        Outcome outcome;        // when taken
        bool repeated = false;  // decided upon earlier; nothing was done now
    };

    /// Keeps the references; all must outlive the engine.
    Engine(Clock& clock, journal::Journal& journal, const Barrier& barrier, Outlet& outlet, EngineLimits limits = {});

    /// Reads the journal back. Throws std::runtime_error when it can't be trusted.
    void restore();
    /// After restore(): notes the start, fires what is overdue. From here on commands are taken.
    void start(const std::string& version);
    /// Refuses commands from now on; keeps a snapshot for a quick start.
    void stop();

    Answer submit(core::Intent intent, const core::Principal& by, const core::CommandId& id = {}, Ms occurred_at = 0);

    /// What became of a command that was decided upon already.
    const Outcome* known(const core::CommandId& id, const core::DeviceId& device) const {
        return memory_.find(id, device);
    }

    /// Parks an effect behind the newest event.
    void park(EffectKind kind, SharedDelivery delivery) {
        queue_.push_back({state_.last_seq, kind, std::move(delivery)});
    }
    void park(EffectKind kind, Letter letter) { queue_.push_back({state_.last_seq, kind, std::move(letter)}); }
    void park(EffectKind kind, std::function<void()> act) { queue_.push_back({state_.last_seq, kind, std::move(act)}); }

    /// Whatever is due by now happens.
    void tick();
    /// When tick() is wanted next, on the monotonic clock; nullopt when nothing is armed.
    std::optional<Ms> next_tick() const;

    /// What a journal that was opened again holds.
    struct Stored {
        std::uint64_t last_seq = 0;
        std::vector<core::Event> newest;  // all after durable_seq(), and perhaps some before
    };
    /// The journal works again, on a file or disk of the operator's choice: what is missing there is written late.
    /// False when its history is not the one that was promised, or too much is missing; it is not used then.
    bool journal_restored(journal::Journal& journal, const Stored& stored);
    /// The same, after reading it here and now.
    bool journal_restored(journal::Journal& journal);
    /// Events that are shown and not on disk: 0 while the journal is well and nothing waits.
    std::uint64_t unrecorded() const { return state_.last_seq - durable_seq_; }
    /// False when so many were not recorded that the oldest had to be forgotten: no journal can catch up then.
    bool can_catch_up() const { return undurable_complete_; }

    const core::State& state() const { return state_; }
    Ms now() const;  // the hub's timeline
    std::uint64_t durable_seq() const { return durable_seq_; }
    /// The newest event of the run before: nothing newer was shown to anyone before this start.
    std::uint64_t start_seq() const { return start_seq_; }
    bool journal_ok() const { return mode_ == Mode::ok; }
    /// The journal has failed, and no other has been given yet.
    bool wants_journal() const { return mode_ == Mode::failed; }
    bool stopping() const { return stopping_; }
    const std::string& journal_failure() const { return journal_failure_; }
    std::uint64_t commands() const { return commands_; }
    std::uint64_t events() const { return events_; }

    /// Everything that comes from outside happens within a turn. When the outermost one ends, what may be seen is
    /// released and each client is written to once.
    class Turn {
      public:
        explicit Turn(Engine& engine) : engine_(engine) { ++engine_.turns_; }
        ~Turn() {
            if (engine_.turns_ == 1) engine_.end_turn();
            --engine_.turns_;
        }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

      private:
        Engine& engine_;
    };

  private:
    enum class Mode : std::uint8_t { ok, failed, catching_up };
    struct Parked {
        std::uint64_t seq = 0;
        EffectKind kind = EffectKind::news;
        std::variant<SharedDelivery, Letter, std::function<void()>> effect;
    };

    Admission admit(const core::Intent& intent) const;
    Outcome decide(core::Intent intent, const core::Principal& by, const core::CommandId& id, Ms occurred_at, Ms now);
    void store(std::vector<core::Event> step);
    void listen_to(journal::Journal& journal);
    void durable(std::uint64_t seq);
    void journal_failed(const std::string& reason);
    void end_turn();
    void release();
    void run(Parked& parked);
    bool promised(const Stored& stored) const;

    Clock& clock_;
    journal::Journal* journal_;
    const Barrier& barrier_;
    Outlet& outlet_;
    EngineLimits limits_;

    core::State state_;
    CommandMemory memory_;
    Ms timeline_offset_ = 0;  // timeline minus monotonic clock
    std::uint64_t start_seq_ = 0, durable_seq_ = 0, snapshot_seq_ = 0, commands_ = 0, events_ = 0;

    Mode mode_ = Mode::ok;
    std::string journal_failure_;
    std::deque<std::vector<core::Event>> undurable_;  // steps that no durable() covers yet
    std::size_t undurable_events_ = 0;
    bool undurable_complete_ = true;  // false once unrecorded_events_max was passed: too late for writing late
    std::deque<Parked> queue_;        // in the order of making
    std::deque<Parked> promises_;     // overtaken by news while the journal is sick
    int turns_ = 0;
    bool ticking_ = false, stopping_ = false, started_ = false;
};

/// Whether an intent is about a support call: such a one is never turned away by a sick disk or by load.
bool is_about_a_call(const core::Intent& intent);

}  // namespace attune::app
