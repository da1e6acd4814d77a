// attune button against the real attuned: presses through a pipe, kills, unplugging; and its parts without a process.
#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <functional>
#include <random>
#include <set>
#include <thread>

#include "clients/cli/lamp.hpp"
#include "clients/cli/press_keys.hpp"
#include "tests/clients/keyboard.hpp"
#include "tests/clients/site.hpp"

using namespace attune::test;
using namespace std::chrono_literals;
namespace cli = attune::cli;

namespace {

constexpr const char* well = "\"health\":\"healthy\"";
constexpr const char* no_button = "\"faults\":[\"no_button\"]";

/// The hub has the press. Nobody is on duty in these rooms, so that the next rung may come with the first.
bool is_through(Process& button) {
    return button.until([&] { return has(button.out, "Received") || has(button.out, "No handset can be reached yet"); },
                        15s);
}

/// Looks again and again, for ten seconds.
bool comes_true(const std::function<bool()>& condition) {
    for (const auto end = std::chrono::steady_clock::now() + 10s; !condition();) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::yield();
    }
    return true;
}

/// The example school, and a room of it whose button is a keyboard.
struct Room {
    Room() { site.enrol("room", {"room", "--place", "y4_curlew"}); }

    std::unique_ptr<Process> button(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"button",  "--events", keyboard.path(), "--key",   "KEY_F1", "--level",
                                       "please", "--key",    "KEY_F2",        "--level", "3"};
        words.insert(words.end(), more.begin(), more.end());
        return site.follow("room", words);
    }
    /// The hub's list of devices says this, or comes to say it.
    bool listed(const std::string& part) const {
        const std::string socket = (site.state() / "attuned.sock").string();
        return comes_true(
            [&] { return has(site.attune("none", {"devices", "list", "--hub-socket", socket, "--json"}).out, part); });
    }

    Folder folder;
    Site site;
    Keyboard keyboard{folder / "keys"};
};

}  // namespace

