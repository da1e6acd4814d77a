// termios, isatty, and the few escapes that attune writes.
#include "clients/cli/terminal.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include <fmt/format.h>

#include "clients/cli/exit_code.hpp"
#include "clients/cli/json.hpp"

namespace attune::cli {

namespace {

constexpr std::size_t line_bytes_max = 4'096;

const char* escape_of(Colour colour) {
    switch (colour) {
        case Colour::plain:
            return "";
        case Colour::dim:
            return "\x1b[2m";
        case Colour::bold:
            return "\x1b[1m";
        case Colour::green:
            return "\x1b[32m";
        case Colour::yellow:
            return "\x1b[33m";
        case Colour::red:
            return "\x1b[1;31m";
    }
    return "";
}

/// The terminal of this program, whatever its standard input is.
class Tty {
  public:
    explicit Tty(std::string_view instead) : file_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        if (file_ < 0) throw Failure(Exit::usage, fmt::format("There is no terminal to ask at. {}", instead));
    }
    ~Tty() {
        if (hidden_) ::tcsetattr(file_, TCSAFLUSH, &before_);
        ::close(file_);
    }
    Tty(const Tty&) = delete;
    Tty& operator=(const Tty&) = delete;
    int file() const { return file_; }
    void say(std::string_view text) const { static_cast<void>(!::write(file_, text.data(), text.size())); }
    void hide() {
        if (::tcgetattr(file_, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        hidden_ = ::tcsetattr(file_, TCSAFLUSH, &silent) == 0;
    }

  private:
    int file_;
    bool hidden_ = false;
    termios before_{};
};

std::string line_of(int descriptor) {
    std::string line;
    char c = 0;
    while (line.size() < line_bytes_max) {
        const ssize_t count = ::read(descriptor, &c, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0 || c == '\n') break;
        if (c != '\r') line += c;
    }
    return line;
}

}  // namespace

bool is_terminal(int descriptor) {
    return ::isatty(descriptor) == 1;
}

bool has_colours() {
    const char* no_color = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe)
    const char* term = std::getenv("TERM");          // NOLINT(concurrency-mt-unsafe)
    return is_terminal(STDOUT_FILENO) && (!no_color || !*no_color) && term && std::string_view(term) != "dumb";
}

std::string in_colour(bool on, Colour colour, std::string_view text) {
    if (!on || colour == Colour::plain || text.empty()) return std::string(text);
    return fmt::format("{}{}\x1b[0m", escape_of(colour), text);
}

bool is_mark_or_control(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x061C || point == 0x200E || point == 0x200F ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

std::string harmless(std::string_view text) {
    std::string out;
    for_each_point(text, [&](char32_t point, std::string_view bytes) {
        if (is_mark_or_control(point))
            out += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(point));
        else
            out += bytes;
    });
    return out;
}

std::string json_text(std::string_view text) {
    std::string out = "\"";
    for_each_point(text, [&](char32_t point, std::string_view bytes) {
        if (is_mark_or_control(point))
            out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(point));
        else if (point == '"' || point == '\\')
            out += '\\', out += bytes;
        else
            out += bytes;
    });
    return out + '"';
}

std::string ask_secret(std::string_view question, std::string_view instead) {
    Tty tty(instead);
    tty.say(question);
    tty.hide();
    std::string line = line_of(tty.file());
    tty.say("\n");
    return line;
}

std::string ask_line(std::string_view question, std::string_view instead) {
    const Tty tty(instead);
    tty.say(question);
    return line_of(tty.file());
}

std::string first_line_of(int descriptor) {
    if (::fcntl(descriptor, F_GETFD) < 0)
        throw Failure(Exit::usage,
                      fmt::format("Descriptor {} is not open. Open it for reading: {}< FILE.", descriptor, descriptor));
    std::string line = line_of(descriptor);
    if (line.empty()) throw Failure(Exit::usage, fmt::format("Nothing was written to descriptor {}. Its first line is the PIN.", descriptor));
    return line;
}

}  // namespace attune::cli
