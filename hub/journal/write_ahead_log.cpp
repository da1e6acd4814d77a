// The layout read here is SQLite's own, documented and stable: a header of 32 bytes, then frames of 24 bytes and a page;
// each frame repeats the header's two salts and carries a checksum over all that stands before it.
#include "hub/journal/write_ahead_log.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <vector>

namespace attune::journal {
namespace {

constexpr std::size_t header_bytes = 32;
constexpr std::size_t frame_header_bytes = 24;

using Buffer = std::span<const unsigned char>;

std::uint32_t big(Buffer bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) << 24 | static_cast<std::uint32_t>(bytes[at + 1]) << 16 |
           static_cast<std::uint32_t>(bytes[at + 2]) << 8 | static_cast<std::uint32_t>(bytes[at + 3]);
}

std::uint32_t little(Buffer bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at + 3]) << 24 | static_cast<std::uint32_t>(bytes[at + 2]) << 16 |
           static_cast<std::uint32_t>(bytes[at + 1]) << 8 | static_cast<std::uint32_t>(bytes[at]);
}

struct Checksum {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    bool big_endian = false;

    void add(Buffer bytes) {
        for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
            first += (big_endian ? big(bytes, at) : little(bytes, at)) + second;
            second += (big_endian ? big(bytes, at + 4) : little(bytes, at + 4)) + first;
        }
    }
    bool stands_at(Buffer bytes, std::size_t at) const {
        return big(bytes, at) == first && big(bytes, at + 4) == second;
    }
};

class File {
  public:
    explicit File(const std::filesystem::path& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC)) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    bool good() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }
    std::uint64_t size() const {
        struct stat info {};
        return ::fstat(descriptor_, &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
    }
    bool read(std::uint64_t at, std::span<unsigned char> into) const {
        std::size_t done = 0;
        while (done < into.size()) {
            const ssize_t count =
                ::pread(descriptor_, into.data() + done, into.size() - done, static_cast<off_t>(at + done));
            if (count <= 0) return false;
            done += static_cast<std::size_t>(count);
        }
        return true;
    }

  private:
    int descriptor_;
};

std::filesystem::path log_of(const std::filesystem::path& database) { return database.string() + "-wal"; }

/// SQLite ignores a log whose header is not right. That is harmless when a power cut tore the header of a log that was
/// being started anew: then the frames behind it are older ones with other salts.
std::string damage_in_header(const File& log, Buffer header) {
    std::array<unsigned char, frame_header_bytes> frame{};
    if (!log.read(header_bytes, frame)) return {};
    const Buffer view(frame);
    const bool its_frames = (big(view, 8) == big(header, 16) && big(view, 8) != 0) ||
                            (big(view, 12) == big(header, 20) && big(view, 12) != 0);
    return its_frames ? "the header of its write-ahead log is damaged, and what was stored in the log cannot be read" : "";
}

/// The header when SQLite would believe it, and the checksum over it.
struct Header {
    std::array<unsigned char, header_bytes> bytes{};
    Checksum sum;
    bool read = false;
    bool good = false;
    explicit Header(const File& log) {
        read = log.good() && log.size() >= header_bytes + frame_header_bytes && log.read(0, bytes);
        if (!read) return;
        const Buffer view(bytes);
        const std::uint32_t magic = big(view, 0);
        const std::uint32_t page = big(view, 8);
        sum.big_endian = (magic & 1U) != 0;
        sum.add(view.first(24));
        const bool page_is_right = page >= 512 && page <= 65'536 && (page & (page - 1)) == 0;
        good = (magic & ~1U) == 0x377f0682 && page_is_right && sum.stands_at(view, 24);
    }
};

struct Scan {
    std::uint64_t bytes_good = 0;     // from the beginning of the log to the end of its last frame in order
    std::uint64_t frames = 0;         // of this log
    std::uint64_t damaged = 0;        // the first one that does not continue the log, from 1; 0: none
    std::uint64_t commits_after = 0;  // transactions that end at it or after it
    bool more_after_commit = false;   // frames of a later transaction than the damaged one
};

Scan scan(const File& log, Buffer header, Checksum sum) {
    Scan result;
    std::vector<unsigned char> frame(frame_header_bytes + big(header, 8));
    for (std::uint64_t at = header_bytes; log.read(at, frame); at += frame.size()) {
        const Buffer view(frame);
        const bool ours = big(view, 8) == big(header, 16) && big(view, 12) == big(header, 20);
        ++result.frames;
        if (result.damaged == 0) {
            sum.add(view.first(8));
            sum.add(view.subspan(frame_header_bytes));
            if (ours && sum.stands_at(view, 16)) {
                result.bytes_good = at + frame.size();
                continue;
            }
            result.damaged = result.frames;
        }
        if (!ours) continue;
        result.more_after_commit = result.more_after_commit || result.commits_after > 0;
        if (big(view, 4) != 0) ++result.commits_after;
    }
    return result;
}

}  // namespace

std::string damage_in_log(const std::filesystem::path& database) {
    const File log(log_of(database), O_RDONLY);
    const Header header(log);
    if (!header.read) return {};
    if (!header.good) return damage_in_header(log, header.bytes);
    const Scan found = scan(log, header.bytes, header.sum);
    if (found.damaged == 0 || !found.more_after_commit) return {};
    return "frame " + std::to_string(found.damaged) +
           " of its write-ahead log is damaged, and whole transactions stand behind it that cannot be read";
}

std::string damage_in_resting_log(const std::filesystem::path& database) {
    const File lock(database.parent_path() / "lock", O_RDONLY);
    if (lock.good() && ::flock(lock.descriptor(), LOCK_SH | LOCK_NB) != 0) return {};
    return damage_in_log(database);
}

bool rewrite_log(const std::filesystem::path& database) {
    const File log(log_of(database), O_RDWR);
    if (!log.good()) return errno == ENOENT;
    const Header header(log);
    if (!header.good) return true;  // SQLite will begin it anew
    const std::uint64_t bytes = scan(log, header.bytes, header.sum).bytes_good;
    std::vector<unsigned char> block(65'536);
    for (std::uint64_t at = 0; at < bytes;) {
        const std::span<unsigned char> part(block.data(), std::min<std::uint64_t>(block.size(), bytes - at));
        if (!log.read(at, part)) return false;
        const ssize_t count = ::pwrite(log.descriptor(), part.data(), part.size(), static_cast<off_t>(at));
        if (count <= 0) return false;
        at += static_cast<std::uint64_t>(count);
    }
    return ::fdatasync(log.descriptor()) == 0;
}

void lengthen_log(const std::filesystem::path& database, std::uint64_t bytes) {
    const File log(log_of(database), O_WRONLY);
    if (!log.good()) return;
    const std::vector<unsigned char> zeros(65'536);
    for (std::uint64_t at = log.size(); at < bytes;) {
        const ssize_t count = ::pwrite(log.descriptor(), zeros.data(), zeros.size(), static_cast<off_t>(at));
        if (count <= 0) return;
        at += static_cast<std::uint64_t>(count);
    }
    ::fsync(log.descriptor());
}

}  // namespace attune::journal
