// The site's own certificate authority, for a school that has none: made at the first start, never overwritten. Devices
// trust ca.crt once; the hub's certificate below it is made anew when it nears its end or when the hub's names change.
// Start-up and, once an hour, the io thread (a few milliseconds). Throws std::runtime_error with a sentence.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace attune::net {

struct SiteCertificate {
    std::filesystem::path certificate, key;  // the leaf, followed by the CA; PEM
    std::string ca_pem;
    bool renewed = false;  // by this call
};

/// The leaf and the authority in `directory`.
inline std::filesystem::path leaf_file(const std::filesystem::path& directory) { return directory / "hub.crt"; }
inline std::filesystem::path authority_file(const std::filesystem::path& directory) { return directory / "ca.crt"; }

inline constexpr std::chrono::days leaf_days{396};  // devices refuse more than 397
inline constexpr std::chrono::days renew_days{30};

/// `directory` is made with mode 0700, keys with 0600. `names`: DNS names and literal addresses, none empty; ports are
/// not part of them. `now` is the wall clock.
SiteCertificate ensure_site_certificate(const std::filesystem::path& directory, std::vector<std::string> names,
                                        std::chrono::system_clock::time_point now);

}  // namespace attune::net
