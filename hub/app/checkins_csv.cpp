// Reads the rows and lays each weekday over the school days.
#include "hub/app/checkins_csv.hpp"

#include <algorithm>
#include <set>

#include "hub/app/csv_fields.hpp"

namespace attune::app {

using namespace core;

namespace {

struct WeeklyCheckin {
    ChildId child;
    std::set<int> weekdays;  // 0 is Monday
    std::int32_t time = 0;
    PersonId adult;
};

std::set<int> weekdays_of(const Fields& fields) {
    std::set<int> days;
    for (const std::string& word : fields.list("days")) {
        if (const auto day = read_weekday(word)) days.insert(*day);
        else fields.problem("days", fmt::format("{} is not a weekday. Write them with spaces between: mon tue wed thu fri.", quoted(word)));
    }
    if (days.empty()) fields.problem("days", "Say on which weekdays, with spaces between: mon tue wed thu fri.");
    return days;
}

WeeklyCheckin read_row(const Fields& fields, const Directory& directory, const SchoolHours& hours) {
    WeeklyCheckin row{{fields.text("child")}, weekdays_of(fields), 0, {fields.text("adult")}};
    if (!directory.children.contains(row.child)) fields.problem("child", fmt::format("{} is not in children.csv. Use a child's reference from there.", quoted(row.child.value)));
    if (!row.adult.empty() && !directory.people.contains(row.adult))
        fields.problem("adult", fmt::format("{} is not in staff.csv. Use a person's id from there, or leave it empty: then it is the first of the child's adults who is here.", quoted(row.adult.value)));
    const auto time = read_time_of_day(fields.text("time"));
    if (!time) fields.problem("time", fmt::format("{} is not a time of day. Write it as 08:40.", quoted(fields.text("time"))));
    else if (*time < hours.opens || *time >= hours.closes) fields.problem("time", "This is outside of the school day of terms.csv.");
    row.time = time.value_or(0);
    return row;
}

}  // namespace

std::map<ChildId, std::vector<PlannedCheckin>> read_checkins(const Table& table, const Directory& directory, const SchoolHours& hours, Problems& problems) {
    std::map<ChildId, std::vector<PlannedCheckin>> planned;
    std::set<std::tuple<ChildId, int, std::int32_t>> taken;
    for (const auto& row : table.rows) {
        const Fields fields(table, row, problems);
        const WeeklyCheckin weekly = read_row(fields, directory, hours);
        bool twice = false;
        for (const int day : weekly.weekdays) twice = !taken.emplace(weekly.child, day, weekly.time).second || twice;
        if (twice) fields.problem("time", "This child has a check-in at this time already, by a row above.");
        if (problems.full()) return {};
        auto& times = planned[weekly.child];
        for (const LocalDay day : hours.days)
            if (weekly.weekdays.contains(weekday_of(day))) times.push_back({hours.zone.instant(day, weekly.time), weekly.adult});
        if (times.size() > checkins_of_a_child_max) {
            problems.add(table.file, row.line, "child", fmt::format("This child has more than {} check-ins in these terms.", checkins_of_a_child_max));
            return {};
        }
    }
    for (auto& [child, times] : planned) std::ranges::sort(times, {}, &PlannedCheckin::at);
    return planned;
}

}  // namespace attune::app
