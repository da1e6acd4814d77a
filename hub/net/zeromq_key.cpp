// Two lines of text, written beside their place, synced and renamed: a power cut leaves no half of a key.
#include "hub/net/zeromq_key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <system_error>

namespace attune::net {

namespace {

constexpr std::string_view public_line = "public ", secret_line = "secret ";
constexpr int key_letters = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

[[noreturn]] void no_curve_key(const std::string& sentence) {
    throw std::runtime_error("The hub's ZeroMQ key: " + sentence);
}

unsigned char* raw(app::CurveKey& key) {
    return reinterpret_cast<unsigned char*>(key.data());
}

std::optional<app::CurveKey> key_in(const std::string& line, std::string_view begin) {
    if (!line.starts_with(begin)) return std::nullopt;
    app::CurveKey key;
    std::size_t size = 0;
    const char* text = line.data() + begin.size();
    const bool right = sodium_base642bin(raw(key), key.size(), text, line.size() - begin.size(), nullptr, &size,
                                         nullptr, key_letters) == 0;
    return right && size == key.size() ? std::optional(key) : std::nullopt;
}

CurveKeyPair read_curve_key(const std::filesystem::path& file) {
    struct stat about{};
    if (::stat(file.c_str(), &about) == 0 && (about.st_mode & 077) != 0)
        no_curve_key("others may read " + file.string() + ". Find out who has, then: chmod 600 " + file.string());
    std::ifstream in(file);
    std::string first, second;
    std::getline(in, first);
    std::getline(in, second);
    if (in.bad() || !in.is_open()) no_curve_key(file.string() + " cannot be read. Let this user read it.");
    const auto public_key = key_in(first, public_line);
    const auto secret_key = key_in(second, secret_line);
    sodium_memzero(second.data(), second.size());
    app::CurveKey belongs{};
    if (secret_key)
        crypto_scalarmult_base(raw(belongs), reinterpret_cast<const unsigned char*>(secret_key->data()));
    if (!public_key || !secret_key || belongs != *public_key)
        no_curve_key(file.string() + " is damaged. Put it back from the backup; without one, take it away, and enrol each "
                             "native device anew.");
    return {*public_key, *secret_key};
}

void write_key(const std::filesystem::path& file, const CurveKeyPair& pair) {
    const std::string text = std::string(public_line) + text_of_key(pair.public_key) + "\n" + std::string(secret_line) +
                             text_of_key(pair.secret_key) + "\n";
    const auto beside = file.string() + ".new";
    ::unlink(beside.c_str());
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = descriptor >= 0;
    good = good && ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    good = good && ::fsync(descriptor) == 0;
    if (descriptor >= 0) good = ::close(descriptor) == 0 && good;
    if (!good || ::rename(beside.c_str(), file.c_str()) != 0)
        no_curve_key(file.string() + " cannot be written: " + std::strerror(errno) + ". Make room there, or let this user write there.");
    // The name must outlive a power cut too: devices are about to be given this key.
    const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
}

}  // namespace

std::string text_of_key(const app::CurveKey& key) {
    std::string text(sodium_base64_encoded_len(key.size(), key_letters), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size(),
                      key_letters);
    text.resize(std::strlen(text.c_str()));
    return text;
}

CurveKeyPair ensure_curve_key(const std::filesystem::path& file) {
    if (::sodium_init() < 0) no_curve_key("there is no source of randomness. Start this machine anew, and attuned after it.");
    std::error_code error;
    const bool there = std::filesystem::exists(file, error);
    if (error) no_curve_key(file.string() + " cannot be read: " + error.message() + ". Let this user read it.");
    if (there) return read_curve_key(file);
    CurveKeyPair pair;
    crypto_box_keypair(raw(pair.public_key), raw(pair.secret_key));
    write_key(file, pair);
    return pair;
}

std::string stored_public_key(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    const auto key = key_in(line, public_line);
    return key ? text_of_key(*key) : std::string();
}

}  // namespace attune::net
