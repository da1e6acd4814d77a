// The memory of commands: which command an id means, and what is forgotten when.
#include "hub/app/command_memory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstring>

using namespace attune;

namespace {

core::CommandId id_of(std::uint64_t first, std::uint64_t second = 0) {
    core::CommandId id;
    std::memcpy(id.data(), &first, sizeof first);
    std::memcpy(id.data() + sizeof first, &second, sizeof second);
    return id;
}
app::Outcome outcome(std::uint64_t seq) {
    return {seq, std::nullopt, std::nullopt, std::nullopt, 0};
}
std::uint64_t seq_of(const app::CommandMemory& memory, const core::CommandId& id, const char* device = "one") {
    const app::Outcome* known = memory.find(id, core::DeviceId{device});
    return known == nullptr ? 0 : known->seq;
}

}  // namespace

TEST_CASE("a command is known by its id and its device, and its newest outcome counts") {
    app::CommandMemory memory(10);
    memory.keep(id_of(7), core::DeviceId{"one"}, outcome(1));
    memory.keep(id_of(7), core::DeviceId{"two"}, outcome(2));
    memory.keep(id_of(7), core::DeviceId{"one"}, outcome(3));
    CHECK(memory.size() == 2);
    CHECK(seq_of(memory, id_of(7)) == 3);
    CHECK(seq_of(memory, id_of(7), "two") == 2);
    CHECK(seq_of(memory, id_of(8)) == 0);
    CHECK(seq_of(memory, id_of(7), "three") == 0);
}

TEST_CASE("the oldest is forgotten, also where a newer one has the same fingerprint") {
    // first ^ second * constant is the same for both: what a device could choose.
    constexpr std::uint64_t constant = 0x9e3779b97f4a7c15ULL;
    const core::CommandId a = id_of(5, 0), b = id_of(5 ^ constant, 1);
    app::CommandMemory memory(3);
    memory.keep(a, core::DeviceId{"one"}, outcome(1));
    memory.keep(b, core::DeviceId{"one"}, outcome(2));
    CHECK(seq_of(memory, a) == 1);
    CHECK(seq_of(memory, b) == 2);
    memory.keep(id_of(100), core::DeviceId{"one"}, outcome(3));
    memory.keep(id_of(101), core::DeviceId{"one"}, outcome(4));
    CHECK(seq_of(memory, a) == 0);
    CHECK(seq_of(memory, b) == 2);
    memory.keep(a, core::DeviceId{"one"}, outcome(5));
    CHECK(seq_of(memory, a) == 5);
    CHECK(seq_of(memory, b) == 0);
    for (std::uint64_t n = 0; n < 1'000; ++n)
        memory.keep(id_of(1'000 + n), core::DeviceId{"one"}, outcome(n));
    CHECK(memory.size() == 3);
    CHECK(seq_of(memory, id_of(1'999)) == 999);
    CHECK(seq_of(memory, a) == 0);
}