TEST_CASE("a button raises a call, its keys are the levels, and whoever pressed is told the rungs") {
    Room room;
    room.site.enrol("office", {"station", "--place", "office"});
    const auto office = room.site.follow("office", {"watch", "--ring", "true"});
    REQUIRE(office->says("Connected"));
    const std::string light = (room.folder / "light").string();
    const auto button = room.button({"--led=" + light});
    REQUIRE(button->says("The button is there"));

    room.keyboard.press(Keyboard::key_a);  // bound to nothing
    room.keyboard.down(Keyboard::key_f1);
    room.keyboard.bounce(Keyboard::key_f1);
    room.keyboard.hold(Keyboard::key_f1, 100);
    room.keyboard.up(Keyboard::key_f1);
    REQUIRE(button->says("Pressed: Support please (KEY_F1)"));
    REQUIRE(button->says("Received"));
    // Garbage costs nothing that comes after it.
    std::mt19937 random(7);
    std::vector<std::byte> garbage(1'003);
    for (auto& byte : garbage)
        byte = static_cast<std::byte>(random() & 0xff);
    room.keyboard.write(garbage);
    room.keyboard.press(Keyboard::key_f2);
    REQUIRE(button->says("Pressed: Everyone available (KEY_F2)"));
    REQUIRE(office->says("Everyone available"));
    CHECK(room.site.attune("office", {"accept", "--going", "Rowan"}).code == 0);
    REQUIRE(button->says("Rowan is coming"));
    CHECK(comes_true([&] { return text_of(light) == "1\n"; }));
    CHECK(room.site.attune("room", {"withdraw", "--confirm"}).code == 0);
    REQUIRE(button->says("All well. Thank you for saying so."));
    CHECK(count_of(button->out, "Pressed:") == 2);
    button->signal(SIGTERM);
    CHECK(button->wait() == 0);
    CHECK(text_of(light) == "0\n");
    const std::string log = room.site.log();
    CHECK(count_of(log, "\"kind\":\"CallRaised\"") == 1);
    CHECK(count_of(log, "\"kind\":\"LevelRaised\"") == 1);
    CHECK(count_of(log, "\"kind\":\"PressRepeated\"") == 0);
}

TEST_CASE("a hub that is killed between the press of a button and its answer makes one call of it") {
    Room room;
    const auto button = room.button();
    REQUIRE(button->says("The button is there"));
    room.site.kill();
    room.keyboard.press(Keyboard::key_f1);
    REQUIRE(button->says("Sending…"));
    REQUIRE(button->says("Not through yet. Still trying"));
    REQUIRE(button->says("How else to get help: Ring the office on 200"));
    CHECK_FALSE(has(button->out, "Received"));
    CHECK_FALSE(has(button->out, "No handset"));
    room.site.start();
    REQUIRE(is_through(*button));
    room.site.kill();
    room.site.start();
    room.keyboard.press(Keyboard::key_f2);  // once this one is through, the first was heard again, if it ever is
    REQUIRE(comes_true([&] { return has(room.site.log(), "LevelRaised"); }));
    const std::string log = room.site.log();
    CHECK(count_of(log, "\"kind\":\"CallRaised\"") == 1);
    CHECK(count_of(log, "\"kind\":\"LevelRaised\"") == 1);
    CHECK_FALSE(has(log, "PressRepeated"));
}

TEST_CASE("a button that is killed between the press and the sending sends it after its reboot, once") {
    Room room;
    {
        const auto button = room.button();
        REQUIRE(button->says("The button is there"));
        room.site.kill();
        room.keyboard.press(Keyboard::key_f2);
        REQUIRE(button->says("Sending…"));
        button->signal(SIGKILL);
        button->wait();
    }
    const auto pending = room.site.device_folder("room") / "pending";
    struct stat info{};
    REQUIRE(::stat(pending.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    CHECK(has(text_of(pending), "RaiseCall"));

    const auto again = room.button();
    REQUIRE(again->says("Not through yet. Still trying"));
    REQUIRE(again->says("How else to get help"));
    room.site.start();
    REQUIRE(is_through(*again));
    again->signal(SIGTERM);
    CHECK(again->wait() == 0);
    const auto third = room.button();
    REQUIRE(is_through(*third));
    const std::string log = room.site.log();
    CHECK(count_of(log, "\"kind\":\"CallRaised\"") == 1);
    CHECK(has(log, "\"level\":3"));
    CHECK_FALSE(has(log, "LevelRaised"));
    CHECK_FALSE(has(log, "PressRepeated"));
}

TEST_CASE("while the button is unplugged the hub shows it, and it goes on when it is back") {
    Room room;
    const auto button = room.button({"--json"});
    REQUIRE(button->says("\"there\":true"));
    REQUIRE(room.listed(well));
    room.keyboard.down(Keyboard::key_f1);  // and never up
    REQUIRE(button->says("\"kind\":\"press\""));
    room.keyboard.unplug();
    REQUIRE(button->says("\"there\":false"));
    REQUIRE(room.listed(no_button));
    room.keyboard.plug_in();
    REQUIRE(button->until([&] { return count_of(button->out, "\"there\":true") == 2; }, 10s));
    REQUIRE(room.listed(well));
    room.keyboard.down(Keyboard::key_f1);
    REQUIRE(button->until([&] { return count_of(button->out, "\"kind\":\"press\"") == 2; }, 10s));
}

TEST_CASE("a device that is not there, or is none, is looked for and said to the hub") {
    const Room room;
    const auto button = room.site.follow("room", {"button", "--device", room.folder.write("text", "no device"), "--key",
                                                  "KEY_ENTER", "--level", "now"});
    REQUIRE(button->says("is no input device"));
    REQUIRE(room.listed(no_button));
    const auto none = room.site.follow("room", {"button", "--device", (room.folder / "none").string(), "--key",
                                                "KEY_ENTER", "--level", "now"});
    REQUIRE(none->says("is not there."));
    REQUIRE(none->says("Another attune has this device's connection"));
}

#ifdef ATTUNE_FAKE_INPUT
TEST_CASE("a device is taken for the button alone, shows the rung on its own light, and may be unplugged") {
    const Room room;
    Keyboard device(room.folder / "device");
    const std::vector<std::string> words{"button",  "--device", device.path(), "--key", "KEY_ENTER",
                                         "--level", "now",      "--led",       "--json"};
    const auto done = [&] { return text_of(device.path() + ".done"); };
    const auto start = [&](const std::vector<std::string>& more = {}) {
        auto all = words;
        all.insert(all.end(), more.begin(), more.end());
        return room.site.follow("room", all, {std::string("LD_PRELOAD=") + ATTUNE_FAKE_INPUT});
    };
    const std::string busy = room.folder.write("device.busy", "");
    const auto button = start();
    REQUIRE(button->says("Another program has"));
    REQUIRE(room.listed(no_button));
    std::filesystem::remove(busy);
    REQUIRE(button->says("\"there\":true,\"text\":\"A test's keyboard\""));
    REQUIRE(room.listed(well));
    CHECK(has(done(), "taken\n"));

    device.down(Keyboard::key_enter);
    device.hold(Keyboard::key_enter, 30);
    device.up(Keyboard::key_enter);
    REQUIRE(is_through(*button));
    REQUIRE(comes_true([&] { return has(done(), "light on\n"); }));
    CHECK(count_of(button->out, "\"kind\":\"press\"") == 1);

    // Unplugged in the middle of a press; in again, it is the same button.
    device.down(Keyboard::key_enter);
    REQUIRE(button->until([&] { return count_of(button->out, "\"kind\":\"press\"") == 2; }, 10s));
    const std::string gone = room.folder.write("device.gone", "");
    device.up(Keyboard::key_enter);  // what wakes a reader of a device that has gone
    REQUIRE(button->says("\"there\":false,\"text\":\"" + device.path()));
    REQUIRE(room.listed(no_button));
    std::filesystem::remove(gone);
    REQUIRE(button->until([&] { return count_of(button->out, "\"there\":true") == 2; }, 10s));
    CHECK(count_of(done(), "taken\n") == 2);
    button->signal(SIGTERM);
    CHECK(button->wait() == 0);
    CHECK(done().ends_with("light off\n"));

    const auto other = start({"--key", "KEY_F2", "--level", "please"});
    REQUIRE(other->says("has no KEY_F2"));
}
#endif

TEST_CASE("a stream of records that ends is read to its end, and everything in it is through then") {
    const Room room;
    const std::string file = room.folder.write("records", Keyboard::record_text(1'000'000, 1, Keyboard::key_enter, 1) +
                                                              Keyboard::record_text(1'200'000, 1, Keyboard::key_enter, 0) +
                                                              "half a record");
    std::vector<std::string> words{"button", "--key", "KEY_ENTER", "--level", "2", "--events", file};
    const Ran read = room.site.attune("room", words);
    CHECK(read.code == 0);
    CHECK(has(read.out, "Pressed: Support now (KEY_ENTER)"));
    CHECK(count_of(room.site.log(), "\"kind\":\"CallRaised\"") == 1);
    REQUIRE(room.site.attune("room", {"withdraw", "--confirm"}).code == 0);
    words.back() = "-";
    words.insert(words.begin(), {"--profile", "room"});
    const auto state = room.site.device_folder("room").parent_path().parent_path();
    Process piped(ATTUNE_PROGRAM, words, {"XDG_STATE_HOME=" + state.string()}, {},
                  [&] { ::dup2(::open(file.c_str(), O_RDONLY), STDIN_FILENO); });
    CHECK(piped.wait() == 0);
    CHECK(count_of(room.site.log(), "\"kind\":\"CallRaised\"") == 2);
}

TEST_CASE("a key says what it is called") {
    const Room room;
    const std::string file = room.folder.write("records", Keyboard::record_text(1'000'000, 1, Keyboard::key_a, 1));
    const Ran ran = room.site.attune("none", {"button", "--events", file, "--name-keys"});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "KEY_A\n"));
}

TEST_CASE("what is wrong with a button's command line is said before anything is pressed") {
    const Room room;
    const auto code = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words{"button"};
        words.insert(words.end(), more.begin(), more.end());
        return room.site.attune("room", words).code;
    };
    CHECK(code({"--events", "x"}) == 2);
    CHECK(code({"--key", "KEY_F1", "--level", "1"}) == 2);
    CHECK(code({"--events", "x", "--key", "KEY_F1"}) == 2);
    CHECK(code({"--events", "x", "--key", "KEY_NONE_SUCH", "--level", "1"}) == 2);
    CHECK(code({"--events", "x", "--key", "KEY_F1", "--level", "4"}) == 2);
    CHECK(code({"--events", "x", "--key", "KEY_F1", "--level", "1", "--key", "KEY_F1", "--level", "2"}) == 2);
    CHECK(code({"--events", "x", "--device", "y", "--key", "KEY_F1", "--level", "1"}) == 2);
    CHECK(code({"--events", "x", "--key", "KEY_F1", "--level", "1", "--led=LED_NONE"}) == 2);
    room.site.enrol("sam", {"handset", "--person", "sam_wren"});
    const Ran handset = room.site.attune("sam", {"button", "--events", "x", "--key", "KEY_F1", "--level", "1"});
    CHECK(handset.code == 2);
    CHECK(has(handset.err, "A button is a room's."));
    CHECK(room.site.attune("none", {"button", "--events", "x", "--key", "KEY_F1", "--level", "1"}).code == 6);
}

