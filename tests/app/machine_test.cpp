// Every message in every wrong state, and all the ways in which a connection ends.
#include "tests/app/world.hpp"

#include <algorithm>

using namespace attune;
using namespace attune::test;

namespace {

/// One of each message that there is, with its fields at their zero.
std::vector<wire::AnyMessage> one_of_each() {
    std::vector<wire::AnyMessage> all;
#define ATTUNE_ONE(Message) all.emplace_back(wire::Message{});
    ATTUNE_PROTOCOL_MESSAGES(ATTUNE_ONE)
#undef ATTUNE_ONE
    return all;
}

std::string say_any(World& world, Client& client, const wire::AnyMessage& message) {
    client.forget();
    const wire::Id id = visit([&](const auto& m) { return client.say(m); }, message);
    world.settle();
    return client.connected() ? client.answer_to<wire::Rejected>(id).name : "";
}

bool is(const wire::AnyMessage& message, std::initializer_list<wire::MessageType> types) {
    return std::ranges::find(types, type_of(message)) != types.end();
}

}  // namespace

TEST_CASE("every message before Hello is refused with a number and changes nothing") {
    World world;
    Client& stranger = world.client("stranger");
    stranger.connect();
    const std::uint64_t seq = world.state().last_seq;
    for (const wire::AnyMessage& message : one_of_each()) {
        using wire::MessageType;
        if (is(message, {MessageType::goodbye})) continue;
        INFO(to_string(type_of(message)));
        const std::string name = say_any(world, stranger, message);
        if (info(type_of(message)).from == wire::Sender::hub)
            CHECK(name == "NotYours");
        else if (is(message, {MessageType::hello}))
            CHECK(name == "UnknownDevice");
        else if (is(message, {MessageType::enrol}))
            CHECK(name == "CodeNotValid");
        else if (is(message, {MessageType::hello_leader}))
            CHECK(name == "NotSignedIn");
        else
            CHECK(name == "HelloFirst");
    }
    CHECK(world.state().last_seq == seq);
}

TEST_CASE("every message that is not for this kind of device is refused and changes nothing") {
    World world;
    Client& oak = world.room("oak");
    Client& office = world.station("office");
    Client& ann = world.handset("ann");
    Client& local = world.local();
    const std::pair<Client*, wire::DeviceKind> devices[] = {{&oak, wire::DeviceKind::room},
                                                            {&office, wire::DeviceKind::station},
                                                            {&ann, wire::DeviceKind::handset},
                                                            {&local, wire::DeviceKind::local}};
    const std::uint64_t seq = world.state().last_seq;
    for (const auto& [client, kind] : devices) {
        for (const wire::AnyMessage& message : one_of_each()) {
            using wire::MessageType;
            if (is(message, {MessageType::goodbye, MessageType::beat})) continue;
            INFO(to_string(kind) << " says " << to_string(type_of(message)));
            const bool greeting = is(message, {MessageType::hello, MessageType::enrol, MessageType::hello_leader});
            if (greeting)
                CHECK(say_any(world, *client, message) ==
                      (kind == wire::DeviceKind::local ? "NotYours" : "AlreadyGreeted"));
            else if (!may_send(kind, type_of(message)))
                CHECK(say_any(world, *client, message) == "NotYours");
        }
    }
    CHECK(world.state().last_seq == seq);
}

TEST_CASE("a device says nothing about places or people that are not its own to say") {
    World world;
    Client& oak = world.room("oak");
    Client& ann = world.handset("ann");
    world.handset("ben");
    CHECK(say_any(world, oak, wire::RaiseCall{2, 0, "elm", std::nullopt}) == "OutOfRange");
    CHECK(say_any(world, oak, wire::RaiseCall{4, 0, std::nullopt, std::nullopt}) == "OutOfRange");
    const std::uint64_t call = raise(world, oak, 2);
    CHECK(say_any(world, ann, wire::AcceptCall{call, true, "ben"}) == "OutOfRange");
    CHECK(say_any(world, ann, wire::SetAvailability{wire::AvailabilityState::unreachable, std::nullopt}) ==
          "BadAvailability");
    CHECK_FALSE(world.state().calls.begin()->second.owned());
}

