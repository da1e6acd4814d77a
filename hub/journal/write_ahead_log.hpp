// SQLite's write-ahead log, seen as the file that it is. When SQLite opens a log with a damaged frame it takes what
// stands before it and drops the rest without a word, acknowledged or not. A power cut can tear only the last
// transaction, because the one before it was synced first; so whole transactions behind a damaged frame are proof of
// damage and not of a power cut.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace attune::journal {

/// Says how the log beside this database is damaged, without a full stop; empty when it is not, or has nothing in it.
/// For a log that nobody writes. Throws nothing.
std::string damage_in_log(const std::filesystem::path& database);

/// The same, or empty when a daemon holds the directory's lock and may be writing.
std::string damage_in_resting_log(const std::filesystem::path& database);

/// Writes what stands in the log once more, over itself, and syncs it. After a sync that failed the kernel may show
/// pages that are not on disk, and say of a second sync that all is well; only what is written again is synced again.
/// For a log that nobody writes. True when all of it is on disk, or there is none; else errno says why.
bool rewrite_log(const std::filesystem::path& database);

/// Makes the log at least so long, filled with zeros: writing into blocks that the file has already is about a quarter
/// faster to sync than making it longer. Does nothing where there is no log or no room. Throws nothing.
void lengthen_log(const std::filesystem::path& database, std::uint64_t bytes);

}  // namespace attune::journal
