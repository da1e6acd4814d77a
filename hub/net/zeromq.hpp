// libzmq on Asio: the one place that knows zmq.hpp. A context, and a socket that hands whole messages to a callback and
// sends without ever waiting.
//
// ZeroMQ's descriptor is edge-triggered and shared by both directions: a wake that is not used up, or a send that ate
// it, leaves messages lying with nobody to fetch them. So a socket reads until nothing is left at each wake and before
// its first wait, looks again after every send (once, posted), gives the loop back after a burst, and has a rescue on
// the tick whose count must stay 0. io thread alone; libzmq's own thread is hidden.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/ids.hpp"

namespace attune::net {

/// A TCP connection inside libzmq, as far as it can be known: for ending it, which libzmq itself has no call for.
struct ZmqPeerSocket {
    int descriptor = -1;
    std::string remote;  // address and port
};

/// One message, all of its parts up to parts_max. Everything here is a view into the socket and ends with the call.
struct ZmqMessage {
    static constexpr std::size_t parts_max = 8;
    std::span<const std::span<const std::byte>> parts;
    bool more = false;              // there were more parts than these
    std::string_view user_id;       // as the ZAP handler answered; empty without
    std::string_view peer_address;  // without the port
    int descriptor = -1;            // of the connection it came by
};

/// libzmq's context: outlives its sockets. The destructor waits for what their linger allows.
class ZmqContext {
  public:
    /// Throws std::runtime_error where libzmq is too old or has no CURVE.
    ZmqContext();
    ~ZmqContext();
    ZmqContext(const ZmqContext&) = delete;
    ZmqContext& operator=(const ZmqContext&) = delete;

  private:
    friend class ZmqSocket;
    struct Body;
    std::unique_ptr<Body> body_;
};

/// What a CURVE server's ROUTER is made with. Milliseconds, bytes, and messages for each peer.
struct RouterOptions {
    std::array<std::byte, 32> secret_key{};
    std::string zap_domain;  // never empty: without one anybody is let in
    std::int64_t message_bytes_max = 65'536;
    int handshake_ms = 3'000, heartbeat_ms = 1'000, heartbeat_timeout_ms = 2'000, linger_ms = 1'000;
    int messages_out_max = 32, messages_in_max = 64;
    int backlog = 1'024, send_buffer_bytes = 128 * 1024;
    bool ipv6 = false;  // an IPv4 address is bound as such, so that peers' addresses are what people write
};

class ZmqSocket {
  public:
    enum class Sent : std::uint8_t { yes, later, gone };  // later: this peer is full

    struct Handlers {
        std::function<void(const ZmqMessage&)> received;
        /// A peer that was full may have room again: sends what waits and says whether anything left. May be empty.
        std::function<bool()> writable;
    };
    struct Counts {
        std::uint64_t wakes = 0, messages = 0, rescues = 0;
    };

    /// A ROUTER that asks ZAP about every key. `io` and `context` must outlive the socket. Throws std::runtime_error
    /// where the context has no authenticator: a ROUTER without one might let everybody in.
    static ZmqSocket router(boost::asio::io_context& io, ZmqContext& context, const RouterOptions& options);
    /// The socket at which libzmq asks who may come in: one for each context, to be bound before any ROUTER is.
    static ZmqSocket authenticator(boost::asio::io_context& io, ZmqContext& context);

    /// Where libzmq tells of a ROUTER's connections: zmq_event_of() reads what comes. To be made before the ROUTER is
    /// bound, and closed after it.
    static ZmqSocket monitor_of(boost::asio::io_context& io, ZmqContext& context, ZmqSocket& router);

    ZmqSocket(ZmqSocket&&) noexcept;
    ~ZmqSocket();

    /// "tcp://127.0.0.1:7714", or "…:*" for a port of the system's choice. Returns why it could not be, or nothing.
    std::string bind(const std::string& endpoint);
    std::string last_endpoint() const;
    /// From here on messages come, always from the loop and never from within this call.
    void start(Handlers handlers);

    /// Never waits. For a ROUTER the first part is the peer's routing id.
    Sent send(std::span<const std::span<const std::byte>> parts);

    /// Called at each of the server's ticks: finds messages that lie without a wake to come, and counts them.
    void tick(core::Ms now_ms);
    /// Lets go of the descriptor, then closes. Idempotent; no callback comes after it.
    void close();

    const Counts& counts() const;

  private:
    class Body;
    explicit ZmqSocket(std::shared_ptr<Body> body);
    std::shared_ptr<Body> body_;
};

struct ZmqEvent {
    enum class Kind : std::uint8_t { accepted, ended, other };
    Kind kind = Kind::other;
    int descriptor = -1;
};
ZmqEvent zmq_event_of(const ZmqMessage& message);

/// Which connection a message came by; remote stays empty where that can't be told.
ZmqPeerSocket zmq_peer_socket(int descriptor);
/// Ends a peer's TCP connection if the descriptor still is that connection, and ours at `port`.
bool cut_zmq_peer(const ZmqPeerSocket& peer, std::uint16_t port);

}  // namespace attune::net
