// Folding events about calm spaces, visits and the records they open. Total: a fact about a visit that is not open any more
// changes nothing.
#pragma once

#include "hub/core/state.hpp"

namespace attune::core {

void apply_visit(State& state, const Event& event, const SpaceOpened& fact);
void apply_visit(State& state, const Event& event, const SpaceAdultGone& fact);
void apply_visit(State& state, const Event& event, const SpaceUseChanged& fact);
void apply_visit(State& state, const Event& event, const UnattendedOpened& fact);
void apply_visit(State& state, const Event& event, const UnattendedAlarm& fact);
void apply_visit(State& state, const Event& event, const UnattendedEnded& fact);
void apply_visit(State& state, const Event& event, const SpaceOverfull& fact);
void apply_visit(State& state, const Event& event, const VisitAsked& fact);
void apply_visit(State& state, const Event& event, const VisitAskOverdue& fact);
void apply_visit(State& state, const Event& event, const VisitOffered& fact);
void apply_visit(State& state, const Event& event, const VisitChosen& fact);
void apply_visit(State& state, const Event& event, const VisitSetOut& fact);
void apply_visit(State& state, const Event& event, const VisitNotArrived& fact);
void apply_visit(State& state, const Event& event, const VisitArrived& fact);
void apply_visit(State& state, const Event& event, const VisitReviewed& fact);
void apply_visit(State& state, const Event& event, const VisitLongStay& fact);
void apply_visit(State& state, const Event& event, const VisitReady& fact);
void apply_visit(State& state, const Event& event, const VisitLeftOpen& fact);
void apply_visit(State& state, const Event& event, const VisitReturning& fact);
void apply_visit(State& state, const Event& event, const VisitNotBack& fact);
void apply_visit(State& state, const Event& event, const VisitEnded& fact);
void apply_visit(State& state, const Event& event, const CallExplained& fact);
void apply_visit(State& state, const Event& event, const InterventionOpened& fact);
void apply_visit(State& state, const Event& event, const InterventionReviewDue& fact);
void apply_visit(State& state, const Event& event, const InterventionReviewed& fact);
void apply_visit(State& state, const Event& event, const InterventionEnded& fact);
void apply_visit(State& state, const Event& event, const InterventionDraftOverdue& fact);

}  // namespace attune::core
