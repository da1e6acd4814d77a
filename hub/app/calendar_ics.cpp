// Events to lessons. libical reads the values and walks the rules; times are put on the timeline by the machine's own
// zones (as for the CSV files, so that both mean the same on a night when the clocks change), and by a calendar's own
// VTIMEZONE where its name is none of theirs. Rules are walked without a zone: in one, libical carries the hour that a
// spring night skips into every day after it (decisions/0019).
#include "hub/app/calendar_ics.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include <libical/ical.h>

#include "hub/app/calendar_text.hpp"
#include "hub/app/calendar_time.hpp"
#include "hub/app/csv_fields.hpp"

namespace attune::app {

using namespace core;

namespace {

constexpr Ms lesson_ms_max = 57'600'000;  // 16 hours: what is longer is no lesson
constexpr std::size_t zones_max = 64, notes_names_max = 5;
constexpr std::size_t rare_rule_steps = 10'000;  // 100 of these in a file

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
struct FreeZone {
    void operator()(icaltimezone* zone) const { icaltimezone_free(zone, 1); }
};
struct FreeIterator {
    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;
using OwnZone = std::unique_ptr<icaltimezone, FreeZone>;

struct CalendarEvent {
    std::uint64_t line = 0;
    std::string uid;
    Component component;
    Where where;
    icaltimetype start = icaltime_null_time();
    Ms length_ms = 0;                // exact, where `by_the_clock` is not so
    std::int32_t by_the_clock = 0;   // minutes from start to end as clocks show them; 0: length_ms
    Ms replaces = 0;                 // an occurrence of the event with this UID
    bool is_replacement = false, cancelled = false;
    SlotKind kind = SlotKind::teaching;
    PlaceId place;
    std::vector<PersonId> people;
};

class CalendarReader {
  public:
    CalendarReader(const CsvFile& file, const CalendarScope& scope, Problems& problems, std::vector<std::string>& notes)
        : file_(file), scope_(scope), problems_(problems), notes_(notes) {
        icalerror_set_errors_are_fatal(0);
        for (const auto& [id, person] : scope.directory.people) {
            people_.emplace(lower(person.name), id);
            people_.insert_or_assign(lower(id.value.str()), id);
        }
        for (const auto& [id, place] : scope.directory.places) {
            places_.emplace(lower(place.name), id);
            places_.insert_or_assign(lower(id.value.str()), id);
        }
        const auto whose = people_.find(lower(std::string_view(file.name).substr(0, file.name.size() - std::min<std::size_t>(4, file.name.size()))));
        if (whose != people_.end()) whose_ = whose->second;
    }

    std::vector<Lesson> read() {
        for (const CalendarPart& part : split_calendar(file_, problems_)) {
            if (problems_.full()) break;
            if (part.kind == CalendarKind::zone) read_zone(part);
            else parts_.push_back(part);
        }
        for (const CalendarPart& part : parts_)
            if (!problems_.full()) read_event(part);
        for (const CalendarEvent& event : events_)
            if (event.is_replacement) replaced_[event.uid].insert(event.replaces);
        for (const CalendarEvent& event : events_)
            if (!failed_) expand(event);
        if (failed_) return {};
        say_notes();
        std::ranges::sort(lessons_, {}, [](const Lesson& one) { return std::tuple(one.slot.from, -one.slot.to, std::string_view(one.person.value), one.slot.kind, std::string_view(one.slot.place.value)); });
        return std::move(lessons_);
    }

  private:
    void problem(std::uint64_t line, const std::string& uid, std::string_view property, std::string_view message) {
        problems_.add(file_.name, line, property, uid.empty() ? std::string(message) : fmt::format("{} (event {})", message, quoted(uid)));
        failed_ = true;
    }

    // -- time zones

