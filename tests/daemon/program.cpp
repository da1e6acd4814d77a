// fork, exec, and pipes that are read as the program writes.
#include "tests/daemon/program.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace attune::test {

using Clock = std::chrono::steady_clock;

Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "attuned-test-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
    const auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
    return file.string();
}

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Program::Program(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
                 const std::function<void()>& before) {
    std::vector<std::string> words{ATTUNED_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv, envp;
    for (auto& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    std::vector<std::string> variables{"PATH=/usr/bin:/bin", "HOME=/nonexistent"};
    // The sanitizers' own settings must reach the program.
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"})
        if (const char* value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
    variables.insert(variables.end(), environment.begin(), environment.end());
    for (auto& variable : variables)
        envp.push_back(variable.data());
    envp.push_back(nullptr);

    std::array<int, 2> out{}, err{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(127);
        ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(err[1], STDERR_FILENO);
        if (before) before();
        ::execve(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
    ::close(out[1]);
    ::close(err[1]);
    out_pipe_ = out[0];
    err_pipe_ = err[0];
    if (pid_ < 0) throw std::runtime_error("fork failed");
}

Program::~Program() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    if (out_pipe_ >= 0) ::close(out_pipe_);
    if (err_pipe_ >= 0) ::close(err_pipe_);
}

void Program::signal(int number) const {
    ::kill(pid_, number);
}

bool Program::pump(std::chrono::milliseconds limit) {
    std::array<pollfd, 2> both{pollfd{out_pipe_, POLLIN, 0}, pollfd{err_pipe_, POLLIN, 0}};
    if (out_pipe_ < 0 && err_pipe_ < 0) return false;
    if (::poll(both.data(), both.size(), static_cast<int>(limit.count())) <= 0) return true;
    std::array<char, 4096> bytes{};
    for (auto [pipe, text, ready] :
         {std::tuple{&out_pipe_, &out, both[0].revents}, {&err_pipe_, &err, both[1].revents}}) {
        if (!ready) continue;
        const ssize_t count = ::read(*pipe, bytes.data(), bytes.size());
        if (count > 0) {
            text->append(bytes.data(), static_cast<std::size_t>(count));
        } else if (count == 0 || errno != EINTR) {
            ::close(*pipe);
            *pipe = -1;
        }
    }
    return true;
}

bool Program::says(const std::string& text, std::chrono::milliseconds limit) {
    const auto end = Clock::now() + limit;
    while (err.find(text) == std::string::npos) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
        if (left.count() <= 0 || !pump(left)) return false;
    }
    return true;
}

int Program::wait(std::chrono::milliseconds limit) {
    const auto end = Clock::now() + limit;
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
        if (left.count() <= 0) return -1'000;
        if (!pump(left)) break;
    }
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0)
        if (errno != EINTR) return -1'001;
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

Ran attuned(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
            const std::function<void()>& before) {
    Program program(arguments, environment, before);
    Ran ran;
    ran.code = program.wait(std::chrono::seconds(30));
    ran.out = std::move(program.out);
    ran.err = std::move(program.err);
    return ran;
}

Ran attuned_as(uid_t user, const std::vector<std::string>& arguments) {
    return attuned(arguments, {}, [user] {
        if (::setgroups(0, nullptr) != 0 || ::setgid(user) != 0 || ::setuid(user) != 0) ::_exit(126);
    });
}

std::string get(const std::string& port, const std::string& path) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{10, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    const std::string request =
        "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
    std::string answer;
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::send(socket, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size())) {
        std::array<char, 4096> bytes{};
        for (ssize_t count = 0; (count = ::recv(socket, bytes.data(), bytes.size(), 0)) > 0;)
            answer.append(bytes.data(), static_cast<std::size_t>(count));
    }
    ::close(socket);
    return answer;
}

}  // namespace attune::test
