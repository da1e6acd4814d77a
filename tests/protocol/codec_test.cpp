// The codec's own promises: what is appended, what outlives what, who may send what.
#include <catch2/catch_test_macros.hpp>

#include "protocol/cpp/codec.hpp"
#include "protocol/cpp/pack/utf8.hpp"
#include "tests/protocol/vectors.hpp"

namespace attune::protocol {
namespace {

using test::Bytes;

TEST_CASE("encode appends, and says the limit that is broken") {
  Bytes out;
  REQUIRE(encode(Live{.seq = 1}, std::nullopt, out).has_value());
  const std::size_t first = out.size();
  REQUIRE(encode(Live{.seq = 1}, std::nullopt, out).has_value());
  CHECK(out.size() == 2 * first);
  CHECK(std::equal(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(first), out.begin() + static_cast<std::ptrdiff_t>(first)));

  CHECK(encode(Live{.seq = integer_max + 1}, std::nullopt, out).error() == Error::out_of_range);
  CHECK(encode(RaiseCall{.level = 1, .pressed_at = -static_cast<std::int64_t>(integer_max) - 1}, std::nullopt, out).error() == Error::out_of_range);
  CHECK(encode(Goodbye{.message = "\xff"}, std::nullopt, out).error() == Error::not_utf8);
  CHECK(out.size() == 2 * first);
}

TEST_CASE("a message longer than a frame is refused, and fits the local socket") {
  Devices devices;
  devices.devices.assign(256, DeviceView{.device = std::string(32, 'd'), .label = std::string(64, 'l')});
  Bytes out;
  CHECK(encode(devices, std::nullopt, out).error() == Error::frame_too_long);
  CHECK(out.empty());
  REQUIRE(encode(devices, std::nullopt, out, local_limits).has_value());
  CHECK(out.size() > wire_limits.bytes);
  CHECK(decode(out).error().error == Error::frame_too_long);
  CHECK(get<Devices>(decode(out, local_limits)->message) == devices);
}

TEST_CASE("what is decoded outlives the frame and the decoder's next one") {
  Decoder decoder;
  Bytes frame;
  const Hello hello{.last_seq = 5, .session = Id{std::byte{9}}, .app = "a text too long to be stored in place"};
  REQUIRE(encode(hello, Id{}, frame).has_value());
  auto decoded = decoder.decode(frame);
  REQUIRE(decoded.has_value());
  std::fill(frame.begin(), frame.end(), std::byte{0xc1});
  CHECK(decoder.decode(frame).has_error());
  CHECK(get<Hello>(decoded->message) == hello);
}

TEST_CASE("the table says who may send what") {
  CHECK(may_send(DeviceKind::room, MessageType::raise_call));
  CHECK(may_send(DeviceKind::handset, MessageType::raise_call));
  CHECK_FALSE(may_send(DeviceKind::station, MessageType::raise_call));
  CHECK_FALSE(may_send(DeviceKind::station, MessageType::decline_call));
  CHECK_FALSE(may_send(DeviceKind::handset, MessageType::import_directory));
  CHECK_FALSE(may_send(DeviceKind::room, MessageType::done));
  CHECK(may_send(DeviceKind::room, MessageType::beat));
  CHECK(may_send(DeviceKind::local, MessageType::revoke_device));
  for (const MessageInfo& row : message_table) {
    CHECK(&info(row.type) == &row);
    CHECK(message_type_from_name(row.name) == row.type);
  }
  CHECK_FALSE(message_type_from_name("raise_call"));
}

TEST_CASE("errors have a number, a name and a sentence") {
  for (const ErrorInfo& row : error_table) {
    CHECK(error_from_number(number(row.error)) == row.error);
    CHECK(to_string(row.error) == row.name);
    CHECK(sentence(row.error).ends_with('.'));
  }
  CHECK_FALSE(error_from_number(99));
}

}  // namespace
}  // namespace attune::protocol
