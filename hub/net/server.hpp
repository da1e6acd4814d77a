// The hub's doors: one TCP port for HTTP, HTTPS and WebSocket, one for ZeroMQ, the local socket, and the turn: after every call into
// the app the one timer is armed for what the app wants next. Owned by the daemon; everything on the io thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/app/ports.hpp"
#include "hub/net/config.hpp"

namespace attune::net {

/// Where native clients find the hub, and its public key as 43 characters. Port 0: it has no such door.
struct NativeDoor {
    std::uint16_t port = 0;
    std::string public_key;
};

class Server {
  public:
    /// `io`, `door` and `clock` must outlive the server, and io must have run dry before the server goes.
    /// SIGPIPE is ignored in the whole process from here on: OpenSSL writes to sockets by itself.
    Server(boost::asio::io_context& io, Config config, app::FrontDoor& door, app::Clock& clock, Callbacks callbacks);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Makes or reads certificates, binds and listens. Throws std::runtime_error with a sentence.
    void start();

    /// After anything that changed the app from outside the net (durable(), a command of the daemon's own): re-arms the
    /// timer and reads again from connections that were paused.
    void turn_ended();

    /// Stops in order: no new connections, FrontDoor::stop(), what is queued goes out, close frames, TCP. After
    /// `deadline_ms` what is left is cut. `done` is called once, on the io thread, when no connection is left; nothing
    /// of the server keeps the io_context running after that.
    void stop(std::function<void()> done, Ms deadline_ms = 5'000);

    /// Where people find it: "https://hub.school.example:8443". The configured names first, then addresses.
    std::vector<std::string> urls() const;
    /// The port that the first listening address got; 0 before start().
    std::uint16_t port() const;
    NativeDoor native() const;
    const Counters& counters() const;

  private:
    class Body;
    std::unique_ptr<Body> body_;
};

}  // namespace attune::net
