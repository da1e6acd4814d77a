// Small questions about one call that deciding, routing and the audience all ask. One place, so that they can't differ.
#pragma once

#include <algorithm>
#include <string_view>

#include "hub/core/state.hpp"

namespace attune::core {

inline bool has_role(const Person& person, Role role) { return std::ranges::find(person.roles, role) != person.roles.end(); }

/// Not revoked, and no longer waiting for a second person: it may see and do what a device of its kind may.
inline bool is_in(const Device& device) { return device.health != Health::revoked && device.approval != Approval::waiting; }

/// Adults are still asked to come: nobody owns it, the owner is late, or another adult is wanted.
inline bool wants_adults(const Call& call) { return call.open() && (!call.owned() || call.helper_wanted || (call.owner_late && !call.arrived)); }

/// Whoever was asked may still come along: also in an owned level 3, until someone has arrived.
inline bool joinable(const Call& call) { return wants_adults(call) || (call.open() && call.level == 3 && !call.arrived); }

/// The part of the site where a place lies; empty where none is said, or no such place is left.
inline std::string_view zone_of(const State& state, const PlaceId& id) {
    const auto place = state.directory.places.find(id);
    return place == state.directory.places.end() ? std::string_view{} : std::string_view(place->second.zone);
}

/// Not urgent: among equals one at a time is asked, whoever has carried least, and the next of them when that one can't
/// come, whether or not an adult of the child's own may still answer.
inline bool asks_equals_in_turn(const Call& call) { return call.level == 1; }

inline const LevelPolicy& level_policy(const Call& call) { return call.policy[call.level - 1]; }

/// A room's terminal, or the tablet of a calm space: may raise for the place where it is, and is told as that place.
inline bool stands_for_its_place(DeviceKind kind) { return kind == DeviceKind::room || kind == DeviceKind::calm_space; }

/// Whom the room of this place may choose, and is told of whether anything is under way or not.
inline bool is_due_in(const State& state, const ChildId& id, const PlaceId& place) {
    const auto child = state.directory.children.find(id);
    return child != state.directory.children.end() && std::ranges::find(child->second.places, place) != child->second.places.end();
}

/// One of the adults in this child's order.
inline bool is_own_child(const State& state, const ChildId& id, const PersonId& person) {
    const auto child = state.directory.children.find(id);
    return child != state.directory.children.end() && std::ranges::find(child->second.adults, person) != child->second.adults.end();
}

/// The room it was raised from, or the very handset.
inline bool is_raiser(const Call& call, const Device& device) {
    if (stands_for_its_place(device.kind)) return device.place == call.place && !call.from_talk();
    if (device.kind == DeviceKind::kiosk) return false;  // a child asked, and sees their own talk alone
    return device.id == call.raised_by;
}

inline bool goes(const Call& call, const PersonId& person) { return !person.empty() && (call.owner == person || call.helpers.contains(person)); }

/// The owner's handset can no longer bring them news: silent, revoked, or no longer theirs. An owner named by a
/// station has no handset to lose; their deadline to arrive watches over them.
inline bool owner_lost(const State& state, const Call& call) {
    if (!call.owned() || call.arrived || call.owner_device.empty()) return false;
    const auto device = state.devices.find(call.owner_device);
    if (device == state.devices.end()) return true;
    return device->second.health == Health::silent || device->second.health == Health::revoked || device->second.signed_in != call.owner;
}

/// What was carried then no longer counts today.
inline bool carried_is_old(const Rota& rota, Ms carried_at, Ms now) {
    return carried_at + 43'200'000 < now || (rota.today && carried_at < rota.today->from);
}

/// Nothing has sounded for this call for too long, whatever the devices claim: the room hears the truth.
inline bool unheard(const Call& call, const Policy& policy, Ms now) {
    return !call.owned() && !call.undelivered && call.quiet_since != 0 && now - call.quiet_since >= policy.not_delivered_ms;
}

/// When to look again whether something sounds: after `wait`, and not later than the room must hear the truth.
inline Ms next_look(const Call& call, const Policy& policy, Ms now, Ms wait) {
    const Ms truth = call.quiet_since + policy.not_delivered_ms;
    return !call.owned() && call.quiet_since != 0 && truth > now ? std::min(now + wait, truth) : now + wait;
}

}  // namespace attune::core
