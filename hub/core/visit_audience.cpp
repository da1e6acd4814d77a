// Need to know: who may see a visit, and with how much of the child.
#include "hub/core/visit_audience.hpp"

#include <algorithm>

#include "hub/core/visit_rules.hpp"

namespace attune::core {

namespace {

bool on_a_way(const Visit& visit) {
    return visit.step == VisitStep::travelling || visit.step == VisitStep::not_arrived || visit.step == VisitStep::returning || visit.step == VisitStep::not_back;
}
bool goes_on(const Visit& visit) { return visit.step >= VisitStep::travelling; }

VisitRelation handset_relation(const State& state, const Visit& visit, const Device& device) {
    const PersonId& person = device.signed_in;
    if (person.empty()) return VisitRelation::none;
    const auto space = state.spaces.find(visit.space);
    const bool there = space != state.spaces.end() && space->second.adults.contains(person);
    if (there && visit.step >= VisitStep::travelling && visit.step <= VisitStep::ready) return VisitRelation::there;
    if (visit.with == person && on_a_way(visit)) return VisitRelation::along;
    if (visit.asked_on == device.id && !goes_on(visit) && visit.with == person) return VisitRelation::asker;
    if (goes_on(visit) && is_own_child(state, visit.child, person)) return VisitRelation::own;
    const auto found = state.directory.people.find(person);
    const bool leads = found != state.directory.people.end() && has_role(found->second, Role::duty_lead);
    return visit.left_open && leads ? VisitRelation::lead : VisitRelation::none;  // the place, and no child
}

}  // namespace

VisitSeer visit_seer_of(const State& state, const Visit& visit, const Device& device) {
    VisitSeer seer{.device = device.id};
    if (!is_in(device)) return seer;
    const bool known = state.directory.children.contains(visit.child);
    switch (device.kind) {
        case DeviceKind::kiosk:
        case DeviceKind::board: break;  // never a visit
        case DeviceKind::room:
            if (visit.from == device.place) seer.relation = VisitRelation::room;
            seer.sees_child = seer.relation == VisitRelation::room && known;
            break;
        case DeviceKind::calm_space: {
            const bool theirs = visit.space == device.place && visit.step >= VisitStep::travelling && visit.step <= VisitStep::ready;
            if (!theirs) break;
            seer.relation = VisitRelation::space;
            const auto space = state.spaces.find(visit.space);
            seer.sees_helps = known && space != state.spaces.end() && !space->second.adults.empty();
            break;
        }
        case DeviceKind::station:
            if (goes_on(visit)) seer.relation = VisitRelation::station;
            break;
        case DeviceKind::handset:
            seer.relation = handset_relation(state, visit, device);
            seer.sees_helps = known && !device.locked && seer.relation != VisitRelation::none && seer.relation != VisitRelation::asker && seer.relation != VisitRelation::lead;
            break;
    }
    seer.for_now = seer.sees_helps || (seer.sees_child && !is_due_in(state, visit.child, device.place));
    return seer;
}

std::vector<VisitSeer> visit_audience(const State& state, const Visit& visit) {
    std::vector<VisitSeer> seers;
    for (const auto& [id, device] : state.devices)
        if (VisitSeer seer = visit_seer_of(state, visit, device); seer.relation != VisitRelation::none) seers.push_back(std::move(seer));
    return seers;
}

bool sees_spaces(const Device& device) { return is_in(device) && (device.kind != DeviceKind::handset || !device.signed_in.empty()); }
bool sees_adults(const Device& device) { return device.kind != DeviceKind::room; }

std::optional<VisitId> visit_of(const Event& event) {
    return visit(
        [&]<class Fact_>(const Fact_& fact) -> std::optional<VisitId> {
            if constexpr (std::is_same_v<Fact_, VisitAsked>) return VisitId{event.seq};
            else if constexpr (requires { fact.visit; }) return fact.visit.value == 0 ? std::nullopt : std::optional<VisitId>(fact.visit);
            else return std::nullopt;
        },
        event.fact);
}

}  // namespace attune::core
