// What must follow an event so that no visitor is ever without an adult in silence, no child is on the way unwatched, and
// no question stays unanswered: the next steps of a visit, and the calls that are raised although nobody pressed. A call
// does it and not an alarm of its own, because everything that keeps a call from silence (tiers, sounding again, the
// station, the truth in the room) is proven already (decisions/0014).
#include "hub/core/day_rules.hpp"
#include "hub/core/decide_rules.hpp"
#include "hub/core/step.hpp"
#include "hub/core/visit_rules.hpp"

namespace attune::core {

namespace {

/// Who is asked when nobody pressed: the duty lead at once, this child's own adult beside them, the station at the end.
std::vector<Tier> tiers_for(CallWhy why) {
    using enum Group;
    constexpr Ms next = 15'000;
    switch (why) {
        case CallWhy::not_arrived:
        case CallWhy::not_back: return {{{named_adult, duty_lead}, next}, {{alternates, nearest, calm_space, responders}, next}, {{station}, next}};
        case CallWhy::adult_away: return {{{calm_space, nearest, duty_lead}, next}, {{responders}, next}, {{station}, next}};
        case CallWhy::review_overdue: return {{{duty_lead}, next}, {{calm_space, responders}, next}, {{station}, next}};
        case CallWhy::break_asked:
        case CallWhy::pressed: break;
    }
    return {};  // the policy's
}

struct Alarm {
    CallWhy why = CallWhy::pressed;
    std::uint32_t level = 2;
    PlaceId place;
    PlaceId from;
    VisitId visit;
    ChildId child;
};

/// One call of a place: an open one becomes more urgent, one that is settled or a drill gives way, as with a press.
Facts raise(const State& state, const Alarm& alarm, Ms now) {
    Facts list;
    const auto at = state.call_at.find(alarm.place);
    if (at != state.call_at.end()) {
        const Call& open = state.calls.at(at->second);
        std::vector<PersonId> freed(open.helpers.begin(), open.helpers.end());
        if (open.owned()) freed.push_back(open.owner);
        if (!open.drill && open.outcome == Outcome::none) {
            if (open.level < alarm.level) list.emplace_back(LevelRaised{open.id, alarm.level});
            list.emplace_back(CallExplained{open.id, alarm.why, alarm.visit, alarm.from, {}});
            return list;
        }
        if (open.drill) list.emplace_back(CallWithdrawn{open.id, Withdrawal::drill_gave_way, {}, std::move(freed)});
        else list.emplace_back(CallClosed{open.id, {}, {}, {}, std::move(freed)});
    }
    const Policy& policy = state.directory.policy;
    const CallId id{state.last_seq + list.size() + 1};
    list.emplace_back(CallRaised{alarm.place, {}, {}, alarm.level, false, now, policy.version, now + policy.resound_ms});
    list.emplace_back(CallExplained{id, alarm.why, alarm.visit, alarm.from, tiers_for(alarm.why)});
    if (!alarm.child.empty()) list.emplace_back(ChildChosen{id, alarm.child});
    return list;
}

std::vector<VisitId> visitors(const State& state, const PlaceId& space) {
    std::vector<VisitId> ids;
    for (const auto& [id, visit] : state.visits)
        if (visit.space == space && is_here(visit)) ids.push_back(id);
    return ids;
}

/// The minutes without an adult, opened and ended. `sudden`: a device fell silent, which took its time to show already.
Facts attend(const State& state, Ms now, bool sudden = false) {
    Facts list;
    for (const auto& [place, space] : state.spaces) {
        const bool alone = unattended(state, place);
        if (alone && space.alone_since == 0)
            list.emplace_back(UnattendedOpened{place, visitors(state, place), sudden ? now : now + state.directory.policy.adult_away_ms});
        if (!alone && space.alone_since != 0) list.emplace_back(UnattendedEnded{place, visitors(state, place), now - space.alone_since});
    }
    return list;
}

AdultGone why_gone(const State& state, const PersonId& person, const DeviceId& id) {
    if (!state.directory.people.contains(person)) return AdultGone::left_school;
    const auto device = state.devices.find(id);
    return device != state.devices.end() && device->second.health == Health::silent ? AdultGone::device_silent : AdultGone::device_out;
}

/// Adults whose presence is no longer proven.
Facts prove(const State& state) {
    Facts list;
    for (const auto& [place, space] : state.spaces)
        for (const auto& [person, device] : space.adults)
            if (!proves_presence(state, place, person, device)) list.emplace_back(SpaceAdultGone{place, person, why_gone(state, person, device)});
    return list;
}

/// What a call was raised for has been looked after with it.
Facts looked_after(const State& state, CallId call) {
    Facts list;
    for (const auto& [id, visit] : state.visits)
        if (visit.call == call && (visit.step == VisitStep::not_arrived || visit.step == VisitStep::not_back))
            list.emplace_back(VisitEnded{id, VisitEnd::looked_after, 0});
    return list;
}

struct FollowVisit {
    const State& state;
    const Event& event;
    const Ms now = event.at;

