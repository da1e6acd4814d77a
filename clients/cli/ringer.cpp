// A bell every two seconds, or a child process in a group of its own, started again when it has ended.
#include "clients/cli/ringer.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

extern char** environ;

namespace attune::cli {

namespace {
constexpr std::chrono::seconds pause{2};
}

Ringer::Ringer(boost::asio::io_context& io, bool bell, std::string command)
    : timer_(io), bell_(bell && ::isatty(STDOUT_FILENO) == 1), command_(std::move(command)) {}

Ringer::~Ringer() {
    hush();
}

bool Ringer::sound() {
    ringing_ = true;
    const bool belled = bell_ && ::write(STDOUT_FILENO, "\a", 1) == 1;
    const bool started = !command_.empty() && (child_ > 0 || start_command());
    again_later();
    return belled || started;
}

void Ringer::hush() {
    ringing_ = waits_ = false;
    timer_.cancel();
    reap();
    if (child_ <= 0) return;
    ::kill(-child_, SIGKILL);  // a player has nothing to put in order, and may not keep this waiting
    ::waitpid(child_, nullptr, 0);
    child_ = -1;
}

bool Ringer::start_command() {
    reap();
    posix_spawnattr_t how{};
    posix_spawnattr_init(&how);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&how, 0);
    std::string shell = "sh", option = "-c";
    std::array<char*, 4> words{shell.data(), option.data(), command_.data(), nullptr};
    const int failed = ::posix_spawn(&child_, "/bin/sh", nullptr, &how, words.data(), environ);
    posix_spawnattr_destroy(&how);
    if (failed) child_ = -1;
    return failed == 0;
}

void Ringer::again_later() {
    if (waits_) return;
    waits_ = true;
    timer_.expires_after(pause);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error == boost::asio::error::operation_aborted) return;
        waits_ = false;
        reap();
        if (ringing_) sound();
    });
}

void Ringer::reap() {
    if (child_ > 0 && ::waitpid(child_, nullptr, WNOHANG) == child_) child_ = -1;
}

}  // namespace attune::cli
