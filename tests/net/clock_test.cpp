// The real clock, the real randomness and the hashing thread.
#include "hub/net/clock.hpp"

#include <array>
#include <boost/asio/post.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace attune::net;

TEST_CASE("the clocks tick and agree with the system") {
    SystemClock clock;
    const auto first = clock.monotonic_ms();
    CHECK(first > 0);
    while (clock.monotonic_ms() == first) {
    }
    CHECK(clock.monotonic_ms() > first);
    CHECK(clock.wall_ms() > 1'700'000'000'000);
}

TEST_CASE("random bytes are not all the same") {
    std::array<std::byte, 32> one{}, other{};
    SystemRandom random;
    random.fill(one);
    random.fill(other);
    CHECK(one != other);
}

TEST_CASE("a PIN is hashed and checked beside the loop, and the answer comes on it") {
    boost::asio::io_context io{1};
    HashingThread work(io);
    std::string hash;
    int right = -1, wrong = -1, broken = -1;
    const auto here = std::this_thread::get_id();
    work.hash_pin("482913", [&](std::string made) {
        CHECK(std::this_thread::get_id() == here);
        hash = std::move(made);
        work.check_pin(hash, "482913", [&](bool good) { right = good; });
        work.check_pin(hash, "482914", [&](bool good) { wrong = good; });
        work.check_pin("no hash", "482913", [&](bool good) { broken = good; });
    });
    CHECK(hash.empty());  // never at once
    io.run();             // pending work keeps the loop going
    CHECK(hash.starts_with("$argon2id$"));
    CHECK(right == 1);
    CHECK(wrong == 0);
    CHECK(broken == 0);
}

TEST_CASE("more work than may wait is refused, not lost and not queued without end") {
    boost::asio::io_context io{1};
    HashingThread work(io, 2);
    int done = 0, refused = 0;
    for (int at = 0; at < 10; ++at)
        work.hash_pin("482913", [&](std::string hash) { ++(hash.empty() ? refused : done); });
    io.run();
    CHECK(done + refused == 10);
    CHECK(done >= 2);
    CHECK(done <= 3);
}
