// attuned run as a process: who may start it, what it says, how it ends.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>

#include <catch2/catch_test_macros.hpp>

#include "tests/daemon/device.hpp"
#include "tests/daemon/program.hpp"

using namespace attune::test;

namespace {

const std::string example = "deploy/example-school";

std::vector<std::string> run_arguments(const Folder& folder) {
    return {"run", "--state", (folder / "state").string(), "--listen", "127.0.0.1:0"};
}

std::string port_of(const Program& hub) {
    const auto at = hub.err.find(" port=") + 6;
    return hub.err.substr(at, hub.err.find(' ', at) - at);
}

/// A TCP connection to the hub, closed at the end of the scope. Reads wait ten seconds at most.
struct Caller {
    explicit Caller(const std::string& port) : socket(dial(port)) { REQUIRE(socket >= 0); }
    ~Caller() { ::close(socket); }
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    void say(const std::string& text) const {
        REQUIRE(::send(socket, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()));
    }
    std::string hear() const {
        std::array<char, 4096> bytes{};
        const ssize_t count = ::recv(socket, bytes.data(), bytes.size(), 0);
        return std::string(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    int socket;
};

unsigned mode_of(const std::filesystem::path& file) {
    struct stat info{};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    return info.st_mode & 0777;
}

}  // namespace

TEST_CASE("a hub serves, answers its commands, and stops in order") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    Program hub(run_arguments(folder));
    REQUIRE(hub.says("event=ready"));
    CHECK(attuned({"status", "--state", state}).code == 0);

    // An import while it runs: the dry run changes nothing, the other all.
    Ran ran = attuned({"import", example, "--state", state});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "nothing was changed"));
    CHECK(attuned({"enrol", "room", "--place", "y2_finch", "--state", state}).code == 1);
    ran = attuned({"import", example, "--state", state, "--apply"});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "changes were made"));
    CHECK(attuned({"import", example, "--state", state}).out == "There is no timetable.csv: the timetable stays as it is.\ncheckins.csv was not looked at: it needs terms.csv, which says on which days there is school.\nNothing to change: the site is so already.\n");

    // Links name the port that the system chose.
    ran = attuned({"enrol", "room", "--place", "y2_finch", "--json", "--state", state});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "\"url\":\"http://127.0.0.1:"));
    CHECK_FALSE(has(ran.out, "127.0.0.1:0/"));
    CHECK(attuned({"devices", "--json", "--state", state}).out == "[]\n");
    ran = attuned({"revoke", "d-none", "--state", state});
    CHECK(ran.code == 1);
    CHECK(has(ran.err, "There is no such device."));
    ran = attuned({"links", "--example", "--no-qr", "--state", state});
    CHECK(ran.code == 0);
    for (const char* part : {"/room#c=", "/handset#c=", "/station#c=", "/calm#c=", "/kiosk#c=", "/board#c=", "/look#r="})
        CHECK(has(ran.out, part));

    CHECK(hub.says("event=imported changes="));
    CHECK(hub.says("event=enrolment_offered kind=room"));
    hub.signal(SIGTERM);
    CHECK(hub.wait(std::chrono::seconds(5)) == 0);
    CHECK(has(hub.err, "event=stopping"));
    CHECK(has(hub.err, "event=stopped"));
    CHECK_FALSE(std::filesystem::exists(folder / "state/attuned.sock"));
    // Nothing that names a person, a child or a code is in the log.
    for (const char* secret : {"Sam", "Wren", "sam_wren", "WF-", "#c="})
        CHECK_FALSE(has(hub.err, secret));
    CHECK(attuned({"log", "verify", "--state", state}).code == 0);
}

TEST_CASE("a second hub on the same state folder is refused with a sentence") {
    const Folder folder;
    Program hub(run_arguments(folder));
    REQUIRE(hub.says("event=ready"));
    const Ran second = attuned(run_arguments(folder));
    CHECK(second.code == 1);
    CHECK(has(second.err, "attuned: "));
    CHECK(has(second.err, (folder / "state").string()));
    CHECK(attuned({"status", "--state", (folder / "state").string()}).code == 0);
}

TEST_CASE("a port that is taken is refused with a sentence") {
    const Folder folder;
    Program hub(run_arguments(folder));
    REQUIRE(hub.says("event=ready"));
    const std::string port = port_of(hub);
    const Ran second = attuned({"run", "--state", (folder / "other").string(), "--listen", "127.0.0.1:" + port});
    CHECK(second.code == 1);
    CHECK(has(second.err, port));
    CHECK(has(second.err, "another program has this port"));
}

TEST_CASE("the example links are printed once it is ready, for the example school alone") {
    const Folder folder;
    REQUIRE(attuned({"import", example, "--state", (folder / "state").string(), "--apply"}).code == 0);
    auto arguments = run_arguments(folder);
    arguments.push_back("--example-links");
    {
        Program hub(arguments);
        REQUIRE(hub.says("event=ready"));
        hub.signal(SIGINT);  // the links may be on their way: stopping waits for no one
        CHECK(hub.wait(std::chrono::seconds(5)) == 0);
    }
    std::filesystem::remove_all(folder / "state");
    Program hub(arguments);
    CHECK(hub.says("event=no_links"));
    CHECK(has(hub.err, "for the example school only"));
}

