// What each subcommand does. Each returns attuned's exit code (0 done, 1 not done) and throws std::runtime_error with a
// sentence for the person at the terminal when it can't be done. Results go to standard output, faults to standard
// error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "hub/daemon/config.hpp"
#include "hub/daemon/event_text.hpp"

namespace attune::daemon {

/// Not done, and with --json its object has been printed by the command itself.
class Told : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// "attuned 0.1.0"
std::string program_and_version();

/// `first_link`: prints the link for the first administrator where there is a terminal and nobody has an account.
int run_service(const Config& config, bool example_links, bool first_link);

int import_directory(const Config& config, const std::filesystem::path& dir, bool apply);

struct EnrolOptions {
    std::string kind;  // room, handset, station, calm, kiosk or board
    std::string place;
    std::string person;
    bool corridor = false;  // a board that names no child
    bool native = false;  // a link for attune, the native client
    bool json = false;
    bool qr = true;
};
int enrol(const Config& config, const EnrolOptions& options);
int list_devices(const Config& config, bool json);
int revoke(const Config& config, const std::string& device);
int example_links(const Config& config, bool qr);

struct LeaderOptions {
    std::string person;  // empty: the first administrator
    bool json = false;
    bool qr = true;
};
int invite_leader(const Config& config, const LeaderOptions& options);
int list_leaders(const Config& config, bool json);
int reset_leader(const Config& config, const std::string& person);
int end_leader_sessions(const Config& config, const std::string& person);

struct SupplyOptions {
    std::string name;
    std::string short_name;  // empty: the first word of the name
    std::vector<std::string> roles{"responder"};
    std::string covers;
    std::string place;
    bool json = false;
};
/// Adults who are here for today only.
int add_supply(const Config& config, const SupplyOptions& options);
int list_supplies(const Config& config, bool json);
int end_supply(const Config& config, const std::string& person);

struct CardOptions {
    std::vector<std::string> children;  // none: everyone who has no card yet
    std::filesystem::path html;         // empty: as text at the terminal
};
/// Makes children's cards and prints them, this once: the hub keeps digests alone.
int print_cards(const Config& config, const CardOptions& options);

struct CheckpointOptions {
    std::filesystem::path file;  // empty: none
    std::string key;             // empty: this hub's own
};
int verify_log(const Config& config, const CheckpointOptions& against, bool json);
/// The whole log, checked and signed: to be kept anywhere but here.
int print_checkpoint(const Config& config);
int print_log_key(const Config& config);
int tail_log(const Config& config, std::uint64_t events, bool json);
int show_event(const Config& config, std::uint64_t seq, Children children);
/// What a device could see: for a handset that was lost.
int show_sights(const Config& config, const std::string& device, Children children, bool json);
int export_log(const Config& config, std::uint64_t from_seq, Children children);

int show_status(const Config& config, bool json);

/// What is not ready this morning and whose it is, and where nobody has ever pressed.
int show_ready(const Config& config, bool json);
/// The 60-second card, a page for each room, into this new file.
int print_supply_cards(const Config& config, const std::filesystem::path& html);

}  // namespace attune::daemon
