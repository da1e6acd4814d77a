// Reading and writing the enrolment link. The base64url is libsodium's.
#include "clients/native/enrolment_link.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>

namespace attune::client {

namespace {

constexpr std::string_view scheme = "attune://";
constexpr std::size_t key_text_length = 43;
constexpr std::size_t code_length = 10;
constexpr std::size_t host_length_max = 253;

bool is_code_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

char to_upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

bool is_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || colon > host_length_max) return false;
    const std::string_view host = text.substr(0, colon), port = text.substr(colon + 1);
    const bool bracketed = host.front() == '[';
    if (bracketed != (host.back() == ']') || (bracketed && host.size() < 4)) return false;
    if (!bracketed && host.find(':') != std::string_view::npos) return false;
    const bool plain = std::ranges::all_of(host, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
               c == ':' || c == '[' || c == ']' || c == '_' || c == '%';
    });
    unsigned number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    return plain && error == std::errc{} && end == port.data() + port.size() && number >= 1 && number <= 65'535;
}

std::string key_text(const Key& key) {
    std::array<char, key_text_length + 1> text{};
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text.data();
}

std::optional<Key> key_from_text(std::string_view text) {
    Key key{};
    std::size_t length = 0;
    if (text.size() != key_text_length ||
        sodium_base642bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), text.data(), text.size(), nullptr,
                          &length, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        length != key.size())
        return std::nullopt;
    return key;
}

std::optional<EnrolmentLink> parse_enrolment_link(std::string_view text) {
    if (!text.starts_with(scheme)) return std::nullopt;
    text.remove_prefix(scheme.size());
    const auto first = text.find('/');
    if (first == std::string_view::npos) return std::nullopt;
    const auto second = text.find('/', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    EnrolmentLink link;
    link.address = text.substr(0, first);
    link.code = text.substr(first + 1, second - first - 1);
    std::ranges::transform(link.code, link.code.begin(), to_upper);
    const auto key = key_from_text(text.substr(second + 1));
    if (!is_address(link.address) || link.code.size() != code_length ||
        !std::ranges::all_of(link.code, is_code_character) || !key)
        return std::nullopt;
    link.hub_key = *key;
    return link;
}

}  // namespace attune::client
