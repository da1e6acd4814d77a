// A hub in the test's own hand: a CURVE ROUTER, a ZAP handler, and whatever the test answers. One thread; polled.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>
#include <zmq.hpp>

#include <boost/asio/io_context.hpp>

#include "clients/native/client.hpp"
#include "protocol/cpp/codec.hpp"

namespace attune::test {

struct Heard {
    std::string routing_id;
    std::optional<protocol::Id> id;
    protocol::AnyMessage message;
    client::Key key{};  // of the sender, as ZAP has proven it
};

class HubDouble {
  public:
    HubDouble();

    const client::Key& public_key() const { return public_key_; }
    /// HOST:PORT, the same after close() and open().
    const std::string& address() const { return address_; }
    client::EnrolmentLink link(const std::string& code = "7KQ4MXW2PD") const { return {address_, code, public_key_}; }

    /// As a hub that was killed: every connection ends, nothing is said.
    void close();
    void open();

    bool refuses_keys = false;
    /// How many handshakes have asked for their key.
    int keys_asked = 0;

    /// Takes in what has come. Commands wait in heard; the double answers by itself what `answer_*` says.
    void poll();
    std::deque<Heard> heard;
    bool answer_greetings = true;
    /// Hello is answered with Waiting: a second person has not approved the device.
    bool lets_wait = false;
    bool beats = true;
    bool answer_commands = true;
    /// Ids of commands, each as often as it came.
    std::vector<protocol::Id> commands;

    void send(const std::string& routing_id, const protocol::AnyMessage& message,
              const std::optional<protocol::Id>& id = {});
    /// To whoever greeted last.
    void tell(const protocol::AnyMessage& message, const std::optional<protocol::Id>& id = {});

    protocol::Welcome welcome;
    std::set<std::string> greeted;  // routing ids

  private:
    void poll_zap();
    void take(Heard message);
    zmq::context_t context_{1};
    zmq::socket_t zap_, router_;
    client::Key public_key_{}, secret_key_{};
    std::string address_, newest_;
    std::uint64_t seq_ = 40;
};

/// Runs both until `done`, or ten seconds; the answer of `done`.
template <class Done>
bool run_until(boost::asio::io_context& io, HubDouble& hub, Done done,
               std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!done() && std::chrono::steady_clock::now() < end) {
        io.restart();
        io.run_one_for(std::chrono::milliseconds(2));
        io.poll();
        hub.poll();
    }
    return done();
}

protocol::CallView a_card(std::uint64_t call, protocol::Relation relation, protocol::CallRung rung);

}  // namespace attune::test
