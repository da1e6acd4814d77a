// Strangers at both doors of a whole hub on real sockets, bounded in count and time: whatever they hold, drip, forge or
// flood, they are let go, nothing changes, and an enrolled room still raises.
#include <sys/resource.h>

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "tests/net/site.hpp"

using namespace attune;
using namespace attune::net::test;

namespace {

namespace wire = protocol;

/// The next press of this room is received: a new call, or a higher level of the one that is open.
void raises(Device& room, std::uint64_t level) {
    const wire::Id press = room.say(wire::RaiseCall{level, 1, std::nullopt, std::nullopt});
    room.card([&](const auto& card) { return card.level >= level; });
    (void)press;
}

std::size_t resident_bytes() {
    std::ifstream in("/proc/self/statm");
    std::size_t all = 0, resident = 0;
    in >> all >> resident;
    return resident * 4096;
}

std::string raw(std::initializer_list<int> bytes) {
    std::string text;
    for (const int byte : bytes) text.push_back(static_cast<char>(byte));
    return text;
}

std::string nested(int byte, std::size_t times) { return std::string(times, static_cast<char>(byte)); }

/// A bomb of each kind of MessagePack: what claims more than it has, what nests without end, what repeats itself.
std::vector<std::pair<std::string, std::string>> bombs() {
    const std::string all_ones = raw({0xff, 0xff, 0xff, 0xff});
    std::vector<std::pair<std::string, std::string>> list{
        {"array32 of 2^32-1", raw({0xdd}) + all_ones},
        {"map32 of 2^32-1", raw({0xdf}) + all_ones},
        {"str32 of 2^32-1", raw({0xdb}) + all_ones},
        {"bin32 of 2^32-1", raw({0xc6}) + all_ones},
        {"ext32 of 2^32-1", raw({0xc9}) + all_ones + raw({1})},
        {"array16 of 65535", raw({0xdc, 0xff, 0xff})},
        {"map16 of 65535", raw({0xde, 0xff, 0xff})},
        {"str16 of 65535", raw({0xda, 0xff, 0xff})},
        {"bin16 of 65535", raw({0xc5, 0xff, 0xff})},
        {"ext16 of 65535", raw({0xc8, 0xff, 0xff, 1})},
        {"arrays in arrays", nested(0x91, 32'000)},
        {"maps in maps", nested(0x81, 32'000)},
        {"arrays that each claim 2^32-1", {}},
        {"a full array of nils", raw({0xdc, 0x7f, 0x00}) + nested(0xc0, 0x7f00)},
        {"a map of the same key", {}},
        {"fixext 16", raw({0xd8, 1}) + std::string(16, 'x')},
        {"a timestamp", raw({0xd6, 0xff, 0, 0, 0, 0})},
        {"a double that is no number", raw({0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0})},
        {"the byte that is never used", raw({0xc1})},
        {"nothing at all", {}},
    };
    for (int n = 0; n < 6'000; ++n) list[12].second += raw({0xdd}) + all_ones;
    list[14].second = raw({0xde, 0x27, 0x10});
    for (int n = 0; n < 10'000; ++n) list[14].second += raw({0xa1, 'k', 0xc0});
    // Each also where the body of a real message should be.
    std::vector<std::pair<std::string, std::string>> both = list;
    for (const auto& [name, bytes] : list)
        both.emplace_back("RaiseCall with " + name, raw({0x94, 1, 0xa9}) + "RaiseCall" + raw({0xc4, 16}) + std::string(16, 'i') + bytes);
    return both;
}

}  // namespace

TEST_CASE("strangers who upgrade and say nothing make room for each other, never for an enrolled room") {
    net::Limits limits;
    limits.connections_max = 20;
    limits.visitors_max = 10;
    Site site(limits);
    PageDevice page(site);
    page.enrol(site, core::DeviceKind::room, "oak", "");
    std::vector<std::unique_ptr<Client>> strangers;
    for (int n = 0; n < 60; ++n) {
        strangers.push_back(std::make_unique<Client>(site.port()));
        REQUIRE(strangers.back()->upgrade().status == 101);
    }
    CHECK(site.counters().strangers <= 10);
    CHECK(site.counters().refused_full == 0);
    raises(page, 1);

    // A page that comes again gets through: it is the newest, and soon no stranger any more.
    PageDevice again(site);
    again.credential = page.credential;
    again.greet(0);
    CHECK(again.welcome.device == page.device);
    for (int n = 0; n < 20; ++n) {
        strangers.push_back(std::make_unique<Client>(site.port()));
        REQUIRE(strangers.back()->upgrade().status == 101);
    }
    raises(again, 2);
}

TEST_CASE("a hundred strangers hold each door, and enrolled rooms still raise and still come in") {
    Site site;
    const auto native = room_of(site);
    PageDevice page(site);
    page.enrol(site, core::DeviceKind::room, "oak", "");
    std::vector<std::unique_ptr<Client>> held;
    for (int n = 0; n < 100; ++n) {
        held.push_back(std::make_unique<Client>(site.port()));
        if (n % 4 == 1) held.back()->send("GET / HTTP/1.1\r\nHost: 127.");  // half a header
        if (n % 4 == 2) held.back()->send(std::string("\x16\x03\x01\x02\x00\x01", 6));  // half a TLS hello
        if (n % 4 == 3) held.back()->send("\xff\xfe garbage \x01");
        held.push_back(std::make_unique<Client>(site.native_port()));
        if (n % 4 == 1) held.back()->send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        if (n % 4 == 2) held.back()->send(std::string("\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03", 11));  // a greeting, and no more
        if (n % 4 == 3) held.back()->send("\x16\x03\x01 garbage");
    }
    raises(page, 1);
    native->card([](const auto& card) { return card.level == 1; });
    raises(*native, 2);
    page.card([](const auto& card) { return card.level == 2; });

    // And a room that comes only now: its page again, and its button again.
    PageDevice again(site);
    again.credential = page.credential;
    again.greet(0);
    CHECK(again.welcome.device == page.device);
    NativeDevice button(site, {.keys = native->dealer.keys()});
    button.greet(0);
    raises(again, 3);
    button.card([](const auto& card) { return card.level == 3; });

    // Nobody of them was let in, and all are let go by themselves.
    for (const auto& client : held) CHECK(client->ended_within(8s));
    CHECK(site.counters().websockets == 1);
}

TEST_CASE("a frame that drips in part by part buys no time: who has not said Hello is let go") {
    Site site;
    PageDevice page(site);
    page.enrol(site, core::DeviceKind::room, "oak", "");
    Client drip(site.port());
    REQUIRE(drip.upgrade().status == 101);
    const auto begin = std::chrono::steady_clock::now();
    drip.send_frame(2, "a", false);
    bool ended = false;
    std::size_t parts = 0;
    while (!ended && std::chrono::steady_clock::now() - begin < 9s) {
        drip.send_frame(0, "a", false);
        if (++parts % 20 == 0) page.say(beat_of(page.seq), false);
        ended = drip.ended_within(50ms);
    }
    CHECK(ended);
    CHECK(parts > 10);
    CHECK(std::chrono::steady_clock::now() - begin > 4s);
    raises(page, 2);
}

TEST_CASE("a message bomb of each kind of MessagePack is answered by a number, over both transports") {
    Site site;
    PageDevice page(site);
    page.enrol(site, core::DeviceKind::room, "oak", "");
    const auto native = room_of(site);
    const std::size_t before = resident_bytes();
    for (const auto& [name, bytes] : bombs()) {
        INFO(name);
        if (bytes.size() > 32'768) continue;  // those end a connection: the next test
        page.client.send_message(bytes);
        const auto error = page.expect<wire::Rejected>().error;
        CHECK((error >= 100 && error <= 114));
        if (bytes.empty()) continue;
        native->dealer.send(bytes);
        const auto native_error = native->expect<wire::Rejected>().error;
        CHECK(native_error == error);
        // Between two bombs something that can be read: only many in a row end the connection.
        page.say(wire::AddNote{1, wire::CallNote::medical});
        native->say(wire::AddNote{1, wire::CallNote::medical});
        page.expect<wire::Rejected>();
        native->expect<wire::Rejected>();
    }
    CHECK(resident_bytes() < before + (64U << 20));
    raises(page, 2);
    native->card([](const auto& card) { return card.level == 2; });
}

TEST_CASE("a frame over the limit before the handshake costs its sender the connection and the hub no memory") {
    Site site;
    const auto native = room_of(site);
    const std::size_t before = resident_bytes();
    // ZMTP 3.1, CURVE; then a command and a message of 2^62 bytes, and one of 1 GiB that really begins to come.
    std::string greeting = raw({0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1}) + "CURVE" + std::string(15, '\0') + std::string(32, '\0');
    REQUIRE(greeting.size() == 64);
    for (const std::string& frame : {raw({0x06, 0x40, 0, 0, 0, 0, 0, 0, 0}) + "\5HELLO", raw({0x02, 0x40, 0, 0, 0, 0, 0, 0, 0}),
                                     raw({0x06, 0, 0, 0, 0, 0x40, 0, 0, 0}) + std::string(100'000, 'x')}) {
        Client stranger(site.native_port());
        stranger.send(greeting);
        try {
            stranger.send(frame);
        } catch (const std::runtime_error&) {
        }
        CHECK(stranger.ended_within(6s));
    }
    {
        Client stranger(site.port());  // and a WebSocket's frame before its upgrade
        stranger.send(std::string("\x82\xff\x40\0\0\0\0\0\0\0\1\2\3\4", 14) + "\r\n\r\n");
        CHECK(stranger.receive_all().find("HTTP/1.1 400") == 0);
    }
    CHECK(resident_bytes() < before + (32U << 20));
    raises(*native, 2);
}

TEST_CASE("an upgrade without a credential may say nothing, and hears nothing") {
    Site site;
    PageDevice page(site);
    page.enrol(site, core::DeviceKind::room, "oak", "");
    raises(page, 2);
    PageDevice stranger(site);
    std::size_t refused = 0;
    for (const wire::AnyMessage& message :
         {wire::AnyMessage(wire::RaiseCall{3, 1, std::nullopt, std::nullopt}), wire::AnyMessage(wire::AcceptCall{1, true, std::nullopt}),
          wire::AnyMessage(wire::ListDevices{}), wire::AnyMessage(wire::CloseCall{1, {}, {}}), wire::AnyMessage(wire::SignIn{"ann", "2580", {}})}) {
        visit([&](const auto& body) { stranger.say(body); }, message);
        CHECK(stranger.expect<wire::Rejected>().name == "HelloFirst");
        ++refused;
    }
    CHECK(refused == 5);
    stranger.say(wire::Hello{stranger.credential, 0, std::nullopt, "test 1"});
    CHECK(stranger.expect<wire::Rejected>().name == "UnknownDevice");
    raises(page, 3);  // of which the stranger is told nothing:
    CHECK(stranger.expect<wire::Goodbye>().reason == wire::GoodbyeReason::hello_timeout);
}

TEST_CASE("a device that is revoked while it is away is refused by its old credential, over both transports") {
    {
        Site site;
        auto page = std::make_unique<PageDevice>(site);
        page->enrol(site, core::DeviceKind::room, "oak", "");
        const std::string device = page->device;
        const CurveBytes credential = page->credential;
        page.reset();
        site.revoke(device);
        PageDevice back(site);
        back.say(wire::Hello{credential, 0, std::nullopt, "test 1"});
        CHECK(back.expect<wire::Rejected>().name == "UnknownDevice");
    }
    Site site;
    auto native = room_of(site);
    const std::string device = native->device;
    const KeyPair keys = native->dealer.keys();
    native.reset();
    site.revoke(device);
    Dealer again(site.native_port(), site.native_key(), {.keys = keys});
    CHECK_FALSE(again.admitted());
}

TEST_CASE("every path, every refusal and every door of HTTP answers with the strict headers") {
    TemporaryFolder folder;
    for (const bool tls : {false, true}) {
        auto config = Hub::default_config();
        config.tls.directory = folder.path / "tls";
        config.tls.on_loopback = true;
        Hub hub(config);
        const auto strict = [&](const Client::Answer& answer, bool may_be_kept) {
            const auto policy = answer.header("Content-Security-Policy");
            CHECK(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"));
            CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
            for (const char* loose : {"unsafe", "http:", "https:", "data:", "blob:", "*", "nonce", "sha256"}) CHECK(policy.find(loose) == std::string::npos);
            CHECK(answer.header("X-Content-Type-Options") == "nosniff");
            CHECK(answer.header("Referrer-Policy") == "no-referrer");
            CHECK(answer.header("Cross-Origin-Opener-Policy") == "same-origin");
            CHECK(answer.header("Cross-Origin-Resource-Policy") == "same-origin");
            CHECK(answer.header("Strict-Transport-Security") == (tls ? "max-age=31536000" : ""));
            CHECK(answer.header("Access-Control-Allow-Origin").empty());
            CHECK(answer.header("Server").empty());
            if (!may_be_kept) CHECK(answer.header("Cache-Control") == "no-store");
        };
        const auto dial = [&] {
            auto client = std::make_unique<Client>(hub.port());
            if (tls) REQUIRE(client->start_tls((folder.path / "tls" / "ca.crt").string(), "127.0.0.1") == 0);
            return client;
        };
        for (const std::string path : {"/", "/room", "/handset", "/station", "/look", "/enrol", "/-/healthy", "/-/ready", "/metrics", "/ca.crt", "/v1/ws",
                                       "/nowhere", "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fetc%2fpasswd", "/room.html", "/.git/config"}) {
            INFO(path << (tls ? " over TLS" : ""));
            const auto answer = dial()->get(path);
            strict(answer, false);
            CHECK(answer.body.find("root:") == std::string::npos);
            CHECK((answer.status == 200 || answer.status == 302 || answer.status == 404 || answer.status == 426 || answer.status == 400));
        }
        const auto asset = dial()->get("/room").body;
        const auto at = asset.find("src=\"/");
        if (at != std::string::npos) {
            const auto from = at + 5;
            strict(dial()->get(asset.substr(from, asset.find('"', from) - from)), true);
        }
        for (const std::string method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"}) {
            INFO(method);
            const auto answer = dial()->get("/room", "Origin: http://evil.example\r\n", method);
            CHECK(answer.status == 405);
            strict(answer, false);
        }
        for (const std::string origin : {"null", "http://evil.example", tls ? "http://127.0.0.1" : "https://127.0.0.1"}) {
            INFO(origin);
            const auto whole = origin.ends_with("127.0.0.1") ? origin + ":" + std::to_string(hub.port()) : origin;
            const auto client = dial();
            const auto answer = client->upgrade(whole);
            CHECK(answer.status == 403);
            strict(answer, false);
        }
    }
}
