// Native devices: known by the CURVE key that their transport has proven, and by nothing that they say.
#include "hub/app/secrets.hpp"
#include "tests/app/world.hpp"

#include <algorithm>

using namespace attune;
using namespace attune::test;
using app::KeyStanding;

namespace {

constexpr app::CurveKey key_of(std::uint8_t number) {
    app::CurveKey key{};
    key.fill(std::byte{number});
    return key;
}

std::string code_for(World& world, const char* place) {
    std::string code;
    REQUIRE_FALSE(world.hub->offer_code(core::DeviceKind::room, {place}, {},
                                        [&](const app::OfferedCode& offered) { code = offered.code; }));
    world.settle();
    REQUIRE_FALSE(code.empty());
    return code;
}

Client& native(World& world, const char* name, const app::CurveKey& key) {
    Client& client = world.client(name);
    client.curve_key = key;
    client.credential = key;
    client.connect();
    return client;
}

template <class Message>
wire::Rejected refused(World& world, Client& client, const Message& message) {
    const auto id = client.say(message);
    world.settle();
    return client.answer_to<wire::Rejected>(id);
}

}  // namespace

TEST_CASE("a native device enrols with an ordinary code, and is known by its key alone") {
    World world;
    const auto code = code_for(world, "oak");
    Client& button = native(world, "button", key_of(7));
    const auto id = button.say(wire::Enrol{code, key_of(7), "attune 0.1"});
    world.settle();
    CHECK(button.answer_to<wire::Enrolled>(id).kind == wire::DeviceKind::room);
    button.greet(0);
    world.settle();
    button.expect<wire::Live>();
    raise(world, button, 2);

    // The public key is no secret: said over a transport that proves nothing, it opens no door.
    Client& thief = world.client("thief");
    thief.connect();
    CHECK(refused(world, thief, wire::Hello{key_of(7), 0, {}, "page"}).name == "UnknownDevice");
    // Nor does another key that says this one.
    Client& other = native(world, "other", key_of(8));
    CHECK(refused(world, other, wire::Hello{key_of(7), 0, {}, "attune 0.1"}).name == "UnknownDevice");
    // And a browser's credential is no key.
    Client& room = world.room("elm");
    CHECK(world.hub->standing(room.credential) == KeyStanding::refused);
    Client& copy = native(world, "copy", room.credential);
    CHECK(refused(world, copy, wire::Hello{room.credential, 0, {}, "attune 0.1"}).name == "UnknownDevice");
    CHECK(button.connected());
    CHECK_FALSE(button.closed_by_hub);
}

TEST_CASE("a native device is one device: its newest connection takes over, and resumes what it missed") {
    World world;
    const auto code = code_for(world, "oak");
    Client& button = native(world, "button", key_of(7));
    button.say(wire::Enrol{code, key_of(7), "attune 0.1"});
    button.greet(0);
    world.settle();
    const std::uint64_t call = raise(world, button, 2);
    const auto before = button.cards;
    Client& ann = world.handset("ann");

    Client& again = native(world, "again", key_of(7));
    again.cards = before;
    again.greet(button.seq);
    world.settle();
    CHECK(button.expect<wire::Goodbye>().reason == wire::GoodbyeReason::replaced);
    CHECK(button.closed_by_hub);
    CHECK(again.expect<wire::Welcome>().resume == wire::Resume::replay);
    again.expect<wire::Live>();
    CHECK(again.cards.at(call).relation == wire::Relation::raiser);

    // What happens while it is away comes in order, once.
    again.drop();
    ann.say(wire::AcceptCall{call, true, std::nullopt});
    world.settle();
    again.calls_events.clear();
    again.connect();
    again.greet();
    world.settle();
    CHECK(again.expect<wire::Welcome>().resume == wire::Resume::replay);
    again.expect<wire::Live>();
    CHECK(again.cards.at(call).owner);
    CHECK(std::ranges::count(again.calls_events, "accepted", [](const auto& event) { return event.second; }) == 1);
    CHECK(std::ranges::count(again.calls_events, "raised", [](const auto& event) { return event.second; }) == 0);

    // And a hub that lost its last second to a power cut says so, and shows what it has.
    const std::uint64_t seen = again.seq;
    world.crash();
    again.connect();
    again.greet(seen + 100);
    world.settle();
    CHECK(again.expect<wire::Rejected>().name == "AheadOfHub");
    CHECK(again.expect<wire::Welcome>().resume == wire::Resume::snapshot);
    again.expect<wire::Live>();
    CHECK(again.cards.contains(call));
}

TEST_CASE("the digest of a native device's key is its own") {
    CHECK(app::digest_of_curve_key(key_of(7)) != app::digest_of(key_of(7)));
    CHECK(app::digest_of_curve_key(key_of(7)) != app::digest_of_curve_key(key_of(8)));
}

TEST_CASE("a native client that says another credential than its key does not enrol, and five times is the end") {
    World world;
    const auto code = code_for(world, "oak");
    Client& liar = native(world, "liar", key_of(1));
    for (int time = 1; time < 5; ++time)
        CHECK(refused(world, liar, wire::Enrol{code, key_of(2), "attune 0.1"}).name == "CodeNotValid");
    liar.say(wire::Enrol{code, key_of(2), "attune 0.1"});
    world.settle();
    CHECK(liar.expect<wire::Goodbye>().reason == wire::GoodbyeReason::protocol);
    CHECK(liar.closed_by_hub);
    // The code is not used up by it.
    Client& honest = native(world, "honest", key_of(3));
    const auto id = honest.say(wire::Enrol{code, key_of(3), "attune 0.1"});
    world.settle();
    honest.answer_to<wire::Enrolled>(id);
}

TEST_CASE("a key that is not known may come while a code waits, and no longer") {
    World world;
    const auto key = key_of(9);
    CHECK(world.hub->standing(key) == KeyStanding::refused);
    code_for(world, "oak");
    CHECK(world.hub->standing(key) == KeyStanding::stranger);
    world.pass(599'000);
    CHECK(world.hub->standing(key) == KeyStanding::stranger);
    world.pass(2'000);
    CHECK(world.hub->standing(key) == KeyStanding::refused);

    const auto code = code_for(world, "oak");
    Client& button = native(world, "button", key);
    const auto id = button.say(wire::Enrol{code, key, "attune 0.1"});
    world.settle();
    const auto device = button.answer_to<wire::Enrolled>(id).device;
    CHECK(world.hub->standing(key) == KeyStanding::device);
    CHECK(world.hub->standing(key_of(10)) == KeyStanding::refused);  // the code is used

    const auto revoked = world.local().say(wire::RevokeDevice{device});
    world.settle();
    world.local().answer_to<wire::Done>(revoked);
    CHECK(world.hub->standing(key) == KeyStanding::refused);
}
