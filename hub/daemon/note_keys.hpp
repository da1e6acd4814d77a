// The file that holds the key of today's notes: 32 bytes beside the journal and never in it, nor in a backup of it. It is
// there only while there are notes. io thread: two writes on a day with notes.
#pragma once

#include <filesystem>

#include "hub/app/ports.hpp"

namespace attune::daemon {

class NoteKeyFile final : public app::NoteKeys {
  public:
    explicit NoteKeyFile(std::filesystem::path file) : file_(std::move(file)) {}

    /// Nothing where there is none, or where others may read it.
    std::optional<app::NoteKey> load() override;
    bool keep(const app::NoteKey& key) override;
    /// Written over in place, synced, taken away, synced. What a disk keeps beneath its own surface nobody can reach from
    /// here: see hub/decisions/0018.
    void destroy() override;

  private:
    std::filesystem::path file_;
};

}  // namespace attune::daemon
