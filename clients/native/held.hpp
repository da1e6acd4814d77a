// What a device knows of the hub, as a fold over the hub's messages: the cards of open calls, people, devices, lists.
// Nothing here reads a clock or a socket. A frame is never dropped for its number: each is the newest word on its card,
// person or device (protocol/README.md, section 5).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/cpp/generated/messages.hpp"

namespace attune::client {

struct Held {
    /// The newest greeting; nothing before the first.
    std::optional<protocol::Welcome> welcome;
    /// Everything that was missed has come; what comes now is happening now. False: what is open is not known.
    bool live = false;
    /// The highest number processed; what Hello says.
    std::uint64_t seq = 0;
    protocol::JournalHealth journal{};
    /// Open calls as this device may see them, by their ids.
    std::map<std::uint64_t, protocol::CallView> calls;
    std::map<std::string, protocol::PersonView> people;
    std::map<std::string, protocol::DeviceView> devices;
    std::vector<protocol::PersonRef> staff;
    std::vector<protocol::ChildRef> children;
    std::vector<protocol::PlaceRef> places;
    /// The hub's timeline at the newest beat or greeting; 0 before.
    std::int64_t hub_now = 0;
};

/// Takes in one message of the hub. Answers and goodbyes change nothing.
void hold(Held& held, const protocol::AnyMessage& message);

/// Takes in what a command of this device has changed about it, once the hub has said Done: signing in and out, locking,
/// proving. The hub sends no new greeting for these.
void hold_done(Held& held, const protocol::AnyMessage& command);

/// Forgets cards, people and devices, as a snapshot does.
void forget(Held& held);

/// Open calls: the one that this device's adult owns first, then real before drill, the most urgent, the oldest.
std::vector<protocol::CallView> by_urgency(const Held& held);

/// "Sam" for a person id, or the id where it is not known.
std::string short_name(const Held& held, const std::string& person);

}  // namespace attune::client
