// Folding events about talk time and children's cards.
#include "hub/core/apply_talk.hpp"

namespace attune::core {

namespace {

void arm_talk(State& state, Talk& talk, Ms at) {
    if (talk.due != 0) state.talk_dues.erase({talk.due, talk.id});
    talk.due = at;
    if (talk.due != 0) state.talk_dues.insert({talk.due, talk.id});
}

/// Moves an open talk to a rung, with its next deadline.
void reach(State& state, Talk& talk, TalkRung rung, Ms at, Ms due) {
    talk.rung = rung;
    talk.rung_at = at;
    arm_talk(state, talk, due);
}

template <class Fact, class Change>
void on_talk(State& state, const Fact& fact, Change&& change) {
    const auto found = state.talks.find(fact.talk);
    if (found != state.talks.end()) change(found->second);
}

/// What ended leaves the state; the journal keeps it.
void end_talk(State& state, TalkId id) {
    const auto found = state.talks.find(id);
    if (found == state.talks.end()) return;
    arm_talk(state, found->second, 0);
    if (const auto newest = state.talk_of.find(found->second.child); newest != state.talk_of.end() && newest->second == id) state.talk_of.erase(newest);
    state.talks.erase(found);
}

}  // namespace

void apply_talk(State& state, const Event&, const CardIssued& fact) {
    forget_card(state, fact.child);
    state.cards[fact.card] = fact.child;
    state.card_of[fact.child] = fact.card;
}

void forget_card(State& state, const ChildId& child) {
    const auto old = state.card_of.find(child);
    if (old == state.card_of.end()) return;
    state.cards.erase(old->second);
    state.card_of.erase(old);
}

void apply_talk(State& state, const Event& event, const TalkAsked& fact) {
    Talk& talk = state.talks[TalkId{event.seq}];
    talk.id = TalkId{event.seq};
    talk.child = fact.child;
    talk.place = fact.place;
    talk.kiosk = fact.device;
    talk.chosen = fact.chosen;
    talk.symbol = fact.symbol;
    talk.when = fact.when;
    talk.asked_at = talk.rung_at = event.at;
    state.talk_of[fact.child] = talk.id;
    if (fact.someone_else)
        if (const auto child = state.directory.children.find(fact.child); child != state.directory.children.end())
            talk.passed.insert(child->second.adults.begin(), child->second.adults.end());
    arm_talk(state, talk, fact.offer_due);
}

void apply_talk(State& state, const Event& event, const TalkGiven& fact) {
    on_talk(state, fact, [&](Talk& talk) {
        talk.adult = fact.adult;
        talk.at_lead = fact.at_lead;
        reach(state, talk, TalkRung::asked, event.at, fact.offer_due);
    });
}

void apply_talk(State& state, const Event& event, const TalkShown& fact) {
    on_talk(state, fact, [&](Talk& talk) {
        if (talk.rung == TalkRung::asked) reach(state, talk, TalkRung::received, event.at, talk.due);
    });
}

void apply_talk(State& state, const Event& event, const TalkOffered& fact) {
    on_talk(state, fact, [&](Talk& talk) {
        talk.adult = fact.person;
        talk.at_lead = false;
        talk.meet_at = fact.at;
        talk.meet_place = fact.place;
        reach(state, talk, TalkRung::offered, event.at, fact.missed_due);
    });
}

void apply_talk(State& state, const Event& event, const TalkAgreed& fact) {
    on_talk(state, fact, [&](Talk& talk) { reach(state, talk, TalkRung::agreed, event.at, talk.due); });
}

void apply_talk(State& state, const Event& event, const TalkMet& fact) {
    on_talk(state, fact, [&](Talk& talk) {
        talk.owed = talk.at_lead = false;
        talk.adult = fact.person;
        reach(state, talk, TalkRung::met, event.at, fact.close_due);
    });
}

void apply_talk(State&, const Event&, const TalkRated&) {}

void apply_talk(State& state, const Event& event, const TalkPassed& fact) {
    on_talk(state, fact, [&](Talk& talk) {
        if (!fact.person.empty()) talk.passed.insert(fact.person);
        if (fact.why == TalkPass::someone_else && !fact.person.empty()) talk.unwanted.insert(fact.person);
        talk.adult = {};
        talk.meet_at = 0;
        talk.meet_place = {};
        reach(state, talk, TalkRung::asked, event.at, talk.due);  // TalkGiven follows in the same step
    });
}

void apply_talk(State& state, const Event& event, const TalkMissed& fact) {
    on_talk(state, fact, [&](Talk& talk) {
        talk.owed = true;
        ++talk.reminders;
        reach(state, talk, TalkRung::missed, event.at, fact.offer_due);
    });
}

void apply_talk(State&, const Event&, const TalkUnanswered&) {}  // the call that it becomes is raised in the same step

void apply_talk(State& state, const Event&, const TalkTakenBack& fact) { end_talk(state, fact.talk); }

void apply_talk(State& state, const Event&, const TalkHandedToDsl& fact) {
    on_talk(state, fact, [&](Talk& talk) {
        talk.dsl = true;
        arm_talk(state, talk, fact.again_due);
    });
}

void apply_talk(State& state, const Event&, const TalkPointerWaits& fact) {
    on_talk(state, fact, [&](Talk& talk) {
        ++talk.reminders;
        arm_talk(state, talk, fact.again_due);
    });
}

void apply_talk(State& state, const Event&, const TalkPointerTaken& fact) {
    on_talk(state, fact, [&](Talk& talk) { talk.dsl = false; });
}

void apply_talk(State& state, const Event&, const TalkClosed& fact) { end_talk(state, fact.talk); }

void talk_becomes_call(State& state, TalkId id, CallId call, Ms at) {
    const auto found = state.talks.find(id);
    if (found == state.talks.end()) return;
    Talk& talk = found->second;
    talk.call = call;
    talk.adult = {};
    talk.at_lead = false;
    reach(state, talk, TalkRung::calling, at, 0);
}

}  // namespace attune::core
