// HTTP on real sockets: what is served, with which headers, and what is refused.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "hub/net/assets.hpp"
#include "hub/net/pages.hpp"
#include "tests/net/support.hpp"

using namespace attune::net::test;
using attune::net::accepts_gzip;
using attune::net::Config;
using attune::net::etag_matches;

TEST_CASE("the fixed paths answer, one after another on one connection") {
    Hub hub;
    Client client(hub.port());
    CHECK(client.get("/-/healthy").status == 200);
    CHECK(client.get("/-/ready").status == 200);
    const auto metrics = client.get("/metrics");
    CHECK(metrics.status == 200);
    CHECK(metrics.header("Content-Type").starts_with("text/plain; version=0.0.4"));
    CHECK(metrics.body.find("\nattune_http_requests_total 3\n") != std::string::npos);
    CHECK(metrics.body.find("attune_calls_open 0") != std::string::npos);
    CHECK(client.get("/").status == 200);
    CHECK(client.get("/look").status == 404);
    CHECK(client.get("/ca.crt").status == 404);
    CHECK(client.get("/v1/ws").status == 426);
    hub.example = true;
    const auto front = client.get("/");
    CHECK(front.status == 302);
    CHECK(front.header("Location") == "/look");
}

TEST_CASE("ready says in a sentence why it is not") {
    Hub hub;
    hub.on_io([&] { hub.door.journal_ok_ = false; });
    Client client(hub.port());
    const auto answer = client.get("/-/ready");
    CHECK(answer.status == 503);
    CHECK(answer.body.find("cannot write to its disk") != std::string::npos);
    CHECK(client.get("/-/healthy").status == 200);
}

