// EC P-256 throughout. A file is written beside its place, synced and renamed: a power cut leaves the old or the new.
#include "hub/net/site_ca.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace attune::net {
namespace {

namespace fs = std::filesystem;
using TimePoint = std::chrono::system_clock::time_point;

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_vfree>>;

[[noreturn]] void no_authority(const std::string& what) {
    throw std::runtime_error("The site's certificate authority: " + what + ".");
}
void must(bool right, const char* what) {
    if (!right) no_authority(what);
}

std::time_t seconds(TimePoint at) {
    return std::chrono::system_clock::to_time_t(at);
}

// ---- files -------------------------------------------------------------------------------------------------------

void write_file(const fs::path& path, const std::string& text, mode_t mode) {
    const fs::path beside = path.string() + ".new";
    ::unlink(beside.c_str());
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor < 0) no_authority(beside.string() + " cannot be written: " + std::strerror(errno));
    bool good = true;
    for (std::size_t at = 0; good && at < text.size();) {
        const auto count = ::write(descriptor, text.data() + at, text.size() - at);
        good = count > 0;
        if (good) at += static_cast<std::size_t>(count);
    }
    good = ::fsync(descriptor) == 0 && good;
    good = ::close(descriptor) == 0 && good;
    if (!good || ::rename(beside.c_str(), path.c_str()) != 0)
        no_authority(path.string() + " cannot be written: " + std::strerror(errno));
}

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

template <typename Write>
std::string pem(Write write) {
    const Bio bio(BIO_new(BIO_s_mem()));
    must(bio && write(bio.get()) == 1, "a certificate could not be encoded");
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}
std::string pem_of(X509* certificate) {
    return pem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}
std::string pem_of(EVP_PKEY* key) {
    return pem([&](BIO* bio) { return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

Certificate read_certificate(const fs::path& path) {
    const auto text = read_file(path);
    const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    return Certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}
Key read_key(const fs::path& path) {
    const auto text = read_file(path);
    const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

// ---- certificates ------------------------------------------------------------------------------------------------

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "a field of a certificate could not be set");
}

Certificate blank(EVP_PKEY* key, const std::string& name, TimePoint from, TimePoint until) {
    Certificate certificate(X509_new());
    must(certificate != nullptr, "no certificate could be made");
    std::array<unsigned char, 16> serial{};
    must(RAND_bytes(serial.data(), serial.size()) == 1, "there is no randomness");
    serial[0] &= 0x7f;
    using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
    const Number number(BN_bin2bn(serial.data(), serial.size(), nullptr));
    X509_set_version(certificate.get(), 2);
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()));
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), seconds(from));
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), seconds(until));
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.data()), static_cast<int>(name.size()), -1,
                               0);
    return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    must(X509_sign(certificate, key, EVP_sha256()) > 0, "a certificate could not be signed");
}

bool is_address(const std::string& name) {
    std::array<unsigned char, 16> bytes{};
    return ::inet_pton(AF_INET, name.c_str(), bytes.data()) == 1 ||
           ::inet_pton(AF_INET6, name.c_str(), bytes.data()) == 1;
}

std::string alternative_names(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) {
        // The value goes through OpenSSL's little language of extensions: nothing but a plain name may enter it.
        const auto plain = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                   c == ':';
        };
        if (name.empty() || !std::ranges::all_of(name, plain)) no_authority("'" + name + "' is no name for a certificate");
        text += (text.empty() ? "" : ",") + std::string(is_address(name) ? "IP:" : "DNS:") + name;
    }
    return text;
}

struct Authority {
    Certificate certificate;
    Key key;
};

Authority ensure_authority(const fs::path& directory, TimePoint now) {
    const auto crt = authority_file(directory), key_path = directory / "ca.key";
    if (fs::exists(crt) || fs::exists(key_path)) {
        Authority authority{read_certificate(crt), read_key(key_path)};
        must(authority.certificate && authority.key, "ca.crt or ca.key cannot be read; put them back from the backup");
        must(X509_check_private_key(authority.certificate.get(), authority.key.get()) == 1,
             "ca.key does not belong to ca.crt");
        return authority;
    }
    Authority authority{nullptr, Key(EVP_EC_gen("P-256"))};
    must(authority.key != nullptr, "no key could be made");
    authority.certificate = blank(authority.key.get(), "Attune hub of this school", now - std::chrono::hours(24),
                                  now + std::chrono::days(3650));
    auto* certificate = authority.certificate.get();
    add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(certificate, certificate, NID_subject_key_identifier, "hash");
    sign(certificate, certificate, authority.key.get());
    write_file(key_path, pem_of(authority.key.get()), 0600);
    write_file(crt, pem_of(certificate), 0644);
    return authority;
}

bool still_good(const fs::path& crt, const fs::path& key_path, const Authority& authority, const std::string& names,
                TimePoint now) {
    const auto leaf = read_certificate(crt);
    const auto key = read_key(key_path);
    if (!leaf || !key || X509_check_private_key(leaf.get(), key.get()) != 1) return false;
    if (X509_verify(leaf.get(), X509_get0_pubkey(authority.certificate.get())) != 1) return false;
    std::time_t renew_at = seconds(now + renew_days), at = seconds(now);
    if (X509_cmp_time(X509_get0_notAfter(leaf.get()), &renew_at) < 0 ||
        X509_cmp_time(X509_get0_notBefore(leaf.get()), &at) > 0)
        return false;
    // The same names in the same order: compared as encoded, by way of an extension made from today's names.
    using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
    const Extension wanted(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str()));
    const int place = X509_get_ext_by_NID(leaf.get(), NID_subject_alt_name, -1);
    if (!wanted || place < 0) return false;
    return ASN1_OCTET_STRING_cmp(X509_EXTENSION_get_data(wanted.get()),
                                 X509_EXTENSION_get_data(X509_get_ext(leaf.get(), place))) == 0;
}

}  // namespace

SiteCertificate ensure_site_certificate(const fs::path& directory, std::vector<std::string> names, TimePoint now) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) no_authority(directory.string() + " cannot be made: " + error.message());
    ::chmod(directory.c_str(), 0700);
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    must(!names.empty(), "no name is configured");
    const auto alternatives = alternative_names(names);

    const auto authority = ensure_authority(directory, now);
    SiteCertificate site{leaf_file(directory), directory / "hub.key", pem_of(authority.certificate.get()), false};
    if (still_good(site.certificate, site.key, authority, alternatives, now)) return site;

    const Key key(EVP_EC_gen("P-256"));
    must(key != nullptr, "no key could be made");
    // An hour back for devices whose clock is slow; 396 days and an hour stay below the 397 that devices take.
    const auto leaf = blank(key.get(), names.front().substr(0, 64), now - std::chrono::hours(1), now + leaf_days);
    auto* issuer = authority.certificate.get();
    add_extension(leaf.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(leaf.get(), issuer, NID_key_usage, "critical,digitalSignature");
    add_extension(leaf.get(), issuer, NID_ext_key_usage, "serverAuth");
    add_extension(leaf.get(), issuer, NID_subject_key_identifier, "hash");
    add_extension(leaf.get(), issuer, NID_authority_key_identifier, "keyid");
    add_extension(leaf.get(), issuer, NID_subject_alt_name, alternatives);
    sign(leaf.get(), issuer, authority.key.get());
    write_file(site.key, pem_of(key.get()), 0600);
    write_file(site.certificate, pem_of(leaf.get()) + site.ca_pem, 0644);
    site.renewed = true;
    return site;
}

}  // namespace attune::net
