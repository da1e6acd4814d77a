// Durable before it is said: at the instant at which the journal says that an event is on disk, nothing that was
// written to the log is unsynced. And what happens when the disk says no.
#include <catch2/catch_test_macros.hpp>

#include "disk_watch.hpp"
#include "fixture.hpp"

using namespace attune;
using namespace attune::journal;
using namespace attune::journal::test;

TEST_CASE("every durable() comes after the sync of what it speaks of") {
    Directory directory;
    Opened opened(directory.state());
    std::size_t unsynced = 0;
    opened.engine.on_post = [&] { unsynced += log_is_dirty() ? 1 : 0; };
    opened.start();
    const DiskCounts before = disk_counts();
    for (std::uint64_t seq = 1; seq <= 50; ++seq) {
        opened.journal.append({plain_event(seq)});
        opened.engine.run_until_durable(seq);
    }
    const DiskCounts after = disk_counts();
    CHECK(unsynced == 0);
    CHECK(after.log_writes - before.log_writes >= 50);
    CHECK(after.log_syncs - before.log_syncs >= 50);
    opened.journal.stop();
}

TEST_CASE("the watch on the disk sees when synchronous is not FULL") {
    // The proof that the test above can fail: the same commit with NORMAL leaves the log unsynced.
    Directory directory;
    { Opened opened(directory.state()); }
    Database database(directory.file(), Database::Mode::write);
    database.run("PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE; CREATE TABLE other(x); COMMIT;");
    database.run("BEGIN IMMEDIATE; INSERT INTO other VALUES(1); COMMIT;");
    CHECK(log_is_dirty());
    database.run("PRAGMA synchronous=FULL; BEGIN IMMEDIATE; INSERT INTO other VALUES(2); COMMIT;");
    CHECK_FALSE(log_is_dirty());
}

TEST_CASE("the settings that durability rests on are read back") {
    Directory directory;
    const DirectoryLock lock(directory.state());
    const auto database = open_for_writing(directory.state(), current_layout(), [](const std::string&) {});
    CHECK(database->integer("PRAGMA synchronous") == 2);
    CHECK(database->text("PRAGMA journal_mode") == "wal");
    CHECK(database->integer("PRAGMA wal_autocheckpoint") == 0);
    CHECK(database->integer("PRAGMA mmap_size") == 0);
    CHECK(database->integer("PRAGMA trusted_schema") == 0);
}

TEST_CASE("a sync that fails is said once, nothing is acknowledged or tried again, and the file stays good") {
    Directory directory;
    std::uint64_t good = 0;
    {
        Opened opened(directory.state());
        opened.start();
        for (std::uint64_t seq = 1; seq <= 20; ++seq) opened.journal.append({plain_event(seq)});
        opened.engine.run_until_durable(20);
        refuse_log_sync(1);
        opened.journal.append({plain_event(21), plain_event(22)});
        opened.engine.run_until([&] { return !opened.engine.failures.empty(); });
        const DiskCounts after_failure = disk_counts();
        for (std::uint64_t seq = 23; seq <= 40; ++seq) opened.journal.append({plain_event(seq)});
        opened.journal.offer_snapshot(opened.state);
        CHECK(opened.journal.waiting() == 0);
        opened.journal.stop();
        CHECK(opened.engine.last_durable() == 20);
        CHECK(opened.engine.failures.size() == 1);
        CHECK(opened.engine.failures.front().find("can't be written") != std::string::npos);
        CHECK(disk_counts().log_writes == after_failure.log_writes);
        CHECK(disk_counts().log_syncs == after_failure.log_syncs);
        good = 20;
    }
    heal_disk();
    Opened again(directory.state());
    CHECK(again.state.last_seq >= good);  // the two in doubt may be there, both or none
    CHECK((again.state.last_seq == 20 || again.state.last_seq == 22));
    again.journal.stop();
    CHECK(verify(directory.file()).ok());
}

TEST_CASE("a full disk: all of a step or none, said once, everything before it stays readable") {
    Directory directory;
    {
        Opened opened(directory.state());
        opened.start();
        opened.journal.append({plain_event(1), plain_event(2)});
        opened.engine.run_until_durable(2);
        refuse_log_writes(true);
        opened.journal.append({plain_event(3), plain_event(4), plain_event(5)});
        opened.engine.run_until([&] { return !opened.engine.failures.empty(); });
        refuse_log_writes(false);  // room again: the journal must not go on by itself
        opened.journal.append({plain_event(6)});
        CHECK(verify(directory.file()).events == 2);
        opened.journal.stop();
        CHECK(opened.engine.failures.size() == 1);
        CHECK(opened.engine.last_durable() == 2);
    }
    Opened again(directory.state());
    CHECK(again.state.last_seq == 2);
    again.start();
    again.journal.append({plain_event(3)});
    again.engine.run_until_durable(3);
    again.journal.stop();
}

TEST_CASE("many steps that wait become few transactions, and durable() is not posted for each") {
    Directory directory;
    Opened opened(directory.state());
    constexpr std::uint64_t events = 5'000;
    for (std::uint64_t seq = 1; seq <= events; ++seq) opened.journal.append({plain_event(seq)});
    CHECK(opened.journal.waiting() == events);
    const DiskCounts before = disk_counts();
    opened.start();
    opened.engine.run_until_durable(events);
    CHECK(disk_counts().log_syncs - before.log_syncs < 20);
    CHECK(opened.engine.posts < 20);
    CHECK(opened.journal.waiting() == 0);
    opened.journal.stop();
    CHECK(std::ranges::is_sorted(opened.engine.durable));
}

TEST_CASE("a step is never split between two transactions") {
    // Steps of many sizes across the largest transaction; a reader beside it must only ever see whole ones.
    Directory directory;
    Opened opened(directory.state());
    std::set<std::uint64_t> ends{0};
    std::uint64_t seq = 0;
    for (std::uint64_t step = 0; step < 4'000; ++step) {
        std::vector<core::Event> events;
        for (std::uint64_t n = 0; n <= step % 13; ++n) events.push_back(plain_event(++seq));
        ends.insert(seq);
        opened.journal.append(std::move(events));
    }
    std::vector<std::uint64_t> seen;
    Database reader(directory.file(), Database::Mode::read);
    opened.engine.on_post = [&] { seen.push_back(last_seq(reader)); };
    opened.start();
    opened.engine.run_until_durable(seq);
    opened.journal.stop();
    CHECK(seen.size() >= 3);
    for (const std::uint64_t last : seen) CHECK(ends.contains(last));
    for (const std::uint64_t last : opened.engine.durable) CHECK(ends.contains(last));
}

TEST_CASE("stop() stores what waits and says so before it returns; nothing comes after it") {
    Directory directory;
    Opened opened(directory.state());
    opened.start();
    for (std::uint64_t seq = 1; seq <= 300; ++seq) opened.journal.append({plain_event(seq)});
    opened.journal.stop();
    CHECK(opened.engine.last_durable() == 300);
    const std::size_t told = opened.engine.durable.size();
    opened.engine.run_until([&, turns = 0]() mutable { return ++turns > static_cast<int>(opened.engine.posts); });
    CHECK(opened.engine.durable.size() == told);
}
