// Folding events about a support call. Each function takes one fact of one call and changes that call alone, its
// deadlines, and how busy its adults are. Total: a fact about a call that is not open any more changes nothing.
#pragma once

#include "hub/core/state.hpp"

namespace attune::core {

void apply_call(State& state, const Event& event, const CallRaised& fact);
void apply_call(State& state, const Event& event, const LevelRaised& fact);
void apply_call(State& state, const Event& event, const PressRepeated& fact);
void apply_call(State& state, const Event& event, const ChildChosen& fact);
void apply_call(State& state, const Event& event, const NoteAdded& fact);
void apply_call(State& state, const Event& event, const CallOffered& fact);
void apply_call(State& state, const Event& event, const StationCalled& fact);
void apply_call(State& state, const Event& event, const CallAlerted& fact);
void apply_call(State& state, const Event& event, const CallDeclined& fact);
void apply_call(State& state, const Event& event, const RingOverdue& fact);
void apply_call(State& state, const Event& event, const TierOverdue& fact);
void apply_call(State& state, const Event& event, const CallUndelivered& fact);
void apply_call(State& state, const Event& event, const CallAccepted& fact);
void apply_call(State& state, const Event& event, const OwnerOnWay& fact);
void apply_call(State& state, const Event& event, const HelperAsked& fact);
void apply_call(State& state, const Event& event, const HelperJoined& fact);
void apply_call(State& state, const Event& event, const CallReopened& fact);
void apply_call(State& state, const Event& event, const ArrivalOverdue& fact);
void apply_call(State& state, const Event& event, const CallArrived& fact);
void apply_call(State& state, const Event& event, const SupportCheckDue& fact);
void apply_call(State& state, const Event& event, const SupportConfirmed& fact);
void apply_call(State& state, const Event& event, const CallSettled& fact);
void apply_call(State& state, const Event& event, const CallMoved& fact);
void apply_call(State& state, const Event& event, const CallHandedOver& fact);
void apply_call(State& state, const Event& event, const CallClosed& fact);
void apply_call(State& state, const Event& event, const WithdrawAsked& fact);
void apply_call(State& state, const Event& event, const WithdrawCancelled& fact);
void apply_call(State& state, const Event& event, const CallWithdrawn& fact);
void apply_call(State& state, const Event& event, const CallSoundedAgain& fact);

/// Moves the call to the rung that its evidence supports now; stamps the time if it changed. Also notes since when an
/// unowned call has sounded nowhere.
void set_rung(Call& call, Ms at);

}  // namespace attune::core
