// What every program here measures with: one clock, and what of many values is reported.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace attune::bench {

/// Microseconds on the monotonic clock.
inline std::int64_t now_us() {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Percentiles {
    double p50 = 0, p95 = 0, p99 = 0, worst = 0;
    std::size_t count = 0;
};

inline Percentiles percentiles(std::vector<double> values) {
    if (values.empty()) return {};
    std::ranges::sort(values);
    const auto at = [&](double share) { return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))]; };
    return {at(0.50), at(0.95), at(0.99), values.back(), values.size()};
}

}  // namespace attune::bench
