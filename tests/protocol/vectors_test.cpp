// The C++ codec against the golden vectors, in both directions.
#include <set>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "protocol/cpp/codec.hpp"
#include "tests/protocol/vectors.hpp"

namespace attune {
namespace {

using test::Bytes;
using test::json::object;
using test::json::value;

std::string name_of(const object& vector) { return std::string(vector.at("name").get_string()); }

void check_decodes(const object& vector) {
  INFO(name_of(vector));
  const auto message = test::message_of(vector);
  REQUIRE(message);
  const auto decoded = protocol::decode(test::expand_hex(vector.at("hex")), test::limits_of(vector));
  if (!decoded) FAIL("error " << to_string(decoded.error().error));
  CHECK(decoded->version == 1);
  CHECK(to_string(decoded->type) == std::string_view(vector.at("type").get_string()));
  CHECK(decoded->type == type_of(decoded->message));
  CHECK(decoded->id == test::id_of(vector));
  CHECK(decoded->message == *message);
}

TEST_CASE("there are vectors for every message and every codec error") {
  std::set<std::string> types;
  for (const value& v : test::vectors().at("valid").as_array())
    types.emplace(v.at("type").get_string());
  for (const auto& row : protocol::message_table) CHECK(types.contains(std::string(row.name)));
  std::set<std::int64_t> numbers;
  for (const value& v : test::vectors().at("invalid").as_array())
    numbers.insert(v.at("error").get_int64());
  for (std::int64_t number = 100; number <= 114; ++number) CHECK(numbers.contains(number));
}

TEST_CASE("valid vectors decode to their value") {
  for (const char* list : {"valid", "session"})
    for (const value& v : test::vectors().at(list).as_array()) check_decodes(v.get_object());
}

void check_encodes(const object& vector) {
  INFO(name_of(vector));
  const auto message = test::message_of(vector);
  REQUIRE(message);
  Bytes out;
  const auto encoded = protocol::encode(*message, test::id_of(vector), out, test::limits_of(vector));
  REQUIRE(encoded.has_value());
  CHECK(test::to_hex(out) == test::to_hex(test::expand_hex(vector.at("hex"))));
}

TEST_CASE("valid values encode to their bytes") {
  for (const char* list : {"valid", "session"})
    for (const value& v : test::vectors().at(list).as_array()) check_encodes(v.get_object());
}

TEST_CASE("tolerated vectors decode to their value") {
  for (const value& v : test::vectors().at("tolerated").as_array()) check_decodes(v.get_object());
}

TEST_CASE("invalid vectors have their error, and the id and type that can be read") {
  protocol::Decoder wire;
  protocol::Decoder local(protocol::local_limits);
  for (const value& v : test::vectors().at("invalid").as_array()) {
    const object& vector = v.get_object();
    INFO(name_of(vector));
    const auto decoded = (vector.contains("local") ? local : wire).decode(test::expand_hex(vector.at("hex")));
    REQUIRE(decoded.has_error());
    const protocol::DecodeFailure& failure = decoded.error();
    CHECK(std::string(to_string(failure.error)) == std::string(vector.at("error_name").get_string()));
    CHECK(number(failure.error) == vector.at("error").get_int64());
    CHECK(failure.id == test::id_of(vector));
    const std::string type(failure.type ? to_string(*failure.type) : "");
    CHECK(type == (vector.at("type").is_null() ? "" : std::string(vector.at("type").get_string())));
  }
}

TEST_CASE("refused values are not written, and the buffer stays as it was") {
  std::size_t tried = 0;
  for (const value& v : test::vectors().at("refused").as_array()) {
    const object& vector = v.get_object();
    const auto message = test::message_of(vector);
    if (!message) continue;  // of a type that C++ cannot hold
    INFO(name_of(vector));
    ++tried;
    Bytes out(3, std::byte{0x55});
    const auto encoded = protocol::encode(*message, test::id_of(vector), out, test::limits_of(vector));
    REQUIRE(encoded.has_error());
    CHECK(number(encoded.error()) == vector.at("error").get_int64());
    CHECK(out == Bytes(3, std::byte{0x55}));
  }
  CHECK(tried > 50);
}

}  // namespace
}  // namespace attune
