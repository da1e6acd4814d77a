// Need to know, for talk time.
#include "hub/core/talk_audience.hpp"

#include "hub/core/talk_rules.hpp"

namespace attune::core {

namespace {

TalkRelation handset_relation(const State& state, const Talk& talk, const Device& device) {
    if (device.locked || device.signed_in.empty()) return TalkRelation::none;
    const PersonId& person = device.signed_in;
    if (talk.rung == TalkRung::calling) return TalkRelation::none;  // the call has its own audience
    if (talk.adult == person) return TalkRelation::asked;
    if (leads_for(state, talk, person)) return TalkRelation::lead;
    const auto found = state.directory.people.find(person);
    if (talk.dsl && found != state.directory.people.end() && has_role(found->second, Role::dsl)) return TalkRelation::dsl;
    return TalkRelation::none;
}

/// The card is there, and this is the child's newest talk.
bool is_childs_own(const State& state, const Talk& talk, const Device& device, const CardsPresent& present) {
    const auto card = present.find(device.id);
    if (card == present.end() || card->second != talk.child) return false;
    const Talk* newest = talk_of(state, talk.child);
    return newest != nullptr && newest->id == talk.id;
}

}  // namespace

TalkSeer talk_seer_of(const State& state, const Talk& talk, const Device& device, const CardsPresent& present) {
    TalkSeer seer{device.id, TalkRelation::none};
    if (!is_in(device)) return seer;
    if (device.kind == DeviceKind::handset) seer.relation = handset_relation(state, talk, device);
    if (device.kind == DeviceKind::kiosk && is_childs_own(state, talk, device, present)) seer.relation = TalkRelation::child;
    return seer;
}

std::vector<TalkSeer> talk_audience(const State& state, const Talk& talk, const CardsPresent& present) {
    std::vector<TalkSeer> seers;
    for (const auto& [id, device] : state.devices)
        if (TalkSeer seer = talk_seer_of(state, talk, device, present); seer.relation != TalkRelation::none) seers.push_back(std::move(seer));
    return seers;
}

}  // namespace attune::core
