// One log record as key=value pairs on one line, whatever the values hold. Pure.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace attune::daemon {

/// A value to log. Never a child's reference, a person's name, or a secret: log a device or a count instead.
struct LogField {
    std::string_view key;  // a literal: lower case and _
    std::string value;
};

/// `event=what key=value …`. Values that need it are put in quotes; control characters, quotes and bytes that are not
/// UTF-8 are escaped; a value over 1 KiB is cut.
std::string logfmt(std::string_view event, std::initializer_list<LogField> fields);

/// One value, as logfmt() writes it.
std::string logfmt_value(std::string_view value);

}  // namespace attune::daemon
