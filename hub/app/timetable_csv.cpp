// Reads the files and lays weekdays, calendars, dates and absences over each other, the later over the earlier.
#include "hub/app/timetable_csv.hpp"

#include <algorithm>
#include <set>

#include "hub/app/calendar_ics.hpp"
#include "hub/app/checkins_csv.hpp"
#include "hub/app/csv_fields.hpp"
#include "hub/app/local_time.hpp"

namespace attune::app {

using namespace core;

namespace {

constexpr std::string_view terms_columns[] = {"what", "from", "to"};
constexpr std::string_view timetable_columns[] = {"person", "day", "from", "to", "what", "place"};
constexpr std::string_view absences_columns[] = {"person", "from", "to", "covered_by"};
constexpr std::string_view files_of_it[] = {"terms.csv", "timetable.csv", "absences.csv"};
constexpr Word<SlotKind> slot_words[] = {{"here", SlotKind::here}, {"teaching", SlotKind::teaching}, {"break", SlotKind::on_break}};
constexpr std::int32_t day_minutes = 1'440;

/// Lays a slot over what is there: whatever it covers gives way.
void lay_over(std::vector<Slot>& slots, const Slot& slot) {
    if (slots.empty() || slots.back().to <= slot.from) return void(slots.push_back(slot));  // mostly, in order
    std::vector<Slot> next;
    next.reserve(slots.size() + 2);
    for (const Slot& old : slots) {
        if (old.to <= slot.from || old.from >= slot.to) {
            next.push_back(old);
            continue;
        }
        if (old.from < slot.from) next.push_back({old.from, slot.from, old.kind, old.place});
        if (old.to > slot.to) next.push_back({slot.to, old.to, old.kind, old.place});
    }
    next.push_back(slot);
    std::ranges::sort(next, {}, &Slot::from);
    slots = std::move(next);
}

std::string times(std::size_t count) { return count == 1 ? "1 time" : fmt::format("{} times", count); }

struct WeeklySlot {
    PersonId person;
    int weekday = 0;
    LocalDay date = 0;  // 0: every such weekday
    std::int32_t from = 0, to = 0;
    SlotKind kind = SlotKind::here;
    PlaceId place;
};

struct Away {
    PersonId person;
    Ms from = 0, to = 0;
    PersonId covered_by;
    std::uint64_t line = 0;
};

class TimetableParser {
  public:
    TimetableParser(const std::vector<CsvFile>& files, const Directory& directory) : files_(files), directory_(directory) {}

    ParsedTimetable parse() {
        ParsedTimetable parsed;
        parsed.given = std::ranges::any_of(files_, [](const CsvFile& file) { return is_timetable_file(file.name); });
        if (!parsed.given) return parsed;
        read_terms(table("terms.csv", terms_columns, true));
        const bool calendars = std::ranges::any_of(files_, [](const CsvFile& file) { return is_calendar_file(file.name); });
        const Table timetable = table("timetable.csv", timetable_columns, !calendars);
        if (zone_) read_timetable(timetable);
        const Table absences = table("absences.csv", absences_columns, false);
        if (zone_) read_absences(absences);
        if (zone_ && !school_days_.empty()) read_calendars(parsed.notes);
        if (zone_ && !problems_.full()) lay_out(absences);
        const Table checkins = table(checkins_file, checkins_columns, false);
        if (zone_ && !problems_.full()) parsed.checkins = read_checkins(checkins, directory_, {*zone_, school_days_, opens_, closes_}, problems_);
        parsed.problems = problems_.take();
        if (!parsed.problems.empty()) return parsed;
        parsed.slots = std::move(slots_);
        parsed.days = std::move(days_);
        return parsed;
    }

  private:
    Table table(std::string_view name, std::span<const std::string_view> columns, bool needed) {
        for (const auto& file : files_)
            if (file.name == name) return read_table(file, columns, problems_);
        if (needed) problems_.add(name, 0, "", fmt::format("This file is missing beside the others. Its first line is {}", fmt::join(columns, ",")));
        return Table{std::string(name), columns, {}, false};
    }

    // -- terms.csv

    LocalDay date(const Fields& fields, std::string_view column) {
        const auto day = read_date(fields.text(column));
        if (!day) fields.problem(column, fmt::format("{} is not a date. Write it as 2026-11-23.", quoted(fields.text(column))));
        return day.value_or(0);
    }

