// libzmq on Asio. ZMQ_FD is edge-triggered and shared by sending and receiving, so that a wake means only: ask. Each
// wake asks until nothing is left, at most a burst at a time; each send is followed by one asking more, and so is the
// start of each wait. The monitor tells how the handshake went; nothing is sent before it succeeded.
#include "clients/native/zeromq_wire.hpp"

#include <array>
#include <cstring>
#include <zmq.hpp>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>

#include "protocol/cpp/generated/limits.hpp"

namespace attune::client {

namespace {

namespace asio = boost::asio;

constexpr int frames_waiting_max = 256;
constexpr int message_bytes_max = 65'536;
constexpr int handshake_ms = 3'000;
constexpr int linger_ms = 250;
constexpr int burst = 64;

/// One I/O thread for all the clients of this program; made with the first, gone with the last.
std::shared_ptr<zmq::context_t> shared_context() {
    static std::weak_ptr<zmq::context_t> existing;
    auto context = existing.lock();
    if (!context) {
        context = std::make_shared<zmq::context_t>(1);
        existing = context;
    }
    return context;
}

class Dial : public std::enable_shared_from_this<Dial> {
  public:
    Dial(asio::io_context& io, ZeromqPeer peer, WireEvents events)
        : io_(io), peer_(std::move(peer)), events_(std::move(events)), context_(shared_context()) {}

    void open() {
        try {
            connect();
        } catch (const zmq::error_t&) {
            closed_ = true;
            asio::post(io_, [self = shared_from_this()] { self->events_.ended(WireEnd::unreachable); });
            return;
        }
        recheck();
    }

    bool send(std::span<const std::byte> frame) {
        if (!ready_ || closed_) return false;
        try {
            const auto sent = socket_.send(zmq::const_buffer(frame.data(), frame.size()), zmq::send_flags::dontwait);
            recheck();
            return sent.has_value();
        } catch (const zmq::error_t&) {
            return false;
        }
    }

    void close() {
        if (closed_) return;
        closed_ = true;
        // The descriptors are libzmq's: they are let go, never closed here.
        if (socket_fd_) socket_fd_->release();
        if (monitor_fd_) monitor_fd_->release();
        if (socket_.handle()) zmq_socket_monitor(socket_.handle(), nullptr, 0);
        monitor_.close();
        socket_.close();
    }

  private:
    void connect() {
        socket_ = zmq::socket_t(*context_, zmq::socket_type::dealer);
        socket_.set(zmq::sockopt::ipv6, true);
        socket_.set(zmq::sockopt::linger, linger_ms);
        socket_.set(zmq::sockopt::sndhwm, frames_waiting_max);
        socket_.set(zmq::sockopt::rcvhwm, frames_waiting_max);
        socket_.set(zmq::sockopt::maxmsgsize, std::int64_t{message_bytes_max});
        socket_.set(zmq::sockopt::handshake_ivl, handshake_ms);
        socket_.set(zmq::sockopt::reconnect_ivl, -1);
        socket_.set(zmq::sockopt::immediate, true);
        set_key(ZMQ_CURVE_SERVERKEY, peer_.hub_key);
        set_key(ZMQ_CURVE_PUBLICKEY, peer_.public_key);
        set_key(ZMQ_CURVE_SECRETKEY, peer_.secret_key);
        const std::string events_at = "inproc://dial-" + std::to_string(reinterpret_cast<std::uintptr_t>(this));
        if (zmq_socket_monitor(socket_.handle(), events_at.c_str(), ZMQ_EVENT_ALL) != 0) throw zmq::error_t();
        monitor_ = zmq::socket_t(*context_, zmq::socket_type::pair);
        monitor_.set(zmq::sockopt::linger, 0);
        monitor_.connect(events_at);
        socket_.connect("tcp://" + peer_.address);
        socket_fd_.emplace(io_, socket_.get(zmq::sockopt::fd));
        monitor_fd_.emplace(io_, monitor_.get(zmq::sockopt::fd));
    }

    void set_key(int option, const Key& key) {
        if (zmq_setsockopt(socket_.handle(), option, key.data(), key.size()) != 0) throw zmq::error_t();
    }

    /// Asks both sockets soon, once for any number of reasons.
    void recheck() {
        if (recheck_posted_) return;
        recheck_posted_ = true;
        asio::post(io_, [self = shared_from_this()] {
            self->recheck_posted_ = false;
            self->ask();
        });
    }

