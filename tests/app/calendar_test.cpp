// Calendars: rules, exceptions and time zones as instants, nights on which the clocks change in either half of the world,
// the edges of terms, and every kind of bad input by file, line and property, changing nothing.
#include "hub/app/calendar_ics.hpp"

#include <algorithm>
#include <chrono>
#include <map>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "hub/app/timetable_csv.hpp"

namespace {

using namespace attune;
using app::CsvFile;
using core::Ms;
using core::Slot;
using core::SlotKind;

constexpr Ms minute = 60'000, hour = 3'600'000;

core::Directory directory() {
    core::Directory directory;
    directory.people[{"sam"}] = {{"sam"}, "Sam Wren", "Sam", {core::Role::responder}, {}};
    directory.people[{"ash"}] = {{"ash"}, "Ash Elm", "Ash", {core::Role::teacher}, {}};
    directory.places[{"r1"}] = {{"r1"}, "Room 1", core::PlaceKind::room, "", "", ""};
    return directory;
}

/// Three weeks around the night when London's clocks go back, with three days of holiday in them.
const std::string london = "what,from,to\nzone,Europe/London,\nday,08:40,15:20\nsign_in_by,08:50,\nterm,2026-10-19,2026-11-06\nclosed,2026-10-28,2026-10-30\n";

app::ParsedTimetable parse(const std::string& calendar, const std::string& name = "lessons.ics", const std::string& terms = london) {
    return app::parse_timetable({{"terms.csv", terms}, {name, calendar}}, directory());
}

/// One event in a calendar; `lines` with \n between them.
std::string event(const std::string& lines, const std::string& more = "") {
    return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test\n" + more + "BEGIN:VEVENT\nUID:maths-1\nSUMMARY:Maths\nATTENDEE:mailto:sam@school.example\n" + lines + "\nEND:VEVENT\nEND:VCALENDAR\n";
}
std::string lesson(const std::string& more = "") {
    return event("DTSTART;TZID=Europe/London:20261019T090000\nDTEND;TZID=Europe/London:20261019T100000\nLOCATION:Room 1\nRRULE:FREQ=WEEKLY;BYDAY=MO\n" + more);
}

Ms utc(const char* date, const char* time) { return static_cast<Ms>(*app::read_date(date)) * 24 * hour + *app::read_time_of_day(time) * minute; }

std::vector<Slot> slots(const app::ParsedTimetable& parsed, const char* person = "sam") {
    for (const app::Problem& problem : parsed.problems) UNSCOPED_INFO(problem.file << ":" << problem.line << ": " << problem.column << ": " << problem.message);
    CHECK(parsed.problems.empty());
    const auto found = parsed.slots.find({person});
    return found == parsed.slots.end() ? std::vector<Slot>{} : found->second;
}
std::vector<Ms> starts(const app::ParsedTimetable& parsed, const char* person = "sam") {
    std::vector<Ms> out;
    for (const Slot& slot : slots(parsed, person)) out.push_back(slot.from);
    return out;
}

}  // namespace

TEST_CASE("a weekly lesson stays at its hour when the clocks go back, and stops at the term's end") {
    const auto parsed = parse(lesson());
    CHECK(slots(parsed) == std::vector<Slot>{{utc("2026-10-19", "08:00"), utc("2026-10-19", "09:00"), SlotKind::teaching, {"r1"}},
                                             {utc("2026-10-26", "09:00"), utc("2026-10-26", "10:00"), SlotKind::teaching, {"r1"}},
                                             {utc("2026-11-02", "09:00"), utc("2026-11-02", "10:00"), SlotKind::teaching, {"r1"}}});
    CHECK(parsed.days.size() == 12);
    CHECK(parsed.notes.empty());
}

TEST_CASE("lessons in the holidays, before the first and after the last day are none, and those on both these days are") {
    const auto parsed = parse(event("DTSTART;TZID=Europe/London:20261012T090000\nDTEND;TZID=Europe/London:20261012T100000\nRRULE:FREQ=DAILY"));
    const auto found = starts(parsed);
    REQUIRE(found.size() == 12);
    CHECK(found.front() == utc("2026-10-19", "08:00"));
    CHECK(found.back() == utc("2026-11-06", "09:00"));
    CHECK(std::ranges::none_of(found, [](Ms at) { return at >= utc("2026-10-28", "00:00") && at < utc("2026-10-31", "00:00"); }));
}

