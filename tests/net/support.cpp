// The echoing app, the server's thread, and the blocking client.
#include "tests/net/support.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <stdexcept>

namespace attune::net::test {

Bytes bytes_of(std::string_view text) {
    const auto* data = reinterpret_cast<const std::byte*>(text.data());
    return {data, data + text.size()};
}
std::string text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// ---- the echoing app ---------------------------------------------------------------------------------------------

app::FrontDoor::ConnectionId EchoDoor::opened(app::Wire& wire, const app::Peer& peer) {
    wires[++last_] = &wire;
    wire.known();  // here everybody who gets so far is
    peers.push_back(peer);
    ++open;
    ++opened_count;
    return last_;
}

void EchoDoor::received(ConnectionId connection, std::span<const std::byte> envelope) {
    ++received_count;
    auto* wire = wires.at(connection);
    const auto text = text_of(envelope.first(std::min<std::size_t>(envelope.size(), 64)));
    std::istringstream words(text);
    std::string word;
    words >> word;
    if (word == "flood") {
        std::size_t count = 0, size = 0;
        words >> count >> size;
        const Bytes frame(size, std::byte{'f'});
        for (std::size_t at = 0; at < count; ++at)
            wire->send(frame);
    } else if (word == "close") {
        wire->send(bytes_of("last words"));
        wire->flush();
        return wire->close(false);
    } else if (word == "cut") {
        return wire->close(true);
    } else {
        wire->send(envelope);
    }
    wire->flush();
}

void EchoDoor::closed(ConnectionId connection) {
    if (wires.erase(connection) != 1 || !closed_ids.insert(connection).second)
        std::abort();  // once, and only for what was opened
    --open;
    ++closed_count;
}

void EchoDoor::wake() {
    ++wakes;
    woken_at_ = clock_.monotonic_ms();
    next_wake_ = std::numeric_limits<Ms>::max();
}

void EchoDoor::stop() {
    if (std::exchange(stopped_, true)) return;
    for (const auto& [id, wire] : wires) {
        wire->send(bytes_of("goodbye"));
        wire->flush();
        if (stop_closes) wire->close(false);
    }
}

void EchoDoor::send_all(std::string_view text) {
    for (const auto& [id, wire] : wires) {
        wire->send(bytes_of(text));
        wire->flush();
    }
}

// ---- the server --------------------------------------------------------------------------------------------------

Config Hub::default_config() {
    Config config;
    config.listen = {{"127.0.0.1", 0}};
    config.limits.tick_ms = 20;
    return config;
}

Hub::Hub(Config config) {
    Callbacks callbacks;
    callbacks.example = [this] { return example.load(); };
    callbacks.figures = [] { return app::Figures{}; };
    server = std::make_unique<Server>(io_, std::move(config), door, clock, std::move(callbacks));
    server->start();
    port_ = server->port();
    thread_ = std::thread([this] { io_.run(); });
}

Hub::~Hub() {
    stop();
}

std::chrono::milliseconds Hub::stop() {
    if (std::exchange(stopped_, true)) return 0ms;
    const auto begin = std::chrono::steady_clock::now();
    boost::asio::post(io_, [this] { server->stop([] {}); });
    thread_.join();  // nothing of the server may keep the loop running
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
}

bool Hub::until(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!on_io(condition)) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::yield();
    }
    return true;
}

// ---- the client --------------------------------------------------------------------------------------------------

namespace {

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what);
}

void wait_for(int descriptor, short what) {
    pollfd one{descriptor, what, 0};
    const int count = ::poll(&one, 1, 10'000);
    if (count <= 0) fail("the other side did nothing for ten seconds");
}

}  // namespace

Client::Client(std::uint16_t port, const std::string& address, int receive_buffer) : port_(port) {
    open(receive_buffer);
    connect(address);
}

void Client::open(int receive_buffer) {
    descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_buffer > 0) ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof(receive_buffer));
}

