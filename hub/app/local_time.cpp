// Dates, times and zones by Howard Hinnant's date.
#include "hub/app/local_time.hpp"

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <exception>

#include <date/date.h>
#include <date/tz.h>

namespace attune::app {

namespace {

/// Digits and nothing else.
std::optional<unsigned> number(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.front() == '+') return std::nullopt;
    return value;
}

const date::time_zone& zone_of(const void* zone) { return *static_cast<const date::time_zone*>(zone); }

}  // namespace

std::optional<LocalDay> read_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = number(text.substr(0, 4)), month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
    if (!year || !month || !day || *year < 1970 || *year > 2199) return std::nullopt;
    const date::year_month_day civil{date::year{static_cast<int>(*year)}, date::month{*month}, date::day{*day}};
    if (!civil.ok()) return std::nullopt;
    return static_cast<LocalDay>(date::local_days{civil}.time_since_epoch().count());
}

std::optional<std::int32_t> read_time_of_day(std::string_view text) {
    if (text.size() == 4) {  // 8:40
        if (const auto hour = number(text.substr(0, 1)), minute = number(text.substr(2, 2)); text[1] == ':' && hour && minute && *minute < 60)
            return static_cast<std::int32_t>(*hour * 60 + *minute);
        return std::nullopt;
    }
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = number(text.substr(0, 2)), minute = number(text.substr(3, 2));
    if (!hour || !minute || *hour > 24 || *minute > 59 || (*hour == 24 && *minute != 0)) return std::nullopt;
    return static_cast<std::int32_t>(*hour * 60 + *minute);
}

std::optional<int> read_weekday(std::string_view text) {
    static constexpr std::string_view names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (int day = 0; day < 7; ++day)
        if (names[day] == text) return day;
    return std::nullopt;
}

int weekday_of(LocalDay day) {
    return static_cast<int>(date::weekday{date::local_days{date::days{day}}}.iso_encoding()) - 1;
}

std::optional<LocalZone> LocalZone::find(std::string_view name) {
    try {
        return LocalZone(date::locate_zone(std::string(name)));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

std::optional<LocalZone> LocalZone::here() {
    // As the C library has it: TZ first, with or without a colon, and what is no zone's name is passed over.
    if (const char* said = std::getenv("TZ"); said != nullptr)
        if (auto zone = find(*said == ':' ? said + 1 : said)) return zone;
    try {
        return LocalZone(date::current_zone());
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

core::Ms LocalZone::instant(LocalDay day, std::int32_t minutes) const {
    const auto local = date::local_days{date::days{day}} + std::chrono::minutes{minutes};
    const auto at = zone_of(zone_).to_sys(local, date::choose::earliest);
    return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

LocalDay LocalZone::day_of(core::Ms at) const {
    const auto local = zone_of(zone_).to_local(date::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{at}});
    return static_cast<LocalDay>(date::floor<date::days>(local).time_since_epoch().count());
}

}  // namespace attune::app
