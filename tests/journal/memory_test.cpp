// The journal of the simulator: it loses what was not synced and nothing else, and it is the same in every run.
#include <catch2/catch_test_macros.hpp>

#include "fixture.hpp"
#include "hub/journal/memory_journal.hpp"

using namespace attune;
using namespace attune::journal;
using namespace attune::journal::test;

namespace {

struct Listener {
    std::vector<std::uint64_t> durable;
    std::vector<std::string> failures;
    Callbacks callbacks() {
        return {[this](std::uint64_t seq) { durable.push_back(seq); },
                [this](std::string reason) { failures.push_back(std::move(reason)); }};
    }
};

}  // namespace

TEST_CASE("the simulator decides when events become durable and when the engine hears of it") {
    MemoryDisk disk;
    Listener heard;
    MemoryJournal journal(disk);
    core::State state;
    CHECK(journal.restore(state) == 0);
    journal.start(heard.callbacks());
    journal.append({plain_event(1), plain_event(2)});
    CHECK(journal.waiting() == 2);
    CHECK(journal.write());
    CHECK_FALSE(journal.deliver());
    CHECK(journal.sync());
    CHECK(heard.durable.empty());
    CHECK(journal.deliver());
    CHECK(heard.durable == std::vector<std::uint64_t>{2});
    CHECK(journal.waiting() == 0);
    CHECK_FALSE(journal.step());
}

TEST_CASE("a crash loses what was not synced, or keeps some whole transactions of it") {
    MemoryDisk disk;
    Listener heard;
    {
        MemoryJournal journal(disk);
        core::State state;
        journal.restore(state);
        journal.start(heard.callbacks());
        journal.append({plain_event(1)});
        journal.step();
        journal.append({plain_event(2), plain_event(3)});
        journal.write();
        journal.append({plain_event(4)});
        journal.write();
        journal.append({plain_event(5)});
    }
    MemoryDisk kept = disk;
    disk.crash();
    kept.crash(1);
    core::State state;
    CHECK(MemoryJournal(disk).restore(state) == 1);
    CHECK(state.last_seq == 1);
    CHECK(MemoryJournal(kept).restore(state) == 3);
    CHECK(state.last_seq == 3);
    CHECK(heard.durable == std::vector<std::uint64_t>{1});
}

TEST_CASE("a school's day, with and without a snapshot, comes back the same, and has the same hash each time") {
    Hash heads[2];
    for (int run = 0; run < 2; ++run) {
        MemoryDisk disk;
        Listener heard;
        MemoryJournal journal(disk);
        core::State state;
        journal.restore(state);
        journal.start(heard.callbacks());
        std::size_t steps = 0;
        for (const auto& step : steps_of(busy_school().log)) {
            journal.append(step);
            for (const core::Event& event : step) core::apply(state, event);
            if (run == 1 && ++steps % 20 == 0) journal.offer_snapshot(state);
            journal.step();
        }
        journal.stop();
        heads[run] = journal.head_hash();
        CHECK(disk.snapshots.size() == (run == 1 ? 2 : 0));
        core::State restored;
        MemoryJournal again(disk);
        const std::uint64_t replayed = again.restore(restored);
        CHECK(restored == busy_school().state);
        CHECK((run == 1) == (replayed < busy_school().log.size()));
        CHECK(again.head_hash() == heads[run]);
        std::size_t recalled = 0;
        again.recall(5, [&](const core::Event&) { ++recalled; });
        CHECK(recalled == 5);
    }
    CHECK(heads[0] == heads[1]);
}

TEST_CASE("a sick disk is said once, and nothing is acknowledged after it") {
    MemoryDisk disk;
    Listener heard;
    MemoryJournal journal(disk);
    core::State state;
    journal.restore(state);
    journal.start(heard.callbacks());
    journal.append({plain_event(1)});
    journal.step();
    SECTION("full") { disk.refuses_writes = true; }
    SECTION("does not sync") { disk.refuses_syncs = true; }
    SECTION("told so") { journal.fail("for this test"); }
    journal.append({plain_event(2)});
    journal.step();
    journal.append({plain_event(3)});
    journal.step();
    journal.stop();
    CHECK(heard.durable == std::vector<std::uint64_t>{1});
    CHECK(heard.failures.size() == 1);
    disk.crash(1);
    core::State after;
    MemoryJournal(disk).restore(after);
    CHECK((after.last_seq == 1 || after.last_seq == 2));
}

TEST_CASE("a bit that rots on the simulated disk is found") {
    MemoryDisk disk;
    Listener heard;
    MemoryJournal journal(disk);
    core::State state;
    journal.restore(state);
    journal.start(heard.callbacks());
    for (std::uint64_t seq = 1; seq <= 10; ++seq) journal.append({plain_event(seq)});
    journal.stop();
    disk.events[4].payload[7] ^= std::byte{4};
    CHECK_THROWS_AS(MemoryJournal(disk).restore(state), std::runtime_error);
}
