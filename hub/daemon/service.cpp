// Open the journal, restore, start the engine, listen, say ready; and back: refuse, drain, close, stop the journal.
#include "hub/daemon/service.hpp"

#include <unistd.h>

#include <boost/asio/post.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <fmt/format.h>

#include "hub/core/leader_rules.hpp"
#include "hub/daemon/commands.hpp"
#include "hub/daemon/links.hpp"
#include "hub/daemon/log.hpp"
#include "hub/daemon/process.hpp"

namespace attune::daemon {

namespace {

constexpr core::Ms stop_ms_max = 4'500;  // with what the journal still has to write, 5 s in all
constexpr auto look_after_every = std::chrono::milliseconds(500);
constexpr auto last_try_looked_at_every = std::chrono::milliseconds(20);
constexpr core::Ms journal_pause_ms_min = 1'000, journal_pause_ms_max = 30'000;
constexpr core::Ms journal_said_every_ms = 60'000;

LogLevel log_level_of(net::LogLevel level) {
    switch (level) {
        case net::LogLevel::Debug:
            return LogLevel::debug;
        case net::LogLevel::Info:
            return LogLevel::info;
        case net::LogLevel::Warning:
            return LogLevel::warn;
        case net::LogLevel::Error:
            return LogLevel::error;
    }
    return LogLevel::info;
}

}  // namespace

void TurnedWork::hash_pin(std::string pin, std::function<void(std::string)> done) {
    thread_.hash_pin(std::move(pin), [this, done = std::move(done)](std::string hash) {
        done(std::move(hash));
        turn_ended_();
    });
}

void TurnedWork::check_pin(std::string argon2id, std::string pin, std::function<void(bool)> done) {
    thread_.check_pin(std::move(argon2id), std::move(pin), [this, done = std::move(done)](bool right) {
        done(right);
        turn_ended_();
    });
}

Service::Service(const Config& config)
    : config_(config),
      work_(io_, [this] { turn_ended(); }),
      codes_(open_codes(config)),
      note_keys_(config.state_dir / "notes.key"),
      events_(io_, clock_),
      journal_(journal_options()),
      hub_(clock_, random_, work_, journal_.journal(), hub_options()),
      server_(io_, net_config(), hub_, clock_, net_callbacks()),
      timetable_(io_, config, hub_, clock_, [this] { turn_ended(); }),
      signals_(io_),
      timer_(io_) {}

Service::~Service() {
    if (links_.joinable()) links_.join();
}

journal::SqliteOptions Service::journal_options() {
    journal::SqliteOptions options;
    options.directory = config_.state_dir;
    options.maker = program_and_version();
    options.post = [this](std::function<void()> what) {
        boost::asio::post(io_, [this, what = std::move(what)] {
            what();
            turn_ended();
        });
    };
    options.say = [](const std::string& sentence) { log(LogLevel::info, "journal", {{"msg", sentence}}); };
    options.verified = [this](const journal::VerifyReport& report) {
        chain_broken_ = report.first_bad_seq.has_value();
        log(chain_broken_ ? LogLevel::error : LogLevel::info, chain_broken_ ? "journal_changed" : "journal_verified",
            {{"events", fmt::format("{}", report.events)}, {"msg", report.sentence()}});
    };
    return options;
}

/// Leaders can wait for a disk that takes the key, or for the person who looks after it; rooms can't.
std::unique_ptr<net::SealedCodes> Service::open_codes(const Config& config) {
    try {
        return std::make_unique<net::SealedCodes>(config.authenticator_key());
    } catch (const std::exception& error) {
        log(LogLevel::error, "no_sign_in", {{"msg", std::string("No leader can sign in. ") + error.what()}});
        return nullptr;
    }
}

app::HubOptions Service::hub_options() {
    app::HubOptions options;
    options.codes = codes_.get();
    options.note_keys = &note_keys_;
    options.version = program_and_version();
    options.zone = app::LocalZone::here();
    options.native_link = [this](const std::string& code) { return native_link(config_, code); };
    options.witness = [this](const core::Event& event) { events_.happened(event); };
    options.timetable_beside = [this] { return timetable_.beside(); };
    options.timetable_imported = [this](std::vector<app::CsvFile> files) { timetable_.imported(std::move(files)); };
    options.turned_away = [this](const app::Peer& peer, std::string_view why) { events_.turned_away(peer, why); };
    return options;
}

net::Config Service::net_config() const {
    net::Config net;
    net.listen = {{config_.listen.address, config_.listen.port}};
    net.names = config_.names;
    net.tls.certificate = config_.tls_certificate;
    net.tls.key = config_.tls_key;
    net.tls.directory = config_.tls_folder();
    net.tls.on_loopback = config_.tls_always;
    if (config_.zeromq_listen)
        net.zeromq.listen = net::Listen{config_.zeromq_listen->address, config_.zeromq_listen->port};
    net.zeromq.key_file = config_.zeromq_key();
    net.local_socket = config_.local_socket();
    net.www = config_.www;
    net.version = program_and_version();
    net.limits.connections_max = config_.connections_max;
    net.limits.connections_per_address_max = config_.connections_per_address_max;
    return net;
}

net::Callbacks Service::net_callbacks() {
    net::Callbacks callbacks;
    callbacks.figures = [this] { return hub_.figures(); };
    callbacks.example = [this] { return hub_.example(); };
    callbacks.not_ready = [this] { return hub_.journal_failure(); };
    callbacks.more_metrics = [this](std::string& out) {
        out += fmt::format(
            "# HELP attune_journal_chain_ok 0 when the check at the start found a changed event.\n"
            "# TYPE attune_journal_chain_ok gauge\nattune_journal_chain_ok {}\n",
            chain_broken_ ? 0 : 1);
        timetable_.add_metrics(out);
    };
    callbacks.log = [](net::LogLevel level, std::string_view message) {
        log(log_level_of(level), "net", {{"msg", std::string(message)}});
    };
    return callbacks;
}

/// The journal and the hashing thread post into the loop before the server listens, too.
void Service::turn_ended() {
    if (listening_) server_.turn_ended();
}

int Service::run(bool example_links, bool first_link) {
    const auto began_ms = clock_.monotonic_ms();
    hub_.start();
    await_signal();  // before anybody could know that the hub is there
    server_.start();
    listening_ = true;
    look_after();
    // The first turn of the loop: what the start itself has stored is under way, and clients can come.
    boost::asio::post(io_, [this, began_ms, example_links, first_link] { say_ready(began_ms, example_links, first_link); });
    io_.run();
    const std::uint64_t lost = hub_.engine().unrecorded();
    if (lost > 0)
        log(LogLevel::error, "not_recorded",
            {{"events", fmt::format("{}", lost)},
             {"after_seq", fmt::format("{}", hub_.engine().durable_seq())},
             {"msg", "These events were shown and are not in the journal. Write down what is remembered of them."}});
    log(LogLevel::info, "stopped");
    return lost > 0 ? 1 : 0;
}

/// Somebody could be the first to have an account, and nobody has one or is about to.
bool Service::wants_first_leader() const {
    const core::State& state = hub_.state();
    const bool invited = std::ranges::any_of(state.invitations, [&](const auto& entry) { return entry.second.expires_at > hub_.engine().now(); });
    return state.accounts.empty() && !invited && std::ranges::any_of(state.directory.people, [](const auto& entry) {
               return core::has_role(entry.second, core::Role::admin) || core::has_role(entry.second, core::Role::head);
           });
}

void Service::say_ready(std::int64_t began_ms, bool example_links, bool first_link) {
    const auto urls = server_.urls();
    const std::string url = urls.empty() ? "" : urls.front();
    say_base_url(config_, url);
    const auto native = server_.native();
    say_native_address(config_, native.port);
    if (native.port != 0)
        log(LogLevel::info, "native_clients",
            {{"native_port", fmt::format("{}", native.port)}, {"public_key", native.public_key}});
    log(LogLevel::info, "ready",
        {{"url", url},
         {"port", fmt::format("{}", server_.port())},
         {"version", program_and_version()},
         {"seq", fmt::format("{}", hub_.state().last_seq)},
         {"calls_open", fmt::format("{}", hub_.state().calls.size())},
         {"took_ms", fmt::format("{}", clock_.monotonic_ms() - began_ms)}});
    notify_service_manager("READY=1");
    timetable_.start();
    const bool first = wants_first_leader();
    // The link itself is no word for a log, which is what standard output is where there is no terminal.
    const bool print_first = first && first_link && ::isatty(STDOUT_FILENO) == 1;
    if (first && !print_first)
        log(LogLevel::info, "no_leader_yet", {{"msg", "Nobody has an account. attuned leaders first prints the link for the first administrator."}});
    if (!example_links && !print_first) return;
    // A client like any other, on a thread of its own: it waits for the answers that this thread gives.
    links_ = std::thread([this, example_links, print_first] {
        try {
            if (print_first) invite_leader(config_, {});
            if (example_links) print_example_links(config_, true);
        } catch (const std::exception& error) {
            log(LogLevel::warn, "no_links", {{"msg", error.what()}});
        }
    });
}

void Service::await_signal() {
    signals_.add(SIGTERM);
    signals_.add(SIGINT);
    signals_.async_wait([this](boost::system::error_code error, int signal) {
        if (error) return;
        // With the default action back in place a second signal ends the process at once, whatever this thread does.
        signals_.clear();
        stop(signal);
    });
}

void Service::stop(int signal) {
    stopping_ = true;
    timetable_.stop();
    stop_began_ms_ = clock_.monotonic_ms();
    log(LogLevel::info, "stopping", {{"signal", signal == SIGINT ? "SIGINT" : "SIGTERM"}});
    notify_service_manager("STOPPING=1");
    say_base_url(config_, "");
    say_native_address(config_, 0);
    // Meanwhile, one last try for what is not recorded.
    if (hub_.engine().wants_journal()) journal_.try_again(hub_, JournalKeeper::Look::no);
    server_.stop([this] { await_last_try(); }, stop_ms_max);
}

/// While the loop still runs, so that what the journal posts can land.
void Service::await_last_try() {
    if (!journal_.trying()) {
        stopped_ = true;
        timer_.cancel();
        journal_.stop();
        return;
    }
    if (clock_.monotonic_ms() - stop_began_ms_ > stop_ms_max) {
        // The disk does not answer at all, and nothing that waits for it would ever end.
        log(LogLevel::error, "not_recorded",
            {{"events", fmt::format("{}", hub_.engine().unrecorded())}, {"msg", "The disk does not answer."}});
        std::_Exit(1);
    }
    timer_.expires_after(last_try_looked_at_every);
    timer_.async_wait([this](boost::system::error_code error) {
        if (!error) await_last_try();
    });
}

/// Now and then: tell the service manager that the loop turns, and the log how the journal is.
void Service::look_after() {
    timer_.expires_after(look_after_every);
    timer_.async_wait([this](boost::system::error_code error) {
        if (error || stopped_) return;  // a timer that has rung can't be called back
        watch_journal();
        try_journal_again();
        const auto interval = watchdog_interval_ms();
        const auto now = clock_.monotonic_ms();
        if (interval > 0 && now - notified_ms_ >= interval) {
            notify_service_manager("WATCHDOG=1");
            notified_ms_ = now;
        }
        look_after();
    });
}

void Service::watch_journal() {
    const bool ok = hub_.journal_ok();
    const auto now = clock_.monotonic_ms();
    if (ok == journal_ok_ && (ok || now - journal_said_ms_ < journal_said_every_ms)) return;
    const bool changed = ok != journal_ok_;
    journal_ok_ = ok;
    journal_said_ms_ = now;
    if (ok) return log(LogLevel::info, "journal_restored", {{"seq", fmt::format("{}", hub_.engine().durable_seq())}});
    std::string why = hub_.journal_failure();
    if (!changed && !journal_.why_not().empty()) why += " " + journal_.why_not();
    log(LogLevel::error, "journal_failing",
        {{"not_recorded", fmt::format("{}", hub_.engine().unrecorded())}, {"msg", why}});
}

/// Every second while the disk takes nothing; less and less often where it does and the journal can't be used for
/// another reason.
void Service::try_journal_again() {
    if (stopping_ || !hub_.engine().wants_journal()) {
        journal_pause_ms_ = 0;
        return;
    }
    const auto now = clock_.monotonic_ms();
    if (journal_.trying() || now < journal_try_ms_) return;
    journal_pause_ms_ = journal_.disk_is_well() ? std::clamp(journal_pause_ms_ * 2, journal_pause_ms_min,
                                                             journal_pause_ms_max)
                                                : journal_pause_ms_min;
    journal_try_ms_ = now + journal_pause_ms_;
    journal_.try_again(hub_, JournalKeeper::Look::first);
}

std::string program_and_version() {
    return "attuned " ATTUNE_VERSION;
}

int run_service(const Config& config, bool example_links, bool first_link) {
    start_log(config.log_level);
    const auto faults = check_files(config);
    if (!faults.empty()) throw std::runtime_error(faults.front());
    make_state_dir(config.state_dir);
    check_open_files();
    if (!keep_memory_at_hand()) log(LogLevel::info, "memory_not_locked");
    return Service(config).run(example_links, first_link);
}

}  // namespace attune::daemon
