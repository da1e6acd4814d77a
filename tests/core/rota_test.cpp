// The rota: what an adult is by the timetable, who is fetched from a lesson, whose break is left alone, who carries the
// next call, and whether every child has somebody. For every pattern of availability the chain ends at a person or a
// sounding station.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "hub/core/cover.hpp"
#include "tests/core/school.hpp"

using namespace attune::core;
using namespace attune::core::test;

namespace {

constexpr Ms minute = 60'000, hour = 3'600'000;

/// A school day around the school's own hour, and what each adult does in it.
struct Day {
    Ms at;
    std::map<PersonId, std::vector<Slot>> slots;

    explicit Day(const School& school) : at(school.now) {}
    Day& due(const std::string& person, Ms from, Ms to, SlotKind kind) {
        slots[{person}].push_back({at + from, at + to, kind, {"oak"}});
        return *this;
    }
    ImportTimetable timetable() const { return {slots, {{at - hour, at - 50 * minute, at + 5 * hour}}}; }
};

bool gap_now(const School& school, const std::string& child) {
    const auto gap = school.state.rota.gaps.find({child});
    return gap != school.state.rota.gaps.end() && gap->second.from <= school.now;
}
bool gap_ahead(const School& school, const std::string& child) {
    const auto gap = school.state.rota.gaps.find({child});
    return gap != school.state.rota.gaps.end() && gap->second.from > school.now;
}
Availability is(const School& school, const std::string& person) { return availability(school.state, {person}, school.now); }

void for_child(School& school, CallId id) { school.on("room-oak", ChooseChild{id, {"p1"}}); }

void lessons_may_be_left(School& school) {
    Directory directory = school.state.directory;
    directory.children.at({"p1"}).interruptible = true;
    school.local(ImportDirectory{directory});
}

}  // namespace

TEST_CASE("the timetable's word comes with its age, its end and its place") {
    School school;
    school.local(Day(school).due("sam", 0, hour, SlotKind::teaching).due("ada", -hour, hour, SlotKind::on_break).due("rex", 0, hour, SlotKind::absent).timetable());
    const Standing sam = standing(school.state, {"sam"}, school.now);
    CHECK(sam == Standing{Availability::teaching, Source::timetable, school.state.rota.imported_at, school.now + hour, {"oak"}});
    CHECK(is(school, "ada") == Availability::on_break);
    CHECK(is(school, "rex") == Availability::absent);
    CHECK(is(school, "una") == Availability::free);
    school.silence("h-sam");  // the worst of them
    CHECK(standing(school.state, {"sam"}, school.now).why == Source::evidence);
    CHECK(is(school, "sam") == Availability::unreachable);
    school.wait(hour);
    CHECK(is(school, "rex") == Availability::free);
}

TEST_CASE("who has not signed in by the time to do so is absent, and who did and left is signed out") {
    School school({"sam"});
    auto day = Day(school).due("ada", 2 * hour, 3 * hour, SlotKind::teaching);
    day.slots[{"sam"}] = day.slots[{"ada"}];
    auto timetable = day.timetable();
    timetable.days = {{school.now + 1, school.now + 10 * minute, school.now + 5 * hour}};
    school.local(timetable);
    CHECK(is(school, "ada") == Availability::signed_out);
    school.wait(10 * minute);
    CHECK(is(school, "ada") == Availability::absent);
    CHECK(is(school, "una") == Availability::signed_out);  // the timetable does not know her: nobody can say
    school.on("h-sam", SignOut{});
    CHECK(is(school, "sam") == Availability::signed_out);
}

TEST_CASE("a lesson is left only for a child whose plan says so") {
    School school;
    const bool allowed = GENERATE(false, true);
    if (allowed) lessons_may_be_left(school);
    school.local(Day(school).due("sam", 0, hour, SlotKind::teaching).timetable());
    const CallId id = school.raise(1);
    for_child(school, id);
    CHECK(school.call(id).offers.contains({"sam"}) == allowed);
    CHECK_FALSE(gap_now(school, "p1"));  // ada is free
    school.on("h-ada", SetAvailability{Declared::with_child, 0});
    CHECK(gap_now(school, "p1") != allowed);
}

