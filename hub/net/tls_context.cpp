// OpenSSL's context, once for each certificate.
#include "hub/net/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <array>
#include <stdexcept>
#include <string>

namespace attune::net {
namespace {

[[noreturn]] void tls_fails(const std::string& what) {
    std::array<char, 256> text{};
    const auto code = ERR_get_error();
    if (code != 0) ERR_error_string_n(code, text.data(), text.size());
    ERR_clear_error();
    throw std::runtime_error(what + (code != 0 ? std::string(" (") + text.data() + ")" : std::string()) + ".");
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char* found = nullptr;
    if (SSL_select_next_proto(&found, size, ours, sizeof(ours) - 1, offered, offered_size) != OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    }
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

std::shared_ptr<ssl_ctx_st> make_tls_context(const std::filesystem::path& certificate,
                                             const std::filesystem::path& key) {
    struct stat about{};
    if (::stat(key.c_str(), &about) != 0) tls_fails("The TLS key " + key.string() + " cannot be read");
    if ((about.st_mode & (S_IROTH | S_IWOTH)) != 0)
        tls_fails("The TLS key " + key.string() + " can be read by every user; make it 0600");

    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context) tls_fails("OpenSSL gives no TLS context");
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(),
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // Buffers are given back while a connection is idle, and a retried write may come from where the outbox has moved.
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context.get(), 1);
    SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
    if (SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20") != 1 ||
        SSL_CTX_set1_groups_list(context.get(), "X25519:P-256:P-384") != 1) {
        tls_fails("OpenSSL does not know the suites that the hub asks for");
    }
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1) {
        tls_fails("The TLS certificate " + certificate.string() + " cannot be used");
    }
    if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1)
        tls_fails("The TLS key " + key.string() + " cannot be used");
    if (SSL_CTX_check_private_key(context.get()) != 1)
        tls_fails("The TLS key " + key.string() + " is not that of " + certificate.string());
    return context;
}

}  // namespace attune::net
