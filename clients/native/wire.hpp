// A way to the hub: whole frames out, whole frames in. Two kinds: ZeroMQ to the hub itself, and a local socket to
// another program of this device that has the connection already. All on the caller's io_context; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace attune::client {

/// Why a wire ended, or never came to be.
enum class WireEnd : std::uint8_t {
    /// Nothing answers at the address.
    unreachable,
    /// Something answers, and does not prove to have the hub's key.
    not_this_hub,
    /// The hub refuses this device's key.
    key_refused,
    /// It was open, and is not any more.
    lost,
};

/// What a wire tells. Never called from within open(), send() or close(); none after close(), nor after `ended`.
struct WireEvents {
    std::function<void()> opened;
    std::function<void(std::span<const std::byte>)> received;
    std::function<void(WireEnd)> ended;
};

class Wire {
  public:
    virtual ~Wire() = default;
    /// Once. Later comes opened(), or ended().
    virtual void open() = 0;
    /// False: it is not open, or takes no more; treat it as lost.
    virtual bool send(std::span<const std::byte> frame) = 0;
    /// What was sent may still leave for a moment. Twice is once.
    virtual void close() = 0;
};

}  // namespace attune::client
