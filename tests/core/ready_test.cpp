// Readiness and drills: what is proven, what is listed before the bell and whose it is, what is only practised, and that a
// real call ends all practice at once.
#include <catch2/catch_test_macros.hpp>

#include "hub/core/cover.hpp"
#include "hub/core/ready_rules.hpp"
#include "tests/core/school.hpp"

using namespace attune::core;
using namespace attune::core::test;

namespace {

constexpr Ms minute = 60'000;

struct Morning : School {
    using School::School;
    Ms midnight = 0;

    /// The list is due in an hour, the bell half an hour later.
    void begin() {
        midnight = now;
        hub(BeginReadyDay{now, now + 60 * minute, now + 90 * minute, now + 1'440 * minute});
    }
    const ReadyItem* item(const std::string& device) const {
        const auto found = state.readiness.items.find({device});
        return found == state.readiness.items.end() ? nullptr : &found->second;
    }
    CallId test(const std::string& room, Practice practice = Practice::test) {
        on(room, RaiseCall{1, now, {}, true, practice});
        return state.call_at.at(state.devices.at({room}).place);
    }
    void prove_room(const std::string& room) {
        const CallId call = test(room);
        on("station", ReportRinging{call});
        on(room, ConfirmTest{call});
    }
    void prove_station() {
        on("station", TestStation{});
        on("station", ConfirmStation{true});
    }
    void prove_handsets() {
        for (const auto* person : {"sam", "ada", "rex", "una", "lee"}) on(std::string("h-") + person, ProveHandset{true, true});
    }
};

}  // namespace

TEST_CASE("a room is proven by a press that sounded and came back to its own screen, and by nothing less") {
    Morning school;
    school.begin();
    const CallId call = school.test("room-oak");
    CHECK(school.call(call).drill);
    CHECK(school.call(call).station_called);
    CHECK(school.asked(call).empty());  // a station, not the school
    CHECK(school.refusal("room-oak", ConfirmTest{call}) == Refusal::TestNotHeard);
    school.on("station", ReportRinging{call});
    CHECK_FALSE(proven_today(school.state, {"room-oak"}));
    CHECK(school.refusal("room-elm", ConfirmTest{call}) == Refusal::NoSuchCall);
    school.on("room-oak", ConfirmTest{call});
    CHECK(proven_today(school.state, {"room-oak"}));
    CHECK(school.state.calls.empty());
    CHECK(carried_today(school.state, {"lee"}, school.now) == 0);
}

TEST_CASE("a test that does not come back is over after half a minute and proves nothing") {
    Morning school;
    school.begin();
    school.silence("station");
    school.test("room-oak");
    school.wait(31'000);
    CHECK(school.state.calls.empty());
    CHECK(school.count<TestNotThrough>() == 1);
    CHECK_FALSE(proven_today(school.state, {"room-oak"}));
    CHECK(school.state.ready_due.size() == 2);  // the list and the day: nothing of the test is left
}

TEST_CASE("a station that can't sound is passed over: the test rings where those who lead are") {
    Morning school;
    school.begin();
    school.beat("station", {Fault::sound_locked});
    CHECK(school.asked(school.test("room-oak")) == std::vector<std::string>{"lee"});
}

TEST_CASE("a station counts once a person has heard it, and a calm space's tablet as a room") {
    Morning school;
    school.begin();
    CHECK(school.refusal("station", ConfirmStation{true}) == Refusal::TestNotHeard);
    school.prove_station();
    CHECK(proven_today(school.state, {"station"}));
    school.enrol("nest-tablet", DeviceKind::calm_space, "nest");
    school.beat("nest-tablet");
    school.prove_room("nest-tablet");
    CHECK(proven_today(school.state, {"nest-tablet"}));
}

TEST_CASE("what is not ready is listed before the bell, each with a runner, shared fairly, and is struck when it is proven") {
    Morning school;
    school.begin();
    school.prove_handsets();
    school.prove_station();
    school.prove_room("room-elm");
    school.wait(60 * minute - 1);
    CHECK(school.state.readiness.items.empty());
    school.wait(1);
    REQUIRE(school.item("room-oak") != nullptr);
    CHECK(school.state.readiness.items.size() == 1);
    CHECK(school.state.readiness.day.listed);
    CHECK(school.now < school.state.readiness.day.bell);
    // Of those who have had nothing today, whoever is near.
    const PersonId runner = school.item("room-oak")->runner;
    CHECK(school.state.directory.people.at(runner).base != PlaceId{"elm"});
    school.on("h-" + runner.value.str(), GoLook{{"room-oak"}});
    CHECK(school.item("room-oak")->goes);
    school.prove_room("room-oak");
    CHECK(school.item("room-oak") == nullptr);
}

TEST_CASE("a runner who does not get to it is followed by another; nobody stays asked alone, and it never drops off the list") {
    Morning school;
    school.begin();
    school.prove_handsets();
    school.prove_station();
    school.prove_room("room-elm");
    school.wait(60 * minute);
    std::set<PersonId> asked;
    for (int round = 0; round < 5; ++round) {
        REQUIRE(school.item("room-oak") != nullptr);
        asked.insert(school.item("room-oak")->runner);
        school.wait(10 * minute);
    }
    CHECK(asked.size() == 5);
    CHECK(school.item("room-oak")->late);
    CHECK_FALSE(school.item("room-oak")->runner.empty());
}

TEST_CASE("without anybody on duty it stays listed, and the first who comes is asked") {
    Morning school(std::vector<std::string>{});
    school.begin();
    school.wait(60 * minute);
    REQUIRE(school.item("room-oak") != nullptr);
    CHECK(school.item("room-oak")->runner.empty());
    school.start_duty("rex");
    CHECK(school.item("room-oak")->runner == PersonId{"rex"});
    school.on("h-rex", SignOut{});
    CHECK(school.item("room-oak")->runner.empty());
}

TEST_CASE("a duty lead or a station names somebody; letting it be takes a person and a reason") {
    Morning school;
    school.begin();
    school.wait(60 * minute);
    school.on("station", NameRunner{{"room-oak"}, {"una"}});
    CHECK(school.item("room-oak")->runner == PersonId{"una"});
    CHECK(school.refusal("h-sam", NameRunner{{"room-oak"}, {"ada"}}) == Refusal::NotYourRole);
    CHECK(school.refusal("station", ExcuseDevice{{"room-oak"}, Excuse::not_used_today}) == Refusal::NotYours);
    const std::string other = school.item("room-elm")->runner == PersonId{"sam"} ? "h-ada" : "h-sam";
    CHECK(school.refusal(other, ExcuseDevice{{"room-elm"}, Excuse::not_used_today}) == Refusal::NotYourRole);
    school.on("h-una", ExcuseDevice{{"room-oak"}, Excuse::not_used_today});
    CHECK(school.item("room-oak") == nullptr);
    CHECK(excused_today(school.state, {"room-oak"}));
    CHECK(school.refusal("h-lee", ExcuseDevice{{"nothing"}, Excuse::replaced}) == Refusal::NoSuchDevice);
}

TEST_CASE("yesterday's proof is not today's, and a device that falls silent before the bell is listed again") {
    Morning school;
    school.begin();
    school.prove_handsets();
    school.prove_station();
    school.prove_room("room-oak");
    school.prove_room("room-elm");
    school.wait(60 * minute);
    CHECK(school.state.readiness.items.empty());
    school.silence("room-oak");
    REQUIRE(school.item("room-oak") != nullptr);
    CHECK(school.item("room-oak")->why == NotReady::silent);
    school.beat("room-oak");
    CHECK(school.item("room-oak") == nullptr);
    school.wait(1'440 * minute - 60 * minute);
    CHECK(school.state.readiness.day.to_due == 0);
    school.begin();
    CHECK_FALSE(proven_today(school.state, {"room-oak"}));
    school.wait(60 * minute);
    CHECK(school.item("room-oak") != nullptr);
}

TEST_CASE("the timetable's first lesson sets the list, and a day without lessons has none") {
    Morning school;
    school.begin();
    const Ms lesson = school.now + 120 * minute;
    school.local(ImportTimetable{{}, {{lesson, lesson + 10 * minute, lesson + 300 * minute}}});
    CHECK(school.state.readiness.day.list_due == lesson - 30 * minute);
    CHECK(school.state.readiness.day.bell == lesson);
    school.local(ImportTimetable{{}, {{lesson + 4'320 * minute, lesson + 4'330 * minute, lesson + 4'620 * minute}}});
    CHECK(school.state.readiness.day.list_due == 0);
    school.wait(600 * minute);
    CHECK(school.state.readiness.items.empty());
}

TEST_CASE("a personal drill asks one adult, makes nobody busy, counts nowhere and ends by itself") {
    Morning school;
    school.on("room-oak", RaiseCall{1, school.now, {}, true, Practice::personal});
    const CallId drill = school.state.call_at.at({"oak"});
    REQUIRE(school.asked(drill).size() == 1);
    const std::string adult = school.asked(drill).front();
    CHECK_FALSE(school.call(drill).station_called);
    school.on("h-" + adult, ReportRinging{drill});
    school.on("h-" + adult, AcceptCall{drill, true, {}});
    CHECK(availability(school.state, {adult}, school.now) == Availability::free);
    CHECK(carried_today(school.state, {adult}, school.now) == 0);
    school.wait(119'999);
    CHECK(school.state.calls.size() == 1);
    school.wait(1);
    CHECK(school.state.calls.empty());
    CHECK(school.state.readiness.drills.empty());
    CHECK(school.state.readiness.pressed.empty());
}

TEST_CASE("on a handset a personal drill is with a room and its own adult; who can't is left alone at once") {
    Morning school;
    school.on("h-sam", RaiseCall{1, school.now, {"elm"}, true, Practice::personal});
    const CallId drill = school.state.call_at.at({"elm"});
    CHECK(school.asked(drill) == std::vector<std::string>{"sam"});
    CHECK(school.relation(drill, "room-elm") == Relation::raiser);
    CHECK(school.state.readiness.pressed.contains({"sam"}));
    school.on("h-sam", DeclineCall{drill});
    CHECK(school.state.calls.empty());
    school.on("h-ada", SetAvailability{Declared::with_child, 0});
    CHECK(school.refusal("h-ada", RaiseCall{1, school.now, {"elm"}, true, Practice::personal}) == Refusal::NobodyToPractise);
}

TEST_CASE("a real call ends every drill in the step that raises it, and nobody practises while somebody is waited for") {
    Morning school;
    school.on("h-lee", StartSiteDrill{});
    school.on("h-sam", RaiseCall{1, school.now, {"elm"}, true, Practice::personal});
    const CallId drill = school.state.call_at.at({"elm"});
    school.on("h-sam", AcceptCall{drill, true, {}});
    const CallId real = school.raise(2);
    CHECK(school.state.calls.size() == 1);
    CHECK_FALSE(school.state.readiness.site_drill);
    CHECK(school.call(real).offers.contains({"rex"}));
    CHECK(school.refusal("room-elm", RaiseCall{1, school.now, {}, true, Practice::test}) == Refusal::DrillWaits);
    CHECK(school.refusal("h-lee", StartSiteDrill{}) == Refusal::DrillWaits);
    school.on("h-rex", ReportRinging{real});
    school.on("h-rex", AcceptCall{real, true, {}});
    CHECK(school.refusal("room-elm", RaiseCall{1, school.now, {}, true, Practice::test}) == Refusal::DrillWaits);
    school.on("h-rex", ArriveCall{real});
    const CallId test = school.test("room-elm");
    school.on("h-rex", AskHelper{real});  // people are wanted again
    CHECK_FALSE(school.state.calls.contains(test));
}

TEST_CASE("a real press in the very room that practises is a real call, at once") {
    Morning school;
    school.test("room-oak");
    const CallId real = school.raise(3);
    CHECK_FALSE(school.call(real).drill);
    CHECK(school.state.calls.size() == 1);
    CHECK(school.state.readiness.drills.empty());
}

TEST_CASE("a site drill asks every room once and ends when all have come through; rooms that never pressed are known") {
    Morning school;
    CHECK(school.refusal("room-oak", RaiseCall{1, school.now, {}, true, Practice::site}) == Refusal::NoDrill);
    CHECK(school.refusal("h-sam", StartSiteDrill{}) == Refusal::NotYourRole);
    school.on("h-lee", StartSiteDrill{});
    for (const auto* room : {"room-oak", "room-elm"}) {
        REQUIRE(school.state.readiness.site_drill);
        CHECK(mark_of(school.state, {room}).pressed_at == 0);
        const CallId call = school.test(room, Practice::site);
        school.on("station", ReportRinging{call});
        school.on(room, ConfirmTest{call});
        CHECK(mark_of(school.state, {room}).pressed_at == school.now);
    }
    CHECK_FALSE(school.state.readiness.site_drill);
    school.on("h-lee", StartSiteDrill{});
    school.wait(20 * minute);
    CHECK_FALSE(school.state.readiness.site_drill);
}
