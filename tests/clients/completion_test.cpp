// attune's completion in the shells themselves: each loads what attune prints and is asked what may come next.
#include <algorithm>
#include <filesystem>

#include <catch2/catch_test_macros.hpp>

#include "tests/support/folder.hpp"
#include "tests/support/process.hpp"

using namespace attune::test;

namespace {

using Words = std::vector<std::string>;

/// Runs `script` in the shell, with attune in its path.
Words lines_of(const std::string& shell, const Words& arguments) {
    const Folder home;  // fish makes folders of its own there
    Words all{"HOME=" + home.path().string(), "TERM=dumb", shell};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const Ran ran = to_its_end(Process("/usr/bin/env", all), std::chrono::seconds(20));
    INFO(ran.err);
    CHECK(ran.code == 0);
    Words words;
    for (std::size_t at = 0; at < ran.out.size();) {
        const auto end = std::min(ran.out.find('\n', at), ran.out.size());
        if (end > at) words.push_back(ran.out.substr(at, end - at));
        at = end + 1;
    }
    std::ranges::sort(words);
    return words;
}

/// In the script itself: of two PATHs in the environment bash takes the other one.
const std::string with_path = "PATH=" + std::filesystem::path(ATTUNE_PROGRAM).parent_path().string() + ":/usr/bin:/bin; ";

std::string quoted(const Words& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "'" : " '") + word + "'";
    return out;
}

Words in_bash(const Words& line) {
    return lines_of("/bin/bash", {"--norc", "-c",
                                  with_path + "source <(attune completion bash); COMP_WORDS=(" + quoted(line) + "); COMP_CWORD=" +
                                      std::to_string(line.size() - 1) +
                                      "; complete -p attune >/dev/null || exit 9; _attune; printf '%s\\n' \"${COMPREPLY[@]}\""});
}

/// compadd takes words only while somebody types: this one prints them.
Words in_zsh(const Words& line) {
    return lines_of("/usr/bin/zsh", {"-f", "-c",
                                     with_path + "autoload -U compinit; compinit -D -u; source <(attune completion zsh); "
                                     "[[ $_comps[attune] == _attune ]] || exit 9; compadd() { shift 2; print -l -- \"$@\" }; _files() { :; }; "
                                     "words=(" + quoted(line) + "); CURRENT=" + std::to_string(line.size()) + "; _attune"});
}

Words in_fish(const Words& line) {
    std::string text;
    for (const auto& word : line) text += (text.empty() ? "" : " ") + word;
    return lines_of("/usr/bin/fish", {"--no-config", "-c", "set -x PATH " + std::filesystem::path(ATTUNE_PROGRAM).parent_path().string() + " /usr/bin /bin; attune completion fish | source; complete -C '" + text + "'"});
}

void check(Words (*next)(const Words&)) {
    CHECK(next({"attune", "raise", ""}) == Words{"everyone", "now", "please"});
    CHECK(next({"attune", "--profile", "hall", "raise", "ev"}) == Words{"everyone"});
    CHECK(next({"attune", "raise", "now", "--until", "s"}) == Words{"settled"});
    CHECK(next({"attune", "devices", "enrol", ""}) == Words{"calm", "handset", "room", "station"});
    CHECK(next({"attune", "devices", "r"}) == Words{"rename", "revoke"});
    CHECK(next({"attune", "duty", "--heard", ""}) == Words{"no", "yes"});
    CHECK(next({"attune", "completion", ""}) == Words{"bash", "fish", "zsh"});
    CHECK(next({"attune", "log", "v"}) == Words{"verify"});
    CHECK(next({"attune", "close", "--need", "too_"}).size() >= 1);
    CHECK(next({"attune", "availability", "on"}) == Words{"on-break"});
    CHECK(next({"attune", "duty", "--hea"}) == Words{"--heard"});
    CHECK(next({"attune", "with"}) == Words{"withdraw"});
}

}  // namespace

TEST_CASE("bash completes commands, options and the values of fixed sets") {
    check(in_bash);
    CHECK(in_bash({"attune", "raise", "now", "--until", "=", "rec"}) == Words{"received"});
    CHECK(in_bash({"attune", "raise", "now", "--place", ""}).empty());  // bash goes on with files
}

TEST_CASE("zsh completes commands, options and the values of fixed sets") {
    if (!std::filesystem::exists("/usr/bin/zsh")) SKIP("there is no zsh here");
    check(in_zsh);
    CHECK(in_zsh({"attune", "raise", "now", "--until=rec"}) == Words{"--until=received"});
}

TEST_CASE("fish completes commands, options and the values of fixed sets") {
    if (!std::filesystem::exists("/usr/bin/fish")) SKIP("there is no fish here");
    check(in_fish);
    CHECK(in_fish({"attune", "raise", "now", "--until=rec"}) == Words{"--until=received"});
}
