// attune against the real attuned: processes, sockets, kills.
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <csignal>

#include "tests/clients/site.hpp"

using namespace attune::test;
using namespace std::chrono_literals;

namespace {

/// Every line is one object that a strict reader takes.
bool is_json_lines(const std::string& text) {
    const Folder folder;
    std::ofstream(folder / "lines") << text;
    Process check("/usr/bin/env", {"node", "-e",
                                   "for (const line of require('fs').readFileSync(process.argv[1], "
                                   "'utf8').split('\\n').filter(Boolean)) { const said = JSON.parse(line), kinds = (text) => "
                                   "text.split('\"kind\":').length; if (typeof said.kind !== 'string' || kinds(line) !== "
                                   "kinds(JSON.stringify(said))) process.exit(1) }",  // and each name once
                                   (folder / "lines").string()});
    return check.wait() == 0;
}

}  // namespace

TEST_CASE("from the press to the door, at two terminals") {
    const Site site;
    site.enrol("room", {"room", "--place", "y4_curlew"});
    const auto watch = site.on_duty("sam", "sam_wren");

    const auto room = site.follow("room", {"raise", "now", "--until", "closed"});
    REQUIRE(room->says("Received"));
    REQUIRE(watch->says("Year 4 Curlew, Support now: You are asked to come"));
    REQUIRE(room->says("Received · ringing 1"));
    CHECK(site.attune("sam", {"close", "--settled"}).code == 5);  // not theirs yet
    const Ran accepted = site.attune("sam", {"accept", "--on-way"});
    CHECK(accepted.code == 0);
    CHECK(has(accepted.out, "You are on your way"));
    CHECK(has(accepted.out, "past the hall, opposite the library"));
    REQUIRE(room->says("Sam is coming"));
    const Ran early = site.attune("sam", {"close", "--settled"});
    CHECK(early.code == 3);
    CHECK_FALSE(early.err.empty());
    CHECK(site.attune("sam", {"arrive"}).code == 0);
    REQUIRE(room->says("Sam is here"));
    CHECK(site.attune("sam", {"close"}).code == 2);  // how did it go?
    CHECK(site.attune("sam", {"close", "--settled", "--need", "too_loud"}).code == 0);
    REQUIRE(room->says("Closed. Thank you for asking."));
    CHECK(room->wait() == 0);
    REQUIRE(watch->says("Closed. Thank you."));
    CHECK(site.attune("sam", {"accept"}).code == 5);

    // In the order of the rungs, and each once.
    const auto at = [&](const char* line) { return room->out.find(line); };
    CHECK(at("Received") < at("ringing 1"));
    CHECK(at("ringing 1") < at("Sam is coming"));
    CHECK(at("Sam is coming") < at("Sam is here"));
    // Nothing in the room names a child, and no colours go to a pipe.
    for (const char* never : {"JT", "WF-", "\x1b"})
        CHECK_FALSE(has(room->out, never));
    watch->signal(SIGINT);
    CHECK(watch->wait() == 0);
    CHECK(count_of(site.log(), "\"kind\":\"CallRaised\"") == 1);
}

TEST_CASE("a hub that is killed in the middle of a raise makes one call of one press") {
    Site site;
    site.enrol("room", {"room", "--place", "y4_curlew"});
    const auto watch = site.on_duty("sam", "sam_wren");
    site.kill();
    const auto room = site.follow("room", {"raise", "now", "--until", "ringing"});
    REQUIRE(room->says("Sending…"));
    REQUIRE(room->says("Not through yet. Still trying"));
    REQUIRE(room->says("How else to get help: Ring the office on 200"));
    CHECK_FALSE(has(room->out, "Received"));
    REQUIRE(watch->says("Cannot reach the hub"));
    site.start();
    REQUIRE(room->says("Received"));
    CHECK(room->wait() == 0);
    REQUIRE(watch->says("The hub is back"));
    REQUIRE(watch->says("You are asked to come"));

    // Killed again while the call is open: the same call is there afterwards, and only it.
    site.kill();
    site.start();
    CHECK(site.attune("sam", {"accept"}).code == 0);
    const std::string log = site.log();
    CHECK(count_of(log, "\"kind\":\"CallRaised\"") == 1);
    CHECK_FALSE(has(log, "LevelRaised"));  // what a press that is heard twice would do
}