TEST_CASE("in spring and in autumn, and in the southern half, lessons keep to the clock on the wall") {
    SECTION("London goes on by an hour") {
        const std::string terms = "what,from,to\nzone,Europe/London,\nday,08:40,15:20\nsign_in_by,08:50,\nterm,2027-03-22,2027-04-02\n";
        const auto parsed = parse(event("DTSTART;TZID=Europe/London:20270326T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=5"), "lessons.ics", terms);
        CHECK(starts(parsed) == std::vector<Ms>{utc("2027-03-26", "09:00"), utc("2027-03-29", "08:00"), utc("2027-03-30", "08:00")});  // the 27th and 28th are a weekend
    }
    SECTION("Auckland goes on in September, and back in April") {
        const std::string terms = "what,from,to\nzone,Pacific/Auckland,\nday,08:40,15:20\nsign_in_by,08:50,\nterm,2026-09-21,2026-10-02\n";
        const auto parsed = parse(event("DTSTART;TZID=Pacific/Auckland:20260921T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO"), "lessons.ics", terms);
        CHECK(starts(parsed) == std::vector<Ms>{utc("2026-09-20", "21:00"), utc("2026-09-27", "20:00")});
        const std::string autumn = "what,from,to\nzone,Pacific/Auckland,\nday,08:40,15:20\nsign_in_by,08:50,\nterm,2027-03-29,2027-04-09\n";
        const auto back = parse(event("DTSTART:20270402T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY"), "lessons.ics", autumn);  // without a zone: the site's own
        CHECK(starts(back) == std::vector<Ms>{utc("2027-04-01", "20:00"), utc("2027-04-04", "21:00"), utc("2027-04-05", "21:00"), utc("2027-04-06", "21:00"), utc("2027-04-07", "21:00"),
                                              utc("2027-04-08", "21:00")});
    }
    SECTION("an hour that a night leaves out moves no other day, and one that comes twice counts the first time") {
        const std::string nights = "what,from,to\nzone,Europe/London,\nday,00:00,23:00\nsign_in_by,00:10,\nterm,2027-03-26,2027-03-30\nopen,2027-03-27,2027-03-28\n";
        const auto spring = parse(event("DTSTART;TZID=Europe/London:20270327T013000\nDTEND;TZID=Europe/London:20270327T023000\nRRULE:FREQ=DAILY"), "lessons.ics", nights);
        CHECK(slots(spring) == std::vector<Slot>{{utc("2027-03-27", "01:30"), utc("2027-03-27", "02:30"), SlotKind::teaching, {}},
                                                 {utc("2027-03-28", "01:00"), utc("2027-03-28", "01:30"), SlotKind::teaching, {}},
                                                 {utc("2027-03-29", "00:30"), utc("2027-03-29", "01:30"), SlotKind::teaching, {}},
                                                 {utc("2027-03-30", "00:30"), utc("2027-03-30", "01:30"), SlotKind::teaching, {}}});
        const std::string october = "what,from,to\nzone,Europe/London,\nday,00:00,23:00\nsign_in_by,00:10,\nopen,2026-10-25,2026-10-26\n";
        const auto autumn = parse(event("DTSTART;TZID=Europe/London:20261025T013000\nDTEND;TZID=Europe/London:20261025T023000\nRRULE:FREQ=DAILY"), "lessons.ics", october);
        CHECK(slots(autumn)[0] == Slot{utc("2026-10-25", "00:30"), utc("2026-10-25", "02:30"), SlotKind::teaching, {}});
        CHECK(slots(autumn)[1] == Slot{utc("2026-10-26", "01:30"), utc("2026-10-26", "02:30"), SlotKind::teaching, {}});
    }
}

