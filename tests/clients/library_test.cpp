// The client library against a hub in the test's own hand.
#include <sys/stat.h>

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "clients/native/private_file.hpp"
#include "tests/support/folder.hpp"
#include "tests/clients/hub_double.hpp"

using namespace attune;
using attune::test::Folder;
using attune::test::HubDouble;
using attune::test::run_until;
using client::Phase;

namespace {

/// One client on a folder, and what it was told.
struct Program {
    Program(boost::asio::io_context& io, const std::filesystem::path& folder)
        : client(io, client::DeviceFolder(folder), {"test 1", {}},
                 {[this](const client::Connection& now) { phases.push_back(now.phase); },
                  [this](const protocol::AnyMessage& message) { messages.push_back(message); }}) {}
    bool live() const { return client.connection().phase == Phase::live; }
    template <class Message>
    std::size_t count() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            messages, [](const auto& message) { return holds_alternative<Message>(message); }));
    }
    std::vector<Phase> phases;
    std::vector<protocol::AnyMessage> messages;
    client::Client client;
};

void enrol(const std::filesystem::path& folder, const client::EnrolmentLink& link) {
    const client::DeviceFolder device(folder);
    REQUIRE(device.prepare().empty());
    REQUIRE(device.begin_enrolment(link).empty());
}

/// A device that is enrolled with a hub, and a program of it that is live.
struct Live {
    Live() {
        program.client.start();
        REQUIRE(run_until(io, hub, [&] { return program.live(); }));
    }
    static std::filesystem::path enrolled(const Folder& folder, HubDouble& hub) {
        enrol(folder / "device", hub.link());
        return folder / "device";
    }
    Folder folder;
    HubDouble hub;
    boost::asio::io_context io;
    Program program{io, enrolled(folder, hub)};
};

unsigned mode_of(const std::filesystem::path& file) {
    struct stat info{};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    return info.st_mode & 0777;
}

protocol::RaiseCall press() {
    return {2, 1'000, {}, {}};
}

}  // namespace

TEST_CASE("a device stores its keys for itself alone, then enrols, greets and goes live") {
    const Folder folder;
    HubDouble hub;
    enrol(folder / "device", hub.link());
    CHECK(mode_of(folder / "device") == 0700);
    CHECK(mode_of(folder / "device/device.enrolling") == 0600);
    const auto key = client::DeviceFolder(folder / "device").load()->public_key;

    boost::asio::io_context io;
    Program program(io, folder / "device");
    program.client.start();
    REQUIRE(run_until(io, hub, [&] { return program.live(); }));
    const auto& enrolment = get<protocol::Enrol>(hub.heard.at(0).message);
    CHECK(enrolment.code == "7KQ4MXW2PD");
    CHECK(enrolment.credential == key);
    CHECK(hub.heard.at(0).key == key);
    CHECK(get<protocol::Hello>(hub.heard.at(1).message).credential == key);
    CHECK(mode_of(folder / "device/device") == 0600);
    CHECK_FALSE(std::filesystem::exists(folder / "device/device.enrolling"));
    CHECK(program.client.identity()->help == "Ring the office on 200.");
    CHECK(program.client.identity()->secret_key != key);
    REQUIRE(run_until(io, hub, [&] {
        return std::ranges::any_of(hub.heard,
                                   [](const auto& one) { return holds_alternative<protocol::Beat>(one.message); });
    }));
}

