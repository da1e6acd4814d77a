// Need to know: who may see a call, and with how much of the child.
#include "hub/core/audience.hpp"

#include <algorithm>

#include "hub/core/call_rules.hpp"

namespace attune::core {

namespace {

/// `offer` is what the device's adult was asked, null when nothing. A duty lead sees every open call, as a
/// station does, but for presses that only prove a room and for one that asks a single adult.
Relation handset_relation(const State& state, const Call& call, const Device& device, const Offer* offer) {
    const PersonId& person = device.signed_in;
    if (!person.empty()) {
        if (call.owner == person) return Relation::owner;
        if (call.helpers.contains(person)) return Relation::helper;
        if (offer != nullptr) {
            if (!offer->declined && joinable(call)) return Relation::offered;
            if (offer->declined && !call.owned()) return Relation::declined;
        }
    }
    if (device.id == call.raised_by) return Relation::raiser;
    const bool whole = call.practice == Practice::none || call.practice == Practice::drill;
    return whole && !person.empty() && state.leads.contains(person) ? Relation::overseer : Relation::none;
}

const Offer* offer_of(const Call& call, const PersonId& person) {
    const auto offer = call.offers.find(person);
    return offer == call.offers.end() ? nullptr : &offer->second;
}

Seer seer_with(const State& state, const Call& call, const Device& device, const Offer* offer) {
    Seer seer{.device = device.id};
    if (!is_in(device)) return seer;
    switch (device.kind) {
        case DeviceKind::calm_space:
        case DeviceKind::room: seer.relation = is_raiser(call, device) ? Relation::raiser : Relation::none; break;
        case DeviceKind::station: seer.relation = Relation::station; break;
        case DeviceKind::handset: seer.relation = handset_relation(state, call, device, offer); break;
        case DeviceKind::kiosk: return seer;  // never a call
        case DeviceKind::board: break;  // it shows who is here, and no calls
    }
    // A handset that raised the call is not the room: whoever holds it now need not know for whom.
    seer.sees_child = stands_for_its_place(device.kind) && seer.relation == Relation::raiser && !call.child.empty();
    if (!call.child.empty() && !device.locked && device.kind == DeviceKind::handset)
        seer.sees_helps = seer.relation == Relation::owner || seer.relation == Relation::helper ||
                          (seer.relation == Relation::offered && is_own_child(state, call.child, device.signed_in));
    seer.for_now = seer.sees_helps || (seer.sees_child && !is_due_in(state, call.child, device.place));
    return seer;
}

}  // namespace

Seer seer_of(const State& state, const Call& call, const Device& device) {
    return seer_with(state, call, device, offer_of(call, device.signed_in));
}

std::vector<Seer> audience(const State& state, const Call& call) {
    std::vector<Seer> seers;
    seers.reserve(call.offers.size() + 8);
    const auto add = [&](const DeviceId& id, const Offer* offer) {
        const auto device = state.devices.find(id);
        if (device == state.devices.end()) return;
        if (Seer seer = seer_with(state, call, device->second, offer); seer.relation != Relation::none) seers.push_back(std::move(seer));
    };
    if (const auto rooms = state.rooms_at.find(call.place); rooms != state.rooms_at.end())
        for (const DeviceId& id : rooms->second) add(id, nullptr);
    for (const DeviceId& id : state.stations) add(id, nullptr);
    const auto add_unasked = [&](const PersonId& person) {
        const auto duty = state.duties.find(person);
        if (duty != state.duties.end() && !duty->second.device.empty() && !call.offers.contains(person)) add(duty->second.device, nullptr);
    };
    if (call.owned()) add_unasked(call.owner);
    for (const PersonId& helper : call.helpers) add_unasked(helper);
    for (const PersonId& lead : state.leads)
        if (!goes(call, lead)) add_unasked(lead);
    // Offers and duties are in the same order: mostly the next duty is the one that is looked for.
    auto duty = state.duties.end();
    for (const auto& [person, offer] : call.offers) {
        if (duty == state.duties.end() || duty->first != person) duty = state.duties.find(person);
        if (duty == state.duties.end()) continue;
        if (!duty->second.device.empty()) add(duty->second.device, &offer);
        ++duty;
    }
    const auto raiser = state.devices.find(call.raised_by);
    if (raiser != state.devices.end() && raiser->second.kind == DeviceKind::handset &&
        std::ranges::none_of(seers, [&](const Seer& seer) { return seer.device == call.raised_by; }))
        add(call.raised_by, nullptr);
    return seers;
}

bool may_change_audience(const Fact& fact) {
    return visit(
        []<class Fact_>(const Fact_&) {
            constexpr bool never = std::is_same_v<Fact_, WithdrawAsked> || std::is_same_v<Fact_, WithdrawCancelled> || std::is_same_v<Fact_, CallAlerted> ||
                                   std::is_same_v<Fact_, PressRepeated> || std::is_same_v<Fact_, OwnerOnWay> || std::is_same_v<Fact_, CallSoundedAgain> ||
                                   std::is_same_v<Fact_, SupportCheckDue> || std::is_same_v<Fact_, SupportConfirmed> || std::is_same_v<Fact_, RingOverdue> ||
                                   std::is_same_v<Fact_, TierOverdue> || std::is_same_v<Fact_, CallUndelivered>;
            return !never;
        },
        fact);
}

bool sees_site(const State& state, const Device& device) {
    if (!is_in(device)) return false;
    if (device.kind == DeviceKind::station) return true;
    if (device.kind != DeviceKind::handset || device.signed_in.empty()) return false;
    return state.leads.contains(device.signed_in);
}

}  // namespace attune::core
