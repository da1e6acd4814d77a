// The eye on every frame that leaves the hub.
#include "tests/sim/frame_rules.hpp"

#include "tests/sim/auditor.hpp"
#include "tests/sim/client.hpp"
#include "tests/sim/rules.hpp"

namespace attune::sim {

namespace {

std::string at(std::uint64_t seq) { return ", event " + std::to_string(seq); }

/// Durable before visible; a sick disk never mutes a call, and what is told then is marked.
void check_durable(const Host& host, bool journal_ok, const wire::AnyMessage& message) {
    const auto seq = seq_of(message);
    if (!seq || *seq <= host.synced()) return;
    require(!holds_alternative<wire::Done>(message), "P1 received means on disk", "Done before the sync" + at(*seq));
    require(!holds_alternative<wire::Beat>(message), "P1 received means on disk", "a beat says more than is on disk" + at(*seq));
    require(!journal_ok, "P1 received means on disk", std::string(wire::to_string(wire::type_of(message))) + " before the sync" + at(*seq));
    // A card that is shown anew for another reason (a sign-in) is recorded as far as the call itself is.
    if (const auto* changed = get_if<wire::CallChanged>(&message); changed != nullptr && changed->event != wire::CallEvent::seen)
        require(!changed->call.recorded, "P9 a sick disk is never hidden", "a card that is not on disk says that it is" + at(*seq));
}

/// The handset that raised the call, and a duty lead's, keep the card when whoever is signed in there declines: told of their own.
bool declined_there(const Host& host, const Client& client, const wire::CallView& card) {
    if (client.kind != core::DeviceKind::handset || (card.relation != wire::Relation::raiser && card.relation != wire::Relation::overseer)) return false;
    const core::State& state = host.hub().state();
    const auto device = state.devices.find(client.device);
    const auto call = state.calls.find({card.call});
    if (device == state.devices.end() || call == state.calls.end()) return true;  // it has ended since: nobody knows
    const auto offer = call->second.offers.find(device->second.signed_in);
    return offer != call->second.offers.end() && offer->second.declined;
}

void check_card(const Host& host, const Client& client, bool journal_ok, const wire::CallChanged& changed) {
    const wire::CallView& card = changed.call;
    const std::string who = client.device.value + at(changed.seq);
    const bool room = client.kind == core::DeviceKind::room;
    if (room) {
        require(card.relation == wire::Relation::raiser, "10 need to know", "a room has another part than the raiser's: " + who);
        require(card.offered.empty() && !card.owner_person && !card.route_hint, "10 need to know", "a room sees who was asked: " + who);
    }
    require(!card.helps || client.kind == core::DeviceKind::handset, "10 need to know", "what helps is shown on a shared screen: " + who);
    const bool shared = client.kind != core::DeviceKind::station && card.relation != wire::Relation::declined && !declined_there(host, client, card);
    require(changed.event != wire::CallEvent::declined || !shared, "6 a decline is private and free", "a decline is told to " + who);
    if (!journal_ok) return;
    const auto* then = host.seers_at(card.call, changed.seq);
    const auto* next = host.seers_at(card.call, changed.seq + 1);
    if (then == nullptr) return;
    const auto seen = then->find(client.device);
    const auto soon = next->find(client.device);
    const bool may_see = seen != then->end() || soon != next->end();
    require(may_see, "10 need to know", "call " + std::to_string(card.call) + " is shown to " + who);
    const bool may_help = (seen != then->end() && seen->second) || (soon != next->end() && soon->second);
    require(!card.helps || may_help, "10 need to know", "what helps in call " + std::to_string(card.call) + " is shown to " + who);
}

void check_revoked(const World& world, const Host& host, const Client& client, const wire::AnyMessage& message) {
    const auto revoked = host.revoked_at.find(client.device);
    if (revoked == host.revoked_at.end() || holds_alternative<wire::Goodbye>(message) || holds_alternative<wire::Rejected>(message)) return;
    require(world.now <= revoked->second, "P14 a lost handset is out", client.device.value + " is still told things after it was revoked");
}

}  // namespace

std::optional<std::uint64_t> seq_of(const wire::AnyMessage& message) {
    return visit(
        [](const auto& body) -> std::optional<std::uint64_t> {
            if constexpr (requires { { body.seq } -> std::convertible_to<std::uint64_t>; }) return body.seq;
            else return std::nullopt;
        },
        message);
}

void check_frame(World& world, Host& host, const Client& client, Told& told, std::span<const std::byte> frame) {
    static thread_local wire::Decoder decoder{wire::local_limits};
    const auto envelope = decoder.decode(frame);
    require(envelope.has_value(), "codec", "the hub sent a frame that can't be read");
    const bool journal_ok = host.hub().journal_ok();
    check_durable(host, journal_ok, envelope->message);
    if (const auto* changed = get_if<wire::CallChanged>(&envelope->message)) check_card(host, client, journal_ok, *changed);
    if (client.kind == core::DeviceKind::room) {
        const bool of_people = holds_alternative<wire::PersonChanged>(envelope->message) || holds_alternative<wire::Staff>(envelope->message) || holds_alternative<wire::Places>(envelope->message);
        require(!of_people, "10 need to know", "a room is told of people");
    }
    check_revoked(world, host, client, envelope->message);
    host.rights.check(told, client.device, client.kind, client.for_person, frame, envelope->message, host.hub().state(), journal_ok);
}

}  // namespace attune::sim
