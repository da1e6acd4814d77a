// When to dial again after a connection ended. Pure.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace attune::client {

inline constexpr std::chrono::milliseconds dial_delay_max{4'000};

/// Attempt 0 is the first after a loss: 0 to 250 ms. Then twice as long each time, up to 4 s, always with a random
/// part, so that a whole school does not come at once. `chance` is in 0 to 1,000.
inline std::chrono::milliseconds dial_delay(unsigned attempt, unsigned chance) {
    const std::int64_t part = std::min(chance, 1'000U);
    if (attempt == 0) return std::chrono::milliseconds(250 * part / 1'000);
    const std::int64_t ceiling = std::min<std::int64_t>(dial_delay_max.count(), 250LL << std::min(attempt, 8U));
    return std::chrono::milliseconds(ceiling / 2 + ceiling * part / 2'000);
}

}  // namespace attune::client
