// The native door, measured: the round trip of a command over ZeroMQ with CURVE beside the same over WebSocket with TLS
// and beside a bare ROUTER/DEALER echo in the same run; and how many strangers' handshakes the door refuses in a second
// while a room's press stays quick. Asserts nothing about time. JSON lines and a table.
//   bench_native ATTUNED [--rounds 20] [--each 100] [--flood-seconds 5] [--strangers 2] [--rate 400]
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>
#include <zmq.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <thread>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "tests/bench/native/hub.hpp"

namespace attune::bench {

namespace {

struct Plan {
    std::string attuned;
    int rounds = 20, each = 100, strangers = 2;
    double flood_seconds = 5, rate = 400;
};

// ---- the floors --------------------------------------------------------------------------------------------------

/// ROUTER and DEALER of libzmq's own, over TCP, without CURVE: nothing in between.
class Echo {
  public:
    Echo() : context_(zmq_ctx_new()), router_(zmq_socket(context_, ZMQ_ROUTER)), dealer_(zmq_socket(context_, ZMQ_DEALER)) {
        const int none = 0;
        zmq_setsockopt(dealer_, ZMQ_LINGER, &none, sizeof none);
        zmq_setsockopt(router_, ZMQ_LINGER, &none, sizeof none);
        zmq_bind(router_, "tcp://127.0.0.1:*");
        std::array<char, 64> endpoint{};
        std::size_t size = endpoint.size();
        zmq_getsockopt(router_, ZMQ_LAST_ENDPOINT, endpoint.data(), &size);
        zmq_connect(dealer_, endpoint.data());
        thread_ = std::thread([this] { serve(); });
    }
    ~Echo() {
        exchange("");
        thread_.join();
        zmq_close(dealer_);
        zmq_close(router_);
        zmq_ctx_term(context_);
    }
    Echo(const Echo&) = delete;
    Echo& operator=(const Echo&) = delete;

    std::int64_t exchange(std::string_view frame) {
        std::array<char, 1024> back{};
        const std::int64_t begun = now_us();
        zmq_send(dealer_, frame.data(), frame.size(), 0);
        zmq_recv(dealer_, back.data(), back.size(), 0);
        return now_us() - begun;
    }