    std::int32_t time_of_day(const Fields& fields, std::string_view column) {
        const auto time = read_time_of_day(fields.text(column));
        if (!time) fields.problem(column, fmt::format("{} is not a time of day. Write it as 08:40.", quoted(fields.text(column))));
        return time.value_or(0);
    }

    void span_of_days(const Fields& fields, std::set<LocalDay>& days) {
        const LocalDay from = date(fields, "from");
        const LocalDay to = fields.text("to").empty() ? from : date(fields, "to");
        if (from == 0 || to == 0) return;
        if (to < from) return fields.problem("to", "This is before the first day. Exchange them.");
        if (to - from >= static_cast<LocalDay>(term_days_max)) return fields.problem("to", fmt::format("This is more than {} days. Give one school year at a time.", term_days_max));
        for (LocalDay day = from; day <= to; ++day) days.insert(day);
    }

    void read_terms(const Table& table) {
        std::set<LocalDay> term, closed, open;
        std::set<std::string_view> seen;
        for (const auto& row : table.rows) {
            const Fields fields(table, row, problems_);
            const std::string& what = fields.text("what");
            const bool once = what == "zone" || what == "day" || what == "sign_in_by";
            if (once && !seen.insert(what).second) {
                fields.problem("what", fmt::format("{} is there twice. Keep one.", quoted(what)));
            } else if (what == "zone") {
                zone_ = LocalZone::find(fields.text("from"));
                if (!zone_) fields.problem("from", fmt::format("{} is not a time zone that this machine knows. Write it as Europe/London.", quoted(fields.text("from"))));
            } else if (what == "day") {
                opens_ = time_of_day(fields, "from");
                closes_ = time_of_day(fields, "to");
                if (closes_ <= opens_) fields.problem("to", "The school day ends before it begins.");
            } else if (what == "sign_in_by") {
                sign_in_by_ = time_of_day(fields, "from");
            } else if (what == "term") {
                span_of_days(fields, term);
            } else if (what == "closed") {
                span_of_days(fields, closed);
            } else if (what == "open") {
                span_of_days(fields, open);
            } else {
                fields.problem("what", fmt::format("{} is not known here. Use zone, day, sign_in_by, term, closed, open.", quoted(what)));
            }
        }
        for (const std::string_view key : {"zone", "day", "sign_in_by"})
            if (table.usable && !seen.contains(key)) problems_.add(table.file, 0, "what", fmt::format("The row {} is missing. Add it.", key));
        if (table.usable && term.empty() && open.empty()) problems_.add(table.file, 0, "what", "There is no term. Add a row such as term,2026-09-02,2026-10-23.");
        if (term.size() > term_days_max) problems_.add(table.file, 0, "", fmt::format("The terms have {} days and {} fit. Give one school year at a time.", term.size(), term_days_max));
        if (sign_in_by_ < opens_ || sign_in_by_ > closes_) problems_.add(table.file, 0, "what", "sign_in_by is outside of the school day.");
        std::erase_if(term, [&](LocalDay day) { return closed.contains(day) || weekday_of(day) >= 5; });
        term.merge(open);  // a Saturday with children in school
        school_days_.assign(term.begin(), term.end());
    }

    // -- timetable.csv

    bool known(const Fields& fields, std::string_view column, const PersonId& person) {
        if (directory_.people.contains(person)) return true;
        fields.problem(column, fmt::format("{} is not in staff.csv. Use a person's id from there.", quoted(fields.text(column))));
        return false;
    }

