// A real hub, real clients, and a disk that takes nothing more: full in a mount namespace of the test's own, or past a
// limit on the size of files, which can be set on a running process and taken away again.
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "tests/daemon/device.hpp"
#include "tests/daemon/program.hpp"

using namespace attune;
using namespace attune::test;
using namespace std::chrono_literals;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

/// The hub of the example school with three rooms and a handset on duty.
struct School {
    explicit School(const std::filesystem::path& state_folder) : state(state_folder.string()) {
        if (attuned({"import", "deploy/example-school", "--state", state, "--apply"}).code != 0)
            throw std::runtime_error("the example school was not imported");
        start();
        finch.emplace(port, code({"room", "--place", "y2_finch"}));
        robin.emplace(port, code({"room", "--place", "y1_robin"}));
        acorn.emplace(port, code({"room", "--place", "rec_acorn"}));
        sam.emplace(port, code({"handset", "--person", "sam_wren"}));
        REQUIRE(sam->done(protocol::SetPin{"sam_wren", "2580", {std::byte{7}}}));
        REQUIRE(sam->done(protocol::ProveHandset{true, true}));
    }
    void start() {
        hub = std::make_unique<Program>(
            std::vector<std::string>{"run", "--state", state, "--listen", "127.0.0.1:" + (port.empty() ? "0" : port)});
        REQUIRE(hub->says("event=ready"));
        const auto at = hub->err.find(" port=") + 6;
        port = hub->err.substr(at, hub->err.find(' ', at) - at);
    }
    std::string code(std::vector<std::string> device) const {
        device.insert(device.begin(), "enrol");
        device.insert(device.end(), {"--json", "--state", state});
        const std::string json = attuned(device).out;
        const auto at = json.find("\"code\":\"") + 8;
        return json.substr(at, json.find('"', at) - at);
    }
    Ran ask(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--state", state});
        return attuned(arguments);
    }
    /// The status line of /-/ready.
    std::string ready() const {
        return get(port, "/-/ready");
    }
    /// Raises a call and waits until the handset shows it; its number, 0 when it never does.
    std::uint64_t press(Device& room, protocol::Id& id) {
        std::vector<std::uint64_t> before;
        for (const auto& [call, view] : sam->cards) before.push_back(call);
        id = room.say(protocol::RaiseCall{3, 0, {}, {}});
        std::uint64_t fresh = 0;
        sam->until([&] {
            for (const auto& [call, view] : sam->cards)
                if (std::ranges::find(before, call) == before.end()) fresh = call;
            return fresh != 0;
        });
        return fresh;
    }
    bool answered(Device& room, const protocol::Id& id, std::chrono::milliseconds limit) {
        return room.until([&] { return std::ranges::find(room.answered, id) != room.answered.end(); }, limit);
    }
    /// Stopped in order now, the hub leaves a log that is whole and has so many calls.
    void leaves_calls(std::size_t calls) const {
        hub->signal(SIGTERM);
        const int code = hub->wait();
        INFO(hub->err);
        CHECK(code == 0);
        CHECK(ask({"log", "verify"}).code == 0);
        CHECK(count(ask({"log", "export"}).out, "\"kind\":\"CallRaised\"") == calls);
    }

    std::string state, port;
    std::unique_ptr<Program> hub;
    std::optional<Device> finch, robin, acorn, sam;
};

