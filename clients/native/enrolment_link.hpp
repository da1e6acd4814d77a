// The link by which a native device is enrolled: attune://HOST:PORT/CODE/KEY. It names the hub, carries the one-time
// code, and carries the hub's public key, so that a device never speaks to another hub by mistake. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace attune::client {

/// A CURVE key, public or secret.
using Key = std::array<std::byte, 32>;

struct EnrolmentLink {
    /// HOST:PORT as written; an IPv6 address stands in brackets.
    std::string address;
    /// Ten letters and digits, upper case.
    std::string code;
    Key hub_key{};
    friend bool operator==(const EnrolmentLink&, const EnrolmentLink&) = default;
};

/// Nothing when the text is no such link.
std::optional<EnrolmentLink> parse_enrolment_link(std::string_view text);

/// HOST:PORT with a port of 1 to 65535 and a host without spaces, slashes or control characters.
bool is_address(std::string_view text);

/// 43 characters of base64url without padding, and back. Nothing when the text is anything else.
std::string key_text(const Key& key);
std::optional<Key> key_from_text(std::string_view text);

}  // namespace attune::client
