// Calm spaces and visits from the offer to the welcome back, as the core decides them, and each thing that must never
// happen in silence.
#include <catch2/catch_test_macros.hpp>

#include "hub/core/visit_rules.hpp"
#include "tests/core/school.hpp"

using namespace attune::core;
using namespace attune::core::test;

namespace {

/// The school with its calm space: a tablet at the door, and Una in it.
struct Calm : School {
    explicit Calm(bool somebody_there = true) {
        enrol("nest-door", DeviceKind::calm_space, "nest");
        beat("nest-door");
        if (somebody_there) on("nest-door", OpenSpace{{}, {"una"}});
    }
    SpaceState space() const { return space_state(state, {"nest"}); }
    VisitId offer(ChildId child = {"p1"}) {
        on("room-oak", OfferVisit{{}, {}, child});
        return state.visits.rbegin()->first;
    }
    VisitId travelling(ChildId child = {"p1"}) {
        const VisitId id = offer(child);
        on("room-oak", ChooseVisit{id, Company::alone});
        return id;
    }
    VisitId here(bool can_leave = true, ChildId child = {"p1"}) {
        const VisitId id = travelling(child);
        on("nest-door", ArriveVisit{id, can_leave});
        return id;
    }
    const Visit& visit(VisitId id) const { return state.visits.at(id); }
    const Call* call_at(const std::string& place) const {
        const auto at = state.call_at.find({place});
        return at == state.call_at.end() ? nullptr : &state.calls.at(at->second);
    }
};

}  // namespace

