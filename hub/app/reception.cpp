// Enrolment and greeting.
#include "hub/app/reception.hpp"

#include <algorithm>

#include "hub/app/secrets.hpp"

namespace attune::app {

namespace {

constexpr std::uint32_t wrong_codes_max = 5;
/// With the longest prefix 15 characters: such a string needs no memory of its own, and these are copied with every
/// event.
constexpr std::size_t device_name_length = 7;

std::string_view prefix(core::DeviceKind kind) {
    switch (kind) {
        case core::DeviceKind::room:
            return "room-";
        case core::DeviceKind::handset:
            return "handset-";
        case core::DeviceKind::calm_space:
            return "calm-";
        case core::DeviceKind::kiosk:
            return "kiosk-";
        case core::DeviceKind::board:
            return "board-";
        case core::DeviceKind::station:
            break;
    }
    return "station-";
}

/// What the hub keeps of a credential. A native client's is the key that its transport has proven: nothing when it says
/// another.
std::optional<core::Digest> kept_digest(const Peer& peer, const CurveKey& credential) {
    if (!peer.curve_key) return digest_of(credential);
    if (credential != *peer.curve_key) return std::nullopt;
    return digest_of_curve_key(*peer.curve_key);
}

}  // namespace

void Reception::enrol(Session& session, const protocol::Enrol& enrol, const std::optional<protocol::Id>& id) {
    const core::Digest code = digest_of_code(enrol.code);
    const auto offered = engine_.state().enrolments.find(code);
    const core::DeviceKind kind =
        offered == engine_.state().enrolments.end() ? core::DeviceKind::room : offered->second.kind;
    const core::DeviceId fresh{std::string(prefix(kind)) + random_code(random_, device_name_length)};
    const auto credential = kept_digest(session.peer, enrol.credential);
    if (!credential) return wrong_code(session, protocol::Error::code_not_valid, id);
    const auto answer = engine_.submit(core::EnrolDevice{code, *credential, fresh}, core::Principal{});
    if (answer.admission != Engine::Admission::taken) return sessions_.reject(session, error_of(answer.admission), id);
    if (answer.outcome.rejection) return wrong_code(session, error_of(answer.outcome.rejection->why), id);
    const core::State& state = engine_.state();
    const core::Device& device = state.devices.at(state.enrolments.at(code).device);
    protocol::Enrolled enrolled{device.id.value.str(), wire_kind(device.kind), cut(device.label, 64), std::nullopt,
                                may_set_pin(device, engine_.now())};
    if (!device.for_person.empty()) enrolled.person = device.for_person.value.str();
    if (device.approval == core::Approval::waiting) enrolled.waiting_until = device.waiting_until;
    sessions_.answer(session, EffectKind::promise, enrolled, id);
}

void Reception::wrong_code(Session& session, protocol::Error why, const std::optional<protocol::Id>& id) {
    sessions_.reject(session, why, id);
    sessions_.turned_away(session, "wrong code");
    if (++session.wrong_codes >= wrong_codes_max)
        sessions_.end(session, protocol::GoodbyeReason::protocol, protocol::Error::code_not_valid);
}

KeyStanding Reception::standing(const CurveKey& key) const {
    const core::State& state = engine_.state();
    if (state.credentials.contains(digest_of_curve_key(key))) return KeyStanding::device;
    const Ms now = engine_.now();
    const bool code_waits = std::ranges::any_of(state.enrolments, [&](const auto& entry) {
        return now < entry.second.expires_at && entry.second.device.empty();
    });
    return code_waits ? KeyStanding::stranger : KeyStanding::refused;
}

void Reception::hello(Session& session, const protocol::Hello& hello, const std::optional<protocol::Id>& id) {
    if (engine_.stopping()) return sessions_.reject(session, protocol::Error::shutting_down, id);
    const core::State& state = engine_.state();
    const auto credential = kept_digest(session.peer, hello.credential);
    const auto known = credential ? state.credentials.find(*credential) : state.credentials.end();
    if (known == state.credentials.end()) {
        sessions_.turned_away(session, "unknown device");
        return sessions_.reject(session, protocol::Error::unknown_device, id);
    }
    const core::Device& device = state.devices.at(known->second);
    sessions_.bind(session, device);
    if (device.approval == core::Approval::waiting) {
        session.phase = Phase::waiting;
        return sessions_.answer(session, EffectKind::reading, waiting_for(state, device, engine_.now()), id);
    }
    supervisor_.beat(device.id, std::nullopt);
    lock_unless_kept(device, hello);
    // Nobody was shown more than the log held at the start, or than this run has sent them: whoever claims to know more
    // remembers another history.
    const bool ahead = hello.last_seq > std::max(engine_.start_seq(), devices_.of(device.id).shown_seq);
    if (ahead) {
        ++ahead_of_hub_;
        sessions_.reject(session, protocol::Error::ahead_of_hub, id);
    }
    welcome(session, device, !ahead && news_.can_replay(hello.last_seq, device), hello.last_seq, id);
}

void Reception::approved(const core::DeviceId& device) {
    Session* session = devices_.of(device).current;
    if (session == nullptr || session->phase != Phase::waiting) return;
    session->phase = Phase::greeting;
    welcome(*session, engine_.state().devices.at(device), false, 0, std::nullopt);
}

/// A handset that was restarted or handed on without its secret does not stay unlocked.
void Reception::lock_unless_kept(const core::Device& device, const protocol::Hello& hello) {
    if (device.kind != core::DeviceKind::handset || device.signed_in.empty() || device.locked) return;
    if (hello.session && digest_of(*hello.session) == device.session) return;
    engine_.submit(core::Lock{}, core::Principal{core::Principal::Kind::device, device.id});
}

void Reception::welcome(Session& session, const core::Device& device, bool replay, std::uint64_t last_seq,
                        const std::optional<protocol::Id>& id) {
    DeviceEntry& entry = devices_.of(device.id);
    protocol::Welcome welcome = welcome_for(engine_.state(), device, engine_.now());
    welcome.resume = replay ? protocol::Resume::replay : protocol::Resume::snapshot;
    welcome.journal = engine_.journal_ok() ? protocol::JournalHealth::ok : protocol::JournalHealth::failing;
    std::vector<Frame> frames{frame_of(welcome, id)};
    // All of it is made now, from the state at this seq; it leaves when that seq is on disk, and what happens after it
    // waits behind it.
    std::ranges::move(news_.lists(device), std::back_inserter(frames));
    std::ranges::move(replay ? news_.replay(last_seq, entry.number) : news_.snapshot(device),
                      std::back_inserter(frames));
    frames.push_back(frame_of(protocol::Live{engine_.state().last_seq}));
    entry.shown_seq = std::max(entry.shown_seq, engine_.state().last_seq);
    engine_.park(EffectKind::reading, Letter{session.id, std::move(frames), Then::go_live});
}

}  // namespace attune::app
