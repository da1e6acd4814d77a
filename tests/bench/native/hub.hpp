// A real attuned with both doors open, TLS on one and CURVE on the other, and one room at each. Blocking; one thread.
#pragma once

#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "protocol/cpp/codec.hpp"
#include "tests/bench/measure.hpp"
#include "tests/net/dealer.hpp"
#include "tests/net/support.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/process.hpp"

namespace attune::bench {

/// One way to the hub, or to an echo: a frame out, and the frame that answers it. Throws std::runtime_error.
class Line {
  public:
    virtual ~Line() = default;
    virtual void send(std::string_view frame) = 0;
    virtual std::string receive() = 0;
};

class Hub {
  public:
    /// Imports the example school and starts `attuned` in a folder of its own. Throws std::runtime_error.
    explicit Hub(const std::string& attuned);

    std::unique_ptr<Line> websocket_with_tls() const;
    std::unique_ptr<Line> zeromq_with_curve(const net::test::KeyPair& keys) const;
    /// A one-time link's parts: {code, key}.
    struct Link {
        std::string code;
        net::test::CurveBytes key{};
    };
    Link native_link(const std::string& place) const;
    std::string browser_code(const std::string& place) const;
    std::uint16_t zeromq_port() const { return zeromq_port_; }
    const net::test::CurveBytes& key() const { return key_; }
    /// The sum of a counter of /metrics over its labels.
    double counter(const std::string& name) const;
    const std::filesystem::path& folder() const { return folder_.path(); }

  private:
    std::string enrol(const std::string& place, bool native) const;
    std::string ca() const { return (folder_.path() / "hub/tls/ca.crt").string(); }
    std::string attuned_;
    test::Folder folder_;
    std::uint16_t port_ = 0, zeromq_port_ = 0;
    net::test::CurveBytes key_{};
    std::unique_ptr<test::Process> process_;
};

/// A room at a line, enrolled and live.
class Room {
  public:
    Room(std::unique_ptr<Line> line, const std::string& code, const net::test::CurveBytes& credential);
    /// Sends the command and reads to its answer; the microseconds from the one to the other.
    std::int64_t exchange(const protocol::AnyMessage& command);
    /// The hub lets nobody be silent for six seconds.
    void beat();

  private:
    void send(const protocol::AnyMessage& message, const std::optional<protocol::Id>& id);
    protocol::Envelope read_until(const std::function<bool(const protocol::Envelope&)>& wanted);
    std::unique_ptr<Line> line_;
    protocol::Decoder decoder_;
    std::uint64_t ids_ = 0, beats_ = 0, seq_ = 0;
};

}  // namespace attune::bench