TEST_CASE("a visit goes from the room's offer to welcome back") {
    Calm school;
    CHECK(school.space() == SpaceState::open);
    const VisitId id = school.offer();
    CHECK(school.visit(id).step == VisitStep::offered);
    CHECK(school.visit(id).space == PlaceId{"nest"});
    school.on("room-oak", ChooseVisit{id, Company::peer});
    CHECK(school.visit(id).step == VisitStep::travelling);
    CHECK(school.visit(id).expected_by == school.now + 180'000);
    CHECK(school.space() == SpaceState::full);
    school.on("nest-door", ArriveVisit{id, true});
    CHECK(school.visit(id).step == VisitStep::here);
    CHECK(school.state.records.empty());
    school.on("nest-door", ReadyVisit{id, WelcomeWord::start_with_me});
    school.on("nest-door", ReturnVisit{id, Company::alone});
    CHECK(school.visit(id).step == VisitStep::returning);
    CHECK(school.visit(id).say == WelcomeWord::start_with_me);
    CHECK(school.space() == SpaceState::open);
    school.on("room-oak", WelcomeBack{id});
    CHECK(school.state.visits.empty());
    CHECK(school.state.care_due.empty());
    CHECK(get<VisitEnded>(school.last.front().fact).how == VisitEnd::welcomed);
    CHECK(school.state.calls.empty());
}

TEST_CASE("a calm space is open only with an adult who is proven to be there") {
    Calm school(false);
    CHECK(school.space() == SpaceState::closed);
    CHECK(school.refusal("room-oak", OfferVisit{{}, {}, {"p1"}}) == Refusal::SpaceNotOpen);
    CHECK(school.refusal("room-oak", OpenSpace{{}, {"una"}}) == Refusal::NotYours);
    CHECK(school.refusal("nest-door", OpenSpace{{}, {"nobody"}}) == Refusal::NoSuchPerson);
    school.on("h-una", OpenSpace{{"nest"}, {}});
    CHECK(school.space() == SpaceState::open);
    school.on("h-una", SignOut{});
    CHECK(school.space() == SpaceState::closed);
    school.on("nest-door", OpenSpace{{}, {"ada"}});
    CHECK(school.space() == SpaceState::open);
    school.on("nest-door", LeaveSpace{{}, {"ada"}});
    school.on("nest-door", SetSpaceUse{true, OutOfUse::being_put_right});
    CHECK(school.space() == SpaceState::out_of_use);
    school.on("nest-door", OpenSpace{{}, {"ada"}});
    CHECK(school.space() == SpaceState::open);
}

TEST_CASE("not arrived in three minutes: the duty lead and the child's own adult are called, and it rings on to the station") {
    Calm school;
    const VisitId id = school.travelling();
    school.wait(179'999);
    CHECK(school.call_at("nest") == nullptr);
    school.wait(1);
    const Call* call = school.call_at("nest");
    REQUIRE(call != nullptr);
    CHECK(call->level == 2);
    CHECK(call->why == CallWhy::not_arrived);
    CHECK(call->why_from == PlaceId{"oak"});
    CHECK(call->child == ChildId{"p1"});
    CHECK(school.asked(call->id) == std::vector<std::string>{"lee", "sam"});
    CHECK(school.visit(id).step == VisitStep::not_arrived);
    school.wait(30'000);
    CHECK(school.call_at("nest")->station_called);
    SECTION("they come all the same, and the call goes on until a person has looked in") {
        school.on("nest-door", ArriveVisit{id, true});
        CHECK(school.visit(id).step == VisitStep::here);
        CHECK(school.call_at("nest") != nullptr);
    }
    SECTION("whoever took the call has looked after them: the visit ends with it") {
        const CallId found = call->id;
        school.on("h-lee", AcceptCall{found, true, {}});
        school.on("h-lee", ArriveCall{found});
        school.on("h-lee", SettleCall{found});
        school.on("h-lee", CloseCall{found, {}, {}});
        CHECK(school.state.visits.empty());
        CHECK(school.state.calls.empty());
    }
}

TEST_CASE("on the way back and not welcomed: the same, at the room") {
    Calm school;
    const VisitId id = school.here();
    school.on("nest-door", ReturnVisit{id, Company::alone});
    school.wait(180'000);
    const Call* call = school.call_at("oak");
    REQUIRE(call != nullptr);
    CHECK(call->why == CallWhy::not_back);
    school.on("room-oak", WelcomeBack{id});
    CHECK(school.state.visits.empty());
    CHECK(school.call_at("oak") != nullptr);
}

TEST_CASE("a minute without an adult is an alarm within five seconds, and in the record") {
    Calm school;
    const VisitId id = school.here();
    school.on("nest-door", LeaveSpace{{}, {"una"}});
    CHECK(school.space() == SpaceState::adult_away);
    CHECK(school.count<UnattendedOpened>() == 1);
    school.wait(4'999);
    CHECK(school.call_at("nest") == nullptr);
    school.wait(1);
    REQUIRE(school.call_at("nest") != nullptr);
    CHECK(school.call_at("nest")->why == CallWhy::adult_away);
    school.wait(55'000);
    school.on("nest-door", OpenSpace{{}, {"ada"}});
    REQUIRE(school.count<UnattendedEnded>() == 1);
    const auto& ended = get<UnattendedEnded>(school.last.back().fact);
    CHECK(ended.lasted_ms == 60'000);
    CHECK(ended.visits == std::vector{id});
    CHECK(school.space() == SpaceState::full);
}

TEST_CASE("a swap of adults without a gap is no alarm") {
    Calm school;
    school.here();
    school.on("nest-door", OpenSpace{{}, {"ada"}});
    school.on("nest-door", LeaveSpace{{}, {"una"}});
    school.wait(10'000);
    CHECK(school.count<UnattendedOpened>() == 0);
    CHECK(school.state.calls.empty());
}

TEST_CASE("a tablet that goes silent proves nobody: the alarm comes at once, and a tap ends it, not the tablet's return") {
    Calm school;
    school.here();
    school.silence("nest-door");
    school.wait(0);
    REQUIRE(school.call_at("nest") != nullptr);
    CHECK(school.call_at("nest")->why == CallWhy::adult_away);
    school.beat("nest-door");
    CHECK(school.space() == SpaceState::adult_away);
    school.on("nest-door", OpenSpace{{}, {"una"}});
    CHECK(school.space() == SpaceState::full);
    CHECK(school.state.calls.size() == 1);  // a person looks in, or the tablet confirms
    school.on("nest-door", WithdrawCall{school.call_at("nest")->id});
    school.on("nest-door", ConfirmWithdraw{school.call_at("nest")->id});
    CHECK(school.state.calls.empty());
}

TEST_CASE("a revoked tablet and an adult who leaves the school prove nobody either") {
    Calm school;
    school.here();
    SECTION("revoked") { school.local(RevokeDevice{{"nest-door"}}); }
    SECTION("left") {
        Directory next = school.state.directory;
        next.people.erase({"una"});
        school.local(ImportDirectory{next});
    }
    CHECK(school.space() == SpaceState::adult_away);
    school.wait(5'000);
    CHECK(school.call_at("nest") != nullptr);
}

TEST_CASE("no, they could not leave: a record with its clock; unanswered reviews call the duty lead") {
    Calm school;
    const VisitId id = school.here(false);
    REQUIRE(school.state.records.size() == 1);
    const RecordId record = school.state.records.begin()->first;
    CHECK(school.visit(id).record == record);
    CHECK(sensitivity_of(school.state, school.last.back()) == Sensitivity::s2);
    school.wait(300'000);
    CHECK(school.state.records.at(record).review_wanted);
    CHECK(school.state.calls.empty());
    SECTION("answered with no: it goes on and is asked again") {
        school.on("nest-door", ReviewVisit{id, false});
        CHECK(school.state.records.size() == 1);
        CHECK(school.state.records.at(record).reviews == 1);
        CHECK(school.state.records.at(record).ended_at == 0);
        CHECK_FALSE(school.state.records.at(record).review_wanted);
    }
    SECTION("answered with yes: the period ends, the record stays and is due the same day") {
        school.on("nest-door", ReviewVisit{id, true});
        CHECK(school.state.records.at(record).ended_at == school.now);
        CHECK(school.state.records.at(record).draft_due != 0);
        CHECK(school.visit(id).record == RecordId{});
        school.on("nest-door", ReturnVisit{id, Company::alone});
        school.on("room-oak", WelcomeBack{id});
        school.wait(21'600'000);
        CHECK(school.state.records.at(record).draft_late);
    }
    SECTION("not answered twice: a call") {
        school.wait(300'000);
        REQUIRE(school.call_at("nest") != nullptr);
        CHECK(school.call_at("nest")->why == CallWhy::review_overdue);
        CHECK(school.asked(school.call_at("nest")->id) == std::vector<std::string>{"lee"});
    }
    SECTION("they go back: the period ends with it") {
        school.on("nest-door", ReturnVisit{id, Company::alone});
        CHECK(school.state.records.at(record).ended_at == school.now);
    }
}

TEST_CASE("long stays are asked about at 15, 30 and 60 minutes and then every half hour") {
    Calm school;
    const VisitId id = school.here();
    std::vector<std::uint32_t> minutes;
    for (int quarter = 0; quarter < 8; ++quarter) {
        school.wait(900'000);
        if (school.visit(id).review_wanted) school.on("nest-door", ReviewVisit{id, true});
    }
    for (const Event& event : school.log)
        if (const auto* prompt = get_if<VisitLongStay>(&event.fact)) minutes.push_back(prompt->minutes);
    CHECK(minutes == std::vector<std::uint32_t>{15, 30, 60, 90, 120});
    CHECK(school.state.calls.empty());
    school.wait(3'600'000);
    REQUIRE(school.call_at("nest") != nullptr);  // two prompts that nobody answered
    CHECK(school.call_at("nest")->level == 1);
}

TEST_CASE("capacity is never exceeded in silence") {
    Calm school;
    school.here();
    CHECK(school.refusal("room-oak", OfferVisit{{}, {}, {}}) == Refusal::SpaceFull);
    school.on("nest-door", OfferVisit{{}, {"oak"}, {}});  // at the door: nobody is sent away by a number
    const VisitId second = school.state.visits.rbegin()->first;
    school.on("nest-door", ArriveVisit{second, true});
    REQUIRE(school.count<SpaceOverfull>() == 1);
    Directory next = school.state.directory;
    next.places.at({"nest"}).capacity = 3;
    school.local(ImportDirectory{next});
    CHECK(school.space() == SpaceState::open);
}

TEST_CASE("staying is a choice, not a refusal; an offer lapses quietly") {
    Calm school;
    school.on("room-oak", DeclineVisit{school.offer()});
    CHECK(get<VisitEnded>(school.last.front().fact).how == VisitEnd::declined);
    CHECK(school.state.visits.empty());
    school.offer();
    school.wait(600'000);
    CHECK(school.state.visits.empty());
    CHECK(school.state.calls.empty());
}

TEST_CASE("a child's card is answered by an offer, or becomes a call: never nothing") {
    Calm school;
    school.on("room-oak", AskVisit{{}, {"p1"}});
    const VisitId id = school.state.visits.begin()->first;
    CHECK(school.visit(id).step == VisitStep::asked);
    SECTION("answered") {
        school.on("room-oak", OfferVisit{{}, {}, {"p1"}});
        CHECK(school.visit(id).step == VisitStep::offered);
        CHECK(school.state.visits.size() == 1);
    }
    SECTION("not answered") {
        school.wait(120'000);
        REQUIRE(school.call_at("oak") != nullptr);
        CHECK(school.call_at("oak")->level == 1);
        CHECK(school.call_at("oak")->why == CallWhy::break_asked);
        CHECK(school.call_at("oak")->child == ChildId{"p1"});
        CHECK(school.state.visits.empty());
    }
}

TEST_CASE("a support call moves into a visit, and its adult is the adult who is there") {
    Calm school(false);
    const CallId call = school.raise(2);
    school.on("room-oak", ChooseChild{call, {"p1"}});
    school.on("h-sam", AcceptCall{call, true, {}});
    school.on("h-sam", ArriveCall{call});
    school.on("h-sam", MoveCall{call, {"nest"}});
    REQUIRE(school.state.visits.size() == 1);
    const VisitId id = school.state.visits.begin()->first;
    CHECK(school.visit(id).step == VisitStep::travelling);
    CHECK(school.visit(id).with == PersonId{"sam"});
    CHECK(school.visit(id).from == PlaceId{"oak"});
    school.on("h-sam", CloseCall{call, {}, {}});
    CHECK(school.visit(id).step == VisitStep::travelling);
    CHECK(school.refusal("nest-door", ArriveVisit{id, true}) == Refusal::SpaceNotOpen);
    school.on("h-sam", ArriveVisit{id, true});
    CHECK(school.space() == SpaceState::full);
    school.silence("h-sam");
    CHECK(school.space() == SpaceState::adult_away);
}

TEST_CASE("to a device without a part in it a visit does not exist") {
    Calm school;
    const VisitId id = school.offer();
    for (const auto* device : {"room-elm", "h-sam", "station", "nest-door"}) CHECK(school.refusal(device, ChooseVisit{id, Company::alone}) == Refusal::NoSuchVisit);
    school.on("room-oak", ChooseVisit{id, Company::alone});
    for (const auto* device : {"room-elm", "room-oak", "h-sam", "station"}) CHECK(school.refusal(device, ArriveVisit{id, true}) == Refusal::NoSuchVisit);
    for (const auto* device : {"room-elm", "h-sam", "station"}) CHECK(school.refusal(device, WelcomeBack{id}) == Refusal::NoSuchVisit);
    CHECK(school.refusal("room-elm", OfferVisit{{}, {}, {"p1"}}) == Refusal::NoSuchChild);
    CHECK(school.refusal("h-rex", OfferVisit{{}, {"oak"}, {"p1"}}) == Refusal::NoSuchChild);
}