    /// A rule of more than once a year would be a clock that changes all the time, and take for ever.
    void read_zone(const CalendarPart& part) {
        Component component(icalcomponent_new_from_string(part.text.c_str()));
        if (!component || icalcomponent_count_errors(component.get()) > 0) return problem(part.line, "", "VTIMEZONE", "This time zone can't be read. Export the calendar again.");
        for (icalcomponent* half = icalcomponent_get_first_component(component.get(), ICAL_ANY_COMPONENT); half != nullptr;
             half = icalcomponent_get_next_component(component.get(), ICAL_ANY_COMPONENT))
            for (icalproperty* rule = icalcomponent_get_first_property(half, ICAL_RRULE_PROPERTY); rule != nullptr; rule = icalcomponent_get_next_property(half, ICAL_RRULE_PROPERTY))
                if (const auto rrule = icalproperty_get_rrule(rule); rrule.freq != ICAL_YEARLY_RECURRENCE || has_times(rrule))
                    return problem(part.line, "", "RRULE", "A time zone's clocks change by a yearly rule. Export the calendar again.");
        icalproperty* name = icalcomponent_get_first_property(component.get(), ICAL_TZID_PROPERTY);
        const char* tzid = name == nullptr ? nullptr : icalproperty_get_tzid(name);
        if (tzid == nullptr || own_.size() >= zones_max) return problem(part.line, "", "TZID", "This time zone has no name, or there are too many. Export the calendar again.");
        const std::string called = tzid;
        OwnZone zone(icaltimezone_new());
        if (icaltimezone_set_component(zone.get(), component.get()) == 0) return problem(part.line, "", "VTIMEZONE", "This time zone can't be read. Export the calendar again.");
        component.release();  // the zone has it now
        own_[called] = std::move(zone);
    }

    const LocalZone* system_zone(const std::string& name) {
        if (const auto known = system_.find(name); known != system_.end()) return known->second ? &*known->second : nullptr;
        const bool fit = !name.empty() && name.size() <= 64 && name.find("..") == std::string::npos && name.front() != '/';
        auto found = fit ? LocalZone::find(name) : std::nullopt;
        const auto& kept = system_.emplace(name, std::move(found)).first->second;
        return kept ? &*kept : nullptr;
    }

    /// Nothing where the zone is unknown, which is a problem then.
    std::optional<Where> where_of(icalproperty* property, const icaltimetype& time, std::uint64_t line, const std::string& uid, std::string_view name) {
        if (icaltime_is_utc(time) != 0) return Where{true, nullptr, nullptr};
        icalparameter* parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
        if (parameter == nullptr) return Where{false, &scope_.zone, nullptr};
        const std::string tzid = icalparameter_get_tzid(parameter);
        if (const LocalZone* zone = system_zone(tzid)) return Where{false, zone, nullptr};
        if (const auto own = own_.find(tzid); own != own_.end()) return Where{false, nullptr, own->second.get()};
        problem(line, uid, name, fmt::format("{} is a time zone that neither this machine nor the file knows. Export with the zone's own name, such as Europe/London.", quoted(tzid)));
        return std::nullopt;
    }

    // -- events

    static icalproperty* first(const CalendarEvent& event, icalproperty_kind kind) { return icalcomponent_get_first_property(event.component.get(), kind); }
    static std::string text_of(icalproperty* property) {
        const char* text = property == nullptr ? nullptr : icalproperty_get_value_as_string(property);
        return text == nullptr ? "" : text;
    }

    void read_event(const CalendarPart& part) {
        CalendarEvent event;
        event.line = part.line;
        event.component.reset(icalcomponent_new_from_string(part.text.c_str()));
        if (!event.component || icalcomponent_isa(event.component.get()) != ICAL_VEVENT_COMPONENT) return problem(part.line, "", "VEVENT", "This event can't be read. Export the file again.");
        event.uid = text_of(first(event, ICAL_UID_PROPERTY));
        if (event.uid.empty()) return problem(part.line, "", "UID", "This event has no UID. Export the file again.");
        if (icalcomponent_count_errors(event.component.get()) > 0) return problem(part.line, event.uid, "VEVENT", fmt::format("{} Mend it where the calendar is kept.", first_error(event)));
        if (first(event, ICAL_EXRULE_PROPERTY) != nullptr) return problem(part.line, event.uid, "EXRULE", "Rules of what is left out are not read. Leave out each day by EXDATE.");
        event.cancelled = lower(text_of(first(event, ICAL_STATUS_PROPERTY))) == "cancelled";
        const bool all_day = is_all_day(event);
        if (all_day && !event.cancelled) ++all_day_;
        if (all_day) return;
        if (!read_times(event) || !read_replaces(event)) return;
        if (!event.cancelled && !read_people(event)) return;
        read_kind(event);
        read_place(event);
        events_.push_back(std::move(event));
    }

