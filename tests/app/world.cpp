// The school, its clients, and the passing of time.
#include "tests/app/world.hpp"

#include <algorithm>
#include <utility>

#include "hub/app/directory_csv.hpp"

namespace attune::test {

using core::Role;

core::Directory small_school() {
    core::Directory school;
    school.site = {"Hazel Lane School", "Ring extension 200.", true};
    school.policy = app::default_policy();
    const auto place = [&](const char* id, const char* name, core::PlaceKind kind, const char* extension) {
        school.places[{id}] = {{id}, name, kind, "west", std::string("Past ") + name, extension};
    };
    place("oak", "Oak room", core::PlaceKind::room, "101");
    place("elm", "Elm room", core::PlaceKind::room, "102");
    place("office", "Office", core::PlaceKind::office, "200");
    place("calm", "Calm space", core::PlaceKind::calm_space, "103");
    const auto person = [&](const char* id, const char* name, std::vector<Role> roles) {
        school.people[{id}] = {{id}, std::string(name) + " Example", name, std::move(roles), {"office"}};
    };
    person("ann", "Ann", {Role::responder});
    person("ben", "Ben", {Role::responder});
    person("cas", "Cas", {Role::duty_lead});
    person("dee", "Dee", {Role::responder});
    person("eve", "Eve", {Role::teacher});
    school.children[{"k7"}] = {
        {"k7"},        "M.K.", {{"oak"}}, {{"ann"}, {"ben"}}, {"Quiet voice", "Walk outside", "My headphones"},
        "Likes trains"};
    school.children[{"k9"}] = {{"k9"}, "P.Q.", {{"elm"}}, {{"ben"}}, {"Count with me"}, ""};
    return school;
}

wire::Evidence all_well() {
    return {true, true, true, 80, false};
}

World::World(app::HubOptions options) : options_(std::move(options)) {
    options_.codes = &codes;
    options_.note_keys = &note_keys;
    boot();
    hub->import(small_school(), true);
    settle();
}

void World::boot() {
    journal = std::make_unique<journal::MemoryJournal>(disk);
    hub = std::make_unique<app::Hub>(clock, random, work, *journal, options_);
    hub->start();
    settle();
}

void World::settle() {
    for (int turns = 0; turns < 10'000; ++turns) {
        const bool worked = work.run_one();
        const bool wrote = !disk_held && journal->step();
        if (!worked && !wrote) return;
    }
    FAIL("it never settles");
}

void World::pass(app::Ms ms) {
    const app::Ms end = clock.monotonic + ms;
    app::Ms beat_due = clock.monotonic + 2'000;
    while (clock.monotonic < end) {
        const app::Ms next =
            std::min({end, std::max(hub->next_wake(), clock.monotonic + 1), std::max(beat_due, clock.monotonic + 1)});
        clock.pass_to(next);
        if (hub->next_wake() <= clock.monotonic) hub->wake();
        if (clients_beat && clock.monotonic >= beat_due) {
            beat_due += 2'000;
            for (auto& [name, client] : clients)
                if (client->connected() && client->live) client->beat();
        }
        settle();
    }
}

void World::crash() {
    hub.reset();
    journal.reset();
    work.jobs.clear();
    disk.crash();
    for (auto& [name, client] : clients)
        client->drop();
    boot();
}

void World::restart_cleanly() {
    hub->stop();
    settle();
    journal->stop();
    hub.reset();
    for (auto& [name, client] : clients)
        client->drop();
    boot();
}

wire::Id World::make_id(std::uint64_t n) {
    wire::Id id{};
    id[0] = std::byte{0xA7};
    for (std::size_t byte = 0; byte < 8; ++byte)
        id[15 - byte] = static_cast<std::byte>(n >> (8 * byte));
    return id;
}

Client& World::client(const std::string& name) {
    auto& client = clients[name];
    if (!client) client = std::make_unique<Client>(*this, name);
    return *client;
}

Client& World::enrolled(const std::string& name, core::DeviceKind kind, const std::string& place,
                        const std::string& person) {
    Client& fresh = client(name);
    std::string code;
    REQUIRE_FALSE(
        hub->offer_code(kind, {place}, {person}, [&](const app::OfferedCode& offered) { code = offered.code; }));
    settle();
    REQUIRE(code.size() == 10);
    fresh.credential[0] = static_cast<std::byte>(++credentials_);
    fresh.connect();
    const wire::Id id = fresh.say(wire::Enrol{code, fresh.credential, "test 1"});
    settle();
    fresh.device = fresh.answer_to<wire::Enrolled>(id).device;
    fresh.greet();
    settle();
    fresh.expect<wire::Live>();
    fresh.beat(all_well());
    settle();
    return fresh;
}

Client& World::room(const std::string& place) {
    return enrolled("room " + place, core::DeviceKind::room, place, "");
}
Client& World::station(const std::string& place) {
    return enrolled("station", core::DeviceKind::station, place, "");
}

Client& World::handset(const std::string& person) {
    Client& mine = enrolled(person, core::DeviceKind::handset, "", person);
    mine.session = std::array<std::byte, 16>{std::byte{9}, static_cast<std::byte>(person.front())};
    const wire::Id pin = mine.say(wire::SetPin{person, "2580", *mine.session});
    settle();
    mine.answer_to<wire::Done>(pin);
    const wire::Id proof = mine.say(wire::ProveHandset{true, true});
    settle();
    mine.answer_to<wire::Done>(proof);
    mine.forget();
    return mine;
}

Client& World::local() {
    Client& cli = client("local");
    if (!cli.connected()) cli.connect(true);
    return cli;
}

std::uint64_t raise(World& world, Client& room, std::uint64_t level) {
    const wire::Id id = room.say(wire::RaiseCall{level, world.clock.wall, std::nullopt, std::nullopt});
    world.settle();
    const auto done = room.answer_to<wire::Done>(id);
    REQUIRE(done.call);
    return *done.call;
}

// ---- the client ----

void Client::connect(bool local) {
    drop();
    closed_by_hub = false;
    connection_ = world_.hub->opened(*this, {local, "test", curve_key, leader_session});
    live = local;
}

void Client::drop() {
    const app::ConnectionId was = std::exchange(connection_, 0);
    live = false;
    unflushed_.clear();
    inbox.clear();
    if (was != 0 && world_.hub) world_.hub->closed(was);
}

wire::Id Client::next_id() {
    return world_.id_made();
}

void Client::say_bytes(std::span<const std::byte> frame) {
    REQUIRE(connection_ != 0);
    world_.hub->received(connection_, frame);
}

void Client::greet(std::uint64_t last_seq) {
    wire::Hello hello;
    hello.credential = credential;
    hello.last_seq = last_seq;
    hello.session = session;
    hello.app = "test 1";
    say(hello);
}

void Client::beat(std::optional<wire::Evidence> evidence) {
    say_without_id(wire::Beat{++beats_, seq, std::nullopt, std::nullopt, std::move(evidence)});
}

void Client::send(std::span<const std::byte> envelope) {
    unflushed_.emplace_back(envelope.begin(), envelope.end());
}

void Client::flush() {
    ++flushes;
    for (std::vector<std::byte>& frame : unflushed_) {
        auto envelope = wire::decode(frame, wire::local_limits);
        INFO(name_ << " was sent a frame that can't be read");
        REQUIRE(envelope.has_value());
        keep(envelope->message);
        inbox.push_back(std::move(*envelope));
        raw.push_back(std::move(frame));
    }
    unflushed_.clear();
}

void Client::close(bool) {
    closed_by_hub = true;
    const app::ConnectionId was = std::exchange(connection_, 0);
    live = false;
    world_.hub->closed(was);
}

void Client::keep(const wire::AnyMessage& message) {
    if (const auto* welcome = get_if<wire::Welcome>(&message);
        welcome != nullptr && welcome->resume == wire::Resume::snapshot) {
        cards.clear();
        seq = 0;
    }
    if (const auto* beats = get_if<wire::Beat>(&message)) seq = std::max(seq, beats->seq);
    if (const auto* now_live = get_if<wire::Live>(&message)) {
        seq = std::max(seq, now_live->seq);
        live = true;
    }
    if (const auto* changed = get_if<wire::CallChanged>(&message)) {
        cards[changed->call.call] = changed->call;
        if (changed->event != wire::CallEvent::seen)
            calls_events.emplace_back(changed->seq, std::string(to_string(changed->event)));
        seq = std::max(seq, changed->seq);
    }
    if (const auto* gone = get_if<wire::CallGone>(&message)) {
        cards.erase(gone->call);
        if (gone->event != wire::CallEvent::seen)
            calls_events.emplace_back(gone->seq, std::string(to_string(gone->event)));
        seq = std::max(seq, gone->seq);
    }
    if (const auto* person = get_if<wire::PersonChanged>(&message)) seq = std::max(seq, person->seq);
    if (const auto* changed = get_if<wire::DeviceChanged>(&message)) seq = std::max(seq, changed->seq);
}

}  // namespace attune::test
