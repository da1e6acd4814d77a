// Chance under a seed, and the only source of it in the simulator: xoshiro256** seeded by splitmix64, with its own
// choosing functions, because the standard library's distributions differ from one library to the next.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace attune::test {

class Random {
public:
    explicit Random(std::uint64_t seed) {
        for (std::uint64_t& word : words_) word = split(seed);
    }

    std::uint64_t next() {
        const std::uint64_t result = std::rotl(words_[1] * 5, 7) * 9;
        const std::uint64_t shifted = words_[1] << 17;
        words_[2] ^= words_[0];
        words_[3] ^= words_[1];
        words_[1] ^= words_[2];
        words_[0] ^= words_[3];
        words_[2] ^= shifted;
        words_[3] = std::rotl(words_[3], 45);
        return result;
    }

    /// 0 to count - 1. The modulo's bias is of no importance here.
    std::uint64_t below(std::uint64_t count) {
        assert(count > 0);
        return next() % count;
    }
    /// Both ends included.
    std::int64_t between(std::int64_t least, std::int64_t most) {
        assert(least <= most);
        return least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least) + 1));
    }
    bool chance(std::uint64_t in_a_thousand) { return below(1000) < in_a_thousand; }

    template <class List>
    auto& pick(List& list) {
        assert(!list.empty());
        return *std::next(list.begin(), static_cast<std::ptrdiff_t>(below(list.size())));
    }

    void fill(std::span<std::byte> bytes) {
        for (std::byte& byte : bytes) byte = static_cast<std::byte>(next() & 0xff);
    }

    /// A stream of its own: what one part of the world draws does not move the others.
    Random branch(std::string_view name) {
        std::uint64_t seed = next();
        for (const char letter : name) seed = (seed ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
        return Random(seed);
    }

private:
    static std::uint64_t split(std::uint64_t& state) {
        state += 0x9e3779b97f4a7c15ULL;
        std::uint64_t mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31);
    }
    std::array<std::uint64_t, 4> words_{};
};

}  // namespace attune::test
