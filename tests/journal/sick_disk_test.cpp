// A disk that is full or faulty: what needs no room goes on, what is stored is read, and another try begins anew.
#include <future>

#include <catch2/catch_test_macros.hpp>

#include "disk_watch.hpp"
#include "fixture.hpp"

using namespace attune;
using namespace attune::journal;
using namespace attune::journal::test;

namespace {

/// Whatever a test asks of the disk ends with it.
struct Disk {
    Disk() { heal_disk(); }
    ~Disk() { heal_disk(); }
};

/// A journal that was not closed: its newest events are in the log alone.
void store_and_break(const Directory& directory, std::uint64_t events) {
    Opened opened(directory.state());
    opened.start();
    for (std::uint64_t seq = 1; seq <= events; ++seq) opened.journal.append({plain_event(seq)});
    opened.engine.run_until_durable(events);
    refuse_log_writes(true);
    opened.journal.append({plain_event(events + 1)});
    opened.engine.run_until([&] { return !opened.engine.failures.empty(); });
    opened.journal.stop();
    heal_disk();
}

}  // namespace

TEST_CASE("no room to move the log into the file: events are stored, and it is moved when there is room") {
    const Disk disk;
    Directory directory;
    store_and_break(directory, 300);
    refuse_file_writes(true);
    {
        Opened opened(directory.state());
        CHECK(opened.state.last_seq == 300);
        opened.start();
        for (std::uint64_t seq = 301; seq <= 6'000; ++seq) opened.journal.append({plain_event(seq)});
        opened.engine.run_until_durable(6'000);
        CHECK(opened.engine.failures.empty());
        opened.journal.stop();
        CHECK(opened.said.size() == 1);  // once, however often it was tried
        CHECK(opened.said.front().find("No space") != std::string::npos);
    }
    heal_disk();
    Opened again(directory.state());
    CHECK(again.state.last_seq == 6'000);
    again.start();
    again.journal.stop();
    CHECK(verify(directory.file()).ok());
}

TEST_CASE("no room for a snapshot: the journal goes on without") {
    const Disk disk;
    Directory directory;
    std::promise<std::string> said;
    Engine engine;
    SqliteJournal journal({.directory = directory.state(),
                           .post = engine.post(),
                           .maker = "test",
                           .say = [&](const std::string& sentence) { said.set_value(sentence); }});
    core::State state;
    journal.restore(state);
    journal.start(engine.callbacks());
    journal.append({plain_event(1)});
    core::apply(state, plain_event(1));
    engine.run_until_durable(1);
    refuse_log_writes(true);
    journal.offer_snapshot(state);
    auto heard = said.get_future();
    REQUIRE(heard.wait_for(std::chrono::seconds(30)) == std::future_status::ready);
    refuse_log_writes(false);
    journal.append({plain_event(2)});
    engine.run_until_durable(2);
    CHECK(engine.failures.empty());
    journal.stop();
    CHECK(verify(directory.file()).ok());
}

TEST_CASE("a disk that takes nothing: what is stored is restored, and failed() follows the start") {
    const Disk disk;
    Directory directory;
    store_and_break(directory, 20);
    refuse_log_writes(true);
    refuse_file_writes(true);
    {
        Opened opened(directory.state());
        CHECK(opened.state.last_seq == 20);
        CHECK_FALSE(opened.journal.sick().empty());
        std::size_t recalled = 0;
        opened.journal.recall(100, [&](const core::Event&) { ++recalled; });
        CHECK(recalled == 20);
        opened.start();
        opened.journal.append({plain_event(21)});
        opened.engine.run_until([&] { return !opened.engine.failures.empty(); });
        CHECK(opened.engine.failures.size() == 1);
        CHECK(opened.engine.durable.empty());
        CHECK(opened.journal.waiting() == 0);
        opened.journal.stop();
    }
    heal_disk();
    Opened again(directory.state());
    CHECK(again.journal.sick().empty());
    CHECK(again.state.last_seq == 20);
}

TEST_CASE("what a failed sync left behind is written again before it is believed") {
    const Disk disk;
    Directory directory;
    {
        Opened opened(directory.state());
        opened.start();
        opened.journal.append({plain_event(1)});
        opened.engine.run_until_durable(1);
        refuse_log_sync(1);
        opened.journal.append({plain_event(2)});
        opened.engine.run_until([&] { return !opened.engine.failures.empty(); });
        opened.journal.stop();
        CHECK(opened.journal.head_seq() == 1);  // of what is on disk for certain
    }
    REQUIRE(log_is_dirty());
    const DiskCounts before = disk_counts();
    Opened again(directory.state());
    CHECK_FALSE(log_is_dirty());
    CHECK(disk_counts().log_writes > before.log_writes);
    CHECK(again.state.last_seq >= 1);
}

TEST_CASE("whoever holds the directory opens one journal after another") {
    Directory directory;
    const auto lock = std::make_shared<DirectoryLock>(directory.state());
    for (int time = 0; time < 2; ++time) {
        Engine engine;
        SqliteJournal journal({.directory = directory.state(), .post = engine.post(), .maker = "test", .lock = lock});
        CHECK_THROWS_AS(DirectoryLock(directory.state()), std::runtime_error);
    }
    CHECK_THROWS_AS(DirectoryLock(directory.state()), std::runtime_error);
}
