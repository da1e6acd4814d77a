// TLS: the site's own certificate authority, checked by OpenSSL's client, and the same port for both kinds on loopback.
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <fstream>

#include "hub/net/addresses.hpp"
#include "hub/net/certificate_end.hpp"
#include "hub/net/site_ca.hpp"
#include "tests/net/support.hpp"

using namespace attune::net::test;
using attune::net::ensure_site_certificate;
using std::chrono::days;
using std::chrono::system_clock;

namespace {

std::string slurp(const std::filesystem::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

attune::net::Config with_tls(const TemporaryFolder& folder) {
    auto config = Hub::default_config();
    config.tls.directory = folder.path / "tls";
    config.tls.on_loopback = true;
    config.names = {"hub.school.example"};
    return config;
}

std::unique_ptr<X509, decltype(&X509_free)> certificate(const std::filesystem::path& path) {
    auto* file = std::fopen(path.c_str(), "r");
    std::unique_ptr<X509, decltype(&X509_free)> found(PEM_read_X509(file, nullptr, nullptr, nullptr), X509_free);
    std::fclose(file);
    return found;
}

mode_t mode_of(const std::filesystem::path& path) {
    struct stat about{};
    return ::stat(path.c_str(), &about) == 0 ? about.st_mode & 0777 : 0;
}

}  // namespace

TEST_CASE("the site's certificate is kept, renewed near its end, and made anew for other names; the CA never changes") {
    TemporaryFolder folder;
    const auto directory = folder.path / "tls";
    const auto now = system_clock::now();
    const auto first = ensure_site_certificate(directory, {"hub.school.example", "10.0.0.5"}, now);
    CHECK(first.renewed);
    CHECK(mode_of(directory) == 0700);
    CHECK(mode_of(directory / "ca.key") == 0600);
    CHECK(mode_of(directory / "hub.key") == 0600);
    const auto leaf = slurp(first.certificate);

    CHECK_FALSE(ensure_site_certificate(directory, {"10.0.0.5", "hub.school.example"}, now).renewed);
    CHECK_FALSE(ensure_site_certificate(directory, {"10.0.0.5", "hub.school.example"}, now + days(300)).renewed);
    CHECK(slurp(first.certificate) == leaf);
    CHECK(ensure_site_certificate(directory, {"10.0.0.5", "hub.school.example"}, now + days(370)).renewed);
    CHECK(ensure_site_certificate(directory, {"10.0.0.6", "hub.school.example"}, now + days(370)).renewed);
    CHECK(ensure_site_certificate(directory, {"10.0.0.6", "hub.school.example"}, now)
              .renewed);  // from the future: a clock was wrong
    const auto last = ensure_site_certificate(directory, {"10.0.0.6", "hub.school.example"}, now);
    CHECK_FALSE(last.renewed);
    CHECK(last.ca_pem == first.ca_pem);
    CHECK(slurp(last.certificate).ends_with(first.ca_pem));

    const auto found = certificate(last.certificate);
    int span_days = 0, span_seconds = 0;
    ASN1_TIME_diff(&span_days, &span_seconds, X509_get0_notBefore(found.get()), X509_get0_notAfter(found.get()));
    CHECK(span_days < 397);
    CHECK(span_days >= 390);
    CHECK(X509_check_host(found.get(), "hub.school.example", 0, 0, nullptr) == 1);
    CHECK(X509_check_ip_asc(found.get(), "10.0.0.6", 0) == 1);
    CHECK(X509_check_ip_asc(found.get(), "10.0.0.5", 0) == 0);
    CHECK(X509_check_ca(found.get()) == 0);

    std::ofstream(directory / "ca.crt") << "nothing";
    CHECK_THROWS_AS(ensure_site_certificate(directory, {"hub"}, now), std::runtime_error);
    CHECK_THROWS_AS(ensure_site_certificate(folder.path / "other", {"hub,DNS:evil"}, now), std::runtime_error);
}

TEST_CASE("when a certificate ends is read from its file, and nothing from one that is none") {
    TemporaryFolder folder;
    const auto now = system_clock::now();
    const auto site = ensure_site_certificate(folder.path / "tls", {"hub"}, now);
    const auto leaf = attune::net::certificate_end(site.certificate), ca = attune::net::certificate_end(folder.path / "tls/ca.crt");
    REQUIRE(leaf);
    REQUIRE(ca);
    CHECK(*leaf - now <= attune::net::leaf_days);
    CHECK(*leaf - now > attune::net::leaf_days - days(1));
    CHECK(*ca - now > days(3649));
    CHECK_FALSE(attune::net::certificate_end(site.key));
    CHECK_FALSE(attune::net::certificate_end(folder.path / "none"));
}

TEST_CASE("HTTPS, WebSocket over TLS and plain HTTP share a port on loopback, and the made CA is trusted") {
    TemporaryFolder folder;
    Hub hub(with_tls(folder));
    const auto ca = (folder.path / "tls" / "ca.crt").string();
    {
        Client plain(hub.port());
        const auto answer = plain.get("/ca.crt");
        CHECK(answer.status == 200);
        CHECK(answer.header("Content-Type") == "application/x-x509-ca-cert");
        CHECK(answer.body.find("BEGIN CERTIFICATE") != std::string::npos);
        CHECK(answer.body.find("PRIVATE") == std::string::npos);
    }
    for (const auto* name : {"127.0.0.1", "hub.school.example", "localhost"}) {
        Client client(hub.port());
        INFO(name);
        CHECK(client.start_tls(ca, name) == X509_V_OK);
        CHECK(client.tls_version() == TLS1_3_VERSION);
        const auto answer = client.get("/-/healthy");
        CHECK(answer.status == 200);
        CHECK(answer.header("Strict-Transport-Security") == "max-age=31536000");
    }
    {
        Client client(hub.port());
        CHECK(client.start_tls(ca, "evil.example") != X509_V_OK);
    }
    Client device(hub.port());
    REQUIRE(device.start_tls(ca, "127.0.0.1") == X509_V_OK);
    REQUIRE(device.upgrade("https://" + device.host()).status == 101);
    device.send_message("flood 300 3000");
    for (int at = 0; at < 300; ++at)
        REQUIRE(device.message().payload.size() == 3000);
    device.send_message(std::string(32768, 'x'));
    CHECK(device.message().payload.size() == 32768);
    Client wrong(hub.port());
    REQUIRE(wrong.start_tls(ca, "127.0.0.1") == X509_V_OK);
    CHECK(wrong.upgrade("http://" + wrong.host()).status == 403);
}

// The reactor may wake the next connection for what was meant for the one whose place it took.
TEST_CASE("whoever comes in the moment in which another is turned away is served") {
    TemporaryFolder folder;
    Hub hub(with_tls(folder));
    const auto ca = (folder.path / "tls" / "ca.crt").string();
    for (int n = 0; n < 100; ++n) {
        INFO(n);
        {
            Client distrustful(hub.port());
            REQUIRE(distrustful.start_tls(ca, "evil.example") != X509_V_OK);
        }
        Client device(hub.port());
        REQUIRE(device.start_tls(ca, "127.0.0.1") == X509_V_OK);
    }
}

TEST_CASE("a given certificate is renewed while the hub runs: who is connected stays, who comes sees the new one") {
    TemporaryFolder folder;
    const auto now = system_clock::now();
    const auto first = ensure_site_certificate(folder.path / "first", {"hub.school.example"}, now);
    const auto second = ensure_site_certificate(folder.path / "second", {"hub.school.example"}, now);
    const auto first_ca = (folder.path / "first" / "ca.crt").string(), second_ca = (folder.path / "second" / "ca.crt").string();
    auto config = Hub::default_config();
    config.tls.certificate = folder.path / "hub.crt";
    config.tls.key = folder.path / "hub.key";
    config.tls.on_loopback = true;
    config.limits.certificate_check_ms = config.limits.tick_ms = 20;
    // Key and certificate come one after the other, as from any tool that renews: the pair between fits nothing.
    const auto put = [&](const std::filesystem::path& from, const std::filesystem::path& to) {
        std::filesystem::copy_file(from, folder.path / "new");
        std::filesystem::rename(folder.path / "new", to);
    };
    put(first.key, config.tls.key);
    put(first.certificate, config.tls.certificate);
    Hub hub(config);
    Client device(hub.port());
    REQUIRE(device.start_tls(first_ca, "hub.school.example") == X509_V_OK);
    REQUIRE(device.upgrade("https://" + device.host()).status == 101);
    const auto echoes = [&](const std::string& text) {
        device.send_message(text);
        return device.message().payload == text;
    };
    CHECK(echoes("before"));

    put(second.key, config.tls.key);
    for (int at = 0; at < 5; ++at) {
        Client meanwhile(hub.port());
        CHECK(meanwhile.start_tls(first_ca, "hub.school.example") == X509_V_OK);
        CHECK(meanwhile.get("/-/healthy").status == 200);
    }
    put(second.certificate, config.tls.certificate);
    bool renewed = false;
    for (const auto end = std::chrono::steady_clock::now() + 10s; !renewed && std::chrono::steady_clock::now() < end;) {
        Client next(hub.port());
        renewed = next.start_tls(second_ca, "hub.school.example") == X509_V_OK;
    }
    CHECK(renewed);
    CHECK(echoes("after"));

    std::ofstream(config.tls.certificate) << "half a fi";
    for (int at = 0; at < 5; ++at) {
        CHECK(echoes("a broken file changes nothing"));
        Client next(hub.port());
        CHECK(next.start_tls(second_ca, "hub.school.example") == X509_V_OK);
    }
}

TEST_CASE("on an address that is not loopback plain HTTP gets a sentence and nothing else") {
    std::string address;
    for (const auto& found : attune::net::interface_addresses()) {
        if (!attune::net::is_loopback_address(found) && found.find(':') == std::string::npos) address = found;
    }
    TemporaryFolder folder;
    auto config = Hub::default_config();
    config.tls.directory = folder.path / "tls";
    config.listen = {{"0.0.0.0", 0}};
    Hub hub(config);
    for (const auto& at : {std::string("127.0.0.1"), address}) {
        if (at.empty()) continue;
        INFO(at);
        Client plain(hub.port(), at);
        plain.send("GET /room HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto all = plain.receive_all();
        CHECK(all.starts_with("HTTP/1.1 400 "));
        CHECK(all.find("This hub speaks HTTPS only.") != std::string::npos);
        Client secure(hub.port(), at);
        CHECK(secure.start_tls((folder.path / "tls" / "ca.crt").string(), at) == X509_V_OK);
        CHECK(secure.get("/-/healthy").status == 200);
    }
    for (const auto& url : hub.on_io([&] { return hub.server->urls(); }))
        CHECK(url.starts_with("https://"));
    config.tls.directory.clear();
    CHECK_THROWS_AS(Hub(config), std::runtime_error);
}

TEST_CASE("a handshake that stalls, is nonsense or asks for TLS 1.1 ends") {
    TemporaryFolder folder;
    auto config = with_tls(folder);
    config.limits.hello_ms = 300;
    Hub hub(config);
    Client slow(hub.port()), nonsense(hub.port());
    slow.send("\x16\x03\x01");
    nonsense.send(std::string("\x16\x03\x01\x00\x05hello", 10));
    CHECK(nonsense.ended_within(5s));
    CHECK(slow.ended_within(5s));
    CHECK(hub.until([&] { return hub.server->counters().visitors == 0; }));
    CHECK(hub.on_io([&] { return hub.server->counters().tls_failed; }) == 1);
    CHECK(hub.on_io([&] { return hub.server->counters().timed_out; }) == 1);
}

TEST_CASE("a client over TLS that does not read is cut, one that is mute does not hold up the end") {
    TemporaryFolder folder;
    auto config = with_tls(folder);
    config.limits.outbox_bytes_max = 200'000;
    config.limits.send_buffer_bytes = 8192;
    Hub hub(config);
    const auto ca = (folder.path / "tls" / "ca.crt").string();
    Client slow(hub.port(), "127.0.0.1", 4096), mute(hub.port());
    REQUIRE(slow.start_tls(ca, "127.0.0.1") == X509_V_OK);
    REQUIRE(mute.start_tls(ca, "127.0.0.1") == X509_V_OK);
    REQUIRE(slow.upgrade().status == 101);
    REQUIRE(mute.upgrade().status == 101);
    slow.send_message("flood 100 1000");
    slow.send_message("flood 300 1000");
    CHECK(hub.until([&] { return hub.door.closed_count == 1; }));
    CHECK(hub.on_io([&] { return hub.server->counters().cut_slow; }) == 1);
    CHECK(hub.stop() < 7s);
}
