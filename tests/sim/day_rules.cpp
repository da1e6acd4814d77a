// The promises of the school day.
#include "tests/sim/day_rules.hpp"

#include <algorithm>

#include "hub/core/day_audience.hpp"
#include "tests/sim/auditor.hpp"

namespace attune::sim {

namespace {

constexpr const char* silence = "D1 no check-in is lost in silence";
constexpr const char* greeted = "D2 nobody is forgotten at the door";
constexpr const char* gone = "D3 a note is gone after its day";
constexpr const char* unseen = "D4 a note is seen by nobody without a right";

std::string name(core::CheckinId id) { return "check-in " + std::to_string(id.value); }
std::string name(core::NoteId id) { return "note " + std::to_string(id.value); }

bool leads(const core::State& state, const core::PersonId& person) {
    const auto found = state.directory.people.find(person);
    return found != state.directory.people.end() && std::ranges::find(found->second.roles, core::Role::duty_lead) != found->second.roles.end();
}

/// Here for today in the place of one of the child's own adults.
bool covers_one_of(const core::State& state, const core::ChildPlan& plan, const core::PersonId& person) {
    const auto supply = state.supplies.find(person);
    return supply != state.supplies.end() && std::ranges::find(plan.adults, supply->second.covers) != plan.adults.end();
}

/// Said from the words of the product: own adults and a stand-in, its writer, who goes to the child's call, who teaches
/// where the child is due in that day.
bool may_read(const core::State& state, const core::TodayNote& note, const core::PersonId& person) {
    if (!state.directory.people.contains(person)) return false;
    if (note.by == person) return true;
    for (const auto& [id, call] : state.calls)
        if (call.child == note.child && (call.owner == person || call.helpers.contains(person))) return true;
    const auto plan = state.directory.children.find(note.child);
    if (plan == state.directory.children.end()) return false;
    if (std::ranges::find(plan->second.adults, person) != plan->second.adults.end()) return true;
    if (const auto swap = state.rota.swaps.find(note.child); swap != state.rota.swaps.end() && swap->second.person == person) return true;
    if (covers_one_of(state, plan->second, person)) return true;
    const auto slots = state.rota.slots.find(person);
    return slots != state.rota.slots.end() && std::ranges::any_of(slots->second, [&](const core::Slot& slot) {
        const bool there = std::ranges::find(plan->second.places, slot.place) != plan->second.places.end();
        return there && !slot.place.empty() && slot.kind == core::SlotKind::teaching && slot.from < note.until && slot.to > note.from;
    });
}

}  // namespace

struct DayFold {
    DayAuditor& auditor;
    const core::State& state;
    const core::Event& event;
    bool judge;

    void check(bool holds, const char* promise, const std::string& detail) const {
        if (judge) require(holds, promise, detail + ", event " + std::to_string(event.seq));
    }
    CheckinStory* of(core::CheckinId id) const {
        const auto found = auditor.checkins_.find(id);
        check(found != auditor.checkins_.end(), silence, name(id) + " was never opened");
        return found == auditor.checkins_.end() ? nullptr : &found->second;
    }
    bool by_an_adult(const core::PersonId& person) const {
        const auto device = state.devices.find(event.device);
        return device != state.devices.end() && device->second.kind == core::DeviceKind::handset && !device->second.locked && device->second.signed_in == person;
    }

