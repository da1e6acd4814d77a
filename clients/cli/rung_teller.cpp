// The lines, and when how else to get help is said.
#include "clients/cli/rung_teller.hpp"

#include <utility>

#include <fmt/format.h>

#include "clients/cli/call_json.hpp"

namespace attune::cli {

using protocol::CallRung;

int progress_of(CallRung rung) {
    switch (rung) {
        case CallRung::received:
        case CallRung::not_delivered:
            return 1;
        case CallRung::ringing:
            return 2;
        case CallRung::coming:
            return 3;
        case CallRung::here:
            return 4;
        case CallRung::settled:
            return 5;
        case CallRung::closed:
        case CallRung::withdrawn:
            break;
    }
    return 6;
}

void RungTeller::begin() {
    shown_.clear();
    helped_ = false;
}

void RungTeller::tell_call(const protocol::CallView& call, std::optional<milliseconds> waited) {
    const bool late = waited && *waited >= not_through;
    const bool nobody = call.rung == CallRung::not_delivered;
    const int progress = progress_of(call.rung);
    std::string line = raiser_line(call);
    if (waited) line += late ? " · the last press is not through yet, still trying" : " · sending…";
    if (is_new(line)) {
        device_.out().object("rung", card_fields(call));
        say(line, nobody ? Colour::red : late ? Colour::yellow : progress >= 3 ? Colour::green : Colour::plain);
    }
    const bool alone = device_.connection().lost && progress < 4;
    if (nobody || alone || (waited && *waited >= help_else)) tell_help();
    tell_connection();
}

void RungTeller::tell_waiting(milliseconds waited) {
    tell_connection();
    const bool late = waited >= not_through;
    const std::string line = late ? "Not through yet. Still trying" : "Sending…";
    if (is_new(line)) {
        device_.out().object("rung", fmt::format("\"rung\":\"{}\",\"line\":{}", late ? "not_through" : "sending",
                                                 json_text(line)));
        say(line, late ? Colour::yellow : Colour::plain);
    }
    if (waited >= help_else) tell_help();
}

void RungTeller::tell_gone(const protocol::CallGone& gone) {
    device_.out().object("gone", gone_fields(gone, true));
    say(gone_line(gone, true), Colour::green);
}

void RungTeller::tell_connection() {
    const bool lost = device_.connection().lost;
    if (std::exchange(lost_, lost) == lost) return;
    const auto& who = device_.identity();
    device_.out().object("connection", fmt::format("\"state\":\"{}\"", lost ? "lost" : "back"));
    say(lost ? lost_line(device_.connection(), who ? who->address : "") : "The hub is back.",
        lost ? Colour::yellow : Colour::plain);
}

void RungTeller::tell_help() {
    if (std::exchange(helped_, true)) return;
    const std::string how = help_line(device_.identity());
    device_.out().object("help", fmt::format("\"help\":{}", json_text(how)));
    if (!how.empty()) say("How else to get help: " + how, Colour::bold);
}

void RungTeller::say(const std::string& line, Colour colour) const {
    device_.out().say_at(clock_text(std::chrono::system_clock::now(), true), line, colour);
}

bool RungTeller::is_new(const std::string& line) {
    return std::exchange(shown_, line) != line;
}

}  // namespace attune::cli
