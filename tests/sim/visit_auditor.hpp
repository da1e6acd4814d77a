// Follows calm spaces and visits by their events alone and asks, after every event and every step, the invariants of their
// lifecycle, said a second time and plainly:
//   V1 a minute of a visit without an adult is always an alarm and always in the record
//   V2 capacity is never exceeded silently
//   V3 every Travelling ends in Arrived, NotArrived or Returned, and is watched meanwhile
//   V4 leaving is never logged as refusal
//   V5 a no to "could they leave?" is a record with a clock
//   V6 need to know
// Throws Violation.
#pragma once

#include <map>
#include <vector>

#include "hub/core/step.hpp"

namespace attune::sim {

class VisitAuditor {
public:
    /// After an event was folded into `state`.
    void event(const core::State& state, const core::Event& event);
    void step_ended(const core::State& state, const std::vector<core::Event>& step) const;
    /// Once all that is due by now has happened.
    void punctual(const core::State& state, core::Ms now) const;

private:
    struct Told {
        bool set_out = false, arrived = false, missing = false, on_way_back = false;
    };
    std::map<core::VisitId, Told> visits_;
    std::map<core::PlaceId, core::Ms> alone_;  // since when, by the record
    std::map<core::PlaceId, bool> alarmed_;
};

}  // namespace attune::sim
