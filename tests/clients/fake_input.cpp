// Preloaded into attune: a named pipe passes for an input device, a keyboard with two keys, ENTER and F1, and one light,
// SCROLL LOCK. What is asked of the device is answered here as the kernel answers it; what is done to it (taken, let go,
// its light) is written, a line each, into PIPE.done. While PIPE.gone exists the device is unplugged, while PIPE.busy
// exists another program has it.
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <string>

namespace {

/// The pipe's path; empty for any other descriptor.
std::string pipe_of(int descriptor) {
    struct stat info{};
    if (::fstat(descriptor, &info) != 0 || !S_ISFIFO(info.st_mode)) return "";
    std::array<char, 512> path{};
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
    const std::string text(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return text.ends_with("/device") ? text : "";
}

bool is_there(const std::string& path) {
    return ::access(path.c_str(), F_OK) == 0;
}

void note(const std::string& pipe, const std::string& line) {
    const int file = ::open((pipe + ".done").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const std::string text = line + "\n";
    static_cast<void>(!::write(file, text.data(), text.size()));
    ::close(file);
}

void set_bit(void* bits, std::size_t size, unsigned bit) {
    if (bit / 8 < size) static_cast<unsigned char*>(bits)[bit / 8] |= static_cast<unsigned char>(1U << bit % 8);
}

int answer(const std::string& pipe, unsigned long request, void* out) {
    const std::size_t size = _IOC_SIZE(request);
    const unsigned number = _IOC_NR(request);
    if (is_there(pipe + ".gone")) return errno = ENODEV, -1;
    if (request == EVIOCGRAB) {
        if (out != nullptr && is_there(pipe + ".busy")) return errno = EBUSY, -1;
        note(pipe, out != nullptr ? "taken" : "let go");
        return 0;
    }
    if (_IOC_DIR(request) != _IOC_READ) return 0;  // the clock
    std::memset(out, 0, size);
    if (number == _IOC_NR(EVIOCGNAME(0))) return std::snprintf(static_cast<char*>(out), size, "A test's keyboard") + 1;
    if (number == _IOC_NR(EVIOCGPHYS(0)) || number == _IOC_NR(EVIOCGUNIQ(0))) return errno = ENOENT, -1;
    if (number == _IOC_NR(EVIOCGBIT(0, 0))) {
        for (const unsigned type : {EV_SYN, EV_KEY, EV_LED})
            set_bit(out, size, type);
    } else if (number == _IOC_NR(EVIOCGBIT(EV_KEY, 0))) {
        set_bit(out, size, KEY_ENTER);
        set_bit(out, size, KEY_F1);
    } else if (number == _IOC_NR(EVIOCGBIT(EV_LED, 0))) {
        set_bit(out, size, LED_SCROLLL);
    }
    return static_cast<int>(size);
}

}  // namespace

extern "C" int ioctl(int descriptor, unsigned long request, ...) noexcept {
    va_list rest;
    va_start(rest, request);
    void* out = va_arg(rest, void*);
    va_end(rest);
    static const auto real = reinterpret_cast<int (*)(int, unsigned long, void*)>(::dlsym(RTLD_NEXT, "ioctl"));
    const std::string pipe = _IOC_TYPE(request) == 'E' ? pipe_of(descriptor) : "";
    return pipe.empty() ? real(descriptor, request, out) : answer(pipe, request, out);
}

extern "C" ssize_t read(int descriptor, void* bytes, size_t size) {
    static const auto real = reinterpret_cast<ssize_t (*)(int, void*, size_t)>(::dlsym(RTLD_NEXT, "read"));
    const std::string pipe = pipe_of(descriptor);
    if (!pipe.empty() && is_there(pipe + ".gone")) return errno = ENODEV, -1;
    return real(descriptor, bytes, size);
}

extern "C" ssize_t write(int descriptor, const void* bytes, size_t size) {
    static const auto real = reinterpret_cast<ssize_t (*)(int, const void*, size_t)>(::dlsym(RTLD_NEXT, "write"));
    const std::string pipe = size >= sizeof(input_event) ? pipe_of(descriptor) : "";
    if (pipe.empty()) return real(descriptor, bytes, size);
    input_event event{};
    std::memcpy(&event, bytes, sizeof event);
    if (event.type == EV_LED && event.code == LED_SCROLLL) note(pipe, event.value != 0 ? "light on" : "light off");
    return static_cast<ssize_t>(size);
}
