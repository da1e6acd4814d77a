// The core alone under random commands and ticks: thousands of steps a millisecond, each followed by the auditor. Finds
// what is wrong with the rules of a call before any network or disk comes into it.
#pragma once

#include "tests/sim/auditor.hpp"
#include "tests/support/random.hpp"

namespace attune::sim {

struct CoreOptions {
    std::uint64_t seed = 1;
    std::size_t steps = 3'000;
};

struct CoreResult {
    std::uint64_t events = 0;
    core::Ms virtual_ms = 0;
};

/// Runs one seed; throws Violation.
CoreResult run_core(const CoreOptions& options, Trace& trace);

}  // namespace attune::sim
