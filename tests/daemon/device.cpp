// Beast, one read at a time, with the loop run for as long as the test waits.
#include "tests/daemon/device.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <random>
#include <stdexcept>

namespace attune::test {

namespace asio = boost::asio;
namespace beast = boost::beast;

struct Device::Socket {
    asio::io_context io;
    beast::websocket::stream<asio::ip::tcp::socket> stream{io};
    beast::flat_buffer buffer;
    bool reading = false, gone = false;
};

namespace {

template <std::size_t N>
std::array<std::byte, N> random_bytes() {
    static std::random_device source;
    std::array<std::byte, N> bytes;
    std::ranges::generate(bytes, [] { return static_cast<std::byte>(source()); });
    return bytes;
}

}  // namespace

Device::Device(const std::string& port, const std::string& code, std::chrono::milliseconds limit)
    : credential_(random_bytes<32>()) {
    dial(port);
    send(protocol::Enrol{code, credential_, "test 1"}, random_bytes<16>());
    if (!until([this] { return enrolled_ || !rejected.empty(); }, limit) || !enrolled_)
        throw std::runtime_error("the device was not enrolled");
    connect(port);
}
Device::~Device() = default;
Device::Device(Device&&) noexcept = default;

void Device::dial(const std::string& port) {
    socket_ = std::make_unique<Socket>();
    const auto number = static_cast<std::uint16_t>(std::stoi(port));
    socket_->stream.next_layer().connect({asio::ip::make_address("127.0.0.1"), number});
    socket_->stream.set_option(beast::websocket::stream_base::decorator([](beast::websocket::request_type& request) {
        request.set(beast::http::field::sec_websocket_protocol, "attune.1");
    }));
    socket_->stream.handshake("127.0.0.1:" + port, "/v1/ws");
    socket_->stream.binary(true);
}

void Device::connect(const std::string& port) {
    dial(port);
    live = false;
    cards.clear();
    send(protocol::Hello{credential_, 0, session_, "test 1"}, std::nullopt);
    if (!until([this] { return live; })) throw std::runtime_error("the device was not welcomed");
}

protocol::Id Device::say(const protocol::AnyMessage& message) {
    if (const auto* pin = get_if<protocol::SetPin>(&message)) session_ = pin->session;
    const auto id = random_bytes<16>();
    send(message, id);
    return id;
}

bool Device::done(const protocol::AnyMessage& message) {
    const protocol::Id id = say(message);
    return until([&] { return std::ranges::find(answered, id) != answered.end(); });
}

void Device::send(const protocol::AnyMessage& message, const std::optional<protocol::Id>& id) {
    std::vector<std::byte> frame;
    if (!protocol::encode(message, id, frame)) throw std::logic_error("a message of the test's own breaks a limit");
    socket_->stream.write(asio::buffer(frame));
}

bool Device::until(const std::function<bool()>& holds, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    Socket& socket = *socket_;
    while (!holds()) {
        if (socket.gone) return false;
        if (!socket.reading) {
            socket.reading = true;
            socket.stream.async_read(socket.buffer, [&socket](beast::error_code error, std::size_t) {
                socket.reading = false;
                socket.gone = error.failed();
            });
        }
        const auto left = end - std::chrono::steady_clock::now();
        if (left.count() <= 0) return false;
        socket.io.restart();
        socket.io.run_for(left);
        if (socket.reading || socket.gone) continue;
        const auto data = socket.buffer.cdata();
        if (const auto envelope = protocol::decode({static_cast<const std::byte*>(data.data()), data.size()}))
            take(*envelope);
        socket.buffer.clear();
    }
    return true;
}

void Device::take(const protocol::Envelope& envelope) {
    const auto& message = envelope.message;
    if (holds_alternative<protocol::Enrolled>(message)) enrolled_ = true;
    if (holds_alternative<protocol::Live>(message)) live = true;
    if (const auto* beat = get_if<protocol::Beat>(&message)) send(protocol::Beat{beat->n, beat->seq, {}, {}, {}}, std::nullopt);
    if (holds_alternative<protocol::Done>(message)) answered.push_back(envelope.id.value_or(protocol::Id{}));
    if (const auto* rejection = get_if<protocol::Rejected>(&message)) rejected.push_back(rejection->name);
    if (const auto* changed = get_if<protocol::CallChanged>(&message)) cards[changed->call.call] = changed->call;
    if (const auto* left = get_if<protocol::CallGone>(&message)) cards.erase(left->call);
}

}  // namespace attune::test
