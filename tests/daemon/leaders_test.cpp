// Leaders against the real program: from the first link at the terminal to a signed-in WebSocket, across a kill, with
// nothing of it in a log; and a device that waits for a second person.
#include <oath.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <csignal>
#include <ctime>
#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "tests/daemon/device.hpp"
#include "tests/daemon/program.hpp"

using namespace attune;
using namespace attune::test;
using namespace std::chrono_literals;
namespace beast = boost::beast;
namespace asio = boost::asio;

namespace {

constexpr const char* password = "seven plain words make a password";

std::string value_of(const std::string& json, const std::string& name) {
    const auto at = json.find("\"" + name + "\":\"");
    REQUIRE(at != std::string::npos);
    const auto begin = at + name.size() + 4;
    return json.substr(begin, json.find('"', begin) - begin);
}

/// The example school, but not as an example.
void write_school(const Folder& folder) {
    std::filesystem::copy("deploy/example-school", folder / "school");
    std::ofstream(folder / "school/site.csv", std::ios::trunc) << "key,value\nname,Hazel Lane School\nhelp,Ring 200.\n";
}

struct School {
    explicit School(const Folder& folder) : state((folder / "state").string()) {
        write_school(folder);
        REQUIRE(attuned({"import", (folder / "school").string(), "--state", state, "--apply"}).code == 0);
        start();
    }
    void start() {
        hub = std::make_unique<Program>(std::vector<std::string>{"run", "--state", state, "--listen", "127.0.0.1:" + (port.empty() ? "0" : port)});
        REQUIRE(hub->says("event=ready"));
        const auto at = hub->err.find(" port=") + 6;
        port = hub->err.substr(at, hub->err.find(' ', at) - at);
    }
    Ran ask(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--state", state});
        return attuned(arguments);
    }
    std::string code(std::vector<std::string> arguments) const {
        arguments.push_back("--json");
        return value_of(ask(arguments).out, "code");
    }
    std::string state, port;
    std::unique_ptr<Program> hub;
};

struct Leader {
    explicit Leader(School& of) : school(of) {}

    struct Answer {
        std::string head;
        std::optional<protocol::AnyMessage> message;
        template <class Message>
        Message as() const {
            REQUIRE(message);
            const auto* found = get_if<Message>(&*message);
            INFO(head << (holds_alternative<protocol::Rejected>(*message) ? get<protocol::Rejected>(*message).name : ""));
            REQUIRE(found != nullptr);
            return *found;
        }
    };
    Answer post(const std::string& path, const protocol::AnyMessage& message) {
        std::vector<std::byte> body;
        REQUIRE(protocol::encode(message, std::nullopt, body).has_value());
        const int socket = dial(school.port);
        REQUIRE(socket >= 0);
        const std::string own = "127.0.0.1:" + school.port;
        std::string text = "POST " + path + " HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://" + own +
                           "\r\nContent-Type: application/msgpack\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        if (!cookie.empty()) text += "Cookie: " + cookie + "\r\n";
        text += "\r\n" + std::string(reinterpret_cast<const char*>(body.data()), body.size());
        REQUIRE(::send(socket, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()));
        std::string all;
        std::array<char, 4096> bytes{};
        for (ssize_t count = 0; (count = ::recv(socket, bytes.data(), bytes.size(), 0)) > 0;) all.append(bytes.data(), static_cast<std::size_t>(count));
        ::close(socket);
        const auto end = all.find("\r\n\r\n");
        REQUIRE(end != std::string::npos);
        Answer answer{all.substr(0, end + 2), std::nullopt};
        const std::string frame = all.substr(end + 4);
        if (auto read = protocol::decode(std::as_bytes(std::span(frame)))) answer.message = std::move(read->message);
        if (const auto at = answer.head.find("Set-Cookie: "); at != std::string::npos)
            cookie = answer.head.substr(at + 12, answer.head.find(';', at) - at - 12);
        return answer;
    }
    std::string digits(int later = 0) const {
        char* raw = nullptr;
        std::size_t size = 0;
        REQUIRE(::oath_base32_decode(secret.data(), secret.size(), &raw, &size) == OATH_OK);
        std::array<char, 8> made{};
        CHECK(::oath_totp_generate(raw, size, std::time(nullptr) + 30 * later, 30, 0, 6, made.data()) == OATH_OK);
        std::free(raw);
        return made.data();
    }
    void open(const std::string& code) {
        const auto keys = post("/v1/leaders/open", protocol::OpenAccount{code, password}).as<protocol::AccountKeys>();
        secret = keys.secret;
        person = keys.person;
        recovery = keys.recovery;
        used = digits();  // the next sign-in takes the next digits: a step ahead is good, too
        post("/v1/leaders/open", protocol::ConfirmAccount{code, used}).as<protocol::LeaderSignedIn>();
    }

