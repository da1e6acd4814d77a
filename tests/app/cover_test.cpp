// The timetable and cover on the wire: who is told of a gap, what a board shows and a corridor's board never does, a swap,
// a failed import, and all of it again after a crash.
#include "tests/app/browser.hpp"

#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <string_view>

using namespace attune;
using namespace attune::test;

namespace {

constexpr app::Ms minute = 60'000;

const std::map<std::string, std::string> school_files = {
    {"site.csv", "key,value\nname,Hazel Lane School\nhelp,Ring extension 200.\nexample,yes\n"},
    {"places.csv", "place,name,kind,zone,route_hint,extension\noak,Oak room,room,west,,101\nelm,Elm room,room,west,,102\noffice,Office,office,west,,200\n"},
    {"staff.csv",
     "person,name,short_name,roles,base\nann,Ann Example,Ann,responder,office\nben,Ben Example,Ben,responder,office\n"
     "cas,Cas Example,Cas,duty_lead,office\ndee,Dee Example,Dee,responder,office\neve,Eve Example,Eve,teacher,office\n"
     "fay,Fay Example,Fay,admin,office\ngus,Gus Example,Gus,head,office\n"},
    {"children.csv",
     "child,initials,places,adults,helps_1,helps_2,helps_3,about\nk7,M.K.,oak,ann ben,Quiet voice,,,\nk9,P.Q.,elm,ben,Count with me,,,\n"},
    // The world begins on Monday, 21 September 2026, at 15:13 in London.
    {"terms.csv", "what,from,to\nzone,Europe/London,\nday,08:40,16:20\nsign_in_by,08:50,\nterm,2026-09-02,2026-10-23\n"},
    {"timetable.csv", "person,day,from,to,what,place\nann,mon,15:00,16:00,teaching,elm\nben,mon,15:00,16:00,here,oak\n"},
};

wire::ImportDirectory message(std::map<std::string, std::string> files, bool apply = true) {
    wire::ImportDirectory import{{}, apply};
    for (const auto& [name, text] : files) {
        const auto bytes = std::as_bytes(std::span(text));
        import.files.push_back({name, {bytes.begin(), bytes.end()}});
    }
    return import;
}

wire::ImportReport import(World& world, const wire::ImportDirectory& files) {
    const wire::Id id = world.local().say(files);
    world.settle();
    return world.local().answer_to<wire::ImportReport>(id);
}

bool said(const Client& client, std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return std::ranges::any_of(client.raw, [&](const auto& frame) { return !std::ranges::search(frame, bytes).empty(); });
}

Client& board(World& world, const std::string& name, bool corridor) {
    const wire::Id made = world.local().say(wire::MakeEnrolmentCode{wire::DeviceKind::board, "office", std::nullopt, corridor});
    world.settle();
    const auto code = world.local().answer_to<wire::EnrolmentCode>(made).code;
    Client& fresh = world.client(name);
    fresh.credential[1] = static_cast<std::byte>(corridor ? 7 : 8);
    fresh.connect();
    const wire::Id id = fresh.say(wire::Enrol{code, fresh.credential, "test 1"});
    world.settle();
    CHECK(fresh.answer_to<wire::Enrolled>(id).kind == wire::DeviceKind::board);
    fresh.greet();
    world.settle();
    return fresh;
}

/// The newest message of a kind that waits.
template <class Message>
Message newest(Client& client) {
    Message last = client.expect<Message>();
    while (client.count<Message>() > 0) last = client.expect<Message>();
    return last;
}

const wire::BoardAdult& adult(const wire::Board& board, const std::string& person) {
    const auto found = std::ranges::find(board.adults, person, &wire::BoardAdult::person);
    REQUIRE(found != board.adults.end());
    return *found;
}

struct Scene {
    World world;
    Client& ann;
    Client& ben;
    Client& cas;
    Client& dee;
    Client& station;
    Client& staff_room;
    Client& corridor;

    Scene()
        : ann(world.handset("ann")), ben(world.handset("ben")), cas(world.handset("cas")), dee(world.handset("dee")), station(world.station("office")),
          staff_room(board(world, "staff room", false)), corridor(board(world, "corridor", true)) {
        const auto report = import(world, message(school_files));
        REQUIRE(report.problems.empty());
        REQUIRE(report.applied);
    }
    void rest(Client& who, app::Ms span) {
        who.say(wire::SetAvailability{wire::AvailabilityState::on_break, world.hub->engine().now() + span});
        world.settle();
    }
};

}  // namespace

