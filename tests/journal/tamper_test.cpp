// Nothing in the log changes unseen: bits flipped, rows edited, taken away, put in, moved; in the file, in the log
// beside it. Each is found by verify() and at the start, and named by its number.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <random>

#include "fixture.hpp"

using namespace attune;
using namespace attune::journal;
using namespace attune::journal::test;

namespace {

/// The school's journal without its triggers, made once; each mutation gets a copy.
const std::filesystem::path& original() {
    static Directory directory;
    static const std::filesystem::path file = [] {
        store(directory.state(), busy_school().log);
        Database(directory.file(), Database::Mode::write)
            .run("DROP TRIGGER event_is_not_changed; DROP TRIGGER event_is_not_deleted; PRAGMA journal_mode=DELETE;");
        return directory.file();
    }();
    return file;
}

struct Copy {
    Copy() {
        std::filesystem::create_directory(directory.state());
        std::filesystem::copy_file(original(), directory.file());
    }
    void run(const std::string& sql) { Database(directory.file(), Database::Mode::write).run(sql.c_str()); }
    Directory directory;
};

std::uint64_t last() { return busy_school().log.back().seq; }

/// What a start says, or nothing when it starts.
std::string start_error(const std::filesystem::path& directory) {
    try {
        Opened opened(directory);
        return {};
    } catch (const std::exception& error) {
        return error.what();
    }
}

void check_found(Copy& copy, std::uint64_t seq) {
    const VerifyReport report = verify(copy.directory.file());
    INFO(report.sentence());
    REQUIRE(report.first_bad_seq == seq);
    CHECK(report.events == seq - 1);
    const std::string said = start_error(copy.directory.state());
    INFO(said);
    REQUIRE(said.find("event " + std::to_string(seq) + " ") != std::string::npos);
    CHECK(said.find("cannot be trusted") != std::string::npos);
}

/// Every value of every row, in order.
std::string dump(const std::filesystem::path& file) {
    Database database(file, Database::Mode::read);
    return database.text(
        "SELECT group_concat(quote(seq)||quote(at)||quote(wall)||quote(occurred_at)||quote(cause)||quote(late)||"
        "quote(schema)||quote(command)||quote(kind)||quote(device)||quote(actor)||quote(payload)||quote(salt)||"
        "quote(commitment)||quote(hash), x'0a') FROM (SELECT * FROM event ORDER BY seq)");
}

}  // namespace

TEST_CASE("an untouched journal verifies") {
    Copy copy;
    const VerifyReport report = verify(copy.directory.file());
    CHECK(report.ok());
    CHECK(report.events == last());
    CHECK(start_error(copy.directory.state()).empty());
}

TEST_CASE("an edited value of any column is found") {
    const std::string number = GENERATE("at", "wall", "occurred_at", "cause", "late", "schema");
    Copy copy;
    copy.run("UPDATE event SET " + number + " = " + number + " + 1 WHERE seq = 12");
    check_found(copy, 12);
}

TEST_CASE("an edited text or blob of any column is found") {
    const std::string column = GENERATE("kind", "device", "actor", "command", "payload", "salt", "commitment", "hash");
    Copy copy;
    const bool text = column == "kind" || column == "device" || column == "actor";
    SECTION("one bit") {
        Database database(copy.directory.file(), Database::Mode::write);
        Statement read(database, "SELECT CAST(" + column + " AS BLOB) FROM event WHERE seq = 20");
        read.step();
        Bytes bytes(read.blob(0).begin(), read.blob(0).end());
        read.reset();
        if (bytes.empty()) bytes.push_back(std::byte{'x'});
        bytes.back() ^= std::byte{1};
        const std::string as = text ? "CAST(?1 AS TEXT)" : "?1";
        Statement write(database, "UPDATE event SET " + column + " = " + as + " WHERE seq = 20");
        write.bind(1, bytes).execute();
    }
    SECTION("the next row's") {
        // With something more, because for some columns the next row has the same.
        copy.run("UPDATE event SET " + column + " = CAST((SELECT " + column + " FROM event WHERE seq = 21) || 'x' AS " +
                 (text ? "TEXT" : "BLOB") + ") WHERE seq = 20");
    }
    if (!text) {
        SECTION("emptied") { copy.run("UPDATE event SET " + column + " = x'' WHERE seq = 20"); }
    }
    check_found(copy, 20);
}

