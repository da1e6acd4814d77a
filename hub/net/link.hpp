// A connection that the app talks through: its outbox with the one write in flight, its end, and its place at the front
// door. How bytes become frames is the derived class's business (WebSocket, local socket).
//
// The front door is called from completions alone, never from within a call of the app into this wire: closed() comes
// later, by a post. Failure: any I/O error ends the connection; the app learns it by closed().
#pragma once

#include <optional>
#include <span>

#include "hub/app/outbox.hpp"
#include "hub/net/connection.hpp"

namespace attune::net {

class Link : public Connection, public app::Wire {
  public:
    Link(Context& context, Kind kind, std::string address, std::unique_ptr<Stream> stream,
         std::size_t outbox_bytes_max);

    /// What was queued leaves with what the next turns queue, if they follow closely: see Flusher.
    void flush() final;
    void close(bool at_once) final;
    void known() final { acquainted(); }
    void tick(Ms now) final;
    void end() final;
    void cut() final;
    void resume() final;

  protected:
    enum class State { Starting, Open, Ending, Lingering, Dead };

    // Begins one read; its completion ends in received() or drop().
    virtual void read() = 0;
    // Says that this is the end, in the protocol's words; then linger().
    virtual void say_end() = 0;
    // Deadlines of an open connection.
    virtual void tick_open(Ms now) = 0;

    State state() const { return state_; }
    Stream& stream() { return *stream_; }
    void heard() { last_heard_ms_ = context_.now_ms = context_.clock.monotonic_ms(); }
    Ms last_heard_ms() const { return last_heard_ms_; }

    void opened(bool local, std::optional<core::Digest> leader_session = std::nullopt);
    // One frame for the app.
    void received(std::span<const std::byte> envelope);
    // The next read, unless the app wants a pause.
    void read_on();
    // Puts whole frames into the outbox; cuts a client that is too slow.
    void queue(std::span<const std::byte> head, std::span<const std::byte> payload);
    void queue(std::span<const std::byte> head, app::Frame frame);
    // Starts the write unless one is in flight.
    void kick();
    // Says no more, waits for the peer's end, closes.
    void linger();
    // Closes; `reset`: throw away what the kernel still holds.
    void drop(bool reset);

  private:
    friend class Flusher;
    bool ended_by(ErrorCode error, std::size_t count);
    void wrote(ErrorCode error, std::size_t count);
    void discard();
    void finish();
    void cut_if_slow(Ms now);

    std::unique_ptr<Stream> stream_;
    app::Outbox outbox_;
    std::optional<app::FrontDoor::ConnectionId> id_;
    State state_ = State::Starting;
    bool writing_ = false;
    bool flush_wanted_ = false;
    bool paused_ = false;
    bool ended_writing_ = false;
    bool peer_ended_ = false;
    std::byte discarded_[64];
    Ms last_heard_ms_;
    Ms drained_since_ms_ = -1;  // since when an ending connection has had nothing left to write; -1: it has
};

}  // namespace attune::net