/// From now on nothing that is written beyond 4 KiB of a file is taken.
void fall_sick(const Program& hub) {
    const rlimit small{4'096, RLIM_INFINITY};
    REQUIRE(::prlimit(hub.pid(), RLIMIT_FSIZE, &small, nullptr) == 0);
}
void heal(const Program& hub) {
    const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
    REQUIRE(::prlimit(hub.pid(), RLIMIT_FSIZE, &none, nullptr) == 0);
}

/// What a process that is started meanwhile inherits.
struct SickForChildren {
    SickForChildren() { limit(4'096); }
    ~SickForChildren() { limit(RLIM_INFINITY); }
    static void limit(rlim_t bytes) {
        const rlimit wanted{bytes, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &wanted);
    }
};

/// A file system of its own that can be filled and grown, in a namespace where only this test sees it.
class SmallDisk {
  public:
    explicit SmallDisk(const std::filesystem::path& at) : at_(at) {
        std::filesystem::create_directories(at);
        if (::unshare(CLONE_NEWNS) != 0) SKIP("no mount namespace is permitted here: " << std::strerror(errno));
        if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            ::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=32m,mode=0700") != 0)
            SKIP("no file system may be mounted here: " << std::strerror(errno));
        mounted_ = true;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    void fill() const {
        std::ofstream filler(at_ / "filler", std::ios::binary | std::ios::app);
        for (std::size_t bytes = 1 << 20; bytes > 0; bytes /= 2) {
            const std::string part(bytes, 'x');
            while (filler.write(part.data(), static_cast<std::streamsize>(bytes)).flush()) {
            }
            filler.clear();
        }
    }
    void free() const { std::filesystem::remove(at_ / "filler"); }
    void remount(unsigned long flags) const {
        REQUIRE(::mount("tmpfs", at_.c_str(), "tmpfs", MS_REMOUNT | flags, "size=32m,mode=0700") == 0);
    }

  private:
    std::filesystem::path at_;
    bool mounted_ = false;
};

}  // namespace

TEST_CASE("the disk falls sick: a call rings, is not promised, and is written late when the disk is back") {
    const Folder folder;
    School school(folder / "state");
    protocol::Id first, second;
    const auto recorded = school.press(*school.finch, first);
    REQUIRE(recorded != 0);
    CHECK(school.sam->cards.at(recorded).recorded);
    REQUIRE(school.answered(*school.finch, first, 10s));

    fall_sick(*school.hub);
    const auto call = school.press(*school.robin, second);
    REQUIRE(call != 0);
    CHECK_FALSE(school.sam->cards.at(call).recorded);
    REQUIRE(school.hub->says("event=journal_failing"));
    CHECK(school.hub->says("no space is left on the disk", 1s));
    CAPTURE(school.hub->err);
    CHECK(has(school.ready(), " 503 "));
    const Ran status = school.ask({"status"});
    CHECK(status.code == 1);
    CHECK(has(status.err, "not recorded"));
    CHECK(has(school.ask({"status", "--json"}).out, "\"journal\":\"failing\""));
    CHECK_FALSE(school.answered(*school.robin, second, 1'500ms));

    heal(*school.hub);
    CHECK(school.answered(*school.robin, second, 10s));
    CHECK(school.sam->until([&] { return school.sam->cards.at(call).recorded; }));
    REQUIRE(school.hub->says("event=journal_restored"));
    CHECK(has(school.ready(), " 200 "));
    CHECK(school.ask({"status"}).code == 0);

    // And again: one try is not all.
    fall_sick(*school.hub);
    CHECK_FALSE(school.answered(*school.sam, school.sam->say(protocol::AcceptCall{call, true, {}}), 1'500ms));
    heal(*school.hub);
    CHECK(school.sam->until([&] { return school.sam->cards.at(call).recorded && school.sam->cards.at(call).owner; }));

    school.hub->signal(SIGTERM);
    CHECK(school.hub->wait() == 0);
    CHECK_FALSE(has(school.hub->err, "event=not_recorded"));
    CHECK(school.ask({"log", "verify"}).code == 0);
    const std::string log = school.ask({"log", "export"}).out;
    CHECK(count(log, "\"kind\":\"CallRaised\"") == 2);
    CHECK(count(log, "\"kind\":\"CallAccepted\"") == 1);
    CHECK(has(log, "\"late\":true"));
    for (const char* secret : {"Sam", "sam_wren", "2580"}) CHECK_FALSE(says_word(school.hub->err, secret));
}

TEST_CASE("stopped while the disk is sick, it says how many events were not recorded") {
    const Folder folder;
    School school(folder / "state");
    fall_sick(*school.hub);
    protocol::Id press;
    REQUIRE(school.press(*school.finch, press) != 0);
    const std::string json = school.ask({"status", "--json"}).out;
    const auto at = json.find("\"not_recorded\":") + 15;
    const int missing = std::stoi(json.substr(at));
    CHECK(missing > 0);
    school.hub->signal(SIGTERM);
    CHECK(school.hub->wait(10s) == 1);
    const auto said = school.hub->err.find("event=not_recorded events=");
    REQUIRE(said != std::string::npos);
    CHECK(std::stoi(school.hub->err.substr(said + 26)) >= missing);
    CHECK(school.ask({"log", "verify"}).code == 0);
}

TEST_CASE("stopped when the disk is well again, one last try writes everything") {
    const Folder folder;
    School school(folder / "state");
    fall_sick(*school.hub);
    protocol::Id press;
    REQUIRE(school.press(*school.finch, press) != 0);
    heal(*school.hub);
    school.hub->signal(SIGTERM);
    CHECK(school.hub->wait(10s) == 0);
    CHECK(count(school.ask({"log", "export"}).out, "\"kind\":\"CallRaised\"") == 1);
}

TEST_CASE("started on a sick disk with an open call, it serves and rings, and catches up when the disk is back") {
    const Folder folder;
    School school(folder / "state");
    protocol::Id first, second;
    const auto open = school.press(*school.finch, first);
    REQUIRE(school.answered(*school.finch, first, 10s));
    school.hub.reset();  // killed
    {
        const SickForChildren sick;
        school.start();
    }
    school.sam->connect(school.port);
    school.robin->connect(school.port);
    REQUIRE(school.sam->cards.contains(open));
    CHECK(school.sam->until([&] { return !school.sam->cards.at(open).recorded; }));
    CHECK(has(school.ready(), " 503 "));
    const auto call = school.press(*school.robin, second);
    REQUIRE(call != 0);
    CHECK_FALSE(school.sam->cards.at(call).recorded);
    heal(*school.hub);
    CHECK(school.answered(*school.robin, second, 10s));
    CHECK(school.sam->until([&] { return school.sam->cards.at(call).recorded && school.sam->cards.at(open).recorded; }));
    CHECK(has(school.ready(), " 200 "));
    school.leaves_calls(2);
}

TEST_CASE("a disk that may only be read: what is stored on it rings") {
    const Folder folder;
    const SmallDisk disk(folder / "disk");
    School school(folder / "disk/state");
    protocol::Id first, second;
    const auto open = school.press(*school.finch, first);
    REQUIRE(school.answered(*school.finch, first, 10s));
    SECTION("after it was killed") { school.hub.reset(); }
    SECTION("after it was stopped in order") {
        school.hub->signal(SIGTERM);
        CHECK(school.hub->wait() == 0);
    }
    disk.remount(MS_RDONLY);
    school.start();
    school.sam->connect(school.port);
    school.robin->connect(school.port);
    CHECK(school.sam->cards.contains(open));
    CHECK(has(school.ready(), " 503 "));
    const auto call = school.press(*school.robin, second);
    REQUIRE(call != 0);
    CHECK_FALSE(school.sam->cards.at(call).recorded);
    disk.remount(0);
    CHECK(school.answered(*school.robin, second, 10s));
    school.leaves_calls(2);
}

TEST_CASE("a full disk: a hub that runs goes on, one that starts on it rings, and both lose nothing") {
    const Folder folder;
    const SmallDisk disk(folder / "disk");
    School school(folder / "disk/state");
    protocol::Id first, second, third;
    const auto open = school.press(*school.finch, first);
    REQUIRE(school.answered(*school.finch, first, 10s));
    disk.fill();
    // There is room in the log, which was set aside.
    REQUIRE(school.press(*school.robin, second) != 0);
    CHECK(school.answered(*school.robin, second, 10s));

    SECTION("and it is killed") { school.hub.reset(); }
    SECTION("and it is stopped in order") {
        school.hub->signal(SIGTERM);
        CHECK(school.hub->wait() == 0);
    }
    disk.fill();  // whatever it has let go of is taken by others
    school.start();
    school.sam->connect(school.port);
    school.finch->connect(school.port);
    REQUIRE(school.sam->cards.contains(open));
    // Until what room there still is has been used.
    bool stored = true;
    for (int round = 0; round < 5'000 && stored; ++round)
        stored = school.answered(*school.finch, school.finch->say(protocol::RaiseCall{3, 0, {}, {}}), 1s);
    CHECK_FALSE(stored);
    CHECK(has(school.ready(), " 503 "));
    school.sam->connect(school.port);  // it has been quiet for long
    school.acorn->connect(school.port);
    const auto call = school.press(*school.acorn, third);
    REQUIRE(call != 0);
    CHECK_FALSE(school.sam->cards.at(call).recorded);
    disk.free();
    REQUIRE(school.hub->says("event=journal_restored"));
    CHECK(has(school.ready(), " 200 "));
    school.leaves_calls(3);
}