    static std::string first_error(const CalendarEvent& event) {
        icalproperty* error = first(event, ICAL_XLICERROR_PROPERTY);
        const char* text = error == nullptr ? nullptr : icalproperty_get_xlicerror(error);
        std::string out = text == nullptr ? "Something of it can't be read" : text;
        std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        if (out.size() > 200) out.resize(200);
        while (!out.empty() && static_cast<unsigned char>(out.back()) >= 0x80) out.pop_back();  // no half letter
        return unfit_to_show(out).empty() ? out + "." : "Something of it can't be read.";
    }

    static bool is_all_day(const CalendarEvent& event) {
        icalproperty* start = first(event, ICAL_DTSTART_PROPERTY);
        return start != nullptr && icalproperty_get_dtstart(start).is_date != 0;
    }

    bool read_times(CalendarEvent& event) {
        icalproperty* start = first(event, ICAL_DTSTART_PROPERTY);
        if (start == nullptr || !is_plausible(icalproperty_get_dtstart(start))) return fails(event, "DTSTART", "There is no start that could be read. Give the day and the time.");
        event.start = icalproperty_get_dtstart(start);
        const auto where = where_of(start, event.start, event.line, event.uid, "DTSTART");
        if (!where) return false;
        event.where = *where;
        event.start.zone = nullptr;
        event.start.second = 0;
        const Ms from = event.where.instant(event.start);
        if (icalproperty* end = first(event, ICAL_DTEND_PROPERTY); end != nullptr) {
            icaltimetype until = icalproperty_get_dtend(end);
            if (!is_plausible(until) || until.is_date != 0) return fails(event, "DTEND", "There is no end that could be read. Give the day and the time.");
            const auto there = where_of(end, until, event.line, event.uid, "DTEND");
            if (!there) return false;
            until.zone = nullptr;
            event.length_ms = there->instant(until) - from;
            // In one zone a lesson ends when the clock says so, also on a night when the clocks change.
            if (*there == event.where) event.by_the_clock = (day_of(until) - day_of(event.start)) * 1'440 + minute_of(until) - minute_of(event.start);
            if (*there == event.where && event.by_the_clock <= 0) event.length_ms = 0;
        } else if (icalproperty* length = first(event, ICAL_DURATION_PROPERTY); length != nullptr) {
            event.length_ms = static_cast<Ms>(icaldurationtype_as_int(icalproperty_get_duration(length))) * 1'000;
        } else {
            return fails(event, "DTEND", "There is no end. Give DTEND or DURATION.");
        }
        if (event.length_ms <= 0) return fails(event, "DTEND", "This ends before it begins, or as it begins. Exchange the times.");
        if (event.length_ms > lesson_ms_max) return fails(event, "DTEND", "This lasts longer than 16 hours. Give lessons, not days.");
        return true;
    }

    bool fails(const CalendarEvent& event, std::string_view property, std::string_view message) {
        problem(event.line, event.uid, property, message);
        return false;
    }

    bool read_replaces(CalendarEvent& event) {
        icalproperty* property = first(event, ICAL_RECURRENCEID_PROPERTY);
        if (property == nullptr) return true;
        const icaltimetype time = icalproperty_get_recurrenceid(property);
        if (icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER) != nullptr) return fails(event, "RECURRENCE-ID", "A change of all that follows is not read. End the old event and begin a new one.");
        if (!is_plausible(time) || time.is_date != 0) return fails(event, "RECURRENCE-ID", "This is no day and time. Export the file again.");
        const auto where = where_of(property, time, event.line, event.uid, "RECURRENCE-ID");
        if (!where) return false;
        event.is_replacement = true;
        event.replaces = where->instant(time);
        return true;
    }

