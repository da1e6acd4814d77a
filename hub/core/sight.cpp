// The audience asked again, event by event.
#include "hub/core/sight.hpp"

namespace attune::core {

void Sights::happened(const State& state, const Event& event) {
    const auto device = state.devices.find(device_);
    if (device == state.devices.end()) return;
    known_ = true;
    for (const auto& [id, call] : state.calls) {
        const Seer seer = seer_of(state, call, device->second);
        if (seer.relation == Relation::none) continue;
        Sight& sight = calls_[id];
        if (sight.first_seq == 0) {
            sight.first_seq = event.seq;
            sight.first_wall = event.wall;
            sight.place = call.place;
        }
        sight.level = call.level;
        sight.last_seq = event.seq;
        sight.last_wall = event.wall;
        sight.relations.insert(seer.relation);
        if (seer.sees_helps || seer.sees_child) sight.children.insert(call.child);
        if (!device->second.signed_in.empty()) sight.people.insert(device->second.signed_in);
    }
}

}  // namespace attune::core
