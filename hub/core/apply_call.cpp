// Folding events about a support call.
#include "hub/core/apply_call.hpp"

#include "hub/core/apply_followup.hpp"
#include "hub/core/apply_rules.hpp"
#include "hub/core/apply_talk.hpp"
#include "hub/core/ready_rules.hpp"

namespace attune::core {

namespace {

/// Runs `change` on the open call of a fact and moves its rung; nothing when there is none.
template <class Fact, class Change>
void on_call(State& state, const Event& event, const Fact& fact, Change&& change) {
    const auto found = state.calls.find(fact.call);
    if (found == state.calls.end()) return;
    change(found->second);
    set_rung(found->second, event.at);
}

/// What ended leaves the state; the journal keeps it.
void end_call(State& state, CallId id) {
    const auto found = state.calls.find(id);
    if (found == state.calls.end()) return;
    Call& call = found->second;
    for (std::size_t kind = 0; kind < deadline_kinds; ++kind) arm(state, call, static_cast<Deadline>(kind), 0);
    set_owner(state, call, {}, {});
    for (const PersonId& helper : call.helpers) count_call(state, call, helper, -1);
    if (const auto at = state.call_at.find(call.place); at != state.call_at.end() && at->second == id) state.call_at.erase(at);
    state.calls.erase(found);
}

}  // namespace

void set_rung(Call& call, Ms at) {
    if (call.owned() || !call.alerted.empty()) call.quiet_since = 0;
    else if (call.quiet_since == 0) call.quiet_since = at;
    const Rung rung = rung_of(call);
    if (rung == call.rung) return;
    call.rung = rung;
    call.rung_at = at;
}

void apply_call(State& state, const Event& event, const CallRaised& fact) {
    Call& call = state.calls[CallId{event.seq}];
    call.id = CallId{event.seq};
    call.place = fact.place;
    call.raised_by = fact.device;
    call.raised_by_person = fact.person;
    call.level = fact.level;
    call.drill = fact.drill;
    call.raised_at = call.last_press_at = call.rung_at = call.quiet_since = event.at;
    call.policy_version = fact.policy_version;
    call.policy = state.directory.policy.levels;
    call.sounds = 1;
    call.talk = fact.talk;
    call.child = fact.child;
    call.practice = fact.practice;
    call.with = fact.with;
    if (call.practice == Practice::test || call.practice == Practice::site)
        for (LevelPolicy& level : call.policy) level.tiers = tiers_of_test(state);
    // A press in a room of the same place is another matter, and makes a call of its own.
    if (!call.from_talk()) state.call_at[fact.place] = call.id;
    arm(state, call, Deadline::resound, fact.resound_due);
    if (call.from_talk()) talk_becomes_call(state, fact.talk, call.id, event.at);
}

void apply_call(State& state, const Event& event, const LevelRaised& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.level = fact.level;
        call.last_press_at = event.at;
        call.withdraw_asked = false;  // pressing again says: we do need someone
        call.helper_wanted = call.owned();
        ++call.sounds;
        ask_again(state, call);
    });
}

void apply_call(State& state, const Event& event, const PressRepeated& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.last_press_at = event.at;
        call.withdraw_asked = false;
    });
}

void apply_call(State& state, const Event& event, const ChildChosen& fact) {
    on_call(state, event, fact, [&](Call& call) { call.child = fact.child; });
}

void apply_call(State& state, const Event& event, const NoteAdded& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.notes.insert(fact.note);
        if (fact.note != Note::two_adults || !call.helpers.empty()) return;
        call.helper_wanted = true;
        if (!call.owned()) return;
        ++call.sounds;
        ask_again(state, call);
    });
}

void apply_call(State& state, const Event& event, const CallOffered& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.tier = fact.tier;
        call.offers.reserve(call.offers.size() + fact.to.size());
        for (const PersonId& person : fact.to) call.offers.insert_or_assign(person, Offer{fact.tier, false, false});
        arm_if(state, call, Deadline::ring, fact.ring_due);
        arm_if(state, call, Deadline::accept, fact.accept_due);
        arm_if(state, call, Deadline::resound, fact.resound_due);
    });
}

void apply_call(State& state, const Event& event, const StationCalled& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.tier = fact.tier;
        call.station_called = true;
        arm(state, call, Deadline::accept, 0);  // the last rung: from here on it sounds until a person takes it
        arm_if(state, call, Deadline::ring, fact.ring_due);
        arm_if(state, call, Deadline::resound, fact.resound_due);
    });
}

void apply_call(State& state, const Event& event, const CallAlerted& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.alerted.insert(fact.device);
        call.undelivered = false;
        if (const auto offer = call.offers.find(fact.person); offer != call.offers.end()) offer->second.alerted = true;
        arm(state, call, Deadline::ring, 0);
    });
}

void apply_call(State& state, const Event& event, const CallDeclined& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.offers[fact.person].declined = true;
        if (const auto duty = state.duties.find(fact.person); duty != state.duties.end()) call.alerted.erase(duty->second.device);
    });
}

void apply_call(State& state, const Event& event, const RingOverdue& fact) {
    on_call(state, event, fact, [&](Call& call) { arm(state, call, Deadline::ring, fact.ring_due); });
}

