// Need to know, for follow-ups.
#include "hub/core/followup_audience.hpp"

#include "hub/core/cover.hpp"
#include "hub/core/day_audience.hpp"
#include "hub/core/followup_rules.hpp"

namespace attune::core {

FollowupRelation followup_relation(const State& state, const Followup& followup, const PersonId& person) {
    if (person.empty()) return FollowupRelation::none;
    if (followup.owner == person) return FollowupRelation::owner;
    if (followup.with == person) return FollowupRelation::with;
    if (is_private(followup.kind) || !state.leads.contains(person)) return FollowupRelation::none;
    const bool theirs = followup.owner.empty() || followup.overdue || followup.step == FollowupStep::unneeded;
    return theirs ? FollowupRelation::lead : FollowupRelation::none;
}

FollowupRelation followup_relation(const Followup& followup, const Person& leader) {
    if (followup.owner == leader.id) return FollowupRelation::owner;
    if (is_private(followup.kind)) return followup.with == leader.id ? FollowupRelation::with : FollowupRelation::none;
    if (sees_gaps(leader)) return FollowupRelation::leader;
    return followup.with == leader.id ? FollowupRelation::with : FollowupRelation::none;
}

FollowupSeer followup_seer_of(const State& state, const Followup& followup, const Device& device) {
    FollowupSeer seer{device.id, FollowupRelation::none};
    if (sees_day(device)) seer.relation = followup_relation(state, followup, device.signed_in);
    return seer;
}

std::vector<FollowupSeer> followup_audience(const State& state, const Followup& followup) {
    std::vector<FollowupSeer> seers;
    for (const auto& [id, device] : state.devices)
        if (FollowupSeer seer = followup_seer_of(state, followup, device); seer.relation != FollowupRelation::none) seers.push_back(std::move(seer));
    return seers;
}

}  // namespace attune::core
