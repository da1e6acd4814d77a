// Calm spaces and visits as data: who is in a space, how far a visit is, and the record that a kept-in child opens. Plain
// data without behaviour, reached by applying events alone. Lengths of time are milliseconds; defaults come from the
// lifecycles' table and are in Policy (model.hpp). The steps are those of the lifecycle; a visit that ended is dropped from
// the state and stays in the journal.
#pragma once

#include <array>
#include <map>

#include "hub/core/ids.hpp"

namespace attune::core {

/// A visit is named by the sequence number of the event with which it was asked for.
struct VisitId {
    std::uint64_t value = 0;
    auto operator<=>(const VisitId&) const = default;
};
/// A restrictive-intervention record is named by the sequence number of the event that opened it.
struct RecordId {
    std::uint64_t value = 0;
    auto operator<=>(const RecordId&) const = default;
};

/// Why there is a call although nobody pressed.
enum class CallWhy : std::uint8_t { pressed, not_arrived, not_back, adult_away, review_overdue, break_asked };

enum class VisitAsker : std::uint8_t { child, teacher, responder, calm_space };
enum class VisitStep : std::uint8_t { asked, offered, chosen, travelling, not_arrived, here, ready, returning, not_back };
enum class Company : std::uint8_t { alone, adult, peer };
/// One thing for the class teacher to say, chosen by the adult of the calm space with the child.
enum class WelcomeWord : std::uint8_t { good_to_see_you, start_with_me, fresh_start, quiet_place };
/// Staying is `declined`: the child chose something else. Leaving early is `returned` or `welcomed`. Neither is a refusal.
enum class VisitEnd : std::uint8_t { declined, lapsed, called, returned, welcomed, looked_after };

/// Why an adult no longer counts as there.
enum class AdultGone : std::uint8_t { said_so, device_silent, device_out, left_school };
enum class OutOfUse : std::uint8_t { being_put_right, needed_otherwise, not_safe };

/// Deadlines of visits (answer to welcome), of a space (alarm) and of a record (review, draft).
enum class CareDue : std::uint8_t { answer, choose, arrive, stay, welcome, alarm, review, draft };
inline constexpr std::size_t visit_due_kinds = 5;

struct Visit {
    VisitId id;
    PlaceId space;
    PlaceId from;  // the room they come from and go back to; empty when nobody knows
    VisitAsker asked_by = VisitAsker::teacher;
    DeviceId asked_on;
    ChildId child;  // empty: no plan, or not chosen
    VisitStep step = VisitStep::asked;
    Ms asked_at = 0;
    Ms step_at = 0;
    Company company = Company::alone;
    PersonId with;  // the adult who goes along
    Ms expected_by = 0;
    CallId call;  // that it came from, or that was raised because of it
    Ms arrived_at = 0;
    bool can_leave = true;  // as the adult there last answered
    std::uint32_t prompts = 0;  // long-stay prompts so far
    bool review_wanted = false;
    bool review_missed = false;  // a prompt came while the one before was not answered
    RecordId record;  // the period that is open now; 0: none
    WelcomeWord say = WelcomeWord::good_to_see_you;
    bool left_open = false;       // school is over and nobody has ended it
    std::uint32_t reminders = 0;  // of that: counts up when it should sound again
    std::array<Ms, visit_due_kinds> due{};
    bool operator==(const Visit&) const = default;
};

/// A place of kind calm_space in which something has happened. Closed while `adults` is empty.
struct CalmSpace {
    std::map<PersonId, DeviceId> adults;  // who is there, and the device that proves it
    Ms since = 0;           // somebody has been there, or nobody, since then
    bool out_of_use = false;
    OutOfUse reason = OutOfUse::being_put_right;
    Ms alone_since = 0;     // visitors and no adult, since then; 0: not so
    bool alarmed = false;
    Ms alarm_due = 0;
    bool operator==(const CalmSpace&) const = default;
};

/// The record of a child who could not leave: opened, reviewed, the period ended. The written form is another matter; it is
/// due the same day.
struct Intervention {
    RecordId id;
    PlaceId place;
    VisitId visit;
    ChildId child;
    PersonId opened_by;
    Ms opened_at = 0;
    Ms ended_at = 0;  // of the period; 0: it goes on
    std::uint32_t reviews = 0;
    bool review_wanted = false;
    bool review_missed = false;
    bool draft_late = false;
    Ms review_due = 0;
    Ms draft_due = 0;
    bool operator==(const Intervention&) const = default;
};

}  // namespace attune::core
