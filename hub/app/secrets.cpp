// Digests by libsodium; codes by rejection, so that no character is likelier than another.
#include "hub/app/secrets.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace attune::app {

namespace {
constexpr std::string_view alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr std::string_view curve_prefix = "attune curve device v1";
constexpr unsigned fair_below = 256 / alphabet.size() * alphabet.size();
}  // namespace

core::Digest digest_of(std::span<const std::byte> secret) {
    static_assert(crypto_hash_sha256_BYTES == std::tuple_size_v<core::Digest>);
    core::Digest digest;
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                       reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
    return digest;
}

core::Digest digest_of_curve_key(const CurveKey& key) {
    // Longer than a credential can be: no 32 bytes are these bytes.
    std::array<std::byte, curve_prefix.size() + std::tuple_size_v<CurveKey>> named;
    const auto rest = std::ranges::copy(std::as_bytes(std::span(curve_prefix)), named.begin()).out;
    std::ranges::copy(key, rest);
    return digest_of(named);
}

std::string plain_code(std::string_view typed) {
    std::string code;
    for (const char letter : typed) {
        if (letter == ' ' || letter == '-') continue;
        code.push_back(letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter);
    }
    return code;
}

core::Digest digest_of_code(std::string_view typed) {
    const std::string code = plain_code(typed);
    return digest_of(std::as_bytes(std::span(code)));
}

std::string random_code(Random& random, std::size_t length) {
    std::string code;
    std::array<std::byte, 32> bytes;
    while (code.size() < length) {
        random.fill(bytes);
        for (const std::byte byte : bytes) {
            const auto value = std::to_integer<unsigned>(byte);
            if (value < fair_below && code.size() < length) code.push_back(alphabet[value % alphabet.size()]);
        }
    }
    return code;
}

}  // namespace attune::app
