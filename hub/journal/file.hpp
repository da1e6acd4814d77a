// The journal's file: its place, its lock, its version, how it is created, migrated and backed up. Everything here
// happens at start-up or from the command line and throws std::runtime_error with a sentence for people.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "hub/journal/sqlite.hpp"

namespace attune::journal {

inline constexpr std::int64_t application_id = 0x4174746e;  // "Attn"

std::filesystem::path journal_file(const std::filesystem::path& directory);

/// The disk does not take what is written (it is full, faulty, or may only be read); what is stored may be readable.
/// what() is a sentence for people.
class DiskSick : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Makes the directory if need be (0700) and holds it for this process until destroyed. Any process that ends, however
/// it ends, lets go of it.
class DirectoryLock {
  public:
    explicit DirectoryLock(const std::filesystem::path& directory);
    ~DirectoryLock();
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;

  private:
    int descriptor_ = -1;
};

/// One step of the layout's history: steps[i] turns version i + 1 into i + 2. Each runs in a transaction of its own.
using Migration = std::function<void(Database&)>;
struct Layout {
    std::vector<Migration> steps;
    std::int64_t version() const { return static_cast<std::int64_t>(steps.size()) + 1; }
};
const Layout& current_layout();

using Say = std::function<void(const std::string&)>;

/// Opens the file for writing, or creates it (0600), with the settings that durability rests on, read back. A file of
/// an older version is copied, the copy is verified, and then it is migrated; one of a newer version is refused
/// untouched. `say` hears what was done. The directory is locked by the caller. Throws DiskSick where nothing can be
/// written.
std::unique_ptr<Database> open_for_writing(const std::filesystem::path& directory, const Layout& layout,
                                           const Say& say);

/// Opens it to read what is stored where nothing can be written, not even the files that reading usually needs. The
/// directory is locked by the caller. Only for a file of exactly this layout.
std::unique_ptr<Database> open_on_sick_disk(const std::filesystem::path& directory, const Layout& layout);

/// Whether this directory takes a mebibyte and syncs it: a cheap look, on a file without a name, before the journal is
/// tried again. Blocks as long as the disk does.
bool takes_writes(const std::filesystem::path& directory);

/// Opens it beside a running daemon. Refuses what is not a journal of this version or an older one.
std::unique_ptr<Database> open_for_reading(const std::filesystem::path& file);

/// Copies a journal, also one that is being written, into `target`, which appears only once the copy was read back and
/// its chain verified. An existing `target` is replaced.
void backup(const std::filesystem::path& file, const std::filesystem::path& target);

}  // namespace attune::journal
