// Opening, reading and losing a device; and the same for a stream of records.
#include "clients/cli/input_source.hpp"

#include <fcntl.h>
#include <libevdev/libevdev.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <utility>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace attune::cli {

namespace {

namespace asio = boost::asio;
using Error = boost::system::error_code;

/// How long a device that was plugged in is overlooked at most.
constexpr std::chrono::milliseconds overlooked_at_most{250};

/// What both kinds do: wait for a descriptor, tell of coming and going once each, look again later. The descriptor is
/// the child's: it is let go here, and closed there.
class Source : public InputSource {
  public:
    Source(asio::io_context& io, InputEvents events) : events_(std::move(events)), descriptor_(io), timer_(io) {}
    ~Source() override { let_go(); }

    void start() override {
        asio::post(descriptor_.get_executor(), [this] { look(); });
    }

  protected:
    /// Opens it, or says why not and looks again later.
    virtual void look() = 0;
    /// Something can be read, or it has gone.
    virtual void readable() = 0;

    void tell(bool there, const std::string& text) {
        std::pair now(there, text);
        if (told_ == now) return;
        told_ = std::move(now);
        events_.presence(there, text);
    }

    void look_later() {
        timer_.expires_after(overlooked_at_most);
        timer_.async_wait([this](const Error& error) {
            if (!error) look();
        });
    }

    void wait(int descriptor) {
        if (!descriptor_.is_open()) descriptor_.assign(descriptor);
        descriptor_.async_wait(asio::posix::stream_descriptor::wait_read, [this](const Error& error) {
            if (!error) readable();
        });
    }

    void let_go() {
        if (descriptor_.is_open()) descriptor_.release();
    }

    InputEvents events_;

  private:
    asio::posix::stream_descriptor descriptor_;
    asio::steady_timer timer_;
    std::optional<std::pair<bool, std::string>> told_;
};

std::string why_not_opened(const std::string& path, int why) {
    if (why == ENOENT || why == ENODEV || why == ENXIO) return path + " is not there.";
    if (why == EACCES || why == EPERM) return path + " may not be read by this user: give the service its group.";
    return path + " cannot be opened.";
}

// ---- a device ----------------------------------------------------------------------------------------------------

class DeviceSource final : public Source {
  public:
    DeviceSource(asio::io_context& io, DeviceWanted wanted, InputEvents events)
        : Source(io, std::move(events)), wanted_(std::move(wanted)) {}
    ~DeviceSource() override { shut(); }

    bool light(bool on) override {
        if (!device_ || !led_) return false;
        return libevdev_kernel_set_led_value(device_, *led_, on ? LIBEVDEV_LED_ON : LIBEVDEV_LED_OFF) == 0;
    }

  private:
    void look() override {
        const std::string why = open();
        if (!why.empty()) return lost(why);
        tell(true, libevdev_get_name(device_));
        wait(file_);
    }

    /// Empty on success.
    std::string open() {
        constexpr int how = O_NONBLOCK | O_CLOEXEC | O_NOCTTY;
        file_ = ::open(wanted_.path.c_str(), O_RDWR | how);
        if (file_ < 0 && (errno == EACCES || errno == EROFS))  // to be read, then, and without its LED
            file_ = ::open(wanted_.path.c_str(), O_RDONLY | how);
        if (file_ < 0) return why_not_opened(wanted_.path, errno);
        if (libevdev_new_from_fd(file_, &device_) < 0) {
            device_ = nullptr;
            return wanted_.path + " is no input device. Those are in /dev/input/by-id.";
        }
        libevdev_set_clock_id(device_, CLOCK_MONOTONIC);
        for (const auto key : wanted_.keys)
            if (!libevdev_has_event_code(device_, EV_KEY, key))
                return wanted_.path + " has no " + key_name(key) + ". attune button --name-keys says what it has.";
        find_led();
        return grab();
    }

    void find_led() {
        led_.reset();
        if (wanted_.led.empty()) return;
        const int named = libevdev_event_code_from_name(EV_LED, wanted_.led.c_str());
        for (unsigned code = 0; code <= LED_MAX && !led_; ++code)
            if ((named < 0 || static_cast<unsigned>(named) == code) && libevdev_has_event_code(device_, EV_LED, code))
                led_ = code;
    }

    /// Not while a key is down: whoever had it until now would never hear that it goes up, and would repeat it for ever.
    std::string grab() {
        if (grabbed_) return "";
        for (unsigned key = 0; key <= KEY_MAX; ++key)
            if (libevdev_get_event_value(device_, EV_KEY, key) != 0) return "";
        const int error = libevdev_grab(device_, LIBEVDEV_GRAB);
        if (error == -EBUSY) return "Another program has " + wanted_.path + " for itself. End that program.";
        if (error != 0) return wanted_.path + " cannot be kept from typing elsewhere.";
        grabbed_ = true;
        return "";
    }

