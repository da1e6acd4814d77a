// Talk time, as the core decides it: from the card at the kiosk to the promise that is kept, and every way in which it
// could have ended in silence and does not.
#include <catch2/catch_test_macros.hpp>

#include "hub/core/talk_audience.hpp"
#include "hub/core/talk_rules.hpp"
#include "tests/core/school.hpp"

using namespace attune::core;
using test::School;

namespace {

const Digest card = test::digest("card-p1");
constexpr Ms minute = 60'000;

struct Kiosk : School {
    explicit Kiosk(std::vector<std::string> on_duty = {"sam", "ada", "rex", "una", "lee"}) : School(std::move(on_duty)) {
        Directory with_dsl = state.directory;
        with_dsl.people[{"dee"}] = {{"dee"}, "dee", "dee", {Role::dsl}, {"office"}};
        local(ImportDirectory{with_dsl});
        enrol("kiosk", DeviceKind::kiosk, "oak");
        beat("kiosk");
        local(IssueCard{{"p1"}, card});
    }
    TalkId ask(TalkSymbol symbol = TalkSymbol::speak, const std::string& adult = "") {
        on("kiosk", AskTalk{card, {adult}, symbol, TalkWhen::today});
        return state.talk_of.at({"p1"});
    }
    const Talk& talk(TalkId id) const { return state.talks.at(id); }
    TalkRelation sees(TalkId id, const std::string& device, bool card_there = false) const {
        CardsPresent present;
        if (card_there) present[{device}] = {"p1"};
        return talk_seer_of(state, talk(id), state.devices.at({device}), present).relation;
    }
    /// Nothing is ever left with neither a deadline nor a call.
    void check_watched() const {
        for (const auto& [id, open] : state.talks) CHECK((open.due != 0 || (open.rung == TalkRung::calling && state.calls.contains(open.call))));
    }
};

}  // namespace

TEST_CASE("a talk goes from the card to the promise that is kept") {
    Kiosk school;
    const TalkId id = school.ask();
    CHECK(school.talk(id).adult == PersonId{"sam"});
    CHECK(school.talk(id).rung == TalkRung::asked);
    CHECK(school.refusal("h-ada", ReportTalkShown{id}) == Refusal::NoSuchTalk);
    school.on("h-sam", ReportTalkShown{id});
    CHECK(school.talk(id).rung == TalkRung::received);
    CHECK(school.refusal("kiosk", AgreeTalk{card}) == Refusal::WrongMoment);
    school.on("h-sam", OfferTalk{id, school.now + 30 * minute, {"nest"}});
    CHECK(school.talk(id).rung == TalkRung::offered);
    school.on("kiosk", AgreeTalk{card});
    CHECK(school.talk(id).rung == TalkRung::agreed);
    school.wait(31 * minute);
    school.on("h-sam", MeetTalk{id});
    school.on("kiosk", RateTalk{card, TalkFeedback::heard});
    CHECK(school.state.talks.empty());
    CHECK(school.state.talk_dues.empty());
    CHECK(school.state.talk_of.empty());
}

TEST_CASE("they know only when an unlocked handset of that adult has shown it") {
    Kiosk school;
    const TalkId id = school.ask();
    school.on("h-sam", Lock{});
    CHECK(school.sees(id, "h-sam") == TalkRelation::none);
    CHECK(school.refusal("h-sam", ReportTalkShown{id}) == Refusal::NoSuchTalk);
    CHECK(school.refusal("station", ReportTalkShown{id}) == Refusal::NoSuchTalk);
    CHECK(school.talk(id).rung == TalkRung::asked);
}

TEST_CASE("nobody but the asked adult sees a talk, and no shared screen ever") {
    Kiosk school;
    const TalkId id = school.ask();
    for (const auto* device : {"room-oak", "room-elm", "station", "h-ada", "h-lee", "kiosk"}) CHECK(school.sees(id, device) == TalkRelation::none);
    CHECK(school.sees(id, "h-sam") == TalkRelation::asked);
    CHECK(school.sees(id, "kiosk", true) == TalkRelation::child);
    CHECK(school.sees(id, "room-oak", true) == TalkRelation::none);
    school.on("kiosk", AskSomeoneElse{card});
    CHECK(school.sees(id, "h-sam") == TalkRelation::none);
    CHECK(school.sees(id, "h-ada") == TalkRelation::asked);
}

TEST_CASE("someone else is the next in the child's order, then whoever leads, and never the unwanted one again") {
    Kiosk school;
    const TalkId id = school.ask(TalkSymbol::speak, "ada");
    CHECK(school.talk(id).adult == PersonId{"ada"});
    school.on("kiosk", AskSomeoneElse{card});
    CHECK(school.talk(id).adult == PersonId{"sam"});
    school.on("kiosk", AskSomeoneElse{card});
    CHECK(school.talk(id).adult.empty());
    CHECK(school.sees(id, "h-lee") == TalkRelation::lead);
    school.on("h-lee", OfferTalk{id, school.now, {"office"}});
    CHECK(school.talk(id).adult == PersonId{"lee"});
    school.on("kiosk", AskSomeoneElse{card});
    CHECK(school.sees(id, "h-lee") == TalkRelation::none);
    school.check_watched();
    school.wait(15 * minute);
    CHECK(school.talk(id).rung == TalkRung::calling);  // nobody is left: the station sounds in the end
    school.check_watched();
}

