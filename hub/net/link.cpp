// The outbox, the one write in flight, and the end of a connection.
#include "hub/net/link.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace attune::net {

Link::Link(Context& context, Kind kind, std::string address, std::unique_ptr<Stream> stream,
           std::size_t outbox_bytes_max)
    : Connection(context, kind, std::move(address)),
      stream_(std::move(stream)),
      outbox_({outbox_bytes_max, context.config.limits.outbox_age_ms_max}),
      last_heard_ms_(born_ms()) {}

// ---- the front door ----------------------------------------------------------------------------------------------

void Link::opened(bool local, std::optional<core::Digest> leader_session) {
    if (state_ != State::Starting) return;
    state_ = State::Open;
    app::Peer peer;
    peer.local = local;
    peer.address = address();
    peer.leader_session = leader_session;
    id_ = context_.door.opened(*this, peer);
    context_.turn_ended();
    if (state_ == State::Open) read();
}

void Link::received(std::span<const std::byte> envelope) {
    if (!id_) return;
    ++context_.counters.frames_in;
    context_.door.received(*id_, envelope);
    context_.turn_ended();
}

void Link::read_on() {
    if (state_ != State::Open || !id_) return;
    if (context_.door.paused(*id_)) {
        paused_ = true;
        context_.paused.push_back(shared_from_this());
    } else {
        read();
    }
}

void Link::resume() {
    if (!paused_) return;
    if (state_ != State::Open || !id_) return;
    if (context_.door.paused(*id_)) {
        context_.paused.push_back(shared_from_this());
        return;
    }
    paused_ = false;
    last_heard_ms_ = context_.now_ms;
    read();
}

void Link::finish() {
    if (!id_) return;
    const auto id = *std::exchange(id_, std::nullopt);
    context_.door.closed(id);
    context_.turn_ended();
}

// ---- writing -----------------------------------------------------------------------------------------------------

void Link::queue(std::span<const std::byte> head, std::span<const std::byte> payload) {
    queue(head, std::make_shared<app::Bytes>(payload.begin(), payload.end()));
}

void Link::queue(std::span<const std::byte> head, app::Frame frame) {
    if (state_ == State::Dead) return;
    outbox_.append(head, std::move(frame), context_.now_ms);
    cut_if_slow(context_.now_ms);
}

void Link::cut_if_slow(Ms now) {
    if (!outbox_.over(now)) return;
    ++context_.counters.cut_slow;
    context_.log(LogLevel::Warning, "a slow client is cut: " + address());
    // Not a close frame: it would wait behind the write that is stuck.
    drop(true);
}

void Link::flush() {
    if (std::exchange(flush_wanted_, true)) return;
    context_.flusher.add(std::static_pointer_cast<Link>(shared_from_this()));
}

void Link::kick() {
    while (!writing_ && state_ != State::Dead) {
        const auto bytes = outbox_.take();
        if (bytes.empty()) {
            if (state_ != State::Lingering) return;
            if (!std::exchange(ended_writing_, true)) stream_->end_writing();
            if (peer_ended_) drop(false);
            return;
        }
        ++context_.counters.writes;
        ErrorCode error;
        const std::size_t count = stream_->write_now(bytes, error);
        if (ended_by(error, count)) return;
        if (count > 0) continue;
        writing_ = true;
        stream_->write_some(outbox_.hold(), [self = std::static_pointer_cast<Link>(shared_from_this())](
                                       ErrorCode error, std::size_t count) { self->wrote(error, count); });
    }
}

bool Link::ended_by(ErrorCode error, std::size_t count) {
    if (error) {
        drop(false);
        return true;
    }
    outbox_.sent(count);
    context_.counters.bytes_out += count;
    return false;
}

void Link::wrote(ErrorCode error, std::size_t count) {
    writing_ = false;
    if (state_ == State::Dead || ended_by(error, count)) return;
    kick();
}

// ---- the end -----------------------------------------------------------------------------------------------------

void Link::close(bool at_once) {
    if (at_once) {
        cut();
    } else {
        end();
    }
}

void Link::cut() {
    drop(true);
}

void Link::end() {
    if (state_ == State::Starting) return drop(false);
    if (state_ != State::Open) return;
    state_ = State::Ending;
    say_end();
    kick();
}

void Link::linger() {
    if (state_ == State::Dead || state_ == State::Lingering) return;
    state_ = State::Lingering;
    kick();
    // Closing while the peer's bytes lie unread would send a reset, and the reset may overtake our last words.
    discard();
}

void Link::discard() {
    if (state_ == State::Dead) return;
    stream_->read_some(discarded_,
                       [self = std::static_pointer_cast<Link>(shared_from_this())](ErrorCode error, std::size_t) {
                           if (!error) return self->discard();
                           // The peer has ended too. What we still have to say is said first; the tick bounds the wait.
                           self->peer_ended_ = true;
                           if (self->outbox_.empty() || error != asio::error::eof) self->drop(false);
                       });
}

void Link::drop(bool reset) {
    if (state_ == State::Dead) return;
    state_ = State::Dead;
    stream_->close(reset);
    asio::post(context_.io, [self = std::static_pointer_cast<Link>(shared_from_this())] { self->finish(); });
}

void Link::tick(Ms now) {
    if (state_ == State::Dead) return;
    cut_if_slow(now);
    if (state_ == State::Dead) return;
    if (outbox_.empty() && !writing_) outbox_.shrink();
    if (state_ == State::Open) {
        if (!paused_) tick_open(now);
        return;
    }
    if (state_ == State::Starting) {
        if (now - born_ms() > context_.config.limits.hello_ms) drop(true);
        return;
    }
    if (!outbox_.empty()) {
        drained_since_ms_ = -1;
    } else if (drained_since_ms_ < 0) {
        drained_since_ms_ = now;
    } else if (now - drained_since_ms_ > context_.config.limits.close_wait_ms) {
        drop(true);
    }
}

}  // namespace attune::net
