// Dialling, greeting, beating, answering for what was sent. The rule that is under test is in answered() and resend():
// a command is forgotten only once it was answered.
#include "tests/integration/crash/device.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace attune::crash {

using asio::ip::tcp;
using Error = boost::system::error_code;
using namespace std::chrono_literals;

namespace {

constexpr auto redial_every = 10ms;
constexpr auto tick_every = 100ms;
constexpr std::uint64_t ticks_per_beat = 20;  // two seconds

std::uint64_t call_of(const protocol::AnyMessage& any) {
    return visit(
        [](const auto& message) -> std::uint64_t {
            if constexpr (requires { std::uint64_t{message.call}; }) return message.call;
            return 0;
        },
        any);
}

}  // namespace

Device::Device(World& world, std::string name, std::string code)
    : world_(world), name_(std::move(name)), code_(std::move(code)), redial_(world.io), tick_(world.io) {
    for (auto& byte : credential_)
        byte = static_cast<std::byte>(world_.random());
    tick();
}

protocol::Id Device::new_id() {
    protocol::Id id{};
    for (auto& byte : id)
        byte = static_cast<std::byte>(world_.random());
    return id;
}

void Device::dial() {
    const std::uint64_t connection = ++connection_;
    socket_ = std::make_unique<Socket>(world_.io);
    outbox_.clear();
    writing_ = live_ = false;
    buffer_.clear();
    socket_->binary(true);
    socket_->read_message_max(protocol::limits::frame_bytes_max);
    socket_->set_option(beast::websocket::stream_base::decorator([](beast::websocket::request_type& request) {
        request.set(beast::http::field::sec_websocket_protocol, "attune.1");
    }));
    const tcp::endpoint endpoint(asio::ip::make_address("127.0.0.1"), world_.port);
    socket_->next_layer().async_connect(endpoint, [this, connection, endpoint](Error error) {
        if (connection != connection_) return;
        if (error) return lost(connection);
        hub_run_ = world_.hub_run;
        socket_->next_layer().set_option(tcp::no_delay(true));
        socket_->async_handshake("127.0.0.1:" + std::to_string(endpoint.port()), "/v1/ws",
                                 [this, connection](Error failed) {
                                     if (connection != connection_) return;
                                     if (failed) return lost(connection);
                                     if (enrolled_)
                                         hello();
                                     else
                                         send(protocol::Enrol{code_, credential_, "crash 1"}, new_id());
                                     read(connection);
                                 });
    });
}

void Device::lost(std::uint64_t connection) {
    if (connection != connection_) return;
    live_ = false;
    ++connection_;
    redial_.expires_after(redial_every);
    redial_.async_wait([this, mine = connection_](Error error) {
        // The old socket goes here and not in one of its own callbacks.
        if (!error && mine == connection_) dial();
    });
}

void Device::read(std::uint64_t connection) {
    socket_->async_read(buffer_, [this, connection](Error error, std::size_t) {
        if (connection != connection_) return;
        if (error) return lost(connection);
        const auto data = buffer_.cdata();
        received(std::span(static_cast<const std::byte*>(data.data()), data.size()));
        if (connection != connection_) return;
        buffer_.consume(buffer_.size());
        read(connection);
    });
}

void Device::received(std::span<const std::byte> frame) {
    const auto envelope = decoder_.decode(frame);
    if (!envelope) return world_.fault(name_ + " was sent a frame that can't be decoded");
    handle(*envelope);
}

void Device::hello() {
    send(protocol::Hello{credential_, last_seq_, session_, "crash 1"}, std::nullopt);
}

void Device::handle(const protocol::Envelope& envelope) {
    const auto& message = envelope.message;
    if (holds_alternative<protocol::Enrolled>(message)) {
        enrolled_ = true;
        const auto& enrolled = get<protocol::Enrolled>(message);
        may_set_pin_ = enrolled.may_set_pin;
        hello();
    } else if (const auto* welcome = get_if<protocol::Welcome>(&message)) {
        ++world_.record.welcomes;
        ++(welcome->resume == protocol::Resume::replay ? world_.record.replays : world_.record.snapshots);
        if (welcome->resume == protocol::Resume::snapshot) views_.clear();
        if (welcome->seq < last_seq_) world_.fault(name_ + " had seen more than the hub holds");
        may_set_pin_ = welcome->may_set_pin;
        welcomed(*welcome);
        // What the hub before had sent may still be read after it was killed.
        if (world_.welcomed && hub_run_ == world_.hub_run) world_.welcomed();
    } else if (const auto* live = get_if<protocol::Live>(&message)) {
        last_seq_ = std::max(last_seq_, live->seq);
        live_ = true;
        resend();
        act();
    } else if (const auto* call = get_if<protocol::CallChanged>(&message)) {
        changed(*call);
    } else if (const auto* left = get_if<protocol::CallGone>(&message)) {
        last_seq_ = std::max(last_seq_, left->seq);
        views_.erase(left->call);
        gone(left->call);
        if (live_) act();
    } else if (holds_alternative<protocol::Done>(message) || holds_alternative<protocol::Rejected>(message)) {
        answered(envelope);
    }
}

