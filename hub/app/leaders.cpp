// Welcoming leaders, telling them, ending their connections; invitations and the list of accounts.
#include "hub/app/leaders.hpp"

#include <algorithm>

#include "hub/app/followup_views.hpp"
#include "hub/app/leader_words.hpp"
#include "hub/app/rota_views.hpp"
#include "hub/app/ready_views.hpp"
#include "hub/app/secrets.hpp"
#include "hub/app/supplies.hpp"
#include "hub/core/leader_rules.hpp"

namespace attune::app {

namespace {

using protocol::Error;
using protocol::GoodbyeReason;

constexpr std::size_t accounts_listed_max = 128, invitations_kept_max = 16;

GoodbyeReason reason_of(core::SessionEnd why) {
    switch (why) {
        case core::SessionEnd::idle:
        case core::SessionEnd::too_old:
            return GoodbyeReason::expired;
        case core::SessionEnd::role_lost:
            return GoodbyeReason::role_changed;
        default:
            return GoodbyeReason::signed_out;
    }
}

protocol::AccountView account_view(const core::State& state, const core::Person& person, Ms now) {
    protocol::AccountView view;
    view.person = cut(person.id.value, 32);
    view.short_name = cut(person.short_name, 32);
    view.name = cut(person.name, 64);
    view.roles = wire_roles(person);
    for (const auto& [code, invitation] : state.invitations)
        if (invitation.person == person.id && invitation.expires_at > now) {
            view.state = protocol::AccountState::invited;
            view.invited_until = invitation.expires_at;
        }
    if (const auto account = state.accounts.find(person.id); account != state.accounts.end()) {
        view.state = protocol::AccountState::open;
        view.recovery_left = account->second.recovery.size();
    }
    view.sessions = static_cast<std::uint64_t>(std::ranges::count_if(
        state.leader_sessions, [&](const auto& entry) { return entry.second.person == person.id; }));
    const auto tries = state.tries.find(digest_of_who(person.id.value));
    if (tries != state.tries.end() && tries->second.retry_at > now) view.wait_until = tries->second.retry_at;
    return view;
}

}  // namespace

core::Principal principal_of(const Session& session) {
    if (session.peer.local) return {core::Principal::Kind::local, {}, {}};
    if (session.leader) return {core::Principal::Kind::leader, browser_name(*session.leader), *session.leader};
    return {core::Principal::Kind::device, session.device, {}};
}

void Leaders::hello(Session& session, const std::optional<protocol::Id>& id) {
    if (engine_.stopping()) return sessions_.reject(session, Error::shutting_down, id);
    const core::State& state = engine_.state();
    const std::optional<core::Digest>& cookie = session.peer.leader_session;
    const core::Person* person = cookie ? core::leader_of(state, *cookie) : nullptr;
    if (person == nullptr) return sessions_.reject(session, Error::not_signed_in, id);
    sessions_.bind_leader(session, *cookie);
    here_[session.id] = {*cookie, person->id, person->roles};
    protocol::LeaderWelcome welcome;
    welcome.seq = state.last_seq;
    welcome.now = engine_.now();
    welcome.person = cut(person->id.value, 32);
    welcome.short_name = cut(person->short_name, 32);
    welcome.name = cut(person->name, 64);
    welcome.roles = wire_roles(*person);
    welcome.site = cut(state.directory.site.name, 64);
    welcome.ends_at = state.leader_sessions.at(*cookie).ends_at;
    welcome.idle_ms = static_cast<std::uint64_t>(core::leader_idle_ms);
    welcome.journal = engine_.journal_ok() ? protocol::JournalHealth::ok : protocol::JournalHealth::failing;
    welcome.example = state.directory.site.example;
    std::vector<Frame> frames{frame_of(welcome, id)};
    std::ranges::move(lists(), std::back_inserter(frames));
    for (const auto& [device_id, device] : state.devices)
        if (device.health != core::Health::revoked)
            frames.push_back(frame_of(protocol::DeviceChanged{state.last_seq, device_view_for_leaders(device)}));
    std::ranges::move(rota_lists(*person), std::back_inserter(frames));
    frames.push_back(frame_of(protocol::Readiness{readiness_view(state, Whole::yes, {})}));
    frames.push_back(frame_of(protocol::Live{state.last_seq}));
    engine_.park(EffectKind::reading, Letter{session.id, std::move(frames), Then::go_live});
}

std::vector<Frame> Leaders::lists() const {
    std::vector<Frame> frames;
    for (const protocol::Staff& staff : staff_lists(engine_.state())) frames.push_back(frame_of(staff));
    for (const protocol::Places& places : places_lists(engine_.state())) frames.push_back(frame_of(places));
    return frames;
}

// ---- what happens ----

void Leaders::happened(const core::Event& event) {
    ready_happened(event);
    visit(
        [&]<class Fact>(const Fact& fact) {
            using namespace core;
            if constexpr (std::same_as<Fact, LeaderSessionEnded>) {
                end_connections(fact);
            } else if constexpr (std::same_as<Fact, PersonSet>) {
                directory_changed_ = true;
                person_changed(fact.person);
            } else if constexpr (std::same_as<Fact, PersonRemoved> || std::same_as<Fact, PlaceSet> || std::same_as<Fact, PlaceRemoved>) {
                directory_changed_ = true;
            } else if constexpr (std::same_as<Fact, SupplyAdded> || std::same_as<Fact, SupplyEnded>) {
                directory_changed_ = rota_changed_ = true;
            } else if constexpr (std::same_as<Fact, SupplyStays>) {
                rota_changed_ = true;
            } else if constexpr (std::same_as<Fact, TimetableImported> || std::same_as<Fact, TimetableImportFailed> || std::same_as<Fact, CoverageGapOpened> ||
                                 std::same_as<Fact, CoverageGapClosed>) {
                rota_changed_ = true;
            } else if constexpr (std::same_as<Fact, DeviceEnrolled>) {
                tell_of_device(fact.device.id);
            } else if constexpr (std::same_as<Fact, DeviceApproved> || std::same_as<Fact, DeviceRefused> || std::same_as<Fact, EnrolmentLapsed> ||
                                 std::same_as<Fact, DeviceRenamed> || std::same_as<Fact, DeviceRevoked> || std::same_as<Fact, DeviceHealthChanged> ||
                                 std::same_as<Fact, SignedIn> || std::same_as<Fact, SignedOut> || std::same_as<Fact, HandsetProven>) {
                if constexpr (std::same_as<Fact, SignedIn> || std::same_as<Fact, SignedOut>) rota_changed_ = rota_changed_ || engine_.state().supplies.contains(fact.person);
                tell_of_device(fact.device);
            }
        },
        event.fact);
}

std::vector<Frame> Leaders::rota_lists(const core::Person& person) const {
    std::vector<Frame> frames{frame_of(timetable_state(engine_.state(), true))};
    frames.push_back(frame_of(supplies_list(engine_.state())));
    if (core::sees_gaps(person)) frames.push_back(frame_of(gaps_list(engine_.state(), true)));
    return frames;
}

void Leaders::tell_rota() {
    rota_changed_ = false;
    for (const auto& [connection, here] : here_)
        if (const auto person = engine_.state().directory.people.find(here.person); person != engine_.state().directory.people.end())
            engine_.park(EffectKind::news, Letter{connection, rota_lists(person->second), Then::nothing});
}

void Leaders::ready_happened(const core::Event& event) {
    using namespace core;
    ready_changed_ = ready_changed_ || visit([]<class Fact>(const Fact&) {
        return std::same_as<Fact, ReadyDayBegan> || std::same_as<Fact, ReadyListed> || std::same_as<Fact, RunnerNamed> || std::same_as<Fact, RunnerGoes> ||
               std::same_as<Fact, DeviceProven> || std::same_as<Fact, HandsetProven> || std::same_as<Fact, DeviceExcused> || std::same_as<Fact, TestNotThrough> ||
               std::same_as<Fact, SiteDrillStarted> || std::same_as<Fact, SiteDrillEnded> || std::same_as<Fact, DeviceRevoked>;
    }, event.fact);
}

void Leaders::list_readiness(Session& session, const protocol::Id& id) {
    if (session.leader && core::leader_of(engine_.state(), *session.leader) == nullptr) return sessions_.reject(session, Error::not_signed_in, id);
    sessions_.answer(session, EffectKind::reading, readiness_report(engine_.state()), id);
}

void Leaders::list_owed(Session& session, const protocol::Id& id) {
    const core::Person* leader = session.leader ? core::leader_of(engine_.state(), *session.leader) : nullptr;
    if (leader == nullptr) return sessions_.reject(session, Error::not_signed_in, id);
    sessions_.answer(session, EffectKind::reading, owed_view(engine_.state(), *leader), id);
}

void Leaders::step_ended() {
    if (ready_changed_ && !here_.empty()) tell({frame_of(protocol::Readiness{readiness_view(engine_.state(), Whole::yes, {})})});
    ready_changed_ = false;
    if (rota_changed_) tell_rota();
    if (!directory_changed_) return;
    directory_changed_ = false;
    if (!here_.empty()) tell(lists());
}

void Leaders::tell(std::vector<Frame> frames) {
    for (const auto& [connection, here] : here_) engine_.park(EffectKind::news, Letter{connection, frames, Then::nothing});
}

void Leaders::tell_of_device(const core::DeviceId& device) {
    const auto found = engine_.state().devices.find(device);
    if (here_.empty() || found == engine_.state().devices.end()) return;
    tell({frame_of(protocol::DeviceChanged{engine_.state().last_seq, device_view_for_leaders(found->second)})});
}

void Leaders::end_connections(const core::LeaderSessionEnded& fact) {
    for (const auto& [connection, here] : here_)
        if (here.session == fact.session)
            // Behind the answer, where it was one of its own messages that ended it.
            engine_.park(EffectKind::news, [this, number = connection, reason = reason_of(fact.why)] {
                engine_.park(EffectKind::news, [this, number, reason] {
                    if (Session* session = sessions_.find(number)) sessions_.end(*session, reason);
                });
            });
}

/// What they may do is asked anew with each message; a page that shows what it may must come again to know.
void Leaders::person_changed(const core::Person& person) {
    for (const auto& [connection, here] : here_)
        if (here.person == person.id && here.roles != person.roles)
            engine_.park(EffectKind::news, [this, number = connection] {
                if (Session* session = sessions_.find(number)) sessions_.end(*session, GoodbyeReason::role_changed);
            });
}

void Leaders::kept(const Session& session) {
    if (session.leader) engine_.submit(core::KeepSession{}, principal_of(session));
}

// ---- accounts ----

void Leaders::invite(Session& session, const protocol::InviteLeader& message, const protocol::Id& id) {
    const core::Principal by = principal_of(session);
    for (const Given& given : given_)
        if (given.id == id && given.browser == by.device) return sessions_.answer(session, EffectKind::promise, given.invitation, id);
    const std::string code = random_code(random_, enrolment_code_length);
    const core::Digest digest = digest_of_code(code);
    const auto answer = engine_.submit(core::InviteLeader{digest, {message.person.value_or("")}}, by, id);
    if (answer.admission != Engine::Admission::taken || answer.outcome.rejection) return sessions_.answer(session, answer, id);
    // Decided in an earlier run of the hub: the code itself was never kept, and asking again makes another.
    if (answer.repeated) return sessions_.reject(session, Error::code_not_valid, id);
    const core::Invitation& invitation = engine_.state().invitations.at(digest);
    const protocol::LeaderInvitation given{cut(invitation.person.value, 32), cut(engine_.state().directory.people.at(invitation.person).name, 64), code,
                                           invitation.expires_at};
    given_.push_back({id, by.device, given});
    if (given_.size() > invitations_kept_max) given_.pop_front();
    sessions_.answer(session, EffectKind::promise, given, id);
}

void Leaders::list_accounts(Session& session, const protocol::Id& id) {
    const core::State& state = engine_.state();
    if (session.leader) {
        const core::Person* person = core::leader_of(state, *session.leader);
        if (person == nullptr) return sessions_.reject(session, Error::not_signed_in, id);
        if (!core::has_role(*person, core::Role::admin)) return sessions_.reject(session, Error::not_your_role, id);
    }
    protocol::Accounts list;
    for (const auto& [person_id, person] : state.directory.people)
        if (core::may_lead(person) && list.accounts.size() < accounts_listed_max) list.accounts.push_back(account_view(state, person, engine_.now()));
    list.open = state.accounts.size();
    sessions_.answer(session, EffectKind::reading, list, id);
}

}  // namespace attune::app