    void operator()(const core::DayBegan& fact) const {
        check(auditor.day_ == 0, greeted, "a day began in another one");
        auditor.day_ = fact.from;
    }
    void operator()(const core::DayEnded&) const {
        auditor.day_ = 0;
        std::erase_if(auditor.checkins_, [](const auto& entry) { return entry.second.closed; });
    }
    void operator()(const core::ChildGreeted& fact) const { check(by_an_adult(fact.person), greeted, fact.child.value + " was greeted by nobody"); }
    void operator()(const core::ChildNotIn& fact) const { check(by_an_adult(fact.person), greeted, "nobody said that " + fact.child.value + " is not in"); }
    void operator()(const core::CheckinOpened& fact) const { auditor.checkins_[{event.seq}].child = fact.child; }
    void operator()(const core::CheckinDue& fact) const { if (CheckinStory* s = of(fact.checkin)) s->due = true; }
    void operator()(const core::CheckinGiven& fact) const {
        if (CheckinStory* s = of(fact.checkin)) {
            check(s->due && !s->closed, silence, name(fact.checkin) + " was given to somebody and is not due");
            s->adult = fact.adult;
            s->lead = fact.adult.empty();
        }
    }
    void operator()(const core::CheckinMissed& fact) const {
        if (CheckinStory* s = of(fact.checkin)) {
            check(s->adult == fact.person && !fact.person.empty(), silence, name(fact.checkin) + " was missed by somebody who did not have it");
            s->adult = {};
            s->lead = false;
        }
    }
    void operator()(const core::CheckinMoved& fact) const {
        if (CheckinStory* s = of(fact.checkin)) {
            check(by_an_adult(fact.person) && fact.at > event.at, silence, name(fact.checkin) + " was moved by nobody, or into the past");
            s->due = s->lead = false;
            s->adult = {};
        }
    }
    void operator()(const core::CheckinReopened& fact) const {
        if (CheckinStory* s = of(fact.checkin)) s->due = s->closed = s->lead = false;
    }
    void operator()(const core::CheckinKept& fact) const {
        check(by_an_adult(fact.person), silence, name(fact.checkin) + " was kept by nobody");
        close(fact.checkin);
    }
    void operator()(const core::CheckinEnded& fact) const {
        const bool by_plan = fact.why == core::CheckinEnd::plan_changed || fact.why == core::CheckinEnd::child_left;
        check(by_plan || by_an_adult(fact.person), silence, name(fact.checkin) + " was ended by nobody");
        if (fact.why == core::CheckinEnd::child_left)
            if (const CheckinStory* s = of(fact.checkin)) check(!state.directory.children.contains(s->child), silence, name(fact.checkin) + " ended although the child is here");
        close(fact.checkin);
    }
    void operator()(const core::NoteWritten& fact) const {
        check(by_an_adult(fact.by), unseen, name(core::NoteId{event.seq}) + " was written by nobody");
        auditor.notes_[{event.seq}] = fact;
    }
    void operator()(const core::NoteEnded& fact) const { auditor.notes_.erase(fact.note); }
    template <class Other>
    void operator()(const Other&) const {}

private:
    void close(core::CheckinId id) const {
        if (CheckinStory* s = of(id)) s->closed = true;
        if (auditor.day_ == 0) auditor.checkins_.erase(id);
    }
};

void DayAuditor::event(const core::State& state, const core::Event& event, bool judge) {
    visit(DayFold{*this, state, event, judge}, event.fact);
    if (!judge) return;
    for (const auto& [id, story] : checkins_) {
        const auto found = state.today.checkins.find(id);
        require(found != state.today.checkins.end(), silence, name(id) + " went away without an end, event " + std::to_string(event.seq));
        require(found->second.open() != story.closed, silence, name(id) + " is not what its events say, event " + std::to_string(event.seq));
    }
    require(checkins_.size() == state.today.checkins.size(), silence, "a check-in nobody opened, event " + std::to_string(event.seq));
    require(notes_.size() == state.today.notes.size(), gone, "the notes are not those that were written, event " + std::to_string(event.seq));
}

void DayAuditor::step_ended(const core::State& state, const std::vector<core::Event>&) const {
    const core::Today& today = state.today;
    std::set<std::tuple<core::Ms, core::DayDue, std::uint64_t, core::ChildId>> dues;
    if (today.greet_due != 0) dues.insert({today.greet_due, core::DayDue::greetings, 0, {}});
    const bool on = today.from != 0;
    for (const auto& [child, greeting] : today.greetings) {
        if (greeting.due != 0) dues.insert({greeting.due, core::DayDue::greeting, 0, child});
        if (!on || greeting.step != core::GreetingStep::not_greeted) continue;
        require(state.directory.children.contains(child), greeted, child.value + " has no plan and is waited for");
        require(today.greet_due != 0 || (greeting.task && greeting.due != 0), greeted, child.value + " is not greeted, and nobody has that to do");
        require(greeting.adult.empty() || greeting.task, greeted, child.value + " is somebody's before it is due");
    }
    for (const auto& [id, checkin] : today.checkins) {
        if (checkin.due != 0) dues.insert({checkin.due, core::DayDue::checkin, id.value, {}});
        if (!checkin.open()) continue;
        const CheckinStory& story = checkins_.at(id);
        require(checkin.due != 0, silence, name(id) + " has no deadline");
        require(!story.due || !story.adult.empty() || story.lead, silence, name(id) + " is due and with nobody");
        if (on && story.due && !story.adult.empty()) {
            const auto duty = state.duties.find(story.adult);
            require(duty != state.duties.end() && !duty->second.device.empty() && state.directory.people.contains(story.adult), silence, name(id) + " waits for " + story.adult.value + ", who is off duty");
        }
    }
    for (const auto& [id, note] : today.notes) {
        dues.insert({note.until, core::DayDue::note, id.value, {}});
        for (const auto& [person, described] : state.directory.people)
            require(core::sees_note(state, note, person) == may_read(state, note, person), unseen, person.value + (may_read(state, note, person) ? " may read " : " may not read ") + name(id));
    }
    require(dues == today.dues, "indexes", "the day's deadlines");
    for (const auto& [id, device] : state.devices)
        if (core::sees_day(device)) require(device.kind == core::DeviceKind::handset && !device.locked && !device.signed_in.empty() && device.health != core::Health::revoked, unseen, id.value + " is shown the day");
    for (const core::PersonId& person : today.doors) {
        const auto duty = state.duties.find(person);
        require(on && duty != state.duties.end() && !duty->second.device.empty(), greeted, person.value + " stands at the door and is off duty, or no day is on");
    }
    // An adult who sees a child's greeting has a part in it.
    for (const auto& [child, greeting] : today.greetings)
        for (const auto& [person, described] : state.directory.people) {
            const bool task = greeting.task && (greeting.adult == person || (greeting.adult.empty() && leads(state, person)));
            const bool sees = core::relation_to(state, greeting, child, person) != core::DayRelation::none;
            const auto plan = state.directory.children.find(child);
            const auto swap = state.rota.swaps.find(child);
            const bool own = plan != state.directory.children.end() && (std::ranges::find(plan->second.adults, person) != plan->second.adults.end() || (swap != state.rota.swaps.end() && swap->second.person == person) || covers_one_of(state, plan->second, person));
            require(sees == (task || own), unseen, person.value + " and the greeting of " + child.value);
        }
}

void DayAuditor::punctual(const core::State& state, core::Ms now) const {
    for (const auto& entry : state.today.dues) require(std::get<0>(entry) > now, silence, "a deadline of the day is in the past");
    for (const auto& [id, note] : notes_) require(note.until > now, gone, name(id) + " is there after its day");
}

}  // namespace attune::sim
