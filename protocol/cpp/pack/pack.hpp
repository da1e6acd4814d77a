// Whole values to bytes and back: what the journal and the tests use. The wire adds its envelope in codec.hpp.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "protocol/cpp/pack/binding.hpp"
#include "protocol/cpp/pack/result.hpp"

namespace attune::protocol::pack {

/// Appends value to out. On a problem (a string that is not UTF-8, a number over a limit) out is as it was.
template <class T>
Problem to_bytes(const T& value, std::vector<std::byte>& out) {
  const std::size_t before = out.size();
  Writer writer(out);
  WriteContext to{writer};
  Problem problem = write_value(to, value, {});
  if (problem) {
    writer.drop();
    out.resize(before);
  }
  return problem;
}

/// Reads exactly one value from all of the input. The tape may be kept and used again, which saves its memory.
template <class T>
Result<T> from_bytes(std::span<const std::byte> input, Tape& tape, const Limits& limits = {}) {
  if (Problem problem = read(input, limits, tape)) return *problem;
  T value{};
  if (Problem problem = read_value(tape, 0, value, {})) return *problem;
  return value;
}

template <class T>
Result<T> from_bytes(std::span<const std::byte> input, const Limits& limits = {}) {
  Tape tape;
  return from_bytes<T>(input, tape, limits);
}

}  // namespace attune::protocol::pack
