// One school day as the core decides it: who is greeted, check-ins kept, missed and moved, notes that end with the day, a
// visit that school's end has left open, and talk time's clock, which counts school time alone.
#include <catch2/catch_test_macros.hpp>

#include "hub/core/day_audience.hpp"
#include "hub/core/day_rules.hpp"
#include "hub/core/visit_audience.hpp"
#include "tests/core/school.hpp"

using namespace attune::core;
using namespace attune::core::test;

namespace {

constexpr Ms minute = 60'000, hour = 3'600'000, day_ms = 24 * hour;

/// School begins in ten minutes, for six hours; the same tomorrow. p1's adults are Sam, then Ada; Lee leads.
struct Morning : School {
    Ms from = now + 10 * minute, to = from + 6 * hour;

    explicit Morning(std::vector<PlannedCheckin> checkins = {}, std::vector<std::string> on_duty = {"sam", "ada", "rex", "una", "lee"}) : School(std::move(on_duty)) {
        plan(std::move(checkins));
    }
    void plan(std::vector<PlannedCheckin> checkins) {
        ImportTimetable import;
        import.days = {{from, from + hour, to}, {from + day_ms, from + day_ms + hour, to + day_ms}};
        import.slots[{"rex"}] = {{from + hour, from + 2 * hour, SlotKind::teaching, {"oak"}}};
        if (!checkins.empty()) import.checkins[{"p1"}] = std::move(checkins);
        local(import);
    }
    void until(Ms at) { wait(at - now); }
    void bell() { until(from); }
    const Greeting& greeting() const { return state.today.greetings.at({"p1"}); }
    const Checkin& checkin() const { return state.today.checkins.begin()->second; }
    CheckinId id() const { return state.today.checkins.begin()->first; }
};

SealedText words(char c) { return {std::string(8, c)}; }

}  // namespace

TEST_CASE("a child on a plan is not greeted yet from the first bell until an adult says so") {
    Morning school;
    CHECK(school.state.today.greetings.empty());
    CHECK(school.refusal("h-sam", GreetChild{{"p1"}}) == Refusal::NoSchoolDay);
    school.bell();
    CHECK(school.greeting().step == GreetingStep::not_greeted);
    CHECK(not_greeted(school.state) == 1);
    CHECK(school.refusal("room-oak", GreetChild{{"p1"}}) == Refusal::NotYours);
    CHECK(school.refusal("h-una", GreetChild{{"p1"}}) == Refusal::NotYoursToday);  // teaches elsewhere, and is not at the door
    school.on("h-una", TakeDoor{});
    school.on("h-una", GreetChild{{"p1"}});
    CHECK(school.greeting().step == GreetingStep::greeted);
    CHECK(school.greeting().by == PersonId{"una"});
    CHECK(school.on("h-sam", GreetChild{{"p1"}}).empty());  // the same word twice is one
    school.on("h-una", GreetChild{{"p1"}, true});
    CHECK(school.greeting().step == GreetingStep::not_greeted);
    school.on("h-una", LeaveDoor{});
    CHECK(school.refusal("h-una", GreetChild{{"p1"}}) == Refusal::NotYoursToday);
    school.on("h-sam", Lock{});
    CHECK(school.refusal("h-sam", GreetChild{{"p1"}}) == Refusal::NobodySignedIn);
}

TEST_CASE("who is not greeted in time goes to the named adult, the alternates, whoever leads, and ends only with a person") {
    Morning school;
    school.bell();
    school.wait(15 * minute - 1);
    CHECK_FALSE(school.greeting().task);
    school.wait(1);
    CHECK(school.greeting().adult == PersonId{"sam"});
    CHECK(relation_to(school.state, school.greeting(), {"p1"}, {"sam"}) == DayRelation::asked);
    school.wait(15 * minute);
    CHECK(school.greeting().adult == PersonId{"ada"});
    school.on("h-ada", SignOut{});  // who goes off duty takes nothing along
    CHECK(school.greeting().adult.empty());
    CHECK(relation_to(school.state, school.greeting(), {"p1"}, {"lee"}) == DayRelation::lead);
    const auto reminders = school.greeting().reminders;
    school.wait(hour);
    CHECK(school.greeting().reminders > reminders);
    CHECK(school.greeting().task);
    school.until(school.to);  // a day without a word: the next one begins with that
    CHECK(school.state.today.from == 0);
    school.until(school.from + day_ms);
    CHECK(school.greeting().carried);
    school.on("h-lee", MarkNotIn{{"p1"}});
    CHECK(school.greeting().step == GreetingStep::not_in);
    CHECK_FALSE(school.greeting().carried);
    CHECK(school.state.today.dues.size() == 1);  // of the list alone
}