void Device::changed(const protocol::CallChanged& message) {
    if (!message.call.recorded) world_.fault(name_ + " was shown a call that is not recorded");
    // A step behind last_seq_ is right only for several frames of one event.
    if (message.seq + 1 < last_seq_ && live_) world_.fault(name_ + " was shown events out of order");
    last_seq_ = std::max(last_seq_, message.seq);
    if (message.event != protocol::CallEvent::seen)
        ++world_.record.shown[{message.seq, message.call.call, message.event}];
    views_[message.call.call] = message.call;
    if (live_) act();
}

void Device::answered(const protocol::Envelope& envelope) {
    if (!envelope.id) {
        const auto* rejection = get_if<protocol::Rejected>(&envelope.message);
        return world_.fault(name_ + " was told without an id: " + (rejection ? rejection->name : "Done"));
    }
    const auto found = outstanding_.find(*envelope.id);
    if (found == outstanding_.end()) {
        const auto* rejection = get_if<protocol::Rejected>(&envelope.message);
        // Sent twice in two connections, answered twice: no. But Enrol and Hello are answered here when refused.
        return world_.fault(name_ +
                            " got an answer that it did not wait for: " + (rejection ? rejection->name : "Done"));
    }
    const Outstanding command = std::move(found->second);
    if (const auto* rejection = get_if<protocol::Rejected>(&envelope.message)) {
        ++world_.record.rejected[rejection->name];
        if (rejection->name == "ShuttingDown" || rejection->name == "TooManyWaiting")
            return;  // it is kept, and sent again
        outstanding_.erase(found);
        rejected(command.message, *rejection);
    } else {
        outstanding_.erase(found);
        const auto& answer = get<protocol::Done>(envelope.message);
        world_.record.acknowledged.push_back({*envelope.id, protocol::type_of(command.message), answer.seq, answer.call,
                                              call_of(command.message), command.sent});
        done(command.message, answer);
    }
    if (live_) act();
}

void Device::command(protocol::AnyMessage message) {
    const protocol::Id id = new_id();
    world_.record.issued[id] = protocol::type_of(message);
    auto& kept = outstanding_[id];
    kept.message = std::move(message);
    if (!live_) return;
    ++kept.sent;
    ++world_.record.sent;
    send(kept.message, id);
}

void Device::resend() {
    for (auto& [id, kept] : outstanding_) {
        if (kept.sent++ > 0) ++world_.record.resent;
        ++world_.record.sent;
        send(kept.message, id);
    }
}

bool Device::waits_for(std::uint64_t call) const {
    return std::any_of(outstanding_.begin(), outstanding_.end(),
                       [&](const auto& entry) { return call_of(entry.second.message) == call; });
}

void Device::tick() {
    tick_.expires_after(tick_every);
    tick_.async_wait([this](Error error) {
        if (error) return;
        if (live_ && ++beats_ % ticks_per_beat == 1)
            send(protocol::Beat{beats_, last_seq_, {}, {}, protocol::Evidence{true, true, true, 90, true}},
                 std::nullopt);
        if (live_) act();
        tick();
    });
}

void Device::send(const protocol::AnyMessage& message, const std::optional<protocol::Id>& id) {
    std::vector<std::byte> frame;
    if (!protocol::encode(message, id, frame)) throw std::logic_error("a message of the test's own breaks a limit");
    outbox_.push_back(std::move(frame));
    if (!writing_) write();
}

void Device::write() {
    if (outbox_.empty()) return;
    writing_ = true;
    socket_->async_write(asio::buffer(outbox_.front()), [this, connection = connection_](Error error, std::size_t) {
        if (connection != connection_) return;
        writing_ = false;
        if (error) return lost(connection);
        outbox_.pop_front();
        write();
    });
}

}  // namespace attune::crash
