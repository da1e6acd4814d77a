// Relationship routing: whom a call asks next. Pure; the result is facts that are not applied yet.
#pragma once

#include "hub/core/state.hpp"

namespace attune::core {

/// An adult whom a tier may wait for: free now, or teaching and to be fetched for this child.
bool can_come(const State& state, const Call& call, const PersonId& person, Ms now);

/// Somebody asked can still answer: not declined, free, handset alive.
bool somebody_pending(const State& state, const Call& call, Ms now);

/// Something alive could ring for this call now: a handset that was asked, or a called station.
bool something_can_ring(const State& state, const Call& call, Ms now);

/// Asks everybody whom the tiers up to call.tier (or one further, when `widen`) name and who was not asked yet; goes on
/// to the next tier at once while nobody is left to wait for. The last tier is always the station.
std::vector<Fact> route(const State& state, const Call& call, Ms now, bool widen);

}  // namespace attune::core