TEST_CASE("a device that waits for a second person beats, sends nothing else, and goes on when it is let in") {
    const Folder folder;
    HubDouble hub;
    hub.lets_wait = true;
    enrol(folder / "device", hub.link());
    boost::asio::io_context io;
    Program program(io, folder / "device");
    program.client.start();
    REQUIRE(run_until(io, hub, [&] { return program.client.connection().phase == Phase::waiting; }));
    CHECK(program.client.connection().waiting->until == 601'000);
    program.client.send(press());
    const auto beats = [&] {
        return std::ranges::count_if(hub.heard, [](const auto& one) { return holds_alternative<protocol::Beat>(one.message); });
    };
    REQUIRE(run_until(io, hub, [&] { return beats() >= 3; }));
    CHECK(hub.commands.empty());
    CHECK_FALSE(program.client.connection().lost);

    SECTION("approved, on the same connection") {
        const auto greetings = hub.greeted.size();
        hub.tell(hub.welcome);
        hub.tell(protocol::Live{41});
        REQUIRE(run_until(io, hub, [&] { return program.live() && hub.commands.size() == 1; }));
        CHECK(hub.greeted.size() == greetings);
        CHECK_FALSE(program.client.connection().waiting);
    }
    SECTION("refused: it says so, and the key is no longer kept") {
        hub.tell(protocol::Goodbye{protocol::GoodbyeReason::revoked, protocol::number(protocol::Error::enrolment_refused),
                                   std::string(protocol::sentence(protocol::Error::enrolment_refused))});
        REQUIRE(run_until(io, hub, [&] { return program.client.connection().phase == Phase::refused; }));
        CHECK(program.client.connection().refusal->name == "EnrolmentRefused");
        CHECK_FALSE(client::DeviceFolder(folder / "device").load());
    }
}

TEST_CASE("a hub with another key is told nothing") {
    const Folder folder;
    HubDouble hub, other;
    auto link = hub.link();
    link.hub_key = other.public_key();
    enrol(folder / "device", link);
    boost::asio::io_context io;
    Program program(io, folder / "device");
    program.client.start();
    REQUIRE(run_until(io, hub, [&] { return program.client.connection().failed == client::WireEnd::not_this_hub; }));
    CHECK(hub.heard.empty());
    CHECK(program.client.connection().phase == Phase::enrolling);
}

TEST_CASE("a refused key never blocks: the client says so, asks again in growing pauses, and is let in when it may") {
    const Folder folder;
    HubDouble hub;
    hub.refuses_keys = true;
    enrol(folder / "device", hub.link());
    boost::asio::io_context io;
    Program program(io, folder / "device");
    program.client.start();
    program.client.send(press());
    REQUIRE(run_until(io, hub, [&] { return program.client.connection().failed == client::WireEnd::key_refused; }));
    REQUIRE(run_until(io, hub, [&] { return hub.keys_asked >= 3; }));
    CHECK(hub.keys_asked < 6);
    hub.refuses_keys = false;
    REQUIRE(run_until(io, hub, [&] { return program.live() && hub.commands.size() == 1; }));
}

TEST_CASE("a press is on disk before it is sent, and a second program of the device goes on with it") {
    const Folder folder;
    HubDouble hub;
    enrol(folder / "device", hub.link());
    hub.close();
    protocol::Id id{};
    {
        boost::asio::io_context io;
        Program program(io, folder / "device");
        program.client.start();
        id = program.client.send(press());
        CHECK(mode_of(folder / "device/pending") == 0600);
        io.poll();
    }
    hub.open();
    boost::asio::io_context io;
    Program program(io, folder / "device");
    program.client.start();
    REQUIRE(run_until(io, hub, [&] { return !hub.commands.empty(); }));
    CHECK(hub.commands.front() == id);
    // An adult owns it: nothing is pending any more, and nothing stays on disk.
    auto card = test::a_card(7, protocol::Relation::raiser, protocol::CallRung::coming);
    card.owner = "Sam";
    hub.tell(protocol::CallChanged{44, protocol::CallEvent::accepted, 1, card});
    REQUIRE(run_until(io, hub, [&] { return program.client.pending().commands().empty(); }));
    CHECK(client::read_private(folder / "device/pending")->size() < 16);
}

TEST_CASE("a hub that dies between a press and its answer hears the same press again, and the caller one answer") {
    Live live;
    auto& [folder, hub, io, program] = live;
    hub.answer_commands = false;
    int answers = 0;
    const auto id = program.client.send(press(), [&](const client::Answer&) { ++answers; });
    REQUIRE(run_until(io, hub, [&] { return hub.commands.size() == 1; }));
    hub.close();
    REQUIRE(run_until(io, hub, [&] { return !program.live(); }));
    hub.answer_commands = true;
    hub.open();
    REQUIRE(run_until(io, hub, [&] { return answers == 1; }));
    CHECK(std::ranges::all_of(hub.commands, [&](const auto& one) { return one == id; }));
    REQUIRE(run_until(io, hub, [&] { return program.live(); }));
    CHECK(answers == 1);
    CHECK(program.count<protocol::Done>() == 1);
}

TEST_CASE("a command without an answer goes again, with the same id, and a hub that is stopping is asked again") {
    Live live;
    auto& [folder, hub, io, program] = live;
    hub.answer_commands = false;
    std::optional<client::Answer> answer;
    const auto id = program.client.send(protocol::AcceptCall{7, true, {}}, [&](const auto& said) { answer = said; });
    REQUIRE(run_until(io, hub, [&] { return hub.commands.size() == 2; }));
    hub.tell(protocol::Rejected{130, "ShuttingDown", "Keep it.", 50}, id);
    REQUIRE(run_until(io, hub, [&] { return hub.commands.size() == 3; }));
    CHECK_FALSE(answer);
    hub.tell(protocol::Rejected{201, "AlreadyOwned", "Someone else is already going.", {}}, id);
    REQUIRE(run_until(io, hub, [&] { return answer.has_value(); }));
    CHECK(get<protocol::Rejected>(*answer).error == 201);
    CHECK(hub.commands == std::vector{id, id, id});
    CHECK(program.client.pending().commands().empty());
}

TEST_CASE("a hub that falls silent is lost after six seconds, and found again with the same cards") {
    Live live;
    auto& [folder, hub, io, program] = live;
    hub.tell(protocol::CallChanged{44, protocol::CallEvent::raised, 1,
                                   test::a_card(44, protocol::Relation::raiser, protocol::CallRung::ringing)});
    REQUIRE(run_until(io, hub, [&] { return program.client.held().calls.size() == 1; }));
    hub.beats = false;
    hub.answer_greetings = false;
    const auto heard = program.client.connection().heard_at;
    REQUIRE(run_until(io, hub, [&] { return program.client.connection().lost; }, std::chrono::seconds(12)));
    const auto silence = std::chrono::steady_clock::now() - *heard;
    CHECK(silence >= std::chrono::milliseconds(5'900));
    CHECK(silence <= std::chrono::milliseconds(8'000));
    CHECK_FALSE(program.live());
    CHECK(program.client.held().calls.size() == 1);
    hub.heard.clear();
    hub.beats = hub.answer_greetings = true;
    hub.welcome.resume = protocol::Resume::replay;
    REQUIRE(run_until(io, hub, [&] { return program.live(); }));
    const auto hello = std::ranges::find_if(
        hub.heard, [](const auto& one) { return holds_alternative<protocol::Hello>(one.message); });
    REQUIRE(hello != hub.heard.end());
    CHECK(get<protocol::Hello>(hello->message).last_seq == 44);
    CHECK(program.client.held().calls.size() == 1);
    CHECK_FALSE(program.client.connection().lost);
}

TEST_CASE("two programs of one device share its connection, and the second goes on alone") {
    const Folder folder;
    HubDouble hub;
    enrol(folder / "device", hub.link());
    boost::asio::io_context io;
    auto first = std::make_unique<Program>(io, folder / "device");
    first->client.start();
    REQUIRE(run_until(io, hub, [&] { return first->live(); }));
    hub.tell(protocol::CallChanged{44, protocol::CallEvent::raised, 1,
                                   test::a_card(44, protocol::Relation::raiser, protocol::CallRung::ringing)});
    REQUIRE(run_until(io, hub, [&] { return first->client.held().calls.size() == 1; }));

    Program second(io, folder / "device");
    second.client.start();
    REQUIRE(run_until(io, hub, [&] { return second.live(); }));
    CHECK(second.client.connection().relayed);
    CHECK(second.client.held().calls.size() == 1);
    CHECK(hub.greeted.size() == 1);
    int answers = 0;
    second.client.send(protocol::AcceptCall{44, false, {}}, [&](const client::Answer&) { ++answers; });
    REQUIRE(run_until(io, hub, [&] { return answers == 1; }));
    CHECK(first->client.pending().commands().empty());
    hub.tell(protocol::CallGone{50, 44, protocol::CallEvent::closed, {}});
    REQUIRE(run_until(io, hub, [&] { return second.client.held().calls.empty(); }));

    // The first ends; what the second gives now goes its own way.
    first.reset();
    second.client.send(press());
    REQUIRE(run_until(io, hub, [&] { return second.live() && hub.commands.size() == 2; }));
    CHECK_FALSE(second.client.connection().relayed);
    CHECK(hub.greeted.size() == 2);
}

TEST_CASE("a press given through another program is on disk, though the hub is away") {
    const Folder folder;
    HubDouble hub;
    enrol(folder / "device", hub.link());
    boost::asio::io_context io;
    Program first(io, folder / "device");
    first.client.start();
    REQUIRE(run_until(io, hub, [&] { return first.live(); }));
    hub.close();
    REQUIRE(run_until(io, hub, [&] { return !first.live(); }));
    Program second(io, folder / "device");
    second.client.start();
    const auto id = second.client.send(press());
    REQUIRE(run_until(io, hub, [&] { return first.client.pending().find(id) != nullptr; }));
    client::Pending stored(folder / "device/pending");
    stored.load(0);
    CHECK(stored.find(id) != nullptr);
}

TEST_CASE("a PIN is never on disk, and the session's secret is only in the device's own file") {
    Live live;
    auto& [folder, hub, io, program] = live;
    hub.answer_commands = false;
    const auto session = client::random_bytes16();
    const auto id = program.client.send(protocol::SignIn{"p07", "582139", session});
    program.client.send(press());
    REQUIRE(run_until(io, hub, [&] { return hub.commands.size() == 2; }));
    for (const auto& entry : std::filesystem::directory_iterator(folder / "device"))
        if (entry.is_regular_file()) CHECK(test::text_of(entry.path()).find("582139") == std::string::npos);
    hub.tell(protocol::Done{60, {}}, id);
    REQUIRE(run_until(io, hub, [&] { return program.client.identity()->session == session; }));
    CHECK(client::DeviceFolder(folder / "device").load()->session == session);
}

TEST_CASE("a hub that does not know the device ends it: the credential goes, and nothing dials any more") {
    Live live;
    auto& [folder, hub, io, program] = live;
    hub.tell(protocol::Goodbye{protocol::GoodbyeReason::revoked, {}, {}});
    REQUIRE(run_until(io, hub, [&] { return program.client.connection().phase == Phase::refused; }));
    CHECK_FALSE(client::DeviceFolder(folder / "device").load());
    CHECK(program.client.held().calls.empty());
    CHECK(program.client.connection().refusal->name == "UnknownDevice");
}

TEST_CASE("a used link is refused, and a device that was enrolled before goes on") {
    const Folder folder;
    HubDouble hub;
    enrol(folder / "device", hub.link());
    {
        boost::asio::io_context io;
        Program program(io, folder / "device");
        program.client.start();
        REQUIRE(run_until(io, hub, [&] { return program.live(); }));
    }
    const auto before = client::DeviceFolder(folder / "device").load();
    enrol(folder / "device", hub.link("AAAAAAAAAA"));
    hub.answer_greetings = false;
    hub.heard.clear();
    boost::asio::io_context io;
    Program program(io, folder / "device");
    program.client.start();
    const auto enrolling = [&] {
        return std::ranges::find_if(
            hub.heard, [](const auto& one) { return holds_alternative<protocol::Enrol>(one.message); });
    };
    REQUIRE(run_until(io, hub, [&] { return enrolling() != hub.heard.end(); }));
    hub.answer_greetings = true;
    hub.send(enrolling()->routing_id, protocol::Rejected{124, "CodeNotValid", "This link has been used.", {}},
             enrolling()->id);
    REQUIRE(run_until(io, hub, [&] { return program.live(); }));
    CHECK(program.client.identity()->public_key == before->public_key);
    CHECK_FALSE(std::filesystem::exists(folder / "device/device.enrolling"));
}
