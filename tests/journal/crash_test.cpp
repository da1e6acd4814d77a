// kill -9 in the middle of writing: what was acknowledged is there, no number is missing, no step is torn.
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <cstdlib>
#include <random>

#include "fixture.hpp"

using namespace attune;
using namespace attune::journal;
using namespace attune::journal::test;

namespace {

constexpr const char* directory_variable = "ATTUNE_TEST_JOURNAL_DIRECTORY";
constexpr std::uint64_t step_events = 3;

/// The program that is killed: this one, started anew with the hidden case below.
pid_t start_writer(const std::filesystem::path& directory, int acknowledgements) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::dup2(acknowledgements, STDOUT_FILENO);
    ::setenv(directory_variable, directory.c_str(), 1);
    ::execl("/proc/self/exe", "test_journal", "writes until it is killed", "--allow-running-no-tests", nullptr);
    ::_exit(127);
}

/// Reads 8-byte numbers until the pipe ends, and kills the child once `until_acknowledged` numbers have come.
std::uint64_t kill_after(pid_t child, int acknowledgements, std::uint64_t until_acknowledged) {
    std::uint64_t last = 0;
    std::uint64_t count = 0;
    std::uint64_t number = 0;
    bool killed = false;
    while (::read(acknowledgements, &number, sizeof number) == sizeof number) {
        last = number;
        if (!killed && ++count >= until_acknowledged) {
            ::kill(child, SIGKILL);
            killed = true;
        }
    }
    if (!killed) ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return last;
}

}  // namespace

TEST_CASE("writes until it is killed", "[.]") {
    const char* directory = std::getenv(directory_variable);
    REQUIRE(directory);
    Opened opened(directory);
    opened.engine.on_durable = [](std::uint64_t seq) {
        if (::write(STDOUT_FILENO, &seq, sizeof seq) != sizeof seq) std::_Exit(3);
    };
    opened.start();
    std::uint64_t seq = opened.state.last_seq;
    for (int turn = 0; turn < 1'000'000; ++turn) {
        std::vector<core::Event> step;
        for (std::uint64_t n = 0; n < step_events; ++n) step.push_back(plain_event(++seq));
        opened.journal.append(std::move(step));
        if (turn % 97 == 0) {
            opened.state.last_seq = seq;
            opened.journal.offer_snapshot(opened.state);
        }
        // Up to 100 steps in flight, so that transactions have many sizes.
        const std::uint64_t room = step_events * static_cast<std::uint64_t>(1 + turn % 100);
        if (seq > room) opened.engine.run_until_durable(seq - room);
    }
}

TEST_CASE("nothing that was acknowledged is lost in a kill -9, no number is missing, no step is torn") {
    Directory directory;
    std::minstd_rand random(7);
    std::uint64_t stored = 0;
    for (int round = 0; round < 8; ++round) {
        int ends[2];
        REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
        const pid_t child = start_writer(directory.state(), ends[1]);
        ::close(ends[1]);
        const std::uint64_t acknowledged = kill_after(child, ends[0], 1 + random() % 60);
        ::close(ends[0]);
        INFO("round " << round);
        REQUIRE(acknowledged > stored);

        Opened opened(directory.state());
        CHECK(opened.state.last_seq >= acknowledged);
        CHECK(opened.state.last_seq % step_events == 0);
        stored = opened.state.last_seq;
        opened.journal.stop();
        const VerifyReport report = verify(directory.file());
        INFO(report.sentence());
        REQUIRE(report.ok());
        REQUIRE(report.events == stored);
    }
}
