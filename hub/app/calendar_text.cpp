// One walk over the lines, with a stack of the components that are open.
#include "hub/app/calendar_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "hub/app/calendar_ics.hpp"
#include "protocol/cpp/pack/utf8.hpp"

namespace attune::app {

namespace {

constexpr std::size_t depth_max = 6;
constexpr std::string_view of_an_event[] = {"UID", "SUMMARY", "LOCATION", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID",
                                            "ATTENDEE", "ORGANIZER", "STATUS", "TRANSP", "CATEGORIES"};
constexpr std::string_view of_a_zone[] = {"TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"};

std::string in_capitals(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

class Splitter {
  public:
    Splitter(const CsvFile& file, Problems& problems) : file_(file), problems_(problems) {}

    std::vector<CalendarPart> split() {
        if (!is_readable()) return {};
        std::string_view rest = file_.text;
        if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
        std::string logical;
        std::uint64_t at = 0, begins = 1;
        const auto flush = [&] {
            if (!logical.empty()) line(logical, begins);
            logical.clear();
        };
        while (!rest.empty() && !failed_) {
            const std::size_t end = rest.find('\n');
            std::string_view raw = rest.substr(0, end);
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            ++at;
            if (raw.ends_with('\r')) raw.remove_suffix(1);
            if (std::ranges::any_of(raw, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; })) return fail(at, "There are control characters in this line. Export the file again.");
            if (raw.starts_with(' ') || raw.starts_with('\t')) {
                if (logical.empty()) return fail(at, "This line goes on with one that is not there. Export the file again.");
                logical += raw.substr(1);
                continue;
            }
            flush();
            logical = raw;
            begins = at;
        }
        flush();
        if (!failed_ && !open_.empty()) return fail(0, fmt::format("The file ends inside of {}. It was cut off: export or copy it again.", open_.back()));
        if (!failed_ && !calendar_) return fail(1, "This is not iCalendar: it does not begin with BEGIN:VCALENDAR. Export the timetable as an .ics file.");
        return failed_ ? std::vector<CalendarPart>{} : std::move(parts_);
    }

  private:
    std::vector<CalendarPart> fail(std::uint64_t line, std::string_view message) {
        if (!failed_) problems_.add(file_.name, line, "", message);
        failed_ = true;
        return {};
    }

    bool is_readable() {
        if (file_.text.size() > calendar_bytes_max) fail(0, fmt::format("The file is over {} MiB. Give a term at a time, or a file for each adult.", calendar_bytes_max >> 20U));
        else if (!protocol::pack::is_utf8(file_.text)) fail(0, "The file is not UTF-8. Save it as UTF-8.");
        return !failed_;
    }

    void line(const std::string& text, std::uint64_t at) {
        const std::size_t name_end = text.find_first_of(":;");
        if (name_end == std::string::npos) return void(fail(at, "This line is no property: it has no colon. Export the file again."));
        const std::string name = in_capitals(std::string_view(text).substr(0, name_end));
        if (name == "BEGIN" || name == "END") {
            const std::string what = in_capitals(std::string_view(text).substr(name_end + 1));
            return name == "BEGIN" ? begin(what, at) : end(what, at);
        }
        if (open_.empty()) return void(fail(at, "This is not iCalendar: it does not begin with BEGIN:VCALENDAR. Export the timetable as an .ics file."));
        if (part_ == nullptr) return;
        const bool event = part_->kind == CalendarKind::event;
        if (event && open_.size() > 2) return;  // an alarm
        const bool wanted = event ? std::ranges::find(of_an_event, name) != std::end(of_an_event) : std::ranges::find(of_a_zone, name) != std::end(of_a_zone);
        if (wanted) keep(text, at);
    }

    void keep(const std::string& text, std::uint64_t at) {
        part_->text += text + "\r\n";
        if (part_->text.size() > calendar_event_bytes_max) fail(at, fmt::format("This event or time zone is longer than {} bytes. Is it the right file?", calendar_event_bytes_max));
    }

    void begin(const std::string& what, std::uint64_t at) {
        if (open_.empty() != (what == "VCALENDAR"))
            return void(fail(at, open_.empty() ? "This is not iCalendar: it does not begin with BEGIN:VCALENDAR. Export the timetable as an .ics file."
                                               : "A calendar begins inside of another. Export the file again."));
        if (open_.size() >= depth_max) return void(fail(at, "Too much is inside of each other here. Export the file again."));
        calendar_ = true;
        open_.push_back(what);
        if (open_.size() == 2 && (what == "VEVENT" || what == "VTIMEZONE")) {
            if (parts_.size() >= calendar_events_max) return void(fail(at, fmt::format("There are more than {} events. Give a term at a time, or a file for each adult.", calendar_events_max)));
            parts_.push_back({what == "VEVENT" ? CalendarKind::event : CalendarKind::zone, at, ""});
            part_ = &parts_.back();
        }
        if (part_ != nullptr && (open_.size() == 2 || part_->kind == CalendarKind::zone)) keep("BEGIN:" + what, at);
    }

    void end(const std::string& what, std::uint64_t at) {
        if (open_.empty() || open_.back() != what)
            return void(fail(at, fmt::format("{} ends here and did not begin, or something inside of it did not end. Export the file again.", quoted(what))));
        if (part_ != nullptr && (open_.size() == 2 || part_->kind == CalendarKind::zone)) keep("END:" + what, at);
        if (open_.size() == 2) part_ = nullptr;
        open_.pop_back();
    }

    const CsvFile& file_;
    Problems& problems_;
    std::vector<CalendarPart> parts_;
    CalendarPart* part_ = nullptr;  // the newest, while it is open
    std::vector<std::string> open_;
    bool failed_ = false, calendar_ = false;
};

}  // namespace

std::vector<CalendarPart> split_calendar(const CsvFile& file, Problems& problems) { return Splitter(file, problems).split(); }

}  // namespace attune::app
