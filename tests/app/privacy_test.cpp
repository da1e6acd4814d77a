// Need to know: what is never sent to whom, looked for in the very bytes.
#include "tests/app/world.hpp"

#include <algorithm>
#include <string_view>

using namespace attune;
using namespace attune::test;

namespace {

/// In how many frames.
auto times_said(const Client& client, std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return std::ranges::count_if(client.raw, [&](const std::vector<std::byte>& frame) { return !std::ranges::search(frame, bytes).empty(); });
}
bool said(const Client& client, std::string_view text) { return times_said(client, text) > 0; }

}  // namespace

TEST_CASE("a room learns who comes, and nothing about children's help, other calls or who was asked") {
    World world;
    Client& oak = world.room("oak");
    Client& elm = world.room("elm");
    Client& ann = world.handset("ann");
    Client& ben = world.handset("ben");
    const std::uint64_t call = raise(world, oak, 2);
    oak.say(wire::ChooseChild{call, "k7"});
    raise(world, elm, 1);
    world.settle();
    ben.say(wire::DeclineCall{call});
    ann.say(wire::AcceptCall{call, true, std::nullopt});
    world.settle();
    ann.say(wire::ArriveCall{call});
    world.settle();

    CHECK(said(oak, "Ann"));
    CHECK_FALSE(said(oak, "Quiet voice"));
    CHECK_FALSE(said(oak, "trains"));
    CHECK_FALSE(said(oak, "Ben"));
    CHECK_FALSE(said(oak, "Elm room"));
    CHECK_FALSE(said(oak, "declined"));
    CHECK_FALSE(said(oak, "Past Oak room"));
    CHECK(said(oak, "M.K."));  // in its list of children, only asked for
    CHECK_FALSE(said(oak, "P.Q."));
    CHECK_FALSE(said(elm, "M.K."));
    CHECK_FALSE(said(elm, "Oak room"));
    CHECK(said(ann, "Quiet voice"));
    CHECK(said(ben, "Quiet voice"));  // an alternate of this child, asked to come
}

TEST_CASE("a station never learns what helps a child, a locked handset neither") {
    World world;
    Client& oak = world.room("oak");
    Client& office = world.station("office");
    Client& ann = world.handset("ann");
    ann.say(wire::Lock{});
    world.settle();
    ann.raw.clear();
    const std::uint64_t call = raise(world, oak, 2);
    oak.say(wire::ChooseChild{call, "k7"});
    ann.say(wire::AcceptCall{call, true, std::nullopt});
    world.settle();
    CHECK(ann.cards.at(call).relation == wire::Relation::owner);
    CHECK_FALSE(said(ann, "Quiet voice"));
    CHECK_FALSE(said(ann, "M.K."));
    CHECK_FALSE(said(office, "Quiet voice"));
    CHECK_FALSE(said(office, "M.K."));
}

TEST_CASE("whoever is no longer asked drops the card") {
    World world;
    Client& oak = world.room("oak");
    Client& ann = world.handset("ann");
    Client& ben = world.handset("ben");
    const std::uint64_t call = raise(world, oak, 2);
    REQUIRE(ben.cards.contains(call));
    ben.forget();
    ann.say(wire::AcceptCall{call, false, std::nullopt});
    world.settle();
    const auto gone = ben.expect<wire::CallGone>();
    CHECK(gone.event == wire::CallEvent::accepted);
    CHECK(gone.owner == "Ann");
    ben.raw.clear();
    ann.say(wire::ReportOnWay{call});
    world.settle();
    CHECK(ben.raw.empty());
}

