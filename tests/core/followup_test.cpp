// What is owed after a call, as the core decides it: the set of each level, however the call closed, and every way in
// which something owed could have been lost in silence and is not.
#include <catch2/catch_test_macros.hpp>

#include "hub/core/followup_audience.hpp"
#include "hub/core/followup_rules.hpp"
#include "tests/core/school.hpp"

using namespace attune::core;
using test::School;

namespace {

constexpr Ms minute = 60'000;
constexpr Ms hour = 60 * minute;
constexpr Ms day = 24 * hour;

struct After : School {
    After() {
        Directory with_leaders = state.directory;
        with_leaders.people[{"sue"}] = {{"sue"}, "sue", "sue", {Role::senco}, {"office"}};
        local(ImportDirectory{with_leaders});
    }
    /// A call from the room, looked after by this adult and at the point where it may close.
    CallId settled(std::uint32_t level, const std::string& person = "rex", bool with_child = true) {
        const CallId id = raise(level);
        if (with_child) on("room-oak", ChooseChild{id, {"p1"}});
        const std::string handset = "h-" + person;
        on(handset, AcceptCall{id, true, {}});
        on(handset, ArriveCall{id});
        on(handset, SettleCall{id});
        return id;
    }
    CallId closed(std::uint32_t level, const std::string& person = "rex") {
        const CallId id = settled(level, person);
        on("h-" + person, CloseCall{id, {}, {}});
        return id;
    }
    std::vector<FollowupKind> owed(CallId id) const {
        std::vector<FollowupKind> kinds;
        for (const auto& [number, followup] : state.followups)
            if (followup.of_call == id) kinds.push_back(followup.kind);
        return kinds;
    }
    FollowupId find(FollowupKind kind, const std::string& with = "") const {
        for (const auto& [id, followup] : state.followups)
            if (followup.kind == kind && (with.empty() || followup.with == PersonId{with})) return id;
        return {};
    }
    const Followup& at(FollowupId id) const { return state.followups.at(id); }
    FollowupRelation sees(FollowupId id, const std::string& device) const { return followup_seer_of(state, at(id), state.devices.at({device})).relation; }
    /// Each open one has a deadline that is armed, and its call is remembered.
    void check_watched() const {
        std::set<std::pair<Ms, FollowupId>> dues;
        std::map<CallId, std::uint32_t> open;
        for (const auto& [id, followup] : state.followups) {
            CHECK(followup.due != 0);
            dues.insert({followup.due, id});
            ++open[followup.of_call];
        }
        CHECK(dues == state.followup_dues);
        CHECK(open.size() == state.after_calls.size());
        for (const auto& [id, after] : state.after_calls) CHECK(after.open == open[id]);
    }
};

using enum FollowupKind;
const std::vector<FollowupKind> two{child_repair, outcome_told, staff_debrief, staff_debrief};
const std::vector<FollowupKind> three{child_repair, outcome_told, staff_debrief, staff_debrief, parent_contact, parent_contact, class_reset, learning_review, plan_review, preventive_change};

}  // namespace

TEST_CASE("a call of each level leaves its set, each with its owner and its clock") {
    After school;
    school.closed(1, "lee");
    CHECK(school.state.followups.empty());
    CHECK(school.state.after_calls.empty());

    const CallId second = school.closed(2);
    CHECK(school.owed(second) == two);
    const Followup repair = school.at(school.find(child_repair));
    CHECK(repair.owner == PersonId{"sam"});  // the child's named adult
    CHECK(repair.child == ChildId{"p1"});
    CHECK(repair.owed_by == school.now + same_day_ms);
    CHECK(school.at(school.find(outcome_told)).owner == PersonId{"rex"});
    CHECK(school.find(staff_debrief, "rex") != FollowupId{});
    school.check_watched();

    const CallId third = school.closed(3, "una");
    CHECK(school.owed(third) == three);
    CHECK(school.at(school.find(parent_contact)).owed_by == school.now + same_day_ms);
    CHECK(school.at(school.find(plan_review)).owner == PersonId{"sue"});
    CHECK(school.at(school.find(learning_review)).owed_by == school.now + review_without_timetable_ms);
    school.check_watched();
}

