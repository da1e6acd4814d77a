// Children's cards from the terminal: printed once, only where it was asked for, and of the secret nothing stays behind.
#include <sys/stat.h>

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "tests/daemon/program.hpp"

using namespace attune::test;

TEST_CASE("cards are printed once for each child who has none, and a new one for whom it is asked") {
    const Folder folder;
    const std::string state = (folder / "state").string();
    REQUIRE(attuned({"import", "deploy/example-school", "--apply", "--state", state}).code == 0);
    const Ran first = attuned({"cards", "print", "--state", state});
    CHECK(first.code == 0);
    CHECK(std::ranges::count(first.out, '\n') == 60);
    CHECK(has(first.out, "WF-1012"));
    CHECK(has(attuned({"cards", "print", "--state", state}).out, "Every child has a card"));
    const Ran again = attuned({"cards", "print", "WF-1012", "--state", state});
    CHECK(std::ranges::count(again.out, '\n') == 1);
    CHECK(attuned({"cards", "print", "nobody", "--state", state}).code == 1);
    std::string secret = again.out.substr(again.out.find("WF-1012") + 7);
    std::erase_if(secret, [](char c) { return c == ' ' || c == '\n'; });
    REQUIRE(secret.size() == 20);
    CHECK_FALSE(has(attuned({"log", "export", "--with-children", "--state", state}).out, secret));
}

TEST_CASE("the sheet is a new file of the owner's alone") {
    const Folder folder;
    const std::string state = (folder / "state").string(), sheet = (folder / "cards.html").string();
    REQUIRE(attuned({"import", "deploy/example-school", "--apply", "--state", state}).code == 0);
    REQUIRE(attuned({"cards", "print", "WF-1012", "--html", sheet, "--state", state}).code == 0);
    struct stat about{};
    REQUIRE(::stat(sheet.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777U) == 0600);
    CHECK(has(text_of(sheet), "<svg"));
    CHECK(has(text_of(sheet), "JT"));
    CHECK(attuned({"cards", "print", "WF-1012", "--html", sheet, "--state", state}).code == 1);  // nothing is written over
}
