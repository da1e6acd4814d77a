// The day by the site's clock: from when a test of the day counts, when what is not ready is listed, and when the next day
// begins. Where there is a timetable, the core takes list and bell from that. Pure; never throws.
#pragma once

#include <optional>

#include "hub/app/local_time.hpp"
#include "hub/core/command.hpp"

namespace attune::app {

/// The day that holds `now`, from midnight to midnight. On weekdays the list is out at 08:30 and the bell is at 09:00; at
/// weekends, and for a hub that is first started after four o'clock, there is none. Without a zone: UTC.
core::BeginReadyDay morning_of(core::Ms now, const std::optional<LocalZone>& zone);

}  // namespace attune::app
