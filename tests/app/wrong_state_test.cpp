// Every message in every wrong state: after Goodbye, while the hub's Welcome waits for the disk, and from everybody in
// every rung of a call. What is refused has a number and changes nothing; what is done is on a list of what may be done,
// written here from the table of roles and the lifecycle. Who speaks is the session's to say, and never the message's.
#include <algorithm>
#include <functional>

#include "tests/app/schema_walk.hpp"

using namespace attune;
using namespace attune::test;

namespace {

using wire::MessageType;

enum class Part : std::uint8_t { room, other_room, offered, declined, owner, helper, lead, nobody, locked_owner, station };
constexpr Part parts[] = {Part::room, Part::other_room, Part::offered, Part::declined, Part::owner,
                          Part::helper, Part::lead, Part::nobody, Part::locked_owner, Part::station};
enum class At : std::uint8_t { asking, withdrawing, coming, here, settled, closed, withdrawn };
constexpr At rungs[] = {At::asking, At::withdrawing, At::coming, At::here, At::settled, At::closed, At::withdrawn};
constexpr const char* part_names[] = {"the room", "the other room", "an adult who is asked", "an adult who declined",
                                      "the owner", "a helper", "a duty lead", "a handset with nobody on it",
                                      "the owner, locked", "the station"};
constexpr const char* rung_names[] = {"asking", "withdrawing", "coming", "here", "settled", "closed", "withdrawn"};

bool among(At at, std::initializer_list<At> list) { return std::ranges::find(list, at) != list.end(); }
bool open(At at) { return !among(at, {At::closed, At::withdrawn}); }
bool owned(At at) { return among(at, {At::coming, At::here, At::settled}); }

/// Whether this may be done, as the documents have it. A message that is not named here may be done by nobody.
bool may_be_done(MessageType type, Part part, At at) {
    const bool room = part == Part::room;
    const bool owner = (part == Part::owner || part == Part::locked_owner) && owned(at);
    const bool helper = part == Part::helper && owned(at);
    const bool goes = owner || helper;
    // Before it is owned, who will own or help is asked like the others.
    const bool asked_before = part == Part::offered || part == Part::declined || part == Part::owner ||
                              part == Part::locked_owner || part == Part::helper;
    const bool person = asked_before || part == Part::lead;
    switch (type) {
        case MessageType::raise_call: return room || part == Part::other_room || person;
        case MessageType::choose_child: return room && open(at);
        case MessageType::add_note: return (room || goes) && open(at);
        case MessageType::withdraw_call: return room && among(at, {At::asking, At::withdrawing, At::coming});
        case MessageType::confirm_withdraw: return room && at == At::withdrawing;
        case MessageType::keep_call: return room && open(at);
        case MessageType::report_ringing: return open(at) && asked_before;
        case MessageType::accept_call: return open(at) && (owned(at) ? goes : person || part == Part::station);
        case MessageType::decline_call:
            return open(at) && asked_before && !(owner && among(at, {At::here, At::settled}));
        case MessageType::report_on_way: return owner;
        case MessageType::arrive_call: return goes || (room && owned(at));
        case MessageType::look_in: return asked_before && at == At::withdrawing;
        case MessageType::ask_helper:
        case MessageType::confirm_support: return goes;
        case MessageType::settle_call:
        case MessageType::move_call: return owner && among(at, {At::here, At::settled});
        case MessageType::hand_over_call:  // to a duty lead; who may also take it
            return (owner || part == Part::lead) && among(at, {At::here, At::settled});
        case MessageType::close_call: return owner && at == At::settled;
        // A handset's own: no call is meant.
        case MessageType::set_pin:
        case MessageType::sign_in:
        case MessageType::prove_handset:
        case MessageType::set_availability: return person;
        // What more is owed after a call: a duty lead's to say.
        case MessageType::open_followup: return part == Part::lead && at == At::closed;
        case MessageType::list_my_children:
        case MessageType::leave_door: return person && part != Part::locked_owner;  // who is not there leaves nothing
        // Nobody practises or tests a station while people are waited for.
        case MessageType::test_station: return part == Part::station && !among(at, {At::asking, At::withdrawing, At::coming});
        case MessageType::start_site_drill: return part == Part::lead && !among(at, {At::asking, At::withdrawing, At::coming});
        case MessageType::sign_out:
        case MessageType::lock: return person || part == Part::nobody;
        default: return false;
    }
}

struct Site {
    World world;
    std::map<Part, Client*> clients;
    std::map<Part, std::string> people{{Part::offered, "ben"}, {Part::declined, "dee"}, {Part::owner, "ann"},
                                       {Part::locked_owner, "ann"}, {Part::helper, "fay"}, {Part::lead, "cas"}};
    std::uint64_t call = 0;

