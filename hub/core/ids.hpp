// Names of things. Each is a type of its own, so that a person can't be passed where a place is meant.
// Text ids are the school's own references (at most 32 bytes, from its CSV files) or made by the hub for devices.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

#include "hub/core/id_text.hpp"

namespace attune::core {

#define ATTUNE_TEXT_ID(Name)                              \
    struct Name {                                         \
        IdText value;                                     \
        auto operator<=>(const Name&) const = default;    \
        bool empty() const { return value.empty(); }      \
    }
ATTUNE_TEXT_ID(PersonId);
ATTUNE_TEXT_ID(PlaceId);
ATTUNE_TEXT_ID(ChildId);   // a pseudonymous reference, never a name
ATTUNE_TEXT_ID(DeviceId);
#undef ATTUNE_TEXT_ID

/// A call is named by the sequence number of the event that raised it.
struct CallId {
    std::uint64_t value = 0;
    auto operator<=>(const CallId&) const = default;
};

/// A talk is named by the sequence number of the event that asked for it.
struct TalkId {
    std::uint64_t value = 0;
    auto operator<=>(const TalkId&) const = default;
};

/// 128 bits made by the client for each command: the same bytes again are the same command.
using CommandId = std::array<std::byte, 16>;
/// SHA-256 of a secret (credential, code, session); the secret itself is never in the core.
using Digest = std::array<std::byte, 32>;

/// The hub's timeline in milliseconds since 1970 UTC: anchored to the wall clock when the hub starts, then driven
/// by a monotonic clock, and never smaller than the newest event. It is what every deadline is measured on.
using Ms = std::int64_t;

}  // namespace attune::core
