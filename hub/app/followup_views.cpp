// Follow-ups as one adult may see them, the oldest promise first.
#include "hub/app/followup_views.hpp"

#include <algorithm>
#include <utility>

#include "hub/core/followup_audience.hpp"
#include "hub/core/followup_rules.hpp"

namespace attune::app {

namespace {

using core::Followup;
using core::FollowupKind;
using core::FollowupRelation;

constexpr std::size_t owed_max = 64;

static_assert(static_cast<int>(FollowupKind::repair_cover) == static_cast<int>(protocol::FollowupKind::repair_cover));
static_assert(static_cast<int>(core::FollowupStep::unneeded) == static_cast<int>(protocol::FollowupStep::unneeded));
static_assert(static_cast<int>(FollowupRelation::owner) == static_cast<int>(protocol::FollowupRelation::owner) + 1);
static_assert(static_cast<int>(core::Alternative::in_writing) == static_cast<int>(protocol::Alternative::in_writing));
static_assert(static_cast<int>(core::NotNeededWhy::not_for_this) == static_cast<int>(protocol::NotNeededWhy::not_for_this));

/// A debrief, a word with the class, thanks and cover are about a place and a time, and need no child.
bool tells_child(FollowupKind kind) {
    return kind != FollowupKind::staff_debrief && kind != FollowupKind::class_reset && kind != FollowupKind::outcome_told && kind != FollowupKind::repair_cover;
}

protocol::FollowupView view_of(const core::State& state, const Followup& followup, FollowupRelation relation, const core::PersonId& person) {
    protocol::FollowupView view;
    view.followup = followup.id.value;
    view.kind = same_number<protocol::FollowupKind>(followup.kind);
    view.step = same_number<protocol::FollowupStep>(followup.step);
    view.relation = static_cast<protocol::FollowupRelation>(static_cast<int>(relation) - 1);
    view.call = followup.of_call.value;
    if (const auto call = state.after_calls.find(followup.of_call); call != state.after_calls.end()) {
        view.raised_at = call->second.raised_at;
        const auto place = state.directory.places.find(call->second.place);
        if (place != state.directory.places.end()) view.place_name = cut(place->second.name, name_bytes);
    }
    const auto plan = state.directory.children.find(followup.child);
    if (tells_child(followup.kind) && plan != state.directory.children.end()) {
        view.child = cut(followup.child.value, id_bytes);
        view.initials = cut(plan->second.initials, initials_bytes);
    }
    if (!followup.owner.empty()) view.owner = short_name_of(state, followup.owner);
    if (!followup.with.empty()) view.with = short_name_of(state, followup.with);
    view.parent = followup.parent;
    view.owed_by = followup.owed_by;
    view.fixed = core::has_fixed_clock(followup.kind);
    if (followup.step == core::FollowupStep::scheduled) view.meet_at = followup.meet_at;
    view.overdue = followup.overdue;
    if (followup.step == core::FollowupStep::declined) view.alternative = same_number<protocol::Alternative>(followup.alternative);
    if (followup.step == core::FollowupStep::unneeded) {
        view.why = same_number<protocol::NotNeededWhy>(followup.why);
        view.said_by_me = followup.unneeded_by == person;
    }
    view.reminders = followup.reminders;
    return view;
}

template <class RelationOf>
protocol::Owed owed(const core::State& state, const core::PersonId& person, RelationOf relation_of) {
    std::vector<std::pair<const Followup*, FollowupRelation>> seen;
    for (const auto& [id, followup] : state.followups)
        if (const FollowupRelation relation = relation_of(followup); relation != FollowupRelation::none) seen.emplace_back(&followup, relation);
    std::ranges::sort(seen, {}, [](const auto& one) { return std::pair(one.first->owed_by, one.first->id); });
    protocol::Owed list;
    for (const auto& [followup, relation] : seen) {
        if (list.items.size() == owed_max) ++list.more;
        else list.items.push_back(view_of(state, *followup, relation, person));
    }
    return list;
}

}  // namespace

protocol::Owed owed_view(const core::State& state, const core::PersonId& person) {
    return owed(state, person, [&](const Followup& followup) { return core::followup_relation(state, followup, person); });
}

protocol::Owed owed_view(const core::State& state, const core::Person& leader) {
    return owed(state, leader.id, [&](const Followup& followup) { return core::followup_relation(followup, leader); });
}

}  // namespace attune::app
