// Listeners, limits, the turn, the tick, and the order of stopping.
#include "hub/net/server.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <limits>
#include <stdexcept>
#include <utility>

#include "hub/net/addresses.hpp"
#include "hub/net/certificate_end.hpp"
#include "hub/net/listener.hpp"
#include "hub/net/local.hpp"
#include "hub/net/pages.hpp"
#include "hub/net/site_ca.hpp"
#include "hub/net/tls_context.hpp"
#include "hub/net/visitor.hpp"
#include "hub/net/zeromq_gateway.hpp"

namespace attune::net {

using asio::ip::tcp;
using Unix = asio::local::stream_protocol;

namespace {

constexpr Ms never = std::numeric_limits<Ms>::max();
constexpr Ms wake_span_max_ms = 30'000;  // a steady timer sleeps with the machine: look again now and then

std::string host_part(const std::string& name) {
    if (name.starts_with('[')) return name.substr(1, name.find(']') - 1);
    return name.substr(0, name.find(':'));
}

}  // namespace

class Server::Body {
  public:
    Body(asio::io_context& io, Config config, app::FrontDoor& door, app::Clock& clock, Callbacks callbacks)
        : config_(std::move(config)),
          callbacks_(std::move(callbacks)),
          context_{io, config_, door, clock, callbacks_, [this] { turn_ended(); }, [this] { connection_gone(); }},
          pages_(context_),
          wake_timer_(io),
          tick_timer_(io),
          stop_timer_(io) {
        std::signal(SIGPIPE, SIG_IGN);
        context_.now_ms = clock.monotonic_ms();
        context_.names = config_.names;
        if (auto machine = machine_name(); !machine.empty()) context_.names.push_back(std::move(machine));
    }

    void start() {
        if (config_.listen.empty()) throw std::runtime_error("No listening address is configured.");
        const auto descriptors = raise_descriptor_limit(config_.limits.connections_max + 128);
        if (descriptors < config_.limits.connections_max + 128) {
            context_.log(LogLevel::Warning, "the system allows " + std::to_string(descriptors) +
                                                " open files, fewer than connections_max needs");
        }
        renew_certificate();
        for (const auto& listen : config_.listen)
            open_tcp(listen);
        if (config_.zeromq.listen) zeromq_ = std::make_unique<ZeromqGateway>(context_);
        if (!config_.local_socket.empty()) open_local();
        arm_tick();
        turn_ended();
    }

    // ---- the turn ------------------------------------------------------------------------------------------------

    void turn_ended() {
        context_.flusher.turn_ended();
        if (!context_.paused.empty()) {
            // resume() may pause again: a list of its own.
            for (const auto& connection : std::exchange(context_.paused, {}))
                connection->resume();
        }
        const Ms wake = context_.door.next_wake();
        // Earlier than the timer: arm anew. Later: let it ring and look again, which costs less than moving it.
        if (wake < armed_for_ && !finished_) arm_wake(wake);
    }

    void arm_wake(Ms wake) {
        const Ms now = context_.clock.monotonic_ms();
        const Ms span = std::clamp<Ms>(wake <= now ? 0 : wake - now, 0, wake_span_max_ms);
        armed_for_ = now + span;
        wake_timer_.expires_after(std::chrono::milliseconds(span));
        wake_timer_.async_wait([this, mine = ++wake_generation_](ErrorCode) {
            // cancel() can't call back a timer that has rung: the number tells whether this is the latest.
            if (mine != wake_generation_ || finished_) return;
            armed_for_ = never;
            context_.now_ms = context_.clock.monotonic_ms();
            if (context_.now_ms >= context_.door.next_wake()) context_.door.wake();
            turn_ended();
        });
    }

    // ---- the tick ------------------------------------------------------------------------------------------------

    void arm_tick() {
        tick_due_ms_ = context_.clock.monotonic_ms() + config_.limits.tick_ms;
        tick_timer_.expires_after(std::chrono::milliseconds(config_.limits.tick_ms));
        tick_timer_.async_wait([this](ErrorCode) {
            if (finished_) return;
            const Ms now = context_.now_ms = context_.clock.monotonic_ms();
            context_.counters.loop_lag_ms = std::max<Ms>(0, now - tick_due_ms_);
            context_.counters.loop_lag_ms_max =
                std::max(context_.counters.loop_lag_ms_max, context_.counters.loop_lag_ms);
            for (const auto& connection : context_.all())
                connection->tick(now);
            if (zeromq_) zeromq_->tick(now);
            const bool given = !config_.tls.certificate.empty();
            if (now - certificate_checked_ms_ > (given ? config_.limits.certificate_check_ms : 3'600'000)) check_certificate();
            arm_tick();
        });
    }

