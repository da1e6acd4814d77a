// One connected byte stream, its kind erased: plain (TCP or local socket) or TLS. What speaks HTTP, WebSocket or local
// frames is compiled once and not once for each kind of stream (hub/decisions/0006).
//
// io thread alone. At most one read and one write at a time. A completion is never called from within the call that
// began it. The stream must live until every completion has run: let the completion own the connection that owns the
// stream. close() makes what is pending complete with operation_aborted.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <memory>
#include <span>

#include "hub/net/callback.hpp"

struct ssl_ctx_st;

namespace attune::net {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::generic::stream_protocol, Executor>;
using IoHandler = Callback<void(ErrorCode, std::size_t)>;

class Stream {
  public:
    virtual ~Stream() = default;
    /// TLS: the server's side of the handshake. Plain: completes with success.
    virtual void handshake(IoHandler done) = 0;
    /// At least one byte, or an error (`eof` at the peer's orderly end).
    virtual void read_some(std::span<std::byte> into, IoHandler done) = 0;
    /// What the kernel takes of `bytes` at once: how many, 0 when it wants no more now. Never waits. Not while a write is
    /// pending; what is left must be offered again, by either call, starting at the same byte.
    virtual std::size_t write_now(std::span<const std::byte> bytes, ErrorCode& error) = 0;
    /// At least one byte of `bytes`, which must not be empty and must stay where they are.
    virtual void write_some(std::span<const std::byte> bytes, IoHandler done) = 0;
    /// Says that no more bytes follow. Not while a write is pending.
    virtual void end_writing() noexcept = 0;
    /// At once; with `reset` the kernel throws away what it has not sent. Idempotent.
    virtual void close(bool reset) noexcept = 0;
    virtual bool secure() const noexcept = 0;
    virtual Executor executor() = 0;
};

std::unique_ptr<Stream> make_plain_stream(Socket socket);
/// `context` must outlive the call only (a connection keeps its own reference).
std::unique_ptr<Stream> make_tls_stream(Socket socket, ssl_ctx_st& context);

/// What both kinds do to a socket that is to be closed.
void close_socket(Socket& socket, bool reset) noexcept;

}  // namespace attune::net
