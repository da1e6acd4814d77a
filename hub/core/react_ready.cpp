// What must follow an event so that nothing that is not ready is ever nobody's, and no drill ever stands beside a call for
// which people are waited for. What is not ready stays listed until it is proven or a person has let it be: a runner who
// does not get to it is followed by the next one.
#include <algorithm>

#include "hub/core/cover.hpp"
#include "hub/core/decide_rules.hpp"
#include "hub/core/ready_rules.hpp"
#include "hub/core/step.hpp"

namespace attune::core {

namespace {

std::uint32_t asked_today(const State& state, const PersonId& person) {
    const auto looks = state.readiness.looks.find(person);
    return looks == state.readiness.looks.end() ? 0 : looks->second;
}

/// The best of those who are free by `load`, near before far, then by id; those for whom `may` says no are left out.
template <class May>
PersonId least_loaded(const State& state, const PlaceId& place, Ms now, May may) {
    const std::string_view zone = zone_of(state, place);
    PersonId best;
    std::pair<std::uint32_t, bool> best_rank;
    for (const auto& [id, duty] : state.duties) {
        const auto person = state.directory.people.find(id);
        if (person == state.directory.people.end() || !may(id) || availability(state, id, now) != Availability::free) continue;
        const bool far = zone.empty() || zone_of(state, person->second.base) != zone;
        const std::pair rank(asked_today(state, id) + carried_today(state, id, now), far);
        if (!best.empty() && best_rank <= rank) continue;
        best = id;
        best_rank = rank;
    }
    return best;
}

/// They are not here any more: another is asked at once. Who is busy or out of reach for a while is waited for.
bool has_left(const State& state, const PersonId& person, Ms now) {
    if (!state.directory.people.contains(person)) return true;
    const Availability is = availability(state, person, now);
    return is == Availability::signed_out || is == Availability::absent;
}

Facts name_runner(const State& state, const DeviceId& id, const ReadyItem& item, Ms now) {
    const auto device = state.devices.find(id);
    if (device == state.devices.end()) return {};
    const PersonId person = runner_for(state, device->second, item, now);
    if (person == item.runner && item.named_by.empty()) return {};
    if (person.empty() && item.runner.empty()) return {};
    return {RunnerNamed{id, person, {}, person.empty() ? 0 : now + state.directory.policy.ready_look_ms}};
}

/// Whoever has come may be the one for what is nobody's; what belongs to somebody who has left is asked of another.
Facts look_over(const State& state, Ms now) {
    Facts list;
    std::optional<bool> somebody;  // asked once: where nobody is free, nothing that is nobody's finds anybody
    for (const auto& [id, item] : state.readiness.items) {
        // A person's own word stands until their time is over, on a handset or without one.
        const bool left = !item.runner.empty() && item.named_by.empty() && has_left(state, item.runner, now);
        if (!item.runner.empty() && !left) continue;
        const auto device = state.devices.find(id);
        const bool its_own = device != state.devices.end() && device->second.kind == DeviceKind::handset && !device->second.signed_in.empty();
        if (!somebody) somebody = !least_loaded(state, {}, now, [](const PersonId&) { return true; }).empty();
        if (!left && !*somebody && !its_own) continue;
        for (Fact& fact : name_runner(state, id, item, now)) list.push_back(std::move(fact));
    }
    return list;
}

Facts list_all(const State& state) {
    Facts list;
    for (const auto& [id, device] : state.devices) {
        if (!needs_proof(device) || is_ready(state, device) || excused_today(state, id)) continue;
        const ReadyMark mark = mark_of(state, id);
        const NotReady why = proven_today(state, id) ? NotReady::silent : mark.failed_at >= state.readiness.day.from && mark.failed_at != 0 ? NotReady::not_through : NotReady::untested;
        list.emplace_back(DeviceNotReady{id, why});
    }
    return list;
}

std::vector<PersonId> engaged(const Call& call) {
    std::vector<PersonId> people(call.helpers.begin(), call.helpers.end());
    if (call.owned()) people.push_back(call.owner);
    return people;
}

Facts end_drills(const State& state) {
    Facts list;
    for (const auto& [id, due] : state.readiness.drills)
        if (const auto call = state.calls.find(id); call != state.calls.end()) list.emplace_back(CallWithdrawn{id, Withdrawal::drill_gave_way, {}, engaged(call->second)});
    if (const auto& drill = state.readiness.site_drill)
        list.emplace_back(SiteDrillEnded{SiteDrillEnd::gave_way, {}, static_cast<std::uint32_t>(drill->pressed.size()), static_cast<std::uint32_t>(rooms_of_drill(state).size()), 0});
    return list;
}

bool practising(const State& state) { return !state.readiness.drills.empty() || state.readiness.site_drill; }

struct FollowReady {
    const State& state;
    const Event& event;
    const Ms now = event.at;

