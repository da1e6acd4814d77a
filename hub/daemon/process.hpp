// What attuned asks of the operating system for itself: no core dumps, private files, one hub for each state folder,
// and words with the service manager. Linux.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace attune::daemon {

/// No core dump, no debugger of another user, files that only this user can read. First thing in main().
void harden();

/// Makes the state folder if need be, for this user alone. Throws std::runtime_error with a sentence.
void make_state_dir(const std::filesystem::path& dir);

/// Holds the state folder for as long as it lives: one hub for each. Throws std::runtime_error with a sentence when
/// another process holds it.
class StateLock {
  public:
    explicit StateLock(const std::filesystem::path& dir);
    ~StateLock();
    StateLock(const StateLock&) = delete;
    StateLock& operator=(const StateLock&) = delete;

    /// Does a process hold it now?
    static bool held(const std::filesystem::path& dir);

  private:
    int file_ = -1;
};

/// Tells the service manager, if one asked to be told ("READY=1"). Failing is silent: it is a courtesy.
void notify_service_manager(std::string_view state);

/// How often the service manager wants to hear WATCHDOG=1, in milliseconds; 0: never.
std::int64_t watchdog_interval_ms();

}  // namespace attune::daemon
