// Folding events about readiness and drills. Total: a fact about what is not listed any more changes nothing.
#pragma once

#include "hub/core/state.hpp"

namespace attune::core {

void apply_ready(State& state, const Event& event, const ReadyDayBegan& fact);
void apply_ready(State& state, const Event& event, const ReadyDayEnded& fact);
void apply_ready(State& state, const Event& event, const ReadyListed& fact);
void apply_ready(State& state, const Event& event, const DeviceNotReady& fact);
void apply_ready(State& state, const Event& event, const RunnerNamed& fact);
void apply_ready(State& state, const Event& event, const RunnerGoes& fact);
void apply_ready(State& state, const Event& event, const RunnerOverdue& fact);
void apply_ready(State& state, const Event& event, const DeviceProven& fact);
void apply_ready(State& state, const Event& event, const TestNotThrough& fact);
void apply_ready(State& state, const Event& event, const StationTested& fact);
void apply_ready(State& state, const Event& event, const DeviceExcused& fact);
void apply_ready(State& state, const Event& event, const SiteDrillStarted& fact);
void apply_ready(State& state, const Event& event, const SiteDrillEnded& fact);

}  // namespace attune::core