TEST_CASE("the set is opened in the same step, however the call closes") {
    After school;
    SECTION("by its adult") {
        const CallId id = school.closed(2);
        CHECK(std::ranges::count_if(school.last, [](const Event& event) { return holds_alternative<FollowupOpened>(event.fact); }) == 4);
        CHECK(school.owed(id) == two);
    }
    SECTION("by the room's next press") {
        const CallId id = school.settled(3);
        school.wait(minute);
        const CallId next = school.raise(2);
        CHECK(next != id);
        CHECK(school.owed(id) == three);
        CHECK(school.owed(next).empty());
    }
    SECTION("by the alarm of a visit") {
        school.enrol("tablet", DeviceKind::calm_space, "nest");
        school.beat("tablet");
        school.on("tablet", OpenSpace{{}, {"una"}});
        const CallId id = school.settled(2);
        school.on("room-oak", OfferVisit{{}, {}, {"p1"}});
        const VisitId visit = school.state.visits.begin()->first;
        school.on("room-oak", ChooseVisit{visit, Company::alone});
        school.on("tablet", ArriveVisit{visit, true});
        school.on("tablet", ReturnVisit{visit, Company::alone});
        REQUIRE(school.state.calls.contains(id));
        school.wait(10 * minute);  // not back: the call that was settled gives way to a new one
        CHECK_FALSE(school.state.calls.contains(id));
        CHECK(school.owed(id) == two);
    }
    school.check_watched();
}

TEST_CASE("a withdrawn call and a drill owe nothing") {
    After school;
    const CallId id = school.raise(3);
    school.on("room-oak", WithdrawCall{id});
    school.on("room-oak", ConfirmWithdraw{id});
    school.on("room-oak", RaiseCall{3, school.now, {}, true});
    const CallId drill = school.state.call_at.at({"oak"});
    school.on("h-rex", AcceptCall{drill, true, {}});
    school.on("h-rex", ArriveCall{drill});
    school.on("h-rex", SettleCall{drill});
    school.on("h-rex", CloseCall{drill, {}, {}});
    CHECK(school.state.followups.empty());
    CHECK(school.state.after_calls.empty());
}

TEST_CASE("a follow-up goes from opened to kept, and then its call is forgotten") {
    After school;
    school.closed(2);
    const FollowupId repair = school.find(child_repair);
    CHECK(school.refusal("h-sam", ScheduleFollowup{repair, school.now - 2 * minute}) == Refusal::FollowupTime);
    CHECK(school.refusal("h-sam", ScheduleFollowup{repair, school.now + followup_ahead_ms_max + 1}) == Refusal::FollowupTime);
    school.on("h-sam", ScheduleFollowup{repair, school.now + day});
    CHECK(school.at(repair).step == FollowupStep::scheduled);
    CHECK(school.at(repair).due == school.now + day + meet_grace_ms);
    school.on("h-sam", KeepFollowup{repair, Mended::yes, Mended::partly, Changes::plan});
    CHECK_FALSE(school.state.followups.contains(repair));
    CHECK(school.count<FollowupKept>() == 1);
    school.on("h-rex", KeepFollowup{school.find(outcome_told)});
    while (!school.state.followups.empty()) school.on("h-lee", KeepFollowup{school.state.followups.begin()->first});
    CHECK(school.state.after_calls.empty());
    CHECK(school.state.followup_dues.empty());
    CHECK(school.refusal("h-sam", KeepFollowup{repair}) == Refusal::NoSuchFollowup);
}

TEST_CASE("not ready yet is never late, and is asked again on its day") {
    After school;
    school.closed(2);
    const FollowupId repair = school.find(child_repair);
    school.wait(same_day_ms);
    CHECK(school.at(repair).overdue);
    CHECK(school.refusal("h-sam", NotReadyYet{repair, NotReadyWho::child, school.now}) == Refusal::FollowupTime);
    school.on("h-sam", NotReadyYet{repair, NotReadyWho::child, school.now + 3 * day});
    CHECK_FALSE(school.at(repair).overdue);
    CHECK(school.sees(repair, "h-lee") == FollowupRelation::none);
    const auto told = school.at(repair).escalated;
    school.wait(3 * day - 1);
    CHECK_FALSE(school.at(repair).overdue);
    CHECK(school.at(repair).escalated == told);
    school.wait(1);
    CHECK(school.at(repair).step == FollowupStep::opened);
    CHECK_FALSE(school.at(repair).overdue);
    CHECK(school.refusal("h-rex", NotReadyYet{school.find(outcome_told), NotReadyWho::adult, school.now + day}) == Refusal::WrongMoment);
    school.wait(reask_ms);
    CHECK(school.at(repair).overdue);
    school.check_watched();
}

