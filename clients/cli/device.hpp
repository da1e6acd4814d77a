// One attune command's connection: the client on an io_context of its own, waited for step by step. What a command
// prints goes through here, as sentences or as one JSON object a line. One thread.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include "clients/cli/exit_code.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/native/client.hpp"

namespace attune::cli {

namespace protocol = attune::protocol;
using std::chrono::milliseconds;

/// What every command takes.
struct Common {
    std::string profile;
    bool json = false;
    /// How long to wait for the hub; 0: for ever.
    double timeout_s = 10;
};

/// $XDG_STATE_HOME/attune-client/PROFILE. Throws Failure for a name that is no profile's.
client::DeviceFolder folder_of(const std::string& profile);

class Output {
  public:
    explicit Output(bool json) : json_(json), colours_(!json && has_colours()) {}
    bool json() const { return json_; }
    /// A sentence; nothing with --json.
    void say(const std::string& text, Colour colour = Colour::plain) const;
    /// The same with the time before it.
    void say_at(const std::string& time, const std::string& text, Colour colour = Colour::plain) const;
    /// {"kind":KIND,FIELDS} with --json; nothing without. `fields` has no braces and may be empty.
    void object(std::string_view kind, const std::string& fields) const;

  private:
    bool json_, colours_;
};

class Device {
  public:
    explicit Device(const Common& common, client::Options options = {});

    client::Client& client() { return *client_; }
    const client::Held& held() const { return client_->held(); }
    const client::Connection& connection() const { return client_->connection(); }
    /// Who this device is; nothing where none is enrolled.
    const std::optional<client::Identity>& identity() const { return client_->identity(); }
    const Output& out() const { return out_; }
    boost::asio::io_context& io() { return io_; }
    bool interrupted() const { return interrupted_; }

    /// Each is called after the library's own bookkeeping.
    std::function<void(const client::Connection&)> on_connection;
    std::function<void(const protocol::AnyMessage&)> on_message;

    /// Starts, without waiting. Throws Failure when no device is enrolled.
    void start();
    /// After start(): waits for the hub, for as long as is right. True once it is live; false, and at once, when the hub
    /// says that a second person has to let the device in.
    bool answered_or_waits();
    /// Runs until `done`, a signal, or the time; true when done. Throws Failure when the hub will never answer.
    bool until(const std::function<bool()>& done, std::optional<milliseconds> limit);
    /// Runs until one thing has happened, or the time.
    void step(milliseconds limit);
    /// Starts and waits until what is held is certain. Throws Failure.
    void live();
    /// Sends a command and waits for its answer. Throws Failure(refused) with the hub's sentence, or not_reached.
    protocol::Done ask(const protocol::AnyMessage& command);
    /// After Done: until the cards say what the command has changed, or a second has passed.
    void settle(const std::function<bool()>& shown) { until(shown, milliseconds(1'000)); }

    /// The open call that a command is about: the one named, or the only one that fits. Throws Failure.
    protocol::CallView call_of(std::optional<std::uint64_t> named,
                               const std::function<bool(const protocol::CallView&)>& fits, const std::string& none,
                               const std::string& command);
    /// The one that is there still; nothing when it has gone.
    const protocol::CallView* card(std::uint64_t call) const;

    /// How long --timeout says; nothing: for ever.
    std::optional<milliseconds> timeout() const;
    /// The sentence for a hub that did not answer in time.
    Failure not_reached(const std::string& then) const;
    /// "room", "handset", "station"; empty where nothing is known yet.
    std::string kind() const;

  private:
    void look_for_the_end() const;
    Common common_;
    Output out_;
    boost::asio::io_context io_{1};
    boost::asio::signal_set signals_;
    bool interrupted_ = false;
    std::unique_ptr<client::Client> client_;
};

/// The device's own clock, ms since 1970: a label.
std::int64_t wall_ms();

/// "attune 0.1.0"
std::string program_and_version();

}  // namespace attune::cli
