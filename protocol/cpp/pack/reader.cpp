// The reader: msgpack-cxx's tokenizer with a visitor that checks every limit and fills the tape.
#include "protocol/cpp/pack/reader.hpp"

#include <algorithm>
#include <array>
#include <bitset>

#include <msgpack/unpack.hpp>

#include "protocol/cpp/pack/utf8.hpp"

namespace attune::protocol::pack {
namespace {

constexpr std::uint32_t pairwise_max = 64;  // above it, sorting is cheaper than looking back

class Visitor {
 public:
  Visitor(const Limits& limits, Tape& tape) : limits_(limits), tape_(tape) {}

  std::optional<Error> error() const { return error_; }

  // What msgpack::parse calls. False stops it.
  bool visit_nil() { return value(Kind::nil) != nullptr; }
  bool visit_boolean(bool v) {
    Node* node = value(Kind::boolean);
    if (node != nullptr) node->positive = v ? 1 : 0;
    return node != nullptr;
  }
  bool visit_positive_integer(std::uint64_t v) {
    if (v > limits_.integer) return refuse(Error::out_of_range);
    Node* node = value(Kind::positive);
    if (node != nullptr) node->positive = v;
    return node != nullptr;
  }
  bool visit_negative_integer(std::int64_t v) {
    if (v >= 0) return visit_positive_integer(static_cast<std::uint64_t>(v));
    if (~static_cast<std::uint64_t>(v) >= limits_.integer) return refuse(Error::out_of_range);
    Node* node = value(Kind::negative);
    if (node != nullptr) node->negative = v;
    return node != nullptr;
  }
  bool visit_float32(float /*v*/) { return refuse(Error::wrong_type); }
  bool visit_float64(double /*v*/) { return refuse(Error::wrong_type); }
  bool visit_str(const char* data, std::uint32_t size) {
    if (size > limits_.str_bytes) return refuse(Error::too_long);
    if (!is_utf8({data, size})) return refuse(Error::not_utf8);
    key_expected_ = false;
    return bytes(Kind::str, data, size);
  }
  bool visit_bin(const char* data, std::uint32_t size) {
    if (size > limits_.bin_bytes) return refuse(Error::too_long);
    return bytes(Kind::bin, data, size);
  }
  bool visit_ext(const char* /*data*/, std::uint32_t /*size*/) {
    return refuse(Error::ext_not_allowed);
  }
  bool start_array(std::uint32_t size) { return open(Kind::array, size, limits_.array_items); }
  bool start_array_item() { return true; }
  bool end_array_item() { return true; }
  bool end_array() { return close(); }
  bool start_map(std::uint32_t size) { return open(Kind::map, size, limits_.map_items); }
  bool start_map_key() { return key_expected_ = true; }
  bool end_map_key() { return true; }
  bool start_map_value() { return true; }
  bool end_map_value() { return true; }
  bool end_map() {
    return keys_differ(open_[depth_ - 1]) ? close() : refuse(Error::duplicate_key);
  }
  void parse_error(std::size_t /*parsed*/, std::size_t /*at*/) { refuse(Error::bad_frame); }
  void insufficient_bytes(std::size_t /*parsed*/, std::size_t /*at*/) { refuse(Error::bad_frame); }
  bool referenced() const { return true; }
  void set_referenced(bool /*referenced*/) {}

 private:
  bool refuse(Error error) {
    if (!error_) error_ = error;
    return false;
  }

  /// A node at the end of the tape that holds nothing but itself; null where a key was expected.
  Node* value(Kind kind) {
    if (key_expected_) {
      refuse(Error::wrong_type);
      return nullptr;
    }
    Node& node = tape_.emplace_back();
    node.kind = kind;
    node.next = static_cast<std::uint32_t>(tape_.size());
    return &node;
  }

  bool bytes(Kind kind, const char* data, std::uint32_t size) {
    Node* node = value(kind);
    if (node == nullptr) return false;
    node->data = data;
    node->size = size;
    return true;
  }

  bool open(Kind kind, std::uint32_t size, std::uint32_t items_max) {
    if (depth_ >= std::min<std::size_t>(limits_.depth, open_.size())) return refuse(Error::too_deep);
    if (size > items_max) return refuse(Error::too_many);
    Node* node = value(kind);
    if (node == nullptr) return false;
    node->size = size;
    node->next = 0;
    open_[depth_++] = static_cast<std::uint32_t>(tape_.size()) - 1;
    return true;
  }

  bool close() {
    tape_[open_[--depth_]].next = static_cast<std::uint32_t>(tape_.size());
    return true;
  }

  bool keys_differ(std::uint32_t map) {
    const std::uint32_t size = tape_[map].size;
    if (size < 2) return true;
    if (size > pairwise_max) return sorted_keys_differ(map);
    // A small hash says of most keys at once that they are new; the others are compared with those before them.
    std::bitset<1024> seen;
    std::array<std::uint32_t, pairwise_max> keys{};
    std::uint32_t at = map + 1;
    for (std::uint32_t entry = 0; entry < size; ++entry) {
      const std::string_view key = tape_[at].text();
      const std::size_t bit = hash(key);
      if (seen.test(bit)) {
        for (std::uint32_t before = 0; before < entry; ++before)
          if (tape_[keys[before]].text() == key) return false;
      }
      seen.set(bit);
      keys[entry] = at;
      at = tape_[at + 1].next;
    }
    return true;
  }

  bool sorted_keys_differ(std::uint32_t map) {
    std::vector<std::string_view> keys;
    keys.reserve(tape_[map].size);
    std::uint32_t at = map + 1;
    for (std::uint32_t entry = 0; entry < tape_[map].size; ++entry) {
      keys.push_back(tape_[at].text());
      at = tape_[at + 1].next;
    }
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) == keys.end();
  }

  static std::size_t hash(std::string_view key) {
    if (key.empty()) return 0;
    const auto byte = [&](std::size_t at) {
      return static_cast<std::size_t>(static_cast<unsigned char>(key[at]));
    };
    const std::size_t last = key.size() - 1;
    return (byte(0) * 31 + byte(last) * 17 + byte(last / 2) * 7 + key.size()) % 1024;
  }

  const Limits& limits_;
  Tape& tape_;
  std::array<std::uint32_t, depth_ever_max> open_{};  // the arrays and maps that are not finished
  std::size_t depth_ = 0;
  std::optional<Error> error_;
  bool key_expected_ = false;
};

}  // namespace

std::optional<Error> read(std::span<const std::byte> input, const Limits& limits, Tape& tape) {
  tape.clear();
  if (input.size() > limits.bytes || input.size() > UINT32_MAX) return Error::frame_too_long;
  Visitor visitor(limits, tape);
  std::size_t end = 0;
  const bool whole = msgpack::parse(reinterpret_cast<const char*>(input.data()), input.size(), end, visitor);
  if (visitor.error()) return visitor.error();
  if (!whole) return Error::bad_frame;
  if (end != input.size()) return Error::trailing_bytes;
  return std::nullopt;
}

}  // namespace attune::protocol::pack
