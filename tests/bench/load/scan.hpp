// Reads the few fields that the load engine needs, walking every byte of a frame once, as a real client must.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace attune::bench {

struct Glance {
    std::string_view type, event, place;
    std::span<const std::uint8_t> id;
    std::uint64_t seq = 0, call = 0, error = 0;
    bool whole = false;  // the frame was well formed to its last byte
};

class Scan {
public:
    static Glance frame(std::span<const std::uint8_t> bytes) {
        Scan scan(bytes);
        Glance glance;
        if (scan.array() != 4) return glance;
        scan.number();
        glance.type = scan.text();
        glance.id = scan.binary_or_nil();
        scan.body(glance, false);
        glance.whole = scan.good_ && scan.at_ == scan.end_;
        return glance;
    }

private:
    explicit Scan(std::span<const std::uint8_t> bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

    void body(Glance& glance, bool within_call) {
        for (std::uint64_t left = map(); left > 0 && good_; --left) {
            const std::string_view key = text();
            if (key.size() < 3 || key.size() > 5) skip();
            else if (key == "seq") glance.seq = number();
            else if (key == "error") glance.error = number();
            else if (key == "event") glance.event = text();
            else if (key == "place" && within_call) glance.place = text();
            else if (key == "call") {
                if (at_ < end_ && is_map(*at_)) body(glance, true);
                else glance.call = number();
            } else skip();
        }
    }

    static bool is_map(std::uint8_t head) { return (head & 0xf0) == 0x80 || head == 0xde || head == 0xdf; }
    std::uint8_t head() { return take(1) ? at_[-1] : 0xc0; }
    bool take(std::uint64_t bytes) {
        if (static_cast<std::uint64_t>(end_ - at_) < bytes) return good_ = false;
        at_ += bytes;
        return true;
    }
    std::uint64_t big(int bytes) {
        if (!take(static_cast<std::uint64_t>(bytes))) return 0;
        std::uint64_t value = 0;
        for (int n = bytes; n > 0; --n) value = value << 8 | at_[-n];
        return value;
    }
    std::uint64_t number() {
        const std::uint8_t first = head();
        if (first < 0x80) return first;
        if (first >= 0xcc && first <= 0xcf) return big(1 << (first - 0xcc));
        if (first >= 0xd0 && first <= 0xd3) return big(1 << (first - 0xd0));
        good_ = good_ && first >= 0xe0;
        return 0;
    }
    std::uint64_t array() {
        const std::uint8_t first = head();
        if ((first & 0xf0) == 0x90) return first & 0x0f;
        return first == 0xdc ? big(2) : first == 0xdd ? big(4) : (good_ = false, 0);
    }
    std::uint64_t map() {
        const std::uint8_t first = head();
        if ((first & 0xf0) == 0x80) return first & 0x0f;
        return first == 0xde ? big(2) : first == 0xdf ? big(4) : (good_ = false, 0);
    }
    std::string_view text() {
        const std::uint8_t first = head();
        const std::uint64_t size = (first & 0xe0) == 0xa0 ? first & 0x1f : first == 0xd9 ? big(1) : first == 0xda ? big(2) : (good_ = false, 0);
        if (!take(size)) return {};
        return {reinterpret_cast<const char*>(at_ - size), size};
    }
    std::span<const std::uint8_t> binary_or_nil() {
        const std::uint8_t first = head();
        if (first == 0xc0) return {};
        const std::uint64_t size = first == 0xc4 ? big(1) : (good_ = false, 0);
        if (!take(size)) return {};
        return {at_ - size, size};
    }
    void skip() {
        if (at_ >= end_) { good_ = false; return; }
        const std::uint8_t first = *at_;
        if (first < 0x80 || first == 0xc2 || first == 0xc3) {
            ++at_;
        } else if (is_map(first)) {
            for (std::uint64_t left = map() * 2; left > 0 && good_; --left) skip();
        } else if ((first & 0xf0) == 0x90 || first == 0xdc || first == 0xdd) {
            for (std::uint64_t left = array(); left > 0 && good_; --left) skip();
        } else if ((first & 0xe0) == 0xa0 || (first >= 0xd9 && first <= 0xdb)) {
            text();
        } else if (first == 0xc4 || first == 0xc5) {
            take(1);
            take(big(first == 0xc4 ? 1 : 2));
        } else if (first == 0xc0) {
            take(1);
        } else {
            number();
        }
    }

    const std::uint8_t* at_;
    const std::uint8_t* end_;
    bool good_ = true;
};

}  // namespace attune::bench