    void readable() override {
        unsigned flags = LIBEVDEV_READ_FLAG_NORMAL;
        while (true) {
            input_event event{};
            const int status = libevdev_next_event(device_, flags, &event);
            if (status == -EINTR) continue;
            if (status == -EAGAIN && flags == LIBEVDEV_READ_FLAG_NORMAL) break;
            if (status == -EAGAIN) {
                flags = LIBEVDEV_READ_FLAG_NORMAL;
                continue;
            }
            if (status < 0) return lost(wanted_.path + " was unplugged.");
            // The kernel dropped some: libevdev tells what differs, a key that is down now among it.
            if (status == LIBEVDEV_READ_STATUS_SYNC) flags = LIBEVDEV_READ_FLAG_SYNC;
            events_.received({event.input_event_sec, event.input_event_usec, event.type, event.code, event.value});
        }
        if (const auto why = grab(); !why.empty()) return lost(why);
        wait(file_);
    }

    void lost(const std::string& why) {
        shut();
        tell(false, why);
        look_later();
    }

    void shut() {
        let_go();
        libevdev_free(std::exchange(device_, nullptr));
        if (file_ >= 0) ::close(std::exchange(file_, -1));
        grabbed_ = false;
    }

    const DeviceWanted wanted_;
    int file_ = -1;
    libevdev* device_ = nullptr;
    std::optional<unsigned> led_;
    bool grabbed_ = false;
};

// ---- records -----------------------------------------------------------------------------------------------------

class RecordSource final : public Source {
  public:
    RecordSource(asio::io_context& io, std::string path, InputEvents events)
        : Source(io, std::move(events)), io_(io), path_(std::move(path)) {}
    ~RecordSource() override { shut(); }

    bool light(bool) override { return false; }

  private:
    void look() override {
        if (file_ < 0 && !open()) {
            tell(false, why_not_opened(path_, errno));
            return look_later();
        }
        readable();
    }

    bool open() {
        const bool standard = path_ == "-";
        file_ = standard ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                         : ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
        if (file_ < 0) return false;
        if (standard) ::fcntl(file_, F_SETFL, ::fcntl(file_, F_GETFL) | O_NONBLOCK);
        struct stat info{};
        is_file_ = ::fstat(file_, &info) == 0 && S_ISREG(info.st_mode);
        comes_back_ = !standard && !is_file_;
        return true;
    }

    void readable() override {
        std::array<std::byte, 64 * input_record_bytes> bytes;
        const ssize_t count = ::read(file_, bytes.data(), bytes.size());
        const bool nothing_yet = count < 0 && (errno == EAGAIN || errno == EINTR);
        if (count <= 0 && !nothing_yet) return gone(count == 0);
        tell(true, path_);  // somebody has the other end
        if (count > 0)
            for (const auto& record : reader_.take(std::span(bytes).first(static_cast<std::size_t>(count))))
                events_.received(record);
        if (is_file_) return asio::post(io_, [this] { readable(); });  // epoll knows no files
        wait(file_);
    }

    void gone(bool at_end) {
        reader_.forget();
        let_go();
        tell(false, path_ == "-" ? "Standard input has ended." : path_ + " has ended.");
        if (at_end && comes_back_) return look_later();  // the same pipe has a writer again in time
        shut();
        if (comes_back_) return look_later();
        events_.ended();
    }

    void shut() {
        let_go();
        if (file_ >= 0) ::close(std::exchange(file_, -1));
    }

    asio::io_context& io_;
    const std::string path_;
    RecordReader reader_;
    int file_ = -1;
    bool is_file_ = false, comes_back_ = false;
};

}  // namespace

std::unique_ptr<InputSource> make_device_source(asio::io_context& io, DeviceWanted wanted, InputEvents events) {
    return std::make_unique<DeviceSource>(io, std::move(wanted), std::move(events));
}

std::unique_ptr<InputSource> make_record_source(asio::io_context& io, std::string path, InputEvents events) {
    return std::make_unique<RecordSource>(io, std::move(path), std::move(events));
}

std::optional<std::uint16_t> key_code(const std::string& name) {
    const int code = libevdev_event_code_from_name(EV_KEY, name.c_str());
    if (code < 0) return std::nullopt;
    return static_cast<std::uint16_t>(code);
}

std::string key_name(std::uint16_t code) {
    const char* name = libevdev_event_code_get_name(EV_KEY, code);
    return name ? name : "key " + std::to_string(code);
}

bool is_led_name(const std::string& name) {
    return libevdev_event_code_from_name(EV_LED, name.c_str()) >= 0;
}

}  // namespace attune::cli
