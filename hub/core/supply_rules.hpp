// Small questions about adults for today that deciding, routing, cover and the app all ask. One place, so that they
// can't differ.
#pragma once

#include <algorithm>

#include "hub/core/state.hpp"

namespace attune::core {

/// Calls `visit` with each adult for today who stands in for one of this child's own, in a fixed order.
template <class Visit>
void visit_supplies_of(const State& state, const ChildPlan& plan, Visit visit) {
    for (const auto& [person, supply] : state.supplies)
        if (!supply.covers.empty() && std::ranges::find(plan.adults, supply.covers) != plan.adults.end()) visit(person, supply);
}

/// At a child's side: goes to an open call, accompanies a visit, or is in a calm space with a visitor.
bool is_with_child(const State& state, const PersonId& person);

/// In a calm space in which a visitor is.
bool attends_visitor(const State& state, const PersonId& person);

/// The end of the school day that goes on, or that begins soon.
Ms supply_until(const Rota& rota, Ms now);

}  // namespace attune::core