TEST_CASE("what is left out, moved, added or called off is so") {
    SECTION("EXDATE, one of several on a line") { CHECK(starts(parse(lesson("EXDATE;TZID=Europe/London:20261019T090000,20261102T090000"))) == std::vector<Ms>{utc("2026-10-26", "09:00")}); }
    SECTION("EXDATE in UTC") { CHECK(starts(parse(lesson("EXDATE:20261019T080000Z"))).size() == 2); }
    SECTION("EXDATE as a day") { CHECK(starts(parse(lesson("EXDATE;VALUE=DATE:20261026"))).size() == 2); }
    SECTION("RDATE") { CHECK(starts(parse(lesson("RDATE;TZID=Europe/London:20261021T110000"))).size() == 4); }
    SECTION("a rule that ends at its last lesson, said in UTC") {
        const auto parsed = parse(event("DTSTART;TZID=Europe/London:20261019T090000\nDURATION:PT50M\nRRULE:FREQ=WEEKLY;UNTIL=20261026T090000Z"));
        CHECK(starts(parsed) == std::vector<Ms>{utc("2026-10-19", "08:00"), utc("2026-10-26", "09:00")});
    }
    SECTION("every other week") { CHECK(starts(parse(event("DTSTART;TZID=Europe/London:20261019T090000\nDURATION:PT50M\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"))).size() == 2); }
    const auto replaced = [](const std::string& lines) {
        std::string text = lesson();
        text.insert(text.find("END:VCALENDAR"), "BEGIN:VEVENT\nUID:maths-1\nRECURRENCE-ID;TZID=Europe/London:20261026T090000\nATTENDEE:mailto:sam@school.example\n" + lines + "\nEND:VEVENT\n");
        return text;
    };
    SECTION("one lesson is at another time") {
        const auto parsed = parse(replaced("DTSTART;TZID=Europe/London:20261026T130000\nDTEND;TZID=Europe/London:20261026T140000"));
        CHECK(starts(parsed) == std::vector<Ms>{utc("2026-10-19", "08:00"), utc("2026-10-26", "13:00"), utc("2026-11-02", "09:00")});
    }
    SECTION("one lesson is called off") {
        const auto parsed = parse(replaced("DTSTART;TZID=Europe/London:20261026T090000\nDTEND;TZID=Europe/London:20261026T100000\nSTATUS:CANCELLED"));
        CHECK(starts(parsed) == std::vector<Ms>{utc("2026-10-19", "08:00"), utc("2026-11-02", "09:00")});
    }
}

TEST_CASE("whose a lesson is, by attendee, by name, by organizer or by the file's own name") {
    const std::string times = "DTSTART:20261019T090000\nDTEND:20261019T100000\n";
    const auto of = [&](const std::string& people, const std::string& name = "lessons.ics") {
        return parse("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n" + times + people + "END:VEVENT\nEND:VCALENDAR\n", name);
    };
    CHECK(starts(of("ATTENDEE;CN=Ash Elm:mailto:a.elm@school.example\n"), "ash").size() == 1);
    CHECK(starts(of("ATTENDEE:MAILTO:SAM@school.example\nATTENDEE:mailto:year8@school.example\nATTENDEE:mailto:ash@school.example\n"), "ash").size() == 1);
    CHECK(starts(of("ORGANIZER:mailto:ash@school.example\n"), "ash").size() == 1);
    CHECK(starts(of("", "ash.ics"), "ash").size() == 1);
    CHECK(starts(of("ORGANIZER:mailto:office@school.example\n", "Sam.ICS"), "sam").size() == 1);
    const auto nobody = of("ATTENDEE:mailto:bob@school.example\n");
    REQUIRE(nobody.problems.size() == 1);
    CHECK(nobody.problems[0].line == 2);
    CHECK(nobody.problems[0].message.find("STAFF_ID.ics") != std::string::npos);
}

