// fork, exec, and pipes that are read as the program writes.
#include "tests/support/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace attune::test {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

Process::Process(const std::string& program, const std::vector<std::string>& arguments,
                 const std::vector<std::string>& environment, const std::string& on_descriptor_3,
                 const std::function<void()>& before) {
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables = environment;  // first, so that a test's own word counts
    variables.insert(variables.end(), {"PATH=/usr/bin:/bin", "HOME=/nonexistent", "TZ=UTC"});
    // The sanitizers' own settings must reach the program.
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"})
        if (const char* value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
    std::vector<char*> argv, envp;
    for (auto& word : words)
        argv.push_back(word.data());
    for (auto& variable : variables)
        envp.push_back(variable.data());
    argv.push_back(nullptr);
    envp.push_back(nullptr);
    std::array<int, 2> out{}, err{}, third{-1, -1};
    if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0 ||
        ::pipe2(third.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(127);
        ::setsid();  // no terminal to ask at
        ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(err[1], STDERR_FILENO);
        if (!on_descriptor_3.empty()) {
            // Above everything first, because one of the pipes may be 3 itself.
            const int line = ::fcntl(third[0], F_DUPFD, 100);
            ::dup2(line, 3);
            ::close(line);
        }
        if (before) before();
        ::execve(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
    ::close(out[1]);
    ::close(err[1]);
    ::close(third[0]);
    const std::string line = on_descriptor_3 + "\n";
    if (!on_descriptor_3.empty()) static_cast<void>(!::write(third[1], line.data(), line.size()));
    ::close(third[1]);
    out_pipe_ = out[0];
    err_pipe_ = err[0];
    if (pid_ < 0) throw std::runtime_error("fork failed");
}

Process::~Process() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    if (out_pipe_ >= 0) ::close(out_pipe_);
    if (err_pipe_ >= 0) ::close(err_pipe_);
}

void Process::signal(int number) const {
    ::kill(pid_, number);
}

bool Process::pump(milliseconds limit) {
    std::array<pollfd, 2> both{pollfd{out_pipe_, POLLIN, 0}, pollfd{err_pipe_, POLLIN, 0}};
    if (out_pipe_ < 0 && err_pipe_ < 0) return false;
    if (::poll(both.data(), both.size(), static_cast<int>(limit.count())) <= 0) return true;
    std::array<char, 4096> bytes{};
    const auto read_one = [&](int& pipe, std::string& text, short ready) {
        if (!ready) return;
        const ssize_t count = ::read(pipe, bytes.data(), bytes.size());
        if (count > 0) {
            text.append(bytes.data(), static_cast<std::size_t>(count));
        } else if (count == 0 || errno != EINTR) {
            ::close(pipe);
            pipe = -1;
        }
    };
    read_one(out_pipe_, out, both[0].revents);
    read_one(err_pipe_, err, both[1].revents);
    return true;
}

bool Process::says(const std::string& text, milliseconds limit) {
    return until([&] { return out.find(text) != std::string::npos || err.find(text) != std::string::npos; }, limit);
}

bool Process::until(const std::function<bool()>& condition, milliseconds limit) {
    const auto end = Clock::now() + limit;
    while (!condition()) {
        const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
        if (left.count() <= 0 || !pump(left)) return false;
    }
    return true;
}

int Process::wait(milliseconds limit) {
    const auto end = Clock::now() + limit;
    while (true) {
        const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
        if (left.count() <= 0) return -1'000;
        if (!pump(left)) break;
    }
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0)
        if (errno != EINTR) return -1'001;
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

Ran to_its_end(Process&& process, milliseconds limit) {
    const int code = process.wait(limit);
    return {code, std::move(process.out), std::move(process.err)};
}

}  // namespace attune::test
