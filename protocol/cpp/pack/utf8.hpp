// Strict UTF-8: no overlong form, no surrogate, nothing above U+10FFFF. Short ASCII, which nearly everything here is,
// is judged in place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace attune::protocol::pack {

/// The whole judgement, for any text.
bool is_utf8_slow(std::string_view text);

inline bool is_utf8(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080ULL;
  if (text.size() <= 16) {
    // Two words that may overlap cover 8 to 16 bytes; less is put together from what there is.
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (text.size() >= 8) {
      std::memcpy(&first, text.data(), 8);
      std::memcpy(&last, text.data() + text.size() - 8, 8);
    } else {
      for (const char c : text) first |= static_cast<unsigned char>(c);
    }
    if (((first | last) & high_bits) == 0) return true;
  }
  return is_utf8_slow(text);
}

}  // namespace attune::protocol::pack
