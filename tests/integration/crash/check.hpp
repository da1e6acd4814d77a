// The journal against what the clients were told. Reads the file after the hub has ended.
#pragma once

#include <filesystem>

#include "tests/integration/crash/record.hpp"

namespace attune::crash {

struct Findings {
    std::vector<std::string> faults;
    std::uint64_t events = 0, calls = 0, closed = 0, withdrawn = 0, open = 0, commands_found = 0;
};

Findings check_journal(const std::filesystem::path& file, const Record& record);

}  // namespace attune::crash
