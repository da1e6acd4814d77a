// The school day over the wire: who is told of greetings, check-ins and notes, what nobody else is ever told, that a note
// is gone with its day from state, wire and journal, and all of it again after a crash.
#include "tests/app/world.hpp"

#include <algorithm>
#include <map>
#include <string_view>

using namespace attune;
using namespace attune::test;

namespace {

constexpr app::Ms minute = 60'000;
constexpr std::string_view words = "Hard morning, no changes please";

const std::map<std::string, std::string> school_files = {
    {"site.csv", "key,value\nname,Hazel Lane School\nhelp,Ring extension 200.\nexample,yes\n"},
    {"places.csv", "place,name,kind,zone,route_hint,extension\noak,Oak room,room,west,,101\nelm,Elm room,room,west,,102\noffice,Office,office,west,,200\n"},
    {"staff.csv",
     "person,name,short_name,roles,base\nann,Ann Example,Ann,responder,office\nben,Ben Example,Ben,responder,office\n"
     "cas,Cas Example,Cas,duty_lead,office\ndee,Dee Example,Dee,responder,office\neve,Eve Example,Eve,teacher,office\n"},
    {"children.csv",
     "child,initials,places,adults,helps_1,helps_2,helps_3,about\nk7,M.K.,oak,ann ben,Quiet voice,,,\nk9,P.Q.,elm,ben,Count with me,,,\n"},
    // The world begins on Monday, 21 September 2026, at 15:13 in London.
    {"terms.csv", "what,from,to\nzone,Europe/London,\nday,08:40,16:20\nsign_in_by,08:50,\nterm,2026-09-02,2026-10-23\n"},
    {"timetable.csv", "person,day,from,to,what,place\neve,mon,15:30,16:00,teaching,oak\ndee,mon,15:30,16:00,teaching,elm\n"},
    {"checkins.csv", "child,days,time,adult\nk7,mon wed,15:40,\n"},
};

wire::ImportReport import(World& world, const std::map<std::string, std::string>& files) {
    wire::ImportDirectory message{{}, true};
    for (const auto& [name, text] : files) {
        const auto bytes = std::as_bytes(std::span(text));
        message.files.push_back({name, {bytes.begin(), bytes.end()}});
    }
    const wire::Id id = world.local().say(message);
    world.settle();
    return world.local().answer_to<wire::ImportReport>(id);
}

bool holds(std::span<const std::byte> where, std::string_view text) { return !std::ranges::search(where, std::as_bytes(std::span(text))).empty(); }
bool said(const Client& client, std::string_view text) {
    return std::ranges::any_of(client.raw, [&](const auto& frame) { return holds(frame, text); });
}
bool journal_holds(const World& world, std::string_view text) {
    return std::ranges::any_of(world.disk.events, [&](const auto& record) { return holds(record.payload, text); }) ||
           std::ranges::any_of(world.disk.snapshots, [&](const auto& snapshot) { return holds(snapshot.state, text); });
}

template <class Message>
Message newest(Client& client) {
    Message last = client.expect<Message>();
    while (client.count<Message>() > 0) last = client.expect<Message>();
    return last;
}

struct Scene {
    World world;
    Client& ann;
    Client& ben;
    Client& cas;
    Client& dee;
    Client& eve;
    Client& room;
    Client& station;
    Client& board;
    Client& corridor;

    Scene()
        : ann(world.handset("ann")), ben(world.handset("ben")), cas(world.handset("cas")), dee(world.handset("dee")), eve(world.handset("eve")), room(world.room("oak")),
          station(world.station("office")), board(board_of("board", false)), corridor(board_of("corridor", true)) {
        const auto report = import(world, school_files);
        REQUIRE(report.problems.empty());
        REQUIRE(report.applied);
    }
    Client& board_of(const std::string& name, bool corridor_one) {
        const wire::Id made = world.local().say(wire::MakeEnrolmentCode{wire::DeviceKind::board, "office", std::nullopt, corridor_one});
        world.settle();
        const auto code = world.local().answer_to<wire::EnrolmentCode>(made).code;
        Client& fresh = world.client(name);
        fresh.credential[1] = static_cast<std::byte>(corridor_one ? 7 : 8);
        fresh.connect();
        fresh.say(wire::Enrol{code, fresh.credential, "test 1"});
        world.settle();
        fresh.greet();
        world.settle();
        return fresh;
    }
    template <class Message>
    void done(Client& client, const Message& message) {
        const wire::Id id = client.say(message);
        world.settle();
        client.answer_to<wire::Done>(id);
    }
    template <class Message>
    protocol::Error refused(Client& client, const Message& message) {
        const wire::Id id = client.say(message);
        world.settle();
        return static_cast<protocol::Error>(client.answer_to<wire::Rejected>(id).error);
    }
};

}  // namespace

