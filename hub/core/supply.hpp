// Adults who are here for today only: plain data, reached by applying events. While the day lasts each is one of the
// directory's people, so that sign-in, routing and screens know them like anybody else; this says what is different:
// until when, and for whom they stand in. Decided in decide_supply.cpp (decisions/0019).
#pragma once

#include <cstddef>

#include "hub/core/ids.hpp"

namespace attune::core {

struct Supply {
    PersonId covers;  // the absent adult for whose children they are asked, behind the child's own; may be empty
    PersonId by;      // who added them; empty: on the hub itself
    Ms until = 0;     // signed out and gone then
    bool operator==(const Supply&) const = default;
};

enum class SupplyEnd : std::uint8_t { day_over, person_said };

inline constexpr std::size_t supplies_max = 32;
/// Where no school day says when it ends.
inline constexpr Ms supply_without_timetable_ms = 36'000'000;
/// A school day that begins within so long is the one that is meant: somebody adds them before the bell.
inline constexpr Ms supply_day_ahead_ms = 43'200'000;
/// Nobody is signed out at a child's side: then so much later, again and again.
inline constexpr Ms supply_stays_ms = 900'000;

}  // namespace attune::core
