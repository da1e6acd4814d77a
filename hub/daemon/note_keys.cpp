// Reading, writing and destroying the key's file. Failures are answers, not exceptions: a hub without notes is a hub.
#include "hub/daemon/note_keys.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace attune::daemon {

namespace {

class File {
  public:
    File(const std::filesystem::path& name, int flags) : descriptor_(::open(name.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    bool is_open() const { return descriptor_ >= 0; }
    int get() const { return descriptor_; }

  private:
    int descriptor_;
};

bool write_synced(const File& file, const app::NoteKey& key) {
    return file.is_open() && ::pwrite(file.get(), key.data(), key.size(), 0) == static_cast<ssize_t>(key.size()) && ::fsync(file.get()) == 0;
}

void sync_folder_of(const std::filesystem::path& name) {
    const File folder(name.parent_path(), O_RDONLY | O_DIRECTORY);
    if (folder.is_open()) ::fsync(folder.get());
}

}  // namespace

std::optional<app::NoteKey> NoteKeyFile::load() {
    const File file(file_, O_RDONLY);
    struct stat about{};
    app::NoteKey key;
    const bool ours = file.is_open() && ::fstat(file.get(), &about) == 0 && (about.st_mode & 077) == 0 && about.st_size == static_cast<off_t>(key.size());
    if (!ours || ::read(file.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size())) return std::nullopt;
    return key;
}

bool NoteKeyFile::keep(const app::NoteKey& key) {
    destroy();
    const bool kept = write_synced(File(file_, O_WRONLY | O_CREAT | O_EXCL), key);
    if (!kept) ::unlink(file_.c_str());
    sync_folder_of(file_);
    return kept;
}

void NoteKeyFile::destroy() {
    {
        const File file(file_, O_WRONLY);
        if (!file.is_open()) return;
        write_synced(file, app::NoteKey{});
    }
    ::unlink(file_.c_str());
    sync_folder_of(file_);
}

}  // namespace attune::daemon
