// A signed checkpoint, kept elsewhere, against the log: what the chain by itself does not show.
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "tests/daemon/program.hpp"

using namespace attune::test;

namespace {

struct Site {
    Site() { REQUIRE(attuned({"import", "deploy/example-school", "--state", state(), "--apply"}).code == 0); }
    std::string state() const { return (folder / "state").string(); }
    Ran log(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "log");
        arguments.insert(arguments.end(), {"--state", state()});
        return attuned(arguments);
    }
    /// Prints into a file, as somebody would who keeps it.
    std::string keep(const std::string& name, const std::string& what) const {
        const Ran ran = log({what});
        REQUIRE(ran.code == 0);
        return folder.write(name, ran.out);
    }
    void one_more_event() const { REQUIRE(attuned({"enrol", "station", "--place", "office", "--json", "--state", state()}).code == 0); }

    Folder folder;
};

}  // namespace

TEST_CASE("the log is held against a checkpoint that was kept") {
    const Site site;
    const std::string early = site.keep("early.txt", "checkpoint");
    site.one_more_event();
    const std::string late = site.keep("late.txt", "checkpoint");
    for (const std::string& each : {early, late}) {
        const Ran ran = site.log({"verify", "--checkpoint", each});
        INFO(ran.out << ran.err);
        CHECK(ran.code == 0);
        CHECK(has(ran.out, "are those of the checkpoint."));
    }
    CHECK(has(site.log({"verify", "--json", "--checkpoint", late}).out, "{\"ok\":true,"));
}

TEST_CASE("an older copy of the log is found out by a checkpoint, and by nothing else") {
    const Site site;
    std::filesystem::copy(site.state(), site.folder / "copy", std::filesystem::copy_options::recursive);
    site.one_more_event();
    const std::string kept = site.keep("kept.txt", "checkpoint");
    for (const char* file : {"journal.db", "journal.db-wal", "journal.db-shm"}) {
        std::filesystem::remove(site.folder / "state" / file);
        if (std::filesystem::exists(site.folder / "copy" / file)) std::filesystem::copy(site.folder / "copy" / file, site.folder / "state" / file);
    }
    CHECK(site.log({"verify"}).code == 0);
    const Ran ran = site.log({"verify", "--checkpoint", kept});
    INFO(ran.out << ran.err);
    CHECK(ran.code == 1);
    CHECK(has(ran.out, "is missing, and all after it: there is a checkpoint of"));
    CHECK(has(site.log({"verify", "--json", "--checkpoint", kept}).out, "{\"ok\":false,"));
}

TEST_CASE("a checkpoint of another log is refused, and of this log by its public key read anywhere") {
    const Site site, other;
    const std::string kept = site.keep("kept.txt", "checkpoint");
    Ran ran = other.log({"verify", "--checkpoint", kept});
    CHECK(ran.code == 1);
    CHECK(has(ran.err, "kept.txt: It is not signed by attune/"));
    ran = site.log({"key"});
    REQUIRE(ran.code == 0);
    CHECK(ran.out.starts_with("attune/"));
    const std::string key = ran.out.substr(0, ran.out.find('\n'));
    CHECK(site.log({"verify", "--checkpoint", kept, "--key", key}).code == 0);
    // Two schools that were made alike and are not the same.
    ran = other.log({"verify", "--checkpoint", kept, "--key", key});
    INFO(ran.out << ran.err);
    CHECK(ran.code == 1);
    CHECK(has(ran.out, "are not those of the checkpoint"));
    ran = site.log({"verify", "--checkpoint", kept, "--key", "no key"});
    CHECK(ran.code == 1);
    CHECK(has(ran.err, "attuned log key prints"));
}

TEST_CASE("the key that signs is this user's alone, stays, and is never replaced") {
    const Site site;
    const std::string first = site.log({"key"}).out;
    const auto file = site.folder / "state/log.key";
    struct stat about{};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    CHECK(site.log({"key"}).out == first);
    REQUIRE(::chmod(file.c_str(), 0644) == 0);
    Ran ran = site.log({"checkpoint"});
    CHECK(ran.code == 1);
    CHECK(has(ran.err, "Make it 0600"));
    REQUIRE(::chmod(file.c_str(), 0600) == 0);
    CHECK(site.log({"key"}).out == first);
    std::ofstream(file, std::ios::trunc) << "short";
    CHECK(site.log({"checkpoint"}).code == 1);
    CHECK(text_of(file) == "short");
}

TEST_CASE("a log that is not in order is not signed") {
    const Site site;
    const auto file = site.folder / "state/journal.db";
    std::string bytes = text_of(file);
    const auto at = bytes.find("Sam Wren");
    REQUIRE(at != std::string::npos);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes.replace(at, 8, "Sam Grim");
    const Ran ran = site.log({"checkpoint"});
    CHECK(ran.code == 1);
    CHECK(ran.out.empty());
    CHECK(has(ran.err, "event "));
}
