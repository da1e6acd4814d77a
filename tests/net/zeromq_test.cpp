// The door of native clients on real sockets: who comes in, whose message it is, bursts, slow and hostile peers, and
// the end. The app behind it echoes.
#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "hub/net/zeromq.hpp"
#include "hub/net/zeromq_key.hpp"
#include "tests/net/dealer.hpp"
#include "tests/net/support.hpp"

using namespace attune;
using namespace attune::net::test;
using app::KeyStanding;

namespace {

/// A hub with the native door open, and its key.
struct NativeHub : TemporaryFolder {
    explicit NativeHub(const std::function<void(net::Config&)>& change = {}) : hub(config(path, change)) {
        const auto native = hub.on_io([this] { return hub.server->native(); });
        port = native.port;
        key = key_from(native.public_key);
    }
    static net::Config config(const std::filesystem::path& folder, const std::function<void(net::Config&)>& change) {
        auto config = Hub::default_config();
        config.zeromq.listen = net::Listen{"127.0.0.1", 0};
        config.zeromq.key_file = folder / "zeromq.key";
        if (change) change(config);
        return config;
    }
    void stands(const KeyPair& keys, KeyStanding standing) {
        hub.on_io([&] { hub.door.standings[keys.public_key] = standing; });
    }
    void stands(KeyStanding standing) {
        hub.on_io([&] { hub.door.others = standing; });
    }
    std::unique_ptr<Dealer> device() { return device({}); }
    std::unique_ptr<Dealer> device(Dealer::Options options) {
        stands(options.keys, KeyStanding::device);
        return std::make_unique<Dealer>(port, key, std::move(options));
    }
    net::Counters counters() {
        return hub.on_io([this] { return hub.server->counters(); });
    }

    Hub hub;
    std::uint16_t port = 0;
    CurveBytes key{};
};

std::string echo(Dealer& dealer, std::string_view text) {
    dealer.send(text);
    return dealer.receive().value_or("nothing came");
}

}  // namespace

TEST_CASE("an enrolled key is let in, and the app knows the peer by it") {
    NativeHub native;
    const auto device = native.device();
    CHECK(echo(*device, "hello") == "hello");
    const auto peer = native.hub.on_io([&] { return native.hub.door.peers.at(0); });
    CHECK(peer.curve_key == device->keys().public_key);
    CHECK(peer.address == "127.0.0.1");
    CHECK_FALSE(peer.local);
    CHECK(native.counters().zeromq == 1);
    CHECK(native.counters().zap_admitted == 1);
}

TEST_CASE("a key that is not known is refused at the handshake while no code waits") {
    NativeHub native;
    Dealer stranger(native.port, native.key);
    CHECK_FALSE(stranger.admitted());
    stranger.offer("hello");
    CHECK_FALSE(stranger.receive(300ms));
    CHECK(native.counters().zap_refused_unknown >= 1);
    CHECK(native.counters().zap_admitted == 0);
    CHECK(native.hub.door.opened_count == 0);
}

TEST_CASE("without somebody who checks keys the native door stays shut") {
    boost::asio::io_context io;
    net::ZmqContext context;
    net::RouterOptions options;
    const KeyPair hub;
    options.secret_key = hub.secret_key;
    options.zap_domain = "attune";
    CHECK_THROWS_AS(net::ZmqSocket::router(io, context, options), std::runtime_error);
    auto authenticator = net::ZmqSocket::authenticator(io, context);
    CHECK_THROWS_AS(net::ZmqSocket::authenticator(io, context), std::runtime_error);  // somebody has its place
    // Gone after the ROUTER was made: libzmq is told to let nobody in then.
    auto router = net::ZmqSocket::router(io, context, options);
    REQUIRE(router.bind("tcp://127.0.0.1:*").empty());
    authenticator.close();
    const std::string at = router.last_endpoint();
    Dealer dealer(static_cast<std::uint16_t>(std::stoul(at.substr(at.rfind(':') + 1))), hub.public_key);
    CHECK_FALSE(dealer.admitted());
    router.close();
}

TEST_CASE("without CURVE nothing comes in and nothing comes back") {
    NativeHub native;
    native.stands(KeyStanding::device);  // even if everybody were welcome
    for (const auto mechanism : {Dealer::Mechanism::Null, Dealer::Mechanism::Plain}) {
        Dealer::Options options;
        options.mechanism = mechanism;
        Dealer stranger(native.port, native.key, options);
        stranger.offer("hello");
        CHECK_FALSE(stranger.admitted());
        CHECK_FALSE(stranger.receive(300ms));
    }
    CHECK(native.counters().zap_admitted == 0);
    CHECK(native.hub.door.opened_count == 0);
    // A client that dialled another hub than it believes never sends anything either.
    Dealer misled(native.port, KeyPair().public_key);
    misled.offer("hello");
    CHECK_FALSE(misled.admitted(1s));
    CHECK(native.hub.door.opened_count == 0);
}

