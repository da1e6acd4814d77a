// attune sign-in, sign-out, lock, duty and availability: who has this handset, and whether they may be asked. A PIN
// comes from the terminal without echo, or from a descriptor; never from the command line, where others could read it.
#include <sodium.h>

#include <fmt/format.h>

#include "clients/cli/commands.hpp"
#include "clients/cli/json.hpp"
#include "clients/cli/words.hpp"

namespace attune::cli {

namespace {

constexpr const char* pin_by_descriptor = "Give the PIN by a descriptor: attune sign-in --pin-fd 3 3< FILE.";

/// Gone from memory when it goes out of scope.
struct Pin {
    std::string digits;
    ~Pin() { sodium_memzero(digits.data(), digits.size()); }
};

void wants_handset(const Device& device) {
    if (device.kind() != "handset")
        throw Failure(Exit::usage, fmt::format("This is a {}: nobody signs in on it. A handset is for that: on the hub, attune devices enrol handset "
                                               "--person PERSON.",
                                               kind_name(device.kind())));
}

const protocol::PersonRef& who_signs_in(const Device& device, const std::string& named) {
    const auto& held = device.held();
    const std::string wanted = !named.empty() ? named : held.welcome->for_person.value_or("");
    if (wanted.empty()) throw Failure(Exit::usage, "Say who you are: attune sign-in PERSON.");
    for (const auto& one : held.staff)
        if (one.person == wanted || one.short_name == wanted || one.name == wanted) return one;
    throw Failure(Exit::usage,
                  fmt::format("Nobody here is called “{}”. attune people lists who may sign in.", harmless(wanted)));
}

std::string choose_pin(int descriptor) {
    if (descriptor >= 0) return first_line_of(descriptor);
    std::string pin = ask_secret("Choose a PIN, 4 to 12 digits: ", pin_by_descriptor);
    if (ask_secret("The same PIN once more: ", pin_by_descriptor) != pin)
        throw Failure(Exit::usage, "Those were not the same. Choose it again.");
    return pin;
}

}  // namespace

Exit sign_in(const Common& common, const SignInOptions& options) {
    Device device(common);
    device.live();
    wants_handset(device);
    const auto person = who_signs_in(device, options.person);
    const auto& welcome = *device.held().welcome;
    const bool choose = !person.pin_set && welcome.may_set_pin && welcome.for_person == person.person;
    if (!person.pin_set && !choose)
        throw Failure(Exit::refused,
                      "You have no PIN yet. Ask for a link made for you (attune devices enrol handset "
                      "--person), and choose one on the device that you enrol with it.");
    Pin pin{choose                ? choose_pin(options.pin_fd)
            : options.pin_fd >= 0 ? first_line_of(options.pin_fd)
                                  : ask_secret("Your PIN: ", pin_by_descriptor)};
    if (choose)
        device.ask(protocol::SetPin{person.person, pin.digits, client::random_bytes16()});
    else
        device.ask(protocol::SignIn{person.person, pin.digits, client::random_bytes16()});
    device.out().object("signed_in", fmt::format("\"person\":{}", json_text(person.person)));
    device.out().say(fmt::format("Hello {}.", harmless(person.short_name)), Colour::green);
    if (!welcome.proven)
        device.out().say("attune watch --bell makes this handset ring, and attune duty starts a duty.", Colour::dim);
    return Exit::done;
}

Exit sign_out(const Common& common) {
    Device device(common);
    device.live();
    wants_handset(device);
    device.ask(protocol::SignOut{});
    device.out().object("signed_out", "");
    device.out().say("Signed out. A call that you had is offered to others.");
    return Exit::done;
}

Exit lock(const Common& common) {
    Device device(common);
    device.live();
    wants_handset(device);
    device.ask(protocol::Lock{});
    device.out().object("locked", "");
    device.out().say("Locked. Calls still ring; what helps is hidden. attune sign-in unlocks.");
    return Exit::done;
}

Exit start_duty(const Common& common, const std::string& heard) {
    Device device(common);
    device.live();
    wants_handset(device);
    std::string said = heard;
    if (said.empty()) {
        device.out().say("\aThis is the tone.");
        said = ask_line("Did you hear it? (yes or no) ", "Say whether you heard the tone: attune duty --heard yes, or --heard no.");
    }
    const bool yes = said == "yes" || said == "y";
    device.ask(protocol::ProveHandset{yes, false});
    device.out().object("duty", fmt::format("\"heard\":{}", yes));
    device.out().say(yes ? "You are on duty. Keep attune watch running: without it, calls go to others first."
                         : "Turn the volume up, then attune duty again. Until you hear it, calls go to others first.",
                     yes ? Colour::green : Colour::yellow);
    return Exit::done;
}

Exit set_availability(const Common& common, const std::string& state, std::uint64_t minutes) {
    Device device(common);
    device.live();
    wants_handset(device);
    protocol::SetAvailability command;
    command.state = state == "free"         ? protocol::AvailabilityState::free
                    : state == "with-child" ? protocol::AvailabilityState::with_child
                                            : protocol::AvailabilityState::on_break;
    if (command.state == protocol::AvailabilityState::on_break)
        command.until = device.held().hub_now + static_cast<std::int64_t>(minutes) * 60'000;
    device.ask(command);
    const std::string until = command.until ? " until " + clock_text(*command.until) : "";
    device.out().object("availability", fmt::format("\"state\":\"{}\"", to_string(command.state)));
    device.out().say(fmt::format("{}{}.", state_name(command.state), until), Colour::green);
    return Exit::done;
}

}  // namespace attune::cli