TEST_CASE("a press that did not get through is kept, found by the next command, and taken back") {
    Site site;
    site.enrol("room", {"room", "--place", "y4_curlew"});
    site.kill();
    const Ran raised = site.attune("room", {"raise", "please", "--timeout", "0.3"});
    CHECK(raised.code == 4);
    CHECK(has(raised.err, "The press is kept"));
    const Ran status = site.attune("room", {"status", "--timeout", "0.3"});
    CHECK(status.code == 4);
    CHECK(has(status.out, "Not through yet: Support please"));
    CHECK(site.attune("room", {"withdraw"}).code == 0);
    CHECK(has(site.attune("room", {"raise", "now", "--timeout", "0.3"}).err, "kept"));
    site.start();
    CHECK(site.attune("room", {"status"}).code == 0);
    const std::string log = site.log();
    CHECK(count_of(log, "\"kind\":\"CallRaised\"") == 1);
    CHECK(has(log, "\"level\":2"));
}

TEST_CASE("never mind is confirmed by the room, or taken back") {
    const Site site;
    site.enrol("room", {"room", "--place", "y4_curlew"});
    CHECK(site.attune("room", {"withdraw"}).code == 5);
    REQUIRE(site.attune("room", {"raise", "please", "--until", "received"}).code == 0);
    CHECK(has(site.attune("room", {"withdraw"}).out, "Someone may still look in"));
    CHECK(has(site.attune("room", {"status"}).out, "never mind"));
    CHECK(site.attune("room", {"withdraw", "--keep"}).code == 0);
    CHECK_FALSE(has(site.attune("room", {"status"}).out, "never mind"));
    CHECK(has(site.attune("room", {"withdraw", "--confirm"}).out, "All well"));
    CHECK(has(site.attune("room", {"status"}).out, "No open calls"));
}

TEST_CASE("exit codes tell a script what happened, and each sentence what to do next") {
    Site site;
    CHECK(site.attune("none", {"status"}).code == 6);
    CHECK(site.attune("none", {"status", "--nonsense"}).code == 2);
    CHECK(site.attune("../x", {"status"}).code == 2);
    CHECK(site.attune("none", {"enrol", "https://hub/room#c=7KQ4MXW2PD"}).code == 2);

    const std::string link = site.link({"room", "--place", "y4_curlew"});
    REQUIRE(site.attune("room", {"enrol", link}).code == 0);
    const Ran again = site.attune("second", {"enrol", link});
    CHECK(again.code == 6);
    CHECK(has(again.err, "Ask for a new one"));
    CHECK(site.attune("room", {"enrol", site.link({"room", "--place", "y2_finch"})}).code == 3);

    // A room has no PIN, no people, and accepts nothing.
    CHECK(site.attune("room", {"sign-in"}).code == 2);
    CHECK(site.attune("room", {"people"}).code == 5);
    CHECK(site.attune("room", {"accept"}).code == 2);
    CHECK(site.attune("room", {"raise", "now", "--place", "y2_finch"}).code == 2);

    site.enrol("sam", {"handset", "--person", "sam_wren"});
    CHECK(site.attune("sam", {"sign-in", "--pin-fd", "3"}, "111").code == 3);
    CHECK(site.attune("sam", {"sign-in", "--pin-fd", "3"}, "582139").code == 0);
    CHECK(site.attune("sam", {"lock"}).code == 0);
    const Ran wrong = site.attune("sam", {"sign-in", "--pin-fd", "3"}, "000001");
    CHECK(wrong.code == 3);
    CHECK(has(wrong.err, "That PIN is not right."));
    CHECK(site.attune("sam", {"raise", "now"}).code == 2);
    CHECK(site.attune("sam", {"availability", "on-break", "--minutes", "5"}).code == 0);

    const std::string device = field_of(site.attune("sam", {"status", "--json"}).out, "device");
    REQUIRE(has(device, "handset-"));
    REQUIRE(site.attuned({"revoke", device}).code == 0);
    const Ran revoked = site.attune("sam", {"status", "--timeout", "5"});
    CHECK(revoked.code == 6);
    site.kill();
    CHECK(site.attune("room", {"status", "--timeout", "0.5"}).code == 4);
}