TEST_CASE("a planned check-in is kept, or goes on until a person has kept or ended it") {
    Morning school({{1'000'000 + 10 * minute + 2 * hour, {}}});
    school.bell();
    REQUIRE(school.state.today.checkins.size() == 1);
    CHECK(school.checkin().step == CheckinStep::planned);
    school.wait(2 * hour);
    CHECK(school.checkin().step == CheckinStep::due);
    CHECK(school.checkin().adult == PersonId{"sam"});
    CHECK(school.refusal("h-una", KeepCheckin{school.id()}) == Refusal::NoSuchCheckin);
    school.wait(15 * minute);
    CHECK(school.checkin().adult == PersonId{"ada"});
    CHECK(school.checkin().missed == 1);
    school.on("h-ada", PassCheckin{school.id()});
    CHECK(school.checkin().at_lead);
    CHECK(school.refusal("h-lee", PassCheckin{school.id()}) == Refusal::NoSuchCheckin);  // the end of the order
    CHECK(school.refusal("h-lee", EndCheckin{school.id(), CheckinEnd::child_left}) == Refusal::OutOfRange);
    SECTION("nobody has time: it is there tomorrow") {
        school.until(school.to + hour);
        CHECK(school.checkin().open());
        const std::size_t events = school.log.size();
        school.until(school.from + day_ms - minute);
        CHECK(school.log.size() < events + 5);  // and is calm overnight
        school.bell();
        school.until(school.from + day_ms);
        CHECK(school.checkin().adult == PersonId{"sam"});
        school.on("h-sam", KeepCheckin{school.id()});
        CHECK(school.checkin().step == CheckinStep::kept);
    }
    SECTION("whoever leads ends it with a reason") {
        school.on("h-lee", EndCheckin{school.id(), CheckinEnd::child_said_no});
        CHECK(school.checkin().step == CheckinStep::ended);
        CHECK(get<CheckinEnded>(school.last.back().fact).person == PersonId{"lee"});
    }
    SECTION("or promises it for later today") {
        CHECK(school.refusal("h-lee", MoveCheckin{school.id(), school.now}) == Refusal::CheckinTime);
        CHECK(school.refusal("h-lee", MoveCheckin{school.id(), school.to}) == Refusal::CheckinTime);
        school.on("h-lee", MoveCheckin{school.id(), school.now + hour});
        CHECK(school.checkin().step == CheckinStep::planned);
        school.wait(hour);
        CHECK(school.checkin().adult == PersonId{"lee"});
        school.on("h-lee", KeepCheckin{school.id()});
        CHECK(school.checkin().step == CheckinStep::kept);
        school.until(school.to);
        CHECK(school.state.today.checkins.empty());
    }
}

TEST_CASE("not in today ends today's check-ins with that reason, and coming late brings them back") {
    Morning school({{1'000'000 + 10 * minute + 2 * hour, {"rex"}}});
    school.bell();
    school.on("h-sam", MarkNotIn{{"p1"}});
    CHECK(school.checkin().step == CheckinStep::ended);
    school.on("h-ada", GreetChild{{"p1"}});
    CHECK(school.checkin().step == CheckinStep::planned);
    school.wait(2 * hour);
    CHECK(school.checkin().adult == PersonId{"rex"});  // as the school has planned, though not of the child's order
}

TEST_CASE("an import that knows a check-in no more ends it and says so; one that moves the hours begins no day") {
    Morning school({{1'000'000 + 10 * minute + 2 * hour, {}}});
    school.bell();
    school.on("h-sam", GreetChild{{"p1"}});
    school.to += 10 * minute;
    school.plan({{school.from + 3 * hour, {}}});
    CHECK(school.greeting().step == GreetingStep::greeted);
    REQUIRE(school.state.today.checkins.size() == 2);
    CHECK(school.checkin().why == CheckinEnd::plan_changed);
    CHECK(school.state.today.checkins.rbegin()->second.planned_at == school.from + 3 * hour);
}

TEST_CASE("a note is read by whoever meets the child today, and is gone with the day") {
    Morning school;
    CHECK(school.refusal("h-una", WriteNote{{"p1"}, words('a')}) == Refusal::NotYoursToday);
    CHECK(school.refusal("station", WriteNote{{"p1"}, words('a')}) == Refusal::NotYours);
    school.on("h-sam", WriteNote{{"p1"}, words('a')});  // before the first bell: for today
    school.bell();
    REQUIRE(school.state.today.notes.size() == 1);
    const auto sees = [&](const std::string& person) { return sees_note(school.state, school.state.today.notes.begin()->second, {person}); };
    CHECK(sees("sam"));
    CHECK(sees("ada"));
    CHECK(sees("rex"));  // teaches where the child is due
    CHECK_FALSE(sees("una"));
    CHECK_FALSE(sees("lee"));
    const CallId call = school.raise(1);
    school.on("room-oak", ChooseChild{call, {"p1"}});
    for (const char* handset : {"h-sam", "h-ada"}) school.silence(handset);
    school.wait(3 * minute);
    school.on("h-una", AcceptCall{call, true, {}});
    CHECK(sees("una"));
    school.on("h-una", DeclineCall{call});
    CHECK_FALSE(sees("una"));

    school.on("h-lee", WriteNote{{"p1"}, words('b')});
    CHECK(school.state.today.notes.size() == 2);
    school.on("h-sam", WriteNote{{"p1"}, words('c')});  // in place of the first
    CHECK(school.state.today.notes.size() == 2);
    school.on("h-lee", WriteNote{{"p1"}, {}});
    CHECK(school.state.today.notes.size() == 1);
    school.until(school.to - 1);
    CHECK(school.state.today.notes.size() == 1);
    school.wait(1);
    CHECK(school.state.today.notes.empty());
    CHECK(school.refusal("h-sam", WriteNote{{"p1"}, words('d')}) == Refusal::NoSchoolDay);  // tomorrow is too far ahead yet
    school.wait(3 * hour);
    school.on("h-sam", WriteNote{{"p1"}, words('d')});  // in the evening, for tomorrow
    school.until(school.from + day_ms + hour);
    CHECK(sees("ada"));
    CHECK_FALSE(sees("rex"));  // teaches elsewhere tomorrow
    school.until(school.to + day_ms);
    CHECK(school.state.today.notes.empty());
}

