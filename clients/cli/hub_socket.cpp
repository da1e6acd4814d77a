// connect, send, poll and recv on a Unix stream socket.
#include "clients/cli/hub_socket.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "clients/cli/terminal.hpp"
#include "clients/cli/words.hpp"
#include "clients/native/client.hpp"
#include "protocol/cpp/codec.hpp"

namespace attune::cli {

namespace {

using Steady = std::chrono::steady_clock;

Failure gone() {
    return {Exit::not_reached, "The hub closed the connection. attuned status says whether it runs."};
}

}  // namespace

std::filesystem::path usual_hub_socket() {
    // As attuned finds its state folder.
    const auto text = [](const char* name) -> std::string {
        const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
        return value ? value : "";
    };
    std::filesystem::path state = "/var/lib/attune";
    if (const auto set = text("STATE_DIRECTORY"); !set.empty())
        state = set.substr(0, set.find(':'));
    else if (::geteuid() == 0)
        state = "/var/lib/attune";
    else if (const auto home = text("XDG_STATE_HOME"); !home.empty())
        state = std::filesystem::path(home) / "attune";
    else if (const auto user = text("HOME"); !user.empty())
        state = std::filesystem::path(user) / ".local/state/attune";
    return state / "attuned.sock";
}

HubSocket::HubSocket(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string text = path.string();
    if (text.size() >= sizeof address.sun_path)
        throw Failure(Exit::usage, text + " is too long for a socket. Name it by a shorter way.");
    std::copy(text.begin(), text.end(), std::begin(address.sun_path));
    socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_ >= 0 && ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
    const int why = errno;
    if (socket_ >= 0) ::close(socket_);
    if (why == EACCES || why == EPERM)
        throw Failure(Exit::refused, "This user may not administer the hub. Do it as root or as the hub’s own user.");
    throw Failure(Exit::not_reached, "No hub runs on this machine at " + text +
                                         ". Devices are administered on the hub’s own machine; --hub-socket names "
                                         "another socket of it.");
}

HubSocket::~HubSocket() {
    ::close(socket_);
}

void HubSocket::send_all(const std::vector<std::byte>& bytes) const {
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t count = ::send(socket_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) throw gone();
        at += static_cast<std::size_t>(count);
    }
}

void HubSocket::receive_all(std::span<std::byte> bytes, Steady::time_point end) const {
    while (!bytes.empty()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Steady::now()).count();
        pollfd one{socket_, POLLIN, 0};
        const int ready = left > 0 ? ::poll(&one, 1, static_cast<int>(left)) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready == 0)
            throw Failure(Exit::not_reached, "The hub did not answer in time. Look at its log, then try again.");
        const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) throw gone();
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

protocol::AnyMessage HubSocket::ask(const protocol::AnyMessage& request, std::chrono::milliseconds limit) {
    const protocol::Id id = client::random_bytes16();
    std::vector<std::byte> bytes(4);
    if (!protocol::encode(request, id, bytes, protocol::local_limits))
        throw Failure(Exit::usage, "This is too large for the hub: 8 MiB fit. Is it the right folder?");
    const std::size_t size = bytes.size() - 4;
    for (std::size_t i = 0; i < 4; ++i)
        bytes[i] = static_cast<std::byte>(size >> (24 - 8 * i));
    send_all(bytes);
    const auto end = Steady::now() + limit;
    while (true) {
        std::array<std::byte, 4> head{};
        receive_all(head, end);
        std::size_t length = 0;
        for (const auto byte : head)
            length = length << 8 | std::to_integer<std::size_t>(byte);
        if (length > protocol::limits::local_frame_bytes_max) throw gone();
        std::vector<std::byte> frame(length);
        receive_all(frame, end);
        auto envelope = protocol::decode(frame, protocol::local_limits);
        if (!envelope || envelope->id != id) continue;
        if (const auto* rejected = get_if<protocol::Rejected>(&envelope->message))
            throw Failure(Exit::refused, with_next_step_on_hub(rejected->name, harmless(rejected->message)));
        return std::move(envelope->message);
    }
}

}  // namespace attune::cli
