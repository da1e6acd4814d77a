// Calm spaces and visits as each device is told of them: the room its own child's visit as a step, the tablet what helps
// while an adult is there, the station places without children; and all of it again after a crash.
#include <algorithm>

#include "tests/app/world.hpp"

using namespace attune;
using namespace attune::test;

namespace {

/// Every visit and space that a client was told of, newest last, as a page would hold them.
struct Held {
    std::map<std::uint64_t, wire::VisitView> visits;
    std::map<std::string, wire::SpaceView> spaces;

    void take(Client& client) {
        for (const wire::Envelope& envelope : client.inbox) {
            if (const auto* changed = get_if<wire::VisitChanged>(&envelope.message)) visits[changed->visit.visit] = changed->visit;
            if (const auto* gone = get_if<wire::VisitGone>(&envelope.message)) visits.erase(gone->visit);
            if (const auto* space = get_if<wire::SpaceChanged>(&envelope.message)) spaces[space->space.space] = space->space;
            if (holds_alternative<wire::Welcome>(envelope.message)) visits.clear();
        }
        client.forget();
    }
};

struct Site {
    World world;
    Client &oak = world.room("oak"), &elm = world.room("elm"), &station = world.station("office");
    Client& tablet = world.enrolled("tablet", core::DeviceKind::calm_space, "calm", "");
    std::map<Client*, Held> held;

    Site() {
        tablet.beat();
        world.settle();
    }
    const wire::VisitView* visit(Client& client) {
        Held& own = held[&client];
        own.take(client);
        return own.visits.empty() ? nullptr : &own.visits.begin()->second;
    }
    const wire::SpaceView& space(Client& client) {
        held[&client].take(client);
        return held[&client].spaces.at("calm");
    }
    template <class Message>
    wire::Done tell(Client& client, const Message& message) {
        const wire::Id id = client.say(message);
        world.settle();
        auto answer = std::ranges::find(client.inbox, std::optional(id), &wire::Envelope::id);
        REQUIRE(answer != client.inbox.end());
        INFO((holds_alternative<wire::Rejected>(answer->message) ? get<wire::Rejected>(answer->message).name : ""));
        REQUIRE(holds_alternative<wire::Done>(answer->message));
        return get<wire::Done>(answer->message);
    }
    template <class Message>
    std::string refused(Client& client, const Message& message) {
        const wire::Id id = client.say(message);
        world.settle();
        return client.answer_to<wire::Rejected>(id).name;
    }
    std::uint64_t offered() {
        tell(tablet, wire::OpenSpace{std::nullopt, "eve"});
        return *tell(oak, wire::OfferVisit{std::nullopt, std::nullopt, "k7"}).visit;
    }
};

}  // namespace

TEST_CASE("a visit as the room, the tablet, another room and the station are told of it") {
    Site site;
    CHECK(site.refused(site.oak, wire::OfferVisit{}) == "SpaceNotOpen");
    const std::uint64_t id = site.offered();
    CHECK(site.space(site.oak).state == wire::SpaceState::open);
    CHECK(site.space(site.oak).adults.empty());
    CHECK(site.space(site.station).adults == std::vector<std::string>{"Eve"});
    REQUIRE(site.visit(site.oak) != nullptr);
    CHECK(site.visit(site.oak)->step == wire::VisitStep::offered);
    CHECK(site.visit(site.oak)->child == "k7");
    CHECK_FALSE(site.visit(site.oak)->helps);
    for (Client* other : {&site.tablet, &site.elm, &site.station}) CHECK(site.visit(*other) == nullptr);

    site.tell(site.oak, wire::ChooseVisit{id, wire::Company::peer});
    REQUIRE(site.visit(site.tablet) != nullptr);
    CHECK(site.visit(site.tablet)->relation == wire::VisitRelation::space);
    REQUIRE(site.visit(site.tablet)->helps);
    CHECK_FALSE(site.visit(site.tablet)->helps->lines.empty());
    REQUIRE(site.visit(site.station) != nullptr);
    CHECK_FALSE(site.visit(site.station)->helps);
    CHECK_FALSE(site.visit(site.station)->child);
    CHECK(site.visit(site.elm) == nullptr);
    CHECK(site.refused(site.elm, wire::WelcomeBack{id}) == "NoSuchVisit");

    site.tell(site.tablet, wire::ArriveVisit{id, true});
    CHECK(site.visit(site.oak)->step == wire::VisitStep::here);
    CHECK_FALSE(site.visit(site.oak)->can_leave);
    CHECK(site.visit(site.tablet)->can_leave == true);
    site.tell(site.tablet, wire::ReadyVisit{id, wire::WelcomeWord::start_with_me});
    CHECK_FALSE(site.visit(site.oak)->say);
    site.tell(site.tablet, wire::ReturnVisit{id, wire::Company::alone});
    CHECK(site.visit(site.oak)->say == wire::WelcomeWord::start_with_me);
    CHECK(site.visit(site.tablet) == nullptr);
    site.tell(site.oak, wire::WelcomeBack{id});
    CHECK(site.visit(site.oak) == nullptr);
    CHECK(site.visit(site.station) == nullptr);
}