void Client::connect(const std::string& address) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port_);
    ::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0) {
        ::close(std::exchange(descriptor_, -1));
        fail("no connection");
    }
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
}

Client::~Client() {
    ssl_.reset();
    if (descriptor_ >= 0) ::close(descriptor_);
}

long Client::start_tls(const std::string& ca_file, const std::string& name) {
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (!ca_file.empty() && SSL_CTX_load_verify_locations(context.get(), ca_file.c_str(), nullptr) != 1)
        fail("the CA cannot be read");
    ssl_.reset(SSL_new(context.get()));
    SSL_set_fd(ssl_.get(), descriptor_);
    SSL_set_tlsext_host_name(ssl_.get(), name.c_str());
    auto* parameters = SSL_get0_param(ssl_.get());
    in_addr ignored{};
    if (::inet_pton(AF_INET, name.c_str(), &ignored) == 1) {
        X509_VERIFY_PARAM_set1_ip_asc(parameters, name.c_str());
    } else {
        X509_VERIFY_PARAM_set1_host(parameters, name.c_str(), 0);
    }
    while (true) {
        ERR_clear_error();  // what an earlier connection of this thread left behind would be taken for this one's
        const int result = SSL_connect(ssl_.get());
        if (result == 1) return SSL_get_verify_result(ssl_.get());
        const int why = SSL_get_error(ssl_.get(), result);
        if (why == SSL_ERROR_WANT_READ) {
            wait_for(descriptor_, POLLIN);
        } else if (why == SSL_ERROR_WANT_WRITE) {
            wait_for(descriptor_, POLLOUT);
        } else {
            fail("the TLS handshake failed: " + std::to_string(why) + ", " + (ERR_peek_error() != 0 ? ERR_reason_error_string(ERR_peek_error()) : std::strerror(errno)));
        }
    }
}

void Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        if (ssl_) {
            const int count = SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
            if (count > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(count));
                continue;
            }
            wait_for(descriptor_, SSL_get_error(ssl_.get(), count) == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT);
            continue;
        }
        const auto count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
        if (count < 0 && errno != EAGAIN) return;  // the other side has gone: the reads will tell
        if (count < 0) wait_for(descriptor_, POLLOUT);
    }
}

std::string Client::receive(std::chrono::milliseconds limit) {
    if (!come_.empty()) return std::exchange(come_, {});
    const auto end = std::chrono::steady_clock::now() + limit;
    std::string chunk(64 * 1024, '\0');
    while (!at_end_) {
        long count = 0;
        bool again = false;
        if (ssl_) {
            count = SSL_read(ssl_.get(), chunk.data(), static_cast<int>(chunk.size()));
            const int why = count > 0 ? SSL_ERROR_NONE : SSL_get_error(ssl_.get(), static_cast<int>(count));
            again = why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE;
        } else {
            count = ::recv(descriptor_, chunk.data(), chunk.size(), 0);
            again = count < 0 && (errno == EAGAIN || errno == EINTR);
        }
        if (count > 0) {
            chunk.resize(static_cast<std::size_t>(count));
            return chunk;
        }
        if (!again) {
            at_end_ = true;
            break;
        }
        pollfd one{descriptor_, POLLIN, 0};
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
        if (left <= 0 || ::poll(&one, 1, static_cast<int>(left)) == 0) fail("the hub sent nothing in time");
    }
    return {};
}

std::string Client::receive_all() {
    std::string all;
    for (auto part = receive(); !part.empty(); part = receive())
        all += part;
    return all;
}

