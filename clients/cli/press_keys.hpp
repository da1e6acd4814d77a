// Which key means which level, and which of a device's records is a press. Pure: no clock, no file, no library.
//
// A press is the going down of a bound key. Releases and the repeats of a key that is held are none, so that a held key
// is one press; a going down within `bounce_us` of the key's last movement is its contact bouncing. Each key has a level
// of its own: presses are never counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace attune::cli {

/// One record of the kernel's input events, as a 64-bit machine writes it: 24 bytes, in its own byte order.
struct InputRecord {
    std::int64_t seconds = 0, microseconds = 0;
    std::uint16_t type = 0, code = 0;
    std::int32_t value = 0;
};
inline constexpr std::size_t input_record_bytes = 24;

/// Cuts a stream of bytes into records. What can be no record is passed over byte by byte until one begins, so that
/// garbage costs no press that comes after it.
class RecordReader {
  public:
    std::vector<InputRecord> take(std::span<const std::byte> bytes);
    /// The stream has ended: half a record is none.
    void forget() { rest_.clear(); }

  private:
    std::vector<std::byte> rest_;
};

class PressKeys {
  public:
    static constexpr std::int64_t bounce_us = 80'000;

    /// Of a key code, 1 to 3. False: the key has another level already.
    bool bind(std::uint16_t code, std::uint64_t level);
    /// Each key with its level.
    const std::map<std::uint16_t, std::uint64_t>& levels() const { return levels_; }
    /// The level of this record, if it is a press.
    std::optional<std::uint64_t> press(const InputRecord& record);
    /// Another device, or the same one plugged in again: what moved before says nothing.
    void forget() { moved_us_.clear(); }

  private:
    std::map<std::uint16_t, std::uint64_t> levels_;
    std::map<std::uint16_t, std::int64_t> moved_us_;  // when each bound key went up or down last
};

}  // namespace attune::cli