TEST_CASE("who stands at the door sees who is not greeted yet, and everybody else their own children") {
    Scene scene;
    const auto day = newest<wire::Day>(scene.ann);
    CHECK(day.on);
    REQUIRE(day.greetings.size() == 1);
    CHECK(day.greetings[0].initials == "M.K.");
    CHECK(day.greetings[0].step == wire::GreetingStep::not_greeted);
    CHECK(newest<wire::Day>(scene.ben).greetings.size() == 2);
    CHECK(newest<wire::Day>(scene.dee).greetings.empty());
    CHECK(newest<wire::Board>(scene.board).not_greeted == 2);
    CHECK(newest<wire::Board>(scene.corridor).not_greeted == 0);
    CHECK_FALSE(said(scene.dee, "M.K."));

    CHECK(scene.refused(scene.room, wire::TakeDoor{}) == protocol::Error::not_yours);
    CHECK(scene.refused(scene.dee, wire::GreetChild{"k7", false}) == protocol::Error::not_yours_today);
    scene.done(scene.dee, wire::TakeDoor{});
    const auto door = newest<wire::Door>(scene.dee);
    CHECK(door.open);
    REQUIRE(door.children.size() == 2);
    CHECK(door.children[0].initials == "M.K.");
    scene.done(scene.dee, wire::GreetChild{"k7", false});
    CHECK(newest<wire::Door>(scene.dee).greeted == 1);
    CHECK(newest<wire::Board>(scene.board).not_greeted == 1);
    const auto then = newest<wire::Day>(scene.ann);
    CHECK(then.greetings[0].step == wire::GreetingStep::greeted);
    CHECK(then.greetings[0].by == "Dee");

    scene.done(scene.dee, wire::Lock{});
    CHECK_FALSE(newest<wire::Door>(scene.dee).open);
    for (const Client* shared : {&scene.corridor, &scene.station}) CHECK_FALSE(said(*shared, "P.Q."));
    CHECK(scene.world.hub->state().today.doors.size() == 1);
    scene.done(scene.dee, wire::SignOut{});
    CHECK(scene.world.hub->state().today.doors.empty());
}

TEST_CASE("who is not greeted in time, and whose check-in is missed, goes on to the next adult") {
    Scene scene;
    scene.world.pass(15 * minute);
    CHECK(newest<wire::Day>(scene.ann).greetings[0].relation == wire::DayRelation::asked);
    scene.done(scene.ann, wire::GreetChild{"k7", false});
    const auto planned = newest<wire::Day>(scene.ann);
    REQUIRE(planned.checkins.size() == 1);
    CHECK(planned.checkins[0].step == wire::CheckinStep::planned);
    CHECK(planned.checkins[0].at == 1'790'001'600'000);  // 15:40 in London
    scene.world.pass(13 * minute);
    const auto due = newest<wire::Day>(scene.ann);
    REQUIRE(due.checkins.size() == 1);
    CHECK(due.checkins[0].step == wire::CheckinStep::due);
    CHECK(due.checkins[0].relation == wire::DayRelation::asked);
    const std::uint64_t checkin = due.checkins[0].checkin;
    CHECK(scene.refused(scene.dee, wire::KeepCheckin{checkin}) == protocol::Error::no_such_checkin);
    scene.done(scene.ann, wire::PassCheckin{checkin});
    const auto passed = newest<wire::Day>(scene.ben);
    CHECK(passed.checkins[0].relation == wire::DayRelation::asked);
    CHECK(passed.checkins[0].missed == 1);
    scene.world.crash();
    scene.world.settle();
    scene.ben.connect();
    scene.ben.greet(0);
    scene.world.settle();
    CHECK(newest<wire::Day>(scene.ben).checkins.at(0).relation == wire::DayRelation::asked);
    CHECK(scene.refused(scene.ben, wire::MoveCheckin{checkin, 1}) == protocol::Error::checkin_time);
    scene.done(scene.ben, wire::KeepCheckin{checkin});
    CHECK(newest<wire::Day>(scene.ben).checkins.at(0).step == wire::CheckinStep::kept);
}

