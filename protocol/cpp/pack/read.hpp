// A tape to plain values; binding.hpp says what is packed how. After a fault the value is valid, but half read.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/variant2/variant.hpp>

#include "protocol/cpp/pack/fields.hpp"
#include "protocol/cpp/pack/limits.hpp"
#include "protocol/cpp/pack/names.hpp"
#include "protocol/cpp/pack/reader.hpp"
#include "protocol/cpp/pack/types.hpp"

namespace attune::protocol::pack {

template <std::integral T>
Problem read_integer(const Node& node, T& value) {
  if (node.kind == Kind::positive) {
    if (node.positive > static_cast<std::uint64_t>(std::numeric_limits<T>::max())) return Error::out_of_range;
    value = static_cast<T>(node.positive);
    return std::nullopt;
  }
  if (node.kind != Kind::negative) return Error::wrong_type;
  if constexpr (std::unsigned_integral<T>) {
    return Error::out_of_range;
  } else {
    if (node.negative < static_cast<std::int64_t>(std::numeric_limits<T>::min())) return Error::out_of_range;
    value = static_cast<T>(node.negative);
    return std::nullopt;
  }
}

template <class T>
Problem read_bytes(const Node& node, T& value, const FieldLimit& limit) {
  if (node.kind != Kind::bin) return Error::wrong_type;
  const auto* data = reinterpret_cast<const typename T::value_type*>(node.data);
  if constexpr (ByteArray<T>::value) {
    if (node.size != value.size()) return node.size > value.size() ? Error::too_long : Error::out_of_range;
    std::copy_n(data, value.size(), value.begin());
  } else {
    if (limit.bytes != 0 && node.size > limit.bytes) return Error::too_long;
    value.assign(data, data + node.size);
  }
  return std::nullopt;
}

template <class T, class... Rest>
Problem read_vector(const Tape& tape, std::uint32_t at, std::vector<T, Rest...>& items, const FieldLimit& limit) {
  const Node& node = tape[at];
  if (node.kind != Kind::array) return Error::wrong_type;
  if (limit.items != 0 && node.size > limit.items) return Error::too_many;
  items.clear();
  items.reserve(node.size);  // each item has a node of its own, so that this is bounded by the input
  ++at;
  for (std::uint32_t item = 0; item < node.size; ++item) {
    if (Problem problem = read_value(tape, at, items.emplace_back(), limit)) return problem;
    at = tape[at].next;
  }
  return std::nullopt;
}

template <class T, class... Rest>
Problem read_set(const Tape& tape, std::uint32_t at, std::set<T, Rest...>& items) {
  const Node& node = tape[at];
  if (node.kind != Kind::array) return Error::wrong_type;
  items.clear();
  ++at;
  for (std::uint32_t item = 0; item < node.size; ++item) {
    T value{};
    if (Problem problem = read_value(tape, at, value, {})) return problem;
    if (!items.insert(std::move(value)).second) return Error::duplicate_key;
    at = tape[at].next;
  }
  return std::nullopt;
}

template <class T, std::size_t N>
Problem read_array(const Tape& tape, std::uint32_t at, std::array<T, N>& items) {
  const Node& node = tape[at];
  if (node.kind != Kind::array) return Error::wrong_type;
  if (node.size != N) return node.size > N ? Error::too_many : Error::out_of_range;
  ++at;
  for (T& item : items) {
    if (Problem problem = read_value(tape, at, item, {})) return problem;
    at = tape[at].next;
  }
  return std::nullopt;
}

template <class A, class B>
Problem read_pair(const Tape& tape, std::uint32_t at, A& first, B& second) {
  if (tape[at].kind != Kind::array || tape[at].size != 2) return Error::wrong_type;
  if (Problem problem = read_value(tape, at + 1, first, {})) return problem;
  return read_value(tape, tape[at + 1].next, second, {});
}

template <class... Items>
Problem read_tuple(const Tape& tape, std::uint32_t at, std::tuple<Items...>& items) {
  if (tape[at].kind != Kind::array || tape[at].size != sizeof...(Items)) return Error::wrong_type;
  ++at;
  Problem problem;
  const auto next = [&](auto& item) {
    if (problem) return;
    problem = read_value(tape, at, item, {});
    at = tape[at].next;
  };
  std::apply([&](auto&... each) { (next(each), ...); }, items);
  return problem;
}

template <KeyedMap Map>
Problem read_map(const Tape& tape, std::uint32_t at, Map& map) {
  using Key = typename Map::key_type;
  using Value = typename Map::mapped_type;
  const Node& node = tape[at];
  constexpr bool by_name = packs_as_str<Key>();
  if (node.kind != (by_name ? Kind::map : Kind::array)) return Error::wrong_type;
  map.clear();
  ++at;
  for (std::uint32_t entry = 0; entry < node.size; ++entry) {
    Key key{};
    Value value{};
    if constexpr (by_name) {
      if (Problem problem = read_value(tape, at, key, {})) return problem;
      at = tape[at].next;
      if (Problem problem = read_value(tape, at, value, {})) return problem;
    } else if (Problem problem = read_pair(tape, at, key, value)) {
      return problem;
    }
    at = tape[at].next;
    const std::size_t before = map.size();
    map.emplace_hint(map.end(), std::move(key), std::move(value));
    if (map.size() == before) return Error::duplicate_key;
  }
  return std::nullopt;
}

template <class... Alternatives>
Problem read_variant(const Tape& tape, std::uint32_t at, boost::variant2::variant<Alternatives...>& value) {
  if (tape[at].kind != Kind::array || tape[at].size != 2 || tape[at + 1].kind != Kind::str) return Error::wrong_type;
  using Variant = boost::variant2::variant<Alternatives...>;
  struct Alternative {
    std::string_view name;
    Problem (*read)(const Tape&, std::uint32_t, Variant&);
  };
  static constexpr std::array all = {Alternative{
      type_name<Alternatives>, [](const Tape& from, std::uint32_t node, Variant& into) -> Problem {
        return read_value(from, node, into.template emplace<Alternatives>(), {});
      }}...};
  const std::string_view name = tape[at + 1].text();
  for (const Alternative& alternative : all)
    if (alternative.name == name) return alternative.read(tape, at + 2, value);
  return Error::unknown_type;
}

template <class T>
Problem read_value(const Tape& tape, std::uint32_t at, T& value, const FieldLimit& limit) {
  const Node& node = tape[at];
  if constexpr (std::same_as<T, bool>) {
    if (node.kind != Kind::boolean) return Error::wrong_type;
    value = node.positive != 0;
    return std::nullopt;
  } else if constexpr (std::integral<T>) {
    return read_integer(node, value);
  } else if constexpr (std::is_enum_v<T>) {
    if (node.kind != Kind::str) return Error::wrong_type;
    const std::optional<T> named = enum_from_name<T>(node.text());
    if (!named) return Error::out_of_range;
    value = *named;
    return std::nullopt;
  } else if constexpr (std::same_as<T, std::string>) {
    if (node.kind != Kind::str) return Error::wrong_type;
    if (limit.bytes != 0 && node.size > limit.bytes) return Error::too_long;
    value.assign(node.data, node.size);
    return std::nullopt;
  } else if constexpr (FixedText<T>) {
    if (node.kind != Kind::str) return Error::wrong_type;
    if (node.size > T::bytes_max) return Error::too_long;
    value = T(node.text());
    return std::nullopt;
  } else if constexpr (ByteArray<T>::value || ByteVector<T>::value) {
    return read_bytes(node, value, limit);
  } else if constexpr (std::same_as<T, boost::variant2::monostate>) {
    return node.kind == Kind::nil ? Problem() : Problem(Error::wrong_type);
  } else if constexpr (is_a<T, std::optional>) {
    value.reset();
    return node.kind == Kind::nil ? Problem() : read_value(tape, at, value.emplace(), limit);
  } else if constexpr (is_a<T, std::vector>) {
    return read_vector(tape, at, value, limit);
  } else if constexpr (is_a<T, std::set>) {
    return read_set(tape, at, value);
  } else if constexpr (OtherArray<T>::value) {
    return read_array(tape, at, value);
  } else if constexpr (KeyedMap<T>) {
    return read_map(tape, at, value);
  } else if constexpr (is_a<T, std::pair>) {
    return read_pair(tape, at, value.first, value.second);
  } else if constexpr (is_a<T, std::tuple>) {
    return read_tuple(tape, at, value);
  } else if constexpr (OneOfMany<T>) {
    return read_variant(tape, at, value);
  } else if constexpr (Duration<T>::value) {
    typename T::rep count{};
    Problem problem = read_integer(node, count);
    value = T(count);
    return problem;
  } else if constexpr (StrongId<T>) {
    return read_value(tape, at, value.value, limit);
  } else if constexpr (Described<T>) {
    return read_fields({fields_of<T>, absent_is_default<T>()}, tape, at, &value);
  } else {
    static_assert(never<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
  }
}

}  // namespace attune::protocol::pack
