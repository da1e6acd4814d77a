// A sick disk never mutes a call: it rings at once, marked as not recorded, and is written late when the disk is back.
#include "tests/app/world.hpp"

using namespace attune;
using namespace attune::test;

namespace {

struct School {
    World world;
    Client& oak = world.room("oak");
    Client& office = world.station("office");
    Client& ann = world.handset("ann");
    School() {
        for (Client* client : {&oak, &office, &ann})
            client->forget();
    }
    void fail() {
        world.journal->fail("the disk can't be written");
        world.settle();
    }
};

}  // namespace

TEST_CASE("with a sick disk a call rings at once and nothing is promised") {
    School school;
    auto& [world, oak, office, ann] = school;
    school.fail();
    CHECK_FALSE(world.hub->journal_ok());
    CHECK(world.hub->journal_failure() == "the disk can't be written");
    const wire::Id press = oak.say(wire::RaiseCall{2, 0, std::nullopt, std::nullopt});
    world.settle();
    REQUIRE(ann.cards.size() == 1);
    const std::uint64_t call = ann.cards.begin()->first;
    for (const Client* client : {&oak, &office, &ann})
        CHECK_FALSE(client->cards.at(call).recorded);
    CHECK_FALSE(oak.answered_at_all(press));
    const wire::Id accept = ann.say(wire::AcceptCall{call, true, std::nullopt});
    world.settle();
    CHECK_FALSE(ann.answered_at_all(accept));
    CHECK(oak.cards.at(call).owner == "Ann");

    oak.forget();
    world.pass(2'000);
    CHECK(oak.expect<wire::Beat>().journal == wire::JournalHealth::failing);

    const wire::Id sign_out = ann.say(wire::SignOut{});
    const wire::Id wrong = ann.say(wire::CloseCall{call, {}, {}});
    const wire::Id code = world.local().say(wire::MakeEnrolmentCode{wire::DeviceKind::room, "elm", std::nullopt});
    const wire::Id pin = ann.say(wire::SignIn{"ann", "2580", {}});
    world.settle();
    CHECK(ann.answer_to<wire::Rejected>(sign_out).name == "JournalUnavailable");
    CHECK(ann.answer_to<wire::Rejected>(wrong).name == "NotAtTheDoor");
    CHECK(world.local().answer_to<wire::Rejected>(code).name == "JournalUnavailable");
    CHECK(ann.answer_to<wire::Rejected>(pin).name == "JournalUnavailable");
}

TEST_CASE("what waited for the disk when it failed is shown as not recorded") {
    School school;
    auto& [world, oak, office, ann] = school;
    world.disk_held = true;
    const wire::Id press = oak.say(wire::RaiseCall{3, 0, std::nullopt, std::nullopt});
    CHECK(ann.nothing());
    world.journal->fail("gone");
    world.disk_held = false;
    world.settle();
    REQUIRE(ann.cards.size() == 1);
    CHECK_FALSE(ann.cards.begin()->second.recorded);
    CHECK_FALSE(oak.cards.begin()->second.recorded);
    CHECK_FALSE(oak.answered_at_all(press));
    // A client that comes now is told the same.
    office.connect();
    office.greet(0);
    world.settle();
    CHECK_FALSE(office.cards.begin()->second.recorded);
    CHECK(office.expect<wire::Welcome>().journal == wire::JournalHealth::failing);
}

TEST_CASE("when the disk is back, what is missing is written late and then promised") {
    School school;
    auto& [world, oak, office, ann] = school;
    const std::uint64_t before = world.state().last_seq;
    world.disk_held = true;
    const wire::Id press = oak.say(wire::RaiseCall{2, 0, std::nullopt, std::nullopt});
    world.disk_held = false;
    school.fail();
    const std::uint64_t call = ann.cards.begin()->first;
    const wire::Id accept = ann.say(wire::AcceptCall{call, true, std::nullopt});
    world.settle();

    world.disk.crash();
    journal::MemoryJournal fresh(world.disk);
    REQUIRE(world.hub->journal_restored(fresh));
    CHECK_FALSE(oak.answered_at_all(press));
    while (fresh.step()) {
    }
    CHECK(world.hub->journal_ok());
    CHECK(oak.answer_to<wire::Done>(press).call == call);
    ann.answer_to<wire::Done>(accept);
    for (const Client* client : {&oak, &office, &ann})
        CHECK(client->cards.at(call).recorded);

    std::vector<core::Event> stored;
    journal::MemoryJournal reader(world.disk);
    core::State state;
    reader.restore(state);
    reader.recall(1'000, [&](const core::Event& event) { stored.push_back(event); });
    CHECK(state == world.state());
    for (const core::Event& event : stored)
        CHECK(event.late == (event.seq > before));

    // And it goes on as ever.
    ann.say(wire::ArriveCall{call});
    while (fresh.step()) {
    }
    CHECK(oak.cards.at(call).rung == wire::CallRung::here);
    CHECK(oak.cards.at(call).recorded);
    world.hub.reset();
}

TEST_CASE("when the disk is back no card stays marked, not even one that was only waiting to be shown") {
    School school;
    auto& [world, oak, office, ann] = school;
    Client& elm = world.room("elm");
    const std::uint64_t call = raise(world, oak, 2);  // this one is on disk
    world.disk_held = true;
    elm.say(wire::RaiseCall{3, 0, std::nullopt, std::nullopt});
    office.connect();
    office.greet(0);  // and its snapshot waits for the other one
    world.disk_held = false;
    school.fail();
    REQUIRE(office.cards.size() == 2);
    CHECK_FALSE(office.cards.at(call).recorded);

    world.disk.crash();
    journal::MemoryJournal fresh(world.disk);
    REQUIRE(world.hub->journal_restored(fresh));
    while (fresh.step()) {
    }
    for (const auto& [number, card] : office.cards)
        CHECK(card.recorded);
    world.hub.reset();
}

TEST_CASE("a card that a sick disk marked is shown anew after a start, for the power cut may have spared it") {
    School school;
    auto& [world, oak, office, ann] = school;
    world.disk_held = true;
    oak.say(wire::RaiseCall{2, 0, std::nullopt, std::nullopt});
    world.journal->write();
    world.disk_held = false;
    school.fail();
    REQUIRE(world.disk.written.size() == 1);
    REQUIRE(oak.cards.size() == 1);
    CHECK_FALSE(oak.cards.begin()->second.recorded);
    const std::uint64_t seen = oak.seq;

    world.disk.crash(1);
    world.crash();
    REQUIRE(world.state().calls.size() == 1);
    oak.connect();
    oak.greet(seen);
    world.settle();
    CHECK(oak.cards.begin()->second.recorded);
}

TEST_CASE("a journal with another history is not taken") {
    School school;
    auto& [world, oak, office, ann] = school;
    school.fail();
    journal::MemoryDisk other;
    journal::MemoryJournal strange(other);
    CHECK_FALSE(world.hub->journal_restored(strange));
    CHECK_FALSE(world.hub->journal_ok());
}
