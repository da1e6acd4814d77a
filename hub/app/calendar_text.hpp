// The text of an iCalendar file taken apart by line, before any library sees it: lines unfolded, components balanced,
// each event and each time zone as a text of its own that holds only the properties that a timetable needs. So every
// fault has a line, and what a stranger's calendar carries besides (alarms, pictures, notes about people) is dropped
// here. Pure; any thread; never throws.
#pragma once

#include "hub/app/csv_table.hpp"

namespace attune::app {

enum class CalendarKind : std::uint8_t { event, zone };

struct CalendarPart {
    CalendarKind kind = CalendarKind::event;
    std::uint64_t line = 0;  // of its BEGIN
    std::string text;        // from BEGIN to END, lines ending in CR LF
};

/// The events and time zones in the file's order; empty where there is a problem.
std::vector<CalendarPart> split_calendar(const CsvFile& file, Problems& problems);

}  // namespace attune::app
