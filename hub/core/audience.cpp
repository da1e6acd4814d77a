// Need to know: who may see a call, and with how much of the child.
#include "hub/core/audience.hpp"

#include <algorithm>

#include "hub/core/call_rules.hpp"

namespace attune::core {

namespace {

bool in_childs_order(const State& state, const Call& call, const PersonId& person) {
    const auto child = state.directory.children.find(call.child);
    if (child == state.directory.children.end()) return false;
    return std::ranges::find(child->second.adults, person) != child->second.adults.end();
}

Relation handset_relation(const Call& call, const Device& device) {
    const PersonId& person = device.signed_in;
    if (!person.empty()) {
        if (call.owner == person) return Relation::owner;
        if (call.helpers.contains(person)) return Relation::helper;
        if (const auto offer = call.offers.find(person); offer != call.offers.end()) {
            if (!offer->second.declined && joinable(call)) return Relation::offered;
            if (offer->second.declined && !call.owned()) return Relation::declined;
        }
    }
    return device.id == call.raised_by ? Relation::raiser : Relation::none;
}

}  // namespace

Seer seer_of(const State& state, const Call& call, const Device& device) {
    Seer seer{device.id, Relation::none, false};
    if (device.health == Health::revoked) return seer;
    switch (device.kind) {
        case DeviceKind::room: seer.relation = device.place == call.place ? Relation::raiser : Relation::none; break;
        case DeviceKind::station: seer.relation = Relation::station; break;
        case DeviceKind::handset: seer.relation = handset_relation(call, device); break;
    }
    if (call.child.empty() || device.locked || device.kind != DeviceKind::handset) return seer;
    seer.sees_helps = seer.relation == Relation::owner || seer.relation == Relation::helper ||
                      (seer.relation == Relation::offered && in_childs_order(state, call, device.signed_in));
    return seer;
}

std::vector<Seer> audience(const State& state, const Call& call) {
    std::vector<Seer> seers;
    seers.reserve(call.offers.size() + 8);
    const auto add = [&](const DeviceId& id) {
        const auto device = state.devices.find(id);
        if (device == state.devices.end()) return;
        if (Seer seer = seer_of(state, call, device->second); seer.relation != Relation::none) seers.push_back(std::move(seer));
    };
    const auto add_handset_of = [&](const PersonId& person) {
        const auto duty = state.duties.find(person);
        if (duty != state.duties.end() && !duty->second.device.empty()) add(duty->second.device);
    };
    if (const auto rooms = state.rooms_at.find(call.place); rooms != state.rooms_at.end())
        for (const DeviceId& id : rooms->second) add(id);
    for (const DeviceId& id : state.stations) add(id);
    if (call.owned() && !call.offers.contains(call.owner)) add_handset_of(call.owner);
    for (const PersonId& helper : call.helpers)
        if (!call.offers.contains(helper)) add_handset_of(helper);
    for (const auto& [person, offer] : call.offers) add_handset_of(person);
    const auto raiser = state.devices.find(call.raised_by);
    if (raiser != state.devices.end() && raiser->second.kind == DeviceKind::handset &&
        std::ranges::none_of(seers, [&](const Seer& seer) { return seer.device == call.raised_by; }))
        add(call.raised_by);
    return seers;
}

bool sees_site(const State& state, const Device& device) {
    if (device.health == Health::revoked) return false;
    if (device.kind == DeviceKind::station) return true;
    if (device.kind != DeviceKind::handset || device.signed_in.empty()) return false;
    const auto person = state.directory.people.find(device.signed_in);
    if (person == state.directory.people.end()) return false;
    return std::ranges::find(person->second.roles, Role::duty_lead) != person->second.roles.end();
}

}  // namespace attune::core
