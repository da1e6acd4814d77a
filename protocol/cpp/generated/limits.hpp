// The limits and times of the wire, and the two sets of limits that the reader is given.
// Made from protocol/schema/attune.json by protocol/codegen/generate.mjs. Change the schema, not this file.
#pragma once

#include <cstdint>
#include <string_view>

#include "protocol/cpp/pack/limits.hpp"

namespace attune::protocol {

inline constexpr std::uint64_t version = 1;
inline constexpr std::string_view subprotocol = "attune.1";
/// Integers, times included, stay within plus and minus this.
inline constexpr std::uint64_t integer_max = 9007199254740991;

namespace limits {
/// A whole frame, either way.
inline constexpr std::uint64_t frame_bytes_max = 32768;
/// A whole frame on the hub's own local socket (imports).
inline constexpr std::uint64_t local_frame_bytes_max = 8388608;
/// Nesting of arrays and maps, the envelope counted.
inline constexpr std::uint64_t depth_max = 8;
/// Items of one array.
inline constexpr std::uint64_t array_items_max = 256;
/// Entries of one map.
inline constexpr std::uint64_t map_items_max = 64;
/// One string.
inline constexpr std::uint64_t str_bytes_max = 4096;
/// One binary (local socket: local_frame_bytes_max).
inline constexpr std::uint64_t bin_bytes_max = 16384;
/// How often each side sends Beat.
inline constexpr std::uint64_t beat_interval_ms = 2000;
/// No Beat for so long: the hub calls the device silent, the client calls the hub lost.
inline constexpr std::uint64_t silent_after_ms = 6000;
/// Hello or Enrol must arrive within so long of connecting.
inline constexpr std::uint64_t hello_timeout_ms = 5000;
/// Bytes waiting for one client; past it the client is cut and resumes.
inline constexpr std::uint64_t outbox_bytes_max = 1048576;
/// Age of the oldest byte waiting for one client; past it the client is cut and resumes.
inline constexpr std::uint64_t outbox_age_ms_max = 10000;
/// The body of an HTTP request of a leader's browser.
inline constexpr std::uint64_t http_body_bytes_max = 4096;
/// Nobody at a leader's page for so long: the session ends.
inline constexpr std::uint64_t leader_idle_ms_max = 1800000;
/// A leader's session ends after so long in any case.
inline constexpr std::uint64_t leader_session_ms_max = 43200000;
/// Commands of one client that wait for the disk; past it reading pauses.
inline constexpr std::uint64_t commands_in_flight_max = 64;
}  // namespace limits

/// What a frame of the WebSocket or of ZeroMQ may hold.
inline constexpr pack::Limits wire_limits{.bytes = 32768,
                                          .depth = 8,
                                          .array_items = 256,
                                          .map_items = 64,
                                          .str_bytes = 4096,
                                          .bin_bytes = 16384,
                                          .integer = integer_max};

/// What a frame of the hub's own local socket may hold: the same, but longer (imports).
inline constexpr pack::Limits local_limits{.bytes = 8388608,
                                           .depth = 8,
                                           .array_items = 256,
                                           .map_items = 64,
                                           .str_bytes = 4096,
                                           .bin_bytes = 8388608,
                                           .integer = integer_max};

}  // namespace attune::protocol
