// The hub's CURVE key pair: made at the first start, kept in one file that only its own user may read. With another key
// every native device would have to be enrolled again, so that the file belongs into the backup. Blocking; any thread.
#pragma once

#include <filesystem>
#include <string>

#include "hub/app/ports.hpp"

namespace attune::net {

struct CurveKeyPair {
    app::CurveKey public_key{};
    app::CurveKey secret_key{};
};

/// Reads the file, or makes it where there is none. Throws std::runtime_error with a sentence, and never makes a new key
/// in place of one that can't be read.
CurveKeyPair ensure_curve_key(const std::filesystem::path& file);

/// The public half alone, as text; empty when there is no such file, or this user may not read it.
std::string stored_public_key(const std::filesystem::path& file);

/// 43 characters of base64url without padding.
std::string text_of_key(const app::CurveKey& key);

}  // namespace attune::net
