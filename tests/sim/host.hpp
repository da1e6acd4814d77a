// The machine that the hub runs on: process, disk, clocks, and the sockets' far ends. Crashes, freezes and restarts the
// real app::Hub; the disk outlives it. Everything that reaches the hub goes through enter().
#pragma once

#include <deque>

#include "hub/journal/memory_journal.hpp"
#include "protocol/cpp/codec.hpp"
#include "tests/sim/need_to_know.hpp"
#include "tests/support/ports.hpp"
#include "tests/sim/world.hpp"

namespace attune::sim {

namespace wire = attune::protocol;

/// One connection: two ordered streams that a network delays, holds up or cuts. The hub sees its app::Wire.
class Stream final : public app::Wire, public std::enable_shared_from_this<Stream> {
public:
    Stream(World& world, Client& client) : world_(world), client_(client) {}

    // the hub's side
    void send(std::span<const std::byte> envelope) override;
    void flush() override;
    void close(bool at_once) override;

    // the client's side
    void dial(bool local);
    /// `by_hand`: the device really sent it.
    void write(Bytes frame, bool by_hand = true);
    void hang_up();

    // the network's
    void cut();
    void hold_until(Ms until) { held_until_ = std::max(held_until_, until); }
    void process_died();
    /// Nothing is on its way to the client.
    bool idle() const { return under_way_ == 0 && pending_.empty(); }

    app::FrontDoor::ConnectionId id = 0;
    std::uint64_t number = 0;
    bool hub_open = false, client_open = false;

private:
    Told told_;
    Ms arrival(Ms& last);
    void pump();
    void hub_closed();

    World& world_;
    Client& client_;
    std::vector<Bytes> pending_;
    std::deque<std::pair<Bytes, bool>> up_;
    Ms up_last_ = 0, down_last_ = 0, held_until_ = 0;
    bool pumping_ = false;
    int under_way_ = 0;
};

/// The journal as the hub sees it, with a witness: the auditor hears every step, and planted bugs live here.
class Witness final : public journal::Journal {
public:
    Witness(World& world, Host& host, journal::MemoryDisk& disk);
    std::uint64_t restore(core::State& state) override;
    void recall(std::size_t events_max, const std::function<void(const core::Event&)>& seen) override;
    void start(journal::Callbacks callbacks) override;
    void append(std::vector<core::Event> step) override;
    std::size_t waiting() const override { return inner.waiting(); }
    void offer_snapshot(const core::State& state) override { inner.offer_snapshot(state); }
    void stop() override { inner.stop(); }

    journal::MemoryJournal inner;

private:
    World& world_;
    Host& host_;
    std::function<void(std::uint64_t)> durable_;
};

class Host {
public:
    explicit Host(World& world);
    ~Host();

    void boot();
    void crash(const char* why);
    void stop_and_start();
    void freeze(Ms span);
    void heal();
    void fail_disk();

    bool up() const { return hub_ != nullptr; }
    bool frozen() const { return world_.now < frozen_until_; }
    /// Runs `what` in the hub's process: now, or when it is no longer frozen; never when it has died meanwhile.
    void enter(std::function<void(app::Hub&)> what);

    app::Hub& hub() { return *hub_; }
    const app::Hub& hub() const { return *hub_; }
    std::uint64_t synced() const { return disk.events.size(); }
    /// Up, not frozen and writing for at least this long.
    bool well_for(Ms span) const { return up() && !frozen() && hub_->journal_ok() && world_.now - well_since_ >= span; }
    void check_finally();
    /// Which devices might see this call just after that event; null when it is not known.
    const std::map<core::DeviceId, bool>* seers_at(std::uint64_t call, std::uint64_t seq) const;
    void remember_seers(const core::Event& event);

    journal::MemoryDisk disk;
    Auditor auditor;
    NeedToKnow rights;
    std::map<std::uint64_t, std::shared_ptr<Stream>> streams;  // by the order of dialling: never by address
    std::uint64_t dialled = 0;
    std::map<core::DeviceId, Ms> revoked_at;  // when the revocation was on disk
    std::map<core::DeviceId, std::uint64_t> revocations;  // the event of each
    Ms wall_offset = 1'700'000'000'000;

    /// After anything that happened in the process: its timer, its disk.
    void after();

private:
    class SimClock;
    class SimWork;
    friend class Witness;

    void disk_turn();
    void start_disk();
    void arm_wake();
    void die();
    void repair_disk();
    void unwell() { well_since_ = world_.now; }

    World& world_;
    std::unique_ptr<SimClock> clock_;
    std::unique_ptr<app::Random> random_;
    test::HandNoteKeys note_keys_;
    std::unique_ptr<SimWork> work_;
    std::unique_ptr<Witness> journal_;
    std::vector<std::unique_ptr<Witness>> old_journals_;
    std::unique_ptr<app::Hub> hub_;
    std::uint64_t epoch_ = 0;  // of the process
    Ms frozen_until_ = 0, well_since_ = 0, wake_at_ = 0;
    int disk_stage_ = 0;
    struct Seen {
        std::uint64_t from = 0;
        std::map<core::DeviceId, bool> devices;
    };
    std::map<std::uint64_t, std::vector<Seen>> seers_;  // by call, oldest first
};

}  // namespace attune::sim
