// The journal of a real hub: one SQLite file, one thread that takes all that waits, stores it in one transaction, syncs
// it and says so. The thread also moves the write-ahead log into the file, when it is idle or the log has grown, because
// one connection must be the only one that does.
//
// Failure: on the first error of any write the journal says failed() once and writes nothing more, ever: a sync that
// failed once must not be tried again, since the kernel may have dropped the pages and will say that all is well. What
// was durable stays readable. Another try is another SqliteJournal. Only where there is no room to tidy up (moving the
// log into the file, a snapshot) it goes on without: the log has everything.
//
// On a disk that takes no writes it still opens and restores; failed() then follows start().
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hub/journal/chain.hpp"
#include "hub/journal/file.hpp"
#include "hub/journal/journal.hpp"
#include "hub/journal/outlet.hpp"
#include "hub/journal/verify.hpp"

namespace attune::journal {

struct SqliteOptions {
    std::filesystem::path directory{};  // the state directory; made if need be
    Post post{};                        // to the engine's thread
    std::string maker{};  // program and version: a snapshot of another maker is not used, its fold may have been another
    /// What people should know of (a copy before a migration, a snapshot that was not used). Called during
    /// construction, restore() and prepare() on that thread; and, when there is no room to tidy up, on the journal's.
    Say say = [](const std::string&) {};
    /// When given, the whole chain is checked on a thread of low priority after start(), and this is called on the
    /// engine's thread with the result, unless stop() comes first.
    std::function<void(const VerifyReport&)> verified{};
    const Layout& layout = current_layout();
    /// Held by whoever opens one journal after another, so that nobody comes in between; null: the journal takes it.
    std::shared_ptr<DirectoryLock> lock{};
};

class SqliteJournal final : public Journal {
  public:
    /// Locks the directory and opens the file. Throws std::runtime_error with a sentence for people.
    explicit SqliteJournal(SqliteOptions options);
    ~SqliteJournal() override;

    std::uint64_t restore(core::State& state) override;
    void recall(std::size_t events_max, const std::function<void(const core::Event&)>& seen) override;
    void start(Callbacks callbacks) override;
    void append(std::vector<core::Event> step) override;
    std::size_t waiting() const override { return waiting_.load(std::memory_order_relaxed); }
    void offer_snapshot(const core::State& state) override;
    /// The last durable() comes from within stop(), on the caller's thread, before it returns.
    void stop() override;

    /// What start() has to do on the disk, for whoever must not wait for that: may be done before it, on any thread.
    void prepare();
    /// Why nothing can be written, known from opening or preparing; empty when it can.
    const std::string& sick() const { return sick_; }
    /// On the engine's thread: no callback comes any more. From then on any thread may destroy it.
    void mute();

    /// The hash of the newest event on disk. After restore() and until start(), or after stop() or failed().
    const Hash& head_hash() const { return head_hash_; }
    std::uint64_t head_seq() const { return head_seq_; }
    /// The hash of an older one. After restore() and until start().
    std::optional<Hash> hash_of(std::uint64_t seq);
    const std::filesystem::path& file() const { return file_; }

  private:
    struct Snapshot {
        std::uint64_t seq = 0;
        Bytes state;
        Hash hash{};  // of the event it was taken after; set by the thread
    };
    struct Item {
        std::vector<core::Event> step;
        std::unique_ptr<Snapshot> snapshot;  // after the step
    };
    struct Statements;

    bool restore_snapshot(core::State& state);
    void enqueue(Item item, std::size_t events);
    void run();
    std::vector<Item> take();
    void store(std::vector<Item>& items);
    void store_events(std::vector<Item>& items, std::unique_ptr<Snapshot>& snapshot);
    void store_event(const core::Event& event, const Salt& salt);
    void store_snapshot(const Snapshot& snapshot);
    void tidy_log(bool idle);
    void say_no_room();
    void fail(const std::string& reason);
    std::string cannot_write(const std::string& why) const;
    void run_verify();

    const SqliteOptions options_;
    const std::filesystem::path file_;
    std::shared_ptr<DirectoryLock> lock_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<Statements> statements_;
    std::shared_ptr<Outlet> outlet_;

    // Handed from the opening thread to the journal's thread by start(), and back by stop().
    std::uint64_t head_seq_ = 0;
    Hash head_hash_ = chain_start;
    Record record_;
    std::vector<Salt> salts_;
    std::string sick_;
    bool prepared_ = false;
    std::chrono::steady_clock::time_point tidy_again_{};  // there was no room for it

    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Item> queue_;
    bool stopping_ = false;
    bool asleep_ = false;
    std::atomic<std::size_t> waiting_ = 0;
    std::atomic<bool> failed_ = false;
    std::atomic<bool> stop_verify_ = false;

    std::thread thread_;
    std::thread verify_thread_;
};

}  // namespace attune::journal
