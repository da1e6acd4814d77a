// The blocking DEALER, and what its monitor says of the connection.
#include "tests/net/dealer.hpp"

#include <sodium.h>
#include <zmq.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace attune::net::test {

namespace {

void must(bool right, const char* what) {
    if (!right) throw std::runtime_error(what);
}

}  // namespace

KeyPair::KeyPair() {
    must(::sodium_init() >= 0, "libsodium");
    crypto_box_keypair(reinterpret_cast<unsigned char*>(public_key.data()),
                       reinterpret_cast<unsigned char*>(secret_key.data()));
}

CurveBytes key_from(const std::string& base64url) {
    CurveBytes key{};
    std::size_t size = 0;
    must(sodium_base642bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), base64url.data(), base64url.size(),
                           nullptr, &size, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
             size == key.size(),
         "that is no key");
    return key;
}

Dealer::Dealer(std::uint16_t port, const CurveBytes& server_key, Options options)
    : keys_(options.keys), context_(zmq_ctx_new()), socket_(zmq_socket(context_, ZMQ_DEALER)) {
    const auto set = [this](int option, int value) { zmq_setsockopt(socket_, option, &value, sizeof(value)); };
    set(ZMQ_LINGER, 0);
    set(ZMQ_SNDTIMEO, 10'000);
    set(ZMQ_SNDHWM, 100'000);
    set(ZMQ_RCVHWM, options.receive_high_water);
    if (options.receive_buffer > 0) set(ZMQ_RCVBUF, options.receive_buffer);
    if (!options.routing_id.empty())
        must(zmq_setsockopt(socket_, ZMQ_ROUTING_ID, options.routing_id.data(), options.routing_id.size()) == 0,
             "routing id");
    if (options.mechanism == Mechanism::Curve) {
        zmq_setsockopt(socket_, ZMQ_CURVE_SERVERKEY, server_key.data(), server_key.size());
        zmq_setsockopt(socket_, ZMQ_CURVE_PUBLICKEY, keys_.public_key.data(), keys_.public_key.size());
        zmq_setsockopt(socket_, ZMQ_CURVE_SECRETKEY, keys_.secret_key.data(), keys_.secret_key.size());
    } else if (options.mechanism == Mechanism::Plain) {
        zmq_setsockopt(socket_, ZMQ_PLAIN_USERNAME, "admin", 5);
        zmq_setsockopt(socket_, ZMQ_PLAIN_PASSWORD, "admin", 5);
    }
    must(zmq_socket_monitor(socket_, "inproc://monitor", ZMQ_EVENT_ALL) == 0, "monitor");
    monitor_ = zmq_socket(context_, ZMQ_PAIR);
    must(zmq_connect(monitor_, "inproc://monitor") == 0, "monitor");
    must(zmq_connect(socket_, ("tcp://127.0.0.1:" + std::to_string(port)).c_str()) == 0, "connect");
}

Dealer::~Dealer() {
    zmq_close(monitor_);
    zmq_close(socket_);
    zmq_ctx_term(context_);
}

bool Dealer::event(int wanted, int other, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (true) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        const int wait_ms = static_cast<int>(std::max<long>(0, left.count()));
        zmq_setsockopt(monitor_, ZMQ_RCVTIMEO, &wait_ms, sizeof(wait_ms));
        std::array<std::byte, 6> head;
        if (zmq_recv(monitor_, head.data(), head.size(), 0) != static_cast<int>(head.size())) return false;
        std::uint16_t what = 0;
        std::memcpy(&what, head.data(), sizeof(what));
        std::array<std::byte, 256> endpoint;
        zmq_recv(monitor_, endpoint.data(), endpoint.size(), 0);
        if ((what & wanted) != 0) return true;
        if ((what & other) != 0) return false;
    }
}

bool Dealer::admitted(std::chrono::milliseconds limit) {
    return event(ZMQ_EVENT_HANDSHAKE_SUCCEEDED,
                 ZMQ_EVENT_HANDSHAKE_FAILED_AUTH | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
                     ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_DISCONNECTED,
                 limit);
}

bool Dealer::disconnected(std::chrono::milliseconds limit) {
    return event(ZMQ_EVENT_DISCONNECTED, 0, limit);
}

bool Dealer::offer(std::string_view frame) {
    if (zmq_send(socket_, frame.data(), frame.size(), ZMQ_DONTWAIT) >= 0) return true;
    must(zmq_errno() == EAGAIN, "a message could not be sent");
    return false;
}

void Dealer::send_parts(const std::vector<std::string_view>& parts) {
    for (std::size_t at = 0; at < parts.size(); ++at)
        must(zmq_send(socket_, parts[at].data(), parts[at].size(), at + 1 < parts.size() ? ZMQ_SNDMORE : 0) >= 0,
             "a message could not be sent");
}

std::optional<std::string> Dealer::receive(std::chrono::milliseconds limit) {
    const int wait_ms = static_cast<int>(limit.count());
    zmq_setsockopt(socket_, ZMQ_RCVTIMEO, &wait_ms, sizeof(wait_ms));
    zmq_msg_t message;
    zmq_msg_init(&message);
    std::optional<std::string> text;
    if (zmq_msg_recv(&message, socket_, 0) >= 0) {
        text.emplace(static_cast<const char*>(zmq_msg_data(&message)), zmq_msg_size(&message));
        if (zmq_msg_more(&message) != 0) throw std::runtime_error("the hub sent several parts");
    }
    zmq_msg_close(&message);
    return text;
}

}  // namespace attune::net::test
