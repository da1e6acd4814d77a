// Opening, creating, migrating and copying the journal's file.
#include "hub/journal/file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "hub/journal/verify.hpp"
#include "hub/journal/write_ahead_log.hpp"

namespace attune::journal {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& sentence) { throw std::runtime_error(sentence); }

/// The sentence for a system call that failed with errno.
[[noreturn]] void refuse_errno(const std::string& sentence) {
    const int error = errno;
    switch (error) {
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            throw DiskSick(sentence + ": no space is left on the disk. Make room there.");
        case EIO:
        case EROFS:
            throw DiskSick(sentence + ": " + std::strerror(error) + ". Look after the disk.");
        case EACCES:
        case EPERM:
            refuse(sentence + ": this user may not. Run attuned as the user that owns the state folder.");
        case EMFILE:
        case ENFILE:
            refuse(sentence + ": too many files are open. Allow attuned more (ulimit -n, or LimitNOFILE in the service).");
        default:
            refuse(sentence + ": " + std::strerror(error) + ".");
    }
}

/// Owns a descriptor for the length of a scope.
struct Descriptor {
    int value;
    explicit Descriptor(int opened) : value(opened) {}
    ~Descriptor() {
        if (value >= 0) ::close(value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
};

/// A name that was made or changed in a directory survives a power cut only after this.
void sync_directory(const fs::path& directory) {
    const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.value < 0 || ::fsync(opened.value) != 0) refuse_errno("cannot sync the directory " + directory.string());
}

/// Makes the file with 0600 (SQLite gives the files beside it the same), or narrows what an existing one allows.
void make_file(const fs::path& file) {
    const Descriptor opened(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (opened.value < 0) refuse_errno("cannot open the journal " + file.string());
    struct stat info {};
    if (::fstat(opened.value, &info) == 0 && (info.st_mode & ALLPERMS) == (S_IRUSR | S_IWUSR)) return;
    if (::fchmod(opened.value, S_IRUSR | S_IWUSR) != 0) refuse_errno("cannot narrow the permissions of " + file.string());
}

constexpr const char* create_sql = R"(
CREATE TABLE event(
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  wall INTEGER NOT NULL,
  occurred_at INTEGER NOT NULL,
  cause INTEGER NOT NULL,
  late INTEGER NOT NULL,
  schema INTEGER NOT NULL,
  command BLOB NOT NULL,
  kind TEXT NOT NULL,
  device TEXT NOT NULL,
  actor TEXT NOT NULL,
  payload BLOB,
  salt BLOB,
  commitment BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TABLE snapshot(
  seq INTEGER PRIMARY KEY,
  shape INTEGER NOT NULL,
  maker TEXT NOT NULL,
  digest BLOB NOT NULL,
  state BLOB NOT NULL
) STRICT;
)";

void set_version(Database& database, std::int64_t version) {
    database.run(("PRAGMA user_version=" + std::to_string(version)).c_str());
}

/// True for a file without anything in it: just made, or a power cut came before its first transaction.
bool is_empty(Database& database) { return database.integer("SELECT count(*) FROM sqlite_schema") == 0; }

void create(Database& database) {
    Transaction transaction(database);
    database.run(create_sql);
    database.run(("PRAGMA application_id=" + std::to_string(application_id)).c_str());
    set_version(database, 1);
    transaction.commit();
}

/// What durability rests on. Each is read back, because SQLite ignores what it cannot do.
void settle(Database& database) {
    // The log is used again from its start after each checkpoint; it is cut only when it has grown far.
    database.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;"
                 "PRAGMA cache_size=-16384;");
    if (database.text("PRAGMA journal_mode") != "wal") refuse("SQLite did not switch to its write-ahead log");
    if (database.integer("PRAGMA synchronous") != 2) refuse("SQLite did not switch to synchronous=FULL");
}

std::int64_t checked_version(Database& database, const fs::path& file, std::int64_t newest) {
    if (database.integer("PRAGMA application_id") != application_id) {
        refuse(file.string() + " is not a journal of Attune. It was left as it is.");
    }
    const std::int64_t version = database.integer("PRAGMA user_version");
    if (version > newest || version < 1) {
        refuse(file.string() + " was written by a newer version of Attune (its layout is number " +
               std::to_string(version) + ", this program knows up to " + std::to_string(newest) +
               "). It was left as it is. Install the newer version again, or restore a backup from before the upgrade.");
    }
    return version;
}

void migrate(Database& database, const fs::path& file, std::int64_t from, const Layout& layout, const Say& say) {
    const fs::path copy = file.parent_path() / ("journal-before-layout-" + std::to_string(from + 1) + ".db");
    backup(file, copy);
    say("The journal has layout " + std::to_string(from) + ", this version uses " + std::to_string(layout.version()) +
        ". A verified copy of it is in " + copy.string() + ".");
    for (std::int64_t version = from; version < layout.version(); ++version) {
        Transaction transaction(database);
        layout.steps[static_cast<std::size_t>(version - 1)](database);
        set_version(database, version + 1);
        transaction.commit();
    }
}

std::unique_ptr<Database> open_checked(const fs::path& file, const Layout& layout, const Say& say) {
    auto database = std::make_unique<Database>(file, Database::Mode::write);
    if (is_empty(*database)) {
        settle(*database);
        create(*database);
    }
    const std::int64_t version = checked_version(*database, file, layout.version());
    settle(*database);
    if (version < layout.version()) migrate(*database, file, version, layout, say);
    return database;
}

[[noreturn]] void refuse_sql(const fs::path& file, const SqlError& error) {
    const std::string sentence = "The journal " + file.string() + " cannot be opened: " + error.what() + ".";
    if (error.of_the_disk()) throw DiskSick(sentence + " Nothing was changed. Look after the disk.");
    refuse(sentence + " Nothing was changed. If the file is damaged, restore a backup.");
}

}  // namespace

