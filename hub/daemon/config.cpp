// Reads the TOML file key by key, so that each fault is known by its line. toml++ appears here alone.
#include "hub/daemon/config.hpp"

#include <arpa/inet.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <numeric>
#include <system_error>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "hub/app/timetable_csv.hpp"
#include "hub/net/fetch.hpp"

namespace attune::daemon {

namespace {

constexpr std::size_t names_max = 32, sources_max = 128;

/// One TOML file being read: the table where a key is looked for, and the faults so far.
class Reader {
  public:
    explicit Reader(ParsedConfig& out) : out_(out) {}

    void read(const toml::table& root) {
        for (const auto& [key, node] : root) {
            const std::string_view name = key.str();
            if (name == "tls" || name == "zeromq" || name == "limits" || name == "log" || name == "timetable")
                section(std::string(name), node);
            else
                value(name, key, node);
        }
        std::sort(out_.faults.begin(), out_.faults.end(),
                  [](const ConfigFault& a, const ConfigFault& b) { return a.line < b.line; });
    }

  private:
    void section(const std::string& name, const toml::node& node) {
        const toml::table* table = node.as_table();
        if (!table) {
            fault(node.source(), fmt::format("\"{0}\" is a section. Write [{0}] on a line of its own.", name));
            return;
        }
        for (const auto& [key, inner] : *table)
            value(fmt::format("{}.{}", name, key.str()), key, inner);
    }

