// A support call from the press to the door, as the core decides it.
#include <catch2/catch_test_macros.hpp>

#include "tests/core/school.hpp"

using namespace attune::core;
using test::School;
using People = std::vector<std::string>;

TEST_CASE("a call goes from the press to the door") {
    School school;
    const CallId id = school.raise(2);
    CHECK(school.call(id).rung == Rung::received);
    CHECK(school.asked(id) == People{"rex"});
    school.on("room-oak", ChooseChild{id, {"p1"}});
    CHECK(school.asked(id) == People{"rex", "sam"});
    school.on("h-sam", ReportRinging{id});
    CHECK(school.call(id).rung == Rung::ringing);
    school.on("h-sam", AcceptCall{id, true, {}});
    CHECK(school.call(id).rung == Rung::coming);
    CHECK(school.call(id).on_way);
    CHECK(school.refusal("h-sam", SettleCall{id}) == Refusal::NotAtTheDoor);
    CHECK(school.refusal("h-sam", CloseCall{id, {}, {}}) == Refusal::NotAtTheDoor);
    school.on("h-sam", ArriveCall{id});
    CHECK(school.call(id).rung == Rung::here);
    CHECK(school.refusal("h-sam", CloseCall{id, {}, {}}) == Refusal::NotSettledYet);
    school.on("h-sam", SettleCall{id});
    school.on("h-sam", CloseCall{id, {0}, {Need::worried}});
    CHECK(school.state.calls.empty());
    CHECK(school.state.deadlines.empty());
    CHECK(availability(school.state, {"sam"}, school.now) == Availability::recovering);
    school.wait(600'001);
    CHECK(availability(school.state, {"sam"}, school.now) == Availability::free);
}

TEST_CASE("a press after a call was settled is a new call, whatever the adult still has to note") {
    School school;
    for (const std::uint32_t level : {1U, 3U}) {
        const CallId id = school.raise(3);
        school.on("h-sam", AcceptCall{id, true, {}});
        school.on("h-sam", ArriveCall{id});
        school.on("h-sam", SettleCall{id});
        school.wait(60'000);
        const CallId next = school.raise(level);
        CHECK(next.value != id.value);
        CHECK(school.state.calls.size() == 1);
        CHECK(school.call(next).level == level);
        CHECK_FALSE(school.asked(next).empty());
        CHECK(availability(school.state, {"sam"}, school.now) == Availability::free);
        CHECK(school.refusal("h-sam", CloseCall{id, {}, {}}) == Refusal::NoSuchCall);
        school.on("room-oak", WithdrawCall{next});
        school.on("room-oak", ConfirmWithdraw{next});
    }
}

TEST_CASE("the room, too, can say that someone is here") {
    School school;
    const CallId id = school.raise(2);
    CHECK(school.refusal("room-oak", ArriveCall{id}) == Refusal::WrongMoment);
    school.on("h-rex", AcceptCall{id, true, {}});
    CHECK(school.refusal("room-elm", ArriveCall{id}) == Refusal::NoSuchCall);
    school.on("room-oak", ArriveCall{id});
    CHECK(school.call(id).rung == Rung::here);
    CHECK(school.call(id).owner == PersonId{"rex"});
}

TEST_CASE("all decline and the next tier is asked at once") {
    School school;
    const CallId id = school.raise(2);
    school.on("h-rex", DeclineCall{id});
    CHECK(school.asked(id) == People{"una"});  // the next tier's responders, in the same instant
    school.on("h-una", DeclineCall{id});
    CHECK(school.asked(id) == People{"lee"});
    school.on("h-lee", DeclineCall{id});
    CHECK(school.call(id).station_called);
    CHECK(school.relation(id, "station") == Relation::station);
    CHECK(school.refusal("station", DeclineCall{id}) == Refusal::NoSuchCall);
}

TEST_CASE("nobody answers and each tier joins at its deadline") {
    School school;
    const CallId id = school.raise(2);
    school.on("h-rex", ReportRinging{id});
    school.wait(14'999);
    CHECK(school.asked(id) == People{"rex"});
    school.wait(1);
    CHECK(school.asked(id) == People{"rex", "una"});
    school.wait(15'000);
    CHECK(school.asked(id) == People{"lee", "rex", "una"});
    CHECK_FALSE(school.call(id).station_called);
    school.wait(15'000);
    CHECK(school.call(id).station_called);
    CHECK(school.call(id).due[static_cast<std::size_t>(Deadline::resound)] != 0);
}

TEST_CASE("nothing sounds: the next tier joins in after 3 s and the room hears the truth at 5 s") {
    School school;
    const CallId id = school.raise(1);
    CHECK(school.asked(id) == People{"lee", "rex", "una"});
    school.wait(3'000);
    CHECK(school.call(id).station_called);
    CHECK(school.call(id).rung == Rung::received);
    school.wait(2'000);
    CHECK(school.call(id).rung == Rung::not_delivered);
    school.on("h-una", ReportRinging{id});
    CHECK(school.call(id).rung == Rung::ringing);
}

TEST_CASE("nobody is on duty: the station sounds at once") {
    School school(People{});
    const CallId id = school.raise(1);
    CHECK(school.call(id).station_called);
    school.on("station", ReportRinging{id});
    CHECK(school.call(id).rung == Rung::ringing);
    school.on("station", AcceptCall{id, false, {"ada"}});
    CHECK(school.call(id).owner == PersonId{"ada"});
    CHECK_FALSE(school.call(id).on_way);
    school.on("room-oak", ArriveCall{id});
    CHECK(school.call(id).rung == Rung::here);
}

TEST_CASE("nothing alive at all: not delivered, and it rings as soon as something can") {
    School school(People{});
    school.silence("station");
    const CallId id = school.raise(2);
    CHECK(school.call(id).rung == Rung::not_delivered);
    school.start_duty("rex");
    CHECK(school.asked(id) == People{"rex"});
    school.on("h-rex", ReportRinging{id});
    CHECK(school.call(id).rung == Rung::ringing);
}

TEST_CASE("known-unavailable adults cost no time") {
    School school;
    school.on("h-rex", SetAvailability{Declared::on_break, school.now + 60'000});
    school.beat("h-una", {Fault::hidden});
    const CallId id = school.raise(2);
    CHECK(school.asked(id) == People{"lee"});
    school.wait(2'000);
    school.beat("h-una");  // in front again: asked at once, whatever the tier
    CHECK(school.asked(id) == People{"lee", "una"});
    school.wait(58'001);
    CHECK(std::ranges::count(school.asked(id), "rex") == 1);  // the break is over
}

TEST_CASE("two accept at once: one owns it, the other is told") {
    School school;
    const CallId id = school.raise(1);
    school.on("h-rex", AcceptCall{id, true, {}});
    CHECK(school.refusal("h-una", AcceptCall{id, true, {}}) == Refusal::AlreadyOwned);
    CHECK(school.on("h-rex", AcceptCall{id, true, {}}).empty());
    CHECK(school.relation(id, "h-una") == Relation::none);
}

TEST_CASE("an owner who does not arrive: others are asked, the late one is kept") {
    School school;
    const CallId id = school.raise(2);
    school.on("h-rex", AcceptCall{id, true, {}});
    school.wait(120'000);
    CHECK(school.call(id).owner_late);
    CHECK(school.call(id).owner == PersonId{"rex"});
    CHECK(std::ranges::count(school.asked(id), "una") == 1);
    school.on("h-una", AcceptCall{id, true, {}});
    CHECK(school.call(id).owner == PersonId{"una"});
    CHECK(school.call(id).helpers == std::set<PersonId>{{"rex"}});
    school.on("h-rex", ArriveCall{id});
    CHECK(school.call(id).owner == PersonId{"rex"});
    CHECK(school.call(id).helpers == std::set<PersonId>{{"una"}});
}

TEST_CASE("the owner's handset is lost: the call is open again and asked again") {
    School school;
    const CallId id = school.raise(2);
    school.on("h-rex", AcceptCall{id, true, {}});
    SECTION("silent") { school.silence("h-rex"); }
    SECTION("revoked") { school.local(RevokeDevice{{"h-rex"}}); }
    SECTION("signed out") { school.on("h-rex", SignOut{}); }
    SECTION("can't after all") { school.on("h-rex", DeclineCall{id}); }
    CHECK_FALSE(school.call(id).owned());
    CHECK(school.call(id).sounds == 2);
    CHECK(std::ranges::count(school.asked(id), "una") == 1);
    CHECK(school.state.duties.at({"rex"}).calls_owned == 0);
}

TEST_CASE("after the arrival a flat battery changes nothing") {
    School school;
    const CallId id = school.raise(2);
    school.on("h-rex", AcceptCall{id, true, {}});
    school.on("h-rex", ArriveCall{id});
    school.silence("h-rex");
    CHECK(school.call(id).owner == PersonId{"rex"});
    school.wait(900'000);
    CHECK(school.call(id).support_check_due);
    CHECK(school.refusal("h-lee", SettleCall{id}) == Refusal::NoSuchCall);
    school.on("h-lee", HandOverCall{id, {"lee"}});
    school.on("h-lee", CloseCall{id, {}, {}});
    CHECK(school.state.calls.empty());
}

TEST_CASE("pressing again: levels are controls, never a count of clicks") {
    School school;
    const CallId id = school.raise(1);
    school.now += 500;
    CHECK(school.raise(1) == id);
    CHECK(school.call(id).level == 1);  // a double click
    CHECK(school.raise(2) == id);
    CHECK(school.call(id).level == 2);  // a higher control counts at once
    school.now += 5'000;
    school.raise(1);
    CHECK(school.call(id).level == 2);  // a lower one changes nothing
    school.now += 5'000;
    school.raise(2);
    CHECK(school.call(id).level == 3);
    CHECK(school.state.calls.size() == 1);
}

TEST_CASE("never mind ends a call only when the room confirms or someone looked in") {
    School school;
    const CallId id = school.raise(2);
    CHECK(school.refusal("room-oak", ConfirmWithdraw{id}) == Refusal::NotWithdrawing);
    school.on("room-oak", WithdrawCall{id});
    CHECK(school.call(id).rung == Rung::received);
    SECTION("the room confirms") { school.on("room-oak", ConfirmWithdraw{id}); }
    SECTION("someone looks in") { school.on("h-rex", LookIn{id}); }
    SECTION("the room needs someone after all") {
        school.on("room-oak", KeepCall{id});
        CHECK(school.refusal("h-rex", LookIn{id}) == Refusal::NotWithdrawing);
        school.on("room-oak", WithdrawCall{id});
        school.on("room-oak", ConfirmWithdraw{id});
    }
    CHECK(school.state.calls.empty());
    CHECK(school.state.deadlines.empty());
}

TEST_CASE("a real press ends a drill, and a drill makes nobody busy") {
    School school;
    school.on("room-oak", RaiseCall{2, school.now, {}, true});
    const CallId drill = school.state.call_at.at({"oak"});
    school.on("h-rex", AcceptCall{drill, true, {}});
    CHECK(availability(school.state, {"rex"}, school.now) == Availability::free);
    const CallId real = school.raise(2);
    CHECK(real != drill);
    CHECK_FALSE(school.state.calls.contains(drill));
    CHECK(school.asked(real) == People{"rex"});
}

TEST_CASE("everyone available also tells those with a child, and waits for none of them") {
    School school(People{"sam", "rex"});
    const CallId first = school.raise(2);
    school.on("h-rex", AcceptCall{first, true, {}});
    const CallId id = school.raise(3, "room-elm");
    CHECK(school.asked(id) == People{"rex", "sam"});
    CHECK_FALSE(school.call(id).station_called);
    school.on("h-sam", DeclineCall{id});
    CHECK(school.call(id).station_called);  // rex knows of it, and nobody waits for rex
    school.on("h-rex", AcceptCall{id, false, {}});
    CHECK(school.call(first).owner == PersonId{"rex"});  // a second call changes nothing about the first
}

TEST_CASE("another adult is asked for and joins as a helper") {
    School school;
    const CallId id = school.raise(1);
    school.on("h-rex", AcceptCall{id, true, {}});
    CHECK(school.refusal("h-una", AskHelper{id}) == Refusal::NoSuchCall);
    school.on("h-rex", AskHelper{id});
    CHECK(school.relation(id, "h-una") == Relation::offered);
    school.on("h-una", AcceptCall{id, true, {}});
    CHECK(school.call(id).owner == PersonId{"rex"});
    CHECK(school.call(id).helpers == std::set<PersonId>{{"una"}});
    CHECK(school.refusal("h-lee", AcceptCall{id, true, {}}) == Refusal::AlreadyOwned);
}

TEST_CASE("need to know: what helps is for the child's own adults, and for whoever goes") {
    School school;
    const CallId id = school.raise(2);
    school.on("room-oak", ChooseChild{id, {"p1"}});
    CHECK(school.helps(id, "h-sam"));
    CHECK_FALSE(school.helps(id, "h-rex"));
    CHECK_FALSE(school.helps(id, "station"));
    CHECK_FALSE(school.helps(id, "room-oak"));
    CHECK(school.relation(id, "room-elm") == Relation::none);
    CHECK(school.relation(id, "h-una") == Relation::none);
    school.on("h-sam", Lock{});
    CHECK_FALSE(school.helps(id, "h-sam"));
    school.on("h-rex", AcceptCall{id, true, {}});
    CHECK(school.helps(id, "h-rex"));
    CHECK(school.relation(id, "h-sam") == Relation::none);
}

TEST_CASE("what was overdue while the hub was down fires once, with how late it is") {
    School school;
    const CallId id = school.raise(2);
    school.on("h-rex", AcceptCall{id, true, {}});
    school.now += 3'600'000;
    school.hub(NoteHubStarted{"test"});
    const auto& events = school.hub(Tick{});
    const auto* overdue = get_if<ArrivalOverdue>(&events.front().fact);
    REQUIRE(overdue != nullptr);
    CHECK(overdue->late_by == 3'600'000 - 120'000);
    CHECK(next_deadline(school.state) > school.now);
    CHECK(school.call(id).owner_late);
}

TEST_CASE("replaying the log gives the same state") {
    School school;
    const CallId id = school.raise(2);
    school.on("room-oak", ChooseChild{id, {"p1"}});
    school.on("h-sam", AcceptCall{id, true, {}});
    school.wait(200'000);
    school.on("h-sam", ArriveCall{id});
    State replayed;
    for (const Event& event : school.log) apply(replayed, event);
    CHECK(replayed == school.state);
}

TEST_CASE("a duty lead sees every open call without its child, and may take one that nobody has") {
    School school;
    const CallId id = school.raise(2);
    school.on("room-oak", ChooseChild{id, {"p1"}});
    REQUIRE_FALSE(school.call(id).offers.contains({"lee"}));
    CHECK(school.relation(id, "h-lee") == Relation::overseer);
    CHECK_FALSE(school.helps(id, "h-lee"));
    CHECK(school.relation(id, "h-una") == Relation::none);
    school.on("h-lee", AcceptCall{id, true, {}});
    CHECK(school.relation(id, "h-lee") == Relation::owner);
    CHECK(school.helps(id, "h-lee"));
    school.on("h-lee", SignOut{});
    CHECK(school.relation(id, "h-lee") == Relation::none);
}
