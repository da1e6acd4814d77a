// What the app asks of the world, and what it offers to it. The app has no socket, no clock, no disk and no random
// source of its own: the daemon gives it real ones, the simulator gives it its own. Everything here is used on one
// thread (the io thread); nothing blocks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/app/delivery.hpp"
#include "hub/core/account.hpp"

namespace attune::app {

using core::Ms;

class Clock {
public:
    virtual ~Clock() = default;
    virtual Ms monotonic_ms() = 0;  // never goes back, goes on while the wall clock is set; since any origin
    virtual Ms wall_ms() = 0;       // milliseconds since 1970 UTC; may jump
};

class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;  // cryptographic in the daemon, seeded in the simulator
};

/// Work that is too slow for the io thread (hashing a PIN or a password takes 100 ms). `done` runs on the io thread,
/// later than the call, even when the work was quick.
class Work {
public:
    virtual ~Work() = default;
    virtual void hash_pin(std::string pin, std::function<void(std::string argon2id)> done) = 0;
    virtual void check_pin(std::string argon2id, std::string pin, std::function<void(bool right)> done) = 0;
};

/// The six digits of an authenticator (RFC 6238, SHA-1, 30 s), and the hub's own key under which their secrets lie in the
/// journal. Quick enough for the io thread.
class Codes {
public:
    virtual ~Codes() = default;
    virtual core::Sealed seal(std::span<const std::byte, 20> secret) = 0;
    /// The step of 30 s that these digits stand for: the one of `wall_ms`, the one before or the one after; nothing when
    /// they are wrong, or when this hub's key did not seal the secret.
    virtual std::optional<std::int64_t> step_of(const core::Sealed& secret, const std::string& digits, Ms wall_ms) = 0;
};

using NoteKey = std::array<std::byte, 32>;

/// Where the key of today's notes lies, outside of the journal and its backups. On the io thread: once or twice a day.
class NoteKeys {
public:
    virtual ~NoteKeys() = default;
    virtual std::optional<NoteKey> load() = 0;
    /// In place of the one before, on disk before it returns. False: it can't be.
    virtual bool keep(const NoteKey& key) = 0;
    /// Written over and taken away.
    virtual void destroy() = 0;
};

/// One connection, seen from the app. net (WebSocket, local socket) and the simulator implement it.
class Wire {
public:
    virtual ~Wire() = default;
    /// Takes one encoded envelope for sending, copies it, returns at once. The bytes leave at the next flush().
    virtual void send(std::span<const std::byte> envelope) = 0;
    /// The same for an envelope that others are sent, too, and that changes no more: it may be kept and not copied.
    virtual void send_shared(const Frame& envelope) { send(*envelope); }
    /// Called once at the end of a turn in which send() was called: everything taken goes out in one write.
    virtual void flush() = 0;
    /// Called when the peer has said who it is, and it is true: its connection is the school's own from here on, and
    /// makes no room for strangers.
    virtual void known() {}
    /// Ends the connection after what was sent (or at once when `at_once`: a slow peer). closed() still follows.
    virtual void close(bool at_once) = 0;
};

/// A CURVE public key, by which a native device is known.
using CurveKey = std::array<std::byte, 32>;

struct Peer {
    bool local = false;   // the hub's own socket: speaks for the site administrator
    std::string address;  // for logs and limits only
    /// The key that the transport has proven (ZeroMQ); then this key, and nothing else, is the peer's credential.
    std::optional<CurveKey> curve_key = std::nullopt;
    /// The digest of a leader's session cookie, where a browser sent one. Of use to HelloLeader alone.
    std::optional<core::Digest> leader_session = std::nullopt;
};

/// What a leader's browser asks over HTTP.
struct LeaderRequest {
    enum class Path : std::uint8_t { open, session, sign_out };
    Path path = Path::session;
    std::span<const std::byte> body;  // one frame; empty for sign_out
    std::string address;
    std::optional<core::Digest> session;  // of the cookie that came along
};

struct LeaderAnswer {
    enum class Cookie : std::uint8_t { leave, set, clear };
    unsigned status = 200;
    std::vector<std::byte> frame{};  // empty with 204
    Cookie cookie = Cookie::leave;
    std::array<std::byte, 32> secret{};  // with Cookie::set
};

/// What a CURVE key may do that asks to be let in.
enum class KeyStanding : std::uint8_t {
    refused,
    stranger,  // not known, but a one-time code waits for somebody: may enrol
    device,    // of an enrolled device that is not revoked
};

/// The app's front door: what net and the simulator call. A connection's number is never used twice.
class FrontDoor {
public:
    using ConnectionId = std::uint64_t;
    virtual ~FrontDoor() = default;
    /// The wire must stay alive until closed() has returned for it.
    virtual ConnectionId opened(Wire& wire, const Peer& peer) = 0;
    virtual void received(ConnectionId connection, std::span<const std::byte> envelope) = 0;
    virtual void closed(ConnectionId connection) = 0;
    /// When wake() is wanted next, on the monotonic clock. Ask again after every call into the front door and after
    /// every durable(); arm one timer for it.
    virtual Ms next_wake() = 0;
    virtual void wake() = 0;
    /// True while this connection's commands wait for the disk and no more are wanted: net stops reading from it.
    virtual bool paused(ConnectionId connection) const = 0;
    virtual bool journal_ok() const = 0;
    /// Asked at each handshake of a native client, and at the first message of each of its connections.
    virtual KeyStanding standing(const CurveKey&) const { return KeyStanding::refused; }
    /// `done` is called once on the io thread, at once or later, or never when the hub ends before.
    virtual void leader_asked(const LeaderRequest&, std::function<void(LeaderAnswer)> done) { done({.status = 503}); }
    /// Stops in order: refuses commands, says Goodbye to everyone. Idempotent.
    virtual void stop() = 0;
};

/// Figures for /metrics and /-/ready; no names in them.
struct Figures {
    std::uint64_t connections = 0, frames_in = 0, frames_out = 0, commands = 0, rejections = 0, events = 0, seq = 0,
                  durable_seq = 0, calls_open = 0, calls_unowned = 0, devices = 0, devices_silent = 0, clients_cut_slow = 0;
};

}  // namespace attune::app
