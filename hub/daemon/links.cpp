// Asks for one-time codes and prints them. Which room, handset and station the example's links are for is read from the
// directory in the journal, so that they always fit together.
#include "hub/daemon/links.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "hub/core/step.hpp"
#include "hub/daemon/commands.hpp"
#include "hub/daemon/files.hpp"
#include "hub/daemon/json.hpp"
#include "hub/daemon/qr.hpp"
#include "hub/journal/file.hpp"
#include "hub/journal/verify.hpp"
#include "hub/net/addresses.hpp"
#include "hub/net/zeromq_key.hpp"

namespace attune::daemon {

namespace {

std::filesystem::path url_file(const Config& config) {
    return config.state_dir / "url";
}

std::filesystem::path native_file(const Config& config) {
    return config.state_dir / "native";
}

/// One line, in a file that appears whole; no text: no file.
void say_in(const std::filesystem::path& file, const std::string& text) {
    std::error_code ignored;
    if (text.empty()) {
        std::filesystem::remove(file, ignored);
        return;
    }
    const std::filesystem::path fresh = file.string() + ".new";
    {
        std::ofstream(fresh, std::ios::trunc) << text << '\n';
    }
    std::filesystem::rename(fresh, file, ignored);
}

std::string said_in(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string text;
    std::getline(in, text);
    return text;
}

/// Where native clients find the running hub, "hub.school.example:7714", and its public key.
struct NativeDoor {
    std::string address, key;
};

/// Nothing when it has no such door, or none runs.
std::optional<NativeDoor> native_door(const Config& config) {
    NativeDoor door{said_in(native_file(config)), net::stored_public_key(config.zeromq_key())};
    if (door.address.empty() || door.key.empty()) return std::nullopt;
    return door;
}

bool terminal_has_colours() {
    // Once, and before any thread of ours changes the environment: none does.
    const char* no_color = ::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe)
    const char* term = ::getenv("TERM");          // NOLINT(concurrency-mt-unsafe)
    return ::isatty(STDOUT_FILENO) == 1 && (!no_color || !*no_color) && term && std::string_view(term) != "dumb";
}

/// A room, a child who is due there, that child's named adult, and the first alternate.
struct Scene {
    core::PlaceId room;
    core::PersonId adult;
    core::PersonId alternate;
};

struct Cast {
    std::vector<Scene> scenes;  // of different rooms and adults
    core::PlaceId station;
    core::PlaceId calm, hall;  // where the school has one
};

Cast cast_of(const core::Directory& directory) {
    Cast cast;
    std::set<core::PlaceId> rooms;
    std::set<core::PersonId> adults;
    for (const auto& [id, child] : directory.children) {
        if (child.adults.size() < 2 || adults.contains(child.adults[0])) continue;
        const auto room = std::find_if(child.places.begin(), child.places.end(), [&](const core::PlaceId& place) {
            const auto found = directory.places.find(place);
            return found != directory.places.end() && found->second.kind == core::PlaceKind::room &&
                   !rooms.contains(place);
        });
        if (room == child.places.end()) continue;
        rooms.insert(*room);
        adults.insert(child.adults[0]);
        cast.scenes.push_back({*room, child.adults[0], child.adults[1]});
    }
    for (const auto& [id, place] : directory.places) {
        if (cast.calm.empty() && place.kind == core::PlaceKind::calm_space) cast.calm = id;
        if (cast.hall.empty() && place.kind == core::PlaceKind::hall) cast.hall = id;
        const bool office = place.kind == core::PlaceKind::office;
        if (cast.station.empty() || (office && directory.places.at(cast.station).kind != core::PlaceKind::office))
            cast.station = id;
    }
    return cast;
}

class Links {
  public:
    Links(const Config& config, bool qr) : config_(config), qr_(qr), directory_(stored_directory(config)) {}

    void print() {
        if (!directory_.site.example)
            throw std::runtime_error(
                "These links are for the example school only. attuned enrol makes one for a device of "
                "your own site.");
        const Cast cast = cast_of(directory_);
        if (cast.scenes.size() < 2)
            throw std::runtime_error(
                "The example school has too few rooms with children who have a plan. Import "
                "deploy/example-school again.");
        hub_ = reach_hub(config_, Leaves::events);
        const auto& [first, second] = std::tie(cast.scenes[0], cast.scenes[1]);
        show(fmt::format("Room: {}", place_name(first.room)), page_link(config_, "room", room_code(first.room)));
        for (const auto* adult : {&first.adult, &first.alternate})
            show(fmt::format("Handset: {}", person_name(*adult)), page_link(config_, "handset", handset_code(*adult)));
        show("Station", page_link(config_, "station", station_code(cast.station)));
        if (!cast.calm.empty())
            show(fmt::format("Calm space: {}", place_name(cast.calm)), page_link(config_, "calm", code({protocol::DeviceKind::calm_space, cast.calm.value.str(), {}})));
        const core::PlaceId& wall = cast.hall.empty() ? cast.station : cast.hall;
        show(fmt::format("Kiosk, where a child asks to talk with a card of attuned cards print: {}", place_name(wall)),
             page_link(config_, "kiosk", code({protocol::DeviceKind::kiosk, wall.value.str(), {}})));
        show(fmt::format("Board, who is here for whom: {}", place_name(cast.station)),
             page_link(config_, "board", code({protocol::DeviceKind::board, cast.station.value.str(), {}})));
        show(fmt::format("A first look, side by side in one window: {}, the handset of {}, the station",
                         place_name(second.room), person_name(second.adult)),
             fmt::format("{}/look#r={}&h={}&s={}", base_url(config_), room_code(second.room),
                         handset_code(second.adult), station_code(cast.station)));
        fmt::print("Each link works once, within ten minutes. attuned links --example prints new ones.\n");
        std::fflush(stdout);
    }