    void read_timetable(const Table& table) {
        std::map<std::tuple<PersonId, int, LocalDay>, std::vector<std::pair<std::int32_t, std::int32_t>>> taken;
        for (const auto& row : table.rows) {
            const Fields fields(table, row, problems_);
            WeeklySlot slot;
            slot.person = {fields.text("person")};
            bool good = known(fields, "person", slot.person);
            if (const auto weekday = read_weekday(fields.text("day"))) {
                slot.weekday = *weekday;
            } else if (const auto day = read_date(fields.text("day"))) {
                slot.date = *day;
            } else {
                fields.problem("day", fmt::format("{} is neither a weekday (mon to fri) nor a date such as 2026-11-23.", quoted(fields.text("day"))));
                good = false;
            }
            slot.from = time_of_day(fields, "from");
            slot.to = time_of_day(fields, "to");
            if (slot.to <= slot.from) {
                fields.problem("to", "This ends before it begins.");
                good = false;
            }
            if (const auto kind = meaning(slot_words, fields.text("what"))) slot.kind = *kind;
            else fields.problem("what", fmt::format("{} is not known here. Use one of {}.", quoted(fields.text("what")), all_words(slot_words)));
            slot.place = {fields.text("place")};
            if (!slot.place.empty() && !directory_.places.contains(slot.place))
                fields.problem("place", fmt::format("{} is not in places.csv. Use a place's id from there.", quoted(fields.text("place"))));
            if (!good) continue;
            auto& others = taken[{slot.person, slot.weekday, slot.date}];
            if (std::ranges::any_of(others, [&](const auto& other) { return other.first < slot.to && slot.from < other.second; }))
                fields.problem("from", fmt::format("{} is somewhere else at this time already, by a row above.", quoted(fields.text("person"))));
            others.emplace_back(slot.from, slot.to);
            weekly_.push_back(std::move(slot));
        }
    }

    // -- calendars

    /// What lies in the holidays is no lesson, however long its rule goes on.
    void read_calendars(std::vector<std::string>& notes) {
        const CalendarScope scope{directory_, *zone_, school_days_.front(), school_days_.back()};
        for (const CsvFile& file : files_) {
            if (!is_calendar_file(file.name) || problems_.full()) continue;
            std::vector<Lesson> lessons = read_calendar(file, scope, problems_, notes);
            std::erase_if(lessons, [&](const Lesson& lesson) { return !std::ranges::binary_search(school_days_, zone_->day_of(lesson.slot.from)); });
            std::ranges::move(lessons, std::back_inserter(lessons_));
        }
    }

    // -- absences.csv

    /// "2026-11-23", or "2026-11-23 10:30". A date alone is its whole day: the end of it where `end`.
    Ms moment(const Fields& fields, std::string_view column, bool end) {
        const std::string& text = fields.text(column);
        const std::size_t space = text.find(' ');
        const auto day = read_date(std::string_view(text).substr(0, space));
        std::optional<std::int32_t> time = end ? day_minutes : 0;
        if (space != std::string::npos) time = read_time_of_day(std::string_view(text).substr(space + 1));
        if (!day || !time) {
            fields.problem(column, fmt::format("{} is neither a date such as 2026-11-23 nor a date and a time such as 2026-11-23 10:30.", quoted(text)));
            return 0;
        }
        return zone_->instant(*day, *time);
    }

    void read_absences(const Table& table) {
        for (const auto& row : table.rows) {
            const Fields fields(table, row, problems_);
            Away away;
            away.line = row.line;
            away.person = {fields.text("person")};
            away.covered_by = {fields.text("covered_by")};
            known(fields, "person", away.person);
            if (!away.covered_by.empty()) known(fields, "covered_by", away.covered_by);
            if (away.covered_by == away.person) fields.problem("covered_by", "Nobody can cover for themself.");
            away.from = moment(fields, "from", false);
            away.to = moment(fields, "to", true);
            if (away.from != 0 && away.to != 0 && away.to <= away.from) fields.problem("to", "This ends before it begins.");
            away_.push_back(std::move(away));
        }
    }

    bool is_away(const PersonId& person, Ms from, Ms to) const {
        return std::ranges::any_of(away_, [&](const Away& away) { return away.person == person && away.from < to && from < away.to; });
    }

    // -- all of it, laid over each other

    void lay_out(const Table& absences) {
        for (const LocalDay day : school_days_) days_.push_back({zone_->instant(day, opens_), zone_->instant(day, sign_in_by_), zone_->instant(day, closes_)});
        std::size_t count = 0;
        const auto put = [&](const WeeklySlot& row, LocalDay day) {
            if (++count <= slots_max) lay_over(slots_[row.person], {zone_->instant(day, row.from), zone_->instant(day, row.to), row.kind, row.place});
        };
        lay_out_weekdays(count);
        for (const Lesson& lesson : lessons_)
            if (++count <= slots_max) lay_over(slots_[lesson.person], lesson.slot);
        for (const WeeklySlot& row : weekly_)
            if (row.date != 0) put(row, row.date);
        if (count > slots_max) return problems_.add("timetable.csv", 0, "", fmt::format("This comes to more than {} times. Give a term at a time.", slots_max));
        lay_out_cover(absences);
        for (const Away& away : away_)
            if (away.from < away.to) lay_over(slots_[away.person], {away.from, away.to, SlotKind::absent, {}});
    }

