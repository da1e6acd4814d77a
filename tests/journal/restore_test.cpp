// A start: the same state by every way, snapshots as a cache and never the truth.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <chrono>
#include <thread>

#include "fixture.hpp"

using namespace attune;
using namespace attune::journal;
using namespace attune::journal::test;
using Catch::Matchers::ContainsSubstring;

namespace {

void await_snapshot(const Directory& directory, std::uint64_t seq) {
    const auto last_try = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (Database(directory.file(), Database::Mode::read).integer("SELECT coalesce(max(seq), 0) FROM snapshot") != static_cast<std::int64_t>(seq)) {
        if (std::chrono::steady_clock::now() > last_try) throw std::runtime_error("a snapshot was offered and is not stored");
        std::this_thread::yield();
    }
}

/// Stores the school's events, offering a snapshot after each of these steps.
void store_with_snapshots(const Directory& directory, const std::set<std::size_t>& after_steps, std::size_t end = 0) {
    Opened opened(directory.state());
    opened.start();
    core::State state;
    std::size_t number = 0;
    for (const auto& step : steps_of(busy_school().log)) {
        opened.journal.append(step);
        for (const core::Event& event : step) core::apply(state, event);
        if (after_steps.contains(number)) opened.journal.offer_snapshot(state);
        // So that each snapshot is stored and none is overtaken by a newer one in the same turn. Its events may have been
        // durable before it was offered: the file says when it is there.
        if (after_steps.contains(number)) {
            opened.engine.run_until_durable(state.last_seq);
            await_snapshot(directory, state.last_seq);
        }
        if (++number == end) break;
    }
    opened.journal.stop();
}

void run(const Directory& directory, const char* sql) { Database(directory.file(), Database::Mode::write).run(sql); }

}  // namespace

TEST_CASE("a restart without snapshots gives the same state, deadlines and all") {
    Directory directory;
    store(directory.state(), busy_school().log);
    Opened opened(directory.state());
    CHECK(opened.replayed == busy_school().log.size());
    CHECK(opened.state == busy_school().state);
    CHECK_FALSE(opened.state.deadlines.empty());
}

TEST_CASE("a restart with a snapshot replays what came after it, and gives the same state") {
    Directory directory;
    const std::size_t steps = steps_of(busy_school().log).size();
    store_with_snapshots(directory, {3, steps / 2, steps - 4});
    {
        Opened opened(directory.state());
        CHECK(opened.state == busy_school().state);
        CHECK(opened.replayed > 0);
        CHECK(opened.replayed < 20);
        CHECK(opened.said.empty());
    }
    CHECK(Database(directory.file(), Database::Mode::read).integer("SELECT count(*) FROM snapshot") == 2);
    run(directory, "DELETE FROM snapshot");
    Opened opened(directory.state());
    CHECK(opened.state == busy_school().state);
    CHECK(opened.replayed == busy_school().log.size());
}

TEST_CASE("a snapshot that is not usable is passed over for the one before it, and then for the events") {
    Directory directory;
    const std::size_t steps = steps_of(busy_school().log).size();
    store_with_snapshots(directory, {steps / 2, steps - 2});
    const char* harm = nullptr;
    SECTION("its bytes were changed") {
        harm = "UPDATE snapshot SET state = zeroblob(length(state)) WHERE seq = (SELECT max(seq) FROM snapshot)";
    }
    SECTION("it is the older one's copy") {
        harm = "UPDATE snapshot SET (state, digest) = (SELECT state, digest FROM snapshot ORDER BY seq LIMIT 1)"
               " WHERE seq = (SELECT max(seq) FROM snapshot)";
    }
    SECTION("another version made it") {
        harm = "UPDATE snapshot SET maker = 'other' WHERE seq = (SELECT max(seq) FROM snapshot)";
    }
    SECTION("its state has another shape") {
        harm = "UPDATE snapshot SET shape = shape + 1 WHERE seq = (SELECT max(seq) FROM snapshot)";
    }
    run(directory, harm);
    {
        Opened opened(directory.state());
        CHECK(opened.state == busy_school().state);
        CHECK(opened.said.size() == 1);
        CHECK(opened.replayed > 5);
        CHECK(opened.replayed < busy_school().log.size());
    }
    CHECK_FALSE(verify(directory.file()).ok());  // a running hub does not stop for it, but it is not passed over either
    run(directory, "UPDATE snapshot SET digest = zeroblob(32)");
    Opened opened(directory.state());
    CHECK(opened.state == busy_school().state);
    CHECK(opened.replayed == busy_school().log.size());
}

