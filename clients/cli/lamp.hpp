// What a button's light says, in slow calm patterns. The light changes at most every half second, whatever happens, so
// that it never flashes faster than once a second. Pure but for LampFile.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace attune::cli {

enum class LampSays : std::uint8_t {
    /// Nothing is open. Dark.
    nothing,
    /// The hub can't be reached: what is open is not known. On for one second in eight.
    hub_lost,
    /// Not through yet, or no handset can be reached: get help in another way, too. On and off, a second each.
    not_through,
    /// The hub has it, handsets ring. On, and off for one second in four.
    received,
    /// An adult is coming, or is here. On.
    coming,
};

/// Whether the light is on, so long after it began to say so.
bool lamp_is_on(LampSays what, std::chrono::milliseconds since);

class Lamp {
  public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::milliseconds steady_for{500};

    /// `light` sets it; what it answers, false where there is no light, is not asked about.
    explicit Lamp(std::function<bool(bool)> light) : light_(std::move(light)) {}
    /// Dark when the program ends.
    ~Lamp() { set(false); }
    Lamp(const Lamp&) = delete;
    Lamp& operator=(const Lamp&) = delete;

    /// Often, at least four times a second.
    void show(LampSays what, Time now);
    /// The light may be another one now: it is set anew.
    void renewed() { on_.reset(); }

  private:
    void set(bool on);
    std::function<bool(bool)> light_;
    LampSays what_ = LampSays::nothing;
    Time since_{}, changed_{};
    std::optional<bool> on_;
};

/// A light that is a file: the brightness of a board's own LED, /sys/class/leds/NAME/brightness.
class LampFile {
  public:
    /// The greatest brightness is in `max_brightness` beside it, else 1.
    explicit LampFile(std::filesystem::path file);
    bool light(bool on) const;

  private:
    std::filesystem::path file_;
    std::string on_ = "1";
};

}  // namespace attune::cli
