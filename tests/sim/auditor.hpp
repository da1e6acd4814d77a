// Follows a hub by its events alone: folds them into a state of its own, remembers each call's story, and after every
// event and every step asks the ten invariants (invariants.hpp). Knows nothing of who made the events, so that the same
// auditor watches the bare core and whole hubs. Throws Violation.
#pragma once

#include <optional>
#include <vector>

#include "hub/core/step.hpp"
#include "tests/sim/day_rules.hpp"
#include "tests/sim/followup_rules.hpp"
#include "tests/sim/talk_rules.hpp"
#include "tests/sim/trace.hpp"
#include "tests/sim/visit_auditor.hpp"
#include "tests/sim/ready_auditor.hpp"

namespace attune::sim {

/// What is known of one open call from its events, told by the story and not by the core's own fold.
struct Story {
    core::CallId id;
    core::PlaceId place;
    core::DeviceId raised_by;
    bool drill = false;
    core::PersonId owner;             // who accepted last, or was handed the call
    bool arrived = false;
    bool outcome = false;             // settled, moved or handed over
    bool withdraw_asked = false;
    bool undelivered = false;
    std::set<core::DeviceId> sounded; // said so, and not gone or declined since
    core::Ms asks_since = 0;          // it has asked for adults, tier after tier, since then; 0: it does not
    core::Ms sounded_at = 0;          // last told to sound
    core::Ms unheard_since = 0;       // unowned and sounding nowhere since then, and the room not told; 0: no
    // what another call's acceptance must leave alone
    core::PersonId kept_owner;
    core::DeviceId kept_device;
    core::Ms kept_arrive = 0;
    bool kept_arrived = false;
};

class Auditor {
public:
    /// Takes one event that the hub has made.
    void event(const core::Event& event);
    /// The step is over: nothing follows before time passes or somebody acts.
    void step_ended();
    /// The hub has just done all that was due by `now`; it was not held up.
    void punctual(core::Ms now);
    /// The hub was away until now: what is measured in time starts anew.
    void resumed(core::Ms now);
    /// Takes stored events without judging them: after a crash.
    void replay(const core::Event& event);

    const core::State& state() const { return state_; }
    const std::map<core::CallId, Story>& stories() const { return stories_; }

private:
    friend struct StoryFold;
    void follow(const core::Event& event);
    void refresh(core::Ms now);
    void keep();

    core::State state_;
    std::map<core::CallId, Story> stories_;
    std::vector<core::Event> step_;
    TalkAuditor talks_;
    DayAuditor day_;
    FollowupAuditor followups_;
    bool judging_ = true;
    std::set<std::pair<core::CommandId, core::DeviceId>> presses_;  // that made a call
    VisitAuditor visits_;
    ReadyAuditor ready_;
    friend class Judge;
};

[[noreturn]] void violated(std::string promise, std::string detail);
inline void require(bool holds, const char* promise, const std::string& detail) {
    if (!holds) violated(promise, detail);
}

}  // namespace attune::sim
