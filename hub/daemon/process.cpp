// Plain system calls, each with the sentence that its failure needs.
#include "hub/daemon/process.hpp"

#include "hub/daemon/files.hpp"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

namespace attune::daemon {

namespace {

// The environment is read before the first thread starts, or by name alone and never written.
std::string_view environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return value ? value : "";
}

}  // namespace

void harden() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#if !__has_feature(address_sanitizer)  // whose search for leaks traces its own process
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    ::umask(077);
    // Past a limit on the size of files a write fails, as on a full disk, and does not end the hub.
    ::signal(SIGXFSZ, SIG_IGN);
}

namespace {

/// Where locking could fail later, in the middle of a call, nothing is locked.
bool may_lock_all_memory() {
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return false;  // their shadows are terabytes that are never filled
#endif
    rlimit limit{};
    if (::getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY) return true;
    constexpr int ipc_lock = 14;  // CAP_IPC_LOCK
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("CapEff:"))
            return (std::strtoull(line.c_str() + sizeof "CapEff:" - 1, nullptr, 16) >> ipc_lock & 1U) != 0;
    return false;
}

}  // namespace

namespace {

/// What a storm needs is taken from the system and given back to the heap, which keeps it (main.cpp): the first storm
/// of a day would wait for it otherwise, 2 ms in the middle.
void fill_heap() {
    constexpr std::size_t piece_bytes = 256 * 1024, pieces = 128;
    std::array<std::unique_ptr<char[]>, pieces> heap;
    for (auto& piece : heap) {
        piece = std::make_unique_for_overwrite<char[]>(piece_bytes);
        ::explicit_bzero(piece.get(), piece_bytes);  // a write that no compiler leaves out
    }
}

}  // namespace

bool keep_memory_at_hand() {
    if (!may_lock_all_memory()) return false;
    // A stack is filled at once too: a mebibyte is plenty for each of our threads.
    pthread_attr_t attributes;
    if (::pthread_attr_init(&attributes) == 0) {
        ::pthread_attr_setstacksize(&attributes, 1U << 20U);
        ::pthread_setattr_default_np(&attributes);
        ::pthread_attr_destroy(&attributes);
    }
    const bool locked = ::mlockall(MCL_CURRENT | MCL_FUTURE) == 0;
    fill_heap();
    return locked;
}

void make_state_dir(const std::filesystem::path& dir) {
    std::error_code error;
    std::filesystem::create_directories(dir, error);
    if (error == std::errc::no_space_on_device)
        throw std::runtime_error(fmt::format("The state folder {} cannot be made: no space is left on the disk. Make "
                                             "room there, or name another with --state.",
                                             dir.string()));
    if (error == std::errc::permission_denied)
        throw std::runtime_error(fmt::format("The state folder {} cannot be made by this user. {} Or name another with "
                                             "--state.",
                                             dir.string(), user_to_be(dir)));
    if (error || !std::filesystem::is_directory(dir))
        throw std::runtime_error(
            fmt::format("The state folder {} cannot be made ({}). Make it, or name another with "
                        "--state.",
                        dir.string(), error ? error.message() : "not a folder"));
    struct stat info{};
    // A disk that may only be read is the journal's to judge: what is stored on it still rings.
    if (::stat(dir.c_str(), &info) != 0 || (::access(dir.c_str(), W_OK | X_OK) != 0 && errno != EROFS))
        throw std::runtime_error(fmt::format("The state folder {} cannot be written by this user. {} Or name another "
                                             "folder with --state.",
                                             dir.string(), user_to_be(dir)));
    if (info.st_uid == ::geteuid() && (info.st_mode & 077) != 0) ::chmod(dir.c_str(), 0700);
}

void check_open_files() {
    constexpr rlim_t least = 64;
    rlimit open{};
    if (::getrlimit(RLIMIT_NOFILE, &open) != 0 || open.rlim_cur >= least) return;
    open.rlim_cur = std::min(open.rlim_max, least);
    if (::setrlimit(RLIMIT_NOFILE, &open) == 0 && open.rlim_cur >= least) return;
    throw std::runtime_error(fmt::format("attuned may open {} files and needs {} at least, and one for each device. "
                                         "Allow it more: ulimit -n 16384 in this shell, or LimitNOFILE in the service.",
                                         open.rlim_max, least));
}

void notify_service_manager(std::string_view state) {
    const std::string_view path = environment("NOTIFY_SOCKET");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) return;
    std::memcpy(address.sun_path, path.data(), path.size());
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';  // the abstract namespace
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket < 0) return;
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    // A failure is not worth a word: the service manager has timeouts of its own.
    (void)::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), size);
    ::close(socket);
}

std::int64_t watchdog_interval_ms() {
    const auto number = [](std::string_view text) {
        std::int64_t value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    };
    const std::string_view for_process = environment("WATCHDOG_PID");
    if (!for_process.empty() && number(for_process) != ::getpid()) return 0;
    return number(environment("WATCHDOG_USEC")) / 1'000 / 2;  // twice as often as is demanded
}

}  // namespace attune::daemon
