// What a call owes, and small questions about one follow-up that deciding, reacting and the audience all ask. One place,
// so that they can't differ. Lengths of time are milliseconds.
#pragma once

#include <span>

#include "hub/core/call_rules.hpp"
#include "hub/core/decide_rules.hpp"
#include "hub/core/followup.hpp"

namespace attune::core {

// -- how long each has, with where the number is from

/// "Same day": lifecycles, Follow-up, and the six hours that Policy::record_draft_ms has for the same words.
inline constexpr Ms same_day_ms = 21'600'000;
/// "A learning review within 5 school days": lifecycles, Follow-up. The plan review and what prevents a next time have no
/// number there, and get the same.
inline constexpr int review_school_days = 5;
/// Five school days where no timetable says which: a week. Ours.
inline constexpr Ms review_without_timetable_ms = 604'800'000;
/// "Escalated to the lead once a day": lifecycles (Overdue) and practice E1 ("aged and escalated like a call").
inline constexpr Ms escalate_again_ms = 86'400'000;
/// A time that was said has passed for so long, and it is not kept: overdue. No source; ours: one lesson.
inline constexpr Ms meet_grace_ms = 3'600'000;
/// A time may be said, and a question put off, for so long ahead. No source; ours: two weeks, a holiday and its weekends.
inline constexpr Ms followup_ahead_ms_max = 1'209'600'000;
/// Asked again, and no answer: a school day, as with every promise of the same day. See same_day_ms.
inline constexpr Ms reask_ms = same_day_ms;
/// "Each parent": product, facts of law. The directory holds no parents, so two are owed; a second one that is not there is
/// let be by two people, `nobody_to_tell`.
inline constexpr std::uint32_t parents_owed = 2;

/// The kinds of a level's set, in the order in which they are opened. staff_debrief stands for one to each adult,
/// parent_contact for one to each parent. Level 1 owes nothing. Lifecycles, "Default sets": level 3 has all that a call
/// can owe by itself. Three kinds are never opened by the hub: an adult's repair is raised by that adult (practice E2),
/// agencies are told by a person for a purpose (F2, smallest audience), and cover is asked for when a repair needs it.
std::span<const FollowupKind> set_of(std::uint32_t level);

/// Which clock is not a person's to move: parents and the raiser the same day, the learning review within its days.
constexpr bool has_fixed_clock(FollowupKind kind) {
    return kind == FollowupKind::parent_contact || kind == FollowupKind::outcome_told || kind == FollowupKind::learning_review;
}
/// May wait for somebody to be ready, or be declined: what is a conversation with a person who may say no.
constexpr bool may_wait(FollowupKind kind) {
    return kind == FollowupKind::child_repair || kind == FollowupKind::adult_repair || kind == FollowupKind::staff_debrief || kind == FollowupKind::class_reset;
}
constexpr bool may_be_declined(FollowupKind kind) {
    return kind == FollowupKind::child_repair || kind == FollowupKind::adult_repair || kind == FollowupKind::staff_debrief;
}
/// Seen by its two adults alone, at every step: never by whoever leads, also when it is late (practice E2).
constexpr bool is_private(FollowupKind kind) { return kind == FollowupKind::adult_repair; }

/// When one of this kind is owed by that is opened now.
Ms owed_by(const Rota& rota, FollowupKind kind, Ms now);

/// The next day on which whoever leads is told again: when the next school day has begun; a day on where none is known.
Ms next_telling(const Rota& rota, Ms now);

/// The first of this child's own adults who is still at the school; empty when there is none.
PersonId named_adult(const State& state, const ChildId& child, const PersonId& but = {});

/// What a call that has just been closed owes: facts about it, each with its owner and its deadline.
Facts open_set(const State& state, const AfterCall& call, Ms now);

/// What must follow for follow-ups now that this event has been applied.
std::vector<Fact> react_followup(const State& state, const Event& event);

/// What falls due for one: asked again, or overdue and said to a person; never into nothing, and never its end.
Facts followup_overdue(const State& state, const Followup& followup, Ms now);

}  // namespace attune::core
