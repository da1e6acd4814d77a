// Follows readiness and drills by their events alone and asks, after every event and every step, what they promise, said a
// second time and plainly:
//   R1 what is not ready is listed before the bell, until it is proven or a person has let it be
//   R2 what is listed is somebody's, with a clock, whenever anybody is free
//   R3 a drill never delays or hides a real call: none stands beside one for which people are waited for
//   R4 ready means proven through the real path, today
//   R5 a drill ends by itself
// Throws Violation.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "hub/core/step.hpp"

namespace attune::sim {

class ReadyAuditor {
public:
    /// After an event was folded into `state`.
    void event(const core::State& state, const core::Event& event);
    void step_ended(const core::State& state, const std::vector<core::Event>& step) const;
    /// Once all that is due by now has happened.
    void punctual(const core::State& state, core::Ms now) const;

private:
    struct Test {
        core::DeviceId device;
        bool returns = false;  // of the kind that a room's own screen confirms
        bool sounded = false;
        core::Ms raised_at = 0;
    };
    void of_device(const core::State& state, const core::Event& event);

    std::map<core::CallId, Test> tests_;  // open drills
    std::map<core::DeviceId, core::Ms> proven_, excused_, station_tests_, came_;
    std::set<core::DeviceId> fell_silent_;  // after the bell
    core::Ms day_from_ = 0, listed_at_ = 0;
};

}  // namespace attune::sim