  private:
    void show(const std::string& heading, const std::string& link) { print_link(heading, link, qr_); }
    std::string place_name(const core::PlaceId& id) const { return directory_.places.at(id).name; }
    std::string person_name(const core::PersonId& id) const {
        const auto found = directory_.people.find(id);
        return found == directory_.people.end() ? id.value.str() : found->second.name;
    }
    std::string code(protocol::MakeEnrolmentCode request) { return ask<protocol::EnrolmentCode>(*hub_, request).code; }
    std::string room_code(const core::PlaceId& id) { return code({protocol::DeviceKind::room, id.value.str(), {}}); }
    std::string handset_code(const core::PersonId& id) { return code({protocol::DeviceKind::handset, {}, id.value.str()}); }
    std::string station_code(const core::PlaceId& id) { return code({protocol::DeviceKind::station, id.value.str(), {}}); }

    const Config& config_;
    bool qr_;
    core::Directory directory_;
    std::unique_ptr<Administrator> hub_;
};

}  // namespace

core::Directory stored_directory(const Config& config) {
    core::State state;
    const auto file = journal::journal_file(config.state_dir);
    if (is_there(file))
        journal::for_each(file, 1, [&](const core::Event& event) {
            core::apply(state, event);
            return true;
        });
    return std::move(state.directory);
}

std::string base_url(const Config& config) {
    if (const std::string url = said_in(url_file(config)); !url.empty()) return url;
    const bool loopback = config.listen.address.starts_with("127.") || config.listen.address == "::1";
    const bool secure = !loopback || config.tls_always;
    const bool v6 = config.listen.address.find(':') != std::string::npos;
    std::string host = !config.names.empty() ? config.names[0]
                       : v6                  ? fmt::format("[{}]", config.listen.address)
                                             : config.listen.address;
    const bool has_port =
        host.find(':', host.rfind(']') == std::string::npos ? 0 : host.rfind(']')) != std::string::npos;
    const bool usual = config.listen.port == (secure ? 443 : 80);
    return fmt::format("{}://{}{}", secure ? "https" : "http", host,
                       has_port || usual ? "" : fmt::format(":{}", config.listen.port));
}

void say_base_url(const Config& config, const std::string& url) {
    say_in(url_file(config), url);
}

void say_native_address(const Config& config, std::uint16_t port) {
    if (port == 0 || !config.zeromq_listen) return say_in(native_file(config), "");
    const std::string& listening = config.zeromq_listen->address;
    std::string host = listening;
    if (!config.names.empty()) {
        host = config.names[0];
        const auto colon = host.find(':', host.starts_with('[') ? host.find(']') : 0);
        host = host.substr(0, colon);
    } else if (net::is_any_address(listening)) {
        const auto addresses = net::interface_addresses();
        const auto fits = std::ranges::find_if(addresses, [&](const std::string& address) {
            const bool v6 = address.find(':') != std::string::npos;
            return !net::is_loopback_address(address) && (!v6 || listening == "::");
        });
        host = fits != addresses.end() ? *fits : "127.0.0.1";
    }
    const bool bare_v6 = host.find(':') != std::string::npos && !host.starts_with('[');
    say_in(native_file(config), fmt::format(fmt::runtime(bare_v6 ? "[{}]:{}" : "{}:{}"), host, port));
}

std::string native_door_text(const Config& config) {
    const auto door = native_door(config);
    return door ? fmt::format("Native clients at {}, public key {}.\n", door->address, door->key) : "";
}

std::string native_door_json(const Config& config) {
    const auto door = native_door(config);
    if (!door) return "null";
    return fmt::format(R"({{"address":{},"public_key":{}}})", json_text(door->address), json_text(door->key));
}

std::string native_link(const Config& config, const std::string& code) {
    const auto door = native_door(config);
    return door ? fmt::format("attune://{}/{}/{}", door->address, code, door->key) : "";
}

std::string page_link(const Config& config, const std::string& page, const std::string& code) {
    return fmt::format("{}/{}#c={}", base_url(config), page, code);
}

void print_link(const std::string& heading, const std::string& link, bool qr) {
    fmt::print("{}\n{}\n", heading, link);
    if (qr) fmt::print("{}", qr_code(link, terminal_has_colours()));
    fmt::print("\n");
}

void print_example_links(const Config& config, bool qr) {
    Links(config, qr).print();
}

int example_links(const Config& config, bool qr) {
    print_example_links(config, qr);
    return 0;
}

}  // namespace attune::daemon
