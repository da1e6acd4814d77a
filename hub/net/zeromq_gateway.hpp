// The door of native clients: a CURVE ROUTER and the ZAP handler before it. Each connection becomes a peer that the app
// talks through, exactly as through a WebSocket. io thread; owned by the server.
//
// Who somebody is comes with every message from libzmq, which has it from ZAP: the public key. The routing id only says
// where an answer goes.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hub/net/connection.hpp"
#include "hub/net/zeromq.hpp"
#include "hub/net/zeromq_key.hpp"

namespace attune::net {

class ZeromqPeer;

class ZeromqGateway {
  public:
    /// Reads or makes the key, sets up the key check, then binds and listens. Throws std::runtime_error with a sentence.
    explicit ZeromqGateway(Context& context);
    ~ZeromqGateway();
    ZeromqGateway(const ZeromqGateway&) = delete;
    ZeromqGateway& operator=(const ZeromqGateway&) = delete;

    std::uint16_t port() const { return port_; }
    const app::CurveKey& public_key() const { return keys_.public_key; }

    void tick(Ms now);
    /// Stopping: no new peers from here on; those that are there go on.
    void refuse_new() { refusing_ = true; }
    /// After the last peer has gone. What was said last still leaves, within the linger.
    void close();

    // For its peers.
    ZmqSocket::Sent send(const std::string& routing_id, std::span<const std::byte> payload);
    void await_room(const std::shared_ptr<ZeromqPeer>& peer);
    /// The peer has nothing more to say. Its messages are dropped from here on, and its TCP connection is ended: at
    /// once, or after what it has been told had time to arrive.
    void ended(const ZeromqPeer& peer, bool at_once);

  private:
    /// A connection of which we want nothing more, and which libzmq can't be told to end.
    struct Ended {
        ZmqPeerSocket socket;
        Ms cut_at = 0;  // 0: has been cut
        Ms forget_at = 0;
    };

    void watch(const ZmqMessage& message);
    void ask(const ZmqMessage& message);
    bool admit(const app::CurveKey& key);
    void received(const ZmqMessage& message);
    std::shared_ptr<ZeromqPeer> meet(const std::string& routing_id, const ZmqMessage& message);
    void make_room_for(const app::CurveKey& key);
    bool write_waiting();
    void bind();

    Context& context_;
    const CurveKeyPair keys_;
    ZmqContext zmq_;
    ZmqSocket authenticator_;
    ZmqSocket router_;
    ZmqSocket monitor_;
    std::uint16_t port_ = 0;
    std::unordered_map<std::string, std::shared_ptr<ZeromqPeer>> peers_;  // by routing id
    std::unordered_map<std::string, Ended> ended_;                       // by routing id
    std::map<app::CurveKey, Ms> strangers_;                              // let in without being known, and when
    std::set<std::shared_ptr<ZeromqPeer>> waiting_;                      // have something to send and no room for it
    std::deque<ZmqPeerSocket> greeting_;  // accepted, and have said nothing yet; oldest first
    bool refusing_ = false;
};

}  // namespace attune::net
