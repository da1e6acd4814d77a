// Letters and bytes of leaders' secrets.
#include "hub/app/leader_words.hpp"

#include <algorithm>
#include <array>

#include "hub/app/secrets.hpp"

namespace attune::app {

namespace {

constexpr std::size_t characters_min = 12, characters_max = 128;

std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '_' && c != '-' && c != '.') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

std::string percent_encoded(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                                  c == '.' || c == '_' || c == '~';
        if (plain_letter) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return out;
}

core::Digest digest_of_text(std::string_view kind, std::string_view text) {
    std::string named(kind);
    named += '\0';
    named += text;
    return digest_of(std::as_bytes(std::span(named)));
}

/// The first four groups of an IPv6 address, whether it is written with "::" or not.
std::string network_of(std::string_view address) {
    std::array<std::string_view, 8> groups{};
    std::size_t count = 0;
    const auto take = [&](std::string_view part) {
        while (!part.empty() && count < groups.size()) {
            const auto colon = part.find(':');
            groups[count++] = part.substr(0, colon);
            part = colon == std::string_view::npos ? std::string_view() : part.substr(colon + 1);
        }
    };
    take(address.substr(0, address.find("::")));
    // What "::" leaves out is zeros; those that follow it are counted from the end.
    if (const auto gap = address.find("::"); gap != std::string_view::npos && count < 4) {
        const std::string_view after = address.substr(gap + 2);
        const std::size_t tail = after.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(after, ':')) + 1;
        while (count + tail < groups.size()) groups[count++] = "0";
        take(after);
    }
    std::string network;
    for (std::size_t at = 0; at < 4; ++at) network += std::string(groups[at]) + ":";
    return network;
}

}  // namespace

bool is_password(std::string_view password, const core::Person& person) {
    const auto characters = static_cast<std::size_t>(std::ranges::count_if(password, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
    if (characters < characters_min || characters > characters_max) return false;
    const std::string said = plain(password);
    return said != plain(person.name) && said != plain(person.short_name) && said != plain(person.id.value);
}

std::string base32(std::span<const std::byte> bytes) {
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    unsigned held = 0, bits = 0;
    for (const std::byte byte : bytes) {
        held = held << 8U | std::to_integer<unsigned>(byte);
        for (bits += 8; bits >= 5; bits -= 5) out += letters[held >> (bits - 5) & 31U];
    }
    if (bits > 0) out += letters[held << (5 - bits) & 31U];
    return out;
}

std::string otpauth_uri(std::string_view site, std::string_view person, std::string_view secret) {
    const std::string issuer = percent_encoded("Attune " + std::string(site));
    return "otpauth://totp/" + issuer + ":" + percent_encoded(person) + "?secret=" + std::string(secret) + "&issuer=" + issuer +
           "&algorithm=SHA1&digits=6&period=30";
}

core::Digest digest_of_who(std::string_view person) { return digest_of_text("attune leader v1", person); }

core::Digest digest_of_address(std::string_view address) {
    const bool v6 = address.find(':') != std::string_view::npos;
    // An IPv4 address in an IPv6 coat is that one machine.
    const bool mapped = address.starts_with("::ffff:") && address.find('.') != std::string_view::npos;
    return digest_of_text("attune address v1", v6 && !mapped ? network_of(address) : std::string(address));
}

core::DeviceId browser_name(const core::Digest& session) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string name = "browser-";
    for (std::size_t at = 0; at < 6; ++at) {
        const auto byte = std::to_integer<unsigned>(session[at]);
        name += {digits[byte >> 4U], digits[byte & 15U]};
    }
    return {name};
}

}  // namespace attune::app
