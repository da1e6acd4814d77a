// The ten invariants of a support call, each a function of its own under the sentence it stands for, and what must hold
// of the state's indexes. Pure: they read and throw Violation.
#pragma once

#include "tests/sim/auditor.hpp"

namespace attune::sim {

struct View {
    const core::State& state;
    const std::map<core::CallId, Story>& stories;
    core::Ms now;
};

// After each event; `before` is the story of its call as it was, null for a new one.
void closed_at_the_door(const View& view, const core::Event& event, const Story* before);
void truthful_rungs(const View& view);
void one_owner(const View& view, const core::Event& event, const Story* before);
void need_to_know(const View& view);
void indexes_agree(const core::State& state);

// After each step.
void no_silence(const View& view);
void unavailable_costs_nothing(const View& view);
void decline_is_private_and_free(const View& view, const std::vector<core::Event>& step);
void real_beats_drill(const View& view, const std::vector<core::Event>& step);
void relationship_first(const View& view);
void gaps_are_flagged(const View& view);

// Once all that is due by now has happened.
void no_silence_in_time(const View& view);

}  // namespace attune::sim