TEST_CASE("a link with another key is not followed") {
    const Site site;
    std::string link = site.link({"room", "--place", "y4_curlew"});
    const auto key = link.rfind('/') + 1;
    link[key] = link[key] == 'A' ? 'B' : 'A';
    const Ran ran = site.attune("room", {"enrol", link, "--timeout", "3"});
    CHECK(ran.code == 7);
    CHECK(has(ran.err, "does not prove to be this device’s hub"));
}

TEST_CASE("with --json each command says one object a line") {
    const Site site;
    site.enrol("room", {"room", "--place", "y4_curlew"});
    const auto watch = site.follow("room", {"watch", "--json"});
    REQUIRE(watch->says("\"state\":\"live\""));
    const Ran raised = site.attune("room", {"raise", "now", "--until", "received", "--json"});
    CHECK(raised.code == 0);
    CHECK(is_json_lines(raised.out));
    CHECK(has(raised.out, "\"rung\":\"received\""));
    REQUIRE(watch->says("\"event\":\"raised\""));
    const Ran status = site.attune("room", {"status", "--json"});
    CHECK(is_json_lines(status.out));
    CHECK(has(status.out, "\"open_calls\":1"));
    const Ran refused = site.attune("room", {"note", "medical", "--json"});
    CHECK(refused.code == 0);
    const Ran nothing = site.attune("room", {"arrive", "--json"});
    CHECK(nothing.code == 5);
    CHECK(is_json_lines(nothing.out));
    CHECK(has(nothing.out, "\"exit\":5"));
    watch->signal(SIGTERM);
    CHECK(watch->wait() == 0);
    CHECK(is_json_lines(watch->out));
}

TEST_CASE("a handset at a terminal may fall asleep, unless its machine lets itself be kept awake") {
    const Site site;
    const std::string socket = (site.state() / "attuned.sock").string();
    const auto listed = [&](const std::string& part, bool wanted) {
        for (const auto end = std::chrono::steady_clock::now() + 10s; std::chrono::steady_clock::now() < end;)
            if (has(site.attune("none", {"devices", "list", "--hub-socket", socket, "--json"}).out, part) == wanted)
                return true;
        return false;
    };
    site.enrol("sam", {"handset", "--person", "sam_wren"});
    {
        const auto watch = site.follow("sam", {"watch", "--ring", "true"}, {"PATH=/nonexistent"});
        REQUIRE(watch->says("cannot be kept awake"));
        REQUIRE(listed("screen_may_sleep", true));
    }
    const Folder tools;
    const std::filesystem::path inhibit = tools.write("systemd-inhibit",
                                                      "#!/bin/sh\nwhile [ \"${1#--}\" != \"$1\" ]; do shift; done\nexec \"$@\"\n");
    std::filesystem::permissions(inhibit, std::filesystem::perms::owner_all);
    const auto watch = site.follow("sam", {"watch", "--ring", "true", "--json"}, {"PATH=" + tools.path().string() + ":/usr/bin:/bin"});
    REQUIRE(watch->says("\"held\":true"));
    REQUIRE(listed("screen_may_sleep", false));
    watch->signal(SIGTERM);
    CHECK(watch->wait() == 0);
}

TEST_CASE("a station sends somebody, and declines nothing") {
    const Site site;
    site.enrol("room", {"room", "--place", "y4_curlew"});
    site.enrol("office", {"station", "--place", "office"});
    const auto watch = site.follow("office", {"watch", "--ring", "true"});
    REQUIRE(watch->says("Connected"));
    const auto room = site.follow("room", {"raise", "everyone"});
    REQUIRE(watch->says("Nobody has taken this call"));
    REQUIRE(room->says("ringing 1"));
    CHECK(site.attune("office", {"accept"}).code == 2);
    CHECK(site.attune("office", {"decline"}).code != 0);
    CHECK(site.attune("office", {"accept", "--going", "Rowan"}).code == 0);
    REQUIRE(room->says("Rowan is coming"));
    CHECK(room->wait() == 0);
}

