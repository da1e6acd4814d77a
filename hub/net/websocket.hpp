// A device's connection: one binary WebSocket message is one envelope. Reading is Beast's; writing is ours, one write
// for everything that a turn has queued (hub/decisions/0005). The only user of Beast's WebSocket stream.
#pragma once

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <memory>
#include <string>

#include "hub/net/connection.hpp"

namespace attune::net {

using UpgradeRequest = boost::beast::http::request<boost::beast::http::empty_body>;

inline constexpr std::string_view websocket_path = "/v1/ws";
inline constexpr std::string_view websocket_subprotocol = "attune.1";

/// Answers the upgrade and serves the connection from then on. The request has been checked: path, host, origin,
/// subprotocol. `early` is what the client sent after its header.
void start_websocket(Context& context, std::unique_ptr<Stream> stream, std::string address, UpgradeRequest request,
                     std::string early);

}  // namespace attune::net
