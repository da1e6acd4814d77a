// fork and exec, and a parent's duty to wait.
#include "tests/integration/crash/hub_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <stdexcept>

namespace attune::crash {

namespace {

int wait_for(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace

HubProcess::~HubProcess() {
    kill();
}

pid_t HubProcess::spawn(const std::vector<std::string>& arguments) {
    std::vector<const char*> words{program_.c_str()};
    for (const auto& argument : arguments)
        words.push_back(argument.c_str());
    words.push_back(nullptr);
    const int log = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0) throw std::runtime_error("fork failed");
    if (pid == 0) {
        // Nothing of a killed test stays behind.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(127);
        ::dup2(log, STDOUT_FILENO);
        ::dup2(log, STDERR_FILENO);
        ::execv(program_.c_str(), const_cast<char**>(words.data()));
        ::_exit(127);
    }
    ::close(log);
    return pid;
}

void HubProcess::start(const std::vector<std::string>& arguments) {
    if (running()) throw std::logic_error("the hub runs already");
    pid_ = spawn(arguments);
}

void HubProcess::kill() {
    if (!running()) return;
    ::kill(pid_, SIGKILL);
    wait_for(pid_);
    pid_ = -1;
}

void HubProcess::terminate() const {
    if (running()) ::kill(pid_, SIGTERM);
}

bool HubProcess::ended(int& code) {
    if (!running()) return false;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return false;
    code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    pid_ = -1;
    return true;
}

int HubProcess::run(const std::vector<std::string>& arguments) {
    return wait_for(spawn(arguments));
}

}  // namespace attune::crash
