// The only file that includes sqlite3.h.
#include "hub/journal/sqlite.hpp"

#include <sqlite3.h>

#include <utility>

namespace attune::journal {
namespace {

[[noreturn]] void fail(sqlite3* handle, int code, const char* doing) {
    std::string what = doing;
    what += ": ";
    what += handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    throw SqlError(handle ? sqlite3_extended_errcode(handle) : code, what);
}

sqlite3* handle_of(sqlite3_stmt* statement) { return sqlite3_db_handle(statement); }

}  // namespace

Database::Database(const std::filesystem::path& file, Mode mode) {
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    const int code = sqlite3_open_v2(file.c_str(), &handle_, flags, nullptr);
    if (code != SQLITE_OK) {
        const std::string what = "cannot open " + file.string() + ": " + sqlite3_errstr(code);
        sqlite3_close(handle_);
        throw SqlError(code, what);
    }
    try {
        // What is in the file is data: nothing in it may call a function of the program or rewrite the schema.
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        sqlite3_busy_timeout(handle_, 2'000);  // only recovery of the log makes one wait
        run("PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;");
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
    if (code != SQLITE_OK) fail(handle_, code, "journal");
}

std::int64_t Database::integer(const char* sql) {
    Statement statement(*this, sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text(const char* sql) {
    Statement statement(*this, sql);
    return statement.step() ? std::string(statement.text(0)) : std::string();
}

bool Database::checkpoint() {
    int pages = 0;
    int done = 0;
    const int code = sqlite3_wal_checkpoint_v2(handle_, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &done);
    if (code != SQLITE_OK && code != SQLITE_BUSY) fail(handle_, code, "checkpoint");
    const bool all = code == SQLITE_OK && pages == done;
    if (all) log_pages_ = 0;  // the next commit starts at the log's beginning
    return all;
}

void Database::leave_log_on_close() { sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr); }

void Database::copy_to(const std::filesystem::path& target) {
    Database copy(target, Mode::write);
    sqlite3_backup* backup = sqlite3_backup_init(copy.handle_, "main", handle_, "main");
    if (!backup) fail(copy.handle_, sqlite3_errcode(copy.handle_), "backup");
    const int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) fail(nullptr, code, "backup");
    // A copy in the rollback mode is one file, whole in itself.
    copy.run("PRAGMA journal_mode=DELETE;");
}

Statement::Statement(Database& database, std::string_view sql) {
    const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    if (code != SQLITE_OK) fail(database.handle(), code, "journal");
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(int index, std::int64_t value) {
    const int code = sqlite3_bind_int64(statement_, index, value);
    if (code != SQLITE_OK) fail(handle_of(statement_), code, "bind");
    return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
    // A null pointer would bind NULL.
    const char* data = text.data() ? text.data() : "";
    const int code = sqlite3_bind_text(statement_, index, data, static_cast<int>(text.size()), SQLITE_STATIC);
    if (code != SQLITE_OK) fail(handle_of(statement_), code, "bind");
    return *this;
}

Statement& Statement::bind(int index, std::span<const std::byte> blob) {
    const void* data = blob.data() ? static_cast<const void*>(blob.data()) : "";
    const int code = sqlite3_bind_blob64(statement_, index, data, blob.size(), SQLITE_STATIC);
    if (code != SQLITE_OK) fail(handle_of(statement_), code, "bind");
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(handle_of(statement_), code, "journal");
}

void Statement::reset() { sqlite3_reset(statement_); }

void Statement::execute() {
    step();
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
