// attune status: who this device is, whether the hub can be reached, what is open, what waits.
#include <fmt/format.h>

#include "clients/cli/call_json.hpp"
#include "clients/cli/commands.hpp"

namespace attune::cli {

namespace {

void say_pending(const Device& device, const client::Pending& pending) {
    for (const auto& command : pending.commands()) {
        const auto* press = get_if<protocol::RaiseCall>(&command.message);
        if (!press || command.done_call) continue;
        device.out().object("pending", fmt::format("\"command\":\"RaiseCall\",\"level\":{},\"made_at\":{}",
                                                   press->level, command.made_at));
        device.out().say(fmt::format("Not through yet: {} of {}. It is kept, and is sent as soon as {}.",
                                     level_name(press->level), clock_text(command.made_at),
                                     device.connection().waiting ? "the device is let in" : "the hub can be reached"),
                         Colour::yellow);
    }
}

void say_device(const Device& device, const client::Identity& who) {
    device.out().object("device", fmt::format("\"device\":{},\"device_kind\":{},\"label\":{},\"site\":{},\"hub\":{}",
                                              json_text(who.device), json_text(who.kind), json_text(who.label),
                                              json_text(who.site), json_text(who.address)));
    device.out().say(fmt::format("{} ({}){}{}", harmless(who.label), kind_name(who.kind), who.site.empty() ? "" : ", ", harmless(who.site)),
                     Colour::bold);
}

void say_person(const Device& device) {
    const auto& held = device.held();
    if (device.kind() != "handset" || !held.welcome) return;
    const auto& welcome = *held.welcome;
    if (!welcome.person) return device.out().say("Nobody is signed in. attune sign-in says who has it.");
    const auto found = held.people.find(*welcome.person);
    device.out().object("person", fmt::format("\"person\":{},\"state\":{},\"unlocked\":{},\"on_duty\":{}", json_text(*welcome.person),
                                              found == held.people.end() ? "null" : json_text(protocol::to_string(found->second.state)),
                                              welcome.unlocked, welcome.proven));
    const std::string state = found == held.people.end() ? "" : fmt::format(": {}", state_name(found->second.state));
    device.out().say(fmt::format("{}{}{}{}", harmless(short_name(held, *welcome.person)), state,
                                 welcome.unlocked ? "" : ", locked", welcome.proven ? "" : ", duty not started"));
}

void say_quiet_devices(const Device& device) {
    for (const auto& [id, one] : device.held().devices) {
        using protocol::DeviceHealth;
        if (one.health != DeviceHealth::silent && one.health != DeviceHealth::degraded) continue;
        device.out().object("quiet", json_fields(one));
        device.out().say(fmt::format("{} since {}: {}", harmless(one.label), clock_text(one.since), health_text(one)),
                         Colour::yellow);
    }
}

}  // namespace

Exit show_status(const Common& common) {
    Device device(common);
    device.start();
    const bool live = device.answered_or_waits();
    const auto& connection = device.connection();
    const auto who = device.client().identity();
    if (who) say_device(device, *who);
    const bool failing = live && device.held().journal == protocol::JournalHealth::failing;
    device.out().object("connection",
                        fmt::format("\"state\":\"{}\",\"journal\":\"{}\",\"open_calls\":{}",
                                    live ? "live" : connection.waiting ? "waiting" : "not_reached", live ? failing ? "failing" : "ok" : "not_known",
                                    live ? fmt::format("{}", device.held().calls.size()) : "null"));
    if (!connection.storage_trouble.empty()) device.out().say(connection.storage_trouble, Colour::red);
    if (!live) {
        say_pending(device, device.client().pending());
        throw device.not_reached("");
    }
    device.out().say("Connected.", Colour::green);
    if (failing)
        device.out().say(
            "The hub cannot write to its disk. Calls still ring. They are not recorded until the disk is "
            "back.",
            Colour::red);
    if (connection.behind)
        device.out().say("The hub holds less than this device had seen. Tell the person who looks after it.",
                         Colour::red);
    say_person(device);
    for (const auto& call : by_urgency(device.held())) {
        device.out().object("call", card_fields(call));
        device.out().say(
            fmt::format("{:>6}  {}: {}", call.call, call_title(call),
                        call.relation == protocol::Relation::raiser ? raiser_line(call) : card_line(call)));
    }
    if (device.held().calls.empty()) device.out().say("No open calls.");
    say_quiet_devices(device);
    say_pending(device, device.client().pending());
    return Exit::done;
}

Exit list_people(const Common& common) {
    Device device(common);
    device.live();
    for (const auto& one : device.held().staff) {
        device.out().object("person", json_fields(one));
        device.out().say(fmt::format("{:<16} {:<12} {}{}", one.person, harmless(one.short_name), harmless(one.name),
                                     one.pin_set ? "" : " (no PIN yet)"));
    }
    if (device.held().staff.empty()) throw Failure(Exit::nothing_to_do, "Only a handset is told who is on the staff: ask there.");
    return Exit::done;
}

Exit list_places(const Common& common) {
    Device device(common);
    device.live();
    for (const auto& one : device.held().places) {
        device.out().object("place", json_fields(one));
        device.out().say(fmt::format("{:<16} {:<12} {}", one.place, one.kind, harmless(one.name)));
    }
    if (device.held().places.empty())
        throw Failure(Exit::nothing_to_do,
                      device.kind() == "handset" ? "Only an unlocked handset is told the places. Sign in first: attune sign-in"
                                                 : "Only a handset is told the places: this is no handset.");
    return Exit::done;
}

Exit list_children(const Common& common) {
    Device device(common);
    device.live();
    for (const auto& one : device.held().children) {
        device.out().object("child", json_fields(one));
        device.out().say(harmless(one.initials));
    }
    if (device.held().children.empty())
        throw Failure(Exit::nothing_to_do, device.kind() == "room" ? "Nobody with a plan is due in this room now."
                                                                   : "Only a room is told which children are due in it: this is none.");
    return Exit::done;
}

}  // namespace attune::cli
