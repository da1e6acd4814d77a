// What is owed after calls, followed by its events alone: the story of each closed call and each follow-up told a second
// time, and after each event and step what was promised:
//   F1 every call of level 2 or 3 has its set, in the step in which it closes
//   F2 ended, never deleted: kept, respected, let be by two people, or nobody is left
//   F3 not ready yet is never overdue
//   F4 overdue reaches a person: whoever leads, at once and again each day; of an adult's repair its two adults alone
// Pure; throws Violation.
#pragma once

#include <map>
#include <vector>

#include "hub/core/state.hpp"

namespace attune::sim {

/// What is known of one open call from its events.
struct CallToClose {
    std::uint32_t level = 1;
    bool drill = false, by_room = false;
    core::PersonId owner;
};

/// What is known of one open follow-up from its events, and not from the core's own fold.
struct OwedStory {
    core::FollowupKind kind = core::FollowupKind::child_repair;
    core::ChildId child;
    core::PersonId owner, with, unneeded_by;
    bool declined = false, not_ready = false, overdue = false;
    core::Ms owed_due = 0;  // when something must happen
};

class FollowupAuditor {
public:
    /// After the event was folded into `state`; `judge` false after a crash.
    void event(const core::State& state, const core::Event& event, bool judge);
    void step_ended(const core::State& state, const std::vector<core::Event>& step) const;
    /// All that was due by now has happened.
    void punctual(const core::State& state, core::Ms now) const;

private:
    friend struct FollowupFold;
    std::map<core::CallId, CallToClose> calls_;
    std::map<core::CallId, CallToClose> closed_;  // those that owe something
    std::map<core::FollowupId, OwedStory> stories_;
};

}  // namespace attune::sim
