// What leaders' secrets look like outside: passwords that are taken, the link for an authenticator, names of browsers.
// Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "hub/core/account.hpp"
#include "hub/core/model.hpp"

namespace attune::app {

inline constexpr std::size_t totp_secret_bytes = 20;

/// 12 to 128 characters, and neither the name nor the staff id. Nothing else is asked: rules make passwords worse.
bool is_password(std::string_view password, const core::Person& person);

/// RFC 4648, capital letters, without padding.
std::string base32(std::span<const std::byte> bytes);

/// otpauth://totp/…, as authenticator apps read it.
std::string otpauth_uri(std::string_view site, std::string_view person, std::string_view secret);

/// What one try is counted under: the staff id as it was typed, or the address that it came from. Of an IPv6 address the
/// network alone, since one machine has as many of the rest as it likes.
core::Digest digest_of_who(std::string_view person);
core::Digest digest_of_address(std::string_view address);

/// What the log calls one signed-in browser: "browser-" and the beginning of the session's digest, which is no secret.
core::DeviceId browser_name(const core::Digest& session);

}  // namespace attune::app
