// tiers.csv and deadlines.csv: whom each level of a call asks, in which order, and how long anything may take.
#pragma once

#include "hub/app/csv_table.hpp"

namespace attune::app {

inline constexpr std::string_view tiers_columns[] = {"level", "tier", "who", "accept_s"};
inline constexpr std::string_view deadlines_columns[] = {"key", "value"};

/// A level that the file does not mention keeps what `policy` has.
void read_tiers(const Table& table, core::Policy& policy, Problems& problems);
/// A deadline that the file does not mention keeps what `policy` has.
void read_deadlines(const Table& table, core::Policy& policy, Problems& problems);

}  // namespace attune::app