TEST_CASE("rows taken away, put in and moved are found") {
    Copy copy;
    SECTION("one in the middle") {
        copy.run("DELETE FROM event WHERE seq = 30");
        check_found(copy, 30);
    }
    SECTION("the first") {
        copy.run("DELETE FROM event WHERE seq = 1");
        check_found(copy, 1);
    }
    SECTION("many in the middle") {
        copy.run("DELETE FROM event WHERE seq BETWEEN 30 AND 40");
        check_found(copy, 30);
    }
    SECTION("one in the middle, and the numbers closed up") {
        copy.run("DELETE FROM event WHERE seq = 30; UPDATE event SET seq = -seq WHERE seq > 30;"
                 "UPDATE event SET seq = -seq - 1 WHERE seq < 0;");
        check_found(copy, 30);
    }
    SECTION("two swapped") {
        copy.run("UPDATE event SET seq = -1 WHERE seq = 40; UPDATE event SET seq = 40 WHERE seq = 41;"
                 "UPDATE event SET seq = 41 WHERE seq = -1;");
        check_found(copy, 40);
    }
    SECTION("the payloads of two swapped") {
        copy.run("CREATE TEMP TABLE t AS SELECT payload, salt, commitment FROM event WHERE seq = 41;"
                 "UPDATE event SET (payload, salt, commitment) = (SELECT payload, salt, commitment FROM event WHERE seq = 40)"
                 " WHERE seq = 41; UPDATE event SET (payload, salt, commitment) = (SELECT * FROM t) WHERE seq = 40;");
        check_found(copy, 40);
    }
    SECTION("one put in, and the numbers moved on") {
        copy.run("UPDATE event SET seq = -seq - 1 WHERE seq >= 50; UPDATE event SET seq = -seq WHERE seq < 0;"
                 "INSERT INTO event SELECT 50, at, wall, occurred_at, cause, late, schema, command, kind, device, actor,"
                 " payload, salt, commitment, hash FROM event WHERE seq = 49;");
        check_found(copy, 50);
    }
    SECTION("one put before the first") {
        copy.run("INSERT INTO event SELECT 0, at, wall, occurred_at, cause, late, schema, command, kind, device, actor,"
                 " payload, salt, commitment, hash FROM event WHERE seq = 1;");
        check_found(copy, 1);
    }
    SECTION("a copy of the last put behind it") {
        copy.run("INSERT INTO event SELECT seq + 1, at, wall, occurred_at, cause, late, schema, command, kind, device,"
                 " actor, payload, salt, commitment, hash FROM event ORDER BY seq DESC LIMIT 1;");
        check_found(copy, last() + 1);
    }
    SECTION("the payload erased") {
        copy.run("UPDATE event SET payload = NULL, salt = NULL WHERE seq = 17");
        check_found(copy, 17);
    }
}

TEST_CASE("a cut at the end is found when a snapshot is newer, and by the head's hash") {
    Directory directory;
    {
        Opened opened(directory.state());
        opened.start();
        for (auto& step : steps_of(busy_school().log)) opened.journal.append(std::move(step));
        opened.journal.offer_snapshot(busy_school().state);
        opened.journal.stop();
    }
    const VerifyReport before = verify(directory.file());
    Database(directory.file(), Database::Mode::write)
        .run("DROP TRIGGER event_is_not_deleted; DELETE FROM event WHERE seq > (SELECT max(seq) - 3 FROM event)");
    const VerifyReport cut = verify(directory.file());
    CHECK(cut.first_bad_seq == last() - 2);
    CHECK(start_error(directory.state()).find("are missing") != std::string::npos);
    Database(directory.file(), Database::Mode::write).run("DELETE FROM snapshot");
    CHECK(verify(directory.file()).head_hash != before.head_hash);
}

