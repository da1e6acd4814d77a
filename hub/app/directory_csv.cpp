// Reads the rows of each file into the directory and checks what one file says of another. Faults are collected, never
// thrown, so that a person sees all of them at once.
#include "hub/app/directory_csv.hpp"

#include <algorithm>
#include <set>

#include "hub/app/csv_fields.hpp"
#include "hub/app/directory_words.hpp"
#include "hub/app/policy_csv.hpp"

namespace attune::app {

using namespace core;

namespace {

constexpr std::string_view site_columns[] = {"key", "value"};
constexpr std::string_view places_columns[] = {"place", "name", "kind", "zone", "route_hint", "extension"};
/// The last column may be left out: files from before there were calm spaces stay right.
constexpr std::string_view places_columns_with_capacity[] = {"place", "name", "kind", "zone", "route_hint", "extension", "capacity"};
constexpr std::uint64_t capacity_max = 20;
constexpr std::string_view staff_columns[] = {"person", "name", "short_name", "roles", "base"};
constexpr std::string_view children_columns[] = {"child",   "initials", "places",  "adults",
                                                 "helps_1", "helps_2",  "helps_3", "about"};

/// The same with a last column that may be left out: whether these adults may be fetched out of a lesson.
constexpr std::string_view children_columns_more[] = {"child",   "initials", "places",  "adults",
                                                      "helps_1", "helps_2",  "helps_3", "about", "interruptible"};

constexpr std::size_t initials_letters_max = 4;

/// ASCII letters, and every character beyond ASCII: close enough to tell initials from a name.
std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0xC0;
    }));
}

class Parser {
  public:
    explicit Parser(const std::vector<CsvFile>& files) : files_(files) {}

    ParsedDirectory parse() {
        directory_.policy = default_policy();
        check_names();
        const Table site = table("site.csv", site_columns, true);
        const Table places = says_capacity() ? table("places.csv", places_columns_with_capacity, true) : table("places.csv", places_columns, true);
        const Table staff = table("staff.csv", staff_columns, true);
        const Table children = asks_of_lessons() ? table("children.csv", children_columns_more, true) : table("children.csv", children_columns, true);
        places_known_ = places.usable && !places.rows.empty();
        staff_known_ = staff.usable && !staff.rows.empty();
        read_site(site);
        read_places(places);
        read_staff(staff);
        read_children(children);
        read_tiers(table("tiers.csv", tiers_columns, false), directory_.policy, problems_);
        read_deadlines(table("deadlines.csv", deadlines_columns, false), directory_.policy, problems_);
        auto problems = problems_.take();
        return {problems.empty() ? std::move(directory_) : Directory{}, std::move(problems)};
    }

  private:
    bool asks_of_lessons() const {
        const auto file = std::ranges::find(files_, "children.csv", &CsvFile::name);
        return file != files_.end() && std::string_view(file->text).substr(0, file->text.find('\n')).find("interruptible") != std::string_view::npos;
    }

    void check_names() {
        static constexpr std::string_view known[] = {"site.csv",     "places.csv", "staff.csv",
                                                     "children.csv", "tiers.csv",  "deadlines.csv", "terms.csv", "timetable.csv", "absences.csv", "checkins.csv"};
        std::set<std::string_view> seen;
        for (const auto& file : files_) {
            if (std::find(std::begin(known), std::end(known), file.name) == std::end(known))
                problems_.add(
                    file.name, 0, "",
                    fmt::format("This file is not one that is read. Rename it or take it away; the files are {}.",
                                fmt::join(known, ", ")));
            else if (!seen.insert(file.name).second)
                problems_.add(file.name, 0, "", "This file was given twice. Give it once.");
        }
    }

    Table table(std::string_view name, std::span<const std::string_view> columns, bool needed) {
        for (const auto& file : files_)
            if (file.name == name) return read_table(file, columns, problems_);
        if (needed)
            problems_.add(name, 0, "",
                          fmt::format("This file is missing. Its first line is {}", fmt::join(columns, ",")));
        return Table{std::string(name), columns, {}, false};
    }

    void limit_rows(const Table& table, std::size_t most, bool some_needed) {
        if (table.rows.size() > most)
            problems_.add(table.file, table.rows[most].line, "",
                          fmt::format("There are {} rows and {} fit.", table.rows.size(), most));
        if (table.usable && some_needed && table.rows.empty())
            problems_.add(table.file, 0, "", "The file has no row below its first line.");
    }

    void read_site(const Table& table) {
        std::set<std::string_view> seen;
        for (const auto& row : table.rows) {
            const Fields fields(table, row, problems_);
            const std::string& key = fields.text("key");
            if (!seen.insert(key).second) {
                fields.problem("key", fmt::format("The key {} is there twice. Keep one.", quoted(key)));
            } else if (key == "name") {
                directory_.site.name = fields.limited("value", 64, true);
            } else if (key == "help") {
                directory_.site.help = fields.limited("value", 240, true);
            } else if (key == "example") {
                const std::string& value = fields.text("value");
                if (value != "yes" && value != "no") fields.problem("value", "Write yes or no.");
                directory_.site.example = value == "yes";
            } else {
                fields.problem("key",
                               fmt::format("{} is not a key of this file. Use name, help, example.", quoted(key)));
            }
        }
        for (const std::string_view key : {"name", "help"})
            if (table.usable && !seen.contains(key))
                problems_.add(table.file, 0, "key", fmt::format("The key {} is missing. Add a row for it.", key));
    }

