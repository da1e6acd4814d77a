// What the server is told by the daemon, and what it asks of it. Plain data; read once, when the server is made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/app/ports.hpp"

namespace attune::net {

using core::Ms;

/// Where to listen. `address` is a literal IPv4 or IPv6 address; `0.0.0.0` and `::` mean every interface. Port 0: the
/// system chooses (Server::port() tells).
struct Listen {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8040;
};

/// TLS is used when the listening address is not loopback, and on loopback too when `on_loopback` is set (then both
/// kinds are served on the same port). Without certificate files a site CA is made in `directory` at the first start.
struct Tls {
    std::filesystem::path certificate;  // PEM, the chain, leaf first; empty: the site CA
    std::filesystem::path key;          // PEM
    std::filesystem::path directory;    // STATE/tls: ca.crt, ca.key, hub.crt, hub.key
    bool on_loopback = false;
};

/// Native clients, by ZeroMQ. CURVE encrypts, so that any address will do.
struct Zeromq {
    std::optional<Listen> listen;    // nothing: off
    std::filesystem::path key_file;  // STATE/zeromq.key
};

struct Limits {
    std::size_t connections_max = 4096;             // all kinds together
    std::size_t visitors_max = 512;                 // those that have not said who they are; past it the oldest goes
    std::size_t connections_per_address_max = 128;  // loopback is not counted
    std::size_t header_bytes_max = 8192;
    std::size_t frame_bytes_max = 32768;
    std::size_t local_frame_bytes_max = 8 << 20;
    std::size_t outbox_bytes_max = 1 << 20;
    std::size_t send_buffer_bytes = 128 * 1024;  // the kernel's, for each connection: what it hides from the outbox
    Ms outbox_age_ms_max = 10'000;
    std::size_t inbox_bytes_max = 1 << 20;  // of a native client that sends faster than the disk takes
    std::size_t handshakes_max = 128;       // ZeroMQ connections that have said nothing yet; past it the oldest goes
    std::size_t strangers_max = 8;          // native clients that are let in to enrol, at a time
    Ms hello_ms = 5'000;        // first byte to the end of the TLS handshake
    Ms header_ms = 5'000;       // first byte to the end of the request's header
    Ms response_ms = 15'000;    // one response, start to end
    Ms keep_alive_ms = 15'000;  // between two requests
    Ms idle_ms = 20'000;        // a WebSocket that says nothing, not even to a ping at half of this time
    Ms close_wait_ms = 1'500;   // for the other side's close after ours
    Ms tick_ms = 500;           // how often all of these are looked at
    Ms certificate_check_ms = 60'000;  // how often a given certificate's files are looked at
};

struct Config {
    std::vector<Listen> listen{Listen{}};  // one entry for each address; at least one
    std::vector<std::string>
        names;  // by which the hub may be called: "hub.school.example", or with ":port"; the machine's own is added
    Tls tls;
    Zeromq zeromq;
    std::filesystem::path local_socket;  // STATE/attuned.sock; empty: none
    std::filesystem::path www;           // serve pages from here instead of from the binary; empty: from the binary
    std::string version;                 // shown by / and /metrics
    Limits limits;
};

enum class LogLevel { Debug, Info, Warning, Error };

/// All are called on the io thread and must not block. Each may be empty.
struct Callbacks {
    std::function<app::Figures()> figures;
    std::function<void(std::string&)> more_metrics;  // appends further lines of Prometheus text
    std::function<std::string()> not_ready;          // why the hub does not serve yet, a sentence; empty: it does
    std::function<bool()> example;                   // is the example school loaded?
    std::function<void(LogLevel, std::string_view)> log;
};

/// What the net counts by itself.
struct Counters {
    std::uint64_t accepted = 0, accept_errors = 0, refused_full = 0, refused_address = 0, visitors_evicted = 0;
    std::uint64_t tls_failed = 0, http_requests = 0, http_2xx = 0, http_3xx = 0, http_4xx = 0, http_5xx = 0;
    std::uint64_t websockets_opened = 0, websockets_refused = 0, frames_in = 0, frames_out = 0, bytes_out = 0,
                  writes = 0;
    std::uint64_t cut_slow = 0, cut_idle = 0, cut_fast = 0, timed_out = 0;
    std::uint64_t zeromq_opened = 0, zeromq_dropped = 0, zeromq_evicted = 0, zeromq_rescues = 0;
    std::uint64_t zap_admitted = 0, zap_refused_unknown = 0, zap_refused_strangers = 0, zap_refused_malformed = 0;
    std::uint64_t visitors = 0, strangers = 0, websockets = 0, locals = 0, zeromq = 0;  // now
    Ms loop_lag_ms = 0, loop_lag_ms_max = 0;                 // the last tick's; the most since the start
};

}  // namespace attune::net
