// Starting, killing and asking the real programs. The native door needs a port that is the same after a kill: one below
// those that the system gives away by itself.
#include "tests/clients/site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <random>

namespace attune::test {

namespace {

constexpr const char* pin = "582139";

std::string some_port() {
    static std::mt19937 chance{std::random_device{}()};
    return std::to_string(std::uniform_int_distribution<int>(20'000, 32'000)(chance));
}

}  // namespace

Site::Site() {
    config_ = (folder_ / "attuned.toml").string();
    REQUIRE(attuned({"import", "deploy/example-school", "--apply"}).code == 0);
    for (int tries = 0; tries < 5 && !hub_; ++tries) {
        std::ofstream(config_, std::ios::trunc) << "[zeromq]\nlisten = \"127.0.0.1:" << some_port() << "\"\n";
        start();
    }
    REQUIRE(hub_);
}

void Site::start() {
    hub_ = std::make_unique<Process>(
        ATTUNED_PROGRAM,
        std::vector<std::string>{"run", "--listen", "127.0.0.1:0", "--config", config_, "--state", state().string()});
    if (!hub_->says("event=ready")) hub_.reset();
}

void Site::kill() {
    hub_->signal(SIGKILL);
    hub_->wait();
}

Ran Site::attuned(const std::vector<std::string>& arguments) const {
    auto words = arguments;
    words.insert(words.end(), {"--state", state().string()});
    if (std::filesystem::exists(config_)) words.insert(words.end(), {"--config", config_});
    return to_its_end(Process(ATTUNED_PROGRAM, words), std::chrono::seconds(40));
}

std::unique_ptr<Process> Site::follow(const std::string& profile, const std::vector<std::string>& arguments,
                                      std::vector<std::string> environment) const {
    environment.push_back("XDG_STATE_HOME=" + (folder_ / "state").string());
    std::vector<std::string> words{"--profile", profile};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return std::make_unique<Process>(ATTUNE_PROGRAM, words, environment);
}

Ran Site::attune(const std::string& profile, const std::vector<std::string>& arguments,
                 const std::string& on_descriptor_3) const {
    std::vector<std::string> words{"--profile", profile};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return to_its_end(Process(ATTUNE_PROGRAM, words, {"XDG_STATE_HOME=" + (folder_ / "state").string()}, on_descriptor_3),
                      std::chrono::seconds(40));
}

std::string Site::link(const std::vector<std::string>& what) const {
    std::vector<std::string> words{"enrol"};
    words.insert(words.end(), what.begin(), what.end());
    words.insert(words.end(), {"--native", "--json"});
    const Ran ran = attuned(words);
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    return field_of(ran.out, "url");
}

void Site::enrol(const std::string& profile, const std::vector<std::string>& what) const {
    const Ran ran = attune(profile, {"enrol", link(what)});
    INFO(ran.err);
    REQUIRE(ran.code == 0);
}

std::unique_ptr<Process> Site::on_duty(const std::string& profile, const std::string& person) const {
    enrol(profile, {"handset", "--person", person});
    auto watch = follow(profile, {"watch", "--ring", "true"});
    REQUIRE(watch->says("Connected"));
    REQUIRE(attune(profile, {"sign-in", "--pin-fd", "3"}, pin).code == 0);
    REQUIRE(attune(profile, {"duty", "--heard", "yes"}).code == 0);
    return watch;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

std::string field_of(const std::string& json_lines, const std::string& field) {
    const std::string key = "\"" + field + "\":";
    const auto at = json_lines.rfind(key);
    if (at == std::string::npos) return "";
    const auto from = at + key.size();
    if (json_lines.at(from) != '"') return json_lines.substr(from, json_lines.find_first_of(",}\n", from) - from);
    return json_lines.substr(from + 1, json_lines.find('"', from + 1) - from - 1);
}

}  // namespace attune::test
