// Leaders' requests over real sockets: the only bodies, the only cookie, and all that is refused before the app hears of
// it.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/app/secrets.hpp"
#include "hub/net/codes.hpp"
#include "tests/net/support.hpp"

using namespace attune;
using namespace attune::net::test;
using Path = app::LeaderRequest::Path;

namespace {

struct Request {
    std::string method = "POST", target = "/v1/leaders/session";
    std::optional<std::string> origin;  // absent: the hub's own
    bool with_origin = true;
    std::string more, type = "Content-Type: application/msgpack\r\n", body = "frame";
    std::optional<std::string> length;
    std::string host;

    std::string text(const Client& client) const {
        const std::string own = host.empty() ? client.host() : host;
        std::string all = method + " " + target + " HTTP/1.1\r\nHost: " + own + "\r\n";
        if (with_origin) all += "Origin: " + origin.value_or("http://" + own) + "\r\n";
        all += "Content-Length: " + length.value_or(std::to_string(body.size())) + "\r\n";
        return all + type + more + "\r\n" + body;
    }
};

unsigned status_of(Hub& hub, const Request& request) {
    Client client(hub.port());
    client.send(request.text(client));
    return static_cast<unsigned>(client.read_answer().status);
}

std::size_t asked(Hub& hub) {
    return hub.on_io([&] { return hub.door.leaders_asked.size(); });
}

std::string cookie_of(std::byte first) {
    std::array<unsigned char, 32> secret{std::to_integer<unsigned char>(first)};
    std::array<char, 44> text{};
    sodium_bin2base64(text.data(), text.size(), secret.data(), secret.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text.data();
}
core::Digest digest_of_first(std::byte first) {
    return app::digest_of(std::array<std::byte, 32>{first});
}

}  // namespace

TEST_CASE("a leader's request reaches the app with its body, and the answer comes back with exactly this cookie") {
    Hub hub;
    hub.on_io([&] {
        hub.door.leader_answer = {200, bytes_of("answer"), app::LeaderAnswer::Cookie::set, {std::byte{0xfb}}};
    });
    Client client(hub.port());
    client.send(Request{}.text(client));
    const auto answer = client.read_answer();
    CHECK(answer.status == 200);
    CHECK(answer.body == "answer");
    CHECK(answer.header("Content-Type") == "application/msgpack");
    CHECK(answer.header("Cache-Control") == "no-store");
    CHECK(answer.header("Set-Cookie") == "__Host-attune=" + cookie_of(std::byte{0xfb}) + "; Path=/; Secure; HttpOnly; SameSite=Strict");
    CHECK(hub.on_io([&] { return hub.door.leaders_asked.at(0).body; }) == "frame");
    // The connection goes on: a page after it, then the other path.
    CHECK(client.get("/-/healthy").status == 200);
    hub.on_io([&] { hub.door.leader_answer = {403, bytes_of("no"), app::LeaderAnswer::Cookie::leave, {}}; });
    Request open;
    open.target = "/v1/leaders/open";
    open.body = std::string(4096, 'x');
    open.more = "Sec-Fetch-Site: same-origin\r\nCookie: a=b; __Host-attune=" + cookie_of(std::byte{3}) + "; c=d\r\n";
    client.send(open.text(client));
    const auto refused = client.read_answer();
    CHECK(refused.status == 403);
    CHECK(refused.header("Set-Cookie").empty());
    hub.on_io([&] {
        CHECK(hub.door.leaders_asked.at(1).path == Path::open);
        CHECK(hub.door.leaders_asked.at(1).body.size() == 4096);
        CHECK(hub.door.leaders_asked.at(1).session == digest_of_first(std::byte{3}));
    });
    hub.on_io([&] { hub.door.leader_answer = {204, {}, app::LeaderAnswer::Cookie::clear, {}}; });
    Request out;
    out.method = "DELETE";
    out.body = out.type = "";
    client.send(out.text(client));
    const auto gone = client.read_answer(true);
    CHECK(gone.status == 204);
    CHECK(gone.header("Content-Length").empty());
    CHECK(gone.header("Set-Cookie") == "__Host-attune=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    CHECK(hub.on_io([&] { return hub.door.leaders_asked.at(2).path; }) == Path::sign_out);
    CHECK(client.get("/-/healthy").status == 200);
}

TEST_CASE("only the hub's own pages may ask: every other Origin is refused before the app hears of it") {
    Hub hub;
    const std::string own = "http://127.0.0.1:" + std::to_string(hub.port());
    REQUIRE(status_of(hub, Request{}) == 200);
    REQUIRE(asked(hub) == 1);
    for (const std::string& origin :
         {std::string("null"), std::string(""), std::string("http://evil.example"), "https://127.0.0.1:" + std::to_string(hub.port()),
          "http://127.0.0.1:" + std::to_string(hub.port() ^ 1), std::string("http://127.0.0.1"), own + ".evil.example", "x" + own, own + "/",
          "HTTP://127.0.0.1:" + std::to_string(hub.port()), "http://localhost:" + std::to_string(hub.port())}) {
        INFO(origin);
        Request request;
        request.origin = origin;
        CHECK(status_of(hub, request) == 403);
        request.method = "DELETE";
        request.body = request.type = "";
        CHECK(status_of(hub, request) == 403);
    }
    Request none;
    none.with_origin = false;
    CHECK(status_of(hub, none) == 403);
    Request twice;
    twice.more = "Origin: " + own + "\r\n";
    CHECK(status_of(hub, twice) == 403);
    Request upper;
    upper.host = "LOCALHOST:" + std::to_string(hub.port());
    upper.origin = "http://localhost:" + std::to_string(hub.port());
    CHECK(status_of(hub, upper) == 403);
    for (const char* site : {"cross-site", "same-site", "none", ""}) {
        Request request;
        request.more = std::string("Sec-Fetch-Site: ") + site + "\r\n";
        INFO(site);
        CHECK(status_of(hub, request) == 403);
    }
    Request named;
    named.host = "evil.example";
    CHECK(status_of(hub, named) == 421);
    CHECK(asked(hub) == 1);
}

TEST_CASE("bodies are whole, short, of one kind, and for two paths alone") {
    Hub hub;
    const auto refused = [&](Request request) { return status_of(hub, request); };
    Request request;
    request.body = std::string(4097, 'x');
    CHECK(refused(request) == 413);
    request = {};
    request.length = "99999999999999999999";
    CHECK(refused(request) >= 400);
    request = {};
    request.length = "0";
    request.body = "";
    CHECK(refused(request) == 411);
    request = {};
    request.length = "-5";
    CHECK(refused(request) == 400);
    request = {};
    request.more = "Content-Length: 5\r\n";
    CHECK(refused(request) == 400);
    for (const char* more : {"Transfer-Encoding: chunked\r\n", "Transfer-Encoding: xchunked\r\n", "Expect: 100-continue\r\n", "Content-Encoding: gzip\r\n"}) {
        INFO(more);
        request = {};
        request.more = more;
        CHECK(refused(request) == 400);
    }
    for (const char* type : {"", "Content-Type: application/json\r\n", "Content-Type: text/plain\r\n", "Content-Type: application/msgpack; charset=x\r\n",
                             "Content-Type: application/x-www-form-urlencoded\r\n", "Content-Type: multipart/form-data\r\n"}) {
        INFO(type);
        request = {};
        request.type = type;
        CHECK(refused(request) == 415);
    }
    request = {};
    request.method = "DELETE";
    CHECK(refused(request) == 400);
    for (const char* target : {"/", "/v1/ws", "/v1/leaders", "/v1/leaders/", "/v1/leaders/session?x", "/v1/leaders/session/", "/V1/leaders/session",
                               "/v1/leaders/../leaders/session", "/v1/leaders/%73ession", "http://127.0.0.1/v1/leaders/session"}) {
        INFO(target);
        request = {};
        request.target = target;
        CHECK((refused(request) == 400 || refused(request) == 405));
    }
    for (const char* method : {"GET", "HEAD", "PUT", "PATCH", "OPTIONS", "TRACE"}) {
        INFO(method);
        request = {};
        request.method = method;
        Client client(hub.port());
        client.send(request.text(client));
        const auto answer = client.read_answer(true);
        CHECK(answer.status == 405);
        CHECK(answer.header("Allow") == "POST, DELETE");
    }
    CHECK(asked(hub) == 0);
}

TEST_CASE("a body that never comes costs its deadline and no more; a request that is smuggled behind one is one of its own") {
    auto config = Hub::default_config();
    config.limits.header_ms = 200;
    Hub hub(config);
    Client slow(hub.port());
    Request request;
    request.length = "100";
    slow.send(request.text(slow));
    CHECK(slow.ended_within(5s));
    CHECK(asked(hub) == 0);
    Client client(hub.port());
    Request first;
    first.body = "GET /-/ready HTTP/1.1\r\nHost: x\r\n\r\n";
    client.send(first.text(client) + "GET /-/healthy HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\n");
    client.read_answer();
    CHECK(client.read_answer().body == "The hub is running.\n");
    CHECK(hub.on_io([&] { return hub.door.leaders_asked.at(0).body; }) == first.body);
}

TEST_CASE("an answer that comes late, never, or after the browser has gone, harms nobody") {
    auto config = Hub::default_config();
    config.limits.response_ms = 300;
    Hub hub(config);
    hub.on_io([&] { hub.door.leaders_wait = true; });
    Client late(hub.port());
    late.send(Request{}.text(late));
    REQUIRE(hub.until([&] { return hub.door.leaders_waiting.size() == 1; }));
    hub.on_io([&] { hub.door.leaders_waiting.at(0)({200, bytes_of("late"), app::LeaderAnswer::Cookie::leave, {}}); });
    CHECK(late.read_answer().body == "late");
    Client never(hub.port());
    never.send(Request{}.text(never));
    CHECK(never.ended_within(5s));
    hub.on_io([&] { hub.door.leaders_waiting.at(1)({200, bytes_of("too late"), app::LeaderAnswer::Cookie::leave, {}}); });
    {
        Client gone(hub.port());
        gone.send(Request{}.text(gone));
        REQUIRE(hub.until([&] { return hub.door.leaders_waiting.size() == 3; }));
    }
    hub.on_io([&] { hub.door.leaders_waiting.at(2)({200, bytes_of("gone"), app::LeaderAnswer::Cookie::leave, {}}); });
    CHECK(hub.until([&] { return hub.server->counters().visitors <= 1; }));
    CHECK(hub.stop() < 5s);
}

TEST_CASE("the session cookie of an upgrade reaches the app as its digest; one that is malformed, or there twice, does not") {
    Hub hub;
    const auto upgraded = [&](const std::string& cookie) {
        Client client(hub.port());
        client.send("GET /v1/ws HTTP/1.1\r\nHost: " + client.host() +
                    "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: attune.1\r\nOrigin: http://" +
                    client.host() + "\r\n" + cookie + "\r\n");
        CHECK(client.read_answer().status == 101);
        CHECK(hub.until([&] { return hub.door.open > 0; }));
        return hub.on_io([&] { return hub.door.peers.back().leader_session; });
    };
    const std::string good = "__Host-attune=" + cookie_of(std::byte{9});
    CHECK(upgraded("") == std::nullopt);
    CHECK(upgraded("Cookie: " + good + "\r\n") == digest_of_first(std::byte{9}));
    CHECK(upgraded("Cookie: x=1; " + good + " ; y=2\r\n") == digest_of_first(std::byte{9}));
    for (const std::string& bad : {"Cookie: " + good + "; " + good + "\r\n", "Cookie: " + good + "\r\nCookie: " + good + "\r\n", "Cookie: " + good + "A\r\n",
                                   std::string("Cookie: __Host-attune=\r\n"), "Cookie: __host-attune=" + cookie_of(std::byte{9}) + "\r\n",
                                   "Cookie: attune=" + cookie_of(std::byte{9}) + "\r\n", "Cookie: __Host-attune=\"" + cookie_of(std::byte{9}) + "\"\r\n"}) {
        INFO(bad);
        CHECK(upgraded(bad) == std::nullopt);
    }
}

TEST_CASE("six digits are those of RFC 6238, a step to either side, under a key that nobody else has") {
    const TemporaryFolder folder;
    const auto file = folder.path / "authenticators.key";
    net::SealedCodes codes(file);
    struct stat about{};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    std::array<std::byte, 20> secret;
    for (std::size_t at = 0; at < secret.size(); ++at) secret[at] = static_cast<std::byte>("12345678901234567890"[at]);
    const auto sealed = codes.seal(secret);
    CHECK(std::search(sealed.begin(), sealed.end(), secret.begin(), secret.end()) == sealed.end());
    CHECK(codes.seal(secret) != sealed);
    // Appendix B, the last six of its eight digits.
    CHECK(codes.step_of(sealed, "005924", 1'234'567'890'000) == 1'234'567'890 / 30);
    CHECK(codes.step_of(sealed, "279037", 2'000'000'000'000) == 2'000'000'000 / 30);
    CHECK(codes.step_of(sealed, "279037", 2'000'000'030'000) == 2'000'000'000 / 30);
    CHECK(codes.step_of(sealed, "279037", 1'999'999'970'000) == 2'000'000'000 / 30);
    CHECK(codes.step_of(sealed, "279037", 2'000'000'060'000) == std::nullopt);
    CHECK(codes.step_of(sealed, "279037", 1'999'999'940'000) == std::nullopt);
    for (const char* wrong : {"", "27903", "2790377", "279 37", "-79037", "279038"}) CHECK(codes.step_of(sealed, wrong, 2'000'000'000'000) == std::nullopt);
    CHECK(net::SealedCodes(file).step_of(sealed, "279037", 2'000'000'000'000) == 2'000'000'000 / 30);
    CHECK(net::SealedCodes(folder.path / "another.key").step_of(sealed, "279037", 2'000'000'000'000) == std::nullopt);
    auto changed = sealed;
    changed.back() ^= std::byte{1};
    CHECK(codes.step_of(changed, "279037", 2'000'000'000'000) == std::nullopt);
    ::chmod(file.c_str(), 0640);
    CHECK_THROWS_AS(net::SealedCodes(file), std::runtime_error);
    ::chmod(file.c_str(), 0600);
    std::ofstream(file, std::ios::trunc) << "short";
    CHECK_THROWS_AS(net::SealedCodes(file), std::runtime_error);
}
