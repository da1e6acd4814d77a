// Any bytes at all as the configuration, by themselves and behind the example file. Reading never throws; every fault is
// a sentence with a line that the text has; and what the file does not say keeps its default.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "hub/daemon/config.hpp"

namespace {

using namespace attune::daemon;

void require(bool holds) {
    if (!holds) std::abort();
}

void try_text(std::string_view text) {
    Config defaults;
    defaults.state_dir = "/var/lib/attune";
    const ParsedConfig parsed = parse_config(text, defaults);
    const auto lines = static_cast<std::uint64_t>(std::ranges::count(text, '\n')) + 1;
    for (const ConfigFault& fault : parsed.faults) {
        require(!fault.message.empty() && fault.line <= lines);
        require(fault.message.find('\n') == std::string::npos && fault.message.find("std::") == std::string::npos);
    }
    require(std::ranges::is_sorted(parsed.faults, {}, &ConfigFault::line));
    if (!parsed.faults.empty()) return;
    require(parsed.config.state_dir.is_absolute());
    require(parsed.config.connections_max > 0 && parsed.config.connections_per_address_max > 0);
    require(parse_config(text, defaults).faults.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try_text(text);
    try_text("listen = \"127.0.0.1:8460\"\n" + std::string(text));
    (void)parse_endpoint(text);
    return 0;
}
