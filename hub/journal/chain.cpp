// SHA-256 by libsodium over the layout of README.md.
#include "hub/journal/chain.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "hub/journal/event_codec.hpp"

namespace attune::journal {
namespace {

class Sha256 {
  public:
    /// The purpose is hashed with its closing zero, so that no two purposes share an input.
    explicit Sha256(const char* purpose) {
        crypto_hash_sha256_init(&state_);
        crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(purpose), std::strlen(purpose) + 1);
    }
    Sha256& add(std::span<const std::byte> bytes) {
        crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
        return *this;
    }
    Hash end() {
        Hash hash;
        crypto_hash_sha256_final(&state_, reinterpret_cast<unsigned char*>(hash.data()));
        return hash;
    }

  private:
    crypto_hash_sha256_state state_;
};

/// Puts numbers and short texts one behind the other, numbers with the highest byte first.
class HashInput {
  public:
    template <class Number>
    HashInput& number(Number value) {
        reserve(sizeof value);
        auto bits = static_cast<std::make_unsigned_t<Number>>(value);
        for (std::size_t at = sizeof value; at-- > 0; bits = static_cast<decltype(bits)>(bits >> 7 >> 1)) {
            bytes_[size_ + at] = static_cast<std::byte>(bits & 0xff);
        }
        size_ += sizeof value;
        return *this;
    }
    HashInput& text(std::string_view text) {
        number(static_cast<std::uint16_t>(text.size()));
        return raw(std::as_bytes(std::span(text)));
    }
    HashInput& raw(std::span<const std::byte> bytes) {
        reserve(bytes.size());
        std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
        size_ += bytes.size();
        return *this;
    }
    std::span<const std::byte> bytes() const { return std::span(bytes_).first(size_); }

  private:
    void reserve(std::size_t more) {
        if (size_ + more > bytes_.size()) throw std::length_error("a text of the header is too long");
    }
    std::array<std::byte, 512> bytes_;
    std::size_t size_ = 0;
};

void lay_out(const RecordView& record, HashInput& out) {
    out.number(record.seq).number(record.at).number(record.wall).number(record.occurred_at).number(record.cause);
    out.number(static_cast<std::uint8_t>(record.late)).number(static_cast<std::uint32_t>(record.schema));
    out.raw(record.command).text(record.kind).text(record.device).text(record.actor);
}

bool same(std::span<const std::byte> left, std::span<const std::byte> right) { return std::ranges::equal(left, right); }

constexpr std::size_t header_text_max = 128;

}  // namespace

RecordView Record::view() const {
    RecordView view = fields;
    view.kind = kind;
    view.device = device;
    view.actor = actor;
    view.command = command;
    view.payload = payload;
    view.salt = salt;
    view.commitment = commitment;
    view.hash = hash;
    return view;
}

Hash commitment_of(std::span<const std::byte> salt, std::span<const std::byte> payload) {
    return Sha256("attune/commitment/1").add(salt).add(payload).end();
}

Hash hash_of(const Hash& before, const RecordView& record, const Hash& commitment) {
    HashInput header;
    lay_out(record, header);
    return Sha256("attune/event/1").add(before).add(header.bytes()).add(commitment).end();
}

Bytes header_bytes(const RecordView& record) {
    HashInput header;
    lay_out(record, header);
    return {header.bytes().begin(), header.bytes().end()};
}

void seal(const core::Event& event, const Salt& salt, const Hash& before, Record& record) {
    record.fields.seq = event.seq;
    record.fields.at = event.at;
    record.fields.wall = event.wall;
    record.fields.occurred_at = event.occurred_at;
    record.fields.cause = event.cause;
    record.fields.late = event.late ? 1 : 0;
    record.kind = kind_of(event.fact);
    record.fields.schema = schema_of(record.kind);
    record.device = event.device.value;
    record.actor = event.actor.value;
    record.command = event.command;
    record.payload.clear();
    encode(event.fact, record.payload);
    record.salt = salt;
    record.commitment = commitment_of(record.salt, record.payload);
    record.hash = hash_of(before, record.view(), record.commitment);
}

std::string check(const RecordView& record, std::uint64_t expected_seq, const Hash& before) {
    if (record.seq != expected_seq) {
        return "is missing: in its place stands event " + std::to_string(static_cast<std::int64_t>(record.seq));
    }
    if (record.payload.empty()) return "has no payload";
    if (!record.well_formed || record.command.size() != 16 || record.salt.size() != 16 || record.kind.size() > header_text_max ||
        record.device.size() > header_text_max || record.actor.size() > header_text_max || record.late < 0 ||
        record.late > 1 || record.schema < 0 || record.schema > UINT32_MAX) {
        return "has a field that cannot be";
    }
    const Hash commitment = commitment_of(record.salt, record.payload);
    if (!same(commitment, record.commitment)) return "has a payload that is not the one that was written";
    if (!same(hash_of(before, record, commitment), record.hash)) {
        return "does not continue the chain: it, or the event before it, is not the one that was written";
    }
    return {};
}

core::Event unseal(const RecordView& record) {
    core::Event event;
    event.seq = record.seq;
    event.at = record.at;
    event.wall = record.wall;
    event.occurred_at = record.occurred_at;
    event.cause = record.cause;
    event.late = record.late != 0;
    event.device.value = record.device;
    event.actor.value = record.actor;
    if (record.command.size() == event.command.size()) std::ranges::copy(record.command, event.command.begin());
    try {
        decode(record.payload, record.kind, record.schema, event.fact);
    } catch (const std::exception& error) {
        throw std::runtime_error("event " + std::to_string(record.seq) + " (" + std::string(record.kind) +
                                 ") cannot be read: " + error.what());
    }
    return event;
}

Hash snapshot_digest(std::uint64_t seq, const Hash& hash, std::uint64_t shape, std::string_view maker,
                     std::span<const std::byte> state) {
    HashInput head;
    head.number(seq).raw(hash).number(shape).text(maker.substr(0, header_text_max));
    return Sha256("attune/snapshot/1").add(head.bytes()).add(state).end();
}

std::string hex(std::span<const std::byte> bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    text.pop_back();
    return text;
}

}  // namespace attune::journal
