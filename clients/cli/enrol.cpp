// attune enrol: from a one-time link to a device with keys of its own.
#include <iostream>

#include <fmt/format.h>

#include "clients/cli/commands.hpp"
#include "clients/cli/json.hpp"
#include "clients/cli/words.hpp"

namespace attune::cli {

namespace {

client::EnrolmentLink link_of(const EnrolOptions& options) {
    std::string text = options.link;
    if (text == "-") std::getline(std::cin, text);
    if (text.empty()) text = ask_line("The link (attune://…): ", "Give the link: attune enrol LINK, or attune enrol - to read it from standard input.");
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r'))
        text.pop_back();
    const auto link = client::parse_enrolment_link(text);
    if (link) return *link;
    if (text.starts_with("http"))
        throw Failure(Exit::usage,
                      "That is a link for a browser. A native device wants attune://HOST:PORT/CODE/KEY: "
                      "attune devices enrol prints it on the hub.");
    throw Failure(Exit::usage, "That is no link. It reads attune://HOST:PORT/CODE/KEY, in one piece.");
}

std::string next_step(const client::Identity& device) {
    if (device.kind == "room") return "attune raise please asks for support. attune watch shows what the room is told.";
    if (device.kind == "station") return "attune watch --bell shows and sounds the last rung.";
    return "attune sign-in says who has it, attune watch --bell makes it ring, attune duty starts a duty.";
}

}  // namespace

Exit enrol(const Common& common, const EnrolOptions& options) {
    auto folder = folder_of(common.profile);
    const auto link = link_of(options);
    if (const auto trouble = folder.prepare(); !trouble.empty()) throw Failure(Exit::failed, trouble);
    if (!folder.try_lock())
        throw Failure(Exit::refused, "Another attune has this device in use. End it (attune watch?), then enrol.");
    const auto before = folder.load();
    if (before && !before->code && !options.replace)
        throw Failure(Exit::refused,
                      fmt::format("This profile is enrolled already, as {}. --replace enrols it anew; --profile NAME "
                                  "keeps another device beside it.",
                                  harmless(before->label)));
    if (const auto trouble = folder.begin_enrolment(link); !trouble.empty()) throw Failure(Exit::failed, trouble);
    folder.unlock();

    Device device(common);
    device.start();
    const bool live = device.until(
        [&] {
            const auto& who = device.client().identity();
            // An old device goes on where the new code is refused.
            if (before && who && !who->code && who->public_key == before->public_key)
                throw Failure(Exit::not_enrolled,
                              "This link has been used or is too old. Ask for a new one. The device "
                              "goes on as it was enrolled before.");
            // It lets strangers in as long as a code is open; a code that was used is open no more.
            if (device.connection().failed == client::WireEnd::key_refused) {
                if (before && !before->code) folder.drop_enrolment();
                throw Failure(
                    Exit::not_enrolled,
                    "The hub lets no new device in: this link has been used or is too old. Ask for a new one.");
            }
            return device.connection().phase == client::Phase::live || device.connection().waiting;
        },
        device.timeout());
    if (!live)
        throw device.not_reached(
            "The link can be tried again with the same command, while it is ten minutes old at most.");
    const auto& who = *device.client().identity();
    device.out().object("enrolled",
                        fmt::format("\"device\":{},\"device_kind\":{},\"label\":{},\"site\":{}", json_text(who.device),
                                    json_text(who.kind), json_text(who.label), json_text(who.site)));
    device.out().say(
        fmt::format("Enrolled: {} ({}), {}.", harmless(who.label), kind_name(who.kind), harmless(who.site)),
        Colour::green);
    if (const auto& waiting = device.connection().waiting) {
        device.out().object("waiting", fmt::format("\"until\":{}", waiting->until));
        device.out().say(waiting_line(*waiting), Colour::yellow);
        return Exit::done;
    }
    device.out().say(next_step(who), Colour::dim);
    return Exit::done;
}

}  // namespace attune::cli
