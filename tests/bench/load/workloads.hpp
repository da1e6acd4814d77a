// The workloads: quiet, surge, full, idle, restart. Each prints one JSON line and adds a row to the table.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace attune::bench {

struct Options {
    std::string program;  // attuned
    std::string folder;   // where states are kept while measuring; on the disk that is to be measured
    bool tls = false;
    double seconds = 12;       // of quiet
    int handsets = 40;
    std::uint64_t events = 1'000'000;  // of restart
    int port = 18460;
    bool pinned = true;        // see Hub::share_processors
    bool each = false;         // of surge: a line for each storm
};

struct Figures {
    std::string workload, transport;
    std::vector<std::pair<std::string, double>> values;
    void print() const;  // one JSON line
};

Figures quiet(const Options& options);
Figures surge(const Options& options);
Figures full(const Options& options, bool accepted);
Figures idle(const Options& options, int clients);
Figures restart(const Options& options, int open_calls);

}  // namespace attune::bench
