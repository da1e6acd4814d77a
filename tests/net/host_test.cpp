// The Host and Origin rules, without a socket.
#include "hub/net/host.hpp"

#include <catch2/catch_test_macros.hpp>
#include <vector>

using namespace attune::net;

TEST_CASE("a host is ours by address, by localhost on loopback, or by a configured name") {
    const std::vector<std::string> names{"hub.school.example", "proxy.school.example:443", "[fd00::1]"};
    const LocalEnd loopback{"127.0.0.1", 8040, true, false};
    const LocalEnd lan{"10.0.0.5", 8443, false, true};
    CHECK(host_is_ours("127.0.0.1:8040", loopback, names));
    CHECK(host_is_ours("localhost:8040", loopback, names));
    CHECK(host_is_ours("hub.school.example:8040", loopback, names));
    CHECK(host_is_ours("HUB.school.example:8443", lan, names));
    CHECK(host_is_ours("10.0.0.5:8443", lan, names));
    CHECK(host_is_ours("[fd00::1]:8443", lan, names));
    CHECK(host_is_ours("proxy.school.example", lan, names));
    CHECK(host_is_ours("proxy.school.example:443", lan, names));
    for (const auto* wrong :
         {"", ":", "127.0.0.1", "127.0.0.1:8041", "localhost:8443", "127.0.0.1:8040x", "127.0.0.1:", "127.0.0.1:+8040",
          "127.0.0.1.evil.example:8040", "evil127.0.0.1:8040", "hub.school.example.:8040", "xhub.school.example:8040",
          "proxy.school.example:8040", "[127.0.0.1]x:8040", "[", "user@127.0.0.1:8040", "127.0.0.1:8040, x"}) {
        INFO(wrong);
        CHECK_FALSE(host_is_ours(wrong, loopback, names));
    }
    CHECK_FALSE(host_is_ours("localhost:8443", lan, names));
    CHECK(host_is_ours("10.0.0.5", LocalEnd{"10.0.0.5", 443, false, true}, names));
}

TEST_CASE("an origin is this very scheme, host and port, or absent") {
    CHECK(origin_is_ours({}, "hub:8443", true));
    CHECK(origin_is_ours("https://hub:8443", "hub:8443", true));
    CHECK(origin_is_ours("http://127.0.0.1:8040", "127.0.0.1:8040", false));
    for (const auto* wrong : {"", "null", "http://hub:8443", "https://hub", "https://hub:8443/", "https://hub:84433",
                              "HTTPS://hub:8443", "https://HUB:8443", "https://hub:8443.evil.example",
                              "https://evil.example/hub:8443", " https://hub:8443", "https://xhub:8443", "hub:8443"}) {
        INFO(wrong);
        CHECK_FALSE(origin_is_ours(wrong, "hub:8443", true));
    }
}

TEST_CASE("authorities are written as in an URL") {
    CHECK(url_authority("10.0.0.5", 8443, true) == "10.0.0.5:8443");
    CHECK(url_authority("10.0.0.5", 443, true) == "10.0.0.5");
    CHECK(url_authority("::1", 80, false) == "[::1]");
    CHECK(url_authority("::1", 443, false) == "[::1]:443");
}