TEST_CASE("what it writes is for its own user, and it leaves no core") {
    const Folder folder;
    Program hub(run_arguments(folder));
    REQUIRE(hub.says("event=ready"));
    CHECK(mode_of(folder / "state") == 0700);
    for (const char* file : {"state/journal.db", "state/attuned.sock", "state/url"})
        CHECK((mode_of(folder / file) & 077) == 0);
    const std::string limits = text_of("/proc/" + std::to_string(hub.pid()) + "/limits");
    const auto line = limits.find("Max core file size");
    REQUIRE(line != std::string::npos);
    CHECK(has(limits.substr(line, 50), "0 "));
}

TEST_CASE("a second signal ends it at once") {
    const Folder folder;
    Program hub(run_arguments(folder));
    REQUIRE(hub.says("event=ready"));
    hub.signal(SIGTERM);
    REQUIRE(hub.says("event=stopping"));
    hub.signal(SIGTERM);
    const int code = hub.wait(std::chrono::seconds(2));
    // With nobody connected it may have stopped in order before the second one came.
    CHECK((code == -SIGTERM || code == 0));
}

TEST_CASE("the service manager hears when it is ready and when it stops") {
    const Folder folder;
    const std::string path = (folder / "notify").string();
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size());
    REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    const timeval limit{10, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    const auto heard = [&] {
        std::array<char, 64> bytes{};
        const ssize_t count = ::recv(socket, bytes.data(), bytes.size(), 0);
        return std::string(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    };
    Program hub(run_arguments(folder), {"NOTIFY_SOCKET=" + path, "WATCHDOG_USEC=1000000"});
    CHECK(heard() == "READY=1");
    CHECK(heard() == "WATCHDOG=1");
    CHECK(heard() == "WATCHDOG=1");
    hub.signal(SIGTERM);
    std::string last = heard();
    for (int i = 0; i < 5 && last == "WATCHDOG=1"; ++i)
        last = heard();
    CHECK(last == "STOPPING=1");
    CHECK(hub.wait() == 0);
    ::close(socket);
}

TEST_CASE("it stops within five seconds also when those who are connected say nothing") {
    const Folder folder;
    Program hub(run_arguments(folder));
    REQUIRE(hub.says("event=ready"));
    const std::string port = port_of(hub);
    const Caller silent(port);
    const Caller mute(port);
    mute.say("GET /v1/ws HTTP/1.1\r\nHost: 127.0.0.1:" + port +
             "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: attune.1\r\n\r\n");
    REQUIRE(has(mute.hear(), " 101 "));
    hub.signal(SIGTERM);
    CHECK(hub.wait(std::chrono::seconds(5)) == 0);
}

TEST_CASE("/-/ready and /-/healthy answer, and a page is served") {
    const Folder folder;
    Program hub(run_arguments(folder));
    REQUIRE(hub.says("event=ready"));
    const std::string port = port_of(hub);
    for (const char* path : {"/-/ready", "/-/healthy", "/room"}) {
        const Caller caller(port);
        caller.say(std::string("GET ") + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port +
                   "\r\nConnection: close\r\n\r\n");
        INFO(path);
        CHECK(has(caller.hear(), "HTTP/1.1 200 "));
    }
}

TEST_CASE("the log tells of devices, wrong PINs and strangers, by device and address alone") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    REQUIRE(attuned({"import", example, "--state", state, "--apply"}).code == 0);
    Program hub(run_arguments(folder));
    REQUIRE(hub.says("event=ready"));
    const std::string port = port_of(hub);
    const auto code = [&](std::vector<std::string> device) {
        device.insert(device.begin(), "enrol");
        device.insert(device.end(), {"--json", "--state", state});
        const std::string json = attuned(device).out;
        const auto at = json.find("\"code\":\"") + 8;
        return json.substr(at, json.find('"', at) - at);
    };
    Device sam(port, code({"handset", "--person", "sam_wren"}));
    CHECK(hub.says("event=enrolled device=handset-"));
    REQUIRE(sam.done(attune::protocol::SetPin{"sam_wren", "2580", {}}));
    sam.say(attune::protocol::SignIn{"sam_wren", "9631", {}});
    REQUIRE(sam.until([&] { return !sam.rejected.empty(); }));
    CHECK(hub.says("event=wrong_pin device=handset-"));

    // A stranger at will: a few records, and then a count of those left out.
    for (int time = 0; time < 30; ++time) CHECK_THROWS(Device(port, "AAAAAAAAAA", std::chrono::milliseconds(200)));
    CHECK(hub.says("event=turned_away address=127.0.0.1 why=\"wrong code\""));
    hub.signal(SIGTERM);
    CHECK(hub.wait() == 0);
    std::size_t records = 0;
    for (auto at = hub.err.find("event=turned_away"); at != std::string::npos; at = hub.err.find("event=turned_away", at + 1))
        ++records;
    CHECK(records == 20);
    for (const char* secret : {"Sam", "sam_wren", "2580", "9631", "AAAAAAAAAA"}) CHECK_FALSE(says_word(hub.err, secret));
}
