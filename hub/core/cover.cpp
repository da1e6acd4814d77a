// Cover of children: now, and as far ahead as the timetable lets us see.
#include "hub/core/cover.hpp"

#include <algorithm>

#include "hub/core/call_rules.hpp"
#include "hub/core/step.hpp"
#include "hub/core/supply_rules.hpp"

namespace attune::core {

namespace {

bool in_order(const ChildPlan& plan, const PersonId& person) { return std::ranges::find(plan.adults, person) != plan.adults.end(); }

bool can_cover(const State& state, const ChildPlan& plan, const PersonId& person, Ms now) {
    const Availability is = availability(state, person, now);
    return is == Availability::free || (is == Availability::teaching && interruptible(plan, person));
}

const Swap* swap_of(const State& state, const ChildId& child, Ms now) {
    const auto swap = state.rota.swaps.find(child);
    return swap == state.rota.swaps.end() || swap->second.until <= now ? nullptr : &swap->second;
}

bool slot_allows(const State& state, const ChildPlan& plan, const PersonId& person, Ms at) {
    const auto slots = state.rota.slots.find(person);
    const Slot* slot = slots == state.rota.slots.end() ? nullptr : slot_at(slots->second, at);
    return slot == nullptr || slot->kind == SlotKind::here || (slot->kind == SlotKind::teaching && interruptible(plan, person));
}

/// By all that is known now this adult can be asked at a later instant: calls and rests that go on now are over by then.
bool will_cover(const State& state, const ChildPlan& plan, const PersonId& person, Ms at) {
    const auto duty = state.duties.find(person);
    if (duty == state.duties.end() || !has_live_handset(state, duty->second)) return false;
    if (duty->second.declared == Declared::on_break && duty->second.until > at) return false;
    return slot_allows(state, plan, person, at);
}

/// The first of those for today who stand in for one of this child's own; empty: nobody can.
PersonId supply_now(const State& state, const ChildPlan& plan, Ms now) {
    PersonId by;
    visit_supplies_of(state, plan, [&](const PersonId& person, const Supply&) {
        if (by.empty() && can_cover(state, plan, person, now)) by = person;
    });
    return by;
}

bool supply_will_cover(const State& state, const ChildPlan& plan, Ms at) {
    bool somebody = false;
    visit_supplies_of(state, plan, [&](const PersonId& person, const Supply& supply) { somebody = somebody || (supply.until > at && will_cover(state, plan, person, at)); });
    return somebody;
}

/// Whom a person has named stands by that word, with a handset or without, until something says that they can't.
bool swap_holds(const State& state, const ChildPlan& plan, const Swap& swap, Ms now) {
    if (!state.directory.people.contains(swap.person)) return false;
    const auto duty = state.duties.find(swap.person);
    if (duty == state.duties.end() || duty->second.device.empty()) return slot_allows(state, plan, swap.person, now);
    return can_cover(state, plan, swap.person, now);
}

template <class Visit>
void visit_boundaries(const State& state, const PersonId& person, Ms from, Ms to, Visit visit) {
    const auto slots = state.rota.slots.find(person);
    if (slots == state.rota.slots.end()) return;
    for (auto slot = std::ranges::upper_bound(slots->second, from, {}, &Slot::to); slot != slots->second.end() && slot->from < to; ++slot) {
        if (slot->from > from) visit(slot->from);
        if (slot->to < to) visit(slot->to);
    }
}

/// The first boundary ahead at which nobody is left; 0: none.
Ms predicted_gap(const State& state, const ChildPlan& plan, const Swap* swap, Ms now) {
    const Ms until = std::min(now + cover_ahead_ms + 1, state.rota.today->to);
    Ms first = 0;
    const auto look = [&](Ms at) {
        if (first != 0 && at >= first) return;
        const bool somebody = std::ranges::any_of(plan.adults, [&](const PersonId& person) { return will_cover(state, plan, person, at); });
        if (!somebody && !(swap != nullptr && swap->until > at && slot_allows(state, plan, swap->person, at)) && !supply_will_cover(state, plan, at)) first = at;
    };
    for (const PersonId& person : plan.adults) visit_boundaries(state, person, now, until, look);
    if (swap != nullptr) visit_boundaries(state, swap->person, now, until, look);
    return first;
}

// ---- whom an event concerns ----

struct Concerned {
    const State& state;
    std::set<ChildId> children;
    bool everybody = false;

