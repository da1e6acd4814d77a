// What attune does on the hub's own machine: devices and imports through its local socket, the journal by attuned,
// which alone reads it.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/device.hpp"

namespace attune::cli {

struct HubOptions {
    std::string socket;  // empty: where a hub of this machine has it
};

struct NewDevice {
    std::string kind;  // room, handset or station
    std::string place;
    std::string person;
};

Exit list_devices(const Common& common, const HubOptions& hub);
Exit make_link(const Common& common, const HubOptions& hub, const NewDevice& device);
Exit rename_device(const Common& common, const HubOptions& hub, const std::string& device, const std::string& label);
Exit revoke_device(const Common& common, const HubOptions& hub, const std::string& device);
Exit import_files(const Common& common, const HubOptions& hub, const std::string& dir, bool apply);
/// Becomes attuned log; returns only when there is no attuned here.
/// `what` is tail, show and so on, and `arguments` what attuned takes with it.
Exit read_log(const Common& common, const HubOptions& hub, const std::string& what, const std::vector<std::string>& arguments);

}  // namespace attune::cli
