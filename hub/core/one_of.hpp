// One of many kinds, in a shape that is quick to compile. Boost's variant2 and not the standard's variant, whose storage and
// visits nest once for each kind: a hundred and fifty deep here, in every file that looks into one. And a variant's own choice
// of a constructor, its copies and its end would be worked out anew in every file, too.
#pragma once

#include <type_traits>

#include <boost/variant2/variant.hpp>

namespace attune::core {

/// T is one of the alternatives of Variant, to the letter: nothing is converted.
template <class T, class Variant>
inline constexpr bool is_one_kind_of = false;
template <class T, class... Kinds>
inline constexpr bool is_one_kind_of<T, boost::variant2::variant<Kinds...>> = (std::is_same_v<T, Kinds> || ...);

}  // namespace attune::core
