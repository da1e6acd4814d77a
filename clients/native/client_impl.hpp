// The inside of Client: one state machine over wires, timers, what is held and what is pending. Not installed.
#pragma once

#include <boost/asio/steady_timer.hpp>

#include "clients/native/client.hpp"
#include "clients/native/relay.hpp"
#include "clients/native/wire.hpp"
#include "protocol/cpp/codec.hpp"

namespace attune::client {

struct Client::Impl : std::enable_shared_from_this<Client::Impl> {
    Impl(boost::asio::io_context& context, DeviceFolder where, Options what, Handlers whom);

    void start();
    void stop();
    protocol::Id send(protocol::AnyMessage command, const protocol::Id& id, Answered answered);
    void set_evidence(const protocol::Evidence& now);
    void take_over();

    // dialling
    void dial();
    void dial_hub();
    WireEvents wire_events();
    void dial_later(std::chrono::milliseconds delay);
    void drop_wire();
    void wire_opened();
    void wire_ended(WireEnd why);
    bool settled() const;

    // receiving
    void received(std::span<const std::byte> frame);
    void take(const protocol::Envelope& envelope);
    void enrolled(const protocol::Enrolled& enrolled);
    void told_to_wait(const protocol::Waiting& waiting);
    void welcomed(const protocol::Welcome& welcome);
    void renamed(const protocol::DeviceView& device);
    void done(const std::optional<protocol::Id>& id, const protocol::Done& done);
    void rejected(const std::optional<protocol::Id>& id, const protocol::Rejected& rejected);
    void refused_greeting(const protocol::Rejected& rejected);
    void goodbye(const protocol::Goodbye& goodbye);
    void refuse(std::uint64_t error, std::string message);

    // sending
    void say_hello();
    void flush();
    bool send_frame(const protocol::AnyMessage& message, const std::optional<protocol::Id>& id);
    void send_beat();

    // other programs of this device
    std::vector<std::vector<std::byte>> greeting_for_guest() const;
    void guest_sent(Relay::Guest guest, std::span<const std::byte> frame);

    // time
    void tick();
    void look();
    std::int64_t now_ms() const;

    void set_phase(Phase phase);
    void tell();
    void keep(const std::string& trouble);

    boost::asio::io_context& io;
    DeviceFolder folder;
    Options options;
    Handlers handlers;
    std::optional<Identity> identity;
    Held held;
    Pending pending;
    Connection connection;
    protocol::Decoder decoder;
    std::unique_ptr<Wire> wire;
    std::unique_ptr<Relay> relay;
    std::uint64_t dial_number = 0;
    /// The hub has answered Hello, if only to say that a second person must approve.
    bool speaks() const { return greeted || connection.waiting; }

    bool open = false, greeted = false, started = false, stopped = false, dialling = false, tell_posted = false;
    unsigned attempt = 0;
    std::chrono::steady_clock::time_point dialled_at, started_at, beat_sent_at;
    std::uint64_t beats = 0;
    std::optional<protocol::Evidence> evidence, evidence_sent;
    boost::asio::steady_timer dial_timer, tick_timer;
};

}  // namespace attune::client
