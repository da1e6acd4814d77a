// attuned run to its end, as another user, and asked over HTTP.
#include "tests/daemon/program.hpp"

#include <arpa/inet.h>
#include <grp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cctype>

namespace attune::test {

Program::Program(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
                 const std::function<void()>& before)
    : Process(ATTUNED_PROGRAM, arguments, environment, {}, before) {}

bool Program::says(const std::string& text, std::chrono::milliseconds limit) {
    return until([&] { return err.find(text) != std::string::npos; }, limit);
}

Ran attuned(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
            const std::function<void()>& before) {
    return to_its_end(Program(arguments, environment, before), std::chrono::seconds(30));
}

Ran attuned_as(uid_t user, const std::vector<std::string>& arguments) {
    return attuned(arguments, {}, [user] {
        if (::setgroups(0, nullptr) != 0 || ::setgid(user) != 0 || ::setuid(user) != 0) ::_exit(126);
    });
}

int dial(const std::string& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{10, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return socket;
    ::close(socket);
    return -1;
}

std::string get(const std::string& port, const std::string& path) {
    const int socket = dial(port);
    if (socket < 0) return "";
    const std::string request =
        "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
    std::string answer;
    if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size())) {
        std::array<char, 4096> bytes{};
        for (ssize_t count = 0; (count = ::recv(socket, bytes.data(), bytes.size(), 0)) > 0;)
            answer.append(bytes.data(), static_cast<std::size_t>(count));
    }
    ::close(socket);
    return answer;
}

bool says_word(const std::string& text, const std::string& word) {
    const auto part_of_one = [&](std::size_t at) { return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0; };
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        if ((at == 0 || !part_of_one(at - 1)) && !part_of_one(at + word.size())) return true;
    return false;
}

}  // namespace attune::test