TEST_CASE("a note is told to whoever meets the child today, and is nowhere to be read once the day is over") {
    Scene scene;
    CHECK(scene.refused(scene.ann, wire::WriteNote{"k7", std::string(121, 'a')}) == protocol::Error::note_format);
    CHECK(scene.refused(scene.ann, wire::WriteNote{"k7", "two\nlines"}) == protocol::Error::note_format);
    CHECK(scene.refused(scene.ann, wire::WriteNote{"k9", "not mine"}) == protocol::Error::not_yours_today);
    CHECK_FALSE(scene.world.note_keys.key);
    scene.world.note_keys.full = true;
    CHECK(scene.refused(scene.ann, wire::WriteNote{"k7", std::string(words)}) == protocol::Error::note_not_kept);
    scene.world.note_keys.full = false;
    scene.done(scene.ann, wire::WriteNote{"k7", "  " + std::string(words) + " "});
    for (Client* reader : {&scene.ann, &scene.ben, &scene.eve}) {
        const auto day = newest<wire::Day>(*reader);
        REQUIRE(day.notes.size() == 1);
        CHECK(day.notes[0].text == words);
        CHECK(day.notes[0].by == "Ann");
        CHECK(day.notes[0].mine == (reader == &scene.ann));
    }
    for (const Client* other : {&scene.cas, &scene.dee, &scene.room, &scene.station, &scene.board, &scene.corridor}) CHECK_FALSE(said(*other, words));
    CHECK_FALSE(journal_holds(scene.world, words));
    REQUIRE(scene.world.note_keys.key);
    CHECK_FALSE(journal_holds(scene.world, {reinterpret_cast<const char*>(scene.world.note_keys.key->data()), 32}));

    scene.done(scene.ben, wire::Lock{});
    CHECK(newest<wire::Day>(scene.ben).notes.empty());
    scene.world.crash();
    scene.world.settle();
    scene.eve.connect();
    scene.eve.greet(0);
    scene.world.settle();
    CHECK(newest<wire::Day>(scene.eve).notes.at(0).text == words);  // a crash takes no note away

    const core::SealedText sealed = scene.world.hub->state().today.notes.begin()->second.sealed;
    const app::NoteKey key = *scene.world.note_keys.key;
    scene.world.pass(70 * minute);  // past 16:20
    CHECK(scene.world.hub->state().today.notes.empty());
    CHECK_FALSE(scene.world.note_keys.key);
    CHECK(newest<wire::Day>(scene.eve).notes.empty());
    CHECK(journal_holds(scene.world, sealed.value));  // the chain is whole; what it holds nobody can read
    app::NoteVault without(scene.world.random, &scene.world.note_keys);
    CHECK(without.open(sealed).empty());
    scene.world.note_keys.key = key;  // the key, and it alone, would open it
    without.start(true);
    CHECK(without.open(sealed) == words);
}

TEST_CASE("the last note that is taken back takes the key along, and a refused one leaves none") {
    Scene scene;
    scene.done(scene.ann, wire::WriteNote{"k7", std::string(words)});
    CHECK(scene.world.note_keys.key);
    scene.done(scene.ann, wire::WriteNote{"k7", ""});
    CHECK_FALSE(scene.world.note_keys.key);
    CHECK(scene.refused(scene.dee, wire::WriteNote{"k7", std::string(words)}) == protocol::Error::not_yours_today);
    CHECK_FALSE(scene.world.note_keys.key);
    CHECK(scene.world.note_keys.kept == 2);
}

TEST_CASE("a child who asks at the end of the day is told that the answer comes in the morning") {
    Scene scene;
    Client& kiosk = scene.world.enrolled("kiosk", core::DeviceKind::kiosk, "oak", "");
    const wire::Id made = scene.world.local().say(wire::MakeCards{{"k7"}});
    scene.world.settle();
    const std::string card = scene.world.local().answer_to<wire::Cards>(made).cards.at(0).secret;
    const auto ask = [&] {
        const wire::Id shown = kiosk.say(wire::ShowCard{card});
        scene.world.settle();
        kiosk.answer_to<wire::CardShown>(shown);
        scene.done(kiosk, wire::AskTalk{card, wire::TalkSymbol::speak, wire::TalkWhen::soon, std::nullopt, false});
        return newest<wire::TalkChanged>(kiosk).talk;
    };
    CHECK_FALSE(ask().morning);
    scene.done(kiosk, wire::TakeBackTalk{card});
    scene.world.pass(60 * minute);  // 16:13, and school ends at 16:20
    CHECK(ask().morning == 1'790'062'800'000);  // Tuesday, 08:40 in London
}

TEST_CASE("check-ins outside of the school day, of nobody, or twice are refused with their line") {
    World world;
    auto files = school_files;
    files["checkins.csv"] = "child,days,time,adult\nk7,mon,07:00,\nk1,mon,09:00,\nk7,moon,09:00,\nk9,tue,09:00,nobody\nk9,wed tue,10:00,\nk9,wed,10:00,ben\n";
    const auto report = import(world, files);
    std::vector<std::pair<std::uint64_t, std::string>> places;
    for (const auto& problem : report.problems) {
        CHECK(problem.file == "checkins.csv");
        places.emplace_back(problem.line, problem.column);
    }
    for (const auto& place : std::vector<std::pair<std::uint64_t, std::string>>{{2, "time"}, {3, "child"}, {4, "days"}, {5, "adult"}, {7, "time"}})
        CHECK(std::ranges::find(places, place) != places.end());
    CHECK_FALSE(report.applied);
    CHECK(world.hub->state().today.planned.empty());
}
