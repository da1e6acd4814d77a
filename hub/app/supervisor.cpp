// Three missed beats are a silent device; a beat again, and it is back.
#include "hub/app/supervisor.hpp"

#include "hub/core/call_rules.hpp"

namespace attune::app {

namespace {

constexpr std::uint64_t battery_low_percent = 15;
constexpr Ms silent_after_ms = protocol::limits::silent_after_ms;

bool is_up(core::Health health) {
    return health == core::Health::healthy || health == core::Health::degraded;
}

}  // namespace

std::set<core::Fault> faults_of(const protocol::Evidence& evidence, core::DeviceKind kind) {
    std::set<core::Fault> faults;
    const bool sounds = kind == core::DeviceKind::handset || kind == core::DeviceKind::station;
    const bool shows = sounds || kind == core::DeviceKind::board;
    if (shows && !evidence.visible) faults.insert(core::Fault::hidden);
    if (sounds && !evidence.sound) faults.insert(core::Fault::sound_locked);
    if (shows && !evidence.wake_lock) faults.insert(core::Fault::screen_may_sleep);
    const bool charging = evidence.charging.value_or(false);
    if (evidence.battery_percent && *evidence.battery_percent <= battery_low_percent && !charging)
        faults.insert(core::Fault::battery_low);
    if (!evidence.button.value_or(true)) faults.insert(core::Fault::no_button);
    return faults;
}

void Supervisor::start() {
    const Ms now = clock_.monotonic_ms();
    for (const auto& [id, device] : engine_.state().devices) {
        if (!is_up(device.health)) continue;
        Watch& watch = watches_[id];
        watch.last_beat = now;
        arm(id, watch, now + silent_after_ms);
    }
}

void Supervisor::arm(const core::DeviceId& device, Watch& watch, Ms due) {
    if (watch.due != 0) checks_.erase({watch.due, device});
    watch.due = due;
    if (due != 0) checks_.insert({due, device});
}

void Supervisor::beat(const core::DeviceId& device, const std::optional<protocol::Evidence>& evidence) {
    const auto found = engine_.state().devices.find(device);
    if (found == engine_.state().devices.end() || !core::is_in(found->second)) return;
    Watch& watch = watches_[device];
    watch.last_beat = clock_.monotonic_ms();
    if (watch.due == 0) arm(device, watch, watch.last_beat + silent_after_ms);
    if (evidence) watch.faults = faults_of(*evidence, found->second.kind);
    const std::set<core::Fault>& faults = watch.faults ? *watch.faults : found->second.faults;
    if (is_up(found->second.health) && faults == found->second.faults) return;
    engine_.submit(core::ReportHealth{device, true, faults}, core::Principal{});
}

std::optional<Ms> Supervisor::next_check() const {
    if (checks_.empty()) return std::nullopt;
    return checks_.begin()->first;
}

void Supervisor::check() {
    const Ms now = clock_.monotonic_ms();
    while (!checks_.empty() && checks_.begin()->first <= now) {
        const core::DeviceId device = checks_.begin()->second;
        Watch& watch = watches_[device];
        // Beats only note their time; the check itself moves on with them.
        if (watch.last_beat + silent_after_ms > now) {
            arm(device, watch, watch.last_beat + silent_after_ms);
            continue;
        }
        arm(device, watch, 0);
        watch.faults.reset();
        engine_.submit(core::ReportHealth{device, false, {}}, core::Principal{});
    }
}

}  // namespace attune::app
