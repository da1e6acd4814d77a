// The stream with TLS: OpenSSL reads and writes the descriptor itself and Asio only says when it is ready. Asio's own
// ssl::stream keeps four 17 KiB buffers for each connection, idle or not; OpenSSL alone gives its buffers back
// (SSL_MODE_RELEASE_BUFFERS), which is most of what an idle client over TLS costs (hub/decisions/0006).
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "hub/net/stream.hpp"

namespace attune::net {
namespace {

struct SslFree {
    void operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
};

class TlsStream final : public Stream {
  public:
    TlsStream(Socket socket, SSL_CTX& context) : socket_(std::move(socket)), ssl_(SSL_new(&context)) {
        ErrorCode ignored;
        socket_.native_non_blocking(true, ignored);
        if (ssl_ != nullptr) {
            SSL_set_fd(ssl_.get(), socket_.native_handle());
            SSL_set_accept_state(ssl_.get());
        }
    }

    void handshake(IoHandler done) override {
        attempt(std::move(done), [this] { return once([this] { return SSL_do_handshake(ssl_.get()); }, false); });
    }
    void read_some(std::span<std::byte> into, IoHandler done) override {
        attempt(std::move(done), [this, into] {
            return once([&] { return SSL_read(ssl_.get(), into.data(), static_cast<int>(into.size())); }, true);
        });
    }
    std::size_t write_now(std::span<const std::byte> bytes, ErrorCode& error) override {
        const Outcome outcome = write_records(bytes);
        error = outcome.error;
        return outcome.kind == Outcome::Kind::Done ? outcome.count : 0;
    }
    void write_some(std::span<const std::byte> bytes, IoHandler done) override {
        attempt(std::move(done), [this, bytes] { return write_records(bytes); });
    }
    void end_writing() noexcept override {
        if (ssl_ != nullptr && !broken_ && SSL_is_init_finished(ssl_.get()) == 1) {
            ERR_clear_error();
            SSL_shutdown(ssl_.get());
            ERR_clear_error();
        }
        ErrorCode ignored;
        socket_.shutdown(Socket::shutdown_send, ignored);
    }
    void close(bool reset) noexcept override { close_socket(socket_, reset); }
    bool secure() const noexcept override { return true; }
    Executor executor() override { return socket_.get_executor(); }

  private:
    struct Outcome {
        enum class Kind { Done, WaitRead, WaitWrite } kind = Kind::Done;
        ErrorCode error;
        std::size_t count = 0;
    };
    static Outcome succeeded(std::size_t count) { return {Outcome::Kind::Done, {}, count}; }
    static Outcome failed(ErrorCode error) { return {Outcome::Kind::Done, error, 0}; }

    template <typename Call>
    Outcome once(Call call, bool counts) {
        if (ssl_ == nullptr || broken_) return failed(asio::error::broken_pipe);
        ERR_clear_error();
        const int result = call();
        if (result > 0) return succeeded(counts ? static_cast<std::size_t>(result) : 0);
        switch (SSL_get_error(ssl_.get(), result)) {
            case SSL_ERROR_WANT_READ:
                return {Outcome::Kind::WaitRead, {}, 0};
            case SSL_ERROR_WANT_WRITE:
                return {Outcome::Kind::WaitWrite, {}, 0};
            case SSL_ERROR_ZERO_RETURN:
                return failed(asio::error::eof);
            default:
                break;
        }
        // A peer that goes without saying so, a forged record, no shared suite: the connection is of no more use.
        broken_ = true;
        ERR_clear_error();
        return failed(asio::error::connection_aborted);
    }

    // Several records in one call: a record holds 16 KiB, an outbox up to a megabyte. Bounded for the others' sake.
    Outcome write_records(std::span<const std::byte> bytes) {
        constexpr std::size_t turn_bytes_max = 256 * 1024;
        const auto most = std::min(bytes.size(), turn_bytes_max);
        std::size_t count = 0;
        while (count < most) {
            const auto rest = bytes.subspan(count);
            const auto size = static_cast<int>(std::min(rest.size(), turn_bytes_max));
            const auto outcome = once([&] { return SSL_write(ssl_.get(), rest.data(), size); }, true);
            if (outcome.kind != Outcome::Kind::Done || outcome.error) return count > 0 ? succeeded(count) : outcome;
            count += outcome.count;
        }
        return succeeded(count);
    }

    template <typename Try>
    void attempt(IoHandler done, Try attempt_once) {
        const Outcome outcome = attempt_once();
        if (outcome.kind == Outcome::Kind::Done) {
            asio::post(socket_.get_executor(),
                       [done = std::move(done), outcome]() mutable { done(outcome.error, outcome.count); });
        } else {
            wait(outcome.kind, std::move(done), std::move(attempt_once));
        }
    }

    template <typename Try>
    void wait(Outcome::Kind kind, IoHandler done, Try attempt_once) {
        const auto what = kind == Outcome::Kind::WaitRead ? Socket::wait_read : Socket::wait_write;
        socket_.async_wait(
            what, [this, done = std::move(done), attempt_once = std::move(attempt_once)](ErrorCode error) mutable {
                if (error) return done(error, 0);
                const Outcome outcome = attempt_once();
                // `done` owns this stream: nothing of it may be touched after the call.
                if (outcome.kind == Outcome::Kind::Done) return done(outcome.error, outcome.count);
                wait(outcome.kind, std::move(done), std::move(attempt_once));
            });
    }

    Socket socket_;
    std::unique_ptr<SSL, SslFree> ssl_;
    bool broken_ = false;
};

}  // namespace

std::unique_ptr<Stream> make_tls_stream(Socket socket, ssl_ctx_st& context) {
    return std::make_unique<TlsStream>(std::move(socket), context);
}

}  // namespace attune::net
