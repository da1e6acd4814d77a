// A signed statement of how long the log was and what it held then: C2SP's tlog-checkpoint (origin, number of events, root
// of the Merkle tree) in a C2SP signed note with Ed25519. Kept anywhere but on the hub, it shows later that no event was
// cut off, that no older copy took the log's place, and that the log was not computed anew. Pure functions of bytes; any
// thread, after sodium_init().
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "hub/journal/chain.hpp"

namespace attune::journal {

struct Checkpoint {
    std::string origin;  // which log
    std::uint64_t size = 0;
    Hash root{};
    bool operator==(const Checkpoint&) const = default;
};

/// Signs for one log. The seed is the secret.
class LogKey {
public:
    using Seed = std::array<std::byte, 32>;
    explicit LogKey(const Seed& seed);
    /// Under a name of the caller's choice; without spaces and plus signs.
    LogKey(const Seed& seed, std::string name);

    /// "attune/" and 16 hexadecimal digits of the public key's SHA-256: no school's name, and no two logs share it.
    const std::string& name() const { return name_; }
    /// The public half, as signed notes have it: name+hash+key. Whoever has it can check what this key signed.
    std::string verifier() const;
    /// The text, which ends with a line break, and its signature: a signed note.
    std::string sign(std::string_view text) const;

private:
    std::string name_;
    std::array<unsigned char, 32> public_{};
    std::array<unsigned char, 64> secret_{};
};

std::string signed_checkpoint(std::uint64_t size, const Hash& root, const LogKey& key);

/// The text of a note that carries this verifier's signature. Throws std::runtime_error with a sentence where the verifier
/// or the note is none, or where nothing in it was signed by this key.
std::string open_note(std::string_view note, std::string_view verifier);
/// The same for a checkpoint, whose origin is the key's name.
Checkpoint open_checkpoint(std::string_view note, std::string_view verifier);

}  // namespace attune::journal