    Site(Part part, At at) {
        core::Directory school = small_school();
        school.people[{"fay"}] = {{"fay"}, "Fay Example", "Fay", {core::Role::responder}, {"office"}};
        world.hub->import(school, true);
        world.settle();
        clients = {{Part::room, &world.room("oak")}, {Part::other_room, &world.room("elm")},
                   {Part::station, &world.station("office")},
                   {Part::nobody, &world.enrolled("shared", core::DeviceKind::handset, "", "")}};
        for (const auto& [of, name] : people)
            if (of != Part::locked_owner) clients[of] = &world.handset(name);
        clients[Part::locked_owner] = clients[Part::owner];
        call = raise(world, *clients[Part::room], 2);
        REQUIRE(world.state().calls.at({call}).offers.contains({"fay"}));
        reach(at);
        if (part == Part::locked_owner) tell(Part::owner, wire::Lock{});
    }

    template <class Message>
    void tell(Part part, const Message& message) {
        const wire::Id id = clients.at(part)->say(message);
        world.settle();
        INFO(part_names[static_cast<int>(part)]);
        clients.at(part)->template answer_to<wire::Done>(id);
    }
    void reach(At at) {
        tell(Part::declined, wire::DeclineCall{call});
        if (at == At::asking) return;
        if (at == At::withdrawing || at == At::withdrawn) tell(Part::room, wire::WithdrawCall{call});
        if (at == At::withdrawn) tell(Part::room, wire::ConfirmWithdraw{call});
        if (at == At::withdrawing || at == At::withdrawn) return;
        tell(Part::owner, wire::AcceptCall{call, false, std::nullopt});
        tell(Part::owner, wire::AskHelper{call});
        tell(Part::helper, wire::AcceptCall{call, false, std::nullopt});
        if (at == At::coming) return;
        tell(Part::owner, wire::ArriveCall{call});
        if (at == At::here) return;
        tell(Part::owner, wire::SettleCall{call});
        if (at == At::closed) tell(Part::owner, wire::CloseCall{call, {}, {}});
    }

    /// The message as this part of the school would most likely mean it.
    wire::AnyMessage meant(wire::AnyMessage message, Part part) const {
        const auto own = people.find(part);
        message = with(message, Named::call, {call, {}});
        if (holds_alternative<wire::ChooseChild>(message)) message = with(message, Named::child, {0, "k7"});
        if (holds_alternative<wire::MoveCall>(message)) message = with(message, Named::place, {0, "calm"});
        const bool handset = own != people.end() || part == Part::nobody;
        if (holds_alternative<wire::RaiseCall>(message) && handset)
            message = with(message, Named::place, {0, "calm"});
        if (holds_alternative<wire::AcceptCall>(message) && part == Part::station)
            message = with(message, Named::person, {0, "eve"});
        if (holds_alternative<wire::HandOverCall>(message)) message = with(message, Named::person, {0, "cas"});
        const bool pin = holds_alternative<wire::SetPin>(message) || holds_alternative<wire::SignIn>(message);
        if (pin && own != people.end()) message = with(message, Named::person, {0, own->second});
        return message;
    }
};

}  // namespace

TEST_CASE("every message from everybody in every rung of a call: done only where it may be, refused without a trace") {
    for (const At at : rungs) {
        for (const Part part : parts) {
            auto site = std::make_unique<Site>(part, at);
            for (const wire::AnyMessage& plain : commands()) {
                const MessageType type = type_of(plain);
                INFO(part_names[static_cast<int>(part)] << " says " << to_string(type) << " while it is "
                                                        << rung_names[static_cast<int>(at)]);
                Client& client = *site->clients.at(part);
                client.forget();
                const core::State before = site->world.state();
                const wire::Id id = say_any(client, site->meant(plain, part));
                site->world.settle();
                REQUIRE(client.answered_at_all(id));
                const bool refused = std::ranges::any_of(client.inbox, [&](const wire::Envelope& envelope) {
                    return envelope.id == id && holds_alternative<wire::Rejected>(envelope.message);
                });
                CHECK(refused == !may_be_done(type, part, at));
                if (refused) {
                    const auto rejected = client.answer_to<wire::Rejected>(id);
                    CHECK(wire::error_from_number(rejected.error).has_value());
                    CHECK(site->world.state() == before);
                } else if (!(site->world.state() == before)) {
                    site = std::make_unique<Site>(part, at);
                }
            }
        }
    }
}

TEST_CASE("a room's credential reads nothing, lists nothing, accepts nothing, closes nothing and exports nothing") {
    Site site(Part::room, At::settled);
    Client& oak = *site.clients.at(Part::room);
    const core::State before = site.world.state();
    std::size_t not_its_own = 0;
    for (const wire::AnyMessage& message : commands()) {
        if (may_send(wire::DeviceKind::room, type_of(message))) continue;
        INFO(to_string(type_of(message)));
        oak.forget();
        oak.raw.clear();
        const wire::Id id = say_any(oak, site.meant(message, Part::room));
        site.world.settle();
        CHECK(oak.answer_to<wire::Rejected>(id).name == "NotYours");
        CHECK(oak.raw.size() == 1);
        ++not_its_own;
    }
    CHECK(site.world.state() == before);
    CHECK(not_its_own >= 20);
    using enum MessageType;
    for (const MessageType type : {accept_call, decline_call, settle_call, close_call, list_devices, import_directory, make_enrolment_code, revoke_device, sign_in})
        CHECK_FALSE(may_send(wire::DeviceKind::room, type));
}