// ---- the parts -----------------------------------------------------------------------------------------------------

TEST_CASE("only the going down of a bound key is a press, and a contact that bounces is one") {
    cli::PressKeys keys;
    REQUIRE(keys.bind(28, 2));
    REQUIRE(keys.bind(57, 3));
    CHECK(keys.bind(28, 2));
    CHECK_FALSE(keys.bind(28, 1));
    const auto at = [&](std::int64_t us, std::uint16_t code, std::int32_t value, std::uint16_t type = 1) {
        return keys.press({us / 1'000'000, us % 1'000'000, type, code, value});
    };
    CHECK(at(5'000'000, 28, 1) == 2);
    CHECK_FALSE(at(5'003'000, 28, 0));
    CHECK_FALSE(at(5'006'000, 28, 1));
    CHECK_FALSE(at(5'500'000, 28, 2));
    CHECK_FALSE(at(9'000'000, 28, 0));
    CHECK_FALSE(at(9'010'000, 28, 1));  // bounces when it is let go, too
    CHECK_FALSE(at(9'012'000, 28, 0));
    CHECK(at(9'100'000, 28, 1) == 2);
    CHECK(at(9'100'001, 57, 1) == 3);  // another key bounces by itself
    CHECK(at(8'000'000, 28, 1) == 2);  // the clock was set back: no press is lost for it
    CHECK_FALSE(at(20'000'000, 30, 1));
    CHECK_FALSE(at(21'000'000, 28, 1, 4));
    keys.forget();
    CHECK(at(8'000'001, 28, 1) == 2);
}

