// The codec: envelope by hand, bodies through the binding.
#include "protocol/cpp/codec.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "protocol/cpp/pack/binding.hpp"

namespace attune::protocol {
namespace {

using pack::Problem;
using pack::Kind;
using pack::Node;
using pack::Tape;

using ReadBody = Problem (*)(const Tape&, std::uint32_t, AnyMessage&);

template <class Message>
Problem read_body(const Tape& tape, std::uint32_t at, AnyMessage& message) {
  return pack::read_value(tape, at, message.emplace<Message>(), {});
}

/// In the order of MessageType.
constexpr std::array body_readers = {
#define ATTUNE_READER(Message) ReadBody{&read_body<Message>},
    ATTUNE_PROTOCOL_MESSAGES(ATTUNE_READER)
#undef ATTUNE_READER
};

std::optional<Id> id_of(const Node& node) {
  Id id{};
  if (node.kind != Kind::bin || node.size != id.size()) return std::nullopt;
  std::copy_n(reinterpret_cast<const std::byte*>(node.data), id.size(), id.begin());
  return id;
}

/// Reads version, type and id into `head`; the tape may end early, when the frame is bad further on.
Problem read_head(const Tape& tape, DecodeFailure& head) {
  if (tape.empty() || tape[0].kind != Kind::array || tape[0].size != 4) return Error::bad_frame;
  Problem problem;
  const auto note = [&](Error error) { problem = problem ? problem : error; };
  const auto scalar = [&](std::size_t at) { return at < tape.size() && tape[at].next == at + 1; };
  if (!scalar(1) || !scalar(2) || !scalar(3)) note(Error::bad_frame);
  if (scalar(1) && tape[1].kind != Kind::positive) note(Error::wrong_type);
  else if (scalar(1) && tape[1].positive != version) note(Error::unknown_version);
  if (!scalar(1) || !scalar(2)) return problem;
  if (tape[2].kind == Kind::str) head.type = message_type_from_name(tape[2].text());
  if (tape[2].kind != Kind::str) note(Error::wrong_type);
  else if (!head.type) note(Error::unknown_type);
  if (!scalar(3)) return problem;
  head.id = id_of(tape[3]);
  if (!head.id && tape[3].kind != Kind::nil) note(Error::bad_id);
  return problem;
}

}  // namespace

boost::system::result<Envelope, DecodeFailure> Decoder::decode(std::span<const std::byte> frame) {
  const Problem broken = pack::read(frame, limits_, tape_);
  DecodeFailure head;
  const Problem head_problem = read_head(tape_, head);
  const Problem problem = broken ? broken : head_problem;
  const auto fail = [&](Error error) {
    head.error = error;
    return head;
  };
  if (problem) return fail(*problem);
  if (!head.id && info(*head.type).command) return fail(Error::bad_id);
  Envelope envelope;
  envelope.type = *head.type;
  envelope.id = head.id;
  const std::uint32_t body = 4;
  if (tape_[body].kind != Kind::map) return fail(Error::wrong_type);
  const auto index = static_cast<std::size_t>(*head.type);
  if (Problem wrong = body_readers[index](tape_, body, envelope.message)) return fail(*wrong);
  return envelope;
}

boost::system::result<Envelope, DecodeFailure> decode(std::span<const std::byte> frame, const pack::Limits& limits) {
  return Decoder(limits).decode(frame);
}

template <class Message>
boost::system::result<void, Error> encode(const Message& message, const std::optional<Id>& id,
                                          std::vector<std::byte>& out, const pack::Limits& limits) {
  const std::size_t before = out.size();
  pack::Writer writer(out);
  pack::WriteContext to{writer, limits.integer};
  writer.array(4);
  writer.positive(version);
  writer.str(to_string(type_of_message<Message>));
  if (id) writer.bin(*id);
  else writer.nil();
  Problem problem = pack::write_value(to, message, {});
  if (!problem && out.size() - before > limits.bytes) problem = Error::frame_too_long;
  if (!problem) return {};
  out.resize(before);
  return *problem;
}

#define ATTUNE_ENCODE(Message)                                                               \
  template boost::system::result<void, Error> encode<Message>(                               \
      const Message&, const std::optional<Id>&, std::vector<std::byte>&, const pack::Limits&);
ATTUNE_PROTOCOL_MESSAGES(ATTUNE_ENCODE)
#undef ATTUNE_ENCODE

boost::system::result<void, Error> encode(const AnyMessage& message, const std::optional<Id>& id,
                                          std::vector<std::byte>& out, const pack::Limits& limits) {
  return std::visit([&](const auto& alternative) { return encode(alternative, id, out, limits); }, message);
}

}  // namespace attune::protocol
