// ZAP's frames, and the rule that what is not a CURVE client in our own domain has no key.
#include "hub/net/zap.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace attune;

namespace {

const std::string key(32, 'k');

std::vector<std::string> good() {
    return {"1.0", "7", "attune", "192.0.2.7", "", "CURVE", key};
}

net::ZapRequest read(const std::vector<std::string>& parts) {
    std::vector<std::span<const std::byte>> views;
    for (const auto& part : parts)
        views.push_back(std::as_bytes(std::span(part)));
    return net::read_zap(views);
}

}  // namespace

TEST_CASE("a question about a CURVE key in our domain is read") {
    const auto request = read(good());
    CHECK(request.id == "7");
    CHECK(request.address == "192.0.2.7");
    REQUIRE(request.key);
    CHECK(net::user_id_of(*request.key) == "6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b");
}

TEST_CASE("another domain, another mechanism, another version or another number of parts has no key") {
    const auto broken = [](std::size_t part, const std::string& value) {
        auto parts = good();
        parts[part] = value;
        return read(parts);
    };
    for (const auto* domain : {"", "global", "attune2", "Attune", "attun"}) {
        INFO(domain);
        CHECK_FALSE(broken(2, domain).key);
        CHECK(broken(2, domain).id == "7");
    }
    for (const auto* mechanism : {"NULL", "PLAIN", "GSSAPI", "curve", ""})
        CHECK_FALSE(broken(5, mechanism).key);
    for (const auto& bad_key : {std::string(), std::string(31, 'k'), std::string(33, 'k'), std::string(40, 'k')})
        CHECK_FALSE(broken(6, bad_key).key);
    CHECK_FALSE(broken(0, "2.0").key);
    auto parts = good();
    parts.push_back("more");
    CHECK_FALSE(read(parts).key);
    while (!parts.empty()) {
        parts.pop_back();
        CHECK((parts.size() == 7) == read(parts).key.has_value());
    }
}

TEST_CASE("an answer lets in with a user id, and refuses with 400 in any other case") {
    const auto request = read(good());
    CHECK(net::zap_answer(request, "me") == std::vector<std::string>{"1.0", "7", "200", "OK", "me", ""});
    CHECK(net::zap_answer(request, "") == std::vector<std::string>{"1.0", "7", "400", "no", "", ""});
    auto parts = good();
    parts[2] = "global";
    CHECK(net::zap_answer(read(parts), "me") == std::vector<std::string>{"1.0", "7", "400", "no", "", ""});
}

TEST_CASE("a user id is its key again, and nothing else is") {
    app::CurveKey some{};
    for (std::size_t at = 0; at < some.size(); ++at)
        some[at] = static_cast<std::byte>(at * 9);
    const auto id = net::user_id_of(some);
    CHECK(net::key_of_user_id(id) == some);
    CHECK_FALSE(net::key_of_user_id(""));
    CHECK_FALSE(net::key_of_user_id(id.substr(1)));
    CHECK_FALSE(net::key_of_user_id(id + "0"));
    auto wrong = id;
    wrong[5] = 'G';
    CHECK_FALSE(net::key_of_user_id(wrong));
}
