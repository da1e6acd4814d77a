// Files that a person has named, or that belong to somebody: read whole and within a limit, or refused with a sentence.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace attune::daemon {

/// All of a regular file of at most `bytes_max`. Throws std::runtime_error with a sentence: for folders, pipes and
/// devices, too, which might never end.
std::string read_file(const std::filesystem::path& file, std::size_t bytes_max);

/// Whether there is such a file of the hub's. Throws std::runtime_error, naming the user to be, where this user may not
/// know or may not read it.
bool is_there(const std::filesystem::path& file);

/// "Run this as the user attune (sudo -u attune …), or as root."
std::string user_to_be(const std::filesystem::path& file);

}  // namespace attune::daemon
