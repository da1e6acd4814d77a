// Small questions about leaders that deciding, reacting and the app all ask. One place, so that they can't differ.
#pragma once

#include <algorithm>

#include "hub/core/call_rules.hpp"
#include "hub/core/command.hpp"
#include "hub/core/rejection.hpp"
#include "hub/core/state.hpp"

namespace attune::core {

inline bool may_lead(Role role) {
    return role == Role::duty_lead || role == Role::dsl || role == Role::senco || role == Role::head || role == Role::admin;
}
inline bool may_lead(const Person& person) { return std::ranges::any_of(person.roles, [](Role role) { return may_lead(role); }); }

/// The person of a session that goes on, as long as their role lets them sign in; null when not.
inline const Person* leader_of(const State& state, const Digest& session) {
    const auto found = state.leader_sessions.find(session);
    if (found == state.leader_sessions.end()) return nullptr;
    const auto person = state.directory.people.find(found->second.person);
    return person == state.directory.people.end() || !may_lead(person->second) ? nullptr : &person->second;
}

/// The leader who speaks, if one does.
inline const Person* leader(const State& state, const Command& command) {
    return command.by.kind == Principal::Kind::leader ? leader_of(state, command.by.session) : nullptr;
}

/// Why somebody who is not a leader can't do what a leader can.
inline Refusal no_leader(const Command& command) {
    return command.by.kind == Principal::Kind::leader ? Refusal::NotSignedIn : Refusal::NotYours;
}

/// Accounts whose people may sign in now.
std::size_t leaders_able(const State& state);
bool somebody_else_leads(const State& state, const PersonId& person);

/// Until when no sign-in with this staff id or from this address is looked at; in the past: one is.
Ms sign_in_wait_until(const State& state, const Digest& who, const Digest& from);

/// When the next try may come after so many wrong ones: at once for the first four, then later and later.
Ms next_try_at(std::uint32_t failures, Ms now);

/// Until when this person's PIN is not looked at on this handset.
inline Ms pin_wait_until(const Duty& person, const Device& handset) { return std::max(person.pin_retry_at, handset.pin_retry_at); }

std::vector<Fact> end_sessions_of(const State& state, const PersonId& person, SessionEnd why);
/// With its sessions, and with codes that could open another. Empty when there is nothing to close.
std::vector<Fact> close_account(const State& state, const PersonId& person, SessionEnd why);

}  // namespace attune::core
