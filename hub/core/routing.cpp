// Relationship routing. The child's own order first, then who is near, then who leads, and the station at the end, which
// sounds until a person takes the call. An adult who is known to be unavailable costs no time: the tier is passed over.
#include "hub/core/routing.hpp"

#include <algorithm>

#include "hub/core/call_rules.hpp"
#include "hub/core/cover.hpp"
#include "hub/core/decide_rules.hpp"
#include "hub/core/step.hpp"
#include "hub/core/supply_rules.hpp"

namespace attune::core {

namespace {

const ChildPlan* plan_of(const State& state, const Call& call) {
    const auto child = state.directory.children.find(call.child);
    return child == state.directory.children.end() ? nullptr : &child->second;
}

template <class Visit>
void with_role(const State& state, Role role, Visit visit) {
    for (const auto& [id, person] : state.directory.people)
        if (has_role(person, role)) visit(id);
}

template <class Visit>
void nearest(const State& state, const Call& call, Visit visit) {
    const std::string_view zone = zone_of(state, call.place);
    if (zone.empty()) return;
    with_role(state, Role::responder, [&](const PersonId& id) {
        if (zone_of(state, state.directory.people.at(id).base) == zone) visit(id);
    });
}

/// The child's own adults first, then all who have a handset: level 3 is for everyone.
template <class Visit>
void everyone(const State& state, const ChildPlan* plan, Visit visit) {
    const auto is_own = [&](const PersonId& id) { return plan != nullptr && std::ranges::find(plan->adults, id) != plan->adults.end(); };
    if (plan != nullptr) std::ranges::for_each(plan->adults, visit);
    for (const auto& [id, duty] : state.duties)
        if (!duty.device.empty() && !is_own(id)) visit(id);
}

/// Calls `visit` with each member of a group, in the order in which they are asked; nobody twice.
template <class Visit>
void visit_members(const State& state, const Call& call, Group group, Visit visit) {
    const ChildPlan* plan = plan_of(state, call);
    switch (group) {
        case Group::named_adult:
            if (plan != nullptr && !plan->adults.empty()) visit(plan->adults.front());
            break;
        case Group::alternates:
            for (std::size_t at = 1; plan != nullptr && at < plan->adults.size(); ++at) visit(plan->adults[at]);
            if (plan != nullptr) visit_supplies_of(state, *plan, [&](const PersonId& id, const Supply&) { visit(id); });  // cover comes behind them
            break;
        case Group::nearest: nearest(state, call, visit); break;
        case Group::responders: with_role(state, Role::responder, visit); break;
        case Group::calm_space: with_role(state, Role::calm_space, visit); break;
        case Group::duty_lead: with_role(state, Role::duty_lead, visit); break;
        case Group::everyone: everyone(state, plan, visit); break;
        case Group::station: break;
    }
}

/// In a lesson, and this child's plan says that they may be fetched from it.
bool may_be_fetched(const State& state, const Call& call, const PersonId& person) {
    const ChildPlan* plan = plan_of(state, call);
    return plan != nullptr && interruptible(*plan, person);
}

/// Everyone available also tells those who are with a child, teaching or recovering, so that they know; nobody waits for
/// them. A protected break is left alone.
bool may_be_told(const State& state, const Call& call, Group group, const PersonId& person, Ms now) {
    const Availability is = availability(state, person, now);
    if (is == Availability::free) return true;
    if (is == Availability::teaching && may_be_fetched(state, call, person)) return true;
    return group == Group::everyone && (is == Availability::with_child || is == Availability::recovering || is == Availability::teaching);
}

/// Whose members are equals to a child: no order of theirs tells them apart.
bool of_equals(Group group) {
    return group == Group::nearest || group == Group::responders || group == Group::calm_space || group == Group::duty_lead;
}

/// Of those who are equals, whoever has carried least today; nobody new while one of them was asked and may still answer.
void keep_who_carried_least(const State& state, const Call& call, Group group, Ms now, std::vector<PersonId>& equals) {
    bool waiting = false;
    visit_members(state, call, group, [&](const PersonId& person) {
        const auto offer = call.offers.find(person);
        waiting = waiting || (offer != call.offers.end() && !offer->second.declined && !goes(call, person) && can_come(state, call, person, now));
    });
    if (waiting) return equals.clear();
    std::uint32_t least = ~std::uint32_t{0};
    for (const PersonId& person : equals) least = std::min(least, carried_today(state, person, now));
    std::erase_if(equals, [&](const PersonId& person) { return carried_today(state, person, now) != least; });
}

bool has_station(const Tier& tier) { return std::ranges::find(tier.who, Group::station) != tier.who.end(); }

/// Adds those of one tier who were not asked yet and may be told now; `fairly`: of equals those first who carried least.
void collect(const State& state, const Call& call, const Tier& tier, Ms now, bool fairly, std::vector<PersonId>& to) {
    std::vector<PersonId> members;
    for (const Group group : tier.who) {
        const bool choose = fairly && of_equals(group);
        const auto others = static_cast<std::ptrdiff_t>(to.size());  // within one group nobody is named twice
        visit_members(state, call, group, [&](const PersonId& person) {
            if (call.offers.contains(person) || goes(call, person) || person == call.raised_by_person) return;
            if (!may_be_told(state, call, group, person, now)) return;
            if (std::find(to.begin(), to.begin() + others, person) == to.begin() + others) (choose ? members : to).push_back(person);
        });
        if (!choose) continue;
        keep_who_carried_least(state, call, group, now, members);
        to.insert(to.end(), members.begin(), members.end());
        members.clear();
    }
}

/// A dead end can't be: policy is checked at import, and a call without any tier still ends at the station.
struct Walk {
    std::uint32_t tier;
    bool station;
    std::vector<PersonId> to;
};

Walk walk(const State& state, const Call& call, Ms now, bool widen) {
    const auto& tiers = level_policy(call).tiers;
    const auto count = static_cast<std::uint32_t>(tiers.size());
    Walk walk{std::max<std::uint32_t>(call.tier, 1), count == 0, {}};
    walk.to.reserve(state.duties.size());
    if (widen && call.tier > 0) ++walk.tier;
    // What is urgent asks all equals at once, and so does a tier that had its time.
    const bool fairly = asks_equals_in_turn(call);
    for (std::uint32_t tier = 1; tier < walk.tier && tier <= count; ++tier) {
        collect(state, call, tiers[tier - 1], now, false, walk.to);
        walk.station = walk.station || has_station(tiers[tier - 1]);
    }
    bool pending = somebody_pending(state, call, now);
    for (; walk.tier <= count && !walk.station; ++walk.tier) {
        collect(state, call, tiers[walk.tier - 1], now, fairly, walk.to);
        walk.station = has_station(tiers[walk.tier - 1]);
        pending = pending || std::ranges::any_of(walk.to, [&](const PersonId& person) { return can_come(state, call, person, now); });
        if (pending || walk.station) break;
    }
    if (walk.tier > count) {
        walk.tier = count;
        walk.station = true;
    }
    return walk;
}

}  // namespace

bool can_come(const State& state, const Call& call, const PersonId& person, Ms now) {
    const Availability is = availability(state, person, now);
    return is == Availability::free || (is == Availability::teaching && may_be_fetched(state, call, person));
}

bool somebody_pending(const State& state, const Call& call, Ms now) {
    return std::ranges::any_of(call.offers, [&](const auto& offer) { return !offer.second.declined && !goes(call, offer.first) && can_come(state, call, offer.first, now); });
}

bool something_can_ring(const State& state, const Call& call, Ms now) {
    const auto rings = [&](const auto& offer) {
        if (offer.second.declined) return false;
        const Availability now_is = availability(state, offer.first, now);
        return now_is != Availability::signed_out && now_is != Availability::unreachable && now_is != Availability::absent;
    };
    if (std::ranges::any_of(call.offers, rings)) return true;
    if (!call.station_called) return false;
    return std::ranges::any_of(state.stations, [&](const DeviceId& id) {
        const Device& station = state.devices.at(id);
        return (station.health == Health::healthy || station.health == Health::degraded) && !station.faults.contains(Fault::sound_locked);
    });
}

/// One adult is asked, once, and nobody after them: it ends by itself.
static std::vector<Fact> route_personal(const State& state, const Call& call, Ms now) {
    if (call.owned() || call.offers.contains(call.with)) return {};
    return {CallOffered{call.id, 1, {call.with}, next_look(call, state.directory.policy, now, state.directory.policy.ring_ms), 0, 0}};
}

std::vector<Fact> route(const State& state, const Call& call, Ms now, bool widen) {
    std::vector<Fact> list;
    if (!wants_adults(call)) return list;
    if (call.practice == Practice::personal) return route_personal(state, call, now);
    Walk next = walk(state, call, now, widen);
    const Policy& policy = state.directory.policy;
    const bool further = next.tier != call.tier;
    // As long as nothing has sounded, something watches over it: the next tier joins in, or the room hears the truth.
    const bool nobody_left = call.owned() && call.station_called;
    const bool unwatched = call.alerted.empty() && !call.undelivered && !nobody_left && !unheard(call, policy, now) && call.due[static_cast<std::size_t>(Deadline::ring)] == 0;
    const Ms ring_due = unwatched ? next_look(call, policy, now, call.tier == 0 ? policy.ring_ms : policy.ring_again_ms) : 0;
    const Ms resound_due = call.due[static_cast<std::size_t>(Deadline::resound)] == 0 ? now + policy.resound_ms : 0;
    const auto& tiers = level_policy(call).tiers;
    const bool station_now = next.station && !call.station_called;
    if (!next.to.empty() || (further && !next.station) || (ring_due != 0 && !station_now)) {
        const Ms accept_due = further && !next.station ? now + tiers[next.tier - 1].accept_ms : 0;
        list.emplace_back(CallOffered{call.id, next.tier, std::move(next.to), ring_due, accept_due, resound_due});
    }
    if (station_now) list.emplace_back(StationCalled{call.id, next.tier, ring_due, resound_due});
    return list;
}

}  // namespace attune::core
