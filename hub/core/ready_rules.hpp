// Small questions about readiness and drills that deciding, folding, reacting and the audience all ask. One place, so that
// they can't differ.
#pragma once

#include <vector>

#include "hub/core/call_rules.hpp"

namespace attune::core {

/// What has to be proven each morning. A kiosk and a board carry no call.
inline bool needs_proof(const Device& device) {
    return is_in(device) && device.kind != DeviceKind::kiosk && device.kind != DeviceKind::board;
}

inline ReadyMark mark_of(const State& state, const DeviceId& id) {
    const auto mark = state.readiness.marks.find(id);
    return mark == state.readiness.marks.end() ? ReadyMark{} : mark->second;
}

inline bool proven_today(const State& state, const DeviceId& id) {
    const auto mark = state.readiness.marks.find(id);
    return mark != state.readiness.marks.end() && mark->second.proven_at != 0 && mark->second.proven_at >= state.readiness.day.from;
}

/// A person has let it be for today, with a reason.
inline bool excused_today(const State& state, const DeviceId& id) {
    const auto mark = state.readiness.marks.find(id);
    return mark != state.readiness.marks.end() && mark->second.excused_at != 0 && mark->second.excused_at >= state.readiness.day.from;
}

inline bool is_alive(const Device& device) { return device.health == Health::healthy || device.health == Health::degraded; }

/// Proven today through the real path, and alive now.
inline bool is_ready(const State& state, const Device& device) { return proven_today(state, device.id) && is_alive(device); }

/// Somebody is waited for: while this is so, nobody practises.
inline bool needs_people(const Call& call) { return !call.drill && call.open() && (wants_adults(call) || !call.arrived); }
bool somebody_is_called_for(const State& state);

inline bool can_sound(const Device& device) { return is_alive(device) && !device.faults.contains(Fault::sound_locked); }

/// Whom a test of the day sounds at: a station, and where none can sound those who lead. Never the whole school.
std::vector<Tier> tiers_of_test(const State& state);

/// The day's list and bell out of the timetable, or out of what the site's clock says where there is none.
ReadyDay day_of(const State& state, Ms from, Ms list_at, Ms bell, Ms to);

/// Who is asked to look at this device: its own adult for a handset; else of those who are free whoever was asked and
/// has carried least today, near before far. Empty: nobody.
PersonId runner_for(const State& state, const Device& device, const ReadyItem& item, Ms now);

/// Of those who are free whoever has carried least today; not `but`. Empty: nobody.
PersonId partner_for(const State& state, const PersonId& but, const PlaceId& place, Ms now);

/// Rooms that a site's drill asks.
std::vector<PlaceId> rooms_of_drill(const State& state);

/// What follows an event as far as readiness and drills go: a real call ends every drill at once.
std::vector<Fact> react_ready(const State& state, const Event& event);

/// What is due first of the day, the list and the drills, once its instant has come.
std::vector<Fact> ready_overdue(const State& state, Ms late_by, Ms now);

/// Beside what else an event does: presses, proofs by a duty's start, devices that are out, calls that ended. Total.
void fold_readiness(State& state, const Event& event);

}  // namespace attune::core
