// The sentences.
#include "clients/cli/words.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/format.h>

#include "clients/cli/terminal.hpp"

namespace attune::cli {

namespace {

using protocol::CallRung;

std::string owner_of(const protocol::CallView& call) {
    return harmless(call.owner.value_or(""));
}

std::vector<std::string> harmless_all(const std::vector<std::string>& texts) {
    std::vector<std::string> out;
    for (const auto& text : texts)
        out.push_back(harmless(text));
    return out;
}

std::string settled_line(const protocol::CallView& call) {
    if (call.outcome == protocol::Outcome::moved) return "Together in " + harmless(call.moved_to.value_or(""));
    if (call.outcome == protocol::Outcome::handed_over)
        return call.owner ? owner_of(call) + " has it from here" : "In good hands";
    return "Settled";
}

std::string coming_line(const protocol::CallView& call) {
    const std::string owner = owner_of(call);
    if (call.owner_late) return owner + " is running late · asking others";
    if (!call.helpers.empty()) return owner + " is coming, " + names(harmless_all(call.helpers)) + " too";
    return owner + " is coming";
}

std::string rung_line(const protocol::CallView& call) {
    switch (call.rung) {
        case CallRung::received:
            return call.recorded ? "Received" : "Going out to handsets";
        case CallRung::ringing:
            return fmt::format("{} {}", call.recorded ? "Received · ringing" : "Ringing", call.ringing);
        case CallRung::not_delivered:
            return "No handset can be reached yet";
        case CallRung::coming:
            return coming_line(call);
        case CallRung::here:
            return call.owner ? owner_of(call) + " is here" : "Someone is here";
        case CallRung::settled:
            return settled_line(call);
        case CallRung::closed:
            return "Closed. Thank you for asking.";
        case CallRung::withdrawn:
            return "All well. Thank you for saying so.";
    }
    return "";
}

std::string own_line(const protocol::CallView& call) {
    if (call.rung == CallRung::here) return "You are with them";
    if (call.rung == CallRung::settled) return settled_line(call) + ". attune close ends the call";
    if (call.owner_late) return "The room is still waiting. Others are asked too";
    return call.on_way ? "You are on your way" : "You are going";
}

std::string offered_line(const protocol::CallView& call) {
    if (call.owner && call.helper_wanted) return owner_of(call) + " goes, and another adult is asked for: you";
    if (call.owner_late) return owner_of(call) + " is running late. You are asked to come";
    if (call.owner) return owner_of(call) + " is going";
    return "You are asked to come";
}

std::string marks(const protocol::CallView& call) {
    std::string out;
    if (call.withdraw_asked) out += " · the room says never mind, someone looks in";
    if (call.helper_wanted && call.relation != protocol::Relation::offered) out += " · another adult is asked for";
    if (call.support_check_due && call.relation == protocol::Relation::owner)
        out += " · still with them? attune still-there says so";
    for (const auto note : call.notes)
        out += fmt::format(" · {}", note_name(note));
    if (!call.recorded) out += " · not recorded yet";
    return out;
}

}  // namespace

std::string_view level_name(std::uint64_t level) {
    return level >= 3 ? "Everyone available" : level == 2 ? "Support now" : "Support please";
}

std::uint64_t level_of(std::string_view word) {
    return word == "please" || word == "1" ? 1 : word == "now" || word == "2" ? 2 : 3;
}

std::string duration(std::chrono::milliseconds time) {
    const auto s = std::max<std::int64_t>(0, time.count() / 1'000);
    if (s < 60) return fmt::format("{} s", s);
    if (s < 600) return s % 60 ? fmt::format("{} min {} s", s / 60, s % 60) : fmt::format("{} min", s / 60);
    if (s < 3'600) return fmt::format("{} min", s / 60);
    const auto min = s / 60 % 60;
    return min ? fmt::format("{} h {} min", s / 3'600, min) : fmt::format("{} h", s / 3'600);
}

std::string clock_text(std::chrono::system_clock::time_point at, bool seconds) {
    const std::time_t time = std::chrono::system_clock::to_time_t(at);
    std::tm local{};
    if (!::localtime_r(&time, &local)) return "--:--";
    std::array<char, 16> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), seconds ? "%H:%M:%S" : "%H:%M", &local);
    return {text.data(), length};
}

std::string clock_text(std::int64_t wall_ms, bool seconds) {
    return clock_text(std::chrono::system_clock::time_point(std::chrono::milliseconds(wall_ms)), seconds);
}

std::string names(const std::vector<std::string>& list, std::size_t most) {
    std::string out;
    const std::size_t shown = std::min(most, list.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const bool last = i + 1 == list.size();
        out += (i == 0 ? "" : last ? " and " : ", ") + list[i];
    }
    return list.size() > shown ? fmt::format("{} and {} more", out, list.size() - shown) : out;
}

std::string raiser_line(const protocol::CallView& call) {
    return (call.drill ? "Drill · " : "") + rung_line(call) + marks(call);
}

std::string card_line(const protocol::CallView& call) {
    switch (call.relation) {
        case protocol::Relation::raiser:
            return rung_line(call) + marks(call);
        case protocol::Relation::offered:
            return offered_line(call) + marks(call);
        case protocol::Relation::declined:
            return "You said you can’t. That’s fine: others are asked" + marks(call);
        case protocol::Relation::owner:
            return own_line(call) + marks(call);
        case protocol::Relation::helper:
            return (call.rung == CallRung::coming ? owner_of(call) + " goes, and you too"
                                                  : owner_of(call) + " has it, and you help") +
                   marks(call);
        case protocol::Relation::overseer:
            return (call.owner ? owner_of(call) + (call.rung == CallRung::coming ? " goes" : " has it") : std::string("Nobody goes yet")) + marks(call);
        case protocol::Relation::station:
            break;
    }
    const bool waits = call.station_called && !call.owner;
    return (waits ? "Nobody has taken this call · " : "") + rung_line(call) + marks(call);
}

std::string gone_line(const protocol::CallGone& gone, bool raiser) {
    using protocol::CallEvent;
    if (gone.event == CallEvent::closed) return raiser ? "Closed. Thank you for asking." : "Closed. Thank you.";
    if (gone.event == CallEvent::withdrawn)
        return raiser ? "All well. Thank you for saying so." : "Withdrawn by the room. All is well.";
    if (gone.event == CallEvent::drill_over) return "The drill is over. Thank you.";
    if (gone.event == CallEvent::gave_way) return "The drill has ended: people are needed elsewhere.";
    if (gone.owner) return harmless(*gone.owner) + " has it. Thank you.";
    return "This call no longer needs you.";
}

std::string call_title(const protocol::CallView& call) {
    return fmt::format("{}{}, {}", call.drill ? "Drill. " : "", harmless(call.place_name), level_name(call.level));
}

std::string_view note_name(protocol::CallNote note) {
    switch (note) {
        case protocol::CallNote::medical:
            return "Medical";
        case protocol::CallNote::two_adults:
            return "Two adults please";
        case protocol::CallNote::has_left_room:
            return "Has left the room";
    }
    return "A note";
}

std::string_view state_name(protocol::AvailabilityState state) {
    constexpr std::array<std::string_view, 6> texts{"Signed out", "Free",       "With a child",
                                                    "On a break", "Recovering", "Unreachable"};
    return texts.at(static_cast<std::size_t>(state));
}

std::string health_text(const protocol::DeviceView& device) {
    using protocol::Fault;
    constexpr std::array<std::string_view, 5> healths{"Not opened yet", "Answers", "Could not ring", "Silent",
                                                      "Retired"};
    constexpr std::array<std::string_view, 6> faults{"page not in front", "sound is off", "may fall asleep",
                                                     "battery low", "duty not started",
                                                     "its button is unplugged"};
    const bool rings = std::ranges::all_of(
        device.faults, [](Fault one) { return one == Fault::battery_low || one == Fault::screen_may_sleep; });
    const bool degraded = device.health == protocol::DeviceHealth::degraded;
    std::string out(degraded && rings ? "Keep an eye on it" : healths.at(static_cast<std::size_t>(device.health)));
    if (degraded && std::ranges::count(device.faults, Fault::no_button) > 0) out = "Cannot be pressed";
    for (const auto fault : device.faults)
        out += fmt::format("{}{}", out.find(':') == std::string::npos ? ": " : ", ",
                           faults.at(static_cast<std::size_t>(fault)));
    return out;
}

std::string_view kind_name(std::string_view kind) {
    return kind == "room" ? "room" : kind == "handset" ? "handset" : kind == "station" ? "station" : "device";
}

namespace {

struct NextStep {
    std::string_view error, step;
};

template <std::size_t Size>
std::string followed(const std::array<NextStep, Size>& steps, std::string_view error, const std::string& sentence) {
    const auto found = std::ranges::find(steps, error, &NextStep::error);
    return found == steps.end() ? sentence : fmt::format("{} {}", sentence, found->step);
}

}  // namespace

std::string with_next_step(std::string_view error, const std::string& sentence) {
    constexpr std::string_view look = "attune status shows what is so.";
    constexpr std::array<NextStep, 14> steps{{{"NoSuchCall", "attune status lists those that are open."},
                                              {"AlreadyOwned", look},
                                              {"NotOffered", look},
                                              {"NotOwner", look},
                                              {"NotAtTheDoor", "attune arrive says that somebody has."},
                                              {"NotSettledYet", "attune close --settled says it in one go."},
                                              {"WrongMoment", look},
                                              {"ChildAlreadyChosen", look},
                                              {"NotWithdrawing", look},
                                              {"NoSuchPlace", "attune places lists them."},
                                              {"NoSuchPerson", "attune people lists them."},
                                              {"NoSuchChild", "attune children lists those who are."},
                                              {"WrongPin", "Try once more; a duty lead can have a new link made."},
                                              {"JournalUnavailable", "Try again once attune status says that the hub is well."}}};
    return followed(steps, error, sentence);
}

std::string with_next_step_on_hub(std::string_view error, const std::string& sentence) {
    constexpr std::array<NextStep, 4> steps{{{"NoSuchDevice", "attune devices list shows them."},
                                             {"NoSuchPlace", "Places go by the ids of places.csv."},
                                             {"NoSuchPerson", "People go by the ids of staff.csv."},
                                             {"JournalUnavailable", "attuned status says what is wrong with it."}}};
    return followed(steps, error, sentence);
}

std::string lost_line(const client::Connection& connection, const std::string& address) {
    std::string out = connection.heard_wall ? "Cannot reach the hub since " + clock_text(*connection.heard_wall) + "."
                                            : "Cannot reach the hub.";
    if (connection.failed == client::WireEnd::unreachable && !address.empty()) out += " Nothing answers at " + harmless(address) + ".";
    if (connection.failed == client::WireEnd::not_this_hub)
        out += " What answers at " + harmless(address) + " does not prove to be this device’s hub.";
    if (connection.failed == client::WireEnd::key_refused)
        out += " It refuses this device’s key: ask for a new link, then attune enrol --replace.";
    return out;
}

std::string waiting_line(const protocol::Waiting& waiting) {
    std::string out = fmt::format(
        "{} waits until {} for a second person: somebody other than the one who made the link approves it on the hub’s "
        "page for leaders. Until then it can do nothing.",
        harmless(waiting.label), clock_text(static_cast<std::int64_t>(waiting.until), false));
    if (!waiting.help.empty()) out += " How else to get help: " + harmless(waiting.help);
    return out;
}

std::string help_line(const std::optional<client::Identity>& identity) {
    if (!identity) return "";
    std::string out = harmless(identity->help);
    if (identity->extension && out.find(*identity->extension) == std::string::npos)
        out = "Ring " + harmless(*identity->extension) + (out.empty() ? "." : ". " + out);
    return out;
}

}  // namespace attune::cli
