// Adults for today: added by who leads, asked as cover behind the child's own adults and never before them, and gone at the
// end of the day, by a clock, but never from a child's side. And: who is with a visitor is not called away.
#include <catch2/catch_test_macros.hpp>

#include "hub/core/cover.hpp"
#include "hub/core/supply_rules.hpp"
#include "hub/core/visit_rules.hpp"
#include "tests/core/school.hpp"

using namespace attune::core;
using namespace attune::core::test;

namespace {

constexpr Ms minute = 60'000, hour = 3'600'000;

struct Supplied : School {
    using School::School;

    void school_day() { local(ImportTimetable{{{{"sam"}, {{now - hour, now + 5 * hour, SlotKind::absent, {}}}}}, {{now - hour, now - 50 * minute, now + 5 * hour}}}); }
    AddSupply supply(const std::string& covers = "sam", std::vector<Role> roles = {Role::teacher}) const { return {"Kim Hale", "Kim", std::move(roles), {covers}, {"oak"}, "argon"}; }
    PersonId add(Intent intent) {
        local(std::move(intent));
        return state.supplies.rbegin()->first;
    }
    /// Picks up a handset and signs in with the PIN of the day.
    void starts(const PersonId& person, const std::string& device = "spare") {
        if (!state.devices.contains({device})) enrol(device, DeviceKind::handset, "");
        beat(device);
        on(device, SignIn{person, true, digest("s" + device)});
        on(device, ProveHandset{true, true});
    }
};

Refusal refused(const School& school, Intent intent) {
    State state = school.state;
    return get<Rejection>(step(state, Command{{}, {Principal::Kind::local, {}}, school.now, school.now, 0, std::move(intent)})).why;
}

}  // namespace

TEST_CASE("an adult for today signs in, is asked as cover behind the child's own, and is gone at the end of the day") {
    Supplied school({"ada", "rex", "lee"});
    school.school_day();
    const PersonId kim = school.add(school.supply());
    CHECK(kim.value.str().starts_with("today-"));
    CHECK(school.state.supplies.at(kim).until == school.now + 5 * hour);
    school.starts(kim);
    CHECK(availability(school.state, kim, school.now) == Availability::free);
    SECTION("asked with the alternates, never as the named adult, and without what helps until they come") {
        const CallId id = school.raise(1);
        school.on("room-oak", ChooseChild{id, {"p1"}});
        CHECK(school.call(id).offers.contains({"ada"}));
        CHECK(school.call(id).offers.contains(kim));
        CHECK_FALSE(school.helps(id, "spare"));
        CHECK(school.helps(id, "h-ada"));
        school.on("spare", AcceptCall{id, true, {}});
        CHECK(school.helps(id, "spare"));
    }
    SECTION("cover only while none of the child's own can come") {
        CHECK(cover_of(school.state, {"p1"}, school.now).by == PersonId{"ada"});
        school.on("h-ada", SetAvailability{Declared::with_child, 0});
        const Cover cover = cover_of(school.state, {"p1"}, school.now);
        CHECK(cover.by == kim);
        CHECK(cover.swap);
        CHECK_FALSE(school.state.rota.gaps.contains({"p1"}));
        school.on("spare", SignOut{});
        CHECK(school.state.rota.gaps.contains({"p1"}));
    }
    SECTION("gone with the school day") {
        school.wait(5 * hour - 1);
        CHECK(school.state.supplies.contains(kim));
        school.wait(1);
        CHECK(school.state.supplies.empty());
        CHECK_FALSE(school.state.directory.people.contains(kim));
        CHECK_FALSE(school.state.duties.contains(kim));
        CHECK(school.state.devices.at({"spare"}).signed_in.empty());
        CHECK_FALSE(school.state.rota.children_of.contains(kim));
        CHECK(school.state.supply_ends.empty());
        CHECK(school.count<SupplyEnded>() == 1);
        CHECK(school.refusal("spare", SignIn{kim, true, digest("again")}) == Refusal::NoSuchPerson);
    }
    SECTION("an import by hand leaves them in peace, and names them in no change") {
        school.local(ImportDirectory{directory()});
        CHECK(school.last.empty());
        CHECK(school.state.directory.people.contains(kim));
    }
    SECTION("they have gone earlier") {
        school.local(EndSupply{kim});
        CHECK_FALSE(school.state.directory.people.contains(kim));
        CHECK(refused(school, EndSupply{kim}) == Refusal::NoSuchSupply);
    }
}

