// The hub's own socket in its state directory: `attuned` as a command speaks to `attuned` as a daemon. A frame is its
// length in four bytes, most significant first, and one envelope. Who may: root and the daemon's own user.
#pragma once

#include <memory>

#include "hub/net/connection.hpp"

namespace attune::net {

inline constexpr std::size_t local_head_bytes = 4;

/// Serves one accepted connection, or closes it when its user is another. io thread.
void start_local(Context& context, Socket socket);

}  // namespace attune::net
