// Strict MessagePack, read into a flat tape of nodes whose strings and binaries are views of the input.
//
// The tape belongs to the caller and may be used again for the next input; it holds at most one node for each byte
// of input, and is valid as long as the input is. Every limit is checked before memory is taken. Refused besides:
// extension types (ExtNotAllowed), floats and map keys that are not strings (WrongType), a key twice in one map
// (DuplicateKey), a string that is not UTF-8 (NotUtf8), bytes after the end (TrailingBytes), and whatever is cut
// short or no MessagePack (BadFrame). No state outside the tape; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "protocol/cpp/generated/errors.hpp"
#include "protocol/cpp/pack/limits.hpp"

namespace attune::protocol::pack {

enum class Kind : std::uint8_t { nil, boolean, positive, negative, str, bin, array, map };

struct Node {
  union {
    std::uint64_t positive;  // Kind::positive, and Kind::boolean as 0 or 1
    std::int64_t negative;   // Kind::negative, below 0
    const char* data;        // Kind::str and Kind::bin
  };
  std::uint32_t size = 0;  // bytes of str and bin, items of array, entries of map
  std::uint32_t next = 0;  // the node after this one and all that it holds
  Kind kind = Kind::nil;

  std::string_view text() const { return {data, size}; }
};

using Tape = std::vector<Node>;

/// Fills the tape, or says what is wrong with the first bad byte. On an error the tape keeps what came before it;
/// `next` of an array or map that was not finished is 0.
std::optional<Error> read(std::span<const std::byte> input, const Limits& limits, Tape& tape);

}  // namespace attune::protocol::pack