TEST_CASE("whoever says nothing is let go after five seconds") {
    World world;
    Client& mute = world.client("mute");
    mute.connect();
    world.pass(4'999);
    CHECK(mute.connected());
    world.pass(1);
    CHECK_FALSE(mute.connected());
    CHECK(mute.expect<wire::Goodbye>().reason == wire::GoodbyeReason::hello_timeout);
}

TEST_CASE("a second connection of a device takes the place of the first") {
    World world;
    Client& oak = world.room("oak");
    Client& twin = world.client("twin");
    twin.credential = oak.credential;
    twin.connect();
    twin.greet(0);
    world.settle();
    CHECK_FALSE(oak.connected());
    CHECK(oak.expect<wire::Goodbye>().reason == wire::GoodbyeReason::replaced);
    raise(world, twin, 1);
    CHECK(twin.cards.size() == 1);
    CHECK(oak.cards.empty());
}

TEST_CASE("a client that stops beating is cut after three beats, and the hub beats every two seconds") {
    World world;
    Client& oak = world.room("oak");
    oak.forget();
    world.pass(10'000);
    CHECK(oak.connected());
    CHECK(oak.count<wire::Beat>() == 5);
    const auto beat = oak.expect<wire::Beat>();
    CHECK(beat.seq == world.hub->engine().durable_seq());
    CHECK(beat.journal == wire::JournalHealth::ok);
    world.clients_beat = false;
    world.pass(6'000);
    CHECK_FALSE(oak.connected());
    CHECK(oak.expect<wire::Goodbye>().reason == wire::GoodbyeReason::silent);
    CHECK(world.state().devices.at({oak.device}).health == core::Health::silent);
}

TEST_CASE("a revoked device is out in the same turn, and stays out") {
    World world;
    Client& oak = world.room("oak");
    Client& ann = world.handset("ann");
    world.handset("ben");
    const std::uint64_t call = raise(world, oak, 2);
    ann.say(wire::AcceptCall{call, true, std::nullopt});
    world.settle();
    ann.forget();
    SECTION("and its owner's call is open again") {
        const wire::Id id = world.local().say(wire::RevokeDevice{ann.device});
        world.settle();
        world.local().answer_to<wire::Done>(id);
        CHECK_FALSE(ann.connected());
        CHECK(ann.expect<wire::Goodbye>().reason == wire::GoodbyeReason::revoked);
        CHECK_FALSE(oak.cards.at(call).owner);
    }
    SECTION("what it still says before the disk has it is refused") {
        world.disk_held = true;
        world.local().say(wire::RevokeDevice{ann.device});
        const wire::Id id = ann.say(wire::ArriveCall{call});
        CHECK(ann.nothing());
        CHECK_FALSE(world.state().calls.at({call}).arrived);
        world.disk_held = false;
        world.settle();
        CHECK_FALSE(ann.answered_at_all(id));
        CHECK_FALSE(ann.connected());
    }
    ann.connect();
    ann.greet();
    world.settle();
    CHECK(ann.expect<wire::Rejected>().name == "UnknownDevice");
}

TEST_CASE("frames that can't be read are answered by number, and only many in a row end the connection") {
    World world;
    Client& oak = world.room("oak");
    oak.forget();
    const std::vector<std::byte> rubbish{std::byte{0xc1}};
    for (int n = 0; n < 19; ++n)
        oak.say_bytes(rubbish);
    world.settle();
    CHECK(oak.connected());
    CHECK(oak.count<wire::Rejected>() == 19);
    CHECK(oak.expect<wire::Rejected>().error == 100);
    const std::uint64_t call = raise(world, oak, 1);
    CHECK(oak.cards.contains(call));
    for (int n = 0; n < 20; ++n)
        if (oak.connected()) oak.say_bytes(rubbish);
    world.settle();
    CHECK_FALSE(oak.connected());
    CHECK(oak.expect<wire::Goodbye>().reason == wire::GoodbyeReason::protocol);
}

TEST_CASE("a bad message keeps the id of its envelope in the answer") {
    World world;
    Client& oak = world.room("oak");
    std::vector<std::byte> frame;
    const wire::Id id = oak.next_id();
    REQUIRE(wire::encode(wire::ChooseChild{1, "k7"}, std::optional<wire::Id>(id), frame).has_value());
    frame.push_back(std::byte{0xc0});
    oak.say_bytes(frame);
    world.settle();
    CHECK(oak.answer_to<wire::Rejected>(id).name == "TrailingBytes");
}

TEST_CASE("reading pauses while too many commands wait for the disk") {
    World world;
    Client& oak = world.room("oak");
    world.disk_held = true;
    for (int n = 0; n < 63; ++n)
        oak.say(wire::RaiseCall{1, 0, std::nullopt, std::nullopt});
    CHECK_FALSE(world.hub->paused(oak.connection()));
    oak.say(wire::RaiseCall{1, 0, std::nullopt, std::nullopt});
    CHECK(world.hub->paused(oak.connection()));
    world.disk_held = false;
    world.settle();
    CHECK_FALSE(world.hub->paused(oak.connection()));
    CHECK(oak.count<wire::Done>() == 64);
}

TEST_CASE("stopping answers what waits, refuses what comes, and says goodbye") {
    World world;
    Client& oak = world.room("oak");
    oak.forget();
    world.disk_held = true;
    const wire::Id press = oak.say(wire::RaiseCall{2, 0, std::nullopt, std::nullopt});
    world.hub->stop();
    const wire::Id late = oak.say(wire::AddNote{1, wire::CallNote::medical});
    CHECK(oak.nothing());
    world.disk_held = false;
    world.settle();
    oak.answer_to<wire::Done>(press);
    CHECK_FALSE(oak.answered_at_all(late));
    CHECK(oak.expect<wire::Goodbye>().reason == wire::GoodbyeReason::hub_stopping);
    CHECK_FALSE(oak.connected());
    world.hub->stop();
}

TEST_CASE("each client is written to once in a turn") {
    World world;
    Client& oak = world.room("oak");
    Client& office = world.station("office");
    world.handset("ann");
    world.disk_held = true;
    oak.say(wire::RaiseCall{3, 0, std::nullopt, std::nullopt});
    oak.say(wire::AddNote{world.state().calls.begin()->first.value, wire::CallNote::medical});
    const int before = office.flushes;
    world.disk_held = false;
    world.settle();
    CHECK(office.count<wire::CallChanged>() >= 2);
    CHECK(office.flushes == before + 1);
}
