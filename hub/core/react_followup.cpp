// What must follow so that every call of level 2 or 3 leaves its set, whichever way it closed, and nothing owed is ever
// with somebody who has left.
#include <algorithm>
#include <array>

#include "hub/core/followup_rules.hpp"

namespace attune::core {

namespace {

using enum FollowupKind;
constexpr std::array set_of_two{child_repair, outcome_told, staff_debrief};
constexpr std::array set_of_three{child_repair, outcome_told, staff_debrief, parent_contact, class_reset, learning_review, plan_review, preventive_change};

bool is_at_school(const State& state, const PersonId& person) { return !person.empty() && state.directory.people.contains(person); }

/// The first of them who is at the school; empty: whoever leads.
PersonId first_here(const State& state, std::initializer_list<PersonId> people) {
    for (const PersonId& person : people)
        if (is_at_school(state, person)) return person;
    return {};
}

/// Whose lesson is on in that room.
PersonId teacher_in(const State& state, const PlaceId& place) {
    for (const auto& [person, slot] : state.rota.now)
        if (slot.kind == SlotKind::teaching && slot.place == place) return person;
    return {};
}

PersonId plans_reviewer(const State& state) {
    for (const auto& [id, person] : state.directory.people)
        if (has_role(person, Role::senco)) return id;
    return {};
}

/// A person pressed: the hub's own alarms and a child at a kiosk are told otherwise.
bool has_raiser(const State& state, const AfterCall& call) {
    const auto device = state.devices.find(call.raised_by);
    return device != state.devices.end() && device->second.kind != DeviceKind::kiosk;
}

PersonId owner_of(const State& state, const AfterCall& call, FollowupKind kind) {
    switch (kind) {
        case child_repair:
        case parent_contact: return first_here(state, {named_adult(state, call.child), call.owner});
        case class_reset: return first_here(state, {call.raiser, teacher_in(state, call.place), call.owner});
        case outcome_told: return first_here(state, {call.owner});
        case plan_review: return plans_reviewer(state);
        default: return {};
    }
}

/// Everybody who had a part in it, each once; an empty one stands for the adult of the room that pressed.
std::set<PersonId> debriefed(const State& state, const AfterCall& call) {
    std::set<PersonId> people;
    for (const PersonId& person : call.helpers)
        if (is_at_school(state, person)) people.insert(person);
    if (is_at_school(state, call.owner)) people.insert(call.owner);
    if (is_at_school(state, call.raiser)) people.insert(call.raiser);
    else if (has_raiser(state, call)) people.insert(PersonId{});
    return people;
}

struct FollowOwed {
    const State& state;
    const Event& event;
    const Ms now = event.at;

    Facts operator()(const CallClosed& fact) const {
        const auto call = state.after_calls.find(fact.call);
        return call == state.after_calls.end() || call->second.open != 0 ? Facts{} : open_set(state, call->second, now);
    }
    Facts operator()(const PersonRemoved&) const { return follow_people(); }
    Facts operator()(const SupplyEnded&) const { return follow_people(); }
    /// What was owed to the child has nobody to be kept with. Parents, staff and the class are still there.
    Facts operator()(const ChildRemoved& fact) const {
        Facts list;
        for (const auto& [id, followup] : state.followups) {
            const bool with_child = followup.kind == child_repair || followup.kind == adult_repair || followup.kind == plan_review;
            if (with_child && followup.child == fact.child) list.emplace_back(FollowupEnded{id, FollowupEnd::child_left, {}});
        }
        return list;
    }

    template <class Fact_>
    Facts operator()(const Fact_&) const {
        return {};
    }

private:
    /// Somebody has left the school: whoever leads has what was theirs. An adult's repair stays with the other adult.
    Facts follow_people() const {
        Facts list;
        for (const auto& [id, followup] : state.followups) {
            if (followup.owner.empty() || is_at_school(state, followup.owner)) continue;
            if (!is_private(followup.kind)) list.emplace_back(FollowupPassed{id, followup.owner, {}, FollowupPass::left_school});
            else if (is_at_school(state, followup.with)) list.emplace_back(FollowupPassed{id, followup.owner, followup.with, FollowupPass::left_school});
            else list.emplace_back(FollowupEnded{id, FollowupEnd::adults_left, {}});
        }
        return list;
    }
};

}  // namespace

std::span<const FollowupKind> set_of(std::uint32_t level) {
    if (level < 2) return {};
    return level == 2 ? std::span<const FollowupKind>(set_of_two) : std::span<const FollowupKind>(set_of_three);
}

Ms owed_by(const Rota& rota, FollowupKind kind, Ms now) {
    if (kind != learning_review && kind != plan_review && kind != preventive_change) return now + same_day_ms;
    const auto next = std::ranges::upper_bound(rota.days, now, {}, &SchoolDay::from);
    return rota.days.end() - next < review_school_days ? now + review_without_timetable_ms : (next + review_school_days - 1)->to;
}

Ms next_telling(const Rota& rota, Ms now) {
    const auto next = std::ranges::upper_bound(rota.days, now, {}, &SchoolDay::from);
    return next == rota.days.end() ? now + escalate_again_ms : std::max(next->from, next->sign_in_by);
}

PersonId named_adult(const State& state, const ChildId& child, const PersonId& but) {
    const auto plan = state.directory.children.find(child);
    if (plan == state.directory.children.end()) return {};
    const auto found = std::ranges::find_if(plan->second.adults, [&](const PersonId& person) { return person != but && is_at_school(state, person); });
    return found == plan->second.adults.end() ? PersonId{} : *found;
}

Facts open_set(const State& state, const AfterCall& call, Ms now) {
    Facts list;
    const auto open = [&](FollowupKind kind, const PersonId& with, std::uint32_t parent) {
        list.emplace_back(FollowupOpened{kind, call.id, call.child, owner_of(state, call, kind), with, parent, owed_by(state.rota, kind, now)});
    };
    for (const FollowupKind kind : set_of(call.level)) {
        if (kind == staff_debrief) {
            for (const PersonId& person : debriefed(state, call)) open(kind, person, 0);
        } else if (kind == parent_contact) {
            for (std::uint32_t parent = 1; parent <= parents_owed; ++parent) open(kind, {}, parent);
        } else if (kind != outcome_told || (has_raiser(state, call) && (call.raiser.empty() || call.raiser != call.owner))) {
            open(kind, {}, 0);
        }
    }
    return list;
}

std::vector<Fact> react_followup(const State& state, const Event& event) { return visit(FollowOwed{state, event}, event.fact); }

}  // namespace attune::core
