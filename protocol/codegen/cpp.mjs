// Writes the C++ of the wire: errors.hpp, limits.hpp and messages.hpp of protocol/cpp/generated.
import { snake_case } from "./schema.mjs";

const quoted = (text) => JSON.stringify(text);
const head = (what) => `// ${what}
// Made from protocol/schema/attune.json by protocol/codegen/generate.mjs. Change the schema, not this file.
#pragma once
`;

function comment(text, indent = "") {
  if (!text) return "";
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line && indent.length + 4 + line.length + 1 + word.length > 100) { lines.push(line); line = word; }
    else line = line ? `${line} ${word}` : word;
  }
  lines.push(line);
  return lines.map((l) => `${indent}/// ${l}\n`).join("");
}

function cpp_type(type) {
  const bare = {
    bool: () => "bool", u53: () => "std::uint64_t", ms: () => "std::int64_t", str: () => "std::string",
    bin: () => `std::array<std::byte, ${type.bytes}>`, bytes: () => "std::vector<std::byte>",
    list: () => `std::vector<${cpp_type(type.item)}>`, enum: () => type.name, struct: () => type.name,
  }[type.kind]();
  return type.optional ? `std::optional<${bare}>` : bare;
}

// Every field has one, so that a designated initialiser may leave any of them out without a warning.
function initialiser(type) {
  if (type.optional) return "{}";
  return { bool: " = false", u53: " = 0", ms: " = 0" }[type.kind] ?? "{}";
}

function bytes_max(type) {
  if (type.kind === "list") return bytes_max(type.item);
  return ["str", "bin", "bytes"].includes(type.kind) ? type.bytes : 0;
}

export function cpp_errors(schema) {
  const rows = schema.errors;
  return `${head("The errors of the wire: stable numbers, their names, and the sentence that says what to do.")}
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace attune::protocol {

enum class Error : std::uint16_t {
${rows.map((e) => `  ${snake_case(e.name)} = ${e.number},`).join("\n")}
};

struct ErrorInfo {
  Error error;
  std::string_view name;      // as on the wire, in Rejected
  std::string_view sentence;  // what to do
};

inline constexpr std::array<ErrorInfo, ${rows.length}> error_table{{
${rows.map((e) => `    {Error::${snake_case(e.name)}, ${quoted(e.name)}, ${quoted(e.text)}},`).join("\n")}
}};

constexpr std::uint16_t number(Error error) { return static_cast<std::uint16_t>(error); }

constexpr std::string_view to_string(Error error) {
  for (const ErrorInfo& info : error_table)
    if (info.error == error) return info.name;
  return "";
}

constexpr std::string_view sentence(Error error) {
  for (const ErrorInfo& info : error_table)
    if (info.error == error) return info.sentence;
  return "";
}

/// Nothing when no error of this version has the number.
constexpr std::optional<Error> error_from_number(std::uint64_t value) {
  for (const ErrorInfo& info : error_table)
    if (static_cast<std::uint64_t>(info.error) == value) return info.error;
  return std::nullopt;
}

}  // namespace attune::protocol
`;
}

export function cpp_limits(schema) {
  const limit = Object.fromEntries(schema.limits.map((l) => [l.name, l.value]));
  return `${head("The limits and times of the wire, and the two sets of limits that the reader is given.")}
#include <cstdint>
#include <string_view>

#include "protocol/cpp/pack/limits.hpp"

namespace attune::protocol {

inline constexpr std::uint64_t version = ${schema.version};
inline constexpr std::string_view subprotocol = ${quoted(schema.subprotocol)};
/// Integers, times included, stay within plus and minus this.
inline constexpr std::uint64_t integer_max = 9007199254740991;

namespace limits {
${schema.limits.map((l) => `${comment(l.doc)}inline constexpr std::uint64_t ${l.name} = ${l.value};`).join("\n")}
}  // namespace limits

/// What a frame of the WebSocket or of ZeroMQ may hold.
inline constexpr pack::Limits wire_limits{.bytes = ${limit.frame_bytes_max},
                                          .depth = ${limit.depth_max},
                                          .array_items = ${limit.array_items_max},
                                          .map_items = ${limit.map_items_max},
                                          .str_bytes = ${limit.str_bytes_max},
                                          .bin_bytes = ${limit.bin_bytes_max},
                                          .integer = integer_max};

/// What a frame of the hub's own local socket may hold: the same, but longer (imports).
inline constexpr pack::Limits local_limits{.bytes = ${limit.local_frame_bytes_max},
                                           .depth = ${limit.depth_max},
                                           .array_items = ${limit.array_items_max},
                                           .map_items = ${limit.map_items_max},
                                           .str_bytes = ${limit.str_bytes_max},
                                           .bin_bytes = ${limit.local_frame_bytes_max},
                                           .integer = integer_max};

}  // namespace attune::protocol
`;
}

function cpp_enum(e) {
  const last = e.values.length - 1;
  return `${comment(e.doc)}enum class ${e.name} : std::uint8_t {
${e.values.map((v) => `${comment(v.doc, "  ")}  ${v.name},`).join("\n")}
};
inline constexpr std::array<std::string_view, ${e.values.length}> ${snake_case(e.name)}_names{
    ${e.values.map((v) => quoted(v.name)).join(", ")}};
constexpr std::string_view to_string(${e.name} value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= ${last} ? ${snake_case(e.name)}_names[index] : std::string_view{};
}
`;
}

