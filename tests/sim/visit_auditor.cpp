// The invariants of calm spaces and visits.
#include "tests/sim/visit_auditor.hpp"

#include <algorithm>

#include "hub/core/visit_audience.hpp"
#include "tests/sim/auditor.hpp"

namespace attune::sim {

namespace {

using core::Visit;
using core::VisitStep;

constexpr const char* alone_rule = "V1 never without an adult in silence";
constexpr const char* capacity_rule = "V2 capacity is never exceeded silently";
constexpr const char* way_rule = "V3 every way ends";
constexpr const char* leaving_rule = "V4 leaving is never a refusal";
constexpr const char* record_rule = "V5 a no is a record with a clock";
constexpr const char* know_rule = "V6 need to know of visits";

std::string name(const Visit& visit) { return "visit " + std::to_string(visit.id.value); }

bool inside(const Visit& visit) { return visit.step == VisitStep::here || visit.step == VisitStep::ready; }

std::size_t inside_of(const core::State& state, const core::PlaceId& place) {
    return static_cast<std::size_t>(std::ranges::count_if(state.visits, [&](const auto& entry) { return entry.second.space == place && inside(entry.second); }));
}

/// By the device that said so: the space's own tablet, or a handset on which this person is signed in; and it beats.
bool is_proven(const core::State& state, const core::PlaceId& place, const core::PersonId& person, const core::DeviceId& id) {
    const auto device = state.devices.find(id);
    if (device == state.devices.end() || !state.directory.people.contains(person)) return false;
    const core::Device& by = device->second;
    if (by.health == core::Health::silent || by.health == core::Health::revoked) return false;
    if (by.kind == core::DeviceKind::calm_space) return by.place == place;
    return by.kind == core::DeviceKind::handset && by.signed_in == person;
}

bool adult_is_proven(const core::State& state, const core::PlaceId& place) {
    const auto space = state.spaces.find(place);
    return space != state.spaces.end() && std::ranges::any_of(space->second.adults, [&](const auto& adult) { return is_proven(state, place, adult.first, adult.second); });
}

/// School is over, whoever leads has been told, and is told again.
bool all_left_open(const core::State& state, const core::PlaceId& place) {
    return std::ranges::all_of(state.visits, [&](const auto& entry) { return entry.second.space != place || !inside(entry.second) || entry.second.left_open; });
}

core::Ms due(const Visit& visit, core::CareDue kind) { return visit.due[static_cast<std::size_t>(kind)]; }

void check_watched(const core::State& state, const Visit& visit) {
    using core::CareDue;
    switch (visit.step) {
        case VisitStep::asked: require(due(visit, CareDue::answer) != 0, way_rule, name(visit) + " was asked for and nobody watches whether it is answered"); break;
        case VisitStep::offered: require(due(visit, CareDue::choose) != 0, way_rule, name(visit) + " is offered for ever"); break;
        case VisitStep::chosen: require(false, way_rule, name(visit) + " was chosen and has not set out"); break;
        case VisitStep::travelling: require(due(visit, CareDue::arrive) != 0, way_rule, name(visit) + " is on the way and nobody watches"); break;
        case VisitStep::here:
        case VisitStep::ready: require(due(visit, CareDue::stay) != 0, way_rule, name(visit) + " stays and nobody asks"); break;
        case VisitStep::returning: require(due(visit, CareDue::welcome) != 0, way_rule, name(visit) + " is on the way back and nobody watches"); break;
        case VisitStep::not_arrived:
        case VisitStep::not_back: require(state.calls.contains(visit.call), way_rule, name(visit) + " is missing and no call is open for it"); break;
    }
}

void check_record(const core::State& state, const Visit& visit) {
    const auto record = state.records.find(visit.record);
    const bool open = record != state.records.end() && record->second.ended_at == 0;
    if (inside(visit)) require(visit.can_leave != open, record_rule, name(visit) + (open ? " has a record and may leave" : " may not leave and has no record"));
    if (open) require(record->second.review_due != 0, record_rule, name(visit) + " has a record without a review to come");
}

/// Said from the table of roles, not asked of the hub.
bool may_see(const core::State& state, const Visit& visit, const core::Device& device, bool& child) {
    child = false;
    if (device.health == core::Health::revoked) return false;
    const bool moving = visit.step >= VisitStep::travelling;
    const bool visiting = moving && visit.step <= VisitStep::ready;
    const bool known = state.directory.children.contains(visit.child);
    if (device.kind == core::DeviceKind::station) return moving;
    if (device.kind == core::DeviceKind::room) return device.place == visit.from;
    const auto space = state.spaces.find(visit.space);
    if (device.kind == core::DeviceKind::calm_space) {
        child = known && visiting && device.place == visit.space && space != state.spaces.end() && !space->second.adults.empty();
        return visiting && device.place == visit.space;
    }
    const core::PersonId& person = device.signed_in;
    if (person.empty()) return false;
    bool own = false;
    if (known) own = std::ranges::find(state.directory.children.at(visit.child).adults, person) != state.directory.children.at(visit.child).adults.end();
    const bool there = visiting && space != state.spaces.end() && space->second.adults.contains(person);
    const bool along = moving && !inside(visit) && visit.with == person;
    child = known && !device.locked && (there || along || (moving && own));
    bool leads = false;
    if (const auto found = state.directory.people.find(person); found != state.directory.people.end()) leads = std::ranges::find(found->second.roles, core::Role::duty_lead) != found->second.roles.end();
    if (visit.left_open && leads) return true;
    return there || along || (moving && own) || (!moving && visit.asked_on == device.id && visit.with == person);
}

void check_audience(const core::State& state, const Visit& visit) {
    std::map<core::DeviceId, core::VisitSeer> told;
    for (const core::VisitSeer& seer : core::visit_audience(state, visit)) told.emplace(seer.device, seer);
    for (const auto& [id, device] : state.devices) {
        bool child = false;
        const bool may = may_see(state, visit, device, child);
        const auto seen = told.find(id);
        require(may == (seen != told.end()), know_rule, id.value + (may ? " may see " : " may not see ") + name(visit));
        if (seen != told.end()) require(seen->second.sees_helps == child, know_rule, id.value + (child ? " may see the child of " : " may not see the child of ") + name(visit));
    }
}

void check_index(const core::State& state) {
    std::set<std::tuple<core::Ms, core::CareDue, std::uint64_t, core::PlaceId>> armed;
    for (const auto& [id, visit] : state.visits)
        for (std::size_t kind = 0; kind < core::visit_due_kinds; ++kind)
            if (visit.due[kind] != 0) armed.insert({visit.due[kind], static_cast<core::CareDue>(kind), id.value, {}});
    for (const auto& [place, space] : state.spaces)
        if (space.alarm_due != 0) armed.insert({space.alarm_due, core::CareDue::alarm, 0, place});
    for (const auto& [id, record] : state.records) {
        if (record.review_due != 0) armed.insert({record.review_due, core::CareDue::review, id.value, {}});
        if (record.draft_due != 0) armed.insert({record.draft_due, core::CareDue::draft, id.value, {}});
        require(record.draft_due != 0 || record.draft_late, record_rule, "a record's written form is not due");
    }
    require(armed == state.care_due, "indexes", "care_due");
}

}  // namespace

void VisitAuditor::event(const core::State& state, const core::Event& event) {
    const auto step = [&](core::VisitId id) -> Told& { return visits_[id]; };
    if (const auto* fact = get_if<core::UnattendedOpened>(&event.fact)) {
        require(alone_.emplace(fact->place, event.at).second, alone_rule, "a time alone was opened twice");
        require(!fact->visits.empty(), alone_rule, "a time alone of nobody");
        alarmed_[fact->place] = false;
    }
    if (const auto* fact = get_if<core::UnattendedAlarm>(&event.fact)) alarmed_[fact->place] = true;
    if (const auto* fact = get_if<core::UnattendedEnded>(&event.fact)) {
        const auto since = alone_.find(fact->place);
        require(since != alone_.end() && fact->lasted_ms == event.at - since->second, alone_rule, "the record says another length of time alone");
        alone_.erase(fact->place);
    }
    if (const auto* fact = get_if<core::VisitSetOut>(&event.fact)) step(fact->visit).set_out = true;
    if (const auto* fact = get_if<core::VisitNotArrived>(&event.fact)) step(fact->visit).missing = true;
    if (const auto* fact = get_if<core::VisitNotBack>(&event.fact)) step(fact->visit).missing = true;
    if (const auto* fact = get_if<core::VisitReturning>(&event.fact)) step(fact->visit).on_way_back = true;
    if (const auto* fact = get_if<core::VisitArrived>(&event.fact)) {
        require(step(fact->visit).set_out, way_rule, "somebody arrived who had not set out");
        require(!fact->person.empty(), alone_rule, "somebody arrived and no adult was there");
        step(fact->visit).arrived = true;
    }
    if (const auto* fact = get_if<core::VisitEnded>(&event.fact)) {
        const Told told = step(fact->visit);
        using enum core::VisitEnd;
        const bool before_setting_out = fact->how == declined || fact->how == lapsed || fact->how == called;
        require(before_setting_out != told.set_out, leaving_rule, "a visit that set out ended as if it had been declined, or the other way round");
        if (fact->how == looked_after) require(told.missing, way_rule, "a visit was looked after that was not missing");
        if (fact->how == welcomed) require(told.on_way_back, way_rule, "welcomed back without a way back");
        visits_.erase(fact->visit);
    }
    for (const auto& [id, told] : visits_) require(state.visits.contains(id), way_rule, "a visit is gone without an end");
}

void VisitAuditor::step_ended(const core::State& state, const std::vector<core::Event>& step) const {
    check_index(state);
    std::set<core::PlaceId> places;
    for (const auto& [id, visit] : state.visits) {
        if (inside(visit)) places.insert(visit.space);
        check_watched(state, visit);
        check_record(state, visit);
        check_audience(state, visit);
    }
    for (const core::PlaceId& place : places)
        require(adult_is_proven(state, place) != alone_.contains(place), alone_rule, place.value + (alone_.contains(place) ? " has an adult and is recorded as alone" : " is alone and the record does not say so"));
    for (const auto& [place, since] : alone_) require(places.contains(place), alone_rule, place.value + " is recorded as alone and nobody is there");
    for (const auto& [place, space] : state.spaces)
        for (const auto& [person, device] : space.adults) require(is_proven(state, place, person, device), alone_rule, person.value + " counts as being in " + place.value + " and nothing proves it");
    for (const core::Event& event : step) {
        if (const auto* alarm = get_if<core::UnattendedAlarm>(&event.fact))
            require(state.call_at.contains(alarm->place) || all_left_open(state, alarm->place), alone_rule, "the alarm of " + alarm->place.value + " calls nobody");
        const auto* arrived = get_if<core::VisitArrived>(&event.fact);
        if (arrived == nullptr || !state.visits.contains(arrived->visit)) continue;
        const core::PlaceId& place = state.visits.at(arrived->visit).space;
        const auto described = state.directory.places.find(place);
        const std::size_t capacity = described == state.directory.places.end() || described->second.capacity == 0 ? 1 : described->second.capacity;
        const bool told = std::ranges::any_of(step, [&](const core::Event& other) { return holds_alternative<core::SpaceOverfull>(other.fact); });
        require(inside_of(state, place) <= capacity || told, capacity_rule, place.value + " has more visitors than places, and no event says so");
    }
}

void VisitAuditor::punctual(const core::State& state, core::Ms now) const {
    for (const auto& [place, since] : alone_)
        require(alarmed_.at(place) || now - since < state.directory.policy.adult_away_ms, alone_rule, place.value + " is alone for " + std::to_string(now - since) + " ms without an alarm");
    for (const auto& entry : state.care_due) require(std::get<0>(entry) > now, way_rule, "a deadline of a visit is in the past");
}

}  // namespace attune::sim
