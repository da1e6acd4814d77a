// What each subcommand does. Each gives attune's exit code, and throws Failure with a sentence when it can't be done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/device.hpp"

namespace attune::cli {

// ---- this device ----
struct EnrolOptions {
    std::string link;  // empty: asked for; "-": from standard input
    bool replace = false;
};
Exit enrol(const Common& common, const EnrolOptions& options);
Exit show_status(const Common& common);
/// The people who may sign in or be sent, the places, or the children due in this room: what the other commands name.
Exit list_people(const Common& common);
Exit list_places(const Common& common);
Exit list_children(const Common& common);

// ---- asking for support ----
struct RaiseOptions {
    std::uint64_t level = 0;
    std::string place;  // a handset's
    bool drill = false;
    /// received, ringing, coming, here or closed: how far it is followed.
    std::string until = "coming";
};
Exit raise(const Common& common, const RaiseOptions& options);

struct WithdrawOptions {
    std::optional<std::uint64_t> call;
    bool confirm = false;
    bool keep = false;
};
Exit withdraw(const Common& common, const WithdrawOptions& options);
Exit add_note(const Common& common, std::optional<std::uint64_t> call, const std::string& note);
Exit choose_child(const Common& common, std::optional<std::uint64_t> call, const std::string& child);

struct ButtonOptions {
    std::string device;  // /dev/input/by-id/…; or
    std::string events;  // a pipe of the same records, or "-"
    /// KEY_ENTER and the like, each with the level at the same place.
    std::vector<std::string> keys, levels;
    std::string led;  // empty: none; "first", LED_NAME, or the file of a board's own
    bool name_keys = false;
};
Exit button(const Common& common, const ButtonOptions& options);

// ---- answering ----
using CallNumber = std::optional<std::uint64_t>;
Exit accept(const Common& common, CallNumber call, bool on_way, const std::string& going);
Exit decline(const Common& common, CallNumber call);
Exit on_way(const Common& common, CallNumber call);
Exit arrive(const Common& common, CallNumber call);
Exit look_in(const Common& common, CallNumber call);
Exit still_there(const Common& common, CallNumber call);
Exit another_adult(const Common& common, CallNumber call);
Exit settle(const Common& common, CallNumber call);
Exit move(const Common& common, CallNumber call, const std::string& place);
Exit hand_over(const Common& common, CallNumber call, const std::string& person);
struct CloseOptions {
    CallNumber call;
    bool settled = false;
    std::string moved_to;
    std::vector<std::uint64_t> helped;  // from 1, as they are printed
    std::vector<std::string> needs;
};
Exit close(const Common& common, const CloseOptions& options);

// ---- who has this handset ----
struct SignInOptions {
    std::string person;  // empty: whose handset it is
    int pin_fd = -1;     // -1: asked for at the terminal
};
Exit sign_in(const Common& common, const SignInOptions& options);
Exit sign_out(const Common& common);
Exit lock(const Common& common);
/// `heard` is yes, no, or empty: asked for at the terminal.
Exit start_duty(const Common& common, const std::string& heard);
Exit set_availability(const Common& common, const std::string& state, std::uint64_t minutes);

// ---- following ----
struct WatchOptions {
    bool bell = false;
    std::string ring;  // a command that makes the sound
};
Exit watch(const Common& common, const WatchOptions& options);

}  // namespace attune::cli