TEST_CASE("a child's no is met with another way, and then respected") {
    After school;
    school.closed(2);
    const FollowupId repair = school.find(child_repair);
    school.on("h-sam", DeclineFollowup{repair, Alternative::in_symbols});
    CHECK(school.at(repair).step == FollowupStep::declined);
    school.on("h-sam", DeclineFollowup{repair, Alternative::another_adult});
    REQUIRE(school.state.followups.contains(repair));  // another offer, not an end
    school.on("h-sam", DeclineFollowup{repair, Alternative::another_adult});
    CHECK_FALSE(school.state.followups.contains(repair));
    CHECK(get<FollowupEnded>(school.last.front().fact).how == FollowupEnd::respected);
    CHECK(school.refusal("h-rex", DeclineFollowup{school.find(outcome_told), Alternative::in_writing}) == Refusal::WrongMoment);
}

TEST_CASE("nothing is let be by one person alone") {
    After school;
    school.closed(3);
    const FollowupId parent = school.find(parent_contact);
    school.on("h-sam", NotNeeded{parent, NotNeededWhy::nobody_to_tell});
    CHECK(school.at(parent).step == FollowupStep::unneeded);
    CHECK(school.on("h-sam", NotNeeded{parent, NotNeededWhy::done_already}).empty());
    CHECK(school.refusal("h-ada", NotNeeded{parent, NotNeededWhy::nobody_to_tell}) == Refusal::NoSuchFollowup);
    SECTION("a second one agrees") {
        school.on("h-lee", NotNeeded{parent, NotNeededWhy::nobody_to_tell});
        CHECK_FALSE(school.state.followups.contains(parent));
    }
    SECTION("nobody does, and it is owed as before") {
        school.wait(same_day_ms);
        CHECK(school.at(parent).overdue);
        CHECK(school.at(parent).escalated == 1);
    }
}

TEST_CASE("what is overdue reaches whoever leads, once a day, until a person ends it") {
    After school;
    school.closed(2);
    const FollowupId repair = school.find(child_repair);
    CHECK(school.sees(repair, "h-lee") == FollowupRelation::none);
    school.wait(same_day_ms - 1);
    CHECK_FALSE(school.at(repair).overdue);
    school.wait(1);
    CHECK(school.at(repair).overdue);
    CHECK(school.at(repair).escalated == 1);
    CHECK(school.sees(repair, "h-lee") == FollowupRelation::lead);
    school.wait(5 * day);
    CHECK(school.at(repair).escalated == 6);
    school.on("h-lee", PassFollowup{repair, {"ada"}});
    CHECK(school.at(repair).overdue);  // another owner is no new promise
    school.on("h-ada", ScheduleFollowup{repair, school.now + hour});
    CHECK_FALSE(school.at(repair).overdue);
    school.check_watched();
}

TEST_CASE("the clock of parents and of the raiser is nobody's to move") {
    After school;
    school.closed(3);
    const FollowupId parent = school.find(parent_contact);
    const Ms owed = school.at(parent).owed_by;
    CHECK(school.refusal("h-sam", ScheduleFollowup{parent, owed + 1}) == Refusal::FollowupTime);
    CHECK(school.refusal("h-sam", NotReadyYet{parent, NotReadyWho::adult, school.now + day}) == Refusal::WrongMoment);
    school.on("h-sam", ScheduleFollowup{parent, owed});
    CHECK(school.at(parent).due == owed);
    school.wait(same_day_ms);
    CHECK(school.at(parent).overdue);
    school.on("h-sam", ScheduleFollowup{parent, school.now + hour});
    CHECK(school.at(parent).overdue);
    school.check_watched();
}