TEST_CASE("a board shows who is here for whom, where and until when, and a corridor's board names no child") {
    Scene scene;
    const auto shown = newest<wire::Board>(scene.staff_room);
    CHECK(adult(shown, "ben").children == std::vector<std::string>{"M.K.", "P.Q."});
    CHECK(adult(shown, "ben").place == "Oak room");
    CHECK(adult(shown, "ben").until == 1'790'002'800'000);  // 16:00 in London
    CHECK(adult(shown, "ann").state == wire::AvailabilityState::teaching);
    CHECK(adult(shown, "ann").why == wire::StateSource::timetable);
    CHECK(shown.waiting.empty());
    CHECK(shown.school_to);

    scene.rest(scene.ben, 10 * minute);
    const auto gone = newest<wire::Board>(scene.staff_room);
    CHECK(adult(gone, "ben").state == wire::AvailabilityState::on_break);
    CHECK(adult(gone, "ben").children.empty());
    CHECK(gone.waiting == std::vector<std::string>{"M.K.", "P.Q."});

    const auto passed_by = newest<wire::Board>(scene.corridor);
    CHECK(adult(passed_by, "ben").state == wire::AvailabilityState::on_break);
    for (const char* text : {"M.K.", "P.Q.", "k7", "k9", "Quiet voice"}) {
        CHECK_FALSE(said(scene.corridor, text));
        CHECK(said(scene.staff_room, text) == (text == std::string_view("M.K.") || text == std::string_view("P.Q.")));
    }
    CHECK(passed_by.gaps == 0);
}

TEST_CASE("a gap reaches the duty lead with the child, a station without, and nobody else; a swap closes it") {
    Scene scene;
    for (Client* client : {&scene.ann, &scene.ben, &scene.cas, &scene.dee, &scene.station}) client->raw.clear();
    scene.cas.forget();
    scene.station.forget();
    scene.rest(scene.ben, 10 * minute);
    const auto gaps = newest<wire::Gaps>(scene.cas);
    REQUIRE(gaps.gaps.size() == 2);
    CHECK(gaps.gaps[0].initials == "M.K.");
    CHECK(gaps.gaps[0].adults == std::vector<std::string>{"Ann", "Ben"});
    CHECK(gaps.gaps[0].from <= scene.world.hub->engine().now());
    const auto counted = newest<wire::Gaps>(scene.station);
    REQUIRE(counted.gaps.size() == 2);
    CHECK_FALSE(counted.gaps[0].initials);
    for (Client* client : {&scene.ann, &scene.ben, &scene.dee, &scene.station}) CHECK_FALSE(said(*client, "M.K."));

    scene.cas.forget();
    scene.dee.say(wire::NameSwap{gaps.gaps[0].gap, "dee", std::nullopt});
    const wire::Id swap = scene.cas.say(wire::NameSwap{gaps.gaps[0].gap, "dee", std::nullopt});
    scene.world.settle();
    CHECK(scene.dee.expect<wire::Rejected>().name == "NotYours");
    scene.cas.answer_to<wire::Done>(swap);
    REQUIRE(newest<wire::Gaps>(scene.cas).gaps.size() == 1);
    const auto shown = newest<wire::Board>(scene.staff_room);
    CHECK(adult(shown, "dee").children == std::vector<std::string>{"M.K."});
    CHECK(adult(shown, "dee").swap);
    CHECK(shown.waiting == std::vector<std::string>{"P.Q."});
    const wire::Id again = scene.cas.say(wire::NameSwap{gaps.gaps[0].gap, "dee", std::nullopt});
    scene.world.settle();
    CHECK(scene.cas.answer_to<wire::Rejected>(again).name == "NoSuchGap");
}

TEST_CASE("a locked handset, and one that a duty lead has left, holds no gap") {
    Scene scene;
    scene.rest(scene.ben, 10 * minute);
    REQUIRE(newest<wire::Gaps>(scene.cas).gaps.size() == 2);
    scene.cas.raw.clear();
    if (GENERATE(false, true)) scene.cas.say(wire::Lock{});
    else scene.cas.say(wire::SignOut{});
    scene.world.settle();
    CHECK(newest<wire::Gaps>(scene.cas).gaps.empty());
    CHECK_FALSE(said(scene.cas, "M.K."));
}

TEST_CASE("my children are for the unlocked handset of an adult in their order alone") {
    Scene scene;
    const auto ask = [&](Client& client) {
        const wire::Id id = client.say(wire::ListMyChildren{});
        scene.world.settle();
        return id;
    };
    const auto mine = scene.ann.answer_to<wire::MyChildren>(ask(scene.ann));
    REQUIRE(mine.children.size() == 1);
    CHECK(mine.children[0].named);
    CHECK(mine.children[0].by == "Ben");
    CHECK_FALSE(mine.children[0].me);
    CHECK(scene.dee.answer_to<wire::MyChildren>(ask(scene.dee)).children.empty());
    scene.ann.say(wire::Lock{});
    CHECK(scene.ann.answer_to<wire::Rejected>(ask(scene.ann)).name == "NobodySignedIn");
}

