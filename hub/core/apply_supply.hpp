// Folding events about adults for today. Total: one about somebody who is gone changes nothing else.
#pragma once

#include "hub/core/state.hpp"

namespace attune::core {

void apply_supply(State& state, const Event& event, const SupplyAdded& fact);
void apply_supply(State& state, const Event& event, const SupplyStays& fact);
void apply_supply(State& state, const Event& event, const SupplyEnded& fact);

}  // namespace attune::core