TEST_CASE("after Goodbye nothing is heard, nothing is answered and nothing changes") {
    for (const bool by_the_hub : {false, true}) {
        World world;
        Client& oak = world.room("oak");
        Client& ann = world.handset("ann");
        const std::uint64_t call = raise(world, oak, 2);
        const app::ConnectionId gone = ann.connection();
        if (by_the_hub) {
            world.local().say(wire::RevokeDevice{ann.device});
        } else {
            ann.say(wire::Goodbye{wire::GoodbyeReason::closing, std::nullopt, std::nullopt});
        }
        world.settle();
        CHECK_FALSE(ann.connected());
        ann.raw.clear();
        const core::State before = world.state();
        for (const wire::AnyMessage& message : commands()) {
            std::vector<std::byte> frame;
            const auto asked = with(message, Named::call, {call, {}});
            REQUIRE(wire::encode(asked, std::optional<wire::Id>(world.id_made()), frame, wire::local_limits).has_value());
            world.hub->received(gone, frame);
            world.settle();
        }
        CHECK(ann.raw.empty());
        CHECK(world.state() == before);
    }
}

TEST_CASE("while Welcome waits for the disk a greeting is refused, and a command waits behind it") {
    World world;
    Client& oak = world.room("oak");
    oak.connect();
    world.disk_held = true;
    world.client("room oak");
    oak.greet(0);
    const core::State before = world.state();
    const wire::Id again = oak.say(wire::Hello{oak.credential, 0, {}, "test 1"});
    const wire::Id enrol = oak.say(wire::Enrol{"AAAAAAAAAA", oak.credential, "test 1"});
    CHECK(world.state() == before);
    const wire::Id press = oak.say(wire::RaiseCall{2, 0, std::nullopt, std::nullopt});
    CHECK_FALSE(oak.answered_at_all(press));
    world.disk_held = false;
    world.settle();
    CHECK(oak.answer_to<wire::Rejected>(again).name == "AlreadyGreeted");
    CHECK(oak.answer_to<wire::Rejected>(enrol).name == "AlreadyGreeted");
    oak.answer_to<wire::Done>(press);
}

TEST_CASE("a role, an actor or a device that a message names for itself is ignored") {
    World world;
    Client& oak = world.room("oak");
    Client& eve = world.handset("eve");
    world.handset("cas");
    const std::uint64_t call = raise(world, oak, 2);
    // RaiseCall of a room, and AcceptCall of a teacher who was not asked, each with all that a liar may think of.
    const auto with_lies = [&](const wire::AnyMessage& message, const wire::Id& id) {
        std::vector<std::byte> frame;
        REQUIRE(wire::encode(message, std::optional<wire::Id>(id), frame).has_value());
        const auto map = std::ranges::find_if(frame, [](std::byte byte) { return (byte & std::byte{0xf0}) == std::byte{0x80}; });
        REQUIRE(map != frame.end());
        std::string lies;
        std::size_t count = 0;
        for (const std::string key : {"role", "actor", "device", "by", "kind", "person", "recorded_at", "sensitivity", "seq"}) {
            const std::string value = key == "role" ? "duty_lead" : key == "kind" ? "station" : "cas";
            lies += static_cast<char>(0xa0 | key.size()) + key + static_cast<char>(0xa0 | value.size()) + value;
            ++count;
        }
        *map = static_cast<std::byte>(static_cast<std::size_t>(*map) + count);
        const auto bytes = std::as_bytes(std::span(lies));
        frame.insert(map + 1, bytes.begin(), bytes.end());
        return frame;
    };
    const wire::Id press = oak.next_id();
    oak.say_bytes(with_lies(wire::RaiseCall{3, 5, std::nullopt, std::nullopt}, press));
    const wire::Id accept = eve.next_id();
    eve.forget();
    eve.say_bytes(with_lies(wire::SetAvailability{wire::AvailabilityState::with_child, std::nullopt}, accept));
    const wire::Id settle = eve.next_id();
    eve.say_bytes(with_lies(wire::SettleCall{call}, settle));
    world.settle();
    oak.answer_to<wire::Done>(press);
    eve.answer_to<wire::Done>(accept);
    CHECK(eve.answer_to<wire::Rejected>(settle).name == "NoSuchCall");
    bool found = false;
    for (const journal::Record& record : world.disk.events) {
        const core::Event event = journal::unseal(record.view());
        if (event.command == press) {
            CHECK(event.device.value == oak.device);
            CHECK(event.actor.empty());
            found = true;
        }
        if (event.command == accept) {
            CHECK(event.device.value == eve.device);
            CHECK(event.actor == core::PersonId{"eve"});
        }
    }
    CHECK(found);
    CHECK(world.state().duties.at({"eve"}).declared == core::Declared::with_child);
    CHECK(world.state().duties.at({"cas"}).declared == core::Declared::free);
}
