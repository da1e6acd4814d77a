// The devices as the app meets them again and again: a small number for each, its connection at hand, and what it was
// last known to see. Numbers are given in the order of meeting and never again, so that the ring may keep them.
#pragma once

#include <algorithm>
#include <cassert>
#include <map>
#include <memory>
#include <vector>

#include "hub/app/delivery.hpp"
#include "hub/core/model.hpp"

namespace attune::app {

struct Session;

struct DeviceEntry {
    core::DeviceId id;
    DeviceNumber number = 0;
    Session* live = nullptr;         // the connection that gets its news; null when there is none
    Session* current = nullptr;      // the connection that speaks for it, live or still being welcomed
    std::uint64_t shown_seq = 0;     // the newest seq that was handed to one of its connections in this run
    std::uint64_t snapshot_seq = 0;  // of the newest snapshot it was given in this run, or of a right that ended
    core::PersonId signed_in;        // as news last knew it
    bool locked = true;

    /// It may no longer be told something that it knew: whoever was away over this seq gets a snapshot, and no replay.
    void right_ended(std::uint64_t seq) { snapshot_seq = std::max(snapshot_seq, seq); }
};

class DeviceTable {
  public:
    DeviceEntry& of(const core::DeviceId& id) {
        // Those whom one call was offered to are mostly offered the next one, too, in the same order.
        if (next_ < entries_.size() && entries_[next_]->id == id) return *entries_[next_++];
        DeviceEntry& entry = look_up(id);
        next_ = entry.number + 1;
        return entry;
    }
    DeviceEntry& at(DeviceNumber number) { return *entries_[number]; }
    std::size_t size() const { return entries_.size(); }

  private:
    DeviceEntry& look_up(const core::DeviceId& id) {
        const auto found = numbers_.find(id);
        if (found != numbers_.end()) return *entries_[found->second];
        const auto number = static_cast<DeviceNumber>(entries_.size());
        entries_.push_back(std::make_unique<DeviceEntry>());
        entries_.back()->id = id;
        entries_.back()->number = number;
        numbers_.emplace(id, number);
        return *entries_.back();
    }

    std::map<core::DeviceId, DeviceNumber> numbers_;
    std::vector<std::unique_ptr<DeviceEntry>> entries_;
    std::size_t next_ = 0;  // the one after that which was asked for last
};

}  // namespace attune::app
