// Commands without a running hub: exit codes, sentences, the dry run, the journal's log.
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "tests/daemon/program.hpp"

using namespace attune::test;

namespace {

const std::string example = "deploy/example-school";

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Every stored event, with all that is known of it. Reading leaves SQLite's own files beside the journal: they do not
/// count.
std::string history(const std::string& state) {
    return attuned({"log", "export", "--with-children", "--state", state}).out;
}

/// A copy of the example school with one text exchanged in one file.
std::string changed_school(const Folder& folder, const std::string& file, const std::string& from,
                           const std::string& to) {
    std::filesystem::remove_all(folder / "school");
    std::filesystem::copy(example, folder / "school");
    std::string text = text_of(folder / ("school/" + file));
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    folder.write("school/" + file, text.replace(at, from.size(), to));
    return (folder / "school").string();
}

}  // namespace

TEST_CASE("exit codes: 0 done, 1 not done, 2 a wrong command line") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    CHECK(attuned({"--version"}).out.starts_with("attuned "));
    const Ran help = attuned({"--help"});
    CHECK(help.code == 0);
    CHECK(has(help.out, "Exit codes: 0 done; 1 not done"));
    const std::vector<std::vector<std::string>> wrong = {{},
                                                         {"serve"},
                                                         {"run", "--listen", "localhost:80"},
                                                         {"run", "--loud"},
                                                         {"enrol"},
                                                         {"enrol", "phone"},
                                                         {"revoke"},
                                                         {"log"},
                                                         {"log", "show", "x"},
                                                         {"import"},
                                                         {"links"}};
    for (const auto& arguments : wrong) {
        const Ran ran = attuned(arguments);
        INFO((arguments.empty() ? "" : arguments[0]) << ": " << ran.err);
        CHECK(ran.code == 2);
        CHECK(ran.err.starts_with("attuned: "));
    }
    const std::vector<std::vector<std::string>> undone = {{"status"},
                                                          {"log", "verify"},
                                                          {"log", "tail"},
                                                          {"import", "/nonexistent"},
                                                          {"import", "hub"},
                                                          {"revoke", "nothing"},
                                                          {"enrol", "room"},
                                                          {"enrol", "room", "--place", "attic"},
                                                          {"enrol", "handset", "--person", "nobody"},
                                                          {"links", "--example"},
                                                          {"run", "--www", "/nonexistent"}};
    for (const auto& arguments : undone) {
        auto all = arguments;
        all.insert(all.end(), {"--state", state});
        const Ran ran = attuned(all);
        INFO(arguments[0] << ": " << ran.err);
        CHECK(ran.code == 1);
        CHECK(ran.err.starts_with("attuned: "));
        CHECK(lines(ran.err) == 1);
    }
}

TEST_CASE("config check names each fault by its line") {
    const Folder folder;
    const std::string good = folder.write("good.toml", "listen = \"127.0.0.1:8460\"\n");
    CHECK(attuned({"config", "check", "--config", good}).code == 0);
    const std::string bad = folder.write("bad.toml", "listen = \"127.0.0.1:8460\"\nlissten = 1\n[log]\nlevel = 3\n");
    const Ran ran = attuned({"config", "check", "--config", bad});
    CHECK(ran.code == 1);
    CHECK(has(ran.err, bad + ":2: "));
    CHECK(has(ran.err, "\"listen\""));
    CHECK(has(ran.err, bad + ":4: "));
    CHECK(attuned({"run", "--config", bad}).code == 1);
    const Ran missing = attuned({"config", "check", "--config", (folder / "none.toml").string()});
    CHECK(missing.code == 1);
    CHECK(has(missing.err, "There is no file "));
    const std::string files = folder.write("files.toml", "[tls]\ncertificate = \"/none.pem\"\nkey = \"/none.key\"\n");
    CHECK(has(attuned({"config", "check", "--config", files}).err, "tls.key cannot be read"));
}

