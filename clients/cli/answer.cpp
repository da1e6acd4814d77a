// attune accept, decline, on-way, arrive … close: what the adult who was asked says of a call.
#include <algorithm>

#include <fmt/format.h>

#include "clients/cli/call_json.hpp"
#include "clients/cli/commands.hpp"

namespace attune::cli {

namespace {

using protocol::CallRung;
using protocol::CallView;
using protocol::Relation;

bool is_asked(const CallView& call) {
    return call.relation == Relation::offered || call.relation == Relation::declined;
}
bool is_owned(const CallView& call) {
    return call.relation == Relation::owner;
}
bool is_going(const CallView& call) {
    return call.relation == Relation::owner || call.relation == Relation::helper;
}
bool may_arrive(const CallView& call) {
    const bool coming = call.rung == CallRung::coming;
    return coming && (is_going(call) || call.relation == Relation::raiser);
}

void say_card(const Device& device, std::uint64_t number, const char* what) {
    const auto* call = device.card(number);
    if (!call) {
        device.out().object(what, fmt::format("\"call\":{}", number));
        return device.out().say("Done.");
    }
    device.out().object(what, card_fields(*call));
    const std::string hint = call->route_hint ? " (" + harmless(*call->route_hint) + ")" : "";
    device.out().say(fmt::format("{}{}: {}.", call_title(*call), hint, card_line(*call)), Colour::green);
}

void say_helps(const Device& device, std::uint64_t number) {
    const auto* call = device.card(number);
    if (!call || !call->helps) return;
    device.out().say("What helps " + harmless(call->helps->initials) + ":", Colour::bold);
    std::size_t line = 0;
    for (const auto& text : call->helps->lines)
        device.out().say(fmt::format("  {}. {}", ++line, harmless(text)));
    if (call->helps->about) device.out().say("  " + harmless(*call->helps->about));
}

/// Connects, finds the call, sends what `make` makes of it, and says how the card is then.
template <class Make>
Exit about(const Common& common, CallNumber named, const std::function<bool(const CallView&)>& fits,
           const std::string& none, const char* command, const char* what, Make make) {
    Device device(common);
    device.live();
    const auto call = device.call_of(named, fits, none, command);
    device.ask(make(device, call));
    say_card(device, call.call, what);
    return Exit::done;
}

std::string person_of(const Device& device, const std::string& text) {
    for (const auto& one : device.held().staff)
        if (one.person == text || one.short_name == text || one.name == text) return one.person;
    return text;
}

std::string place_of(const Device& device, const std::string& text) {
    for (const auto& one : device.held().places)
        if (one.place == text || one.name == text) return one.place;
    return text;
}

}  // namespace

Exit accept(const Common& common, CallNumber named, bool on_the_way, const std::string& going) {
    Device device(common);
    device.live();
    const bool station = device.kind() == "station";
    if (device.kind() == "room") throw Failure(Exit::usage, "A room asks; a handset or a station accepts.");
    if (station && going.empty())
        throw Failure(Exit::usage, "A station says who goes: attune accept CALL --going PERSON.");
    if (!station && !going.empty())
        throw Failure(Exit::usage, "Only a station sends somebody else. Leave --going out.");
    const auto fits = [station](const CallView& call) { return station ? !call.owner : is_asked(call); };
    const auto call = device.call_of(
        named, fits, station ? "No open call waits for somebody to go." : "No open call asks you to come.", "accept");
    protocol::AcceptCall command{call.call, on_the_way, {}};
    if (station) command.going = person_of(device, going);
    device.ask(command);
    say_card(device, call.call, "accepted");
    say_helps(device, call.call);
    return Exit::done;
}

Exit decline(const Common& common, CallNumber named) {
    Device device(common);
    device.live();
    const auto fits = [](const CallView& call) { return call.relation == Relation::offered || is_owned(call); };
    const auto call = device.call_of(named, fits, "No open call asks you to come.", "decline");
    device.ask(protocol::DeclineCall{call.call});
    device.out().object("declined", fmt::format("\"call\":{}", call.call));
    device.out().say("You said you can’t. That’s fine: others are asked.");
    return Exit::done;
}

Exit on_way(const Common& common, CallNumber named) {
    return about(common, named, is_owned, "You are going to no call.", "on-way", "on_way",
                 [](Device&, const CallView& call) { return protocol::ReportOnWay{call.call}; });
}

Exit arrive(const Common& common, CallNumber named) {
    return about(common, named, may_arrive, "No open call has somebody on the way to it.", "arrive", "arrived",
                 [](Device&, const CallView& call) { return protocol::ArriveCall{call.call}; });
}

Exit look_in(const Common& common, CallNumber named) {
    Device device(common);
    device.live();
    const auto call = device.call_of(
        named, [](const CallView& one) { return one.withdraw_asked; }, "No room has said never mind.", "look-in");
    device.ask(protocol::LookIn{call.call});
    device.out().object("looked_in", fmt::format("\"call\":{}", call.call));
    device.out().say("Withdrawn: you looked in, and all is well.", Colour::green);
    return Exit::done;
}

Exit still_there(const Common& common, CallNumber named) {
    return about(common, named, is_going, "You are with nobody.", "still-there", "still_there",
                 [](Device&, const CallView& call) { return protocol::ConfirmSupport{call.call}; });
}

Exit another_adult(const Common& common, CallNumber named) {
    return about(common, named, is_going, "You are going to no call.", "another-adult", "helper_asked",
                 [](Device&, const CallView& call) { return protocol::AskHelper{call.call}; });
}

Exit settle(const Common& common, CallNumber named) {
    return about(common, named, is_owned, "You have no call.", "settle", "settled",
                 [](Device&, const CallView& call) { return protocol::SettleCall{call.call}; });
}

Exit move(const Common& common, CallNumber named, const std::string& place) {
    return about(
        common, named, is_owned, "You have no call.", "move", "moved",
        [&](Device& device, const CallView& call) { return protocol::MoveCall{call.call, place_of(device, place)}; });
}

Exit hand_over(const Common& common, CallNumber named, const std::string& person) {
    return about(
        common, named, [](const CallView&) { return true; }, "There is no open call.", "hand-over", "handed_over",
        [&](Device& device, const CallView& call) {
            return protocol::HandOverCall{call.call, person_of(device, person)};
        });
}

Exit close(const Common& common, const CloseOptions& options) {
    Device device(common);
    device.live();
    const auto call = device.call_of(options.call, is_owned, "You have no call.", "close");
    if (!call.outcome && !options.settled && options.moved_to.empty() && call.rung == CallRung::here)
        throw Failure(Exit::usage, "Say first how it went: --settled, --moved PLACE, or attune hand-over PERSON.");
    protocol::CloseCall command{call.call, {}, {}};
    const std::size_t lines = call.helps ? call.helps->lines.size() : 0;
    for (const auto line : options.helped) {
        if (line < 1 || line > lines)
            throw Failure(Exit::usage, lines ? fmt::format("What helps has lines 1 to {}.", lines)
                                             : "This call shows no lines of what helps. Leave --helped out.");
        command.helped.push_back(line - 1);
    }
    for (std::size_t need = 0; need < protocol::need_names.size(); ++need)
        if (std::ranges::count(options.needs, protocol::need_names[need]))
            command.needs.push_back(static_cast<protocol::Need>(need));
    if (options.settled) device.ask(protocol::SettleCall{call.call});
    if (!options.moved_to.empty()) device.ask(protocol::MoveCall{call.call, place_of(device, options.moved_to)});
    device.ask(command);
    device.out().object("closed", fmt::format("\"call\":{}", call.call));
    device.out().say("Closed. Thank you.", Colour::green);
    return Exit::done;
}

}  // namespace attune::cli
