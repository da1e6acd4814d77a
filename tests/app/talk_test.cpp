// Talk time over the wire: what each device is told of it, what it is never told, and that nothing is lost or shown twice
// over a crash or a new connection.
#include "tests/app/world.hpp"

#include <algorithm>
#include <string_view>

using namespace attune;
using namespace attune::test;

namespace {

bool said(const Client& client, std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return std::ranges::any_of(client.raw, [&](const auto& frame) { return !std::ranges::search(frame, bytes).empty(); });
}

/// A school with a kiosk, and the card of one child.
struct Place {
    World world;
    Client& kiosk;
    std::string card;

    Place() : kiosk(world.enrolled("kiosk", core::DeviceKind::kiosk, "oak", "")), card(new_card()) {}

    std::string new_card() {
        Client& local = world.local();
        const wire::Id id = local.say(wire::MakeCards{{"k7"}});
        world.settle();
        return local.answer_to<wire::Cards>(id).cards.at(0).secret;
    }
    wire::CardShown show(const std::string& secret) {
        const wire::Id id = kiosk.say(wire::ShowCard{secret});
        world.settle();
        return kiosk.answer_to<wire::CardShown>(id);
    }
    template <class Message>
    void done(Client& client, const Message& message) {
        const wire::Id id = client.say(message);
        world.settle();
        client.answer_to<wire::Done>(id);
    }
    template <class Message>
    protocol::Error refused(Client& client, const Message& message) {
        const wire::Id id = client.say(message);
        world.settle();
        return static_cast<protocol::Error>(client.answer_to<wire::Rejected>(id).error);
    }
    void ask(wire::TalkSymbol symbol = wire::TalkSymbol::speak) { done(kiosk, wire::AskTalk{card, symbol, wire::TalkWhen::today, std::nullopt, false}); }
    wire::TalkView newest(Client& client) {
        wire::TalkView view;
        bool any = false;
        while (client.count<wire::TalkChanged>() > 0) {
            view = client.expect<wire::TalkChanged>().talk;
            any = true;
        }
        REQUIRE(any);
        return view;
    }
};

}  // namespace