TEST_CASE("breaks, times to be asked and absences of a calendar are what they say, and alarms and whole days nothing") {
    const auto kind = [](const std::string& more) { return slots(parse(event("DTSTART:20261019T090000\nDTEND:20261019T100000\n" + more))).at(0).kind; };
    CHECK(kind("CATEGORIES:Break") == SlotKind::on_break);
    CHECK(kind("CATEGORIES:School,Absence") == SlotKind::absent);
    CHECK(kind("TRANSP:TRANSPARENT") == SlotKind::here);
    CHECK(kind("BEGIN:VALARM\nTRIGGER:-PT5M\nDTSTART:nonsense\nEND:VALARM") == SlotKind::teaching);
    const auto day = parse(event("DTSTART;VALUE=DATE:20261019\nDTEND;VALUE=DATE:20261020"));
    CHECK(slots(day).empty());
    REQUIRE(day.notes.size() == 1);
    const auto pool = parse(event("DTSTART:20261019T090000\nDTEND:20261019T100000\nLOCATION:Swimming pool"));
    CHECK(slots(pool).at(0).place.empty());
    REQUIRE(pool.notes.size() == 1);
    CHECK(pool.notes[0].find("Swimming pool") != std::string::npos);
}

TEST_CASE("a zone that only the calendar knows is used, and folded lines and CR LF are read") {
    const std::string zone = "BEGIN:VTIMEZONE\nTZID:GMT Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n"
                             "END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T010000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
    std::string text = event("DTSTART;TZID=\"GMT Standard Time\":20261019T090000\nDTEND;TZID=\"GMT Standard\n  Time\":20261019T100000\nRRULE:FREQ=WEEKLY;BYDAY=\n MO", zone);
    CHECK(starts(parse(text)) == std::vector<Ms>{utc("2026-10-19", "08:00"), utc("2026-10-26", "09:00"), utc("2026-11-02", "09:00")});
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) text.replace(at, 1, "\r\n");
    CHECK(starts(parse("\xEF\xBB\xBF" + text)).size() == 3);
}

