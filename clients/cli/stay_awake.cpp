// systemd-inhibit runs a command under the lock. The command says that it runs, and then reads to the end of a pipe of
// ours, which comes with our own end, whatever that is.
#include "clients/cli/stay_awake.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

extern char** environ;

namespace attune::cli {

StayAwake::StayAwake(boost::asio::io_context& io, std::function<void(bool held)> changed)
    : changed_(std::move(changed)), says_(io) {}

StayAwake::~StayAwake() {
    if (keeps_ >= 0) ::close(keeps_);
    if (child_ <= 0) return;
    ::kill(-child_, SIGKILL);  // it has nothing to put in order
    ::waitpid(child_, nullptr, 0);
}

void StayAwake::start() {
    std::array<int, 2> in{-1, -1}, out{-1, -1};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) return changed_(false);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t how{};
    posix_spawnattr_init(&how);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&how, 0);
    std::array<std::string, 8> words{"systemd-inhibit", "--what=idle:sleep", "--who=attune",    "--why=On duty",
                                     "--mode=block",    "sh",                "-c", "echo held; exec cat"};
    std::array<char*, 9> arguments{};
    for (std::size_t n = 0; n < words.size(); ++n)
        arguments[n] = words[n].data();
    const int failed = ::posix_spawnp(&child_, "systemd-inhibit", &actions, &how, arguments.data(), environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    keeps_ = in[1];
    if (failed) child_ = -1;
    says_.assign(out[0]);
    listen();
}

void StayAwake::listen() {
    says_.async_read_some(boost::asio::buffer(heard_), [this](const boost::system::error_code& error, std::size_t) {
        if (error == boost::asio::error::operation_aborted) return;
        held_ = !error;
        changed_(held_);
        if (held_) listen();
    });
}

}  // namespace attune::cli