    void connect() {
        stream = std::make_unique<beast::websocket::stream<asio::ip::tcp::socket>>(io);
        gone = reading = false;
        said.clear();
        stream->next_layer().connect({asio::ip::make_address("127.0.0.1"), static_cast<std::uint16_t>(std::stoi(school.port))});
        const std::string own = "127.0.0.1:" + school.port;
        stream->set_option(beast::websocket::stream_base::decorator([&](beast::websocket::request_type& request) {
            request.set(beast::http::field::sec_websocket_protocol, "attune.1");
            request.set(beast::http::field::origin, "http://" + own);
            request.set(beast::http::field::cookie, cookie);
        }));
        stream->handshake(own, "/v1/ws");
        stream->binary(true);
        say(protocol::HelloLeader{"test 1"});
    }
    void say(const protocol::AnyMessage& message) {
        std::vector<std::byte> frame;
        const protocol::Id id{static_cast<std::byte>(++ids), std::byte{0x77}};
        REQUIRE(protocol::encode(message, id, frame).has_value());
        stream->write(asio::buffer(frame));
    }
    /// Reads until such a message comes.
    template <class Message>
    std::optional<Message> hear(std::chrono::milliseconds limit = 10s) {
        const auto end = std::chrono::steady_clock::now() + limit;
        while (true) {
            for (auto at = said.begin(); at != said.end(); ++at)
                if (const auto* message = get_if<Message>(&*at)) {
                    Message taken = *message;
                    said.erase(said.begin(), at + 1);
                    return taken;
                }
            const auto left = end - std::chrono::steady_clock::now();
            if (gone || left.count() <= 0) return std::nullopt;
            read_one(std::chrono::duration_cast<std::chrono::milliseconds>(left));
        }
    }

    School& school;
    std::string cookie, secret, person, used;
    std::vector<std::string> recovery;
    asio::io_context io;
    std::unique_ptr<beast::websocket::stream<asio::ip::tcp::socket>> stream;
    beast::flat_buffer buffer;
    std::vector<protocol::AnyMessage> said;
    bool gone = false, reading = false;
    int ids = 0;

  private:
    void read_one(std::chrono::milliseconds limit) {
        if (!reading) {
            reading = true;
            stream->async_read(buffer, [this](beast::error_code error, std::size_t) {
                reading = false;
                gone = error.failed();
            });
        }
        io.restart();
        io.run_for(limit);
        if (reading || gone) return;
        const auto data = buffer.cdata();
        if (auto envelope = protocol::decode({static_cast<const std::byte*>(data.data()), data.size()})) said.push_back(std::move(envelope->message));
        buffer.clear();
    }
};

}  // namespace

