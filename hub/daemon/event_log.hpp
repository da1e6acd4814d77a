// What the log says of a running hub's day: devices that come, go and fall silent, wrong PINs and codes, imports. One
// record for each, without the name or reference of any child or adult, a PIN or a code. What a stranger can bring about
// at will is limited. The io thread.
#pragma once

#include <cstdint>
#include <string_view>

#include <boost/asio/io_context.hpp>

#include "hub/app/ports.hpp"
#include "hub/core/event.hpp"

namespace attune::daemon {

/// At most `most` in each span; what was left out is counted.
class Throttle {
  public:
    Throttle(std::uint64_t most, core::Ms span) : most_(most), span_(span) {}
    /// Whether one more may be said now, on the monotonic clock.
    bool admits(core::Ms now);
    /// How many were left out since the last time this was asked.
    std::uint64_t take_left_out();

  private:
    std::uint64_t most_;
    core::Ms span_;
    core::Ms began_ = 0;
    std::uint64_t said_ = 0, left_out_ = 0;
};

class EventLog {
  public:
    EventLog(boost::asio::io_context& io, app::Clock& clock) : io_(io), clock_(clock) {}
    void happened(const core::Event& event);
    void turned_away(const app::Peer& peer, std::string_view why);

  private:
    void directory_changed();
    void wrong_sign_in(const core::LeaderSignInFailed& fact);

    boost::asio::io_context& io_;
    app::Clock& clock_;
    std::uint64_t directory_changes_ = 0;  // of the import that is under way
    Throttle strangers_{20, 60'000}, wrong_sign_ins_{20, 60'000};
};

}  // namespace attune::daemon