TEST_CASE("what a device keeps is for its own user, and no key, code or PIN is shown to others") {
    const Site site;
    const std::string link = site.link({"handset", "--person", "sam_wren"});
    const std::string code = link.substr(link.find('/', 9) + 1, 10);
    const Ran enrolled = site.attune("sam", {"enrol", link});
    REQUIRE(enrolled.code == 0);
    const Ran signed_in = site.attune("sam", {"sign-in", "--pin-fd", "3"}, "582139");
    REQUIRE(signed_in.code == 0);
    for (const auto& text : {enrolled.out, enrolled.err, signed_in.out, signed_in.err}) {
        CHECK_FALSE(has(text, code));
        CHECK_FALSE(has(text, "582139"));
    }
    struct stat info{};
    REQUIRE(::stat(site.device_folder("sam").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0700);
    for (const auto& entry : std::filesystem::directory_iterator(site.device_folder("sam"))) {
        if (!entry.is_regular_file()) continue;
        REQUIRE(::stat(entry.path().c_str(), &info) == 0);
        CHECK((info.st_mode & 0777) == 0600);
        CHECK_FALSE(has(text_of(entry.path()), "582139"));
    }
}

TEST_CASE(
    "the hub's own machine lists, revokes and imports through its local socket, and others are told where to go") {
    const Site site;
    const std::string socket = (site.state() / "attuned.sock").string();
    site.enrol("room", {"room", "--place", "y4_curlew"});
    const Ran list = site.attune("none", {"devices", "list", "--hub-socket", socket, "--json"});
    CHECK(list.code == 0);
    CHECK(is_json_lines(list.out));
    CHECK(has(list.out, "Year 4 Curlew"));
    CHECK(site.attune("none", {"import", "deploy/example-school", "--hub-socket", socket})
              .out.find("Nothing to change") != std::string::npos);
    const Ran none_such = site.attune("none", {"devices", "revoke", "d-none", "--hub-socket", socket});
    CHECK(none_such.code == 3);
    CHECK(has(none_such.err, "There is no such device. attune devices list shows them."));
    const std::string device = field_of(list.out, "device");
    const auto rename = [&](const std::string& which, const std::string& label) {
        return site.attune("none", {"devices", "rename", which, label, "--hub-socket", socket});
    };
    CHECK(rename(device, "Curlew, by the window").code == 0);
    CHECK(has(site.attune("none", {"devices", "list", "--hub-socket", socket}).out, "Curlew, by the window"));
    CHECK(has(site.attune("room", {"status"}).out, "Curlew, by the window (room)"));
    CHECK(rename("d-none", "x").code == 3);
    // attuned is found beside attune, or where the shell finds programs.
    const std::string path = std::filesystem::path(ATTUNED_PROGRAM).parent_path().string() + ":" + std::getenv("PATH");
    const auto log = [&](const std::vector<std::string>& words) {
        const auto reader = site.follow("none", words, {"PATH=" + path});
        return Ran{reader->wait(), reader->out, reader->err};
    };
    const Ran tail = log({"log", "tail", "-n", "2", "--hub-socket", socket});
    CHECK(tail.code == 0);
    CHECK(std::ranges::count(tail.out, '\n') == 2);
    for (const auto& what : {std::vector<std::string>{"log", "tail", "-n", "1", "--json"}, {"--json", "log", "show", "1"}}) {
        auto words = what;
        words.insert(words.end(), {"--hub-socket", socket});
        const Ran read = log(words);
        CHECK(read.code == 0);
        CHECK(read.out.starts_with("{"));
    }
    CHECK(rename(device, std::string(65, 'x')).code == 2);
    CHECK(site.attune("none", {"devices", "revoke", device, "--hub-socket", socket}).code == 0);
    const Ran made = site.attune(
        "none", {"devices", "enrol", "room", "--place", "y2_finch", "--hub-socket", socket, "--json"});
    CHECK(made.code == 0);
    CHECK(is_json_lines(made.out));
    CHECK(site.attune("finch", {"enrol", field_of(made.out, "url")}).code == 0);
    CHECK(site.attune("none", {"devices", "enrol", "room", "--place", "attic", "--hub-socket", socket}).code == 3);
    CHECK(site.attune("none", {"devices", "enrol", "room", "--hub-socket", socket}).code == 2);
    CHECK(site.attune("none", {"devices", "enrol", "handset", "--place", "office", "--hub-socket", socket}).code == 2);
    const Ran elsewhere = site.attune("none", {"devices", "list", "--hub-socket", "/nonexistent/attuned.sock"});
    CHECK(elsewhere.code == 4);
    CHECK(has(elsewhere.err, "on the hub’s own machine"));
}

TEST_CASE("without a terminal each question says how it is answered without one") {
    const Site site;
    CHECK(has(site.attune("none", {"enrol"}).err, "There is no terminal to ask at. Give the link: attune enrol LINK"));
    site.enrol("sam", {"handset", "--person", "sam_wren"});
    CHECK(has(site.attune("sam", {"sign-in"}).err, "attune sign-in --pin-fd 3 3< FILE"));
    REQUIRE(site.attune("sam", {"sign-in", "--pin-fd", "3"}, "582139").code == 0);
    const Ran duty = site.attune("sam", {"duty"});
    CHECK(duty.code == 2);
    CHECK(has(duty.err, "attune duty --heard yes"));
    CHECK(site.attune("sam", {"duty", "--heard", "yes"}).code == 0);
    CHECK(has(site.attune("sam", {"accept", "999"}).err, "attune status lists those that are."));
    CHECK(has(site.attune("sam", {"settle"}).err, "You have no call. attune status shows what is open."));
    site.enrol("room", {"room", "--place", "y4_curlew"});
    CHECK(has(site.attune("room", {"duty"}).err, "nobody signs in on it"));
}

TEST_CASE("a folder that cannot be used is said at once, and not taken for a hub that is away") {
    const Folder folder;
    folder.write("attune-client", "a file where the folder should be");
    for (const std::vector<std::string>& words : {std::vector<std::string>{"status"}, {"watch"}, {"raise", "now"}}) {
        const Ran ran = to_its_end(Process(ATTUNE_PROGRAM, words, {"XDG_STATE_HOME=" + folder.path().string()}), 8s);
        INFO(ran.err);
        CHECK(ran.code == 1);
        CHECK(has(ran.err, "attune-client/default"));
        CHECK(has(ran.err, "cannot be "));
        CHECK(has(ran.err, "name another folder in XDG_STATE_HOME"));
        CHECK_FALSE(has(ran.err, "Nothing answers at"));
    }
}

TEST_CASE("keys that others could read are closed to them, with a sentence, and the device goes on") {
    const Site site;
    site.enrol("room", {"room", "--place", "y4_curlew"});
    const auto keys = site.device_folder("room") / "device";
    REQUIRE(::chmod(keys.c_str(), 0644) == 0);
    const Ran ran = site.attune("room", {"status", "--json"});
    CHECK(ran.code == 0);
    CHECK(has(ran.err, "Others could read " + keys.string()));
    CHECK(has(ran.err, "enrol it with a new link"));
    CHECK(is_json_lines(ran.out));
    CHECK(has(ran.out, "\"kind\":\"exposed\""));
    struct stat info{};
    REQUIRE(::stat(keys.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    CHECK(site.attune("room", {"status"}).err.empty());
}

TEST_CASE("a program that holds a device's key leaves no core, and lets no other program of its user look into it") {
    const Site site;
    site.enrol("room", {"room", "--place", "y4_curlew"});
    // Root looks into everything: as root, this runs as somebody else.
    const uid_t user = ::geteuid() == 0 ? 65'534 : ::geteuid();
    const auto profile = site.device_folder("room"), clients = profile.parent_path();
    if (::geteuid() == 0) {
        for (const auto& entry : std::filesystem::directory_iterator(profile)) REQUIRE(::chown(entry.path().c_str(), user, user) == 0);
        REQUIRE(::chown(profile.c_str(), user, user) == 0);
        for (auto at = clients; at != std::filesystem::temp_directory_path() && at.has_relative_path(); at = at.parent_path())
            if (at != "/tmp") REQUIRE(::chmod(at.c_str(), 0711) == 0);
    }
    Process watch(ATTUNE_PROGRAM, {"--profile", "room", "watch"}, {"XDG_STATE_HOME=" + clients.parent_path().string()}, {}, [user] {
        const rlimit any{RLIM_INFINITY, RLIM_INFINITY};
        ::setrlimit(RLIMIT_CORE, &any);
        if (::geteuid() != user && (::setgid(user) != 0 || ::setuid(user) != 0)) ::_exit(126);
    });
    REQUIRE(watch.says("Connected"));
    // The kernel gives what belongs to a process that may not be dumped to root.
    struct stat info{};
    REQUIRE(::stat(("/proc/" + std::to_string(watch.pid()) + "/environ").c_str(), &info) == 0);
    CHECK(info.st_uid == 0);
    CHECK(info.st_uid != user);
}
