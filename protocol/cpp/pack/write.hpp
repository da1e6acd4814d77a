// Plain values to MessagePack; binding.hpp says what is packed how. A fault leaves a part written: the caller drops it.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/variant2/variant.hpp>

#include "protocol/cpp/pack/fields.hpp"
#include "protocol/cpp/pack/limits.hpp"
#include "protocol/cpp/pack/names.hpp"
#include "protocol/cpp/pack/types.hpp"
#include "protocol/cpp/pack/utf8.hpp"
#include "protocol/cpp/pack/writer.hpp"

namespace attune::protocol::pack {

inline Problem write_str(WriteContext& to, std::string_view text, const FieldLimit& limit) {
  if (limit.bytes != 0 && text.size() > limit.bytes) return Error::too_long;
  if (text.size() > UINT32_MAX) return Error::too_long;
  if (!is_utf8(text)) return Error::not_utf8;
  to.writer.str(text);
  return std::nullopt;
}

inline Problem write_bin(WriteContext& to, std::span<const std::byte> bytes, const FieldLimit& limit) {
  if (limit.bytes != 0 && bytes.size() > limit.bytes) return Error::too_long;
  if (bytes.size() > UINT32_MAX) return Error::too_long;
  to.writer.bin(bytes);
  return std::nullopt;
}

template <std::integral T>
Problem write_integer(WriteContext& to, T value) {
  if constexpr (std::signed_integral<T>) {
    const auto wide = static_cast<std::int64_t>(value);
    const auto magnitude = wide < 0 ? ~static_cast<std::uint64_t>(wide) + 1 : static_cast<std::uint64_t>(wide);
    if (magnitude > to.integer_max) return Error::out_of_range;
    to.writer.integer(wide);
  } else {
    if (value > to.integer_max) return Error::out_of_range;
    to.writer.positive(value);
  }
  return std::nullopt;
}

template <class Sequence>
Problem write_sequence(WriteContext& to, const Sequence& items, const FieldLimit& limit) {
  if (limit.items != 0 && items.size() > limit.items) return Error::too_many;
  if (items.size() > UINT32_MAX) return Error::too_many;
  to.writer.array(static_cast<std::uint32_t>(items.size()));
  for (const auto& item : items)
    if (Problem problem = write_value(to, item, limit)) return problem;
  return std::nullopt;
}

template <KeyedMap Map>
Problem write_map(WriteContext& to, const Map& map) {
  if (map.size() > UINT32_MAX) return Error::too_many;
  const auto size = static_cast<std::uint32_t>(map.size());
  constexpr bool by_name = packs_as_str<typename Map::key_type>();
  by_name ? to.writer.map(size) : to.writer.array(size);
  for (const auto& [key, value] : map) {
    if (!by_name) to.writer.array(2);
    if (Problem problem = write_value(to, key, {})) return problem;
    if (Problem problem = write_value(to, value, {})) return problem;
  }
  return std::nullopt;
}

template <class... Alternatives>
Problem write_variant(WriteContext& to, const boost::variant2::variant<Alternatives...>& value) {
  static constexpr std::array<WriteFrom, sizeof...(Alternatives)> writers = {&write_from<Alternatives>...};
  to.writer.array(2);
  to.writer.str(name_of_kind(value));
  const void* const kind = visit([](const auto& alternative) -> const void* { return &alternative; }, value);
  return writers[value.index()](to, kind, {});
}

template <class T>
Problem write_value(WriteContext& to, const T& value, const FieldLimit& limit) {
  if constexpr (std::same_as<T, bool>) {
    to.writer.boolean(value);
    return std::nullopt;
  } else if constexpr (std::integral<T>) {
    return write_integer(to, value);
  } else if constexpr (std::is_enum_v<T>) {
    const std::string_view name = enum_to_name(value);
    if (name.empty()) return Error::out_of_range;
    to.writer.str(name);
    return std::nullopt;
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    return write_str(to, value, limit);
  } else if constexpr (ByteArray<T>::value || ByteVector<T>::value) {
    return write_bin(to, std::as_bytes(std::span(value)), limit);
  } else if constexpr (std::same_as<T, boost::variant2::monostate>) {
    to.writer.nil();
    return std::nullopt;
  } else if constexpr (is_a<T, std::optional>) {
    if (value) return write_value(to, *value, limit);
    to.writer.nil();
    return std::nullopt;
  } else if constexpr (is_a<T, std::vector> || is_a<T, std::set> || OtherArray<T>::value) {
    return write_sequence(to, value, limit);
  } else if constexpr (KeyedMap<T>) {
    return write_map(to, value);
  } else if constexpr (is_a<T, std::pair>) {
    to.writer.array(2);
    if (Problem problem = write_value(to, value.first, {})) return problem;
    return write_value(to, value.second, {});
  } else if constexpr (is_a<T, std::tuple>) {
    to.writer.array(std::tuple_size_v<T>);
    Problem problem;
    std::apply([&](const auto&... items) { ((problem = problem ? problem : write_value(to, items, {})), ...); }, value);
    return problem;
  } else if constexpr (OneOfMany<T>) {
    return write_variant(to, value);
  } else if constexpr (Duration<T>::value) {
    return write_integer(to, value.count());
  } else if constexpr (StrongId<T>) {
    return write_value(to, value.value, limit);
  } else if constexpr (Described<T>) {
    return write_fields({fields_of<T>, absent_is_default<T>()}, to, &value);
  } else {
    static_assert(never<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
  }
}

}  // namespace attune::protocol::pack
