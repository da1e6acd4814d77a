// spdlog writes the time and the level before each record, in UTC. It appears here alone.
#include "hub/daemon/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace attune::daemon {

namespace {

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warn:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

}  // namespace

void start_log(LogLevel least) {
    auto logger = std::make_shared<spdlog::logger>("attuned", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
    logger->set_level(level_of(least));
    logger->flush_on(spdlog::level::debug);
    spdlog::set_default_logger(std::move(logger));
}

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    // The record is an argument and never the format: a brace in a value stays a brace.
    spdlog::default_logger_raw()->log(level_of(level), spdlog::string_view_t(logfmt(event, fields)));
}

}  // namespace attune::daemon
