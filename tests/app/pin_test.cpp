// Guessing PINs: five tries, then a delay that grows, of the account wherever it is tried, over a restart and a change of
// the clock; and nothing of it ever stands between a room and its press.
#include "tests/app/world.hpp"

using namespace attune;
using namespace attune::test;

namespace {

const std::array<std::byte, 16> secret{std::byte{5}};

/// What a try is answered, and how long to wait.
wire::Rejected guess(World& world, Client& handset, const char* pin = "0000", const char* person = "ann") {
    const wire::Id id = handset.say(wire::SignIn{person, pin, secret});
    world.settle();
    return handset.answer_to<wire::Rejected>(id);
}

void five_wrong(World& world, Client& handset) {
    for (int n = 0; n < 5; ++n) CHECK(guess(world, handset).name == "WrongPin");
    CHECK(guess(world, handset, "2580").name == "PinWait");
}

}  // namespace

TEST_CASE("after five wrong PINs each further one costs twice the time, up to a quarter of an hour") {
    World world;
    Client& ann = world.handset("ann");
    five_wrong(world, ann);
    app::Ms delay = 30'000;
    for (int n = 0; n < 8; ++n) {
        world.pass(delay - 1);
        CHECK(guess(world, ann, "2580").name == "PinWait");  // also the right one: there is nothing to learn
        world.pass(1);
        const auto wrong = guess(world, ann);
        CHECK(wrong.name == "WrongPin");
        delay = std::min<app::Ms>(delay * 2, 900'000);
        CHECK(wrong.retry_ms == static_cast<std::uint64_t>(delay));
    }
    world.pass(delay);
    const wire::Id id = ann.say(wire::SignIn{"ann", "2580", secret});
    world.settle();
    ann.answer_to<wire::Done>(id);
    CHECK(guess(world, ann).retry_ms.value_or(0) == 0);  // and the count begins anew
}

TEST_CASE("the delay is the account's, on whatever handset it is tried") {
    World world;
    Client& ann = world.handset("ann");
    Client& shared = world.enrolled("shared", core::DeviceKind::handset, "", "");
    for (int n = 0; n < 3; ++n) CHECK(guess(world, ann).name == "WrongPin");
    for (int n = 0; n < 2; ++n) CHECK(guess(world, shared).name == "WrongPin");
    const int checks = world.work.checks;
    CHECK(guess(world, shared, "2580").name == "PinWait");
    CHECK(guess(world, ann, "2580").name == "PinWait");
    ann.connect();
    ann.greet(0);
    world.settle();
    CHECK(guess(world, ann, "2580").name == "PinWait");  // nor is another connection another try
    CHECK(world.work.checks == checks);
}

TEST_CASE("one handset can't try five PINs on everybody: its wrong ones count, whoever they were for") {
    World world;
    world.handset("ann");
    world.handset("ben");
    Client& shared = world.enrolled("shared", core::DeviceKind::handset, "", "");
    for (int n = 0; n < 3; ++n) CHECK(guess(world, shared).name == "WrongPin");
    CHECK(guess(world, shared, "0000", "ben").name == "WrongPin");
    const auto fifth = guess(world, shared, "0000", "ben");
    CHECK(fifth.name == "WrongPin");
    CHECK(fifth.retry_ms == 30'000);
    const int checks = world.work.checks;
    CHECK(guess(world, shared, "2580", "ben").name == "PinWait");
    CHECK(guess(world, shared, "2580").name == "PinWait");
    CHECK(world.work.checks == checks);
    world.crash();
    shared.connect();
    shared.greet(0);
    world.settle();
    CHECK(guess(world, shared, "2580", "ben").name == "PinWait");
    world.pass(30'000);
    const wire::Id id = shared.say(wire::SignIn{"ben", "2580", secret});
    world.settle();
    shared.answer_to<wire::Done>(id);
    CHECK(guess(world, shared).retry_ms.value_or(0) == 0);  // the right one ends it
}

TEST_CASE("the delay outlasts a crash, a restart and a clock that is set") {
    World world;
    Client& ann = world.handset("ann");
    five_wrong(world, ann);
    const auto back = [&] {
        ann.connect();
        ann.greet(0);
        world.settle();
    };
    SECTION("a crash") { world.crash(); back(); }
    SECTION("a restart") { world.restart_cleanly(); back(); }
    SECTION("the wall clock set on by a day") { world.clock.wall += 86'400'000; }
    SECTION("the wall clock set back by a day, and a restart") {
        world.clock.wall -= 86'400'000;
        world.crash();
        back();
    }
    CHECK(guess(world, ann, "2580").name == "PinWait");
    CHECK(world.state().duties.at({"ann"}).pin_failures == 5);
    world.pass(30'000);
    const wire::Id id = ann.say(wire::SignIn{"ann", "2580", secret});
    world.settle();
    ann.answer_to<wire::Done>(id);
}

TEST_CASE("a clock that jumps while the hub is off may end a delay, and never the count") {
    World world;
    Client& ann = world.handset("ann");
    five_wrong(world, ann);
    world.clock.wall += 86'400'000;
    world.crash();
    ann.connect();
    ann.greet(0);
    world.settle();
    const auto wrong = guess(world, ann);
    CHECK(wrong.name == "WrongPin");
    CHECK(wrong.retry_ms == 60'000);
}

TEST_CASE("whatever is locked out, a room raises") {
    World world;
    Client& oak = world.room("oak");
    Client& ann = world.handset("ann");
    five_wrong(world, ann);
    Client& stranger = world.client("stranger");
    for (int n = 0; n < 50; ++n) {
        if (!stranger.connected()) stranger.connect();
        stranger.say(wire::Enrol{"AAAAAAAAAA", stranger.credential, "t"});
        world.settle();
    }
    const std::uint64_t call = raise(world, oak, 2);
    CHECK(ann.cards.contains(call));  // and it rings where somebody is signed in, locked out of a second sign-in or not
    const wire::Id id = ann.say(wire::AcceptCall{call, true, std::nullopt});
    world.settle();
    ann.answer_to<wire::Done>(id);
}
