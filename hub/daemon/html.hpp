// The little HTML that attuned writes for printing. Pure.
#pragma once

#include <string>
#include <string_view>

namespace attune::daemon {

/// As text or as an attribute's value in double quotes.
inline std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<') out += "&lt;";
        else if (c == '&') out += "&amp;";
        else if (c == '"') out += "&quot;";
        else out += c;
    }
    return out;
}

}  // namespace attune::daemon
