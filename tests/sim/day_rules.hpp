// The school day followed by its events alone: greetings, check-ins and notes told a second time, and after each event and
// step the promises that they must keep. Pure; throws Violation.
#pragma once

#include <map>
#include <set>

#include "hub/core/state.hpp"

namespace attune::sim {

/// What is known of one check-in from its events, and not from the core's own fold.
struct CheckinStory {
    core::ChildId child;
    bool due = false, closed = false;
    core::PersonId adult;
    bool lead = false;
};

class DayAuditor {
public:
    /// After the event was folded into `state`; `judge` false after a crash.
    void event(const core::State& state, const core::Event& event, bool judge);
    void step_ended(const core::State& state, const std::vector<core::Event>& step) const;
    /// All that was due by now has happened.
    void punctual(const core::State& state, core::Ms now) const;

private:
    friend struct DayFold;
    std::map<core::CheckinId, CheckinStory> checkins_;
    std::map<core::NoteId, core::NoteWritten> notes_;
    core::Ms day_ = 0;
};

}  // namespace attune::sim
