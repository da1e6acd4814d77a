// The way to the hub itself: a DEALER under CURVE, one socket for each dial. libzmq's own reconnecting is off, because
// a peer that the hub refuses would wait for ever: when a socket ends, the client makes another one, with a growing
// pause.
#pragma once

#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "clients/native/enrolment_link.hpp"
#include "clients/native/wire.hpp"

namespace attune::client {

struct ZeromqPeer {
    std::string address;  // HOST:PORT
    Key hub_key{};
    Key public_key{};
    Key secret_key{};
};

std::unique_ptr<Wire> make_zeromq_wire(boost::asio::io_context& io, ZeromqPeer peer, WireEvents events);

}  // namespace attune::client
