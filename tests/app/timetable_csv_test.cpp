// The timetable's files: weekdays, dates and absences as instants, nights on which the clocks change, the edges of terms,
// and every fault by file, line and column.
#include "hub/app/timetable_csv.hpp"

#include <algorithm>
#include <map>

#include <catch2/catch_test_macros.hpp>

#include "hub/app/local_time.hpp"

namespace {

using namespace attune;
using app::CsvFile;
using core::Ms;
using core::Slot;
using core::SlotKind;
using Files = std::map<std::string, std::string>;

constexpr Ms minute = 60'000, hour = 3'600'000;

const Files good = {
    {"terms.csv", "what,from,to\nzone,Europe/London,\nday,08:40,15:20\nsign_in_by,08:50,\nterm,2026-10-19,2026-11-06\nclosed,2026-10-28,2026-10-30\n"},
    {"timetable.csv", "person,day,from,to,what,place\nsam,mon,09:00,10:00,teaching,r1\nsam,mon,10:00,10:20,break,\nash,mon,09:00,10:00,here,r1\n"},
    {"absences.csv", "person,from,to,covered_by\n"},
};

core::Directory directory() {
    core::Directory directory;
    for (const char* id : {"sam", "ash", "kim"}) directory.people[{id}] = {{id}, id, id, {core::Role::responder}, {}};
    directory.places[{"r1"}] = {{"r1"}, "Room 1", core::PlaceKind::room, "", "", ""};
    return directory;
}

app::ParsedTimetable parse(const Files& files) {
    std::vector<CsvFile> list;
    for (const auto& [name, text] : files) list.push_back({name, text});
    return app::parse_timetable(list, directory());
}

Files with_row(const std::string& file, const std::string& row) {
    Files files = good;
    files[file] += row + "\n";
    return files;
}

/// An instant by the clock of Greenwich, which London's winter shares.
Ms utc(const char* date, const char* time) {
    return static_cast<Ms>(*app::read_date(date)) * 24 * hour + *app::read_time_of_day(time) * minute;
}

const std::vector<Slot>& slots_of(const app::ParsedTimetable& parsed, const char* person) { return parsed.slots.at({person}); }

}  // namespace

TEST_CASE("weekdays become instants on each school day, and the clock's change between two Mondays moves them") {
    const auto parsed = parse(good);
    REQUIRE(parsed.problems.empty());
    const auto& sam = slots_of(parsed, "sam");
    REQUIRE(sam.size() == 6);
    CHECK(sam[0] == Slot{utc("2026-10-19", "08:00"), utc("2026-10-19", "09:00"), SlotKind::teaching, {"r1"}});  // summer time
    CHECK(sam[2] == Slot{utc("2026-10-26", "09:00"), utc("2026-10-26", "10:00"), SlotKind::teaching, {"r1"}});  // clocks went back on the 25th
    CHECK(sam[3].kind == SlotKind::on_break);
    REQUIRE(parsed.days.size() == 12);  // three weeks without three days
    CHECK(parsed.days.front() == core::SchoolDay{utc("2026-10-19", "07:40"), utc("2026-10-19", "07:50"), utc("2026-10-19", "14:20")});
    CHECK(parsed.days.back().from == utc("2026-11-06", "08:40"));
}

TEST_CASE("a term's last and first day are in it, the days around it and those closed are not") {
    const auto parsed = parse(good);
    const auto is_open = [&](const char* date) {
        return std::ranges::any_of(parsed.days, [&](const core::SchoolDay& day) { return day.from >= utc(date, "00:00") && day.from < utc(date, "23:59"); });
    };
    for (const char* date : {"2026-10-19", "2026-10-27", "2026-11-02", "2026-11-06"}) CHECK(is_open(date));
    for (const char* date : {"2026-10-18", "2026-10-24", "2026-10-28", "2026-10-30", "2026-11-07", "2026-11-09"}) CHECK_FALSE(is_open(date));
}

