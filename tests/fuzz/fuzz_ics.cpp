// Any bytes at all as a calendar. The first byte says what is done with the rest: all of the file, or lines in an event
// that is otherwise good. Whatever it is, reading ends soon, every fault is a sentence that may be shown, a file with a
// fault gives nothing, and every lesson is of a known adult, in a known place, within the year, and ends after it begins.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "hub/app/calendar_ics.hpp"

namespace {

using namespace attune;

void require(bool holds) {
    if (!holds) std::abort();
}

const core::Directory& school() {
    static const core::Directory directory = [] {
        core::Directory made;
        made.people[{"sam"}] = {{"sam"}, "Sam Example", "Sam", {core::Role::teacher}, {}};
        made.places[{"oak"}] = {{"oak"}, "Oak", core::PlaceKind::room, "", "", ""};
        return made;
    }();
    return directory;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] % 2 == 1)
        text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/London:20260907T090000\nDTEND;TZID=Europe/London:20260907T100000\nATTENDEE:mailto:sam@x\n" + text +
               "\nEND:VEVENT\nEND:VCALENDAR\n";
    static const auto zone = app::LocalZone::find("Europe/London");
    const app::CalendarScope scope{school(), *zone, *app::read_date("2026-09-02"), *app::read_date("2027-07-21")};
    const app::CsvFile file{data[0] % 4 == 0 ? "sam.ics" : "lessons.ics", text};
    app::Problems problems;
    std::vector<std::string> notes;
    const auto lessons = app::read_calendar(file, scope, problems, notes);
    const auto list = problems.take();
    require(list.size() <= app::problems_max && notes.size() <= 3);
    for (const app::Problem& problem : list)
        require(!problem.message.empty() && app::unfit_to_show(problem.message).empty() && problem.message.size() <= 512 && problem.column.size() <= 32);
    for (const std::string& note : notes) require(app::unfit_to_show(note).empty());
    if (!list.empty()) require(lessons.empty());
    for (const app::Lesson& lesson : lessons) {
        require(school().people.contains(lesson.person) && lesson.slot.from < lesson.slot.to);
        require(lesson.slot.place.empty() || school().places.contains(lesson.slot.place));
        const app::LocalDay day = zone->day_of(lesson.slot.from);
        require(day >= scope.first && day <= scope.last);
    }
    return 0;
}
