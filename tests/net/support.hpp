// What the tests of the net share: a server on loopback with an echoing app behind it, on a thread of its own, and a
// blocking client that speaks raw bytes, HTTP and WebSocket, over TCP or TLS. The client is written from RFC 6455, not
// from Beast, so that a shared mistake can't hide.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "hub/net/clock.hpp"
#include "hub/net/server.hpp"

namespace attune::net::test {

using namespace std::chrono_literals;
using Bytes = std::vector<std::byte>;

Bytes bytes_of(std::string_view text);
std::string text_of(std::span<const std::byte> bytes);

/// An app that echoes, and does as it is told by messages that begin with a word:
/// "flood N SIZE" sends N frames of SIZE bytes · "close" · "cut" · anything else comes back as it is.
class EchoDoor final : public app::FrontDoor {
  public:
    explicit EchoDoor(app::Clock& clock) : clock_(clock) {}
    ConnectionId opened(app::Wire& wire, const app::Peer& peer) override;
    void received(ConnectionId connection, std::span<const std::byte> envelope) override;
    void closed(ConnectionId connection) override;
    Ms next_wake() override { return next_wake_; }
    void wake() override;
    bool paused(ConnectionId) const override { return paused_; }
    bool journal_ok() const override { return journal_ok_; }
    app::KeyStanding standing(const app::CurveKey& key) const override {
        const auto found = standings.find(key);
        return found == standings.end() ? others : found->second;
    }
    void leader_asked(const app::LeaderRequest& request, std::function<void(app::LeaderAnswer)> done) override {
        leaders_asked.push_back({request.path, text_of(request.body), request.address, request.session});
        if (leaders_wait) return leaders_waiting.push_back(std::move(done));
        done(leader_answer);
    }
    void stop() override;

    // io thread alone, but for the atomics.
    void send_all(std::string_view text);
    std::map<ConnectionId, app::Wire*> wires;
    std::vector<app::Peer> peers;
    std::set<ConnectionId> closed_ids;
    std::map<app::CurveKey, app::KeyStanding> standings;  // of native clients' keys
    app::KeyStanding others = app::KeyStanding::refused;
    bool paused_ = false, journal_ok_ = true, stop_closes = true;
    struct LeaderAsked {
        app::LeaderRequest::Path path;
        std::string body, address;
        std::optional<core::Digest> session;
    };
    std::vector<LeaderAsked> leaders_asked;
    app::LeaderAnswer leader_answer;  // what they are all answered
    bool leaders_wait = false;        // or not yet
    std::vector<std::function<void(app::LeaderAnswer)>> leaders_waiting;
    Ms next_wake_ = std::numeric_limits<Ms>::max(), woken_at_ = 0;
    std::atomic<int> open{0}, opened_count{0}, received_count{0}, closed_count{0}, wakes{0};
    int flood_left = 0;

  private:
    app::Clock& clock_;
    ConnectionId last_ = 0;
    bool stopped_ = false;
};

/// Runs on the io thread and waits for it.
template <typename F>
auto run_on(boost::asio::io_context& io, F function) {
    std::packaged_task<std::invoke_result_t<F>()> task(std::move(function));
    auto result = task.get_future();
    boost::asio::post(io, std::ref(task));
    return result.get();
}

/// A server on a thread of its own, on a port of the system's choice.
class Hub {
  public:
    explicit Hub(Config config = default_config());
    ~Hub();
    static Config default_config();

    std::uint16_t port() const { return port_; }
    /// Runs on the io thread and waits for it.
    template <typename F>
    auto on_io(F function) {
        return run_on(io_, std::move(function));
    }
    /// Polls a condition on the io thread until it holds; false after `limit`.
    bool until(const std::function<bool()>& condition, std::chrono::milliseconds limit = 10s);
    /// Stops and joins; how long that took.
    std::chrono::milliseconds stop();

    SystemClock clock;
    EchoDoor door{clock};
    std::atomic<bool> example{false};

  private:
    boost::asio::io_context io_{1};

  public:
    std::unique_ptr<Server> server;

  private:
    std::uint16_t port_ = 0;
    std::thread thread_;
    bool stopped_ = false;
};

struct Frame {
    bool fin = true;
    int opcode = 0;
    std::string payload;
};

/// Blocking, with a limit of ten seconds for everything; throws std::runtime_error past it.
class Client {
  public:
    explicit Client(std::uint16_t port, const std::string& address = "127.0.0.1", int receive_buffer = 0);
    /// A socket that connects later.
    struct NotYet {};
    Client(std::uint16_t port, NotYet) : port_(port) { open(0); }
    void connect(const std::string& address = "127.0.0.1");
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// TLS from here on; verifies against `ca_file` for `name`. Returns OpenSSL's verify result (0: good).
    long start_tls(const std::string& ca_file, const std::string& name);
    int tls_version() const { return SSL_version(ssl_.get()); }

    void send(std::string_view bytes);
    /// What comes next, at least one byte; empty at the end (also at a reset).
    std::string receive(std::chrono::milliseconds limit = 10s);
    /// Everything until the other side ends.
    std::string receive_all();
    bool ended_within(std::chrono::milliseconds limit);

    struct Answer {
        int status = 0;
        std::string head, body;
        std::string header(std::string_view name) const;
    };
    /// One request on a connection that stays open; `lines` are further header lines with CRLF.
    Answer get(const std::string& target, const std::string& lines = "", const std::string& method = "GET");
    Answer read_answer(bool head_only = false);

    /// The upgrade. `lines` replaces what a good client sends besides Host.
    Answer upgrade(std::optional<std::string> origin = {}, const std::string& protocol = "attune.1",
                   std::string host = "");
    void send_frame(int opcode, std::string_view payload, bool fin = true, bool masked = true);
    void send_message(std::string_view payload) { send_frame(2, payload); }
    /// Throws when a frame breaks the rules for a server's frames.
    Frame frame();
    /// The next frame that is not a ping.
    Frame message();
    int descriptor() const { return descriptor_; }
    std::string host() const { return "127.0.0.1:" + std::to_string(port_); }

  private:
    void open(int receive_buffer);
    void fill();
    struct SslFree {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };
    std::uint16_t port_;
    int descriptor_ = -1;
    std::unique_ptr<SSL, SslFree> ssl_;
    std::string come_;
    bool at_end_ = false;
};

/// A folder that is gone with the object.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    std::filesystem::path path;
};

}  // namespace attune::net::test
