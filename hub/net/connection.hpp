// What every connection of a server has in common: it is in the registry while it lives, it is looked at once a tick,
// and it can be told to end. And the context that all connections of one server share.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "hub/app/ports.hpp"
#include "hub/net/config.hpp"
#include "hub/net/flusher.hpp"
#include "hub/net/stream.hpp"

namespace attune::net {

enum class Kind { Visitor, WebSocket, Local, Zeromq };  // Visitor: speaks HTTP, or nothing yet

struct Context;

/// Owned by its own pending operations (shared_ptr); gone when none is pending. io thread.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(Context& context, Kind kind, std::string address);
    virtual ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Deadlines. Called every limits.tick_ms.
    virtual void tick(Ms now) = 0;
    /// Ends in order: what is under way is finished, then the connection closes.
    virtual void end() = 0;
    /// Ends at once.
    virtual void cut() = 0;
    /// The server's pause rule: read on if the front door wants more.
    virtual void resume() {}

    Kind kind() const { return kind_; }
    const std::string& address() const { return address_; }
    Ms born_ms() const { return born_ms_; }
    std::uint64_t number() const { return number_; }  // in the order of being born
    /// From the network, by HTTP or WebSocket, and has not said who it is. The oldest of these makes room for others.
    bool stranger() const { return stranger_; }

  protected:
    /// The front door knows who it is.
    void acquainted();

    Context& context_;

  private:
    const Kind kind_;
    const std::string address_;
    const Ms born_ms_;
    const std::uint64_t number_;
    bool stranger_;
};

/// Owned by the server, outlives every connection.
struct Context {
    asio::io_context& io;
    const Config& config;
    app::FrontDoor& door;
    app::Clock& clock;
    const Callbacks& callbacks;
    std::function<void()> turn_ended;       // call after every call into the front door
    std::function<void()> connection_gone;  // called by a connection's destructor: must only post

    std::vector<std::string> names{};  // the configured ones and the machine's own: what a Host header may say
    Counters counters{};
    std::unordered_set<Connection*> connections{};  // order is not observable: each is only told the same thing
    std::unordered_map<std::string, std::size_t> connections_of_address{};
    // Read again when the front door wants more. No read is pending for these: this list is what keeps them alive.
    std::vector<std::shared_ptr<Connection>> paused{};
    Flusher flusher{io};
    std::shared_ptr<ssl_ctx_st> tls{};  // null without TLS; replaced when the certificate is renewed
    std::string ca_certificate{};       // PEM, to be served; empty when the certificate was given
    std::uint64_t connections_born = 0;
    Ms now_ms = 0;  // of this turn, or at most a tick old: enough for ages and idleness
    bool stopping = false;
    std::optional<std::int64_t> certificate_ends_s{}, ca_ends_s{};  // seconds since 1970, for the metrics

    void log(LogLevel level, std::string_view text) const {
        if (callbacks.log) callbacks.log(level, text);
    }
    std::vector<std::shared_ptr<Connection>> all() const;
};

}  // namespace attune::net
