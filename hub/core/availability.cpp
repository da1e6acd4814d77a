// The state of an adult: the worst of what they declared and what their handset proves. A handset that can't sound,
// is not in front or has not been proven makes its adult unreachable, whatever was declared.
#include "hub/core/step.hpp"

namespace attune::core {

namespace {

/// A low battery or a missing wake lock is shown to people but does not stop a handset from ringing now.
bool can_ring(const Device& device) {
    if (device.health != Health::healthy && device.health != Health::degraded) return false;
    return device.proven && !device.faults.contains(Fault::hidden) && !device.faults.contains(Fault::sound_locked);
}

}  // namespace

Availability availability(const State& state, const PersonId& person, Ms now) {
    const auto duty = state.duties.find(person);
    if (duty == state.duties.end() || duty->second.device.empty()) return Availability::signed_out;
    const auto device = state.devices.find(duty->second.device);
    if (device == state.devices.end() || !can_ring(device->second)) return Availability::unreachable;
    const Duty& said = duty->second;
    if (said.declared == Declared::on_break && said.until > now) return Availability::on_break;
    if (said.calls_owned > 0 || said.declared == Declared::with_child) return Availability::with_child;
    if (said.declared == Declared::recovering && said.until > now) return Availability::recovering;
    return Availability::free;
}

}  // namespace attune::core