    Facts operator()(const ReadyListed&) const { return list_all(state); }
    Facts operator()(const DeviceNotReady& fact) const { return about(fact.device); }
    Facts operator()(const RunnerOverdue& fact) const { return about(fact.device); }
    Facts operator()(const DeviceProven&) const {
        const auto& drill = state.readiness.site_drill;
        if (!drill) return {};
        const auto rooms = rooms_of_drill(state);
        if (!std::ranges::all_of(rooms, [&](const PlaceId& place) { return drill->pressed.contains(place); })) return {};
        return {SiteDrillEnded{SiteDrillEnd::everybody, {}, static_cast<std::uint32_t>(rooms.size()), static_cast<std::uint32_t>(rooms.size()), 0}};
    }
    Facts operator()(const DeviceHealthChanged& fact) const {
        Facts list = look_over(state, now);
        const ReadyDay& day = state.readiness.day;
        const auto device = state.devices.find(fact.device);
        if (fact.health != Health::silent || !day.listed || now >= day.bell || device == state.devices.end()) return list;
        if (needs_proof(device->second) && !excused_today(state, fact.device) && !state.readiness.items.contains(fact.device)) list.emplace_back(DeviceNotReady{fact.device, NotReady::silent});
        return list;
    }
    Facts operator()(const TimetableImported&) const {
        const ReadyDay& day = state.readiness.day;
        if (day.to_due == 0 || day.listed) return look_over(state, now);
        const ReadyDay next = day_of(state, day.from, day.list_at, day.bell, day.to_due);
        if (next.list_due == day.list_due && next.bell == day.bell) return look_over(state, now);
        return {ReadyDayBegan{day.from, next.list_due, next.bell, day.to_due}};
    }
    Facts operator()(const SignedIn&) const { return look_over(state, now); }
    Facts operator()(const SignedOut&) const { return look_over(state, now); }
    Facts operator()(const HandsetProven&) const { return look_over(state, now); }
    Facts operator()(const AvailabilityDeclared&) const { return look_over(state, now); }
    Facts operator()(const AvailabilityLapsed&) const { return look_over(state, now); }
    Facts operator()(const BellRang&) const { return look_over(state, now); }
    Facts operator()(const PersonRemoved&) const { return look_over(state, now); }
    Facts operator()(const DeviceRevoked&) const { return look_over(state, now); }
    Facts operator()(const CallClosed&) const { return look_over(state, now); }
    Facts operator()(const CallWithdrawn&) const { return look_over(state, now); }
    Facts operator()(const CallReopened&) const { return look_over(state, now); }
    Facts operator()(const CallHandedOver&) const { return look_over(state, now); }
    Facts operator()(const SpaceOpened&) const { return look_over(state, now); }
    Facts operator()(const SpaceAdultGone&) const { return look_over(state, now); }
    Facts operator()(const VisitArrived&) const { return look_over(state, now); }
    Facts operator()(const VisitReturning&) const { return look_over(state, now); }
    Facts operator()(const VisitEnded&) const { return look_over(state, now); }
    /// Who was to practise can't: nobody waits for two minutes.
    Facts operator()(const CallDeclined& fact) const {
        const auto call = state.calls.find(fact.call);
        if (call == state.calls.end() || call->second.practice != Practice::personal) return {};
        return {CallWithdrawn{fact.call, Withdrawal::drill_over, {}, engaged(call->second)}};
    }

