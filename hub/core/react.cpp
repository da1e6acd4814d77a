// What must follow an event, so that no call is ever left waiting for nothing: offers, re-openings, the station, and the
// truth when nothing can ring.
#include <algorithm>

#include "hub/core/call_rules.hpp"
#include "hub/core/cover.hpp"
#include "hub/core/day_rules.hpp"
#include "hub/core/followup_rules.hpp"
#include "hub/core/leader_rules.hpp"
#include "hub/core/routing.hpp"
#include "hub/core/step.hpp"
#include "hub/core/visit_rules.hpp"
#include "hub/core/talk_rules.hpp"
#include "hub/core/ready_rules.hpp"

namespace attune::core {

namespace {

void append(std::vector<Fact>& list, std::vector<Fact>&& more) {
    for (Fact& fact : more) list.push_back(std::move(fact));
}

Reopened reason(const State& state, const Call& call) {
    const auto device = state.devices.find(call.owner_device);
    if (device == state.devices.end() || device->second.health == Health::revoked) return Reopened::handset_revoked;
    return device->second.signed_in == call.owner ? Reopened::handset_silent : Reopened::owner_signed_out;
}

/// Everything that this call needs now that something about it, or about the adults, has changed.
std::vector<Fact> follow(const State& state, const Call& call, Ms now, bool widen) {
    std::vector<Fact> list;
    if (owner_lost(state, call)) {
        list.emplace_back(CallReopened{call.id, call.owner, reason(state, call), now + state.directory.policy.resound_ms});
        return list;  // its own consequences follow it
    }
    append(list, route(state, call, now, widen));
    if (list.empty() && !call.owned() && !call.undelivered && !something_can_ring(state, call, now)) list.emplace_back(CallUndelivered{call.id});
    return list;
}

std::vector<Fact> follow_ring_overdue(const State& state, const Call& call, Ms now) {
    std::vector<Fact> list = follow(state, call, now, true);
    if (unheard(call, state.directory.policy, now)) list.emplace_back(CallUndelivered{call.id});
    return list;
}

std::vector<Fact> follow_all(const State& state, Ms now) {
    std::vector<Fact> list;
    for (const auto& [id, call] : state.calls) append(list, follow(state, call, now, false));
    return list;
}

/// Whether it is looked again for whom to ask, when an adult who was asked can't come now.
bool looks_further(const State& state, const Call& call, Ms now) {
    return !call.station_called && (asks_equals_in_turn(call) || !somebody_pending(state, call, now));
}

/// An adult is busy now: only calls that were waiting for this very adult care.
std::vector<Fact> follow_busy(const State& state, const PersonId& person, Ms now) {
    std::vector<Fact> list;
    for (const auto& [id, call] : state.calls)
        if (wants_adults(call) && call.offers.contains(person) && looks_further(state, call, now)) append(list, follow(state, call, now, false));
    return list;
}

/// Adults are free again: a waiting call which has not asked them yet does.
std::vector<Fact> follow_freed(const State& state, const std::vector<PersonId>& people, Ms now) {
    std::vector<Fact> list;
    if (people.empty()) return list;
    for (const auto& [id, call] : state.calls)
        if (wants_adults(call) && std::ranges::any_of(people, [&](const PersonId& person) { return !call.offers.contains(person); }))
            append(list, follow(state, call, now, false));
    return list;
}

/// One adult's availability has changed, either way. A call that has asked them already and called the station too has
/// nobody left to ask.
std::vector<Fact> follow_adult(const State& state, const PersonId& person, Ms now) {
    std::vector<Fact> list;
    for (const auto& [id, call] : state.calls) {
        if (!wants_adults(call)) continue;
        if (!call.offers.contains(person) || looks_further(state, call, now)) append(list, follow(state, call, now, false));
    }
    return list;
}

struct Reaction {
    const State& state;
    const Event& event;
    const Ms now = event.at;

    std::vector<Fact> about(CallId id, bool widen = false) const {
        const auto call = state.calls.find(id);
        return call == state.calls.end() ? std::vector<Fact>{} : follow(state, call->second, now, widen);
    }

    std::vector<Fact> operator()(const CallRaised&) const { return about(CallId{event.seq}); }
    std::vector<Fact> operator()(const TierOverdue& fact) const { return about(fact.call, true); }
    std::vector<Fact> operator()(const RingOverdue& fact) const {
        const auto call = state.calls.find(fact.call);
        return call == state.calls.end() ? std::vector<Fact>{} : follow_ring_overdue(state, call->second, now);
    }
    std::vector<Fact> operator()(const CallAccepted& fact) const { return follow_busy(state, fact.person, now); }
    std::vector<Fact> operator()(const HelperJoined& fact) const { return follow_busy(state, fact.person, now); }
    std::vector<Fact> operator()(const CallClosed& fact) const { return follow_freed(state, fact.freed, now); }
    std::vector<Fact> operator()(const CallWithdrawn& fact) const { return follow_freed(state, fact.freed, now); }
    std::vector<Fact> operator()(const CallHandedOver&) const { return follow_all(state, now); }  // who had it is free
    std::vector<Fact> operator()(const CallReopened& fact) const {
        auto list = about(fact.call);
        append(list, follow_freed(state, {fact.person}, now));
        return list;
    }
    std::vector<Fact> operator()(const DeviceRevoked&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const DeviceHealthChanged&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const SignedIn&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const SignedOut&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const HandsetProven&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const AvailabilityDeclared& fact) const { return follow_adult(state, fact.person, now); }
    std::vector<Fact> operator()(const AvailabilityLapsed& fact) const { return follow_adult(state, fact.person, now); }
    std::vector<Fact> operator()(const BellRang&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const TimetableImported&) const { return follow_all(state, now); }
    // Whoever is in a calm space is with a child while a visitor is there, and free when none is.
    std::vector<Fact> operator()(const SpaceOpened&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const SpaceAdultGone&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const VisitArrived&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const VisitReturning&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const VisitEnded&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const SupplyEnded&) const { return follow_all(state, now); }
    // The directory says who is near and whose child it is; a call that is open goes by what it says now.
    std::vector<Fact> operator()(const PlaceSet&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const PlaceRemoved&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const ChildSet&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const ChildRemoved&) const { return follow_all(state, now); }
    std::vector<Fact> operator()(const PersonSet& fact) const {
        auto list = may_lead(fact.person) ? std::vector<Fact>{} : end_sessions_of(state, fact.person.id, SessionEnd::role_lost);
        append(list, follow_all(state, now));
        return list;
    }
    std::vector<Fact> operator()(const PersonRemoved& fact) const {
        auto list = close_account(state, fact.person, SessionEnd::role_lost);
        append(list, follow_all(state, now));
        return list;
    }

    template <class Fact_>
    std::vector<Fact> operator()(const Fact_& fact) const {
        if constexpr (requires { fact.call; }) return about(fact.call);
        return {};
    }
};

}  // namespace

std::vector<Fact> react(const State& state, const Event& event) {
    std::vector<Fact> list = react_visit(state, event);
    append(list, visit(Reaction{state, event}, event.fact));
    append(list, react_talk(state, event));
    append(list, follow_cover(state, event));
    append(list, react_day(state, event));
    append(list, react_ready(state, event));
    append(list, react_followup(state, event));
    return list;
}

}  // namespace attune::core
