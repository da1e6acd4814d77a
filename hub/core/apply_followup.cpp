// Folding events about follow-ups.
#include "hub/core/apply_followup.hpp"

namespace attune::core {

namespace {

void arm_followup(State& state, Followup& followup, Ms at) {
    if (followup.due != 0) state.followup_dues.erase({followup.due, followup.id});
    followup.due = at;
    if (followup.due != 0) state.followup_dues.insert({followup.due, followup.id});
}

template <class Fact, class Change>
void on_followup(State& state, const Fact& fact, Change&& change) {
    const auto found = state.followups.find(fact.followup);
    if (found != state.followups.end()) change(found->second);
}

/// A new promise: what was late before is not late any more.
void owe(State& state, Followup& followup, FollowupStep step, Ms owed_due) {
    followup.step = step;
    followup.owed_by = owed_due;
    followup.overdue = false;
    arm_followup(state, followup, owed_due);
}

/// What ended leaves the state; the journal keeps it.
void end_followup(State& state, FollowupId id) {
    const auto found = state.followups.find(id);
    if (found == state.followups.end()) return;
    arm_followup(state, found->second, 0);
    if (const auto after = state.after_calls.find(found->second.of_call); after != state.after_calls.end() && --after->second.open == 0) state.after_calls.erase(after);
    state.followups.erase(found);
}

}  // namespace

void remember_after(State& state, const Call& call, Ms at) {
    if (!state.directory.policy.owes || call.drill || call.level < 2) return;
    state.after_calls[call.id] = AfterCall{call.id, call.place, call.raised_by, call.raised_by_person, call.level, call.child, call.owner, call.helpers, call.raised_at, at, 0};
}

void apply_followup(State& state, const Event& event, const FollowupOpened& fact) {
    Followup& followup = state.followups[FollowupId{event.seq}];
    followup.id = FollowupId{event.seq};
    followup.kind = fact.kind;
    followup.of_call = fact.of_call;
    followup.child = fact.child;
    followup.owner = fact.owner;
    followup.with = fact.with;
    followup.parent = fact.parent;
    followup.opened_at = event.at;
    owe(state, followup, FollowupStep::opened, fact.owed_due);
    if (const auto after = state.after_calls.find(fact.of_call); after != state.after_calls.end()) ++after->second.open;
}

void apply_followup(State& state, const Event& event, const FollowupScheduled& fact) {
    on_followup(state, fact, [&](Followup& followup) {
        if (followup.meet_at != 0) ++followup.moved;
        followup.meet_at = fact.at;
        followup.step = FollowupStep::scheduled;
        followup.owed_by = fact.owed_by;
        if (fact.owed_by > event.at) followup.overdue = false;  // else a clock that is nobody's to move has run out
        arm_followup(state, followup, fact.owed_due);
    });
}

void apply_followup(State& state, const Event&, const FollowupNotReady& fact) {
    on_followup(state, fact, [&](Followup& followup) {
        followup.meet_at = 0;
        owe(state, followup, FollowupStep::not_ready, fact.ask_due);
    });
}

void apply_followup(State& state, const Event&, const FollowupAskedAgain& fact) {
    on_followup(state, fact, [&](Followup& followup) {
        ++followup.reminders;
        owe(state, followup, FollowupStep::opened, fact.owed_due);
    });
}

void apply_followup(State& state, const Event&, const FollowupDeclined& fact) {
    on_followup(state, fact, [&](Followup& followup) {
        followup.alternative = fact.alternative;
        followup.meet_at = 0;
        owe(state, followup, FollowupStep::declined, fact.owed_due);
    });
}

/// The clock runs on: one person's word ends nothing.
void apply_followup(State& state, const Event&, const FollowupUnneeded& fact) {
    on_followup(state, fact, [&](Followup& followup) {
        followup.step = FollowupStep::unneeded;
        followup.why = fact.why;
        followup.unneeded_by = fact.person;
        arm_followup(state, followup, fact.owed_due);
    });
}

void apply_followup(State& state, const Event&, const FollowupPassed& fact) {
    on_followup(state, fact, [&](Followup& followup) {
        if (followup.owner == fact.from) followup.owner = fact.to;
        if (followup.with == fact.to) followup.with = {};
        ++followup.reminders;
    });
}

void apply_followup(State& state, const Event&, const FollowupOverdue& fact) {
    on_followup(state, fact, [&](Followup& followup) {
        followup.overdue = true;
        ++followup.reminders;
        arm_followup(state, followup, fact.again_due);
    });
}

void apply_followup(State& state, const Event&, const FollowupEscalated& fact) {
    on_followup(state, fact, [&](Followup& followup) {
        ++followup.escalated;
        ++followup.reminders;
        arm_followup(state, followup, fact.again_due);
    });
}

void apply_followup(State& state, const Event&, const FollowupKept& fact) { end_followup(state, fact.followup); }
void apply_followup(State& state, const Event&, const FollowupEnded& fact) { end_followup(state, fact.followup); }

}  // namespace attune::core
