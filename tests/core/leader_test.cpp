// Leaders and approvals, as the core decides them; and what a lost device could see.
#include <catch2/catch_test_macros.hpp>

#include "hub/core/leader_rules.hpp"
#include "hub/core/sight.hpp"
#include "tests/core/school.hpp"

using namespace attune::core;
using test::digest;
using test::School;

namespace {

struct Real : School {
    Real() : School({"sam"}) {
        Directory real = state.directory;
        real.site.example = false;
        real.people[{"kit"}] = {{"kit"}, "kit", "kit", {Role::admin}, {}};
        local(ImportDirectory{real});
    }
    void open(const std::string& person) {
        local(InviteLeader{digest("i-" + person), {person}});
        hub(OpenAccount{digest("i-" + person), Account{"argon", {}, 5, {digest("r1"), digest("r2")}}, digest("who-" + person), digest("s-" + person)});
    }
    std::vector<Event>& by(const std::string& person, Intent intent) {
        return run({Principal::Kind::leader, {"browser"}, digest("s-" + person)}, std::move(intent));
    }
    Refusal refused_to(Principal principal, Intent intent) {
        return get<Rejection>(step(state, Command{{}, std::move(principal), now, now, 0, std::move(intent)})).why;
    }
    SignInLeader try_with(bool right, std::int64_t step_used, const char* session = "s2") const {
        return {{"kit"}, digest("who-kit"), digest("from"), right, step_used, {}, digest(session), {}};
    }
};

}  // namespace

TEST_CASE("digits are used up by their number, and so are all before them") {
    Real school;
    school.open("kit");
    CHECK(school.state.leader_sessions.size() == 1);
    const auto fails = [&](SignInLeader intent) { return holds_alternative<LeaderSignInFailed>(school.hub(intent).at(0).fact); };
    CHECK(fails(school.try_with(true, 5)));
    CHECK(fails(school.try_with(true, 4)));
    CHECK(fails(school.try_with(true, 0)));
    CHECK(fails(school.try_with(false, 6)));
    CHECK_FALSE(fails(school.try_with(true, 6)));
    CHECK(school.state.tries.contains(digest("from")));
    CHECK_FALSE(school.state.tries.contains(digest("who-kit")));
    auto recovery = school.try_with(true, 0, "s3");
    recovery.recovery = digest("r1");
    CHECK_FALSE(fails(recovery));
    CHECK(fails(recovery));
}

TEST_CASE("one person has at most five browsers: the one that has been there the longest makes room") {
    Real school;
    school.open("kit");
    for (int n = 0; n < 6; ++n) {
        school.now += 1'000;
        school.hub(school.try_with(true, 10 + n, ("t" + std::to_string(n)).c_str()));
    }
    CHECK(school.state.leader_sessions.size() == leader_sessions_max);
    CHECK_FALSE(school.state.leader_sessions.contains(digest("s-kit")));
    CHECK(school.state.session_ends.size() == leader_sessions_max);
}

