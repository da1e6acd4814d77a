// attuned enrol, devices, revoke and status: what the administrator does with devices, at the terminal.
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "hub/daemon/administrator.hpp"
#include "hub/daemon/certificates.hpp"
#include "hub/daemon/commands.hpp"
#include "hub/daemon/files.hpp"
#include "hub/daemon/json.hpp"
#include "hub/daemon/links.hpp"
#include "hub/net/local_client.hpp"

namespace attune::daemon {

namespace {

std::string join_faults(const std::vector<protocol::Fault>& faults, std::string_view quote) {
    std::string out;
    for (const auto fault : faults)
        out += fmt::format("{}{}{}{}", out.empty() ? "" : ",", quote, to_string(fault), quote);
    return out;
}

std::string device_json(const protocol::DeviceView& device) {
    return fmt::format(R"({{"device":{},"kind":"{}","label":{},"health":"{}","since":"{}","faults":[{}],"waiting":{},"made_by":{},"approved_by":{},"alone":{}}})",
                       json_text(device.device), to_string(device.kind), json_text(device.label),
                       to_string(device.health), utc(device.since), join_faults(device.faults, "\""),
                       device.waiting_until.has_value(), json_text(device.made_by.value_or("")), json_text(device.approved_by.value_or("")),
                       device.alone.value_or(false));
}

std::string second_person(const protocol::DeviceView& device) {
    if (device.waiting_until) return fmt::format(", until {} for a second person: a leader approves it at /leaders", utc(*device.waiting_until));
    if (device.approved_by) return fmt::format(", approved by {}", *device.approved_by);
    return device.alone.value_or(false) ? ", enrolled without a second person" : "";
}

protocol::MakeEnrolmentCode code_request(const EnrolOptions& options) {
    protocol::MakeEnrolmentCode request;
    request.kind = options.kind == "room"      ? protocol::DeviceKind::room
                   : options.kind == "handset" ? protocol::DeviceKind::handset
                   : options.kind == "calm"    ? protocol::DeviceKind::calm_space
                   : options.kind == "kiosk"   ? protocol::DeviceKind::kiosk
                   : options.kind == "board"   ? protocol::DeviceKind::board
                                               : protocol::DeviceKind::station;
    if (options.corridor) {
        if (options.kind != "board") throw std::runtime_error("Only a board hangs in a corridor. Leave --corridor out.");
        request.corridor = true;
    }
    if (options.kind != "handset" && options.place.empty())
        throw std::runtime_error(fmt::format("A {} stands somewhere. Name the place with --place.", options.kind));
    if (options.kind == "handset" && !options.place.empty())
        throw std::runtime_error("A handset has no place. Name the person with --person.");
    if (options.kind != "handset" && !options.person.empty())
        throw std::runtime_error("Only a handset is made ready for a person. Leave --person out.");
    if (!options.place.empty()) request.place = options.place;
    if (!options.person.empty()) request.person = options.person;
    return request;
}

/// "There is no place "offic". Did you mean "office"? These are there: burrow, dining, …"
template <class Map>
std::string none_such(std::string_view what, const std::string& id, const Map& known) {
    constexpr std::size_t listed_max = 60;
    std::vector<std::string_view> ids;
    for (const auto& [each, value] : known)
        ids.push_back(each.value);
    const std::string_view near = nearest(id, ids);
    std::string sentence = fmt::format("There is no {} \"{:.40}\".", what, id);
    if (!near.empty()) sentence += fmt::format(" Did you mean \"{}\"?", near);
    if (ids.empty()) return sentence + " Nothing has been imported yet: attuned import DIR --apply does that.";
    const bool all = ids.size() <= listed_max;
    if (!all) ids.resize(listed_max);
    return sentence + fmt::format(" These are known: {}{}.", fmt::join(ids, ", "), all ? "" : ", …");
}

/// Who or what the hub does not know, with those it knows.
[[noreturn]] void explain(const Config& config, const Refused& refused, const EnrolOptions& options) {
    const bool place = refused.name() == "NoSuchPlace";
    if (!place && refused.name() != "NoSuchPerson") throw refused;
    const core::Directory directory = stored_directory(config);
    throw std::runtime_error(place ? none_such("place", options.place, directory.places)
                                   : none_such("person", options.person, directory.people));
}

}  // namespace

int enrol(const Config& config, const EnrolOptions& options) {
    const auto request = code_request(options);
    if (options.native && native_link(config, "").empty())  // before a code is made: does anybody listen?
        throw std::runtime_error(
            "This hub does not serve native clients now. Set listen in the section [zeromq] of the configuration, "
            "and start the hub.");
    const auto administrator = reach_hub(config, Leaves::events);
    protocol::EnrolmentCode code;
    try {
        code = ask<protocol::EnrolmentCode>(*administrator, request);
    } catch (const Refused& refused) {
        explain(config, refused, options);
    }
    const std::string link =
        options.native ? native_link(config, code.code) : page_link(config, options.kind, code.code);
    if (options.json) {
        fmt::print(R"({{"kind":"{}","code":{},"url":{},"expires_at":"{}"}})"
                   "\n",
                   options.kind, json_text(code.code), json_text(link), utc(code.expires_at));
        return 0;
    }
    print_link(fmt::format(fmt::runtime(options.native ? "Give this to attune enrol on the device before {}. It works once."
                                                       : "Open this on the device before {}. It works once."),
                           utc(code.expires_at)),
               link, options.qr);
    return 0;
}

int list_devices(const Config& config, bool json) {
    const auto administrator = reach_hub(config, Leaves::nothing);
    const auto list = ask<protocol::Devices>(*administrator, protocol::ListDevices{});
    if (json) {
        std::string out;
        for (const auto& device : list.devices)
            out += (out.empty() ? "" : ",\n ") + device_json(device);
        fmt::print("[{}]\n", out);
        return 0;
    }
    if (list.devices.empty()) fmt::print("No device is enrolled. attuned enrol makes a link for one.\n");
    for (const auto& device : list.devices)
        fmt::print("{:<16} {:<8} {:<10} since {}  {}{}{}\n", device.device, to_string(device.kind),
                   device.waiting_until ? "waiting" : to_string(device.health), utc(device.since), device.label,
                   device.faults.empty() ? "" : fmt::format(" ({})", join_faults(device.faults, "")), second_person(device));
    return 0;
}

int revoke(const Config& config, const std::string& device) {
    const auto administrator = reach_hub(config, Leaves::events);
    ask<protocol::Done>(*administrator, protocol::RevokeDevice{device});
    fmt::print("{} is out. What it was showing is gone within 5 seconds.\n", device);
    return 0;
}

int show_status(const Config& config, bool json) {
    is_there(config.local_socket());  // or this user may not know
    net::LocalClient probe;
    const std::string why_not = probe.connect(config.local_socket());
    probe.close();
    if (!why_not.empty()) {
        if (json) fmt::print("{{\"running\":false,\"message\":{}}}\n", json_text(why_not));
        throw Told(why_not + " attuned run starts one.");
    }
    const auto administrator = reach_hub(config, Leaves::nothing);
    const auto list = ask<protocol::Devices>(*administrator, protocol::ListDevices{});
    std::size_t well = 0, silent = 0;
    for (const auto& device : list.devices) {
        well += device.health == protocol::DeviceHealth::healthy ? 1 : 0;
        silent += device.health == protocol::DeviceHealth::silent ? 1 : 0;
    }
    const bool recording = list.journal != protocol::JournalHealth::failing;
    const std::uint64_t missing = list.not_recorded.value_or(0);
    const auto tls = certificates(config, std::chrono::system_clock::now());
    if (json)
        fmt::print("{{\"running\":true,\"url\":{},\"native\":{},\"devices\":{},\"healthy\":{},\"silent\":{},"
                   "\"journal\":\"{}\",\"not_recorded\":{},\"certificates\":{}}}\n",
                   json_text(base_url(config)), native_door_json(config), list.devices.size(), well, silent,
                   recording ? "ok" : "failing", missing, certificates_json(tls));
    else
        fmt::print("Running at {}: {} devices, {} healthy, {} silent.\n{}", base_url(config), list.devices.size(), well,
                   silent, native_door_text(config));
    std::string ended;
    for (const auto& one : tls)
        if (one.ended) ended += (ended.empty() ? "" : " ") + one.sentence;
        else if (one.ending && !json) fmt::print("{}\n", one.sentence);
    if (recording && ended.empty()) return 0;
    if (recording) throw Told(ended);
    throw Told(
        fmt::format("The journal in {} is failing and {} events are not recorded. Calls still ring. Make room on the "
                    "disk, or look after it: the hub goes on by itself within seconds. Don't stop it before. Its log "
                    "says more.",
                    config.state_dir.string(), missing));
}

}  // namespace attune::daemon