TEST_CASE("no offer by the deadline goes on to the next adult, the lead, and then a call") {
    Kiosk school;
    const TalkId id = school.ask();
    school.on("h-sam", ReportTalkShown{id});
    school.wait(15 * minute);
    CHECK(school.talk(id).adult == PersonId{"ada"});
    CHECK(school.talk(id).rung == TalkRung::asked);
    school.wait(15 * minute);
    CHECK(school.talk(id).at_lead);
    CHECK(school.state.calls.empty());
    school.wait(15 * minute);
    REQUIRE(school.state.calls.size() == 1);
    const Call& call = school.state.calls.begin()->second;
    CHECK(call.talk == id);
    CHECK(call.child == ChildId{"p1"});
    CHECK(school.relation(call.id, "room-oak") == Relation::none);
    CHECK(school.relation(call.id, "station") == Relation::station);
}

TEST_CASE("an adult who is not here costs no time, and is never said to know") {
    Kiosk school({"ada", "lee"});
    const TalkId id = school.ask();
    CHECK(school.talk(id).adult == PersonId{"ada"});
    CHECK(school.talk(id).rung == TalkRung::asked);
    school.on("h-ada", ReportTalkShown{id});
    school.on("h-ada", SignOut{});
    CHECK(school.talk(id).at_lead);
    CHECK(school.talk(id).rung == TalkRung::asked);
    school.on("h-lee", SignOut{});
    school.start_duty("sam");
    CHECK(school.talk(id).adult == PersonId{"sam"});
    school.check_watched();
}

TEST_CASE("nobody knows any more once the lead who did has gone") {
    Kiosk school({"lee"});
    const TalkId id = school.ask();
    school.on("h-lee", ReportTalkShown{id});
    CHECK(school.talk(id).rung == TalkRung::received);
    const Ms due = school.talk(id).due;
    school.on("h-lee", SignOut{});
    CHECK(school.talk(id).rung == TalkRung::asked);
    CHECK(school.talk(id).due == due);
}

TEST_CASE("a promise of an adult who has gone home is missed, and goes on at once") {
    Kiosk school;
    const TalkId id = school.ask();
    school.on("h-sam", OfferTalk{id, school.now + 20 * minute, {"nest"}});
    school.on("h-sam", SignOut{});
    CHECK(school.talk(id).rung == TalkRung::offered);
    school.wait(30 * minute);
    CHECK(school.talk(id).adult == PersonId{"ada"});
    CHECK(school.talk(id).owed);
}

TEST_CASE("nobody at all is on duty: a call sounds at the station in the end") {
    Kiosk school(std::vector<std::string>{});
    const TalkId id = school.ask();
    CHECK(school.talk(id).at_lead);
    school.wait(15 * minute);
    REQUIRE(school.state.calls.size() == 1);
    CHECK(school.state.calls.begin()->second.station_called);
}

TEST_CASE("a promise that is missed is owed the same day, and goes on when it is not made good") {
    Kiosk school;
    const TalkId id = school.ask();
    school.on("h-sam", OfferTalk{id, school.now + 20 * minute, {"nest"}});
    school.on("kiosk", AgreeTalk{card});
    school.wait(30 * minute);
    CHECK(school.talk(id).rung == TalkRung::missed);
    CHECK(school.talk(id).owed);
    CHECK(school.count<TalkMissed>() == 1);
    CHECK(school.refusal("h-sam", OfferTalk{id, school.now + 10 * 60 * minute, {"nest"}}) == Refusal::TalkTime);
    school.wait(15 * minute);
    CHECK(school.talk(id).adult == PersonId{"ada"});
    CHECK(school.talk(id).owed);
    school.on("h-ada", OfferTalk{id, school.now + 5 * minute, {"nest"}});
    school.on("h-ada", MeetTalk{id});
    CHECK_FALSE(school.talk(id).owed);
}

TEST_CASE("a promise nobody agreed to is kept all the same, or missed, never forgotten") {
    Kiosk school;
    const TalkId id = school.ask();
    school.on("h-sam", OfferTalk{id, school.now + 20 * minute, {"nest"}});
    school.wait(30 * minute);
    CHECK(school.talk(id).rung == TalkRung::missed);
}

TEST_CASE("what is taken back leaves the state and stays in the journal") {
    Kiosk school;
    const TalkId id = school.ask();
    school.on("h-sam", ReportTalkShown{id});
    school.on("kiosk", TakeBackTalk{card});
    CHECK(school.state.talks.empty());
    CHECK(school.state.talk_dues.empty());
    CHECK(school.count<TalkAsked>() == 1);
    CHECK(school.count<TalkTakenBack>() == 1);
    CHECK(school.refusal("h-sam", OfferTalk{id, school.now, {"nest"}}) == Refusal::NoSuchTalk);
}

