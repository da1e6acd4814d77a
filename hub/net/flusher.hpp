// When clients are written to. A write costs the kernel far more than the bytes in it, and an event goes to every handset:
// so all that is ready is dealt with first, then each client is written to once. And whoever has just spent time on
// writing waits three times as long before the next round: under a storm that is a millisecond, in which the frames of
// many events gather; on a quiet day nothing waits, because the last round is long over.
//
// Owned by the server's context; io thread; keeps alive what it is to write to.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <vector>

namespace attune::net {

class Link;

class Flusher {
  public:
    explicit Flusher(boost::asio::io_context& io) : io_(io), timer_(io) {}
    /// Each link at most once before it is written to: the link sees to that.
    void add(std::shared_ptr<Link> link);

  private:
    using Clock = std::chrono::steady_clock;
    static constexpr int rest_for_work = 3;
    static constexpr Clock::duration rest_max = std::chrono::milliseconds(2);

    void flush();

    boost::asio::io_context& io_;
    boost::asio::steady_timer timer_;
    std::vector<std::shared_ptr<Link>> links_;
    Clock::time_point rest_until_{};
};

}  // namespace attune::net