TEST_CASE("nobody is signed out at a child's side: the day goes on until the call is over") {
    Supplied school({"lee"});
    school.school_day();
    const PersonId kim = school.add(school.supply("sam", {Role::responder}));
    school.starts(kim);
    school.wait(5 * hour - 10'000);
    const CallId id = school.raise(1);
    school.on("spare", AcceptCall{id, true, {}});
    school.on("spare", ArriveCall{id});
    CHECK(refused(school, EndSupply{kim}) == Refusal::SupplyWithChild);
    school.wait(20'000);
    CHECK(school.state.supplies.contains(kim));
    CHECK(school.count<SupplyStays>() == 1);
    CHECK(school.call(id).owner == kim);
    school.on("spare", SettleCall{id});
    school.on("spare", CloseCall{id, {}, {}});
    school.wait(supply_stays_ms);
    CHECK(school.state.supplies.empty());
}

TEST_CASE("a call that waits for an adult for today goes on to the next when their day ends") {
    Supplied school({"lee"});
    school.school_day();
    const PersonId kim = school.add(school.supply("sam", {Role::responder}));
    school.starts(kim);
    school.wait(5 * hour - 1'000);
    const CallId id = school.raise(1);
    CHECK(school.call(id).offers.contains(kim));
    school.wait(1'000);
    CHECK_FALSE(school.call(id).offers.contains(kim));
    CHECK((school.call(id).station_called || !school.call(id).offers.empty()));
}

TEST_CASE("without a timetable an adult for today stays ten hours, and one who is added before the bell until its day ends") {
    Supplied school;
    CHECK(supply_until(school.state.rota, school.now) == school.now + supply_without_timetable_ms);
    Rota rota;
    rota.days = {{school.now + hour, school.now + hour, school.now + 7 * hour}, {school.now + 25 * hour, school.now + 25 * hour, school.now + 31 * hour}};
    CHECK(supply_until(rota, school.now) == school.now + 7 * hour);
    CHECK(supply_until(rota, school.now + 8 * hour) == school.now + 8 * hour + supply_without_timetable_ms);
}

TEST_CASE("who may add an adult for today, and as what") {
    Supplied school;
    CHECK(school.refusal("h-rex", school.supply()) == Refusal::NotYours);
    CHECK(school.refusal("room-oak", school.supply()) == Refusal::NotYours);
    school.on("h-lee", school.supply());  // a duty lead
    CHECK(school.state.supplies.begin()->second.by == PersonId{"lee"});
    CHECK(refused(school, school.supply()) == Refusal::ShortNameTaken);
    AddSupply another = school.supply();
    another.short_name = "Jo";
    another.roles = {Role::duty_lead};
    CHECK(refused(school, another) == Refusal::SupplyRole);
    another.roles = {};
    CHECK(refused(school, another) == Refusal::SupplyRole);
    another.roles = {Role::responder};
    another.covers = school.state.supplies.begin()->first;
    CHECK(refused(school, another) == Refusal::NoSuchPerson);
    another.covers = {};
    another.place = {"moon"};
    CHECK(refused(school, another) == Refusal::NoSuchPlace);
    another.place = {};
    for (std::size_t n = 1; n < supplies_max; ++n) {
        another.short_name = "Jo" + std::to_string(n);
        school.local(another);
    }
    another.short_name = "One more";
    CHECK(refused(school, another) == Refusal::SuppliesFull);
    school.on("h-lee", Lock{});
    CHECK(school.refusal("h-lee", EndSupply{school.state.supplies.begin()->first}) == Refusal::NotYours);
}

TEST_CASE("an adult with a visitor is with a child: not called away while another is free, and free when the visitor goes back") {
    School school;
    school.enrol("nest-door", DeviceKind::calm_space, "nest");
    school.beat("nest-door");
    school.on("h-una", OpenSpace{{"nest"}, {}});
    CHECK(availability(school.state, {"una"}, school.now) == Availability::free);
    const CallId waiting = school.raise(1, "room-elm");
    CHECK(school.asked(waiting) == std::vector<std::string>{"lee", "rex", "una"});
    school.on("h-rex", DeclineCall{waiting});
    school.on("h-lee", DeclineCall{waiting});
    CHECK_FALSE(school.call(waiting).station_called);
    school.on("room-oak", OfferVisit{{}, {}, {"p1"}});
    const VisitId visit = school.state.visits.rbegin()->first;
    school.on("room-oak", ChooseVisit{visit, Company::alone});
    school.on("nest-door", ArriveVisit{visit, true});
    CHECK(availability(school.state, {"una"}, school.now) == Availability::with_child);
    CHECK(school.call(waiting).station_called);  // nobody is left to wait for
    CHECK_FALSE(school.call(school.raise(2)).offers.contains({"una"}));
    school.on("nest-door", ReadyVisit{visit, WelcomeWord::fresh_start});
    CHECK(availability(school.state, {"una"}, school.now) == Availability::with_child);
    school.on("nest-door", ReturnVisit{visit, Company::alone});
    CHECK(availability(school.state, {"una"}, school.now) == Availability::free);
}
