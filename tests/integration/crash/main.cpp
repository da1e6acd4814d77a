// Kills a real hub at random instants under real clients, starts it again each time, and holds the journal against what
// the clients were told. The seed decides about kills and people; the machine about the rest.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>

#include <fmt/format.h>

#include "hub/journal/file.hpp"
#include "hub/net/local_client.hpp"
#include "tests/integration/crash/check.hpp"
#include "tests/integration/crash/hub_process.hpp"
#include "tests/integration/crash/people.hpp"
#include "tests/integration/crash/site.hpp"

namespace attune::crash {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

struct Options {
    std::string self;  // this program
    std::string program;
    std::string work;
    std::uint64_t seed = 0;
    int kills = 200;
    int rooms = 10, people = 10;
    bool keep = false;
};

constexpr milliseconds serving_within{3'000};
constexpr milliseconds first_start_within{15'000};
constexpr milliseconds quiet_within{30'000};
constexpr milliseconds stopped_within{5'000};

std::uint16_t free_port() {
    asio::io_context io;
    asio::ip::tcp::acceptor acceptor(io, {asio::ip::make_address("127.0.0.1"), 0});
    return acceptor.local_endpoint().port();
}

class Run {
  public:
    explicit Run(const Options& options)
        : options_(options), work_(options.work), hub_(options.program, work_ / "hub.log"), kill_timer_(world_.io) {
        world_.random.seed(options.seed);
        world_.port = free_port();
        world_.welcomed = [this] { was_welcomed(); };
    }

    int all() {
        prepare();
        start();
        enrol();
        until([this] { return everybody_ready(); }, first_start_within, "not everybody came on duty");
        fmt::print("{} devices on duty, killing begins\n", devices_.size());
        std::fflush(stdout);
        for (int i = 0; i < options_.kills && !failed_; ++i)
            kill_once(i);
        finish();
        return report();
    }

  private:
    void prepare() {
        std::filesystem::remove_all(work_);
        std::filesystem::create_directories(work_);
        site_ = write_site(work_ / "site", options_.rooms, options_.people);
        std::ofstream(work_ / "attuned.toml") << fmt::format(
            "state_dir = \"{}\"\nlisten = \"127.0.0.1:{}\"\n[log]\nlevel = \"warn\"\n", state().string(), world_.port);
        if (hub_.run({"import", (work_ / "site").string(), "--apply", "--config", config()}) != 0)
            throw std::runtime_error("the site could not be imported");
    }

    std::filesystem::path state() const { return work_ / "state"; }
    std::string config() const { return (work_ / "attuned.toml").string(); }

    void start() {
        serving_ = false;
        ++world_.hub_run;
        started_at_ = Clock::now();
        hub_.start({"run", "--config", config()});
    }

    void was_welcomed() {
        if (serving_) return;
        serving_ = true;
        const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - started_at_);
        restarts_.push_back(took);
    }

    /// One-time codes by the local socket, as attuned enrol asks for them.
    void enrol() {
        net::LocalClient client;
        std::string why;
        until([&] { return (why = client.connect(state() / "attuned.sock")).empty(); }, first_start_within,
              "no local socket");
        for (const auto& device : site_.devices) {
            protocol::MakeEnrolmentCode request;
            request.kind = device.kind == "room"      ? protocol::DeviceKind::room
                           : device.kind == "handset" ? protocol::DeviceKind::handset
                                                      : protocol::DeviceKind::station;
            if (!device.place.empty()) request.place = device.place;
            if (!device.person.empty()) request.person = device.person;
            const std::string code = ask_code(client, request);
            if (device.kind == "room")
                devices_.push_back(std::make_unique<Room>(world_, device.place, code));
            else if (device.kind == "handset")
                devices_.push_back(std::make_unique<Handset>(world_, device.person, code, site_.calm_space));
            else
                devices_.push_back(std::make_unique<Station>(world_, device.place, code, site_.people));
        }
        for (auto& device : devices_)
            device->start();
    }

    std::string ask_code(net::LocalClient& client, const protocol::MakeEnrolmentCode& request) {
        protocol::Id id{};
        for (auto& byte : id)
            byte = static_cast<std::byte>(world_.random());
        std::vector<std::byte> frame;
        if (!protocol::encode(request, id, frame) || !client.send(frame)) throw std::runtime_error(client.error());
        while (client.receive(frame, milliseconds(5'000))) {
            const auto envelope = protocol::decode(frame);
            if (!envelope || envelope->id != id) continue;
            if (const auto* code = get_if<protocol::EnrolmentCode>(&envelope->message)) return code->code;
            throw std::runtime_error("no code was given");
        }
        throw std::runtime_error(client.error());
    }

    bool everybody_ready() const {
        return std::all_of(devices_.begin(), devices_.end(), [](const auto& device) {
            const auto* handset = dynamic_cast<const Handset*>(device.get());
            return handset ? handset->ready() : device->live();
        });
    }

    template <class Condition>
    void until(const Condition& condition, milliseconds limit, const char* what) {
        const auto end = Clock::now() + limit;
        while (!condition()) {
            if (Clock::now() > end) throw std::runtime_error(what);
            world_.io.restart();
            world_.io.run_one_for(milliseconds(5));
            int code = 0;
            if (hub_.ended(code)) throw std::runtime_error(fmt::format("the hub ended by itself with {}", code));
        }
    }

    void run_for(std::chrono::microseconds span) {
        bool over = false;
        kill_timer_.expires_after(span);
        kill_timer_.async_wait([&](boost::system::error_code) { over = true; });
        world_.io.restart();
        while (!over)
            world_.io.run_one();
    }

    /// SIGTERM while everybody goes on; exit code 0 within five seconds.
    void stop_in_order() {
        hub_.terminate();
        const auto end = Clock::now() + stopped_within;
        int code = 0;
        while (!hub_.ended(code)) {
            if (Clock::now() > end) throw std::runtime_error("the hub did not stop in order");
            world_.io.restart();
            world_.io.run_one_for(milliseconds(5));
        }
        if (code != 0) world_.fault(fmt::format("the hub stopped with {}", code));
    }

    void kill_once(int number) {
        // One in eight dies while it starts: before it serves, or just as it begins to.
        const bool early = world_.chance(12);
        if (!early) {
            until([this] { return serving_; }, first_start_within, "the hub did not serve again");
            run_for(std::chrono::microseconds(world_.below(350'000)));
        } else {
            ++early_;
            run_for(std::chrono::microseconds(world_.below(120'000)));
        }
        hub_.kill();
        ++kills_;
        start();
        if (!early && world_.chance(10)) {
            until([this] { return serving_; }, first_start_within, "the hub did not serve again");
            run_for(std::chrono::microseconds(world_.below(100'000)));
            stop_in_order();
            ++stops_;
            start();
        }
        if ((number + 1) % 50 == 0) {
            fmt::print("{} kills, {} commands acknowledged, {} sent again\n", number + 1,
                       world_.record.acknowledged.size(), world_.record.resent);
            std::fflush(stdout);
        }
        if (!world_.record.faults.empty()) failed_ = true;
    }

    /// No new calls; those that are open come to their end; then the hub stops in order.
    void finish() {
        until([this] { return serving_; }, first_start_within, "the hub did not serve again");
        world_.raising = false;
        try {
            until(
                [this] {
                    return std::all_of(devices_.begin(), devices_.end(),
                                       [](const auto& device) { return device->live() && device->idle(); });
                },
                quiet_within, "not every call came to an end");
        } catch (const std::exception& error) {
            world_.fault(error.what());
        }
        stop_in_order();
        for (const auto took : restarts_)
            if (took > serving_within) world_.fault(fmt::format("it took {} ms to serve again", took.count()));
    }

    int report() {
        const auto findings = check_journal(journal::journal_file(state()), world_.record);
        auto sorted = restarts_;
        std::sort(sorted.begin(), sorted.end());
        const auto& record = world_.record;
        fmt::print("{} kills ({} while starting), {} stops in order; serving again: median {} ms, worst {} ms\n",
                   kills_, early_, stops_, sorted[sorted.size() / 2].count(), sorted.back().count());
        fmt::print(
            "{} commands sent, {} sent again, {} acknowledged, {} shown events; {} welcomes, {} by replay, {} by "
            "snapshot\n",
            record.sent, record.resent, record.acknowledged.size(), record.shown.size(), record.welcomes,
            record.replays, record.snapshots);
        std::string refused;
        for (const auto& [name, count] : record.rejected)
            refused += fmt::format(" {} {}", count, name);
        fmt::print("refused:{}\n", refused.empty() ? " none" : refused);
        fmt::print("journal: {} events, {} calls, {} closed, {} withdrawn, {} open, {} commands\n", findings.events,
                   findings.calls, findings.closed, findings.withdrawn, findings.open, findings.commands_found);
        for (const auto& fault : findings.faults)
            fmt::print("FAULT {}\n", fault);
        if (findings.faults.empty()) {
            fmt::print("nothing acknowledged was lost, nothing doubled\n");
            if (!options_.keep) std::filesystem::remove_all(work_);
            return 0;
        }
        fmt::print("The files are in {}\nTo run it again: {} --program {} --seed {} --kills {}\n", work_.string(),
                   options_.self, options_.program, options_.seed, options_.kills);
        return 1;
    }

    const Options& options_;
    std::filesystem::path work_;
    World world_;
    HubProcess hub_;
    asio::steady_timer kill_timer_;
    Site site_;
    std::vector<std::unique_ptr<Device>> devices_;
    std::vector<milliseconds> restarts_;
    Clock::time_point started_at_;
    bool serving_ = false, failed_ = false;
    int kills_ = 0, early_ = 0, stops_ = 0;
};

}  // namespace

int run(int count, char** arguments) {
    Options options;
    CLI::App app("Kills attuned at random instants and checks that nothing acknowledged is lost", "crash");
    app.add_option("--program", options.program, "The attuned to kill")->required();
    app.add_option("--work", options.work, "A folder of its own (default: a new one in the temporary folder)");
    app.add_option("--seed", options.seed, "Decides about kills and people (default: another each time)");
    app.add_option("--kills", options.kills, "How many")->capture_default_str();
    app.add_option("--rooms", options.rooms)->capture_default_str();
    app.add_option("--people", options.people)->capture_default_str();
    app.add_flag("--keep", options.keep, "Keep the files also when all is well");
    CLI11_PARSE(app, count, arguments);
    options.self = arguments[0];
    if (options.seed == 0) options.seed = std::random_device{}();
    if (options.work.empty())
        options.work =
            (std::filesystem::temp_directory_path() / fmt::format("attune-crash-{}-{}", options.seed, ::getpid()))
                .string();
    fmt::print("seed {}\n", options.seed);
    std::fflush(stdout);
    try {
        return Run(options).all();
    } catch (const std::exception& error) {
        fmt::print("FAULT {}\nThe files are in {}\nTo run it again: {} --program {} --seed {} --kills {}\n",
                   error.what(), options.work, options.self, options.program, options.seed, options.kills);
        return 1;
    }
}

}  // namespace attune::crash

int main(int count, char** arguments) {
    return attune::crash::run(count, arguments);
}
