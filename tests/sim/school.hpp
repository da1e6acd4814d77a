// A small school made from a seed: few rooms, few adults, children with plans, so that calls meet. Either the default
// policy of the lifecycles or an odd one that an import would still allow.
#pragma once

#include <string>

#include "hub/core/command.hpp"
#include "tests/support/random.hpp"

namespace attune::sim {

using test::Random;

/// Ids, names and notes of the simulated school are tags: three letters of what it is, its number, and nothing that could
/// come from elsewhere, so that each datum is recognised wherever it turns up (need_to_know.hpp).
std::string tag(const char* kind, std::uint64_t number);
inline core::PersonId person_id(std::uint64_t n) { return {tag("per", n)}; }
inline core::PlaceId place_id(std::uint64_t n) { return {tag("plc", n)}; }
inline core::ChildId child_id(std::uint64_t n) { return {tag("kid", n)}; }

core::Directory make_school(Random& random, bool odd_policy);
/// The same school after somebody has edited its files.
core::Directory edit_school(const core::Directory& before, Random& random);
core::Policy default_policy();

/// Adults here and there around now, some of them not in the directory any more; a school day that may be over.
core::ImportTimetable some_timetable(Random& random, core::Ms now);

}  // namespace attune::sim
