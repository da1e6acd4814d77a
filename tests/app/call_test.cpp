// A whole call through the hub, from the press to the close, and what each screen is told on the way.
#include "tests/app/world.hpp"

using namespace attune;
using namespace attune::test;

namespace {

template <class Message>
std::uint64_t done(World& world, Client& client, const Message& message) {
    const wire::Id id = client.say(message);
    world.settle();
    return client.answer_to<wire::Done>(id).seq;
}

template <class Message>
std::string refused(World& world, Client& client, const Message& message) {
    const wire::Id id = client.say(message);
    world.settle();
    return client.answer_to<wire::Rejected>(id).name;
}

}  // namespace

TEST_CASE("a call goes from the press to the close") {
    World world;
    Client& oak = world.room("oak");
    Client& office = world.station("office");
    Client& ann = world.handset("ann");
    Client& ben = world.handset("ben");

    const std::uint64_t call = raise(world, oak, 2);
    CHECK(oak.cards.at(call).rung == wire::CallRung::received);
    CHECK(oak.cards.at(call).relation == wire::Relation::raiser);
    REQUIRE(ann.cards.contains(call));
    CHECK(ann.cards.at(call).relation == wire::Relation::offered);
    CHECK(ann.cards.at(call).place_name == "Oak room");
    CHECK(ann.cards.at(call).route_hint == "Past Oak room");
    CHECK(office.cards.contains(call));

    done(world, ann, wire::ReportRinging{call});
    CHECK(oak.cards.at(call).rung == wire::CallRung::ringing);

    done(world, oak, wire::ChooseChild{call, "k7"});
    CHECK(oak.cards.at(call).child == "k7");
    REQUIRE(ann.cards.at(call).helps);
    CHECK(ann.cards.at(call).helps->lines.front() == "Quiet voice");

    done(world, ann, wire::AcceptCall{call, true, std::nullopt});
    CHECK(oak.cards.at(call).rung == wire::CallRung::coming);
    CHECK(oak.cards.at(call).owner == "Ann");
    CHECK_FALSE(ben.cards.contains(call));
    CHECK(refused(world, ben, wire::AcceptCall{call, true, std::nullopt}) == "AlreadyOwned");
    CHECK(refused(world, ann, wire::CloseCall{call, {}, {}}) == "NotAtTheDoor");

    done(world, ann, wire::ArriveCall{call});
    CHECK(oak.cards.at(call).rung == wire::CallRung::here);
    CHECK(refused(world, ann, wire::CloseCall{call, {}, {}}) == "NotSettledYet");
    done(world, ann, wire::SettleCall{call});
    CHECK(oak.cards.at(call).rung == wire::CallRung::settled);
    oak.forget();
    const std::uint64_t closed = done(world, ann, wire::CloseCall{call, {0, 2}, {wire::Need::too_loud}});
    const auto gone = oak.expect<wire::CallGone>();
    CHECK(gone.event == wire::CallEvent::closed);
    CHECK(gone.seq <= closed);
    for (const Client* client : {&oak, &office, &ann, &ben})
        CHECK(client->cards.empty());
    CHECK(world.state().calls.empty());
}

TEST_CASE("nothing is visible before it is on disk") {
    World world;
    Client& oak = world.room("oak");
    Client& office = world.station("office");
    Client& ann = world.handset("ann");
    for (Client* client : {&oak, &office, &ann})
        client->forget();

    world.disk_held = true;
    const wire::Id press = oak.say(wire::RaiseCall{3, 0, std::nullopt, std::nullopt});
    const wire::Id query = world.local().say(wire::ListDevices{});
    const wire::Id wrong = oak.say(wire::ChooseChild{999, "k7"});
    Client& late = world.client("late room");
    late.credential = oak.credential;
    SECTION("not by an event, a query, a rejection") {}
    SECTION("not when written, only when synced and said") {
        world.journal->write();
    }
    for (Client* client : {&oak, &office, &ann, &world.local()})
        CHECK(client->nothing());
    CHECK(world.state().calls.size() == 1);

    world.disk_held = false;
    world.settle();
    CHECK(oak.answer_to<wire::Rejected>(wrong).name == "NoSuchCall");
    oak.answer_to<wire::Done>(press);
    world.local().answer_to<wire::Devices>(query);
    CHECK(ann.cards.size() == 1);
    CHECK(office.cards.size() == 1);
}

TEST_CASE("a welcome waits for what it was made from") {
    World world;
    Client& oak = world.room("oak");
    Client& office = world.station("office");
    office.drop();
    world.disk_held = true;
    oak.say(wire::RaiseCall{3, 0, std::nullopt, std::nullopt});
    office.connect();
    office.greet(0);
    CHECK(office.nothing());
    world.disk_held = false;
    world.settle();
    CHECK(office.expect<wire::Welcome>().resume == wire::Resume::snapshot);
    CHECK(office.cards.size() == 1);
}

