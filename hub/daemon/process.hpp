// What attuned asks of the operating system for itself: no core dumps, private files, and words with the service
// manager. Linux.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace attune::daemon {

/// No core dump, no debugger of another user, files that only this user can read. First thing in main().
void harden();

/// The first press of a quiet morning must not wait for pages to be found: all memory of the hub is filled when it is
/// asked for, and stays. Before the first thread is started. False where the system doesn't allow it without a limit; the
/// hub then runs without.
bool keep_memory_at_hand();

/// Makes the state folder if need be, for this user alone. Throws std::runtime_error with a sentence.
void make_state_dir(const std::filesystem::path& dir);

/// Throws std::runtime_error with a sentence where so few files may be open that no school fits.
void check_open_files();

/// Tells the service manager, if one asked to be told ("READY=1"). Failing is silent: it is a courtesy.
void notify_service_manager(std::string_view state);

/// How often the service manager wants to hear WATCHDOG=1, in milliseconds; 0: never.
std::int64_t watchdog_interval_ms();

}  // namespace attune::daemon
