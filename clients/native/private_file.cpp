// open, write, fsync, rename, and fsync of the folder.
#include "clients/native/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace attune::client {

namespace {

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

  private:
    int number_;
};

bool write_all(int descriptor, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace

std::string cannot(const char* what, const std::filesystem::path& path) {
    const int reason = errno;
    const std::string begin = path.string() + " cannot be " + what + ": ";
    if (reason == ENOSPC || reason == EDQUOT) return begin + "the disk is full. Make room on it.";
    if (reason == EROFS) return begin + "its disk may only be read. Look after the disk, or name another folder in XDG_STATE_HOME.";
    if (reason == EACCES || reason == EPERM)
        return begin + "this user may not. Be the user whose device it is, or name another folder in XDG_STATE_HOME.";
    return begin + std::strerror(reason) + ". Mend that, or name another folder in XDG_STATE_HOME.";  // NOLINT(concurrency-mt-unsafe)
}

std::string make_private_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder.parent_path(), error);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return cannot("made", folder);
    struct stat info{};
    if (::stat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) return cannot("used as a folder", folder);
    if ((info.st_mode & 0777) != 0700 && ::chmod(folder.c_str(), 0700) != 0) return cannot("kept to its user", folder);
    return "";
}

std::optional<std::vector<std::byte>> read_private(const std::filesystem::path& file) {
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!in) return std::nullopt;
    std::vector<std::byte> bytes;
    std::array<std::byte, 4096> part{};
    while (true) {
        const ssize_t count = ::read(in.number(), part.data(), part.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return std::nullopt;
        if (count == 0) return bytes;
        bytes.insert(bytes.end(), part.begin(), part.begin() + count);
    }
}

std::string write_private(const std::filesystem::path& file, std::span<const std::byte> bytes) {
    auto fresh = file;
    fresh += ".new";
    {
        const Descriptor out(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!out || ::fchmod(out.number(), 0600) != 0 || !write_all(out.number(), bytes) || ::fsync(out.number()) != 0)
            return cannot("written", fresh);
    }
    if (::rename(fresh.c_str(), file.c_str()) != 0) return cannot("written", file);
    const Descriptor folder(::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.number()) != 0) return cannot("written", file);
    return "";
}

void remove_private(const std::filesystem::path& file) {
    ::unlink(file.c_str());
}

}  // namespace attune::client
