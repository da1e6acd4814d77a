// What became of the newest commands, by the id that the client made: the same bytes again are the same command and
// have the same answer. Rebuilt at the start from the journal's newest events. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <unordered_map>
#include <optional>
#include <utility>

#include "hub/core/event.hpp"
#include "hub/core/rejection.hpp"

namespace attune::app {

/// The core's answer to one command.
struct Outcome {
    std::uint64_t seq = 0;  // the last event it caused; without one, the newest event when it was decided
    std::optional<core::CallId> call;
    std::optional<core::Rejection> rejection;
    core::Ms retry_at = 0;  // of a rejection that may be tried again: on the hub's timeline
};

class CommandMemory {
  public:
    explicit CommandMemory(std::size_t commands_max) : commands_max_(commands_max) {}

    /// Null when the command is new, or too old to be remembered. Ids of different devices are different commands.
    const Outcome* find(const core::CommandId& id, const core::DeviceId& device) const;
    void keep(const core::CommandId& id, const core::DeviceId& device, const Outcome& outcome);
    /// Takes one stored event into account, in order; the hub's own are passed over.
    void replay(const core::Event& event);

    std::size_t size() const { return outcomes_.size(); }

  private:
    using Key = std::pair<core::CommandId, core::DeviceId>;
    /// Ids are random bytes of the clients' making: the ones that a device could choose to collide cost it alone a walk
    /// along them.
    struct Hash {
        std::size_t operator()(const Key& key) const {
            std::array<std::uint64_t, 2> halves;
            std::memcpy(halves.data(), key.first.data(), sizeof halves);
            return halves[0] ^ halves[1] * 0x9e3779b97f4a7c15ULL;
        }
    };
    using Outcomes = std::unordered_map<Key, Outcome, Hash>;

    std::size_t commands_max_;
    Outcomes outcomes_;
    std::deque<const Key*> order_;  // oldest first; the map's keys stay where they are
};

/// Takes one event of a command into its outcome.
void fold_outcome(Outcome& outcome, const core::Event& event);

}  // namespace attune::app
