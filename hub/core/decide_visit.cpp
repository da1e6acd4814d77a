// Deciding about calm spaces and visits: who is there, what is offered and chosen, the way there, the stay, the way back.
// To a device without a part in a visit it does not exist: NoSuchVisit.
#include <algorithm>

#include "hub/core/decide_rules.hpp"
#include "hub/core/visit_rules.hpp"

namespace attune::core {

namespace {

/// A visit and what the speaking device has to do with it.
struct VisitPart {
    const Visit* visit = nullptr;
    const Device* device = nullptr;
    bool room = false;   // the room they come from
    bool asker = false;  // the handset that offered it
    bool there = false;  // the space's tablet, or the handset of an adult who is there
    bool along = false;  // the handset of the adult who goes along
    bool any() const { return room || asker || there || along; }
};

VisitPart part_in(const State& state, const Command& command, VisitId id) {
    VisitPart part;
    part.device = speaker(state, command);
    const auto found = state.visits.find(id);
    if (part.device == nullptr || found == state.visits.end()) return part;
    part.visit = &found->second;
    const Device& device = *part.device;
    const Visit& visit = *part.visit;
    part.room = device.kind == DeviceKind::room && device.place == visit.from;
    part.there = device.kind == DeviceKind::calm_space && device.place == visit.space;
    if (device.kind != DeviceKind::handset || device.signed_in.empty()) return part;
    part.asker = device.id == visit.asked_on;
    part.along = device.signed_in == visit.with;
    const auto space = state.spaces.find(visit.space);
    part.there = space != state.spaces.end() && space->second.adults.contains(device.signed_in);
    return part;
}

std::optional<Refusal> not_open(const State& state, const PlaceId& space) {
    if (!is_calm_space(state, space)) return Refusal::NoSuchPlace;
    switch (space_state(state, space)) {
        case SpaceState::open: return std::nullopt;
        case SpaceState::full: return Refusal::SpaceFull;
        default: return Refusal::SpaceNotOpen;
    }
}

/// The nearest space with an adult and a place left: of the same zone before others, then by id. Empty: none.
PlaceId nearest_open(const State& state, const PlaceId& from) {
    const auto here = state.directory.places.find(from);
    const std::string zone = here == state.directory.places.end() ? std::string() : here->second.zone;
    PlaceId found;
    for (const auto& [id, space] : state.spaces) {
        if (not_open(state, id)) continue;
        if (!zone.empty() && state.directory.places.at(id).zone == zone) return id;
        if (found.empty()) found = id;
    }
    return found;
}

/// Why there is no space for an offer from there: closed everywhere, or all taken.
Refusal none_open(const State& state) {
    const bool full = std::ranges::any_of(state.spaces, [&](const auto& entry) { return space_state(state, entry.first) == SpaceState::full; });
    return full ? Refusal::SpaceFull : Refusal::SpaceNotOpen;
}

/// May this device name this child for a visit? Nobody at all always may be meant.
bool may_name(const State& state, const Device& device, const ChildId& child) {
    if (child.empty()) return true;
    return device.kind == DeviceKind::handset ? is_own_child(state, child, device.signed_in) : is_due_in(state, child, device.place);
}

/// A *no* opens a record with its clock, or counts as its review; a *yes* ends the period.
void answer_leaving(const State& state, const Visit& visit, const PersonId& person, bool can_leave, Ms now, Facts& list) {
    const Policy& policy = state.directory.policy;
    const auto record = state.records.find(visit.record);
    const bool open = record != state.records.end() && record->second.ended_at == 0;
    if (!can_leave && !open) list.emplace_back(InterventionOpened{visit.space, visit.id, visit.child, person, now + policy.visit_review_ms, now + policy.record_draft_ms});
    if (!can_leave && open) list.emplace_back(InterventionReviewed{visit.record, person, now + policy.visit_review_ms});
    if (can_leave && open) list.emplace_back(InterventionEnded{visit.record, person, now - record->second.opened_at});
}

/// Who answers on the space's tablet: whoever is there; on a handset, its own adult.
PersonId answerer(const State& state, const VisitPart& part) {
    if (part.device->kind == DeviceKind::handset) return part.device->signed_in;
    const auto space = state.spaces.find(part.visit->space);
    return space == state.spaces.end() || space->second.adults.empty() ? PersonId{} : space->second.adults.begin()->first;
}

/// The place and the person that OpenSpace and LeaveSpace mean.
struct Presence {
    const Device* device = nullptr;
    PlaceId place;
    PersonId person;
};
std::variant<Presence, Rejection> presence(const State& state, const Command& command, const PlaceId& place, const PersonId& person) {
    const Device* device = speaker(state, command);
    if (device == nullptr) return Rejection{Refusal::NotYours};
    if (device->kind == DeviceKind::calm_space) {
        if (!state.directory.people.contains(person)) return Rejection{Refusal::NoSuchPerson};
        return Presence{device, device->place, person};
    }
    if (device->kind != DeviceKind::handset) return Rejection{Refusal::NotYours};
    if (device->signed_in.empty()) return Rejection{Refusal::NobodySignedIn};
    return Presence{device, place, device->signed_in};
}

}  // namespace

Decision decide_on(const State& state, const Command& command, const OpenSpace& intent) {
    const auto who = presence(state, command, intent.place, intent.person);
    if (const auto* rejection = get_if<Rejection>(&who)) return *rejection;
    const auto& [device, place, person] = get<Presence>(who);
    if (!is_calm_space(state, place)) return refuse(Refusal::NoSuchPlace);
    if (!proves_presence(state, place, person, device->id)) return refuse(Refusal::NotYours);
    Facts list;
    const auto space = state.spaces.find(place);
    if (space != state.spaces.end()) {
        if (space->second.out_of_use) list.emplace_back(SpaceUseChanged{place, false, space->second.reason});
        const auto known = space->second.adults.find(person);
        if (known != space->second.adults.end() && known->second == device->id) return list;
    }
    list.emplace_back(SpaceOpened{place, person, device->id});
    return list;
}

Decision decide_on(const State& state, const Command& command, const LeaveSpace& intent) {
    const auto who = presence(state, command, intent.place, intent.person);
    if (const auto* rejection = get_if<Rejection>(&who)) return *rejection;
    const auto& [device, place, person] = get<Presence>(who);
    if (!is_calm_space(state, place)) return refuse(Refusal::NoSuchPlace);
    const auto space = state.spaces.find(place);
    if (space == state.spaces.end() || !space->second.adults.contains(person)) return facts();
    return facts(SpaceAdultGone{place, person, AdultGone::said_so});
}

Decision decide_on(const State& state, const Command& command, const SetSpaceUse& intent) {
    const Device* device = speaking(state, command, DeviceKind::calm_space);
    if (device == nullptr) return refuse(Refusal::NotYours);
    const auto space = state.spaces.find(device->place);
    const bool out = space != state.spaces.end() && space->second.out_of_use;
    if (out == intent.out_of_use && (!out || space->second.reason == intent.reason)) return facts();
    if (intent.out_of_use && count_visits(state, device->place, takes_place) > 0) return refuse(Refusal::WrongMoment);
    return facts(SpaceUseChanged{device->place, intent.out_of_use, intent.reason});
}

Decision decide_on(const State& state, const Command& command, const AskVisit& intent) {
    const Device* device = speaking(state, command, DeviceKind::room);
    if (device == nullptr) return refuse(Refusal::NotYours);
    if (!is_due_in(state, intent.child, device->place)) return refuse(Refusal::NoSuchChild);
    if (!intent.space.empty() && !is_calm_space(state, intent.space)) return refuse(Refusal::NoSuchPlace);
    if (const Visit* open = visit_of(state, intent.child)) return open->step == VisitStep::asked && open->from == device->place ? facts() : refuse(Refusal::VisitOpen);
    return facts(VisitAsked{intent.space, device->place, VisitAsker::child, intent.child, {}, {}, command.now + state.directory.policy.visit_answer_ms});
}

Decision decide_on(const State& state, const Command& command, const OfferVisit& intent) {
    const Device* device = speaker(state, command);
    if (device == nullptr || device->kind == DeviceKind::station) return refuse(Refusal::NotYours);
    if (device->kind == DeviceKind::handset && device->signed_in.empty()) return refuse(Refusal::NobodySignedIn);
    const PlaceId from = device->kind == DeviceKind::room ? device->place : intent.from;
    if (!from.empty() && !state.directory.places.contains(from)) return refuse(Refusal::NoSuchPlace);
    if (!may_name(state, *device, intent.child)) return refuse(Refusal::NoSuchChild);
    if (device->kind == DeviceKind::calm_space) {  // at the door already
        if (const auto why = not_open(state, device->place); why && *why != Refusal::SpaceFull) return refuse(*why);
        if (visit_of(state, intent.child) != nullptr) return refuse(Refusal::VisitOpen);
        return facts(VisitAsked{device->place, from, VisitAsker::calm_space, intent.child, {}, {}, 0});
    }
    const PlaceId space = intent.space.empty() ? nearest_open(state, from) : intent.space;
    if (space.empty()) return refuse(none_open(state));
    if (const auto why = not_open(state, space)) return refuse(*why);
    if (const Visit* open = visit_of(state, intent.child)) {
        if (open->step != VisitStep::asked || open->from != from) return refuse(Refusal::VisitOpen);
        return facts(VisitOffered{open->id, space, command.now + state.directory.policy.visit_choose_ms});
    }
    const bool teacher = device->kind == DeviceKind::room;
    return facts(VisitAsked{space, from, teacher ? VisitAsker::teacher : VisitAsker::responder, intent.child, teacher ? PersonId{} : device->signed_in, {}, 0});
}

Decision decide_on(const State& state, const Command& command, const ChooseVisit& intent) {
    const VisitPart part = part_in(state, command, intent.visit);
    if (!part.room && !part.asker) return refuse(Refusal::NoSuchVisit);
    if (part.visit->step == VisitStep::travelling) return facts();
    if (part.visit->step != VisitStep::offered) return refuse(Refusal::WrongMoment);
    if (const auto why = not_open(state, part.visit->space)) return refuse(*why);
    const PersonId with = intent.company == Company::adult ? part.device->signed_in : PersonId{};
    return facts(VisitChosen{intent.visit}, VisitSetOut{intent.visit, intent.company, with, command.now + state.directory.policy.visit_arrive_ms});
}

Decision decide_on(const State& state, const Command& command, const DeclineVisit& intent) {
    const VisitPart part = part_in(state, command, intent.visit);
    if (!part.room && !part.asker) return refuse(Refusal::NoSuchVisit);
    if (part.visit->step > VisitStep::offered) return refuse(Refusal::WrongMoment);
    return facts(VisitEnded{intent.visit, VisitEnd::declined, 0});
}

Decision decide_on(const State& state, const Command& command, const ArriveVisit& intent) {
    const VisitPart part = part_in(state, command, intent.visit);
    if (!part.there && !part.along) return refuse(Refusal::NoSuchVisit);
    const Visit& visit = *part.visit;
    if (is_here(visit)) return facts();
    if (visit.step != VisitStep::travelling && visit.step != VisitStep::not_arrived) return refuse(Refusal::WrongMoment);
    Facts list;
    const auto space = state.spaces.find(visit.space);
    const bool attended = space != state.spaces.end() && !space->second.adults.empty();
    PersonId person = answerer(state, part);
    if (!attended) {  // the adult who came along is the adult who is there; a tablet that stands alone proves nobody
        if (!part.along || !proves_presence(state, visit.space, person, part.device->id)) return refuse(Refusal::SpaceNotOpen);
        list.emplace_back(SpaceOpened{visit.space, person, part.device->id});
    }
    const std::uint32_t here = count_visits(state, visit.space, is_here) + 1;
    const std::uint32_t capacity = capacity_of(state, visit.space);
    list.emplace_back(VisitArrived{visit.id, person, intent.can_leave, command.now + state.directory.policy.stay_ms[0]});
    if (here > capacity) list.emplace_back(SpaceOverfull{visit.space, here, capacity});
    answer_leaving(state, visit, person, intent.can_leave, command.now, list);
    return list;
}

Decision decide_on(const State& state, const Command& command, const ReviewVisit& intent) {
    const VisitPart part = part_in(state, command, intent.visit);
    if (!part.there) return refuse(Refusal::NoSuchVisit);
    if (!is_here(*part.visit)) return refuse(Refusal::WrongMoment);
    const PersonId person = answerer(state, part);
    if (person.empty()) return refuse(Refusal::SpaceNotOpen);
    Facts list;
    list.emplace_back(VisitReviewed{intent.visit, person, intent.can_leave});
    answer_leaving(state, *part.visit, person, intent.can_leave, command.now, list);
    return list;
}

Decision decide_on(const State& state, const Command& command, const ReadyVisit& intent) {
    const VisitPart part = part_in(state, command, intent.visit);
    if (!part.there) return refuse(Refusal::NoSuchVisit);
    if (!is_here(*part.visit)) return refuse(Refusal::WrongMoment);
    if (part.visit->step == VisitStep::ready && part.visit->say == intent.say) return facts();
    return facts(VisitReady{intent.visit, intent.say});
}

Decision decide_on(const State& state, const Command& command, const ReturnVisit& intent) {
    const VisitPart part = part_in(state, command, intent.visit);
    if (!part.there) return refuse(Refusal::NoSuchVisit);
    const Visit& visit = *part.visit;
    if (visit.step == VisitStep::returning) return facts();
    if (!is_here(visit)) return refuse(Refusal::WrongMoment);
    Facts list;
    const PersonId person = answerer(state, part);
    answer_leaving(state, visit, person, true, command.now, list);
    if (visit.from.empty() || visit.left_open) list.emplace_back(VisitEnded{visit.id, VisitEnd::returned, 0});  // after school no room waits for them
    else list.emplace_back(VisitReturning{visit.id, intent.company, intent.company == Company::adult ? person : PersonId{}, command.now + state.directory.policy.visit_back_ms});
    return list;
}

Decision decide_on(const State& state, const Command& command, const WelcomeBack& intent) {
    const VisitPart part = part_in(state, command, intent.visit);
    if (!part.room && !part.along) return refuse(Refusal::NoSuchVisit);
    const Visit& visit = *part.visit;
    if (visit.step < VisitStep::chosen) return refuse(Refusal::WrongMoment);
    Facts list;
    answer_leaving(state, visit, {}, true, command.now, list);
    const bool back = visit.step == VisitStep::returning || visit.step == VisitStep::not_back;
    list.emplace_back(VisitEnded{visit.id, back ? VisitEnd::welcomed : VisitEnd::returned, 0});
    return list;
}

/// Whoever leads has found out that the child has gone home.
Decision decide_on(const State& state, const Command& command, const EndLeftVisit& intent) {
    const Device* device = own_handset(state, command);
    const auto found = state.visits.find(intent.visit);
    if (device == nullptr || !has_role(state, device->signed_in, Role::duty_lead)) return refuse(Refusal::NoSuchVisit);
    if (found == state.visits.end() || !found->second.left_open) return refuse(Refusal::NoSuchVisit);
    Facts list;
    answer_leaving(state, found->second, device->signed_in, true, command.now, list);
    list.emplace_back(VisitEnded{intent.visit, VisitEnd::returned, 0});
    return list;
}

}  // namespace attune::core
