// The digits of authenticators, and the key under which their secrets are sealed: liboath and libsodium behind the app's
// port. The only user of liboath. io thread.
#pragma once

#include <array>
#include <filesystem>

#include "hub/app/ports.hpp"

namespace attune::net {

class SealedCodes final : public app::Codes {
  public:
    /// Reads the key, or makes it in a file that this user alone can read. Throws std::runtime_error with a sentence when
    /// neither is possible, or when others may read it. Losing the file closes every authenticator: each leader then
    /// signs in with a recovery code, or opens the account anew.
    explicit SealedCodes(const std::filesystem::path& file);
    ~SealedCodes() override;
    SealedCodes(const SealedCodes&) = delete;
    SealedCodes& operator=(const SealedCodes&) = delete;

    core::Sealed seal(std::span<const std::byte, 20> secret) override;
    std::optional<std::int64_t> step_of(const core::Sealed& secret, const std::string& digits, core::Ms wall_ms) override;

  private:
    std::array<unsigned char, 32> key_{};
};

}  // namespace attune::net
