// Folding events about calm spaces, visits and records.
#include "hub/core/apply_visit.hpp"

#include "hub/core/visit_rules.hpp"

namespace attune::core {

namespace {

using CareKey = std::tuple<Ms, CareDue, std::uint64_t, PlaceId>;

/// Moves one armed instant (0: none) and keeps the state's index in step.
void move_due(State& state, Ms& due, Ms at, CareDue kind, std::uint64_t number, const PlaceId& place) {
    if (due != 0) state.care_due.erase(CareKey{due, kind, number, place});
    due = at;
    if (due != 0) state.care_due.insert(CareKey{due, kind, number, place});
}

void arm(State& state, Visit& visit, CareDue kind, Ms at) {
    move_due(state, visit.due[static_cast<std::size_t>(kind)], at, kind, visit.id.value, {});
}
void arm(State& state, Intervention& record, CareDue kind, Ms at) {
    move_due(state, kind == CareDue::review ? record.review_due : record.draft_due, at, kind, record.id.value, {});
}
void arm_alarm(State& state, const PlaceId& place, CalmSpace& space, Ms at) { move_due(state, space.alarm_due, at, CareDue::alarm, 0, place); }

/// Runs `change` on the open visit of a fact; nothing when there is none.
template <class Fact, class Change>
void on_visit(State& state, const Fact& fact, Change&& change) {
    if (const auto found = state.visits.find(fact.visit); found != state.visits.end()) change(found->second);
}
template <class Fact, class Change>
void on_record(State& state, const Fact& fact, Change&& change) {
    if (const auto found = state.records.find(fact.record); found != state.records.end()) change(found->second);
}

/// The next step; what the step before had armed no longer matters, but for `keep`.
void step_to(State& state, Visit& visit, VisitStep step, Ms at, std::optional<CareDue> keep = std::nullopt) {
    visit.step = step;
    visit.step_at = at;
    for (std::size_t kind = 0; kind < visit_due_kinds; ++kind)
        if (static_cast<CareDue>(kind) != keep) arm(state, visit, static_cast<CareDue>(kind), 0);
}

void disarm(State& state, Visit& visit) {
    for (std::size_t kind = 0; kind < visit_due_kinds; ++kind) arm(state, visit, static_cast<CareDue>(kind), 0);
}

}  // namespace

void apply_visit(State& state, const Event& event, const SpaceOpened& fact) {
    CalmSpace& space = state.spaces[fact.place];
    if (space.adults.empty()) space.since = event.at;
    space.adults[fact.person] = fact.device;
}

void apply_visit(State& state, const Event& event, const SpaceAdultGone& fact) {
    CalmSpace& space = state.spaces[fact.place];
    space.adults.erase(fact.person);
    if (space.adults.empty()) space.since = event.at;
}

void apply_visit(State& state, const Event& event, const SpaceUseChanged& fact) {
    CalmSpace& space = state.spaces[fact.place];
    space.out_of_use = fact.out_of_use;
    space.reason = fact.reason;
    space.since = event.at;
}

void apply_visit(State& state, const Event& event, const UnattendedOpened& fact) {
    CalmSpace& space = state.spaces[fact.place];
    space.alone_since = event.at;
    space.alarmed = false;
    arm_alarm(state, fact.place, space, fact.alarm_due);
}

void apply_visit(State& state, const Event&, const UnattendedAlarm& fact) {
    CalmSpace& space = state.spaces[fact.place];
    space.alarmed = true;
    arm_alarm(state, fact.place, space, 0);
}

void apply_visit(State& state, const Event&, const UnattendedEnded& fact) {
    CalmSpace& space = state.spaces[fact.place];
    space.alone_since = 0;
    space.alarmed = false;
    arm_alarm(state, fact.place, space, 0);
}

void apply_visit(State&, const Event&, const SpaceOverfull&) {}

void apply_visit(State& state, const Event& event, const VisitAsked& fact) {
    Visit& visit = state.visits[VisitId{event.seq}];
    visit.id = VisitId{event.seq};
    visit.space = fact.space;
    visit.from = fact.from;
    visit.asked_by = fact.by;
    visit.asked_on = event.device;
    visit.child = fact.child;
    visit.with = fact.with;
    visit.call = fact.of_call;
    visit.asked_at = visit.step_at = event.at;
    arm(state, visit, CareDue::answer, fact.answer_due);
}

void apply_visit(State& state, const Event&, const VisitAskOverdue& fact) {
    on_visit(state, fact, [&](Visit& visit) { arm(state, visit, CareDue::answer, 0); });
}

void apply_visit(State& state, const Event& event, const VisitOffered& fact) {
    on_visit(state, fact, [&](Visit& visit) {
        visit.space = fact.space;
        step_to(state, visit, VisitStep::offered, event.at);
        arm(state, visit, CareDue::choose, fact.choose_due);
    });
}

void apply_visit(State& state, const Event& event, const VisitChosen& fact) {
    on_visit(state, fact, [&](Visit& visit) { step_to(state, visit, VisitStep::chosen, event.at); });
}

void apply_visit(State& state, const Event& event, const VisitSetOut& fact) {
    on_visit(state, fact, [&](Visit& visit) {
        step_to(state, visit, VisitStep::travelling, event.at);
        visit.company = fact.company;
        visit.with = fact.with;
        visit.expected_by = fact.arrive_due;
        arm(state, visit, CareDue::arrive, fact.arrive_due);
    });
}

void apply_visit(State& state, const Event& event, const VisitNotArrived& fact) {
    on_visit(state, fact, [&](Visit& visit) { step_to(state, visit, VisitStep::not_arrived, event.at); });
}

void apply_visit(State& state, const Event& event, const VisitArrived& fact) {
    on_visit(state, fact, [&](Visit& visit) {
        step_to(state, visit, VisitStep::here, event.at);
        visit.arrived_at = event.at;
        visit.can_leave = fact.can_leave;
        arm(state, visit, CareDue::stay, fact.stay_due);
    });
}

void apply_visit(State& state, const Event&, const VisitReviewed& fact) {
    on_visit(state, fact, [&](Visit& visit) {
        visit.can_leave = fact.can_leave;
        visit.review_wanted = visit.review_missed = false;
        visit.left_open = false;  // somebody is with them
    });
}

void apply_visit(State& state, const Event&, const VisitLeftOpen& fact) {
    on_visit(state, fact, [&](Visit& visit) {
        visit.left_open = true;
        ++visit.reminders;
        arm(state, visit, CareDue::stay, fact.stay_due);
    });
}

void apply_visit(State& state, const Event&, const VisitLongStay& fact) {
    on_visit(state, fact, [&](Visit& visit) {
        ++visit.prompts;
        visit.review_missed = visit.review_wanted;
        visit.review_wanted = true;
        arm(state, visit, CareDue::stay, fact.stay_due);
    });
}

void apply_visit(State& state, const Event& event, const VisitReady& fact) {
    on_visit(state, fact, [&](Visit& visit) {
        step_to(state, visit, VisitStep::ready, event.at, CareDue::stay);
        visit.say = fact.say;
    });
}

void apply_visit(State& state, const Event& event, const VisitReturning& fact) {
    on_visit(state, fact, [&](Visit& visit) {
        step_to(state, visit, VisitStep::returning, event.at);
        visit.company = fact.company;
        visit.with = fact.with;
        visit.expected_by = fact.welcome_due;
        visit.review_wanted = visit.review_missed = false;
        arm(state, visit, CareDue::welcome, fact.welcome_due);
    });
}

void apply_visit(State& state, const Event& event, const VisitNotBack& fact) {
    on_visit(state, fact, [&](Visit& visit) { step_to(state, visit, VisitStep::not_back, event.at); });
}

void apply_visit(State& state, const Event&, const VisitEnded& fact) {
    on_visit(state, fact, [&](Visit& visit) { disarm(state, visit); });
    state.visits.erase(fact.visit);
}

void apply_visit(State& state, const Event&, const CallExplained& fact) {
    if (const auto call = state.calls.find(fact.call); call != state.calls.end()) {
        call->second.why = fact.why;
        call->second.why_from = fact.from;
        if (!fact.tiers.empty()) call->second.policy[call->second.level - 1].tiers = fact.tiers;
    }
    on_visit(state, fact, [&](Visit& visit) { visit.call = fact.call; });
}

void apply_visit(State& state, const Event& event, const InterventionOpened& fact) {
    Intervention& record = state.records[RecordId{event.seq}];
    record.id = RecordId{event.seq};
    record.place = fact.place;
    record.visit = fact.visit;
    record.child = fact.child;
    record.opened_by = fact.person;
    record.opened_at = event.at;
    arm(state, record, CareDue::review, fact.review_due);
    arm(state, record, CareDue::draft, fact.draft_due);
    on_visit(state, fact, [&](Visit& visit) { visit.record = record.id; });
}

void apply_visit(State& state, const Event&, const InterventionReviewDue& fact) {
    on_record(state, fact, [&](Intervention& record) {
        record.review_missed = record.review_wanted;
        record.review_wanted = true;
        arm(state, record, CareDue::review, fact.review_due);
        if (const auto visit = state.visits.find(record.visit); visit != state.visits.end()) visit->second.review_wanted = true;
    });
}

void apply_visit(State& state, const Event&, const InterventionReviewed& fact) {
    on_record(state, fact, [&](Intervention& record) {
        ++record.reviews;
        record.review_wanted = record.review_missed = false;
        arm(state, record, CareDue::review, fact.review_due);
    });
}

void apply_visit(State& state, const Event& event, const InterventionEnded& fact) {
    on_record(state, fact, [&](Intervention& record) {
        record.ended_at = event.at;
        record.review_wanted = record.review_missed = false;
        arm(state, record, CareDue::review, 0);
        if (const auto visit = state.visits.find(record.visit); visit != state.visits.end() && visit->second.record == record.id) visit->second.record = {};
    });
}

void apply_visit(State& state, const Event&, const InterventionDraftOverdue& fact) {
    on_record(state, fact, [&](Intervention& record) {
        record.draft_late = true;
        arm(state, record, CareDue::draft, 0);
    });
}

}  // namespace attune::core
