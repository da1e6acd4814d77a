// attune's exit codes, and the one exception of this folder: a sentence for the person at the terminal, with its code.
#pragma once

#include <stdexcept>
#include <string>

namespace attune::cli {

enum class Exit : int {
    done = 0,
    /// This machine's fault: a disk that is full, a file that cannot be written.
    failed = 1,
    usage = 2,
    /// The hub, or the rules of a call, say no. Nothing was changed.
    refused = 3,
    /// The hub did not answer in time. A press is kept and sent later.
    not_reached = 4,
    /// There is nothing that this could be about: no open call, no press.
    nothing_to_do = 5,
    /// This device is not enrolled, or no longer (the hub refuses its key), or the link is not valid.
    not_enrolled = 6,
    /// What answers does not prove to be the hub of the link.
    not_this_hub = 7,
    /// Enrolled, and a second person has not approved this device yet.
    waiting = 8,
};

/// what() says what is wrong and what to do next, in one or two sentences.
class Failure : public std::runtime_error {
  public:
    Failure(Exit code, const std::string& sentence) : std::runtime_error(sentence), code_(code) {}
    Exit code() const { return code_; }

  private:
    Exit code_;
};

}  // namespace attune::cli
