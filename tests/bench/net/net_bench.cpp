// How many frames a second the net brings out of one thread, the app's work excluded: a child process holds the clients
// and asks for the next batch as it has received one; the hub answers each message by a batch of frames in one flush.
//   bench_net [clients=40] [bytes=300] [batch=50] [seconds=5] [tls=0]
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

#include "tests/net/support.hpp"

namespace {

using namespace attune;
using namespace attune::net;

struct Plan {
    int clients = 40;
    std::size_t bytes = 300;
    int batch = 50;
    double seconds = 5;
};
constexpr int batches_ahead = 4;

class FloodDoor final : public app::FrontDoor {
  public:
    explicit FloodDoor(const Plan& plan) : frame_(plan.bytes, std::byte{'f'}), batch_(plan.batch) {}
    ConnectionId opened(app::Wire& wire, const app::Peer&) override {
        wires_[++last_] = &wire;
        return last_;
    }
    void received(ConnectionId connection, std::span<const std::byte>) override {
        auto* wire = wires_.at(connection);
        for (int at = 0; at < batch_; ++at)
            wire->send(frame_);
        wire->flush();
    }
    void closed(ConnectionId connection) override { wires_.erase(connection); }
    Ms next_wake() override { return std::numeric_limits<Ms>::max(); }
    void wake() override {}
    bool paused(ConnectionId) const override { return false; }
    bool journal_ok() const override { return true; }
    void stop() override {
        for (const auto& [id, wire] : wires_)
            wire->close(true);
    }

  private:
    std::map<ConnectionId, app::Wire*> wires_;
    ConnectionId last_ = 0;
    const std::vector<std::byte> frame_;
    const int batch_;
};

// The clients: every byte is received, frames are counted by their fixed size.
[[noreturn]] void load(int from, const Plan& plan) {
    std::uint16_t port = 0;
    if (::read(from, &port, sizeof(port)) != sizeof(port)) ::_exit(1);
    std::vector<std::unique_ptr<test::Client>> clients;
    std::vector<std::size_t> pending(static_cast<std::size_t>(plan.clients), 0);
    const int poller = ::epoll_create1(0);
    for (int at = 0; at < plan.clients; ++at) {
        clients.push_back(std::make_unique<test::Client>(port));
        if (clients.back()->upgrade().status != 101) ::_exit(2);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u32 = static_cast<unsigned>(at);
        ::epoll_ctl(poller, EPOLL_CTL_ADD, clients.back()->descriptor(), &event);
    }
    const std::size_t frame = plan.bytes + (plan.bytes < 126 ? 2 : 4),
                      batch = frame * static_cast<std::size_t>(plan.batch);
    const std::string ask("\x82\x81\0\0\0\0a", 7);
    for (auto& client : clients) {
        for (int at = 0; at < batches_ahead; ++at)
            client->send(ask);
    }
    std::vector<char> buffer(256 * 1024);
    std::uint64_t total = 0, total_at_begin = 0;
    const auto now = [] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
    };
    const double begin = now() + 1, end = begin + plan.seconds;
    bool counting = false;
    while (now() < end) {
        if (!counting && now() >= begin) counting = true, total_at_begin = total;
        epoll_event events[64];
        const int count = ::epoll_wait(poller, events, 64, 100);
        for (int at = 0; at < count; ++at) {
            const auto which = events[at].data.u32;
            const auto got = ::recv(clients[which]->descriptor(), buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (got <= 0) continue;
            total += static_cast<std::uint64_t>(got);
            pending[which] += static_cast<std::size_t>(got);
            std::string asks;
            for (; pending[which] >= batch; pending[which] -= batch)
                asks += ask;
            if (!asks.empty()) clients[which]->send(asks);
        }
    }
    const double frames = static_cast<double>((total - total_at_begin) / frame);
    std::printf("%d clients, %zu bytes, batches of %d: %.0f frames a second\n", plan.clients, plan.bytes, plan.batch,
                frames / plan.seconds);
    std::fflush(stdout);
    ::_exit(0);
}

}  // namespace

int main(int argc, char** argv) {
    Plan plan;
    if (argc > 1) plan.clients = std::atoi(argv[1]);
    if (argc > 2) plan.bytes = static_cast<std::size_t>(std::atoi(argv[2]));
    if (argc > 3) plan.batch = std::atoi(argv[3]);
    if (argc > 4) plan.seconds = std::atof(argv[4]);
    int pipes[2];
    if (::pipe(pipes) != 0) return 1;
    const auto child = ::fork();
    if (child == 0) load(pipes[0], plan);

    boost::asio::io_context io{1};
    SystemClock clock;
    FloodDoor door(plan);
    Config config;
    config.listen = {{"127.0.0.1", 0}};
    Server server(io, config, door, clock, {});
    server.start();
    const auto port = server.port();
    if (::write(pipes[1], &port, sizeof(port)) != sizeof(port)) return 1;
    std::thread wait([&] {
        int status = 0;
        ::waitpid(child, &status, 0);
        boost::asio::post(io, [&] { server.stop([] {}); });
    });
    io.run();
    wait.join();
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const double seconds = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    const auto& counters = server.counters();
    std::printf(
        "the hub: %.2f s of CPU (user %.2f), %.0f frames for each CPU second, %.1f frames in a write\n", seconds,
        static_cast<double>(used.ru_utime.tv_sec) + static_cast<double>(used.ru_utime.tv_usec) / 1e6,
        static_cast<double>(counters.frames_out) / seconds,
        static_cast<double>(counters.frames_out) / static_cast<double>(std::max<std::uint64_t>(1, counters.writes)));
    return 0;
}
