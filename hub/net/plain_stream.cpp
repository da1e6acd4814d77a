// The stream without TLS: TCP on loopback, or the local socket.
#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "hub/net/stream.hpp"

namespace attune::net {
namespace {

class PlainStream final : public Stream {
  public:
    explicit PlainStream(Socket socket) : socket_(std::move(socket)) {
        ErrorCode ignored;
        socket_.non_blocking(true, ignored);
    }

    void handshake(IoHandler done) override {
        asio::post(socket_.get_executor(), [done = std::move(done)]() mutable { done({}, 0); });
    }
    void read_some(std::span<std::byte> into, IoHandler done) override {
        socket_.async_read_some(asio::buffer(into.data(), into.size()), std::move(done));
    }
    std::size_t write_now(std::span<const std::byte> bytes, ErrorCode& error) override {
        const std::size_t count = socket_.write_some(asio::buffer(bytes.data(), bytes.size()), error);
        if (error == asio::error::would_block || error == asio::error::try_again) error = {};
        return count;
    }
    void write_some(std::span<const std::byte> bytes, IoHandler done) override {
        socket_.async_write_some(asio::buffer(bytes.data(), bytes.size()), std::move(done));
    }
    void end_writing() noexcept override {
        ErrorCode ignored;
        socket_.shutdown(Socket::shutdown_send, ignored);
    }
    void close(bool reset) noexcept override { close_socket(socket_, reset); }
    bool secure() const noexcept override { return false; }
    Executor executor() override { return socket_.get_executor(); }

  private:
    Socket socket_;
};

}  // namespace

void close_socket(Socket& socket, bool reset) noexcept {
    ErrorCode ignored;
    if (!socket.is_open()) return;
    if (reset) socket.set_option(asio::socket_base::linger(true, 0), ignored);
    socket.close(ignored);
}

std::unique_ptr<Stream> make_plain_stream(Socket socket) {
    return std::make_unique<PlainStream>(std::move(socket));
}

}  // namespace attune::net