    Facts alarm(CallWhy why, std::uint32_t level, VisitId id, bool at_the_room) const {
        const auto visit = state.visits.find(id);
        if (visit == state.visits.end()) return {};
        const Visit& about = visit->second;
        return raise(state, {why, level, at_the_room ? about.from : about.space, at_the_room ? about.space : about.from, id, about.child}, now);
    }

    Facts operator()(const VisitAsked& fact) const {
        const VisitId id{event.seq};
        const Policy& policy = state.directory.policy;
        Facts list;
        const bool going = fact.of_call.value != 0 || fact.by == VisitAsker::calm_space;
        if (going) {
            list.emplace_back(VisitChosen{id});
            list.emplace_back(VisitSetOut{id, fact.with.empty() ? Company::alone : Company::adult, fact.with, now + policy.visit_arrive_ms});
        } else if (fact.by != VisitAsker::child) {
            list.emplace_back(VisitOffered{id, fact.space, now + policy.visit_choose_ms});
        }
        return list;
    }
    Facts operator()(const VisitAskOverdue& fact) const {
        Facts list = alarm(CallWhy::break_asked, 1, fact.visit, true);
        list.emplace_back(VisitEnded{fact.visit, VisitEnd::called, 0});
        return list;
    }
    Facts operator()(const VisitNotArrived& fact) const { return alarm(CallWhy::not_arrived, 2, fact.visit, false); }
    Facts operator()(const VisitNotBack& fact) const { return alarm(CallWhy::not_back, 2, fact.visit, true); }
    Facts operator()(const VisitLongStay& fact) const {
        const auto visit = state.visits.find(fact.visit);
        return visit != state.visits.end() && visit->second.review_missed ? alarm(CallWhy::review_overdue, 1, fact.visit, false) : Facts{};
    }
    Facts operator()(const InterventionReviewDue& fact) const {
        const auto found = state.records.find(fact.record);
        if (found == state.records.end() || !found->second.review_missed || is_left_open(found->second.visit)) return {};
        Facts list = raise(state, {CallWhy::review_overdue, 2, found->second.place, {}, found->second.visit, found->second.child}, now);
        if (school_is_over(state.rota)) leave_open(list, found->second.visit);
        return list;
    }
    Facts operator()(const UnattendedAlarm& fact) const {
        const std::vector<VisitId> here = visitors(state, fact.place);
        if (std::ranges::all_of(here, [&](VisitId id) { return is_left_open(id); })) return {};
        Facts list = raise(state, {CallWhy::adult_away, 2, fact.place, {}, {}, {}}, now);
        if (school_is_over(state.rota))
            for (const VisitId id : here) leave_open(list, id);
        return list;
    }

    // -- a visit that school's end has left open: raised once, and from then on said at calm intervals, not called for