TEST_CASE("a dry run of an import changes nothing, and --apply changes all of it once") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    Ran ran = attuned({"import", example, "--state", state});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "added place y2_finch"));
    CHECK(has(ran.out, "nothing was changed"));
    CHECK_FALSE(std::filesystem::exists(state));

    ran = attuned({"import", example, "--state", state, "--apply"});
    REQUIRE(ran.code == 0);
    CHECK(has(ran.out, "changes were made"));
    const std::string before = history(state);

    ran = attuned({"import", example, "--state", state});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "Nothing to change"));
    const std::string renamed = changed_school(folder, "staff.csv", "Sam Wren", "Sam Finch");
    ran = attuned({"import", renamed, "--state", state});
    CHECK(ran.code == 0);
    CHECK(ran.out ==
          "changed person sam_wren: name: Sam Wren -> Sam Finch\n"
          "There is no timetable.csv: the timetable stays as it is.\n"
          "checkins.csv was not looked at: it needs terms.csv, which says on which days there is school.\n"
          "1 change would be made; nothing was changed. Say --apply to make it.\n");
    CHECK((history(state) == before));  // not printed: it is long
}

TEST_CASE("an import with a fault changes nothing and names file, line and column") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    REQUIRE(attuned({"import", example, "--state", state, "--apply"}).code == 0);
    const std::string before = history(state);
    // Line 6 of staff.csv is Linnet Frost's.
    const std::string school =
        changed_school(folder, "staff.csv", "calm_space responder,nest", "calm_space boss,attic");
    const Ran ran = attuned({"import", school, "--state", state, "--apply"});
    CHECK(ran.code == 1);
    CHECK(has(ran.err, "staff.csv:6: roles: \"boss\" is not known here."));
    CHECK(has(ran.err, "staff.csv:6: base: \"attic\" is not in places.csv."));
    CHECK(has(ran.err, "2 problems; nothing was changed."));
    CHECK((history(state) == before));  // not printed: it is long
}

TEST_CASE("enrol prints a link and its QR code, or JSON") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    REQUIRE(attuned({"import", example, "--state", state, "--apply"}).code == 0);
    Ran ran = attuned({"enrol", "room", "--place", "y2_finch", "--state", state});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "\nhttp://127.0.0.1:8460/room#c="));
    CHECK(has(ran.out, "█"));
    ran = attuned({"enrol", "handset", "--person", "sam_wren", "--no-qr", "--state", state});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "\nhttp://127.0.0.1:8460/handset#c="));
    CHECK_FALSE(has(ran.out, "█"));
    ran = attuned({"enrol", "station", "--place", "office", "--json", "--state", state});
    CHECK(ran.code == 0);
    CHECK(ran.out.starts_with("{\"kind\":\"station\",\"code\":\""));
    const std::string config = folder.write("a.toml", "listen = \"0.0.0.0:443\"\nnames = [\"hub.school.example\"]\n");
    ran = attuned({"enrol", "station", "--place", "office", "--no-qr", "--state", state, "--config", config});
    CHECK(has(ran.out, "\nhttps://hub.school.example/station#c="));
    ran = attuned({"enrol", "room", "--place", "attic", "--state", state});
    CHECK(ran.code == 1);
    CHECK(has(ran.err, "There is no place \"attic\"."));
    CHECK(has(ran.err, "These are known: burrow, "));
    ran = attuned({"enrol", "room", "--place", "y2_finsh", "--state", state});
    CHECK(has(ran.err, "Did you mean \"y2_finch\"?"));
    ran = attuned({"enrol", "handset", "--person", "sam", "--state", state});
    CHECK(has(ran.err, "There is no person \"sam\"."));
    CHECK(has(ran.err, "sam_wren"));
    ran = attuned({"enrol", "room", "--place", std::string(5'000, 'a'), "--state", state});
    CHECK(ran.code == 1);
    CHECK(has(ran.err, "at most 32 characters"));
    ran = attuned({"revoke", "d5", "--state", state});
    CHECK(has(ran.err, "attuned devices lists them."));
}

TEST_CASE("the log can be checked, read and exported, and withholds what is known of children") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    REQUIRE(attuned({"import", example, "--state", state, "--apply"}).code == 0);
    CHECK(attuned({"log", "verify", "--state", state}).code == 0);
    CHECK(has(attuned({"log", "verify", "--json", "--state", state}).out, "{\"ok\":true,"));
    Ran ran = attuned({"log", "tail", "-n", "3", "--state", state});
    CHECK(lines(ran.out) == 3);
    ran = attuned({"log", "export", "--state", state});
    CHECK(ran.out.starts_with("{\"seq\":1,"));
    CHECK(has(ran.out, "Sam Wren"));
    CHECK_FALSE(has(ran.out, "Walk with me"));
    CHECK_FALSE(has(ran.out, "initials"));
    for (const char* reference : {"\"WF", "\"c0", "\"C-"}) CHECK_FALSE(has(ran.out, reference));
    CHECK(has(ran.out, "\"fact\":{\"child\":\"withheld\"}}"));
    CHECK(has(attuned({"log", "export", "--help"}).out, "nothing is said of any child"));
    const std::size_t events = lines(ran.out);
    ran = attuned({"log", "export", "--with-children", "--from", std::to_string(events), "--state", state});
    CHECK(lines(ran.out) == 1);
    CHECK(has(ran.out, "\"initials\":"));
    CHECK(has(attuned({"log", "show", "1", "--state", state}).out, "{\"seq\":1,"));
    CHECK(attuned({"log", "show", "999999", "--state", state}).code == 1);
    REQUIRE(attuned({"enrol", "station", "--place", "office", "--json", "--state", state}).code == 0);
    CHECK(has(attuned({"log", "export", "--state", state}).out, "\"code\":\"withheld\""));
}

TEST_CASE("a journal that was changed by hand is found") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    REQUIRE(attuned({"import", example, "--state", state, "--apply"}).code == 0);
    const auto file = folder / "state/journal.db";
    std::string bytes = text_of(file);
    const auto at = bytes.find("Sam Wren");
    REQUIRE(at != std::string::npos);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes.replace(at, 8, "Sam Grim");
    const Ran ran = attuned({"log", "verify", "--state", state});
    CHECK(ran.code == 1);
    CHECK(has(ran.out, "event "));
}

