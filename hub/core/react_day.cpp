// What must follow for the school day: its beginning and its end by the bell, and to whom an overdue greeting or a missed
// check-in goes, so that none is ever with nobody.
#include <algorithm>

#include "hub/core/day_rules.hpp"
#include "hub/core/talk_rules.hpp"

namespace attune::core {

namespace {

struct FollowDay {
    const State& state;
    const Event& event;
    const Ms now = event.at;

    const Today& today() const { return state.today; }
    bool is_on() const { return today().from != 0; }

    // -- greetings

    GreetingGiven give(const ChildId& child, const Greeting& greeting) const {
        return {child, next_adult(state, child, {}, greeting.passed, now), school_due(state.rota, now, state.directory.policy.greet_ms)};
    }

    Facts operator()(const GreetingsOverdue&) const {
        Facts list;
        for (const auto& [child, greeting] : today().greetings)
            if (greeting.step == GreetingStep::not_greeted && !greeting.task) list.emplace_back(give(child, greeting));
        return list;
    }
    Facts operator()(const GreetingPassed& fact) const {
        const auto greeting = today().greetings.find(fact.child);
        if (greeting == today().greetings.end() || !greeting->second.task) return {};
        return {give(fact.child, greeting->second)};
    }
    Facts operator()(const GreetingTakenBack& fact) const {
        const auto greeting = today().greetings.find(fact.child);
        if (greeting == today().greetings.end() || today().greet_due != 0) return {};
        return {give(fact.child, greeting->second)};
    }

    // -- check-ins

    Ms missed_due() const { return in_school_time(state.rota, now, state.directory.policy.checkin_missed_ms).value_or(now + no_school_again_ms); }

    /// `anew`: asked of everybody once more.
    CheckinGiven give(const Checkin& checkin, bool anew) const {
        return {checkin.id, next_adult(state, checkin.child, checkin.adult, anew ? std::set<PersonId>{} : checkin.passed, now), missed_due(), anew};
    }
    Facts give(CheckinId id) const {
        const auto found = today().checkins.find(id);
        if (found == today().checkins.end() || found->second.step != CheckinStep::due) return {};
        return {give(found->second, false)};
    }
    Facts operator()(const CheckinDue& fact) const { return give(fact.checkin); }
    Facts operator()(const CheckinMissed& fact) const { return give(fact.checkin); }

    bool is_open_for(const ChildId& child, Ms at) const {
        return std::ranges::any_of(today().checkins, [&](const auto& entry) { return entry.second.child == child && entry.second.planned_at == at; });
    }
    /// What the files plan for this day from `from` on and is not there yet.
    void open_planned(Facts& list, Ms from) const {
        for (const auto& [child, times] : today().planned) {
            if (!state.directory.children.contains(child)) continue;
            for (auto time = std::ranges::lower_bound(times, from, {}, &PlannedCheckin::at); time != times.end() && time->at < today().to; ++time)
                if (!is_open_for(child, time->at)) list.emplace_back(CheckinOpened{child, time->at, time->adult});
        }
    }
    bool is_planned(const Checkin& checkin) const {
        const auto times = today().planned.find(checkin.child);
        return times != today().planned.end() && std::ranges::find(times->second, checkin.planned_at, &PlannedCheckin::at) != times->second.end();
    }

    // -- the day

    Facts operator()(const DayBegan& fact) const {
        Facts list;
        // What was owed the day before is asked of everybody anew.
        for (const auto& [id, checkin] : today().checkins)
            if (checkin.step == CheckinStep::due) list.emplace_back(give(checkin, true));
        open_planned(list, fact.checkins_from);
        return list;
    }
    Facts operator()(const DayEnded&) const {
        Facts list;
        for (const auto& [id, note] : today().notes)
            if (note.from < now) list.emplace_back(NoteEnded{id, NoteEnd::day_over, 0});
        return list;
    }

    /// Hours that an import has moved are the same day, as long as both have a minute in common.
    bool is_same_day(const SchoolDay& day) const { return day.from < today().to && day.to > today().from; }

