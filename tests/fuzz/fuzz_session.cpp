// Whole conversations against a whole hub: three devices of a small school and the local socket say whatever the fuzzer
// makes up, time passes, connections drop, the hub crashes and comes back. Whatever is said, the hub stands, every frame
// that it sends can be read, every refusal has a number of the schema, no call is open without something that watches
// over it, and a hub that reads the same disk knows the same.
//
// An input is a list of steps: one byte says who and what, one byte how much, then the bytes of a frame where one is
// said. A frame may be raw, or the body of a message picked by number with a fresh id, so that deep states are reached.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "hub/app/hub.hpp"
#include "hub/core/call_rules.hpp"
#include "hub/journal/memory_journal.hpp"
#include "protocol/cpp/codec.hpp"
#include "tests/support/ports.hpp"

namespace {

using namespace attune;
namespace wire = attune::protocol;

void require(bool holds) {
    if (!holds) std::abort();
}

struct Client final : app::Wire {
    void send(std::span<const std::byte> envelope) override {
        const auto decoded = wire::decode(envelope, wire::local_limits);
        require(decoded.has_value());
        if (const auto* refused = get_if<wire::Rejected>(&decoded->message)) require(wire::error_from_number(refused->error).has_value());
        if (const auto* made = get_if<wire::EnrolmentCode>(&decoded->message)) code = made->code;
        if (const auto* done = get_if<wire::Done>(&decoded->message); done != nullptr && done->call) call = *done->call;
    }
    void flush() override {}
    void close(bool) override { closing = true; }
    app::FrontDoor::ConnectionId connection = 0;
    bool closing = false;
    std::array<std::byte, 32> credential{};
    std::string code;
    std::uint64_t call = 0;
};

core::Directory school() {
    core::Directory directory;
    directory.site = {"Fuzz school", "Ring 200", true};
    const core::Tier last{{core::Group::station}, 60'000};
    for (auto& level : directory.policy.levels) level = {{{{core::Group::named_adult, core::Group::responders}, 5'000}, last}, 60'000};
    directory.places[{"oak"}] = {{"oak"}, "Oak", core::PlaceKind::room, "n", "", "200"};
    directory.people[{"sam"}] = {{"sam"}, "Sam Oak", "Sam", {core::Role::responder, core::Role::duty_lead}, {"oak"}};
    directory.children[{"p1"}] = {{"p1"}, "AB", {{"oak"}}, {{"sam"}}, {"Quiet voice"}, ""};
    return directory;
}

constexpr std::size_t people = 4;  // 0 local, 1 room, 2 handset, 3 station

class World {
public:
    World() {
        boot();
        connect(0);
        hub->import(school(), true);
        settle();
        const wire::DeviceKind kinds[] = {wire::DeviceKind::room, wire::DeviceKind::handset, wire::DeviceKind::station};
        for (std::size_t who = 1; who < people; ++who) enrol(who, kinds[who - 1]);
        say(2, wire::SetPin{"sam", "4711", {}});
        say(2, wire::Beat{.n = 1, .seq = 0, .now = {}, .journal = {}, .evidence = wire::Evidence{true, true, true, {}, {}}});
        say(2, wire::ProveHandset{true, true});
        say(1, wire::RaiseCall{2, 0, {}, {}});
    }

    void play(std::span<const std::uint8_t> bytes) {
        while (bytes.size() >= 2) {
            const std::size_t who = bytes[0] & 3U;
            const std::uint8_t what = bytes[0] >> 2U, much = bytes[1];
            bytes = bytes.subspan(2);
            if (what < 4) pass(app::Ms{much} * 100 * (what + 1));
            else if (what < 6) drop(who);
            else if (what == 6) crash();
            else if (what == 7) connect(who);
            else {
                const auto part = bytes.first(std::min<std::size_t>(bytes.size(), much));
                bytes = bytes.subspan(part.size());
                if (what < 16) raw(who, part);
                else typed(who, what - 16U, part);
            }
            settle();
            check();
        }
    }

    /// What the disk holds is what the hub knows.
    void compare() {
        const core::State known = hub->state();
        core::State read;
        journal::MemoryJournal again(disk);
        again.restore(read);
        require(read == known);
    }

private:
    void boot() {
        for (Client& client : clients) client.connection = 0;
        hub.reset();
        journal = std::make_unique<journal::MemoryJournal>(disk);
        hub = std::make_unique<app::Hub>(clock, random, work, *journal);
        hub->start();
        settle();
    }
    void crash() {
        work.jobs.clear();
        disk.crash();
        boot();
        connect(0);
    }
    void connect(std::size_t who) {
        drop(who);
        Client& client = clients[who];
        client.closing = false;
        client.connection = hub->opened(client, {who == 0, "fuzz"});
        if (who == 0 || client.credential == std::array<std::byte, 32>{}) return;
        say(who, wire::Hello{client.credential, client.call, {}, "fuzz"});
    }
    void drop(std::size_t who) {
        Client& client = clients[who];
        if (client.connection != 0) hub->closed(std::exchange(client.connection, 0));
    }
    void enrol(std::size_t who, wire::DeviceKind kind) {
        wire::MakeEnrolmentCode wish{kind, {}, {}};
        if (kind == wire::DeviceKind::handset) wish.person = "sam";
        else wish.place = "oak";
        say(0, wish);
        clients[who].connection = hub->opened(clients[who], {false, "fuzz"});
        std::array<std::byte, 32> credential{};
        random.fill(credential);
        say(who, wire::Enrol{clients[0].code, credential, "fuzz"});
        clients[who].credential = credential;
        connect(who);
    }
    wire::Id next_id() {
        wire::Id id{};
        random.fill(id);
        return id;
    }
    template <class Message>
    void say(std::size_t who, const Message& message) {
        std::vector<std::byte> frame;
        require(wire::encode(message, next_id(), frame).has_value());
        hear(who, frame);
        settle();
    }
    void raw(std::size_t who, std::span<const std::uint8_t> bytes) { hear(who, std::as_bytes(bytes)); }

    /// The name of a message, a fresh id, and the fuzzer's own body; an empty body asks about the newest call.
    void typed(std::size_t who, std::size_t type, std::span<const std::uint8_t> body) {
        const std::string_view name = wire::to_string(static_cast<wire::MessageType>(type % wire::message_table.size()));
        std::vector<std::byte> frame{std::byte{0x94}, std::byte{0x01}, static_cast<std::byte>(0xa0 | name.size())};
        for (const char letter : name) frame.push_back(static_cast<std::byte>(letter));
        frame.push_back(std::byte{0xc4});
        frame.push_back(std::byte{16});
        for (const std::byte byte : next_id()) frame.push_back(byte);
        if (body.empty() && !hub->state().calls.empty()) {
            const std::uint64_t call = hub->state().calls.rbegin()->first.value;
            for (const int byte : std::initializer_list<int>{0x85, 0xa4, 'c', 'a', 'l', 'l', 0xcd, static_cast<int>(call >> 8U & 0xffU), static_cast<int>(call & 0xffU)})
                frame.push_back(static_cast<std::byte>(byte));
            for (const char* more : {"\xa6on_way\xc3", "\xa6helped\x90", "\xa5needs\x90"})
                for (const char* at = more; *at != 0; ++at) frame.push_back(static_cast<std::byte>(*at));
            for (const int byte : std::initializer_list<int>{0xa5, 'l', 'e', 'v', 'e', 'l', 2}) frame.push_back(static_cast<std::byte>(byte));
        } else {
            for (const std::uint8_t byte : body) frame.push_back(static_cast<std::byte>(byte));
        }
        hear(who, frame);
    }
    void hear(std::size_t who, std::span<const std::byte> frame) {
        Client& client = clients[who];
        if (client.connection == 0) return;
        hub->received(client.connection, frame);
        if (client.closing) drop(who);
    }
    void pass(app::Ms span) {
        const app::Ms until = clock.monotonic + span;
        for (int again = 0; again < 1'000 && hub->next_wake() <= until; ++again) {
            clock.pass_to(std::max(clock.monotonic, hub->next_wake()));
            hub->wake();
            settle();
        }
        clock.pass_to(until);
    }
    void settle() {
        for (bool moved = true; moved;) {
            moved = journal->step();
            if (work.run_one()) moved = true;
        }
    }
    void check() const {
        for (const auto& [id, call] : hub->state().calls) {
            bool armed = call.station_called;
            for (const app::Ms due : call.due) armed = armed || due != 0;
            require(armed);
            require(call.outcome == core::Outcome::none || call.arrived);
        }
    }

    test::HandClock clock;
    test::SeededRandom random{7};
    test::HandWork work;
    journal::MemoryDisk disk;
    std::unique_ptr<journal::MemoryJournal> journal;
    std::unique_ptr<app::Hub> hub;
    Client clients[people];
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    World world;
    world.play({data, size});
    world.compare();
    return 0;
}
