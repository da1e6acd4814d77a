// `sim`: runs worlds, one for each seed, and for one that fails says the command that shows it again.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/sim/core_world.hpp"
#include "tests/sim/world.hpp"

namespace {

using namespace attune::sim;

struct Arguments {
    std::string seeds = "1", mode = "safety", plant = "none", faults;
    std::uint64_t seed = 0;
    double hours = 2, least_speed = 0;
    unsigned jobs = 1;
    bool trace = false, twice = false, until_found = false, hashes = false;
};

struct Totals {
    std::uint64_t worlds = 0, events = 0, frames = 0, calls = 0, crashes = 0, checks = 0, failed = 0, virtual_ms = 0;
};

std::string again;  // the command that shows the running seed again, for a crash of the program itself

extern "C" void died(int signal) {
    // Not much may be done here; write() is allowed.
    const char text[] = "\nsim: an assertion failed or memory was misused. Again: ";
    (void)!write(1, text, sizeof text - 1);
    (void)!write(1, again.data(), again.size());
    (void)!write(1, "\n", 1);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

template <class Thing>
Thing named(const std::string& name, std::size_t count) {
    for (std::size_t n = 0; n < count; ++n)
        if (name == name_of(static_cast<Thing>(n))) return static_cast<Thing>(n);
    std::fprintf(stderr, "sim: there is no %s\n", name.c_str());
    std::exit(2);
}

std::optional<std::set<Fault>> faults_of(const std::string& list) {
    if (list.empty()) return std::nullopt;
    std::set<Fault> faults;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t comma = std::min(list.find(',', at), list.size());
        if (const std::string name = list.substr(at, comma - at); name != "none") faults.insert(named<Fault>(name, faults_count));
        at = comma + 1;
    }
    return faults;
}

std::string command_for(const Arguments& arguments, std::uint64_t seed) {
    std::string command = "sim --seed " + std::to_string(seed) + " --mode " + arguments.mode;
    char hours[32];
    std::snprintf(hours, sizeof hours, "%g", arguments.hours);
    command += std::string(" --hours ") + hours;
    if (!arguments.faults.empty()) command += " --faults " + arguments.faults;
    if (arguments.plant != "none") command += " --plant " + arguments.plant;
    return command + " --trace";
}

/// One seed; the hash of its trace. Adds to the totals; throws Violation.
std::uint64_t run_one(const Arguments& arguments, std::uint64_t seed, Totals& totals) {
    Trace trace(arguments.trace ? stdout : nullptr);
    if (arguments.mode == "core") {
        const CoreResult result = run_core({seed, static_cast<std::size_t>(arguments.hours * 1500)}, trace);
        totals.events += result.events;
        totals.virtual_ms += static_cast<std::uint64_t>(result.virtual_ms);
        return trace.value();
    }
    WorldOptions options;
    options.seed = seed;
    options.span_ms = static_cast<attune::core::Ms>(arguments.hours * 3'600'000);
    options.liveness = arguments.mode == "liveness";
    options.faults = faults_of(arguments.faults);
    options.plant = named<Plant>(arguments.plant, plants_count);
    const WorldResult result = run_world(options, trace);
    totals.events += result.events;
    totals.frames += result.frames;
    totals.calls += result.calls;
    totals.crashes += result.crashes;
    totals.checks += result.checks;
    totals.virtual_ms += static_cast<std::uint64_t>(options.span_ms);
    return trace.value();
}

/// Seeds from, from + step, ...; each with its own line when it fails. The combined hash of all.
std::uint64_t run_seeds(const Arguments& arguments, std::uint64_t from, std::uint64_t to, std::uint64_t step, Totals& totals) {
    std::uint64_t all = 0;
    for (std::uint64_t seed = from; seed <= to; seed += step) {
        again = command_for(arguments, seed);
        ++totals.worlds;
        try {
            const std::uint64_t hash = run_one(arguments, seed, totals);
            if (arguments.twice && run_one(arguments, seed, totals) != hash) throw Violation{"determinism", "the same seed made two worlds"};
            all = all * 0x100000001b3ULL ^ hash;
            if (from == to || arguments.hashes) std::printf("seed %llu hash %016llx\n", static_cast<unsigned long long>(seed), static_cast<unsigned long long>(hash));
        } catch (const Violation& violation) {
            ++totals.failed;
            std::printf("FOUND %s: %s\n  again: %s\n", violation.promise.c_str(), violation.detail.c_str(), again.c_str());
            std::fflush(stdout);
            if (arguments.until_found) break;
        }
    }
    return all;
}

/// Of this process, so that it does not matter how busy the machine is.
double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

int report(const Arguments& arguments, const Totals& totals) {
    const double hours = static_cast<double>(totals.virtual_ms) / 3'600'000.0, seconds = cpu_seconds();
    const double speed = hours * 3'600.0 / std::max(seconds, 0.001);
    std::printf("%llu worlds (%s): %llu events, %llu frames, %llu calls, %llu crashes, %llu checks of cards; %.1f h in %.1f s of CPU, %.0f times real time; %llu failed\n",
        static_cast<unsigned long long>(totals.worlds), arguments.mode.c_str(), static_cast<unsigned long long>(totals.events), static_cast<unsigned long long>(totals.frames),
        static_cast<unsigned long long>(totals.calls), static_cast<unsigned long long>(totals.crashes), static_cast<unsigned long long>(totals.checks), hours, seconds,
        speed, static_cast<unsigned long long>(totals.failed));
    // With a planted bug, finding it is the success.
    if (arguments.plant != "none") return totals.failed > 0 ? 0 : 1;
    if (speed < arguments.least_speed) {
        std::printf("too slow: at least %.0f times real time was asked for\n", arguments.least_speed);
        return 1;
    }
    return totals.failed == 0 ? 0 : 1;
}

int run_forked(const Arguments& arguments, std::uint64_t from, std::uint64_t to) {
    int failed = 0;
    for (unsigned job = 0; job < arguments.jobs; ++job) {
        std::fflush(stdout);
        if (fork() != 0) continue;
        Totals totals;
        run_seeds(arguments, from + job, to, arguments.jobs, totals);
        const int failed_here = report(arguments, totals);
        std::fflush(stdout);
        std::_Exit(failed_here);
    }
    for (int status = 0; wait(&status) > 0;) failed |= status;
    return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App app{"Runs Attune's hub in simulated worlds, one for each seed, and looks for a broken promise."};
    app.add_option("--seed", arguments.seed, "one seed");
    app.add_option("--seeds", arguments.seeds, "a range, A-B");
    app.add_option("--hours", arguments.hours, "of virtual time for each seed (mode core: 1,500 steps each)");
    app.add_option("--mode", arguments.mode, "safety, liveness or core")->check(CLI::IsMember({"safety", "liveness", "core"}));
    app.add_option("--faults", arguments.faults, "only these, with commas; none; default: drawn by the seed");
    app.add_option("--plant", arguments.plant, "a bug put in on purpose; succeeds when it is found");
    app.add_option("--jobs", arguments.jobs, "processes")->check(CLI::Range(1U, 64U));
    app.add_flag("--trace", arguments.trace, "say all that happens");
    app.add_flag("--twice", arguments.twice, "each seed twice; the traces must be the same");
    app.add_flag("--hashes", arguments.hashes, "the hash of each seed, on a line of its own");
    app.add_option("--least-speed", arguments.least_speed, "fails when it runs slower than this many times real time, in CPU time");
    app.add_flag("--until-found", arguments.until_found, "stop at the first seed that fails");
    CLI11_PARSE(app, argc, argv);
    std::signal(SIGABRT, died);
    std::signal(SIGSEGV, died);

    std::uint64_t from = arguments.seed, to = arguments.seed;
    if (from == 0) {
        const std::size_t dash = arguments.seeds.find('-');
        from = std::strtoull(arguments.seeds.c_str(), nullptr, 10);
        to = dash == std::string::npos ? from : std::strtoull(arguments.seeds.c_str() + dash + 1, nullptr, 10);
    }
    if (arguments.jobs > 1) return run_forked(arguments, from, to);
    Totals totals;
    const std::uint64_t hash = run_seeds(arguments, from, to, 1, totals);
    if (from != to) std::printf("all of them: hash %016llx\n", static_cast<unsigned long long>(hash));
    return report(arguments, totals);
}