    // ---- certificates --------------------------------------------------------------------------------------------

    bool needs_tls(const Listen& listen) const {
        return config_.tls.on_loopback || !is_loopback_address(listen.address);
    }

    std::vector<std::string> certificate_names() const {
        std::vector<std::string> names;
        for (const auto& name : context_.names)
            names.push_back(host_part(name));
        for (const auto& listen : config_.listen) {
            if (!is_any_address(listen.address)) names.push_back(listen.address);
        }
        if (std::ranges::any_of(config_.listen, [](const Listen& listen) { return is_any_address(listen.address); })) {
            std::ranges::move(interface_addresses(), std::back_inserter(names));
        }
        names.emplace_back("localhost");
        return names;
    }

    void renew_certificate() {
        certificate_checked_ms_ = context_.clock.monotonic_ms();
        if (std::ranges::none_of(config_.listen, [this](const Listen& listen) { return needs_tls(listen); })) return;
        if (!config_.tls.certificate.empty()) return use_given_certificate();
        if (config_.tls.directory.empty()) {
            throw std::runtime_error(
                "An address that is not loopback needs TLS: give a certificate and a key, or a directory for the "
                "site's own.");
        }
        const auto wall = std::chrono::system_clock::time_point(std::chrono::milliseconds(context_.clock.wall_ms()));
        const auto site = ensure_site_certificate(config_.tls.directory, certificate_names(), wall);
        context_.ca_certificate = site.ca_pem;
        if (site.renewed) context_.log(LogLevel::Info, "a new certificate was made for the hub");
        if (site.renewed || !context_.tls) context_.tls = make_tls_context(site.certificate, site.key);
        context_.certificate_ends_s = end_of(site.certificate);
        context_.ca_ends_s = end_of(authority_file(config_.tls.directory));
    }

    /// Read again when either file has changed: who renews it needs no restart, and nobody who is connected notices.
    /// Files that can't be used yet (half copied, the key not there) leave the one before in use and are tried again.
    void use_given_certificate() {
        std::error_code error;  // a file that cannot be looked at says why when it is read
        const auto changed = std::pair(std::filesystem::last_write_time(config_.tls.certificate, error),
                                       std::filesystem::last_write_time(config_.tls.key, error));
        if (context_.tls && changed == certificate_changed_) return;
        const bool first = !context_.tls;
        context_.tls = make_tls_context(config_.tls.certificate, config_.tls.key);
        certificate_changed_ = changed;
        context_.certificate_ends_s = end_of(config_.tls.certificate);
        if (!first) context_.log(LogLevel::Info, "the new certificate is in use");
    }

    static std::optional<std::int64_t> end_of(const std::filesystem::path& certificate) {
        const auto end = certificate_end(certificate);
        return end ? std::optional<std::int64_t>(std::chrono::system_clock::to_time_t(*end)) : std::nullopt;
    }

    void check_certificate() {
        try {
            renew_certificate();
        } catch (const std::exception& why) {
            context_.log(LogLevel::Error, std::string("the certificate could not be renewed: ") + why.what());
        }
    }

    // ---- listening -----------------------------------------------------------------------------------------------