TEST_CASE("signing out takes every card from the handset, signing in elsewhere too") {
    World world;
    Client& oak = world.room("oak");
    Client& ann = world.handset("ann");
    const std::uint64_t call = raise(world, oak, 2);
    REQUIRE(ann.cards.contains(call));
    SECTION("here") {
        ann.say(wire::SignOut{});
        world.settle();
    }
    SECTION("elsewhere") {
        Client& shared = world.enrolled("shared", core::DeviceKind::handset, "", "");
        shared.session = std::array<std::byte, 16>{std::byte{3}};
        const wire::Id id = shared.say(wire::SignIn{"ann", "2580", *shared.session});
        world.settle();
        shared.answer_to<wire::Done>(id);
        CHECK(shared.cards.contains(call));
    }
    CHECK_FALSE(ann.cards.contains(call));
    ann.raw.clear();
    oak.say(wire::AddNote{call, wire::CallNote::medical});
    world.settle();
    CHECK(ann.raw.empty());
}

TEST_CASE("people and devices are shown to stations and duty leads, to others only themselves") {
    World world;
    Client& oak = world.room("oak");
    Client& office = world.station("office");
    Client& cas = world.handset("cas");
    Client& ann = world.handset("ann");
    for (Client* client : {&oak, &office, &cas, &ann})
        client->forget();
    Client& ben = world.handset("ben");
    CHECK(office.count<wire::PersonChanged>() > 0);
    CHECK(cas.count<wire::PersonChanged>() > 0);
    CHECK(office.count<wire::DeviceChanged>() > 0);
    CHECK(ann.count<wire::PersonChanged>() == 0);
    CHECK(ann.count<wire::DeviceChanged>() == 0);
    CHECK(oak.count<wire::PersonChanged>() == 0);
    ben.forget();
    ben.say(wire::SetAvailability{wire::AvailabilityState::with_child, std::nullopt});
    world.settle();
    CHECK(ben.expect<wire::PersonChanged>().person.state == wire::AvailabilityState::with_child);
}

TEST_CASE("a handset that raised a call is not the room: it is never told for whom") {
    World world;
    Client& oak = world.room("oak");
    Client& eve = world.handset("eve");
    const wire::Id press = eve.say(wire::RaiseCall{2, 0, "oak", std::nullopt});
    world.settle();
    const std::uint64_t call = eve.answer_to<wire::Done>(press).call.value();
    eve.raw.clear();
    oak.say(wire::ChooseChild{call, "k7"});
    world.settle();
    CHECK(oak.cards.at(call).child == "k7");
    CHECK(eve.cards.at(call).relation == wire::Relation::raiser);
    CHECK_FALSE(eve.cards.at(call).child);
    eve.connect();
    eve.greet(0);
    world.settle();
    CHECK(eve.cards.contains(call));
    CHECK_FALSE(said(eve, "k7"));
}

TEST_CASE("what helps is not replayed to whoever has lost the right to it meanwhile") {
    World world;
    Client& oak = world.room("oak");
    Client& ann = world.handset("ann");
    const std::uint64_t call = raise(world, oak, 2);
    const std::uint64_t before = ann.seq;
    oak.say(wire::ChooseChild{call, "k7"});
    ann.say(wire::AcceptCall{call, true, std::nullopt});
    ann.say(wire::ArriveCall{call});
    ann.say(wire::SettleCall{call});
    world.settle();
    CHECK(said(ann, "Quiet voice"));
    SECTION("while it goes on it is") {
        ann.raw.clear();
        ann.connect();
        ann.greet(before);
        world.settle();
        CHECK(ann.expect<wire::Welcome>().resume == wire::Resume::replay);
        CHECK(said(ann, "Quiet voice"));
    }
    SECTION("after its end it is not") {
        ann.say(wire::CloseCall{call, {}, {}});
        world.settle();
        ann.raw.clear();
        ann.connect();
        ann.greet(before);
        world.settle();
        CHECK(ann.expect<wire::Welcome>().resume == wire::Resume::snapshot);
        CHECK_FALSE(said(ann, "Quiet voice"));
        CHECK(ann.cards.empty());
        // The child is named in what she owes now, and nowhere else.
        CHECK(times_said(ann, "M.K.") == 1);
        CHECK(std::ranges::any_of(ann.expect<wire::Owed>().items, [](const auto& one) { return one.initials == "M.K."; }));
    }
}
