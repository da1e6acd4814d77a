// The reader of the vectors. Values that C++ cannot hold, such as a negative u53, are "nothing".
#include "tests/protocol/vectors.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace attune::test {
namespace {

namespace describe = boost::describe;

const json::value* special(const json::value& from, std::string_view name) {
  return from.is_object() ? from.get_object().if_contains(name) : nullptr;
}

void append(const json::value& parts, std::string& digits) {
  if (parts.is_string()) {
    digits += parts.get_string();
    return;
  }
  const json::array& list = parts.as_array();
  if (list.size() == 2 && list[1].is_number()) {
    std::string once;
    append(list[0], once);
    for (auto n = list[1].to_number<std::size_t>(); n > 0; --n) digits += once;
    return;
  }
  for (const json::value& part : list) append(part, digits);
}

bool read(const json::value& from, bool& to) {
  if (from.is_bool()) to = from.get_bool();
  return from.is_bool();
}
template <std::integral T>
bool read(const json::value& from, T& to) {
  boost::system::error_code failed;
  const T value = from.is_number() ? from.to_number<T>(failed) : T{};
  to = value;
  return from.is_number() && !failed;
}
bool read(const json::value& from, std::string& to) {
  if (const json::value* text = special(from, "$text")) {
    for (auto n = text->at(1).to_number<std::size_t>(); n > 0; --n) to += text->at(0).get_string();
    return true;
  }
  if (from.is_string()) to = from.get_string();
  return from.is_string();
}
bool read(const json::value& from, Bytes& to) {
  const json::value* parts = special(from, "$hex");
  if (parts != nullptr) to = expand_hex(*parts);
  return parts != nullptr;
}
template <std::size_t N>
bool read(const json::value& from, std::array<std::byte, N>& to) {
  Bytes bytes;
  if (!read(from, bytes) || bytes.size() != N) return false;
  std::copy(bytes.begin(), bytes.end(), to.begin());
  return true;
}
template <class E>
  requires std::is_enum_v<E>
bool read(const json::value& from, E& to) {
  if (!from.is_string()) return false;
  const auto named = protocol::pack::enum_from_name<E>(from.get_string());
  if (named) to = *named;
  return named.has_value();
}
template <class T>
bool read(const json::value& from, std::optional<T>& to);
template <class T>
bool read(const json::value& from, std::vector<T>& to);

template <class T>
  requires describe::has_describe_members<T>::value
bool read(const json::value& from, T& to) {
  if (!from.is_object()) return false;
  bool fits = true;
  using Members = describe::describe_members<T, describe::mod_public>;
  boost::mp11::mp_for_each<Members>([&](auto d) {
    auto& member = to.*d.pointer;
    const json::value* value = from.get_object().if_contains(d.name);
    const bool may_be_absent = requires { member.has_value(); };
    fits = fits && (value != nullptr ? read(*value, member) : may_be_absent);
  });
  return fits;
}
template <class T>
bool read(const json::value& from, std::optional<T>& to) {
  return read(from, to.emplace());
}
template <class T>
bool read(const json::value& from, std::vector<T>& to) {
  if (const json::value* list = special(from, "$list")) {
    T item{};
    const bool fits = read(list->at(0), item);
    to.assign(list->at(1).to_number<std::size_t>(), item);
    return fits;
  }
  if (!from.is_array()) return false;
  for (const json::value& item : from.get_array())
    if (!read(item, to.emplace_back())) return false;
  return true;
}

}  // namespace

const json::object& vectors() {
  static const json::value file = [] {
    std::ifstream in("protocol/vectors/vectors.json", std::ios::binary);
    if (!in) throw std::runtime_error("run from the root of the clone: protocol/vectors/vectors.json is not here");
    return json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
  }();
  return file.get_object();
}

Bytes expand_hex(const json::value& parts) {
  std::string digits;
  append(parts, digits);
  Bytes bytes;
  bytes.reserve(digits.size() / 2);
  for (std::size_t at = 0; at + 1 < digits.size(); at += 2)
    bytes.push_back(static_cast<std::byte>(std::stoi(digits.substr(at, 2), nullptr, 16)));
  return bytes;
}

std::string to_hex(std::span<const std::byte> bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : bytes) {
    text += digits[std::to_integer<std::size_t>(byte >> 4)];
    text += digits[std::to_integer<std::size_t>(byte & std::byte{15})];
  }
  return text;
}

std::optional<protocol::Id> id_of(const json::object& vector) {
  if (vector.at("id").is_null()) return std::nullopt;
  const Bytes bytes = expand_hex(vector.at("id"));
  protocol::Id id{};
  if (bytes.size() != id.size()) throw std::runtime_error("an id in the vectors is not 16 bytes");
  std::copy(bytes.begin(), bytes.end(), id.begin());
  return id;
}

protocol::pack::Limits limits_of(const json::object& vector) {
  return vector.contains("local") ? protocol::local_limits : protocol::wire_limits;
}

std::optional<protocol::AnyMessage> message_of(const json::object& vector) {
  const std::string_view name = vector.at("type").get_string();
  const json::value& body = vector.at("body");
  protocol::AnyMessage message;
  bool fits = false;
  const auto attempt = [&]<class Message>(std::type_identity<Message>) {
    if (to_string(protocol::type_of_message<Message>) != name) return;
    fits = read(body, message.emplace<Message>());
  };
#define ATTUNE_ATTEMPT(Message) attempt(std::type_identity<protocol::Message>{});
  ATTUNE_PROTOCOL_MESSAGES(ATTUNE_ATTEMPT)
#undef ATTUNE_ATTEMPT
  if (!fits) return std::nullopt;
  return message;
}

}  // namespace attune::test
