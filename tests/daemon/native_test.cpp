// The native door at the command line: its key, its links, and what attuned status says of it. That a native client
// comes in by such a link is the clients' tests' business.
#include <sys/stat.h>

#include <csignal>

#include <catch2/catch_test_macros.hpp>

#include "tests/daemon/program.hpp"

using namespace attune::test;

namespace {

std::vector<std::string> enrol(const std::string& config) {
    return {"enrol", "room", "--place", "nursery", "--native", "--json", "--config", config};
}

/// What follows `before` up to the next quotation mark.
std::string after(const std::string& text, const std::string& before) {
    const auto at = text.find(before);
    if (at == std::string::npos) return {};
    return text.substr(at + before.size(), text.find('"', at + before.size()) - at - before.size());
}

}  // namespace

TEST_CASE("a hub with a native door makes its key once and prints links for it") {
    Folder folder;
    const auto config = folder.write("attuned.toml", "state_dir = \"" + (folder / "state").string() +
                                                         "\"\nlisten = \"127.0.0.1:0\"\n"
                                                         "[zeromq]\nlisten = \"127.0.0.1:0\"\n");
    REQUIRE(attuned({"import", "deploy/example-school", "--config", config, "--apply"}).code == 0);
    const auto places = attuned({"enrol", "room", "--place", "nursery", "--native", "--config", config});
    CHECK(places.code == 1);
    CHECK(has(places.err, "does not serve native clients now"));
    std::string key;
    for (int start = 0; start < 2; ++start) {
        Program hub({"run", "--config", config});
        REQUIRE(hub.says("ready"));
        const auto status = attuned({"status", "--json", "--config", config});
        REQUIRE(status.code == 0);
        const auto shown = after(status.out, "\"public_key\":\"");
        CHECK(shown.size() == 43);
        if (start > 0) CHECK(shown == key);
        key = shown;
        const auto address = after(status.out, "\"address\":\"");
        CHECK(address.starts_with("127.0.0.1:"));
        CHECK(has(attuned({"status", "--config", config}).out, "Native clients at " + address + ", public key " + key));
        struct stat about{};
        REQUIRE(::stat((folder / "state/zeromq.key").c_str(), &about) == 0);
        CHECK((about.st_mode & 0777) == 0600);

        auto link = attuned(enrol(config));
        REQUIRE(link.code == 0);
        const auto url = after(link.out, "\"url\":\"");
        CHECK(url.starts_with("attune://" + address + "/"));
        CHECK(url.ends_with("/" + after(link.out, "\"code\":\"").append("/").append(key)));
        const auto shown_link = attuned({"enrol", "room", "--place", "nursery", "--native", "--config", config});
        CHECK(has(shown_link.out, "attune://" + address + "/"));
        CHECK(has(shown_link.out, "attune enrol"));
        const auto without = attuned({"enrol", "room", "--place", "nursery", "--native", "--no-qr", "--config", config});
        CHECK(without.out.size() < shown_link.out.size() / 2);
        CHECK(has(attuned({"enrol", "room", "--place", "nursery", "--no-qr", "--config", config}).out, "http://"));
        hub.signal(SIGTERM);
        CHECK(hub.wait() == 0);
        CHECK_FALSE(has(hub.err, "secret"));
    }
    // A damaged key is never replaced in silence: devices would no longer know the hub.
    folder.write("state/zeromq.key", "public nothing\n");
    ::chmod((folder / "state/zeromq.key").c_str(), 0600);
    const auto refused = attuned({"run", "--config", config});
    CHECK(refused.code == 1);
    CHECK(has(refused.err, "is damaged"));
    CHECK(text_of(folder / "state/zeromq.key") == "public nothing\n");
}

TEST_CASE("without a native door there is no key and no native link") {
    Folder folder;
    const auto state = (folder / "state").string();
    REQUIRE(attuned({"import", "deploy/example-school", "--state", state, "--apply"}).code == 0);
    Program hub({"run", "--state", state, "--listen", "127.0.0.1:0"});
    REQUIRE(hub.says("ready"));
    CHECK(has(attuned({"status", "--json", "--state", state}).out, "\"native\":null"));
    const auto link = attuned({"enrol", "room", "--place", "nursery", "--native", "--state", state});
    CHECK(link.code == 1);
    CHECK(has(link.err, "[zeromq]"));
    CHECK_FALSE(std::filesystem::exists(folder / "state/zeromq.key"));
}
