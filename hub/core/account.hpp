// Leaders: their accounts, their browsers' sessions, and the tries that failed. Plain data, reached by applying events.
// Every secret is a digest, an argon2id string or sealed: nothing here opens anything.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>

#include "hub/core/ids.hpp"

namespace attune::core {

/// A TOTP secret of 20 bytes under the hub's own key (nonce, tag, bytes), which is not in the journal.
using Sealed = std::array<std::byte, 60>;

struct Account {
    std::string password;        // argon2id string
    Sealed totp{};
    std::int64_t totp_step = 0;  // the newest step of 30 s that was accepted: it and those before are used up
    std::set<Digest> recovery;   // of codes that are not used yet
    bool operator==(const Account&) const = default;
};

/// A one-time code with which a person opens an account.
struct Invitation {
    PersonId person;
    PersonId by;  // empty: made on the hub itself
    Ms expires_at = 0;
    bool operator==(const Invitation&) const = default;
};

/// One browser that is signed in. It ends at idle_due, which moves on while a person is there, or at ends_at.
struct LeaderSession {
    PersonId person;
    Ms kept_at = 0;  // when a person was last known to be there
    Ms idle_due = 0;
    Ms ends_at = 0;
    bool operator==(const LeaderSession&) const = default;
};

/// Wrong tries for one staff id, known here or not, or from one address.
struct Tries {
    std::uint32_t failures = 0;
    Ms last_at = 0;
    Ms retry_at = 0;
    bool operator==(const Tries&) const = default;
};

inline constexpr Ms leader_idle_ms = 1'800'000;
inline constexpr Ms leader_session_ms = 43'200'000;
inline constexpr Ms leader_kept_every_ms = 60'000;  // a sign of a person is not stored more often
inline constexpr std::size_t leader_sessions_max = 5;  // of one person; past it the oldest ends

}  // namespace attune::core
