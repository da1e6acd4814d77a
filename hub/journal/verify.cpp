// Streaming over the rows of the journal in order.
#include "hub/journal/verify.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "hub/journal/file.hpp"
#include "hub/journal/merkle.hpp"
#include "hub/journal/write_ahead_log.hpp"

namespace attune::journal {
namespace {

constexpr const char* select_sql =
    "SELECT seq, at, wall, occurred_at, cause, late, schema, command, kind, device, actor, payload, salt, commitment,"
    " hash FROM event WHERE seq > ?1 ORDER BY seq LIMIT ?2";
constexpr std::int64_t rows_at_once = 4'096;

RecordView row(const Statement& rows) {
    RecordView record;
    // Asked before the values are read, because reading may convert them.
    for (int column = 0; column <= 6; ++column) record.well_formed = record.well_formed && rows.holds_integer(column);
    for (int column = 8; column <= 10; ++column) record.well_formed = record.well_formed && rows.holds_text(column);
    for (const int column : {7, 11, 12, 13, 14}) record.well_formed = record.well_formed && rows.holds_blob(column);
    record.seq = static_cast<std::uint64_t>(rows.integer(0));
    record.at = rows.integer(1);
    record.wall = rows.integer(2);
    record.occurred_at = rows.integer(3);
    record.cause = static_cast<std::uint64_t>(rows.integer(4));
    record.late = rows.integer(5);
    record.schema = rows.integer(6);
    record.command = rows.blob(7);
    record.kind = rows.text(8);
    record.device = rows.text(9);
    record.actor = rows.text(10);
    record.payload = rows.blob(11);
    record.salt = rows.blob(12);
    record.commitment = rows.blob(13);
    record.hash = rows.blob(14);
    return record;
}

/// Rows after `after`, a few thousand for each read transaction; `seen` returns false to end.
template <class Seen>
void walk(Database& database, std::int64_t after, const Seen& seen) {
    Statement rows(database, select_sql);
    for (std::int64_t count = rows_at_once; count == rows_at_once;) {
        count = 0;
        rows.reset();
        rows.bind(1, after).bind(2, rows_at_once);
        while (rows.step()) {
            const RecordView record = row(rows);
            if (!seen(record)) return;
            after = static_cast<std::int64_t>(record.seq);
            ++count;
        }
    }
}

void copy_hash(std::span<const std::byte> from, Hash& to) {
    if (from.size() == to.size()) std::ranges::copy(from, to.begin());
}

/// What is known of a snapshot before the events are walked.
struct KeptSnapshot {
    std::uint64_t seq = 0;
    std::optional<Hash> hash;  // of the event it was taken after, once that was seen
};

std::vector<KeptSnapshot> kept_snapshots(Database& database) {
    std::vector<KeptSnapshot> kept;
    Statement rows(database, "SELECT seq FROM snapshot ORDER BY seq");
    while (rows.step()) kept.push_back({static_cast<std::uint64_t>(rows.integer(0)), {}});
    return kept;
}

void check_snapshot(Database& database, const KeptSnapshot& kept, VerifyReport& report) {
    if (!kept.hash) {
        if (kept.seq > report.events) {
            report.first_bad_seq = report.events + 1;
            report.what = "is missing, and all after it: a snapshot was taken after event " + std::to_string(kept.seq);
        }
        return;
    }
    Statement rows(database, "SELECT shape, maker, digest, state FROM snapshot WHERE seq = ?1");
    rows.bind(1, static_cast<std::int64_t>(kept.seq));
    if (!rows.step()) return;  // a running daemon has replaced it meanwhile
    const Hash digest = snapshot_digest(kept.seq, *kept.hash, static_cast<std::uint64_t>(rows.integer(0)), rows.text(1),
                                        rows.blob(3));
    if (!std::ranges::equal(digest, rows.blob(2))) {
        report.first_bad_seq = kept.seq;
        report.what = "has a snapshot that is not the one that was written (the events themselves are in order)";
    }
}

void verify_events(Database& database, const Progress& progress, const EachHash& each_hash, std::vector<KeptSnapshot>& kept, VerifyReport& report) {
    const std::uint64_t last = last_seq(database);
    walk(database, std::numeric_limits<std::int64_t>::min(), [&](const RecordView& record) {
        report.what = check(record, report.events + 1, report.head_hash);
        if (!report.what.empty()) {
            report.first_bad_seq = report.events + 1;
            return false;
        }
        copy_hash(record.hash, report.head_hash);
        ++report.events;
        if (each_hash) each_hash(report.head_hash);
        for (KeptSnapshot& each : kept) {
            if (each.seq == record.seq) each.hash = report.head_hash;
        }
        if (progress && report.events % rows_at_once == 0) report.complete = progress(report.events, std::max(last, report.events));
        return report.complete;
    });
    if (report.ok() && report.complete && report.events < last) {
        // Two ways through a damaged file can end in different places; neither is believed alone.
        report.first_bad_seq = report.events + 1;
        report.what = "is missing, and all after it: the file says that there are " + std::to_string(last);
    }
    if (progress && report.ok()) report.complete = progress(report.events, std::max(last, report.events));
}

}  // namespace

std::string VerifyReport::sentence() const {
    if (first_bad_seq) return "event " + std::to_string(*first_bad_seq) + " " + what + ".";
    const std::string count = std::to_string(events) + (events == 1 ? " event" : " events");
    if (other_log) return "The events are in order, and " + what + ".";
    if (!complete) return count + " in order; stopped before the end.";
    return count + " in order; the last one's hash is " + hex(head_hash) + ".";
}

VerifyReport verify(const std::filesystem::path& file, const Progress& progress, const EachHash& each_hash) {
    VerifyReport report;
    const std::string damage = damage_in_resting_log(file);
    const std::unique_ptr<Database> database = open_for_reading(file);
    try {
        std::vector<KeptSnapshot> kept = kept_snapshots(*database);
        verify_events(*database, progress, each_hash, kept, report);
        for (const KeptSnapshot& each : kept) {
            if (report.ok()) check_snapshot(*database, each, report);
        }
    } catch (const SqlError& error) {
        report.first_bad_seq = report.events + 1;
        report.what = std::string("cannot be read: ") + error.what();
    }
    if (report.ok() && !damage.empty()) {
        report.first_bad_seq = report.events + 1;
        report.what = "and those after it were stored and cannot be read: " + damage;
    }
    return report;
}

VerifyReport holds_against(const std::filesystem::path& file, const Checkpoint& checkpoint, const Progress& progress) {
    MerkleEdge edge;
    Hash then = edge.root();
    VerifyReport report = verify(file, progress, [&](const Hash& hash) {
        if (edge.size() >= checkpoint.size) return;
        edge.append(hash);
        if (edge.size() == checkpoint.size) then = edge.root();
    });
    if (!report.ok()) return report;
    if (report.events < checkpoint.size) {
        report.first_bad_seq = report.events + 1;
        report.what = "is missing, and all after it: there is a checkpoint of " + std::to_string(checkpoint.size) + " events, so that the end was cut off, or an older copy is in this log's place";
    } else if (then != checkpoint.root) {
        report.other_log = true;
        report.what = "are not those of the checkpoint: the log was written anew, or is another one";
    }
    return report;
}

std::uint64_t replay(Database& database, std::uint64_t after_seq, Hash& hash,
                     const std::function<bool(const core::Event&)>& seen) {
    std::uint64_t seq = after_seq;
    // From the very beginning also rows with numbers that no event can have are seen.
    const std::int64_t after =
        after_seq == 0 ? std::numeric_limits<std::int64_t>::min() : static_cast<std::int64_t>(after_seq);
    walk(database, after, [&](const RecordView& record) {
        const std::string what = check(record, seq + 1, hash);
        if (!what.empty()) throw std::runtime_error("event " + std::to_string(seq + 1) + " " + what + ".");
        copy_hash(record.hash, hash);
        ++seq;
        return seen(unseal(record));
    });
    return seq;
}

std::optional<Hash> stored_hash(Database& database, std::uint64_t seq) {
    Statement rows(database, "SELECT hash FROM event WHERE seq = ?1");
    rows.bind(1, static_cast<std::int64_t>(seq));
    if (!rows.step() || rows.blob(0).size() != sizeof(Hash)) return std::nullopt;
    Hash hash;
    copy_hash(rows.blob(0), hash);
    return hash;
}

std::uint64_t last_seq(Database& database) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, database.integer("SELECT max(seq) FROM event")));
}

void for_each(const std::filesystem::path& file, std::uint64_t from_seq,
              const std::function<bool(const core::Event&)>& seen) {
    const std::unique_ptr<Database> database = open_for_reading(file);
    const std::uint64_t after = from_seq == 0 ? 0 : from_seq - 1;
    Hash hash = chain_start;
    try {
        if (after > 0) {
            const std::optional<Hash> before = stored_hash(*database, after);
            if (!before) {
                if (after > last_seq(*database)) return;
                throw std::runtime_error("event " + std::to_string(after) + " is missing.");
            }
            hash = *before;
        }
        replay(*database, after, hash, seen);
    } catch (const SqlError& error) {
        throw std::runtime_error(file.string() + " cannot be read: " + error.what());
    }
}

}  // namespace attune::journal