TEST_CASE("records are found in whatever comes, in whatever pieces") {
    cli::RecordReader reader;
    std::string stream;
    for (int n = 0; n < 20; ++n) {
        stream += Keyboard::record_text(1'790'000'123'456 + n * 97'001, 1, 28, n % 2) +
                  Keyboard::record_text(1'790'000'123'456 + n * 97'001, 0, 0, 0);
        if (n % 5 == 4) stream += std::string(7, '\xff');
    }
    std::size_t found = 0;
    const auto bytes = std::as_bytes(std::span(stream));
    for (std::size_t at = 0, part = 0; at < bytes.size(); at += part) {
        part = std::min<std::size_t>(1 + at % 11, bytes.size() - at);
        for (const auto& record : reader.take(bytes.subspan(at, part)))
            found += record.code == 28 ? 1 : 0;
    }
    CHECK(found == 20);
    const std::string whole = Keyboard::record_text(1, 1, 28, 1), half = whole.substr(0, 20);
    CHECK(reader.take(std::as_bytes(std::span(half))).empty());
    reader.forget();
    CHECK(reader.take(std::as_bytes(std::span(whole))).size() == 1);
}

TEST_CASE("the light changes at most every half second, whatever it is to say") {
    std::mt19937 random(3);
    std::vector<std::int64_t> changes;
    std::int64_t now_ms = 0;
    cli::Lamp lamp([&](bool) {
        changes.push_back(now_ms);
        return true;
    });
    for (; now_ms < 600'000; now_ms += 1 + static_cast<std::int64_t>(random() % 200))
        lamp.show(static_cast<cli::LampSays>(random() % 5), cli::Lamp::Time(std::chrono::milliseconds(now_ms)));
    REQUIRE(changes.size() > 100);
    for (std::size_t n = 1; n < changes.size(); ++n)
        CHECK(changes[n] - changes[n - 1] >= 500);
    // Each has a pattern of its own.
    std::set<std::string> patterns;
    for (int what = 0; what < 5; ++what) {
        std::string pattern;
        for (int ms = 0; ms < 8'000; ms += 500)
            pattern += cli::lamp_is_on(static_cast<cli::LampSays>(what), std::chrono::milliseconds(ms)) ? '*' : '.';
        patterns.insert(pattern);
    }
    CHECK(patterns.size() == 5);
}
