// Bringing a site up and keeping it alive.
#include "tests/bench/load/site.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <random>
#include <stdexcept>

namespace attune::bench {

namespace {

constexpr std::int64_t beat_every_us = 2'000'000;
/// How long it looks again before it sleeps. Writing to a socket whose reader sleeps on another processor costs the writer
/// an interrupt of that processor, more than all the rest of the write; in a school nobody's handset is woken that way.
constexpr std::int64_t awake_us = 300;

std::array<std::byte, 32> secret(std::uint64_t seed) {
    std::mt19937_64 dice(seed);
    std::array<std::byte, 32> bytes{};
    for (std::size_t n = 0; n < bytes.size(); n += 8) {
        const std::uint64_t word = dice();
        std::memcpy(&bytes[n], &word, 8);
    }
    return bytes;
}

}  // namespace

Site::Site(Hub& hub, bool tls) : hub_(hub), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (!tls) return;
    tls_ = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_mode(tls_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
}

Site::~Site() {
    disconnect();
    if (tls_ != nullptr) SSL_CTX_free(tls_);
    ::close(epoll_);
}

void Site::watch(Client& client) {
    epoll_event event{EPOLLIN, {.ptr = &client}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, client.descriptor(), &event);
    client.on_frame = [this](Client& who, const Glance& glance) { handle(who, glance); };
}

void Site::handle(Client& client, const Glance& glance) {
    client.seq = std::max(client.seq, glance.type == "Done" || glance.type == "Welcome" ? 0 : glance.seq);
    if (glance.type == "CallChanged" || glance.type == "CallGone") {
        // One event of a call is one frame for one device: once, and in order.
        if (glance.seq <= client.call_seq) ++client.doubled;
        client.call_seq = glance.seq;
    }
    if (glance.type == "Rejected") ++rejected;
    if (&client == greeting_) {
        if (glance.type == "Rejected") throw std::runtime_error(fmt::format("{} was refused with error {}", client.name, glance.error));
        if (glance.type == "Enrolled" || glance.type == "Live" || glance.type == "Done") answer_ = glance.type;
    }
    if (on_frame) on_frame(client, glance);
}

void Site::ask(Client& client, const protocol::AnyMessage& message, std::string_view answer) {
    answer_.clear();
    greeting_ = &client;
    client.send(message, random_id());
    const bool done = run_until([&] { return answer_ == answer; }, 15'000'000);
    greeting_ = nullptr;
    if (!done) throw std::runtime_error(fmt::format("{}: no {} within 15 s", client.name, answer));
}

void Site::greet(Client& client) {
    client.connect(hub_.port(), tls_);
    client.beat = 0;
    watch(client);
    ask(client, protocol::Hello{.credential = client.credential, .last_seq = client.seq, .session = {}, .app = "load"}, "Live");
    client.live = true;
}

void Site::enrol(Client& client, protocol::DeviceKind kind, const std::string& place) {
    client.credential = secret(std::hash<std::string>{}(client.name));
    const std::string code = hub_.code(kind, place, client.person);
    client.connect(hub_.port(), tls_);
    watch(client);
    ask(client, protocol::Enrol{.code = code, .credential = client.credential, .app = "load"}, "Enrolled");
    client.close();
    greet(client);
}

void Site::add_rooms(int count, int places) {
    for (int n = 0; n < count; ++n) {
        const int index = static_cast<int>(rooms.size());
        rooms.push_back(std::make_unique<Client>("room-" + std::to_string(index), index));
        enrol(*rooms.back(), protocol::DeviceKind::room, place_id(index % places));
    }
}

void Site::add_handsets(int count) {
    for (int n = 0; n < count; ++n) {
        handsets.push_back(std::make_unique<Client>("handset-" + std::to_string(n), n));
        Client& handset = *handsets.back();
        handset.person = person_id(n);
        enrol(handset, protocol::DeviceKind::handset, "");
        Id session{};
        std::memcpy(session.data(), handset.credential.data(), session.size());
        ask(handset, protocol::SetPin{.person = handset.person, .pin = "4711", .session = session}, "Done");
        handset.send(protocol::Beat{.n = ++handset.beat, .seq = handset.seq, .now = {}, .journal = {},
                                    .evidence = protocol::Evidence{.visible = true, .sound = true, .wake_lock = true, .battery_percent = 80, .charging = true}});
        ask(handset, protocol::ProveHandset{.heard = true, .vibrated = true}, "Done");
    }
}

void Site::reconnect(bool with_rooms, bool with_handsets) {
    const auto again = [&](auto& clients) {
        for (auto& client : clients) greet(*client);
    };
    if (with_rooms) again(rooms);
    if (with_handsets) again(handsets);
}

void Site::disconnect() {
    for (auto& client : rooms) client->close();
    for (auto& client : handsets) client->close();
}

void Site::beat_all() {
    const std::int64_t now = now_us();
    if (now < next_beat_us_) return;
    next_beat_us_ = now + beat_every_us;
    const auto beat = [](Client& client) {
        if (client.live) client.send(protocol::Beat{.n = ++client.beat, .seq = client.seq, .now = {}, .journal = {},
                                                    .evidence = protocol::Evidence{.visible = true, .sound = true, .wake_lock = true, .battery_percent = 80, .charging = true}});
    };
    for (auto& client : rooms) beat(*client);
    for (auto& client : handsets) beat(*client);
}

bool Site::run_until(const std::function<bool()>& done, std::int64_t us_max) {
    const std::int64_t until = now_us() + us_max;
    epoll_event events[256];
    while (!done()) {
        const std::int64_t now = now_us();
        if (now >= until) return false;
        beat_all();
        const auto flush = [](auto& clients) {
            for (auto& client : clients)
                if (client->wants_to_write() && !client->flush()) throw std::runtime_error(client->name + ": the hub has closed the connection");
        };
        flush(rooms);
        flush(handsets);
        if (done()) return true;
        const std::int64_t wake = std::min({until, next_beat_us_, wake_us == 0 ? until : std::max(wake_us, now)});
        const timespec pause{(wake - now) / 1'000'000, (wake - now) % 1'000'000 * 1'000};
        constexpr timespec at_once{};
        const int ready = ::epoll_pwait2(epoll_, events, 256, now - heard_us_ < awake_us ? &at_once : &pause, nullptr);
        if (ready > 0) heard_us_ = now;
        for (int n = 0; n < ready; ++n) {
            Client& client = *static_cast<Client*>(events[n].data.ptr);
            if (client.descriptor() >= 0 && !client.read()) throw std::runtime_error(client.name + ": the hub has closed the connection");
        }
    }
    return true;
}

}  // namespace attune::bench
