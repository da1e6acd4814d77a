// A whole site of load clients around one hub: rooms that press, handsets that are on duty. One thread, one epoll.
#pragma once

#include <memory>
#include <vector>

#include "tests/bench/load/client.hpp"
#include "tests/bench/load/hub.hpp"

namespace attune::bench {

class Site {
public:
    Site(Hub& hub, bool tls);
    ~Site();
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    /// Enrols, greets and (handsets) signs in and proves each device, as in life.
    /// One terminal in each place, or several where there are fewer places.
    void add_rooms(int count, int places = 2'000);
    void add_handsets(int count);
    /// Connects all rooms, or all handsets, or both again after the hub came back.
    void reconnect(bool rooms, bool handsets);
    void disconnect();

    /// Handles what arrives, sends what is queued, beats every 2 s; until `done` or at most `us_max`. True when done.
    bool run_until(const std::function<bool()>& done, std::int64_t us_max);

    std::vector<std::unique_ptr<Client>> rooms, handsets;
    /// Set by a workload: called for every frame that is not part of the greeting.
    std::function<void(Client&, const Glance&)> on_frame;
    std::uint64_t rejected = 0;
    std::int64_t wake_us = 0;  // run_until() asks `done` again at this time at the latest; 0: whenever

private:
    void enrol(Client& client, protocol::DeviceKind kind, const std::string& place);
    void greet(Client& client);
    void ask(Client& client, const protocol::AnyMessage& message, std::string_view answer);
    void watch(Client& client);
    void beat_all();
    void handle(Client& client, const Glance& glance);

    Hub& hub_;
    ssl_ctx_st* tls_ = nullptr;
    int epoll_ = -1;
    std::int64_t next_beat_us_ = 0;
    std::int64_t heard_us_ = 0;  // when something was last ready
    std::string answer_;  // the type of the newest answer of the greeting, and whose
    Client* greeting_ = nullptr;
};

}  // namespace attune::bench
