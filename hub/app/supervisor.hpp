// Watches over devices: when each last beat, and what it said of itself. What it finds becomes commands, and only when
// something has changed. Measured on the monotonic clock alone. One thread.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "hub/app/engine.hpp"
#include "protocol/cpp/generated/messages.hpp"

namespace attune::app {

class Supervisor {
  public:
    Supervisor(Engine& engine, Clock& clock) : engine_(engine), clock_(clock) {}

    /// After the hub's start: every device that was well has as long as a silence takes to come back.
    void start();

    /// A device gave a sign of life, with or without what it says of itself.
    void beat(const core::DeviceId& device, const std::optional<protocol::Evidence>& evidence);

    /// When check() is wanted next, on the monotonic clock.
    std::optional<Ms> next_check() const;
    void check();

  private:
    struct Watch {
        Ms last_beat = 0;
        Ms due = 0;                                   // 0: not watched, it is silent already
        std::optional<std::set<core::Fault>> faults;  // of the newest evidence
    };
    void arm(const core::DeviceId& device, Watch& watch, Ms due);

    Engine& engine_;
    Clock& clock_;
    std::map<core::DeviceId, Watch> watches_;
    std::set<std::pair<Ms, core::DeviceId>> checks_;
};

/// What keeps a device of this kind from doing its part. A room neither sounds nor has to be in front.
std::set<core::Fault> faults_of(const protocol::Evidence& evidence, core::DeviceKind kind);

}  // namespace attune::app
