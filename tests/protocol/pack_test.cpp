// The packing of described structs on its own, as the journal uses it.
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/variant2/variant.hpp>
#include <catch2/catch_test_macros.hpp>

#include "protocol/cpp/pack/pack.hpp"
#include "tests/protocol/vectors.hpp"

namespace attune {
namespace {

using protocol::Error;
using test::Bytes;
namespace pack = protocol::pack;

struct PersonKey {
  std::string value;
  auto operator<=>(const PersonKey&) const = default;
};
struct CallKey {
  std::uint64_t value = 0;
  auto operator<=>(const CallKey&) const = default;
};
enum class Level { support_please = 1, support_now = 2 };
BOOST_DESCRIBE_ENUM(Level, support_please, support_now)

struct Raised {
  CallKey call;
  Level level = Level::support_please;
  std::optional<PersonKey> by;
  friend bool operator==(const Raised&, const Raised&) = default;
};
BOOST_DESCRIBE_STRUCT(Raised, (), (call, level, by))
struct Closed {
  CallKey call;
  friend bool operator==(const Closed&, const Closed&) = default;
};
BOOST_DESCRIBE_STRUCT(Closed, (), (call))
using Event = boost::variant2::variant<boost::variant2::monostate, Raised, Closed>;

struct State {
  std::map<PersonKey, CallKey> busy;
  std::map<CallKey, std::vector<PersonKey>> offered;
  std::map<Level, int> count;
  std::set<PersonKey> free;
  std::vector<Event> events;
  std::array<std::int32_t, 3> numbers{};
  std::array<std::byte, 4> digest{};
  std::vector<unsigned char> salt;
  std::chrono::milliseconds late{};
  std::vector<std::optional<std::int64_t>> gaps;
  std::pair<std::int8_t, bool> pair{};
  friend bool operator==(const State&, const State&) = default;
};
BOOST_DESCRIBE_STRUCT(State, (), (busy, offered, count, free, events, numbers, digest, salt, late, gaps, pair))

State sample() {
  State state;
  state.busy[{"p1"}] = {7};
  state.offered[{9}] = {{"x"}, {"y"}};
  state.offered[{1ULL << 63}] = {};
  state.count[Level::support_now] = -4;
  state.free = {{"q"}, {"a"}};
  state.events = {Raised{{3}, Level::support_now, PersonKey{"sam"}}, Closed{{3}}, boost::variant2::monostate{}};
  state.numbers = {1, -2, 3};
  state.digest = {std::byte{1}, std::byte{0xff}};
  state.salt = {1, 2, 3};
  state.late = std::chrono::milliseconds(-1500);
  state.gaps = {INT64_MIN, std::nullopt, INT64_MAX};
  state.pair = {-128, true};
  return state;
}

template <class T>
Bytes packed(const T& value) {
  Bytes out;
  REQUIRE_FALSE(pack::to_bytes(value, out));
  return out;
}
template <class T>
protocol::Result<T> unpacked(std::string_view hex) {
  return pack::from_bytes<T>(test::expand_hex(test::json::value(hex)));
}

TEST_CASE("a described struct comes back as it was") {
  const Bytes bytes = packed(sample());
  const auto back = pack::from_bytes<State>(bytes);
  REQUIRE(back.has_value());
  CHECK(*back == sample());
  CHECK(packed(*back) == bytes);
}

TEST_CASE("the bytes are the ones that are stored today") {
  CHECK(test::to_hex(packed(Event(Raised{{3}, Level::support_now, PersonKey{"sam"}}))) ==
        "92a652616973656483a463616c6c03a56c6576656cab737570706f72745f6e6f77a26279a373616d");
  CHECK(test::to_hex(packed(Closed{{300}})) == "81a463616c6ccd012c");
  CHECK(test::to_hex(packed(std::map<PersonKey, CallKey>{{{"b"}, {1}}, {{"a"}, {2}}})) == "82a16102a16201");
  CHECK(test::to_hex(packed(std::map<CallKey, bool>{{{5}, true}})) == "919205c3");
}

TEST_CASE("an absent optional member is left out, an unknown name is ignored, a missing one is named") {
  CHECK(test::to_hex(packed(Raised{{1}, Level::support_please, {}})) == "82a463616c6c01a56c6576656cae737570706f72745f706c65617365");
  CHECK(unpacked<Closed>("82a3786f7893c0c2c3a463616c6c07")->call.value == 7);
  CHECK(unpacked<Closed>("80").error() == Error::missing_field);
  CHECK(unpacked<Closed>("81a463616c6cc0").error() == Error::wrong_type);
  CHECK(unpacked<Closed>("81a463616c6cff").error() == Error::out_of_range);
}

TEST_CASE("values out of their type's range are refused") {
  CHECK(unpacked<std::int8_t>("d080").value() == -128);
  CHECK(unpacked<std::int8_t>("cc80").error() == Error::out_of_range);
  CHECK(unpacked<std::int8_t>("d1ff7f").error() == Error::out_of_range);
  CHECK(unpacked<std::uint64_t>("cfffffffffffffffff").value() == UINT64_MAX);
  CHECK(unpacked<std::int64_t>("cfffffffffffffffff").error() == Error::out_of_range);
  CHECK(unpacked<std::int64_t>("d38000000000000000").value() == INT64_MIN);
  CHECK(unpacked<Level>("a47a65726f").error() == Error::out_of_range);
  CHECK(unpacked<std::set<PersonKey>>("92a161a161").error() == Error::duplicate_key);
  CHECK(unpacked<std::map<CallKey, bool>>("92" "9205c3" "9205c2").error() == Error::duplicate_key);
  CHECK(unpacked<std::map<PersonKey, bool>>("82" "a161c3" "a161c2").error() == Error::duplicate_key);
  CHECK(unpacked<Event>("92a44e6f706580").error() == Error::unknown_type);
  CHECK(unpacked<Event>("91a6436c6f736564").error() == Error::wrong_type);
  CHECK(unpacked<std::array<std::int32_t, 2>>("9101").error() == Error::out_of_range);
  CHECK(unpacked<std::array<std::int32_t, 2>>("93010203").error() == Error::too_many);
}

TEST_CASE("a large map of our own is read, and a key twice in it is found") {
  std::map<PersonKey, std::uint64_t> many;
  for (std::uint64_t n = 0; n < 5000; ++n) many[{std::to_string(n)}] = n;
  const Bytes bytes = packed(many);
  CHECK(pack::from_bytes<std::map<PersonKey, std::uint64_t>>(bytes).value() == many);

  Bytes twice;
  pack::Writer writer(twice);
  writer.map(200);
  for (int n = 0; n < 200; ++n) {
    writer.str(n == 199 ? "k3" : "k" + std::to_string(n));
    writer.positive(1);
  }
  writer.flush();
  CHECK(pack::from_bytes<std::map<PersonKey, int>>(twice).error() == Error::duplicate_key);
}

TEST_CASE("depth has an end even without limits") {
  Bytes deep(65, std::byte{0x91});
  deep.back() = std::byte{0x90};
  pack::Tape tape;
  CHECK(pack::read(deep, {}, tape) == Error::too_deep);
  deep.erase(deep.begin());
  CHECK_FALSE(pack::read(deep, {}, tape));
}

TEST_CASE("limits are what the caller says") {
  pack::Tape tape;
  const Bytes text = packed(std::string("hello"));
  CHECK(pack::read(text, {.bytes = 5}, tape) == Error::frame_too_long);
  CHECK(pack::read(text, {.str_bytes = 4}, tape) == Error::too_long);
  CHECK_FALSE(pack::read(text, {.bytes = 6, .str_bytes = 5}, tape));
  const Bytes number = packed(-5);
  CHECK_FALSE(pack::read(number, {.integer = 5}, tape));
  CHECK(pack::read(number, {.integer = 4}, tape) == Error::out_of_range);
}

TEST_CASE("every cut of a packed value is refused, and none is read past its end") {
  const Bytes whole = packed(sample());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(pack::from_bytes<State>(cut).error() == Error::bad_frame);
  }
}

}  // namespace
}  // namespace attune
