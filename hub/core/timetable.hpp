// Where adults are due, as plain intervals on the hub's timeline (Ms, UTC). Dates, weekdays, time zones and the words of
// a school's files are the importer's business (app/timetable_csv): whatever it can't place it refuses, so that here
// every interval is real. One owner (State), one thread.
//
// What holds "now" is what held at the last bell: the rota moves on by an event, never by looking at a clock, so that
// two questions in one step can't get two answers.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hub/core/ids.hpp"

namespace attune::core {

/// here: in a place and free to be asked; teaching: may be fetched only for a child whose plan says so; on_break:
/// protected, nobody is fetched from it; absent: not in school, whatever else is declared.
enum class SlotKind : std::uint8_t { here, teaching, on_break, absent };

/// [from, to). The slots of one adult are in order and do not overlap: the importer sees to it.
struct Slot {
    Ms from = 0;
    Ms to = 0;
    SlotKind kind = SlotKind::here;
    PlaceId place;  // may be empty
    bool operator==(const Slot&) const = default;
};

/// A day with children in school. Who has not signed in once by `sign_in_by` counts as absent.
struct SchoolDay {
    Ms from = 0;
    Ms sign_in_by = 0;
    Ms to = 0;
    bool operator==(const SchoolDay&) const = default;
};

/// Nobody in this child's order can come: now, or from a known instant on.
struct CoverageGap {
    std::uint64_t id = 0;  // seq of the event that opened it
    Ms from = 0;           // in the past: now
    Ms opened_at = 0;
    bool operator==(const CoverageGap&) const = default;
};

/// An adult whom a person has named to stand in for a child's own adults until an instant.
struct Swap {
    PersonId person;
    PersonId by;
    Ms until = 0;
    bool operator==(const Swap&) const = default;
};

/// Why the newest import changed nothing. The last good rota goes on.
struct ImportFault {
    std::string file;
    std::uint64_t line = 0;
    std::string what;
    Ms at = 0;
    bool operator==(const ImportFault&) const = default;
};

/// How far ahead a gap is looked for: about a lesson, so that whoever leads can still arrange something.
inline constexpr Ms cover_ahead_ms = 3'600'000;

struct Rota {
    std::map<PersonId, std::vector<Slot>> slots;
    std::vector<SchoolDay> days;  // in order
    Ms imported_at = 0;           // 0: never
    std::optional<ImportFault> fault;

    Ms rung_at = 0;   // the last bell; what follows is as of then
    Ms bell_due = 0;  // the next one; 0: none
    std::map<PersonId, Slot> now;  // whoever is in a slot
    std::optional<SchoolDay> today;

    std::map<ChildId, CoverageGap> gaps;
    std::map<ChildId, Swap> swaps;
    std::map<PersonId, std::set<ChildId>> children_of;  // by adult: whose plans name them or the adult whom they cover, or whose swap they are
    bool operator==(const Rota&) const = default;
};

/// The slot that holds at `at`, null between slots.
const Slot* slot_at(const std::vector<Slot>& slots, Ms at);

/// The next instant after `after` at which anything of the rota changes, or comes close enough to be looked ahead to;
/// 0 when nothing does.
Ms next_bell(const Rota& rota, Ms after);

/// Children are in school, and whoever comes has had the time to sign in.
inline bool school_is_on(const Rota& rota) { return rota.today && rota.rung_at >= rota.today->sign_in_by; }

}  // namespace attune::core
