// Plain values to MessagePack and back, through Boost.Describe.
//
// A described struct is a map of its members' names, in the order of their declaration; an absent optional member is
// left out. Reading ignores names that it does not know. Besides: bool, integers, enums (as strings), std::string,
// bytes (arrays and vectors of std::byte or unsigned char, as bin), std::optional (nil where it is not a member),
// std::vector, std::array, std::set (as arrays), std::map (a map where the key packs as a string, else an array of
// [key, value]), std::pair and std::tuple (an array of their
// items), std::variant (as [name, value]), std::chrono durations (their count),
// and strong ids, which are structs with nothing but a `value` (as that value).
// Nothing throws; the first problem is returned. Any thread.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include "protocol/cpp/generated/errors.hpp"
#include "protocol/cpp/pack/limits.hpp"
#include "protocol/cpp/pack/names.hpp"
#include "protocol/cpp/pack/reader.hpp"
#include "protocol/cpp/pack/utf8.hpp"
#include "protocol/cpp/pack/writer.hpp"

namespace attune::protocol::pack {

/// Nothing, or what is wrong.
using Problem = std::optional<Error>;

// ---- which types are what ----

template <class T, template <class...> class Template>
inline constexpr bool is_a = false;
template <class... Args, template <class...> class Template>
inline constexpr bool is_a<Template<Args...>, Template> = true;

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

/// Whether T packs as a string, and so may be the key of a map.
template <class T>
constexpr bool packs_as_str() {
  if constexpr (std::same_as<T, std::string> || std::is_enum_v<T>)
    return true;
  else if constexpr (StrongId<T>)
    return packs_as_str<std::remove_cvref_t<decltype(std::declval<T&>().value)>>();
  else
    return false;
}

template <class T>
inline constexpr bool never = false;

// ---- writing ----

/// What Writer needs to know of the limits while it writes.
struct WriteContext {
  Writer& writer;
  std::uint64_t integer_max = UINT64_MAX;
};

template <class T>
Problem write_value(WriteContext& to, const T& value, const FieldLimit& limit);

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

template <class Key, class Value, class... Rest>
Problem write_map(WriteContext& to, const std::map<Key, Value, Rest...>& map) {
  if (map.size() > UINT32_MAX) return Error::too_many;
  const auto size = static_cast<std::uint32_t>(map.size());
  constexpr bool by_name = packs_as_str<Key>();
  by_name ? to.writer.map(size) : to.writer.array(size);
  for (const auto& [key, value] : map) {
    if (!by_name) to.writer.array(2);
    if (Problem problem = write_value(to, key, {})) return problem;
    if (Problem problem = write_value(to, value, {})) return problem;
  }
  return std::nullopt;
}

template <class... Alternatives>
Problem write_variant(WriteContext& to, const std::variant<Alternatives...>& value) {
  if (value.valueless_by_exception()) return Error::wrong_type;
  to.writer.array(2);
  return std::visit(
      [&]<class T>(const T& alternative) -> Problem {
        to.writer.str(type_name<T>);
        return write_value(to, alternative, {});
      },
      value);
}

/// A member's name as it is packed, made when this is compiled.
template <class D>
constexpr auto packed_name() {
  constexpr std::string_view name = D::name;
  static_assert(name.size() < 256);
  constexpr std::size_t head = name.size() < 32 ? 1 : 2;
  std::array<char, head + name.size()> bytes{};
  bytes[0] = static_cast<char>(head == 1 ? 0xa0 | name.size() : 0xd9);
  if (head == 2) bytes[1] = static_cast<char>(name.size());
  std::copy(name.begin(), name.end(), bytes.begin() + head);
  return bytes;
}

/// Whether the member is packed at all.
template <class T>
bool present(const T& member) {
  if constexpr (is_a<T, std::optional>)
    return member.has_value();
  else
    return true;
}

template <Described T>
Problem write_struct(WriteContext& to, const T& value) {
  std::uint32_t size = 0;
  boost::mp11::mp_for_each<Members<T>>([&](auto d) { size += present(value.*d.pointer) ? 1 : 0; });
  to.writer.map(size);
  Problem problem;
  std::size_t index = 0;
  boost::mp11::mp_for_each<Members<T>>([&](auto d) {
    FieldLimit limit;
    if constexpr (!field_limits<T>.empty()) limit = field_limits<T>[index];
    ++index;
    const auto& member = value.*d.pointer;
    if (problem || !present(member)) return;
    static constexpr auto name = packed_name<decltype(d)>();
    to.writer.packed(name);
    problem = write_value(to, member, limit);
  });
  return problem;
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
  } else if constexpr (std::same_as<T, std::monostate>) {
    to.writer.nil();
    return std::nullopt;
  } else if constexpr (is_a<T, std::optional>) {
    if (value) return write_value(to, *value, limit);
    to.writer.nil();
    return std::nullopt;
  } else if constexpr (is_a<T, std::vector> || is_a<T, std::set> || OtherArray<T>::value) {
    return write_sequence(to, value, limit);
  } else if constexpr (is_a<T, std::map>) {
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
  } else if constexpr (is_a<T, std::variant>) {
    return write_variant(to, value);
  } else if constexpr (Duration<T>::value) {
    return write_integer(to, value.count());
  } else if constexpr (StrongId<T>) {
    return write_value(to, value.value, limit);
  } else if constexpr (Described<T>) {
    return write_struct(to, value);
  } else {
    static_assert(never<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
  }
}

// ---- reading ----

template <class T>
Problem read_value(const Tape& tape, std::uint32_t at, T& value, const FieldLimit& limit);

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

template <class Key, class Value, class... Rest>
Problem read_map(const Tape& tape, std::uint32_t at, std::map<Key, Value, Rest...>& map) {
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
Problem read_variant(const Tape& tape, std::uint32_t at, std::variant<Alternatives...>& value) {
  if (tape[at].kind != Kind::array || tape[at].size != 2 || tape[at + 1].kind != Kind::str) return Error::wrong_type;
  const std::string_view name = tape[at + 1].text();
  Problem problem = Error::unknown_type;
  const auto attempt = [&]<class T>(std::type_identity<T>) {
    if (type_name<T> != name) return false;
    problem = read_value(tape, at + 2, value.template emplace<T>(), {});
    return true;
  };
  (attempt(std::type_identity<Alternatives>{}) || ...);
  return problem;
}

/// For each member of T the node of its value, or 0 where the map has none.
template <class T>
using Slots = std::array<std::uint32_t, boost::mp11::mp_size<Members<T>>::value>;

template <class T>
constexpr auto member_names() {
  std::array<std::string_view, boost::mp11::mp_size<Members<T>>::value> names;
  std::size_t index = 0;
  boost::mp11::mp_for_each<Members<T>>([&](auto d) { names[index++] = d.name; });
  return names;
}

template <class T>
Slots<T> find_members(const Tape& tape, std::uint32_t at) {
  static constexpr auto names = member_names<T>();
  Slots<T> slots{};
  std::size_t expected = 0;  // keys mostly come in the order of the members: start where the last one was found
  const std::uint32_t entries = tape[at].size;
  ++at;
  for (std::uint32_t entry = 0; entry < entries; ++entry) {
    const std::string_view key = tape[at].text();
    for (std::size_t tried = 0; tried < names.size(); ++tried) {
      std::size_t index = expected + tried;
      if (index >= names.size()) index -= names.size();
      if (names[index] != key) continue;
      slots[index] = at + 1;
      expected = index + 1 == names.size() ? 0 : index + 1;
      break;
    }
    at = tape[at + 1].next;
  }
  return slots;
}

template <Described T>
Problem read_struct(const Tape& tape, std::uint32_t at, T& value) {
  if (tape[at].kind != Kind::map) return Error::wrong_type;
  const Slots<T> slots = find_members<T>(tape, at);
  Problem problem;
  std::size_t index = 0;
  boost::mp11::mp_for_each<Members<T>>([&](auto d) {
    FieldLimit limit;
    if constexpr (!field_limits<T>.empty()) limit = field_limits<T>[index];
    const std::uint32_t slot = slots[index++];
    if (problem) return;
    auto& member = value.*d.pointer;
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (is_a<Member, std::optional>) {
      if (slot == 0)
        member.reset();
      else
        problem = read_value(tape, slot, member.emplace(), limit);
    } else {
      if (slot != 0)
        problem = read_value(tape, slot, member, limit);
      else if (!absent_is_default<T>())
        problem = Error::missing_field;
    }
  });
  return problem;
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
  } else if constexpr (ByteArray<T>::value || ByteVector<T>::value) {
    return read_bytes(node, value, limit);
  } else if constexpr (std::same_as<T, std::monostate>) {
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
  } else if constexpr (is_a<T, std::map>) {
    return read_map(tape, at, value);
  } else if constexpr (is_a<T, std::pair>) {
    return read_pair(tape, at, value.first, value.second);
  } else if constexpr (is_a<T, std::tuple>) {
    return read_tuple(tape, at, value);
  } else if constexpr (is_a<T, std::variant>) {
    return read_variant(tape, at, value);
  } else if constexpr (Duration<T>::value) {
    typename T::rep count{};
    Problem problem = read_integer(node, count);
    value = T(count);
    return problem;
  } else if constexpr (StrongId<T>) {
    return read_value(tape, at, value.value, limit);
  } else if constexpr (Described<T>) {
    return read_struct(tape, at, value);
  } else {
    static_assert(never<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
  }
}

}  // namespace attune::protocol::pack
