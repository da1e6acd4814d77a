// One enrolled device over a real WebSocket. It dials until it is welcomed, beats, keeps each command until it is
// answered and sends it again, with the same id, after every cut. What to do is its kind's business (people.*).
// Everything on one thread.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <random>

#include "protocol/cpp/codec.hpp"
#include "tests/integration/crash/record.hpp"

namespace attune::crash {

namespace asio = boost::asio;
namespace beast = boost::beast;

struct World {
    asio::io_context io;
    Record record;
    std::mt19937_64 random;
    std::uint16_t port = 0;
    bool raising = true;             // rooms may raise new calls
    std::uint64_t hub_run = 0;       // counts the hub's starts
    std::function<void()> welcomed;  // any device was, by the hub that runs now
    std::uint64_t below(std::uint64_t end) { return random() % end; }
    bool chance(unsigned percent) { return below(100) < percent; }
    void fault(std::string what) { record.faults.push_back(std::move(what)); }
};

class Device {
  public:
    Device(World& world, std::string name, std::string code);
    virtual ~Device() = default;
    void start() { dial(); }
    const std::string& name() const { return name_; }
    bool live() const { return live_; }
    /// Whether nothing is open or unanswered here.
    virtual bool idle() const { return outstanding_.empty(); }

  protected:
    using Views = std::map<std::uint64_t, protocol::CallView>;

    /// Live, and something may have changed; also now and then.
    virtual void act() = 0;
    virtual void welcomed(const protocol::Welcome&) {}
    virtual void done(const protocol::AnyMessage& command, const protocol::Done& answer) = 0;
    virtual void rejected(const protocol::AnyMessage& command, const protocol::Rejected& answer) = 0;
    virtual void gone(std::uint64_t /*call*/) {}

    void command(protocol::AnyMessage message);
    bool waits_for(std::uint64_t call) const;  // an answer to a command about this call
    std::size_t outstanding() const { return outstanding_.size(); }

    World& world_;
    Views views_;
    std::optional<std::array<std::byte, 16>> session_;
    bool may_set_pin_ = false;

  private:
    struct Outstanding {
        protocol::AnyMessage message;
        std::uint32_t sent = 0;
    };
    using Socket = beast::websocket::stream<asio::ip::tcp::socket>;

    void dial();
    void lost(std::uint64_t connection);
    void read(std::uint64_t connection);
    void received(std::span<const std::byte> frame);
    void handle(const protocol::Envelope& envelope);
    void changed(const protocol::CallChanged& message);
    void answered(const protocol::Envelope& envelope);
    void hello();
    void tick();
    void send(const protocol::AnyMessage& message, const std::optional<protocol::Id>& id);
    void write();
    void resend();
    protocol::Id new_id();

    std::string name_, code_;
    std::array<std::byte, 32> credential_{};
    std::uint64_t hub_run_ = 0;  // that this connection is to
    bool enrolled_ = false, live_ = false, writing_ = false;
    std::unique_ptr<Socket> socket_;
    std::uint64_t connection_ = 0;  // counts up; an old one's callbacks do nothing
    beast::flat_buffer buffer_;
    std::deque<std::vector<std::byte>> outbox_;
    std::map<protocol::Id, Outstanding> outstanding_;
    std::uint64_t last_seq_ = 0, beats_ = 0;
    asio::steady_timer redial_, tick_;
    protocol::Decoder decoder_;
};

}  // namespace attune::crash
