// The rules of host.hpp.
#include "hub/net/host.hpp"

#include <algorithm>
#include <charconv>

namespace attune::net {
namespace {

constexpr std::uint16_t default_port(bool secure) {
    return secure ? 443 : 80;
}

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

struct HostAndPort {
    std::string_view host;
    std::optional<std::uint16_t> port;
};

// "host", "host:port", "[v6]" or "[v6]:port"; nothing else.
std::optional<HostAndPort> parse(std::string_view text) {
    HostAndPort found;
    std::string_view rest;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return {};
        found.host = text.substr(1, close - 1);
        rest = text.substr(close + 1);
    } else {
        const auto colon = text.find(':');
        found.host = text.substr(0, colon);
        if (colon != std::string_view::npos) rest = text.substr(colon);
    }
    if (found.host.empty()) return {};
    if (rest.empty()) return found;
    std::uint16_t port = 0;
    const auto* end = rest.data() + rest.size();
    const auto [at, error] = std::from_chars(rest.data() + 1, end, port);
    if (rest.front() != ':' || rest.size() < 2 || error != std::errc() || at != end) return {};
    found.port = port;
    return found;
}

}  // namespace

bool host_is_ours(std::string_view host, const LocalEnd& end, std::span<const std::string> names) {
    const auto asked = parse(host);
    if (!asked) return false;
    const auto port = asked->port.value_or(default_port(end.secure));
    const bool same_port = port == end.port;
    if (same_port && asked->host == end.address) return true;
    if (same_port && end.loopback && same_name(asked->host, "localhost")) return true;
    return std::ranges::any_of(names, [&](const std::string& text) {
        const auto name = parse(text);
        if (!name || !same_name(name->host, asked->host)) return false;
        return name->port ? *name->port == port : same_port;
    });
}

bool origin_is_ours(std::optional<std::string_view> origin, std::string_view host, bool secure) {
    if (!origin) return true;
    const std::string_view scheme = secure ? "https://" : "http://";
    return origin->starts_with(scheme) && origin->substr(scheme.size()) == host;
}

std::string url_authority(std::string_view address, std::uint16_t port, bool secure) {
    const bool v6 = address.find(':') != std::string_view::npos;
    std::string text = v6 ? "[" + std::string(address) + "]" : std::string(address);
    if (port != default_port(secure)) text += ":" + std::to_string(port);
    return text;
}

}  // namespace attune::net
