// Other people's texts and bytes as views: of Beast's strings, of headers' words, of ZeroMQ's parts. Pure; nothing is copied,
// so that a view lives as long as what it was made from.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include <boost/beast/core/string.hpp>

namespace attune::net {

inline std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

inline std::string_view text(std::span<const std::byte> bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

/// Without the spaces and tabs around it, which a header may have there (RFC 9110, 5.6.3).
inline std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t";
    const std::size_t from = text.find_first_not_of(blank);
    return from == std::string_view::npos ? std::string_view{} : text.substr(from, text.find_last_not_of(blank) + 1 - from);
}

}  // namespace attune::net
