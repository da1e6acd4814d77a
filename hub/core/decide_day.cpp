// Deciding about the school day: who has greeted whom, check-ins, today's notes. All of it is an adult's, on a handset of
// the school that is unlocked.
#include <algorithm>

#include "hub/core/day_audience.hpp"
#include "hub/core/day_rules.hpp"

namespace attune::core {

namespace {

/// The adult of an unlocked handset, or why not.
struct Adult {
    PersonId person;
    Refusal why = Refusal::NotYours;
};
Adult adult_of(const State& state, const Command& command) {
    const Device* device = speaking(state, command, DeviceKind::handset);
    if (device == nullptr) return {};
    if (!sees_day(*device)) return {{}, Refusal::NobodySignedIn};
    return {device->signed_in, Refusal::NotYours};
}

/// A greeting that this adult may speak of, or why not.
struct Greets {
    const Greeting* greeting = nullptr;
    PersonId person;
    Refusal why = Refusal::NotYours;
};
Greets greets(const State& state, const Command& command, const ChildId& child) {
    const auto [person, why] = adult_of(state, command);
    if (person.empty()) return {nullptr, {}, why};
    if (state.today.from == 0) return {nullptr, {}, Refusal::NoSchoolDay};
    if (!may_greet(state, child, person)) return {nullptr, {}, Refusal::NotYoursToday};
    return {&state.today.greetings.at(child), person, why};
}

/// An open check-in that this adult has a part in. To everyone else it does not exist.
struct Keeps {
    const Checkin* checkin = nullptr;
    PersonId person;
    Refusal why = Refusal::NoSuchCheckin;
};
Keeps keeps(const State& state, const Command& command, CheckinId id) {
    const auto [person, why] = adult_of(state, command);
    if (person.empty()) return {nullptr, {}, why};
    const auto found = state.today.checkins.find(id);
    if (found == state.today.checkins.end() || relation_to(state, found->second, person) == DayRelation::none) return {};
    return {&found->second, person, Refusal::NoSuchCheckin};
}

}  // namespace

Decision decide_on(const State& state, const Command& command, const GreetChild& intent) {
    const auto [greeting, person, why] = greets(state, command, intent.child);
    if (greeting == nullptr) return refuse(why);
    if (intent.undo) {
        if (greeting->step == GreetingStep::not_greeted) return facts();
        return facts(GreetingTakenBack{intent.child, person});
    }
    if (greeting->step == GreetingStep::greeted) return facts();
    Facts list;
    list.emplace_back(ChildGreeted{intent.child, person});
    // They have come after all: what was planned for later today is promised again.
    if (greeting->step == GreetingStep::not_in)
        for (const auto& [id, checkin] : state.today.checkins)
            if (checkin.child == intent.child && checkin.step == CheckinStep::ended && checkin.why == CheckinEnd::child_not_in && checkin.planned_at > command.now)
                list.emplace_back(CheckinReopened{id});
    return list;
}

Decision decide_on(const State& state, const Command& command, const MarkNotIn& intent) {
    const auto [greeting, person, why] = greets(state, command, intent.child);
    if (greeting == nullptr) return refuse(why);
    if (greeting->step == GreetingStep::not_in) return facts();
    Facts list;
    list.emplace_back(ChildNotIn{intent.child, person});
    for (const auto& [id, checkin] : state.today.checkins)
        if (checkin.child == intent.child && checkin.open()) list.emplace_back(CheckinEnded{id, CheckinEnd::child_not_in, person});
    return list;
}

Decision decide_on(const State& state, const Command& command, const TakeDoor&) {
    const auto [person, why] = adult_of(state, command);
    if (person.empty()) return refuse(why);
    if (state.today.from == 0) return refuse(Refusal::NoSchoolDay);
    if (state.today.doors.contains(person)) return facts();
    return facts(DoorTaken{person});
}

Decision decide_on(const State& state, const Command& command, const LeaveDoor&) {
    const auto [person, why] = adult_of(state, command);
    if (person.empty()) return refuse(why);
    if (!state.today.doors.contains(person)) return facts();
    return facts(DoorLeft{person});
}

Decision decide_on(const State& state, const Command& command, const KeepCheckin& intent) {
    const auto [checkin, person, why] = keeps(state, command, intent.checkin);
    if (checkin == nullptr) return refuse(why);
    if (checkin->step == CheckinStep::kept) return facts();
    if (!checkin->open()) return refuse(Refusal::NoSuchCheckin);
    return facts(CheckinKept{checkin->id, person});
}

Decision decide_on(const State& state, const Command& command, const MoveCheckin& intent) {
    const auto [checkin, person, why] = keeps(state, command, intent.checkin);
    if (checkin == nullptr) return refuse(why);
    if (!checkin->open()) return refuse(Refusal::NoSuchCheckin);
    if (state.today.from == 0 || !state.rota.today) return refuse(Refusal::NoSchoolDay);
    if (intent.at <= command.now || intent.at >= state.rota.today->to) return refuse(Refusal::CheckinTime);
    if (checkin->step == CheckinStep::planned && checkin->at == intent.at && checkin->adult == person) return facts();
    return facts(CheckinMoved{checkin->id, person, intent.at});
}

Decision decide_on(const State& state, const Command& command, const PassCheckin& intent) {
    const auto [checkin, person, why] = keeps(state, command, intent.checkin);
    if (checkin == nullptr) return refuse(why);
    if (checkin->step != CheckinStep::due || checkin->adult != person) return refuse(Refusal::NoSuchCheckin);  // the end of the order can't pass it on
    return facts(CheckinMissed{checkin->id, person, CheckinMiss::cannot, 0});
}

Decision decide_on(const State& state, const Command& command, const EndCheckin& intent) {
    const auto [checkin, person, why] = keeps(state, command, intent.checkin);
    if (checkin == nullptr) return refuse(why);
    if (!checkin->open()) return facts();
    if (intent.why > CheckinEnd::no_time_left) return refuse(Refusal::OutOfRange);
    return facts(CheckinEnded{checkin->id, intent.why, person});
}

Decision decide_on(const State& state, const Command& command, const WriteNote& intent) {
    const auto [person, why] = adult_of(state, command);
    if (person.empty()) return refuse(why);
    if (!may_write_note(state, intent.child, person)) return refuse(Refusal::NotYoursToday);
    Facts list;
    for (const auto& [id, note] : state.today.notes)
        if (note.child == intent.child && note.by == person)
            list.emplace_back(NoteEnded{id, intent.sealed.empty() ? NoteEnd::taken_back : NoteEnd::replaced, 0});
    if (intent.sealed.empty()) return list;
    const auto day = day_of_note(state, command.now);
    if (!day) return refuse(Refusal::NoSchoolDay);
    list.emplace_back(NoteWritten{intent.child, person, intent.sealed, day->from, day->to});
    return list;
}

Facts day_overdue(const State& state, Ms late_by, Ms now) {
    const auto& [at, kind, number, child] = *state.today.dues.begin();
    const Policy& policy = state.directory.policy;
    switch (kind) {
        case DayDue::greetings: return {GreetingsOverdue{late_by}};
        case DayDue::greeting: {
            const Greeting& greeting = state.today.greetings.at(child);
            if (greeting.adult.empty()) return {GreetingGiven{child, {}, school_due(state.rota, now, policy.greet_ms)}};
            return {GreetingPassed{child, greeting.adult, late_by}};
        }
        case DayDue::checkin: {
            const Checkin& checkin = state.today.checkins.at(CheckinId{number});
            if (checkin.step == CheckinStep::planned) return {CheckinDue{checkin.id, late_by}};
            if (checkin.adult.empty()) return {CheckinGiven{checkin.id, {}, in_school_time(state.rota, now, policy.checkin_missed_ms).value_or(now + no_school_again_ms), false}};
            return {CheckinMissed{checkin.id, checkin.adult, CheckinMiss::no_answer, late_by}};
        }
        case DayDue::note: break;
    }
    return {NoteEnded{NoteId{number}, NoteEnd::day_over, late_by}};
}

}  // namespace attune::core
