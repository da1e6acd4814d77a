// The only file that includes sqlite3.h.
#include "hub/journal/sqlite.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace attune::journal {
namespace {

/// SQLite notes errno only here and there; after a write that failed, nothing but that write has set it.
int system_error_of(sqlite3* handle) {
    const int last = errno;
    return sqlite3_extended_errcode(handle) == SQLITE_IOERR_WRITE ? last : sqlite3_system_errno(handle);
}

[[noreturn]] void fail(sqlite3* handle, int code) {
    if (!handle) throw SqlError(code, 0, sqlite3_errstr(code));
    const int system_error = system_error_of(handle);
    throw SqlError(sqlite3_extended_errcode(handle), system_error, sqlite3_errmsg(handle));
}

bool used_up(int code, int system_error) {
    if ((code & 0xff) == SQLITE_FULL) return true;
    // A quota, or a limit on the size of files: SQLite takes them for faults of the disk.
    return (code & 0xff) == SQLITE_IOERR && (code == SQLITE_IOERR_SHMSIZE || system_error == ENOSPC ||
                                             system_error == EDQUOT || system_error == EFBIG);
}

std::string clause(int code, int system_error, const std::string& sqlite_says) {
    if (used_up(code, system_error)) return "no space is left on the disk";
    const std::string numbers = " (SQLite's error " + std::to_string(code) +
                                (system_error != 0 ? std::string(", ") + std::strerror(system_error) : "") + ")";
    switch (code & 0xff) {
        case SQLITE_IOERR:
            return "the disk reports a fault" + numbers;
        case SQLITE_READONLY:
            return "the disk or the file may only be read" + numbers;
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return "the file cannot be opened" + numbers;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return "the file is damaged" + numbers;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "another process is using the file" + numbers;
        default:
            return "SQLite says: " + sqlite_says + numbers;
    }
}

sqlite3* handle_of(sqlite3_stmt* statement) { return sqlite3_db_handle(statement); }

/// The path as a URI, in which what would end it is written as its number.
std::string immutable_uri(const std::filesystem::path& file) {
    constexpr const char* digits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : file.string()) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || c == '?' || c == '#' || byte < 0x20)
            uri += {'%', digits[byte >> 4U], digits[byte & 15U]};
        else
            uri += c;
    }
    return uri + "?immutable=1";
}

}  // namespace

SqlError::SqlError(int code, int system_error, const std::string& sqlite_says)
    : std::runtime_error(clause(code, system_error, sqlite_says)), code_(code), system_error_(system_error) {}

bool SqlError::no_space() const { return used_up(code_, system_error_); }

bool SqlError::of_the_disk() const {
    const int kind = code_ & 0xff;
    const bool ours = system_error_ == EMFILE || system_error_ == ENFILE || system_error_ == EACCES;
    return no_space() || kind == SQLITE_IOERR || kind == SQLITE_READONLY || (kind == SQLITE_CANTOPEN && !ours);
}

Database::Database(const std::filesystem::path& file, Mode mode) {
    const bool writes = mode == Mode::write || mode == Mode::alone;
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (mode == Mode::immutable ? SQLITE_OPEN_URI : 0) |
                      (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                      (mode == Mode::write ? SQLITE_OPEN_CREATE : 0);
    const std::string name = mode == Mode::immutable ? immutable_uri(file) : file.string();
    const int code = sqlite3_open_v2(name.c_str(), &handle_, flags, nullptr);
    if (code != SQLITE_OK) {
        const int system_error = handle_ ? sqlite3_system_errno(handle_) : 0;
        sqlite3_close(handle_);
        throw SqlError(code, system_error, sqlite3_errstr(code));
    }
    try {
        // What is in the file is data: nothing in it may call a function of the program or rewrite the schema.
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        sqlite3_busy_timeout(handle_, 2'000);  // only recovery of the log makes one wait
        run("PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;");
        if (mode == Mode::alone) {
            run("PRAGMA locking_mode=EXCLUSIVE;");
            leave_log_on_close();
        }
    } catch (...) {
        sqlite3_close(handle_);
        throw;
    }
    // Counts pages; and, since SQLite has one hook for both, switches its own checkpoints off.
    if (mode == Mode::write) {
        sqlite3_wal_hook(
            handle_,
            [](void* self, sqlite3*, const char*, int pages) {
                static_cast<Database*>(self)->log_pages_ = pages;
                return SQLITE_OK;
            },
            this);
    }
}

Database::~Database() { sqlite3_close(handle_); }

void Database::run(const char* sql) {
    const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(handle_, code);
}

std::int64_t Database::integer(const char* sql) {
    Statement statement(*this, sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text(const char* sql) {
    Statement statement(*this, sql);
    return statement.step() ? std::string(statement.text(0)) : std::string();
}

Database::Moved Database::checkpoint() {
    int pages = 0;
    int done = 0;
    const int code = sqlite3_wal_checkpoint_v2(handle_, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &done);
    if (code != SQLITE_OK && code != SQLITE_BUSY) {
        if (used_up(sqlite3_extended_errcode(handle_), system_error_of(handle_))) return Moved::no_space;
        fail(handle_, code);
    }
    if (code != SQLITE_OK || pages != done) return Moved::some;
    log_pages_ = 0;  // the next commit starts at the log's beginning
    return Moved::all;
}

void Database::leave_log_on_close() { sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr); }

void Database::copy_to(const std::filesystem::path& target) {
    Database copy(target, Mode::write);
    sqlite3_backup* backup = sqlite3_backup_init(copy.handle_, "main", handle_, "main");
    if (!backup) fail(copy.handle_, sqlite3_errcode(copy.handle_));
    const int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) fail(nullptr, code);
    // A copy in the rollback mode is one file, whole in itself.
    copy.run("PRAGMA journal_mode=DELETE;");
}

Statement::Statement(Database& database, std::string_view sql) {
    const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    if (code != SQLITE_OK) fail(database.handle(), code);
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(int index, std::int64_t value) {
    const int code = sqlite3_bind_int64(statement_, index, value);
    if (code != SQLITE_OK) fail(handle_of(statement_), code);
    return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
    // A null pointer would bind NULL.
    const char* data = text.data() ? text.data() : "";
    const int code = sqlite3_bind_text(statement_, index, data, static_cast<int>(text.size()), SQLITE_STATIC);
    if (code != SQLITE_OK) fail(handle_of(statement_), code);
    return *this;
}

Statement& Statement::bind(int index, std::span<const std::byte> blob) {
    const void* data = blob.data() ? static_cast<const void*>(blob.data()) : "";
    const int code = sqlite3_bind_blob64(statement_, index, data, blob.size(), SQLITE_STATIC);
    if (code != SQLITE_OK) fail(handle_of(statement_), code);
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(handle_of(statement_), code);
}

void Statement::reset() { sqlite3_reset(statement_); }

void Statement::execute() {
    try {
        step();
    } catch (...) {
        reset();  // so that it can be run again
        throw;
    }
    reset();
}

bool Statement::holds_integer(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_INTEGER; }
bool Statement::holds_text(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_TEXT; }
bool Statement::holds_blob(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_BLOB; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::span<const std::byte> Statement::blob(int column) const {
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Transaction::Transaction(Database& database) : database_(&database) { database_->run("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
    // Where the write failed SQLite may have rolled back by itself; then there is nothing to roll back.
    if (database_ && !sqlite3_get_autocommit(database_->handle())) {
        sqlite3_exec(database_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Transaction::commit() {
    database_->run("COMMIT");
    database_ = nullptr;
}

}  // namespace attune::journal
