// What became of the newest commands, by the id that the client made: the same bytes again are the same command and
// have the same answer. Rebuilt at the start from the journal's newest events. One thread.
//
// The commands stand in the order in which they came; an index of 16 bytes for each finds them. A table of whole
// commands would be larger than the processor's cache, and each new command would wait for memory several times.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <optional>

#include "hub/core/event.hpp"
#include "hub/core/rejection.hpp"

namespace attune::app {

/// The core's answer to one command.
struct Outcome {
    std::uint64_t seq = 0;  // the last event it caused; without one, the newest event when it was decided
    std::optional<core::CallId> call;
    std::optional<core::VisitId> visit;
    std::optional<core::Rejection> rejection;
    core::Ms retry_at = 0;  // of a rejection that may be tried again: on the hub's timeline
};

class CommandMemory {
  public:
    explicit CommandMemory(std::size_t commands_max) : commands_max_(commands_max) {}

    /// Null when the command is new, or too old to be remembered. Ids of different devices are different commands.
    /// Good until the next keep().
    const Outcome* find(const core::CommandId& id, const core::DeviceId& device) const;
    void keep(const core::CommandId& id, const core::DeviceId& device, const Outcome& outcome);
    /// Takes one stored event into account, in order; the hub's own are passed over.
    void replay(const core::Event& event);

    std::size_t size() const { return entries_.size(); }

  private:
    using Number = std::uint64_t;  // commands counted as they come, from 1
    struct Entry {
        core::CommandId id;
        core::DeviceId device;
        Number before;  // the newest command before it with the same fingerprint; 0 or forgotten: none
        Outcome outcome;
    };
    Number number_of(const core::CommandId& id, const core::DeviceId& device) const;  // 0: not known
    Entry& at(Number number) { return entries_[number - forgotten_ - 1]; }
    const Entry& at(Number number) const { return entries_[number - forgotten_ - 1]; }
    void forget_oldest();

    std::size_t commands_max_;
    std::deque<Entry> entries_;  // oldest first
    Number forgotten_ = 0;
    boost::unordered_flat_map<std::uint64_t, Number> newest_;  // by fingerprint
};

/// Takes one event of a command into its outcome.
void fold_outcome(Outcome& outcome, const core::Event& event);

}  // namespace attune::app
