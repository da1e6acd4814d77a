// The last good copy of the timetable's files, in the state folder: what the school imported by hand, and what came from
// an address on the site. With it a poll can tell what is new, and one file from an address goes together with the terms
// that were imported once. The rota itself is in the journal; this folder is never needed to go on. Any thread, one at a
// time.
#pragma once

#include <filesystem>
#include <vector>

#include "hub/app/timetable_csv.hpp"

namespace attune::daemon {

class KeptTimetable {
  public:
    explicit KeptTimetable(const std::filesystem::path& state_dir) : folder_(state_dir / "timetable") {}

    /// What is there, by name; nothing where nothing can be read.
    std::vector<app::CsvFile> load() const;
    /// Puts these in the place of all that is there, readable by this user alone. A sentence where it failed.
    std::string replace(const std::vector<app::CsvFile>& files) const;

  private:
    std::filesystem::path folder_;
};

/// Those of `files` that are the timetable's, and in front of them, by name, those of `beside` that are not among them.
std::vector<app::CsvFile> laid_over(const std::vector<app::CsvFile>& beside, const std::vector<app::CsvFile>& files);

}  // namespace attune::daemon
