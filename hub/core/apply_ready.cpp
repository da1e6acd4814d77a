// Folding events about readiness and drills.
#include "hub/core/apply_ready.hpp"

#include "hub/core/ready_rules.hpp"

namespace attune::core {

namespace {

using ReadyKey = std::tuple<Ms, ReadyDue, std::uint64_t, DeviceId>;

void arm(State& state, Ms& due, Ms at, ReadyDue kind, CallId call = {}, const DeviceId& device = {}) {
    if (due != 0) state.ready_due.erase(ReadyKey{due, kind, call.value, device});
    due = at;
    if (due != 0) state.ready_due.insert(ReadyKey{due, kind, call.value, device});
}

void strike(State& state, const DeviceId& device) {
    const auto item = state.readiness.items.find(device);
    if (item == state.readiness.items.end()) return;
    arm(state, item->second.look_due, 0, ReadyDue::look, {}, device);
    state.readiness.items.erase(item);
}

void proven(State& state, const DeviceId& device, Ms at) {
    ReadyMark& mark = state.readiness.marks[device];
    mark.proven_at = at;
    mark.testing_until = 0;
    if (const auto found = state.devices.find(device); found != state.devices.end() && is_alive(found->second)) strike(state, device);
}

void pressed(State& state, const Event& event) {
    if (!event.device.empty() && state.devices.contains(event.device)) state.readiness.marks[event.device].pressed_at = event.at;
    if (!event.actor.empty()) state.readiness.pressed[event.actor] = event.at;
}

void drill_ended(State& state, CallId call) {
    const auto drill = state.readiness.drills.find(call);
    if (drill == state.readiness.drills.end()) return;
    arm(state, drill->second, 0, ReadyDue::drill, call);
    state.readiness.drills.erase(drill);
}

struct Beside {
    State& state;
    const Event& event;

    void operator()(const CallRaised& fact) {
        pressed(state, event);
        if (fact.drill_due != 0) arm(state, state.readiness.drills[CallId{event.seq}], fact.drill_due, ReadyDue::drill, CallId{event.seq});
    }
    void operator()(const LevelRaised&) { pressed(state, event); }
    void operator()(const PressRepeated&) { pressed(state, event); }
    void operator()(const CallClosed& fact) { drill_ended(state, fact.call); }
    void operator()(const CallWithdrawn& fact) { drill_ended(state, fact.call); }
    void operator()(const HandsetProven& fact) {
        if (fact.heard) proven(state, fact.device, event.at);
    }
    void operator()(const DeviceHealthChanged& fact) {
        const auto device = state.devices.find(fact.device);
        if (device != state.devices.end() && is_ready(state, device->second)) strike(state, fact.device);
    }
    void operator()(const DeviceRevoked& fact) { out(fact.device); }
    void operator()(const DeviceRefused& fact) { out(fact.device); }
    void operator()(const PersonRemoved& fact) {
        for (auto& [device, item] : state.readiness.items) item.tried.erase(fact.person);
        state.readiness.pressed.erase(fact.person);
        state.readiness.looks.erase(fact.person);
    }
    template <class Fact_>
    void operator()(const Fact_&) {}

    void out(const DeviceId& device) {
        strike(state, device);
        state.readiness.marks.erase(device);
    }
};

}  // namespace

void fold_readiness(State& state, const Event& event) { visit(Beside{state, event}, event.fact); }

void apply_ready(State& state, const Event&, const ReadyDayBegan& fact) {
    Readiness& ready = state.readiness;
    const bool same = ready.day.from == fact.from && ready.day.to_due != 0;
    arm(state, ready.day.list_due, fact.list_due, ReadyDue::list);
    arm(state, ready.day.to_due, fact.to_due, ReadyDue::day);
    ready.day.list_at = fact.list_due;
    ready.day.bell = fact.bell;
    if (same) return;
    ready.day.from = fact.from;
    ready.day.listed = false;
    ready.looks.clear();
    while (!ready.items.empty()) strike(state, ready.items.begin()->first);
}

void apply_ready(State& state, const Event&, const ReadyDayEnded&) { arm(state, state.readiness.day.to_due, 0, ReadyDue::day); }

void apply_ready(State& state, const Event&, const ReadyListed&) {
    arm(state, state.readiness.day.list_due, 0, ReadyDue::list);
    state.readiness.day.listed = true;
}

void apply_ready(State& state, const Event& event, const DeviceNotReady& fact) {
    ReadyItem& item = state.readiness.items[fact.device];
    item.why = fact.why;
    if (item.listed_at == 0) item.listed_at = event.at;
}

void apply_ready(State& state, const Event&, const RunnerNamed& fact) {
    const auto found = state.readiness.items.find(fact.device);
    if (found == state.readiness.items.end()) return;
    ReadyItem& item = found->second;
    item.runner = fact.person;
    item.named_by = fact.by;
    item.goes = false;
    if (!fact.person.empty()) ++state.readiness.looks[fact.person];
    arm(state, item.look_due, fact.look_due, ReadyDue::look, {}, fact.device);
}

void apply_ready(State& state, const Event&, const RunnerGoes& fact) {
    const auto item = state.readiness.items.find(fact.device);
    if (item != state.readiness.items.end()) item->second.goes = true;
}

void apply_ready(State& state, const Event&, const RunnerOverdue& fact) {
    const auto found = state.readiness.items.find(fact.device);
    if (found == state.readiness.items.end()) return;
    ReadyItem& item = found->second;
    arm(state, item.look_due, 0, ReadyDue::look, {}, fact.device);
    item.tried.insert(item.runner);
    item.runner = {};
    item.named_by = {};
    item.goes = false;
    item.late = true;
}

void apply_ready(State& state, const Event& event, const DeviceProven& fact) {
    proven(state, fact.device, event.at);
    const auto device = state.devices.find(fact.device);
    if (state.readiness.site_drill && device != state.devices.end() && stands_for_its_place(device->second.kind))
        state.readiness.site_drill->pressed.insert(device->second.place);
}

void apply_ready(State& state, const Event& event, const TestNotThrough& fact) {
    state.readiness.marks[fact.device].failed_at = event.at;
    if (const auto item = state.readiness.items.find(fact.device); item != state.readiness.items.end()) item->second.why = NotReady::not_through;
}

void apply_ready(State& state, const Event&, const StationTested& fact) { state.readiness.marks[fact.device].testing_until = fact.until; }

void apply_ready(State& state, const Event& event, const DeviceExcused& fact) {
    ReadyMark& mark = state.readiness.marks[fact.device];
    mark.excused_at = event.at;
    mark.excused_by = fact.person;
    mark.excuse = fact.why;
    strike(state, fact.device);
}

void apply_ready(State& state, const Event& event, const SiteDrillStarted& fact) {
    state.readiness.site_drill = SiteDrill{fact.by, event.at, 0, {}};
    arm(state, state.readiness.site_drill->over_due, fact.over_due, ReadyDue::site);
}

void apply_ready(State& state, const Event&, const SiteDrillEnded&) {
    if (!state.readiness.site_drill) return;
    arm(state, state.readiness.site_drill->over_due, 0, ReadyDue::site);
    state.readiness.site_drill.reset();
}

}  // namespace attune::core