TEST_CASE("urgent is a call at once, with the child's own adult first and no room in it") {
    Kiosk school;
    const TalkId id = school.ask(TalkSymbol::urgent);
    REQUIRE(school.state.calls.size() == 1);
    const CallId call = school.state.calls.begin()->first;
    CHECK(school.talk(id).rung == TalkRung::calling);
    CHECK(school.asked(call) == std::vector<std::string>{"sam"});
    CHECK(school.helps(call, "h-sam"));
    CHECK(school.relation(call, "room-oak") == Relation::none);
    CHECK(school.relation(call, "kiosk") == Relation::none);
    CHECK(school.refusal("room-oak", WithdrawCall{call}) == Refusal::NoSuchCall);
    school.on("kiosk", AskTalk{card, {}, TalkSymbol::urgent, TalkWhen::now});
    CHECK(school.state.calls.size() == 1);
    // A press in the same room is a call of its own.
    const CallId of_room = school.raise(2);
    CHECK(school.state.calls.size() == 2);
    CHECK(of_room != call);
    school.on("h-sam", AcceptCall{call, true, {}});
    school.on("h-sam", ArriveCall{call});
    school.on("h-sam", SettleCall{call});
    school.on("h-sam", CloseCall{call, {}, {}});
    CHECK(school.state.talks.empty());
    CHECK(school.state.call_at.at({"oak"}) == of_room);
}

TEST_CASE("an open talk becomes urgent as itself") {
    Kiosk school;
    const TalkId id = school.ask();
    school.on("kiosk", AskTalk{card, {}, TalkSymbol::urgent, TalkWhen::now});
    CHECK(school.talk(id).rung == TalkRung::calling);
    CHECK(school.sees(id, "h-sam") == TalkRelation::none);  // the call is what they see now
    school.on("kiosk", TakeBackTalk{card});
    CHECK(school.state.talks.empty());
    CHECK(school.state.calls.begin()->second.withdraw_asked);  // somebody looks in all the same
}

TEST_CASE("hello and speak go the same way, and a hello may be waved back") {
    Kiosk one, other;
    one.ask(TalkSymbol::hello);
    other.ask(TalkSymbol::speak);
    CHECK(one.last.size() == other.last.size());
    const TalkId id = one.state.talk_of.at({"p1"});
    one.on("h-sam", MeetTalk{id});
    CHECK(one.talk(id).rung == TalkRung::met);
    CHECK(other.refusal("h-sam", MeetTalk{other.state.talk_of.at({"p1"})}) == Refusal::WrongMoment);
}

TEST_CASE("a new card makes the old one worthless, and no card is good anywhere but at a kiosk") {
    Kiosk school;
    school.ask();
    CHECK(school.refusal("kiosk", AskTalk{card, {}, TalkSymbol::speak, TalkWhen::soon}) == Refusal::AlreadyAsked);
    CHECK(school.refusal("h-sam", TakeBackTalk{card}) == Refusal::NotYours);
    CHECK(school.refusal("room-oak", TakeBackTalk{card}) == Refusal::NotYours);
    school.local(IssueCard{{"p1"}, test::digest("new")});
    CHECK(school.refusal("kiosk", TakeBackTalk{card}) == Refusal::CardNotKnown);
    school.on("kiosk", TakeBackTalk{test::digest("new")});
    CHECK(school.refusal("kiosk", RaiseCall{1, 0, {}, false}) == Refusal::NotYours);
}

TEST_CASE("a pointer for the safeguarding lead waits until it is taken") {
    Kiosk school;
    const TalkId id = school.ask();
    school.on("h-sam", OfferTalk{id, school.now, {"nest"}});
    CHECK(school.refusal("h-sam", HandTalkToDsl{id}) == Refusal::WrongMoment);
    school.on("h-sam", MeetTalk{id});
    school.on("h-sam", HandTalkToDsl{id});
    CHECK(sensitivity_of(school.state, school.log.back()) == Sensitivity::s3);
    CHECK(school.sees(id, "h-lee") == TalkRelation::none);
    school.wait(15 * minute);
    CHECK(school.count<TalkPointerWaits>() == 1);
    school.start_duty("dee");
    CHECK(school.sees(id, "h-dee") == TalkRelation::dsl);
    CHECK(school.refusal("h-lee", TakeTalkPointer{id}) == Refusal::NoSuchTalk);
    // The child may ask anew meanwhile, and sees only that.
    const TalkId next = school.ask();
    CHECK(next != id);
    CHECK(school.sees(id, "kiosk", true) == TalkRelation::none);
    school.on("h-dee", TakeTalkPointer{id});
    CHECK_FALSE(school.state.talks.contains(id));
    CHECK(school.state.talk_of.at({"p1"}) == next);
}

TEST_CASE("a child who leaves the school takes card and talk along") {
    Kiosk school;
    school.ask();
    Directory without = school.state.directory;
    without.children.clear();
    school.local(ImportDirectory{without});
    CHECK(school.state.talks.empty());
    CHECK(school.state.cards.empty());
    CHECK(school.refusal("kiosk", AskTalk{card, {}, TalkSymbol::speak, TalkWhen::soon}) == Refusal::CardNotKnown);
}
