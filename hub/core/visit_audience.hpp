// Who may see a visit, and with how much of the child, as a pure function of the state: beside audience.hpp for calls the
// only place that decides it. The room sees its own child's visit and the reference that it chose; the calm space what helps
// its visitors, from when they are on the way and only while an adult is there; a child's own adults, and the adult who goes
// along, the same on an unlocked handset; a station place and step, never the child.
#pragma once

#include <optional>
#include <vector>

#include "hub/core/state.hpp"

namespace attune::core {

enum class VisitRelation : std::uint8_t { none, room, space, asker, along, there, own, station, lead };

struct VisitSeer {
    DeviceId device;
    VisitRelation relation = VisitRelation::none;
    bool sees_helps = false;
    bool sees_child = false;  // the room: the reference that it chose
    bool for_now = false;     // what it sees of the child is shown to it only while this lasts
    auto operator<=>(const VisitSeer&) const = default;
};

VisitSeer visit_seer_of(const State& state, const Visit& visit, const Device& device);

/// Every device that may see the visit now, in the order of their ids. Visits are few and change seldom: this walks over
/// all devices.
std::vector<VisitSeer> visit_audience(const State& state, const Visit& visit);

/// Whether this device is told of calm spaces; with the names of their adults only where `sees_adults`.
bool sees_spaces(const Device& device);
bool sees_adults(const Device& device);

/// The visit that an event is about, if its fact says so. For VisitAsked it is the event's own seq.
std::optional<VisitId> visit_of(const Event& event);

}  // namespace attune::core
