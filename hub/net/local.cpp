// The server's side of the local socket.
#include "hub/net/local.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "hub/net/link.hpp"

namespace attune::net {
namespace {

class LocalLink final : public Link {
  public:
    LocalLink(Context& context, std::unique_ptr<Stream> stream)
        : Link(context, Kind::Local, "local", std::move(stream), 2 * context.config.limits.local_frame_bytes_max) {}

    void start() { opened(true); }

    void send(std::span<const std::byte> envelope) override {
        if (state() != State::Open) return;
        ++context_.counters.frames_out;
        std::array<std::byte, local_head_bytes> head;
        for (std::size_t at = 0; at < head.size(); ++at) {
            head[at] = static_cast<std::byte>(envelope.size() >> (8 * (head.size() - 1 - at)));
        }
        queue(head, envelope);
    }

  private:
    void read() override {
        if (use_whole_frame()) return;
        // Memory follows what has come, not what the length promises.
        const auto want =
            have_ < local_head_bytes ? local_head_bytes - have_ : std::min(frame_bytes() - have_, step_bytes);
        if (buffer_.size() < have_ + want) buffer_.resize(have_ + want);
        stream().read_some(std::span(buffer_).subspan(have_, want),
                           [self = std::static_pointer_cast<LocalLink>(shared_from_this())](
                               ErrorCode error, std::size_t count) { self->on_bytes(error, count); });
    }

    void on_bytes(ErrorCode error, std::size_t count) {
        if (state() == State::Dead) return;
        if (state() != State::Open) return linger();
        if (error == asio::error::eof) return end();
        if (error) return drop(false);
        heard();
        have_ += count;
        if (have_ >= local_head_bytes &&
            frame_bytes() - local_head_bytes > context_.config.limits.local_frame_bytes_max) {
            context_.log(LogLevel::Warning, "a frame on the local socket is longer than the limit");
            return drop(false);
        }
        read();
    }

    // Hands a complete frame to the app and goes on by itself; false when more bytes are needed.
    bool use_whole_frame() {
        if (have_ < local_head_bytes || have_ < frame_bytes()) return false;
        received(std::span<const std::byte>(buffer_).first(have_).subspan(local_head_bytes));
        have_ = 0;
        if (buffer_.size() > step_bytes) std::vector<std::byte>().swap(buffer_);
        read_on();
        return true;
    }

    std::size_t frame_bytes() const {
        std::size_t length = 0;
        for (std::size_t at = 0; at < local_head_bytes; ++at)
            length = length << 8 | std::to_integer<std::size_t>(buffer_[at]);
        return local_head_bytes + length;
    }

    void say_end() override { linger(); }
    void tick_open(Ms) override {}  // a person may think between two questions

    static constexpr std::size_t step_bytes = 64 * 1024;
    std::vector<std::byte> buffer_;
    std::size_t have_ = 0;
};

bool may_speak(Socket& socket) {
    ucred who{};
    socklen_t size = sizeof(who);
    if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return false;
    return who.uid == 0 || who.uid == ::geteuid();
}

}  // namespace

void start_local(Context& context, Socket socket) {
    if (!may_speak(socket)) {
        context.log(LogLevel::Warning, "another user was refused at the local socket");
        return close_socket(socket, false);
    }
    std::make_shared<LocalLink>(context, make_plain_stream(std::move(socket)))->start();
}

}  // namespace attune::net
