// A connection that speaks HTTP, or has not spoken yet: TLS or not, request, answer, next request; or the upgrade,
// after which the connection is a device's (websocket.hpp). Strict: what is not a plain GET or HEAD without a body is
// refused and the connection closed, so that nothing can be read two ways.
#pragma once

#include "hub/net/connection.hpp"
#include "hub/net/pages.hpp"

namespace attune::net {

/// Serves one accepted connection. `end.secure` is set here. `plain_allowed`: the address is loopback. io thread.
void start_visitor(Context& context, Pages& pages, Socket socket, std::string address, LocalEnd end,
                   bool plain_allowed);

}  // namespace attune::net
