// Any bytes at all to the codec. What it takes must come back the same when it is written and read again, and what it
// refuses must leave nothing behind; the wire's and the local socket's limits are both tried.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "protocol/cpp/codec.hpp"

namespace {

using namespace attune::protocol;

void require(bool holds) {
  if (!holds) std::abort();
}

void try_frame(std::span<const std::byte> frame, Decoder& decoder, const pack::Limits& limits) {
  const auto decoded = decoder.decode(frame);
  if (!decoded) {
    require(number(decoded.error().error) >= 100 && number(decoded.error().error) <= 114);
    return;
  }
  require(type_of(decoded->message) == decoded->type);
  std::vector<std::byte> first;
  require(encode(decoded->message, decoded->id, first, limits).has_value());
  require(first.size() <= frame.size());  // ours is the shortest form, without what was ignored
  const auto again = decoder.decode(first);
  require(again.has_value() && *again == *decoded);
  std::vector<std::byte> second;
  require(encode(again->message, again->id, second, limits).has_value());
  require(first == second);
  for (const std::size_t cut : {first.size() - 1, first.size() / 2})
    require(decoder.decode(std::span(first).first(cut)).has_error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Decoder wire(wire_limits);
  static Decoder local(local_limits);
  const auto frame = std::as_bytes(std::span(data, size));
  try_frame(frame, wire, wire_limits);
  try_frame(frame, local, local_limits);
  return 0;
}
