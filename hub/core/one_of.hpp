// One of many kinds, as std::variant has it, in a shape that is quick to compile: for a hundred kinds, the variant's own
// choice of a constructor, its copies and its end would be worked out anew in every file.
#pragma once

#include <type_traits>
#include <variant>

namespace attune::core {

/// T is one of the alternatives of Variant, to the letter: nothing is converted.
template <class T, class Variant>
inline constexpr bool is_one_kind_of = false;
template <class T, class... Kinds>
inline constexpr bool is_one_kind_of<T, std::variant<Kinds...>> = (std::is_same_v<T, Kinds> || ...);

}  // namespace attune::core