    void lay_out_weekdays(std::size_t& count) {
        std::map<int, std::vector<const WeeklySlot*>> by_weekday;
        for (const WeeklySlot& row : weekly_)
            if (row.date == 0) by_weekday[row.weekday].push_back(&row);
        for (const LocalDay day : school_days_)
            for (const WeeklySlot* row : by_weekday[weekday_of(day)])
                if (++count <= slots_max) slots_[row->person].push_back({zone_->instant(day, row->from), zone_->instant(day, row->to), row->kind, row->place});
        for (auto& [person, slots] : slots_) std::ranges::sort(slots, {}, &Slot::from);
    }

    /// Whoever covers takes over the lessons, in their places.
    void lay_out_cover(const Table& absences) {
        std::vector<std::pair<PersonId, Slot>> taken_over;
        for (const Away& away : away_) {
            if (away.covered_by.empty()) continue;
            const auto slots = slots_.find(away.person);
            if (slots == slots_.end()) continue;
            for (const Slot& slot : slots->second) {
                if (slot.kind != SlotKind::teaching || slot.to <= away.from || slot.from >= away.to) continue;
                const Slot part{std::max(slot.from, away.from), std::min(slot.to, away.to), slot.kind, slot.place};
                if (is_away(away.covered_by, part.from, part.to)) {
                    problems_.add(absences.file, away.line, "covered_by", fmt::format("{} is away at this time, too. Name somebody else.", quoted(away.covered_by.value)));
                    break;
                }
                taken_over.emplace_back(away.covered_by, part);
            }
        }
        for (const auto& [person, slot] : taken_over) lay_over(slots_[person], slot);
    }

    const std::vector<CsvFile>& files_;
    const Directory& directory_;
    Problems problems_;
    std::optional<LocalZone> zone_;
    std::int32_t opens_ = 0, closes_ = 0, sign_in_by_ = 0;
    std::vector<LocalDay> school_days_;
    std::vector<WeeklySlot> weekly_;
    std::vector<Lesson> lessons_;
    std::vector<Away> away_;
    std::map<PersonId, std::vector<Slot>> slots_;
    std::vector<SchoolDay> days_;
};

}  // namespace

bool is_timetable_file(std::string_view name) { return std::ranges::find(files_of_it, name) != std::end(files_of_it) || is_calendar_file(name); }

ParsedTimetable parse_timetable(const std::vector<CsvFile>& files, const core::Directory& directory) {
    return TimetableParser(files, directory).parse();
}

std::vector<Change> timetable_changes(const core::State& state, const ParsedTimetable& parsed) {
    std::vector<Change> changes;
    if (!parsed.given || !parsed.problems.empty()) return changes;
    const Rota& before = state.rota;
    for (const auto& [person, slots] : parsed.slots) {
        const auto old = before.slots.find(person);
        if (old == before.slots.end()) changes.push_back({"timetable", person.value, "added", times(slots.size())});
        else if (old->second != slots) changes.push_back({"timetable", person.value, "changed", fmt::format("{} -> {}", times(old->second.size()), times(slots.size()))});
    }
    for (const auto& [person, slots] : before.slots)
        if (!parsed.slots.contains(person)) changes.push_back({"timetable", person.value, "removed", ""});
    for (const auto& [child, times] : parsed.checkins)
        if (const auto old = state.today.planned.find(child); old == state.today.planned.end() || old->second != times)
            changes.push_back({"check-ins", child.value, old == state.today.planned.end() ? "added" : "changed", fmt::format("{} times", times.size())});
    for (const auto& [child, times] : state.today.planned)
        if (!parsed.checkins.contains(child)) changes.push_back({"check-ins", child.value, "removed", ""});
    if (before.days != parsed.days)
        changes.push_back({"school days", "", before.days.empty() ? "added" : "changed", fmt::format("{} -> {}", before.days.size(), parsed.days.size())});
    // Importing what was good before is a change too: the fault of the files in between is over.
    if (before.fault) changes.push_back({"timetable fault", before.fault->file, "removed", fmt::format("line {} could not be read", before.fault->line)});
    return changes;
}

}  // namespace attune::app
