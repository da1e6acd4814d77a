// Secrets of people and devices: digested before anything else sees them, and made here for one-time codes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "hub/app/ports.hpp"

namespace attune::app {

/// SHA-256. Codes, credentials and session secrets are random and long enough for a plain digest; PINs are not, and go
/// through Work.
core::Digest digest_of(std::span<const std::byte> secret);

/// Of a native device's public key, which is no secret: with a prefix of its own, so that no credential that is said over
/// another transport can have the same digest.
core::Digest digest_of_curve_key(const CurveKey& key);

/// A code as a person may type it (small letters, spaces, hyphens) in the form that is digested.
std::string plain_code(std::string_view typed);
core::Digest digest_of_code(std::string_view typed);

/// `length` characters of an alphabet without 0, 1, I, L, O: 31 of them, each as likely.
std::string random_code(Random& random, std::size_t length);

inline constexpr std::size_t enrolment_code_length = 10;

/// What whoever tries again is told while their first try is being looked at: about what one check takes.
inline constexpr Ms check_takes_ms = 1'000;

}  // namespace attune::app
