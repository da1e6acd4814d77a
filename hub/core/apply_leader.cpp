// Accounts and sessions as their events leave them.
#include "hub/core/apply_leader.hpp"

#include <algorithm>

namespace attune::core {

namespace {

constexpr Ms tries_kept_ms = 86'400'000;  // a day without a wrong try, and they are forgotten
constexpr std::size_t tries_max = 1'024;

Ms end_of(const LeaderSession& session) { return std::min(session.idle_due, session.ends_at); }

void forget_invitations(State& state, const PersonId& person, Ms now) {
    std::erase_if(state.invitations, [&](const auto& entry) { return entry.second.person == person || entry.second.expires_at <= now; });
}

/// Strangers can't fill the memory: what is old goes, and past the limit the oldest.
void make_room(std::map<Digest, Tries>& tries, Ms now) {
    std::erase_if(tries, [&](const auto& entry) { return entry.second.last_at + tries_kept_ms <= now; });
    while (tries.size() >= tries_max)
        tries.erase(std::ranges::min_element(tries, {}, [](const auto& entry) { return entry.second.last_at; }));
}

}  // namespace

void apply_leader(State& state, const Event& event, const LeaderInvited& fact) {
    forget_invitations(state, fact.invitation.person, event.at);
    state.invitations[fact.code] = fact.invitation;
}

void apply_leader(State& state, const Event& event, const AccountOpened& fact) {
    forget_invitations(state, fact.person, event.at);
    state.accounts[fact.person] = fact.account;
}

void apply_leader(State& state, const Event& event, const AccountClosed& fact) {
    forget_invitations(state, fact.person, event.at);
    state.accounts.erase(fact.person);
}

void apply_leader(State& state, const Event& event, const LeaderSignedIn& fact) {
    if (const auto account = state.accounts.find(fact.person); account != state.accounts.end()) {
        account->second.totp_step = std::max(account->second.totp_step, fact.totp_step);
        account->second.recovery.erase(fact.recovery);
    }
    state.tries.erase(fact.who);
    const LeaderSession session{fact.person, event.at, fact.idle_due, fact.ends_at};
    state.leader_sessions[fact.session] = session;
    state.session_ends.insert({end_of(session), fact.session});
}

void apply_leader(State& state, const Event& event, const LeaderSignInFailed& fact) {
    make_room(state.tries, event.at);
    state.tries[fact.who] = {fact.failures, event.at, fact.retry_at};
    state.tries[fact.from] = {fact.from_failures, event.at, fact.from_retry_at};
}

void apply_leader(State& state, const Event& event, const LeaderKept& fact) {
    const auto found = state.leader_sessions.find(fact.session);
    if (found == state.leader_sessions.end()) return;
    LeaderSession& session = found->second;
    state.session_ends.erase({end_of(session), fact.session});
    session.kept_at = event.at;
    session.idle_due = fact.idle_due;
    state.session_ends.insert({end_of(session), fact.session});
}

void apply_leader(State& state, const Event&, const LeaderSessionEnded& fact) {
    const auto found = state.leader_sessions.find(fact.session);
    if (found == state.leader_sessions.end()) return;
    state.session_ends.erase({end_of(found->second), fact.session});
    state.leader_sessions.erase(found);
}

}  // namespace attune::core
