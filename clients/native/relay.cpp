// The socket between programs of one device. A guest that does not take its frames in time is let go; it comes again.
#include "clients/native/relay.hpp"

#include <fcntl.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <deque>
#include <map>

#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "protocol/cpp/generated/limits.hpp"

namespace attune::client {

namespace {

namespace asio = boost::asio;
using Local = asio::local::stream_protocol;
using ErrorCode = boost::system::error_code;

constexpr std::size_t head_bytes = 4;
constexpr std::size_t outbox_bytes_max = protocol::limits::outbox_bytes_max;
constexpr std::size_t guests_max = 16;

/// A socket's address holds 107 bytes, and a folder's path may be longer: the way through the folder's descriptor is
/// always short.
class ShortPath {
  public:
    explicit ShortPath(const std::filesystem::path& socket)
        : folder_(::open(socket.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)),
          path_("/proc/self/fd/" + std::to_string(folder_) + "/" + socket.filename().string()) {}
    ~ShortPath() {
        if (folder_ >= 0) ::close(folder_);
    }
    ShortPath(const ShortPath&) = delete;
    ShortPath& operator=(const ShortPath&) = delete;
    Local::endpoint endpoint() const { return Local::endpoint(path_); }

  private:
    int folder_;
    std::string path_;
};

/// Frames over one connected socket, both ways.
class Pipe : public std::enable_shared_from_this<Pipe> {
  public:
    using Received = std::function<void(std::span<const std::byte>)>;

    explicit Pipe(Local::socket socket) : socket_(std::move(socket)) {}
    Local::socket& socket() { return socket_; }

    void start(Received received, std::function<void()> ended) {
        received_ = std::move(received);
        ended_ = std::move(ended);
        read_head();
    }

    bool send(std::span<const std::byte> frame) {
        if (!socket_.is_open() || waiting_ + frame.size() > outbox_bytes_max) return false;
        std::vector<std::byte> bytes;
        bytes.reserve(head_bytes + frame.size());
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<std::byte>(frame.size() >> shift));
        bytes.insert(bytes.end(), frame.begin(), frame.end());
        waiting_ += bytes.size();
        out_.push_back(std::move(bytes));
        if (out_.size() == 1) write();
        return true;
    }

    /// What is on its way is written by the system; what is not is given up.
    void close() {
        closed_ = true;  // the listeners stay: one of them may be running
        ErrorCode ignored;
        socket_.close(ignored);
    }

  private:
    void end() {
        if (closed_) return;
        close();
        ended_();
    }

    void read_head() {
        asio::async_read(socket_, asio::buffer(head_), [self = shared_from_this()](const ErrorCode& error, std::size_t) {
            if (self->closed_) return;
            std::size_t size = 0;
            for (const auto byte : self->head_)
                size = size << 8 | std::to_integer<std::size_t>(byte);
            if (error || size == 0 || size > protocol::limits::frame_bytes_max) return self->end();
            self->frame_.resize(size);
            self->read_frame();
        });
    }

    void read_frame() {
        asio::async_read(socket_, asio::buffer(frame_), [self = shared_from_this()](const ErrorCode& error, std::size_t) {
            if (self->closed_) return;
            if (error) return self->end();
            self->received_(self->frame_);
            if (!self->closed_) self->read_head();
        });
    }

    void write() {
        asio::async_write(socket_, asio::buffer(out_.front()),
                          [self = shared_from_this()](const ErrorCode& error, std::size_t) {
                              if (error) return self->end();
                              self->waiting_ -= self->out_.front().size();
                              self->out_.pop_front();
                              if (!self->out_.empty()) self->write();
                          });
    }

    Local::socket socket_;
    Received received_;
    std::function<void()> ended_;
    std::array<std::byte, head_bytes> head_{};
    std::vector<std::byte> frame_;
    std::deque<std::vector<std::byte>> out_;
    std::size_t waiting_ = 0;
    bool closed_ = false;
};

class RelayWire : public Wire {
  public:
    RelayWire(asio::io_context& io, std::filesystem::path socket, WireEvents events)
        : path_(std::move(socket)),
          pipe_(std::make_shared<Pipe>(Local::socket(io))),
          io_(io),
          events_(std::make_shared<WireEvents>(std::move(events))) {}
    ~RelayWire() override { close(); }

