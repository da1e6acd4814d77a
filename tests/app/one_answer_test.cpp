// Forbidden and not found are one answer: whoever asks about a call, a child, a person, a place or a device that is not
// for them hears, byte for byte, what they would hear if it did not exist, and the hub does the same work for it. For
// every message of the schema that names something, asked by every kind of device in every part that it can have.
#include <algorithm>

#include "tests/app/schema_walk.hpp"

using namespace attune;
using namespace attune::test;

namespace {

/// Who asks, and what they may know of: said here from the table of roles, not asked of the hub.
struct Asker {
    std::string name;
    Client* client = nullptr;
    wire::DeviceKind kind = wire::DeviceKind::room;
    bool all_calls = false, all_people = false, all_places = false, all_devices = false;
    std::set<std::uint64_t> calls;
    std::set<std::string> children, places;

    bool may_know(Named of, const Name& name_) const {
        switch (of) {
            case Named::call: return all_calls || calls.contains(name_.call);
            case Named::child: return children.contains(name_.id);
            case Named::person: return all_people;
            case Named::place: return all_places || places.contains(name_.id);
            case Named::device: return all_devices || name_.id == client->device;
        }
        return false;
    }
};

/// An answer without the id that it repeats, and all that the hub did for it.
struct Heard {
    std::vector<std::byte> bytes;
    std::uint64_t frames = 0, rejections = 0, commands = 0, disk_writes = 0;
    int pin_checks = 0;
    bool operator==(const Heard&) const = default;
};

Heard ask(World& world, Client& client, const wire::AnyMessage& message) {
    client.forget();
    client.raw.clear();
    const app::Figures before = world.hub->figures();
    const int checks = world.work.checks;
    const std::size_t stored = world.disk.events.size();
    const wire::Id id = say_any(client, message);
    world.settle();
    const app::Figures after = world.hub->figures();
    Heard heard{{},
                after.frames_out - before.frames_out,
                after.rejections - before.rejections,
                after.commands - before.commands,
                world.disk.events.size() - stored,
                world.work.checks - checks};
    for (const std::vector<std::byte>& frame : client.raw) heard.bytes.insert(heard.bytes.end(), frame.begin(), frame.end());
    for (auto found = std::ranges::search(heard.bytes, id); !found.empty(); found = std::ranges::search(heard.bytes, id))
        std::ranges::fill(found, std::byte{0});
    return heard;
}

struct Site {
    World world;
    std::vector<Asker> askers;
    std::uint64_t call = 0, ended = 0;

    Site() {
        Client& oak = world.room("oak");
        Client& elm = world.room("elm");
        Client& office = world.station("office");
        world.handset("ann");
        world.handset("ben");
        Client& cas = world.handset("cas");
        Client& dee = world.handset("dee");
        Client& eve = world.handset("eve");
        Client& shared = world.enrolled("shared", core::DeviceKind::handset, "", "");
        ended = raise(world, elm, 1);
        elm.say(wire::WithdrawCall{ended});
        elm.say(wire::ConfirmWithdraw{ended});
        world.settle();
        REQUIRE(world.state().calls.empty());
        dee.say(wire::SetAvailability{wire::AvailabilityState::with_child, std::nullopt});  // so that she is not asked
        dee.say(wire::Lock{});
        world.settle();
        call = raise(world, oak, 1);

        const auto handset = [&](const char* name, Client& client) {
            Asker asker;
            asker.name = name;
            asker.client = &client;
            asker.kind = wire::DeviceKind::handset;
            asker.all_people = asker.all_places = true;
            return asker;
        };
        askers.push_back({"the other room", &elm, wire::DeviceKind::room, false, false, false, false, {}, {"k9"}, {"elm"}});
        askers.push_back({"the room", &oak, wire::DeviceKind::room, false, false, false, false, {call}, {"k7"}, {"oak"}});
        askers.push_back({"the station", &office, wire::DeviceKind::station, true, true, true, true, {}, {}, {}});
        askers.push_back(handset("a handset that is not asked", eve));
        askers.push_back(handset("a locked handset that is not asked", dee));
        askers.push_back(handset("a handset with nobody on it", shared));
        askers.push_back(handset("a duty lead's handset", cas));
        askers.back().all_calls = askers.back().all_devices = true;
        askers.back().children = {"k7", "k9"};  // may write a line for today about any child
        askers.push_back({"the command line", &world.local(), wire::DeviceKind::local, true, true, true, true, {}, {"k7", "k9"}, {}});
    }

    std::vector<Name> real(Named kind) const {
        std::vector<Name> names;
        const core::State& state = world.state();
        const auto add = [&](const auto& map) {
            for (const auto& [id, thing] : map) names.push_back({0, id.value.str()});
        };
        switch (kind) {
            case Named::call:
                for (const auto& [id, open] : state.calls) names.push_back({id.value, {}});
                names.push_back({ended, {}});
                break;
            case Named::child: add(state.directory.children); break;
            case Named::person: add(state.directory.people); break;
            case Named::place: add(state.directory.places); break;
            case Named::device: add(state.devices); break;
        }
        return names;
    }
    static Name none() { return {987'654, "nothing"}; }
};

/// Every message, every field in it that names something, everything real that this asker may not know of, beside what
/// does not exist; with what else the message names real, not real, and left out. Gives how many pairs there were.
std::size_t compare(Site& site) {
    std::size_t pairs = 0;
    const core::State before = site.world.state();
    for (const Asker& asker : site.askers) {
        for (const wire::AnyMessage& message : commands()) {
            const std::set<Named> named = names_in(message);
            for (const Named kind : named) {
                for (const std::string rest_is : {"real", "unreal", "left out"}) {
                    wire::AnyMessage rest = message;
                    for (const Named other : named)
                        if (other != kind && rest_is != "left out") rest = with(rest, other, rest_is == "real" ? site.real(other).front() : Site::none());
                    const Heard nothing = ask(site.world, *asker.client, with(rest, kind, Site::none()));
                    for (const Name& name : site.real(kind)) {
                        if (asker.may_know(kind, name)) continue;
                        INFO(asker.name << " says " << to_string(type_of(message)) << " of " << name.call << name.id
                                        << ", the rest of it " << rest_is);
                        const Heard something = ask(site.world, *asker.client, with(rest, kind, name));
                        CHECK(something == nothing);
                        REQUIRE(site.world.state() == before);
                        ++pairs;
                    }
                }
            }
        }
    }
    return pairs;
}

}  // namespace

TEST_CASE("what is not for somebody answers as what does not exist: while a call rings") {
    Site site;
    CHECK(compare(site) > 500);
}

TEST_CASE("what is not for somebody answers as what does not exist: when a call is owned, arrived and settled") {
    Site site;
    Client& ann = site.world.client("ann");
    Client& oak = site.world.client("room oak");
    oak.say(wire::ChooseChild{site.call, "k7"});
    ann.say(wire::AcceptCall{site.call, true, std::nullopt});
    site.world.settle();
    REQUIRE(site.world.state().calls.at({site.call}).owner == core::PersonId{"ann"});
    SECTION("owned") { CHECK(compare(site) > 500); }
    SECTION("arrived and settled") {
        ann.say(wire::ArriveCall{site.call});
        ann.say(wire::SettleCall{site.call});
        site.world.settle();
        CHECK(compare(site) > 500);
    }
}

TEST_CASE("what is not for somebody answers as what does not exist: while a withdrawal waits") {
    Site site;
    site.world.client("room oak").say(wire::WithdrawCall{site.call});
    site.world.settle();
    CHECK(compare(site) > 500);
}
