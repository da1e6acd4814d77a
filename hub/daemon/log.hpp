// The daemon's log: records to standard error, by spdlog. Any thread, after start_log().
#pragma once

#include "hub/daemon/config.hpp"
#include "hub/daemon/logfmt.hpp"

namespace attune::daemon {

/// Once, before anything is logged.
void start_log(LogLevel least);
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

}  // namespace attune::daemon
