// The little JSON that attuned prints with --json: texts and how to join them. Pure.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace attune::daemon {

/// In quotes, escaped; bytes below 0x20 become \u00xx. The text must be UTF-8.
inline std::string json_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += {'\\', c};
        else if (static_cast<unsigned char>(c) < 0x20)
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            out += c;
    }
    return out + '"';
}

}  // namespace attune::daemon