TEST_CASE("a dry run says what changes in a record, and of a child only which fields") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    REQUIRE(attuned({"import", example, "--state", state, "--apply"}).code == 0);
    const std::string school = changed_school(folder, "children.csv", "Walk with me", "Sit with me");
    folder.write("school/site.csv", "key,value\nname,Another School\nhelp,Ring 200.\nexample,yes\n");
    std::filesystem::remove(folder / "school/tiers.csv");
    const Ran ran = attuned({"import", school, "--state", state});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "changed site: name: "));
    CHECK(has(ran.out, " -> Another School"));
    CHECK(has(ran.out, ": helps\n"));
    CHECK_FALSE(has(ran.out, "Sit with me"));
    CHECK(has(ran.out, "There is no tiers.csv: the tiers that Attune brings along are used."));
    CHECK_FALSE(has(ran.out, " \n"));
}

TEST_CASE("a word that is no command is answered with those there are") {
    Ran ran = attuned({"improt"});
    CHECK(ran.code == 2);
    CHECK(has(ran.err, "There is no command \"improt\". Did you mean \"import\"? The commands are run, "));
    ran = attuned({"log", "tial"});
    CHECK(ran.code == 2);
    CHECK(has(ran.err, "There is no command \"tial\". Did you mean \"tail\"?"));
    for (const char* number : {"-1", "0", "1x", "99999999999999999999"}) {
        ran = attuned({"log", "show", number, "--state", "/nonexistent"});
        CHECK(ran.code == 2);
    }
}

TEST_CASE("what is no ordinary file is refused at once, and so is one without end") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    for (const char* file : {"/dev/zero", "/tmp", "/dev/null"}) {
        const Ran ran = attuned({"config", "check", "--config", file});
        INFO(ran.err);
        CHECK(ran.code == 1);
        CHECK(has(ran.err, "Name an"));
    }
    const std::string large = folder.write("large.toml", std::string(2 << 20, '#'));
    CHECK(has(attuned({"config", "check", "--config", large}).err, "is over 1 MiB"));
    std::filesystem::copy(example, folder / "school");
    std::filesystem::remove(folder / "school/staff.csv");
    REQUIRE(::mkfifo((folder / "school/staff.csv").c_str(), 0600) == 0);
    Ran ran = attuned({"import", (folder / "school").string(), "--state", state});
    CHECK(ran.code == 1);
    CHECK(has(ran.err, "staff.csv is no ordinary file."));
    std::filesystem::remove(folder / "school/staff.csv");
    std::filesystem::create_directory(folder / "school/staff.csv");
    ran = attuned({"import", (folder / "school").string(), "--state", state});
    CHECK(ran.code == 1);
    CHECK(has(ran.err, "staff.csv is a folder."));
}

