// Reading the journal beside a running daemon: the check of its whole chain, and a walk over its events. Both hold
// the file for a few thousand events at a time, so that the daemon can go on using its log from the start.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "hub/journal/chain.hpp"
#include "hub/journal/checkpoint.hpp"
#include "hub/journal/sqlite.hpp"

namespace attune::journal {

struct VerifyReport {
    std::uint64_t events = 0;  // that are in order, from the first one on
    std::optional<std::uint64_t> first_bad_seq;
    std::string what;       // what is wrong with it, to be read after "event 17 "
    Hash head_hash{};       // of the last event in order; keep it elsewhere to prove later that none was cut off
    bool complete = true;   // false when it was told to stop
    bool other_log = false; // all is in order, and it is not the log that the checkpoint speaks of

    bool ok() const { return !first_bad_seq && complete && !other_log; }
    std::string sentence() const;
};

/// Called now and then with the events checked so far and how many there are; false ends the check.
using Progress = std::function<bool(std::uint64_t checked, std::uint64_t events)>;

/// Called with the hash of each event that is in order.
using EachHash = std::function<void(const Hash&)>;

/// Checks every event, its payload and its place in the chain, and the snapshots. Throws std::runtime_error only when
/// the file can't be opened at all.
VerifyReport verify(const std::filesystem::path& file, const Progress& progress = {}, const EachHash& each = {});

/// The same, and whether the log begins with what the checkpoint speaks of.
VerifyReport holds_against(const std::filesystem::path& file, const Checkpoint& checkpoint, const Progress& progress = {});

/// Every event from `from_seq` on, in order, checked as far as it can be without those before it. `seen` returns false
/// to end. Throws std::runtime_error with a sentence that names the first bad event.
void for_each(const std::filesystem::path& file, std::uint64_t from_seq, const std::function<bool(const core::Event&)>& seen);

/// The same over a connection: rows after `after_seq` are checked against `hash`, which moves along, and handed over.
/// Returns the seq of the last one. Throws std::runtime_error at the first that is wrong.
std::uint64_t replay(Database& database, std::uint64_t after_seq, Hash& hash,
                     const std::function<bool(const core::Event&)>& seen);

/// The stored hash of an event, if there is such an event and it has one.
std::optional<Hash> stored_hash(Database& database, std::uint64_t seq);

std::uint64_t last_seq(Database& database);

}  // namespace attune::journal
