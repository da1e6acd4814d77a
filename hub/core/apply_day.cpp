// Folding events about the school day.
#include "hub/core/apply_day.hpp"

namespace attune::core {

namespace {

/// Moves one armed instant (0: none) and keeps the state's index in step.
void move_due(State& state, Ms& due, Ms at, DayDue kind, std::uint64_t number, const ChildId& child) {
    if (due != 0) state.today.dues.erase({due, kind, number, child});
    due = at;
    if (due != 0) state.today.dues.insert({due, kind, number, child});
}

void arm(State& state, const ChildId& child, Greeting& greeting, Ms at) { move_due(state, greeting.due, at, DayDue::greeting, 0, child); }
void arm(State& state, Checkin& checkin, Ms at) { move_due(state, checkin.due, at, DayDue::checkin, checkin.id.value, {}); }
void arm_greetings(State& state, Ms at) { move_due(state, state.today.greet_due, at, DayDue::greetings, 0, {}); }

template <class Fact, class Change>
void on_greeting(State& state, const Fact& fact, Change&& change) {
    if (const auto found = state.today.greetings.find(fact.child); found != state.today.greetings.end()) change(found->second);
}
template <class Fact, class Change>
void on_checkin(State& state, const Fact& fact, Change&& change) {
    if (const auto found = state.today.checkins.find(fact.checkin); found != state.today.checkins.end()) change(found->second);
}

/// Said by a person: whatever was asked of somebody is done.
void settle(State& state, const ChildId& child, Greeting& greeting, GreetingStep step, const PersonId& by, Ms at) {
    arm(state, child, greeting, 0);
    greeting = Greeting{};
    greeting.step = step;
    greeting.by = by;
    greeting.at = at;
}

}  // namespace

void apply_day(State& state, const Event&, const CheckinsPlanned& fact) {
    if (fact.times.empty()) state.today.planned.erase(fact.child);
    else state.today.planned[fact.child] = fact.times;
}

void apply_day(State& state, const Event&, const DayBegan& fact) {
    Today& today = state.today;
    today.from = fact.from;
    today.to = fact.to;
    for (const auto& [child, plan] : state.directory.children) {
        Greeting& greeting = today.greetings[child];
        const bool carried = greeting.task || greeting.carried;
        arm(state, child, greeting, 0);
        greeting = Greeting{};
        greeting.carried = carried;
    }
    arm_greetings(state, fact.greet_due);
}

void apply_day(State& state, const Event&, const DayEnded&) {
    Today& today = state.today;
    arm_greetings(state, 0);
    today.from = today.to = 0;
    today.doors.clear();
    for (auto greeting = today.greetings.begin(); greeting != today.greetings.end();) {
        if (greeting->second.step != GreetingStep::not_greeted) {
            greeting = today.greetings.erase(greeting);
            continue;
        }
        // Nobody has said a word about this child today: the next day begins with that.
        arm(state, greeting->first, greeting->second, 0);
        greeting->second.task = false;
        greeting->second.adult = {};
        greeting->second.carried = true;
        ++greeting;
    }
    std::erase_if(today.checkins, [](const auto& entry) { return !entry.second.open(); });
}

void apply_day(State& state, const Event& event, const ChildGreeted& fact) {
    on_greeting(state, fact, [&](Greeting& greeting) { settle(state, fact.child, greeting, GreetingStep::greeted, fact.person, event.at); });
}

void apply_day(State& state, const Event& event, const ChildNotIn& fact) {
    on_greeting(state, fact, [&](Greeting& greeting) { settle(state, fact.child, greeting, GreetingStep::not_in, fact.person, event.at); });
}

void apply_day(State& state, const Event& event, const GreetingTakenBack& fact) {
    on_greeting(state, fact, [&](Greeting& greeting) { settle(state, fact.child, greeting, GreetingStep::not_greeted, {}, event.at); });
}

void apply_day(State& state, const Event&, const GreetingsOverdue&) { arm_greetings(state, 0); }

void apply_day(State& state, const Event&, const GreetingGiven& fact) {
    on_greeting(state, fact, [&](Greeting& greeting) {
        greeting.task = true;
        greeting.adult = fact.adult;
        ++greeting.reminders;
        arm(state, fact.child, greeting, fact.due);
    });
}

void apply_day(State& state, const Event&, const GreetingPassed& fact) {
    on_greeting(state, fact, [&](Greeting& greeting) {
        greeting.passed.insert(fact.person);
        greeting.adult = {};  // GreetingGiven follows in the same step
    });
}

void apply_day(State& state, const Event&, const DoorTaken& fact) { state.today.doors.insert(fact.person); }
void apply_day(State& state, const Event&, const DoorLeft& fact) { state.today.doors.erase(fact.person); }

void apply_day(State& state, const Event& event, const CheckinOpened& fact) {
    Checkin& checkin = state.today.checkins[CheckinId{event.seq}];
    checkin.id = CheckinId{event.seq};
    checkin.child = fact.child;
    checkin.planned_at = checkin.at = fact.at;
    checkin.adult = fact.adult;
    arm(state, checkin, fact.at);
}

void apply_day(State& state, const Event&, const CheckinDue& fact) {
    on_checkin(state, fact, [&](Checkin& checkin) { checkin.step = CheckinStep::due; });  // CheckinGiven follows in the same step
}

void apply_day(State& state, const Event&, const CheckinGiven& fact) {
    on_checkin(state, fact, [&](Checkin& checkin) {
        checkin.adult = fact.adult;
        checkin.at_lead = fact.adult.empty();
        if (fact.anew) checkin.passed.clear();
        ++checkin.reminders;
        arm(state, checkin, fact.due);
    });
}

void apply_day(State& state, const Event&, const CheckinMissed& fact) {
    on_checkin(state, fact, [&](Checkin& checkin) {
        if (!fact.person.empty()) checkin.passed.insert(fact.person);
        checkin.adult = {};
        ++checkin.missed;
    });
}

void apply_day(State& state, const Event&, const CheckinMoved& fact) {
    on_checkin(state, fact, [&](Checkin& checkin) {
        checkin.step = CheckinStep::planned;
        checkin.at = fact.at;
        checkin.adult = fact.person;
        checkin.at_lead = false;
        checkin.passed.erase(fact.person);
        arm(state, checkin, fact.at);
    });
}

void apply_day(State& state, const Event&, const CheckinKept& fact) {
    on_checkin(state, fact, [&](Checkin& checkin) {
        arm(state, checkin, 0);
        checkin.step = CheckinStep::kept;
        checkin.adult = fact.person;
        checkin.at_lead = false;
    });
    if (state.today.from == 0) state.today.checkins.erase(fact.checkin);  // kept after school: remembered in the log
}

void apply_day(State& state, const Event&, const CheckinEnded& fact) {
    on_checkin(state, fact, [&](Checkin& checkin) {
        arm(state, checkin, 0);
        checkin.step = CheckinStep::ended;
        checkin.why = fact.why;
        checkin.at_lead = false;
    });
    if (state.today.from == 0) state.today.checkins.erase(fact.checkin);
}

void apply_day(State& state, const Event&, const CheckinReopened& fact) {
    on_checkin(state, fact, [&](Checkin& checkin) {
        checkin.step = CheckinStep::planned;
        checkin.at = checkin.planned_at;
        arm(state, checkin, checkin.at);
    });
}

void apply_day(State& state, const Event& event, const NoteWritten& fact) {
    TodayNote& note = state.today.notes[NoteId{event.seq}];
    note = TodayNote{NoteId{event.seq}, fact.child, fact.by, fact.sealed, event.at, fact.from, fact.until};
    state.today.dues.insert({note.until, DayDue::note, note.id.value, {}});
}

void apply_day(State& state, const Event&, const NoteEnded& fact) {
    const auto found = state.today.notes.find(fact.note);
    if (found == state.today.notes.end()) return;
    state.today.dues.erase({found->second.until, DayDue::note, found->first.value, {}});
    state.today.notes.erase(found);
}

void day_knows_child(State& state, const ChildId& child) {
    if (state.today.from != 0 && state.today.greet_due != 0) state.today.greetings.try_emplace(child);
}

void day_forgets_child(State& state, const ChildId& child) {
    state.today.planned.erase(child);
    const auto found = state.today.greetings.find(child);
    if (found == state.today.greetings.end()) return;
    arm(state, child, found->second, 0);
    state.today.greetings.erase(found);
}

}  // namespace attune::core