    /// Those whom its attendees name, by staff id before the @ or by name; else its organizer; else the file's own adult.
    bool read_people(CalendarEvent& event) {
        for (icalproperty* each = first(event, ICAL_ATTENDEE_PROPERTY); each != nullptr; each = icalcomponent_get_next_property(event.component.get(), ICAL_ATTENDEE_PROPERTY))
            add_person(event, each);
        if (whose_.empty() && event.people.empty())
            if (icalproperty* organizer = first(event, ICAL_ORGANIZER_PROPERTY); organizer != nullptr) add_person(event, organizer);
        if (!whose_.empty()) event.people = {whose_};
        if (!event.people.empty()) return true;
        return fails(event, "ATTENDEE", "Nobody in staff.csv is its attendee or organizer. Name the adult there by staff id or name, or name the file after them: STAFF_ID.ics.");
    }

    void add_person(CalendarEvent& event, icalproperty* property) {
        std::string address = lower(text_of(property));
        if (address.starts_with("mailto:")) address.erase(0, 7);
        address = address.substr(0, address.find('@'));
        auto found = people_.find(address);
        icalparameter* called = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
        if (found == people_.end() && called != nullptr && icalparameter_get_cn(called) != nullptr) found = people_.find(lower(icalparameter_get_cn(called)));
        if (found != people_.end() && std::ranges::find(event.people, found->second) == event.people.end()) event.people.push_back(found->second);
    }

    static void read_kind(CalendarEvent& event) {
        if (lower(text_of(first(event, ICAL_TRANSP_PROPERTY))) == "transparent") event.kind = SlotKind::here;
        for (icalproperty* each = first(event, ICAL_CATEGORIES_PROPERTY); each != nullptr; each = icalcomponent_get_next_property(event.component.get(), ICAL_CATEGORIES_PROPERTY)) {
            const std::string word = lower(text_of(each));
            if (word == "break" || word == "lunch") event.kind = SlotKind::on_break;
            else if (word == "absent" || word == "absence") event.kind = SlotKind::absent;
            else if (word == "here" || word == "on call") event.kind = SlotKind::here;
        }
    }

    void read_place(CalendarEvent& event) {
        icalproperty* property = first(event, ICAL_LOCATION_PROPERTY);
        const char* text = property == nullptr ? nullptr : icalproperty_get_location(property);
        if (text == nullptr || *text == '\0' || event.cancelled) return;
        if (const auto place = places_.find(lower(text)); place != places_.end()) event.place = place->second;
        else ++unknown_places_[text];
    }

    // -- occurrences

    static bool has_times(const icalrecurrencetype& rule) {
        return rule.by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX || rule.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX || rule.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX;
    }

    /// A rule that no day meets (a 30 February, a fifth Monday that is the first) is looked for until the year 2582: half a
    /// second or a whole one, for each event. What is left is met somewhere in each few years.
    static bool may_never_fit(const icalrecurrencetype& rule) {
        const auto given = [](const auto& list) { return list[0] != ICAL_RECURRENCE_ARRAY_MAX; };
        const bool days = given(rule.by_day), dates = given(rule.by_month_day), chosen = given(rule.by_set_pos);
        const bool often = rule.freq == ICAL_DAILY_RECURRENCE || rule.freq == ICAL_WEEKLY_RECURRENCE;
        if (given(rule.by_year_day) || given(rule.by_week_no) || (days && dates) || (often && (dates || chosen)) || (chosen && !days)) return true;
        if (dates && given(rule.by_month) && (rule.by_month_day[0] > 28 || rule.by_month_day[0] < -28)) return true;
        if (!chosen) return false;
        const bool numbered = icalrecurrencetype_day_position(rule.by_day[0]) != 0;
        return numbered || rule.by_set_pos[0] > 4 || rule.by_set_pos[0] < -4;
    }

