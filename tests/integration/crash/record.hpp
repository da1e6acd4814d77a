// What the clients were told, to be held against the journal at the end. Only what was told counts: a command without
// an answer may be there or not.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/cpp/generated/messages.hpp"

namespace attune::crash {

/// One command that was answered with Done.
struct Acknowledged {
    protocol::Id id{};
    protocol::MessageType type{};
    std::uint64_t seq = 0;
    std::optional<std::uint64_t> call;  // as Done says
    std::uint64_t about = 0;            // the call that the command names; 0: none
    std::uint32_t sent = 1;             // how many times it had to be sent
};

/// One event of a call that a device was shown.
struct Shown {
    std::uint64_t seq = 0;
    std::uint64_t call = 0;
    protocol::CallEvent event{};
    auto operator<=>(const Shown&) const = default;
};

struct Record {
    std::vector<Acknowledged> acknowledged;
    std::map<Shown, std::uint32_t> shown;                  // and how many devices were
    std::map<protocol::Id, protocol::MessageType> issued;  // every command ever sent
    std::map<std::string, std::uint64_t> rejected;         // how often, by the error's name
    std::vector<std::string> faults;                       // what a client saw that must never be
    std::uint64_t sent = 0, resent = 0, welcomes = 0, replays = 0, snapshots = 0;
};

}  // namespace attune::crash
