// When clients are written to. A write costs the kernel far more than the bytes in it, and an event goes to every handset:
// so all that is ready is dealt with first, then each client is written to once. And whoever has just spent time on
// writing waits up to three times as long before the next round, as long as there is something else to do: under a storm
// that is a millisecond, in which the frames of many events gather. On a quiet day nothing waits, because the last round
// is long over; and at the end of a storm nothing waits, because there is nothing else to do.
//
// Whoever is told most comes first. In a storm those are the handsets, which have to sound; a room is told of its own call
// alone, and that costs as much to write as all that a handset is told. So who is told far less than others waits for
// the first idle moment, and ten milliseconds at most; and an idle moment ends when something is ready, a commit above
// all, so that no more than a few are written to in a row.
//
// Owned by the server's context; io thread; keeps alive what it is to write to.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace attune::net {

class Link;

class Flusher {
  public:
    explicit Flusher(boost::asio::io_context& io) : io_(io) {}
    /// Each link at most once before it is written to: the link sees to that.
    void add(std::shared_ptr<Link> link);
    /// The app has dealt with something.
    void turn_ended() { ++turns_; }

    using Clock = std::chrono::steady_clock;
    static constexpr int rest_for_work = 3;
    static constexpr Clock::duration rest_max = std::chrono::milliseconds(2);
    static constexpr Clock::duration wait_max = std::chrono::milliseconds(10);  // of who is told little
    static constexpr std::size_t little_of_most = 4;                            // a quarter of what the most is
    static constexpr std::size_t in_a_row_max = 48;  // then it is looked whether something else is ready

    /// How many are written to now, of clients for whom so much waits, the most first. Idle: nothing else is ready.
    /// `waited`: since when somebody has been put off.
    static std::size_t in_this_round(std::span<const std::size_t> bytes, bool idle, Clock::duration waited);

  private:
    /// Comes back behind all that is ready, until the rest is over or nothing was.
    void rest();
    /// Idle: nothing else is ready, and so nobody waits any longer.
    void flush(bool idle);

    boost::asio::io_context& io_;
    std::vector<std::shared_ptr<Link>> links_;
    bool arranged_ = false;  // a round is on its way
    std::optional<Clock::time_point> waits_since_;
    Clock::time_point rest_until_{};
    std::uint64_t turns_ = 0;
};

}  // namespace attune::net
