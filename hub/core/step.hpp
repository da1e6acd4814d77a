// The core in four functions, all pure: what a command leads to, what an event does, who may see it, when to wake.
#pragma once

#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "hub/core/command.hpp"
#include "hub/core/rejection.hpp"
#include "hub/core/state.hpp"

namespace attune::core {

/// What a command leads to by itself. Reads the state only.
std::variant<std::vector<Fact>, Rejection> decide(const State& state, const Command& command);

/// Folds one event into the state. Total: never refuses; asserts seq == last_seq + 1.
void apply(State& state, const Event& event);

/// What must follow now that this event has been applied: offers, re-openings, the station. Empty when all is in order.
std::vector<Fact> react(const State& state, const Event& event);

/// decide, then apply and react until nothing follows. On success the state has moved on by the returned events, which
/// belong into one transaction; on a rejection it is untouched. An empty list means: already so, nothing to store.
/// `seen`, if given, is called after each event was applied, with the state just after that event and before the next:
/// who may see what is decided at that moment.
std::variant<std::vector<Event>, Rejection> step(State& state, const Command& command,
                                                 const std::function<void(const Event&)>& seen = {});

/// When the next Tick is wanted; nullopt when nothing is armed.
std::optional<Ms> next_deadline(const State& state);

/// The state of an adult at `now`: the worst of what is declared and what the handset proves.
Availability availability(const State& state, const PersonId& person, Ms now);

/// Signed in on a handset that is alive, proven and can sound.
bool has_live_handset(const State& state, const Duty& duty);

/// The call that a fact is about, if any. For CallRaised it is the event's own seq, so pass the event.
std::optional<CallId> call_of(const Event& event);

/// The talk that a fact is about, if any: also of a call that was raised for one.
std::optional<TalkId> talk_of(const Event& event);

/// The follow-up that a fact is about, if any.
std::optional<FollowupId> followup_of(const Event& event);

Sensitivity sensitivity_of(const State& state, const Event& event);

}  // namespace attune::core
