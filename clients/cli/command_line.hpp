// Reads the arguments, runs the command, prints what went wrong. CLI11 appears in the .cpp alone.
#pragma once

namespace attune::cli {

/// attune's exit code. See exit_code.hpp.
int run_command_line(int count, char** arguments);

}  // namespace attune::cli
