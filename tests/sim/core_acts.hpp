// What people do in the bare core's world, one room of the house a file: mostly what belongs next, now and then anything.
#pragma once

#include <functional>
#include <vector>

#include "hub/core/command.hpp"
#include "hub/core/state.hpp"
#include "tests/support/random.hpp"

namespace attune::sim {

/// What a deed may look at. `state` is the world's own and moves on with each `submit`.
struct Acts {
    const core::State& state;
    test::Random& random;
    core::Ms now;
    std::function<void(const core::Principal&, core::Intent)> submit;

    static core::Principal by(const core::DeviceId& id) { return {core::Principal::Kind::device, id}; }
    std::vector<core::DeviceId> devices(core::DeviceKind kind) const;
    /// Now and then somebody whom no list knows.
    core::PersonId some_person() const;
};

/// Tests of the day, runners, drills: one deed, or a few that follow each other.
void morning_acts(Acts acts);
/// What is owed after the calls.
void followup_acts(Acts acts);
/// A day at the calm space.
void visit_acts(Acts acts);

}  // namespace attune::sim