    void follow_bell(Facts& list, bool imported) const {
        const auto& day = state.rota.today;
        if (is_on() && (!day || !is_same_day(*day))) list.emplace_back(DayEnded{});
        if (day && (!is_on() || !is_same_day(*day)))
            list.emplace_back(DayBegan{day->from, day->to, now + state.directory.policy.greet_ms, imported ? now : day->from});
    }
    Facts operator()(const BellRang&) const {
        Facts list;
        follow_bell(list, false);
        if (list.empty()) follow_people(list);
        return list;
    }
    Facts operator()(const TimetableImported&) const {
        Facts list;
        follow_bell(list, true);
        if (!list.empty() || !is_on()) return list;
        for (const auto& [id, checkin] : today().checkins)
            if (checkin.step == CheckinStep::planned && checkin.at == checkin.planned_at && checkin.at > now && !is_planned(checkin))
                list.emplace_back(CheckinEnded{id, CheckinEnd::plan_changed, {}});
        open_planned(list, now);
        follow_people(list);
        return list;
    }
    Facts operator()(const ChildRemoved& fact) const {
        Facts list;
        for (const auto& [id, checkin] : today().checkins)
            if (checkin.child == fact.child && checkin.open()) list.emplace_back(CheckinEnded{id, CheckinEnd::child_left, {}});
        for (const auto& [id, note] : today().notes)
            if (note.child == fact.child) list.emplace_back(NoteEnded{id, NoteEnd::child_left, 0});
        return list;
    }

    // -- people who come and go

    bool is_gone(const PersonId& person) const { return !state.directory.people.contains(person) || is_away(availability(state, person, now)); }

    void follow_people(Facts& list) const {
        for (const PersonId& person : today().doors)
            if (const auto duty = state.duties.find(person); duty == state.duties.end() || duty->second.device.empty() || !state.directory.people.contains(person)) list.emplace_back(DoorLeft{person});
        if (!is_on()) return;  // after school everybody goes home, and what is open waits for the morning
        for (const auto& [child, greeting] : today().greetings)
            if (greeting.task && !greeting.adult.empty() && is_gone(greeting.adult)) list.emplace_back(GreetingPassed{child, greeting.adult, 0});
        for (const auto& [id, checkin] : today().checkins)
            if (checkin.step == CheckinStep::due && !checkin.adult.empty() && is_gone(checkin.adult)) list.emplace_back(CheckinMissed{id, checkin.adult, CheckinMiss::off_duty, 0});
    }
    Facts followed() const {
        Facts list;
        follow_people(list);
        return list;
    }
    Facts operator()(const SignedIn&) const { return followed(); }
    Facts operator()(const SignedOut&) const { return followed(); }
    Facts operator()(const DeviceRevoked&) const { return followed(); }
    Facts operator()(const PersonRemoved&) const { return followed(); }

    template <class Fact_>
    Facts operator()(const Fact_&) const {
        return {};
    }
};

}  // namespace

std::optional<Ms> in_school_time(const Rota& rota, Ms now, Ms ms) {
    auto day = std::ranges::upper_bound(rota.days, now, {}, &SchoolDay::to);
    for (Ms left = ms; day != rota.days.end(); ++day) {
        const Ms from = std::max(now, day->from);
        if (left < day->to - from) return from + left;
        left -= day->to - from;
    }
    return std::nullopt;
}

bool teaches(const State& state, const PersonId& person, const ChildId& child, Ms from, Ms to) {
    const auto plan = state.directory.children.find(child);
    const auto slots = state.rota.slots.find(person);
    if (plan == state.directory.children.end() || slots == state.rota.slots.end()) return false;
    for (auto slot = std::ranges::upper_bound(slots->second, from, {}, &Slot::to); slot != slots->second.end() && slot->from < to; ++slot)
        if (slot->kind == SlotKind::teaching && !slot->place.empty() && std::ranges::find(plan->second.places, slot->place) != plan->second.places.end()) return true;
    return false;
}

PersonId next_adult(const State& state, const ChildId& child, const PersonId& first, const std::set<PersonId>& passed, Ms now) {
    const auto may = [&](const PersonId& person) {
        return !person.empty() && !passed.contains(person) && state.directory.people.contains(person) && talk_reaches(state, person, now);
    };
    if (may(first)) return first;
    if (const auto plan = state.directory.children.find(child); plan != state.directory.children.end())
        for (const PersonId& person : plan->second.adults)
            if (may(person)) return person;
    if (const auto swap = state.rota.swaps.find(child); swap != state.rota.swaps.end() && swap->second.until > now && may(swap->second.person)) return swap->second.person;
    return {};
}

std::optional<SchoolDay> day_of_note(const State& state, Ms now) {
    const auto day = std::ranges::upper_bound(state.rota.days, now, {}, &SchoolDay::to);
    if (day == state.rota.days.end() || day->from > now + note_ahead_ms_max) return std::nullopt;
    return *day;
}

std::vector<Fact> react_day(const State& state, const Event& event) { return visit(FollowDay{state, event}, event.fact); }

}  // namespace attune::core
