// The rules of a call, said a second time in the plainest way and without a look at how the core does it: who is
// available, whom a tier names, who may see what. Slow and obvious on purpose; the invariants compare the two.
#pragma once

#include <set>

#include "hub/core/audience.hpp"
#include "hub/core/state.hpp"

namespace attune::sim::rules {

/// Free: signed in on a live, proven handset that can sound, not on a break, not recovering, with no real call of theirs.
bool is_free(const core::State& state, const core::PersonId& person, core::Ms now);

/// Free, or teaching and to be fetched for this child by its plan.
bool may_be_asked(const core::State& state, const core::ChildId& child, const core::PersonId& person, core::Ms now);

/// Children are in school as of the last bell, and the time to sign in is over.
bool school_is_on(const core::State& state);

/// An adult of the child's order may be asked, or one named to stand in.
bool has_somebody(const core::State& state, const core::ChildPlan& plan, core::Ms now);

/// Of those who are equals in the tier that this call has reached, another was asked and may still answer: not urgent, so
/// that this one is spared for now.
bool an_equal_was_asked(const core::State& state, const core::Call& call, const core::PersonId& person, core::Ms now);

/// Adults are asked to come: nobody owns it, the owner is late, or one more is wanted.
bool asks_for_adults(const core::Call& call);

/// The adults whom one tier of this call's own policy names.
std::set<core::PersonId> named_by(const core::State& state, const core::Call& call, const core::Tier& tier);
/// All that the tiers up to `last` (from 1) name.
std::set<core::PersonId> named_up_to(const core::State& state, const core::Call& call, std::uint32_t last);

bool is_on_it(const core::Call& call, const core::PersonId& person);

struct Sight {
    bool call = false;
    bool helps = false;
};
/// What this device may see of this call now.
Sight sight(const core::State& state, const core::Call& call, const core::Device& device);

/// A station that could sound now: not silent, not revoked, its sound unlocked.
bool can_sound(const core::Device& device);

/// How long the tiers before the station may take together.
core::Ms time_to_the_station(const core::Call& call);

}  // namespace attune::sim::rules
