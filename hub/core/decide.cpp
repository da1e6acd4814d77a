// Where a command is decided: the dispatch, the site's directory and what falls due.
#include "hub/core/day_rules.hpp"
#include "hub/core/decide_rules.hpp"
#include "hub/core/followup_rules.hpp"
#include "hub/core/step.hpp"
#include "hub/core/supply_rules.hpp"
#include "hub/core/talk_rules.hpp"
#include "hub/core/ready_rules.hpp"

namespace attune::core {

namespace {

/// Facts for what differs between two ordered maps: set what is new or changed, remove what is gone.
template <class Set, class Removed, class Map>
void difference(const Map& before, const Map& after, Facts& list) {
    for (const auto& [id, item] : after) {
        const auto old = before.find(id);
        if (old == before.end() || !(old->second == item)) list.emplace_back(Set{item});
    }
    for (const auto& [id, item] : before)
        if (!after.contains(id)) list.emplace_back(Removed{id});
}

Fact overdue(const Call& call, Deadline kind, Ms late_by, const Policy& policy, Ms now) {
    switch (kind) {
        case Deadline::ring: {
            // At the last rung there is nobody left to ask, and the room knows or need not.
            const bool last = (call.station_called || call.practice == Practice::personal) && (call.owned() || call.undelivered || unheard(call, policy, now));
            return RingOverdue{call.id, call.tier, late_by, last ? 0 : next_look(call, policy, now, policy.ring_again_ms)};
        }
        case Deadline::accept: return TierOverdue{call.id, call.tier, late_by};
        case Deadline::arrive: return ArrivalOverdue{call.id, late_by};
        case Deadline::resound: return CallSoundedAgain{call.id, late_by, now + policy.resound_ms};
        case Deadline::support: break;
    }
    return SupportCheckDue{call.id, late_by, now + policy.support_check_ms};
}

}  // namespace

Decision decide_import(const State& state, const ImportDirectory& intent) {
    const Directory& before = state.directory;
    Facts list;
    if (!(before.site == intent.directory.site)) list.emplace_back(SiteSet{intent.directory.site});
    Policy policy = intent.directory.policy;
    policy.version = before.policy.version;
    if (policy.version == 0 || !(before.policy == policy)) {
        ++policy.version;
        list.emplace_back(PolicySet{policy});
    }
    difference<PlaceSet, PlaceRemoved>(before.places, intent.directory.places, list);
    // Adults for today are in no file; their day ends by itself.
    std::map<PersonId, Person> people = intent.directory.people;
    for (const auto& [id, supply] : state.supplies) people.insert_or_assign(id, before.people.at(id));
    for (const auto& [id, person] : before.people) {
        const auto duty = state.duties.find(id);
        if (!people.contains(id) && duty != state.duties.end() && !duty->second.device.empty())
            list.emplace_back(SignedOut{id, duty->second.device});
    }
    difference<PersonSet, PersonRemoved>(before.people, people, list);
    difference<ChildSet, ChildRemoved>(before.children, intent.directory.children, list);
    return list;
}

/// One thing that is due at a time, the longest overdue first: each has its consequences before the next is looked at.
Decision decide_tick(const State& state, const Command& command) {
    const std::optional<Ms> first = next_deadline(state);
    if (!first || *first > command.now) return facts();
    const Ms late_by = command.now - *first;
    if (state.rota.bell_due == *first) return facts(BellRang{late_by, next_bell(state.rota, command.now)});
    if (!state.lapses.empty() && state.lapses.begin()->first == *first) return facts(AvailabilityLapsed{state.lapses.begin()->second, late_by});
    if (!state.deadlines.empty() && std::get<0>(*state.deadlines.begin()) == *first) {
        const auto& [at, id, kind] = *state.deadlines.begin();
        return facts(overdue(state.calls.at(id), kind, late_by, state.directory.policy, command.now));
    }
    if (!state.care_due.empty() && std::get<0>(*state.care_due.begin()) == *first) return care_overdue(state, late_by, command.now);
    if (!state.waits.empty() && state.waits.begin()->first == *first) return facts(EnrolmentLapsed{state.waits.begin()->second, late_by});
    if (!state.talk_dues.empty() && state.talk_dues.begin()->first == *first) return talk_overdue(state, state.talks.at(state.talk_dues.begin()->second), command.now);
    if (!state.followup_dues.empty() && state.followup_dues.begin()->first == *first) return followup_overdue(state, state.followups.at(state.followup_dues.begin()->second), command.now);
    if (!state.supply_ends.empty() && state.supply_ends.begin()->first == *first) return supply_overdue(state, late_by, command.now);
    if (!state.today.dues.empty() && std::get<0>(*state.today.dues.begin()) == *first) return day_overdue(state, late_by, command.now);
    if (!state.ready_due.empty() && std::get<0>(*state.ready_due.begin()) == *first) return ready_overdue(state, late_by, command.now);
    const Digest& digest = state.session_ends.begin()->second;
    const LeaderSession& session = state.leader_sessions.at(digest);
    return facts(LeaderSessionEnded{session.person, digest, session.ends_at <= command.now ? SessionEnd::too_old : SessionEnd::idle, late_by});
}

Decision decide(const State& state, const Command& command) {
    return visit(
        [&](const auto& intent) -> Decision {
            using Intent = std::decay_t<decltype(intent)>;
            if constexpr (std::is_same_v<Intent, ImportDirectory>)
                return command.by.kind == Principal::Kind::local ? decide_import(state, intent) : refuse(Refusal::NotYours);
            else if constexpr (std::is_same_v<Intent, NoteHubStarted>)
                return facts(HubStarted{intent.version});
            else if constexpr (std::is_same_v<Intent, Tick>)
                return decide_tick(state, command);
            else
                return decide_on(state, command, intent);
        },
        command.intent);
}

}  // namespace attune::core
