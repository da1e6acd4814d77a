// Need to know, for the day's connection.
#include "hub/core/day_audience.hpp"

#include <algorithm>

#include "hub/core/day_rules.hpp"

namespace attune::core {

namespace {

bool leads(const State& state, const PersonId& person) { return has_role(state, person, Role::duty_lead); }

bool goes_to_call_of(const State& state, const ChildId& child, const PersonId& person) {
    return std::ranges::any_of(state.calls, [&](const auto& entry) { return entry.second.child == child && goes(entry.second, person); });
}

}  // namespace

bool sees_day(const Device& device) { return is_in(device) && device.kind == DeviceKind::handset && !device.signed_in.empty() && !device.locked; }

DayRelation relation_to(const State& state, const Greeting& greeting, const ChildId& child, const PersonId& person) {
    if (greeting.task && greeting.adult == person) return DayRelation::asked;
    if (greeting.task && greeting.adult.empty() && leads(state, person)) return DayRelation::lead;
    return is_theirs(state, person, child) ? DayRelation::own : DayRelation::none;
}

DayRelation relation_to(const State& state, const Checkin& checkin, const PersonId& person) {
    if (checkin.open() && checkin.adult == person) return DayRelation::asked;
    if (checkin.open() && checkin.at_lead && leads(state, person)) return DayRelation::lead;
    return is_theirs(state, person, checkin.child) ? DayRelation::own : DayRelation::none;
}

bool is_at_door(const State& state, const PersonId& person) { return state.today.from != 0 && state.today.doors.contains(person); }

bool may_greet(const State& state, const ChildId& child, const PersonId& person) {
    const auto greeting = state.today.greetings.find(child);
    if (greeting == state.today.greetings.end()) return false;
    return is_at_door(state, person) || relation_to(state, greeting->second, child, person) != DayRelation::none || leads(state, person) ||
           teaches(state, person, child, state.today.from, state.today.to);
}

bool sees_note(const State& state, const TodayNote& note, const PersonId& person) {
    if (!state.directory.people.contains(person)) return false;
    return note.by == person || is_theirs(state, person, note.child) || goes_to_call_of(state, note.child, person) || teaches(state, person, note.child, note.from, note.until);
}

bool may_write_note(const State& state, const ChildId& child, const PersonId& person) {
    return state.directory.children.contains(child) && (is_theirs(state, person, child) || leads(state, person));
}

std::size_t not_greeted(const State& state) {
    return static_cast<std::size_t>(std::ranges::count_if(state.today.greetings, [](const auto& entry) { return entry.second.step == GreetingStep::not_greeted; }));
}

}  // namespace attune::core
