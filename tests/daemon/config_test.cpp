// The configuration: every key can be set, and each fault is named by its line with what to do.
#include "hub/daemon/config.hpp"

#include <fstream>

#include <catch2/catch_test_macros.hpp>

using namespace attune::daemon;

namespace {

Config defaults() {
    Config config;
    config.state_dir = "/var/lib/attune";
    return config;
}

struct Fault {
    std::string text;
    std::uint64_t line;
    std::string says;
};

std::string joined(const std::vector<ConfigFault>& faults) {
    std::string out;
    for (const auto& fault : faults)
        out += std::to_string(fault.line) + ": " + fault.message + "\n";
    return out;
}

}  // namespace

TEST_CASE("an empty file is the defaults") {
    const auto parsed = parse_config("", defaults());
    CHECK(parsed.faults.empty());
    CHECK(parsed.config.listen == Endpoint{"127.0.0.1", 8460});
    CHECK(parsed.config.state_dir == "/var/lib/attune");
    CHECK(parsed.config.local_socket() == "/var/lib/attune/attuned.sock");
}

TEST_CASE("every key is read") {
    const auto parsed = parse_config(R"(
state_dir = "/srv/attune/"
listen = "[::]:443"
names = ["attune.school.example", "192.0.2.10:443"]
www = "/srv/pages"
socket = "/run/attune/hub.sock"
[tls]
certificate = "/etc/attune/cert.pem"
key = "/etc/attune/key.pem"
always = true
[zeromq]
listen = "0.0.0.0:7714"
[limits]
connections_max = 100
connections_per_address_max = 50
[log]
level = "debug"
)",
                                     defaults());
    INFO(joined(parsed.faults));
    REQUIRE(parsed.faults.empty());
    const Config& config = parsed.config;
    CHECK(config.state_dir == "/srv/attune/");
    CHECK(config.listen == Endpoint{"::", 443});
    CHECK(config.names == std::vector<std::string>{"attune.school.example", "192.0.2.10:443"});
    CHECK(config.www == "/srv/pages");
    CHECK(config.local_socket() == "/run/attune/hub.sock");
    CHECK(config.tls_certificate == "/etc/attune/cert.pem");
    CHECK(config.tls_key == "/etc/attune/key.pem");
    CHECK(config.tls_always);
    CHECK(config.zeromq_listen == Endpoint{"0.0.0.0", 7714});
    CHECK(config.connections_max == 100);
    CHECK(config.connections_per_address_max == 50);
    CHECK(config.log_level == LogLevel::debug);
}

TEST_CASE("each fault is named by its line") {
    const Fault faults[] = {
        {"\nstat_dir = \"/x\"\n", 2, "\"state_dir\""},
        {"[limits]\nconections_max = 20\n", 2, "\"limits.connections_max\""},
        {"level = \"info\"\n", 1, "\"log.level\""},
        {"\n\n[logs]\nlevel = \"info\"\n", 3, "\"log\""},
        {"zzzzzzzz = 1\n", 1, "Take it away"},
        {"state_dir = 5\n", 1, "double quotes"},
        {"state_dir = \"state\"\n", 1, "from / on"},
        {"# one\nlisten = \"localhost:8460\"\n", 2, "an address and a port"},
        {"listen = \"127.0.0.1\"\n", 1, "an address and a port"},
        {"[zeromq]\nlisten = \"7714\"\n", 2, "\"zeromq.listen\" is an address and a port"},
        {"[zeromq]\nlistens = \"127.0.0.1:7714\"\n", 2, "\"zeromq.listen\""},
        {"listen = \"127.0.0.1:65536\"\n", 1, "an address and a port"},
        {"listen = \"127.0.0.1:-1\"\n", 1, "an address and a port"},
        {"listen = \"::1:8460\"\n", 1, "an address and a port"},
        {"names = \"attune.example\"\n", 1, "list"},
        {"names = [\n \"ok.example\",\n \"https://x.example\",\n]\n", 3, "without http"},
        {"names = [3]\n", 1, "double quotes"},
        {"[tls]\nalways = \"yes\"\n", 2, "without quotes"},
        {"\n[tls]\nkey = \"/k.pem\"\n", 2, "belong together"},
        {"[limits]\nconnections_max = 5\n", 2, "from 10 to"},
        {"[limits]\nconnections_max = 1.5\n", 2, "whole number"},
        {"[log]\nlevel = \"loud\"\n", 2, "debug, info, warn or error"},
        {"tls = true\n", 1, "[tls]"},
        {"listen = \n", 1, "not TOML"},
        {"listen = \"127.0.0.1:1\"\nlisten = \"127.0.0.1:2\"\n", 2, "not TOML"},
        {"www = \"\xFF\"\n", 1, "not TOML"},
        {"a = [in\n]\n", 1, "not TOML"},  // the reader's own sentence quotes the line's end
        {"\"a\\u001b[2J\\nb\" = 1\n", 1, "Take it away"},
    };
    for (const auto& fault : faults) {
        INFO(fault.text);
        const auto parsed = parse_config(fault.text, defaults());
        INFO(joined(parsed.faults));
        REQUIRE(parsed.faults.size() == 1);
        CHECK(parsed.faults[0].line == fault.line);
        CHECK(parsed.faults[0].message.find(fault.says) != std::string::npos);
        CHECK(parsed.faults[0].message.find_first_of("\n\x1b") == std::string::npos);
    }
}

TEST_CASE("all faults are listed, in the order of lines") {
    const auto parsed = parse_config("zzz = 1\nlisten = 3\n[log]\nlevel = 7\n", defaults());
    REQUIRE(parsed.faults.size() == 3);
    CHECK(parsed.faults[0].line == 1);
    CHECK(parsed.faults[1].line == 2);
    CHECK(parsed.faults[2].line == 4);
}

TEST_CASE("files that are named must be there") {
    Config config = defaults();
    CHECK(check_files(config).empty());
    config.tls_certificate = config.tls_key = "/nowhere/at/all.pem";
    config.www = "/nowhere/pages";
    config.socket = "/" + std::string(107, 's');
    CHECK(check_files(config).size() == 4);
}

TEST_CASE("the example configuration is right and says the defaults") {
    std::ifstream in("deploy/attuned.toml.example");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    REQUIRE_FALSE(text.empty());
    const auto parsed = parse_config(text, defaults());
    INFO(joined(parsed.faults));
    REQUIRE(parsed.faults.empty());
    CHECK(parsed.config.listen == defaults().listen);
    CHECK(parsed.config.connections_max == defaults().connections_max);
    CHECK(parsed.config.connections_per_address_max == defaults().connections_per_address_max);
    CHECK(parsed.config.log_level == defaults().log_level);
    CHECK(parsed.config.tls_always == defaults().tls_always);
}
