// Who may see what of the day's connection, as pure functions of the state: the only place that decides it. Unlocked
// handsets alone: never a room, a station, a board, a kiosk or a tablet.
#pragma once

#include <vector>

#include "hub/core/state.hpp"

namespace attune::core {

/// Why an adult sees a greeting or a check-in. `asked`: it is theirs to see to now. `lead`: the end of the order.
enum class DayRelation : std::uint8_t { none, own, asked, lead };

/// A handset on which what is about children may be shown.
bool sees_day(const Device& device);

DayRelation relation_to(const State& state, const Greeting& greeting, const ChildId& child, const PersonId& person);
DayRelation relation_to(const State& state, const Checkin& checkin, const PersonId& person);

/// May say that this child is greeted or not in: whoever stands at the door, meets the child today, or leads.
bool may_greet(const State& state, const ChildId& child, const PersonId& person);

/// Stands at the door now, and so sees every child on a plan who is not greeted yet.
bool is_at_door(const State& state, const PersonId& person);

/// Its writer, the child's own adults, who goes to the child's call, who teaches the child in the day that it is for.
bool sees_note(const State& state, const TodayNote& note, const PersonId& person);
/// Own adults and duty leads.
bool may_write_note(const State& state, const ChildId& child, const PersonId& person);

/// Children on a plan whom nobody has greeted and of whom nobody has said that they are not in.
std::size_t not_greeted(const State& state);

}  // namespace attune::core
