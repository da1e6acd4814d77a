// The names under which enums and the alternatives of a variant are packed. Enums are packed as strings, so that
// what is stored stays readable and their numbers may move.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/variant2/variant.hpp>

namespace attune::protocol::pack {

/// The names of an enum whose values run from 0 without a gap. Empty: the enum is described with BOOST_DESCRIBE_ENUM.
template <class E>
inline constexpr std::span<const std::string_view> enum_names{};

/// Empty where the value has no name.
template <class E>
constexpr std::string_view enum_to_name(E value) {
  if constexpr (!enum_names<E>.empty()) {
    const auto index = static_cast<std::size_t>(value);
    return index < enum_names<E>.size() ? enum_names<E>[index] : std::string_view{};
  } else {
    static_assert(boost::describe::has_describe_enumerators<E>::value,
                  "describe the enum with BOOST_DESCRIBE_ENUM, or give its enum_names");
    std::string_view name;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto described) {
      if (described.value == value) name = described.name;
    });
    return name;
  }
}

/// Nothing where the enum has no such name.
template <class E>
constexpr std::optional<E> enum_from_name(std::string_view name) {
  if constexpr (!enum_names<E>.empty()) {
    for (std::size_t index = 0; index < enum_names<E>.size(); ++index)
      if (enum_names<E>[index] == name) return static_cast<E>(index);
    return std::nullopt;
  } else {
    static_assert(boost::describe::has_describe_enumerators<E>::value,
                  "describe the enum with BOOST_DESCRIBE_ENUM, or give its enum_names");
    std::optional<E> value;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto described) {
      if (described.name == name) value = described.value;
    });
    return value;
  }
}

/// "attune::core::CallRaised" is "CallRaised". Plain classes only, because the compiler spells out template arguments.
template <class T>
constexpr std::string_view spelled_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  const std::size_t from = text.find("T = ") + 4;
  text = text.substr(from, text.find_last_of(']') - from);
  const std::size_t colon = text.rfind(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

/// T is one of the alternatives of Variant, to the letter. Quicker to compile than the variant's own choice.
template <class T, class Variant>
inline constexpr bool is_one_kind_of = false;
template <class T, class... Kinds>
inline constexpr bool is_one_kind_of<T, boost::variant2::variant<Kinds...>> = (std::is_same_v<T, Kinds> || ...);

/// The name of T as an alternative of a variant. Specialise it where T is renamed and what is stored is not.
template <class T>
inline constexpr std::string_view type_name = spelled_name<T>();

/// The name of the alternative that a variant holds.
template <class... Kinds>
constexpr std::string_view name_of_kind(const boost::variant2::variant<Kinds...>& value) {
  constexpr std::string_view names[] = {type_name<Kinds>...};
  return names[value.index()];
}

}  // namespace attune::protocol::pack
