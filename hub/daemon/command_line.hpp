// The command line: which options there are, and which command they lead to.
#pragma once

namespace attune::daemon {

/// Runs the command and returns the exit code: 0 done, 1 not done, 2 the command line was wrong.
int run_command_line(int count, char** arguments);

}  // namespace attune::daemon
