// The outbox keeps whole frames, each behind its length; one frame is one message.
#include "hub/net/zeromq_peer.hpp"

#include <array>
#include <boost/asio/post.hpp>
#include <utility>

namespace attune::net {

namespace {

constexpr std::size_t size_bytes = 4;
constexpr std::size_t inbox_frame_bytes = 64;  // what one that waits costs besides its bytes

std::array<std::byte, size_bytes> head_of(std::size_t size) {
    std::array<std::byte, size_bytes> head;
    for (std::size_t at = 0; at < size_bytes; ++at)
        head[at] = static_cast<std::byte>(size >> (8 * at));
    return head;
}
std::size_t size_in(std::span<const std::byte> head) {
    std::size_t size = 0;
    for (std::size_t at = 0; at < size_bytes; ++at)
        size |= std::to_integer<std::size_t>(head[at]) << (8 * at);
    return size;
}

}  // namespace

ZeromqPeer::ZeromqPeer(Context& context, ZeromqGateway& gateway, std::string routing_id, std::string user_id,
                       const app::CurveKey& key, std::string address, ZmqPeerSocket socket)
    : Connection(context, Kind::Zeromq, std::move(address)),
      gateway_(gateway),
      routing_id_(std::move(routing_id)),
      user_id_(std::move(user_id)),
      key_(key),
      socket_(std::move(socket)),
      outbox_({context.config.limits.outbox_bytes_max, context.config.limits.outbox_age_ms_max}) {}

void ZeromqPeer::open() {
    app::Peer peer;
    peer.address = address();
    peer.curve_key = key_;
    id_ = context_.door.opened(*this, peer);
    ++context_.counters.zeromq_opened;
    context_.turn_ended();
}

// ---- in ----------------------------------------------------------------------------------------------------------

void ZeromqPeer::received(std::span<const std::byte> envelope) {
    if (state_ != State::Open || !id_) return;
    context_.now_ms = context_.clock.monotonic_ms();
    if (!paused_ && inbox_.empty()) return hand_over(envelope);
    inbox_bytes_ += envelope.size() + inbox_frame_bytes;
    inbox_.emplace_back(envelope.begin(), envelope.end());
    if (inbox_bytes_ <= context_.config.limits.inbox_bytes_max) return;
    ++context_.counters.cut_fast;
    context_.log(LogLevel::Warning, "a native client that sends without waiting for answers is cut: " + address());
    drop(true);
}

void ZeromqPeer::hand_over(std::span<const std::byte> envelope) {
    ++context_.counters.frames_in;
    context_.door.received(*id_, envelope);
    context_.turn_ended();
    if (state_ != State::Open || !id_ || !context_.door.paused(*id_)) return;
    paused_ = true;
    context_.paused.push_back(shared_from_this());
}

void ZeromqPeer::resume() {
    if (!paused_ || state_ != State::Open || !id_) return;
    if (context_.door.paused(*id_)) {
        context_.paused.push_back(shared_from_this());
        return;
    }
    paused_ = false;
    // Not from here: this is the end of a turn of the app's.
    if (!inbox_.empty()) boost::asio::post(context_.io, [peer = self()] { peer->read_on(); });
}

void ZeromqPeer::read_on() {
    while (!paused_ && state_ == State::Open && id_ && !inbox_.empty()) {
        const auto envelope = std::move(inbox_.front());
        inbox_.pop_front();
        inbox_bytes_ -= envelope.size() + inbox_frame_bytes;
        hand_over(envelope);
    }
}

// ---- out ---------------------------------------------------------------------------------------------------------

void ZeromqPeer::send(std::span<const std::byte> envelope) {
    if (state_ != State::Open) return;
    ++context_.counters.frames_out;
    outbox_.append(head_of(envelope.size()), envelope, context_.now_ms);
    cut_if_slow(context_.now_ms);
}

bool ZeromqPeer::write() {
    if (state_ == State::Dead) return false;
    std::size_t left_in_all = 0;
    bool room = true;
    while (room && !outbox_.empty()) {
        const auto bytes = outbox_.take();
        std::size_t gone = 0;
        while (gone < bytes.size()) {
            const auto rest = bytes.subspan(gone);
            const std::size_t size = size_in(rest.first(size_bytes));
            const auto sent = gateway_.send(routing_id_, rest.subspan(size_bytes, size));
            if (sent == ZmqSocket::Sent::gone) {
                drop(true);
                return false;
            }
            room = sent == ZmqSocket::Sent::yes;
            if (!room) break;
            gone += size_bytes + size;
            ++context_.counters.writes;
            context_.counters.bytes_out += size;
        }
        outbox_.sent(gone);
        left_in_all += gone;
    }
    if (!outbox_.empty())
        gateway_.await_room(self());
    else if (state_ == State::Ending)
        drop(false);
    return left_in_all > 0;
}

void ZeromqPeer::cut_if_slow(Ms now) {
    if (!outbox_.over(now)) return;
    ++context_.counters.cut_slow;
    context_.log(LogLevel::Warning, "a slow client is cut: " + address());
    drop(true);
}

// ---- the end -----------------------------------------------------------------------------------------------------

void ZeromqPeer::close(bool at_once) {
    if (at_once)
        cut();
    else
        end();
}

void ZeromqPeer::cut() {
    drop(true);
}

void ZeromqPeer::end() {
    if (state_ != State::Open) return;
    state_ = State::Ending;
    write();
}

void ZeromqPeer::drop(bool at_once) {
    if (std::exchange(state_, State::Dead) == State::Dead) return;
    // The gateway forgets this peer now, the app hears of it later: never from within a call of its own.
    boost::asio::post(context_.io, [peer = self()] {
        if (!peer->id_) return;
        const auto id = *std::exchange(peer->id_, std::nullopt);
        peer->context_.door.closed(id);
        peer->context_.turn_ended();
    });
    gateway_.ended(*this, at_once);
}

void ZeromqPeer::tick(Ms now) {
    if (state_ == State::Dead) return;
    cut_if_slow(now);
    if (state_ != State::Dead && outbox_.empty()) outbox_.shrink();
}

}  // namespace attune::net
