// The front door, and which desk a message goes to.
#include "hub/app/hub.hpp"

#include <algorithm>
#include <limits>

#include "hub/app/rota_views.hpp"
#include "hub/app/mornings.hpp"
#include "hub/core/call_rules.hpp"

namespace attune::app {

Hub::Hub(Clock& clock, Random& random, Work& work, journal::Journal& journal, HubOptions options)
    : options_(std::move(options)),
      engine_(clock, journal, options_.barrier != nullptr ? *options_.barrier : durable_barrier_, *this,
              options_.limits),
      sessions_(engine_, devices_, clock, *this),
      news_(engine_, devices_, options_.ring_deliveries_max),
      supervisor_(engine_, clock),
      reception_(engine_, devices_, sessions_, news_, supervisor_, random),
      accounts_(engine_, sessions_, work),
      administration_(engine_, sessions_, random, options_.native_link, options_.timetable_beside, options_.timetable_imported),
      leaders_(engine_, sessions_, random),
      leader_door_(engine_, clock, random, work, options_.codes, [this](const std::string& address, std::string_view why) {
          if (options_.turned_away) options_.turned_away(Peer{.address = address}, why);
      }),
      talks_(engine_, sessions_, news_, random),
      supplies_(engine_, sessions_, random, work),
      vault_(random, options_.note_keys),
      notes_(engine_, sessions_, vault_) {
    news_.read_notes_with(vault_);
}

void Hub::start() {
    engine_.restore();
    vault_.start(!engine_.state().today.notes.empty());
    news_.start();
    engine_.start(options_.version);
    supervisor_.start();
    begin_ready_day();
}

/// Asked whenever the hub wakes, so that a disk that was sick at midnight delays the day and never loses it.
void Hub::begin_ready_day() {
    if (engine_.state().readiness.day.to_due != 0 || engine_.stopping() || !engine_.journal_ok()) return;
    engine_.submit(morning_of(engine_.now(), options_.zone), core::Principal{});
}

Hub::ConnectionId Hub::opened(Wire& wire, const Peer& peer) {
    const Engine::Turn turn(engine_);
    return sessions_.opened(wire, peer);
}

void Hub::received(ConnectionId connection, std::span<const std::byte> envelope) {
    const Engine::Turn turn(engine_);
    sessions_.received(connection, envelope);
}

void Hub::closed(ConnectionId connection) {
    const Engine::Turn turn(engine_);
    leaders_.closed(connection);
    sessions_.closed(connection);
}

Ms Hub::next_wake() {
    Ms next = std::numeric_limits<Ms>::max();
    for (const std::optional<Ms> due :
         {engine_.next_tick(), sessions_.next_timer(), engine_.stopping() ? std::nullopt : supervisor_.next_check()})
        if (due) next = std::min(next, *due);
    return next;
}

void Hub::wake() {
    const Engine::Turn turn(engine_);
    engine_.tick();
    begin_ready_day();
    sessions_.timers();
    if (!engine_.stopping()) supervisor_.check();
}

void Hub::stop() {
    const Engine::Turn turn(engine_);
    if (engine_.stopping()) return;
    engine_.stop();
    sessions_.end_all();
}

void Hub::happened(const core::Event& event) {
    news_.happened(event);
    leaders_.happened(event);
    if (options_.witness) options_.witness(event);
    const auto out = [this](const core::DeviceId& device, std::optional<protocol::Error> why) {
        engine_.park(EffectKind::news, [this, device, why] { sessions_.end_device(device, protocol::GoodbyeReason::revoked, why); });
    };
    if (const auto* revoked = get_if<core::DeviceRevoked>(&event.fact)) out(revoked->device, std::nullopt);
    if (const auto* refused = get_if<core::DeviceRefused>(&event.fact)) out(refused->device, protocol::Error::enrolment_refused);
    if (const auto* lapsed = get_if<core::EnrolmentLapsed>(&event.fact)) out(lapsed->device, protocol::Error::enrolment_refused);
    if (const auto* approved = get_if<core::DeviceApproved>(&event.fact))
        engine_.park(EffectKind::news, [this, device = approved->device] { reception_.approved(device); });
}

namespace {

/// Whoever asks for this does something at the page; a page asks for lists by itself.
bool is_a_deed(const protocol::AnyMessage& message) {
    return !holds_alternative<protocol::ListDevices>(message) && !holds_alternative<protocol::ListAccounts>(message) &&
           !holds_alternative<protocol::ListSupplies>(message) &&
           !holds_alternative<protocol::ListOwed>(message) && !holds_alternative<protocol::SignOutLeader>(message) && !holds_alternative<protocol::ListReadiness>(message);
}

}  // namespace

void Hub::command(Session& session, protocol::Envelope&& envelope) {
    const protocol::Id id = envelope.id.value_or(protocol::Id{});
    if (session.leader && is_a_deed(envelope.message)) leaders_.kept(session);
    if (const auto* m = get_if<protocol::SetPin>(&envelope.message)) return accounts_.set_pin(session, *m, id);
    if (const auto* m = get_if<protocol::SignIn>(&envelope.message)) return accounts_.sign_in(session, *m, id);
    if (const auto* m = get_if<protocol::MakeEnrolmentCode>(&envelope.message))
        return administration_.make_code(session, *m, id);
    if (holds_alternative<protocol::ListDevices>(envelope.message))
        return administration_.list_devices(session, id);
    if (const auto* m = get_if<protocol::InviteLeader>(&envelope.message)) return leaders_.invite(session, *m, id);
    if (holds_alternative<protocol::ListAccounts>(envelope.message)) return leaders_.list_accounts(session, id);
    if (holds_alternative<protocol::ListReadiness>(envelope.message)) return leaders_.list_readiness(session, id);
    if (holds_alternative<protocol::ListOwed>(envelope.message)) return leaders_.list_owed(session, id);
    if (holds_alternative<protocol::ListMyChildren>(envelope.message)) return list_my_children(session, id);
    if (const auto* m = get_if<protocol::ImportDirectory>(&envelope.message))
        return administration_.import_files(session, *m, id);
    if (const auto* m = get_if<protocol::AddSupply>(&envelope.message)) return supplies_.add(session, *m, id);
    if (holds_alternative<protocol::ListSupplies>(envelope.message)) return supplies_.list(session, id);
    if (const auto* m = get_if<protocol::ShowCard>(&envelope.message)) return talks_.show_card(session, *m, id);
    if (holds_alternative<protocol::HideCard>(envelope.message)) return talks_.hide_card(session, id);
    if (const auto* m = get_if<protocol::MakeCards>(&envelope.message)) return talks_.make_cards(session, *m, id);
    if (const auto* m = get_if<protocol::WriteNote>(&envelope.message)) return notes_.write(session, *m, id);

    auto asked = intent_of(envelope.message, session.kind);
    if (const auto* error = get_if<protocol::Error>(&asked)) return sessions_.reject(session, *error, id);
    auto& [intent, occurred_at] = get<Asked>(asked);
    const auto answer = engine_.submit(std::move(intent), principal_of(session), id, occurred_at);
    sessions_.answer(session, answer, id);
}

void Hub::list_my_children(Session& session, const protocol::Id& id) {
    const core::Device& device = engine_.state().devices.at(session.device);
    if (device.signed_in.empty() || device.locked) return sessions_.reject(session, protocol::Error::nobody_signed_in, id);
    sessions_.answer(session, EffectKind::reading, my_children(engine_.state(), device.signed_in, engine_.now()), id);
}

ImportResult Hub::import(const core::Directory& directory, bool apply, const ParsedTimetable* timetable) {
    const Engine::Turn turn(engine_);
    return administration_.import(directory, apply, {}, timetable);
}

bool Hub::import_timetable(ParsedTimetable timetable) {
    const Engine::Turn turn(engine_);
    const core::Principal local{core::Principal::Kind::local, {}, {}};
    const auto answer = engine_.submit(core::ImportTimetable{std::move(timetable.slots), std::move(timetable.days)}, local);
    return answer.admission == Engine::Admission::taken && !answer.outcome.rejection;
}

void Hub::timetable_fault(const std::string& file, std::uint64_t line, const std::string& what) {
    const Engine::Turn turn(engine_);
    engine_.submit(core::NoteTimetableFault{file, line, what}, core::Principal{core::Principal::Kind::local, {}, {}});
}

std::optional<protocol::Error> Hub::offer_code(core::DeviceKind kind, const core::PlaceId& place,
                                               const core::PersonId& person, std::function<void(OfferedCode)> shown) {
    const Engine::Turn turn(engine_);
    auto result = administration_.offer_code(kind, place, person);
    if (const auto* error = get_if<protocol::Error>(&result)) return *error;
    engine_.park(EffectKind::promise,
                 [shown = std::move(shown), offered = get<OfferedCode>(result)] { shown(offered); });
    return std::nullopt;
}

Figures Hub::figures() const {
    const core::State& state = engine_.state();
    Figures figures;
    figures.connections = sessions_.connections();
    figures.frames_in = sessions_.figures().frames_in;
    figures.frames_out = sessions_.figures().frames_out;
    figures.rejections = sessions_.figures().rejections;
    figures.commands = engine_.commands();
    figures.events = engine_.events();
    figures.seq = state.last_seq;
    figures.durable_seq = engine_.durable_seq();
    figures.calls_open = state.calls.size();
    for (const auto& [id, call] : state.calls)
        figures.calls_unowned += call.owned() ? 0 : 1;
    for (const auto& [id, device] : state.devices) {
        if (!core::is_in(device)) continue;  // nor those that wait for a second person
        ++figures.devices;
        if (device.health == core::Health::silent || device.health == core::Health::never_seen)
            ++figures.devices_silent;
    }
    return figures;
}

}  // namespace attune::app
