// What readiness and drills promise.
#include "tests/sim/ready_auditor.hpp"

#include <algorithm>

#include "tests/sim/auditor.hpp"
#include "tests/sim/rules.hpp"

namespace attune::sim {

namespace {

constexpr const char* listed_rule = "R1 what is not ready is listed before the bell";
constexpr const char* runner_rule = "R2 what is listed is somebody's";
constexpr const char* real_rule = "R3 a drill never delays or hides a real call";
constexpr const char* path_rule = "R4 ready means proven through the real path";
constexpr const char* end_rule = "R5 a drill ends by itself";

/// A kiosk and a board carry no call; whoever waits for a second person is not one of the school's yet.
bool must_be_proven(const core::Device& device) {
    const bool in = device.health != core::Health::revoked && device.approval != core::Approval::waiting;
    return in && device.kind != core::DeviceKind::kiosk && device.kind != core::DeviceKind::board;
}

bool alive(const core::Device& device) { return device.health == core::Health::healthy || device.health == core::Health::degraded; }

bool waits_for_people(const core::Call& call) { return !call.drill && (rules::asks_for_adults(call) || !call.arrived); }

}  // namespace

void ReadyAuditor::event(const core::State& state, const core::Event& event) {
    const auto sounded = [&](core::CallId id) {
        if (const auto test = tests_.find(id); test != tests_.end()) test->second.sounded = true;
    };
    if (const auto* began = get_if<core::ReadyDayBegan>(&event.fact)) {
        if (day_from_ != began->from) listed_at_ = 0;
        day_from_ = began->from;
    } else if (holds_alternative<core::ReadyListed>(event.fact)) {
        listed_at_ = event.at;
        fell_silent_.clear();
    } else if (const auto* raised = get_if<core::CallRaised>(&event.fact)) {
        const bool returns = raised->practice == core::Practice::test || raised->practice == core::Practice::site;
        if (raised->drill) tests_[{event.seq}] = {raised->device, returns, false, event.at};
    } else if (const auto* alerted = get_if<core::CallAlerted>(&event.fact)) {
        sounded(alerted->call);
    } else if (const auto* accepted = get_if<core::CallAccepted>(&event.fact)) {
        sounded(accepted->call);
    } else if (const auto* withdrawn = get_if<core::CallWithdrawn>(&event.fact)) {
        tests_.erase(withdrawn->call);
    } else if (const auto* closed = get_if<core::CallClosed>(&event.fact)) {
        tests_.erase(closed->call);
    } else {
        of_device(state, event);
    }
}

void ReadyAuditor::of_device(const core::State& state, const core::Event& event) {
    if (const auto* tested = get_if<core::StationTested>(&event.fact)) {
        station_tests_[tested->device] = tested->until;
    } else if (const auto* heard = get_if<core::HandsetProven>(&event.fact)) {
        if (heard->heard) proven_[heard->device] = event.at;
    } else if (const auto* excused = get_if<core::DeviceExcused>(&event.fact)) {
        require(!excused->person.empty() && excused->person == event.actor, path_rule, excused->device.value.str() + " was let be by nobody");
        excused_[excused->device] = event.at;
    } else if (const auto* enrolled = get_if<core::DeviceEnrolled>(&event.fact)) {
        came_[enrolled->device.id] = event.at;
    } else if (const auto* approved = get_if<core::DeviceApproved>(&event.fact)) {
        came_[approved->device] = event.at;
    } else if (const auto* health = get_if<core::DeviceHealthChanged>(&event.fact)) {
        if (health->health == core::Health::silent && event.at >= state.readiness.day.bell) fell_silent_.insert(health->device);
    } else if (const auto* proven = get_if<core::DeviceProven>(&event.fact)) {
        require(event.device == proven->device, path_rule, "another device spoke for " + proven->device.value.str());
        const bool came = std::ranges::any_of(tests_, [&](const auto& entry) { return entry.second.device == proven->device && entry.second.returns && entry.second.sounded; });
        const bool room = proven->how == core::Proof::came_back;
        require(!room || came, path_rule, proven->device.value.str() + " counts as proven and nothing has sounded for it");
        require(room || station_tests_[proven->device] > event.at, path_rule, proven->device.value.str() + " was heard and did not sound");
        proven_[proven->device] = event.at;
    }
}

void ReadyAuditor::step_ended(const core::State& state, const std::vector<core::Event>& step) const {
    const core::Ms now = step.back().at;
    const bool wanted = std::ranges::any_of(state.calls, [](const auto& entry) { return waits_for_people(entry.second); });
    for (const auto& [id, call] : state.calls) {
        require(call.drill == tests_.contains(id), real_rule, "a call changed between drill and real");
        require(!wanted || !call.drill, real_rule, "a drill goes on while people are waited for");
    }
    require(!wanted || !state.readiness.site_drill, real_rule, "the school practises while people are waited for");
    const auto due = core::next_deadline(state);
    const bool settled = !due || *due > now;  // else the end of a break falls due in this very moment
    for (const auto& [id, item] : state.readiness.items) {
        require(item.runner.empty() == (item.look_due == 0), runner_rule, id.value.str() + " is somebody's and nobody watches whether they get to it");
        if (!item.runner.empty() || !settled) continue;
        for (const auto& [person, duty] : state.duties)
            require(!state.directory.people.contains(person) || !rules::is_free(state, person, now), runner_rule, id.value.str() + " is nobody's, and " + person.value.str() + " is free");
    }
    if (listed_at_ == 0) return;
    const auto today = [&](const std::map<core::DeviceId, core::Ms>& times, const core::DeviceId& id) {
        const auto at = times.find(id);
        return at != times.end() && at->second >= day_from_;
    };
    for (const auto& [id, device] : state.devices) {
        const auto came = came_.find(id);
        // Whoever came to the school after the list was made is not on it.
        if (!must_be_proven(device) || (came != came_.end() && came->second >= listed_at_)) continue;
        const bool fine = (today(proven_, id) && (alive(device) || fell_silent_.contains(id))) || today(excused_, id);
        require(fine || state.readiness.items.contains(id), listed_rule, id.value.str() + " is not ready, and on no list");
    }
}

void ReadyAuditor::punctual(const core::State& state, core::Ms now) const {
    const core::ReadyDay& day = state.readiness.day;
    if (day.to_due != 0 && day.list_at != 0 && now >= day.list_at) require(day.listed && listed_at_ != 0, listed_rule, "it is time, and there is no list");
    for (const auto& [id, test] : tests_) require(now - test.raised_at < state.directory.policy.drill_ms, end_rule, "call " + std::to_string(id.value) + " is practised for ever");
}

}  // namespace attune::sim
