// The real attuned at its command line.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/folder.hpp"
#include "tests/support/process.hpp"

namespace attune::test {

/// attuned as a child process.
class Program : public Process {
  public:
    explicit Program(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {},
                     const std::function<void()>& before = {});

    /// Reads its standard error until the text comes; false at its end or after the time.
    bool says(const std::string& text, std::chrono::milliseconds limit = std::chrono::seconds(10));
    int wait(std::chrono::milliseconds limit = std::chrono::seconds(15)) { return Process::wait(limit); }
};

/// Runs a command to its end.
Ran attuned(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {},
            const std::function<void()>& before = {});
/// The same as another user; only root can.
Ran attuned_as(uid_t user, const std::vector<std::string>& arguments);

/// A TCP connection to the hub, of which reads wait ten seconds at most; -1 when there is none.
int dial(const std::string& port);

/// What the hub answers to GET, with the status line; empty when it does not within ten seconds.
std::string get(const std::string& port, const std::string& path);

/// `word` by itself: four digits in the middle of a port or of a hash are not somebody's PIN.
bool says_word(const std::string& text, const std::string& word);

}  // namespace attune::test
