// Devices, PINs and the directory, as the core decides them.
#include <catch2/catch_test_macros.hpp>

#include "tests/core/school.hpp"

using namespace attune::core;
using test::digest;
using test::School;

TEST_CASE("a one-time code works once, for ten minutes, and again for the same device") {
    School school;
    const auto enrol = [&](const char* credential, const char* device) {
        return step(school.state, Command{{}, {}, school.now, school.now, 0, EnrolDevice{digest("c"), digest(credential), {device}}});
    };
    school.local(MakeEnrolmentCode{digest("c"), DeviceKind::room, {"elm"}, {}, 600'000});
    SECTION("too late") {
        school.now += 600'000;
        CHECK(get<Rejection>(enrol("a", "d1")).why == Refusal::CodeNotValid);
    }
    SECTION("in time, once") {
        school.now += 599'999;
        CHECK(std::get<std::vector<Event>>(enrol("a", "d1")).size() == 1);
        CHECK(std::get<std::vector<Event>>(enrol("a", "d2")).empty());
        CHECK(get<Rejection>(enrol("b", "d3")).why == Refusal::CodeNotValid);
        CHECK(school.state.devices.at({"d1"}).label == "elm");
    }
    CHECK(school.refusal("room-oak", MakeEnrolmentCode{digest("x"), DeviceKind::room, {"elm"}, {}, 1}) == Refusal::NotYours);
}

TEST_CASE("a device is renamed by the administrator alone, to something, and only while it is in") {
    School school({"sam"});
    CHECK(school.local(RenameDevice{{"h-sam"}, "The blue one"}).size() == 1);
    CHECK(school.state.devices.at({"h-sam"}).label == "The blue one");
    CHECK(school.local(RenameDevice{{"h-sam"}, "The blue one"}).empty());
    CHECK(school.refusal("h-sam", RenameDevice{{"h-sam"}, "Mine"}) == Refusal::NotYours);
    const auto why = [&](const char* device, const char* label) {
        return get<Rejection>(step(school.state, Command{{}, {Principal::Kind::local, {}}, school.now, school.now, 0, RenameDevice{{device}, label}})).why;
    };
    CHECK(why("h-sam", "") == Refusal::OutOfRange);
    CHECK(why("nobody", "x") == Refusal::NoSuchDevice);
    school.local(RevokeDevice{{"h-sam"}});
    CHECK(why("h-sam", "x") == Refusal::NoSuchDevice);
}

TEST_CASE("a PIN is chosen only on a handset made ready for that person, in its first ten minutes") {
    School school({"sam"});
    CHECK(school.refusal("h-sam", SetPin{{"ada"}, "x", digest("s")}) == Refusal::PinNotAllowed);
    school.now += 600'001;
    CHECK(school.refusal("h-sam", SetPin{{"sam"}, "x", digest("s")}) == Refusal::PinNotAllowed);
    CHECK(school.refusal("room-oak", SetPin{{"sam"}, "x", digest("s")}) == Refusal::NotYours);
}

TEST_CASE("wrong PINs: five tries, then a growing delay") {
    School school({"sam"});
    for (int n = 1; n <= 4; ++n) {
        school.on("h-sam", SignIn{{"sam"}, false, {}});
        CHECK(school.state.duties.at({"sam"}).pin_retry_at == 0);
    }
    school.on("h-sam", SignIn{{"sam"}, false, {}});
    CHECK(school.refusal("h-sam", SignIn{{"sam"}, true, digest("s")}) == Refusal::PinWait);
    school.now += 30'000;
    school.on("h-sam", SignIn{{"sam"}, false, {}});
    school.now += 30'001;
    CHECK(school.refusal("h-sam", SignIn{{"sam"}, true, digest("s")}) == Refusal::PinWait);
    school.now += 30'000;
    school.on("h-sam", SignIn{{"sam"}, true, digest("s")});
    CHECK(school.state.duties.at({"sam"}).pin_failures == 0);
}

TEST_CASE("one person on one handset: signing in elsewhere ends it here, and a call stays owned") {
    School school;
    const CallId id = school.raise(1);
    school.on("h-rex", AcceptCall{id, true, {}});
    school.enrol("spare", DeviceKind::handset, "");
    school.beat("spare");
    school.on("spare", SignIn{{"rex"}, true, digest("s")});
    CHECK(school.state.devices.at({"h-rex"}).signed_in.empty());
    CHECK(school.call(id).owner == PersonId{"rex"});
    CHECK(school.call(id).owner_device == DeviceId{"spare"});
}

TEST_CASE("a handset that can't ring makes its adult unreachable, whatever was declared") {
    School school({"sam"});
    const auto now = [&] { return availability(school.state, {"sam"}, school.now); };
    CHECK(now() == Availability::free);
    school.beat("h-sam", {Fault::battery_low, Fault::screen_may_sleep});
    CHECK(now() == Availability::free);
    school.beat("h-sam", {Fault::sound_locked});
    CHECK(now() == Availability::unreachable);
    school.beat("h-sam");
    school.silence("h-sam");
    CHECK(now() == Availability::unreachable);
    school.beat("h-sam");
    school.on("h-sam", ProveHandset{false, false});
    CHECK(now() == Availability::unreachable);
}

TEST_CASE("an import changes what differs, and a second one nothing") {
    School school;
    CHECK(school.local(ImportDirectory{test::directory()}).empty());
    Directory changed = test::directory();
    changed.people.erase({"sam"});
    changed.places[{"oak"}].route_hint = "Upper corridor";
    changed.policy.levels[0].arrive_ms = 1;
    school.local(ImportDirectory{changed});
    CHECK(school.state.directory.policy.version == 2);
    CHECK_FALSE(school.state.directory.people.contains({"sam"}));
    CHECK(availability(school.state, {"sam"}, school.now) == Availability::signed_out);
}

TEST_CASE("the policy is snapshotted into the call") {
    School school;
    const CallId id = school.raise(2);
    Directory changed = test::directory();
    changed.policy.levels[1].arrive_ms = 1;
    school.local(ImportDirectory{changed});
    school.on("h-rex", AcceptCall{id, true, {}});
    school.wait(119'999);
    CHECK_FALSE(school.call(id).owner_late);
}

TEST_CASE("an import that removes an adult removes them from the calls they were asked for") {
    School school;
    const CallId id = school.raise(2);
    CHECK(school.asked(id) == std::vector<std::string>{"rex"});
    SECTION("while asked") {}
    SECTION("as the owner") { school.on("h-rex", AcceptCall{id, true, {}}); }
    Directory changed = test::directory();
    changed.people.erase({"rex"});
    school.local(ImportDirectory{changed});
    CHECK_FALSE(school.call(id).offers.contains({"rex"}));
    CHECK(school.asked(id) == std::vector<std::string>{"una"});  // the next tier, at once
}

TEST_CASE("an import that moves a room asks whoever is near it now") {
    School school;
    const CallId id = school.raise(2);
    REQUIRE(school.asked(id) == std::vector<std::string>{"rex"});
    Directory changed = test::directory();
    changed.places[{"oak"}].zone = changed.places[changed.people.at({"una"}).base].zone;
    school.local(ImportDirectory{changed});
    CHECK(school.call(id).offers.contains({"una"}));
}
