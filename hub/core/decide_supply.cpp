// Deciding about adults for today: who may add one, what they may be, and their end, which a clock brings and never at a
// child's side.
#include "hub/core/cover.hpp"
#include "hub/core/decide_rules.hpp"
#include "hub/core/supply_rules.hpp"
#include "hub/core/visit_rules.hpp"

namespace attune::core {

namespace {

bool may_say_who_is_here(const State& state, const Command& command) {
    return command.by.kind == Principal::Kind::local || may_arrange_cover(state, command);
}

Decision not_allowed(const State& state, const Command& command) {
    return refuse(leader(state, command) == nullptr ? no_leader(command) : Refusal::NotYours);
}

/// Never one that staff.csv has.
PersonId fresh_id(const State& state) {
    PersonId id{"today-" + std::to_string(state.last_seq + 1)};
    while (state.directory.people.contains(id)) id = PersonId{id.value.str() + "x"};
    return id;
}

Facts end(const State& state, const PersonId& person, SupplyEnd why, PersonId by, Ms late_by) {
    Facts list;
    if (const auto duty = state.duties.find(person); duty != state.duties.end() && !duty->second.device.empty())
        list.emplace_back(SignedOut{person, duty->second.device});
    list.emplace_back(SupplyEnded{person, why, std::move(by), late_by});
    return list;
}

}  // namespace

bool attends_visitor(const State& state, const PersonId& person) {
    return std::ranges::any_of(state.spaces, [&](const auto& entry) { return entry.second.adults.contains(person) && count_visits(state, entry.first, is_here) > 0; });
}

bool is_with_child(const State& state, const PersonId& person) {
    if (attends_visitor(state, person)) return true;
    if (std::ranges::any_of(state.calls, [&](const auto& entry) { return goes(entry.second, person); })) return true;
    return std::ranges::any_of(state.visits, [&](const auto& entry) { return entry.second.with == person; });
}

Ms supply_until(const Rota& rota, Ms now) {
    const auto day = std::ranges::upper_bound(rota.days, now, {}, &SchoolDay::to);
    return day != rota.days.end() && day->from <= now + supply_day_ahead_ms ? day->to : now + supply_without_timetable_ms;
}

Decision decide_on(const State& state, const Command& command, const AddSupply& intent) {
    if (!may_say_who_is_here(state, command)) return not_allowed(state, command);
    const auto allowed = [](Role role) { return role == Role::responder || role == Role::teacher; };
    if (intent.roles.empty() || !std::ranges::all_of(intent.roles, allowed)) return refuse(Refusal::SupplyRole);
    if (state.supplies.size() >= supplies_max) return refuse(Refusal::SuppliesFull);
    if (std::ranges::any_of(state.directory.people, [&](const auto& entry) { return entry.second.short_name == intent.short_name; }))
        return refuse(Refusal::ShortNameTaken);
    if (!intent.covers.empty() && (!state.directory.people.contains(intent.covers) || state.supplies.contains(intent.covers))) return refuse(Refusal::NoSuchPerson);
    if (!intent.place.empty() && !state.directory.places.contains(intent.place)) return refuse(Refusal::NoSuchPlace);
    const PersonId id = fresh_id(state);
    return facts(SupplyAdded{Person{id, intent.name, intent.short_name, intent.roles, intent.place}, intent.covers, who_speaks(state, command),
                             supply_until(state.rota, command.now)},
                 PinSet{id, intent.pin});
}

Decision decide_on(const State& state, const Command& command, const EndSupply& intent) {
    if (!may_say_who_is_here(state, command)) return not_allowed(state, command);
    if (!state.supplies.contains(intent.person)) return refuse(Refusal::NoSuchSupply);
    if (is_with_child(state, intent.person)) return refuse(Refusal::SupplyWithChild);
    return end(state, intent.person, SupplyEnd::person_said, who_speaks(state, command), 0);
}

Facts supply_overdue(const State& state, Ms late_by, Ms now) {
    const PersonId& person = state.supply_ends.begin()->second;
    if (is_with_child(state, person)) return {SupplyStays{person, late_by, now + supply_stays_ms}};
    return end(state, person, SupplyEnd::day_over, {}, late_by);
}

}  // namespace attune::core
