// Folding events about follow-ups. Total: a fact about one that is not open any more changes nothing.
#pragma once

#include "hub/core/state.hpp"

namespace attune::core {

void apply_followup(State& state, const Event& event, const FollowupOpened& fact);
void apply_followup(State& state, const Event& event, const FollowupScheduled& fact);
void apply_followup(State& state, const Event& event, const FollowupNotReady& fact);
void apply_followup(State& state, const Event& event, const FollowupAskedAgain& fact);
void apply_followup(State& state, const Event& event, const FollowupDeclined& fact);
void apply_followup(State& state, const Event& event, const FollowupUnneeded& fact);
void apply_followup(State& state, const Event& event, const FollowupPassed& fact);
void apply_followup(State& state, const Event& event, const FollowupOverdue& fact);
void apply_followup(State& state, const Event& event, const FollowupEscalated& fact);
void apply_followup(State& state, const Event& event, const FollowupKept& fact);
void apply_followup(State& state, const Event& event, const FollowupEnded& fact);

/// A call closes: what its follow-ups need to know of it stays until the last of them has ended. Nothing for a drill or
/// for level 1, which owe nothing.
void remember_after(State& state, const Call& call, Ms at);

}  // namespace attune::core
