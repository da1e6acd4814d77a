// Reading, writing and destroying a key's file. Failures are answers, not exceptions.
#include "hub/daemon/key_file.hpp"

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

bool write_synced(const File& file, const Key& key) {
    return file.is_open() && ::pwrite(file.get(), key.data(), key.size(), 0) == static_cast<ssize_t>(key.size()) && ::fsync(file.get()) == 0;
}

void sync_folder_of(const std::filesystem::path& name) {
    const File folder(name.parent_path(), O_RDONLY | O_DIRECTORY);
    if (folder.is_open()) ::fsync(folder.get());
}

}  // namespace

std::optional<Key> load_key(const std::filesystem::path& name) {
    const File file(name, O_RDONLY);
    struct stat about{};
    Key key;
    const bool ours = file.is_open() && ::fstat(file.get(), &about) == 0 && (about.st_mode & 077) == 0 && about.st_size == static_cast<off_t>(key.size());
    if (!ours || ::read(file.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size())) return std::nullopt;
    return key;
}

bool keep_key(const std::filesystem::path& name, const Key& key) {
    const File file(name, O_WRONLY | O_CREAT | O_EXCL);
    if (!file.is_open()) return false;
    const bool kept = write_synced(file, key);
    if (!kept) ::unlink(name.c_str());
    sync_folder_of(name);
    return kept;
}

void destroy_key(const std::filesystem::path& name) {
    {
        const File file(name, O_WRONLY);
        if (!file.is_open()) return;
        write_synced(file, Key{});
    }
    ::unlink(name.c_str());
    sync_folder_of(name);
}

}  // namespace attune::daemon