TEST_CASE("the tablet is told what helps only while an adult is there") {
    Site site;
    const std::uint64_t id = site.offered();
    site.tell(site.oak, wire::ChooseVisit{id, wire::Company::alone});
    REQUIRE(site.visit(site.tablet)->helps);
    site.tell(site.tablet, wire::LeaveSpace{std::nullopt, "eve"});
    CHECK(site.space(site.tablet).state == wire::SpaceState::closed);
    REQUIRE(site.visit(site.tablet) != nullptr);
    CHECK_FALSE(site.visit(site.tablet)->helps);
    CHECK(site.refused(site.tablet, wire::ArriveVisit{id, true}) == "SpaceNotOpen");
}

TEST_CASE("a visit in the middle of which the hub is killed goes on, and its deadlines with it") {
    Site site;
    const std::uint64_t id = site.offered();
    site.tell(site.oak, wire::ChooseVisit{id, wire::Company::alone});
    const core::State before = site.world.state();
    site.world.crash();
    CHECK(site.world.state().visits == before.visits);
    CHECK(site.world.state().care_due == before.care_due);
    for (Client* client : {&site.oak, &site.tablet}) {
        client->connect();
        client->greet();
    }
    site.world.settle();
    REQUIRE(site.visit(site.oak) != nullptr);
    CHECK(site.visit(site.oak)->step == wire::VisitStep::travelling);
    REQUIRE(site.visit(site.tablet) != nullptr);
    CHECK(site.visit(site.tablet)->helps);
    site.world.pass(181'000);
    CHECK(site.visit(site.oak)->step == wire::VisitStep::not_arrived);
    REQUIRE(site.world.state().call_at.contains({"calm"}));
}

TEST_CASE("a tablet that goes silent while somebody visits calls people within seconds of its silence being seen") {
    Site site;
    const std::uint64_t id = site.offered();
    site.tell(site.oak, wire::ChooseVisit{id, wire::Company::alone});
    site.tell(site.tablet, wire::ArriveVisit{id, true});
    site.tablet.drop();
    site.world.pass(8'000);
    REQUIRE(site.world.state().call_at.contains({"calm"}));
    CHECK(site.space(site.station).state == wire::SpaceState::adult_away);
    CHECK(site.space(site.station).alarmed);
    const auto call = site.station.cards.begin();
    REQUIRE(call != site.station.cards.end());
    CHECK(call->second.why == wire::CallWhy::adult_away);
}

TEST_CASE("a call that moves to a calm space tells its owner of the visit") {
    Site site;
    Client& ann = site.world.handset("ann");
    const std::uint64_t call = raise(site.world, site.oak, 2);
    site.tell(site.oak, wire::ChooseChild{call, "k7"});
    site.tell(ann, wire::AcceptCall{call, true, std::nullopt});
    site.tell(ann, wire::ArriveCall{call});
    site.tell(ann, wire::MoveCall{call, "calm"});
    REQUIRE(site.visit(ann) != nullptr);
    CHECK(site.visit(ann)->relation == wire::VisitRelation::along);
    CHECK(site.visit(ann)->helps);
    CHECK(site.visit(site.oak)->with == "Ann");
    site.tell(ann, wire::ArriveVisit{site.visit(ann)->visit, true});
    CHECK(site.space(site.tablet).adults == std::vector<std::string>{"Ann"});
    ann.forget();
    site.tell(ann, wire::Lock{});
    REQUIRE(site.visit(ann) != nullptr);
    CHECK_FALSE(site.visit(ann)->helps);
}
