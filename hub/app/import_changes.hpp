// What an import would change, in the words of a report. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "hub/core/state.hpp"

namespace attune::app {

struct Change {
    std::string what;  // person, place, child, tiers, site
    std::string id;
    std::string change;  // added, changed, removed
    std::string detail;  // of what has changed: "name: Room 12 -> Room 14"; of a child the fields' names alone
    bool operator==(const Change&) const = default;
};

std::vector<Change> changes_of(const core::State& state, const core::Directory& directory);

}  // namespace attune::app
