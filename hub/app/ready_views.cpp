// What is not ready and whose it is, a device's own test, and where nobody has ever pressed.
#include "hub/app/ready_views.hpp"

#include <algorithm>

#include "hub/core/ready_rules.hpp"

namespace attune::app {

namespace {

constexpr std::size_t items_max = 24, rooms_waiting_max = 24, never_max = 48;

static_assert(static_cast<int>(core::NotReady::silent) == static_cast<int>(protocol::NotReadyWhy::silent));

std::optional<core::Ms> unless_zero(core::Ms at) { return at == 0 ? std::nullopt : std::optional(at); }

protocol::ReadyItem item_view(const core::State& state, const core::Device& device, const core::ReadyItem& item, const core::PersonId& mine) {
    protocol::ReadyItem view;
    view.device = cut(device.id.value, 32);
    view.kind = wire_kind(device.kind);
    view.label = cut(device.label, 64);
    if (const auto place = state.directory.places.find(device.place); place != state.directory.places.end()) {
        view.place_name = cut(place->second.name, 64);
        if (!place->second.route_hint.empty()) view.route_hint = cut(place->second.route_hint, 120);
    }
    view.why = static_cast<protocol::NotReadyWhy>(static_cast<int>(item.why));
    view.listed_at = item.listed_at;
    if (!item.runner.empty()) {
        view.runner = short_name_of(state, item.runner);
        view.runner_person = cut(item.runner.value, 32);
    }
    view.goes = item.goes;
    view.late = item.late;
    view.mine = !mine.empty() && item.runner == mine;
    return view;
}

protocol::SiteDrillView drill_view(const core::State& state, const core::SiteDrill& drill) {
    protocol::SiteDrillView view;
    view.started_at = drill.started_at;
    view.until = drill.over_due;
    view.by = short_name_of(state, drill.by);
    for (const core::PlaceId& place : core::rooms_of_drill(state)) {
        ++view.rooms;
        if (drill.pressed.contains(place)) ++view.pressed;
        else if (view.waiting.size() < rooms_waiting_max) view.waiting.push_back(place_name(state, place));
    }
    return view;
}

/// Whose it is nobody's first, then what was asked of somebody already, then the oldest.
int shown_at(const core::ReadyItem& item) { return item.runner.empty() ? 0 : item.late ? 1 : item.goes ? 3 : 2; }

}  // namespace

protocol::ReadinessView readiness_view(const core::State& state, Whole whole, const core::PersonId& mine) {
    protocol::ReadinessView view;
    const core::Readiness& ready = state.readiness;
    for (const auto& [id, device] : state.devices) {
        if (whole == Whole::no || !core::needs_proof(device)) continue;
        ++view.total;
        if (core::is_ready(state, device)) ++view.ready;
        else if (core::excused_today(state, id)) ++view.excused;
    }
    view.listed = ready.day.listed;
    view.list_at = unless_zero(ready.day.list_at);
    view.bell = unless_zero(ready.day.bell);
    if (ready.site_drill) view.drill = drill_view(state, *ready.site_drill);
    if (view.drill && whole == Whole::no) view.drill->waiting.clear();
    std::vector<std::tuple<int, core::Ms, const core::Device*, const core::ReadyItem*>> order;
    for (const auto& [id, item] : ready.items)
        if (const auto device = state.devices.find(id); device != state.devices.end() && (whole == Whole::yes || (!mine.empty() && item.runner == mine)))
            order.emplace_back(shown_at(item), item.listed_at, &device->second, &item);
    std::ranges::sort(order, {}, [](const auto& entry) { return std::tuple(std::get<0>(entry), std::get<1>(entry), std::get<2>(entry)->id); });
    for (const auto& [at, listed_at, device, item] : order) {
        if (view.items.size() == items_max) ++view.items_more;
        else view.items.push_back(item_view(state, *device, *item, mine));
    }
    return view;
}

protocol::MyReadiness my_readiness(const core::State& state, const core::Device& device) {
    protocol::MyReadiness view;
    const core::ReadyMark mark = core::mark_of(state, device.id);
    if (core::proven_today(state, device.id)) view.proven_at = mark.proven_at;
    if (mark.failed_at != 0 && mark.failed_at >= state.readiness.day.from && mark.failed_at >= mark.proven_at) view.failed_at = mark.failed_at;
    view.excused = core::excused_today(state, device.id);
    view.listed = state.readiness.items.contains(device.id);
    if (mark.testing_until > state.last_at) view.testing_until = mark.testing_until;
    const bool room = core::stands_for_its_place(device.kind);
    if (state.readiness.site_drill && room) {
        view.drill_until = state.readiness.site_drill->over_due;
        view.pressed = state.readiness.site_drill->pressed.contains(device.place);
    }
    view.never_pressed = room && mark.pressed_at == 0;
    return view;
}

protocol::ReadinessReport readiness_report(const core::State& state) {
    protocol::ReadinessReport report;
    report.readiness = readiness_view(state, Whole::yes, {});
    for (const auto& [id, device] : state.devices) {
        if (!core::is_in(device) || !core::stands_for_its_place(device.kind) || core::mark_of(state, id).pressed_at != 0) continue;
        if (report.devices.size() < never_max) report.devices.push_back({cut(id.value, 32), wire_kind(device.kind), cut(device.label, 64)});
        else ++report.devices_more;
    }
    for (const auto& [id, duty] : state.duties) {
        const auto person = state.directory.people.find(id);
        if (person == state.directory.people.end() || state.readiness.pressed.contains(id)) continue;
        if (report.people.size() < never_max) report.people.push_back({cut(id.value, 32), cut(person->second.short_name, 32), cut(person->second.name, 64), !duty.pin.empty()});
        else ++report.people_more;
    }
    return report;
}

}  // namespace attune::app
