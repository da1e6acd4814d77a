// The file that holds the key of today's notes: 32 bytes beside the journal and never in it, nor in a backup of it. It is
// there only while there are notes. io thread: two writes on a day with notes.
#pragma once

#include <filesystem>
#include <utility>

#include "hub/app/ports.hpp"
#include "hub/daemon/key_file.hpp"

namespace attune::daemon {

class NoteKeyFile final : public app::NoteKeys {
  public:
    explicit NoteKeyFile(std::filesystem::path file) : file_(std::move(file)) {}

    std::optional<app::NoteKey> load() override { return load_key(file_); }
    bool keep(const app::NoteKey& key) override {
        destroy();
        return keep_key(file_, key);
    }
    void destroy() override { destroy_key(file_); }  // see hub/decisions/0018

  private:
    std::filesystem::path file_;
};

}  // namespace attune::daemon
