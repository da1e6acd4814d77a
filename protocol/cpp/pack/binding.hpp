// Plain values to MessagePack and back, through Boost.Describe.
//
// A described struct is a map of its members' names, in the order of their declaration; an absent optional member is
// left out. Reading ignores names that it does not know. Besides: bool, integers, enums (as strings), std::string and
// strings of a fixed size in place, bytes (arrays and vectors of std::byte or unsigned char, as bin), std::optional (nil where it is not a member),
// std::vector, std::array, std::set (as arrays), std::map (a map where the key packs as a string, else an array of
// [key, value]), std::pair and std::tuple (an array of their
// items), boost::variant2::variant (as [name, value]), std::chrono durations (their count),
// and strong ids, which are structs with nothing but a `value` (as that value).
// Nothing throws; the first problem is returned. Any thread.
#pragma once

#include "protocol/cpp/pack/read.hpp"
#include "protocol/cpp/pack/write.hpp"
