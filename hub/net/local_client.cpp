// Blocking frames over the local socket, with poll() for the timeouts.
#include "hub/net/local_client.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace attune::net {
namespace {

constexpr std::size_t head_bytes = 4;
constexpr std::size_t frame_bytes_max = 8 << 20;
using SteadyClock = std::chrono::steady_clock;

bool ready(int descriptor, short what, SteadyClock::time_point until) {
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - SteadyClock::now()).count();
        pollfd one{descriptor, what, 0};
        const int count = ::poll(&one, 1, static_cast<int>(std::clamp<long long>(left, 0, 60'000)));
        if (count > 0) return true;
        if (count < 0 && errno != EINTR) return false;
        if (SteadyClock::now() >= until) return false;
    }
}

std::size_t length_of(std::span<const std::byte> head) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < head_bytes; ++at)
        length = length << 8 | std::to_integer<std::size_t>(head[at]);
    return length;
}

}  // namespace

LocalClient::~LocalClient() {
    close();
}
LocalClient::LocalClient(LocalClient&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      come_(std::move(other.come_)),
      error_(std::move(other.error_)) {}
LocalClient& LocalClient::operator=(LocalClient&& other) noexcept {
    if (this != &other) {
        close();
        descriptor_ = std::exchange(other.descriptor_, -1);
        come_ = std::move(other.come_);
        error_ = std::move(other.error_);
    }
    return *this;
}

void LocalClient::close() noexcept {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
    come_.clear();
}

bool LocalClient::fail(std::string why) {
    close();
    error_ = std::move(why);
    return false;
}

std::string LocalClient::connect(const std::filesystem::path& socket) {
    close();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto name = socket.string();
    if (name.size() >= sizeof(address.sun_path)) return "The path of the hub's socket is too long: " + name + ". Set a shorter one with socket in the configuration.";
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    descriptor_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0) return std::string("No socket could be made: ") + std::strerror(errno) + ". End other programs, then try again.";
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return {};
    const int error = errno;
    close();
    if (error == ENOENT || error == ECONNREFUSED) return "No hub is running on this state directory (" + name + ").";
    if (error == EACCES) return "This user may not speak to the hub. Use the hub's own user, or root.";
    return "The hub's socket " + name + " cannot be used: " + std::strerror(error) + ". Name the hub's state folder with --state.";
}

bool LocalClient::send(std::span<const std::byte> envelope, std::chrono::milliseconds timeout) {
    if (!connected()) return false;
    const auto until = SteadyClock::now() + timeout;
    std::vector<std::byte> frame(head_bytes);
    for (std::size_t at = 0; at < head_bytes; ++at)
        frame[at] = static_cast<std::byte>(envelope.size() >> (8 * (head_bytes - 1 - at)));
    frame.insert(frame.end(), envelope.begin(), envelope.end());
    for (std::size_t sent = 0; sent < frame.size();) {
        if (!ready(descriptor_, POLLOUT, until)) return fail("The hub did not take the message in time. Look at its log, then try again.");
        const auto count = ::send(descriptor_, frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count > 0) sent += static_cast<std::size_t>(count);
        if (count < 0 && errno != EINTR && errno != EAGAIN) return fail("The hub closed the connection.");
    }
    return true;
}

bool LocalClient::receive(std::vector<std::byte>& envelope, std::chrono::milliseconds timeout) {
    const auto until = SteadyClock::now() + timeout;
    while (connected()) {
        if (come_.size() >= head_bytes) {
            const auto length = length_of(come_);
            if (length > frame_bytes_max) return fail("The hub sent a frame that is too long.");
            if (come_.size() >= head_bytes + length) {
                const auto end = come_.begin() + static_cast<std::ptrdiff_t>(head_bytes + length);
                envelope.assign(come_.begin() + head_bytes, end);
                come_.erase(come_.begin(), end);
                return true;
            }
        }
        if (!ready(descriptor_, POLLIN, until)) {
            error_ = "The hub did not answer in time.";
            return false;
        }
        std::array<std::byte, 64 * 1024> chunk;
        const auto count = ::recv(descriptor_, chunk.data(), chunk.size(), MSG_DONTWAIT);
        if (count > 0) come_.insert(come_.end(), chunk.begin(), chunk.begin() + count);
        if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN))
            return fail("The hub closed the connection.");
    }
    return false;
}

}  // namespace attune::net
