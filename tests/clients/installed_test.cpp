// The client library as somebody else would have it: installed into a folder of its own, found by CMake from outside
// this tree, built, and run against a real hub.
#include <catch2/catch_test_macros.hpp>

#include "tests/clients/site.hpp"

using namespace attune::test;
using namespace std::chrono_literals;

namespace {

void run(const std::vector<std::string>& arguments) {
    Process cmake(ATTUNE_CMAKE, arguments);
    const int code = cmake.wait(100s);
    INFO(cmake.out + cmake.err);
    REQUIRE(code == 0);
}

}  // namespace

TEST_CASE("the example builds against an installed tree and raises a call on a real hub") {
    const Folder folder;
    const std::string prefix = (folder / "prefix").string(), build = (folder / "build").string();
    run({"--install", ATTUNE_BUILD, "--component", "client", "--prefix", prefix});
    run({"-G", "Ninja", "-S", "clients/examples", "-B", build, "-DCMAKE_PREFIX_PATH=" + prefix, "-DCMAKE_BUILD_TYPE=Debug",
         std::string("-DCMAKE_CXX_COMPILER=") + ATTUNE_COMPILER, std::string("-DCMAKE_CXX_FLAGS=") + ATTUNE_FLAGS});
    run({"--build", build});

    const Site site;
    site.enrol("room", {"room", "--place", "y4_curlew"});
    site.enrol("office", {"station", "--place", "office"});
    Process press((folder / "build/press").string(), {site.device_folder("room").string(), "2"});
    REQUIRE(press.says("received"));
    CHECK(site.attune("office", {"accept", "--going", "Rowan"}).code == 0);
    REQUIRE(press.says("coming Rowan"));
    CHECK(press.wait() == 0);
}
