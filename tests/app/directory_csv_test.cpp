// The school's CSV files: the example school is read whole; every fault is named by file, line and column.
#include "hub/app/directory_csv.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include <catch2/catch_test_macros.hpp>

namespace {

using namespace attune;
using app::CsvFile;
using app::parse_directory;
using app::Problem;

using Files = std::map<std::string, std::string>;

const Files good = {
    {"site.csv", "key,value\nname,Little School\nhelp,Ring 200.\n"},
    {"places.csv",
     "place,name,kind,zone,route_hint,extension\n"
     "r1,Room 1,room,lower,first left,201\n"
     "calm,Calm,calm_space,lower,,\n"},
    {"staff.csv",
     "person,name,short_name,roles,base\n"
     "sam,Sam Wren,Sam,responder,r1\n"
     "ash,Ash Hill,Ash,duty_lead responder,\n"},
    {"children.csv",
     "child,initials,places,adults,helps_1,helps_2,helps_3,about\n"
     "C-1,AB,r1 calm,sam ash,Walk with me,,,Likes ponds\n"},
};

std::vector<CsvFile> as_list(const Files& files) {
    std::vector<CsvFile> out;
    for (const auto& [name, text] : files)
        out.push_back({name, text});
    return out;
}

/// The good files with one text exchanged.
Files with(const std::string& file, const std::string& text) {
    Files files = good;
    files[file] = text;
    return files;
}

Files with_row(const std::string& file, const std::string& row) {
    return with(file, good.at(file) + row + "\n");
}

struct Fault {
    std::string about;
    Files files;
    std::string file;
    std::uint64_t line;
    std::string column;
    std::string says;        // part of the message
    std::size_t in_all = 1;  // problems, this one among them
};

std::string table(const std::string& file, const std::string& from, const std::string& to) {
    std::string text = good.at(file);
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

Files without(const std::string& file) {
    Files files = good;
    files.erase(file);
    return files;
}

const std::string places_header = "place,name,kind,zone,route_hint,extension\n";
const std::string child_header = "child,initials,places,adults,helps_1,helps_2,helps_3,about\n";
const std::string tiers_header = "level,tier,who,accept_s\n";

std::vector<Fault> file_faults() {
    return {
        {"missing file", without("staff.csv"), "staff.csv", 0, "", "missing"},
        {"file of another name", with("rooms.csv", "a,b\n"), "rooms.csv", 0, "", "not one that is read"},
        {"empty file", with("places.csv", ""), "places.csv", 0, "", "place,name,kind"},
        {"blank lines only", with("places.csv", "\n\r\n  \n"), "places.csv", 0, "", "empty"},
        {"header alone", with("places.csv", places_header), "places.csv", 0, "", "no row"},
        {"too large", with("site.csv", std::string(app::csv_file_bytes_max + 1, 'x')), "site.csv", 0, "", "4 MiB"},
        {"UTF-16", with("site.csv", std::string("\xFF\xFEk\0e\0", 6)), "site.csv", 0, "", "UTF-8"},
        {"semicolons", with("site.csv", "key;value\nname;x\n"), "site.csv", 1, "", "comma"},
        {"unknown column", with("staff.csv", table("staff.csv", "base\n", "base,phone\n")), "staff.csv", 1, "phone",
         "not a column"},
        {"missing column", with("site.csv", "key\nname\n"), "site.csv", 1, "value", "missing"},
        {"column twice", with("site.csv", "key,value,key\n"), "site.csv", 1, "key", "twice"},
        {"lone carriage return", with("site.csv", "key,value\nname,x\rhelp,y\n"), "site.csv", 2, "", "line feed"},
        {"too few fields", with_row("staff.csv", "kim,Kim Fern,Kim"), "staff.csv", 4, "roles", "3 fields"},
        {"too many fields", with_row("site.csv", "example,no,"), "site.csv", 4, "value", "3 fields"},
        {"quote inside", with_row("site.csv", "example,n\"o"), "site.csv", 4, "value", "double quote"},
        {"quote never closed", with_row("site.csv", "example,\"no\n\n"), "site.csv", 4, "value", "never closed"},
    };
}

std::vector<Fault> text_faults() {
    return {
        {"not UTF-8", with_row("places.csv", "r2,Caf\xE9,room,,,"), "places.csv", 4, "name", "UTF-8"},
        {"overlong UTF-8", with_row("places.csv", "r2,\xC0\xAF,room,,,"), "places.csv", 4, "name", "UTF-8"},
        {"surrogate", with_row("places.csv", "r2,\xED\xA0\x80,room,,,"), "places.csv", 4, "name", "UTF-8"},
        {"cut short", with_row("places.csv", "r2,\xE2\x82,room,,,"), "places.csv", 4, "name", "UTF-8"},
        {"control character", with_row("places.csv", "r2,a\x1B[31m,room,,,"), "places.csv", 4, "name", "control"},
        {"NUL", with_row("places.csv", "r2,a" + std::string(1, '\0') + ",room,,,"), "places.csv", 4, "name", "control"},
        {"C1 control", with_row("places.csv", "r2,a\xC2\x9B,room,,,"), "places.csv", 4, "name", "control"},
        {"tab", with_row("places.csv", "r2,a\tb,room,,,"), "places.csv", 4, "name", "control"},
        {"right-to-left override", with_row("places.csv", "r2,a\xE2\x80\xAE,room,,,"), "places.csv", 4, "name",
         "invisible"},
        {"line break in quotes", with_row("places.csv", "r2,\"a\nb\",room,,,"), "places.csv", 4, "name", "one line"},
        {"line after a line break", with("places.csv", places_header + "calm,\"a\nb\",room,,,\nr1,x,shed,,,\n"),
         "places.csv", 4, "kind", "kind of place", 2},
        {"field after a line break", with("places.csv", places_header + "calm,x,hall,,,\nr1,\"a\nb\",shed,,,\n"),
         "places.csv", 4, "kind", "kind of place", 2},
        {"line after CRLF",
         with("places.csv", "place,name,kind,zone,route_hint,extension\r\nr1,x,shed,,,\r\ncalm,x,hall,,,\r\n"),
         "places.csv", 2, "kind", "kind of place"},
    };
}

std::vector<Fault> row_faults() {
    return {
        {"bad kind", with_row("places.csv", "r2,Room 2,Room,,,"), "places.csv", 4, "kind", "calm_space"},
        {"id with a space", with_row("places.csv", "r 2,Room 2,room,,,"), "places.csv", 4, "place", "without a space"},
        {"no id", with_row("places.csv", ",Room 2,room,,,"), "places.csv", 4, "place", "1 to 32"},
        {"long id", with_row("places.csv", std::string(33, 'r') + ",Room 2,room,,,"), "places.csv", 4, "place", "32"},
        {"id twice", with_row("places.csv", "r1,Room 2,room,,,"), "places.csv", 4, "place", "twice"},
        {"id twice but for capitals", with_row("places.csv", "R1,Room 2,room,,,"), "places.csv", 4, "place", "twice"},
        {"no name", with_row("places.csv", "r2,,room,,,"), "places.csv", 4, "name", "empty"},
        {"long name", with_row("places.csv", "r2," + std::string(65, 'x') + ",room,,,"), "places.csv", 4, "name", "65"},
        {"long in bytes", with_row("places.csv", "r2," + std::string(63, 'x') + "\xC3\xA9,room,,,"), "places.csv", 4,
         "name", "65"},
        {"long route hint", with_row("places.csv", "r2,R,room,," + std::string(121, 'x') + ","), "places.csv", 4,
         "route_hint", "120"},
        {"long extension", with_row("places.csv", "r2,R,room,,," + std::string(33, '1')), "places.csv", 4, "extension",
         "32"},
        {"bad role", with_row("staff.csv", "kim,Kim,Kim,responder boss,"), "staff.csv", 4, "roles", "\"boss\""},
        {"no role", with_row("staff.csv", "kim,Kim,Kim,,"), "staff.csv", 4, "roles", "At least one"},
        {"role twice", with_row("staff.csv", "kim,Kim,Kim,office office,"), "staff.csv", 4, "roles", "twice"},
        {"unknown base", with_row("staff.csv", "kim,Kim,Kim,office,attic"), "staff.csv", 4, "base", "\"attic\""},
        {"short name twice", with_row("staff.csv", "sam2,Sam Hill,Sam,office,"), "staff.csv", 4, "short_name",
         "differ"},
        {"long short name", with_row("staff.csv", "kim,Kim," + std::string(33, 'k') + ",office,"), "staff.csv", 4,
         "short_name", "32"},
        {"person twice", with_row("staff.csv", "sam,Samuel,Samuel,office,"), "staff.csv", 4, "person", "twice"},
        {"unknown place", with_row("children.csv", "C-2,CD,r9,sam,,,,"), "children.csv", 3, "places", "\"r9\""},
        {"unknown adult", with_row("children.csv", "C-2,CD,r1,sam kim,,,,"), "children.csv", 3, "adults", "\"kim\""},
        {"no adult", with_row("children.csv", "C-2,CD,r1,,,,,"), "children.csv", 3, "adults", "At least one"},
        {"no place", with_row("children.csv", "C-2,CD,,sam,,,,"), "children.csv", 3, "places", "At least one"},
        {"adult twice", with_row("children.csv", "C-2,CD,r1,sam sam,,,,"), "children.csv", 3, "adults", "twice"},
        {"a name for initials", with_row("children.csv", "C-2,Oscar,r1,sam,,,,"), "children.csv", 3, "initials",
         "name"},
        {"a name beyond ASCII", with_row("children.csv", "C-2,\xC3\x89\xC3\xA9\xC3\xA8\xC3\xAA\xC3\xAB,r1,sam,,,,"),
         "children.csv", 3, "initials", "name"},
        {"long initials", with_row("children.csv", "C-2,A. B. 12345678901,r1,sam,,,,"), "children.csv", 3, "initials",
         "16"},
        {"child twice", with_row("children.csv", "C-1,CD,r1,sam,,,,"), "children.csv", 3, "child", "twice"},
        {"long helps line", with_row("children.csv", "C-2,CD,r1,sam,One,\"" + std::string(161, 'x') + "\",,"),
         "children.csv", 3, "helps_2", "160"},
        {"gap in helps", with_row("children.csv", "C-2,CD,r1,sam,,Later,,"), "children.csv", 3, "helps_2", "Move"},
        {"long about", with_row("children.csv", "C-2,CD,r1,sam,,,," + std::string(241, 'x')), "children.csv", 3,
         "about", "240"},
        {"unknown key", with_row("site.csv", "motto,Be kind"), "site.csv", 4, "key", "\"motto\""},
        {"key twice", with_row("site.csv", "name,Other"), "site.csv", 4, "key", "twice"},
        {"no help", with("site.csv", "key,value\nname,Little School\n"), "site.csv", 0, "key", "help"},
        {"long help", with("site.csv", "key,value\nname,x\nhelp," + std::string(241, 'x') + "\n"), "site.csv", 3,
         "value", "240"},
        {"example neither yes nor no", with_row("site.csv", "example,true"), "site.csv", 4, "value", "yes or no"},
    };
}

std::vector<Fault> policy_faults() {
    const auto tiers = [](const std::string& rows) { return with("tiers.csv", tiers_header + rows); };
    const auto deadlines = [](const std::string& rows) { return with("deadlines.csv", "key,value\n" + rows); };
    return {
        {"level 4", tiers("4,1,station,5\n"), "tiers.csv", 2, "level", "1 to 3"},
        {"tier 0", tiers("1,0,station,5\n"), "tiers.csv", 2, "tier", "1 to 8"},
        {"tier missing", tiers("1,1,named_adult,60\n1,3,station,60\n"), "tiers.csv", 3, "tier", "Tier 2", 2},
        {"unknown group", tiers("1,1,friends,60\n1,2,station,60\n"), "tiers.csv", 2, "who", "\"friends\""},
        {"nobody asked", tiers("1,1,,60\n1,2,station,60\n"), "tiers.csv", 2, "who", "At least one"},
        {"no number", tiers("1,1,named_adult,soon\n1,2,station,60\n"), "tiers.csv", 2, "accept_s", "\"soon\""},
        {"negative", tiers("1,1,named_adult,-5\n1,2,station,60\n"), "tiers.csv", 2, "accept_s", "whole number"},
        {"too long a wait", tiers("1,1,named_adult,601\n1,2,station,60\n"), "tiers.csv", 2, "accept_s", "600"},
        {"no station", tiers("1,1,named_adult,60\n1,2,duty_lead,60\n"), "tiers.csv", 3, "who", "station"},
        {"station in company", tiers("1,1,duty_lead station,60\n"), "tiers.csv", 2, "who", "alone", 2},
        {"after the station", tiers("1,1,station,60\n1,2,duty_lead,60\n"), "tiers.csv", 3, "who", "before", 2},
        {"named adult later", tiers("1,1,everyone,60\n1,2,named_adult,60\n1,3,station,60\n"), "tiers.csv", 3, "who",
         "first"},
        {"alternates last", tiers("1,1,named_adult,9\n1,2,duty_lead,9\n1,3,alternates,9\n1,4,station,9\n"), "tiers.csv",
         4, "who", "right after"},
        {"urgent and slow", tiers("2,1,named_adult,31\n2,2,responders,30\n2,3,station,5\n"), "tiers.csv", 4, "accept_s",
         "61 s"},
        {"unknown deadline", deadlines("ring_s,3\nrings_s,3\n"), "deadlines.csv", 3, "key", "ring_s"},
        {"deadline without a unit", deadlines("ring,3\n"), "deadlines.csv", 2, "key", "not a deadline"},
        {"deadline twice", deadlines("ring_s,3\nring_ms,3000\n"), "deadlines.csv", 3, "key", "twice"},
        {"deadline out of range", deadlines("resound_s,11\n"), "deadlines.csv", 2, "value", "1 to 10"},
        {"deadline of a fraction", deadlines("ring_s,2.5\n"), "deadlines.csv", 2, "value", "whole number"},
    };
}

void check(const Fault& fault) {
    INFO(fault.about);
    const auto parsed = parse_directory(as_list(fault.files));
    INFO([&] {
        std::ostringstream all;
        for (const auto& each : parsed.problems)
            all << each.file << ':' << each.line << ": " << each.column << ": " << each.message << '\n';
        return all.str();
    }());
    CHECK(parsed.problems.size() == fault.in_all);
    CHECK(std::any_of(parsed.problems.begin(), parsed.problems.end(), [&](const Problem& each) {
        return each.file == fault.file && each.line == fault.line && each.column == fault.column &&
               each.message.find(fault.says) != std::string::npos;
    }));
    CHECK(parsed.directory == core::Directory{});
}

std::string file_text(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in.good());
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("small right files are read") {
    const auto parsed = parse_directory(as_list(good));
    REQUIRE(parsed.problems.empty());
    const auto& directory = parsed.directory;
    CHECK(directory.site == core::Site{"Little School", "Ring 200.", false});
    CHECK(directory.places.at({"r1"}) ==
          core::Place{{"r1"}, "Room 1", core::PlaceKind::room, "lower", "first left", "201"});
    CHECK(directory.people.at({"ash"}) ==
          core::Person{{"ash"}, "Ash Hill", "Ash", {core::Role::duty_lead, core::Role::responder}, {}});
    CHECK(directory.children.at({"C-1"}) ==
          core::ChildPlan{{"C-1"}, "AB", {{"r1"}, {"calm"}}, {{"sam"}, {"ash"}}, {"Walk with me"}, "Likes ponds"});
    CHECK(directory.policy == app::default_policy());
}

TEST_CASE("a byte order mark, CRLF, columns in another order and spaces around fields are accepted") {
    Files files = good;
    files["site.csv"] =
        "\xEF\xBB\xBFvalue,key\r\n Little School ,name\r\n\r\n\"Ring 200, or run.\",help\r\nyes,example\r\n";
    const auto parsed = parse_directory(as_list(files));
    REQUIRE(parsed.problems.empty());
    CHECK(parsed.directory.site == core::Site{"Little School", "Ring 200, or run.", true});
}

TEST_CASE("a last line without its line end is read") {
    Files files = good;
    files["site.csv"].pop_back();
    CHECK(parse_directory(as_list(files)).problems.empty());
}

TEST_CASE("a site without children with a plan is right") {
    CHECK(parse_directory(as_list(with("children.csv", child_header))).problems.empty());
}

TEST_CASE("tiers and deadlines replace the defaults, and only those that are named") {
    Files files = good;
    files["tiers.csv"] = tiers_header + "2,1,named_adult nearest,20\n2,2,everyone,40\n2,3,station,5\n";
    files["deadlines.csv"] = "key,value\nring_ms,250\narrive_3_s,45\n";
    const auto parsed = parse_directory(as_list(files));
    REQUIRE(parsed.problems.empty());
    core::Policy expected = app::default_policy();
    using enum core::Group;
    expected.levels[1].tiers = {{{named_adult, nearest}, 20'000}, {{everyone}, 40'000}, {{station}, 5'000}};
    expected.ring_ms = 250;
    expected.levels[2].arrive_ms = 45'000;
    CHECK(parsed.directory.policy == expected);
}

TEST_CASE("the default policy keeps the rules that a file must keep") {
    for (const auto& level : app::default_policy().levels)
        CHECK(level.tiers.back().who == std::vector{core::Group::station});
}

TEST_CASE("the example school is right") {
    std::vector<CsvFile> files;
    for (const char* name : {"site.csv", "places.csv", "staff.csv", "children.csv", "tiers.csv", "deadlines.csv"})
        files.push_back({name, file_text(std::string("deploy/example-school/") + name)});
    const auto parsed = parse_directory(files);
    for (const auto& each : parsed.problems)
        UNSCOPED_INFO(each.file << ':' << each.line << ' ' << each.message);
    REQUIRE(parsed.problems.empty());
    CHECK(parsed.directory.site.example);
    CHECK(parsed.directory.places.size() == 24);
    CHECK(parsed.directory.people.size() == 40);
    CHECK(parsed.directory.children.size() == 60);
}

TEST_CASE("faults of files are named") {
    for (const auto& fault : file_faults())
        check(fault);
}
TEST_CASE("faults of texts are named by line and column") {
    for (const auto& fault : text_faults())
        check(fault);
}
TEST_CASE("faults of rows are named by line and column") {
    for (const auto& fault : row_faults())
        check(fault);
}
TEST_CASE("faults of tiers and deadlines are named by line and column") {
    for (const auto& fault : policy_faults())
        check(fault);
}

TEST_CASE("all faults are listed, up to 200, and a value is never repeated as it was") {
    Files files = good;
    for (int i = 0; i < 300; ++i)
        files["staff.csv"] += "p" + std::to_string(i) + ",N,S" + std::to_string(i) + ",\x1B]0;x,\n";
    auto parsed = parse_directory(as_list(files));
    REQUIRE(parsed.problems.size() == app::problems_max);
    CHECK(parsed.problems.back().message.find("more problems") != std::string::npos);
    files = with("rooms\x1B[31m.csv", "");
    parsed = parse_directory(as_list(files));
    REQUIRE(parsed.problems.size() == 1);
    CHECK(parsed.problems[0].file == "rooms?[31m.csv");
}

TEST_CASE("a place that could not be read does not make each reference to it a fault") {
    const auto parsed =
        parse_directory(as_list(with("places.csv", places_header + "r1,Room 1,room,lower\ncalm,Calm,calm_space,,,\n")));
    REQUIRE(parsed.problems.size() == 1);
    CHECK(parsed.problems[0].line == 2);
}

TEST_CASE("more children than a room can list, and more rows than fit, are refused") {
    Files files = with("children.csv", child_header);
    for (std::size_t i = 0; i <= app::children_of_a_place_max; ++i)
        files["children.csv"] += "c" + std::to_string(i) + ",AB,r1,sam,,,,\n";
    auto parsed = parse_directory(as_list(files));
    REQUIRE(parsed.problems.size() == 1);
    CHECK(parsed.problems[0].column == "places");
    CHECK(parsed.problems[0].line == app::children_of_a_place_max + 2);
    files = with("places.csv", good.at("places.csv"));
    for (std::size_t i = 0; i < app::places_max; ++i)
        files["places.csv"] += "x" + std::to_string(i) + ",X,hall,,,\n";
    parsed = parse_directory(as_list(files));
    REQUIRE(parsed.problems.size() == 1);
    CHECK(parsed.problems[0].line == app::places_max + 2);
}

TEST_CASE("a calm space says how many visitors it has room for; files without the column stay right") {
    Files files = good;
    files["places.csv"] = "place,name,kind,zone,route_hint,extension,capacity\nr1,Room 1,room,lower,first left,201,\ncalm,Calm,calm_space,,,,3\n";
    const auto parsed = parse_directory(as_list(files));
    REQUIRE(parsed.problems.empty());
    CHECK(parsed.directory.places.at({"calm"}).capacity == 3);
    CHECK(parsed.directory.places.at({"r1"}).capacity == 0);
    files["places.csv"] = "place,name,kind,zone,route_hint,extension,capacity\nr1,Room 1,room,lower,first left,201,2\ncalm,Calm,calm_space,,,,99\n";
    const auto wrong = parse_directory(as_list(files));
    REQUIRE(wrong.problems.size() == 2);
    CHECK(wrong.problems.front().column == "capacity");
    CHECK(wrong.problems.back().column == "capacity");
}
