// A native client of the hub: connects, resumes, beats, notices that the hub is lost, dials again, keeps commands until
// they are answered, and holds the cards of open calls. Everything runs on the caller's io_context, in the one thread
// that runs it; no call blocks but for the few writes to the device's folder. Nothing throws.
//
//   boost::asio::io_context io;
//   attune::client::Client client(io, attune::client::DeviceFolder("/var/lib/button"), {}, handlers);
//   client.start();
//   io.run();
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>

#include "clients/native/device_folder.hpp"
#include "clients/native/held.hpp"
#include "clients/native/pending.hpp"
#include "clients/native/wire.hpp"
#include "protocol/cpp/generated/messages.hpp"

namespace attune::client {

enum class Phase : std::uint8_t {
    /// No device is enrolled in this folder: nothing can be done without a link.
    not_enrolled,
    /// A one-time code is being exchanged.
    enrolling,
    /// On the way to the hub, or catching up.
    connecting,
    /// Enrolled, and a second person has not approved it yet: it can do nothing. `waiting` says until when. It goes on by
    /// itself.
    waiting,
    /// Now, and only now, what is held is certain.
    live,
    /// The same device is in use elsewhere; it does not connect again by itself.
    replaced,
    /// The hub does not know this device, or the code is not valid. `refusal` says which.
    refused,
    /// The device's folder cannot be used at all, and nothing is tried. `storage_trouble` says why.
    no_folder,
};

struct Refusal {
    std::uint64_t error = 0;  // of the protocol's table
    std::string name;
    std::string message;
};

struct Connection {
    Phase phase = Phase::connecting;
    std::optional<Refusal> refusal;
    /// While it waits for a second person.
    std::optional<protocol::Waiting> waiting;
    /// Nothing was heard for six seconds, or since start(): what is held is old.
    bool lost = false;
    /// When the hub was last heard; nothing when never by this object. The wall clock is for showing.
    std::optional<std::chrono::steady_clock::time_point> heard_at;
    std::optional<std::chrono::system_clock::time_point> heard_wall;
    /// Why the newest attempt failed; nothing once the hub has greeted.
    std::optional<WireEnd> failed;
    /// Through another program of this device, which has the connection.
    bool relayed = false;
    /// The hub's log holds less than this device has seen: it was restored from an older state.
    bool behind = false;
    /// Empty, or a sentence: the device's folder does not keep what it should.
    std::string storage_trouble;
    /// Empty, or a sentence: others could read this device's keys until start() closed them.
    std::string exposed;
};

struct Options {
    /// Program and version, for the hub's list of devices. At most 64 bytes.
    std::string app = "attune client";
    /// What the device can do at the start; set_evidence() says what changed. Nothing: it is not said.
    std::optional<protocol::Evidence> evidence;
};

/// Called on the io_context's thread, never from within a call of Client. A handler may call the client, and may not
/// destroy it. The io_context must outlive the client.
struct Handlers {
    /// The connection is another than before.
    std::function<void(const Connection&)> connection;
    /// One message of the hub, after it was taken into held(): the event stream, answers included.
    std::function<void(const protocol::AnyMessage&)> message;
};

class Client {
  public:
    Client(boost::asio::io_context& io, DeviceFolder folder, Options options, Handlers handlers);
    /// Says goodbye. Commands that are on disk stay there.
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Once. After this the io_context has work until stop().
    void start();
    void stop();

    /// Gives the hub a command, and sends it again after each loss with the same id until it is answered. Durable ones
    /// (is_durable) are on disk when this returns, after start(), and a later program of this device goes on with them;
    /// while relayed, the program that has the connection keeps them. `answered` is called at most once, and not at all
    /// after stop().
    protocol::Id send(protocol::AnyMessage command, Answered answered = {});
    /// Takes back a command that has never left this device. False: it may have left.
    bool take_back(const protocol::Id& id);
    /// Commands without an answer, those of earlier programs included. Empty while relayed.
    const Pending& pending() const;

    const Held& held() const;
    const Connection& connection() const;
    /// Who this device is; nothing where none is enrolled.
    const std::optional<Identity>& identity() const;

    /// What the device can do now. Tell the truth: a handset that cannot ring is skipped.
    void set_evidence(const protocol::Evidence& evidence);
    /// After `replaced`: takes the connection back.
    void take_over();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

/// 16 bytes from the system's cryptographic source: an id, or a session secret.
std::array<std::byte, 16> random_bytes16();

}  // namespace attune::client
