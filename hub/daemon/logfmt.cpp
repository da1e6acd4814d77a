// Escapes byte by byte: the reader is a program, and a line break or an escape sequence in a value must not reach a
// terminal or begin a record of its own.
#include "hub/daemon/logfmt.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace attune::daemon {

namespace {

constexpr std::size_t value_bytes_max = 1'024;

/// Length of the well-formed UTF-8 character that begins here; 0 when none does.
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    const unsigned char second = byte(1);
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90) ||
        (first == 0xF4 && second > 0x8F))
        return 0;
    // C1 controls, line separators and what changes the direction of text.
    const bool harmful = (first == 0xC2 && second < 0xA0) ||
                         (first == 0xE2 && second == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) ||
                         (first == 0xE2 && second == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9);
    return harmful ? 0 : size;
}

}  // namespace

std::string logfmt_value(std::string_view value) {
    const bool plain = !value.empty() && value.size() <= value_bytes_max &&
                       std::all_of(value.begin(), value.end(),
                                   [](char c) { return c > ' ' && c < 0x7F && c != '"' && c != '=' && c != '\\'; });
    if (plain) return std::string(value);
    std::string out = "\"";
    const std::string_view kept = value.substr(0, value_bytes_max);
    for (std::size_t at = 0; at < kept.size();) {
        const char c = kept[at];
        const std::size_t size = character(kept.substr(at));
        if (c == '"' || c == '\\')
            out += {'\\', c};
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\t')
            out += "\\t";
        else if (size == 0 || (size == 1 && (c < ' ' || c == 0x7F)))
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        else
            out += kept.substr(at, size);
        at += std::max<std::size_t>(size, 1);
    }
    if (kept.size() < value.size()) out += "…";
    return out + '"';
}

std::string logfmt(std::string_view event, std::initializer_list<LogField> fields) {
    std::string out = fmt::format("event={}", logfmt_value(event));
    for (const auto& field : fields)
        out += fmt::format(" {}={}", field.key, logfmt_value(field.value));
    return out;
}

}  // namespace attune::daemon
