// The socket's wake, its bursts and its rescue; and the options that libzmq must be given, since none of its defaults
// is safe on a network.
#include "hub/net/zeromq.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>
#include <zmq.hpp>

namespace attune::net {

namespace asio = boost::asio;

namespace {

/// Parts that are read before others on this thread have their turn.
constexpr std::size_t burst_parts = 512;
/// A socket that has been quiet for so long and has something to read was forgotten. In a busy one the next wake reads
/// all, so that a message which comes while we look is not taken for a forgotten one.
constexpr core::Ms quiet_ms = 100;
/// ZMQ_ZAP_ENFORCE_DOMAIN: libzmq 4.3 obeys it in every build, but its header names it for draft builds alone.
constexpr int zap_enforce_domain = 93;

std::string_view property(zmq::message_t& message, const char* name) {
    const char* value = zmq_msg_gets(message.handle(), name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

// ---- the context -------------------------------------------------------------------------------------------------

struct ZmqContext::Body {
    zmq::context_t context{1};
    bool asks_about_keys = false;
};

ZmqContext::ZmqContext() : body_(std::make_unique<Body>()) {
    if (zmq_has("curve") != 1) throw std::runtime_error("This machine's libzmq has no CURVE, so it cannot be used. Install Debian's libzmq5, or take zeromq.listen out of the configuration.");
}
ZmqContext::~ZmqContext() = default;

// ---- the socket --------------------------------------------------------------------------------------------------

class ZmqSocket::Body : public std::enable_shared_from_this<Body> {
  public:
    Body(asio::io_context& io, zmq::context_t& context, zmq::socket_type type)
        : io_(io),
          socket_(context, type),
          descriptor_(io, socket_.get(zmq::sockopt::fd)),
          fd_(descriptor_.native_handle()) {}

    ~Body() { close(); }

    zmq::socket_t& socket() { return socket_; }
    const Counts& counts() const { return counts_; }

    void start(Handlers handlers) {
        handlers_ = std::move(handlers);
        look_again();
    }

    Sent send(std::span<const std::span<const std::byte>> parts) {
        Sent sent = Sent::yes;
        for (std::size_t at = 0; at < parts.size() && sent == Sent::yes; ++at) {
            zmq::message_t part(parts[at].data(), parts[at].size());
            const int flags = ZMQ_DONTWAIT | (at + 1 < parts.size() ? ZMQ_SNDMORE : 0);
            while (zmq_msg_send(part.handle(), socket_.handle(), flags) < 0) {
                const int why = zmq_errno();
                if (why == EINTR) continue;
                sent = why == EAGAIN ? Sent::later : Sent::gone;
                break;
            }
        }
        // Sent or not: libzmq may have used up the wake that was meant for reading. A drain that is under way looks
        // again by itself.
        if (!draining_) look_again();
        return sent;
    }

    void tick(core::Ms now_ms) {
        if (closed_) return;
        const bool quiet = counts_.wakes == wakes_at_tick_ && counts_.messages == messages_at_tick_;
        if (!quiet || scheduled_) {
            wakes_at_tick_ = counts_.wakes;
            messages_at_tick_ = counts_.messages;
            quiet_since_ms_ = now_ms;
            return;
        }
        if (now_ms - quiet_since_ms_ < quiet_ms) return;
        pollfd one{fd_, POLLIN, 0};
        if (::poll(&one, 1, 0) != 0) return;  // a wake is on its way
        if (readable()) ++counts_.rescues;
        drain();
    }

    void close() {
        if (std::exchange(closed_, true)) return;
        descriptor_.release();  // it is libzmq's, which closes it
        // Telling a monitor that is no longer read would block libzmq's own thread.
        zmq_socket_monitor(socket_.handle(), nullptr, 0);
        socket_.close();
        handlers_ = {};
    }

  private:
    void look_again() {
        if (std::exchange(scheduled_, true)) return;
        asio::post(io_, [self = shared_from_this()] {
            self->scheduled_ = false;
            self->drain();
        });
    }

    void await() {
        if (std::exchange(waiting_, true)) return;
        descriptor_.async_wait(asio::posix::stream_descriptor::wait_read,
                               [self = shared_from_this()](boost::system::error_code error) {
                                   self->waiting_ = false;
                                   if (error) return;
                                   ++self->counts_.wakes;
                                   self->drain();
                               });
    }

    bool readable() {
        int events = 0;
        std::size_t size = sizeof(events);
        return zmq_getsockopt(socket_.handle(), ZMQ_EVENTS, &events, &size) == 0 && (events & ZMQ_POLLIN) != 0;
    }

    // Until nothing is left, or the burst is over.
    void drain() {
        if (closed_ || draining_) return;
        draining_ = true;
        const auto self = shared_from_this();  // a callback may close and forget us
        std::size_t left = burst_parts;
        while (!closed_) {
            while (left > 0 && !closed_ && read_part())
                --left;
            if (closed_) break;
            if (left == 0) {
                look_again();
                break;
            }
            const bool wrote = handlers_.writable && handlers_.writable();
            if (closed_) break;
            if (wrote) --left;
            if (!readable() && !wrote) break;
        }
        draining_ = false;
        if (!closed_) await();
    }

    // False when there is none. Calls back when it was the last of its message.
    bool read_part() {
        zmq::message_t part;
        while (zmq_msg_recv(part.handle(), socket_.handle(), ZMQ_DONTWAIT) < 0) {
            if (zmq_errno() != EINTR) return false;
        }
        const bool last = !part.more();
        if (parts_read_ < ZmqMessage::parts_max) parts_[parts_read_] = std::move(part);
        ++parts_read_;
        if (last) dispatch();
        return true;
    }

    void dispatch() {
        const std::size_t count = std::min(std::exchange(parts_read_, std::size_t{0}), ZmqMessage::parts_max + 1);
        const std::size_t kept = std::min(count, ZmqMessage::parts_max);
        std::array<std::span<const std::byte>, ZmqMessage::parts_max> views;
        for (std::size_t at = 0; at < kept; ++at)
            views[at] = {static_cast<const std::byte*>(parts_[at].data()), parts_[at].size()};
        ZmqMessage message;
        message.parts = std::span(views).first(kept);
        message.more = count > kept;
        auto& last = parts_[kept - 1];
        message.user_id = property(last, "User-Id");
        message.peer_address = property(last, "Peer-Address");
        message.descriptor = zmq_msg_get(last.handle(), ZMQ_SRCFD);
        ++counts_.messages;
        handlers_.received(message);
        if (closed_) return;
        for (std::size_t at = 0; at < kept; ++at)
            parts_[at].rebuild();
    }

    asio::io_context& io_;
    zmq::socket_t socket_;
    asio::posix::stream_descriptor descriptor_;
    const int fd_;
    Handlers handlers_;
    Counts counts_;
    std::array<zmq::message_t, ZmqMessage::parts_max> parts_;
    std::size_t parts_read_ = 0;
    std::uint64_t wakes_at_tick_ = 0, messages_at_tick_ = 0;
    core::Ms quiet_since_ms_ = 0;
    bool scheduled_ = false, waiting_ = false, draining_ = false, closed_ = false;
};

ZmqSocket ZmqSocket::router(asio::io_context& io, ZmqContext& context, const RouterOptions& options) {
    if (!context.body_->asks_about_keys)
        throw std::runtime_error("Native clients are not served: nothing would check their keys.");
    auto body = std::make_shared<Body>(io, context.body_->context, zmq::socket_type::router);
    auto& socket = body->socket();
    socket.set(zmq::sockopt::curve_server, true);
    socket.set(zmq::sockopt::curve_secretkey, zmq::const_buffer(options.secret_key.data(), options.secret_key.size()));
    if (options.zap_domain.empty()) throw std::runtime_error("A ZAP domain is needed.");
    socket.set(zmq::sockopt::zap_domain, options.zap_domain);
    // Without it a missing ZAP handler lets everybody in.
    const int enforce = 1;
    if (zmq_setsockopt(socket.handle(), zap_enforce_domain, &enforce, sizeof(enforce)) != 0)
        throw std::runtime_error("This machine's libzmq cannot be told to ask about every key. It is too old: install Debian's libzmq5, or take zeromq.listen out of the configuration.");
    socket.set(zmq::sockopt::router_mandatory, true);
    socket.set(zmq::sockopt::maxmsgsize, options.message_bytes_max);
    socket.set(zmq::sockopt::handshake_ivl, options.handshake_ms);
    socket.set(zmq::sockopt::heartbeat_ivl, options.heartbeat_ms);
    socket.set(zmq::sockopt::heartbeat_timeout, options.heartbeat_timeout_ms);
    socket.set(zmq::sockopt::linger, options.linger_ms);
    socket.set(zmq::sockopt::sndhwm, options.messages_out_max);
    socket.set(zmq::sockopt::rcvhwm, options.messages_in_max);
    socket.set(zmq::sockopt::backlog, options.backlog);
    socket.set(zmq::sockopt::sndbuf, options.send_buffer_bytes);
    socket.set(zmq::sockopt::ipv6, options.ipv6);
    return ZmqSocket(std::move(body));
}

ZmqSocket ZmqSocket::authenticator(asio::io_context& io, ZmqContext& context) {
    auto body = std::make_shared<Body>(io, context.body_->context, zmq::socket_type::rep);
    body->socket().set(zmq::sockopt::linger, 0);
    ZmqSocket socket(std::move(body));
    if (const auto why = socket.bind("inproc://zeromq.zap.01"); !why.empty())
        throw std::runtime_error("The ZeroMQ key check cannot be set up: " + why + ".");
    context.body_->asks_about_keys = true;
    return socket;
}

ZmqSocket ZmqSocket::monitor_of(asio::io_context& io, ZmqContext& context, ZmqSocket& router) {
    constexpr const char* endpoint = "inproc://attune.connections";
    // Those that bear a descriptor; the end of a handshake, alas, does not.
    constexpr int events = ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_CLOSED;
    auto body = std::make_shared<Body>(io, context.body_->context, zmq::socket_type::pair);
    body->socket().set(zmq::sockopt::linger, 0);
    body->socket().set(zmq::sockopt::rcvhwm, 0);  // libzmq's own thread would wait for room, and everybody with it
    if (zmq_socket_monitor(router.body_->socket().handle(), endpoint, events) != 0 ||
        zmq_connect(body->socket().handle(), endpoint) != 0)
        throw std::runtime_error("The connections of native clients cannot be watched: " +
                                 std::string(zmq_strerror(zmq_errno())) + ".");
    return ZmqSocket(std::move(body));
}

ZmqSocket::ZmqSocket(std::shared_ptr<Body> body) : body_(std::move(body)) {}
ZmqSocket::ZmqSocket(ZmqSocket&&) noexcept = default;
ZmqSocket::~ZmqSocket() {
    if (body_) body_->close();
}

std::string ZmqSocket::bind(const std::string& endpoint) {
    if (zmq_bind(body_->socket().handle(), endpoint.c_str()) == 0) return {};
    return zmq_strerror(zmq_errno());
}
std::string ZmqSocket::last_endpoint() const {
    return body_->socket().get(zmq::sockopt::last_endpoint);
}
void ZmqSocket::start(Handlers handlers) {
    body_->start(std::move(handlers));
}
ZmqSocket::Sent ZmqSocket::send(std::span<const std::span<const std::byte>> parts) {
    return body_->send(parts);
}
void ZmqSocket::tick(core::Ms now_ms) {
    body_->tick(now_ms);
}
void ZmqSocket::close() {
    body_->close();
}
const ZmqSocket::Counts& ZmqSocket::counts() const {
    return body_->counts();
}

ZmqEvent zmq_event_of(const ZmqMessage& message) {
    ZmqEvent event;
    std::uint16_t what = 0;
    std::uint32_t value = 0;
    if (message.parts.empty() || message.parts[0].size() != sizeof(what) + sizeof(value)) return event;
    std::memcpy(&what, message.parts[0].data(), sizeof(what));
    std::memcpy(&value, message.parts[0].data() + sizeof(what), sizeof(value));
    event.descriptor = static_cast<int>(value);
    if (what == ZMQ_EVENT_ACCEPTED) event.kind = ZmqEvent::Kind::accepted;
    if (what == ZMQ_EVENT_DISCONNECTED || what == ZMQ_EVENT_CLOSED) event.kind = ZmqEvent::Kind::ended;
    return event;
}

// ---- a peer's TCP connection -------------------------------------------------------------------------------------

namespace {

std::string end_of(int descriptor, bool remote, std::uint16_t& port) {
    sockaddr_storage address{};
    socklen_t size = sizeof(address);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    if ((remote ? ::getpeername(descriptor, raw, &size) : ::getsockname(descriptor, raw, &size)) != 0) return {};
    if (address.ss_family == AF_INET) port = ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
    if (address.ss_family == AF_INET6) port = ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port);
    return {reinterpret_cast<const char*>(&address), size};
}

}  // namespace

ZmqPeerSocket zmq_peer_socket(int descriptor) {
    std::uint16_t port = 0;
    if (descriptor < 0) return {};
    return {descriptor, end_of(descriptor, true, port)};
}

bool cut_zmq_peer(const ZmqPeerSocket& peer, std::uint16_t port) {
    std::uint16_t local_port = 0, remote_port = 0;
    if (peer.descriptor < 0 || peer.remote.empty()) return false;
    if (end_of(peer.descriptor, true, remote_port) != peer.remote) return false;
    if (end_of(peer.descriptor, false, local_port).empty() || local_port != port) return false;
    // libzmq reads the end of the stream and closes the descriptor itself.
    return ::shutdown(peer.descriptor, SHUT_RDWR) == 0;
}

}  // namespace attune::net
