// The parts of folding that more than one kind of event needs: deadlines, rungs, who goes.
#pragma once

#include <cassert>

#include "hub/core/call_rules.hpp"
#include "hub/core/state.hpp"

namespace attune::core {

inline Ms& due_of(Call& call, Deadline kind) { return call.due[static_cast<std::size_t>(kind)]; }

/// Arms (or with 0 disarms) one deadline of a call; the state's index follows.
inline void arm(State& state, Call& call, Deadline kind, Ms at) {
    Ms& due = due_of(call, kind);
    if (due != 0) state.deadlines.erase({due, call.id, kind});
    due = at;
    if (due != 0) state.deadlines.insert({due, call.id, kind});
}

/// Arms only when the event carries a deadline: 0 leaves it as it is.
inline void arm_if(State& state, Call& call, Deadline kind, Ms at) {
    if (at != 0) arm(state, call, kind, at);
}

inline void count_call(State& state, const Call& call, const PersonId& person, int by) {
    if (call.drill || person.empty()) return;  // a drill never makes an adult busy for a real call
    Duty& duty = state.duties[person];
    assert(by > 0 || duty.calls_owned > 0);
    duty.calls_owned += static_cast<std::uint32_t>(by);
}

/// At most one owner at any instant: the one before is let go here or becomes a helper by the caller.
inline void set_owner(State& state, Call& call, const PersonId& person, const DeviceId& device) {
    if (call.helpers.erase(person) > 0) count_call(state, call, person, -1);
    if (call.owned()) count_call(state, call, call.owner, -1);
    call.owner = person;
    call.owner_device = device;
    if (call.owned()) count_call(state, call, call.owner, +1);
}

inline void add_helper(State& state, Call& call, const PersonId& person) {
    if (call.owner == person || !call.helpers.insert(person).second) return;
    count_call(state, call, person, +1);
}

/// This adult takes the call on: counted once for each call, and never a drill.
inline void carry(State& state, const Call& call, const PersonId& person, Ms at) {
    if (call.drill || person.empty() || goes(call, person)) return;
    Duty& duty = state.duties[person];
    duty.carried = carried_is_old(state.rota, duty.carried_at, at) ? 1 : duty.carried + 1;
    duty.carried_at = at;
}

/// Nobody needs to be asked any more: what widens and sounds is disarmed, and nothing sounds. Should the call be asked
/// again, a device counts as ringing only once it has said so again.
inline void quieten(State& state, Call& call) {
    if (wants_adults(call)) return;
    call.alerted.clear();
    arm(state, call, Deadline::ring, 0);
    arm(state, call, Deadline::accept, 0);
    arm(state, call, Deadline::resound, 0);
}

/// The call is walked through its tiers anew.
inline void ask_again(State& state, Call& call) {
    call.tier = 0;
    call.station_called = false;
    call.offers.erase_if([](const auto& offer) { return offer.second.declined; });
    arm(state, call, Deadline::ring, 0);
    arm(state, call, Deadline::accept, 0);
}

/// The highest rung for which there is evidence, from what the call holds now.
inline Rung rung_of(const Call& call) {
    if (!call.open()) return call.rung;
    if (call.outcome != Outcome::none) return Rung::settled;
    if (call.arrived) return Rung::here;
    if (call.owned()) return Rung::coming;
    if (call.undelivered) return Rung::not_delivered;
    return call.alerted.empty() ? Rung::received : Rung::ringing;
}

}  // namespace attune::core
