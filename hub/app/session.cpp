// Connections: the machine of states, timers, and the frames on their way out.
#include "hub/app/session.hpp"

#include <algorithm>

#include "hub/core/leader_rules.hpp"

namespace attune::app {

namespace {

using protocol::Error;
using protocol::GoodbyeReason;
using protocol::MessageType;
namespace limits = protocol::limits;

/// Bodies of leaders' requests: no connection takes them.
bool is_for_http(MessageType type) {
    return type == MessageType::open_account || type == MessageType::confirm_account || type == MessageType::sign_in_leader;
}

constexpr std::uint32_t broken_in_a_row_max = 20;
/// net stops reading at commands_in_flight_max; what it had read already still comes in, up to here.
constexpr std::size_t in_flight_max = limits::commands_in_flight_max * 16;

}  // namespace

ConnectionId Sessions::opened(Wire& wire, const Peer& peer) {
    auto session = std::make_unique<Session>();
    session->id = ++last_connection_;
    session->wire = &wire;
    session->peer = peer;
    session->opened_at = session->last_beat = clock_.monotonic_ms();
    session->beat_due = session->opened_at + static_cast<Ms>(limits::beat_interval_ms);
    if (peer.local) session->phase = Phase::live;
    Session& opened = *sessions_.emplace(session->id, std::move(session)).first->second;
    arm(opened);
    if (engine_.stopping()) end(opened, GoodbyeReason::hub_stopping);
    return opened.id;
}

void Sessions::closed(ConnectionId connection) {
    const auto found = sessions_.find(connection);
    if (found == sessions_.end()) return;
    leave_device(*found->second);
    timers_.erase({found->second->timer, connection});
    sessions_.erase(found);
}

bool Sessions::paused(ConnectionId connection) const {
    const auto found = sessions_.find(connection);
    return found != sessions_.end() && found->second->in_flight >= limits::commands_in_flight_max;
}

Session* Sessions::find(ConnectionId connection) {
    const auto found = sessions_.find(connection);
    return found == sessions_.end() || found->second->phase == Phase::closing ? nullptr : found->second.get();
}

// ---- in ----

void Sessions::received(ConnectionId connection, std::span<const std::byte> envelope) {
    Session* session = find(connection);
    if (session == nullptr) return;
    ++figures_.frames_in;
    if (session->in_flight >= in_flight_max) return end(*session, GoodbyeReason::protocol, Error::too_many_waiting);
    auto decoded = (session->peer.local ? local_decoder_ : decoder_).decode(envelope);
    if (!decoded) return broken(*session, decoded.error());
    session->broken_in_a_row = 0;
    machine(*session, std::move(*decoded));
}

void Sessions::broken(Session& session, const protocol::DecodeFailure& failure) {
    const bool unreadable = !failure.type && !failure.id;
    session.broken_in_a_row = unreadable ? session.broken_in_a_row + 1 : 0;
    if (session.broken_in_a_row >= broken_in_a_row_max) return end(session, GoodbyeReason::protocol, failure.error);
    reject(session, failure.error, failure.id);
}

void Sessions::machine(Session& session, protocol::Envelope&& envelope) {
    const protocol::MessageInfo& row = info(envelope.type);
    if (row.from == protocol::Sender::hub) return reject(session, Error::not_yours, envelope.id);
    if (envelope.type == MessageType::goodbye) return end(session, GoodbyeReason::closing);
    if (session.phase != Phase::awaiting_hello) return greeted(session, std::move(envelope));
    if (const auto* hello = get_if<protocol::Hello>(&envelope.message))
        return desk_.hello(session, *hello, envelope.id);
    if (const auto* enrol = get_if<protocol::Enrol>(&envelope.message))
        return desk_.enrol(session, *enrol, envelope.id);
    if (holds_alternative<protocol::HelloLeader>(envelope.message))
        return desk_.hello_leader(session, envelope.id);
    reject(session, Error::hello_first, envelope.id);
}

void Sessions::greeted(Session& session, protocol::Envelope&& envelope) {
    const bool greeting = envelope.type == MessageType::hello || envelope.type == MessageType::enrol ||
                          envelope.type == MessageType::hello_leader;
    if (greeting) return reject(session, session.peer.local ? Error::not_yours : Error::already_greeted, envelope.id);
    if (const auto* beat = get_if<protocol::Beat>(&envelope.message)) {
        session.last_beat = clock_.monotonic_ms();
        if (!session.peer.local) desk_.beat(session, *beat);
        return;
    }
    const protocol::DeviceKind kind = session.peer.local ? protocol::DeviceKind::local
                                      : session.leader   ? protocol::DeviceKind::leader
                                                         : wire_kind(session.kind);
    if (session.phase == Phase::waiting) return reject(session, Error::waiting_for_approval, envelope.id);
    if (is_for_http(envelope.type)) return reject(session, Error::not_yours, envelope.id);
    if (!may_send(kind, envelope.type)) return reject(session, Error::not_yours, envelope.id);
    if (session.leader && core::leader_of(engine_.state(), *session.leader) == nullptr)
        return reject(session, Error::not_signed_in, envelope.id);
    if (!session.peer.local && !session.leader) {
        const auto device = engine_.state().devices.find(session.device);
        if (device == engine_.state().devices.end() || device->second.health == core::Health::revoked)
            return reject(session, Error::unknown_device, envelope.id);
    }
    desk_.command(session, std::move(envelope));
}

void Sessions::bind(Session& session, const core::Device& device) {
    DeviceEntry& entry = devices_.of(device.id);
    if (entry.current != nullptr && entry.current != &session) end(*entry.current, GoodbyeReason::replaced);
    session.device = device.id;
    session.kind = device.kind;
    session.entry = &entry;
    session.phase = Phase::greeting;
    session.last_beat = clock_.monotonic_ms();
    session.wire->known();
    entry.current = &session;
    arm(session);
}

void Sessions::bind_leader(Session& session, const core::Digest& leader) {
    session.leader = leader;
    session.phase = Phase::greeting;
    session.last_beat = clock_.monotonic_ms();
    session.wire->known();
    arm(session);
}

// ---- out ----

void Sessions::answer_frame(ConnectionId connection, EffectKind kind, Frame frame) {
    if (Session* session = find(connection)) {
        ++session->in_flight;
        engine_.park(kind, Letter{connection, {std::move(frame)}, Then::answered});
    }
}

void Sessions::reject(const Session& session, Error error, const std::optional<protocol::Id>& id, Ms retry_ms) {
    ++figures_.rejections;
    answer(session, EffectKind::reading, rejected(error, retry_ms), id);
}

void Sessions::answer(const Session& session, const Engine::Answer& answer, const protocol::Id& id) {
    if (answer.admission != Engine::Admission::taken) return reject(session, error_of(answer.admission), id);
    const Outcome& outcome = answer.outcome;
    if (outcome.rejection) {
        const Ms retry_ms = outcome.retry_at == 0 ? 0 : std::max<Ms>(outcome.retry_at - engine_.now(), 1);
        return reject(session, error_of(outcome.rejection->why), id, retry_ms);
    }
    protocol::Done done{outcome.seq, std::nullopt, std::nullopt};
    if (outcome.call) done.call = outcome.call->value;
    if (outcome.visit) done.visit = outcome.visit->value;
    this->answer(session, EffectKind::promise, done, id);
}

void Sessions::send(Session& session, const Frame& frame) {
    if (frame->empty()) return;
    session.wire->send_shared(frame);
    ++figures_.frames_out;
    if (session.touched) return;
    session.touched = true;
    touched_.push_back(session.id);
}

void Sessions::deliver(const Delivery& delivery) {
    for (const Parcel& parcel : delivery.parcels) {
        for (const DeviceNumber number : parcel.to) {
            DeviceEntry& entry = devices_.at(number);
            if (entry.live == nullptr) continue;
            entry.shown_seq = delivery.seq;
            send(*entry.live, parcel.frame);
        }
    }
}

void Sessions::post(const Letter& letter) {
    Session* session = find(letter.connection);
    if (session == nullptr) return;
    if (letter.then == Then::answered) --session->in_flight;
    for (const Frame& frame : letter.frames)
        send(*session, frame);
    if (letter.then == Then::close) return end(*session, GoodbyeReason::hub_stopping);
    if (letter.then != Then::go_live) return;
    session->phase = Phase::live;
    if (session->entry != nullptr && session->entry->current == session) session->entry->live = session;
}

void Sessions::flush() {
    // A wire may report its end while it is written to: only numbers are kept here.
    std::vector<ConnectionId> touched;
    touched.swap(touched_);
    for (const ConnectionId connection : touched) {
        const auto found = sessions_.find(connection);
        if (found == sessions_.end()) continue;
        found->second->touched = false;
        Wire* wire = found->second->wire;
        const bool closing = found->second->phase == Phase::closing;
        wire->flush();
        if (closing && sessions_.contains(connection)) wire->close(false);
    }
}

void Sessions::end(Session& session, GoodbyeReason reason, std::optional<Error> error) {
    if (session.phase == Phase::closing) return;
    protocol::Goodbye goodbye{reason, std::nullopt, std::nullopt};
    if (reason == GoodbyeReason::protocol) turned_away(session, error ? to_string(*error) : "protocol");
    if (error) {
        goodbye.error = protocol::number(*error);
        goodbye.message = std::string(sentence(*error));
    }
    send(session, frame_of(goodbye));
    leave_device(session);
    session.phase = Phase::closing;
    arm(session);
}

void Sessions::leave_device(Session& session) {
    if (session.entry == nullptr) return;
    if (session.entry->live == &session) session.entry->live = nullptr;
    if (session.entry->current == &session) session.entry->current = nullptr;
}

void Sessions::end_device(const core::DeviceId& device, GoodbyeReason reason, std::optional<Error> error) {
    if (Session* session = devices_.of(device).current) end(*session, reason, error);
}

void Sessions::end_all() {
    for (const auto& [connection, session] : sessions_)
        if (session->phase != Phase::closing) engine_.park(EffectKind::reading, Letter{connection, {}, Then::close});
}

// ---- time ----

Ms Sessions::due(const Session& session) const {
    if (session.phase == Phase::closing || session.peer.local) return 0;
    if (session.phase == Phase::awaiting_hello) return session.opened_at + static_cast<Ms>(limits::hello_timeout_ms);
    return std::min(session.beat_due, session.last_beat + static_cast<Ms>(limits::silent_after_ms));
}

void Sessions::arm(Session& session) {
    if (session.timer != 0) timers_.erase({session.timer, session.id});
    session.timer = due(session);
    if (session.timer != 0) timers_.insert({session.timer, session.id});
}

std::optional<Ms> Sessions::next_timer() const {
    if (timers_.empty()) return std::nullopt;
    return timers_.begin()->first;
}

void Sessions::timers() {
    const Ms now = clock_.monotonic_ms();
    while (!timers_.empty() && timers_.begin()->first <= now) {
        Session& session = *sessions_.at(timers_.begin()->second);
        if (session.phase == Phase::awaiting_hello)
            end(session, GoodbyeReason::hello_timeout);
        else if (session.last_beat + static_cast<Ms>(limits::silent_after_ms) <= now)
            end(session, GoodbyeReason::silent);
        else
            beat(session);
        arm(session);
    }
}

void Sessions::beat(Session& session) {
    const Ms now = clock_.monotonic_ms();
    if (session.beat_due > now) return;
    while (session.beat_due <= now)
        session.beat_due += static_cast<Ms>(limits::beat_interval_ms);
    const bool waiting = session.phase == Phase::waiting;
    if (session.phase != Phase::live && !waiting) return;
    protocol::Beat beat;
    beat.n = ++session.beats;
    beat.seq = waiting ? 0 : engine_.durable_seq();
    beat.now = engine_.now();
    beat.journal = engine_.journal_ok() ? protocol::JournalHealth::ok : protocol::JournalHealth::failing;
    if (session.entry != nullptr) session.entry->shown_seq = std::max(session.entry->shown_seq, beat.seq);
    send(session, frame_of(beat));
}

}  // namespace attune::app
