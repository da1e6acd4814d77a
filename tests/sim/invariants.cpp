// The ten invariants of a support call.
#include "tests/sim/invariants.hpp"

#include <algorithm>

#include "tests/sim/auditor.hpp"
#include "tests/sim/rules.hpp"

namespace attune::sim {

namespace {

using core::Call;
using core::Deadline;
using core::Ms;

std::string name(const Call& call) { return "call " + std::to_string(call.id.value) + " at " + call.place.value; }
Ms due(const Call& call, Deadline kind) { return call.due[static_cast<std::size_t>(kind)]; }

bool someone_may_answer(const core::State& state, const Call& call, Ms now) {
    return std::ranges::any_of(call.offers, [&](const auto& offer) {
        return !offer.second.declined && !rules::is_on_it(call, offer.first) && rules::may_be_asked(state, call.child, offer.first, now);
    });
}

}  // namespace

// 1. No silence. Every open call has an armed deadline or a sounding station.
void no_silence(const View& view) {
    for (const auto& [id, call] : view.state.calls) {
        if (call.practice == core::Practice::personal) continue;  // one adult, two minutes: ready_auditor
        const bool armed = std::ranges::any_of(call.due, [](Ms at) { return at != 0; });
        require(armed, "1 no silence", name(call) + " has no deadline");
        if (!rules::asks_for_adults(call)) {
            require(due(call, call.arrived ? Deadline::support : Deadline::arrive) != 0, "1 no silence", name(call) + " is owned and nobody watches whether they come or stay");
            continue;
        }
        require(due(call, Deadline::resound) != 0, "1 no silence", name(call) + " asks for adults and won't sound again");
        require(call.station_called || due(call, Deadline::accept) != 0 || due(call, Deadline::ring) != 0, "1 no silence", name(call) + " is stuck on a tier");
    }
}

// P4, the same in time: sounds again at least every resound_ms, the station within the sum of the tiers' times, and the
// room is told within not_delivered_ms that nothing has sounded.
void no_silence_in_time(const View& view) {
    const core::Policy& policy = view.state.directory.policy;
    for (const auto& [id, call] : view.state.calls) {
        for (const Ms at : call.due) require(at == 0 || at > view.now, "1 no silence", name(call) + " has a deadline in the past");
        const Story& story = view.stories.at(id);
        if (story.asks_since == 0 || call.practice == core::Practice::personal) continue;
        require(view.now - story.sounded_at <= policy.resound_ms, "1 no silence", name(call) + " has not sounded again in time");
        if (!call.station_called)
            require(view.now - story.asks_since <= rules::time_to_the_station(call), "1 no silence", name(call) + " is not at the station in time");
        if (story.unheard_since != 0)
            require(view.now - story.unheard_since <= policy.not_delivered_ms, "1 no silence", name(call) + " sounds nowhere and the room is not told");
        const bool never_heard = story.unheard_since != 0 && story.unheard_since == story.asks_since;
        if (never_heard && view.now - story.asks_since >= policy.ring_ms)
            require(call.tier > 1 || call.station_called, "1 no silence", name(call) + " has not rung and the next tier has not joined in");
    }
}

// 2. Closed at the door. Closed implies an earlier Arrived; Withdrawn implies confirmation from that room or a person who looked in.
void closed_at_the_door(const View& view, const core::Event& event, const Story* before) {
    if (holds_alternative<core::CallClosed>(event.fact)) {
        require(before != nullptr && before->arrived, "2 closed at the door", "closed without an arrival, event " + std::to_string(event.seq));
        require(before->outcome, "2 closed at the door", "closed without saying how it went, event " + std::to_string(event.seq));
    }
    const auto* withdrawn = get_if<core::CallWithdrawn>(&event.fact);
    if (withdrawn == nullptr) return;
    require(before != nullptr, "2 closed at the door", "withdrawn and not open");
    const auto device = view.state.devices.find(event.device);
    const bool by_raiser = device != view.state.devices.end() &&
        (event.device == before->raised_by || ((device->second.kind == core::DeviceKind::room || device->second.kind == core::DeviceKind::calm_space) && device->second.place == before->place));
    switch (withdrawn->how) {
        case core::Withdrawal::room_confirmed: require(by_raiser && before->withdraw_asked, "2 closed at the door", "withdrawn and the room did not confirm"); break;
        case core::Withdrawal::looked_in:
            require(before->withdraw_asked && !withdrawn->person.empty() && event.actor == withdrawn->person && !before->arrived, "2 closed at the door", "withdrawn and nobody looked in");
            break;
        case core::Withdrawal::drill_gave_way: require(before->drill, "2 closed at the door", "a real call gave way"); break;
        case core::Withdrawal::drill_over:
        case core::Withdrawal::test_done:
        case core::Withdrawal::test_not_through: require(before->drill, "2 closed at the door", "a real call ended as a drill does"); break;
    }
}

// 3. Truthful rungs. No screen shows a rung without the durable event before it.
void truthful_rungs(const View& view) {
    for (const auto& [id, call] : view.state.calls) {
        const auto found = view.stories.find(id);
        require(found != view.stories.end(), "3 truthful rungs", name(call) + " was never raised");
        const Story& story = found->second;
        core::Rung told = core::Rung::received;
        if (!story.sounded.empty()) told = core::Rung::ringing;
        if (story.undelivered) told = core::Rung::not_delivered;
        if (!story.owner.empty()) told = core::Rung::coming;
        if (story.arrived) told = core::Rung::here;
        if (story.outcome) told = core::Rung::settled;
        require(call.rung == told, "3 truthful rungs", name(call) + " shows rung " + std::to_string(static_cast<int>(call.rung)) + ", its events say " + std::to_string(static_cast<int>(told)));
        for (const core::DeviceId& device : call.alerted)
            require(story.sounded.contains(device), "3 truthful rungs", name(call) + " counts " + device.value + " as ringing");
    }
}

// 4. Once. At most one open call of a place. (That a press makes one call is asked as the story is told; that a repeated
// command makes nothing is asked by the worlds, which repeat them.)
void indexes_agree(const core::State& state) {
    std::set<std::tuple<Ms, core::CallId, Deadline>> deadlines;
    std::map<core::PlaceId, core::CallId> call_at;
    std::map<core::PersonId, std::uint32_t> owned;
    for (const auto& [id, call] : state.calls) {
        require(call.id == id && call.open(), "indexes", name(call) + " is kept and not open");
        if (call.talk.value == 0) require(call_at.emplace(call.place, id).second, "4 once", "two open calls at " + call.place.value);
        for (std::size_t kind = 0; kind < core::deadline_kinds; ++kind)
            if (call.due[kind] != 0) deadlines.insert({call.due[kind], id, static_cast<Deadline>(kind)});
        if (call.drill) continue;
        if (call.owned()) ++owned[call.owner];
        for (const core::PersonId& helper : call.helpers) ++owned[helper];
    }
    require(deadlines == state.deadlines, "indexes", "deadlines");
    require(call_at == state.call_at, "indexes", "call_at");
    std::set<std::pair<Ms, core::PersonId>> lapses;
    for (const auto& [person, duty] : state.duties) {
        const auto count = owned.find(person);
        require(duty.calls_owned == (count == owned.end() ? 0 : count->second), "indexes", "calls_owned of " + person.value);
        if (duty.until != 0) lapses.insert({duty.until, person});
        if (duty.device.empty()) continue;
        const auto device = state.devices.find(duty.device);
        require(device != state.devices.end() && device->second.signed_in == person, "indexes", person.value + " is on a handset that is not theirs");
    }
    for (const auto& [person, count] : owned) require(state.duties.contains(person), "indexes", "duty of " + person.value);
    require(lapses == state.lapses, "indexes", "lapses");
    std::map<core::PlaceId, std::set<core::DeviceId>> rooms_at;
    std::set<core::DeviceId> stations;
    std::map<core::Digest, core::DeviceId> credentials;
    for (const auto& [id, device] : state.devices) {
        if (!device.signed_in.empty()) require(state.duties.at(device.signed_in).device == id, "indexes", id.value + " has somebody who is elsewhere");
        if (device.health == core::Health::revoked) continue;
        credentials[device.credential] = id;
        if (device.kind == core::DeviceKind::room || device.kind == core::DeviceKind::calm_space) rooms_at[device.place].insert(id);
        if (device.kind == core::DeviceKind::station) stations.insert(id);
    }
    require(rooms_at == state.rooms_at, "indexes", "rooms_at");
    require(stations == state.stations, "indexes", "stations");
    require(credentials == state.credentials, "indexes", "credentials");
}

// 5. Unavailable costs nothing. A known-unavailable adult adds 0 s: when a step is over, whoever is waited for can answer.
void unavailable_costs_nothing(const View& view) {
    for (const auto& [id, call] : view.state.calls) {
        if (!rules::asks_for_adults(call) || call.station_called) continue;
        require(someone_may_answer(view.state, call, view.now), "5 unavailable costs nothing", name(call) + " waits on tier " + std::to_string(call.tier) + " for nobody who can answer");
    }
}

// 6. A decline is private and free. When all decline, the next tier is offered at once. (Private: need to know.)
void decline_is_private_and_free(const View& view, const std::vector<core::Event>& step) {
    for (const core::Event& event : step) {
        const auto* declined = get_if<core::CallDeclined>(&event.fact);
        if (declined == nullptr) continue;
        require(event.actor == declined->person, "6 a decline is private and free", "somebody declined for " + declined->person.value);
        const auto call = view.state.calls.find(declined->call);
        if (call == view.state.calls.end() || !rules::asks_for_adults(call->second)) continue;
        require(call->second.station_called || someone_may_answer(view.state, call->second, view.now), "6 a decline is private and free", name(call->second) + " waits although all declined");
    }
}

// 7. One owner, many helpers. Two accepts at once: one wins. Accepting a second call changes nothing about the first.
void one_owner(const View& view, const core::Event& event, const Story* before) {
    const auto* accepted = get_if<core::CallAccepted>(&event.fact);
    if (accepted != nullptr && before != nullptr && !before->owner.empty()) {
        const auto call = view.state.calls.find(accepted->call);
        require(call != view.state.calls.end() && call->second.helpers.contains(before->owner), "7 one owner", "an owner was replaced and forgotten");
        require(!before->arrived, "7 one owner", "an owner at the door was replaced");
    }
    const bool acceptance = accepted != nullptr || holds_alternative<core::HelperJoined>(event.fact);
    for (const auto& [id, call] : view.state.calls) {
        const Story& story = view.stories.at(id);
        require(call.owner == story.owner, "7 one owner", name(call) + " belongs to " + call.owner.value + ", its events say " + story.owner.value);
        require(!call.helpers.contains(call.owner), "7 one owner", name(call) + " has its owner as a helper");
        if (!acceptance || core::call_of(event) == id) continue;
        const bool untouched = story.kept_owner == call.owner && story.kept_device == call.owner_device && story.kept_arrived == call.arrived &&
                               story.kept_arrive == due(call, Deadline::arrive);
        require(untouched, "7 one owner", name(call) + " changed when another call was accepted");
    }
}

// 8. Real beats drill.
void real_beats_drill(const View& view, const std::vector<core::Event>& step) {
    for (const core::Event& event : step) {
        const auto* withdrawn = get_if<core::CallWithdrawn>(&event.fact);
        if (withdrawn != nullptr && withdrawn->how == core::Withdrawal::drill_gave_way) {
            const bool real_one = std::ranges::any_of(step, [&](const core::Event& other) {
                const auto* raised = get_if<core::CallRaised>(&other.fact);
                return raised != nullptr && !raised->drill;
            });
            const bool wanted = std::ranges::any_of(view.state.calls, [](const auto& entry) { return !entry.second.drill && (rules::asks_for_adults(entry.second) || !entry.second.arrived); });
            require(real_one || wanted, "8 real beats drill", "a drill gave way to nothing");
        }
    }
    for (const auto& [id, story] : view.stories) require(view.state.calls.at(id).drill == story.drill, "8 real beats drill", "a call changed between drill and real");
}

// 9. Relationship first. No lower-ranked adult is offered a call before a higher-ranked available one.
void relationship_first(const View& view) {
    for (const auto& [id, call] : view.state.calls) {
        if (!rules::asks_for_adults(call) || call.practice == core::Practice::personal) continue;
        for (const core::PersonId& person : rules::named_up_to(view.state, call, call.tier)) {
            if (rules::is_on_it(call, person) || person == call.raised_by_person || call.offers.contains(person)) continue;
            const auto duty = view.state.duties.find(person);
            const bool back_unnoticed = duty != view.state.duties.end() && duty->second.until != 0;  // the end of a break falls due in this very moment
            if (rules::an_equal_was_asked(view.state, call, person, view.now)) continue;
            require(back_unnoticed || !rules::is_free(view.state, person, view.now), "9 relationship first", name(call) + " reached tier " + std::to_string(call.tier) + " and did not ask " + person.value + ", who is free");
        }
    }
}

// No coverage gap that has not been flagged, and none flagged while somebody can come: whenever nothing is overdue. (A hub
// that was late fires what it missed one step after the other, and the end of a break is one of these steps.)
void gaps_are_flagged(const View& view) {
    if (const auto due = core::next_deadline(view.state); due && *due <= view.now) return;
    const bool known = view.state.rota.imported_at != 0 && rules::school_is_on(view.state);
    for (const auto& [id, plan] : view.state.directory.children) {
        const auto gap = view.state.rota.gaps.find(id);
        const bool flagged = gap != view.state.rota.gaps.end() && gap->second.from <= view.now;
        const bool covered = !known || rules::has_somebody(view.state, plan, view.now);
        require(covered || flagged, "12 no gap unflagged", "nobody can come for " + id.value + " and nobody is told");
        require(!flagged || !covered, "12 no gap unflagged", "a gap is shown for " + id.value + ", who has somebody");
    }
}

// 10. Need to know. No event reaches a device outside its audience at that moment.
void need_to_know(const View& view) {
    for (const auto& [id, call] : view.state.calls) {
        std::map<core::DeviceId, bool> told;
        for (const core::Seer& seer : core::audience(view.state, call)) {
            require(told.emplace(seer.device, seer.sees_helps).second, "10 need to know", name(call) + " names " + seer.device.value + " twice");
            require(seer.relation != core::Relation::none, "10 need to know", name(call) + " names " + seer.device.value + ", which has no part in it");
        }
        for (const auto& [device_id, device] : view.state.devices) {
            const rules::Sight sight = rules::sight(view.state, call, device);
            const auto seen = told.find(device_id);
            require(sight.call == (seen != told.end()), "10 need to know", device_id.value + (sight.call ? " may see " : " may not see ") + name(call));
            if (seen != told.end()) require(sight.helps == seen->second, "10 need to know", device_id.value + (sight.helps ? " may see what helps in " : " may not see what helps in ") + name(call));
        }
    }
}

}  // namespace attune::sim
