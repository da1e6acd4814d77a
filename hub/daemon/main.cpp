// attuned, the hub of one site: its own safety first, then the command line.
#include "hub/daemon/command_line.hpp"
#include "hub/daemon/process.hpp"

/// Read by jemalloc before main(): two threads allocate in earnest, and what is unused is kept for the next storm.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:2,dirty_decay_ms:-1,muzzy_decay_ms:0,lg_extent_max_active_fit:14";
}

int main(int count, char** arguments) {
    attune::daemon::harden();
    return attune::daemon::run_command_line(count, arguments);
}
