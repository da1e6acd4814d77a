// Need to know, as a flow of information: every datum about a child or an adult in the simulated school is a tag (see
// school.hpp), and every frame that the hub sends to anybody is searched for tags, byte by byte. Each one found must be
// one that this device had a right to at the instant of the event that made the frame; between Welcome and Live also at
// the instant of Hello. The rights are written down here from the table of roles and the lifecycles, in the plainest way
// and without a look at how the hub decides them.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "hub/core/state.hpp"
#include "protocol/cpp/codec.hpp"

namespace attune::sim {

/// What one device may be told at one instant. Children and adults by their number in the school, one bit each.
struct Right {
    std::uint64_t references = 0, initials = 0, helps = 0;  // of children
    std::uint64_t notes = 0;  // of children: what somebody wrote for today
    std::uint64_t coming = 0, gone = 0;  // adults whom a room is told of: by their short name, and by id where there is none
    bool adults = false;          // adults' ids and names, and how to find places
    bool site = false;            // the state of all people and devices
    std::uint64_t own = 0;        // the adult who is signed in here
    std::vector<std::uint64_t> calls;  // ascending
    bool operator==(const Right&) const = default;
};

Right right_of(const core::State& state, const core::Device& device);

/// What has been told on one connection, as far as it is needed to know to which instant a frame belongs.
struct Told {
    bool greeting = false;
    std::uint64_t newest = 0;  // the newest instant of which a frame has told
    std::vector<std::vector<std::byte>> between;  // Welcome to Live
};

class NeedToKnow {
public:
    /// The state just after an event, and after each in turn.
    void remember(const core::State& state, std::uint64_t seq);
    void forget() { rights_.clear(); }

    /// Throws Violation. `live` is the hub's own state, asked instead of what is remembered while it can't write.
    void check(Told& told, const core::DeviceId& device, core::DeviceKind kind, const core::PersonId& made_for, std::span<const std::byte> frame,
               const protocol::AnyMessage& message, const core::State& live, bool journal_ok) const;

private:
    struct From {
        std::uint64_t seq = 0;
        Right right;
    };
    const Right& at(const core::DeviceId& device, std::uint64_t seq) const;
    bool ever_saw(const core::DeviceId& device, std::uint64_t call) const;

    std::map<core::DeviceId, std::vector<From>> rights_;  // by device, oldest first
};

}  // namespace attune::sim
