// What a leader's browser may ask over HTTP, and its cookie: the only requests with a body, and the only cookie. Pure
// rules of headers: no socket, no look-up, nothing of what the body says.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "hub/app/ports.hpp"
#include "hub/net/host.hpp"
#include "hub/net/websocket.hpp"

namespace attune::net {

inline constexpr std::string_view leader_cookie_name = "__Host-attune";
inline constexpr std::string_view leader_content_type = "application/msgpack";

/// Is the request for one of leaders' two paths, whatever else is wrong with it?
bool is_leaders_path(std::string_view target);

/// Why such a request is refused before its body is read.
struct WrongRequest {
    unsigned status = 400;
    std::string_view why;
    std::string_view more = {};  // further header lines
};

/// What is asked, and how long its body is.
struct LeadersCall {
    app::LeaderRequest::Path path = app::LeaderRequest::Path::session;
    std::size_t body_bytes = 0;
    std::optional<core::Digest> session;
    std::optional<WrongRequest> wrong;  // then nothing else of this counts
};

/// Reads the header of a request for a path of leaders: method, body, host, origin, content type, all of it exactly.
LeadersCall read_leaders_call(const UpgradeRequest& request, const LocalEnd& end, std::span<const std::string> names);

/// The digest of the session secret in the cookie; nothing where there is none, more than one, or one that this hub never
/// made.
std::optional<core::Digest> leader_session_of(const UpgradeRequest& request);

/// A line of a response's header.
std::string set_leader_cookie(std::span<const std::byte, 32> secret);
std::string clear_leader_cookie();

}  // namespace attune::net