TEST_CASE("while a code waits a few strangers are let in, and no more at a time") {
    NativeHub native([](net::Config& config) { config.limits.strangers_max = 3; });
    native.stands(KeyStanding::stranger);
    std::vector<std::unique_ptr<Dealer>> strangers;
    for (int number = 0; number < 3; ++number) {
        strangers.push_back(std::make_unique<Dealer>(native.port, native.key));
        CHECK(echo(*strangers.back(), "enrol me") == "enrol me");
    }
    Dealer fourth(native.port, native.key);
    CHECK_FALSE(fourth.admitted());
    CHECK(native.counters().zap_refused_strangers >= 1);
    // An enrolled device does not wait behind them.
    CHECK(echo(*native.device(), "still here") == "still here");
    // Whoever has said goodbye makes room.
    CHECK(echo(*strangers[0], "close") == "last words");
    REQUIRE(native.hub.until([&] { return native.hub.door.closed_count >= 1; }));
    Dealer fifth(native.port, native.key);
    CHECK(echo(fifth, "enrol me") == "enrol me");
    // And is itself a stranger again, with a connection that is open but of no use.
    native.stands(KeyStanding::refused);
    const auto before = native.counters().zeromq_dropped;
    strangers[0]->send("me again");
    CHECK(native.hub.until([&] { return native.hub.server->counters().zeromq_dropped > before; }));
}

