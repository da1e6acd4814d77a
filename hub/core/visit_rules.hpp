// Small questions about calm spaces and visits that deciding, reacting and the audience all ask. One place, so that they
// can't differ.
#pragma once

#include <vector>

#include "hub/core/call_rules.hpp"

namespace attune::core {

/// In the space now.
inline bool is_here(const Visit& visit) { return visit.step == VisitStep::here || visit.step == VisitStep::ready; }
/// Has a place of the space: chosen, on the way, or there.
inline bool takes_place(const Visit& visit) {
    return visit.step >= VisitStep::chosen && visit.step <= VisitStep::ready;
}

inline bool is_calm_space(const State& state, const PlaceId& id) {
    const auto place = state.directory.places.find(id);
    return place != state.directory.places.end() && place->second.kind == PlaceKind::calm_space;
}

/// How many visitors a calm space has room for; 1 when the directory does not say.
inline std::uint32_t capacity_of(const State& state, const PlaceId& id) {
    const auto place = state.directory.places.find(id);
    return place == state.directory.places.end() || place->second.capacity == 0 ? 1 : place->second.capacity;
}

template <class Predicate>
std::uint32_t count_visits(const State& state, const PlaceId& space, Predicate predicate) {
    std::uint32_t count = 0;
    for (const auto& [id, visit] : state.visits)
        if (visit.space == space && predicate(visit)) ++count;
    return count;
}

enum class SpaceState : std::uint8_t { closed, open, full, adult_away, out_of_use };

inline SpaceState space_state(const State& state, const PlaceId& id) {
    const auto space = state.spaces.find(id);
    if (space == state.spaces.end()) return SpaceState::closed;
    if (space->second.alone_since != 0) return SpaceState::adult_away;
    if (space->second.out_of_use) return SpaceState::out_of_use;
    if (space->second.adults.empty()) return SpaceState::closed;
    return count_visits(state, id, takes_place) >= capacity_of(state, id) ? SpaceState::full : SpaceState::open;
}

/// Visitors and no adult whose presence is proven: what must be an alarm and in the record, always.
inline bool unattended(const State& state, const PlaceId& id) {
    const auto space = state.spaces.find(id);
    return count_visits(state, id, is_here) > 0 && (space == state.spaces.end() || space->second.adults.empty());
}

/// The device can prove that this person is in that space: the space's own tablet, alive; or their own handset, alive.
/// Not when the device is unknown.
inline bool proves_presence(const State& state, const PlaceId& place, const PersonId& person, const DeviceId& id) {
    const auto device = state.devices.find(id);
    if (device == state.devices.end() || !is_in(device->second) || device->second.health == Health::silent) return false;
    if (!state.directory.people.contains(person)) return false;
    return device->second.kind == DeviceKind::calm_space ? device->second.place == place : device->second.signed_in == person;
}

/// The open visit of a child, if there is one.
inline const Visit* visit_of(const State& state, const ChildId& child) {
    if (child.empty()) return nullptr;
    for (const auto& [id, visit] : state.visits)
        if (visit.child == child) return &visit;
    return nullptr;
}

/// What follows an event as far as spaces and visits go; first in its step, because a call that it raises is named by the
/// next sequence number.
std::vector<Fact> react_visit(const State& state, const Event& event);

}  // namespace attune::core
