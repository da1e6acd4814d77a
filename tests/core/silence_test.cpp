// What the simulator found about silence and truth: each case is a world in which a call once waited for nothing, or a
// room was told of a sound that nobody heard.
#include <catch2/catch_test_macros.hpp>

#include "tests/core/school.hpp"

using namespace attune::core;
using namespace attune::core::test;
using People = std::vector<std::string>;

namespace {
Ms due(const School& school, CallId id, Deadline kind) { return school.call(id).due[static_cast<std::size_t>(kind)]; }
}  // namespace

TEST_CASE("a handset that nobody is signed in on no longer counts as ringing") {
    School school;
    const CallId id = school.raise(2);
    school.on("h-rex", ReportRinging{id});
    REQUIRE(school.call(id).rung == Rung::ringing);
    school.on("h-rex", SignOut{});
    CHECK(school.call(id).rung == Rung::received);
    CHECK(school.asked(id) == People{"rex", "una"});
    school.wait(5'000);
    CHECK(school.call(id).rung == Rung::not_delivered);
}

TEST_CASE("the only handset that sounded goes silent, others do not sound: the room hears the truth within 5 s") {
    School school;
    const CallId id = school.raise(1);
    school.on("h-una", ReportRinging{id});
    school.wait(30'000);
    school.silence("h-una");
    CHECK(school.call(id).rung == Rung::received);
    school.wait(4'999);
    CHECK(school.call(id).rung == Rung::received);
    school.wait(1);
    CHECK(school.call(id).rung == Rung::not_delivered);
    CHECK(school.call(id).station_called);
}

TEST_CASE("a call that is open again is ringing only once a device has said so again") {
    School school;
    const CallId id = school.raise(2);
    school.on("h-rex", ReportRinging{id});
    school.on("h-rex", AcceptCall{id, true, {}});
    school.wait(20'000);
    school.silence("h-rex");
    CHECK(school.call(id).rung == Rung::received);
    school.on("h-una", ReportRinging{id});
    CHECK(school.call(id).rung == Rung::ringing);
}

TEST_CASE("an owned call that still asks for adults, with nobody left to ask, does not fill the log") {
    School school({"rex"});
    const CallId id = school.raise(2);
    school.on("h-rex", AcceptCall{id, true, {}});
    school.on("h-rex", AskHelper{id});
    CHECK(school.call(id).station_called);
    school.wait(60'000);
    CHECK(school.count<RingOverdue>() <= 1);
    CHECK(due(school, id, Deadline::resound) != 0);
}

TEST_CASE("asking for two adults sounds again for those who were asked before") {
    School school;
    const CallId id = school.raise(2);
    school.on("h-rex", AcceptCall{id, true, {}});
    const auto sounds = school.call(id).sounds;
    school.on("room-oak", AddNote{id, Note::two_adults});
    CHECK(school.call(id).sounds > sounds);
}

TEST_CASE("handing over frees an adult for a call that waits") {
    School school({"rex", "lee"});
    const CallId first = school.raise(2);
    school.on("h-rex", AcceptCall{first, true, {}});
    school.on("h-rex", ArriveCall{first});
    const CallId second = school.raise(2, "room-elm");
    CHECK(school.asked(second) == People{"lee"});
    school.on("h-rex", HandOverCall{first, {"lee"}});
    CHECK(school.asked(second) == People{"lee", "rex"});
}
