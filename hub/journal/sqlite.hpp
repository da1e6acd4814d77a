// A thin layer over SQLite: a connection, a prepared statement, an error with its code. Only sqlite.cpp sees
// sqlite3.h. One connection is used by one thread at a time (it is opened without SQLite's own locks). Everything
// here throws SqlError; what is thrown is caught inside the journal, except when a file is opened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace attune::journal {

/// what() is a clause for people: "no space is left on the disk".
class SqlError : public std::runtime_error {
  public:
    SqlError(int code, int system_error, const std::string& sqlite_says);
    int code() const { return code_; }  // SQLite's extended code
    /// The disk, or what this process may use of it, is used up: all that was stored is as it was.
    bool no_space() const;
    /// The disk and not the file's content is at fault: another try may go well.
    bool of_the_disk() const;

  private:
    int code_;
    int system_error_;
};

class Database {
  public:
    /// read: sees a file that another process is writing; never checkpoints. alone: keeps everybody else out, and its
    /// index of the log in memory, where no space is left for a file. immutable: for a file that nobody can change.
    enum class Mode { read, write, alone, immutable };
    enum class Moved { all, some, no_space };

    Database(const std::filesystem::path& file, Mode mode);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs one or more statements that have no result.
    void run(const char* sql);
    std::int64_t integer(const char* sql);
    std::string text(const char* sql);

    /// Pages in the write-ahead log after the last commit.
    int log_pages() const { return log_pages_; }
    /// Moves what it can of the write-ahead log into the file without waiting for readers. Where no space is left for
    /// that, all stays in the log, as durable as it was, and can be moved later.
    Moved checkpoint();
    /// Closing writes nothing more: for a file that has failed, or that somebody else will look at.
    void leave_log_on_close();

    /// Copies all of it into a new file, page by page.
    void copy_to(const std::filesystem::path& target);

    sqlite3* handle() const { return handle_; }

  private:
    sqlite3* handle_ = nullptr;
    int log_pages_ = 0;
};

/// Values that are bound are not copied: they must live until the next reset(). Columns live until the next step().
class Statement {
  public:
    Statement(Database& database, std::string_view sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::string_view text);
    Statement& bind(int index, std::span<const std::byte> blob);

    /// True when there is a row.
    bool step();
    /// Makes it ready for the next run; bindings stay.
    void reset();
    /// step() for a statement without rows, then reset().
    void execute();

    /// Whether the value is stored as what is read, and does not only become so by conversion.
    bool holds_integer(int column) const;
    bool holds_text(int column) const;
    bool holds_blob(int column) const;
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    std::span<const std::byte> blob(int column) const;

  private:
    sqlite3_stmt* statement_ = nullptr;
};

/// BEGIN IMMEDIATE until commit(); rolled back when it goes without.
class Transaction {
  public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

  private:
    Database* database_;
};

}  // namespace attune::journal
