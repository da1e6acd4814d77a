// What must never be written anywhere: credentials, one-time codes, PINs, session secrets and names of people. Looked for
// in everything that a real attuned says or leaves: its log, its metrics, its command line and environment, what it says
// when it crashes; and what its files may be read by.
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "tests/daemon/device.hpp"
#include "tests/daemon/program.hpp"

using namespace attune::test;
namespace fs = std::filesystem;

namespace {

std::string port_of(const Program& hub) {
    const auto at = hub.err.find(" port=") + 6;
    return hub.err.substr(at, hub.err.find(' ', at) - at);
}

std::string file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string code_for(const std::string& state, std::vector<std::string> device) {
    device.insert(device.begin(), "enrol");
    device.insert(device.end(), {"--json", "--state", state});
    const std::string json = attuned(device).out;
    const auto at = json.find("\"code\":\"") + 8;
    return json.substr(at, json.find('"', at) - at);
}

/// A hub of the example school with a handset on which somebody has chosen a PIN and guessed a wrong one, and a call.
struct Site {
    Folder folder;
    std::string state = (folder / "state").string();
    Program hub{arguments()};
    std::string port;
    std::vector<std::string> secrets;

    std::vector<std::string> arguments() {
        REQUIRE(attuned({"import", "deploy/example-school", "--state", state, "--apply"}).code == 0);
        return {"run", "--state", state, "--listen", "127.0.0.1:0"};
    }
    Site() {
        REQUIRE(hub.says("event=ready"));
        port = port_of(hub);
        const std::string handset_code = code_for(state, {"handset", "--person", "sam_wren"});
        Device sam(port, handset_code);
        REQUIRE(sam.done(attune::protocol::SetPin{"sam_wren", "735182", {}}));
        sam.say(attune::protocol::SignIn{"sam_wren", "918273", {}});
        REQUIRE(sam.until([&] { return !sam.rejected.empty(); }));
        REQUIRE(hub.says("event=wrong_pin"));
        REQUIRE(handset_code.size() == 10);
        secrets = {handset_code, "735182", "918273", "sam_wren", "Sam Wren", "argon2"};
        // Every name of the school's staff, and every child's initials and reference.
        for (const char* list : {"deploy/example-school/staff.csv", "deploy/example-school/children.csv"}) {
            std::ifstream in(list);
            std::string line;
            std::getline(in, line);
            while (std::getline(in, line)) {
                const auto first = line.find(','), second = line.find(',', first + 1);
                secrets.push_back(line.substr(0, first));
                if (second - first > 6) secrets.push_back(line.substr(first + 1, second - first - 1));
            }
        }
    }
    void check(const std::string& where, const std::string& text) const {
        INFO(where);
        for (const std::string& secret : secrets) {
            INFO(secret);
            CHECK(text.find(secret) == std::string::npos);
        }
    }
};

}  // namespace

TEST_CASE("no credential, code, PIN or name is in the log, the metrics, the process list or what a crash leaves") {
    Site site;
    REQUIRE(site.secrets.size() > 80);
    const std::string process = "/proc/" + std::to_string(site.hub.pid());
    const std::string metrics = get(site.port, "/metrics");
    REQUIRE(metrics.find("attune_") != std::string::npos);
    site.check("the metrics", metrics);
    site.check("the command line", file(process + "/cmdline"));
    site.check("the environment", file(process + "/environ"));
    const std::string limits = file(process + "/limits");
    const auto core = limits.find("Max core file size");
    REQUIRE(core != std::string::npos);
    CHECK(limits.substr(core + 18, 40).find_first_not_of(' ') == limits.substr(core + 18, 40).find('0'));
    site.hub.signal(SIGABRT);
    site.hub.wait();
    CHECK(site.hub.err.find("event=ready") != std::string::npos);
    site.check("the log and the crash", site.hub.err + site.hub.out);
    for (const auto& entry : fs::directory_iterator(site.state)) CHECK(entry.path().filename().string().find("core") != 0);
}

TEST_CASE("everything that a hub leaves on disk is its own user's, and no secret lies there as it was said") {
    Site site;
    site.hub.signal(SIGTERM);
    REQUIRE(site.hub.wait() == 0);
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(site.state)) {
        struct stat about{};
        REQUIRE(::lstat(entry.path().c_str(), &about) == 0);
        INFO(entry.path().string());
        CHECK((about.st_mode & 077) == 0);
        if (entry.is_directory()) CHECK((about.st_mode & 0777) == 0700);
        if (!entry.is_regular_file()) continue;
        CHECK((about.st_mode & 0777) == 0600);
        ++files;
        const std::string text = file(entry.path().string());
        for (const std::string& secret : {site.secrets[0], site.secrets[1], site.secrets[2]}) CHECK(text.find(secret) == std::string::npos);
    }
    struct stat about{};
    REQUIRE(::stat(site.state.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0700);
    CHECK(files >= 1);
}
