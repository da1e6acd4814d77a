// Plain system calls: what a stream says of its failures no person can use.
#include "hub/daemon/files.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <fmt/format.h>

namespace attune::daemon {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, int error) {
    if (error == ENOENT || error == ENOTDIR)
        throw std::runtime_error(fmt::format("There is no file {}. Name another.", file.string()));
    if (error == EACCES || error == EPERM)
        throw std::runtime_error(fmt::format("This user may not read {}. {}", file.string(), user_to_be(file)));
    throw std::runtime_error(fmt::format("{} cannot be read: {}. Look after its disk, or name another.", file.string(), std::strerror(error)));
}

struct Descriptor {
    explicit Descriptor(int opened) : value(opened) {}
    ~Descriptor() {
        if (value >= 0) ::close(value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int value;
};

}  // namespace

std::string read_file(const std::filesystem::path& file, std::size_t bytes_max) {
    // Opening a pipe would wait for somebody who writes to it.
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat info{};
    if (opened.value < 0 || ::fstat(opened.value, &info) != 0) refuse(file, errno);
    if (!S_ISREG(info.st_mode))
        throw std::runtime_error(fmt::format("{} is {}. Name an ordinary file.", file.string(),
                                             S_ISDIR(info.st_mode) ? "a folder" : "no ordinary file"));
    std::string text;
    std::array<char, 65'536> part{};
    for (ssize_t count = 0; (count = ::read(opened.value, part.data(), part.size())) != 0;) {
        if (count < 0) refuse(file, errno);
        text.append(part.data(), static_cast<std::size_t>(count));
        if (text.size() > bytes_max)
            throw std::runtime_error(
                fmt::format("{} is over {} MiB. Is it the right file?", file.string(), bytes_max >> 20U));
    }
    return text;
}

std::string user_to_be(const std::filesystem::path& file) {
    // The nearest that this user may look at: the file itself, or a folder above it.
    for (std::filesystem::path at = std::filesystem::absolute(file); at.has_relative_path(); at = at.parent_path()) {
        struct stat info{};
        if (::stat(at.c_str(), &info) != 0) continue;
        if (info.st_uid == 0) return "Run this as root (sudo).";
        const passwd* owner = ::getpwuid(info.st_uid);  // NOLINT(concurrency-mt-unsafe): one thread asks
        if (owner == nullptr) return fmt::format("Run this as the user with the number {}, or as root.", info.st_uid);
        return fmt::format("Run this as the user {0} (sudo -u {0} …), or as root.", owner->pw_name);
    }
    return "Run this as root (sudo).";
}

bool is_there(const std::filesystem::path& file) {
    struct stat info{};
    if (::stat(file.c_str(), &info) == 0 && ::access(file.c_str(), R_OK) == 0) return true;
    if (errno == ENOENT || errno == ENOTDIR) return false;
    refuse(file, errno);
}

}  // namespace attune::daemon
