// The machine's own addresses and name, as text.
#pragma once

#include <string>
#include <vector>

namespace attune::net {

/// IPv4 and global IPv6 addresses of the interfaces that are up, loopback last.
std::vector<std::string> interface_addresses();
/// As the machine calls itself; empty when it has no name.
std::string machine_name();
bool is_loopback_address(const std::string& address);
bool is_any_address(const std::string& address);
/// Raises the limit of open descriptors towards `wanted`; returns what it is then.
std::size_t raise_descriptor_limit(std::size_t wanted);

}  // namespace attune::net
