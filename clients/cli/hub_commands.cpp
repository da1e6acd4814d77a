// attune devices, import and log. The journal is read by attuned, beside the hub and without it, and by nobody else.
#include "clients/cli/hub_commands.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "clients/cli/hub_socket.hpp"
#include "clients/cli/json.hpp"
#include "clients/cli/words.hpp"

namespace attune::cli {

namespace {

constexpr std::size_t import_file_bytes_max = 4 << 20, import_files_max = 8;

std::filesystem::path socket_of(const HubOptions& hub) {
    return hub.socket.empty() ? usual_hub_socket() : std::filesystem::path(hub.socket);
}

std::vector<protocol::ImportFile> csv_files(const std::filesystem::path& dir) {
    std::error_code error;
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(dir, error))
        if (entry.path().extension() == ".csv" && !entry.path().filename().string().starts_with("."))
            paths.push_back(entry.path());
    std::ranges::sort(paths);
    if (error || paths.empty())
        throw Failure(Exit::usage, fmt::format("There are no CSV files to read in {}. Name the folder that has them.",
                                               dir.string()));
    if (paths.size() > import_files_max)
        throw Failure(Exit::usage, fmt::format("There are {} CSV files in {} and at most {} are read. Take the others "
                                               "away.",
                                               paths.size(), dir.string(), import_files_max));
    std::vector<protocol::ImportFile> files;
    for (const auto& path : paths) {
        std::ifstream in(path, std::ios::binary);
        const std::string text(std::istreambuf_iterator<char>(in), {});
        if (!in) throw Failure(Exit::failed, fmt::format("{} cannot be read. Let this user read it.", path.string()));
        if (text.size() > import_file_bytes_max)
            throw Failure(Exit::usage, fmt::format("{} is over 4 MiB. Is it the right file?", path.string()));
        const auto bytes = std::as_bytes(std::span(text));
        files.push_back({path.filename().string().substr(0, 64), {bytes.begin(), bytes.end()}});
    }
    return files;
}

Exit say_report(const Output& out, const protocol::ImportReport& report) {
    out.object("import", json_fields(report));
    for (const auto& problem : report.problems)
        fmt::print(stderr, "{}{}: {}{}\n", harmless(problem.file), problem.line ? fmt::format(":{}", problem.line) : "",
                   problem.column.empty() ? "" : harmless(problem.column) + ": ", harmless(problem.message));
    if (!report.problems.empty()) throw Failure(Exit::refused, "Nothing was changed. Mend the files and import again.");
    for (const auto& change : report.changes)
        out.say(fmt::format("{} {} {}", change.change, harmless(change.what), harmless(change.id)));
    if (report.changes_total > report.changes.size())
        out.say(fmt::format("and {} more", report.changes_total - report.changes.size()));
    if (report.changes_total == 0)
        out.say("Nothing to change: the site is so already.");
    else if (report.applied)
        out.say(fmt::format("{} changes were made.", report.changes_total), Colour::green);
    else
        out.say(fmt::format("{} changes would be made; nothing was changed. Say --apply to make them.",
                            report.changes_total));
    return Exit::done;
}

/// Becomes attuned, with the same state folder. Returns only where there is none.
void become_attuned(const HubOptions& hub, std::vector<std::string> words) {
    words.insert(words.begin(), "attuned");
    if (!hub.socket.empty()) {
        words.emplace_back("--state");
        words.push_back(std::filesystem::absolute(hub.socket).parent_path().string());
    }
    std::vector<char*> arguments;
    for (auto& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::fflush(stdout);
    // Beside this program first: an installation has both.
    std::error_code error;
    const auto here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    if (!error) ::execv((here / "attuned").c_str(), arguments.data());
    ::execvp("attuned", arguments.data());
}

}  // namespace

Exit list_devices(const Common& common, const HubOptions& hub) {
    const Output out(common.json);
    HubSocket socket(socket_of(hub));
    const auto list = ask_hub<protocol::Devices>(socket, protocol::ListDevices{});
    for (const auto& device : list.devices) {
        out.object("device", json_fields(device));
        out.say(fmt::format("{:<16} {:<8} since {}  {}: {}", harmless(device.device), to_string(device.kind),
                            clock_text(device.since), harmless(device.label), health_text(device)),
                device.health == protocol::DeviceHealth::silent ? Colour::yellow : Colour::plain);
    }
    if (list.devices.empty()) out.say("No device is enrolled. attune devices enrol makes a link for one.");
    return Exit::done;
}

Exit make_link(const Common& common, const HubOptions& hub, const NewDevice& device) {
    const Output out(common.json);
    protocol::MakeEnrolmentCode request;
    request.kind = device.kind == "room"      ? protocol::DeviceKind::room
                   : device.kind == "handset" ? protocol::DeviceKind::handset
                   : device.kind == "calm"    ? protocol::DeviceKind::calm_space
                                              : protocol::DeviceKind::station;
    const bool handset = device.kind == "handset";
    if (handset != device.place.empty())
        throw Failure(Exit::usage, handset ? "A handset has no place. Name the person with --person."
                                           : "A " + device.kind + " stands somewhere. Name the place with --place.");
    if (!handset && !device.person.empty())
        throw Failure(Exit::usage, "Only a handset is made ready for a person. Leave --person out.");
    if (!device.place.empty()) request.place = device.place;
    if (!device.person.empty()) request.person = device.person;
    HubSocket socket(socket_of(hub));
    const auto code = ask_hub<protocol::EnrolmentCode>(socket, request);
    if (!code.native)
        throw Failure(Exit::refused,
                      "This hub does not serve native clients. Set listen in the section [zeromq] of its "
                      "configuration, and start it anew. attuned enrol makes a link for a browser.");
    out.object("link", fmt::format("\"device_kind\":\"{}\",\"code\":{},\"url\":{},\"expires_at\":{}", device.kind,
                                   json_text(code.code), json_text(*code.native), code.expires_at));
    out.say(fmt::format("Give this to attune enrol on the device before {}. It works once.", clock_text(code.expires_at)));
    out.say(*code.native, Colour::bold);
    return Exit::done;
}

Exit rename_device(const Common& common, const HubOptions& hub, const std::string& device, const std::string& label) {
    const Output out(common.json);
    if (label.empty() || label.size() > 64)
        throw Failure(Exit::usage, "A label has 1 to 64 bytes. Give a shorter one.");
    HubSocket socket(socket_of(hub));
    ask_hub<protocol::Done>(socket, protocol::RenameDevice{device, label});
    out.object("renamed", fmt::format("\"device\":{},\"label\":{}", json_text(device), json_text(label)));
    out.say(fmt::format("{} is called {} now.", harmless(device), harmless(label)));
    return Exit::done;
}

Exit revoke_device(const Common& common, const HubOptions& hub, const std::string& device) {
    const Output out(common.json);
    HubSocket socket(socket_of(hub));
    ask_hub<protocol::Done>(socket, protocol::RevokeDevice{device});
    out.object("revoked", fmt::format("\"device\":{}", json_text(device)));
    out.say(fmt::format("{} is out. What it was showing is gone within 5 seconds.", harmless(device)));
    return Exit::done;
}

Exit import_files(const Common& common, const HubOptions& hub, const std::string& dir, bool apply) {
    const Output out(common.json);
    HubSocket socket(socket_of(hub));
    protocol::ImportDirectory request{csv_files(dir), apply};
    out.say(fmt::format("Reading {} files …", request.files.size()), Colour::dim);
    return say_report(out, ask_hub<protocol::ImportReport>(socket, request));
}

Exit read_log(const Common& common, const HubOptions& hub, const std::string& what, const std::vector<std::string>& arguments) {
    std::vector<std::string> words{"log", what};
    words.insert(words.end(), arguments.begin(), arguments.end());
    if (common.json) words.emplace_back("--json");
    become_attuned(hub, words);
    throw Failure(Exit::failed, "The journal is read on the hub’s own machine, by attuned, and it is not here.");
}

}  // namespace attune::cli