    void ask() {
        if (closed_) return;
        bool more = false;
        try {
            more = ask_monitor();
            if (!closed_ && !ended_) more = ask_socket() || more;
        } catch (const zmq::error_t&) {
            end(WireEnd::lost);
        }
        if (closed_ || ended_) return;
        if (more) return recheck();
        wait(*socket_fd_, socket_waits_);
        wait(*monitor_fd_, monitor_waits_);
        // What came between the last question and the wait has been signalled already, and would not be again.
        if (waiting(socket_) || waiting(monitor_)) recheck();
    }

    static bool waiting(zmq::socket_t& socket) { return (socket.get(zmq::sockopt::events) & ZMQ_POLLIN) != 0; }

    void wait(asio::posix::stream_descriptor& descriptor, bool& waits) {
        if (waits) return;
        waits = true;
        descriptor.async_wait(asio::posix::stream_descriptor::wait_read,
                              [self = shared_from_this(), &waits](const boost::system::error_code& error) {
                                  waits = false;
                                  if (!error) self->ask();
                              });
    }

    /// True: there may be more.
    bool ask_socket() {
        for (int count = 0; count < burst; ++count) {
            zmq::message_t message;
            if (!socket_.recv(message, zmq::recv_flags::dontwait)) return false;
            // The hub sends single frames; a message of several parts is not the hub's.
            if (message.more()) return end(WireEnd::not_this_hub);
            const auto* data = static_cast<const std::byte*>(message.data());
            events_.received(std::span(data, message.size()));
            if (closed_ || ended_) return false;
        }
        return true;
    }

    bool ask_monitor() {
        for (int count = 0; count < burst; ++count) {
            zmq::message_t event, address;
            if (!monitor_.recv(event, zmq::recv_flags::dontwait)) return false;
            if (event.more()) static_cast<void>(monitor_.recv(address, zmq::recv_flags::dontwait));
            if (event.size() < 6) continue;
            std::uint16_t number = 0;
            std::memcpy(&number, event.data(), sizeof number);
            told(number);
            if (closed_ || ended_) return false;
        }
        return true;
    }

    void told(std::uint16_t event) {
        switch (event) {
            case ZMQ_EVENT_CONNECTED:
                connected_ = true;
                break;
            case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
                ready_ = true;
                events_.opened();
                break;
            case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
                end(WireEnd::key_refused);
                break;
            case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
            case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
                end(WireEnd::not_this_hub);
                break;
            case ZMQ_EVENT_DISCONNECTED:
            case ZMQ_EVENT_CLOSED:
                end(ready_ ? WireEnd::lost : connected_ ? WireEnd::not_this_hub : WireEnd::unreachable);
                break;
            default:
                break;
        }
    }

    /// Always false: nothing more is to be asked.
    bool end(WireEnd why) {
        if (closed_ || ended_) return false;
        // What the hub said before it closed is still to be read: its Goodbye names the reason.
        if (why == WireEnd::lost) read_the_rest();
        if (closed_ || ended_) return false;
        ended_ = true;
        events_.ended(why);
        return false;
    }

    void read_the_rest() {
        for (int count = 0; count < frames_waiting_max && !closed_; ++count) {
            zmq::message_t message;
            try {
                if (!socket_.recv(message, zmq::recv_flags::dontwait)) return;
            } catch (const zmq::error_t&) {
                return;
            }
            events_.received(std::span(static_cast<const std::byte*>(message.data()), message.size()));
        }
    }

    asio::io_context& io_;
    ZeromqPeer peer_;
    WireEvents events_;
    std::shared_ptr<zmq::context_t> context_;
    zmq::socket_t socket_, monitor_;
    std::optional<asio::posix::stream_descriptor> socket_fd_, monitor_fd_;
    bool connected_ = false, ready_ = false, ended_ = false, closed_ = false;
    bool recheck_posted_ = false, socket_waits_ = false, monitor_waits_ = false;
};

class ZeromqWire : public Wire {
  public:
    ZeromqWire(asio::io_context& io, ZeromqPeer peer, WireEvents events)
        : dial_(std::make_shared<Dial>(io, std::move(peer), std::move(events))) {}
    ~ZeromqWire() override { dial_->close(); }
    void open() override { dial_->open(); }
    bool send(std::span<const std::byte> frame) override { return dial_->send(frame); }
    void close() override { dial_->close(); }

  private:
    std::shared_ptr<Dial> dial_;
};

}  // namespace

std::unique_ptr<Wire> make_zeromq_wire(asio::io_context& io, ZeromqPeer peer, WireEvents events) {
    return std::make_unique<ZeromqWire>(io, std::move(peer), std::move(events));
}

}  // namespace attune::client
