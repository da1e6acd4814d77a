// A whole site: what it is made of, what befalls it, and what is asked of it each second.
#include "tests/sim/world.hpp"

#include "tests/sim/client.hpp"

namespace attune::sim {

namespace {

constexpr const char* fault_names[] = {"delays", "cuts", "freezes", "refusals", "hub_crashes", "hub_restarts", "hub_freezes", "slow_disk", "sick_disk",
    "clock_jumps", "sleepers", "flat_batteries", "reloads", "lazy_people", "decliners", "double_presses", "resends", "revocations", "imports", "enrolments",
    "broken_frames", "sign_outs", "small_ring"};
static_assert(std::size(fault_names) == faults_count);
constexpr const char* plant_names[] = {"none", "ack_before_sync", "rearm_forgotten", "wall_clock_timeline", "dedupe_lost", "revoke_ignored", "dead_beats", "cards_lost",
    "by_address"};
static_assert(std::size(plant_names) == plants_count);

constexpr Ms wild_ms = 900'000, calm_ms = 90'000;

}  // namespace

const char* name_of(Fault fault) { return fault_names[static_cast<std::size_t>(fault)]; }
const char* name_of(Plant plant) { return plant_names[static_cast<std::size_t>(plant)]; }

bool Agenda::run_next(Ms& now, Ms until) {
    if (queue_.empty() || queue_.top().when > until) return false;
    now = std::max(now, queue_.top().when);
    const auto what = std::move(const_cast<Entry&>(queue_.top()).what);
    queue_.pop();
    what();
    return true;
}

World::World(const WorldOptions& wanted, Trace& to) : options(wanted), trace(to), random(wanted.seed) {
    std::set<Fault> drawn;
    for (std::size_t fault = 0; fault < faults_count; ++fault)
        if (random.chance(400)) drawn.insert(static_cast<Fault>(fault));
    faults_ = options.faults.value_or(drawn);
    host = std::make_unique<Host>(*this);
}
World::~World() = default;

WorldResult World::run() {
    set_up();
    start_troubles();
    start_administration();
    if (options.liveness) later(wild_ms, [this] { become_calm(); });
    check_each_second();
    const Ms end = now + options.span_ms;
    while (agenda.run_next(now, end))
        if (found) throw Violation(*found);
    host->check_finally();
    return result;
}

void World::set_up() {
    school = make_school(random, random.chance(400));
    host->boot();
    const bool timetabled = random.chance(500);
    host->enter([this, timetabled](app::Hub& hub) {
        const app::ParsedTimetable timetable = school_days(hub.engine().now());
        hub.import(school, true, timetabled ? &timetable : nullptr);
    });
    for (const auto& [id, place] : school.places)
        if (random.chance(850)) add_client(core::DeviceKind::room, id, {});
    for (const auto& [id, person] : school.people)
        if (random.chance(850)) add_client(core::DeviceKind::handset, {}, id);
    for (std::uint64_t n = 1 + random.below(2); n > 0; --n) add_client(core::DeviceKind::station, random.pick(school.places).first, {});
}

/// A school day that begins soon and one after it, with check-ins of every child.
app::ParsedTimetable World::school_days(Ms at) {
    app::ParsedTimetable timetable;
    timetable.given = true;
    const Ms from = at + random.between(1'000, 600'000), to = from + random.between(1'800'000, 5'400'000), next = to + random.between(60'000, 1'200'000);
    timetable.days = {{from, from, to}, {next, next, next + 3'600'000}};
    for (const auto& [id, child] : school.children) {
        Ms time = from;
        for (std::uint64_t n = random.below(4); n > 0; --n) timetable.checkins[id].push_back({time += random.between(60'000, 900'000), {}});
    }
    return timetable;
}

void World::add_client(core::DeviceKind kind, const core::PlaceId& place, const core::PersonId& person) {
    if (!host->up() || host->frozen()) return;
    clients.push_back(std::make_unique<Client>(*this, kind, place, person));
    Client& client = *clients.back();
    client.start();
    host->enter([&](app::Hub& hub) {
        (void)hub.offer_code(kind, place, person, [&client](const app::OfferedCode& offered) { client.enrol_with(offered.code); });
    });
}

Client* World::client_of(const core::DeviceId& device) {
    for (const auto& client : clients)
        if (client->device == device && !device.empty()) return client.get();
    return nullptr;
}

std::vector<core::PersonId> World::people() const {
    std::vector<core::PersonId> list;
    for (const auto& [id, person] : school.people) list.push_back(id);
    return list;
}

void World::every(Ms least, Ms most, std::function<void()> what) {
    later(random.between(least, most), [this, least, most, what = std::move(what)] {
        what();
        every(least, most, what);
    });
}

void World::start_troubles() {
    const auto one = [this]() -> Client& { return *random.pick(clients); };
    every(1'000, 60'000, [this, one] { if (has(Fault::cuts)) one().drop_link(random.chance(300)); });
    every(1'000, 60'000, [this, one] { if (has(Fault::freezes)) one().hold_link(random.between(500, 9'000)); });
    every(20'000, 600'000, [this] { if (has(Fault::hub_crashes)) host->crash("at random"); });
    every(60'000, 900'000, [this] { if (has(Fault::hub_restarts)) host->stop_and_start(); });
    every(30'000, 600'000, [this] { if (has(Fault::hub_freezes)) host->freeze(random.between(200, 12'000)); });
    every(30'000, 900'000, [this] { if (has(Fault::sick_disk)) host->fail_disk(); });
    every(10'000, 900'000, [this] {
        if (!has(Fault::clock_jumps)) return;
        const Ms day = 86'400'000;
        const Ms jumps[] = {day, -day, 3'600'000, -3'600'000, 1'234, -now - host->wall_offset};
        host->wall_offset += jumps[random.below(6)];
        say([&] { return "the wall clock is set to " + std::to_string(now + host->wall_offset); });
    });
    every(5'000, 120'000, [this, one] { if (has(Fault::sleepers)) one().sleep(random.between(1'000, 120'000)); });
    every(30'000, 600'000, [this, one] { if (has(Fault::flat_batteries)) one().go_flat(random.between(10'000, 900'000)); });
    every(5'000, 240'000, [this, one] { if (has(Fault::reloads) && one().awake()) one().reload(); });
}

void World::start_administration() {
    every(60'000, 900'000, [this] {
        if (!has(Fault::imports) || !host->up() || host->frozen()) return;
        core::Directory edited = edit_school(school, random);
        host->enter([&](app::Hub& hub) {
            if (hub.import(edited, true).applied) school = edited;
        });
    });
    every(120'000, 1'200'000, [this] { if (has(Fault::revocations)) revoke_one(); });
    every(60'000, 600'000, [this] {
        if (!has(Fault::enrolments) || clients.size() > 30) return;
        const auto kind = static_cast<core::DeviceKind>(random.below(3));
        add_client(kind, kind == core::DeviceKind::handset ? core::PlaceId{} : random.pick(school.places).first, kind == core::DeviceKind::handset ? random.pick(school.people).first : core::PersonId{});
    });
}

namespace {

/// The command line's own connection: it says one thing and goes.
class LocalWire final : public app::Wire {
public:
    void send(std::span<const std::byte>) override {}
    void flush() override {}
    void close(bool) override {}
};

}  // namespace

void World::revoke_one() {
    Client& client = *random.pick(clients);
    if (client.device.empty() || !host->up() || host->frozen()) return;
    say([&] { return "revoke " + client.device.value; });
    host->enter([&](app::Hub& hub) {
        LocalWire wire_;
        const auto connection = hub.opened(wire_, {true, "local"});
        wire::Id id{};
        random.fill(id);
        Bytes frame;
        if (wire::encode(wire::RevokeDevice{client.device.value}, id, frame)) hub.received(connection, frame);
        hub.closed(connection);
    });
}

// ---- liveness: from time to time all heals ----

void World::become_calm() {
    say([] { return std::string("calm"); });
    calm = true;
    calm_since = now;
    host->heal();
    for (const auto& client : clients) client->recover();
    later(calm_ms, [this] { become_wild(); });
}

void World::become_wild() {
    for (const auto& client : clients) {
        if (client->retired || client->device.empty()) continue;  // a code that nobody was shown in time
        if (!client->live()) violated("P7 back in time", client->device.value + " is not back although all is well");
        client->check_answers();
    }
    calm = false;
    later(wild_ms, [this] { become_calm(); });
}

// ---- each second ----

void World::check_each_second() {
    later(1'000, [this] {
        check_each_second();
        if (!host->up() || host->frozen()) return;
        const app::Hub& hub = host->hub();
        if (host->well_for(1'000)) host->auditor.punctual(hub.engine().now() - 1);  // what is due in this very instant may come just after
        if (host->well_for(15'000)) {
            for (const auto& client : clients) {  // P5: a silent device is shown within 10 s at worst
                const auto device = hub.state().devices.find(client->device);
                if (device == hub.state().devices.end() || device->second.health == core::Health::revoked) continue;
                const bool shown_as_alive = device->second.health == core::Health::healthy || device->second.health == core::Health::degraded;
                if (shown_as_alive && now - client->last_heard_of > 10'000) violated("P5 a silent device is shown", client->device.value + " has been silent for 10 s and is shown as alive");
            }
        }
        const bool settled = host->well_for(2'000) && hub.engine().durable_seq() == hub.state().last_seq && hub.engine().now() - hub.state().last_at >= 2'500;
        if (!settled) return;
        for (const auto& client : clients) {
            if (!client->quiet_for(2'500) || !client->awake()) continue;
            ++result.checks;
            client->check_cards();
            client->check_history();
        }
    });
}

WorldResult run_world(const WorldOptions& options, Trace& trace) {
    World world(options, trace);
    return world.run();
}

}  // namespace attune::sim