    void open_tcp(const Listen& listen) {
        ErrorCode error;
        const auto address = asio::ip::make_address(listen.address, error);
        if (error) throw std::runtime_error("'" + listen.address + "' is no address to listen on. Give a numeric one, such as 127.0.0.1 or 0.0.0.0.");
        const bool plain_allowed = is_loopback_address(listen.address);
        auto listener = std::make_shared<Listener<tcp>>(
            context_.io, [this, plain_allowed](auto socket) { accepted(std::move(socket), plain_allowed); },
            [this](ErrorCode why) { accept_failed(why); });
        auto& acceptor = listener->acceptor();
        const tcp::endpoint endpoint(address, listen.port);
        acceptor.open(endpoint.protocol(), error);
        if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
        if (!error && address.is_v6()) acceptor.set_option(asio::ip::v6_only(!is_any_address(listen.address)), error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(1024, error);
        if (error)
            throw std::runtime_error("The hub cannot listen on " + url_authority(listen.address, listen.port, false) +
                                     ": " + why_not_listen(error));
        bound_.push_back({listen.address, acceptor.local_endpoint().port()});
        tcp_listeners_.push_back(listener);
        listener->accept();
    }

    void open_local() {
        const auto path = config_.local_socket.string();
        if (path.size() >= sizeof(sockaddr_un::sun_path))
            throw std::runtime_error("The path of the local socket is too long: " + path + ". Set a shorter one with socket in the configuration.");
        ErrorCode error;
        Unix::socket probe(context_.io);
        probe.connect(Unix::endpoint(path), error);
        if (!error) throw std::runtime_error("Another hub is running on this state directory (" + path + "). attuned status says where; --state names another folder.");
        ::unlink(path.c_str());
        local_listener_ = std::make_shared<Listener<Unix>>(
            context_.io, [this](auto socket) { start_local(context_, Socket(std::move(socket))); },
            [this](ErrorCode why) { accept_failed(why); });
        auto& acceptor = local_listener_->acceptor();
        acceptor.open(Unix(), error);
        // Between bind and chmod nobody else may get in: the mask makes it 0600 from its first instant.
        const auto mask = ::umask(0177);
        if (!error) acceptor.bind(Unix::endpoint(path), error);
        ::umask(mask);
        if (!error) acceptor.listen(64, error);
        const bool read_only = ::access(config_.local_socket.parent_path().c_str(), W_OK) != 0 && errno == EROFS;
        if (error && (read_only || error == boost::system::errc::no_space_on_device)) {
            // The school's devices need no file to come in by.
            context_.log(LogLevel::Error, "the disk takes no socket, so that attuned's commands cannot reach the hub");
            local_listener_.reset();
            return;
        }
        if (error) throw std::runtime_error("The hub cannot listen on " + path + ": " + error.message() + ". Set another place with socket in the configuration.");
        local_listener_->accept();
    }

    static std::string why_not_listen(ErrorCode error) {
        if (error == asio::error::address_in_use)
            return "another program has this port. End that one, or set another port with listen.";
        if (error == asio::error::access_denied)
            return "this user may not use this port. Set one from 1024 on with listen.";
        if (error == boost::system::errc::address_not_available)
            return "this machine has no such address. Set one of its own with listen, or 0.0.0.0 for all of them.";
        return error.message() + ". Set another address with listen.";
    }

    void accept_failed(ErrorCode why) {
        if (context_.counters.accept_errors++ == 0)
            context_.log(LogLevel::Error, "a connection could not be accepted: " + why.message());
    }

    void accepted(asio::basic_stream_socket<tcp, Executor> socket, bool plain_allowed) {
        ++context_.counters.accepted;
        ErrorCode error, ignored;
        const auto remote = socket.remote_endpoint(error);
        const auto local = socket.local_endpoint(error);
        if (error) return;
        const auto& limits = config_.limits;
        auto address = remote.address().to_string();
        if (!room_for(address)) {
            Socket refused(std::move(socket));
            return close_socket(refused, true);
        }
        socket.set_option(tcp::no_delay(true), ignored);
        socket.set_option(asio::socket_base::send_buffer_size(static_cast<int>(limits.send_buffer_bytes)), ignored);
        const unsigned timeout = static_cast<unsigned>(limits.outbox_age_ms_max);
        ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout, sizeof(timeout));
        LocalEnd end;
        end.address = local.address().to_string();
        if (local.address().is_v6() && local.address().to_v6().is_v4_mapped()) {
            end.address = asio::ip::make_address_v4(asio::ip::v4_mapped, local.address().to_v6()).to_string();
        }
        end.port = local.port();
        end.loopback = is_loopback_address(end.address);
        start_visitor(context_, pages_, Socket(std::move(socket)), std::move(address), std::move(end), plain_allowed);
    }

    // Strangers must not keep the school's own devices out: there is a limit for one address, and one for those that
    // have not said who they are, over HTTP or over a WebSocket, of which the oldest makes room.
    bool room_for(const std::string& address) {
        const auto& limits = config_.limits;
        auto& counters = context_.counters;
        const auto of_address = context_.connections_of_address.find(address);
        if (of_address != context_.connections_of_address.end() &&
            of_address->second >= limits.connections_per_address_max && !is_loopback_address(address)) {
            ++counters.refused_address;
            return false;
        }
        const bool full = context_.connections.size() >= limits.connections_max;
        if (full || counters.strangers >= limits.visitors_max) {
            Connection* oldest = nullptr;
            for (auto* connection : context_.connections) {
                if (connection->stranger() &&
                    (oldest == nullptr || connection->number() < oldest->number()))
                    oldest = connection;
            }
            if (oldest == nullptr) {
                ++counters.refused_full;
                return false;
            }
            ++counters.visitors_evicted;
            oldest->cut();
        }
        return true;
    }