TEST_CASE("one press is one call, however often it is sent") {
    World world;
    Client& oak = world.room("oak");
    const wire::RaiseCall press{2, 0, std::nullopt, std::nullopt};

    SECTION("while it waits for the disk") {
        world.disk_held = true;
        const wire::Id id = oak.say(press);
        oak.say_again(press, id);
        CHECK_FALSE(oak.answered_at_all(id));
        world.disk_held = false;
        world.settle();
        const auto first = oak.answer_to<wire::Done>(id);
        CHECK(oak.answer_to<wire::Done>(id) == first);
    }
    SECTION("long after, when the room's call would otherwise become more urgent") {
        const wire::Id id = oak.say(press);
        world.settle();
        const auto first = oak.answer_to<wire::Done>(id);
        world.pass(5'000);
        oak.say_again(press, id);
        world.settle();
        CHECK(oak.answer_to<wire::Done>(id) == first);
        CHECK(world.state().calls.begin()->second.level == 2);
    }
    SECTION("after a crash in which it was stored") {
        const wire::Id id = oak.say(press);
        world.settle();
        const auto first = oak.answer_to<wire::Done>(id);
        world.crash();
        world.pass(5'000);
        oak.connect();
        oak.greet();
        oak.say_again(press, id);
        world.settle();
        CHECK(oak.answer_to<wire::Done>(id) == first);
        CHECK(world.state().calls.begin()->second.level == 2);
    }
    SECTION("after a clean stop, whose snapshot has no events to replay") {
        const wire::Id id = oak.say(press);
        world.settle();
        const auto first = oak.answer_to<wire::Done>(id);
        world.restart_cleanly();
        oak.connect();
        oak.greet();
        oak.say_again(press, id);
        world.settle();
        CHECK(oak.answer_to<wire::Done>(id) == first);
    }
    SECTION("after a crash in which it was lost: it was never promised") {
        world.disk_held = true;
        const wire::Id id = oak.say(press);
        world.disk_held = false;
        world.crash();
        CHECK(world.state().calls.empty());
        oak.connect();
        oak.greet();
        oak.say_again(press, id);
        world.settle();
        oak.answer_to<wire::Done>(id);
    }
    CHECK(world.state().calls.size() == 1);
}

TEST_CASE("a refused command stays refused when it is sent again") {
    World world;
    world.room("oak");
    Client& oak = world.client("room oak");
    Client& ann = world.handset("ann");
    Client& ben = world.handset("ben");
    const std::uint64_t call = raise(world, oak, 2);
    done(world, ann, wire::AcceptCall{call, false, std::nullopt});
    const wire::AcceptCall late{call, true, std::nullopt};
    const wire::Id id = ben.say(late);
    world.settle();
    CHECK(ben.answer_to<wire::Rejected>(id).name == "AlreadyOwned");
    done(world, ann, wire::DeclineCall{call});  // open again
    ben.say_again(late, id);
    world.settle();
    CHECK(ben.answer_to<wire::Rejected>(id).name == "AlreadyOwned");
    CHECK_FALSE(world.state().calls.begin()->second.owned());
}

TEST_CASE("the silent handset of an owner opens the call again") {
    World world;
    Client& oak = world.room("oak");
    Client& ann = world.handset("ann");
    world.handset("ben");
    const std::uint64_t call = raise(world, oak, 2);
    done(world, ann, wire::AcceptCall{call, true, std::nullopt});
    CHECK(oak.cards.at(call).owner == "Ann");
    ann.drop();
    world.pass(5'900);
    CHECK(oak.cards.at(call).owner == "Ann");
    world.pass(2'200);
    CHECK_FALSE(oak.cards.at(call).owner);
    CHECK(world.client("ben").cards.contains(call));
}

TEST_CASE("a handset that rang and is signed out rings no more, and whoever waits is told") {
    World world;
    Client& oak = world.room("oak");
    Client& office = world.station("office");
    Client& ann = world.handset("ann");
    Client& ben = world.handset("ben");
    const std::uint64_t call = raise(world, oak, 2);
    ann.say(wire::ReportRinging{call});
    ben.say(wire::ReportRinging{call});
    world.settle();
    REQUIRE(oak.cards.at(call).ringing == 2);
    SECTION("signed out by hand") {
        ann.say(wire::SignOut{});
    }
    SECTION("signed in elsewhere") {
        Client& other = world.handset("dee");
        other.say(wire::SignIn{"ann", "2580", std::array<std::byte, 16>{std::byte{7}}});
    }
    SECTION("revoked") {
        world.local().say(wire::RevokeDevice{ann.device});
    }
    world.settle();
    for (const Client* client : {&oak, &office})
        CHECK(client->cards.at(call).ringing == 1);
}

TEST_CASE("a deadline that passed while the hub was down fires at once, and says how late it is") {
    World world;
    Client& oak = world.room("oak");
    world.handset("ann");
    const std::uint64_t call = raise(world, oak, 1);
    const std::uint32_t sounds = world.state().calls.begin()->second.sounds;
    world.hub.reset();
    world.clock.monotonic += 60'000;
    world.clock.wall += 60'000;
    world.crash();
    CHECK(world.state().calls.at({call}).sounds > sounds);
}

TEST_CASE("a jump of the wall clock changes nothing") {
    World world;
    Client& oak = world.room("oak");
    Client& ann = world.handset("ann");
    const std::uint64_t call = raise(world, oak, 1);
    const auto sounds = ann.cards.at(call).sounds;
    world.clock.wall += 3'600'000;
    world.hub->wake();
    world.settle();
    CHECK(ann.cards.at(call).sounds == sounds);
    world.clock.wall -= 7'200'000;
    const auto at = world.hub->engine().now();
    world.pass(1'000);
    CHECK(world.hub->engine().now() == at + 1'000);
}
