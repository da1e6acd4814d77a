// One iCalendar file (RFC 5545) as lessons: events with their recurrence rules, exceptions and time zones, expanded
// between two days. Whom a file's events are of, and where, is held against the directory. libical appears in
// calendar_ics.cpp and nowhere else. Pure but for the tz database of the machine: nothing is ever fetched. Any thread;
// never throws on bad input, and what would take for ever is a problem with a line.
#pragma once

#include "hub/app/csv_table.hpp"
#include "hub/app/local_time.hpp"
#include "hub/core/timetable.hpp"

namespace attune::app {

struct Lesson {
    core::PersonId person;
    core::Slot slot;
    bool operator==(const Lesson&) const = default;
};

struct CalendarScope {
    const core::Directory& directory;
    LocalZone zone;         // of the site: for times that name none
    LocalDay first = 0, last = 0;  // the school year: what begins outside is left out
};

inline constexpr std::size_t calendar_bytes_max = csv_file_bytes_max;
inline constexpr std::size_t calendar_events_max = 20'000;   // in one file
inline constexpr std::size_t calendar_event_bytes_max = 65'536;  // one event, with all its lines
inline constexpr std::size_t calendar_lessons_max = 100'000;  // of one file, once it is expanded
inline constexpr std::size_t calendar_steps_max = 1'000'000;  // of all its rules: days, weeks, months or years looked at
inline constexpr std::int32_t calendar_history_days_max = 3'653;  // a rule may have begun ten years before the last day

bool is_calendar_file(std::string_view name);  // ends in .ics

/// In the order in which they begin, the longer first. Empty where there is a problem.
/// `notes`: what is right and may not be meant, in at most three sentences.
std::vector<Lesson> read_calendar(const CsvFile& file, const CalendarScope& scope, Problems& problems, std::vector<std::string>& notes);

}  // namespace attune::app
