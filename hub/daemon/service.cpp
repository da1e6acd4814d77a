// Open the journal, restore, start the engine, listen, say ready; and back: refuse, drain, close, stop the journal.
#include "hub/daemon/service.hpp"

#include <boost/asio/post.hpp>
#include <chrono>
#include <csignal>
#include <stdexcept>

#include <fmt/format.h>

#include "hub/daemon/commands.hpp"
#include "hub/daemon/links.hpp"
#include "hub/daemon/log.hpp"
#include "hub/daemon/process.hpp"

namespace attune::daemon {

namespace {

constexpr core::Ms stop_ms_max = 4'500;  // with what the journal still has to write, 5 s in all
constexpr auto look_after_every = std::chrono::milliseconds(500);

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
      journal_(journal_options()),
      hub_(clock_, random_, work_, journal_, hub_options()),
      server_(io_, net_config(), hub_, clock_, net_callbacks()),
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

app::HubOptions Service::hub_options() const {
    app::HubOptions options;
    options.version = program_and_version();
    return options;
}

net::Config Service::net_config() const {
    net::Config net;
    net.listen = {{config_.listen.address, config_.listen.port}};
    net.names = config_.names;
    net.tls.certificate = config_.tls_certificate;
    net.tls.key = config_.tls_key;
    net.tls.directory = config_.state_dir / "tls";
    net.tls.on_loopback = config_.tls_always;
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

int Service::run(bool example_links) {
    const auto began_ms = clock_.monotonic_ms();
    hub_.start();
    server_.start();
    listening_ = true;
    await_signal();
    look_after();
    // The first turn of the loop: what the start itself has stored is under way, and clients can come.
    boost::asio::post(io_, [this, began_ms, example_links] { say_ready(began_ms, example_links); });
    io_.run();
    log(LogLevel::info, "stopped");
    return 0;
}

void Service::say_ready(std::int64_t began_ms, bool example_links) {
    const auto urls = server_.urls();
    const std::string url = urls.empty() ? "" : urls.front();
    say_base_url(config_, url);
    log(LogLevel::info, "ready",
        {{"url", url},
         {"port", fmt::format("{}", server_.port())},
         {"version", program_and_version()},
         {"seq", fmt::format("{}", hub_.state().last_seq)},
         {"calls_open", fmt::format("{}", hub_.state().calls.size())},
         {"took_ms", fmt::format("{}", clock_.monotonic_ms() - began_ms)}});
    notify_service_manager("READY=1");
    if (!example_links) return;
    // A client like any other, on a thread of its own: it waits for the answers that this thread gives.
    links_ = std::thread([this] {
        try {
            print_example_links(config_, true);
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
    log(LogLevel::info, "stopping", {{"signal", signal == SIGINT ? "SIGINT" : "SIGTERM"}});
    notify_service_manager("STOPPING=1");
    say_base_url(config_, "");
    server_.stop(
        [this] {
            timer_.cancel();
            // While the loop still runs, so that what it posts can land.
            journal_.stop();
        },
        stop_ms_max);
}

/// Now and then: tell the service manager that the loop turns, and the log how the journal is.
void Service::look_after() {
    timer_.expires_after(look_after_every);
    timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        watch_journal();
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
    if (ok == journal_ok_) return;
    journal_ok_ = ok;
    if (ok)
        log(LogLevel::info, "journal_restored");
    else
        log(LogLevel::error, "journal_failing", {{"msg", hub_.journal_failure()}});
}

std::string program_and_version() {
    return "attuned " ATTUNE_VERSION;
}

int run_service(const Config& config, bool example_links) {
    start_log(config.log_level);
    const auto faults = check_files(config);
    if (!faults.empty()) throw std::runtime_error(faults.front());
    make_state_dir(config.state_dir);
    return Service(config).run(example_links);
}

}  // namespace attune::daemon
