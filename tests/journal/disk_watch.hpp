// Stands between the journal and the kernel in this program: pwrite, pwrite64 and fdatasync are replaced by functions
// that look at what goes by and can refuse it. Everything of it may be called from any thread.
#pragma once

#include <cstdint>

namespace attune::journal::test {

struct DiskCounts {
    std::uint64_t log_writes = 0;  // to files that end in -wal
    std::uint64_t log_syncs = 0;   // of them, that succeeded
};

DiskCounts disk_counts();

/// True when something was written to a write-ahead log since that log was last synced with success.
bool log_is_dirty();

/// From now on the n-th sync of a write-ahead log (1: the next) fails with EIO; syncs after it succeed, as on Linux.
void refuse_log_sync(int n);
/// From now on writes to a write-ahead log fail with ENOSPC, until allowed again.
void refuse_log_writes(bool refuse);
/// The same for the journal's file itself: there is room in the log alone.
void refuse_file_writes(bool refuse);
/// Forgets all that was asked for.
void heal_disk();

}  // namespace attune::journal::test