TEST_CASE("what is dark for a board stays dark: it raises nothing, takes nothing and sees no call") {
    Scene scene;
    Client& oak = scene.world.room("oak");
    scene.staff_room.raw.clear();
    const std::uint64_t call = raise(scene.world, oak, 2);
    CHECK_FALSE(said(scene.staff_room, "CallChanged"));
    CHECK_FALSE(said(scene.staff_room, "Past"));
    for (const wire::Id& id : {scene.staff_room.say(wire::RaiseCall{1, 0, "oak", std::nullopt}), scene.staff_room.say(wire::AcceptCall{call, true, "ann"}),
                               scene.staff_room.say(wire::ListMyChildren{}), scene.staff_room.say(wire::NameSwap{1, "ann", std::nullopt})}) {
        scene.world.settle();
        CHECK(scene.staff_room.answer_to<wire::Rejected>(id).name == "NotYours");
    }
}

TEST_CASE("a timetable that can't be read changes nothing, and everybody who should know sees why") {
    Scene scene;
    auto files = school_files;
    files["timetable.csv"] += "nobody,mon,09:00,10:00,teaching,oak\n";
    SECTION("a look at it leaves no trace") {
        const std::uint64_t before = scene.world.state().last_seq;
        CHECK(import(scene.world, message(files, false)).problems.size() == 1);
        CHECK(scene.world.state().last_seq == before);
    }
    SECTION("an import notes the fault and keeps the last good one") {
        scene.cas.forget();
        const auto report = import(scene.world, message(files));
        REQUIRE(report.problems.size() == 1);
        CHECK(report.problems[0].line == 4);
        CHECK(report.problems[0].column == "person");
        CHECK_FALSE(report.applied);
        CHECK(scene.world.state().rota.slots.size() == 2);
        const auto told = newest<wire::TimetableState>(scene.cas);
        REQUIRE(told.fault);
        CHECK(told.fault->starts_with("timetable.csv, line 4: "));
        CHECK(newest<wire::TimetableState>(scene.corridor).fault == "The newest timetable could not be read.");
        import(scene.world, message(school_files));
        CHECK_FALSE(newest<wire::TimetableState>(scene.cas).fault);
    }
    SECTION("files without a timetable leave it as it is") {
        for (const char* name : {"terms.csv", "timetable.csv"}) files.erase(name);
        REQUIRE(import(scene.world, message(files)).problems.empty());
        CHECK(scene.world.state().rota.slots.size() == 2);
    }
    SECTION("a dry run says what would differ") {
        files = school_files;
        files["timetable.csv"] += "dee,fri,09:00,10:00,teaching,oak\n";
        const auto report = import(scene.world, message(files, false));
        REQUIRE(report.changes.size() == 1);
        CHECK(report.changes[0].what == "timetable");
        CHECK(report.changes[0].id == "dee");
        CHECK(scene.world.state().rota.slots.size() == 2);
    }
}

TEST_CASE("the next bell rings after a crash, late if it must, and gaps and swaps are as they were") {
    Scene scene;
    scene.rest(scene.ben, 10 * minute);
    const auto gaps = scene.world.state().rota.gaps;
    REQUIRE(gaps.size() == 2);
    scene.cas.say(wire::NameSwap{gaps.at({"k9"}).id, "dee", std::nullopt});
    scene.world.settle();
    const core::Rota before = scene.world.state().rota;
    scene.world.clients_beat = false;
    scene.world.crash();
    CHECK(scene.world.state().rota == before);
    scene.world.pass(70 * minute);  // past 16:20: nobody was there, and the day is over
    CHECK_FALSE(scene.world.state().rota.today);
    CHECK(scene.world.state().rota.gaps.empty());
    CHECK(scene.world.state().rota.swaps.empty());
}

TEST_CASE("leaders who may know of children see gaps and may name a swap, the administrator does not") {
    RealWorld world;
    Client& ben = world.handset("ben");
    Browser fay(world, "fay's browser"), gus(world, "gus's browser", "10.0.0.6");
    fay.open("fay");
    gus.open("gus");
    auto files = school_files;
    files["site.csv"] = "key,value\nname,Hazel Lane School\nhelp,Ring extension 200.\nexample,no\n";
    REQUIRE(import(world, message(files)).problems.empty());
    Client& admin = fay.live();
    Client& head = gus.live();
    ben.say(wire::SetAvailability{wire::AvailabilityState::on_break, world.hub->engine().now() + 10 * minute});
    world.settle();
    const auto gaps = newest<wire::Gaps>(head);
    REQUIRE(gaps.gaps.size() == 2);
    CHECK(gaps.gaps[0].initials == "M.K.");
    CHECK_FALSE(said(admin, "M.K."));
    CHECK(world.refused(admin, wire::NameSwap{gaps.gaps[0].gap, "dee", std::nullopt}) == "NotYours");
    world.answer<wire::Done>(head, wire::NameSwap{gaps.gaps[0].gap, "dee", std::nullopt});
    CHECK(newest<wire::Gaps>(head).gaps.size() == 1);
}
