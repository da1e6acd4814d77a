// The journal of a running hub, and the next one when it fails. A journal that has failed is never written again: each
// try opens the file anew, on a thread of its own, since a sick disk makes whoever asks it wait.
//
// Everything but open_again() is on the io thread.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "hub/app/hub.hpp"
#include "hub/journal/sqlite_journal.hpp"

namespace attune::daemon {

class JournalKeeper {
  public:
    /// Locks the state folder for as long as this lives, and opens the journal. Throws std::runtime_error with a
    /// sentence.
    explicit JournalKeeper(journal::SqliteOptions options);
    ~JournalKeeper();
    JournalKeeper(const JournalKeeper&) = delete;
    JournalKeeper& operator=(const JournalKeeper&) = delete;

    /// The one that was opened first.
    journal::Journal& journal() { return *journal_; }

    enum class Look : bool { no, first };  // whether to ask the disk with a small file before the journal is touched
    /// For a hub whose journal has failed: begins another try, unless one is under way. The hub catches up if it goes
    /// well.
    void try_again(app::Hub& hub, Look look);
    bool trying() const { return thread_.joinable(); }
    /// Why the last try did not go well, a sentence for people; empty before the first one.
    const std::string& why_not() const { return why_not_; }
    /// Whether the disk took what was written and the journal still could not be used.
    bool disk_is_well() const { return disk_is_well_; }

    /// Writes out what waits and closes the file. No try may be under way.
    void stop();

  private:
    struct Head {
        std::uint64_t seq = 0;
        journal::Hash hash{};
    };
    struct Try {
        std::unique_ptr<journal::SqliteJournal> journal;  // null: it did not go well
        app::Engine::Stored stored;
        std::string why_not;
        bool disk_is_well = false;
    };
    Try open_again(Look look) const;
    void landed(app::Hub& hub, Try& made);

    journal::SqliteOptions options_;
    std::unique_ptr<journal::SqliteJournal> journal_;  // null while there is none that could be written
    Head head_;                                        // the newest event that is on disk for certain
    std::string why_not_;
    bool disk_is_well_ = false;
    std::thread thread_;
};

}  // namespace attune::daemon
