// Accepting: one acceptor that never gives up, backs off when the system has no more descriptors, and hands each socket
// on. io thread.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <utility>

#include "hub/net/stream.hpp"

namespace attune::net {

template <typename Protocol>
class Listener : public std::enable_shared_from_this<Listener<Protocol>> {
  public:
    using ProtocolSocket = asio::basic_stream_socket<Protocol, Executor>;
    using Acceptor = asio::basic_socket_acceptor<Protocol, Executor>;
    using Accepted = std::function<void(ProtocolSocket)>;
    using Failed = std::function<void(ErrorCode)>;

    Listener(asio::io_context& io, Accepted accepted, Failed failed)
        : acceptor_(io.get_executor()), pause_(io), accepted_(std::move(accepted)), failed_(std::move(failed)) {}

    Acceptor& acceptor() { return acceptor_; }

    void accept() {
        if (closed_) return;
        acceptor_.async_accept([self = this->shared_from_this()](ErrorCode error, ProtocolSocket socket) {
            if (self->closed_) return;
            if (!error) {
                self->accepted_(std::move(socket));
                return self->accept();
            }
            self->failed_(error);
            // Most of all EMFILE: at once again would be a busy loop, never again would be the end of the hub.
            self->pause_.expires_after(std::chrono::milliseconds(100));
            self->pause_.async_wait([self](ErrorCode) { self->accept(); });
        });
    }

    void close() {
        closed_ = true;
        ErrorCode ignored;
        acceptor_.close(ignored);
        pause_.cancel();
    }

  private:
    Acceptor acceptor_;
    asio::steady_timer pause_;
    Accepted accepted_;
    Failed failed_;
    bool closed_ = false;
};

}  // namespace attune::net
