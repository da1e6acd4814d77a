// attuned's configuration: one TOML file in which every key has a default, and a key that is not known is an error.
// Pure but for read_config() and check_files().
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attune::daemon {

enum class LogLevel : std::uint8_t { debug, info, warn, error };

/// An address to listen on: a literal IPv4 or IPv6 address.
struct Endpoint {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8460;  // 0: the system chooses
    bool operator==(const Endpoint&) const = default;
};

struct Config {
    std::filesystem::path state_dir;  // absolute
    Endpoint listen;
    std::optional<Endpoint> zeromq_listen;  // of native clients; nothing: none are served
    std::vector<std::string> names;  // host names or addresses, with or without a port
    std::filesystem::path www;       // empty: the pages in the program
    std::filesystem::path socket;    // the local socket; empty: in the state folder
    std::filesystem::path tls_certificate;
    std::filesystem::path tls_key;
    bool tls_always = false;
    std::size_t connections_max = 2'000;
    std::size_t connections_per_address_max = 400;
    LogLevel log_level = LogLevel::info;
    std::vector<std::string> timetable_sources;  // addresses (http, https) or whole paths, each of one file of the timetable
    std::size_t timetable_interval_s = 900;
    std::filesystem::path timetable_ca;  // by which https is judged; empty: what the system trusts

    std::filesystem::path authenticator_key() const { return state_dir / "authenticators.key"; }
    std::filesystem::path tls_folder() const { return state_dir / "tls"; }
    std::filesystem::path log_key() const { return state_dir / "log.key"; }
    std::filesystem::path zeromq_key() const { return state_dir / "zeromq.key"; }
    std::filesystem::path local_socket() const { return socket.empty() ? state_dir / "attuned.sock" : socket; }
};

/// What is wrong with a file, and what to do about it. Line 0: the whole file.
struct ConfigFault {
    std::uint64_t line = 0;
    std::string message;
    bool operator==(const ConfigFault&) const = default;
};

struct ParsedConfig {
    Config config;
    std::vector<ConfigFault> faults;  // by line; the config is of use only when there are none
};

inline constexpr std::size_t config_bytes_max = 1 << 20;

/// Reads the text over the defaults. Never throws.
ParsedConfig parse_config(std::string_view text, const Config& defaults);

/// The defaults of this machine and user.
Config default_config();

/// "127.0.0.1:8460" or "[::1]:8460"; nullopt where it is neither.
std::optional<Endpoint> parse_endpoint(std::string_view text);

/// "lessons.ics" of "http://mis.school.example/rota/lessons.ics?year=8", or of a path; empty where it is no name of the
/// timetable's files.
std::string timetable_file_of(std::string_view source);

/// What the configuration says of files that are not there or cannot be read; empty when all is well.
std::vector<std::string> check_files(const Config& config);

/// The value of `known` that looks most like `word`; empty when none does.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace attune::daemon
