// The terminal: colours only where there is one, text of others made harmless, a PIN without echo. One thread.
#pragma once

#include <string>
#include <string_view>

namespace attune::cli {

enum class Colour { plain, dim, bold, green, yellow, red };

/// Standard output is a terminal that has colours, and NO_COLOR is not set.
bool has_colours();
bool is_terminal(int descriptor);

/// The text in this colour where `on`, else as it is.
std::string in_colour(bool on, Colour colour, std::string_view text);

/// Text that came from elsewhere, for a terminal: control characters and the marks that turn text around are shown as
/// <U+XXXX> and do nothing. Must be UTF-8.
std::string harmless(std::string_view text);

/// Whether a code point must not reach a terminal as it is.
bool is_mark_or_control(char32_t point);

/// Calls `each` with every code point and its bytes.
template <class Each>
void for_each_point(std::string_view text, Each each) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const auto bytes = text.substr(at, length);
        char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t i = 1; i < bytes.size(); ++i)
            point = point << 6U | (static_cast<unsigned char>(bytes[i]) & 0x3FU);
        each(point, bytes);
        at += length;
    }
}

/// One line typed at the terminal without echo. Throws Failure where there is no terminal, with `instead`, the sentence
/// that says how it is given without one.
std::string ask_secret(std::string_view question, std::string_view instead);
/// One line typed at the terminal. Throws as ask_secret().
std::string ask_line(std::string_view question, std::string_view instead);
/// The first line of a descriptor that somebody else opened: a pipe, a file. Throws Failure when nothing is there.
std::string first_line_of(int descriptor);

}  // namespace attune::cli
