// The server's TLS settings: 1.2 and 1.3 with forward secrecy only, http/1.1 only, no session cache and no
// renegotiation. Start-up alone; throws std::runtime_error with a sentence for the log.
#pragma once

#include <filesystem>
#include <memory>

struct ssl_ctx_st;

namespace attune::net {

/// `certificate`: PEM, the chain, leaf first. `key`: PEM, must match and, on disk, must not be readable by others.
std::shared_ptr<ssl_ctx_st> make_tls_context(const std::filesystem::path& certificate,
                                             const std::filesystem::path& key);

}  // namespace attune::net
