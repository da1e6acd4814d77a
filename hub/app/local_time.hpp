// A school's clock: dates and times as people write them, in the time zone of the site, as instants of the hub's
// timeline. Howard Hinnant's date with the machine's own tz database behind it; it appears in local_time.cpp and nowhere
// else. Pure but for reading that database once; any thread; never throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "hub/core/ids.hpp"

namespace attune::app {

/// Days since 1970-01-01 of the civil calendar, without a zone.
using LocalDay = std::int32_t;

inline constexpr core::Ms minute_ms = 60'000;

std::optional<LocalDay> read_date(std::string_view text);              // 2026-11-23
std::optional<std::int32_t> read_time_of_day(std::string_view text);   // 08:40, as minutes; 24:00 is a day's end
std::optional<int> read_weekday(std::string_view text);                // mon to sun; 0 is Monday
int weekday_of(LocalDay day);                                          // 0 is Monday

class LocalZone {
  public:
    /// Nothing when the machine's tz database has no such zone (or there is none).
    static std::optional<LocalZone> find(std::string_view name);

    /// The zone that TZ names or, without it, that this machine is set to; nothing when neither can be told.
    static std::optional<LocalZone> here();

    /// A time that a spring night leaves out is the instant at which the clocks go on; of one that an autumn night has
    /// twice it is the first.
    core::Ms instant(LocalDay day, std::int32_t minutes) const;
    LocalDay day_of(core::Ms at) const;

  private:
    explicit LocalZone(const void* zone) : zone_(zone) {}
    const void* zone_;  // owned by the database, which lives as long as the program
};

}  // namespace attune::app
