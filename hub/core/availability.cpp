// The state of an adult: the worst of what they declared, what the timetable says and what their handset proves. A
// handset that can't sound, is not in front or has not been proven makes its adult unreachable, whatever was declared.
#include <algorithm>

#include "hub/core/call_rules.hpp"
#include "hub/core/cover.hpp"
#include "hub/core/step.hpp"
#include "hub/core/supply_rules.hpp"

namespace attune::core {

namespace {

/// A low battery or a missing wake lock is shown to people but does not stop a handset from ringing now.
bool can_ring(const Device& device) {
    if (device.health != Health::healthy && device.health != Health::degraded) return false;
    return device.proven && !device.faults.contains(Fault::hidden) && !device.faults.contains(Fault::sound_locked);
}

const Slot* slot_of(const State& state, const PersonId& person) {
    if (state.rota.now.empty()) return nullptr;
    const auto slot = state.rota.now.find(person);
    return slot == state.rota.now.end() ? nullptr : &slot->second;
}

/// Nothing was heard of them today, and the time to sign in is over.
bool did_not_come(const State& state, Ms last_heard) { return school_is_on(state.rota) && last_heard < state.rota.today->from; }

/// Worst first. `duty` is null for whoever never had a handset.
Standing judge(const State& state, const PersonId& person, const Duty* duty, Ms now) {
    const Slot* slot = slot_of(state, person);
    const Ms imported = state.rota.imported_at;
    const auto by_timetable = [&](Availability is) { return Standing{is, Source::timetable, imported, slot->to, slot->place}; };
    if (slot != nullptr && slot->kind == SlotKind::absent) return by_timetable(Availability::absent);
    if (duty == nullptr || duty->device.empty()) {
        const Ms heard = duty == nullptr ? 0 : duty->since;
        // Only of those whom the timetable knows can it be said that they should be here.
        if (state.rota.slots.contains(person) && did_not_come(state, heard)) return {Availability::absent, Source::evidence, heard, 0, {}};
        return {Availability::signed_out, Source::evidence, heard, 0, {}};
    }
    if (!has_live_handset(state, *duty)) {
        const auto device = state.devices.find(duty->device);
        return {Availability::unreachable, Source::evidence, device == state.devices.end() ? duty->since : std::max(duty->since, device->second.health_since), 0, {}};
    }
    const auto declared = [&](Availability is, Ms until) { return Standing{is, Source::declared, duty->since, until, slot != nullptr ? slot->place : PlaceId{}}; };
    if (duty->declared == Declared::on_break && duty->until > now) return declared(Availability::on_break, duty->until);
    if (slot != nullptr && slot->kind == SlotKind::on_break) return by_timetable(Availability::on_break);
    if (duty->calls_owned > 0 || duty->declared == Declared::with_child || attends_visitor(state, person)) return declared(Availability::with_child, 0);
    if (duty->declared == Declared::recovering && duty->until > now) return declared(Availability::recovering, duty->until);
    if (slot != nullptr && slot->kind == SlotKind::teaching) return by_timetable(Availability::teaching);
    if (slot != nullptr) return by_timetable(Availability::free);
    return declared(Availability::free, 0);
}

}  // namespace

bool has_live_handset(const State& state, const Duty& duty) {
    if (duty.device.empty()) return false;
    const auto device = state.devices.find(duty.device);
    return device != state.devices.end() && can_ring(device->second);
}

Standing standing(const State& state, const PersonId& person, Ms now) {
    const auto duty = state.duties.find(person);
    return judge(state, person, duty == state.duties.end() ? nullptr : &duty->second, now);
}

Availability availability(const State& state, const PersonId& person, Ms now) { return standing(state, person, now).state; }

std::uint32_t carried_today(const State& state, const PersonId& person, Ms now) {
    const auto found = state.duties.find(person);
    if (found == state.duties.end()) return 0;
    const Duty& duty = found->second;
    return carried_is_old(state.rota, duty.carried_at, now) ? 0 : duty.carried;
}

}  // namespace attune::core
