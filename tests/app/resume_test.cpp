// Coming back: whoever was away ends up with the cards of one who never left, and no event is seen twice or missed.
#include "tests/app/world.hpp"

#include <algorithm>

using namespace attune;
using namespace attune::test;

namespace {

/// Without what is only counted for others: receipts and declines are not told to every handset.
wire::CallView comparable(wire::CallView view) {
    const bool told = view.relation == wire::Relation::raiser || view.relation == wire::Relation::owner ||
                      view.relation == wire::Relation::helper || view.relation == wire::Relation::station;
    if (told) return view;
    view.ringing = 0;
    view.rung = wire::CallRung::received;
    view.rung_at = 0;
    view.offered.clear();
    view.offered_more = 0;
    return view;
}

std::map<std::uint64_t, wire::CallView> comparable(const std::map<std::uint64_t, wire::CallView>& cards) {
    std::map<std::uint64_t, wire::CallView> all;
    for (const auto& [call, view] : cards)
        all[call] = comparable(view);
    return all;
}

/// A long story with every kind of turn; `after` is called after each step.
void story(World& world, const std::function<void()>& after) {
    Client& oak = world.client("room oak");
    Client& elm = world.client("room elm");
    Client& ann = world.client("ann");
    Client& ben = world.client("ben");
    Client& cas = world.client("cas");
    const auto say = [&](Client& client, const auto& message) {
        client.say(message);
        world.settle();
        after();
    };
    say(oak, wire::RaiseCall{2, 0, std::nullopt, std::nullopt});
    const std::uint64_t first = oak.cards.begin()->first;
    say(ann, wire::ReportRinging{first});
    say(oak, wire::ChooseChild{first, "k7"});
    say(ben, wire::ReportRinging{first});
    say(elm, wire::RaiseCall{3, 0, std::nullopt, std::nullopt});
    const std::uint64_t second = elm.cards.begin()->first;
    say(ann, wire::DeclineCall{first});
    say(ben, wire::AcceptCall{first, true, std::nullopt});
    say(cas, wire::AcceptCall{second, false, std::nullopt});
    say(elm, wire::AddNote{second, wire::CallNote::two_adults});
    say(ann, wire::AcceptCall{second, false, std::nullopt});
    say(ben, wire::DeclineCall{first});
    say(ben, wire::Lock{});
    say(elm, wire::WithdrawCall{second});
    say(elm, wire::KeepCall{second});
    say(cas, wire::ArriveCall{second});
    say(cas, wire::SettleCall{second});
    say(cas, wire::CloseCall{second, {}, {}});
    say(oak, wire::WithdrawCall{first});
    say(oak, wire::ConfirmWithdraw{first});
    say(oak, wire::RaiseCall{1, 0, std::nullopt, std::nullopt});
}

void populate(World& world) {
    world.room("oak");
    world.room("elm");
    world.station("office");
    world.handset("ann");
    world.handset("ben");
    world.handset("cas");
}

}  // namespace