    void person(const PersonId& id) {
        if (const auto found = state.rota.children_of.find(id); found != state.rota.children_of.end()) children.insert(found->second.begin(), found->second.end());
    }
    void people(const std::vector<PersonId>& ids) {
        for (const PersonId& id : ids) person(id);
    }

    void operator()(const AvailabilityDeclared& fact) { person(fact.person); }
    void operator()(const AvailabilityLapsed& fact) { person(fact.person); }
    void operator()(const SignedIn& fact) { person(fact.person); }
    void operator()(const SignedOut& fact) { person(fact.person); }
    void operator()(const HandsetProven& fact) { person(fact.person); }
    void operator()(const DeviceHealthChanged& fact) { person(state.devices.at(fact.device).signed_in); }
    void operator()(const DeviceRevoked&) { everybody = true; }
    void operator()(const CallAccepted& fact) { person(fact.person); }
    void operator()(const HelperJoined& fact) { person(fact.person); }
    void operator()(const CallReopened& fact) { person(fact.person); }
    void operator()(const CallHandedOver&) { everybody = true; }
    void operator()(const CallClosed& fact) { people(fact.freed); }
    void operator()(const CallWithdrawn& fact) { people(fact.freed); }
    void operator()(const ChildSet& fact) { children.insert(fact.child.id); }
    void operator()(const ChildRemoved& fact) { children.insert(fact.child); }
    void operator()(const PersonRemoved&) { everybody = true; }
    void operator()(const SwapNamed& fact) { children.insert(fact.child); }
    void operator()(const SupplyAdded& fact) { person(fact.person.id); }
    void operator()(const SupplyEnded&) { everybody = true; }
    void adults_of_spaces() {
        for (const auto& [place, space] : state.spaces)
            for (const auto& [id, device] : space.adults) person(id);
    }
    void operator()(const SpaceOpened&) { adults_of_spaces(); }
    void operator()(const SpaceAdultGone& fact) {
        adults_of_spaces();
        person(fact.person);
    }
    void operator()(const VisitArrived&) { adults_of_spaces(); }
    void operator()(const VisitReturning&) { adults_of_spaces(); }
    void operator()(const VisitEnded&) { adults_of_spaces(); }
    void operator()(const TimetableImported&) { everybody = true; }
    void operator()(const BellRang&) { everybody = true; }
    template <class Fact_>
    void operator()(const Fact_&) {}
};

/// Adults who are free now and by the timetable all the time that is looked ahead: each of them is cover enough for any
/// child whom they are there for, now and at every boundary. In order.
std::vector<PersonId> steady_adults(const State& state, Ms now) {
    std::vector<PersonId> steady;
    if (!school_is_on(state.rota)) return steady;
    const Ms until = std::min(now + cover_ahead_ms + 1, state.rota.today->to);
    const auto steadily_here = [&](const std::vector<Slot>& slots) {
        for (auto slot = std::ranges::upper_bound(slots, now, {}, &Slot::to); slot != slots.end() && slot->from < until; ++slot)
            if (slot->kind != SlotKind::here) return false;
        return true;
    };
    auto slots = state.rota.slots.begin();
    for (const auto& [person, children] : state.rota.children_of) {
        while (slots != state.rota.slots.end() && slots->first < person) ++slots;  // both in order
        if (slots != state.rota.slots.end() && slots->first == person && !steadily_here(slots->second)) continue;
        if (availability(state, person, now) == Availability::free) steady.push_back(person);
    }
    return steady;
}

void follow_child(const State& state, const ChildId& child, Ms now, std::vector<Fact>& list) {
    const auto open = state.rota.gaps.find(child);
    const CoverageGap* gap = open == state.rota.gaps.end() ? nullptr : &open->second;
    if (!school_is_on(state.rota) || !state.directory.children.contains(child)) {
        if (gap != nullptr) list.emplace_back(CoverageGapClosed{child, gap->id, school_is_on(state.rota) ? GapEnd::plan_gone : GapEnd::day_over, {}});
        return;
    }
    const Cover cover = cover_of(state, child, now);
    const bool was_now = gap != nullptr && gap->from <= now;
    const bool is_now = cover.gap_from != 0 && cover.gap_from <= now;
    if (gap != nullptr && ((was_now && !is_now) || cover.gap_from == 0))
        list.emplace_back(CoverageGapClosed{child, gap->id, cover.swap ? GapEnd::swap : GapEnd::adult, cover.by});
    const bool same = gap != nullptr && (was_now ? is_now : gap->from == cover.gap_from);
    if (cover.gap_from != 0 && !same) list.emplace_back(CoverageGapOpened{child, cover.gap_from});
}

/// A bell or an import concerns everybody; but a child without a gap who has a steady adult can have none.
void follow_everybody(const State& state, Ms now, std::vector<Fact>& list) {
    for (const auto& [child, gap] : state.rota.gaps)
        if (!state.directory.children.contains(child)) follow_child(state, child, now, list);
    const std::vector<PersonId> steady = steady_adults(state, now);
    const auto is_steady = [&](const PersonId& person) { return std::ranges::binary_search(steady, person); };
    for (const auto& [child, plan] : state.directory.children)
        if (state.rota.gaps.contains(child) || std::ranges::none_of(plan.adults, is_steady)) follow_child(state, child, now, list);
}

}  // namespace

bool interruptible(const ChildPlan& plan, const PersonId& person) { return plan.interruptible && in_order(plan, person); }

Cover cover_of(const State& state, const ChildId& child, Ms now) {
    Cover cover;
    const auto found = state.directory.children.find(child);
    if (found == state.directory.children.end() || !school_is_on(state.rota)) return cover;
    const ChildPlan& plan = found->second;
    const Swap* swap = swap_of(state, child, now);
    const auto adult = std::ranges::find_if(plan.adults, [&](const PersonId& person) { return can_cover(state, plan, person, now); });
    if (adult != plan.adults.end()) cover.by = *adult;
    if (cover.by.empty() && swap != nullptr && swap_holds(state, plan, *swap, now)) {
        cover.by = swap->person;
        cover.swap = true;
    }
    if (cover.by.empty()) {
        cover.by = supply_now(state, plan, now);
        cover.swap = !cover.by.empty();
    }
    cover.gap_from = cover.by.empty() ? now : predicted_gap(state, plan, swap, now);
    return cover;
}

std::vector<Fact> follow_cover(const State& state, const Event& event) {
    std::vector<Fact> list;
    if (state.rota.imported_at == 0) return list;  // a site without a timetable: nobody knows when children are here
    Concerned concerned{state, {}};
    visit(concerned, event.fact);
    if (concerned.everybody) {
        follow_everybody(state, event.at, list);
    } else {
        for (const ChildId& child : concerned.children) follow_child(state, child, event.at, list);
    }
    return list;
}

bool sees_gaps(const State& state, const Device& device) {
    if (!is_in(device) || device.kind != DeviceKind::handset || device.signed_in.empty() || device.locked) return false;
    const auto person = state.directory.people.find(device.signed_in);
    return person != state.directory.people.end() && has_role(person->second, Role::duty_lead);
}

bool sees_gaps(const Person& leader) {
    return std::ranges::any_of(leader.roles, [](Role role) { return role == Role::duty_lead || role == Role::dsl || role == Role::senco || role == Role::head; });
}

}  // namespace attune::core