    bool is_left_open(VisitId id) const {
        const auto visit = state.visits.find(id);
        return visit != state.visits.end() && visit->second.left_open;
    }
    void leave_open(Facts& list, VisitId id) const {
        const auto visit = state.visits.find(id);
        if (visit != state.visits.end() && is_here(visit->second) && !visit->second.left_open)
            list.emplace_back(VisitLeftOpen{id, 0, now + state.directory.policy.visit_left_ms});
    }
    /// Where they could not leave somebody has to answer every few minutes: that goes on until it is not answered.
    Facts operator()(const DayEnded&) const {
        Facts list;
        if (!school_is_over(state.rota)) return list;
        for (const auto& [id, visit] : state.visits)
            if (visit.record.value == 0) leave_open(list, id);
        return list;
    }
    /// A call that goes on in a calm space is a visit from there on; its adult goes along.
    Facts operator()(const CallMoved& fact) const {
        const auto found = state.calls.find(fact.call);
        if (found == state.calls.end() || !is_calm_space(state, fact.place)) return {};
        const Call& call = found->second;
        const bool known = std::ranges::any_of(state.visits, [&](const auto& entry) { return entry.second.call == call.id; });
        if (call.drill || known || call.place == fact.place || visit_of(state, call.child) != nullptr) return {};
        return {VisitAsked{fact.place, call.place, VisitAsker::responder, call.child, call.owner, call.id, 0}};
    }
    Facts operator()(const CallClosed& fact) const { return looked_after(state, fact.call); }
    Facts operator()(const CallWithdrawn& fact) const { return looked_after(state, fact.call); }

    Facts operator()(const SpaceOpened&) const { return attend(state, now); }
    Facts operator()(const SpaceAdultGone& fact) const { return attend(state, now, fact.why == AdultGone::device_silent); }
    Facts operator()(const VisitArrived&) const { return attend(state, now); }
    Facts operator()(const VisitReturning&) const { return attend(state, now); }
    Facts operator()(const VisitEnded&) const { return attend(state, now); }

    Facts operator()(const DeviceHealthChanged& fact) const { return fact.health == Health::silent ? prove(state) : Facts{}; }
    Facts operator()(const DeviceRevoked&) const { return prove(state); }
    Facts operator()(const SignedIn&) const { return prove(state); }
    Facts operator()(const SignedOut&) const { return prove(state); }
    Facts operator()(const PersonRemoved&) const { return prove(state); }
    Facts operator()(const SupplyEnded&) const { return prove(state); }

    template <class Fact_>
    Facts operator()(const Fact_&) const {
        return {};
    }
};

/// The instant of a due prompt: fifteen minutes, thirty, sixty, and then at the last interval again.
VisitLongStay long_stay(const Visit& visit, const Policy& policy, Ms late_by, Ms now) {
    const auto& at = policy.stay_ms;
    const auto next = visit.prompts + 1;  // prompts after this one
    const Ms gap = next < at.size() ? at[next] - at[next - 1] : at[at.size() - 1] - at[at.size() - 2];
    return VisitLongStay{visit.id, static_cast<std::uint32_t>((now - visit.arrived_at) / 60'000), late_by, now + std::max<Ms>(gap, 60'000)};
}

/// After school a prompt that was not answered is no reason for a call: it is said to whoever leads.
Fact stay_overdue(const State& state, const Visit& visit, Ms late_by, Ms now) {
    const Policy& policy = state.directory.policy;
    if (visit.left_open || (visit.review_wanted && school_is_over(state.rota))) return VisitLeftOpen{visit.id, late_by, now + policy.visit_left_ms};
    return long_stay(visit, policy, late_by, now);
}

}  // namespace

std::vector<Fact> react_visit(const State& state, const Event& event) { return visit(FollowVisit{state, event}, event.fact); }

Facts care_overdue(const State& state, Ms late_by, Ms now) {
    const auto& [at, kind, number, place] = *state.care_due.begin();
    const Policy& policy = state.directory.policy;
    const VisitId visit{number};
    switch (kind) {
        case CareDue::answer: return {VisitAskOverdue{visit, late_by}};
        case CareDue::choose: return {VisitEnded{visit, VisitEnd::lapsed, late_by}};
        case CareDue::arrive: return {VisitNotArrived{visit, late_by}};
        case CareDue::stay: return {stay_overdue(state, state.visits.at(visit), late_by, now)};
        case CareDue::welcome: return {VisitNotBack{visit, late_by}};
        case CareDue::alarm: return {UnattendedAlarm{place, late_by}};
        case CareDue::review: return {InterventionReviewDue{RecordId{number}, late_by, now + policy.visit_review_ms}};
        case CareDue::draft: break;
    }
    return {InterventionDraftOverdue{RecordId{number}, late_by}};
}

}  // namespace attune::core
