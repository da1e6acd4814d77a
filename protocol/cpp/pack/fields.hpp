// The members of a described struct as a table, so that the code that reads and writes structs is there once and not
// once for each of them. The tables are made when this is compiled; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include "protocol/cpp/pack/limits.hpp"
#include "protocol/cpp/pack/reader.hpp"
#include "protocol/cpp/pack/types.hpp"
#include "protocol/cpp/pack/writer.hpp"

namespace attune::protocol::pack {

/// What a value is written to, and the limit of its integers.
struct WriteContext {
  Writer& writer;
  std::uint64_t integer_max = UINT64_MAX;
};

/// A value of a type that only the two functions beside it know.
using ReadInto = Problem (*)(const Tape&, std::uint32_t at, void* value, const FieldLimit&);
using WriteFrom = Problem (*)(WriteContext&, const void* value, const FieldLimit&);

/// One member. `of` finds it in its struct; the other functions are given the member.
struct Field {
  std::string_view packed;  // its name as it is packed, the head of the string included
  std::string_view name;
  FieldLimit limit;
  void* (*of)(void* object);
  ReadInto read;
  WriteFrom write;
  bool (*present)(const void* member);  // whether it is packed; null: always
  void (*clear)(void* member);          // what it is when it was not packed; null: it must have been
};

/// A struct has no more members than this.
inline constexpr std::size_t fields_ever_max = 64;

struct Fields {
  std::span<const Field> all;      // in the order of their declaration
  bool absent_is_default = false;  // types.hpp
};

Problem read_fields(const Fields& fields, const Tape& tape, std::uint32_t at, void* object);
Problem write_fields(const Fields& fields, WriteContext& to, const void* object);

template <class T>
Problem read_value(const Tape& tape, std::uint32_t at, T& value, const FieldLimit& limit);
template <class T>
Problem write_value(WriteContext& to, const T& value, const FieldLimit& limit);

template <class T>
Problem read_into(const Tape& tape, std::uint32_t at, void* value, const FieldLimit& limit) {
  if constexpr (is_a<T, std::optional>)
    return read_value(tape, at, static_cast<T*>(value)->emplace(), limit);  // as a member it is never nil
  else
    return read_value(tape, at, *static_cast<T*>(value), limit);
}

template <class T>
Problem write_from(WriteContext& to, const void* value, const FieldLimit& limit) {
  return write_value(to, *static_cast<const T*>(value), limit);
}

template <class T>
bool is_there(const void* member) {
  const T& value = *static_cast<const T*>(member);
  if constexpr (is_a<T, std::optional>)
    return value.has_value();
  else if constexpr (std::integral<T>)
    return value != T{};
  else
    return !value.empty();
}

template <class T>
void clear(void* member) {
  *static_cast<T*>(member) = T{};
}

/// A member's name as it is packed.
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

template <class D>
inline constexpr auto packed_name_of = packed_name<D>();

template <class T, std::size_t index>
constexpr Field make_field() {
  using D = boost::mp11::mp_at_c<Members<T>, index>;
  using Member = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
  Field field{};
  field.packed = {packed_name_of<D>.data(), packed_name_of<D>.size()};
  field.name = D::name;
  if constexpr (!field_limits<T>.empty()) field.limit = field_limits<T>[index];
  field.of = [](void* object) -> void* { return &(static_cast<T*>(object)->*D::pointer); };
  field.read = &read_into<Member>;
  field.write = &write_from<Member>;
  if constexpr (is_a<Member, std::optional> || is_lean<T>(index)) {
    field.present = &is_there<Member>;
    field.clear = &clear<Member>;
  }
  return field;
}

template <class T>
constexpr auto make_fields() {
  return []<std::size_t... index>(std::index_sequence<index...>) {
    static_assert(sizeof...(index) <= fields_ever_max);
    return std::array<Field, sizeof...(index)>{make_field<T, index>()...};
  }(std::make_index_sequence<boost::mp11::mp_size<Members<T>>::value>{});
}

template <Described T>
inline constexpr auto fields_of = make_fields<T>();

}  // namespace attune::protocol::pack
