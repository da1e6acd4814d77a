// A certificate that will end is said before: by attuned status, attuned ready and the metrics, with what to do.
#include <filesystem>

#include <catch2/catch_test_macros.hpp>

#include "hub/net/site_ca.hpp"
#include "tests/daemon/program.hpp"

using namespace attune::test;
using std::chrono::days;
using std::chrono::system_clock;

namespace {

struct Served {
    std::string state, config;
    Program hub;
    Served(const Folder& folder, const std::string& tls)
        : state((folder / "state").string()),
          config(folder.write("attuned.toml", "listen = \"127.0.0.1:0\"\n[tls]\nalways = true\n" + tls)),
          hub({"run", "--state", state, "--config", config}) {
        REQUIRE(hub.says("event=ready"));
    }
    Ran ask(std::vector<std::string> words) const {
        words.insert(words.end(), {"--state", state, "--config", config});
        return attuned(words);
    }
    std::string metrics() const {
        const auto at = hub.err.find(" port=") + 6;
        return get(hub.err.substr(at, hub.err.find(' ', at) - at), "/metrics");
    }
};

}  // namespace

TEST_CASE("the site's own certificates are quiet while they last, and the metrics say until when") {
    const Folder folder;
    const Served site(folder, "");
    const Ran status = site.ask({"status"});
    CHECK(status.code == 0);
    CHECK_FALSE(has(status.out, "certificate"));
    CHECK(has(site.ask({"status", "--json"}).out, "\"certificates\":[{\"certificate\":\"hub\","));
    CHECK(has(site.metrics(), "\nattune_certificate_end_seconds "));
    CHECK(has(site.metrics(), "\nattune_site_ca_end_seconds "));
}

TEST_CASE("a certificate authority near its end is said with what to do, and the leaf below it is renewed at the start") {
    const Folder folder;
    // Ten years less nine days ago: the authority ends in nine days, the leaf of then ended long ago.
    attune::net::ensure_site_certificate(folder / "state/tls", {"old.school.example"}, system_clock::now() - days(3641));
    const Served site(folder, "");
    CHECK(has(site.hub.err, "a new certificate was made"));
    const Ran status = site.ask({"status"});
    CHECK(status.code == 0);
    CHECK(has(status.out, "The site's certificate authority "));
    CHECK(has(status.out, "install the new /ca.crt on every device."));
    CHECK_FALSE(has(status.out, "The hub's certificate"));
    CHECK(has(site.ask({"status", "--json"}).out, "\"certificate\":\"site_ca\""));
    const Ran ready = site.ask({"ready"});
    CHECK(ready.code == 0);
    CHECK(has(ready.out, "The site's certificate authority "));
}

TEST_CASE("a given certificate near its end is said with what to do, and one that has ended is not well") {
    for (const int age : {380, 500}) {
        const Folder folder;
        const auto made = attune::net::ensure_site_certificate(folder / "given", {"hub.school.example"}, system_clock::now() - days(age));
        const Served site(folder, "certificate = \"" + made.certificate.string() + "\"\nkey = \"" + made.key.string() + "\"\n");
        const Ran status = site.ask({"status"});
        INFO(status.out << status.err);
        CHECK(status.code == (age > 396 ? 1 : 0));
        CHECK(has(age > 396 ? status.err : status.out, "The certificate " + made.certificate.string() + (age > 396 ? " ended on " : " ends on ")));
        CHECK(has(status.out + status.err, "the hub takes them within the hour."));
    }
}
