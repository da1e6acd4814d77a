// Strict UTF-8, by the table of well-formed sequences of the Unicode standard (table 3-7). ASCII, which nearly
// everything here is, goes eight bytes at a time.
#include "protocol/cpp/pack/utf8.hpp"

namespace attune::protocol::pack {
namespace {

bool continues(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

/// The length of the well-formed sequence that starts here with a byte above 0x7F, or 0.
std::size_t sequence(const unsigned char* at, std::size_t left) {
  const unsigned char lead = at[0];
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (lead < 0xE0) return left >= 2 && continues(at[1]) ? 2 : 0;
  if (left < 3 || !continues(at[1]) || !continues(at[2])) return 0;
  if (lead < 0xF0) {
    if (lead == 0xE0 && at[1] < 0xA0) return 0;
    if (lead == 0xED && at[1] > 0x9F) return 0;
    return 3;
  }
  if (left < 4 || !continues(at[3])) return 0;
  if (lead == 0xF0 && at[1] < 0x90) return 0;
  if (lead == 0xF4 && at[1] > 0x8F) return 0;
  return 4;
}

}  // namespace

bool is_utf8_slow(std::string_view text) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t left = text.size();
  while (left > 0) {
    if (left >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, 8);
      if ((word & 0x8080808080808080ULL) == 0) {
        at += 8;
        left -= 8;
        continue;
      }
    }
    const std::size_t length = *at < 0x80 ? 1 : sequence(at, left);
    if (length == 0) return false;
    at += length;
    left -= length;
  }
  return true;
}

}  // namespace attune::protocol::pack
