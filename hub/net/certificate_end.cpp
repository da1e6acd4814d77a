// OpenSSL reads the date; the calendar is the standard library's.
#include "hub/net/certificate_end.hpp"

#include <openssl/asn1.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <ctime>
#include <memory>

namespace attune::net {

std::optional<std::chrono::system_clock::time_point> certificate_end(const std::filesystem::path& file) {
    const std::unique_ptr<BIO, int (*)(BIO*)> in(BIO_new_file(file.c_str(), "r"), BIO_free);
    if (!in) return std::nullopt;
    const std::unique_ptr<X509, void (*)(X509*)> certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr), X509_free);
    std::tm end{};
    if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1) return std::nullopt;
    return std::chrono::system_clock::from_time_t(::timegm(&end));
}

}  // namespace attune::net