    template <class Fact_>
    Facts operator()(const Fact_&) const {
        return {};
    }

private:
    Facts about(const DeviceId& device) const {
        const auto item = state.readiness.items.find(device);
        return item == state.readiness.items.end() || !item->second.runner.empty() ? Facts{} : name_runner(state, device, item->second, now);
    }
};

}  // namespace

bool somebody_is_called_for(const State& state) {
    return std::ranges::any_of(state.calls, [](const auto& entry) { return needs_people(entry.second); });
}

std::vector<Tier> tiers_of_test(const State& state) {
    const bool station = std::ranges::any_of(state.stations, [&](const DeviceId& id) { return can_sound(state.devices.at(id)); });
    if (station) return {Tier{{Group::station}, 60'000}};
    return {Tier{{Group::duty_lead}, 10'000}, Tier{{Group::station}, 60'000}};
}

ReadyDay day_of(const State& state, Ms from, Ms list_at, Ms bell, Ms to) {
    ReadyDay day{from, list_at, list_at, bell, to, false};
    if (state.rota.days.empty()) return day;
    day.list_due = day.list_at = day.bell = 0;  // the timetable says which days are school days
    for (const SchoolDay& school : state.rota.days)
        if (school.from >= from && school.from < to) {
            day.bell = school.from;
            day.list_due = day.list_at = std::max(from, school.from - state.directory.policy.ready_before_ms);
            break;
        }
    return day;
}

PersonId runner_for(const State& state, const Device& device, const ReadyItem& item, Ms now) {
    const auto untried = [&](const PersonId& person) { return !item.tried.contains(person); };
    if (device.kind == DeviceKind::handset && is_alive(device) && !device.signed_in.empty() && state.directory.people.contains(device.signed_in) && untried(device.signed_in))
        return device.signed_in;
    const PersonId fresh = least_loaded(state, device.place, now, untried);
    return !fresh.empty() ? fresh : least_loaded(state, device.place, now, [](const PersonId&) { return true; });
}

PersonId partner_for(const State& state, const PersonId& but, const PlaceId& place, Ms now) {
    return least_loaded(state, place, now, [&](const PersonId& person) { return person != but; });
}

std::vector<PlaceId> rooms_of_drill(const State& state) {
    std::vector<PlaceId> rooms;
    for (const auto& [place, devices] : state.rooms_at) rooms.push_back(place);
    return rooms;
}

std::vector<Fact> react_ready(const State& state, const Event& event) {
    if (practising(state))
        if (const auto id = call_of(event)) {
            const auto call = state.calls.find(*id);
            if (call != state.calls.end() && needs_people(call->second)) return end_drills(state);
        }
    return visit(FollowReady{state, event}, event.fact);
}

std::vector<Fact> ready_overdue(const State& state, Ms late_by, Ms now) {
    const auto& [at, kind, number, device] = *state.ready_due.begin();
    switch (kind) {
        case ReadyDue::list: return {ReadyListed{late_by}};
        case ReadyDue::day: return {ReadyDayEnded{late_by}};
        case ReadyDue::look: return {RunnerOverdue{device, late_by}};
        case ReadyDue::site: {
            const SiteDrill& drill = *state.readiness.site_drill;
            return {SiteDrillEnded{SiteDrillEnd::time_over, {}, static_cast<std::uint32_t>(drill.pressed.size()), static_cast<std::uint32_t>(rooms_of_drill(state).size()), late_by}};
        }
        case ReadyDue::drill: break;
    }
    (void)now;
    const Call& call = state.calls.at(CallId{number});
    const bool test = call.practice == Practice::test || call.practice == Practice::site;
    Facts list;
    if (test) list.emplace_back(TestNotThrough{call.raised_by});
    list.emplace_back(CallWithdrawn{call.id, test ? Withdrawal::test_not_through : Withdrawal::drill_over, {}, engaged(call)});
    return list;
}

}  // namespace attune::core
