// A small school made from a seed: few rooms, few adults, children with plans, so that calls meet. Either the default
// policy of the lifecycles or an odd one that an import would still allow.
#pragma once

#include "hub/core/model.hpp"
#include "tests/support/random.hpp"

namespace attune::sim {

using test::Random;

core::Directory make_school(Random& random, bool odd_policy);
/// The same school after somebody has edited its files.
core::Directory edit_school(const core::Directory& before, Random& random);
core::Policy default_policy();

}  // namespace attune::sim
