// Limits of packed data: what a whole input may hold, and what one field of a struct may hold.
// Everything that the reader refuses, it refuses before it allocates.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace attune::protocol::pack {

inline constexpr std::uint32_t depth_ever_max = 64;

/// Of one input. Sizes are in bytes, depth counts nested arrays and maps, the outermost included.
/// The defaults are for data of our own (journal, snapshots); the wire has its own (generated/limits.hpp).
struct Limits {
  std::uint64_t bytes = 1ULL << 31;
  std::uint32_t depth = depth_ever_max;  // at most depth_ever_max
  std::uint32_t array_items = UINT32_MAX;
  std::uint32_t map_items = UINT32_MAX;
  std::uint32_t str_bytes = UINT32_MAX;
  std::uint32_t bin_bytes = UINT32_MAX;
  std::uint64_t integer = UINT64_MAX;  // integers lie within plus and minus this
};

/// Of one field: bytes of its string or binary (of each item, for a list of them), items of its list. 0: no limit.
struct FieldLimit {
  std::uint32_t bytes = 0;
  std::uint32_t items = 0;
};

/// One FieldLimit for each described member of T, in order. Empty: T's fields have no limits of their own.
template <class T>
inline constexpr std::array<FieldLimit, 0> field_limits{};

/// For each described member of T, in order, whether it is left out when it is false, 0 or empty, and read as that when
/// it is absent. Empty: no member is.
template <class T>
inline constexpr std::array<bool, 0> lean_fields{};

template <class T>
constexpr bool is_lean(std::size_t member) {
  if constexpr (lean_fields<T>.empty())
    return false;
  else
    return lean_fields<T>[member];
}

}  // namespace attune::protocol::pack
