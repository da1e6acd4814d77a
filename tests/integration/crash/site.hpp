// A small school with short deadlines, as the CSV files that attuned imports, and the list of its devices.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace attune::crash {

struct SiteDevice {
    std::string kind;    // room, handset, station
    std::string place;   // of a room or station
    std::string person;  // of a handset
};

struct Site {
    std::vector<SiteDevice> devices;
    std::vector<std::string> people;
    std::string calm_space;
};

/// Writes the files into the folder, which is made.
Site write_site(const std::filesystem::path& dir, int rooms, int people);

}  // namespace attune::crash
