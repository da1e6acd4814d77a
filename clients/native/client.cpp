// Client: its life, its dialling, its clock. What the hub says is in client_receive.cpp.
#include "clients/native/client.hpp"

#include <sodium.h>

#include <boost/asio/post.hpp>

#include "clients/native/backoff.hpp"
#include "clients/native/client_impl.hpp"
#include "clients/native/zeromq_wire.hpp"

namespace attune::client {

namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds beat_interval{protocol::limits::beat_interval_ms};
constexpr milliseconds lost_after{protocol::limits::silent_after_ms};
constexpr milliseconds dial_timeout{4'000};
constexpr milliseconds tick_interval{250};
constexpr milliseconds lock_retry{150};
constexpr std::int64_t answer_within_ms = 3'000;
constexpr std::uint64_t evidence_every = 15;

std::int64_t wall_ms() {
    return std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

std::array<std::byte, 16> random_bytes16() {
    std::array<std::byte, 16> bytes{};
    if (sodium_init() >= 0) randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

Client::Impl::Impl(boost::asio::io_context& context, DeviceFolder where, Options what, Handlers whom)
    : io(context),
      folder(std::move(where)),
      options(std::move(what)),
      handlers(std::move(whom)),
      dial_timer(context),
      tick_timer(context) {
    evidence = options.evidence;
}

void Client::Impl::start() {
    if (std::exchange(started, true)) return;
    started_at = Steady::now();
    keep(folder.prepare());
    connection.exposed = folder.close_to_others();
    dial();
    tick();
}

void Client::Impl::stop() {
    if (std::exchange(stopped, true)) return;
    if (open && !connection.relayed) send_frame(protocol::Goodbye{protocol::GoodbyeReason::closing, {}, {}}, {});
    drop_wire();
    relay.reset();
    dial_timer.cancel();
    tick_timer.cancel();
    folder.unlock();
}

bool Client::Impl::settled() const {
    return connection.phase == Phase::not_enrolled || connection.phase == Phase::replaced ||
           connection.phase == Phase::refused || connection.phase == Phase::no_folder;
}

// ---- dialling ----

void Client::Impl::dial() {
    if (stopped || settled()) return;
    drop_wire();
    ++dial_number;
    dialled_at = Steady::now();
    const bool was_locked = folder.locked();
    if (folder.try_lock()) {
        if (!was_locked) {
            pending.keep_in(folder.pending_file());
            pending.load(wall_ms());
            keep(pending.trouble());
        }
        return dial_hub();
    }
    // No other program can have what cannot be opened.
    if (const auto& trouble = folder.lock_trouble(); !trouble.empty()) {
        keep(trouble);
        return set_phase(Phase::no_folder);
    }
    identity = folder.load();
    connection.relayed = true;
    wire = make_relay_wire(io, folder.socket_file(), wire_events());
    wire->open();
}

/// A wire that was dropped speaks to nobody.
WireEvents Client::Impl::wire_events() {
    const auto heard = [self = weak_from_this(), number = dial_number](const auto& then) {
        const auto client = self.lock();
        if (client && client->dial_number == number) then(*client);
    };
    return {[heard] { heard([](Impl& client) { client.wire_opened(); }); },
            [heard](std::span<const std::byte> frame) { heard([&](Impl& client) { client.received(frame); }); },
            [heard](WireEnd why) { heard([&](Impl& client) { client.wire_ended(why); }); }};
}

void Client::Impl::dial_hub() {
    connection.relayed = false;
    // Another program may have changed what is on disk while it had the lock.
    if (!identity || !relay) identity = folder.load();
    if (!identity) return set_phase(Phase::not_enrolled);
    if (!relay) {
        relay = std::make_unique<Relay>(io, Relay::Events{[this] { return greeting_for_guest(); },
                                                          [this](Relay::Guest guest, std::span<const std::byte> frame) {
                                                              guest_sent(guest, frame);
                                                          }});
        if (!relay->listen(folder.socket_file()))
            keep("Other programs of this device have to wait: no socket in " + folder.path().string() + ".");
    }
    set_phase(identity->code ? Phase::enrolling : Phase::connecting);
    wire = make_zeromq_wire(io, {identity->address, identity->hub_key, identity->public_key, identity->secret_key},
                            wire_events());
    wire->open();
}

void Client::Impl::dial_later(milliseconds delay) {
    if (stopped || settled() || dialling) return;
    dialling = true;
    dial_timer.expires_after(delay);
    dial_timer.async_wait([self = weak_from_this()](const boost::system::error_code& error) {
        const auto client = self.lock();
        if (!client || error) return;
        client->dialling = false;
        client->dial();
    });
}

void Client::Impl::drop_wire() {
    open = greeted = false;
    ++dial_number;
    if (!wire) return;
    wire->close();
    // A wire may be in the middle of telling us something.
    boost::asio::post(io, [old = std::shared_ptr<Wire>(std::move(wire))] {});
}

void Client::Impl::wire_opened() {
    open = true;
    beats = 0;
    evidence_sent.reset();
    if (connection.relayed) {  // the other program keeps what it is given, connected or not
        pending.connected_anew();
        return flush();
    }
    if (identity->code) {
        send_frame(protocol::Enrol{*identity->code, identity->public_key, options.app}, random_bytes16());
        return;
    }
    say_hello();
}

void Client::Impl::wire_ended(WireEnd why) {
    drop_wire();
    held.live = false;
    connection.failed = why;
    if (stopped || settled()) return;
    if (connection.phase == Phase::live || connection.phase == Phase::waiting) connection.phase = Phase::connecting;
    connection.waiting.reset();
    tell();
    // Another program of this device came or went: its lock is free, or its socket is there, in a moment.
    if (connection.relayed) return dial_later(lock_retry);
    dial_later(dial_delay(attempt++, randombytes_uniform(1'001)));
}

// ---- sending ----

void Client::Impl::say_hello() {
    send_frame(protocol::Hello{identity->public_key, held.seq, identity->session, options.app}, random_bytes16());
}

bool Client::Impl::send_frame(const protocol::AnyMessage& message, const std::optional<protocol::Id>& id) {
    std::vector<std::byte> frame;
    if (!open || !wire || !protocol::encode(message, id, frame)) return false;
    if (wire->send(frame)) return true;
    boost::asio::post(io, [self = weak_from_this(), number = dial_number] {
        if (const auto client = self.lock(); client && client->dial_number == number) client->wire_ended(WireEnd::lost);
    });
    return false;
}

protocol::Id Client::Impl::send(protocol::AnyMessage command, const protocol::Id& id, Answered answered) {
    const bool durable = is_durable(command);
    PendingCommand entry{id, std::move(command), wall_ms(), durable, connection.relayed ? open : greeted, {}, 0, {}};
    if (answered) entry.answered.push_back(std::move(answered));
    pending.add(std::move(entry));
    keep(pending.trouble());
    flush();
    return id;
}

void Client::Impl::flush() {
    if (connection.relayed ? !open : !greeted) return;
    for (const auto& id : pending.sendable(now_ms())) {
        // Counted before it leaves: it may arrive. The other program of this device repeats by itself.
        pending.sending(id, connection.relayed ? INT64_MAX : now_ms() + answer_within_ms);
        const auto* command = pending.find(id);
        if (command && !send_frame(command->message, id)) return;
    }
}

void Client::Impl::send_beat() {
    ++beats;
    beat_sent_at = Steady::now();
    protocol::Beat beat{beats, held.seq, {}, {}, {}};
    if (evidence && (evidence_sent != evidence || beats % evidence_every == 1))
        beat.evidence = evidence_sent = evidence;
    send_frame(beat, {});
}

void Client::Impl::set_evidence(const protocol::Evidence& now) {
    evidence = now;
    if (greeted && !connection.relayed && evidence_sent != evidence) send_beat();
}

void Client::Impl::take_over() {
    if (connection.phase != Phase::replaced) return;
    attempt = 0;
    connection.phase = Phase::connecting;
    dial();
}

// ---- time ----

std::int64_t Client::Impl::now_ms() const {
    return std::chrono::duration_cast<milliseconds>(Steady::now().time_since_epoch()).count();
}

void Client::Impl::tick() {
    if (stopped) return;
    look();
    tick_timer.expires_after(tick_interval);
    tick_timer.async_wait([self = weak_from_this()](const boost::system::error_code& error) {
        if (const auto client = self.lock(); client && !error) client->tick();
    });
}

void Client::Impl::look() {
    if (settled()) return;
    const auto now = Steady::now();
    if (speaks() && !connection.relayed && now - beat_sent_at >= beat_interval) send_beat();
    flush();  // what was not answered in time goes again
    const auto heard = connection.heard_at.value_or(started_at);
    if (now - heard >= lost_after && !connection.lost) {
        connection.lost = true;
        tell();
    }
    // A program that holds the lock and is not connected itself says nothing: that is the hub's silence, not its own.
    if (!wire || connection.relayed) return;
    const auto quiet_since = std::max(heard, dialled_at);
    if (now - quiet_since >= (speaks() ? lost_after : dial_timeout))
        wire_ended(open ? WireEnd::lost : WireEnd::unreachable);
}

// ---- telling ----

void Client::Impl::set_phase(Phase phase) {
    if (connection.phase == phase) return;
    connection.phase = phase;
    tell();
}

void Client::Impl::tell() {
    if (std::exchange(tell_posted, true)) return;
    boost::asio::post(io, [self = weak_from_this()] {
        const auto client = self.lock();
        if (!client) return;
        client->tell_posted = false;
        if (!client->stopped && client->handlers.connection) client->handlers.connection(client->connection);
    });
}

void Client::Impl::keep(const std::string& trouble) {
    if (connection.storage_trouble == trouble) return;
    connection.storage_trouble = trouble;
    tell();
}

// ---- the face ----

Client::Client(boost::asio::io_context& io, DeviceFolder folder, Options options, Handlers handlers)
    : impl_(std::make_shared<Impl>(io, std::move(folder), std::move(options), std::move(handlers))) {}
Client::~Client() {
    impl_->stop();
}
void Client::start() {
    impl_->start();
}
void Client::stop() {
    impl_->stop();
}
protocol::Id Client::send(protocol::AnyMessage command, Answered answered) {
    return impl_->send(std::move(command), random_bytes16(), std::move(answered));
}
bool Client::take_back(const protocol::Id& id) {
    return impl_->pending.take_back(id);
}
const Pending& Client::pending() const {
    return impl_->pending;
}
const Held& Client::held() const {
    return impl_->held;
}
const Connection& Client::connection() const {
    return impl_->connection;
}
const std::optional<Identity>& Client::identity() const {
    return impl_->identity;
}
void Client::set_evidence(const protocol::Evidence& evidence) {
    impl_->set_evidence(evidence);
}
void Client::take_over() {
    impl_->take_over();
}

}  // namespace attune::client
