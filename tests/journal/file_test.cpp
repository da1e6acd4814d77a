// The file and its directory: who may read them, who may use them, which versions are taken, what is copied first.
#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "fixture.hpp"

using namespace attune;
using namespace attune::journal;
using namespace attune::journal::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

unsigned mode_of(const std::filesystem::path& path) {
    struct stat info {};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    return info.st_mode & 0777U;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the state directory is for its owner alone, whatever it was before") {
    Directory directory;
    std::filesystem::create_directory(directory.state());
    std::filesystem::permissions(directory.state(), std::filesystem::perms::all);
    const ::mode_t before = ::umask(0);
    Opened opened(directory.state());
    opened.start();
    opened.journal.append({plain_event(1)});
    opened.engine.run_until_durable(1);
    CHECK(mode_of(directory.state()) == 0700);
    for (const auto& entry : std::filesystem::directory_iterator(directory.state())) {
        INFO(entry.path().string());
        CHECK(mode_of(entry.path()) == 0600);
    }
    CHECK(std::filesystem::exists(directory.file().string() + "-wal"));
    opened.journal.stop();
    ::umask(before);
}

TEST_CASE("two hubs cannot share a state directory; once the first has gone, the second may") {
    Directory directory;
    {
        Opened first(directory.state());
        CHECK_THROWS_MATCHES(Opened(directory.state()), std::runtime_error,
                             MessageMatches(ContainsSubstring("Another attuned already uses the state directory")));
    }
    CHECK_NOTHROW(Opened(directory.state()));
}

TEST_CASE("a journal of a newer version is refused with a sentence and left as it is") {
    Directory directory;
    store(directory.state(), {plain_event(1)});
    {
        Database database(directory.file(), Database::Mode::write);
        database.run("PRAGMA user_version=9");
    }
    const std::string before = bytes_of(directory.file());
    CHECK_THROWS_MATCHES(Opened(directory.state()), std::runtime_error,
                         MessageMatches(ContainsSubstring("written by a newer version of Attune") &&
                                        ContainsSubstring("left as it is")));
    CHECK(bytes_of(directory.file()) == before);
    CHECK_THROWS_AS(verify(directory.file()), std::runtime_error);
}

TEST_CASE("another program's database and a file of rubbish are refused") {
    Directory directory;
    std::filesystem::create_directory(directory.state());
    SECTION("another program's") {
        {
            Database database(directory.file(), Database::Mode::write);
            database.run("CREATE TABLE theirs(x)");
        }
        CHECK_THROWS_MATCHES(Opened(directory.state()), std::runtime_error,
                             MessageMatches(ContainsSubstring("is not a journal of Attune")));
    }
    SECTION("rubbish") {
        std::ofstream(directory.file()) << std::string(10'000, 'x');
        CHECK_THROWS_MATCHES(Opened(directory.state()), std::runtime_error,
                             MessageMatches(ContainsSubstring("cannot be opened")));
    }
}

TEST_CASE("a power cut before the first transaction leaves an empty file, which is used") {
    Directory directory;
    std::filesystem::create_directory(directory.state());
    std::ofstream(directory.file()).flush();
    store(directory.state(), {plain_event(1)});
    CHECK(verify(directory.file()).events == 1);
}

TEST_CASE("an older layout is copied, the copy is verified, and then it is migrated") {
    Directory directory;
    store(directory.state(), busy_school().log);
    const VerifyReport before = verify(directory.file());
    Layout next = current_layout();
    next.steps.push_back([](Database& database) { database.run("CREATE TABLE added(x INTEGER) STRICT"); });

    const std::filesystem::path copy = directory.state() / "journal-before-layout-2.db";
    SECTION("and it works") {
        Opened opened(directory.state(), {.layout = next});
        REQUIRE(opened.said.size() == 1);
        CHECK_THAT(opened.said.front(), ContainsSubstring(copy.string()));
        CHECK(opened.state == busy_school().state);
        opened.start();
        opened.journal.append({plain_event(before.events + 1)});
        opened.journal.stop();
        Database database(directory.file(), Database::Mode::read);
        CHECK(database.integer("PRAGMA user_version") == 2);
        CHECK(database.integer("SELECT count(*) FROM added") == 0);
        CHECK(database.integer("SELECT max(seq) FROM event") == static_cast<std::int64_t>(before.events + 1));
    }
    SECTION("and when a step of it fails the file is as before") {
        next.steps.back() = [](Database& database) {
            database.run("CREATE TABLE added(x INTEGER) STRICT");
            database.run("INSERT INTO nowhere VALUES(1)");
        };
        CHECK_THROWS_AS(Opened(directory.state(), {.layout = next}), std::runtime_error);
        Database database(directory.file(), Database::Mode::read);
        CHECK(database.integer("PRAGMA user_version") == 1);
        CHECK(database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'added'") == 0);
    }
    CHECK(mode_of(copy) == 0600);
    const VerifyReport copied = verify(copy);
    CHECK(copied.ok());
    CHECK(copied.events == before.events);
    CHECK(copied.head_hash == before.head_hash);
}

TEST_CASE("a journal that does not verify is not migrated") {
    Directory directory;
    store(directory.state(), busy_school().log);
    {
        Database database(directory.file(), Database::Mode::write);
        database.run("DROP TRIGGER event_is_not_changed; UPDATE event SET actor = 'x' WHERE seq = 5;");
    }
    Layout next = current_layout();
    next.steps.push_back([](Database&) {});
    CHECK_THROWS_MATCHES(Opened(directory.state(), {.layout = next}), std::runtime_error,
                         MessageMatches(ContainsSubstring("event 5 ")));
    Database database(directory.file(), Database::Mode::read);
    CHECK(database.integer("PRAGMA user_version") == 1);
}

TEST_CASE("a backup of a journal that is being written is whole, and can be started from") {
    Directory directory;
    Opened opened(directory.state());
    opened.start();
    for (std::uint64_t seq = 1; seq <= 2'000; ++seq) opened.journal.append({plain_event(seq)});
    opened.engine.run_until_durable(1);
    const std::filesystem::path copy = directory / "copy.db";
    const std::uint64_t durable = opened.engine.last_durable();
    backup(directory.file(), copy);
    opened.journal.stop();
    CHECK_FALSE(std::filesystem::exists(copy.string() + ".partial"));
    const VerifyReport report = verify(copy);
    CHECK(report.ok());
    CHECK(report.events >= durable);

    const std::filesystem::path elsewhere = directory / "restored";
    std::filesystem::create_directory(elsewhere);
    std::filesystem::copy_file(copy, journal_file(elsewhere));
    Opened restored(elsewhere);
    CHECK(restored.state.last_seq == report.events);
}

TEST_CASE("events are only added: the file itself refuses changes and deletions") {
    Directory directory;
    store(directory.state(), {plain_event(1), plain_event(2)});
    Database database(directory.file(), Database::Mode::write);
    CHECK_THROWS_AS(database.run("UPDATE event SET kind = 'x' WHERE seq = 1"), SqlError);
    CHECK_THROWS_AS(database.run("DELETE FROM event WHERE seq = 2"), SqlError);
}
