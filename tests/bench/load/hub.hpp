// A real attuned under load: its own folder, its own process, a school made for the purpose. And the floor beside it.
#pragma once

#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

#include "hub/net/local_client.hpp"
#include "protocol/cpp/codec.hpp"
#include "tests/bench/measure.hpp"

namespace attune::bench {

/// Milliseconds of fdatasync after appending 256 bytes to a file in `folder`, `count` times, `pause_us` apart.
std::vector<double> fdatasync_ms(const std::string& folder, int count, int pause_us);

class Hub {
public:
    /// `program` is the path of attuned; `folder` must exist and be empty. Writes the configuration and the CSV files.
    Hub(std::string program, std::string folder, std::uint16_t port, bool tls, int rooms, int handsets);
    ~Hub();
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;

    void import_school();
    /// Returns when the hub takes connections; the milliseconds that this took.
    double start();
    void kill_now();
    void stop();
    pid_t pid() const { return pid_; }
    /// The thread that talks to clients stays on the first processor, this process and the hub's other threads on the rest.
    /// Where there is one processor alone, nothing happens.
    void share_processors() const;
    /// A one-time code for a device; place or person as the kind needs.
    std::string code(protocol::DeviceKind kind, const std::string& place, const std::string& person);
    /// Proportional set size in KiB.
    double pss_kib() const;
    double cpu_seconds() const;
    const std::string& state_folder() const { return state_; }
    std::uint16_t port() const { return port_; }

private:
    std::string program_, folder_, state_, config_;
    std::uint16_t port_;
    pid_t pid_ = -1;
    net::LocalClient local_;
};

std::string place_id(int index);
std::string person_id(int index);

}  // namespace attune::bench
