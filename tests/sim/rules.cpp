// The rules of a call, said a second time.
#include "tests/sim/rules.hpp"

#include <algorithm>
#include <optional>

namespace attune::sim::rules {

using core::Group;

namespace {

bool holds(const core::Person& person, core::Role role) { return std::ranges::find(person.roles, role) != person.roles.end(); }

bool near(const core::State& state, const core::PlaceId& one, const core::PlaceId& other) {
    const auto a = state.directory.places.find(one), b = state.directory.places.find(other);
    if (a == state.directory.places.end() || b == state.directory.places.end()) return false;
    return !a->second.zone.empty() && a->second.zone == b->second.zone;
}

bool named(const core::State& state, const core::Call& call, Group group, const core::Person& person) {
    std::vector<core::PersonId> order;
    if (const auto child = state.directory.children.find(call.child); child != state.directory.children.end()) order = child->second.adults;
    const auto rank = std::ranges::find(order, person.id) - order.begin();
    const bool in_order = rank != static_cast<std::ptrdiff_t>(order.size());
    switch (group) {
        case Group::named_adult: return in_order && rank == 0;
        case Group::alternates: {
            if (in_order) return rank > 0;
            const auto supply = state.supplies.find(person.id);  // for today, behind the child's own
            return supply != state.supplies.end() && std::ranges::find(order, supply->second.covers) != order.end();
        }
        case Group::nearest: return holds(person, core::Role::responder) && near(state, person.base, call.place);
        case Group::responders: return holds(person, core::Role::responder);
        case Group::calm_space: return holds(person, core::Role::calm_space);
        case Group::duty_lead: return holds(person, core::Role::duty_lead);
        case Group::everyone: return true;
        case Group::station: break;
    }
    return false;
}

}  // namespace

namespace {

/// What the timetable says of them at the last bell; nothing between its times.
std::optional<core::SlotKind> due_to(const core::State& state, const core::PersonId& person, core::Ms at) {
    const auto slots = state.rota.slots.find(person);
    if (slots == state.rota.slots.end()) return std::nullopt;
    for (const core::Slot& slot : slots->second)
        if (slot.from <= at && at < slot.to) return slot.kind;
    return std::nullopt;
}

/// But for the timetable.
bool is_there(const core::State& state, const core::PersonId& person, core::Ms now) {
    const auto duty = state.duties.find(person);
    if (duty == state.duties.end()) return false;
    const auto device = state.devices.find(duty->second.device);
    if (device == state.devices.end() || device->second.signed_in != person || !device->second.proven || !can_sound(device->second)) return false;
    if (device->second.faults.contains(core::Fault::hidden)) return false;
    for (const auto& [id, call] : state.calls)
        if (!call.drill && is_on_it(call, person)) return false;
    for (const auto& [id, visit] : state.visits) {
        const bool visitor = visit.step == core::VisitStep::here || visit.step == core::VisitStep::ready;
        const auto space = state.spaces.find(visit.space);
        if (visitor && space != state.spaces.end() && space->second.adults.contains(person)) return false;
    }
    const core::Duty& said = duty->second;
    if (said.declared == core::Declared::with_child) return false;
    return said.declared == core::Declared::free || said.until <= now;
}

}  // namespace

bool is_free(const core::State& state, const core::PersonId& person, core::Ms now) {
    return is_there(state, person, now) && due_to(state, person, state.rota.rung_at).value_or(core::SlotKind::here) == core::SlotKind::here;
}

bool may_be_asked(const core::State& state, const core::ChildId& child, const core::PersonId& person, core::Ms now) {
    if (is_free(state, person, now)) return true;
    const auto plan = state.directory.children.find(child);
    if (plan == state.directory.children.end() || !plan->second.interruptible) return false;
    if (std::ranges::find(plan->second.adults, person) == plan->second.adults.end()) return false;
    return is_there(state, person, now) && due_to(state, person, state.rota.rung_at) == core::SlotKind::teaching;
}

bool school_is_on(const core::State& state) {
    return std::ranges::any_of(state.rota.days, [&](const core::SchoolDay& day) { return day.sign_in_by <= state.rota.rung_at && state.rota.rung_at < day.to; });
}

bool has_somebody(const core::State& state, const core::ChildPlan& plan, core::Ms now) {
    if (std::ranges::any_of(plan.adults, [&](const core::PersonId& adult) { return may_be_asked(state, plan.id, adult, now); })) return true;
    for (const auto& [person, supply] : state.supplies)
        if (std::ranges::find(plan.adults, supply.covers) != plan.adults.end() && may_be_asked(state, plan.id, person, now)) return true;
    const auto swap = state.rota.swaps.find(plan.id);
    if (swap == state.rota.swaps.end() || swap->second.until <= now || !state.directory.people.contains(swap->second.person)) return false;
    const core::PersonId& person = swap->second.person;
    const auto duty = state.duties.find(person);
    if (duty != state.duties.end() && !duty->second.device.empty()) return may_be_asked(state, plan.id, person, now);
    return due_to(state, person, now).value_or(core::SlotKind::here) == core::SlotKind::here;
}

bool an_equal_was_asked(const core::State& state, const core::Call& call, const core::PersonId& person, core::Ms now) {
    const auto& tiers = call.policy[call.level - 1].tiers;
    if (call.level != 1 || call.tier == 0 || call.tier > tiers.size()) return false;
    for (const Group group : tiers[call.tier - 1].who) {
        if (group != Group::nearest && group != Group::responders && group != Group::calm_space && group != Group::duty_lead) continue;
        const std::set<core::PersonId> equals = named_by(state, call, {{group}, 0});
        if (!equals.contains(person)) continue;
        const bool waits = std::ranges::any_of(call.offers, [&](const auto& offer) {
            return equals.contains(offer.first) && !offer.second.declined && !is_on_it(call, offer.first) && may_be_asked(state, call.child, offer.first, now);
        });
        if (!waits) return false;
    }
    return !named_up_to(state, call, call.tier - 1).contains(person);
}

bool asks_for_adults(const core::Call& call) { return call.owner.empty() || call.helper_wanted || (call.owner_late && !call.arrived); }

std::set<core::PersonId> named_by(const core::State& state, const core::Call& call, const core::Tier& tier) {
    std::set<core::PersonId> people;
    for (const auto& [id, person] : state.directory.people)
        for (const Group group : tier.who)
            if (named(state, call, group, person)) people.insert(id);
    return people;
}

std::set<core::PersonId> named_up_to(const core::State& state, const core::Call& call, std::uint32_t last) {
    std::set<core::PersonId> people;
    const auto& tiers = call.policy[call.level - 1].tiers;
    for (std::uint32_t tier = 0; tier < last && tier < tiers.size(); ++tier) people.merge(named_by(state, call, tiers[tier]));
    return people;
}

bool is_on_it(const core::Call& call, const core::PersonId& person) { return call.owner == person || call.helpers.contains(person); }

/// Duty leads see every open call, and of drills those that go the whole way.
bool leads_here(const core::State& state, const core::Call& call, const core::PersonId& person) {
    if (call.practice != core::Practice::none && call.practice != core::Practice::drill) return false;
    const auto found = state.directory.people.find(person);
    return found != state.directory.people.end() && std::ranges::find(found->second.roles, core::Role::duty_lead) != found->second.roles.end();
}

Sight sight(const core::State& state, const core::Call& call, const core::Device& device) {
    if (device.health == core::Health::revoked) return {};
    if (device.kind == core::DeviceKind::station) return {true, false};
    if (device.kind == core::DeviceKind::room || device.kind == core::DeviceKind::calm_space) return {device.place == call.place && call.talk.value == 0, false};
    if (device.kind == core::DeviceKind::kiosk) return {};
    const bool raised_here = device.id == call.raised_by;
    const core::PersonId& person = device.signed_in;
    if (person.empty()) return {raised_here, false};
    bool named_for_child = false;
    if (const auto child = state.directory.children.find(call.child); child != state.directory.children.end())
        named_for_child = std::ranges::find(child->second.adults, person) != child->second.adults.end();
    const bool knows_child = !call.child.empty() && !device.locked;
    if (is_on_it(call, person)) return {true, knows_child};
    if (const auto offer = call.offers.find(person); offer != call.offers.end()) {
        const bool may_come = asks_for_adults(call) || (call.level == 3 && !call.arrived);
        if (!offer->second.declined && may_come) return {true, knows_child && named_for_child};
        if (offer->second.declined && call.owner.empty()) return {true, false};
    }
    return {raised_here || leads_here(state, call, person), false};
}

bool can_sound(const core::Device& device) {
    const bool beats = device.health == core::Health::healthy || device.health == core::Health::degraded;
    return beats && !device.faults.contains(core::Fault::sound_locked);
}

core::Ms time_to_the_station(const core::Call& call) {
    core::Ms sum = 0;
    for (const core::Tier& tier : call.policy[call.level - 1].tiers) {
        if (std::ranges::find(tier.who, Group::station) != tier.who.end()) break;
        sum += tier.accept_ms;
    }
    return sum;
}

}  // namespace attune::sim::rules
