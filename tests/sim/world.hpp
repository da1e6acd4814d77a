// A whole site under one seed: hub, disk, network, devices and people on one virtual clock. Nothing here reads a real
// clock or a real random source; every random choice and every order comes from the seed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <set>
#include <string>
#include <vector>

#include "hub/app/hub.hpp"
#include "tests/sim/auditor.hpp"
#include "tests/sim/school.hpp"

namespace attune::sim {

using core::Ms;
using Bytes = std::vector<std::byte>;

/// What may go wrong. A seed switches a random subset on, so that rare troubles are not drowned by common ones.
enum class Fault : std::uint8_t {
    delays, cuts, freezes, refusals, hub_crashes, hub_restarts, hub_freezes, slow_disk, sick_disk, clock_jumps, sleepers,
    flat_batteries, reloads, lazy_people, decliners, double_presses, resends, revocations, imports, enrolments, broken_frames, sign_outs, small_ring
};
inline constexpr std::size_t faults_count = 23;
const char* name_of(Fault fault);

/// A bug put in on purpose, in the simulated world and never in the product: the simulator must find it.
/// (by_address only shows when two processes are compared, see same_trace.)
enum class Plant : std::uint8_t { none, ack_before_sync, rearm_forgotten, wall_clock_timeline, dedupe_lost, revoke_ignored, dead_beats, cards_lost, by_address };
inline constexpr std::size_t plants_count = 9;
const char* name_of(Plant plant);

struct WorldOptions {
    std::uint64_t seed = 1;
    Ms span_ms = 2 * 3'600'000;
    bool liveness = false;  // safety: everything may fail at any time; liveness: again and again all heals and must progress
    std::optional<std::set<Fault>> faults;  // default: a subset chosen by the seed
    Plant plant = Plant::none;
};

struct WorldResult {
    std::uint64_t events = 0, frames = 0, calls = 0, crashes = 0, checks = 0;
};

/// What happens later, in order of time, and at one time in order of asking.
class Agenda {
public:
    void at(Ms when, std::function<void()> what) { queue_.push({when, ++order_, std::move(what)}); }
    /// Runs the next thing, unless it is after `until`; false then.
    bool run_next(Ms& now, Ms until);

private:
    struct Entry {
        Ms when;
        std::uint64_t order;
        std::function<void()> what;
        bool operator<(const Entry& other) const { return when != other.when ? when > other.when : order > other.order; }
    };
    std::priority_queue<Entry> queue_;
    std::uint64_t order_ = 0;
};

class Host;
class Client;

class World {
public:
    World(const WorldOptions& options, Trace& trace);
    ~World();
    WorldResult run();

    bool has(Fault fault) const { return !calm && faults_.contains(fault); }
    bool knows(Fault fault) const { return faults_.contains(fault); }
    /// Runs a check in the midst of the hub.
    template <class Check>
    void check(Check&& check) {
        if (found) return;
        try {
            check();
        } catch (const Violation& violation) {
            found = violation;
        }
    }
    void later(Ms delay, std::function<void()> what) { agenda.at(now + delay, std::move(what)); }
    void say(const std::function<std::string()>& make) { trace.line(now, make); }
    Client* client_of(const core::DeviceId& device);
    /// The people whom a seed's directory has, as a list.
    std::vector<core::PersonId> people() const;
    app::ParsedTimetable school_days(Ms at);
    void add_client(core::DeviceKind kind, const core::PlaceId& place, const core::PersonId& person);

    const WorldOptions options;
    Trace& trace;
    Random random;
    Agenda agenda;
    Ms now = 1'000'000;
    bool calm = false;  // nothing new goes wrong, what was wrong has healed
    Ms calm_since = 0;
    WorldResult result;
    std::optional<Violation> found;  // inside the hub, through which nothing may be thrown
    std::unique_ptr<Host> host;
    std::vector<std::unique_ptr<Client>> clients;
    core::Directory school;  // as the site's files say it now

private:
    void set_up();
    void every(Ms least, Ms most, std::function<void()> what);
    void start_troubles();
    void start_administration();
    void revoke_one();
    void become_calm();
    void become_wild();
    void check_each_second();

    std::set<Fault> faults_;
};

/// Runs one seed; throws Violation.
WorldResult run_world(const WorldOptions& options, Trace& trace);

}  // namespace attune::sim
