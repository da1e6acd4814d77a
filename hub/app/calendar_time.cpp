// Between libical's broken-down times and the hub's timeline.
#include "hub/app/calendar_time.hpp"

#include <algorithm>
#include <chrono>

namespace attune::app {

using core::Ms;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

LocalDay day_of(const icaltimetype& time) {
    const std::chrono::year_month_day date{std::chrono::year{time.year}, std::chrono::month{static_cast<unsigned>(time.month)}, std::chrono::day{static_cast<unsigned>(time.day)}};
    return static_cast<LocalDay>(std::chrono::sys_days{date}.time_since_epoch().count());
}

icaltimetype at_midnight(LocalDay day) {
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    icaltimetype time = icaltime_null_time();
    time.year = static_cast<int>(date.year());
    time.month = static_cast<int>(static_cast<unsigned>(date.month()));
    time.day = static_cast<int>(static_cast<unsigned>(date.day()));
    return time;
}

bool is_plausible(const icaltimetype& time) {
    return !icaltime_is_null_time(time) && icaltime_is_valid_time(time) && time.year >= 1970 && time.year <= 2199 && time.month >= 1 && time.month <= 12 && time.day >= 1 &&
           time.day <= icaltime_days_in_month(time.month, time.year);
}

Ms Where::instant(const icaltimetype& time) const {
    if (system != nullptr) return system->instant(day_of(time), minute_of(time));
    if (own != nullptr) return static_cast<Ms>(icaltime_as_timet_with_zone(time, own)) * 1'000;
    return (static_cast<Ms>(day_of(time)) * 1'440 + minute_of(time)) * minute_ms;
}

icaltimetype Where::clock_of(icaltimetype utc) const {
    if (own != nullptr) {
        icaltimezone_convert_time(&utc, icaltimezone_get_utc_timezone(), own);
        return utc;
    }
    if (system == nullptr) return utc;
    const Ms at = Where{true, nullptr, nullptr}.instant(utc);
    const LocalDay day = system->day_of(at);
    const auto minutes = static_cast<std::int32_t>((at - system->instant(day, 0)) / minute_ms);
    icaltimetype local = at_midnight(day);
    local.hour = std::min(minutes, 1'439) / 60;
    local.minute = std::min(minutes, 1'439) % 60;
    // On a day on which the clocks changed, the hours since midnight are not what they show: the later one is looked for.
    for (const std::int32_t off : {60, 30, -30, -60})
        if (const std::int32_t shown = minutes + off; shown >= 0 && shown < 1'440 && system->instant(day, minute_of(local)) != at && system->instant(day, shown) == at)
            local.hour = shown / 60, local.minute = shown % 60;
    return local;
}

}  // namespace attune::app
