// Who may see what, as pure functions of the state: the only place that decides it.
#pragma once

#include <vector>

#include "hub/core/state.hpp"

namespace attune::core {

enum class Relation : std::uint8_t { none, raiser, offered, declined, owner, helper, station, overseer };

struct Seer {
    DeviceId device;
    Relation relation = Relation::none;
    bool sees_helps = false;  // may see this child's initials and what helps, now
    bool sees_child = false;  // the room: the reference that it chose
    bool for_now = false;     // what it sees of the child is shown to it only while this lasts
    auto operator<=>(const Seer&) const = default;
};

/// Why this device sees this call now; none when it may not.
Seer seer_of(const State& state, const Call& call, const Device& device);

/// Every device that may see the call now, each once, in a fixed order. Costs as much as there are seers, not devices.
std::vector<Seer> audience(const State& state, const Call& call);

/// False for facts of a call after which everybody sees it exactly as before, so that nobody need be looked for anew.
bool may_change_audience(const Fact& fact);

/// Devices that see the state of people and devices: stations, and handsets of signed-in duty leads.
bool sees_site(const State& state, const Device& device);

}  // namespace attune::core
