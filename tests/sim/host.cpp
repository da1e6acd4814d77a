// The hub's process, its disk and its clocks.
#include "tests/sim/host.hpp"

#include "tests/sim/client.hpp"
#include "tests/sim/rules.hpp"
#include "tests/support/ports.hpp"

namespace attune::sim {

class Host::SimClock final : public app::Clock {
public:
    SimClock(World& world, Host& host) : world_(world), host_(host) {}
    Ms monotonic_ms() override { return world_.options.plant == Plant::wall_clock_timeline ? wall_ms() : world_.now; }
    Ms wall_ms() override { return world_.now + host_.wall_offset; }

private:
    World& world_;
    Host& host_;
};

class Host::SimWork final : public test::PlainWork {
public:
    SimWork(World& world, Host& host) : world_(world), host_(host) {}

private:
    void later(std::function<void()> job) override {
        world_.later(world_.random.between(60, 200), [this, epoch = host_.epoch_, job = std::move(job)] {
            if (epoch == host_.epoch_) host_.enter([job](app::Hub&) { job(); });
        });
    }
    World& world_;
    Host& host_;
};

// ---- the journal's witness ----

Witness::Witness(World& world, Host& host, journal::MemoryDisk& disk) : inner(disk), world_(world), host_(host) {}

std::uint64_t Witness::restore(core::State& state) {
    const std::uint64_t replayed = inner.restore(state);
    if (world_.options.plant != Plant::rearm_forgotten) return replayed;
    state.deadlines.clear();
    for (auto& [id, call] : state.calls) call.due.fill(0);
    return replayed;
}

void Witness::recall(std::size_t events_max, const std::function<void(const core::Event&)>& seen) {
    if (world_.options.plant != Plant::dedupe_lost) inner.recall(events_max, seen);
}

void Witness::start(journal::Callbacks callbacks) {
    durable_ = callbacks.durable;
    inner.start(std::move(callbacks));
}

void Witness::append(std::vector<core::Event> step) {
    for (const core::Event& event : step) {
        hash_event(world_.trace, event);
        if (world_.options.plant == Plant::by_address && event.seq == 100) world_.trace.hash(reinterpret_cast<std::uintptr_t>(this));
        world_.say([&] { return describe(event); });
        if (holds_alternative<core::CallRaised>(event.fact)) ++world_.result.calls;
        world_.check([&] { host_.auditor.event(event); });
        if (!world_.found) host_.remember_seers(event);
        if (!world_.found) host_.rights.remember(host_.auditor.state(), event.seq);
        if (const auto* revoked = get_if<core::DeviceRevoked>(&event.fact)) host_.revocations[revoked->device] = event.seq;
        ++world_.result.events;
    }
    world_.check([&] { host_.auditor.step_ended(); });
    const std::uint64_t last = step.back().seq;
    inner.append(std::move(step));
    if (world_.options.plant == Plant::ack_before_sync) durable_(last);
}

// ---- the process ----

Host::Host(World& world) : world_(world) {
    clock_ = std::make_unique<SimClock>(world, *this);
    random_ = std::make_unique<test::SeededRandom>(world.random.branch("hub"));
    work_ = std::make_unique<SimWork>(world, *this);
}
Host::~Host() { hub_.reset(); }  // before what it refers to; the world is over, nobody is told

void Host::boot() {
    if (hub_) return;
    ++epoch_;
    auditor = Auditor{};
    std::erase_if(revocations, [&](const auto& entry) { return entry.second > synced(); });
    seers_.clear();
    for (const journal::Record& record : disk.events) auditor.replay(journal::unseal(record.view()));
    auditor.resumed(0);
    remember_seers({});
    rights.forget();
    rights.remember(auditor.state(), 0);
    journal_ = std::make_unique<Witness>(world_, *this, disk);
    app::HubOptions options;
    options.version = "sim";
    options.note_keys = &note_keys_;
    if (world_.knows(Fault::small_ring)) {
        options.ring_deliveries_max = 16;
        options.limits.snapshot_every_events = 200;
    }
    hub_ = std::make_unique<app::Hub>(*clock_, *random_, *work_, *journal_, options);
    unwell();
    world_.say([&] { return std::string("hub boots at event ") + std::to_string(synced()); });
    try {
        enter([](app::Hub& hub) { hub.start(); });
    } catch (const std::runtime_error& error) {
        violated("recovery", std::string("the hub does not start: ") + error.what());
    }
    auditor.resumed(hub_->engine().now());
    if (!(auditor.state() == hub_->state())) violated("replay", "the restored state is not what the log says");
}

void Host::die() {
    ++epoch_;
    for (const auto& [number, stream] : streams) stream->process_died();
    streams.clear();
    hub_.reset();
    journal_.reset();
    old_journals_.clear();
    disk_stage_ = 0;
    wake_at_ = 0;
    frozen_until_ = 0;
}

void Host::crash(const char* why) {
    if (!hub_) return;
    ++world_.result.crashes;
    world_.say([&] { return std::string("hub is killed ") + why; });
    die();
    disk.crash(world_.random.below(disk.written.size() + 1));
    disk.refuses_writes = disk.refuses_syncs = false;
    world_.later(world_.random.between(200, world_.has(Fault::hub_crashes) ? 20'000 : 1'000), [this] { boot(); });
}

void Host::stop_and_start() {
    if (!hub_ || frozen()) return;
    world_.say([] { return std::string("hub is stopped in order"); });
    enter([this](app::Hub& hub) {
        hub.stop();
        journal_->stop();
    });
    die();
    disk.crash(world_.random.below(disk.written.size() + 1));  // what a sick disk left in doubt
    disk.refuses_writes = disk.refuses_syncs = false;
    world_.later(world_.random.between(300, 3'000), [this] { boot(); });
}

void Host::freeze(Ms span) {
    if (!hub_) return;
    world_.say([&] { return "hub freezes for " + std::to_string(span) + " ms"; });
    frozen_until_ = std::max(frozen_until_, world_.now + span);
    world_.agenda.at(frozen_until_, [this, epoch = epoch_] {
        if (epoch != epoch_ || frozen()) return;
        enter([](app::Hub& hub) { hub.wake(); });
        unwell();
        auditor.resumed(hub_->engine().now());
    });
}

void Host::heal() {
    if (!hub_) return boot();
    if (frozen()) crash("by its watchdog");
    else if (!hub_->journal_ok()) repair_disk();
}

void Host::enter(std::function<void(app::Hub&)> what) {
    if (!hub_) return;
    if (frozen()) {
        world_.agenda.at(frozen_until_, [this, epoch = epoch_, what = std::move(what)] {
            if (epoch == epoch_) enter(what);
        });
        return;
    }
    what(*hub_);
    after();
    if (world_.has(Fault::hub_crashes) && world_.random.below(40'000) == 0)
        world_.later(0, [this, epoch = epoch_] { if (epoch == epoch_) crash("in the middle"); });
}

void Host::after() {
    arm_wake();
    start_disk();
}

void Host::arm_wake() {
    const Ms next = hub_->next_wake();
    if (next == std::numeric_limits<Ms>::max()) return;
    const Ms at = std::max(world_.now, world_.now + next - clock_->monotonic_ms());
    if (wake_at_ != 0 && wake_at_ <= at) return;
    wake_at_ = at;
    world_.agenda.at(at, [this, epoch = epoch_, at] {
        if (epoch != epoch_ || wake_at_ != at) return;
        wake_at_ = 0;
        enter([this](app::Hub& hub) { if (hub.next_wake() <= clock_->monotonic_ms()) hub.wake(); });
    });
}

// ---- the disk: write, sync and word of it are three moments, and a crash fits between any two ----

void Host::start_disk() {
    if (disk_stage_ != 0) return;
    disk_stage_ = 1;
    world_.agenda.at(world_.now, [this, epoch = epoch_] { if (epoch == epoch_) disk_turn(); });
}

void Host::disk_turn() {
    if (frozen()) return world_.agenda.at(frozen_until_, [this, epoch = epoch_] { if (epoch == epoch_) disk_turn(); });
    bool again = false;
    Ms wait = 0;
    if (disk_stage_ == 1) {
        again = journal_->inner.write() || !disk.written.empty();
        disk_stage_ = 2;
        wait = world_.has(Fault::slow_disk) && world_.random.chance(50) ? world_.random.between(50, 3'000) : world_.random.between(1, 8);
    } else if (disk_stage_ == 2) {
        again = true;
        journal_->inner.sync();
        disk_stage_ = 3;
        wait = world_.random.chance(300) ? 1 : 0;
    } else {
        disk_stage_ = 0;
        const bool was_ok = hub_->journal_ok();
        if (journal_->inner.deliver()) {
            for (const auto& [id, seq] : revocations)
                if (seq <= synced()) revoked_at.emplace(id, world_.now);
            after();
            if (was_ok && !hub_->journal_ok()) {
                unwell();
                world_.say([] { return std::string("the journal has failed"); });
                world_.later(world_.random.between(2'000, 60'000), [this, epoch = epoch_] { if (epoch == epoch_) repair_disk(); });
            }
        }
        if (journal_ && (journal_->inner.waiting() > 0 || !disk.written.empty())) start_disk();
        return;
    }
    if (!again) {
        disk_stage_ = 0;
        return;
    }
    if (world_.has(Fault::hub_crashes) && world_.random.below(3'000) == 0) return crash("around a sync");
    world_.later(wait, [this, epoch = epoch_] { if (epoch == epoch_) disk_turn(); });
}

void Host::fail_disk() {
    if (!hub_ || !hub_->journal_ok()) return;
    (world_.random.chance(500) ? disk.refuses_writes : disk.refuses_syncs) = true;
}

/// The operator gives the hub its disk back. What was written and never synced may have reached it or not.
void Host::repair_disk() {
    if (!hub_ || hub_->journal_ok() || frozen()) return;
    disk.refuses_writes = disk.refuses_syncs = false;
    disk.crash(world_.random.below(disk.written.size() + 1));
    auditor = Auditor{};
    for (const journal::Record& record : disk.events) auditor.replay(journal::unseal(record.view()));
    auto fresh = std::make_unique<Witness>(world_, *this, disk);
    Witness& next = *fresh;
    old_journals_.push_back(std::move(journal_));
    journal_ = std::move(fresh);
    disk_stage_ = 0;
    world_.say([] { return std::string("the disk is back"); });
    if (!hub_->journal_restored(next)) violated("P9", "the disk is back and the hub does not take it");
    unwell();
    auditor.resumed(hub_->engine().now());
    after();
}

// ---- who may see what, remembered by event ----

void Host::remember_seers(const core::Event& event) {
    const core::State& state = auditor.state();
    for (const auto& [id, call] : state.calls) {
        std::map<core::DeviceId, bool> seers;
        for (const auto& [device_id, device] : state.devices)
            if (const rules::Sight sight = rules::sight(state, call, device); sight.call) seers[device_id] = sight.helps;
        std::vector<Seen>& history = seers_[id.value];
        if (history.empty() || history.back().devices != seers) history.push_back({event.seq, std::move(seers)});
    }
    std::erase_if(seers_, [&](const auto& entry) { return !state.calls.contains({entry.first}) && entry.second.back().from + 2'000 < event.seq; });
}

const std::map<core::DeviceId, bool>* Host::seers_at(std::uint64_t call, std::uint64_t seq) const {
    const auto found = seers_.find(call);
    if (found == seers_.end()) return nullptr;
    const Seen* last = nullptr;
    for (const Seen& seen : found->second)
        if (seen.from <= seq) last = &seen;
    return last == nullptr ? nullptr : &last->devices;
}

void Host::check_finally() {
    std::set<std::pair<core::CommandId, core::DeviceId>> done;
    std::pair<core::CommandId, core::DeviceId> current;
    for (const journal::Record& record : disk.events) {
        if (record.command == core::CommandId{}) {
            current = {};
            continue;
        }
        const std::pair<core::CommandId, core::DeviceId> id{record.command, {record.device}};
        if (id == current && record.fields.cause != 0) continue;
        if (!done.insert(id).second) violated("4 once", "one command was carried out twice, event " + std::to_string(record.fields.seq));
        current = id;
    }
}

}  // namespace attune::sim
