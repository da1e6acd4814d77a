// The key file is 32 bytes, written beside its place, synced and renamed; a sealed secret is nonce, tag and bytes.
#include "hub/net/codes.hpp"

#include <fcntl.h>
#include <oath.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

#include "hub/net/clock.hpp"

namespace attune::net {

namespace {

constexpr std::size_t secret_bytes = 20;
constexpr std::int64_t step_ms = 30'000;
static_assert(crypto_secretbox_KEYBYTES == 32);
static_assert(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret_bytes == std::tuple_size_v<core::Sealed>);

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& why) {
    throw std::runtime_error("The hub's key for authenticators: " + file.string() + " " + why);
}

[[noreturn]] void fail_to_write(const std::filesystem::path& file) {
    fail(file, std::string("cannot be written: ") + std::strerror(errno) + ". Make room there, or let this user write there.");
}

class File {
  public:
    File(const std::string& name, int flags) : descriptor_(::open(name.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int get() const { return descriptor_; }

  private:
    int descriptor_;
};

void write_key(const std::filesystem::path& name, const std::array<unsigned char, 32>& key) {
    const std::string beside = name.string() + ".new";
    ::unlink(beside.c_str());
    {
        const File file(beside, O_WRONLY | O_CREAT | O_EXCL);
        const bool good = file.get() >= 0 && ::write(file.get(), key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
                          ::fsync(file.get()) == 0;
        if (!good) fail_to_write(name);
    }
    if (::rename(beside.c_str(), name.c_str()) != 0) fail_to_write(name);
    const File folder(name.parent_path().string(), O_RDONLY | O_DIRECTORY);
    if (folder.get() >= 0) ::fsync(folder.get());
}

unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }
const unsigned char* raw(const std::byte* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }

}  // namespace

SealedCodes::SealedCodes(const std::filesystem::path& file) {
    need_sodium();
    if (::oath_init() != OATH_OK) throw std::runtime_error("liboath cannot be used on this machine. Install liboath0 again.");
    const File stored(file.string(), O_RDONLY);
    if (stored.get() < 0 && errno != ENOENT) fail(file, std::string("cannot be read: ") + std::strerror(errno) + ". Let this user read it, or put it back from the backup.");
    if (stored.get() < 0) {
        randombytes_buf(key_.data(), key_.size());
        write_key(file, key_);
        return;
    }
    struct stat about{};
    if (::fstat(stored.get(), &about) != 0 || (about.st_mode & 077) != 0)
        fail(file, "may be read by others. Find out who has, then: chmod 600 " + file.string());
    if (about.st_size != static_cast<off_t>(key_.size()) ||
        ::read(stored.get(), key_.data(), key_.size()) != static_cast<ssize_t>(key_.size()))
        fail(file, "is damaged. Put it back from the backup; without one, take it away: leaders then sign in with a recovery code.");
}

SealedCodes::~SealedCodes() { sodium_memzero(key_.data(), key_.size()); }

core::Sealed SealedCodes::seal(std::span<const std::byte, 20> secret) {
    core::Sealed sealed;
    randombytes_buf(sealed.data(), crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(raw(sealed.data()) + crypto_secretbox_NONCEBYTES, raw(secret.data()), secret.size(), raw(sealed.data()), key_.data());
    return sealed;
}

std::optional<std::int64_t> SealedCodes::step_of(const core::Sealed& sealed, const std::string& digits, core::Ms wall_ms) {
    if (digits.size() != 6 || digits.find_first_not_of("0123456789") != std::string::npos || wall_ms < 2 * step_ms) return std::nullopt;
    std::array<char, secret_bytes> secret{};
    const bool opened = crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(secret.data()), raw(sealed.data()) + crypto_secretbox_NONCEBYTES,
                                                   sealed.size() - crypto_secretbox_NONCEBYTES, raw(sealed.data()), key_.data()) == 0;
    std::optional<std::int64_t> step;
    const std::int64_t here = wall_ms / step_ms;
    // The newest first: should two steps share their digits, the later one uses up more.
    for (std::int64_t each = here + 1; opened && !step && each >= here - 1; --each) {
        std::array<char, 8> made{};
        if (::oath_totp_generate(secret.data(), secret.size(), static_cast<time_t>(each * (step_ms / 1000)), OATH_TOTP_DEFAULT_TIME_STEP_SIZE,
                                 OATH_TOTP_DEFAULT_START_TIME, 6, made.data()) != OATH_OK)
            break;
        if (sodium_memcmp(made.data(), digits.data(), digits.size()) == 0) step = each;
    }
    sodium_memzero(secret.data(), secret.size());
    return step;
}

}  // namespace attune::net