TEST_CASE("a hub of another version does not use this one's snapshots") {
    Directory directory;
    const std::size_t steps = steps_of(busy_school().log).size();
    store_with_snapshots(directory, {steps - 2});
    Opened opened(directory.state(), {.maker = "test 2"});
    CHECK(opened.replayed == busy_school().log.size());
    CHECK(opened.state == busy_school().state);
}

TEST_CASE("a restart goes on where the last one ended") {
    Directory directory;
    const auto steps = steps_of(busy_school().log);
    for (const auto& step : steps) {
        Opened opened(directory.state());
        REQUIRE(opened.state.last_seq + 1 == step.front().seq);
        opened.start();
        opened.journal.append(step);
        opened.journal.stop();
        if (opened.state.last_seq > 30) break;
    }
    CHECK(verify(directory.file()).ok());
}

TEST_CASE("recall shows the newest events again, also those that a snapshot covers") {
    Directory directory;
    const std::size_t steps = steps_of(busy_school().log).size();
    store_with_snapshots(directory, {steps - 1});
    Opened opened(directory.state());
    CHECK(opened.replayed == 0);
    std::vector<std::uint64_t> seqs;
    opened.journal.recall(10, [&](const core::Event& event) { seqs.push_back(event.seq); });
    REQUIRE(seqs.size() == 10);
    CHECK(seqs.back() == busy_school().log.back().seq);
    seqs.clear();
    opened.journal.recall(1'000'000, [&](const core::Event& event) { seqs.push_back(event.seq); });
    CHECK(seqs.size() == busy_school().log.size());
}

TEST_CASE("the reader walks decoded events beside a running hub, from any number on") {
    Directory directory;
    Opened opened(directory.state());
    opened.start();
    for (auto& step : steps_of(busy_school().log)) opened.journal.append(std::move(step));
    opened.engine.run_until_durable(busy_school().log.back().seq);
    std::size_t count = 0;
    for_each(directory.file(), 0, [&](const core::Event& event) {
        const core::Event& wanted = busy_school().log.at(count++);
        CHECK(event.seq == wanted.seq);
        CHECK(event.at == wanted.at);
        CHECK(event.device == wanted.device);
        CHECK(event.actor == wanted.actor);
        CHECK(event.command == wanted.command);
        CHECK(event.cause == wanted.cause);
        CHECK(event.fact.index() == wanted.fact.index());
        return true;
    });
    CHECK(count == busy_school().log.size());
    std::vector<std::uint64_t> some;
    for_each(directory.file(), 7, [&](const core::Event& event) {
        some.push_back(event.seq);
        return some.size() < 3;
    });
    CHECK(some == std::vector<std::uint64_t>{7, 8, 9});
    for_each(directory.file(), 1'000'000, [&](const core::Event&) { return some.empty(); });
    CHECK(some.size() == 3);
    opened.journal.stop();
}

TEST_CASE("the whole chain is checked in the background after a start, and the engine hears of it") {
    Directory directory;
    const std::size_t steps = steps_of(busy_school().log).size();
    store_with_snapshots(directory, {steps - 1});
    bool bad = false;
    SECTION("in order") {}
    SECTION("an event that the snapshot covers was changed") {
        run(directory, "DROP TRIGGER event_is_not_changed; UPDATE event SET wall = wall + 1 WHERE seq = 9");
        bad = true;
    }
    std::optional<VerifyReport> heard;
    Opened opened(directory.state(), {.verified = [&](const VerifyReport& report) { heard = report; }});
    CHECK(opened.replayed == 0);
    opened.start();
    opened.engine.run_until([&] { return heard.has_value(); });
    CHECK(heard->ok() == !bad);
    if (bad) CHECK(heard->first_bad_seq == 9);
    opened.journal.stop();
}

TEST_CASE("an event out of order is refused as a mistake of the program") {
    Directory directory;
    Opened opened(directory.state());
    opened.start();
    opened.journal.append({plain_event(1)});
    opened.journal.append({plain_event(3)});
    opened.engine.run_until([&] { return !opened.engine.failures.empty(); });
    CHECK_THAT(opened.engine.failures.front(), ContainsSubstring("event 3 was appended after event 1"));
    opened.journal.stop();
}