TEST_CASE("strangers' tries are kept for a day, and not more of them than fit") {
    Real school;
    for (int n = 0; n < 1'500; ++n) {
        SignInLeader guess{{"nobody"}, digest("w" + std::to_string(n)), digest("f" + std::to_string(n)), false, 0, {}, digest("x"), {}};
        school.hub(guess);
        ++school.now;
    }
    CHECK(school.state.tries.size() <= 1'025);
    CHECK(school.state.tries.contains(digest("w1499")));
    school.now += 86'400'000;
    school.hub(SignInLeader{{"nobody"}, digest("last"), digest("from"), false, 0, {}, digest("x"), {}});
    CHECK(school.state.tries.size() == 2);
}

TEST_CASE("who may do what about accounts and devices is asked of the roles of this moment") {
    Real school;
    school.open("kit");
    school.open("lee");
    const Principal kit{Principal::Kind::leader, {}, digest("s-kit")}, lee{Principal::Kind::leader, {}, digest("s-lee")};
    const Principal nobody{Principal::Kind::leader, {}, digest("none")}, room{Principal::Kind::device, {"room-oak"}, {}};
    CHECK(school.refused_to(nobody, KeepSession{}) == Refusal::NotSignedIn);
    CHECK(school.refused_to(room, KeepSession{}) == Refusal::NotYours);
    CHECK(school.refused_to(room, ApproveEnrolment{{"x"}}) == Refusal::NotYours);
    CHECK(school.refused_to(lee, InviteLeader{digest("c"), {"kit"}}) == Refusal::NotYourRole);
    CHECK(school.refused_to(lee, EndLeaderSessions{{"kit"}}) == Refusal::NotYourRole);
    CHECK(school.refused_to(lee, ResetAccount{{"kit"}}) == Refusal::NotYours);
    CHECK(school.refused_to(kit, ImportDirectory{}) == Refusal::NotYours);
    CHECK(school.refused_to(lee, SignInLeader{{"kit"}, {}, {}, true, 99, {}, digest("x"), {}}) == Refusal::NotYours);
    CHECK(school.by("lee", EndLeaderSessions{{"lee"}}).size() == 1);
    CHECK(school.refused_to(lee, MakeEnrolmentCode{digest("c"), DeviceKind::room, {"elm"}, {}, 1'000}) == Refusal::NotSignedIn);
    // The role goes: sessions end in the same step, and what is asked with one is not done.
    Directory changed = school.state.directory;
    changed.people[{"kit"}].roles = {Role::teacher};
    school.local(ImportDirectory{changed});
    CHECK(school.state.leader_sessions.empty());
    CHECK(leaders_able(school.state) == 1);
    CHECK(school.refused_to(kit, KeepSession{}) == Refusal::NotSignedIn);
}

TEST_CASE("a device that waits is in no index, no audience, and can say nothing") {
    Real school;
    school.open("kit");
    school.open("lee");
    school.by("kit", MakeEnrolmentCode{digest("c"), DeviceKind::room, {"oak"}, {}, 600'000});
    school.hub(EnrolDevice{digest("c"), digest("cred"), {"room-new"}});
    const CallId call = school.raise(3);
    CHECK(school.relation(call, "room-new") == Relation::none);
    CHECK(std::ranges::none_of(audience(school.state, school.call(call)), [](const Seer& seer) { return seer.device == DeviceId{"room-new"}; }));
    CHECK(school.refusal("room-new", RaiseCall{1, 0, {}, false}) == Refusal::NotYours);
    CHECK(school.state.rooms_at.at({"oak"}).size() == 1);
    school.by("lee", ApproveEnrolment{{"room-new"}});
    CHECK(school.relation(call, "room-new") == Relation::raiser);
    CHECK(school.state.rooms_at.at({"oak"}).size() == 2);
    CHECK(school.state.waits.empty());
}

TEST_CASE("what a lost handset could see: the calls it was asked for, and whose card said something of a child") {
    School school;
    Sights sights({"h-sam"}), other({"room-elm"}), none({"d-none"});
    State replayed;
    const CallId call = school.raise(1);
    school.on("room-oak", ChooseChild{call, {"p1"}});
    school.on("h-sam", AcceptCall{call, true, {}});
    const CallId elsewhere = school.raise(1, "room-elm");
    for (const Event& event : school.log) {
        apply(replayed, event);
        for (Sights* each : {&sights, &other, &none}) each->happened(replayed, event);
    }
    REQUIRE(sights.calls().contains(call));
    const Sight& sight = sights.calls().at(call);
    CHECK(sight.place.value == "oak");
    CHECK(sight.children == std::set<ChildId>{{"p1"}});
    CHECK(sight.relations.contains(Relation::owner));
    CHECK(sight.people == std::set<PersonId>{{"sam"}});
    CHECK_FALSE(other.calls().contains(call));
    CHECK(other.calls().contains(elsewhere));
    CHECK_FALSE(none.known());
}
