// What an idle client costs the hub, with TLS and without: the clients live in a child process, so that only the hub's
// own memory is measured.
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <fstream>

#include "tests/net/support.hpp"

using namespace attune::net::test;

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ATTUNE_SANITIZED 1
#endif
#endif

namespace {

long pss_kib() {
    std::ifstream in("/proc/self/smaps_rollup");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("Pss:")) return std::stol(line.substr(4));
    }
    return 0;
}

// Connects when it is told the port, says "r", and holds on until its input ends. Runs in the child.
[[noreturn]] void hold_clients(int from, int to, int count, const std::string& ca) {
    std::uint16_t port = 0;
    if (::read(from, &port, sizeof(port)) != sizeof(port)) ::_exit(1);
    std::vector<std::unique_ptr<Client>> clients;
    char ready = 'r';
    try {
        for (int at = 0; at < count; ++at) {
            clients.push_back(std::make_unique<Client>(port));
            if (!ca.empty()) clients.back()->start_tls(ca, "127.0.0.1");
            if (clients.back()->upgrade().status != 101) ready = 'x';
            // A little has been said in both directions, as on a real connection.
            clients.back()->send_message(std::string(300, 'x'));
            if (clients.back()->message().payload.size() != 300) ready = 'x';
        }
    } catch (const std::exception&) {
        ready = 'x';
    }
    if (::write(to, &ready, 1) != 1) ::_exit(1);
    char end = 0;
    while (::read(from, &end, 1) > 0) {
    }
    ::_exit(0);
}

double idle_kib(bool tls) {
#ifdef ATTUNE_SANITIZED
    constexpr int count = 40;
#else
    constexpr int count = 400;
#endif
    TemporaryFolder folder;
    int down[2], up[2];
    REQUIRE(::pipe(down) == 0);
    REQUIRE(::pipe(up) == 0);
    const auto child = ::fork();
    if (child == 0) {
        ::close(down[1]);
        ::close(up[0]);
        hold_clients(down[0], up[1], count, tls ? (folder.path / "tls" / "ca.crt").string() : std::string());
    }
    ::close(down[0]);
    ::close(up[1]);
    auto config = Hub::default_config();
    config.tls.directory = folder.path / "tls";
    config.tls.on_loopback = tls;
    config.limits.idle_ms = 600'000;  // they answer no pings, and a slow machine needs a while to connect them all
    Hub hub(config);
    {
        Client warm(hub.port());  // what the first connection alone costs is not counted
        if (tls) warm.start_tls((folder.path / "tls" / "ca.crt").string(), "127.0.0.1");
        REQUIRE(warm.upgrade().status == 101);
    }
    CHECK(hub.until([&] { return hub.door.closed_count == 1; }));
    ::malloc_trim(0);  // what earlier tests have freed is not there to be used again for nothing
    const auto before = pss_kib();
    const auto port = hub.port();
    REQUIRE(::write(down[1], &port, sizeof(port)) == sizeof(port));
    char ready = 0;
    REQUIRE(::read(up[0], &ready, 1) == 1);
    REQUIRE(ready == 'r');
    // Two ticks: what a burst needed has been given back.
    const auto begin = hub.clock.monotonic_ms();
    CHECK(hub.until([&] { return hub.door.open == count && hub.clock.monotonic_ms() > begin + 100; }));
    const auto after = pss_kib();
    ::close(down[1]);
    ::close(up[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return static_cast<double>(after - before) / count;
}

}  // namespace

TEST_CASE("an idle client costs little memory") {
    const auto plain = idle_kib(false), tls = idle_kib(true);
    std::printf("an idle client: %.1f KiB, over TLS %.1f KiB\n", plain, tls);
#ifndef ATTUNE_SANITIZED
    CHECK(plain < 20);
    CHECK(tls < 96);
#endif
}