TEST_CASE("the promise goes from card to card, and each is told what is theirs to know") {
    Place place;
    Client& ann = place.world.handset("ann");
    CHECK(place.show(place.card).adults.size() == 2);
    place.ask();
    auto shown = place.newest(place.kiosk);
    CHECK(shown.relation == wire::TalkRelation::child);
    CHECK(shown.rung == wire::TalkRung::asked);
    CHECK_FALSE(shown.initials);
    const auto asked = place.newest(ann);
    CHECK(asked.relation == wire::TalkRelation::asked);
    CHECK(asked.initials == "M.K.");
    place.done(ann, wire::ReportTalkShown{asked.talk});
    CHECK(place.newest(place.kiosk).rung == wire::TalkRung::received);
    place.done(ann, wire::OfferTalk{asked.talk, place.world.hub->engine().now() + 600'000, "oak"});
    shown = place.newest(place.kiosk);
    CHECK(shown.place_name == "Oak room");
    place.done(place.kiosk, wire::AgreeTalk{place.card});
    CHECK(place.newest(ann).rung == wire::TalkRung::agreed);
}

TEST_CASE("no shared screen and no other handset is sent a byte of a talk") {
    Place place;
    Client& oak = place.world.room("oak");
    Client& office = place.world.station("office");
    Client& ann = place.world.handset("ann");
    Client& ben = place.world.handset("ben");
    Client& cas = place.world.handset("cas");
    for (Client* client : {&oak, &office, &ben, &cas}) client->raw.clear();
    place.show(place.card);
    place.ask();
    const auto talk = place.newest(ann).talk;
    place.done(ann, wire::ReportTalkShown{talk});
    place.done(ann, wire::OfferTalk{talk, place.world.hub->engine().now(), "oak"});
    place.done(ann, wire::MeetTalk{talk});
    for (Client* client : {&oak, &office, &ben, &cas}) {
        CHECK_FALSE(said(*client, "Talk"));
        CHECK_FALSE(said(*client, "M.K."));
    }
}

TEST_CASE("a kiosk is told of a child only while the card is there, and nothing of it comes again") {
    Place place;
    Client& ann = place.world.handset("ann");
    place.show(place.card);
    place.ask();
    const auto talk = place.newest(ann).talk;
    place.done(place.kiosk, wire::HideCard{});
    place.kiosk.raw.clear();
    place.done(ann, wire::ReportTalkShown{talk});
    CHECK_FALSE(said(place.kiosk, "TalkChanged"));
    place.kiosk.connect();
    place.kiosk.greet();
    place.world.settle();
    CHECK_FALSE(said(place.kiosk, "TalkChanged"));
    CHECK_FALSE(said(place.kiosk, "Ann"));
    place.show(place.card);
    place.world.pass(61'000);
    place.kiosk.raw.clear();
    place.done(ann, wire::OfferTalk{talk, place.world.hub->engine().now(), "oak"});
    CHECK_FALSE(said(place.kiosk, "TalkChanged"));
    CHECK(place.show(place.card).talk->rung == wire::TalkRung::offered);
}

TEST_CASE("a locked handset is told nothing, and what it had is taken from it") {
    Place place;
    Client& ann = place.world.handset("ann");
    place.show(place.card);
    place.ask();
    const auto talk = place.newest(ann).talk;
    place.done(ann, wire::Lock{});
    CHECK(ann.expect<wire::TalkGone>().talk == talk);
    CHECK(place.refused(ann, wire::ReportTalkShown{talk}) == protocol::Error::no_such_talk);
    // Away over it: a new connection gets a snapshot that says nothing of it either.
    ann.raw.clear();
    ann.connect();
    ann.greet();
    place.world.settle();
    CHECK_FALSE(said(ann, "TalkChanged"));
}

TEST_CASE("taken back, it leaves every screen") {
    Place place;
    Client& ann = place.world.handset("ann");
    place.show(place.card);
    place.ask();
    const auto talk = place.newest(ann).talk;
    place.done(place.kiosk, wire::TakeBackTalk{place.card});
    CHECK(ann.expect<wire::TalkGone>().talk == talk);
    CHECK(place.kiosk.expect<wire::TalkGone>().talk == talk);
    CHECK_FALSE(place.show(place.card).talk);
}

TEST_CASE("what hello and speak cause has the same frames of the same sizes at the kiosk") {
    std::vector<std::vector<std::size_t>> sizes;
    for (const auto symbol : {wire::TalkSymbol::hello, wire::TalkSymbol::speak}) {
        Place place;
        place.world.handset("ann");
        place.show(place.card);
        place.kiosk.raw.clear();
        place.ask(symbol);
        auto& list = sizes.emplace_back();
        for (const auto& frame : place.kiosk.raw) list.push_back(frame.size());
        REQUIRE(list.size() >= 2);
    }
    CHECK(sizes[0] == sizes[1]);
}

TEST_CASE("a promise and its deadline outlive a crash") {
    Place place;
    Client& ann = place.world.handset("ann");
    Client& ben = place.world.handset("ben");
    place.show(place.card);
    place.ask();
    const auto talk = place.newest(ann).talk;
    place.world.crash();
    for (Client* client : {&ann, &ben, &place.kiosk}) {
        client->raw.clear();
        client->connect();
        client->greet();
        place.world.settle();
        client->beat(all_well());
        place.world.settle();
    }
    CHECK(said(ann, "TalkChanged"));
    CHECK(place.show(place.card).talk->talk == talk);
    place.world.pass(900'000);
    CHECK(place.world.state().talks.begin()->second.adult == core::PersonId{"ben"});
    CHECK(said(ben, "TalkChanged"));
}

TEST_CASE("the hand rings as a call even while the disk is sick, and a talk is refused then") {
    Place place;
    Client& ann = place.world.handset("ann");
    place.show(place.card);
    place.world.journal->fail("no space");
    place.world.settle();
    CHECK(place.refused(place.kiosk, wire::AskTalk{place.card, wire::TalkSymbol::speak, wire::TalkWhen::now, std::nullopt, false}) == protocol::Error::journal_unavailable);
    place.kiosk.say(wire::AskTalk{place.card, wire::TalkSymbol::urgent, wire::TalkWhen::now, std::nullopt, false});
    place.world.settle();
    REQUIRE(ann.cards.size() == 1);
    CHECK_FALSE(ann.cards.begin()->second.recorded);
}

TEST_CASE("a kiosk can do nothing else, and nobody else can do what it does") {
    Place place;
    Client& oak = place.world.room("oak");
    Client& ann = place.world.handset("ann");
    CHECK(place.refused(place.kiosk, wire::RaiseCall{1, 0, std::nullopt, std::nullopt}) == protocol::Error::not_yours);
    CHECK(place.refused(place.kiosk, wire::ListDevices{}) == protocol::Error::not_yours);
    CHECK(place.refused(oak, wire::ShowCard{place.card}) == protocol::Error::not_yours);
    CHECK(place.refused(ann, wire::TakeBackTalk{place.card}) == protocol::Error::not_yours);
    CHECK(place.refused(ann, wire::MakeCards{}) == protocol::Error::not_yours);
    const std::string old = place.card;
    place.card = place.new_card();
    CHECK(place.refused(place.kiosk, wire::ShowCard{old}) == protocol::Error::card_not_known);
    CHECK(place.show(place.card).adults.size() == 2);
}
