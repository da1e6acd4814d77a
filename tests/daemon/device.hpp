// One enrolled device over a real WebSocket, asked and answered in order: it reads until what a test waits for has come.
// One thread; nothing is sent but what the test says, and a beat for each of the hub's that is read.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "protocol/cpp/codec.hpp"

namespace attune::test {

class Device {
  public:
    /// Enrols with a one-time code. Throws std::runtime_error when the hub does not take it in time.
    Device(const std::string& port, const std::string& code,
           std::chrono::milliseconds limit = std::chrono::seconds(10));
    ~Device();
    Device(Device&&) noexcept;

    /// Greets the hub on a new connection, as after a cut, and reads until it is live.
    void connect(const std::string& port);
    protocol::Id say(const protocol::AnyMessage& message);
    /// Reads until the condition holds; false when it does not in time, or the hub has gone.
    bool until(const std::function<bool()>& holds, std::chrono::milliseconds limit = std::chrono::seconds(10));
    /// Says it and reads the answer, which must be Done.
    bool done(const protocol::AnyMessage& message);

    std::map<std::uint64_t, protocol::CallView> cards;
    std::vector<protocol::Id> answered;  // with Done
    std::vector<std::string> rejected;   // the names
    bool live = false;

  private:
    struct Socket;
    void dial(const std::string& port);
    void send(const protocol::AnyMessage& message, const std::optional<protocol::Id>& id);
    void take(const protocol::Envelope& envelope);

    std::unique_ptr<Socket> socket_;
    std::array<std::byte, 32> credential_{};
    std::optional<std::array<std::byte, 16>> session_;
    bool enrolled_ = false;
};

}  // namespace attune::test
