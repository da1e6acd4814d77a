// Folding events about the rota and about cover. Total: a fact about a child or an adult who is gone changes nothing else.
#pragma once

#include "hub/core/state.hpp"

namespace attune::core {

void apply_rota(State& state, const Event& event, const TimetableSet& fact);
void apply_rota(State& state, const Event& event, const SchoolDaysSet& fact);
void apply_rota(State& state, const Event& event, const TimetableImported& fact);
void apply_rota(State& state, const Event& event, const TimetableImportFailed& fact);
void apply_rota(State& state, const Event& event, const BellRang& fact);
void apply_rota(State& state, const Event& event, const CoverageGapOpened& fact);
void apply_rota(State& state, const Event& event, const CoverageGapClosed& fact);
void apply_rota(State& state, const Event& event, const SwapNamed& fact);

/// By whom this child's cover can change, kept in step with plans and swaps: forgotten before one changes, and
/// indexed after it.
void forget_adults(State& state, const ChildId& child);
void index_adults(State& state, const ChildId& child);

}  // namespace attune::core
