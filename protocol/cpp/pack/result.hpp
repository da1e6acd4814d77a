// A value or an Error. `value()` of an error throws, which is for tests and start-up; elsewhere, ask first.
#pragma once

#include <stdexcept>
#include <string>

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include "protocol/cpp/generated/errors.hpp"

namespace attune::protocol {

template <class T>
using Result = boost::system::result<T, Error>;

[[noreturn]] inline void throw_exception_from_error(Error error, const boost::source_location& /*where*/) {
  throw std::runtime_error("protocol error " + std::to_string(number(error)) + " " + std::string(to_string(error)));
}

}  // namespace attune::protocol