bool Client::ended_within(std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    try {
        while (!receive(std::max(1ms, std::chrono::duration_cast<std::chrono::milliseconds>(
                                          end - std::chrono::steady_clock::now())))
                    .empty()) {
        }
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

void Client::fill() {
    auto had = std::exchange(come_, {});
    auto more = receive();
    if (more.empty()) fail("the hub ended the connection");
    come_ = std::move(had) + more;
}

std::string Client::Answer::header(std::string_view name) const {
    const auto at = head.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

Client::Answer Client::read_answer(bool head_only) {
    while (come_.find("\r\n\r\n") == std::string::npos)
        fill();
    Answer answer;
    const auto end = come_.find("\r\n\r\n") + 4;
    answer.head = come_.substr(0, end);
    come_.erase(0, end);
    answer.status = std::stoi(answer.head.substr(9, 3));
    const auto length = answer.header("Content-Length");
    if (head_only || length.empty()) return answer;
    const auto size = static_cast<std::size_t>(std::stoul(length));
    while (come_.size() < size)
        fill();
    answer.body = come_.substr(0, size);
    come_.erase(0, size);
    return answer;
}

Client::Answer Client::get(const std::string& target, const std::string& lines, const std::string& method) {
    send(method + " " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n" + lines + "\r\n");
    return read_answer(method == "HEAD");
}

Client::Answer Client::upgrade(std::optional<std::string> origin, const std::string& protocol, std::string host_line) {
    if (host_line.empty()) host_line = host();
    std::string text = "GET /v1/ws HTTP/1.1\r\nHost: " + host_line +
                       "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    if (!protocol.empty()) text += "Sec-WebSocket-Protocol: " + protocol + "\r\n";
    if (origin) text += "Origin: " + *origin + "\r\n";
    send(text + "\r\n");
    return read_answer();
}

void Client::send_frame(int opcode, std::string_view payload, bool fin, bool masked) {
    std::string frame(1, static_cast<char>((fin ? 0x80 : 0) | opcode));
    const char mask_bit = masked ? static_cast<char>(0x80) : 0;
    if (payload.size() < 126) {
        frame += static_cast<char>(mask_bit | static_cast<char>(payload.size()));
    } else if (payload.size() < 65536) {
        frame += static_cast<char>(mask_bit | 126);
        frame += static_cast<char>(payload.size() >> 8);
        frame += static_cast<char>(payload.size());
    } else {
        frame += static_cast<char>(mask_bit | 127);
        for (int shift = 56; shift >= 0; shift -= 8)
            frame += static_cast<char>(static_cast<std::uint64_t>(payload.size()) >> shift);
    }
    static constexpr char key[] = {0x12, 0x34, 0x56, 0x78};
    if (masked) frame.append(key, 4);
    for (std::size_t at = 0; at < payload.size(); ++at)
        frame += masked ? static_cast<char>(payload[at] ^ key[at % 4]) : payload[at];
    send(frame);
}

Frame Client::frame() {
    const auto byte = [this](std::size_t at) {
        while (come_.size() <= at)
            fill();
        return static_cast<unsigned char>(come_[at]);
    };
    Frame found;
    found.fin = (byte(0) & 0x80) != 0;
    found.opcode = byte(0) & 0x0f;
    if ((byte(0) & 0x70) != 0) fail("reserved bits are set");
    if ((byte(1) & 0x80) != 0) fail("a server's frame is masked");
    std::size_t size = byte(1) & 0x7f, at = 2;
    if (size == 126) {
        size = static_cast<std::size_t>(byte(2)) << 8 | byte(3);
        at = 4;
        if (size < 126) fail("a length is not the shortest");
    } else if (size == 127) {
        fail("a frame of more than 64 KiB");
    }
    if (found.opcode != 2 && found.opcode != 8 && found.opcode != 9 && found.opcode != 10)
        fail("an opcode that is not used here");
    if (found.opcode >= 8 && (size > 125 || !found.fin)) fail("a control frame that is too long or in parts");
    while (come_.size() < at + size)
        fill();
    found.payload = come_.substr(at, size);
    come_.erase(0, at + size);
    return found;
}

Frame Client::message() {
    while (true) {
        auto found = frame();
        if (found.opcode != 9) return found;
        send_frame(10, found.payload);
    }
}

TemporaryFolder::TemporaryFolder() {
    auto name = (std::filesystem::temp_directory_path() / "attune-net-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) fail("no temporary folder");
    path = name;
}
TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

}  // namespace attune::net::test
