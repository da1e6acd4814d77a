// The load engine: runs the workloads of README.md against a real attuned and prints JSON lines, then a table.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <signal.h>

#include "tests/bench/load/workloads.hpp"

using namespace attune::bench;

namespace {

void print_table(const std::vector<Figures>& rows) {
    fmt::print("\n");
    for (const Figures& row : rows) {
        fmt::print("{:<12} {:<6}", row.workload, row.transport);
        for (const auto& [name, value] : row.values) fmt::print("  {} {:.4g}", name, value);
        fmt::print("\n");
    }
}

}  // namespace

int main(int argc, char** argv) {
    ::signal(SIGPIPE, SIG_IGN);
    Options options;
    std::vector<std::string> which{"quiet", "surge", "full", "full_accept", "idle", "restart"};
    bool both = false;
    CLI::App app{"Measures attuned under the workloads of tests/bench/README.md"};
    app.add_option("--attuned", options.program, "path of the daemon")->required()->check(CLI::ExistingFile);
    app.add_option("--folder", options.folder, "a folder on the disk to be measured")->default_val("/tmp/attune-bench");
    app.add_option("--workload", which, "quiet surge full full_accept idle restart");
    app.add_flag("--tls", options.tls, "over TLS");
    app.add_flag("--both", both, "plain, then TLS");
    app.add_option("--seconds", options.seconds, "of quiet, at least 12 for the record");
    app.add_option("--events", options.events, "stored before restart");
    app.add_flag("--each", options.each, "a line for each storm of surge");
    app.add_flag("!--unpinned", options.pinned, "leave it to the system which thread runs where");
    app.add_option("--port", options.port, "on loopback");
    CLI11_PARSE(app, argc, argv);
    std::vector<Figures> rows;
    const auto add = [&](Figures figures) {
        figures.print();
        rows.push_back(std::move(figures));
    };
    try {
        for (int pass = 0; pass < (both ? 2 : 1); ++pass) {
            if (both) options.tls = pass == 1;
            for (const std::string& name : which) {
                if (name == "quiet") add(quiet(options));
                else if (name == "surge") add(surge(options));
                else if (name == "full") add(full(options, false));
                else if (name == "full_accept") add(full(options, true));
                else if (name == "idle") {
                    add(idle(options, 1'000));
                    add(idle(options, 5'000));
                } else if (name == "restart") {
                    add(restart(options, 0));
                    add(restart(options, 1'000));
                } else {
                    fmt::print(stderr, "no such workload: {}\n", name);
                    return 2;
                }
            }
        }
    } catch (const std::exception& error) {
        fmt::print(stderr, "load: {}\n", error.what());
        return 1;
    }
    print_table(rows);
    return 0;
}
