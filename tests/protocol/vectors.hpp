// Reads protocol/vectors/vectors.json, and makes messages of its values without the code under test: by Boost.JSON
// and Boost.Describe alone.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <boost/describe/members.hpp>
#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>

#include "protocol/cpp/codec.hpp"

namespace attune::test {

namespace json = boost::json;
using Bytes = std::vector<std::byte>;

/// The whole file, read once.
const json::object& vectors();

/// {"$hex": parts}'s parts as bytes.
Bytes expand_hex(const json::value& parts);
std::string to_hex(std::span<const std::byte> bytes);
std::optional<protocol::Id> id_of(const json::object& vector);
protocol::pack::Limits limits_of(const json::object& vector);

/// The message that a vector names, of its "type" and "body"; nothing where C++ cannot hold such a value.
std::optional<protocol::AnyMessage> message_of(const json::object& vector);

}  // namespace attune::test
