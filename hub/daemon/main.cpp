// attuned, the hub of one site: its own safety first, then the command line.
#include "hub/daemon/command_line.hpp"
#include "hub/daemon/process.hpp"

int main(int count, char** arguments) {
    attune::daemon::harden();
    return attune::daemon::run_command_line(count, arguments);
}
