// The morning and practice in the bare core's world: tests of the day, runners, drills; mostly what belongs next, now and
// then anything.
#pragma once

#include <functional>

#include "hub/core/command.hpp"
#include "hub/core/state.hpp"
#include "tests/support/random.hpp"

namespace attune::sim {

/// One deed, or a few that follow each other; `state` is the world's own and moves on with each `submit`.
void morning_acts(const core::State& state, test::Random& random, core::Ms now, const std::function<void(const core::Principal&, core::Intent)>& submit);

}  // namespace attune::sim