    void expand(const CalendarEvent& event) {
        if (event.cancelled) return;
        std::set<Ms> instants;
        const bool master = !event.is_replacement;
        icalproperty* rule = master ? first(event, ICAL_RRULE_PROPERTY) : nullptr;
        const Ms own = event.where.instant(event.start);
        std::map<Ms, icaltimetype> found{{own, event.start}};
        if (rule != nullptr && !walk(event, icalproperty_get_rrule(rule), found)) return;
        if (rule != nullptr && icalcomponent_get_next_property(event.component.get(), ICAL_RRULE_PROPERTY) != nullptr) return problem(event.line, event.uid, "RRULE", "There are two rules. Make two events of it.");
        if (master && !add_dates(event, found)) return;
        std::set<Ms> out;
        std::set<LocalDay> days_out;
        if (!read_exceptions(event, out, days_out)) return;
        if (master)
            if (const auto replaced = replaced_.find(event.uid); replaced != replaced_.end()) out.insert(replaced->second.begin(), replaced->second.end());
        for (const auto& [at, time] : found)
            if (!out.contains(at) && !days_out.contains(day_of(time))) put(event, at, time);
    }

    void put(const CalendarEvent& event, Ms from, const icaltimetype& time) {
        const LocalDay day = scope_.zone.day_of(from);
        if (day < scope_.first || day > scope_.last) return;
        Ms to = from + event.length_ms;
        if (event.by_the_clock > 0) {
            const std::int32_t minutes = minute_of(time) + event.by_the_clock;
            icaltimetype end = at_midnight(day_of(time) + minutes / 1'440);
            end.hour = minutes % 1'440 / 60;
            end.minute = minutes % 60;
            to = event.where.instant(end);
        }
        if (to <= from) return;  // a lesson in the hour that a spring night leaves out
        for (const PersonId& person : event.people) {
            if (lessons_.size() >= calendar_lessons_max)
                return problem(event.line, event.uid, "RRULE", fmt::format("By here this comes to more than {} lessons. Give a term at a time, or a file for each adult.", calendar_lessons_max));
            lessons_.push_back({person, {from, to, event.kind, event.place}});
        }
    }

    /// False: a problem was said. Bounded before the first step: by how often a rule may repeat, by where it ends, and
    /// by what all rules of the file may take together.
    bool walk(const CalendarEvent& event, icalrecurrencetype rule, std::map<Ms, icaltimetype>& found) {
        if (rule.freq != ICAL_DAILY_RECURRENCE && rule.freq != ICAL_WEEKLY_RECURRENCE && rule.freq != ICAL_MONTHLY_RECURRENCE && rule.freq != ICAL_YEARLY_RECURRENCE)
            return fails(event, "RRULE", "A lesson repeats daily, weekly, monthly or yearly. Choose one of them.");
        if (has_times(rule)) return fails(event, "RRULE", "A rule says on which days, and DTSTART at what time. Take the hours and minutes out of it.");
        const LocalDay begins = day_of(event.start);
        if (begins > scope_.last) return true;
        if (begins < scope_.last - calendar_history_days_max) return fails(event, "DTSTART", "This began more than ten years ago. Let it begin with this school year.");
        icaltimetype last = at_midnight(scope_.last + 2);
        if (icaltime_is_null_time(rule.until) == 0) {
            icaltimetype until = rule.until;
            if (!is_plausible(until)) return fails(event, "RRULE", "The rule's end is no day that could be read.");
            if (icaltime_is_utc(until) != 0) until = event.where.clock_of(until);
            else if (until.is_date != 0) until.hour = 23, until.minute = 59, until.is_date = 0;
            until.zone = nullptr;
            if (icaltime_compare(until, last) < 0) last = until;
        }
        rule.until = last;
        if (may_never_fit(rule)) return fails(event, "RRULE", "This rule is too intricate to be read safely. Give weekdays, days of the month up to the 28th, or each day by RDATE.");
        const bool often = rule.freq == ICAL_DAILY_RECURRENCE || rule.freq == ICAL_WEEKLY_RECURRENCE;
        steps_ += static_cast<std::size_t>(std::max<LocalDay>(scope_.last - begins, 0)) / (rule.freq == ICAL_WEEKLY_RECURRENCE ? 7 : 1) + 1;
        // Where an interval never meets its weekday, libical walks to the end of its time.
        if (!often || (rule.freq == ICAL_DAILY_RECURRENCE && rule.interval > 1 && rule.by_day[0] != ICAL_RECURRENCE_ARRAY_MAX)) steps_ += rare_rule_steps;
        if (steps_ > calendar_steps_max) return fails(event, "RRULE", "By here the rules of this file take too long. Let them begin and end with this school year.");
        const std::unique_ptr<icalrecur_iterator, FreeIterator> iterator(icalrecur_iterator_new(rule, event.start));
        if (!iterator) return fails(event, "RRULE", "No day can ever fit this rule. Mend it where the calendar is kept.");
        for (icaltimetype time = icalrecur_iterator_next(iterator.get()); icaltime_is_null_time(time) == 0; time = icalrecur_iterator_next(iterator.get())) {
            if (found.size() > calendar_lessons_max) return fails(event, "RRULE", fmt::format("This repeats more than {} times.", calendar_lessons_max));
            if (day_of(time) + 1 >= scope_.first) found.emplace(event.where.instant(time), time);
        }
        return true;
    }

    bool add_dates(const CalendarEvent& event, std::map<Ms, icaltimetype>& found) {
        for (icalproperty* each = first(event, ICAL_RDATE_PROPERTY); each != nullptr; each = icalcomponent_get_next_property(event.component.get(), ICAL_RDATE_PROPERTY)) {
            icaltimetype time = icalproperty_get_rdate(each).time;
            if (!is_plausible(time)) return fails(event, "RDATE", "Give days with times here, not spans.");
            if (time.is_date != 0) time.hour = event.start.hour, time.minute = event.start.minute, time.is_date = 0;
            const auto where = where_of(each, time, event.line, event.uid, "RDATE");
            if (!where) return false;
            const icaltimetype here = where->utc && !event.where.utc ? event.where.clock_of(time) : time;
            found.emplace(where->instant(time), here);
        }
        return true;
    }

    bool read_exceptions(const CalendarEvent& event, std::set<Ms>& out, std::set<LocalDay>& days_out) {
        for (icalproperty* each = first(event, ICAL_EXDATE_PROPERTY); each != nullptr; each = icalcomponent_get_next_property(event.component.get(), ICAL_EXDATE_PROPERTY)) {
            const icaltimetype time = icalproperty_get_exdate(each);
            if (!is_plausible(time)) return fails(event, "EXDATE", "This is no day that could be left out.");
            if (time.is_date != 0) {
                days_out.insert(day_of(time));
                continue;
            }
            const auto where = where_of(each, time, event.line, event.uid, "EXDATE");
            if (!where) return false;
            out.insert(where->instant(time));
        }
        return true;
    }

    void say_notes() {
        if (all_day_ > 0) notes_.push_back(fmt::format("{}: {} without a time {} left out.", file_.name, all_day_ == 1 ? "one event" : fmt::format("{} events", all_day_), all_day_ == 1 ? "is" : "are"));
        if (unknown_places_.empty()) return;
        std::string names;
        std::size_t shown = 0;
        for (const auto& [name, count] : unknown_places_)
            if (++shown <= notes_names_max) names += (names.empty() ? "" : ", ") + quoted(name);
        notes_.push_back(fmt::format("{}: places.csv does not know {}{}. Lessons there are kept, without a place.", file_.name, names, shown > notes_names_max ? " and others" : ""));
    }

    const CsvFile& file_;
    const CalendarScope& scope_;
    Problems& problems_;
    std::vector<std::string>& notes_;
    std::map<std::string, PersonId> people_;  // by id and by name, in small letters
    std::map<std::string, PlaceId> places_;
    PersonId whose_;  // the adult after whom the file is named
    std::vector<CalendarPart> parts_;
    std::map<std::string, OwnZone> own_;
    std::map<std::string, std::optional<LocalZone>> system_;
    std::vector<CalendarEvent> events_;
    std::map<std::string, std::set<Ms>> replaced_;
    std::map<std::string, std::size_t> unknown_places_;
    std::vector<Lesson> lessons_;
    std::size_t steps_ = 0, all_day_ = 0;
    bool failed_ = false;
};

}  // namespace

bool is_calendar_file(std::string_view name) { return name.size() > 4 && lower(name.substr(name.size() - 4)) == ".ics"; }

std::vector<Lesson> read_calendar(const CsvFile& file, const CalendarScope& scope, Problems& problems, std::vector<std::string>& notes) {
    return CalendarReader(file, scope, problems, notes).read();
}

}  // namespace attune::app
