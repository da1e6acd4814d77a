// What happened in a simulated world, as one hash (FNV-1a, 64 bits) and, on request, as lines for people. Everything that
// is observable goes through here: the hash is the proof that a seed leads to the same world everywhere.
#pragma once

#include <cstdint>
#include <cstdio>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "hub/core/event.hpp"

namespace attune::sim {

/// A broken promise: what the simulator exists to find.
struct Violation {
    std::string promise;  // the invariant's name
    std::string detail;
};

class Trace {
public:
    /// With `to`, each line is written there at once.
    explicit Trace(std::FILE* to) : to_(to) {}

    void hash(std::span<const std::byte> bytes) {
        hash(std::uint64_t{bytes.size()});
        for (const std::byte byte : bytes) hash_ = (hash_ ^ static_cast<std::uint8_t>(byte)) * 0x100000001b3ULL;
    }
    void hash(std::uint64_t number) {
        for (int shift = 0; shift < 64; shift += 8) hash_ = (hash_ ^ ((number >> shift) & 0xff)) * 0x100000001b3ULL;
    }
    void hash(std::string_view text) { hash(std::as_bytes(std::span(text.data(), text.size()))); }

    bool on() const { return to_ != nullptr; }
    /// `make` is called only when somebody reads.
    void line(core::Ms now, const std::function<std::string()>& make);
    std::uint64_t value() const { return hash_; }

private:
    std::FILE* to_;
    std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

/// An event in one readable line: `CallOffered {call: 12, tier: 2, to: [p3]}`.
std::string describe(const core::Event& event);

/// All that an event carries, as bytes for the hash.
void hash_event(Trace& trace, const core::Event& event);

}  // namespace attune::sim