function cpp_struct(s) {
  const fields = s.fields.map((f) => `${comment(f.doc, "  ")}  ${cpp_type(f.type)} ${f.name}${initialiser(f.type)};`);
  return `${comment(s.doc)}struct ${s.name} {
${fields.length ? fields.join("\n") + "\n" : ""}  friend bool operator==(const ${s.name}&, const ${s.name}&) = default;
};
BOOST_DESCRIBE_STRUCT(${s.name}, (), (${s.fields.map((f) => f.name).join(", ")}))
`;
}

function cpp_field_limits(s) {
  const rows = s.fields.map((f) => `{${bytes_max(f.type)}, ${f.type.kind === "list" ? f.type.items : 0}}`);
  return `template <>
inline constexpr std::array<FieldLimit, ${rows.length}> field_limits<${s.name}>{{${rows.join(", ")}}};
`;
}

function cpp_lean_fields(s) {
  return `template <>
inline constexpr std::array<bool, ${s.fields.length}> lean_fields<${s.name}>{${s.fields.map((f) => Boolean(f.type.lean)).join(", ")}};
`;
}

function message_row(m) {
  const by = m.by.length ? m.by.map((d) => `only(DeviceKind::${d})`).join(" | ") : "0";
  const sender = { client: "Sender::client", hub: "Sender::hub", both: "Sender::both" }[m.from];
  const answer = m.answer ? `MessageType::${snake_case(m.answer)}` : "std::nullopt";
  return `    {MessageType::${snake_case(m.name)}, "${m.name}", ${sender}, ${by}, ${m.command}, ${answer}},`;
}

export function cpp_messages(schema) {
  const all = [...schema.structs, ...schema.messages];
  const limited = all.filter((s) => s.fields.length > 0);
  const lean = all.filter((s) => s.fields.some((f) => f.type.lean));
  return `${head("The messages of the wire as plain structs, their enums, and the table of who may send what.")}
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/variant2/variant.hpp>

#include "protocol/cpp/generated/errors.hpp"
#include "protocol/cpp/generated/limits.hpp"
#include "protocol/cpp/pack/limits.hpp"
#include "protocol/cpp/pack/names.hpp"

namespace attune::protocol {

/// The id of a command: made by the client, the same bytes mean the same command.
using Id = std::array<std::byte, 16>;

// ---- enums ----

${schema.enums.map(cpp_enum).join("\n")}
// ---- structs ----

${schema.structs.map(cpp_struct).join("\n")}
// ---- messages ----

${schema.messages.map(cpp_struct).join("\n")}
// ---- tables ----

/// The alternatives stand in the order of MessageType.
using MessageKinds = boost::variant2::variant<${schema.messages.map((m) => m.name).join(", ")}>;

/// Any message.
/// Copies, moves and the end are compiled once; an assignment makes the new one in the place of the old.
class AnyMessage : public MessageKinds {
 public:
  AnyMessage();
  template <class Kind>
    requires pack::is_one_kind_of<std::remove_cvref_t<Kind>, MessageKinds>
  AnyMessage(Kind&& kind) : MessageKinds(boost::variant2::in_place_type_t<std::remove_cvref_t<Kind>>{}, std::forward<Kind>(kind)) {}  // as a variant is made: without a word
  AnyMessage(const AnyMessage& other);
  AnyMessage(AnyMessage&& other) noexcept;
  AnyMessage& operator=(const AnyMessage& other);
  AnyMessage& operator=(AnyMessage&& other) noexcept;
  ~AnyMessage();
};

enum class MessageType : std::uint8_t {
${schema.messages.map((m) => `  ${snake_case(m.name)},`).join("\n")}
};

enum class Sender : std::uint8_t { client, hub, both };

constexpr std::uint8_t only(DeviceKind kind) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
}

struct MessageInfo {
  MessageType type;
  std::string_view name;  // as on the wire
  Sender from;
  std::uint8_t by;  // the device kinds that may send it, as bits of only(); 0: any
  bool command;     // needs an id
  std::optional<MessageType> answer;
};

inline constexpr std::array<MessageInfo, ${schema.messages.length}> message_table{{
${schema.messages.map(message_row).join("\n")}
}};

constexpr const MessageInfo& info(MessageType type) {
  return message_table[static_cast<std::size_t>(type)];
}
constexpr std::string_view to_string(MessageType type) { return info(type).name; }

/// Whether a device of this kind may send it.
constexpr bool may_send(DeviceKind kind, MessageType type) {
  const MessageInfo& row = info(type);
  return row.from != Sender::hub && (row.by == 0 || (row.by & only(kind)) != 0);
}

/// Nothing when no message has the name.
constexpr std::optional<MessageType> message_type_from_name(std::string_view name) {
  for (const MessageInfo& row : message_table)
    if (row.name == name) return row.type;
  return std::nullopt;
}

inline MessageType type_of(const AnyMessage& message) {
  return static_cast<MessageType>(message.index());
}

template <class Message>
inline constexpr MessageType type_of_message = MessageType{};
${schema.messages.map((m) => `template <>
inline constexpr MessageType type_of_message<${m.name}> = MessageType::${snake_case(m.name)};`).join("\n")}

/// X(Message) for each message, for explicit instantiation and for tests.
#define ATTUNE_PROTOCOL_MESSAGES(X) \\
${schema.messages.map((m) => `  X(${m.name})`).join(" \\\n")}

}  // namespace attune::protocol

namespace attune::protocol::pack {

${schema.enums.map((e) => `template <>
inline constexpr std::span<const std::string_view> enum_names<${e.name}>{${snake_case(e.name)}_names};`).join("\n")}

${limited.map(cpp_field_limits).join("")}
${lean.map(cpp_lean_fields).join("")}
}  // namespace attune::protocol::pack
`;
}
