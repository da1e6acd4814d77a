// The sound of a handset or a station at a terminal: the terminal's bell, or a command that the person names. Sounds as
// long as an adult is wanted. On the io_context, one thread.
#pragma once

#include <sys/types.h>

#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace attune::cli {

class Ringer {
  public:
    /// `command` is run by the shell, again and again while it rings; empty: none.
    Ringer(boost::asio::io_context& io, bool bell, std::string command);
    ~Ringer();
    Ringer(const Ringer&) = delete;
    Ringer& operator=(const Ringer&) = delete;

    /// Whether this program can make a sound at all.
    bool can_sound() const { return bell_ || !command_.empty(); }
    /// Sounds now for one more call or one more time. True: it has really started.
    bool sound();
    /// Nothing is wanted any more.
    void hush();

  private:
    bool start_command();
    void again_later();
    void reap();
    boost::asio::steady_timer timer_;
    bool bell_, ringing_ = false, waits_ = false;
    std::string command_;
    pid_t child_ = -1;
};

}  // namespace attune::cli