TEST_CASE("each fault of a calendar is named by file, line and property, says what to do, and leaves nothing") {
    struct Fault {
        std::string text;
        std::uint64_t line;
        std::string column, says;
    };
    const std::string times = "DTSTART:20261019T090000\nDTEND:20261019T100000\n";
    const std::vector<Fault> faults = {
        {"", 1, "", "not iCalendar"},
        {"person,day\nsam,mon\n", 1, "", "no colon"},
        {"X:1\n", 1, "", "not iCalendar"},
        {"<html>:</html>\n", 1, "", "not iCalendar"},
        {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n", 0, "", "cut off"},
        {"BEGIN:VCALENDAR\nEND:VEVENT\n", 2, "", "did not begin"},
        {" X:1\n", 1, "", "goes on"},
        {event("SUMMARY:\x01"), 8, "", "control"},
        {event("SUMMARY:\xE9t\xE9"), 0, "", "UTF-8"},
        {event(times + "RRULE:FREQ=SECONDLY"), 4, "RRULE", "daily, weekly"},
        {event(times + "RRULE:FREQ=MINUTELY"), 4, "RRULE", "daily, weekly"},
        {event(times + "RRULE:FREQ=HOURLY"), 4, "RRULE", "daily, weekly"},
        {event(times + "RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2;BYSECOND=1"), 4, "RRULE", "hours and minutes"},
        {event(times + "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), 4, "RRULE", "intricate"},
        {event(times + "RRULE:FREQ=DAILY;INTERVAL=0"), 4, "VEVENT", "RRULE"},
        {event(times + "RRULE:FREQ=NONSENSE"), 4, "VEVENT", "RRULE"},
        {event(times + "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), 4, "RRULE", "intricate"},
        {event(times + "RRULE:FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1"), 4, "RRULE", "intricate"},
        {event(times + "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO"), 4, "RRULE", "intricate"},
        {event("DTSTART:19990101T090000\nDTEND:19990101T100000\nRRULE:FREQ=DAILY"), 4, "DTSTART", "ten years"},
        {event(times + "EXRULE:FREQ=DAILY"), 4, "EXRULE", "EXDATE"},
        {event("DTSTART;TZID=Europe/Nowhere:20261019T090000\nDTEND:20261019T100000"), 4, "DTSTART", "neither this machine"},
        {event("DTSTART;TZID=../../etc/passwd:20261019T090000\nDTEND:20261019T100000"), 4, "DTSTART", "neither this machine"},
        {event("DTSTART:20261019T090000\nDTEND:20261019T083000"), 4, "DTEND", "ends before"},
        {event("DTSTART:20261019T090000\nDTEND:20261019T090000"), 4, "DTEND", "ends before"},
        {event("DTSTART:20261019T090000\nDURATION:-PT1H"), 4, "DTEND", "ends before"},
        {event("DTSTART:20261019T090000"), 4, "DTEND", "no end"},
        {event("DTSTART:20261019T090000\nDTEND:20261021T090000"), 4, "DTEND", "16 hours"},
        {event("DTSTART:20260231T090000\nDTEND:20260231T100000"), 4, "DTSTART", "no start"},
        {event("DTEND:20261019T100000"), 4, "DTSTART", "no start"},
        {event(times + "RECURRENCE-ID;RANGE=THISANDFUTURE:20261026T090000"), 4, "RECURRENCE-ID", "all that follows"},
        {event(times, "BEGIN:VTIMEZONE\nTZID:Mad\nBEGIN:STANDARD\nDTSTART:20200101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"), 4, "RRULE", "yearly"},
        {"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + times + "ATTENDEE:mailto:sam@x\nEND:VEVENT\nEND:VCALENDAR\n", 2, "UID", "no UID"},
        {event("SUMMARY:" + std::string(70'000, 'x')), 4, "", "longer than"},
        {"BEGIN:VCALENDAR\n" + std::string(app::calendar_bytes_max, 'x'), 0, "", "4 MiB"},
    };
    for (const Fault& fault : faults) {
        INFO(fault.text.substr(0, 400));
        const auto parsed = parse(fault.text);
        REQUIRE_FALSE(parsed.problems.empty());
        CHECK(parsed.slots.empty());
        CHECK(parsed.days.empty());
        const app::Problem& first = parsed.problems.front();
        INFO(first.line << " " << first.column << " " << first.message);
        CHECK(first.file == "lessons.ics");
        if (fault.says != "longer than") CHECK(first.line == fault.line);
        CHECK(first.column == fault.column);
        CHECK(first.message.find(fault.says) != std::string::npos);
        CHECK(app::unfit_to_show(first.message).empty());
    }
}

TEST_CASE("a calendar that would take for ever is refused in a moment") {
    const auto begun = std::chrono::steady_clock::now();
    std::string text = "BEGIN:VCALENDAR\n";
    const std::string one = GENERATE(as<std::string>{},
                                     "RRULE:FREQ=MONTHLY;BYMONTH=2;BYDAY=MO;BYSETPOS=4;INTERVAL=12", "RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU",  // never
                                     "RRULE:FREQ=DAILY;COUNT=2000000000", "RRULE:FREQ=DAILY;UNTIL=99991231T235959Z", "RRULE:FREQ=DAILY");
    for (int n = 0; n < 19'000; ++n)
        text += "BEGIN:VEVENT\nUID:" + std::to_string(n) + "\nDTSTART:20200101T090000\nDTEND:20200101T100000\nATTENDEE:mailto:sam@x\n" + one + "\nEND:VEVENT\n";
    const auto parsed = parse(text + "END:VCALENDAR\n");
    REQUIRE_FALSE(parsed.problems.empty());
    CHECK(parsed.slots.empty());
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(40));  // unoptimised, on a machine that is busy
}

TEST_CASE("absences lie over a calendar's lessons, and whoever covers has them") {
    const auto parsed = app::parse_timetable(
        {{"terms.csv", london}, {"lessons.ics", lesson()}, {"absences.csv", "person,from,to,covered_by\nsam,2026-10-26,2026-10-26,ash\n"}}, directory());
    CHECK(starts(parsed, "ash") == std::vector<Ms>{utc("2026-10-26", "09:00")});
    CHECK(slots(parsed)[1].kind == SlotKind::absent);
    for (const auto& [person, list] : parsed.slots)
        for (std::size_t n = 1; n < list.size(); ++n) CHECK(list[n - 1].to <= list[n].from);
}