TEST_CASE("a visit that school's end has left open is said at calm intervals to whoever leads, and called for once at most") {
    Morning school;
    school.enrol("nest-door", DeviceKind::calm_space, "nest");
    school.beat("nest-door");
    school.bell();
    school.on("nest-door", OpenSpace{{}, {"una"}});
    school.until(school.to - 5 * minute);
    school.on("room-oak", OfferVisit{{}, {}, {"p1"}});
    const VisitId id = school.state.visits.rbegin()->first;
    school.on("room-oak", ChooseVisit{id, Company::alone});
    school.on("nest-door", ArriveVisit{id, true});
    school.until(school.to);
    const Visit& visit = school.state.visits.at(id);
    CHECK(visit.left_open);
    CHECK(visit_seer_of(school.state, visit, school.state.devices.at({"h-lee"})) == VisitSeer{{"h-lee"}, VisitRelation::lead, false, false, false});
    CHECK(visit_seer_of(school.state, visit, school.state.devices.at({"station"})).relation == VisitRelation::station);
    school.wait(10 * minute);
    school.silence("nest-door");  // the tablet is switched off for the night
    CHECK(school.count<UnattendedOpened>() == 1);
    school.wait(12 * hour);
    CHECK(school.count<UnattendedAlarm>() == 1);  // in the record for good
    CHECK(school.count<CallRaised>() == 0);
    CHECK(visit.reminders == 25);
    CHECK(visit.due[static_cast<std::size_t>(CareDue::stay)] > school.now);
    CHECK(school.refusal("h-una", EndLeftVisit{id}) == Refusal::NoSuchVisit);
    school.on("h-lee", EndLeftVisit{id});
    CHECK(school.state.visits.empty());
    CHECK(school.count<UnattendedEnded>() == 1);
}

TEST_CASE("a visit that begins after school is called for once when nobody answers, and then said calmly") {
    Morning school;
    school.enrol("nest-door", DeviceKind::calm_space, "nest");
    school.beat("nest-door");
    school.until(school.to + hour);
    school.on("nest-door", OpenSpace{{}, {"una"}});
    school.on("nest-door", OfferVisit{{}, {}, {}});
    const VisitId id = school.state.visits.rbegin()->first;
    school.on("nest-door", ArriveVisit{id, false});  // could not leave: a record, and a question every five minutes
    school.wait(11 * minute);
    CHECK(school.count<CallRaised>() == 1);
    CHECK(school.state.visits.at(id).left_open);
    school.silence("nest-door");
    school.wait(5 * hour);
    CHECK(school.count<CallRaised>() == 1);
}

TEST_CASE("talk time's clock counts school time alone") {
    Morning school;
    const Rota& rota = school.state.rota;
    CHECK(in_school_time(rota, school.from, 15 * minute) == school.from + 15 * minute);
    CHECK(in_school_time(rota, school.from - hour, 15 * minute) == school.from + 15 * minute);
    CHECK(in_school_time(rota, school.to - 5 * minute, 15 * minute) == school.from + day_ms + 10 * minute);
    CHECK_FALSE(in_school_time(rota, school.to + day_ms, 15 * minute).has_value());
    school.enrol("kiosk", DeviceKind::kiosk, "oak");
    school.local(IssueCard{{"p1"}, digest("card")});
    school.until(school.to - 5 * minute);
    school.on("kiosk", AskTalk{digest("card"), {"sam"}, TalkSymbol::speak, TalkWhen::soon});
    const TalkId talk = school.state.talks.begin()->first;
    CHECK(school.state.talks.at(talk).due == school.from + day_ms + 10 * minute);
    school.wait(12 * hour);
    CHECK(school.state.talks.at(talk).rung == TalkRung::asked);
    CHECK(school.count<TalkPassed>() == 0);
    school.until(school.from + day_ms + 10 * minute);
    CHECK(school.count<TalkPassed>() == 1);
}