    // ---- stopping ------------------------------------------------------------------------------------------------

    void stop(std::function<void()> done, Ms deadline_ms) {
        if (context_.stopping) return;
        context_.stopping = true;
        stopped_ = std::move(done);
        for (const auto& listener : tcp_listeners_)
            listener->close();
        tcp_listeners_.clear();
        if (local_listener_) {
            local_listener_->close();
            local_listener_.reset();
            ::unlink(config_.local_socket.c_str());
        }
        if (zeromq_) zeromq_->refuse_new();
        context_.door.stop();
        turn_ended();
        for (const auto& connection : context_.all()) {
            if (connection->kind() == Kind::Visitor) connection->end();
        }
        // The app ends its connections itself, when what they wait for is on disk. Those that it has left open are
        // ended in order when two fifths of the time remain, and cut at its end.
        stop_after(deadline_ms * 3 / 5, [this, deadline_ms] {
            for (const auto& connection : context_.all())
                connection->end();
            stop_after(deadline_ms * 2 / 5, [this] {
                for (const auto& connection : context_.all())
                    connection->cut();
            });
        });
        connection_gone();
    }

    void stop_after(Ms span, std::function<void()> then) {
        stop_timer_.expires_after(std::chrono::milliseconds(span));
        stop_timer_.async_wait([this, then = std::move(then)](ErrorCode error) {
            if (!error && !finished_) then();
        });
    }

    void connection_gone() {
        if (!context_.stopping || finished_ || !context_.connections.empty()) return;
        asio::post(context_.io, [this] {
            if (finished_ || !context_.connections.empty()) return;
            finished_ = true;
            wake_timer_.cancel();
            tick_timer_.cancel();
            stop_timer_.cancel();
            if (zeromq_) zeromq_->close();
            if (const auto done = std::exchange(stopped_, nullptr)) done();
        });
    }

    std::vector<std::string> urls() const {
        std::vector<std::string> found;
        for (const auto& bound : bound_) {
            const bool secure = needs_tls({bound.address, 0});
            const std::string scheme = secure ? "https://" : "http://";
            for (const auto& name : config_.names) {
                const bool has_port = name != host_part(name) && !name.ends_with(']');
                found.push_back(scheme + (has_port ? name : url_authority(host_part(name), bound.port, secure)));
            }
            std::vector<std::string> addresses{bound.address};
            if (is_any_address(bound.address)) addresses = interface_addresses();
            for (const auto& address : addresses) {
                if (bound.address == "0.0.0.0" && address.find(':') != std::string::npos) continue;
                found.push_back(scheme + url_authority(address, bound.port, secure));
            }
        }
        return found;
    }

    std::uint16_t port() const { return bound_.empty() ? std::uint16_t{0} : bound_.front().port; }
    NativeDoor native() const {
        if (!zeromq_) return {};
        return {zeromq_->port(), text_of_key(zeromq_->public_key())};
    }
    const Counters& counters() const { return context_.counters; }

  private:
    const Config config_;
    const Callbacks callbacks_;
    Context context_;
    Pages pages_;
    asio::steady_timer wake_timer_, tick_timer_, stop_timer_;
    std::vector<std::shared_ptr<Listener<tcp>>> tcp_listeners_;
    std::shared_ptr<Listener<Unix>> local_listener_;
    std::unique_ptr<ZeromqGateway> zeromq_;
    std::vector<Listen> bound_;
    std::function<void()> stopped_;
    Ms armed_for_ = never, tick_due_ms_ = 0, certificate_checked_ms_ = 0;
    std::pair<std::filesystem::file_time_type, std::filesystem::file_time_type> certificate_changed_;  // and its key
    std::uint64_t wake_generation_ = 0;
    bool finished_ = false;
};

Server::Server(asio::io_context& io, Config config, app::FrontDoor& door, app::Clock& clock, Callbacks callbacks)
    : body_(std::make_unique<Body>(io, std::move(config), door, clock, std::move(callbacks))) {}
Server::~Server() = default;
void Server::start() {
    body_->start();
}
void Server::turn_ended() {
    body_->turn_ended();
}
void Server::stop(std::function<void()> done, Ms deadline_ms) {
    body_->stop(std::move(done), deadline_ms);
}
std::vector<std::string> Server::urls() const {
    return body_->urls();
}
std::uint16_t Server::port() const {
    return body_->port();
}
NativeDoor Server::native() const {
    return body_->native();
}
const Counters& Server::counters() const {
    return body_->counters();
}

}  // namespace attune::net