TEST_CASE("the first administrator: from the link at the terminal to a session that outlives a kill, and no secret in any log") {
    const Folder folder;
    School school(folder);
    REQUIRE(school.hub->says("event=no_leader_yet"));
    CHECK(school.hub->says("attuned leaders first"));
    CHECK(has(school.ask({"leaders", "list"}).out, "no account"));
    const std::string code = school.code({"leaders", "first"});
    Leader leader(school);
    leader.open(code);
    CHECK(leader.person == "flint_moor");
    CHECK(leader.cookie.starts_with("__Host-attune="));
    CHECK(has(school.ask({"leaders", "list"}).out, "open, 1 signed in, 8 recovery codes left"));
    const Ran again = school.ask({"leaders", "first"});
    CHECK(again.code == 0);
    CHECK(again.out.empty());
    leader.connect();
    REQUIRE(leader.hear<protocol::LeaderWelcome>());
    REQUIRE(leader.hear<protocol::Live>());

    school.hub.reset();  // killed
    school.start();
    leader.connect();
    CHECK(leader.hear<protocol::LeaderWelcome>());
    Leader thief(school);
    CHECK(thief.post("/v1/leaders/session", protocol::SignInLeader{leader.person, password, leader.used}).as<protocol::Rejected>().name == "SignInWrong");
    const std::string before = leader.cookie;
    CHECK(leader.post("/v1/leaders/session", protocol::SignInLeader{leader.person, password, leader.digits(1)}).message);
    CHECK(leader.cookie != before);
    CHECK(leader.hear<protocol::Goodbye>(5s)->reason == protocol::GoodbyeReason::signed_out);
    leader.connect();
    REQUIRE(leader.hear<protocol::Live>());

    SECTION("signed out of every browser, within five seconds") {
        CHECK(school.ask({"leaders", "end-sessions", leader.person}).code == 0);
        CHECK(leader.hear<protocol::Goodbye>(5s)->reason == protocol::GoodbyeReason::signed_out);
    }
    SECTION("the account closed") {
        CHECK(school.ask({"leaders", "reset", leader.person}).code == 0);
        CHECK(leader.hear<protocol::Goodbye>(5s)->reason == protocol::GoodbyeReason::signed_out);
        CHECK(has(school.ask({"leaders", "reset", leader.person}).err, "This person has no account."));
        CHECK(school.ask({"leaders", "invite", leader.person, "--no-qr"}).code == 0);
    }
    SECTION("the role taken away by an import") {
        std::string staff;
        std::ifstream in("deploy/example-school/staff.csv");
        for (std::string line; std::getline(in, line);) staff += (line.starts_with("flint_moor") ? "flint_moor,Flint Moor,Flint,office,office" : line) + "\n";
        std::ofstream(folder / "school/staff.csv", std::ios::trunc) << staff;
        CHECK(school.ask({"import", (folder / "school").string(), "--apply"}).code == 0);
        CHECK(leader.hear<protocol::Goodbye>(5s)->reason == protocol::GoodbyeReason::role_changed);
    }

    struct stat about{};
    REQUIRE(::stat((school.state + "/authenticators.key").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    school.hub->signal(SIGTERM);
    CHECK(school.hub->wait() == 0);
    CHECK(school.ask({"log", "verify"}).code == 0);
    const std::string log = school.ask({"log", "export"}).out;
    for (const char* kind : {"LeaderInvited", "AccountOpened", "LeaderSignedIn", "LeaderSignInFailed", "LeaderSessionEnded"})
        CHECK(has(log, std::string("\"kind\":\"") + kind + "\""));
    for (const std::string& secret : {std::string(password), leader.secret, code, leader.cookie.substr(14), leader.recovery.at(0), std::string("argon2id")}) {
        CHECK_FALSE(has(school.hub->err, secret));
        CHECK_FALSE(has(log, secret));
    }
    CHECK_FALSE(has(school.hub->err, "flint"));
    std::string journal;
    {
        std::ifstream in(school.state + "/journal.db", std::ios::binary);
        journal.assign(std::istreambuf_iterator<char>(in), {});
    }
    CHECK_FALSE(has(journal, password));
}

TEST_CASE("a device waits for the second of two leaders, and what it could see is told afterwards") {
    const Folder folder;
    School school(folder);
    Leader flint(school), rowan(school);
    flint.open(school.code({"leaders", "first"}));
    rowan.open(school.code({"leaders", "invite", "rowan_hale"}));
    rowan.connect();
    REQUIRE(rowan.hear<protocol::Live>());
    flint.connect();
    REQUIRE(flint.hear<protocol::Live>());
    flint.say(protocol::MakeEnrolmentCode{protocol::DeviceKind::room, "y2_finch", std::nullopt});
    const auto code = flint.hear<protocol::EnrolmentCode>();
    REQUIRE(code);
    // It enrols, and is not welcomed.
    CHECK_THROWS(Device(school.port, code->code, 1s));
    rowan.connect();  // nobody has beaten meanwhile
    flint.connect();
    REQUIRE(flint.hear<protocol::Live>());
    const auto waiting = rowan.hear<protocol::DeviceChanged>();
    REQUIRE(waiting);
    REQUIRE(waiting->device.waiting_until);
    const std::string device = waiting->device.device;
    CHECK(has(school.ask({"devices"}).out, "waiting"));
    flint.say(protocol::ApproveEnrolment{device});
    const auto own = flint.hear<protocol::Rejected>();
    REQUIRE(own);
    CHECK(own->name == "SecondPersonNeeded");
    rowan.say(protocol::ApproveEnrolment{device});
    CHECK(rowan.hear<protocol::Done>());
    CHECK(has(school.ask({"devices"}).out, "approved by rowan_hale"));
    const Ran saw = school.ask({"log", "saw", device});
    CHECK(saw.code == 0);
    CHECK(has(saw.out, "No call was ever for"));
    CHECK(school.ask({"log", "saw", "room-nobody"}).code == 1);
    const std::string log = school.ask({"log", "export"}).out;
    CHECK(has(log, "\"kind\":\"DeviceApproved\""));
    CHECK(has(log, "\"made_by\":\"flint_moor\""));
    CHECK(has(log, "\"by\":\"rowan_hale\""));
}
