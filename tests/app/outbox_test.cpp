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
    CHECK(text(box.take()) == "e<two<three");
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
    CHECK(box.memory_bytes() > 0);
    CHECK(text(box.take()) == "x");
    box.sent(1);
    box.shrink();
    CHECK(box.memory_bytes() == 0);
    box.append({}, bytes("again"), 1);
    CHECK(text(box.take()) == "again");
}

TEST_CASE("one frame goes to many without being copied, and is let go when it has left") {
    const auto frame = std::make_shared<attune::app::Bytes>(bytes("frame").begin(), bytes("frame").end());
    Outbox one({}), two({});
    one.append(bytes("1"), frame, 0);
    two.append(bytes("2"), frame, 0);
    CHECK(frame.use_count() == 3);
    CHECK(text(one.take()) == "1frame");
    CHECK(text(two.take()) == "2frame");
    one.sent(6);
    two.sent(3);
    CHECK(frame.use_count() == 2);
    CHECK(text(two.take()) == "ame");
}

TEST_CASE("what is held stays as it is while others are asked, and what follows comes after it") {
    Outbox box({}), other({});
    for (const char* word : {"one", "two", "three"})
        box.append(bytes("<"), bytes(word), 0);
    box.sent(2);
    const auto held = box.hold();
    box.append(bytes("<"), bytes("four"), 0);
    other.append(bytes("<"), bytes("x"), 0);
    other.append(bytes("<"), bytes("yy"), 0);
    CHECK(text(other.take()) == "<x<yy");
    CHECK(text(held) == "ne<two<three");
    box.sent(4);
    CHECK(text(box.take()) == "wo<three<four");
    box.sent(box.bytes());
    CHECK(box.empty());
}

TEST_CASE("a frame that is too long to be put together with others leaves after its head, and in its place") {
    Outbox box({.bytes_max = 1 << 24, .age_ms_max = 1000});
    const std::string much(Outbox::gathered_bytes_max + 1, 'm');
    box.append(bytes("<"), bytes("a"), 0);
    box.append(bytes("<"), bytes(much), 0);
    box.append(bytes("<"), bytes("b"), 0);
    std::string all;
    while (!box.empty()) {
        const auto next = box.take();
        REQUIRE_FALSE(next.empty());
        all += text(next);
        box.sent(next.size());
    }
    CHECK(all == "<a<" + much + "<b");

    box.append(bytes("<"), bytes(much), 0);
    const auto held = box.hold();
    for (int n = 0; n < 100; ++n)
        box.append(bytes("<"), bytes("c"), 0);
    CHECK(text(held) == "<" + much);
    box.sent(held.size());
    CHECK(box.bytes() == 200);
}

TEST_CASE("a box whose client never catches up does not keep what it has read") {
    Outbox box({});
    for (int n = 0; n < 10'000; ++n) {
        box.append(bytes("<"), bytes("frame"), n);
        if (n > 10) box.sent(6);
    }
    CHECK(box.bytes() == 66);
    CHECK(box.memory_bytes() < 10'000);
}
