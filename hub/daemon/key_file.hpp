// A secret of 32 bytes in a file of its own that only the hub's user may read. Blocking; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>

namespace attune::daemon {

using Key = std::array<std::byte, 32>;

/// Nothing where there is none, or where others may read it.
std::optional<Key> load_key(const std::filesystem::path& name);
/// On disk when it is true. False, and nothing changed, where there is a file already or none can be written.
bool keep_key(const std::filesystem::path& name, const Key& key);
/// Written over in place, synced, taken away, synced. What a disk keeps beneath its own surface nobody can reach from here.
void destroy_key(const std::filesystem::path& name);

}  // namespace attune::daemon
