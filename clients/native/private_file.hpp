// Files that only their own user may read (0600) in a folder that only they may enter (0700), replaced whole or not at
// all. Blocking; each write is on the disk when it returns.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace attune::client {

/// Makes the folder, and those above it, where they are missing; narrows its mode to 0700. Empty on success, otherwise
/// a sentence.
std::string make_private_folder(const std::filesystem::path& folder);

/// Nothing where there is no such file or it cannot be read.
std::optional<std::vector<std::byte>> read_private(const std::filesystem::path& file);

/// Beside the old one first, then in its place: after a crash there is either the old file or the new one. Empty on
/// success, otherwise a sentence.
std::string write_private(const std::filesystem::path& file, std::span<const std::byte> bytes);

/// The sentence for what errno says of "written", "made", "opened", with what to do next.
std::string cannot(const char* what, const std::filesystem::path& path);

void remove_private(const std::filesystem::path& file);

}  // namespace attune::client
