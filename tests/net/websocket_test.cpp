// Devices' connections on real sockets: the upgrade, the frames, slow and silent clients, and the end.
#include <sys/socket.h>

#include <catch2/catch_test_macros.hpp>

#include "tests/net/support.hpp"

using namespace attune::net::test;

namespace {

int close_code(const Frame& frame) {
    if (frame.opcode != 8) return 0;
    if (frame.payload.size() < 2) return 1005;
    return static_cast<unsigned char>(frame.payload[0]) << 8 | static_cast<unsigned char>(frame.payload[1]);
}

}  // namespace

TEST_CASE("a program and the hub's own page may upgrade; the answer names the subprotocol") {
    Hub hub;
    for (const bool page : {false, true}) {
        Client client(hub.port());
        const auto answer = client.upgrade(page ? std::optional("http://" + client.host()) : std::nullopt);
        REQUIRE(answer.status == 101);
        CHECK(answer.header("Sec-WebSocket-Protocol") == "attune.1");
        CHECK(answer.header("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        CHECK(answer.header("Sec-WebSocket-Extensions").empty());
        client.send_message("hello");
        const auto frame = client.message();
        CHECK(frame.opcode == 2);
        CHECK(frame.payload == "hello");
    }
    CHECK(hub.until([&] { return hub.door.closed_count == 2; }));
    CHECK(hub.on_io([&] { return hub.door.peers.front().address; }) == "127.0.0.1");
    CHECK_FALSE(hub.on_io([&] { return hub.door.peers.front().local; }));
}

TEST_CASE("an upgrade is refused with its reason, and the app never hears of it") {
    Hub hub;
    const auto port = std::to_string(hub.port());
    const auto other_port = std::to_string(hub.port() ^ 1);
    for (const auto& origin : std::vector<std::string>{
             "null", "http://evil.example", "https://127.0.0.1:" + port, "HTTP://127.0.0.1:" + port,
             "http://127.0.0.1:" + other_port, "http://127.0.0.1", "http://127.0.0.1:" + port + ".evil.example",
             "http://x127.0.0.1:" + port, "http://127.0.0.1:" + port + "/", "http://localhost:" + port, ""}) {
        INFO(origin);
        Client client(hub.port());
        CHECK(client.upgrade(origin).status == 403);
        CHECK(client.ended_within(5s));
    }
    for (const auto& protocol : {"", "attune", "attune.11", "xattune.1", "chat"}) {
        INFO(protocol);
        Client client(hub.port());
        CHECK(client.upgrade({}, protocol).status == 400);
    }
    {
        Client client(hub.port());
        CHECK(client.upgrade({}, "chat, attune.1").status == 101);
    }
    {
        Client client(hub.port());  // a name that was made to point here
        CHECK(client.upgrade("http://evil.example:" + port, "attune.1", "evil.example:" + port).status == 421);
    }
    {
        Client client(hub.port());
        client.send("GET /v1/ws HTTP/1.1\r\nHost: " + client.host() +
                    "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Protocol: attune.1\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: "
                    "dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        CHECK(client.read_answer().status == 426);
    }
    CHECK(hub.until([&] { return hub.door.open == 0; }));
    CHECK(hub.door.opened_count == 1);
}

TEST_CASE("frames of every length come back whole") {
    Hub hub;
    Client client(hub.port());
    REQUIRE(client.upgrade().status == 101);
    for (const std::size_t size : {0u, 1u, 125u, 126u, 127u, 1000u, 1536u, 32767u, 32768u}) {
        const std::string text(size, 'x');
        client.send_message(text);
        INFO(size);
        CHECK(client.message().payload == text);
    }
}

TEST_CASE("an upgrade that is none is refused like any other request: with a sentence and the strict headers") {
    Hub hub;
    const std::string good = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: attune.1\r\n";
    const std::string key = "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n", version = "Sec-WebSocket-Version: 13\r\n";
    const std::pair<std::string, int> wrong[] = {
        {good + key, 426},
        {good + key + "Sec-WebSocket-Version: 8\r\n", 426},
        {good + version, 400},
        {good + version + "Sec-WebSocket-Key: short\r\n", 400},
        {good + version + key + key, 400},
        {"Connection: close\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: attune.1\r\n" + key + version, 400},
        {"Connection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Protocol: attune.1\r\n" + key + version, 400},
    };
    for (const auto& [lines, status] : wrong) {
        INFO(lines);
        Client client(hub.port());
        const auto answer = client.get("/v1/ws", lines);
        CHECK(answer.status == status);
        CHECK(answer.header("Content-Security-Policy").find("default-src 'none'") == 0);
        CHECK(answer.header("X-Content-Type-Options") == "nosniff");
        CHECK(answer.header("Cache-Control") == "no-store");
        CHECK((status != 426 || answer.header("Sec-WebSocket-Version") == "13"));
        CHECK_FALSE(answer.body.empty());
    }
    CHECK(hub.door.opened_count == 0);
}

TEST_CASE("what follows the upgrade in the same packet is not lost") {
    Hub hub;
    Client client(hub.port());
    std::string hello = "\x82\x85";
    hello += std::string("\0\0\0\0", 4) + "early";
    client.send(
        "GET /v1/ws HTTP/1.1\r\nHost: " + client.host() +
        "\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        "dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: attune.1\r\n\r\n" +
        hello);
    REQUIRE(client.read_answer().status == 101);
    CHECK(client.message().payload == "early");
}

TEST_CASE("a message in parts with a ping between is one message, and the ping is answered") {
    Hub hub;
    Client client(hub.port());
    REQUIRE(client.upgrade().status == 101);
    client.send_frame(2, "one ", false);
    client.send_frame(9, "are you there");
    client.send_frame(0, "two ", false);
    client.send_frame(0, "three", true);
    const auto pong = client.frame();
    CHECK(pong.opcode == 10);
    CHECK(pong.payload == "are you there");
    CHECK(client.frame().payload == "one two three");
}

TEST_CASE("rules broken are answered by their close code, and the app learns that the client has gone") {
    Hub hub;
    struct Case {
        const char* what;
        int code;
        std::function<void(Client&)> breaks;
    };
    const Case cases[] = {
        {"text", 1003, [](Client& client) { client.send_frame(1, "text"); }},
        {"too long", 1009, [](Client& client) { client.send_message(std::string(32769, 'x')); }},
        {"too long in parts", 1009,
         [](Client& client) {
             client.send_frame(2, std::string(20000, 'x'), false);
             client.send_frame(0, std::string(20000, 'x'));
         }},
        {"not masked", 1002, [](Client& client) { client.send_frame(2, "bare", true, false); }},
        {"reserved opcode", 1002, [](Client& client) { client.send_frame(3, "x"); }},
        {"reserved bit", 1002, [](Client& client) { client.send_frame(0x42, "x"); }},
        {"long ping", 1002, [](Client& client) { client.send_frame(9, std::string(126, 'x')); }},
        {"continuation of nothing", 1002, [](Client& client) { client.send_frame(0, "x"); }},
        {"length that promises 2^62", 1009,
         [](Client& client) { client.send(std::string("\x82\xff\x40\0\0\0\0\0\0\0\1\2\3\4", 14)); }},
    };
    for (const auto& one : cases) {
        INFO(one.what);
        Client client(hub.port());
        REQUIRE(client.upgrade().status == 101);
        one.breaks(client);
        CHECK(close_code(client.message()) == one.code);
        CHECK(client.ended_within(5s));
    }
    CHECK(hub.until([&] { return hub.door.open == 0; }));
    CHECK(hub.door.closed_count == std::size(cases));
    CHECK(hub.door.received_count == 0);
}

TEST_CASE("a close by the client is answered; one by the app comes after what was sent") {
    Hub hub;
    {
        Client client(hub.port());
        REQUIRE(client.upgrade().status == 101);
        client.send_frame(8, std::string("\x03\xe8", 2));
        CHECK(close_code(client.message()) == 1000);
        CHECK(client.ended_within(5s));
    }
    {
        Client client(hub.port());
        REQUIRE(client.upgrade().status == 101);
        client.send_message("close");
        CHECK(client.message().payload == "last words");
        CHECK(close_code(client.message()) == 1000);
        client.send_frame(8, std::string("\x03\xe8", 2));
        CHECK(client.ended_within(1s));
    }
    {
        Client client(hub.port());
        REQUIRE(client.upgrade().status == 101);
        client.send_message("cut");
        CHECK(client.ended_within(1s));
    }
    CHECK(hub.until([&] { return hub.door.closed_count == 3; }));
}

TEST_CASE("a client that does not answer our close is cut soon") {
    auto config = Hub::default_config();
    config.limits.close_wait_ms = 200;
    Hub hub(config);
    Client client(hub.port());
    REQUIRE(client.upgrade().status == 101);
    client.send_message("close");
    CHECK(hub.until([&] { return hub.door.closed_count == 1; }, 3s));
}

TEST_CASE("pongs in the middle of a flood never break a frame") {
    auto config = Hub::default_config();
    config.limits.outbox_bytes_max = 16 << 20;
    config.limits.send_buffer_bytes = 8192;  // small buffers: writes end in the middle of frames
    Hub hub(config);
    Client client(hub.port(), "127.0.0.1", 4096);
    REQUIRE(client.upgrade().status == 101);
    constexpr int rounds = 60, each = 40;
    std::jthread pings([&] {
        for (int at = 0; at < rounds; ++at) {
            client.send_message("flood 40 " + std::to_string(100 + 37 * at));
            for (int ping = 0; ping < 5; ++ping)
                client.send_frame(9, "ping " + std::to_string(at * 5 + ping) + std::string(100, 'p'));
        }
    });
    int pongs = 0, frames = 0;
    bool right = true;
    while (frames < rounds * each || pongs < rounds * 5) {
        const auto frame = client.frame();  // throws at the first byte out of place
        if (frame.opcode == 10) {
            right = right && frame.payload == "ping " + std::to_string(pongs) + std::string(100, 'p');
            ++pongs;
        } else {
            right = right && frame.opcode == 2 &&
                    frame.payload == std::string(100 + 37 * static_cast<std::size_t>(frames / each), 'f');
            ++frames;
        }
    }
    pings.join();
    CHECK(right);
    CHECK(frames == rounds * each);
}

TEST_CASE("a client that does not read is cut by bytes while others flow") {
    auto config = Hub::default_config();
    config.limits.outbox_bytes_max = 200'000;
    config.limits.send_buffer_bytes = 8192;
    Hub hub(config);
    Client slow(hub.port(), "127.0.0.1", 4096), quick(hub.port());
    REQUIRE(slow.upgrade().status == 101);
    REQUIRE(quick.upgrade().status == 101);
    slow.send_message("flood 300 1000");
    quick.send_message("hello");
    CHECK(quick.message().payload == "hello");
    CHECK(hub.until([&] { return hub.door.closed_count == 1; }));
    CHECK(hub.on_io([&] { return hub.server->counters().cut_slow; }) == 1);
    quick.send_message("still here");
    CHECK(quick.message().payload == "still here");
}

TEST_CASE("a client that does not read is cut by age, and one that reads slowly is kept") {
    auto config = Hub::default_config();
    config.limits.outbox_age_ms_max = 600;
    config.limits.send_buffer_bytes = 8192;
    Hub hub(config);
    Client stuck(hub.port(), "127.0.0.1", 4096), slow(hub.port(), "127.0.0.1", 4096);
    REQUIRE(stuck.upgrade().status == 101);
    REQUIRE(slow.upgrade().status == 101);
    stuck.send_message("flood 100 1000");
    CHECK(hub.until([&] { return hub.door.closed_count == 1; }, 5s));
    CHECK(hub.on_io([&] { return hub.server->counters().cut_slow; }) == 1);
    slow.send_message("flood 100 1000");
    for (int at = 0; at < 100; ++at)
        CHECK(slow.message().payload.size() == 1000);
    CHECK(hub.door.open == 1);
}

TEST_CASE("a silent client is pinged, kept when it answers, cut when it does not") {
    auto config = Hub::default_config();
    config.limits.idle_ms = 400;
    Hub hub(config);
    Client mute(hub.port()), polite(hub.port());
    REQUIRE(mute.upgrade().status == 101);
    REQUIRE(polite.upgrade().status == 101);
    for (int pings = 0; pings < 4; ++pings) {
        const auto frame = polite.frame();
        REQUIRE(frame.opcode == 9);
        polite.send_frame(10, frame.payload);
    }
    CHECK(mute.ended_within(2s));
    CHECK(hub.door.open == 1);
    CHECK(hub.on_io([&] { return hub.server->counters().cut_idle; }) == 1);
}

TEST_CASE("a paused connection is not read until the app wants more") {
    Hub hub;
    Client client(hub.port());
    REQUIRE(client.upgrade().status == 101);
    hub.on_io([&] { hub.door.paused_ = true; });
    for (int at = 0; at < 5; ++at)
        client.send_message("message " + std::to_string(at));
    CHECK(client.message().payload == "message 0");
    // The hub has had time for the others: a whole turn of another client's.
    Client other(hub.port());
    REQUIRE(other.upgrade().status == 101);
    CHECK(hub.door.received_count == 1);
    hub.on_io([&] {
        hub.door.paused_ = false;
        hub.server->turn_ended();
    });
    for (int at = 1; at < 5; ++at)
        CHECK(client.message().payload == "message " + std::to_string(at));
}

TEST_CASE("the app is woken when it asked for it, not before, and an earlier wish moves the timer") {
    Hub hub;
    const auto begin = hub.on_io([&] {
        const auto now = hub.clock.monotonic_ms();
        hub.door.next_wake_ = now + 60'000;
        hub.server->turn_ended();
        hub.door.next_wake_ = now + 120;
        hub.server->turn_ended();
        return now;
    });
    CHECK(hub.until([&] { return hub.door.wakes == 1; }, 5s));
    CHECK(hub.on_io([&] { return hub.door.woken_at_; }) >= begin + 120);
    // A wish that moves later: the timer rings early and the app is not woken by it.
    const auto second = hub.on_io([&] {
        const auto now = hub.clock.monotonic_ms();
        hub.door.next_wake_ = now + 50;
        hub.server->turn_ended();
        hub.door.next_wake_ = now + 200;
        return now;
    });
    CHECK(hub.until([&] { return hub.door.wakes == 2; }, 5s));
    CHECK(hub.on_io([&] { return hub.door.woken_at_; }) >= second + 200);
}

TEST_CASE("stopping says goodbye, closes with 1001, and a mute client does not hold it up") {
    Hub hub;
    Client polite(hub.port()), mute(hub.port()), visitor(hub.port());
    REQUIRE(polite.upgrade().status == 101);
    REQUIRE(mute.upgrade().status == 101);
    CHECK(visitor.get("/-/healthy").status == 200);
    std::thread reader([&] {
        CHECK(polite.message().payload == "goodbye");
        CHECK(close_code(polite.message()) == 1001);
        polite.send_frame(8, std::string("\x03\xe9", 2));
        CHECK(polite.ended_within(5s));
    });
    const auto took = hub.stop();
    reader.join();
    CHECK(took < 7s);
    CHECK(hub.door.open == 0);
    CHECK(hub.door.closed_count == 2);
    CHECK(visitor.ended_within(1s));
    CHECK(mute.receive().find("goodbye") != std::string::npos);
}

TEST_CASE("stopping ends what the app has left open, even with a stuck write") {
    auto config = Hub::default_config();
    config.limits.send_buffer_bytes = 8192;
    Hub hub(config);
    hub.on_io([&] { hub.door.stop_closes = false; });
    Client mute(hub.port(), "127.0.0.1", 4096), stuck(hub.port(), "127.0.0.1", 4096);
    REQUIRE(mute.upgrade().status == 101);
    REQUIRE(stuck.upgrade().status == 101);
    stuck.send_message("flood 500 1000");
    CHECK(hub.until([&] { return hub.door.received_count == 1; }));
    CHECK(hub.stop() < 7s);
    CHECK(hub.door.open == 0);
}
