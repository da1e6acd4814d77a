// terms.csv, timetable.csv, absences.csv and calendars (*.ics): when children are in school, where each adult is due, who
// is away and who covers. The result is plain intervals on the hub's timeline, for the core, which knows no time zone. All or nothing:
// with one problem the result is empty, and the caller keeps the last good one. Pure but for the tz database; any thread.
#pragma once

#include <map>
#include <vector>

#include "hub/app/directory_csv.hpp"
#include "hub/core/state.hpp"
#include "hub/app/import_changes.hpp"

namespace attune::app {

struct ParsedTimetable {
    bool given = false;  // none of the files is there: whatever is known goes on
    std::map<core::PersonId, std::vector<core::Slot>> slots;
    std::vector<core::SchoolDay> days;
    std::map<core::ChildId, std::vector<core::PlannedCheckin>> checkins;  // of checkins.csv, which may be left out
    std::vector<Problem> problems;
    std::vector<std::string> notes;  // what is right and may not be meant
};

inline constexpr std::size_t term_days_max = 400;   // a school year and its holidays
inline constexpr std::size_t slots_max = 500'000;   // 2,000 adults with 250 times each, or 200 with a year of lessons

bool is_timetable_file(std::string_view name);

/// Holds what the files say against the people and places of `directory`.
ParsedTimetable parse_timetable(const std::vector<CsvFile>& files, const core::Directory& directory);

/// What it would change, in the words of a report: one line for each adult, one for the school days.
std::vector<Change> timetable_changes(const core::State& state, const ParsedTimetable& parsed);

}  // namespace attune::app