TEST_CASE("the learning review has five school days of the timetable") {
    After school;
    ImportTimetable timetable;
    for (int n = 0; n < 8; ++n) timetable.days.push_back({school.now + n * day - hour, school.now + n * day - hour, school.now + n * day + 6 * hour});
    school.local(timetable);
    school.closed(3);
    CHECK(school.at(school.find(learning_review)).owed_by == school.now + 5 * day + 6 * hour);
    const FollowupId repair = school.find(child_repair);
    school.wait(same_day_ms);
    CHECK(school.at(repair).due == timetable.days[1].sign_in_by);  // and again the next morning
}

TEST_CASE("an adult's own repair is seen by its two adults and by nobody else, also when it is late") {
    After school;
    const CallId id = school.closed(2);
    CHECK(school.refusal("h-una", OpenFollowup{id, adult_repair}) == Refusal::NoSuchCall);
    school.on("h-rex", OpenFollowup{id, adult_repair});
    CHECK(school.on("h-rex", OpenFollowup{id, adult_repair}).empty());
    const FollowupId repair = school.find(adult_repair);
    CHECK(school.at(repair).with == PersonId{"sam"});
    school.wait(3 * day);
    CHECK(school.at(repair).overdue);
    CHECK(school.at(repair).escalated == 0);
    CHECK(school.sees(repair, "h-rex") == FollowupRelation::owner);
    CHECK(school.sees(repair, "h-sam") == FollowupRelation::with);
    for (const auto* device : {"h-lee", "h-ada", "h-una", "room-oak", "station"}) CHECK(school.sees(repair, device) == FollowupRelation::none);
    for (const auto& [person, known] : school.state.directory.people)
        if (person != PersonId{"rex"} && person != PersonId{"sam"}) CHECK(followup_relation(school.at(repair), known) == FollowupRelation::none);
    CHECK(school.refusal("h-rex", PassFollowup{repair, {"lee"}}) == Refusal::WrongMoment);
    CHECK(school.refusal("h-lee", KeepFollowup{repair}) == Refusal::NoSuchFollowup);
    school.on("h-rex", OpenFollowup{id, repair_cover});
    CHECK(school.at(school.find(repair_cover)).child.empty());
    CHECK(school.sees(school.find(repair_cover), "h-lee") == FollowupRelation::lead);
}

TEST_CASE("a locked handset and everybody who has no part see nothing of what is owed") {
    After school;
    school.closed(2);
    const FollowupId repair = school.find(child_repair);
    for (const auto* device : {"h-rex", "h-ada", "h-una", "h-lee", "room-oak", "station"}) CHECK(school.sees(repair, device) == FollowupRelation::none);
    school.on("h-sam", Lock{});
    CHECK(school.sees(repair, "h-sam") == FollowupRelation::none);
    CHECK(school.refusal("h-sam", KeepFollowup{repair}) == Refusal::NoSuchFollowup);
    const FollowupId debrief = school.find(staff_debrief, "rex");
    CHECK(school.sees(debrief, "h-rex") == FollowupRelation::with);
    CHECK(school.refusal("h-rex", KeepFollowup{debrief}) == Refusal::WrongMoment);  // it is offered to them, not theirs to keep
    school.on("h-rex", NotReadyYet{debrief, NotReadyWho::adult, school.now + day});
}

TEST_CASE("what was somebody's who has left is with whoever leads") {
    After school;
    const CallId id = school.closed(2);
    school.on("h-rex", OpenFollowup{id, adult_repair});
    Directory without = school.state.directory;
    without.people.erase({"rex"});
    without.people.erase({"sam"});
    const FollowupId told = school.find(outcome_told), repair = school.find(child_repair), own = school.find(adult_repair);
    school.local(ImportDirectory{without});
    CHECK(school.at(told).owner.empty());
    CHECK(school.at(repair).owner.empty());
    CHECK(school.sees(repair, "h-lee") == FollowupRelation::lead);
    CHECK_FALSE(school.state.followups.contains(own));
    without.children.clear();
    school.local(ImportDirectory{without});
    CHECK_FALSE(school.state.followups.contains(repair));
    CHECK(school.state.followups.contains(told));
    school.check_watched();
}

TEST_CASE("what is owed about a child is pastoral") {
    After school;
    school.closed(2);
    for (const Event& event : school.last)
        if (followup_of(event)) CHECK(sensitivity_of(school.state, event) == Sensitivity::s1);
}