    void value(std::string_view name, const toml::key& key, const toml::node& node) {
        Config& config = out_.config;
        if (name == "state_dir")
            path(name, node, config.state_dir);
        else if (name == "listen")
            listen(name, node, config.listen);
        else if (name == "zeromq.listen")
            listen(name, node, config.zeromq_listen);
        else if (name == "names")
            names(node);
        else if (name == "www")
            path(name, node, config.www);
        else if (name == "socket")
            path(name, node, config.socket);
        else if (name == "tls.certificate")
            path(name, node, config.tls_certificate);
        else if (name == "tls.key")
            path(name, node, config.tls_key);
        else if (name == "tls.always")
            boolean(name, node, config.tls_always);
        else if (name == "limits.connections_max")
            number(name, node, 10, 60'000, config.connections_max);
        else if (name == "limits.connections_per_address_max")
            number(name, node, 1, 60'000, config.connections_per_address_max);
        else if (name == "log.level")
            level(node);
        else if (name == "timetable.sources")
            sources(node);
        else if (name == "timetable.interval_s")
            number(name, node, 1, 86'400, config.timetable_interval_s);
        else if (name == "timetable.ca")
            path(name, node, config.timetable_ca);
        else
            unknown(name, key);
    }

    void unknown(std::string_view name, const toml::key& key) {
        static const std::vector<std::string_view> known = {"state_dir",
                                                            "listen",
                                                            "names",
                                                            "www",
                                                            "socket",
                                                            "tls.certificate",
                                                            "tls.key",
                                                            "tls.always",
                                                            "zeromq.listen",
                                                            "limits.connections_max",
                                                            "limits.connections_per_address_max",
                                                            "log.level",
                                                            "tls",
                                                            "zeromq",
                                                            "limits",
                                                            "log",
                                                            "timetable.sources",
                                                            "timetable.interval_s",
                                                            "timetable.ca",
                                                            "timetable"};
        const std::string_view near = nearest(name, known);
        fault(key.source(), near.empty()
                                ? fmt::format("\"{}\" is not a key that is known. Take it away.", name)
                                : fmt::format("\"{}\" is not a key that is known. Did you mean \"{}\"?", name, near));
    }

    void fault(const toml::source_region& where, std::string message) {
        out_.faults.push_back({where.begin.line, std::move(message)});
    }

    bool string(std::string_view name, const toml::node& node, std::string& into) {
        if (const auto text = node.value_exact<std::string>()) {
            into = *text;
            return true;
        }
        fault(node.source(), fmt::format("\"{}\" is text. Put it into double quotes.", name));
        return false;
    }

    void path(std::string_view name, const toml::node& node, std::filesystem::path& into) {
        std::string text;
        if (!string(name, node, text)) return;
        if (text.empty() || text[0] != '/' || text.find('\0') != std::string::npos)
            fault(node.source(), fmt::format("\"{}\" is the whole path of a file or folder, from / on.", name));
        else
            into = std::filesystem::path(text).lexically_normal();
    }

    void boolean(std::string_view name, const toml::node& node, bool& into) {
        if (const auto flag = node.value_exact<bool>())
            into = *flag;
        else
            fault(node.source(), fmt::format("\"{}\" is true or false, without quotes.", name));
    }

    void number(std::string_view name, const toml::node& node, std::int64_t least, std::int64_t most,
                std::size_t& into) {
        const auto number = node.value_exact<std::int64_t>();
        if (number && *number >= least && *number <= most)
            into = static_cast<std::size_t>(*number);
        else
            fault(node.source(), fmt::format("\"{}\" is a whole number from {} to {}.", name, least, most));
    }

    template <class Into>
    void listen(std::string_view name, const toml::node& node, Into& into) {
        std::string text;
        if (!string(name, node, text)) return;
        if (const auto endpoint = parse_endpoint(text))
            into = *endpoint;
        else
            fault(node.source(),
                  fmt::format("\"{}\" is an address and a port, such as \"127.0.0.1:8460\" or \"[::]:443\".", name));
    }

    void names(const toml::node& node) {
        const toml::array* array = node.as_array();
        if (!array || array->size() > names_max) {
            fault(node.source(), fmt::format("\"names\" is a list of at most {} host names, such as "
                                             "[\"attune.school.example\"].",
                                             names_max));
            return;
        }
        out_.config.names.clear();
        for (const auto& each : *array) {
            const auto text = each.value_exact<std::string>();
            const auto good = [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == ':' || c == '[' || c == ']';
            };
            if (!text || text->empty() || text->size() > 260 || !std::all_of(text->begin(), text->end(), good))
                fault(each.source(),
                      "Each of \"names\" is a host name or address in double quotes, without http:// and "
                      "without a slash.");
            else
                out_.config.names.push_back(*text);
        }
    }

    void sources(const toml::node& node) {
        const toml::array* array = node.as_array();
        if (!array || array->size() > sources_max) {
            fault(node.source(), fmt::format("\"timetable.sources\" is a list of at most {} addresses, such as [\"https://mis.school.example/lessons.ics\"].", sources_max));
            return;
        }
        out_.config.timetable_sources.clear();
        std::vector<std::string> names;
        for (const auto& each : *array) {
            const std::string text = each.value_exact<std::string>().value_or("");
            const bool path = text.starts_with('/') && text.find('\0') == std::string::npos;
            const std::string name = timetable_file_of(text);
            if (!path && !net::parse_site_address(text))
                fault(each.source(), "Each of \"timetable.sources\" is an address with http:// or https://, without a name and password, or the whole path of a file.");
            else if (name.empty())
                fault(each.source(), "Each of \"timetable.sources\" ends in terms.csv, timetable.csv, absences.csv or the name of a calendar, such as lessons.ics.");
            else if (std::find(names.begin(), names.end(), name) != names.end())
                fault(each.source(), fmt::format("Two of \"timetable.sources\" are called {}. Name each file once.", name));
            else
                out_.config.timetable_sources.push_back(text);
            names.push_back(name);
        }
    }

    void level(const toml::node& node) {
        std::string text;
        if (!string("log.level", node, text)) return;
        const std::string_view words[] = {"debug", "info", "warn", "error"};
        const auto* found = std::find(std::begin(words), std::end(words), text);
        if (found == std::end(words))
            fault(node.source(), "\"log.level\" is debug, info, warn or error.");
        else
            out_.config.log_level = static_cast<LogLevel>(found - std::begin(words));
    }

    ParsedConfig& out_;
};

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t swap = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({swap, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

bool readable(const std::filesystem::path& path) {
    return ::access(path.c_str(), R_OK) == 0;
}

}  // namespace

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known) {
    // The last part counts too: "level" for "log.level".
    const auto last = [](std::string_view name) { return name.substr(name.rfind('.') + 1); };
    std::string_view best;
    // How far by the part that is nearer, and, where two are as near as each other, by the whole.
    std::pair<std::size_t, std::size_t> least{std::max<std::size_t>(2, word.size() / 3) + 1, 0};
    for (const auto& each : known) {
        const std::size_t whole = edit_distance(word, each);
        const std::pair distance{std::min(whole, edit_distance(last(word), last(each))), whole};
        if (distance < least) {
            best = each;
            least = distance;
        }
    }
    return best;
}

std::string timetable_file_of(std::string_view source) {
    if (!source.starts_with('/')) source = source.substr(0, source.find_first_of("?#"));
    const std::string name(source.substr(source.rfind('/') + 1));
    const bool fit = name.size() <= 64 && !name.starts_with('.') && name.find('%') == std::string::npos;
    return fit && app::is_timetable_file(name) ? name : "";
}

std::optional<Endpoint> parse_endpoint(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::string_view address = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    const bool bracketed = address.size() > 2 && address.front() == '[' && address.back() == ']';
    if (bracketed) address = address.substr(1, address.size() - 2);
    Endpoint endpoint{std::string(address), 0};
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    if (error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
    in6_addr parsed{};
    if (::inet_pton(bracketed ? AF_INET6 : AF_INET, endpoint.address.c_str(), &parsed) != 1) return std::nullopt;
    return endpoint;
}

ParsedConfig parse_config(std::string_view text, const Config& defaults) {
    ParsedConfig out{defaults, {}};
    if (text.size() > config_bytes_max) {
        out.faults.push_back({0, "The file is over 1 MiB. Is it the right one?"});
        return out;
    }
    try {
        const toml::table root = toml::parse(text);
        Reader(out).read(root);
        if (out.config.tls_certificate.empty() != out.config.tls_key.empty() && out.faults.empty()) {
            const auto* tls = root["tls"].as_table();
            out.faults.push_back({tls ? tls->source().begin.line : 0,
                                  "\"tls.certificate\" and \"tls.key\" belong together. Set both, or neither."});
        }
    } catch (const toml::parse_error& error) {
        out.faults.push_back(
            {error.source().begin.line, fmt::format("This line is not TOML: {}. Mend it.", error.description())});
    }
    // A fault may quote what it met, a line's end or an escape sequence among it: it is said on one line all the same.
    for (ConfigFault& fault : out.faults)
        std::ranges::replace_if(fault.message, [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; }, ' ');
    return out;
}

Config default_config() {
    Config config;
    const auto variable = [](const char* name) -> std::string {
        const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
        return value ? value : "";
    };
    // Under systemd, StateDirectory= names the folder.
    if (const std::string state = variable("STATE_DIRECTORY"); !state.empty() && state[0] == '/')
        config.state_dir = state.substr(0, state.find(':'));
    else if (::geteuid() == 0)
        config.state_dir = "/var/lib/attune";
    else if (const std::string xdg = variable("XDG_STATE_HOME"); !xdg.empty() && xdg[0] == '/')
        config.state_dir = std::filesystem::path(xdg) / "attune";
    else if (const std::string home = variable("HOME"); !home.empty() && home[0] == '/')
        config.state_dir = std::filesystem::path(home) / ".local/state/attune";
    else
        config.state_dir = "/var/lib/attune";
    return config;
}

std::vector<std::string> check_files(const Config& config) {
    std::vector<std::string> faults;
    std::error_code ignored;
    for (const auto& [name, path] : {std::pair{"tls.certificate", config.tls_certificate}, {"tls.key", config.tls_key}, {"timetable.ca", config.timetable_ca}})
        if (!path.empty() && !readable(path))
            faults.push_back(fmt::format("{} cannot be read: {}. Put the file there and let this user read it.", name,
                                         path.string()));
    if (!config.www.empty() && !std::filesystem::is_directory(config.www, ignored))
        faults.push_back(
            fmt::format("www is not a folder: {}. Build the pages there, or take the key away.", config.www.string()));
    // sockaddr_un holds 107 bytes and the ending zero.
    if (config.local_socket().native().size() > 107)
        faults.push_back(
            fmt::format("The path of the local socket is longer than 107 bytes: {}. Set the key socket to a "
                        "shorter one.",
                        config.local_socket().string()));
    return faults;
}

}  // namespace attune::daemon
