// By which names the hub may be asked, and from whose pages. Pure rules: no socket, no look-up. A page of somebody
// else's that a browser in the school happens to show must not be able to open a WebSocket here, neither directly (the
// Origin rule) nor by a name that was made to point at the hub's address (the Host rule).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace attune::net {

/// The hub's end of one connection.
struct LocalEnd {
    std::string address;  // as text, without brackets
    std::uint16_t port = 0;
    bool loopback = false;
    bool secure = false;
};

/// Is this Host header one of the hub's own: the address that was connected to, `localhost` on loopback, or one of
/// `names` ("host" at the connection's port, or "host:port")? Letter case of a name does not matter.
bool host_is_ours(std::string_view host, const LocalEnd& end, std::span<const std::string> names);

/// A browser's Origin must be this very scheme, host and port, byte for byte. Programs send none.
bool origin_is_ours(std::optional<std::string_view> origin, std::string_view host, bool secure);

/// "address:port" as it is written in an URL: IPv6 in brackets.
std::string url_authority(std::string_view address, std::uint16_t port, bool secure);

}  // namespace attune::net
