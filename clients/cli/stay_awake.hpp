// Keeps this machine from falling asleep while a handset or a station is followed on it, as far as it lets itself be
// kept: by systemd-inhibit, whose lock ends with this program. Whether the lock is held is evidence; where there is no
// such service, it is not held, and that is said. On the io_context, one thread.
#pragma once

#include <sys/types.h>

#include <array>
#include <functional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace attune::cli {

class StayAwake {
  public:
    /// `changed` hears whether it is held: once soon after start(), and when it is lost.
    StayAwake(boost::asio::io_context& io, std::function<void(bool held)> changed);
    ~StayAwake();
    StayAwake(const StayAwake&) = delete;
    StayAwake& operator=(const StayAwake&) = delete;

    void start();
    bool held() const { return held_; }

  private:
    void listen();
    std::function<void(bool)> changed_;
    boost::asio::posix::stream_descriptor says_;
    std::array<char, 16> heard_{};
    int keeps_ = -1;  // as long as this is open, the lock is held
    pid_t child_ = -1;
    bool held_ = false;
};

}  // namespace attune::cli
