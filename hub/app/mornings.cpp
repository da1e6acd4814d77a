// Midnights and mornings.
#include "hub/app/mornings.hpp"

namespace attune::app {

namespace {

constexpr core::Ms day_ms = 86'400'000;
constexpr std::int32_t list_minutes = 8 * 60 + 30, bell_minutes = 9 * 60, last_minutes = 16 * 60;

}  // namespace

core::BeginReadyDay morning_of(core::Ms now, const std::optional<LocalZone>& zone) {
    const auto day = zone ? zone->day_of(now) : static_cast<LocalDay>(now / day_ms);
    const auto at = [&](LocalDay of, std::int32_t minutes) { return zone ? zone->instant(of, minutes) : of * day_ms + minutes * minute_ms; };
    // A hub that is put up in the evening sends nobody to look.
    const bool weekday = weekday_of(day) < 5 && now < at(day, last_minutes);
    return {at(day, 0), weekday ? at(day, list_minutes) : 0, weekday ? at(day, bell_minutes) : 0, at(day + 1, 0)};
}

}  // namespace attune::app
