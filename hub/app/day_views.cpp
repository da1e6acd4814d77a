// Greetings, check-ins, notes and the door, as one adult may see them.
#include "hub/app/day_views.hpp"

#include <algorithm>
#include <set>

#include "hub/core/day_audience.hpp"
#include "hub/core/day_rules.hpp"

namespace attune::app {

namespace {

constexpr std::size_t own_max = 64, notes_max = 16, door_max = 200;

static_assert(static_cast<int>(core::GreetingStep::not_in) == static_cast<int>(protocol::GreetingStep::not_in));
static_assert(static_cast<int>(core::CheckinStep::ended) == static_cast<int>(protocol::CheckinStep::ended));
static_assert(static_cast<int>(core::CheckinEnd::child_left) == static_cast<int>(protocol::CheckinEnd::child_left));
static_assert(static_cast<int>(core::DayRelation::lead) == static_cast<int>(protocol::DayRelation::lead) + 1);

protocol::DayRelation relation_of(core::DayRelation relation) { return static_cast<protocol::DayRelation>(static_cast<int>(relation) - 1); }

std::string initials_of(const core::State& state, const core::ChildId& child) {
    const auto plan = state.directory.children.find(child);
    return plan == state.directory.children.end() ? "" : cut(plan->second.initials, initials_bytes);
}

template <class List, class Item>
void add(List& list, Item&& item, std::size_t most, std::uint64_t& more) {
    if (list.size() < most) list.push_back(std::forward<Item>(item));
    else ++more;
}

void add_greeting(const core::State& state, const core::ChildId& child, const core::PersonId& person, protocol::Day& day) {
    const auto found = state.today.greetings.find(child);
    if (found == state.today.greetings.end()) return;
    const core::Greeting& greeting = found->second;
    const core::DayRelation relation = core::relation_to(state, greeting, child, person);
    if (relation == core::DayRelation::none) return;
    protocol::GreetingView view;
    view.child = cut(child.value, id_bytes);
    view.initials = initials_of(state, child);
    view.step = same_number<protocol::GreetingStep>(greeting.step);
    view.relation = relation_of(relation);
    if (!greeting.by.empty()) view.by = short_name_of(state, greeting.by);
    if (!greeting.adult.empty()) view.adult = short_name_of(state, greeting.adult);
    view.carried = greeting.carried;
    if (relation != core::DayRelation::own) view.reminders = greeting.reminders;
    add(day.greetings, std::move(view), own_max, day.more);
}

void add_checkins(const core::State& state, const core::PersonId& person, protocol::Day& day) {
    std::vector<const core::Checkin*> mine;
    for (const auto& [id, checkin] : state.today.checkins)
        if (core::relation_to(state, checkin, person) != core::DayRelation::none) mine.push_back(&checkin);
    std::ranges::sort(mine, {}, [](const core::Checkin* one) { return std::pair(one->at, one->id); });
    for (const core::Checkin* checkin : mine) {
        const core::DayRelation relation = core::relation_to(state, *checkin, person);
        protocol::CheckinView view;
        view.checkin = checkin->id.value;
        view.child = cut(checkin->child.value, id_bytes);
        view.initials = initials_of(state, checkin->child);
        view.at = checkin->at;
        view.step = same_number<protocol::CheckinStep>(checkin->step);
        view.relation = relation_of(relation);
        if (!checkin->adult.empty() && checkin->step != core::CheckinStep::ended) view.adult = short_name_of(state, checkin->adult);
        view.missed = checkin->missed;
        view.carried = checkin->open() && checkin->planned_at < state.today.from;
        if (relation != core::DayRelation::own && checkin->step == core::CheckinStep::due) view.reminders = checkin->reminders;
        add(day.checkins, std::move(view), own_max, day.more);
    }
}

void add_notes(const core::State& state, const core::PersonId& person, const NoteVault& vault, protocol::Day& day) {
    for (const auto& [id, note] : state.today.notes) {
        if (!core::sees_note(state, note, person)) continue;
        const std::string text = vault.open(note.sealed);
        if (text.empty()) continue;  // its key is gone, and with it the words
        add(day.notes,
            protocol::NoteView{id.value, cut(note.child.value, id_bytes), initials_of(state, note.child), cut(text, note_bytes_max), short_name_of(state, note.by),
                               note.by == person, note.at, note.until},
            notes_max, day.more);
    }
}

}  // namespace

std::vector<core::ChildId> greeting_tasks(const core::State& state) {
    std::vector<core::ChildId> tasks;
    for (const auto& [child, greeting] : state.today.greetings)
        if (greeting.task) tasks.push_back(child);
    return tasks;
}

protocol::Day day_view(const core::State& state, const core::PersonId& person, const std::vector<core::ChildId>& tasks, const NoteVault& vault) {
    protocol::Day day;
    day.on = state.today.from != 0;
    if (day.on) day.to = state.today.to;
    std::set<core::ChildId> children;
    if (const auto mine = state.rota.children_of.find(person); mine != state.rota.children_of.end()) children = mine->second;
    for (const core::ChildId& child : children)
        if (core::may_write_note(state, child, person)) add(day.may_note, protocol::ChildRef{cut(child.value, id_bytes), initials_of(state, child)}, own_max, day.more);
    if (day.on) {
        children.insert(tasks.begin(), tasks.end());
        for (const core::ChildId& child : children) add_greeting(state, child, person, day);
    }
    add_checkins(state, person, day);
    add_notes(state, person, vault, day);
    return day;
}

protocol::Door door_view(const core::State& state, const core::PersonId& person) {
    protocol::Door door;
    door.open = core::is_at_door(state, person);
    if (!door.open) return door;
    for (const auto& [child, greeting] : state.today.greetings) {
        if (greeting.step == core::GreetingStep::greeted) ++door.greeted;
        if (greeting.step == core::GreetingStep::not_greeted) add(door.children, protocol::ChildRef{cut(child.value, id_bytes), initials_of(state, child)}, door_max, door.more);
    }
    std::ranges::sort(door.children, {}, [](const auto& child) { return std::pair(std::string_view(child.initials), std::string_view(child.child)); });
    return door;
}

}  // namespace attune::app
