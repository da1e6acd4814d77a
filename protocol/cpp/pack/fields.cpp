// Structs by their tables of members.
#include "protocol/cpp/pack/fields.hpp"

namespace attune::protocol::pack {
namespace {

/// For each member the node of its value, or 0 where the map has none.
using Slots = std::array<std::uint32_t, fields_ever_max>;

void find_members(std::span<const Field> fields, const Tape& tape, std::uint32_t at, Slots& slots) {
  std::fill_n(slots.begin(), fields.size(), 0);
  std::size_t expected = 0;  // keys mostly come in the order of the members: start where the last one was found
  const std::uint32_t entries = tape[at].size;
  ++at;
  for (std::uint32_t entry = 0; entry < entries; ++entry) {
    const std::string_view key = tape[at].text();
    for (std::size_t tried = 0; tried < fields.size(); ++tried) {
      std::size_t index = expected + tried;
      if (index >= fields.size()) index -= fields.size();
      if (fields[index].name != key) continue;
      slots[index] = at + 1;
      expected = index + 1 == fields.size() ? 0 : index + 1;
      break;
    }
    at = tape[at + 1].next;
  }
}

/// A member of an object that is only read.
const void* member(const Field& field, const void* object) { return field.of(const_cast<void*>(object)); }

}  // namespace

Problem read_fields(const Fields& fields, const Tape& tape, std::uint32_t at, void* object) {
  if (tape[at].kind != Kind::map) return Error::wrong_type;
  Slots slots;
  find_members(fields.all, tape, at, slots);
  for (std::size_t index = 0; index < fields.all.size(); ++index) {
    const Field& field = fields.all[index];
    if (slots[index] != 0) {
      if (Problem problem = field.read(tape, slots[index], field.of(object), field.limit)) return problem;
    } else if (field.clear != nullptr) {
      field.clear(field.of(object));
    } else if (!fields.absent_is_default) {
      return Error::missing_field;
    }
  }
  return std::nullopt;
}

Problem write_fields(const Fields& fields, WriteContext& to, const void* object) {
  const auto packed = [&](const Field& field) {
    return field.present == nullptr || field.present(member(field, object));
  };
  to.writer.map(static_cast<std::uint32_t>(std::count_if(fields.all.begin(), fields.all.end(), packed)));
  for (const Field& field : fields.all) {
    if (!packed(field)) continue;
    to.writer.packed(field.packed);
    if (Problem problem = field.write(to, member(field, object), field.limit)) return problem;
  }
  return std::nullopt;
}

}  // namespace attune::protocol::pack
