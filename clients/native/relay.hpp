// One device has one connection, and several programs: whoever holds the device's lock speaks to the hub, and the
// others speak to it, through a socket in the device's folder. There a frame is its length in four bytes, most
// significant first, and the same bytes as to the hub; nobody greets or beats. One thread, on the caller's io_context.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "clients/native/wire.hpp"

namespace attune::client {

/// The way to the program that holds the lock. It ends as `lost` when that program goes.
std::unique_ptr<Wire> make_relay_wire(boost::asio::io_context& io, std::filesystem::path socket, WireEvents events);

/// The other end: what the program that holds the lock offers.
class Relay {
  public:
    using Guest = std::uint64_t;
    struct Events {
        /// A program has come: what it is to know already.
        std::function<std::vector<std::vector<std::byte>>()> greeting;
        /// A frame from it.
        std::function<void(Guest, std::span<const std::byte>)> received;
    };

    Relay(boost::asio::io_context& io, Events events);
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    /// Takes the place of a socket that a dead program left: the caller holds the lock. False: other programs of this
    /// device have to wait.
    bool listen(const std::filesystem::path& socket);
    /// To one; nothing happens where it has gone.
    void send(Guest guest, std::span<const std::byte> frame);
    void send_to_all(std::span<const std::byte> frame);
    /// All of them are let go.
    void close();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace attune::client
