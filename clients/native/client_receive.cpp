// What the hub says, and what other programs of this device say.
#include <algorithm>

#include <boost/asio/post.hpp>

#include "clients/native/client_impl.hpp"

namespace attune::client {

namespace {

using protocol::Error;

template <class Message>
std::vector<std::byte> frame_of(const Message& message, const std::optional<protocol::Id>& id = {}) {
    std::vector<std::byte> frame;
    static_cast<void>(protocol::encode(protocol::AnyMessage(message), id, frame));
    return frame;
}

/// What is for every program of the device; answers are for the one that asked.
bool is_news(const protocol::AnyMessage& message) {
    return !holds_alternative<protocol::Done>(message) && !holds_alternative<protocol::Rejected>(message) &&
           !holds_alternative<protocol::Enrolled>(message) && !holds_alternative<protocol::Goodbye>(message);
}

/// The session secret that a command carries, or nothing when it ends one.
struct SessionChange {
    bool changes = false;
    std::optional<std::array<std::byte, 16>> session;
};

SessionChange session_of(const protocol::AnyMessage& command) {
    if (const auto* sign_in = get_if<protocol::SignIn>(&command)) return {true, sign_in->session};
    if (const auto* set_pin = get_if<protocol::SetPin>(&command)) return {true, set_pin->session};
    return {holds_alternative<protocol::SignOut>(command) || holds_alternative<protocol::Lock>(command), {}};
}

/// Long lists go in parts that keep within the limits of a frame.
template <class List, class Item>
void add_list(std::vector<std::vector<std::byte>>& frames, const std::vector<Item>& items, List list,
              std::vector<Item> List::* member) {
    constexpr std::size_t part = 64;
    for (std::size_t at = 0; at == 0 || at < items.size(); at += part) {
        const auto from = items.begin() + static_cast<std::ptrdiff_t>(at);
        (list.*member).assign(from, from + static_cast<std::ptrdiff_t>(std::min(part, items.size() - at)));
        list.first = at == 0;
        frames.push_back(frame_of(list));
    }
}

}  // namespace

void Client::Impl::received(std::span<const std::byte> frame) {
    const auto envelope = decoder.decode(frame);
    // A frame that can't be read is no reason to lose the others; it is a newer hub's, and this program says less.
    if (!envelope) return;
    connection.heard_at = std::chrono::steady_clock::now();
    connection.heard_wall = std::chrono::system_clock::now();
    if (std::exchange(connection.lost, false)) tell();
    if (relay && is_news(envelope->message)) relay->send_to_all(frame);
    take(*envelope);
    if (!stopped && handlers.message) handlers.message(envelope->message);
}

void Client::Impl::take(const protocol::Envelope& envelope) {
    hold(held, envelope.message);
    using protocol::MessageType;
    switch (envelope.type) {
        case MessageType::enrolled:
            return enrolled(get<protocol::Enrolled>(envelope.message));
        case MessageType::waiting:
            return told_to_wait(get<protocol::Waiting>(envelope.message));
        case MessageType::welcome:
            return welcomed(get<protocol::Welcome>(envelope.message));
        case MessageType::live:
            attempt = 0;
            pending.settle(held);
            return set_phase(Phase::live);
        case MessageType::call_changed:
        case MessageType::call_gone:
            return pending.settle(held);
        case MessageType::device_changed:
            return renamed(get<protocol::DeviceChanged>(envelope.message).device);
        case MessageType::done:
            return done(envelope.id, get<protocol::Done>(envelope.message));
        case MessageType::rejected:
            return rejected(envelope.id, get<protocol::Rejected>(envelope.message));
        case MessageType::goodbye:
            return goodbye(get<protocol::Goodbye>(envelope.message));
        default:
            return;
    }
}

void Client::Impl::enrolled(const protocol::Enrolled& enrolled) {
    if (!identity || !identity->code) return;
    Identity known = *identity;
    known.code.reset();
    known.device = enrolled.device;
    known.kind = to_string(enrolled.kind);
    known.label = enrolled.label;
    known.for_person = enrolled.person;
    const auto trouble = folder.finish_enrolment(known);
    keep(trouble);
    if (!trouble.empty()) return drop_wire();  // the code and the keys are on disk still: again with the next start
    identity = std::move(known);
    forget(held);
    set_phase(Phase::connecting);
    say_hello();
}

void Client::Impl::told_to_wait(const protocol::Waiting& waiting) {
    connection.waiting = waiting;
    connection.failed.reset();
    attempt = 0;
    set_phase(Phase::waiting);
    tell();
    send_beat();
}

void Client::Impl::welcomed(const protocol::Welcome& welcome) {
    greeted = true;
    connection.failed.reset();
    connection.waiting.reset();
    if (connection.phase == Phase::live || connection.phase == Phase::waiting) set_phase(Phase::connecting);
    tell();
    if (connection.relayed || !identity) return;
    Identity known = *identity;
    known.device = welcome.device;
    known.kind = to_string(welcome.kind);
    known.label = welcome.label;
    known.site = welcome.site;
    known.help = welcome.help;
    known.extension = welcome.extension;
    known.for_person = welcome.for_person;
    if (!welcome.person) known.session.reset();
    if (known != *identity) keep(folder.store(known));
    identity = std::move(known);
    pending.connected_anew();
    send_beat();
    flush();
}

/// Somebody may have given this device another label while it is connected.
void Client::Impl::renamed(const protocol::DeviceView& device) {
    if (!identity || connection.relayed || device.device != identity->device || device.label == identity->label) return;
    identity->label = device.label;
    keep(folder.store(*identity));
}

void Client::Impl::done(const std::optional<protocol::Id>& id, const protocol::Done& done) {
    if (!id) return;
    if (const auto* command = pending.find(*id)) hold_done(held, command->message);
    if (const auto* command = pending.find(*id); command && identity && !connection.relayed) {
        const auto change = session_of(command->message);
        if (change.changes && identity->session != change.session) {
            identity->session = change.session;
            keep(folder.store(*identity));
        }
    }
    pending.done(*id, done);
    pending.settle(held);
    flush();
}

void Client::Impl::rejected(const std::optional<protocol::Id>& id, const protocol::Rejected& rejected) {
    if (!greeted && !connection.relayed) return refused_greeting(rejected);
    if (rejected.error == number(Error::ahead_of_hub)) {
        connection.behind = true;
        return tell();
    }
    if (!id) return;
    constexpr std::uint64_t again_after_ms = 3'000;
    const auto again_at = now_ms() + static_cast<std::int64_t>(rejected.retry_ms.value_or(again_after_ms));
    pending.rejected(*id, rejected, again_at);
}

void Client::Impl::refused_greeting(const protocol::Rejected& rejected) {
    if (rejected.error == number(Error::ahead_of_hub)) {  // the Welcome of a snapshot follows
        connection.behind = true;
        return tell();
    }
    if (rejected.error == number(Error::code_not_valid) && identity && identity->code) {
        folder.drop_enrolment();
        identity = folder.load();
        if (!identity) return refuse(rejected.error, rejected.message);
        return wire_ended(WireEnd::lost);  // enrolled from before: the old device goes on
    }
    if (rejected.error == number(Error::unknown_device)) {
        folder.forget_device();
        return refuse(rejected.error, rejected.message);
    }
    wire_ended(WireEnd::lost);
}

void Client::Impl::goodbye(const protocol::Goodbye& goodbye) {
    using protocol::GoodbyeReason;
    if (goodbye.reason == GoodbyeReason::revoked) {
        folder.forget_device();
        // Refused by the second person, or not approved in time: the hub says which.
        const std::uint64_t error = goodbye.error.value_or(number(Error::unknown_device));
        return refuse(error, goodbye.message.value_or(std::string(sentence(Error::unknown_device))));
    }
    if (goodbye.reason == GoodbyeReason::replaced) {
        drop_wire();
        held.live = false;
        return set_phase(Phase::replaced);
    }
    if (goodbye.reason == GoodbyeReason::protocol) attempt = std::max(attempt, 6U);  // never a fast loop
    wire_ended(WireEnd::lost);
}

void Client::Impl::refuse(std::uint64_t error, std::string message) {
    const auto known = protocol::error_from_number(error);
    connection.refusal = Refusal{error, known ? std::string(to_string(*known)) : "", std::move(message)};
    forget(held);
    identity.reset();
    drop_wire();
    if (relay) relay->close();
    set_phase(Phase::refused);
}

// ---- other programs of this device ----

std::vector<std::vector<std::byte>> Client::Impl::greeting_for_guest() const {
    std::vector<std::vector<std::byte>> frames;
    if (!held.welcome) return frames;
    auto welcome = *held.welcome;
    welcome.resume = protocol::Resume::snapshot;
    welcome.journal = held.journal;
    welcome.now = held.hub_now;
    frames.push_back(frame_of(welcome));
    if (!held.staff.empty()) add_list(frames, held.staff, protocol::Staff{}, &protocol::Staff::people);
    if (!held.places.empty()) add_list(frames, held.places, protocol::Places{}, &protocol::Places::places);
    if (!held.children.empty()) frames.push_back(frame_of(protocol::Children{held.children}));
    for (const auto& [id, person] : held.people)
        frames.push_back(frame_of(protocol::PersonChanged{held.seq, person}));
    for (const auto& [id, device] : held.devices)
        frames.push_back(frame_of(protocol::DeviceChanged{held.seq, device}));
    for (const auto& [id, call] : held.calls)
        frames.push_back(frame_of(protocol::CallChanged{held.seq, protocol::CallEvent::seen, call.rung_at, call}));
    if (held.live) frames.push_back(frame_of(protocol::Live{held.seq}));
    return frames;
}

void Client::Impl::guest_sent(Relay::Guest guest, std::span<const std::byte> frame) {
    auto envelope = decoder.decode(frame);
    if (!envelope || !envelope->id || info(envelope->type).from == protocol::Sender::hub) return;
    const auto id = *envelope->id;
    send(std::move(envelope->message), id, [self = weak_from_this(), guest, id](const Answer& answer) {
        const auto client = self.lock();
        if (!client || !client->relay) return;
        visit([&](const auto& said) { client->relay->send(guest, frame_of(said, id)); }, answer);
    });
}

}  // namespace attune::client