    bool says_capacity() const {
        return std::ranges::any_of(files_, [](const CsvFile& file) {
            return file.name == "places.csv" && std::string_view(file.text).substr(0, file.text.find_first_of("\r\n")).find("capacity") != std::string_view::npos;
        });
    }

    void read_places(const Table& table) {
        limit_rows(table, places_max, true);
        std::set<std::string> seen;
        for (const auto& row : table.rows) {
            const Fields fields(table, row, problems_);
            Place place;
            place.id.value = fields.new_id("place", seen);
            place.name = fields.limited("name", 64, true);
            if (const auto kind = meaning(kind_words, fields.text("kind")))
                place.kind = *kind;
            else
                fields.problem("kind", fmt::format("{} is not a kind of place. Use one of {}.",
                                                   quoted(fields.text("kind")), all_words(kind_words)));
            place.zone = fields.limited("zone", 64, false);
            place.route_hint = fields.limited("route_hint", 120, false);
            place.extension = fields.limited("extension", 32, false);
            if (table.columns.size() == std::size(places_columns_with_capacity) && !fields.text("capacity").empty()) {
                if (place.kind == core::PlaceKind::calm_space) place.capacity = static_cast<std::uint32_t>(fields.number("capacity", 1, capacity_max));
                else fields.problem("capacity", "Only a calm space has a capacity. Leave this empty.");
            }
            directory_.places.insert_or_assign(place.id, place);
        }
    }

    void read_staff(const Table& table) {
        limit_rows(table, staff_max, true);
        std::set<std::string> seen;
        std::set<std::string> short_names;
        for (const auto& row : table.rows) {
            const Fields fields(table, row, problems_);
            Person person;
            person.id.value = fields.new_id("person", seen);
            person.name = fields.limited("name", 64, true);
            person.short_name = fields.limited("short_name", 32, true);
            if (!person.short_name.empty() && !short_names.insert(person.short_name).second)
                fields.problem("short_name",
                               "Another person has this short name. Make them differ: a room must know who "
                               "is coming.");
            person.roles = fields.word_list("roles", role_words);
            person.base.value = fields.text("base");
            if (!person.base.empty()) check_place(fields, "base", person.base);
            directory_.people.insert_or_assign(person.id, person);
        }
    }

    void read_children(const Table& table) {
        limit_rows(table, children_max, false);
        std::set<std::string> seen;
        std::map<PlaceId, std::size_t> due;
        for (const auto& row : table.rows) {
            const Fields fields(table, row, problems_);
            ChildPlan child;
            child.id.value = fields.new_id("child", seen);
            child.initials = fields.limited("initials", 16, true);
            if (letters(child.initials) > initials_letters_max)
                fields.problem("initials",
                               "This looks like a name. Write at most four letters: a room's screen may be "
                               "projected.");
            for (auto& word : fields.list("places")) {
                child.places.push_back({std::move(word)});
                check_place(fields, "places", child.places.back());
                if (++due[child.places.back()] == children_of_a_place_max + 1)
                    fields.problem("places", fmt::format("More than {} children are due in {}.",
                                                         children_of_a_place_max, quoted(child.places.back().value)));
            }
            for (auto& word : fields.list("adults")) {
                child.adults.push_back({std::move(word)});
                if (staff_known_ && !directory_.people.contains(child.adults.back()))
                    fields.problem("adults", fmt::format("{} is not in staff.csv. Use a person's id from there.",
                                                         quoted(child.adults.back().value)));
            }
            read_helps(fields, child);
            child.about = fields.limited("about", 240, false);
            if (table.columns.size() > std::size(children_columns)) {
                const std::string& word = fields.text("interruptible");
                if (!word.empty() && word != "yes" && word != "no") fields.problem("interruptible", "Write yes or no.");
                child.interruptible = word == "yes";
            }
            directory_.children.insert_or_assign(child.id, child);
        }
    }

    static void read_helps(const Fields& fields, ChildPlan& child) {
        bool ended = false;
        for (const std::string_view column : {"helps_1", "helps_2", "helps_3"}) {
            std::string line = fields.limited(column, 160, false);
            if (line.empty())
                ended = true;
            else if (ended)
                fields.problem(column, "The line before this one is empty. Move this one up.");
            else
                child.helps.push_back(std::move(line));
        }
    }

    void check_place(const Fields& fields, std::string_view column, const PlaceId& place) {
        if (places_known_ && !directory_.places.contains(place))
            fields.problem(column,
                           fmt::format("{} is not in places.csv. Use a place's id from there.", quoted(place.value)));
    }

    const std::vector<CsvFile>& files_;
    Problems problems_;
    Directory directory_;
    bool places_known_ = false, staff_known_ = false;
};

}  // namespace

ParsedDirectory parse_directory(const std::vector<CsvFile>& files) {
    return Parser(files).parse();
}

}  // namespace attune::app
