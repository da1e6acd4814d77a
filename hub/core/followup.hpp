// What is owed after a call: repair, the outcome told, a debrief, parents, learning. Plain data, reached by applying events.
// What is said in any of them is never here: only that it was owed, to whom, by when, and how it ended.
//
// Nothing of it ends by a clock: a follow-up is kept, declined and respected, or let be by two people, and each end is an
// event. Every open one has a deadline. One owner (State), one thread. Lengths of time are milliseconds.
#pragma once

#include <set>
#include <vector>

#include "hub/core/ids.hpp"

namespace attune::core {

/// A follow-up is named by the sequence number of the event that opened it.
struct FollowupId {
    std::uint64_t value = 0;
    auto operator<=>(const FollowupId&) const = default;
};

enum class FollowupKind : std::uint8_t {
    child_repair,      // a restorative conversation, with the child
    adult_repair,      // raised by an adult themself; seen by them and the child's named adult, and by nobody else
    class_reset,
    outcome_told,      // the raiser hears how it went, and is thanked
    parent_contact,    // one for each parent
    staff_debrief,     // offered to one adult
    plan_review,
    preventive_change,
    agency_contact,
    learning_review,
    repair_cover,      // somebody takes a class for the minutes that a repair needs
};

/// `opened`: owed. `scheduled`: a time was said. `not_ready`: waits for a person, and is not late. `declined`: the child
/// said no, and another way was offered. `unneeded`: one person said so; a second one has not yet.
enum class FollowupStep : std::uint8_t { opened, scheduled, not_ready, declined, unneeded };

/// E3, the outcome slots: conflict resolved, harm repaired. A conversation that was held is kept also with `not_yet`.
enum class Mended : std::uint8_t { not_said, yes, partly, not_yet };
/// E3, what changes.
enum class Changes : std::uint8_t { not_said, nothing_new, plan, place, routine, lesson, adults };
/// F3, how parents were reached.
enum class Channel : std::uint8_t { not_said, in_person, telephone, message, letter };
enum class NotReadyWho : std::uint8_t { child, adult };
/// What is offered to whoever declined.
enum class Alternative : std::uint8_t { another_adult, another_time, in_symbols, side_by_side, in_writing };
enum class NotNeededWhy : std::uint8_t { done_already, nobody_to_tell, told_by_others, not_for_this };
enum class FollowupPass : std::uint8_t { person_said, left_school };
/// Kept ones end by FollowupKept.
enum class FollowupEnd : std::uint8_t { respected, not_needed, child_left, adults_left };

/// The closed call that follow-ups are about, for as long as one of them is open.
struct AfterCall {
    CallId id;
    PlaceId place;
    DeviceId raised_by;  // empty: nobody pressed
    PersonId raiser;     // where a handset raised it
    std::uint32_t level = 2;
    ChildId child;  // empty: nobody was chosen
    PersonId owner;
    std::set<PersonId> helpers;
    Ms raised_at = 0;
    Ms closed_at = 0;
    std::uint32_t open = 0;  // follow-ups of it
    bool operator==(const AfterCall&) const = default;
};

struct Followup {
    FollowupId id;
    FollowupKind kind = FollowupKind::child_repair;
    CallId of_call;
    ChildId child;   // empty: not known, or not of a child
    PersonId owner;  // empty: whoever leads
    PersonId with;   // whom a debrief or cover is for; of an adult's repair the child's named adult
    std::uint32_t parent = 0;  // of a parent contact: the first or the second
    Ms opened_at = 0;

    FollowupStep step = FollowupStep::opened;
    Ms owed_by = 0;   // the promise; where the law has a clock it does not move
    Ms meet_at = 0;   // the time said
    std::uint32_t moved = 0;  // how often another time was said
    bool overdue = false;
    std::uint32_t escalated = 0;  // how often whoever leads was told
    std::uint32_t reminders = 0;  // counts up when its owner is to be told again
    Alternative alternative = Alternative::another_adult;  // of a declined one
    NotNeededWhy why = NotNeededWhy::done_already;         // of an unneeded one
    PersonId unneeded_by;
    Ms due = 0;  // never 0 while it is open
    bool operator==(const Followup&) const = default;
};

}  // namespace attune::core
