// The chain of hashes that makes a change of the log visible, as README.md describes it byte by byte:
//   commitment = SHA-256("attune/commitment/1" 0x00 | salt | payload)
//   hash       = SHA-256("attune/event/1" 0x00 | hash of the event before | header | commitment)
// Pure functions of bytes; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/event.hpp"

namespace attune::journal {

using Bytes = std::vector<std::byte>;
using Hash = core::Digest;
using Salt = std::array<std::byte, 16>;

inline constexpr Hash chain_start{};  // zeros stand before the first event

/// All of one stored event. What is text or bytes lives elsewhere: in an event, in a row, in a Record.
struct RecordView {
    std::uint64_t seq = 0;
    std::int64_t at = 0;
    std::int64_t wall = 0;
    std::int64_t occurred_at = 0;
    std::uint64_t cause = 0;
    std::int64_t late = 0;  // 0 or 1
    std::int64_t schema = 0;
    std::string_view kind;
    std::string_view device;
    std::string_view actor;
    std::span<const std::byte> command;  // 16 bytes
    std::span<const std::byte> payload;
    std::span<const std::byte> salt;        // 16 bytes
    std::span<const std::byte> commitment;  // 32 bytes
    std::span<const std::byte> hash;        // 32 bytes
    bool well_formed = true;                // false: a value was stored as something else than its column says
};

/// The same, owning its bytes.
struct Record {
    RecordView fields;  // of which only the numbers are used
    std::string kind, device, actor;
    core::CommandId command{};
    Bytes payload;
    Salt salt{};
    Hash commitment{};
    Hash hash{};

    RecordView view() const;
};

Hash commitment_of(std::span<const std::byte> salt, std::span<const std::byte> payload);
Hash hash_of(const Hash& before, const RecordView& record, const Hash& commitment);

/// The header as it is hashed; for tests and for those who check by other means.
Bytes header_bytes(const RecordView& record);

/// Turns an event into what is stored. `record` is used again from event to event, to save allocations.
void seal(const core::Event& event, const Salt& salt, const Hash& before, Record& record);

/// What is wrong with the record, in words; empty when it continues the chain at `before`. `expected_seq` is named
/// first, because a missing row shows as the next one's number.
std::string check(const RecordView& record, std::uint64_t expected_seq, const Hash& before);

/// The event that was stored. Throws std::runtime_error with a sentence when it can't be read.
core::Event unseal(const RecordView& record);

/// Of a snapshot taken after event `seq`, whose hash is `hash`; `shape` and `maker` say which program can use it.
Hash snapshot_digest(std::uint64_t seq, const Hash& hash, std::uint64_t shape, std::string_view maker,
                     std::span<const std::byte> state);

std::string hex(std::span<const std::byte> bytes);

}  // namespace attune::journal
