// The hub: engine, sessions, news, supervision, accounts and administration put together behind one front door. The
// daemon and the simulator build exactly this; what differs is the clock, the random source, the work and the journal.
//
// Keeps the references it is given; all must outlive it. One thread: the front door, the journal's callbacks and Work's
// `done` must come on the same one. No call blocks, except that start() reads the journal.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "hub/app/accounts.hpp"
#include "hub/app/administration.hpp"
#include "hub/app/leader_door.hpp"
#include "hub/app/leaders.hpp"
#include "hub/app/notes.hpp"
#include "hub/app/reception.hpp"
#include "hub/app/supplies.hpp"
#include "hub/app/local_time.hpp"
#include "hub/app/talks.hpp"

namespace attune::app {

struct HubOptions {
    std::string version = "0";
    std::size_t ring_deliveries_max = 8'192;  // how far back a client may have been away without needing a snapshot
    EngineLimits limits;
    const Barrier* barrier = nullptr;  // null: durable before visible
    Codes* codes = nullptr;            // null: no leader can sign in
    NoteKeys* note_keys = nullptr;     // null: no note for today can be written
    // The link for a native client with this code; empty where native clients are not served.
    std::function<std::string(const std::string& code)> native_link;
    // The timetable's files beside those of an import by hand, and what an import took in the end. Each may be empty.
    std::function<std::vector<CsvFile>()> timetable_beside;
    std::function<void(std::vector<CsvFile>)> timetable_imported;
    std::optional<LocalZone> zone;  // the site's, for midnight and for mornings without a timetable; absent: UTC
    // For the log. What they hear may name people and children: whoever writes it down leaves that out.
    std::function<void(const core::Event& event)> witness;                      // as it happens
    std::function<void(const Peer& peer, std::string_view why)> turned_away;  // as often as strangers like
};

class Hub final : public FrontDoor, private Outlet, private Desk {
  public:
    Hub(Clock& clock, Random& random, Work& work, journal::Journal& journal, HubOptions options = {});

    /// Reads the journal, notes the start, fires what is overdue. Throws std::runtime_error when the journal can't be
    /// trusted. Before it no other call.
    void start();

    ConnectionId opened(Wire& wire, const Peer& peer) override;
    void received(ConnectionId connection, std::span<const std::byte> envelope) override;
    void closed(ConnectionId connection) override;
    Ms next_wake() override;
    void wake() override;
    bool paused(ConnectionId connection) const override { return sessions_.paused(connection); }
    bool journal_ok() const override { return engine_.journal_ok(); }
    void leader_asked(const LeaderRequest& request, std::function<void(LeaderAnswer)> done) override {
        leader_door_.asked(request, std::move(done));
    }
    KeyStanding standing(const CurveKey& key) const override { return reception_.standing(key); }
    void stop() override;

    // For the daemon, in its own process.
    ImportResult import(const core::Directory& directory, bool apply, const ParsedTimetable* timetable = nullptr);
    /// A whole and faultless timetable in the place of the one that goes on. False while nothing can be stored.
    bool import_timetable(ParsedTimetable timetable);
    /// The newest files were wrong, or not there: everybody who should know sees it, and the last good ones go on.
    void timetable_fault(const std::string& file, std::uint64_t line, const std::string& what);
    /// `shown` comes when the code is on disk and may be shown to a person; not at all while the journal is sick.
    std::optional<protocol::Error> offer_code(core::DeviceKind kind, const core::PlaceId& place,
                                              const core::PersonId& person, std::function<void(OfferedCode)> shown);
    /// True while the example school is loaded.
    bool example() const { return engine_.state().directory.site.example; }
    /// Counted by the hub; what only net can count stays 0.
    Figures figures() const;
    /// Why the journal failed, a sentence for people; empty while it is well.
    const std::string& journal_failure() const { return engine_.journal_failure(); }
    bool journal_restored(journal::Journal& journal) { return engine_.journal_restored(journal); }
    bool journal_restored(journal::Journal& journal, const Engine::Stored& stored) {
        return engine_.journal_restored(journal, stored);
    }
    std::uint64_t ahead_of_hub() const { return reception_.ahead_of_hub(); }

    const core::State& state() const { return engine_.state(); }
    const Engine& engine() const { return engine_; }

  private:
    void happened(const core::Event& event) override;
    void turned_away(const Session& session, std::string_view why) override {
        if (options_.turned_away) options_.turned_away(session.peer, why);
    }
    void step_ended() override {
        news_.step_ended();
        leaders_.step_ended();
        notes_.step_ended();
    }
    void journal_changed(bool ok) override { news_.journal_changed(ok); }
    void deliver(const Delivery& delivery) override { sessions_.deliver(delivery); }
    void post(const Letter& letter) override { sessions_.post(letter); }
    void flush() override { sessions_.flush(); }

    void hello(Session& session, const protocol::Hello& hello, const std::optional<protocol::Id>& id) override {
        reception_.hello(session, hello, id);
    }
    void enrol(Session& session, const protocol::Enrol& enrol, const std::optional<protocol::Id>& id) override {
        reception_.enrol(session, enrol, id);
    }
    void hello_leader(Session& session, const std::optional<protocol::Id>& id) override { leaders_.hello(session, id); }
    void beat(Session& session, const protocol::Beat& beat) override {
        if (!session.leader) supervisor_.beat(session.device, beat.evidence);
    }
    void command(Session& session, protocol::Envelope&& envelope) override;
    void list_my_children(Session& session, const protocol::Id& id);
    void begin_ready_day();

    HubOptions options_;
    DurableBarrier durable_barrier_;
    DeviceTable devices_;
    Engine engine_;
    Sessions sessions_;
    News news_;
    Supervisor supervisor_;
    Reception reception_;
    Accounts accounts_;
    Administration administration_;
    Leaders leaders_;
    LeaderDoor leader_door_;
    Talks talks_;
    Supplies supplies_;
    NoteVault vault_;
    Notes notes_;
};

}  // namespace attune::app
