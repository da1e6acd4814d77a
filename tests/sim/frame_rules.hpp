// What must hold of every single frame that leaves the hub: it can be read, nothing in it is ahead of the disk, and it is
// for the eyes of the device it goes to.
#pragma once

#include "tests/sim/host.hpp"

namespace attune::sim {

/// Throws Violation.
void check_frame(World& world, Host& host, const Client& client, Told& told, std::span<const std::byte> frame);

/// The seq that a frame gives away, if any.
std::optional<std::uint64_t> seq_of(const wire::AnyMessage& message);

}  // namespace attune::sim
