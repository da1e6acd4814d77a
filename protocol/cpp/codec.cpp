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

struct Head {
  DecodeFailure known;        // its error is set where `wrong` is
  bool wrong = false;         // version, type or id are not what they must be
  std::uint32_t body_at = 0;  // 0 where the frame ends before it
};

/// Reads version, type and id; the tape may end early, when the frame is bad further on.
Head read_head(const Tape& tape) {
  Head head;
  const auto note = [&](Error error) {
    if (!head.wrong) head.known.error = error;
    head.wrong = true;
  };
  if (tape.empty() || tape[0].kind != Kind::array || tape[0].size != 4) {
    note(Error::bad_frame);
    return head;
  }
  // A node whose `next` is 0, or that is not there, was not read to its end.
  const auto whole = [&](std::uint32_t at) { return at != 0 && at < tape.size() && tape[at].next != 0; };
  const std::uint32_t version_at = 1;
  if (!whole(version_at)) return head;
  const Node& sent = tape[version_at];
  if (sent.kind != Kind::positive && sent.kind != Kind::negative) note(Error::wrong_type);
  else if (sent.kind != Kind::positive || sent.positive != version) note(Error::unknown_version);
  const std::uint32_t type_at = sent.next;
  if (!whole(type_at)) return head;
  if (tape[type_at].kind == Kind::str) head.known.type = message_type_from_name(tape[type_at].text());
  if (tape[type_at].kind != Kind::str) note(Error::wrong_type);
  else if (!head.known.type) note(Error::unknown_type);
  const std::uint32_t id_at = tape[type_at].next;
  if (!whole(id_at)) return head;
  head.known.id = id_of(tape[id_at]);
  if (!head.known.id && tape[id_at].kind != Kind::nil) note(Error::bad_id);
  head.body_at = tape[id_at].next;
  return head;
}

}  // namespace

boost::system::result<Envelope, DecodeFailure> Decoder::decode(std::span<const std::byte> frame) {
  const Problem broken = pack::read(frame, limits_, tape_);
  Head head = read_head(tape_);
  const auto fail = [&](Error error) {
    head.known.error = error;
    return head.known;
  };
  if (broken) return fail(*broken);
  if (head.wrong) return head.known;
  const MessageType type = *head.known.type;
  if (!head.known.id && info(type).command) return fail(Error::bad_id);
  boost::system::result<Envelope, DecodeFailure> decoded{boost::system::in_place_value};
  Envelope& envelope = *decoded;
  envelope.type = type;
  envelope.id = head.known.id;
  const auto reader = body_readers[static_cast<std::size_t>(type)];
  if (Problem problem = reader(tape_, head.body_at, envelope.message)) return fail(*problem);
  return decoded;
}

boost::system::result<Envelope, DecodeFailure> decode(std::span<const std::byte> frame, const pack::Limits& limits) {
  return Decoder(limits).decode(frame);
}

namespace {

/// A whole frame around a body that `write` knows.
Result<void> encode_frame(MessageType type, pack::WriteFrom write, const void* body, const std::optional<Id>& id,
                          std::vector<std::byte>& out, const pack::Limits& limits) {
  const std::size_t before = out.size();
  pack::Writer writer(out);
  pack::WriteContext to{writer, limits.integer};
  writer.array(4);
  writer.positive(version);
  writer.str(to_string(type));
  if (id) writer.bin(*id);
  else writer.nil();
  Problem problem = write(to, body, {});
  if (!problem) {
    writer.flush();
    if (out.size() - before <= limits.bytes) return {};
    problem = Error::frame_too_long;
  }
  writer.drop();
  out.resize(before);
  return *problem;
}

}  // namespace

template <class Message>
Result<void> encode(const Message& message, const std::optional<Id>& id, std::vector<std::byte>& out,
                    const pack::Limits& limits) {
  return encode_frame(type_of_message<Message>, &pack::write_from<Message>, &message, id, out, limits);
}

#define ATTUNE_ENCODE(Message) \
  template Result<void> encode<Message>(const Message&, const std::optional<Id>&, std::vector<std::byte>&, const pack::Limits&);
ATTUNE_PROTOCOL_MESSAGES(ATTUNE_ENCODE)
#undef ATTUNE_ENCODE

Result<void> encode(const AnyMessage& message, const std::optional<Id>& id, std::vector<std::byte>& out,
                    const pack::Limits& limits) {
  return visit([&](const auto& alternative) { return encode(alternative, id, out, limits); }, message);
}

}  // namespace attune::protocol
