// How the binding tells types apart: bytes, strong ids, described structs, durations, keys that pack as strings.
#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/describe/members.hpp>
#include <boost/variant2/variant.hpp>

#include "protocol/cpp/generated/errors.hpp"

namespace attune::protocol::pack {

/// Nothing, or what is wrong.
using Problem = std::optional<Error>;

template <class T, template <class...> class Template>
inline constexpr bool is_a = false;
template <class... Args, template <class...> class Template>
inline constexpr bool is_a<Template<Args...>, Template> = true;

/// A boost::variant2::variant, or a class of one's own around it.
template <class T>
concept OneOfMany = requires(const T& value) { []<class... Kinds>(const boost::variant2::variant<Kinds...>&) {}(value); };

template <class T>
concept Byte = std::same_as<T, std::byte> || std::same_as<T, unsigned char>;

template <class T>
struct ByteArray : std::false_type {};
template <Byte B, std::size_t N>
struct ByteArray<std::array<B, N>> : std::true_type {};
template <class T>
struct ByteVector : std::false_type {};
template <Byte B>
struct ByteVector<std::vector<B>> : std::true_type {};
template <class T>
struct OtherArray : std::false_type {};
template <class T, std::size_t N>
struct OtherArray<std::array<T, N>> : std::negation<ByteArray<std::array<T, N>>> {};

template <class T>
concept StrongId = std::is_aggregate_v<T> && requires(T id) {
  id.value;
  requires sizeof(T) == sizeof(id.value);
};

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !StrongId<T>;

template <class T>
struct Duration : std::false_type {};
template <class Rep, class Period>
struct Duration<std::chrono::duration<Rep, Period>> : std::true_type {};

template <class T>
using Members =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

/// Whether a member that is absent keeps its default instead of being an error: for what we stored ourselves, before
/// the member existed. Said by a function beside the types: constexpr bool pack_absent_is_default(const T*).
template <class T>
constexpr bool absent_is_default() {
  if constexpr (requires { pack_absent_is_default(static_cast<const T*>(nullptr)); })
    return pack_absent_is_default(static_cast<const T*>(nullptr));
  else
    return false;
}

/// A string of at most T::bytes_max bytes that is kept in place.
template <class T>
concept FixedText = std::constructible_from<T, std::string_view> && std::convertible_to<const T&, std::string_view> && requires {
  { T::bytes_max } -> std::convertible_to<std::size_t>;
};

/// std::map, and what is like it.
template <class T>
concept KeyedMap = requires {
  typename T::key_type;
  typename T::mapped_type;
};

/// Whether T packs as a string, and so may be the key of a map.
template <class T>
constexpr bool packs_as_str() {
  if constexpr (std::same_as<T, std::string> || FixedText<T> || std::is_enum_v<T>)
    return true;
  else if constexpr (StrongId<T>)
    return packs_as_str<std::remove_cvref_t<decltype(std::declval<T&>().value)>>();
  else
    return false;
}

template <class T>
inline constexpr bool never = false;

}  // namespace attune::protocol::pack
