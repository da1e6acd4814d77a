// Where the presses come from: a Linux input device through libevdev, which this pair of files alone knows, or the same
// records through a file or a pipe. Both come and go: a source that is not there is looked for until it is. On the
// caller's io_context, one thread; nothing blocks but the opening of a device.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "clients/cli/press_keys.hpp"

namespace attune::cli {

/// Never called from within start().
struct InputEvents {
    /// It is there, or it is not: its name, or a sentence that says why. Told when it changes, and once at the start.
    std::function<void(bool there, const std::string& text)> presence;
    std::function<void(const InputRecord&)> received;
    /// A file or standard input is at its end, and will not come back.
    std::function<void()> ended;
};

/// Lives as long as the io_context is run.
class InputSource {
  public:
    virtual ~InputSource() = default;
    virtual void start() = 0;
    /// Sets the device's own LED; false where it has none, or is not there.
    virtual bool light(bool on) = 0;
};

struct DeviceWanted {
    std::string path;
    /// Keys that it must have; a device without them is another device.
    std::vector<std::uint16_t> keys;
    /// LED_SCROLLL and the like; "first": the first that it has; empty: none.
    std::string led;
};

/// Takes the device for itself (EVIOCGRAB), so that a foot switch does not type into a terminal.
std::unique_ptr<InputSource> make_device_source(boost::asio::io_context& io, DeviceWanted wanted, InputEvents events);
/// Records from a file, a pipe, or "-", standard input.
std::unique_ptr<InputSource> make_record_source(boost::asio::io_context& io, std::string path, InputEvents events);

/// "KEY_ENTER" to its code and back. Nothing for a name that is no key's.
std::optional<std::uint16_t> key_code(const std::string& name);
std::string key_name(std::uint16_t code);
bool is_led_name(const std::string& name);

}  // namespace attune::cli
