// Folding the events of leaders: invitations, accounts, sessions, failed tries.
#pragma once

#include "hub/core/state.hpp"

namespace attune::core {

void apply_leader(State& state, const Event& event, const LeaderInvited& fact);
void apply_leader(State& state, const Event& event, const AccountOpened& fact);
void apply_leader(State& state, const Event& event, const AccountClosed& fact);
void apply_leader(State& state, const Event& event, const LeaderSignedIn& fact);
void apply_leader(State& state, const Event& event, const LeaderSignInFailed& fact);
void apply_leader(State& state, const Event& event, const LeaderKept& fact);
void apply_leader(State& state, const Event& event, const LeaderSessionEnded& fact);

}  // namespace attune::core
