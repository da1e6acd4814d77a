// Facts and states as bytes and back. A fact's payload is MessagePack: [name of its kind, map of its fields]; a state,
// for snapshots, is the map of its fields. Fields that are not known are ignored and fields that are absent keep their
// default, so that files of older versions can be read. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "hub/core/state.hpp"

namespace attune::journal {

/// The name of the fact's type: `CallRaised`.
std::string_view kind_of(const core::Fact& fact);

/// The number of the layout in which facts of this kind are written now. It grows when old payloads need more than
/// defaults to be understood; decode() then turns older ones into what they mean today.
std::int64_t schema_of(std::string_view kind);

/// Appends the payload. Throws std::runtime_error when a text in it is not UTF-8.
void encode(const core::Fact& fact, std::vector<std::byte>& out);

/// Throws std::runtime_error with a sentence when the payload can't be read as a fact of that kind and layout.
void decode(std::span<const std::byte> payload, std::string_view kind, std::int64_t schema, core::Fact& fact);

void encode_state(const core::State& state, std::vector<std::byte>& out);
void decode_state(std::span<const std::byte> bytes, core::State& state);

/// Changes whenever the state or anything in it gets, loses or renames a field: a snapshot of another shape is not used.
std::uint64_t state_shape();

}  // namespace attune::journal
