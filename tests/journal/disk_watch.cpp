// The replaced functions. The dynamic linker finds those of the program before those of libc.
#include "disk_watch.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string_view>

namespace attune::journal::test {
namespace {

std::atomic<std::uint64_t> log_writes{0};
std::atomic<std::uint64_t> log_syncs{0};
std::atomic<bool> dirty{false};
std::atomic<int> sync_to_refuse{0};
std::atomic<bool> writes_refused{false};
std::atomic<bool> file_writes_refused{false};

bool is_of(int descriptor, std::string_view ending) {
    char link[64] = "/proc/self/fd/";
    char* end = link + std::string_view(link).size();
    char digits[16];
    int count = 0;
    for (int rest = descriptor; rest > 0 || count == 0; rest /= 10) digits[count++] = static_cast<char>('0' + rest % 10);
    while (count > 0) *end++ = digits[--count];
    *end = '\0';
    char path[512];
    const ssize_t size = ::readlink(link, path, sizeof path);
    return size > 0 && std::string_view(path, static_cast<std::size_t>(size)).ends_with(ending);
}

bool is_log(int descriptor) { return is_of(descriptor, "-wal"); }

bool refuses_write(int descriptor) {
    if (file_writes_refused && is_of(descriptor, "journal.db")) return true;
    if (!is_log(descriptor)) return false;
    if (writes_refused) return true;
    ++log_writes;
    dirty = true;
    return false;
}

}  // namespace

DiskCounts disk_counts() { return {log_writes, log_syncs}; }
bool log_is_dirty() { return dirty; }
void refuse_log_sync(int n) { sync_to_refuse = n; }
void refuse_log_writes(bool refuse) { writes_refused = refuse; }
void refuse_file_writes(bool refuse) { file_writes_refused = refuse; }
void heal_disk() {
    sync_to_refuse = 0;
    writes_refused = false;
    file_writes_refused = false;
}

}  // namespace attune::journal::test

namespace watch = attune::journal::test;

extern "C" ssize_t pwrite64(int descriptor, const void* data, size_t size, off64_t at) {
    if (watch::refuses_write(descriptor)) {
        errno = ENOSPC;
        return -1;
    }
    return ::syscall(SYS_pwrite64, descriptor, data, size, at);
}

extern "C" ssize_t pwrite(int descriptor, const void* data, size_t size, off_t at) {
    return ::pwrite64(descriptor, data, size, at);
}

extern "C" int fdatasync(int descriptor) {
    const bool log = watch::is_log(descriptor);
    if (log && watch::sync_to_refuse > 0 && --watch::sync_to_refuse == 0) {
        errno = EIO;
        return -1;
    }
    const int result = static_cast<int>(::syscall(SYS_fdatasync, descriptor));
    if (log && result == 0) {
        ++watch::log_syncs;
        watch::dirty = false;
    }
    return result;
}
