// Tells whoever pressed how far their call is: each line once, when it is another than the last one. What is shown of a
// call is what the hub has proven; the rest is that the press is on its way, or not through yet. One thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "clients/cli/device.hpp"
#include "clients/cli/words.hpp"

namespace attune::cli {

/// How far a call is, as a number that only grows on the way to the door: 1 received, 3 coming, 4 here, 6 over.
int progress_of(protocol::CallRung rung);

class RungTeller {
  public:
    static constexpr milliseconds not_through{1'000}, help_else{5'000};

    explicit RungTeller(const Device& device) : device_(device) {}

    /// A press begins, or nothing is open any more: what was said is said anew.
    void begin();
    /// `waited`: how long a press has waited for its answer; nothing: none does.
    void tell_call(const protocol::CallView& call, std::optional<milliseconds> waited);
    /// There is no card yet.
    void tell_waiting(milliseconds waited);
    void tell_gone(const protocol::CallGone& gone);
    void tell_connection();
    void tell_help();
    void say(const std::string& line, Colour colour = Colour::plain) const;

  private:
    bool is_new(const std::string& line);
    const Device& device_;
    std::string shown_;
    bool helped_ = false, lost_ = false;
};

}  // namespace attune::cli
