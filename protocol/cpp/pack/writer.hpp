// Writes MessagePack, each item in its smallest form, at the end of a buffer that the caller owns: msgpack-cxx's
// packer over a small block of memory that is appended when it is full. The caller's buffer is whole after flush(),
// or when the writer is gone. Inline throughout, because a hub writes far more than it reads. One thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include <msgpack/pack.hpp>

namespace attune::protocol::pack {

/// What the packer writes to.
class Sink {
 public:
  explicit Sink(std::vector<std::byte>& out) : out_(out) {}
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  ~Sink() { flush(); }

  void write(const char* data, std::size_t size) {
    if (size > block_.size() - used_) {
      flush();
      if (size > block_.size()) {
        append(data, size);
        return;
      }
    }
    std::memcpy(block_.data() + used_, data, size);
    used_ += size;
  }

  void flush() {
    append(block_.data(), used_);
    used_ = 0;
  }

  /// Forgets what was not flushed.
  void drop() { used_ = 0; }

 private:
  void append(const char* data, std::size_t size) {
    const auto* bytes = reinterpret_cast<const std::byte*>(data);
    out_.insert(out_.end(), bytes, bytes + size);
  }

  std::vector<std::byte>& out_;
  std::size_t used_ = 0;
  std::array<char, 1024> block_;  // not set to zero: only what was written is read
};

class Writer {
 public:
  explicit Writer(std::vector<std::byte>& out) : sink_(out), packer_(sink_) {}

  void nil() { packer_.pack_nil(); }
  void boolean(bool value) { value ? packer_.pack_true() : packer_.pack_false(); }
  void positive(std::uint64_t value) { packer_.pack_uint64(value); }
  void integer(std::int64_t value) { packer_.pack_int64(value); }
  void str(std::string_view text) {
    packer_.pack_str(static_cast<std::uint32_t>(text.size()));
    packer_.pack_str_body(text.data(), static_cast<std::uint32_t>(text.size()));
  }
  void bin(std::span<const std::byte> bytes) {
    packer_.pack_bin(static_cast<std::uint32_t>(bytes.size()));
    packer_.pack_bin_body(reinterpret_cast<const char*>(bytes.data()), static_cast<std::uint32_t>(bytes.size()));
  }
  void array(std::uint32_t items) { packer_.pack_array(items); }
  void map(std::uint32_t entries) { packer_.pack_map(entries); }
  /// Bytes that are MessagePack already.
  void packed(std::string_view bytes) { sink_.write(bytes.data(), bytes.size()); }

  void flush() { sink_.flush(); }
  void drop() { sink_.drop(); }

 private:
  Sink sink_;
  msgpack::packer<Sink> packer_;
};

}  // namespace attune::protocol::pack
