// Writes MessagePack, each item in its smallest form, at the end of a buffer that the caller owns. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace attune::protocol::pack {

class Writer {
 public:
  explicit Writer(std::vector<std::byte>& out) : out_(out) {}

  void nil();
  void boolean(bool value);
  void positive(std::uint64_t value);
  void integer(std::int64_t value);
  void str(std::string_view text);
  void bin(std::span<const std::byte> bytes);
  void array(std::uint32_t items);
  void map(std::uint32_t entries);

 private:
  std::vector<std::byte>& out_;
};

}  // namespace attune::protocol::pack
