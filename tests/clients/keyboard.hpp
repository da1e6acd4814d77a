// A keyboard that a test presses: records of input events into a named pipe, as the kernel would write them.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

namespace attune::test {

class Keyboard {
  public:
    static constexpr std::uint16_t key_enter = 28, key_a = 30, key_f1 = 59, key_f2 = 60;

    explicit Keyboard(std::filesystem::path pipe) : path_(std::move(pipe)) {
        ::mkfifo(path_.c_str(), 0600);
        plug_in();
    }
    ~Keyboard() { unplug(); }
    Keyboard(const Keyboard&) = delete;
    Keyboard& operator=(const Keyboard&) = delete;

    /// For both directions, so that it needs no reader.
    void plug_in() { pipe_ = ::open(path_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC); }
    void unplug() {
        if (pipe_ >= 0) ::close(std::exchange(pipe_, -1));
    }

    /// Down and up, well after whatever was before.
    void press(std::uint16_t key) {
        down(key);
        up(key);
    }
    void down(std::uint16_t key) { record(1, key, 1, 1'000'000); }
    void up(std::uint16_t key) { record(1, key, 0, 100'000); }
    /// So many repeats, as of a key that is held.
    void hold(std::uint16_t key, int count) {
        for (int n = 0; n < count; ++n)
            record(1, key, 2, 33'000);
    }
    /// The contact touches once more.
    void bounce(std::uint16_t key) {
        record(1, key, 0, 3'000);
        record(1, key, 1, 4'000);
    }
    void write(std::span<const std::byte> bytes) const { static_cast<void>(!::write(pipe_, bytes.data(), bytes.size())); }

    /// The record, so many microseconds after the last one, with the record that ends a packet.
    void record(std::uint16_t type, std::uint16_t code, std::int32_t value, std::int64_t later_us) {
        now_us_ += later_us;
        const std::string bytes = record_text(now_us_, type, code, value) + record_text(now_us_, 0, 0, 0);
        write(std::as_bytes(std::span(bytes)));
    }
    static std::string record_text(std::int64_t at_us, std::uint16_t type, std::uint16_t code, std::int32_t value) {
        const std::int64_t seconds = at_us / 1'000'000, rest = at_us % 1'000'000;
        std::string bytes(24, '\0');
        std::memcpy(bytes.data(), &seconds, 8);
        std::memcpy(bytes.data() + 8, &rest, 8);
        std::memcpy(bytes.data() + 16, &type, 2);
        std::memcpy(bytes.data() + 18, &code, 2);
        std::memcpy(bytes.data() + 20, &value, 4);
        return bytes;
    }

    std::string path() const { return path_.string(); }

  private:
    std::filesystem::path path_;
    int pipe_ = -1;
    std::int64_t now_us_ = 1'000'000'000;
};

}  // namespace attune::test
