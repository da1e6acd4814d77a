// checkins.csv: when an adult has promised to look in on a child, by weekday and time of day. Laid out over the school days
// of terms.csv as instants of the hub's timeline, for the core, which knows no time zone. Pure; any thread.
#pragma once

#include <map>
#include <vector>

#include "hub/app/csv_table.hpp"
#include "hub/app/local_time.hpp"
#include "hub/core/day.hpp"

namespace attune::app {

inline constexpr std::string_view checkins_file = "checkins.csv";
inline constexpr std::string_view checkins_columns[] = {"child", "days", "time", "adult"};

/// The school's own day, as terms.csv says it.
struct SchoolHours {
    const LocalZone& zone;
    const std::vector<LocalDay>& days;
    std::int32_t opens = 0, closes = 0;  // minutes
};

/// Faults go to `problems`; times of one child are in order, each once.
std::map<core::ChildId, std::vector<core::PlannedCheckin>> read_checkins(const Table& table, const core::Directory& directory, const SchoolHours& hours,
                                                                         Problems& problems);

}  // namespace attune::app