TEST_CASE("a protected break is left alone, even when everyone is asked") {
    School school;
    school.local(Day(school).due("sam", -minute, hour, SlotKind::on_break).due("una", -minute, hour, SlotKind::teaching).timetable());
    const CallId id = school.raise(3);
    CHECK_FALSE(school.call(id).offers.contains({"sam"}));
    CHECK(school.call(id).offers.contains({"una"}));  // told, and not waited for
}

TEST_CASE("among equals whoever carried less today is asked first, and one who recovers not at all") {
    School school({"rex", "una"});
    const auto carry_one_in = [](School& where, std::uint32_t level) {
        const CallId id = where.raise(level, "room-elm");
        if (level == 2) where.wait(15'000);  // una is nearer
        where.on("h-rex", AcceptCall{id, true, {}});
        where.on("h-rex", ArriveCall{id});
        where.on("h-rex", SettleCall{id});
        where.on("h-rex", CloseCall{id, {}, {}});
    };
    const auto carry_one = [&](std::uint32_t level) { carry_one_in(school, level); };
    SECTION("of two who carried nothing both are asked") {
        CHECK(school.asked(school.raise(1)) == std::vector<std::string>{"rex", "una"});
    }
    SECTION("after one was carried the other is asked first") {
        carry_one(1);
        const CallId id = school.raise(1);
        CHECK(school.asked(id) == std::vector<std::string>{"una"});
        school.on("h-una", DeclineCall{id});
        CHECK(school.asked(id) == std::vector<std::string>{"rex"});
        CHECK_FALSE(school.call(id).station_called);
    }
    SECTION("nobody is kept waiting for that: with no answer the other is asked too") {
        carry_one(1);
        const CallId id = school.raise(1);
        school.wait(60'000);
        CHECK(school.asked(id) == std::vector<std::string>{"rex", "una"});
    }
    SECTION("when the one who was asked goes elsewhere the next is asked, though the child's own adult may still answer") {
        School other({"sam", "rex", "una"});
        Directory directory = other.state.directory;
        directory.policy.levels[0] = {{{{Group::named_adult, Group::responders}, 60'000}, {{Group::station}, 60'000}}, 300'000};
        other.local(ImportDirectory{directory});
        carry_one_in(other, 1);
        const CallId id = other.raise(1);
        for_child(other, id);
        CHECK(other.asked(id) == std::vector<std::string>{"sam", "una"});
        const CallId elsewhere = other.raise(1, "room-elm");
        other.on("h-una", AcceptCall{elsewhere, true, {}});
        CHECK(other.asked(id) == std::vector<std::string>{"rex", "sam", "una"});
    }
    SECTION("an urgent call asks whoever is near, whatever they carried") {
        carry_one(1);
        const CallId id = school.raise(2);
        CHECK(school.asked(id) == std::vector<std::string>{"rex"});
        school.wait(15'000);
        CHECK(school.asked(id) == std::vector<std::string>{"rex", "una"});
    }
    SECTION("who recovers is not asked while another is free") {
        carry_one(2);
        CHECK(is(school, "rex") == Availability::recovering);
        CHECK(school.asked(school.raise(2)) == std::vector<std::string>{"una"});
        school.on("h-rex", SetAvailability{Declared::free, 0});  // a tap ends it
        CHECK(is(school, "rex") == Availability::free);
    }
    SECTION("yesterday's calls are not counted") {
        carry_one(1);
        school.wait(13 * hour);
        CHECK(school.asked(school.raise(1)).size() == 2);
    }
}

TEST_CASE("a child without anybody is flagged at once, and covered by whoever comes back") {
    School school;
    school.local(Day(school).due("una", 0, hour, SlotKind::here).timetable());
    CHECK(school.state.rota.gaps.empty());
    school.on("h-ada", SetAvailability{Declared::on_break, school.now + hour});
    CHECK(school.state.rota.gaps.empty());
    school.silence("h-sam");
    REQUIRE(gap_now(school, "p1"));
    CHECK(school.count<CoverageGapOpened>() == 1);
    school.on("h-ada", SetAvailability{Declared::free, 0});
    CHECK(school.state.rota.gaps.empty());
    const auto& closed = get<CoverageGapClosed>(school.last.back().fact);
    CHECK(closed.how == GapEnd::adult);
    CHECK(closed.by == PersonId{"ada"});
}

TEST_CASE("a gap is seen before it bites, and moves no bell of its own past it") {
    School school;
    school.local(Day(school).due("sam", 90 * minute, 2 * hour, SlotKind::teaching).due("ada", 80 * minute, 2 * hour, SlotKind::on_break).timetable());
    CHECK(school.state.rota.gaps.empty());  // further ahead than anybody looks
    const Ms bites = school.now + 90 * minute;
    school.wait(30 * minute);
    REQUIRE(gap_ahead(school, "p1"));
    CHECK(school.state.rota.gaps.at({"p1"}).from == bites);
    school.wait(hour);
    CHECK(gap_now(school, "p1"));
    CHECK(school.count<CoverageGapOpened>() == 1);
    school.wait(30 * minute);
    CHECK(school.state.rota.gaps.empty());
}

TEST_CASE("a named swap closes a gap until the end of the day, or until they can't either") {
    School school;
    school.local(Day(school).due("sam", 0, 2 * hour, SlotKind::teaching).due("ada", 0, 2 * hour, SlotKind::absent).timetable());
    REQUIRE(gap_now(school, "p1"));
    const std::uint64_t gap = school.state.rota.gaps.at({"p1"}).id;
    CHECK(school.refusal("h-rex", NameSwap{gap, {"una"}, 0}) == Refusal::NotYours);
    CHECK(school.refusal("room-oak", NameSwap{gap, {"una"}, 0}) == Refusal::NotYours);
    CHECK(school.refusal("h-lee", NameSwap{gap + 1, {"una"}, 0}) == Refusal::NoSuchGap);
    CHECK(school.refusal("h-lee", NameSwap{gap, {"nobody"}, 0}) == Refusal::NoSuchPerson);
    CHECK(school.refusal("h-lee", NameSwap{gap, {"ada"}, 0}) == Refusal::SwapCannotCome);
    school.on("h-lee", NameSwap{gap, {"una"}, 0});
    CHECK(school.state.rota.gaps.empty());
    const auto& closed = get<CoverageGapClosed>(school.last.back().fact);
    CHECK(closed.how == GapEnd::swap);
    CHECK(closed.by == PersonId{"una"});
    CHECK(cover_of(school.state, {"p1"}, school.now) == Cover{{"una"}, true, 0});
    school.on("h-una", SetAvailability{Declared::on_break, school.now + 20 * minute});
    CHECK(gap_now(school, "p1"));
    school.wait(20 * minute);
    CHECK(school.state.rota.gaps.empty());
    school.wait(5 * hour);
    CHECK(school.state.rota.swaps.empty());
    CHECK(school.state.rota.children_of.size() == 2);
}

TEST_CASE("a swap that outlives an import of the timetable ends when it said") {
    School school;
    school.local(Day(school).due("sam", 0, 2 * hour, SlotKind::teaching).due("ada", 0, 2 * hour, SlotKind::absent).timetable());
    school.on("h-lee", NameSwap{school.state.rota.gaps.at({"p1"}).id, {"una"}, school.now + 20 * minute});
    school.local(Day(school).due("sam", 0, 3 * hour, SlotKind::teaching).due("ada", 0, 3 * hour, SlotKind::absent).timetable());
    REQUIRE_FALSE(gap_now(school, "p1"));
    school.wait(20 * minute);
    CHECK(gap_now(school, "p1"));
}

TEST_CASE("after school nobody is missed, and without a timetable nobody knows") {
    School school;
    school.silence("h-sam");
    school.silence("h-ada");
    CHECK(school.count<CoverageGapOpened>() == 0);
    school.local(Day(school).due("una", 0, hour, SlotKind::here).timetable());
    REQUIRE(gap_now(school, "p1"));
    school.wait(5 * hour);
    CHECK(school.state.rota.gaps.empty());
    CHECK(school.state.rota.bell_due == 0);
}

TEST_CASE("a failed import is kept as a fault, and the last good rota goes on") {
    School school;
    const auto timetable = Day(school).due("sam", 0, hour, SlotKind::teaching).timetable();
    school.local(timetable);
    school.local(NoteTimetableFault{"timetable.csv", 3, "There is no such person."});
    CHECK(school.state.rota.fault->line == 3);
    CHECK(is(school, "sam") == Availability::teaching);
    CHECK(school.local(NoteTimetableFault{"timetable.csv", 3, "There is no such person."}).empty());
    school.local(timetable);
    CHECK_FALSE(school.state.rota.fault);
    CHECK(school.local(timetable).empty());
}

namespace {

const std::vector<std::string> adults = {"sam", "ada", "rex", "una", "lee", "zoe"};
enum class Pattern : std::uint8_t { free, teaching, on_break, resting, silent, absent };
constexpr std::uint32_t patterns = 6;

School school_of_six() {
    School school;
    Directory directory = school.state.directory;
    directory.people[{"zoe"}] = {{"zoe"}, "zoe", "zoe", {Role::responder}, {"elm"}};
    directory.children.at({"p1"}).interruptible = true;
    school.local(ImportDirectory{directory});
    school.start_duty("zoe");
    return school;
}

void be(School& school, Day& day, const std::string& person, Pattern pattern) {
    switch (pattern) {
        case Pattern::free: break;
        case Pattern::teaching: day.due(person, 0, hour, SlotKind::teaching); break;
        case Pattern::on_break: school.on("h-" + person, SetAvailability{Declared::on_break, school.now + hour}); break;
        case Pattern::resting: day.due(person, 0, hour, SlotKind::on_break); break;
        case Pattern::silent: school.silence("h-" + person); break;
        case Pattern::absent: day.due(person, 0, hour, SlotKind::absent); break;
    }
}

bool may_be_waited_for(const School& school, const std::string& person) {
    const Availability now = is(school, person);
    return now == Availability::free || (now == Availability::teaching && (person == "sam" || person == "ada"));
}

/// Nobody who is known to be unavailable is waited for; when nobody is, the station sounds.
bool someone_or_the_station(const School& school, CallId id) {
    const Call& call = school.call(id);
    if (call.due[static_cast<std::size_t>(Deadline::resound)] == 0) return false;
    if (call.station_called) return true;
    return std::ranges::any_of(call.offers, [&](const auto& offer) { return !offer.second.declined && may_be_waited_for(school, offer.first.value); });
}

/// No lower-ranked adult of the child's own order is asked before a higher-ranked one who can come.
bool in_the_childs_order(const School& school, CallId id) {
    const Call& call = school.call(id);
    return !call.offers.contains({"ada"}) || call.offers.contains({"sam"}) || !may_be_waited_for(school, "sam");
}

}  // namespace

TEST_CASE("for every pattern of availability of six adults the chain ends at a person or a sounding station") {
    const School all_free = school_of_six();
    std::uint32_t count = 1;
    for (std::size_t n = 0; n < adults.size(); ++n) count *= patterns;
    for (std::uint32_t number = 0; number < count; ++number) {
        School school = all_free;
        school.log.clear();
        Day day(school);
        std::uint32_t rest = number;
        for (const std::string& person : adults) {
            be(school, day, person, static_cast<Pattern>(rest % patterns));
            rest /= patterns;
        }
        school.local(day.timetable());
        const CallId id = school.raise(1 + number % 3);
        for_child(school, id);
        bool holds = someone_or_the_station(school, id) && in_the_childs_order(school, id);
        for (std::size_t declines = 0; declines < adults.size() && holds; ++declines) {
            const auto& offers = school.call(id).offers;
            const auto next = std::ranges::find_if(offers, [&](const auto& offer) { return !offer.second.declined && may_be_waited_for(school, offer.first.value); });
            if (next == offers.end()) break;
            school.on("h-" + next->first.value, DeclineCall{id});
            holds = someone_or_the_station(school, id);
        }
        const bool covered = may_be_waited_for(school, "sam") || may_be_waited_for(school, "ada");
        if (!holds || !school.call(id).station_called || covered == gap_now(school, "p1")) FAIL("pattern " << number);
    }
}
