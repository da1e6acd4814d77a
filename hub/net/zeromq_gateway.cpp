// Who comes in, whose message this is, and what becomes of a connection that libzmq can't be told to end.
#include "hub/net/zeromq_gateway.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "hub/net/addresses.hpp"
#include "hub/net/text.hpp"
#include "hub/net/zap.hpp"
#include "hub/net/zeromq_peer.hpp"
#include "protocol/cpp/codec.hpp"

namespace attune::net {

namespace {

using app::KeyStanding;

constexpr Ms stranger_ms = 30'000;     // from being let in to being known, or out again
constexpr Ms remember_ms = 60'000;     // how long an ended connection's messages are known to be that
constexpr std::size_t ended_max = 4'096;
constexpr std::size_t peers_per_key_max = 4;

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

/// Made by libzmq for a peer that named none: five bytes, the first of them 0. A name that a peer has chosen could be
/// one that another has just had.
bool made_by_zeromq(std::string_view routing_id) {
    return routing_id.size() == 5 && routing_id[0] == '\0';
}

bool is_v6(const Listen& listen) {
    return listen.address.find(':') != std::string::npos;
}

RouterOptions router_options(const CurveKeyPair& keys, const Config& config) {
    RouterOptions options;
    options.secret_key = keys.secret_key;
    options.zap_domain = zap_domain;
    options.send_buffer_bytes = static_cast<int>(config.limits.send_buffer_bytes);
    options.ipv6 = is_v6(*config.zeromq.listen);
    return options;
}

}  // namespace

ZeromqGateway::ZeromqGateway(Context& context)
    : context_(context),
      keys_(ensure_curve_key(context.config.zeromq.key_file)),
      // The key check first: a ROUTER that is bound without one lets everybody in.
      authenticator_(ZmqSocket::authenticator(context.io, zmq_)),
      router_(ZmqSocket::router(context.io, zmq_, router_options(keys_, context.config))),
      monitor_(ZmqSocket::monitor_of(context.io, zmq_, router_)) {
    monitor_.start({[this](const ZmqMessage& message) { watch(message); }, {}});
    authenticator_.start({[this](const ZmqMessage& message) { ask(message); }, {}});
    bind();
    router_.start({[this](const ZmqMessage& message) { received(message); }, [this] { return write_waiting(); }});
}

ZeromqGateway::~ZeromqGateway() {
    close();
}

void ZeromqGateway::bind() {
    const Listen& listen = *context_.config.zeromq.listen;
    const std::string host = is_v6(listen) ? "[" + listen.address + "]" : listen.address;
    const std::string port = listen.port == 0 ? "*" : std::to_string(listen.port);
    if (const auto why = router_.bind("tcp://" + host + ":" + port); !why.empty())
        throw std::runtime_error("The hub cannot listen on " + host + ":" + port + " for native clients: " + why +
                                 ". Set another address or port with listen in the section [zeromq].");
    const auto bound = router_.last_endpoint();
    port_ = static_cast<std::uint16_t>(std::stoul(bound.substr(bound.rfind(':') + 1)));
}

// ---- connections -------------------------------------------------------------------------------------------------

/// Strangers must not keep the school's own devices out, nor use up the hub's descriptors: of those that have not said
/// anything under a key yet the oldest makes room. A device says Hello within milliseconds.
void ZeromqGateway::watch(const ZmqMessage& message) {
    const ZmqEvent event = zmq_event_of(message);
    if (event.kind == ZmqEvent::Kind::other) return;
    std::erase_if(greeting_, [&](const ZmqPeerSocket& socket) { return socket.descriptor == event.descriptor; });
    if (event.kind != ZmqEvent::Kind::accepted) return;
    greeting_.push_back(zmq_peer_socket(event.descriptor));
    if (greeting_.size() <= context_.config.limits.handshakes_max) return;
    const ZmqPeerSocket oldest = std::move(greeting_.front());
    greeting_.pop_front();
    // Its first message may have come before the news of its connection.
    const bool has_spoken = std::ranges::any_of(peers_, [&](const auto& entry) {
        const ZmqPeerSocket& socket = entry.second->socket();
        return socket.descriptor == oldest.descriptor && socket.remote == oldest.remote;
    });
    if (!has_spoken && cut_zmq_peer(oldest, port_)) ++context_.counters.zeromq_evicted;
}

// ---- who may come in ---------------------------------------------------------------------------------------------

void ZeromqGateway::ask(const ZmqMessage& message) {
    const ZapRequest request = read_zap(message.more ? message.parts.first(0) : message.parts);
    const bool in = request.key && admit(*request.key);
    if (!request.key) ++context_.counters.zap_refused_malformed;
    const auto answer = zap_answer(request, in ? user_id_of(*request.key) : std::string());
    std::vector<std::span<const std::byte>> parts;
    for (const auto& part : answer)
        parts.push_back(bytes_of(part));
    authenticator_.send(parts);
}

bool ZeromqGateway::admit(const app::CurveKey& key) {
    auto& counters = context_.counters;
    const KeyStanding standing = context_.door.standing(key);
    if (standing == KeyStanding::device) {
        strangers_.erase(key);
        ++counters.zap_admitted;
        return true;
    }
    if (standing == KeyStanding::refused || refusing_) {
        ++counters.zap_refused_unknown;
        return false;
    }
    const Ms now = context_.clock.monotonic_ms();
    std::erase_if(strangers_, [&](const auto& entry) { return now - entry.second > stranger_ms; });
    if (!strangers_.contains(key) && strangers_.size() >= context_.config.limits.strangers_max) {
        ++counters.zap_refused_strangers;
        return false;
    }
    strangers_.emplace(key, now);
    ++counters.zap_admitted;
    return true;
}

// ---- messages ----------------------------------------------------------------------------------------------------

void ZeromqGateway::received(const ZmqMessage& message) {
    if (message.parts.size() < 2) return;  // a ROUTER puts the routing id before what came
    std::string routing_id(text(message.parts[0]));
    auto found = peers_.find(routing_id);
    if (found != peers_.end() && found->second->user_id() != message.user_id) {
        // Routing ids of living connections differ: that one has gone, and this is somebody else.
        found->second->cut();
        ended_.erase(routing_id);
        found = peers_.end();
    }
    const auto peer = found != peers_.end() ? found->second : meet(routing_id, message);
    if (!peer) return;
    // A message of ours is one frame. Anything else gets the answer of a frame that can't be read.
    const bool one_frame = message.parts.size() == 2 && !message.more;
    peer->received(one_frame ? message.parts[1] : std::span<const std::byte>());
}

std::shared_ptr<ZeromqPeer> ZeromqGateway::meet(const std::string& routing_id, const ZmqMessage& message) {
    auto& counters = context_.counters;
    const auto refuse = [&] {
        ++counters.zeromq_dropped;
        return nullptr;
    };
    const auto key = key_of_user_id(message.user_id);
    if (!key || ended_.contains(routing_id) || refusing_) return refuse();
    // Asked anew, not only at the handshake: a connection may be older than a revocation.
    const bool known = context_.door.standing(*key) == KeyStanding::device;
    if (!known && !strangers_.contains(*key)) return refuse();
    if (!made_by_zeromq(routing_id)) {
        std::vector<std::byte> goodbye;
        protocol::Goodbye last{protocol::GoodbyeReason::protocol, std::nullopt, "Leave the routing id to ZeroMQ."};
        if (protocol::encode(last, std::nullopt, goodbye)) send(routing_id, goodbye);
        return refuse();
    }
    make_room_for(*key);
    if (peers_.size() >= context_.config.limits.connections_max) return refuse();
    auto peer = std::make_shared<ZeromqPeer>(context_, *this, routing_id, std::string(message.user_id), *key,
                                             std::string(message.peer_address), zmq_peer_socket(message.descriptor));
    peers_.emplace(routing_id, peer);
    std::erase_if(greeting_, [&](const ZmqPeerSocket& socket) { return socket.descriptor == message.descriptor; });
    peer->open();
    return peer;
}

/// A device has one connection. One that dials again and again has a few that are not known to be dead yet.
void ZeromqGateway::make_room_for(const app::CurveKey& key) {
    std::vector<std::shared_ptr<ZeromqPeer>> of_key;
    for (const auto& [routing_id, peer] : peers_)
        if (peer->key() == key) of_key.push_back(peer);
    if (of_key.size() < peers_per_key_max) return;
    const auto oldest = std::ranges::min_element(of_key, {}, [](const auto& peer) { return peer->number(); });
    (*oldest)->cut();
}

ZmqSocket::Sent ZeromqGateway::send(const std::string& routing_id, std::span<const std::byte> payload) {
    const std::array parts{bytes_of(routing_id), payload};
    return router_.send(parts);
}

void ZeromqGateway::await_room(const std::shared_ptr<ZeromqPeer>& peer) {
    waiting_.insert(peer);
}

bool ZeromqGateway::write_waiting() {
    bool wrote = false;
    for (const auto& peer : std::exchange(waiting_, {}))
        wrote = peer->write() || wrote;  // those that still wait put themselves back
    return wrote;
}

// ---- the end -----------------------------------------------------------------------------------------------------

void ZeromqGateway::ended(const ZeromqPeer& peer, bool at_once) {
    const Ms now = context_.clock.monotonic_ms();
    strangers_.erase(peer.key());
    if (ended_.size() >= ended_max)
        ended_.erase(std::ranges::min_element(ended_, {}, [](const auto& entry) { return entry.second.forget_at; }));
    Ended& entry = ended_[peer.routing_id()];
    entry.socket = peer.socket();
    entry.cut_at = now + context_.config.limits.close_wait_ms;
    entry.forget_at = now + remember_ms;
    if (at_once) {
        cut_zmq_peer(entry.socket, port_);
        entry.cut_at = 0;
    }
    waiting_.erase(std::const_pointer_cast<ZeromqPeer>(
        std::static_pointer_cast<const ZeromqPeer>(peer.shared_from_this())));
    peers_.erase(peer.routing_id());
}

void ZeromqGateway::tick(Ms now) {
    for (auto& [routing_id, entry] : ended_) {
        if (entry.cut_at == 0 || now < entry.cut_at) continue;
        cut_zmq_peer(entry.socket, port_);
        entry.cut_at = 0;
    }
    std::erase_if(ended_, [&](const auto& entry) { return now >= entry.second.forget_at; });
    context_.counters.zeromq_rescues = 0;
    for (ZmqSocket* socket : {&monitor_, &authenticator_, &router_}) {
        socket->tick(now);
        context_.counters.zeromq_rescues += socket->counts().rescues;
    }
}

void ZeromqGateway::close() {
    router_.close();
    authenticator_.close();
    monitor_.close();
    waiting_.clear();
}

}  // namespace attune::net