  private:
    void serve() {
        std::array<char, 1024> id{}, frame{};
        while (true) {
            const int id_size = zmq_recv(router_, id.data(), id.size(), 0);
            const int size = zmq_recv(router_, frame.data(), frame.size(), 0);
            if (id_size < 0 || size < 0) return;
            zmq_send(router_, id.data(), static_cast<std::size_t>(id_size), ZMQ_SNDMORE);
            zmq_send(router_, frame.data(), static_cast<std::size_t>(size), 0);
            if (size == 0) return;
        }
    }
    void *context_, *router_, *dealer_;
    std::thread thread_;
};

/// Microseconds of one fdatasync after 256 bytes, beside the hub's own journal.
std::int64_t sync_us(int file) {
    const std::string bytes(256, 'x');
    const std::int64_t begun = now_us();
    if (::write(file, bytes.data(), bytes.size()) < 0 || ::fdatasync(file) != 0) return 0;
    return now_us() - begun;
}

// ---- the round trip ----------------------------------------------------------------------------------------------

void say(const std::string& bench, const std::string& name, const Percentiles& got, double floor_p50, const char* floor) {
    fmt::print(R"({{"bench":"{}","what":"{}","count":{},"p50_us":{:.0f},"p99_us":{:.0f},"worst_us":{:.0f},"floor":"{}","ratio_p50":{:.2f}}})"
               "\n",
               bench, name, got.count, got.p50, got.p99, got.worst, floor, floor_p50 > 0 ? got.p50 / floor_p50 : 0);
}

void round_trips(const Plan& plan, Hub& hub, Room& native, Room& page) {
    // Answered from memory, and answered when it is on disk: a room that presses again.
    const protocol::AnyMessage refused = protocol::KeepCall{1}, durable = protocol::RaiseCall{1, 0, {}, {}};
    std::vector<double> echo, sync, native_refused, page_refused, native_durable, page_durable;
    Echo bare;
    const std::string frame(43, 'x');
    const int file = ::open((hub.folder() / "floor").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    for (int n = 0; n < plan.each; ++n) {  // not counted: everything is there once
        bare.exchange(frame);
        native.exchange(refused);
        page.exchange(refused);
    }
    for (int round = 0; round < plan.rounds; ++round) {
        native.beat();
        page.beat();
        for (int n = 0; n < plan.each; ++n) {  // side by side, so that a busy moment of the machine meets all alike
            echo.push_back(static_cast<double>(bare.exchange(frame)));
            native_refused.push_back(static_cast<double>(native.exchange(refused)));
            page_refused.push_back(static_cast<double>(page.exchange(refused)));
        }
        for (int n = 0; n < plan.each / 4; ++n) {  // each of them first in turn: who comes second finds the disk warm
            if (n % 2 == 0) native_durable.push_back(static_cast<double>(native.exchange(durable)));
            page_durable.push_back(static_cast<double>(page.exchange(durable)));
            if (n % 2 != 0) native_durable.push_back(static_cast<double>(native.exchange(durable)));
            sync.push_back(static_cast<double>(sync_us(file)));
        }
    }
    ::close(file);
    const double floor = percentiles(echo).p50, disk = percentiles(sync).p50;
    const std::array<std::tuple<const char*, std::vector<double>, double, const char*>, 6> rows{{
        {"ROUTER/DEALER echo, no CURVE", echo, floor, "echo"},
        {"ZeroMQ with CURVE, from memory", native_refused, floor, "echo"},
        {"WebSocket with TLS, from memory", page_refused, floor, "echo"},
        {"fdatasync of 256 bytes", sync, disk, "fdatasync"},
        {"ZeroMQ with CURVE, on disk", native_durable, disk, "fdatasync"},
        {"WebSocket with TLS, on disk", page_durable, disk, "fdatasync"},
    }};
    for (const auto& [name, values, base, of] : rows)
        say("round_trip", name, percentiles(values), base, of);
    fmt::print(stderr, "\n{:<34} {:>8} {:>10} {:>10} {:>8}\n", "round trip", "count", "p50 us", "p99 us", "ratio");
    for (const auto& [name, values, base, of] : rows) {
        const Percentiles got = percentiles(values);
        fmt::print(stderr, "{:<34} {:>8} {:>10.0f} {:>10.0f} {:>7.2f}x {}\n", name, got.count, got.p50, got.p99,
                   got.p50 / base, of);
    }
}

// ---- the flood ---------------------------------------------------------------------------------------------------

/// Shared with the flooding process.
struct Tally {
    std::atomic<std::uint64_t> tried{0};
    std::atomic<bool> stop{false};
};

/// Strangers, each with a fresh key of its own, at `rate` a second together; in a process of its own that gives way to
/// everybody, since a real flood has machines of its own.
[[noreturn]] void flood(const Plan& plan, const Hub& hub, Tally& tally) {
    ::setpriority(PRIO_PROCESS, 0, 19);
    const std::uint16_t port = hub.zeromq_port();
    std::vector<std::thread> strangers;
    const std::int64_t begun = now_us();
    for (int n = 0; n < plan.strangers; ++n)
        strangers.emplace_back([&] {
            try {
                while (!tally.stop) {
                    const auto number = static_cast<double>(tally.tried.fetch_add(1));
                    const auto due = begun + static_cast<std::int64_t>(number * 1e6 / plan.rate);
                    if (const auto early = due - now_us(); early > 0) ::usleep(static_cast<useconds_t>(early));
                    net::test::Dealer stranger(port, hub.key());
                    static_cast<void>(stranger.admitted(std::chrono::seconds(2)));
                }
            } catch (const std::exception&) {  // out of ports or descriptors: the others go on
            }
        });
    for (auto& stranger : strangers)
        stranger.join();
    std::_Exit(0);
}

/// A press each 20 ms.
Percentiles presses(Room& room, double seconds) {
    std::vector<double> times;
    const std::int64_t end = now_us() + static_cast<std::int64_t>(seconds * 1e6);
    for (int n = 0; now_us() < end; ++n) {
        if (n % 50 == 0) room.beat();
        times.push_back(static_cast<double>(room.exchange(protocol::RaiseCall{1, 0, {}, {}})));
        ::usleep(20'000);
    }
    return percentiles(std::move(times));
}

void handshake_flood(const Plan& plan, Hub& hub, Room& native) {
    const Percentiles quiet = presses(native, plan.flood_seconds);
    void* shared = ::mmap(nullptr, sizeof(Tally), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    auto* tally = new (shared) Tally;
    const double before = hub.counter("zap_refused_total");
    const pid_t flooder = ::fork();
    if (flooder == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        flood(plan, hub, *tally);
    }
    while (tally->tried == 0)
        ::usleep(1'000);
    const std::int64_t begun = now_us();
    const Percentiles flooded = presses(native, plan.flood_seconds);
    const double seconds = static_cast<double>(now_us() - begun) / 1e6;
    const double refused = (hub.counter("zap_refused_total") - before) / seconds;
    tally->stop = true;
    ::waitpid(flooder, nullptr, 0);
    say("flood", "a press, quiet", quiet, quiet.p50, "quiet");
    say("flood", "a press, under the flood", flooded, quiet.p50, "quiet");
    fmt::print(R"({{"bench":"flood","refused_per_second":{:.0f},"asked_per_second":{:.0f},"strangers":{},"ratio_p50":{:.2f},"ratio_p99":{:.2f}}})"
               "\n",
               refused, plan.rate, plan.strangers, flooded.p50 / quiet.p50, flooded.p99 / quiet.p99);
    fmt::print(stderr, "\n{:<34} {:>8} {:>10} {:>10}\n", "a room's press on disk", "count", "p50 us", "p99 us");
    fmt::print(stderr, "{:<34} {:>8} {:>10.0f} {:>10.0f}\n", "quiet", quiet.count, quiet.p50, quiet.p99);
    fmt::print(stderr, "{:<34} {:>8} {:>10.0f} {:>10.0f}\n", fmt::format("{:.0f} refused a second", refused),
               flooded.count, flooded.p50, flooded.p99);
    fmt::print(stderr, "{:<34} {:>8} {:>9.2f}x {:>9.2f}x\n", "ratio", "", flooded.p50 / quiet.p50,
               flooded.p99 / quiet.p99);
}

int measure(const Plan& plan) {
    Hub hub(plan.attuned);
    const net::test::KeyPair keys;
    net::test::CurveBytes credential{};
    credential.fill(std::byte{7});
    const auto link = hub.native_link("y4_curlew");
    Room native(hub.zeromq_with_curve(keys), link.code, keys.public_key);
    Room page(hub.websocket_with_tls(), hub.browser_code("y2_finch"), credential);
    round_trips(plan, hub, native, page);
    handshake_flood(plan, hub, native);
    return 0;
}

}  // namespace

}  // namespace attune::bench

int main(int count, char** arguments) {
    attune::bench::Plan plan;
    CLI::App app("The native door, measured", "bench_native");
    app.add_option("ATTUNED", plan.attuned, "The program")->required();
    app.add_option("--rounds", plan.rounds, "Blocks of round trips")->check(CLI::Range(1, 1'000));
    app.add_option("--each", plan.each, "Round trips of each kind in a block")->check(CLI::Range(4, 10'000));
    app.add_option("--flood-seconds", plan.flood_seconds, "Quiet, and then under the flood")->check(CLI::Range(0.1, 60.0));
    app.add_option("--strangers", plan.strangers, "Connections at a time")->check(CLI::Range(1, 64));
    app.add_option("--rate", plan.rate, "Handshakes a second, at most")->check(CLI::Range(1.0, 100'000.0));
    CLI11_PARSE(app, count, arguments);
    try {
        return attune::bench::measure(plan);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_native: %s\n", error.what());
        return 1;
    }
}
