// What is owed after a call, on the wire: who is told what, the steps of one promise, and that nothing of it stays on a
// locked handset.
#include "tests/app/world.hpp"

#include <algorithm>

using namespace attune;
using namespace attune::test;

namespace {

struct After : World {
    After() : oak(room("oak")), ann(handset("ann")), cas(handset("cas")) {}
    Client& oak;
    Client& ann;
    Client& cas;

    template <class Message>
    void done(Client& client, const Message& message) {
        const wire::Id id = client.say(message);
        settle();
        client.answer_to<wire::Done>(id);
    }
    template <class Message>
    std::string refused(Client& client, const Message& message) {
        const wire::Id id = client.say(message);
        settle();
        return client.answer_to<wire::Rejected>(id).name;
    }
    /// A call for k7 that Ann has seen to the end.
    std::uint64_t closed(std::uint64_t level) {
        const std::uint64_t call = raise(*this, oak, level);
        done(oak, wire::ChooseChild{call, "k7"});
        done(ann, wire::AcceptCall{call, true, std::nullopt});
        done(ann, wire::ArriveCall{call});
        done(ann, wire::SettleCall{call});
        for (Client* client : {&oak, &ann, &cas}) client->forget();
        done(ann, wire::CloseCall{call, {}, {}});
        return call;
    }
    /// The newest list that was sent; none: nothing was.
    std::optional<wire::Owed> told(Client& client) {
        std::optional<wire::Owed> newest;
        while (client.count<wire::Owed>() > 0) newest = client.expect<wire::Owed>();
        return newest;
    }
};

const wire::FollowupView* find(const wire::Owed& owed, wire::FollowupKind kind, std::uint64_t parent = 0) {
    const auto found = std::ranges::find_if(owed.items, [&](const wire::FollowupView& one) { return one.kind == kind && one.parent == parent; });
    return found == owed.items.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("a closed call leaves its promises with those who keep them, the oldest first, and a child only with its adult") {
    After world;
    const std::uint64_t call = world.closed(2);
    const auto owed = world.told(world.ann);
    REQUIRE(owed);
    CHECK(std::ranges::is_sorted(owed->items, {}, &wire::FollowupView::owed_by));
    const auto* repair = find(*owed, wire::FollowupKind::child_repair);
    REQUIRE(repair);
    CHECK(repair->relation == wire::FollowupRelation::owner);
    CHECK(repair->call == call);
    CHECK(repair->child == "k7");
    CHECK(repair->initials == "M.K.");
    CHECK(repair->place_name == "Oak room");
    const auto* thanks = find(*owed, wire::FollowupKind::outcome_told);
    REQUIRE(thanks);
    CHECK(thanks->fixed);
    CHECK_FALSE(thanks->child);
    // A debrief is whoever leads' to offer, without a child.
    const auto lead = world.told(world.cas);
    REQUIRE(lead);
    const auto* debrief = find(*lead, wire::FollowupKind::staff_debrief);
    REQUIRE(debrief);
    CHECK(debrief->relation == wire::FollowupRelation::lead);
    CHECK_FALSE(debrief->child);
    CHECK(find(*lead, wire::FollowupKind::child_repair) == nullptr);
    CHECK(world.oak.count<wire::Owed>() == 0);
}

TEST_CASE("a promise is said, put off and kept, and its owner's list says so at each step") {
    After world;
    world.closed(2);
    const auto id = find(*world.told(world.ann), wire::FollowupKind::child_repair)->followup;
    const app::Ms now = world.hub->engine().now();
    world.done(world.ann, wire::ScheduleFollowup{id, now + 3'600'000});
    auto owed = world.told(world.ann);
    REQUIRE(owed);
    CHECK(find(*owed, wire::FollowupKind::child_repair)->meet_at == now + 3'600'000);
    world.done(world.ann, wire::NotReadyYet{id, wire::NotReadyWho::child, now + 7'200'000});
    CHECK(find(*world.told(world.ann), wire::FollowupKind::child_repair)->step == wire::FollowupStep::not_ready);
    world.done(world.ann, wire::KeepFollowup{id, wire::Mended::yes, wire::Mended::partly, wire::Changes::routine, wire::Channel::not_said});
    owed = world.told(world.ann);
    REQUIRE(owed);
    CHECK(find(*owed, wire::FollowupKind::child_repair) == nullptr);
    CHECK(world.refused(world.ann, wire::KeepFollowup{id, {}, {}, {}, {}}) == "NoSuchFollowup");
}

TEST_CASE("what is owed is neither another's to touch, nor on a locked handset, and is there again after a crash") {
    After world;
    Client& ben = world.handset("ben");
    world.closed(2);
    const auto id = find(*world.told(world.ann), wire::FollowupKind::child_repair)->followup;
    CHECK(world.refused(ben, wire::KeepFollowup{id, {}, {}, {}, {}}) == "NoSuchFollowup");
    CHECK(world.refused(world.oak, wire::KeepFollowup{id, {}, {}, {}, {}}) == "NotYours");
    CHECK(ben.count<wire::Owed>() == 0);
    CHECK(world.refused(world.ann, wire::ScheduleFollowup{id, 1}) == "FollowupTime");
    world.done(world.ann, wire::Lock{});
    const auto locked = world.told(world.ann);
    REQUIRE(locked);
    CHECK(locked->items.empty());
    world.crash();
    Client& lead = world.client("cas");
    lead.connect();
    lead.greet(0);
    world.settle();
    CHECK(world.state().followups.contains({id}));
}

TEST_CASE("a promise that is passed on leaves the one list and comes to the other; one that is not needed goes to whoever leads") {
    After world;
    Client& dee = world.handset("dee");
    world.closed(2);
    const auto id = find(*world.told(world.ann), wire::FollowupKind::child_repair)->followup;
    world.told(world.cas);
    world.done(world.ann, wire::PassFollowup{id, "dee"});
    CHECK(find(*world.told(world.ann), wire::FollowupKind::child_repair) == nullptr);
    REQUIRE(world.told(dee));
    world.done(dee, wire::NotNeeded{id, wire::NotNeededWhy::done_already});
    CHECK(find(*world.told(dee), wire::FollowupKind::child_repair)->said_by_me);
    const auto lead = world.told(world.cas);
    REQUIRE(lead);
    CHECK(find(*lead, wire::FollowupKind::child_repair)->step == wire::FollowupStep::unneeded);
    world.done(world.cas, wire::NotNeeded{id, wire::NotNeededWhy::done_already});
    CHECK(world.told(dee)->items.empty());
    CHECK(find(*world.told(world.cas), wire::FollowupKind::child_repair) == nullptr);
}
