// Folding events about talk time and children's cards. Total: a fact about a talk that is not open any more changes
// nothing.
#pragma once

#include "hub/core/state.hpp"

namespace attune::core {

void apply_talk(State& state, const Event& event, const CardIssued& fact);
void apply_talk(State& state, const Event& event, const TalkAsked& fact);
void apply_talk(State& state, const Event& event, const TalkGiven& fact);
void apply_talk(State& state, const Event& event, const TalkShown& fact);
void apply_talk(State& state, const Event& event, const TalkOffered& fact);
void apply_talk(State& state, const Event& event, const TalkAgreed& fact);
void apply_talk(State& state, const Event& event, const TalkMet& fact);
void apply_talk(State& state, const Event& event, const TalkRated& fact);
void apply_talk(State& state, const Event& event, const TalkPassed& fact);
void apply_talk(State& state, const Event& event, const TalkMissed& fact);
void apply_talk(State& state, const Event& event, const TalkUnanswered& fact);
void apply_talk(State& state, const Event& event, const TalkTakenBack& fact);
void apply_talk(State& state, const Event& event, const TalkHandedToDsl& fact);
void apply_talk(State& state, const Event& event, const TalkPointerTaken& fact);
void apply_talk(State& state, const Event& event, const TalkPointerWaits& fact);
void apply_talk(State& state, const Event& event, const TalkClosed& fact);

/// A call goes on in the talk's place, and has the deadlines.
void talk_becomes_call(State& state, TalkId id, CallId call, Ms at);
/// The child has left the school: the card opens nothing any more.
void forget_card(State& state, const ChildId& child);

}  // namespace attune::core
