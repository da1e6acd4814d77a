// The session machine: what each connection may say when, what it is told, and when it is cut. Sans I/O: bytes come in
// through received(), leave through Wire; time comes from the clock and wake(). What a message leads to is the Desk's.
//
// awaiting_hello -> greeting (Hello taken, Welcome waits for the disk) -> live -> closing. A device that a second person
// has not approved is waiting in between: it beats, and nothing else. A leader's browser says HelloLeader instead. The hub's own local socket
// is live at once. A message in the wrong state gets a numbered error and changes nothing. One thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "hub/app/device_table.hpp"
#include "hub/app/engine.hpp"
#include "hub/app/translate.hpp"
#include "hub/app/views.hpp"
#include "protocol/cpp/codec.hpp"

namespace attune::app {

enum class Phase : std::uint8_t { awaiting_hello, waiting, greeting, live, closing };

struct Session {
    ConnectionId id = 0;
    Wire* wire = nullptr;
    Peer peer;
    Phase phase = Phase::awaiting_hello;
    core::DeviceId device;  // once greeted; empty for the local socket and for leaders
    std::optional<core::Digest> leader;  // once greeted: the session of a leader's browser
    core::DeviceKind kind = core::DeviceKind::room;
    DeviceEntry* entry = nullptr;
    Ms opened_at = 0, last_beat = 0, beat_due = 0, timer = 0;  // monotonic
    std::uint64_t beats = 0;
    std::size_t in_flight = 0;          // answers that wait for the disk
    std::uint32_t broken_in_a_row = 0;  // frames of which nothing could be read
    std::uint32_t wrong_codes = 0;
    bool touched = false;  // was sent something in this turn
};

/// What the session machine hands on: messages that were allowed where they came.
class Desk {
  public:
    virtual ~Desk() = default;
    virtual void hello(Session& session, const protocol::Hello& hello, const std::optional<protocol::Id>& id) = 0;
    virtual void enrol(Session& session, const protocol::Enrol& enrol, const std::optional<protocol::Id>& id) = 0;
    virtual void hello_leader(Session& session, const std::optional<protocol::Id>& id) = 0;
    virtual void beat(Session& session, const protocol::Beat& beat) = 0;
    virtual void command(Session& session, protocol::Envelope&& envelope) = 0;
    /// For the log: somebody was turned away. A word of ours, never what they sent.
    virtual void turned_away(const Session& session, std::string_view why) = 0;
};

struct SessionFigures {
    std::uint64_t frames_in = 0, frames_out = 0, rejections = 0;
};

class Sessions {
  public:
    Sessions(Engine& engine, DeviceTable& devices, Clock& clock, Desk& desk)
        : engine_(engine), devices_(devices), clock_(clock), desk_(desk) {}

    ConnectionId opened(Wire& wire, const Peer& peer);
    void received(ConnectionId connection, std::span<const std::byte> envelope);
    void closed(ConnectionId connection);
    bool paused(ConnectionId connection) const;

    std::optional<Ms> next_timer() const;
    void timers();

    /// Answers a message; the frame waits like any other effect.
    template <class Message>
    void answer(const Session& session, EffectKind kind, const Message& message,
                const std::optional<protocol::Id>& id) {
        answer_frame(session.id, kind,
                     frame_of(message, id, session.peer.local ? protocol::local_limits : protocol::wire_limits));
    }
    void reject(const Session& session, protocol::Error error, const std::optional<protocol::Id>& id, Ms retry_ms = 0);
    /// What became of a command: Done, or why not.
    void answer(const Session& session, const Engine::Answer& answer, const protocol::Id& id);

    /// Null when it is gone or going.
    Session* find(ConnectionId connection);
    /// The session speaks for this device from now on; one that did so before is told and ends.
    void bind(Session& session, const core::Device& device);
    /// The session is a leader's browser from now on.
    void bind_leader(Session& session, const core::Digest& leader);
    void turned_away(const Session& session, std::string_view why) { desk_.turned_away(session, why); }
    /// Ends a session: Goodbye, then the connection.
    void end(Session& session, protocol::GoodbyeReason reason, std::optional<protocol::Error> error = std::nullopt);
    void end_device(const core::DeviceId& device, protocol::GoodbyeReason reason,
                    std::optional<protocol::Error> error = std::nullopt);
    /// Says Goodbye to everyone after all that still waits.
    void end_all();

    // From the engine's outlet.
    void deliver(const Delivery& delivery);
    void post(const Letter& letter);
    void flush();

    const SessionFigures& figures() const { return figures_; }
    std::uint64_t connections() const { return sessions_.size(); }

  private:
    void machine(Session& session, protocol::Envelope&& envelope);
    void greeted(Session& session, protocol::Envelope&& envelope);
    void broken(Session& session, const protocol::DecodeFailure& failure);
    void answer_frame(ConnectionId connection, EffectKind kind, Frame frame);
    void send(Session& session, const Frame& frame);
    void beat(Session& session);
    void leave_device(Session& session);
    void arm(Session& session);
    Ms due(const Session& session) const;

    Engine& engine_;
    DeviceTable& devices_;
    Clock& clock_;
    Desk& desk_;
    protocol::Decoder decoder_;
    protocol::Decoder local_decoder_{protocol::local_limits};
    std::map<ConnectionId, std::unique_ptr<Session>> sessions_;
    std::set<std::pair<Ms, ConnectionId>> timers_;
    std::vector<ConnectionId> touched_;  // in the order of being touched
    ConnectionId last_connection_ = 0;
    SessionFigures figures_;
};

}  // namespace attune::app
