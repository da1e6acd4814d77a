// attuned run: the order of starting and stopping. Owns the io thread's loop and everything that lives on it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <thread>

#include "hub/app/hub.hpp"
#include "hub/daemon/config.hpp"
#include "hub/daemon/event_log.hpp"
#include "hub/daemon/journal_keeper.hpp"
#include "hub/net/clock.hpp"
#include "hub/net/codes.hpp"
#include "hub/daemon/note_keys.hpp"
#include "hub/net/server.hpp"
#include "hub/daemon/timetable_poll.hpp"

namespace attune::daemon {

/// Work whose `done` is a turn of its own: the server looks afterwards what the app wants next.
class TurnedWork final : public app::Work {
  public:
    TurnedWork(boost::asio::io_context& io, std::function<void()> turn_ended)
        : thread_(io), turn_ended_(std::move(turn_ended)) {}
    void hash_pin(std::string pin, std::function<void(std::string argon2id)> done) override;
    void check_pin(std::string argon2id, std::string pin, std::function<void(bool right)> done) override;

  private:
    net::HashingThread thread_;
    std::function<void()> turn_ended_;
};

class Service {
  public:
    /// Opens the journal. Throws std::runtime_error with a sentence.
    explicit Service(const Config& config);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    /// Serves until a signal comes and all is in order again. Throws std::runtime_error with a sentence when it can't
    /// begin. Returns the exit code.
    int run(bool example_links, bool first_link);

  private:
    journal::SqliteOptions journal_options();
    static std::unique_ptr<net::SealedCodes> open_codes(const Config& config);
    app::HubOptions hub_options();
    net::Config net_config() const;
    net::Callbacks net_callbacks();
    void turn_ended();
    void say_ready(std::int64_t began_ms, bool example_links, bool first_link);
    bool wants_first_leader() const;
    void await_signal();
    void stop(int signal);
    void look_after();
    void watch_journal();
    void try_journal_again();
    void await_last_try();

    const Config& config_;
    boost::asio::io_context io_{1};  // first: everything below lives on it
    net::SystemClock clock_;
    net::SystemRandom random_;
    TurnedWork work_;
    std::unique_ptr<net::SealedCodes> codes_;  // null where its key can't be used: then no leader signs in
    NoteKeyFile note_keys_;
    EventLog events_;
    JournalKeeper journal_;
    app::Hub hub_;
    net::Server server_;
    TimetablePoll timetable_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer timer_;
    std::thread links_;
    bool listening_ = false, stopping_ = false, stopped_ = false, journal_ok_ = true, chain_broken_ = false;
    std::int64_t notified_ms_ = 0, stop_began_ms_ = 0;
    std::int64_t journal_try_ms_ = 0, journal_pause_ms_ = 0, journal_said_ms_ = 0;  // the next try, and the log
};

}  // namespace attune::daemon
