// Who may see a follow-up and do something about it, as pure functions of the state: the only place that decides it. Never
// a room, a station, a board or a kiosk; never a handset that is locked.
#pragma once

#include <vector>

#include "hub/core/state.hpp"

namespace attune::core {

/// `owner`: theirs to keep. `with`: a debrief or cover is for them, or they are the named adult of an adult's repair.
/// `lead`: a duty lead, of what has no owner, is late, or waits for a second person. `leader`: signed in on the leaders'
/// page with a role that knows of children.
enum class FollowupRelation : std::uint8_t { none, with, lead, leader, owner };

/// Of a person on their own unlocked handset.
FollowupRelation followup_relation(const State& state, const Followup& followup, const PersonId& person);
/// Of a leader in the browser.
FollowupRelation followup_relation(const Followup& followup, const Person& leader);

struct FollowupSeer {
    DeviceId device;
    FollowupRelation relation = FollowupRelation::none;
    auto operator<=>(const FollowupSeer&) const = default;
};

FollowupSeer followup_seer_of(const State& state, const Followup& followup, const Device& device);

/// Every device that may see it now, each once, in a fixed order. Leaders' browsers are no devices.
std::vector<FollowupSeer> followup_audience(const State& state, const Followup& followup);

}  // namespace attune::core
