// The load engine's WebSocket client.
#include "tests/bench/load/client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <stdexcept>

namespace attune::bench {

namespace {

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what); }

std::mt19937_64& dice() {
    static std::mt19937_64 dice(20260401);  // a fixed load: the same ids in every run
    return dice;
}

void wait_for(int socket, short events) {
    pollfd one{socket, events, 0};
    if (::poll(&one, 1, 10'000) <= 0) fail("the hub did not answer within 10 s");
}

}  // namespace

Id random_id() {
    Id id{};
    const std::uint64_t halves[2] = {dice()(), dice()()};
    std::memcpy(id.data(), halves, sizeof halves);
    return id;
}

Client::~Client() { close(); }

void Client::close() {
    if (ssl_ != nullptr) SSL_free(ssl_);
    if (socket_ >= 0) ::close(socket_);
    ssl_ = nullptr;
    socket_ = -1;
    live = false;
}

long Client::receive(std::uint8_t* into, std::size_t size) {
    if (ssl_ == nullptr) return ::recv(socket_, into, size, 0);
    ERR_clear_error();  // SSL_get_error looks at what any connection of this thread left behind
    const int got = SSL_read(ssl_, into, static_cast<int>(std::min<std::size_t>(size, 1 << 20)));
    if (got > 0) return got;
    const int why = SSL_get_error(ssl_, got);
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) { errno = EAGAIN; return -1; }
    return 0;
}

long Client::transmit(const std::uint8_t* from, std::size_t size) {
    if (ssl_ == nullptr) return ::send(socket_, from, size, MSG_NOSIGNAL);
    const int put = SSL_write(ssl_, from, static_cast<int>(size));
    if (put > 0) return put;
    errno = EAGAIN;
    return -1;
}

void Client::connect(std::uint16_t port, ssl_ctx_st* tls) {
    close();
    in_.resize(name[0] == 'h' ? 256 * 1024 : 4096);  // as a handset has it before the first storm
    filled_ = sent_ = 0;
    out_.clear();
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("cannot connect: " + std::string(std::strerror(errno)));
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (tls != nullptr) {
        ssl_ = SSL_new(tls);
        SSL_set_fd(ssl_, socket_);
        if (SSL_connect(ssl_) != 1) fail("the TLS handshake failed");
    }
    const std::string host = "127.0.0.1:" + std::to_string(port);
    const std::string request = "GET /v1/ws HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\nSec-WebSocket-Protocol: attune.1\r\n\r\n";
    if (transmit(reinterpret_cast<const std::uint8_t*>(request.data()), request.size()) != static_cast<long>(request.size())) fail("cannot send the upgrade");
    std::string answer;
    while (answer.find("\r\n\r\n") == std::string::npos) {
        // What OpenSSL has read already does not make the socket readable again.
        if (ssl_ == nullptr || SSL_pending(ssl_) == 0) wait_for(socket_, POLLIN);
        std::uint8_t byte = 0;
        if (receive(&byte, 1) != 1) fail("the hub refused the upgrade: " + answer);
        answer.push_back(static_cast<char>(byte));
    }
    if (answer.rfind("HTTP/1.1 101", 0) != 0) fail("the hub refused the upgrade: " + answer.substr(0, answer.find('\r')));
    ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
}

void Client::send(const protocol::AnyMessage& message, const std::optional<Id>& id) {
    scratch_.clear();
    if (!protocol::encode(message, id, scratch_)) fail("a message of the load engine breaks a limit");
    const std::size_t size = scratch_.size();
    out_.push_back(0x82);
    if (size < 126) {
        out_.push_back(static_cast<std::uint8_t>(0x80 | size));
    } else {
        out_.push_back(0x80 | 126);
        out_.push_back(static_cast<std::uint8_t>(size >> 8));
        out_.push_back(static_cast<std::uint8_t>(size));
    }
    const std::uint32_t mask = static_cast<std::uint32_t>(dice()());
    const std::uint64_t mask8 = static_cast<std::uint64_t>(mask) << 32 | mask;
    std::size_t at = out_.size();
    out_.resize(at + 4 + (size + 7) / 8 * 8);
    std::memcpy(&out_[at], &mask, 4);
    at += 4;
    scratch_.resize((size + 7) / 8 * 8);
    for (std::size_t n = 0; n < size; n += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, &scratch_[n], 8);
        word ^= mask8;
        std::memcpy(&out_[at + n], &word, 8);
    }
    out_.resize(at + size);
}

bool Client::flush() {
    while (sent_ < out_.size()) {
        const long put = transmit(&out_[sent_], out_.size() - sent_);
        if (put <= 0) return errno == EAGAIN || errno == EINTR;
        sent_ += static_cast<std::size_t>(put);
    }
    out_.clear();
    sent_ = 0;
    return true;
}

bool Client::read() {
    while (true) {
        if (in_.size() - filled_ < 2048) in_.resize(in_.size() * 2);
        const long got = receive(in_.data() + filled_, in_.size() - filled_);
        if (got == 0) return false;
        if (got < 0) return errno == EAGAIN || errno == EINTR;
        filled_ += static_cast<std::size_t>(got);
        const bool more = filled_ == in_.size() || ssl_ != nullptr;
        if (!take_frames()) return false;
        if (!more) return true;
    }
}

bool Client::take_frames() {
    std::size_t at = 0;
    while (filled_ - at >= 2) {
        const std::uint8_t code = in_[at] & 0x0f;
        std::size_t size = in_[at + 1] & 0x7f, head = 2;
        if (size == 126) {
            if (filled_ - at < 4) break;
            size = static_cast<std::size_t>(in_[at + 2]) << 8 | in_[at + 3];
            head = 4;
        }
        if (filled_ - at < head + size) break;
        if (code == 8) return false;
        if (code == 2) {
            ++frames;
            const Glance glance = Scan::frame({in_.data() + at + head, size});
            if (!glance.whole) fail("a frame of the hub is not well formed");
            on_frame(*this, glance);
        }
        at += head + size;
    }
    if (at > 0) std::memmove(in_.data(), in_.data() + at, filled_ - at);
    filled_ -= at;
    return true;
}

}  // namespace attune::bench