TEST_CASE("2,000 bits flipped anywhere in the file: found, or nothing that was stored has changed") {
    Copy copy;
    std::fstream file(copy.directory.file(), std::ios::binary | std::ios::in | std::ios::out);
    const std::uint64_t size = std::filesystem::file_size(copy.directory.file());
    const auto flip = [&](std::uint64_t at, int bit) {
        file.seekg(static_cast<std::streamoff>(at));
        const int byte = file.get();
        file.seekp(static_cast<std::streamoff>(at));
        file.put(static_cast<char>(byte ^ (1 << bit))).flush();
    };
    const std::string stored = dump(original());
    std::minstd_rand random(11);
    int found = 0;
    for (int turn = 0; turn < 2'000; ++turn) {
        const std::uint64_t at = random() % size;
        const int bit = static_cast<int>(random() % 8);
        flip(at, bit);
        bool ok = false;
        try {
            ok = verify(copy.directory.file()).ok();
        } catch (const std::exception&) {
        }
        INFO("bit at " << at);
        const bool unchanged = !ok || dump(copy.directory.file()) == stored;
        REQUIRE(unchanged);
        found += ok ? 0 : 1;
        flip(at, bit);
    }
    CHECK(found > 1'000);
}

TEST_CASE("a flipped bit in the write-ahead log is found at the start, unless it looks like a power cut's torn end") {
    // A hub that was killed: its newest events are in the log alone.
    Directory directory;
    Opened running(directory.state());
    running.start();
    for (auto& step : steps_of(busy_school().log)) {
        const std::uint64_t seq = step.back().seq;
        running.journal.append(std::move(step));
        running.engine.run_until_durable(seq);
    }
    std::ifstream db(directory.file(), std::ios::binary);
    const std::string db_bytes{std::istreambuf_iterator<char>(db), {}};
    std::ifstream log(directory.file().string() + "-wal", std::ios::binary);
    std::string log_bytes{std::istreambuf_iterator<char>(log), {}};
    running.journal.stop();
    // Behind the log's own frames are the zeros that make it long.
    const std::size_t used = log_bytes.find_last_not_of('\0') + 1;
    log_bytes.resize(used + 20'000);

    const auto put = [](const std::filesystem::path& state, const std::string& database, const std::string& wal) {
        std::filesystem::remove_all(state);
        std::filesystem::create_directory(state);
        std::ofstream(journal_file(state), std::ios::binary) << database;
        std::ofstream(journal_file(state).string() + "-wal", std::ios::binary) << wal;
    };
    Directory other;
    put(other.state(), db_bytes, log_bytes);
    {
        Opened killed(other.state());
        REQUIRE(killed.state == busy_school().state);
    }
    const std::uint64_t last_step = steps_of(busy_school().log).back().front().seq;
    std::minstd_rand random(5);
    int refused = 0;
    for (int turn = 0; turn < 150; ++turn) {
        std::string bytes = log_bytes;
        const std::size_t at = random() % used;
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
        put(other.state(), db_bytes, bytes);
        const bool seen_by_verify = !verify(journal_file(other.state())).ok();
        const std::string said = start_error(other.state());
        INFO("bit at " << at << ": " << said);
        CHECK(seen_by_verify == !said.empty());
        if (!said.empty()) {
            ++refused;
            continue;
        }
        Opened opened(other.state());
        REQUIRE(opened.state.last_seq + 1 >= last_step);
    }
    CHECK(refused > 120);
}

TEST_CASE("a log whose last transaction was torn by a power cut is taken without it") {
    Directory directory;
    Opened running(directory.state());
    running.start();
    for (std::uint64_t seq = 1; seq <= 9; ++seq) {
        running.journal.append({plain_event(seq)});
        running.engine.run_until_durable(seq);
    }
    std::vector<core::Event> big;
    for (std::uint64_t seq = 10; seq <= 100; ++seq) big.push_back(plain_event(seq));
    running.journal.append(std::move(big));
    running.engine.run_until_durable(100);
    Directory other;
    std::filesystem::create_directory(other.state());
    std::filesystem::copy_file(directory.file(), other.file());
    std::ifstream log(directory.file().string() + "-wal", std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(log), {}};
    running.journal.stop();
    // Of the last transaction's pages one in the middle did not reach the disk, those around it did.
    constexpr std::size_t frame = 24 + 4096;
    const std::size_t frames = (bytes.find_last_not_of('\0') - 32) / frame + 1;
    bytes.replace(32 + (frames - 3) * frame, frame, frame, '\0');
    std::ofstream(other.file().string() + "-wal", std::ios::binary) << bytes;
    Opened opened(other.state());
    CHECK(opened.state.last_seq == 9);
    opened.start();
    opened.journal.append({plain_event(10)});
    opened.engine.run_until_durable(10);
    opened.journal.stop();
    CHECK(verify(other.file()).events == 10);
}
