// Folding events about the school day: greetings, check-ins, notes. Total: a fact about what is not open any more changes
// nothing.
#pragma once

#include "hub/core/state.hpp"

namespace attune::core {

void apply_day(State& state, const Event& event, const CheckinsPlanned& fact);
void apply_day(State& state, const Event& event, const DayBegan& fact);
void apply_day(State& state, const Event& event, const DayEnded& fact);
void apply_day(State& state, const Event& event, const ChildGreeted& fact);
void apply_day(State& state, const Event& event, const ChildNotIn& fact);
void apply_day(State& state, const Event& event, const GreetingTakenBack& fact);
void apply_day(State& state, const Event& event, const GreetingsOverdue& fact);
void apply_day(State& state, const Event& event, const GreetingGiven& fact);
void apply_day(State& state, const Event& event, const GreetingPassed& fact);
void apply_day(State& state, const Event& event, const DoorTaken& fact);
void apply_day(State& state, const Event& event, const DoorLeft& fact);
void apply_day(State& state, const Event& event, const CheckinOpened& fact);
void apply_day(State& state, const Event& event, const CheckinDue& fact);
void apply_day(State& state, const Event& event, const CheckinGiven& fact);
void apply_day(State& state, const Event& event, const CheckinMissed& fact);
void apply_day(State& state, const Event& event, const CheckinMoved& fact);
void apply_day(State& state, const Event& event, const CheckinKept& fact);
void apply_day(State& state, const Event& event, const CheckinEnded& fact);
void apply_day(State& state, const Event& event, const CheckinReopened& fact);
void apply_day(State& state, const Event& event, const NoteWritten& fact);
void apply_day(State& state, const Event& event, const NoteEnded& fact);

/// A plan was set while the day is on: the child is to be greeted as well, unless the time for it is over. A plan that is
/// gone takes its greeting along.
void day_knows_child(State& state, const ChildId& child);
void day_forgets_child(State& state, const ChildId& child);

}  // namespace attune::core
