// attune: the native client of an Attune hub.
#include <sys/prctl.h>

#include "clients/cli/command_line.hpp"

int main(int count, char** arguments) {
    // A core file would hold this device's key.
    ::prctl(PR_SET_DUMPABLE, 0);
    return attune::cli::run_command_line(count, arguments);
}
