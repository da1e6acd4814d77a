// A native client for tests, made of libzmq's C interface alone: one DEALER with a key pair of its own, blocking with a
// limit. It can also do what a client must not: speak without CURVE, choose a routing id, send several parts.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attune::net::test {

using CurveBytes = std::array<std::byte, 32>;

struct KeyPair {
    KeyPair();  // a fresh one
    CurveBytes public_key, secret_key;
};

class Dealer {
  public:
    enum class Mechanism { Curve, Null, Plain };
    struct Options {
        KeyPair keys{};
        Mechanism mechanism = Mechanism::Curve;
        std::string routing_id{};  // empty: libzmq's own
        int receive_high_water = 1'000;
        int receive_buffer = 0;
    };

    Dealer(std::uint16_t port, const CurveBytes& server_key, Options options);
    Dealer(std::uint16_t port, const CurveBytes& server_key) : Dealer(port, server_key, Options{}) {}
    ~Dealer();
    Dealer(const Dealer&) = delete;
    Dealer& operator=(const Dealer&) = delete;

    /// True when the handshake succeeded, false when it was refused or nothing came of it.
    bool admitted(std::chrono::milliseconds limit = std::chrono::seconds(5));
    /// True when the other side ended the connection.
    bool disconnected(std::chrono::milliseconds limit = std::chrono::seconds(10));

    void send(std::string_view frame) { send_parts({frame}); }
    /// What a stranger tries. False when libzmq has no way to the hub at this moment: it was refused, and dials again.
    bool offer(std::string_view frame);
    void send_parts(const std::vector<std::string_view>& parts);
    /// The next message, or nothing within the limit. Fails when it has several parts.
    std::optional<std::string> receive(std::chrono::milliseconds limit = std::chrono::seconds(10));

    const KeyPair& keys() const { return keys_; }

  private:
    bool event(int wanted, int other, std::chrono::milliseconds limit);
    KeyPair keys_;
    void* context_ = nullptr;
    void* socket_ = nullptr;
    void* monitor_ = nullptr;
};

CurveBytes key_from(const std::string& base64url);

}  // namespace attune::net::test