TEST_CASE("another user is told which user to be, and not that nothing is there") {
    if (::geteuid() != 0) SKIP("only root can be another user");
    const Folder folder;
    const std::string state = (folder / "state").string();
    REQUIRE(attuned({"import", example, "--state", state, "--apply"}).code == 0);
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    REQUIRE(::chown(state.c_str(), 1, 1) == 0);
    const std::vector<std::vector<std::string>> commands = {{"devices"},
                                                            {"log", "tail"},
                                                            {"log", "verify"},
                                                            {"status"},
                                                            {"import", example},
                                                            {"links", "--example"},
                                                            {"enrol", "station", "--place", "office"}};
    for (auto arguments : commands) {
        arguments.insert(arguments.end(), {"--state", state});
        const Ran ran = attuned_as(65'534, arguments);
        INFO(arguments[0] << ": " << ran.out << ran.err);
        CHECK(ran.code == 1);
        CHECK(has(ran.err, "This user may not"));
        CHECK(has(ran.err, "sudo -u daemon"));
        CHECK(ran.out.empty());
    }
}

TEST_CASE("with too few open files allowed it says how many it needs") {
    const Folder folder;
    for (const rlim_t files : {8, 12, 20}) {
        const rlimit few{files, files};
        const Ran ran = attuned({"run", "--state", (folder / "state").string(), "--listen", "127.0.0.1:0"}, {},
                                [&] { ::setrlimit(RLIMIT_NOFILE, &few); });
        INFO(ran.err);
        CHECK(ran.code == 1);
        CHECK(has(ran.err, "ulimit -n"));
    }
}

TEST_CASE("with --json what was not done is an object too, once, whatever went wrong") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    const std::string nowhere = (folder / "nowhere").string();
    REQUIRE(attuned({"import", example, "--state", state, "--apply"}).code == 0);
    struct Wanted {
        std::vector<std::string> arguments;
        int code;
        std::string begins;
    };
    const std::string error = "{\"kind\":\"error\",\"exit\":";
    const std::vector<Wanted> all = {
        {{"log", "show", "99999", "--json", "--state", state}, 1, error + "1,\"message\":\"There is no event 99999. attuned log tail shows the newest ones.\"}\n"},
        {{"log", "verify", "--json", "--state", nowhere}, 1, error + "1,\"message\":\"There is no journal in "},
        {{"log", "tail", "--json", "--state", nowhere}, 1, error + "1,"},
        {{"log", "saw", "d5", "--json", "--state", state}, 1, error + "1,\"message\":\"There never was a device d5."},
        {{"log", "show", "x", "--json"}, 2, error + "2,"},
        {{"log", "show", "--json"}, 2, error + "2,"},
        {{"log", "shwo", "--json"}, 2, error + "2,\"message\":\"There is no command \\\"shwo\\\". Did you mean \\\"show\\\"?"},
        {{"status", "--json", "--state", nowhere}, 1, "{\"running\":false,"},
        {{"devices", "--json", "--config", nowhere}, 1, error + "1,\"message\":\"There is no file "},
        {{"enrol", "room", "--json", "--place", "attic", "--state", state}, 1, error + "1,\"message\":\"There is no place \\\"attic\\\"."}};
    for (const auto& wanted : all) {
        const Ran ran = attuned(wanted.arguments);
        INFO(ran.out << ran.err);
        CHECK(ran.code == wanted.code);
        CHECK(ran.out.starts_with(wanted.begins));
        CHECK(lines(ran.out) == 1);
        CHECK(ran.err.starts_with("attuned: "));
    }
    CHECK(attuned({"log", "show", "99999", "--state", state}).out.empty());
    const std::string bad = folder.write("bad.toml", "lissten = 1\n");
    const Ran faults = attuned({"devices", "--json", "--config", bad});
    CHECK(faults.code == 1);
    CHECK(faults.out.starts_with(error + "1,\"message\":\"" + bad + ":1: "));
    CHECK(has(attuned({"--help"}).out, "With --json that sentence is on standard output too"));
}
