// Connection through one school day: who has greeted each child on a plan, the check-ins that were planned and whether
// they were kept, and the one-line notes of today. Plain data, reached by applying events. Lengths of time are
// milliseconds; defaults are in Policy (model.hpp). One owner (State), one thread.
//
// Nothing here ends by itself: a greeting ends with a person's tap, a check-in is kept or ended by a person with a reason,
// and both are carried over the night where they are still open. A note is the one exception: its words are sealed under
// a key of the day that is not in the journal, and go with that key (decisions/0018).
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "hub/core/ids.hpp"

namespace attune::core {

/// A check-in is named by the sequence number of the event that opened it, a note by that of its writing.
struct CheckinId {
    std::uint64_t value = 0;
    auto operator<=>(const CheckinId&) const = default;
};
struct NoteId {
    std::uint64_t value = 0;
    auto operator<=>(const NoteId&) const = default;
};

/// Words under the key of their day, as hexadecimal digits. Nothing in the core opens them.
struct SealedText {
    std::string value;
    auto operator<=>(const SealedText&) const = default;
    bool empty() const { return value.empty(); }
};

enum class GreetingStep : std::uint8_t { not_greeted, greeted, not_in };
/// `planned`: later today. `due`: now, and with somebody. Kept and ended ones are remembered until the day is over.
enum class CheckinStep : std::uint8_t { planned, due, kept, ended };
enum class CheckinMiss : std::uint8_t { no_answer, cannot, off_duty };
/// The first four are a person's reasons; the last two follow from an import.
enum class CheckinEnd : std::uint8_t { child_not_in, child_said_no, other_support, no_time_left, plan_changed, child_left };
enum class NoteEnd : std::uint8_t { day_over, taken_back, replaced, child_left };

/// From the school's files. `adult` empty: the first of the child's order who is here.
struct PlannedCheckin {
    Ms at = 0;
    PersonId adult;
    bool operator==(const PlannedCheckin&) const = default;
};

struct Greeting {
    GreetingStep step = GreetingStep::not_greeted;
    PersonId by;  // who greeted them, or said that they are not in
    Ms at = 0;
    bool carried = false;  // the day before ended without a greeting and without a word about it
    bool task = false;     // overdue: it is with somebody
    PersonId adult;        // of the task; empty: with every duty lead
    std::set<PersonId> passed;  // had it and have not done it
    std::uint32_t reminders = 0;
    Ms due = 0;
    bool operator==(const Greeting&) const = default;
};

struct Checkin {
    CheckinId id;
    ChildId child;
    Ms planned_at = 0;
    Ms at = 0;  // when it is promised for: as planned, or moved to
    PersonId adult;
    bool at_lead = false;  // the end of the order
    std::set<PersonId> passed;
    CheckinStep step = CheckinStep::planned;
    CheckinEnd why = CheckinEnd::child_not_in;  // of an ended one
    std::uint32_t missed = 0;
    std::uint32_t reminders = 0;  // counts up when a handset should sound for it again
    Ms due = 0;
    bool operator==(const Checkin&) const = default;

    bool open() const { return step == CheckinStep::planned || step == CheckinStep::due; }
};

struct TodayNote {
    NoteId id;
    ChildId child;
    PersonId by;
    SealedText sealed;
    Ms at = 0;
    Ms from = 0;   // the school day that it is for
    Ms until = 0;  // gone then
    bool operator==(const TodayNote&) const = default;
};

enum class DayDue : std::uint8_t { greetings, greeting, checkin, note };

struct Today {
    Ms from = 0;  // the school day that is on; 0: none
    Ms to = 0;
    Ms greet_due = 0;  // those who are not greeted by then go to an adult
    std::map<ChildId, Greeting> greetings;
    std::map<CheckinId, Checkin> checkins;
    std::map<NoteId, TodayNote> notes;
    std::set<PersonId> doors;  // adults who stand at the door
    std::map<ChildId, std::vector<PlannedCheckin>> planned;  // of all days that the files speak of, in order
    /// Armed deadlines, soonest first: of all greetings, of one child's, of check-ins and notes (by number).
    std::set<std::tuple<Ms, DayDue, std::uint64_t, ChildId>> dues;
    bool operator==(const Today&) const = default;
};

inline constexpr Ms note_ahead_ms_max = 57'600'000;    // for the next school day, from the evening before
inline constexpr Ms no_school_again_ms = 86'400'000;   // no school day is known ahead: once a day
inline constexpr std::size_t checkins_of_a_child_max = 2'000;  // a school year with ten a day

}  // namespace attune::core
