// Calm spaces and visits in the words of the wire.
#include "hub/app/views.hpp"
#include "hub/core/visit_rules.hpp"

namespace attune::app {

namespace {

constexpr std::size_t visit_adults_max = 8;

static_assert(static_cast<int>(core::SpaceState::out_of_use) == static_cast<int>(protocol::SpaceState::out_of_use));
static_assert(static_cast<int>(core::VisitStep::not_back) == static_cast<int>(protocol::VisitStep::not_back));
static_assert(static_cast<int>(core::VisitStep::here) == static_cast<int>(protocol::VisitStep::here));
static_assert(static_cast<int>(core::VisitAsker::calm_space) == static_cast<int>(protocol::VisitAsker::calm_space));
static_assert(static_cast<int>(core::VisitRelation::station) == static_cast<int>(protocol::VisitRelation::station) + 1);
static_assert(static_cast<int>(core::VisitRelation::lead) == static_cast<int>(protocol::VisitRelation::lead) + 1);
static_assert(static_cast<int>(core::VisitRelation::along) == static_cast<int>(protocol::VisitRelation::along) + 1);

using protocol::VisitEvent;

struct VisitEventName {
    VisitEvent operator()(const core::VisitAsked&) const { return VisitEvent::asked; }
    VisitEvent operator()(const core::VisitOffered&) const { return VisitEvent::offered; }
    VisitEvent operator()(const core::VisitChosen&) const { return VisitEvent::chosen; }
    VisitEvent operator()(const core::VisitSetOut&) const { return VisitEvent::set_out; }
    VisitEvent operator()(const core::VisitNotArrived&) const { return VisitEvent::not_arrived; }
    VisitEvent operator()(const core::VisitArrived&) const { return VisitEvent::arrived; }
    VisitEvent operator()(const core::VisitReviewed&) const { return VisitEvent::reviewed; }
    VisitEvent operator()(const core::VisitLongStay&) const { return VisitEvent::long_stay; }
    VisitEvent operator()(const core::VisitReady&) const { return VisitEvent::ready; }
    VisitEvent operator()(const core::VisitReturning&) const { return VisitEvent::returning; }
    VisitEvent operator()(const core::VisitNotBack&) const { return VisitEvent::not_back; }
    VisitEvent operator()(const core::VisitEnded&) const { return VisitEvent::ended; }
    VisitEvent operator()(const core::InterventionOpened&) const { return VisitEvent::record; }
    VisitEvent operator()(const core::InterventionReviewed&) const { return VisitEvent::record; }
    VisitEvent operator()(const core::InterventionEnded&) const { return VisitEvent::record; }
    VisitEvent operator()(const core::VisitLeftOpen&) const { return VisitEvent::left_open; }
    VisitEvent operator()(const core::InterventionReviewDue&) const { return VisitEvent::review_due; }
    template <class Fact>
    VisitEvent operator()(const Fact&) const {
        return VisitEvent::seen;
    }
};

/// What the calm space and whoever is in it need and nobody else.
void add_what_is_for_the_space(const core::Visit& visit, const core::VisitSeer& seer, protocol::VisitView& view) {
    const bool of_the_space = seer.relation == core::VisitRelation::space || seer.relation == core::VisitRelation::there;
    if (!of_the_space || !core::is_here(visit)) return;
    view.can_leave = visit.can_leave;
    view.review_wanted = visit.review_wanted;
    view.record = visit.record.value != 0;
}

}  // namespace

protocol::SpaceView space_view(const core::State& state, const core::PlaceId& place, bool with_adults) {
    protocol::SpaceView view;
    view.space = cut(place.value, id_bytes);
    view.name = place_name(state, place);
    view.state = same_number<protocol::SpaceState>(core::space_state(state, place));
    view.capacity = core::capacity_of(state, place);
    view.here = core::count_visits(state, place, core::is_here);
    view.coming = core::count_visits(state, place, core::takes_place) - view.here;
    const auto space = state.spaces.find(place);
    if (space == state.spaces.end()) return view;
    view.since = space->second.since;
    view.alarmed = space->second.alarmed;
    if (view.state == protocol::SpaceState::out_of_use) view.reason = same_number<protocol::OutOfUse>(space->second.reason);
    if (!with_adults) return view;
    for (const auto& [person, device] : space->second.adults)
        if (view.adults.size() < visit_adults_max) view.adults.push_back(short_name_of(state, person));
    return view;
}

protocol::VisitView visit_view(const core::State& state, const core::Visit& visit, const core::VisitSeer& seer, bool recorded) {
    protocol::VisitView view;
    view.visit = visit.id.value;
    view.space = cut(visit.space.value, id_bytes);
    view.space_name = visit.space.empty() ? "" : place_name(state, visit.space);
    if (!visit.from.empty()) {
        view.from = cut(visit.from.value, id_bytes);
        view.from_name = place_name(state, visit.from);
    }
    view.step = same_number<protocol::VisitStep>(visit.step);
    view.relation = static_cast<protocol::VisitRelation>(static_cast<int>(seer.relation) - 1);
    view.asked_by = same_number<protocol::VisitAsker>(visit.asked_by);
    view.asked_at = visit.asked_at;
    view.step_at = visit.step_at;
    view.company = same_number<protocol::Company>(visit.company);
    if (!visit.with.empty()) view.with = short_name_of(state, visit.with);
    if (visit.step == core::VisitStep::travelling || visit.step == core::VisitStep::returning) view.expected_by = visit.expected_by;
    if (visit.arrived_at != 0) view.arrived_at = visit.arrived_at;
    add_what_is_for_the_space(visit, seer, view);
    const bool back = visit.step == core::VisitStep::returning || visit.step == core::VisitStep::not_back;
    if (seer.relation == core::VisitRelation::room && back) view.say = same_number<protocol::WelcomeWord>(visit.say);
    if (seer.sees_child) view.child = cut(visit.child.value, id_bytes);
    if (seer.sees_helps) view.helps = helps_of(state, visit.child);
    view.recorded = recorded;
    view.left_open = visit.left_open;
    if (seer.relation == core::VisitRelation::station || seer.relation == core::VisitRelation::lead) view.reminders = visit.reminders;
    return view;
}

protocol::VisitEvent visit_event(const core::Fact& fact) { return visit(VisitEventName{}, fact); }

}  // namespace attune::app
