// Times of a calendar as libical reads them, and where they are: UTC, one of the machine's zones, or one that the
// calendar brings along. For calendar_ics.cpp alone. Pure but for the tz database; any thread.
#pragma once

#include <string>

#include <libical/ical.h>

#include "hub/app/local_time.hpp"

namespace attune::app {

std::string lower(std::string_view text);  // letters of ASCII alone

LocalDay day_of(const icaltimetype& time);
inline std::int32_t minute_of(const icaltimetype& time) { return time.hour * 60 + time.minute; }
icaltimetype at_midnight(LocalDay day);
/// A real day from 1970 to 2199.
bool is_plausible(const icaltimetype& time);

struct Where {
    bool utc = false;
    const LocalZone* system = nullptr;
    icaltimezone* own = nullptr;
    bool operator==(const Where&) const = default;

    core::Ms instant(const icaltimetype& time) const;
    /// What the clock shows there at an instant in UTC.
    icaltimetype clock_of(icaltimetype utc) const;
};

}  // namespace attune::app
