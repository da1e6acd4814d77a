// Strict UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
#pragma once

#include <string_view>

namespace attune::protocol::pack {

bool is_utf8(std::string_view text);

}  // namespace attune::protocol::pack
