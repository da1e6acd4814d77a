// One device of the load engine: a WebSocket client over a socket that never blocks, plain or TLS. One thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "protocol/cpp/codec.hpp"
#include "tests/bench/load/scan.hpp"
#include "tests/bench/measure.hpp"

struct ssl_st;
struct ssl_ctx_st;

namespace attune::bench {

using protocol::Id;

class Client {
public:
    Client(std::string name, int index) : name(std::move(name)), index(index) {}
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Connects and upgrades, waiting at most 10 s. Throws std::runtime_error with a reason.
    void connect(std::uint16_t port, ssl_ctx_st* tls);
    void close();
    int descriptor() const { return socket_; }

    /// Frames and queues a message; masked eight bytes at a time. flush() sends.
    void send(const protocol::AnyMessage& message, const std::optional<Id>& id = std::nullopt);
    bool flush();
    bool wants_to_write() const { return sent_ < out_.size(); }
    /// Reads all that is there and calls `on_frame` for each frame. False when the hub has closed the connection.
    bool read();

    std::string name;
    int index;
    std::array<std::byte, 32> credential{};
    std::string person;
    std::uint64_t seq = 0;       // highest processed
    std::uint64_t call_seq = 0;  // of the newest event of a call
    std::uint64_t beat = 0;
    std::uint64_t frames = 0, doubled = 0;
    bool live = false;
    std::function<void(Client&, const Glance&)> on_frame;

private:
    long receive(std::uint8_t* into, std::size_t size);
    long transmit(const std::uint8_t* from, std::size_t size);
    bool take_frames();

    int socket_ = -1;
    ssl_st* ssl_ = nullptr;
    std::vector<std::uint8_t> in_;
    std::size_t filled_ = 0;
    std::vector<std::uint8_t> out_;
    std::size_t sent_ = 0;
    std::vector<std::byte> scratch_;
};

Id random_id();

}  // namespace attune::bench
