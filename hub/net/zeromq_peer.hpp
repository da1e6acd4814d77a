// One native client's connection, as the app and the server see it: an outbox like a WebSocket's, and an inbox for what
// comes while the app wants a pause, since a ROUTER can't stop reading from one of its peers.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/app/outbox.hpp"
#include "hub/net/connection.hpp"
#include "hub/net/zeromq_gateway.hpp"

namespace attune::net {

class ZeromqPeer final : public Connection, public app::Wire {
  public:
    ZeromqPeer(Context& context, ZeromqGateway& gateway, std::string routing_id, std::string user_id,
               const app::CurveKey& key, std::string address, ZmqPeerSocket socket);

    void open();
    /// One frame from the client; nothing for a message that was not one frame.
    void received(std::span<const std::byte> envelope);
    /// Sends what waits; true when anything left. What is left over waits for room.
    bool write();

    void send(std::span<const std::byte> envelope) override;
    void flush() override { write(); }
    void close(bool at_once) override;

    void tick(Ms now) override;
    void end() override;
    void cut() override;
    void resume() override;

    bool dead() const { return state_ == State::Dead; }
    const std::string& routing_id() const { return routing_id_; }
    const std::string& user_id() const { return user_id_; }
    const app::CurveKey& key() const { return key_; }
    const ZmqPeerSocket& socket() const { return socket_; }

  private:
    enum class State { Open, Ending, Dead };

    std::shared_ptr<ZeromqPeer> self() { return std::static_pointer_cast<ZeromqPeer>(shared_from_this()); }
    void hand_over(std::span<const std::byte> envelope);
    void read_on();
    void cut_if_slow(Ms now);
    void drop(bool at_once);

    ZeromqGateway& gateway_;
    const std::string routing_id_, user_id_;
    const app::CurveKey key_;
    const ZmqPeerSocket socket_;
    app::Outbox outbox_;
    std::deque<std::vector<std::byte>> inbox_;
    std::size_t inbox_bytes_ = 0;
    std::optional<app::FrontDoor::ConnectionId> id_;
    State state_ = State::Open;
    bool paused_ = false;
};

}  // namespace attune::net
