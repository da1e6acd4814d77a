// The codec of the wire: one frame is the array [version, type, id, body].
//
// A Decoder keeps its memory from frame to frame and belongs to one thread. What it returns owns its memory and
// outlives the frame. Nothing throws; errors are the schema's numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "protocol/cpp/generated/limits.hpp"
#include "protocol/cpp/generated/messages.hpp"
#include "protocol/cpp/pack/reader.hpp"
#include "protocol/cpp/pack/result.hpp"

namespace attune::protocol {

struct Envelope {
  std::uint64_t version = protocol::version;
  MessageType type{};
  std::optional<Id> id;
  AnyMessage message;

  friend bool operator==(const Envelope&, const Envelope&) = default;
};

/// What is wrong with a frame, and what could be read of it all the same, so that it can be answered.
struct DecodeFailure {
  Error error{};
  std::optional<Id> id;
  std::optional<MessageType> type;
};

[[noreturn]] inline void throw_exception_from_error(const DecodeFailure& failure, const boost::source_location& where) {
  throw_exception_from_error(failure.error, where);
}

class Decoder {
 public:
  explicit Decoder(const pack::Limits& limits = wire_limits) : limits_(limits) {}

  /// Whether the sender may send it is not asked here: see may_send.
  boost::system::result<Envelope, DecodeFailure> decode(std::span<const std::byte> frame);

 private:
  pack::Limits limits_;
  pack::Tape tape_;
};

/// For one frame; a Decoder is faster for many.
boost::system::result<Envelope, DecodeFailure> decode(std::span<const std::byte> frame,
                                                      const pack::Limits& limits = wire_limits);

/// Appends one frame to out. An error names the limit that the message breaks, and leaves out as it was.
template <class Message>
Result<void> encode(const Message& message, const std::optional<Id>& id,
                                          std::vector<std::byte>& out, const pack::Limits& limits = wire_limits);

Result<void> encode(const AnyMessage& message, const std::optional<Id>& id,
                                          std::vector<std::byte>& out, const pack::Limits& limits = wire_limits);

}  // namespace attune::protocol
