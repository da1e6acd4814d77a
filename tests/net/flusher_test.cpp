// Who is written to now, and who in the first idle moment.
#include "hub/net/flusher.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <vector>

using attune::net::Flusher;
using namespace std::chrono_literals;

namespace {

/// Forty handsets and two hundred rooms in a storm.
std::vector<std::size_t> storm() {
    std::vector<std::size_t> bytes(40, 16'000);
    bytes.insert(bytes.end(), 200, 600);
    return bytes;
}

}  // namespace

TEST_CASE("in a storm the handsets are written to first, and the rooms in the first idle moment, a few in a row") {
    CHECK(Flusher::in_this_round(storm(), false, 0ms) == 40);
    CHECK(Flusher::in_this_round(storm(), true, 0ms) == Flusher::in_a_row_max);
    CHECK(Flusher::in_this_round(storm(), true, 3ms) == Flusher::in_a_row_max);
}

TEST_CASE("nobody is put off for longer than ten milliseconds, however much there is to do") {
    CHECK(Flusher::in_this_round(storm(), false, Flusher::wait_max - 1us) == 40);
    CHECK(Flusher::in_this_round(storm(), false, Flusher::wait_max) == 240);
    CHECK(Flusher::in_this_round(storm(), true, Flusher::wait_max) == 240);
    CHECK(Flusher::wait_max == 10ms);
}

TEST_CASE("on a quiet day all are written to at once") {
    CHECK(Flusher::in_this_round(std::vector<std::size_t>(41, 300), false, 0ms) == 41);
    CHECK(Flusher::in_this_round(std::vector<std::size_t>{600, 300, 150}, false, 0ms) == 3);
    CHECK(Flusher::in_this_round(std::vector<std::size_t>{601, 150}, false, 0ms) == 2);
    CHECK(Flusher::in_this_round(std::vector<std::size_t>{604, 150}, false, 0ms) == 1);
    for (const bool idle : {false, true}) {
        CHECK(Flusher::in_this_round(std::vector<std::size_t>{80}, idle, 0ms) == 1);
        CHECK(Flusher::in_this_round({}, idle, 0ms) == 0);
    }
}
