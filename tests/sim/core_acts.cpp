// What every deed in the bare core's world may ask for.
#include "tests/sim/core_acts.hpp"

namespace attune::sim {

std::vector<core::DeviceId> Acts::devices(core::DeviceKind kind) const {
    std::vector<core::DeviceId> ids;
    for (const auto& [id, device] : state.devices)
        if (device.kind == kind) ids.push_back(id);
    return ids;
}

core::PersonId Acts::some_person() const {
    if (state.directory.people.empty() || random.chance(20)) return {"nobody"};
    return random.pick(state.directory.people).first;
}

}  // namespace attune::sim