TEST_CASE("a Saturday with children in school is a school day, and a weekday's rows are not its") {
    const auto parsed = parse(with_row("terms.csv", "open,2026-10-24,"));
    REQUIRE(parsed.problems.empty());
    CHECK(parsed.days.size() == 13);
    CHECK(slots_of(parsed, "sam").size() == 6);
}

TEST_CASE("on the nights of the clock's change every time of day is one instant, in order") {
    const auto london = app::LocalZone::find("Europe/London");
    REQUIRE(london);
    const auto at = [&](const char* date, const char* time) { return london->instant(*app::read_date(date), *app::read_time_of_day(time)); };
    SECTION("in spring, half past one does not exist: it is when the clocks go on") {
        CHECK(at("2026-03-29", "00:59") == utc("2026-03-29", "00:59"));
        CHECK(at("2026-03-29", "01:00") == utc("2026-03-29", "01:00"));
        CHECK(at("2026-03-29", "01:30") == utc("2026-03-29", "01:00"));
        CHECK(at("2026-03-29", "02:00") == utc("2026-03-29", "01:00"));
        CHECK(at("2026-03-29", "24:00") == utc("2026-03-29", "23:00"));
    }
    SECTION("in autumn, half past one comes twice: the first counts") {
        CHECK(at("2026-10-25", "01:30") == utc("2026-10-25", "00:30"));
        CHECK(at("2026-10-25", "02:00") == utc("2026-10-25", "02:00"));
    }
    SECTION("no time of day comes before an earlier one") {
        for (const char* date : {"2026-03-29", "2026-10-25"})
            for (std::int32_t minutes = 1; minutes <= 1'440; ++minutes)
                CHECK(london->instant(*app::read_date(date), minutes) >= london->instant(*app::read_date(date), minutes - 1));
    }
    CHECK(london->day_of(utc("2026-07-01", "23:30")) == *app::read_date("2026-07-02"));
    CHECK_FALSE(app::LocalZone::find("Europe/Nowhere"));
}

TEST_CASE("a date lies over a weekday, an absence over both, and whoever covers has the lessons") {
    Files files = with_row("timetable.csv", "sam,2026-10-19,09:30,09:45,here,r1");
    files["absences.csv"] += "sam,2026-10-26,2026-10-26,kim\nash,2026-11-02 09:30,2026-11-02 12:00,\n";
    const auto parsed = parse(files);
    REQUIRE(parsed.problems.empty());
    const auto& sam = slots_of(parsed, "sam");
    CHECK(sam[0].to == utc("2026-10-19", "08:30"));
    CHECK(sam[1].kind == SlotKind::here);
    CHECK(sam[2] == Slot{utc("2026-10-19", "08:45"), utc("2026-10-19", "09:00"), SlotKind::teaching, {"r1"}});
    const auto away = std::ranges::find(sam, SlotKind::absent, &Slot::kind);
    REQUIRE(away != sam.end());
    CHECK(*away == Slot{utc("2026-10-26", "00:00"), utc("2026-10-27", "00:00"), SlotKind::absent, {}});
    CHECK(slots_of(parsed, "kim") == std::vector<Slot>{{utc("2026-10-26", "09:00"), utc("2026-10-26", "10:00"), SlotKind::teaching, {"r1"}}});
    const auto& ash = slots_of(parsed, "ash");
    CHECK(std::ranges::any_of(ash, [&](const Slot& slot) { return slot.kind == SlotKind::here && slot.to == utc("2026-11-02", "09:30"); }));
    for (const auto& [person, slots] : parsed.slots)
        for (std::size_t n = 1; n < slots.size(); ++n) CHECK(slots[n - 1].to <= slots[n].from);
}

TEST_CASE("no file of it is no import, and one of them wants the others") {
    CHECK_FALSE(parse({}).given);
    const auto alone = parse({{"timetable.csv", good.at("timetable.csv")}});
    REQUIRE(alone.problems.size() == 1);
    CHECK(alone.problems[0].file == "terms.csv");
    CHECK(alone.slots.empty());
}

TEST_CASE("each fault is named by file, line and column, and leaves nothing") {
    struct Fault {
        std::string file, row;
        std::uint64_t line;
        std::string column, says;
    };
    const std::vector<Fault> faults = {
        {"timetable.csv", "bob,mon,11:00,12:00,teaching,r1", 5, "person", "staff.csv"},
        {"timetable.csv", "sam,monday,11:00,12:00,teaching,r1", 5, "day", "neither a weekday"},
        {"timetable.csv", "sam,2026-02-30,11:00,12:00,teaching,r1", 5, "day", "neither a weekday"},
        {"timetable.csv", "sam,mon,11,12:00,teaching,r1", 5, "from", "time of day"},
        {"timetable.csv", "sam,mon,11:00,12:60,teaching,r1", 5, "to", "time of day"},
        {"timetable.csv", "sam,mon,12:00,11:00,teaching,r1", 5, "to", "ends before"},
        {"timetable.csv", "sam,mon,11:00,12:00,lunch,r1", 5, "what", "here, teaching, break"},
        {"timetable.csv", "sam,mon,11:00,12:00,teaching,r9", 5, "place", "places.csv"},
        {"timetable.csv", "sam,mon,09:59,10:30,teaching,r1", 5, "from", "somewhere else"},
        {"terms.csv", "zone,Europe/Paris,", 7, "what", "twice"},
        {"terms.csv", "term,2026-13-01,2026-12-01", 7, "from", "not a date"},
        {"terms.csv", "term,2026-12-01,2026-11-30", 7, "to", "before the first"},
        {"terms.csv", "term,2026-01-01,2028-01-01", 7, "to", "more than 400 days"},
        {"terms.csv", "holiday,2026-12-01,", 7, "what", "not known"},
        {"absences.csv", "bob,2026-10-19,2026-10-19,", 2, "person", "staff.csv"},
        {"absences.csv", "sam,2026-10-19,2026-10-19,bob", 2, "covered_by", "staff.csv"},
        {"absences.csv", "sam,2026-10-19,2026-10-19,sam", 2, "covered_by", "themself"},
        {"absences.csv", "sam,2026-10-19 9,2026-10-19,", 2, "from", "neither a date"},
        {"absences.csv", "sam,2026-10-20,2026-10-19,", 2, "to", "ends before"},
        {"absences.csv", "sam,2026-10-19,2026-10-19,kim\nkim,2026-10-19,2026-10-19,", 2, "covered_by", "away at this time"},
    };
    for (const Fault& fault : faults) {
        INFO(fault.file << ": " << fault.row);
        const auto parsed = parse(with_row(fault.file, fault.row));
        REQUIRE_FALSE(parsed.problems.empty());
        CHECK(parsed.slots.empty());
        CHECK(parsed.days.empty());
        const auto named = std::ranges::find_if(parsed.problems, [&](const app::Problem& problem) {
            return problem.file == fault.file && problem.line == fault.line && problem.column == fault.column && problem.message.find(fault.says) != std::string::npos;
        });
        CHECK(named != parsed.problems.end());
    }
}

TEST_CASE("importing what was good before ends the fault of the files in between, and says so") {
    const auto parsed = parse(good);
    REQUIRE(parsed.problems.empty());
    core::State state;
    state.rota.slots = parsed.slots;
    state.rota.days = parsed.days;
    CHECK(app::timetable_changes(state, parsed).empty());
    state.rota.fault = core::ImportFault{"timetable.csv", 3, "There is no such person.", 1};
    CHECK(app::timetable_changes(state, parsed) == std::vector<app::Change>{{"timetable fault", "timetable.csv", "removed", "line 3 could not be read"}});
}
