// One-time links to the pages, as text and as QR code, and the file in which a running hub says where it is found.
#pragma once

#include <cstdint>
#include <string>

#include "hub/core/model.hpp"
#include "hub/daemon/administrator.hpp"

namespace attune::daemon {

/// "https://hub.school.example:8443": what the running hub has said, or what the configuration leads to.
std::string base_url(const Config& config);
/// A running hub says it; takes the file away when `url` is empty.
void say_base_url(const Config& config, const std::string& url);

/// Where native clients find the running hub, which says it itself; port 0: it has no such door.
void say_native_address(const Config& config, std::uint16_t port);
/// For `attuned status`: where that door is and the hub's public key, as a line or as JSON; nothing, or null, without.
std::string native_door_text(const Config& config);
std::string native_door_json(const Config& config);
/// "attune://HOST:PORT/CODE/KEY"; empty when native clients are not served.
std::string native_link(const Config& config, const std::string& code);

/// The directory as the journal has it; empty where there is no journal. Throws std::runtime_error with a sentence.
core::Directory stored_directory(const Config& config);

/// The page and the one-time code after it.
std::string page_link(const Config& config, const std::string& page, const std::string& code);

/// The link on a line of its own, with its QR code when `qr`; in colours where standard output is a terminal that has
/// them and NO_COLOR is not set.
void print_link(const std::string& heading, const std::string& link, bool qr);

/// Links for a first look: a room, two handsets, the station, and all of them in one window. The example school only.
/// Throws std::runtime_error with a sentence.
void print_example_links(const Config& config, bool qr);

}  // namespace attune::daemon