fs::path journal_file(const fs::path& directory) { return directory / "journal.db"; }

DirectoryLock::DirectoryLock(const fs::path& directory) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) {
        errno = error.value();
        refuse_errno("cannot make the state directory " + directory.string());
    }
    if (::chmod(directory.c_str(), S_IRWXU) != 0 && errno != EROFS)
        refuse_errno("cannot narrow the permissions of " + directory.string());
    const fs::path file = directory / "lock";
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    // A disk that may only be read has the lock of an earlier start, and locking writes nothing.
    if (descriptor_ < 0 && errno == EROFS) descriptor_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) refuse_errno("cannot open " + file.string());
    bool taken = false;
    // A hub that was killed a moment ago lets go when the kernel has taken it down; a check of the log holds it shortly.
    for (int turn = 0; turn < 50; ++turn) {
        if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
        taken = errno == EWOULDBLOCK;
        if (!taken) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    const std::string why = std::strerror(errno);  // of flock, unless it was taken
    ::close(descriptor_);
    if (taken) {
        refuse("Another attuned already uses the state directory " + directory.string() +
               ". Stop it first, or give this one a state directory of its own.");
    }
    refuse("cannot lock " + file.string() + ": " + why);
}

DirectoryLock::~DirectoryLock() { ::close(descriptor_); }

const Layout& current_layout() {
    static const Layout layout{};
    return layout;
}

std::unique_ptr<Database> open_for_writing(const fs::path& directory, const Layout& layout, const Say& say) {
    const fs::path file = journal_file(directory);
    make_file(file);
    sync_directory(directory);
    // Before SQLite sees it: what it finds damaged it drops without a word.
    if (const std::string damage = damage_in_log(file); !damage.empty()) {
        refuse("The journal " + file.string() + " cannot be trusted: " + damage +
               ". Nothing was changed. Keep a copy of the state directory, then restore a backup.");
    }
    if (!rewrite_log(file)) refuse_errno("cannot write the journal's log beside " + file.string());
    try {
        return open_checked(file, layout, say);
    } catch (const SqlError& error) {
        refuse_sql(file, error);
    }
}

std::unique_ptr<Database> open_on_sick_disk(const fs::path& directory, const Layout& layout) {
    const fs::path file = journal_file(directory);
    std::error_code ignored;
    const fs::path log = file.string() + "-wal";
    const bool no_log = !fs::exists(log, ignored) || fs::file_size(log, ignored) == 0;
    // The first is the usual way. The second needs no index on disk; it asks for a lock that a disk which may only be
    // read cannot give. The third looks at no log at all.
    for (const Database::Mode mode : {Database::Mode::read, Database::Mode::alone, Database::Mode::immutable}) {
        if (mode == Database::Mode::immutable && !no_log) break;
        try {
            auto database = std::make_unique<Database>(file, mode);
            if (checked_version(*database, file, layout.version()) == layout.version()) return database;
            break;
        } catch (const SqlError&) {
            continue;
        }
    }
    throw DiskSick("The journal " + file.string() + " can neither be written nor read. Look after the disk.");
}

bool takes_writes(const fs::path& directory) {
    constexpr off_t bytes = 1 << 20;
    const Descriptor nameless(::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (nameless.value < 0) return errno == EOPNOTSUPP || errno == EISDIR;  // cannot be looked at in this way
    const std::vector<char> zeros(65'536);
    for (off_t at = 0; at < bytes; at += static_cast<off_t>(zeros.size()))
        if (::pwrite(nameless.value, zeros.data(), zeros.size(), at) != static_cast<ssize_t>(zeros.size())) return false;
    return ::fsync(nameless.value) == 0;
}

std::unique_ptr<Database> open_for_reading(const fs::path& file) {
    if (::access(file.c_str(), R_OK) != 0) {
        if (errno == ENOENT) refuse("There is no journal " + file.string() + ".");
        refuse_errno("cannot read the journal " + file.string());
    }
    try {
        auto database = std::make_unique<Database>(file, Database::Mode::read);
        checked_version(*database, file, current_layout().version());
        return database;
    } catch (const SqlError& error) {
        refuse_sql(file, error);
    }
}

void backup(const fs::path& file, const fs::path& target) {
    const fs::path partial = target.string() + ".partial";
    std::error_code ignored;
    fs::remove(partial, ignored);
    make_file(partial);
    try {
        Database(file, Database::Mode::read).copy_to(partial);
    } catch (const SqlError& error) {
        fs::remove(partial, ignored);
        refuse("cannot copy the journal to " + partial.string() + ": " + error.what() + ".");
    }
    const VerifyReport report = verify(partial);
    if (!report.ok()) {
        refuse("The copy " + partial.string() + " of the journal does not verify: " + report.sentence());
    }
    const Descriptor copied(::open(partial.c_str(), O_RDONLY | O_CLOEXEC));
    if (copied.value < 0 || ::fsync(copied.value) != 0) refuse_errno("cannot sync " + partial.string());
    fs::rename(partial, target);
    sync_directory(fs::absolute(target).parent_path());
}

}  // namespace attune::journal