TEST_CASE("a client that resumes at any seq ends with the same cards as one that never left") {
    for (const std::string who : {"room oak", "room elm", "station", "ann", "ben", "cas"}) {
        for (const std::size_t ring : {std::size_t{8'192}, std::size_t{5}}) {
            app::HubOptions options;
            options.ring_deliveries_max = ring;
            World world(options);
            populate(world);
            Client& steady = world.client(who);
            struct Leaver {
                std::map<std::uint64_t, wire::CallView> cards;
                std::uint64_t seq;
                std::size_t events;
            };
            std::vector<Leaver> leavers;
            const std::uint64_t start = steady.seq;
            steady.calls_events.clear();
            story(world, [&] { leavers.push_back({steady.cards, steady.seq, steady.calls_events.size()}); });
            const auto cards = comparable(steady.cards);
            const auto events = steady.calls_events;
            CHECK(std::ranges::is_sorted(events, {}, [](const auto& event) { return event.first; }));
            for (const Leaver& leaver : leavers) {
                if (leaver.seq == start) continue;
                INFO(who << " left at " << leaver.seq << " with a ring of " << ring);
                steady.connect();
                steady.cards = leaver.cards;
                steady.seq = leaver.seq;
                steady.calls_events.assign(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(leaver.events));
                steady.greet();
                world.settle();
                const auto welcome = steady.expect<wire::Welcome>();
                steady.expect<wire::Live>();
                CHECK(comparable(steady.cards) == cards);
                if (welcome.resume == wire::Resume::replay) CHECK(steady.calls_events == events);
                // Over a lock, or the end of a right to see what helps a child, nothing is replayed.
                if (ring > 5 && who != "ben" && who != "ann") CHECK(welcome.resume == wire::Resume::replay);
            }
        }
    }
}

TEST_CASE("no event comes twice and none is missing, wherever the connection is cut") {
    World world;
    populate(world);
    Client& station = world.client("station");
    Client& twin = world.client("twin");
    twin.credential = station.credential;
    station.calls_events.clear();
    const std::uint64_t start = station.seq;
    const std::size_t before = station.raw.size();
    story(world, [] {});
    const auto events = station.calls_events;
    const std::vector<std::vector<std::byte>> frames(station.raw.begin() + static_cast<std::ptrdiff_t>(before),
                                                     station.raw.end());
    // A client that got the first n frames and no more.
    for (std::size_t n = 0; n <= frames.size(); ++n) {
        INFO("cut after " << n << " of " << frames.size() << " frames");
        Client cut(world, "cut");
        cut.seq = start;
        for (std::size_t frame = 0; frame < n; ++frame)
            cut.send(frames[frame]);
        cut.flush();
        cut.credential = station.credential;
        cut.connect();
        cut.greet();
        world.settle();
        CHECK(cut.calls_events == events);
        CHECK(cut.cards == station.cards);
        cut.drop();
    }
}

TEST_CASE("what happens while the welcome waits for the disk comes after it, once") {
    World world;
    populate(world);
    Client& station = world.client("station");
    Client& oak = world.client("room oak");
    station.calls_events.clear();
    station.drop();
    world.disk_held = true;
    oak.say(wire::RaiseCall{2, 0, std::nullopt, std::nullopt});
    station.connect();
    station.greet();
    oak.say(wire::AddNote{world.state().calls.begin()->first.value, wire::CallNote::medical});
    CHECK(station.nothing());
    world.disk_held = false;
    world.settle();
    CHECK(station.expect<wire::Welcome>().resume == wire::Resume::replay);
    std::vector<std::string> names;
    for (const auto& [seq, name] : station.calls_events)
        names.push_back(name);
    CHECK(std::ranges::count(names, "raised") == 1);
    CHECK(std::ranges::count(names, "note_added") == 1);
    CHECK(names.back() == "note_added");
}

TEST_CASE("a device that has seen more than the log holds is told so and welcomed all the same") {
    World world;
    populate(world);
    Client& oak = world.client("room oak");
    raise(world, oak, 2);
    oak.drop();
    oak.connect();
    oak.greet(1'000'000);
    world.settle();
    CHECK(oak.expect<wire::Rejected>().name == "AheadOfHub");
    CHECK(oak.expect<wire::Welcome>().resume == wire::Resume::snapshot);
    CHECK(oak.cards.size() == 1);
    CHECK(world.hub->ahead_of_hub() == 1);
}

TEST_CASE("a log that was rolled back is noticed even when it has grown past the device again") {
    World world;
    populate(world);
    Client& oak = world.client("room oak");
    world.journal->fail("the disk is gone");
    world.settle();
    oak.say(wire::RaiseCall{2, 0, std::nullopt, std::nullopt});
    world.settle();
    REQUIRE(oak.cards.size() == 1);
    const std::uint64_t seen = oak.seq;
    world.crash();
    CHECK(world.state().calls.empty());
    Client& elm = world.client("room elm");
    elm.connect();
    elm.greet(0);
    elm.say(wire::RaiseCall{3, 0, std::nullopt, std::nullopt});
    world.settle();
    REQUIRE(world.state().last_seq > seen);
    oak.connect();
    oak.greet(seen);
    world.settle();
    CHECK(oak.expect<wire::Welcome>().resume == wire::Resume::snapshot);
    CHECK(oak.cards.empty());
}

TEST_CASE("a handset that comes back without its secret is locked, with it stays unlocked") {
    World world;
    populate(world);
    Client& oak = world.client("room oak");
    Client& ann = world.client("ann");
    const std::uint64_t call = raise(world, oak, 2);
    oak.say(wire::ChooseChild{call, "k7"});
    world.settle();
    REQUIRE(ann.cards.at(call).helps);
    ann.connect();
    ann.greet();
    world.settle();
    CHECK(ann.expect<wire::Welcome>().unlocked);
    const auto secret = std::exchange(ann.session, std::nullopt);
    ann.connect();
    ann.greet(0);
    world.settle();
    auto welcome = ann.expect<wire::Welcome>();
    CHECK_FALSE(welcome.unlocked);
    CHECK(welcome.person == "ann");
    CHECK_FALSE(ann.cards.at(call).helps);
    CHECK(ann.cards.at(call).relation == wire::Relation::offered);
    // The PIN again, and it sees what helps again.
    ann.session = secret;
    ann.say(wire::SignIn{"ann", "2580", *secret});
    world.settle();
    CHECK(ann.cards.at(call).helps);
}

TEST_CASE("what a sign-in or a snapshot shows is never resumed in the middle") {
    World world;
    populate(world);
    Client& ann = world.client("ann");
    const std::uint64_t first = raise(world, world.client("room oak"), 2);
    raise(world, world.client("room elm"), 3);
    world.client("room oak")
        .say(wire::AddNote{first, wire::CallNote::medical});  // the newest event is the older call's
    world.settle();
    REQUIRE(ann.cards.size() == 2);
    std::uint64_t start = 0;
    std::size_t before = 0;
    SECTION("a sign-in") {
        ann.say(wire::SignOut{});
        world.settle();
        REQUIRE(ann.cards.empty());
        start = ann.seq;
        before = ann.raw.size();
        ann.say(wire::SignIn{"ann", "2580", *ann.session});
        world.settle();
    }
    SECTION("a snapshot") {
        ann.connect();
        before = ann.raw.size();
        ann.greet(0);
        world.settle();
    }
    REQUIRE(ann.cards.size() == 2);
    const std::vector<std::vector<std::byte>> frames(ann.raw.begin() + static_cast<std::ptrdiff_t>(before),
                                                     ann.raw.end());
    for (std::size_t n = 0; n <= frames.size(); ++n) {
        INFO("cut after " << n << " of " << frames.size() << " frames");
        Client cut(world, "cut");
        cut.seq = start;
        for (std::size_t frame = 0; frame < n; ++frame)
            cut.send(frames[frame]);
        cut.flush();
        cut.credential = ann.credential;
        cut.session = ann.session;
        cut.connect();
        cut.greet();
        world.settle();
        CHECK(cut.cards == ann.cards);
        cut.drop();
    }
}

TEST_CASE("the same inputs make the same bytes") {
    std::vector<std::vector<std::vector<std::byte>>> first;
    for (int run = 0; run < 2; ++run) {
        World world;
        populate(world);
        story(world, [&] { world.pass(2'000); });
        std::vector<std::vector<std::vector<std::byte>>> all;
        for (const auto& [name, client] : world.clients)
            all.push_back(client->raw);
        if (run == 0)
            first = all;
        else
            CHECK(all == first);
    }
}
