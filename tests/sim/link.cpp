// The network: streams that delay, hold up and break, and the eye on every frame that leaves the hub.
#include "tests/sim/client.hpp"
#include "tests/sim/frame_rules.hpp"

namespace attune::sim {

Ms Stream::arrival(Ms& last) {
    Ms delay = world_.random.between(0, 3);
    if (world_.has(Fault::delays)) delay = world_.random.chance(50) ? world_.random.between(100, 1'500) : world_.random.between(1, 200);
    last = std::max({last, world_.now + delay, held_until_});
    return last;
}

// ---- from the hub ----

void Stream::send(std::span<const std::byte> envelope) {
    world_.trace.hash(static_cast<std::uint64_t>(world_.now));
    world_.trace.hash(envelope);
    ++world_.result.frames;
    if (world_.options.plant == Plant::cards_lost && world_.random.below(400) == 0) return;
    world_.check([&] { check_frame(world_, *world_.host, client_, told_, envelope); });
    pending_.emplace_back(envelope.begin(), envelope.end());
    if (world_.options.plant != Plant::revoke_ignored || client_.kind != core::DeviceKind::station) return;
    for (const auto& [device, at] : world_.host->revoked_at)  // as if it were still in every audience
        if (Client* revoked = world_.client_of(device)) world_.check([&] { check_frame(world_, *world_.host, *revoked, told_, envelope); });
}

void Stream::flush() {
    if (pending_.empty()) return;
    if (held_until_ > world_.now + 10'000 && hub_open) {  // net cuts a client whose oldest byte has waited 10 s
        pending_.clear();
        ++under_way_;
        world_.agenda.at(world_.now + 10'000, [self = shared_from_this()] { self->cut(); });
        return;
    }
    auto frames = std::make_shared<std::vector<Bytes>>(std::move(pending_));
    pending_.clear();
    ++under_way_;
    world_.agenda.at(arrival(down_last_), [self = shared_from_this(), frames] {
        --self->under_way_;
        if (self->client_open) self->client_.received(*frames);
    });
}

void Stream::close(bool) {
    world_.agenda.at(arrival(down_last_), [self = shared_from_this()] {
        if (!self->client_open) return;
        self->client_open = false;
        self->client_.closed(self);
    });
    world_.agenda.at(world_.now, [self = shared_from_this()] { self->hub_closed(); });
}

void Stream::hub_closed() {
    if (!hub_open) return;
    hub_open = false;
    const auto self = shared_from_this();
    world_.host->enter([self](app::Hub& hub) {
        hub.closed(self->id);
        self->world_.host->streams.erase(self->number);
    });
}

void Stream::process_died() {
    hub_open = false;
    up_.clear();
    pending_.clear();
    // The kernel closes what the process had open; what was on its way still arrives.
    world_.agenda.at(arrival(down_last_), [self = shared_from_this()] {
        if (!self->client_open) return;
        self->client_open = false;
        self->client_.closed(self);
    });
}

// ---- from the client ----

void Stream::dial(bool local) {
    const auto self = shared_from_this();
    world_.agenda.at(arrival(up_last_), [self, local] {
        Host& host = *self->world_.host;
        if (!host.up() || (!local && self->world_.has(Fault::refusals) && self->world_.random.chance(100))) return self->client_.refused();
        self->client_open = true;
        self->number = ++host.dialled;
        host.streams.emplace(self->number, self);
        host.enter([self, local](app::Hub& hub) {
            if (!self->client_open) return;
            self->hub_open = true;
            self->id = hub.opened(*self, {local, "10.0.0.1"});
        });
        self->client_.connected(self);
    });
}

void Stream::write(Bytes frame, bool by_hand) {
    auto bytes = std::make_shared<Bytes>(std::move(frame));
    world_.agenda.at(arrival(up_last_), [self = shared_from_this(), bytes, by_hand] {
        self->up_.emplace_back(std::move(*bytes), by_hand);
        self->pump();
    });
}

/// As net does it: no more is read while the hub says that it has enough.
void Stream::pump() {
    if (pumping_) return;
    pumping_ = true;
    const auto self = shared_from_this();
    world_.host->enter([self](app::Hub& hub) {
        self->pumping_ = false;
        while (self->hub_open && !self->up_.empty()) {
            if (hub.paused(self->id)) {
                self->world_.later(5, [self] { self->pump(); });
                return;
            }
            const auto [frame, by_hand] = std::move(self->up_.front());
            self->up_.pop_front();
            if (by_hand) self->client_.last_heard_of = self->world_.now;
            hub.received(self->id, frame);
        }
    });
    if (!world_.host->up()) pumping_ = false;
}

void Stream::hang_up() {
    client_open = false;
    world_.agenda.at(arrival(up_last_), [self = shared_from_this()] { self->hub_closed(); });
}

void Stream::cut() {
    const bool was = std::exchange(client_open, false);
    hub_closed();
    if (was) client_.closed(shared_from_this());
}

}  // namespace attune::sim
