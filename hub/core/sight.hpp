// What one device could see, told afterwards from the events alone: for a handset that was lost. Nothing of it is stored
// a second time; a walk over the journal asks the same audience again that decided it then.
#pragma once

#include <map>

#include "hub/core/audience.hpp"

namespace attune::core {

/// One call as the device had it.
struct Sight {
    PlaceId place;
    std::uint32_t level = 1;
    std::uint64_t first_seq = 0, last_seq = 0;  // of the events between which it was shown
    Ms first_wall = 0, last_wall = 0;
    std::set<Relation> relations;
    std::set<ChildId> children;  // whose reference, or what helps, was on the card
    std::set<PersonId> people;   // who was signed in on the device meanwhile
    bool operator==(const Sight&) const = default;
};

class Sights {
public:
    explicit Sights(DeviceId device) : device_(device) {}

    /// After each event, in order, with the state just after it.
    void happened(const State& state, const Event& event);

    /// By call. What the device could see: whether its page was in front, nobody knows.
    const std::map<CallId, Sight>& calls() const { return calls_; }
    bool known() const { return known_; }

private:
    DeviceId device_;
    std::map<CallId, Sight> calls_;
    bool known_ = false;
};

}  // namespace attune::core
