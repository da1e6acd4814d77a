// The outbox: order, limits in bytes and in age, and memory given back.
#include "hub/app/outbox.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>

using attune::app::Outbox;

namespace {

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}
std::string text(std::span<const std::byte> view) {
    return {reinterpret_cast<const char*>(view.data()), view.size()};
}

}  // namespace

TEST_CASE("bytes leave in the order in which they came, across partial writes and appends in flight") {
    Outbox box({});
    box.append(bytes("<"), bytes("one"), 0);
    box.append(bytes("<"), bytes("two"), 0);
    CHECK(text(box.take()) == "<one<two");
    box.sent(3);
    box.append(bytes("<"), bytes("three"), 1);
    CHECK(text(box.take()) == "e<two");
    box.sent(5);
    CHECK_FALSE(box.empty());
    CHECK(text(box.take()) == "<three");
    box.sent(6);
    CHECK(box.empty());
    CHECK(box.take().empty());
}

TEST_CASE("the byte limit counts what waits and what flies") {
    Outbox box({.bytes_max = 8, .age_ms_max = 1000});
    box.append({}, bytes("12345678"), 0);
    CHECK_FALSE(box.over(0));
    box.take();
    CHECK_FALSE(box.over(0));
    box.append({}, bytes("9"), 0);
    CHECK(box.over(0));
    box.sent(1);
    CHECK_FALSE(box.over(0));
}

TEST_CASE("the age is the oldest unsent byte's, and moves on while a slow client still reads") {
    Outbox box({.bytes_max = 1000, .age_ms_max = 10'000});
    CHECK(box.age_ms(5'000) == 0);
    box.append({}, bytes("aaaa"), 1'000);
    box.append({}, bytes("bbbb"), 9'000);
    CHECK_FALSE(box.over(11'000));
    CHECK(box.over(11'001));
    box.take();
    box.sent(3);
    CHECK(box.over(11'001));  // one old byte is left
    box.sent(1);
    CHECK(box.age_ms(11'001) == 2'001);
    CHECK_FALSE(box.over(11'001));
    box.sent(4);
    CHECK(box.age_ms(100'000) == 0);
    box.append({}, bytes("cc"), 200'000);
    CHECK(box.age_ms(200'001) == 1);
}

TEST_CASE("appends within one age step share a mark, and the age is never told too young") {
    Outbox box({});
    for (int at = 0; at < 1'000; ++at)
        box.append({}, bytes("x"), at);
    box.take();
    box.sent(999);
    const auto age = box.age_ms(1'000);
    CHECK(age >= 1);
    CHECK(age <= 1 + Outbox::age_step_ms);
}

TEST_CASE("an empty box gives its memory back, and one that is not keeps its bytes") {
    Outbox box({});
    box.append({}, bytes(std::string(5'000, 'x')), 0);
    box.shrink();
    CHECK(box.bytes() == 5'000);
    CHECK(box.take().size() == 5'000);
    box.sent(4'999);
    CHECK(box.memory_bytes() >= 5'000);
    CHECK(text(box.take()) == "x");
    box.sent(1);
    box.shrink();
    CHECK(box.memory_bytes() == 0);
    box.append({}, bytes("again"), 1);
    CHECK(text(box.take()) == "again");
}

TEST_CASE("what one box gave back serves the next that needs much, and a little one keeps to itself") {
    Outbox busy({}), next({}), little({});
    busy.append({}, bytes(std::string(5'000, 'x')), 0);
    const std::byte* memory = busy.take().data();
    busy.sent(5'000);
    little.append({}, bytes("a"), 0);
    CHECK(little.memory_bytes() < 1'000);
    next.append({}, bytes(std::string(1'000, 'y')), 0);
    next.append({}, bytes(std::string(4'000, 'z')), 0);
    CHECK(next.take().data() == memory);
    CHECK(text(next.take()) == std::string(1'000, 'y') + std::string(4'000, 'z'));
}
