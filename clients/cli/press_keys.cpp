// The records' layout, and what is believed of them.
#include "clients/cli/press_keys.hpp"

#include <cstring>

namespace attune::cli {

namespace {

// From the kernel's input-event-codes.h, which are part of its interface to programs.
constexpr std::uint16_t ev_syn = 0, ev_key = 1, ev_max = 0x1f, syn_max = 0xf, key_max = 0x2ff;
constexpr std::int32_t key_up = 0, key_down = 1, key_repeated = 2;

constexpr std::int64_t seconds_max = 1LL << 34;  // in the year 2514

InputRecord record_at(const std::byte* bytes) {
    InputRecord record;
    std::memcpy(&record.seconds, bytes, 8);
    std::memcpy(&record.microseconds, bytes + 8, 8);
    std::memcpy(&record.type, bytes + 16, 2);
    std::memcpy(&record.code, bytes + 18, 2);
    std::memcpy(&record.value, bytes + 20, 4);
    return record;
}

bool plausible(const InputRecord& record) {
    if (record.seconds < 0 || record.microseconds < 0 || record.microseconds >= 1'000'000) return false;
    if (record.seconds > seconds_max || record.type > ev_max || record.code > key_max) return false;
    if (record.type == ev_syn) return record.code <= syn_max && (record.value == 0 || record.value == 1);
    return record.type != ev_key || (record.value >= key_up && record.value <= key_repeated);
}

}  // namespace

std::vector<InputRecord> RecordReader::take(std::span<const std::byte> bytes) {
    rest_.insert(rest_.end(), bytes.begin(), bytes.end());
    std::vector<InputRecord> records;
    std::size_t at = 0;
    while (rest_.size() - at >= input_record_bytes) {
        const InputRecord record = record_at(rest_.data() + at);
        const bool good = plausible(record);
        if (good) records.push_back(record);
        at += good ? input_record_bytes : 1;
    }
    rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(at));
    return records;
}

bool PressKeys::bind(std::uint16_t code, std::uint64_t level) {
    return levels_.emplace(code, level).second || levels_.at(code) == level;
}

std::optional<std::uint64_t> PressKeys::press(const InputRecord& record) {
    if (record.type != ev_key || record.value == key_repeated) return std::nullopt;
    const auto level = levels_.find(record.code);
    if (level == levels_.end()) return std::nullopt;
    // Wraps for a time that no clock has, which is no bounce either.
    const auto now = static_cast<std::int64_t>(static_cast<std::uint64_t>(record.seconds) * 1'000'000 +
                                               static_cast<std::uint64_t>(record.microseconds));
    const auto [moved, first] = moved_us_.try_emplace(record.code, now);
    const std::int64_t before = moved->second;
    moved->second = now;
    // A clock that was set back proves no bounce: better one press too many than one too few.
    const bool bounced = !first && now >= before && now < before + bounce_us;
    if (record.value != key_down || bounced) return std::nullopt;
    return level->second;
}

}  // namespace attune::cli