TEST_CASE("every answer carries the strict headers") {
    Hub hub;
    Client client(hub.port());
    for (const auto* target : {"/", "/-/healthy", "/nowhere"}) {
        const auto answer = client.get(target);
        INFO(target);
        const auto policy = answer.header("Content-Security-Policy");
        CHECK(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"));
        CHECK(policy.ends_with("frame-ancestors 'none'"));
        CHECK(policy.find("unsafe") == std::string::npos);
        CHECK(answer.header("X-Content-Type-Options") == "nosniff");
        CHECK(answer.header("Referrer-Policy") == "no-referrer");
        CHECK(answer.header("Cross-Origin-Opener-Policy") == "same-origin");
        CHECK(answer.header("Cross-Origin-Resource-Policy") == "same-origin");
        CHECK(answer.header("Permissions-Policy").find("screen-wake-lock=(self)") != std::string::npos);
        CHECK(answer.header("Cache-Control") == "no-store");
        CHECK(answer.header("Strict-Transport-Security").empty());
        CHECK_FALSE(answer.header("Date").empty());
    }
    hub.example = true;
    CHECK(client.get("/").header("Content-Security-Policy").ends_with("frame-ancestors 'self'"));
}

TEST_CASE("HEAD says what GET would, without the body") {
    Hub hub;
    Client client(hub.port());
    const auto get = client.get("/-/healthy");
    const auto head = client.get("/-/healthy", "", "HEAD");
    CHECK(head.status == 200);
    CHECK(head.header("Content-Length") == get.header("Content-Length"));
    CHECK(client.get("/-/healthy").body == get.body);  // nothing of a body was left on the connection
}

TEST_CASE("embedded pages: tags, compression and caching") {
    Hub hub;
    hub.example = true;
    Client client(hub.port());
    std::size_t seen = 0;
    for (const auto& asset : attune::net::assets::all()) {
        auto path = std::string(asset.path);
        const bool page = path.ends_with(".html");
        if (page) {
            CHECK(client.get(path).status == 404);
            path = path.substr(0, path.size() - 5);
            if (path != "/room" && path != "/handset" && path != "/station" && path != "/look") continue;
        }
        INFO(path);
        const auto plain = client.get(path);
        REQUIRE(plain.status == 200);
        CHECK(plain.body == asset.bytes);
        CHECK(plain.header("Content-Type") == asset.content_type);
        CHECK(plain.header("Cache-Control") == (page              ? "no-store"
                                                : asset.immutable ? "public, max-age=31536000, immutable"
                                                                  : "no-cache"));
        CHECK(client.get(path, "If-None-Match: " + plain.header("ETag") + "\r\n").status == 304);
        CHECK(client.get(path, "If-None-Match: \"other\"\r\n").status == 200);
        if (!asset.gzip_bytes.empty()) {
            const auto packed = client.get(path, "Accept-Encoding: br, gzip\r\n");
            CHECK(packed.header("Content-Encoding") == "gzip");
            CHECK(packed.body == asset.gzip_bytes);
            CHECK(packed.header("ETag") != plain.header("ETag"));
            CHECK(packed.header("Vary") == "Accept-Encoding");
        }
        ++seen;
    }
    CHECK((attune::net::assets::all().empty() || seen > 0));
}

TEST_CASE("lists in headers are read as lists") {
    CHECK(accepts_gzip("gzip"));
    CHECK(accepts_gzip("br;q=1.0, gzip;q=0.8"));
    CHECK_FALSE(accepts_gzip(""));
    CHECK_FALSE(accepts_gzip("br, deflate"));
    CHECK_FALSE(accepts_gzip("gzip;q=0"));
    CHECK_FALSE(accepts_gzip("gzip;q=0.000"));
    CHECK_FALSE(accepts_gzip("notgzip"));
    CHECK(etag_matches("\"a\", W/\"b\"", "\"b\""));
    CHECK(etag_matches("*", "\"b\""));
    CHECK_FALSE(etag_matches("\"ab\"", "\"b\""));
    CHECK_FALSE(etag_matches("", "\"b\""));
}

TEST_CASE("a folder is served by the names in it, and nothing outside it can be named") {
    TemporaryFolder folder;
    std::filesystem::create_directories(folder.path / "www" / "assets");
    const auto write = [&](const std::string& name, const std::string& text) {
        std::ofstream(folder.path / name) << text;
    };
    write("secret.txt", "secret");
    write("www/room.html", "<p>room</p>");
    write("www/assets/a.js", "1;");
    std::filesystem::create_symlink(folder.path / "secret.txt", folder.path / "www" / "link.txt");
    std::filesystem::create_directory_symlink(folder.path, folder.path / "www" / "up");
    auto config = Hub::default_config();
    config.www = folder.path / "www";
    Hub hub(config);
    Client client(hub.port());
    CHECK(client.get("/room").body == "<p>room</p>");
    CHECK(client.get("/room?x=1").status == 200);
    CHECK(client.get("/assets/a.js").header("Content-Type") == "text/javascript; charset=utf-8");
    for (const auto* target : {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
                               "/link.txt", "/up/secret.txt", "//secret.txt", "/./room.html", "/room.html", "/assets",
                               "/assets/", "/room/", "/ROOM", "/room%00", "/\\..\\secret.txt"}) {
        INFO(target);
        const auto answer = client.get(target);
        CHECK(answer.status == 404);
        CHECK(answer.body.find("secret") == std::string::npos);
    }
}

TEST_CASE("anything but a plain GET or HEAD is refused and the connection closed") {
    Hub hub;
    struct Case {
        std::string request;
        int status;
    };
    const std::string host = "Host: 127.0.0.1:" + std::to_string(hub.port()) + "\r\n";
    const Case cases[] = {
        {"POST / HTTP/1.1\r\n" + host + "\r\n", 405},
        {"PUT /room HTTP/1.1\r\n" + host + "\r\n", 405},
        {"OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 405},
        {"CONNECT x:1 HTTP/1.1\r\n" + host + "\r\n", 405},
        {"TRACE / HTTP/1.1\r\n" + host + "\r\n", 405},
        {"GET http://127.0.0.1/ HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
        {"GET / HTTP/2.0\r\n" + host + "\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello", 400},
        {"GET / HTTP/1.1\r\n" + host + "Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello", 400},
        {"GET / HTTP/1.1\r\n" + host + "Content-Length: 0, 5\r\n\r\nhello", 400},
        {"GET / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "Transfer-Encoding : chunked\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + " folded: x\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "Bad Name: x\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "X: a\rb\r\n\r\n", 400},
        {std::string("GET / HTTP/1.1\r\n") + host + std::string("X: a\0b\r\n\r\n", 10), 400},
        {"GET  / HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\n\r\n", 400},
        {"nonsense\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "X: " + std::string(9000, 'x') + "\r\n\r\n", 431},
        {"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", 421},
        {"GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n", 421},
    };
    for (const auto& one : cases) {
        INFO(one.request.substr(0, 120));
        Client client(hub.port());
        // A second request behind the first: smuggled, it must never be answered.
        client.send(one.request + "GET /metrics HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
        const auto all = client.receive_all();
        REQUIRE(all.size() > 12);
        CHECK(std::stoi(all.substr(9, 3)) == one.status);
        if (one.status != 421) CHECK(all.find("attune_http_requests_total") == std::string::npos);
    }
    Client client(hub.port());
    CHECK(client.get("/-/healthy").status == 200);
}

TEST_CASE("two requests in one packet are answered in order") {
    Hub hub;
    Client client(hub.port());
    const std::string host = " HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\n";
    client.send("GET /-/healthy" + host + "GET /nowhere" + host + "GET /-/ready" + host);
    CHECK(client.read_answer().status == 200);
    CHECK(client.read_answer().status == 404);
    CHECK(client.read_answer().body == "The hub is ready.\n");
}

TEST_CASE("silence, half a header and an idle connection end by their deadlines") {
    auto config = Hub::default_config();
    config.limits.hello_ms = 150;
    config.limits.header_ms = 300;
    config.limits.keep_alive_ms = 200;
    Hub hub(config);
    Client mute(hub.port()), half(hub.port()), idle(hub.port()), dribble(hub.port());
    half.send("GET / HT");
    dribble.send("G");
    CHECK(idle.get("/-/healthy").status == 200);
    CHECK(mute.ended_within(5s));
    CHECK(half.ended_within(5s));
    CHECK(idle.ended_within(5s));
    // A byte now and then does not buy time.
    const auto begin = std::chrono::steady_clock::now();
    bool ended = false;
    while (!ended && std::chrono::steady_clock::now() - begin < 5s) {
        dribble.send("x");
        ended = dribble.ended_within(20ms);
    }
    CHECK(ended);
    CHECK(hub.until([&] { return hub.server->counters().visitors == 0; }));
    CHECK(hub.on_io([&] { return hub.server->counters().timed_out; }) == 4);
}

TEST_CASE("two hundred connections held open do not keep a device out, and the oldest visitor makes room") {
    auto config = Hub::default_config();
    config.limits.visitors_max = 200;
    Hub hub(config);
    Client device(hub.port());
    REQUIRE(device.upgrade().status == 101);
    std::vector<std::unique_ptr<Client>> held;
    for (int at = 0; at < 200; ++at)
        held.push_back(std::make_unique<Client>(hub.port()));
    CHECK(hub.until([&] { return hub.server->counters().visitors == 200; }));
    Client late(hub.port());
    REQUIRE(late.upgrade().status == 101);
    late.send_message("hello");
    CHECK(late.message().payload == "hello");
    device.send_message("still here");
    CHECK(device.message().payload == "still here");
    CHECK(held.front()->ended_within(5s));
    CHECK(hub.on_io([&] { return hub.server->counters().visitors_evicted; }) >= 1);
}

TEST_CASE("no more descriptors: the hub waits for one and goes on") {
    Hub hub;
    Client client(hub.port());
    CHECK(client.get("/-/healthy").status == 200);  // the acceptor waits again
    Client late(hub.port(), Client::NotYet{});
    rlimit limit{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
    auto none = limit;
    none.rlim_cur = 3;  // every descriptor that is open stays so; no further one can be had
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
    late.connect();
    const bool failed = hub.until([&] { return hub.server->counters().accept_errors > 0; });
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
    CHECK(failed);
    CHECK(late.get("/-/healthy").status == 200);
    CHECK(hub.on_io([&] { return hub.server->counters().accept_errors; }) < 100);
}