    void open() override {
        const ShortPath way(path_);
        ErrorCode error;
        pipe_->socket().connect(way.endpoint(), error);  // local: at once, or not
        asio::post(io_, [pipe = pipe_, events = std::weak_ptr(events_), error] {
            const auto listener = events.lock();
            if (!listener) return;
            if (error) return listener->ended(WireEnd::unreachable);
            pipe->start(listener->received, [events] {
                if (const auto still = events.lock()) still->ended(WireEnd::lost);
            });
            listener->opened();
        });
    }
    bool send(std::span<const std::byte> frame) override { return pipe_->send(frame); }
    void close() override {
        events_.reset();
        pipe_->close();
    }

  private:
    std::filesystem::path path_;
    std::shared_ptr<Pipe> pipe_;
    asio::io_context& io_;
    std::shared_ptr<WireEvents> events_;
};

}  // namespace

struct Relay::Impl : std::enable_shared_from_this<Relay::Impl> {
    Impl(asio::io_context& context, Events listener) : io(context), events(std::move(listener)), acceptor(context) {}

    void accept() {
        acceptor.async_accept([self = shared_from_this()](const ErrorCode& error, Local::socket socket) {
            if (error || self->closed) return;
            self->welcome(std::move(socket));
            self->accept();
        });
    }

    void welcome(Local::socket socket) {
        if (guests.size() >= guests_max) return;
        const Guest number = ++last_guest;
        const auto pipe = std::make_shared<Pipe>(std::move(socket));
        guests.emplace(number, pipe);
        pipe->start(
            [self = weak_from_this(), number](std::span<const std::byte> frame) {
                if (const auto relay = self.lock(); relay && !relay->closed) relay->events.received(number, frame);
            },
            [self = weak_from_this(), number] {
                if (const auto relay = self.lock()) relay->guests.erase(number);
            });
        for (const auto& frame : events.greeting())
            pipe->send(frame);
    }

    void drop(Guest guest) {
        const auto found = guests.find(guest);
        if (found == guests.end()) return;
        found->second->close();
        guests.erase(found);
    }

    asio::io_context& io;
    Events events;
    Local::acceptor acceptor;
    std::map<Guest, std::shared_ptr<Pipe>> guests;
    Guest last_guest = 0;
    std::filesystem::path path;
    bool closed = false;
};

Relay::Relay(asio::io_context& io, Events events) : impl_(std::make_shared<Impl>(io, std::move(events))) {}

Relay::~Relay() {
    close();
}

bool Relay::listen(const std::filesystem::path& socket) {
    ::unlink(socket.c_str());
    const ShortPath way(socket);
    ErrorCode error;
    impl_->acceptor.open(Local(), error);
    if (!error) impl_->acceptor.bind(way.endpoint(), error);
    if (!error) impl_->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return false;
    impl_->path = socket;
    impl_->accept();
    return true;
}

void Relay::send(Guest guest, std::span<const std::byte> frame) {
    const auto found = impl_->guests.find(guest);
    if (found != impl_->guests.end() && !found->second->send(frame)) impl_->drop(guest);
}

void Relay::send_to_all(std::span<const std::byte> frame) {
    std::vector<Guest> slow;
    for (const auto& [number, pipe] : impl_->guests)
        if (!pipe->send(frame)) slow.push_back(number);
    for (const Guest number : slow)
        impl_->drop(number);
}

void Relay::close() {
    if (std::exchange(impl_->closed, true)) return;
    ErrorCode ignored;
    impl_->acceptor.close(ignored);
    if (!impl_->path.empty()) ::unlink(impl_->path.c_str());
    for (const auto& [number, pipe] : impl_->guests)
        pipe->close();
    impl_->guests.clear();
}

std::unique_ptr<Wire> make_relay_wire(asio::io_context& io, std::filesystem::path socket, WireEvents events) {
    return std::make_unique<RelayWire>(io, std::move(socket), std::move(events));
}

}  // namespace attune::client
