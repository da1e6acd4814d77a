// What is said of the hub's certificates before they end. The site's own leaf is renewed by the hub in time; a given one,
// and the site's certificate authority, are a person's to renew, and every device has to be told of a new authority.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "hub/daemon/config.hpp"

namespace attune::daemon {

struct CertificateState {
    std::string what;  // hub, given or site_ca
    std::filesystem::path file;
    std::chrono::system_clock::time_point ends;
    bool ending = false;  // within net::renew_days: the hub would have renewed its own by now
    bool ended = false;
    std::string sentence;  // where it is ending or has ended: what to do
};

/// Those that this hub shows to devices; none where it speaks no TLS. Reads their files.
std::vector<CertificateState> certificates(const Config& config, std::chrono::system_clock::time_point now);

/// As a JSON array of objects.
std::string certificates_json(const std::vector<CertificateState>& all);

}  // namespace attune::daemon