TEST_CASE("a burst of six thousand is answered whole and in order, without a rescue") {
    NativeHub native;
    const auto device = native.device({.receive_high_water = 100'000});
    CHECK(echo(*device, "first") == "first");
    for (int number = 0; number < 6'000; ++number)
        device->send(std::to_string(number));
    bool in_order = true;
    for (int number = 0; number < 6'000 && in_order; ++number)
        in_order = device->receive() == std::to_string(number);
    CHECK(in_order);
    CHECK(native.counters().zeromq_rescues == 0);
    CHECK(native.counters().cut_slow == 0);
}

TEST_CASE("a send while a request waits does not leave the request lying") {
    NativeHub native;
    const auto device = native.device();
    CHECK(echo(*device, "first") == "first");
    for (int round = 0; round < 50; ++round) {
        // On the hub's thread: the request arrives while it is kept busy, and then it sends before it has read.
        native.hub.on_io([&] {
            device->send("request " + std::to_string(round));
            const auto until = std::chrono::steady_clock::now() + 2ms;
            while (std::chrono::steady_clock::now() < until) {}
            native.hub.door.send_all("news");
        });
        bool news = false, answer = false;
        while (!(news && answer)) {
            const auto text = device->receive(2s);
            REQUIRE(text);
            (*text == "news" ? news : answer) = true;
        }
    }
    CHECK(native.counters().zeromq_rescues == 0);
}

TEST_CASE("a message that is not one frame reaches the app as a frame of which nothing can be read") {
    NativeHub native;
    const auto device = native.device();
    CHECK(echo(*device, "first") == "first");
    device->send_parts({"", "a request socket's"});
    CHECK(device->receive() == "");
    device->send_parts({"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"});
    CHECK(device->receive() == "");
    device->send("");
    CHECK(device->receive() == "");
    CHECK(echo(*device, "last") == "last");
    CHECK(native.counters().zeromq == 1);
}

TEST_CASE("a message over libzmq's limit ends the connection, and one below it is the app's to judge") {
    NativeHub native;
    const auto device = native.device();
    // What is counted is the encrypted message, which is 33 bytes longer.
    CHECK(echo(*device, std::string(65'500, 'x')).size() == 65'500);
    REQUIRE(device->admitted());
    device->send(std::string(65'536, 'x'));
    CHECK(device->disconnected());
    CHECK(native.hub.door.received_count == 1);
}

TEST_CASE("the same routing id under another key is another peer, and gets nothing of the first one's") {
    NativeHub native;
    // Five bytes, the first of them 0: what libzmq itself makes; a client must not, but can.
    const std::string routing_id("\0abcd", 5);
    auto victim = native.device({.routing_id = routing_id});
    CHECK(echo(*victim, "mine") == "mine");
    {
        // While the first one is there the second is not heard at all.
        const auto thief = native.device({.routing_id = routing_id});
        thief->send("let me be you");
        CHECK_FALSE(thief->receive(300ms));
        CHECK(echo(*victim, "still me") == "still me");
    }
    victim.reset();
    Dealer::Options options;
    options.routing_id = routing_id;
    native.stands(options.keys, KeyStanding::device);
    // The first one's connection may not be known to be gone yet: then libzmq lets no other have its routing id.
    std::optional<std::string> answer;
    std::vector<std::unique_ptr<Dealer>> tries;
    for (int attempt = 0; attempt < 50 && !answer; ++attempt) {
        tries.push_back(std::make_unique<Dealer>(native.port, native.key, options));
        tries.back()->send("who am I");
        answer = tries.back()->receive(200ms);
        if (!answer) tries.pop_back();
    }
    REQUIRE(answer == "who am I");
    CHECK(native.hub.until([&] { return native.hub.door.closed_count == 1; }));
    const auto peers = native.hub.on_io([&] { return native.hub.door.peers; });
    REQUIRE(peers.size() == 2);
    CHECK(peers[1].curve_key == options.keys.public_key);
    CHECK(peers[0].curve_key != peers[1].curve_key);
}

TEST_CASE("a routing id that the client chose is refused with a goodbye") {
    NativeHub native;
    const auto device = native.device({.routing_id = "room-oak"});
    device->send("hello");
    const auto goodbye = device->receive();
    REQUIRE(goodbye);
    CHECK(goodbye->find("Goodbye") != std::string::npos);
    CHECK(native.hub.door.opened_count == 0);
}

TEST_CASE("a key that was revoked is refused on the connection that it still has") {
    NativeHub native;
    const auto device = native.device();
    CHECK(echo(*device, "hello") == "hello");
    REQUIRE(device->admitted());
    native.stands(device->keys(), KeyStanding::refused);
    CHECK(echo(*device, "close") == "last words");  // as the app does with a revoked device
    REQUIRE(native.hub.until([&] { return native.hub.door.closed_count == 1; }));
    device->send("I am still connected");
    CHECK(native.hub.until([&] { return native.hub.server->counters().zeromq_dropped == 1; }));
    CHECK(native.hub.door.opened_count == 1);
    // Nor does the connection stay.
    CHECK(device->disconnected(5s));
    Dealer again(native.port, native.key, {.keys = device->keys()});
    CHECK_FALSE(again.admitted());
}

TEST_CASE("a key that was revoked before its connection ever spoke opens no session") {
    NativeHub native;
    const auto device = native.device();
    REQUIRE(device->admitted());
    native.stands(device->keys(), KeyStanding::refused);
    device->send("hello");
    CHECK(native.hub.until([&] { return native.hub.server->counters().zeromq_dropped == 1; }));
    CHECK(native.hub.door.opened_count == 0);
}

TEST_CASE("a client that does not read is cut, and the others notice nothing") {
    NativeHub native([](net::Config& config) {
        config.limits.outbox_bytes_max = 256 * 1024;
        config.limits.send_buffer_bytes = 8 * 1024;
    });
    const auto slow = native.device({.receive_high_water = 1, .receive_buffer = 4'096});
    const auto other = native.device();
    CHECK(echo(*other, "here") == "here");
    slow->send("flood 400 16000");
    CHECK(native.hub.until([&] { return native.hub.door.closed_count == 1; }));
    CHECK(native.counters().cut_slow == 1);
    CHECK(echo(*other, "still here") == "still here");
    REQUIRE(slow->admitted());
    CHECK(slow->disconnected());
}

TEST_CASE("a flood that a reading client takes leaves in its own time, whole") {
    NativeHub native([](net::Config& config) { config.limits.outbox_bytes_max = 8 << 20; });
    const auto device = native.device();
    device->send("flood 2000 3000");
    int frames = 0;
    while (frames < 2'000 && device->receive(5s).value_or("").size() == 3'000)
        ++frames;
    CHECK(frames == 2'000);
    CHECK(native.counters().zeromq_rescues == 0);
}

TEST_CASE("while the app wants a pause a peer's frames wait in order, and too many of them are the end") {
    NativeHub native([](net::Config& config) { config.limits.inbox_bytes_max = 64 * 1024; });
    const auto device = native.device();
    CHECK(echo(*device, "first") == "first");
    native.hub.on_io([&] { native.hub.door.paused_ = true; });
    for (int number = 0; number < 100; ++number)
        device->send(std::to_string(number));
    // The first one is handed over, and then the pause holds.
    CHECK(device->receive() == "0");
    CHECK_FALSE(device->receive(200ms));
    native.hub.on_io([&] {
        native.hub.door.paused_ = false;
        native.hub.server->turn_ended();
    });
    for (int number = 1; number < 100; ++number)
        REQUIRE(device->receive() == std::to_string(number));
    native.hub.on_io([&] { native.hub.door.paused_ = true; });
    for (int number = 0; number < 100; ++number)
        device->send(std::string(1'000, 'x'));
    CHECK(native.hub.until([&] { return native.hub.server->counters().cut_fast == 1; }));
    CHECK(native.hub.until([&] { return native.hub.door.closed_count == 1; }));
}

TEST_CASE("a device that dials again and again keeps a few connections at most") {
    NativeHub native;
    Dealer::Options options;
    std::vector<std::unique_ptr<Dealer>> dials;
    for (int number = 0; number < 10; ++number) {
        dials.push_back(native.device(options));
        CHECK(echo(*dials.back(), "hello") == "hello");
    }
    CHECK(native.hub.until([&] { return native.hub.door.open == 4; }));
    CHECK(native.hub.door.opened_count == 10);
    CHECK(echo(*dials.back(), "the newest is there") == "the newest is there");
}

TEST_CASE("a hub with native clients stops in order, also with one that never reads") {
    NativeHub native;
    const auto device = native.device();
    const auto mute = native.device();
    CHECK(echo(*device, "hello") == "hello");
    CHECK(echo(*mute, "hello") == "hello");
    CHECK(native.hub.stop() < 5s);
    CHECK(device->receive() == "goodbye");
    CHECK(device->disconnected());
    CHECK(native.hub.door.closed_count == 2);
}

TEST_CASE("garbage and HTTP on the native door end by themselves") {
    NativeHub native;
    for (const std::string text : {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\xff\x01\x02\x03\x04\x05\x06\x07\x08\x7f\x03",
                                   "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"}) {
        Client raw(native.port);
        raw.send(text);
        CHECK(raw.ended_within(6s));
    }
    Client silent(native.port);
    CHECK(silent.ended_within(6s));
    CHECK(native.counters().zap_admitted == 0);
    CHECK(native.hub.door.opened_count == 0);
    CHECK(echo(*native.device(), "hello") == "hello");
}

TEST_CASE("a hundred connections that show no key keep no device out") {
    NativeHub native([](net::Config& config) { config.limits.handshakes_max = 16; });
    std::vector<std::unique_ptr<Client>> held;
    for (int number = 0; number < 100; ++number)
        held.push_back(std::make_unique<Client>(native.port));
    CHECK(native.hub.until([&] { return native.hub.server->counters().zeromq_evicted >= 84; }, 2s));
    CHECK(held.front()->ended_within(1s));
    const auto device = native.device();
    CHECK(echo(*device, "hello") == "hello");
    for (int number = 0; number < 100; ++number)
        held.push_back(std::make_unique<Client>(native.port));
    CHECK(native.hub.until([&] { return native.hub.server->counters().zeromq_evicted >= 168; }, 2s));
    CHECK(echo(*device, "still here") == "still here");  // it has shown its key: it makes room for nobody
    CHECK(native.counters().zeromq == 1);
}

TEST_CASE("the figures say what the native door does") {
    NativeHub native;
    const auto device = native.device();
    CHECK(echo(*device, "hello") == "hello");
    Dealer stranger(native.port, native.key);
    CHECK_FALSE(stranger.admitted());
    Client client(native.hub.port());
    const auto text = client.get("/metrics").body;
    for (const auto* line :
         {"\nattune_connections{transport=\"zeromq\"} 1\n", "\nattune_connections{transport=\"websocket\"} 0\n",
          "\nattune_zeromq_rescues_total 0\n", "\nattune_zap_admitted_total 1\n",
          "\nattune_zap_refused_total{why=\"unknown\"} 1\n"}) {
        INFO(line);
        CHECK(text.find(line) != std::string::npos);
    }
}

TEST_CASE("the hub's key is made once, kept for its user alone, and never replaced by itself") {
    TemporaryFolder folder;
    const auto file = folder.path / "zeromq.key";
    const auto made = net::ensure_curve_key(file);
    struct stat about{};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    CHECK(net::ensure_curve_key(file).secret_key == made.secret_key);
    CHECK(net::stored_public_key(file) == net::text_of_key(made.public_key));
    CHECK(net::text_of_key(made.public_key).size() == 43);
    CHECK(key_from(net::text_of_key(made.public_key)) == made.public_key);

    std::filesystem::permissions(file, std::filesystem::perms(0640));
    CHECK_THROWS(net::ensure_curve_key(file));
    std::filesystem::permissions(file, std::filesystem::perms(0600));
    net::ensure_curve_key(file);
    std::string text;
    {
        std::ifstream in(file);
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
    const auto other = net::ensure_curve_key(folder.path / "other.key");
    for (const auto& broken : {std::string(), text.substr(0, 60), text.substr(0, text.size() / 2) + "\n",
                               "public " + net::text_of_key(other.public_key) + text.substr(text.find('\n'))}) {
        std::ofstream(file, std::ios::trunc) << broken;
        CHECK_THROWS(net::ensure_curve_key(file));
        std::ifstream in(file);
        CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == broken);
    }
    CHECK(net::stored_public_key(folder.path / "none.key").empty());
}
