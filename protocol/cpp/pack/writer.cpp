// The writer: msgpack-cxx's packer over a vector of bytes.
#include "protocol/cpp/pack/writer.hpp"

#include <msgpack/pack.hpp>

namespace attune::protocol::pack {
namespace {

/// What the packer writes to.
class Sink {
 public:
  explicit Sink(std::vector<std::byte>& out) : out_(out) {}
  void write(const char* data, std::size_t size) {
    const auto* bytes = reinterpret_cast<const std::byte*>(data);
    out_.insert(out_.end(), bytes, bytes + size);
  }

 private:
  std::vector<std::byte>& out_;
};

template <class Action>
void with_packer(std::vector<std::byte>& out, const Action& action) {
  Sink sink(out);
  msgpack::packer<Sink> packer(sink);
  action(packer);
}

}  // namespace

void Writer::nil() {
  with_packer(out_, [](auto& packer) { packer.pack_nil(); });
}

void Writer::boolean(bool value) {
  with_packer(out_, [&](auto& packer) { value ? packer.pack_true() : packer.pack_false(); });
}

void Writer::positive(std::uint64_t value) {
  with_packer(out_, [&](auto& packer) { packer.pack_uint64(value); });
}

void Writer::integer(std::int64_t value) {
  with_packer(out_, [&](auto& packer) { packer.pack_int64(value); });
}

void Writer::str(std::string_view text) {
  with_packer(out_, [&](auto& packer) {
    packer.pack_str(static_cast<std::uint32_t>(text.size()));
    packer.pack_str_body(text.data(), static_cast<std::uint32_t>(text.size()));
  });
}

void Writer::bin(std::span<const std::byte> bytes) {
  with_packer(out_, [&](auto& packer) {
    packer.pack_bin(static_cast<std::uint32_t>(bytes.size()));
    packer.pack_bin_body(reinterpret_cast<const char*>(bytes.data()), static_cast<std::uint32_t>(bytes.size()));
  });
}

void Writer::array(std::uint32_t items) {
  with_packer(out_, [&](auto& packer) { packer.pack_array(items); });
}

void Writer::map(std::uint32_t entries) {
  with_packer(out_, [&](auto& packer) { packer.pack_map(entries); });
}

}  // namespace attune::protocol::pack