void apply_call(State& state, const Event& event, const TierOverdue& fact) {
    on_call(state, event, fact, [&](Call& call) { arm(state, call, Deadline::accept, 0); });
}

void apply_call(State& state, const Event& event, const CallUndelivered& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.undelivered = true;
        call.alerted.clear();
    });
}

void apply_call(State& state, const Event& event, const CallAccepted& fact) {
    on_call(state, event, fact, [&](Call& call) {
        const PersonId late = call.owner;
        carry(state, call, fact.person, event.at);
        set_owner(state, call, fact.person, fact.device);
        if (!late.empty()) add_helper(state, call, late);
        call.on_way = fact.on_way;
        call.owner_late = false;
        call.undelivered = false;
        call.helper_wanted = call.notes.contains(Note::two_adults) && call.helpers.empty();
        if (const auto offer = call.offers.find(fact.person); offer != call.offers.end()) offer->second.declined = false;
        arm(state, call, Deadline::arrive, fact.arrive_due);
        quieten(state, call);
    });
}

void apply_call(State& state, const Event& event, const OwnerOnWay& fact) {
    on_call(state, event, fact, [](Call& call) { call.on_way = true; });
}

void apply_call(State& state, const Event& event, const HelperAsked& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.helper_wanted = true;
        ++call.sounds;
        ask_again(state, call);
    });
}

void apply_call(State& state, const Event& event, const HelperJoined& fact) {
    on_call(state, event, fact, [&](Call& call) {
        carry(state, call, fact.person, event.at);
        add_helper(state, call, fact.person);
        call.helper_wanted = false;
        if (const auto offer = call.offers.find(fact.person); offer != call.offers.end()) offer->second.declined = false;
        quieten(state, call);
    });
}

void apply_call(State& state, const Event& event, const CallReopened& fact) {
    on_call(state, event, fact, [&](Call& call) {
        set_owner(state, call, {}, {});
        call.on_way = false;
        call.owner_late = false;
        ++call.sounds;
        ask_again(state, call);
        if (fact.why == Reopened::owner_declined) call.offers[fact.person].declined = true;
        if (!state.directory.people.contains(fact.person)) call.offers.erase(fact.person);  // has left the school
        arm(state, call, Deadline::arrive, 0);
        arm(state, call, Deadline::resound, fact.resound_due);
    });
}

void apply_call(State& state, const Event& event, const ArrivalOverdue& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.owner_late = true;
        ++call.sounds;
        arm(state, call, Deadline::arrive, 0);
        ask_again(state, call);
    });
}

void apply_call(State& state, const Event& event, const CallArrived& fact) {
    on_call(state, event, fact, [&](Call& call) {
        if (call.owner != fact.person) {  // a helper was there first: they own it now, the late owner goes on helping
            const PersonId late = call.owner;
            const auto duty = state.duties.find(fact.person);
            set_owner(state, call, fact.person, duty == state.duties.end() ? DeviceId{} : duty->second.device);
            if (!late.empty()) add_helper(state, call, late);
        }
        call.arrived = true;
        call.owner_late = false;
        call.withdraw_asked = false;
        arm(state, call, Deadline::arrive, 0);
        arm(state, call, Deadline::support, fact.support_due);
        quieten(state, call);
    });
}

void apply_call(State& state, const Event& event, const SupportCheckDue& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.support_check_due = true;
        arm(state, call, Deadline::support, fact.support_due);
    });
}

void apply_call(State& state, const Event& event, const SupportConfirmed& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.support_check_due = false;
        arm(state, call, Deadline::support, fact.support_due);
    });
}

void apply_call(State& state, const Event& event, const CallSettled& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.outcome = Outcome::settled;
        call.helper_wanted = false;
        quieten(state, call);
    });
}

void apply_call(State& state, const Event& event, const CallMoved& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.outcome = Outcome::moved;
        call.moved_to = fact.place;
        call.helper_wanted = false;
        quieten(state, call);
    });
}

void apply_call(State& state, const Event& event, const CallHandedOver& fact) {
    on_call(state, event, fact, [&](Call& call) {
        call.outcome = Outcome::handed_over;
        call.helper_wanted = false;
        // An adult without a handset can't close it on one: the adult who handed over still does.
        const auto duty = state.duties.find(fact.to);
        if (duty != state.duties.end() && !duty->second.device.empty()) set_owner(state, call, fact.to, duty->second.device);
        quieten(state, call);
    });
}

void apply_call(State& state, const Event& event, const CallClosed& fact) {
    if (const auto call = state.calls.find(fact.call); call != state.calls.end()) remember_after(state, call->second, event.at);
    end_call(state, fact.call);
}

void apply_call(State& state, const Event& event, const WithdrawAsked& fact) {
    on_call(state, event, fact, [](Call& call) { call.withdraw_asked = true; });
}

void apply_call(State& state, const Event& event, const WithdrawCancelled& fact) {
    on_call(state, event, fact, [](Call& call) { call.withdraw_asked = false; });
}

void apply_call(State& state, const Event&, const CallWithdrawn& fact) { end_call(state, fact.call); }

void apply_call(State& state, const Event& event, const CallSoundedAgain& fact) {
    on_call(state, event, fact, [&](Call& call) {
        ++call.sounds;
        arm(state, call, Deadline::resound, fact.resound_due);
    });
}

}  // namespace attune::core
