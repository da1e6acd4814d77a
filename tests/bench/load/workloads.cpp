// What each workload does, and what it counts. Latency runs from just before the room's send to the moment the load
// engine has parsed the frame at the handset. Every event is followed to all handsets; missing and doubled ones count.
#include "tests/bench/load/workloads.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <unordered_map>

#include "tests/bench/load/site.hpp"

namespace attune::bench {

namespace {

using protocol::AnyMessage;

/// One room's call on its way through a workload.
struct Watch {
    std::uint64_t call = 0;
    std::int64_t pressed_us = 0, accepted_us = 0;
    int seen = 0;  // handsets that have parsed the event that is being waited for
};

struct Bed {
    Bed(const Options& options, int rooms, int handsets, int places = 0)
        : folder(options.folder + "/" + std::to_string(::getpid()) + "-" + std::to_string(options.port)), guard(folder),
          hub(options.program, folder, static_cast<std::uint16_t>(options.port), options.tls, std::max({rooms, places, 1}), std::max(handsets, 1)) {
        hub.import_school();
        hub.start();
        if (options.pinned) hub.share_processors();
        site = std::make_unique<Site>(hub, options.tls);
        site->add_handsets(handsets);
        site->add_rooms(rooms);
    }
    struct Folder {
        explicit Folder(std::string path) : path(std::move(path)) {
            std::filesystem::remove_all(this->path);
            std::filesystem::create_directories(this->path);
        }
        // Kept when a workload fails, so that its logs can be read.
        ~Folder() { if (std::uncaught_exceptions() == 0) std::filesystem::remove_all(path); }
        std::string path;
    };
    std::string folder;
    Folder guard;
    Hub hub;
    std::unique_ptr<Site> site;

    std::uint64_t doubled() const {
        std::uint64_t sum = 0;
        for (const auto& handset : site->handsets) sum += handset->doubled;
        for (const auto& room : site->rooms) sum += room->doubled;
        return sum;
    }
};

int room_of(const Glance& glance) {
    int room = -1;
    if (glance.place.size() > 1) std::from_chars(glance.place.data() + 1, glance.place.data() + glance.place.size(), room);
    return room;
}

void press(Client& room, Watch& watch) {
    watch = Watch{};
    watch.pressed_us = now_us();
    room.send(protocol::RaiseCall{.level = 3, .pressed_at = 0, .place = {}, .drill = {}}, random_id());
    room.flush();
}

template <class Message>
void say(Client& client, std::uint64_t call) {
    Message message{};
    message.call = call;
    client.send(message, random_id());
}

void accept(Client& handset, std::uint64_t call) { handset.send(protocol::AcceptCall{.call = call, .on_way = true, .going = {}}, random_id()); }

double own_cpu_seconds() {
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

double ms(std::int64_t us) { return static_cast<double>(us) / 1000.0; }

/// What the disk itself did just before and just after, and how a figure stands to it.
double add_floor(Figures& figures, std::vector<double> before, const std::vector<double>& after) {
    before.insert(before.end(), after.begin(), after.end());
    const double floor = percentiles(std::move(before)).p50;
    figures.values.emplace_back("fdatasync_p50_ms", floor);
    return floor;
}

void add_ratio(Figures& figures, const char* name, double took_ms, double floor_ms) { figures.values.emplace_back(name, took_ms / floor_ms); }

}  // namespace

void Figures::print() const {
    std::string line = fmt::format("{{\"workload\":\"{}\",\"transport\":\"{}\"", workload, transport);
    for (const auto& [name, value] : values) line += fmt::format(",\"{}\":{:.4g}", name, value);
    fmt::print("{}}}\n", line);
    std::fflush(stdout);
}

Figures quiet(const Options& options) {
    constexpr int rooms = 20;
    Bed bed(options, rooms, options.handsets);
    Site& site = *bed.site;
    std::vector<Watch> watches(rooms);
    std::vector<bool> busy(rooms, false);
    std::vector<double> last_ms, told_ms;
    std::uint64_t calls = 0, done = 0, missing = 0;
    site.on_frame = [&](Client& client, const Glance& glance) {
        if (glance.type == "CallGone" && &client == site.rooms[static_cast<std::size_t>(client.index) % site.rooms.size()].get()) {
            busy[static_cast<std::size_t>(client.index)] = false;
            ++done;
        }
        if (glance.type != "CallChanged") return;
        const int room = room_of(glance);
        if (room < 0 || room >= rooms) return;
        Watch& watch = watches[static_cast<std::size_t>(room)];
        const bool is_room = &client == site.rooms[static_cast<std::size_t>(room)].get();
        if (glance.event == "offered" && !is_room) {
            watch.call = glance.call;
            if (++watch.seen == options.handsets) last_ms.push_back(ms(now_us() - watch.pressed_us));
            if (client.index == static_cast<int>(glance.call % static_cast<std::uint64_t>(options.handsets))) {
                watch.accepted_us = now_us();
                accept(client, glance.call);
            }
        }
        if (glance.event == "accepted" && is_room) {
            told_ms.push_back(ms(now_us() - watch.pressed_us));
            say<protocol::ArriveCall>(client, glance.call);
        }
        const bool owner = client.index == static_cast<int>(glance.call % static_cast<std::uint64_t>(options.handsets));
        if (glance.event == "arrived" && !is_room && owner) say<protocol::SettleCall>(client, glance.call);
        if (glance.event == "settled" && !is_room && owner) say<protocol::CloseCall>(client, glance.call);
    };
    auto floor = fdatasync_ms(bed.folder, 60, 50'000);
    std::mt19937_64 dice(7);
    std::int64_t next = now_us() + 100'000;
    const std::int64_t until = next + static_cast<std::int64_t>(options.seconds * 1e6);
    for (int room = 0; now_us() < until; room = (room + 1) % rooms) {
        site.wake_us = next;
        site.run_until([&] { return now_us() >= next; }, 1'000'000);
        next += 25'000 + static_cast<std::int64_t>(dice() % 50'000);
        const auto r = static_cast<std::size_t>(room);
        if (busy[r]) { ++missing; continue; }
        busy[r] = true;
        ++calls;
        press(*site.rooms[r], watches[r]);
    }
    site.wake_us = 0;
    site.run_until([&] { return done == calls; }, 5'000'000);
    missing += calls - last_ms.size();
    const Percentiles last = percentiles(last_ms), told = percentiles(told_ms);
    Figures figures{"quiet", options.tls ? "tls" : "plain", {{"calls", static_cast<double>(calls)}, {"last_of_all_p50_ms", last.p50}, {"last_of_all_p99_ms", last.p99},
        {"worst_ms", last.worst}, {"raise_to_accept_told_p50_ms", told.p50}, {"missing", static_cast<double>(missing)}, {"doubled", static_cast<double>(bed.doubled())}, {"rejected", static_cast<double>(site.rejected)}}};
    add_ratio(figures, "p50_over_fdatasync", last.p50, add_floor(figures, floor, fdatasync_ms(bed.folder, 60, 50'000)));
    return figures;
}

Figures surge(const Options& options) {
    constexpr int rooms = 200, times = 10;
    Bed bed(options, rooms, options.handsets);
    Site& site = *bed.site;
    std::vector<Watch> watches(rooms);
    std::vector<double> last_ms;
    std::uint64_t gone = 0;
    double hub_cpu = 0, load_cpu = 0;
    site.on_frame = [&](Client& client, const Glance& glance) {
        const bool is_room = client.name[0] == 'r';
        if (glance.type == "CallGone" && is_room) ++gone;
        if (glance.type != "CallChanged" || glance.event != "offered" || is_room) return;
        const int room = room_of(glance);
        if (room < 0 || room >= rooms) return;
        Watch& watch = watches[static_cast<std::size_t>(room)];
        watch.call = glance.call;
        if (++watch.seen == options.handsets) last_ms.push_back(ms(now_us() - watch.pressed_us));
    };
    const auto floor = fdatasync_ms(bed.folder, 100, 2'000);
    for (int time = 0; time < times; ++time) {
        const std::size_t before = last_ms.size();
        const double hub_before = bed.hub.cpu_seconds(), load_before = own_cpu_seconds();
        const std::int64_t instant = now_us();
        for (int room = 0; room < rooms; ++room) {
            press(*site.rooms[static_cast<std::size_t>(room)], watches[static_cast<std::size_t>(room)]);
            watches[static_cast<std::size_t>(room)].pressed_us = instant;
        }
        site.run_until([&] { return last_ms.size() == before + rooms; }, 5'000'000);
        const double hub_took = bed.hub.cpu_seconds() - hub_before, load_took = own_cpu_seconds() - load_before;
        hub_cpu += hub_took;
        load_cpu += load_took;
        if (options.each) {
            const auto storm = percentiles({last_ms.begin() + static_cast<std::ptrdiff_t>(before), last_ms.end()});
            fmt::print(stderr, "storm {}: first {:.2f} ms, p50 {:.2f}, p95 {:.2f}, last {:.2f}; processor time of the hub {:.2f} ms, of the load {:.2f}\n", time + 1, last_ms[before], storm.p50, storm.p95, storm.worst, hub_took * 1000, load_took * 1000);
        }
        gone = 0;
        for (int room = 0; room < rooms; ++room) {
            const std::uint64_t call = watches[static_cast<std::size_t>(room)].call;
            say<protocol::WithdrawCall>(*site.rooms[static_cast<std::size_t>(room)], call);
            say<protocol::ConfirmWithdraw>(*site.rooms[static_cast<std::size_t>(room)], call);
        }
        site.run_until([&] { return gone == rooms; }, 5'000'000);
        const std::int64_t rest = now_us() + 300'000;
        site.run_until([&] { return now_us() >= rest; }, 300'000);
    }
    const Percentiles last = percentiles(last_ms);
    Figures figures{"surge", options.tls ? "tls" : "plain", {{"calls", rooms * times}, {"last_of_all_p50_ms", last.p50}, {"last_of_all_p99_ms", last.p99}, {"worst_ms", last.worst},
        {"hub_cpu_ms_each_time", hub_cpu * 1000 / times}, {"load_cpu_ms_each_time", load_cpu * 1000 / times},
        {"missing", static_cast<double>(rooms * times) - static_cast<double>(last_ms.size())}, {"doubled", static_cast<double>(bed.doubled())}, {"rejected", static_cast<double>(site.rejected)}}};
    add_ratio(figures, "p99_over_fdatasync", last.p99, add_floor(figures, floor, fdatasync_ms(bed.folder, 100, 2'000)));
    return figures;
}

namespace {

/// The closed loop: each room's call goes round and round; a step is over when all handsets have parsed its event.
class Loop {
public:
    Loop(Bed& bed, int rooms, int handsets, bool accepted) : site_(*bed.site), watches_(static_cast<std::size_t>(rooms)), handsets_(handsets), accepted_(accepted) {
        site_.on_frame = [this](Client& client, const Glance& glance) { take(client, glance); };
    }
    void begin() {
        for (std::size_t room = 0; room < watches_.size(); ++room) press(*site_.rooms[room], watches_[room]);
    }
    std::uint64_t events = 0, cycles = 0;
    std::vector<double> told_ms;
    bool winding_down = false;
    std::size_t idle = 0;

private:
    void take(Client& client, const Glance& glance) {
        const bool is_room = client.name[0] == 'r';
        if (is_room) return take_in_room(client, glance);
        if (glance.type == "CallGone") return gone(glance.call);
        if (glance.type != "CallChanged") return;
        const int room = room_of(glance);
        if (room < 0 || static_cast<std::size_t>(room) >= watches_.size()) return;
        Watch& watch = watches_[static_cast<std::size_t>(room)];
        Client& terminal = *site_.rooms[static_cast<std::size_t>(room)];
        if (glance.event == "offered") {
            if (watch.call != glance.call) {
                watch.call = glance.call;
                watch.seen = 0;
                by_call_[glance.call] = room;
            }
            if (++watch.seen < handsets_) return;
            ++events;
            watch.seen = 0;
            if (accepted_) accept(*site_.handsets[glance.call % site_.handsets.size()], glance.call);
            else say<protocol::WithdrawCall>(terminal, glance.call);
        } else if (glance.event == "withdraw_asked" || glance.event == "accepted") {
            if (++watch.seen < handsets_) return;
            ++events;
            watch.seen = 0;
            if (accepted_) say<protocol::ArriveCall>(terminal, glance.call);
            else say<protocol::ConfirmWithdraw>(terminal, glance.call);
        } else if (accepted_ && is_owner(client, glance.call)) {
            if (glance.event == "arrived") say<protocol::SettleCall>(client, glance.call);
            if (glance.event == "settled") say<protocol::CloseCall>(client, glance.call);
        }
    }
    void take_in_room(Client& client, const Glance& glance) {
        if (static_cast<std::size_t>(client.index) >= watches_.size()) return;  // a room that takes no part
        Watch& watch = watches_[static_cast<std::size_t>(client.index)];
        if (glance.type == "CallChanged" && glance.event == "accepted") told_ms.push_back(ms(now_us() - watch.pressed_us));
        if (glance.type != "CallGone") return;
        room_done_[glance.call] = true;
        next(glance.call);
    }
    bool is_owner(const Client& client, std::uint64_t call) const { return client.index == static_cast<int>(call % site_.handsets.size()); }
    void gone(std::uint64_t call) {
        const auto room = by_call_.find(call);
        if (room == by_call_.end()) return;
        Watch& watch = watches_[static_cast<std::size_t>(room->second)];
        if (++watch.seen < handsets_) return;
        ++events;
        handsets_done_[call] = true;
        next(call);
    }
    void next(std::uint64_t call) {
        if (!room_done_[call] || !handsets_done_[call]) return;
        const int room = by_call_[call];
        by_call_.erase(call);
        room_done_.erase(call);
        handsets_done_.erase(call);
        ++cycles;
        if (winding_down) ++idle;
        else press(*site_.rooms[static_cast<std::size_t>(room)], watches_[static_cast<std::size_t>(room)]);
    }

    Site& site_;
    std::vector<Watch> watches_;
    int handsets_;
    bool accepted_;
    std::unordered_map<std::uint64_t, int> by_call_;
    std::unordered_map<std::uint64_t, bool> room_done_, handsets_done_;
};

}  // namespace

Figures full(const Options& options, bool accepted) {
    constexpr int in_flight = 200;
    Bed bed(options, in_flight, options.handsets);
    Loop loop(bed, in_flight, options.handsets, accepted);
    const auto floor = fdatasync_ms(bed.folder, 200, 0);
    loop.begin();
    const auto run_for = [&](std::int64_t us) {
        const std::int64_t until = now_us() + us;
        bed.site->run_until([&] { return now_us() >= until; }, us);
    };
    run_for(1'000'000);
    const std::uint64_t events = loop.events, cycles = loop.cycles;
    const double cpu = bed.hub.cpu_seconds();
    const std::int64_t begun = now_us();
    loop.told_ms.clear();
    run_for(5'000'000);
    const double seconds = static_cast<double>(now_us() - begun) / 1e6;
    const double hub_cpu = bed.hub.cpu_seconds() - cpu;
    const auto per_second = [&](std::uint64_t count) { return static_cast<double>(count) / seconds; };
    const double events_s = per_second(loop.events - events), cycles_s = per_second(loop.cycles - cycles);
    loop.winding_down = true;
    bed.site->run_until([&] { return loop.idle == in_flight; }, 10'000'000);
    Figures figures{accepted ? "full_accept" : "full", options.tls ? "tls" : "plain", {{"events_per_s_to_all", events_s}, {"calls_per_s", cycles_s}, {"hub_cpu_share", hub_cpu / seconds},
        {"raise_to_accept_told_p50_ms", percentiles(loop.told_ms).p50}, {"missing", static_cast<double>(in_flight) - static_cast<double>(loop.idle)}, {"doubled", static_cast<double>(bed.doubled())}, {"rejected", static_cast<double>(bed.site->rejected)}}};
    figures.values.emplace_back("events_per_fdatasync", events_s / 1000 * add_floor(figures, floor, fdatasync_ms(bed.folder, 200, 0)));
    return figures;
}

Figures idle(const Options& options, int clients) {
    const int places = std::min(clients, 1'000);  // a directory takes 2,000
    Bed bed(options, 0, 0, places);
    const auto rest = [&] {
        const std::int64_t until = now_us() + 3'000'000;
        bed.site->run_until([&] { return now_us() >= until; }, 3'000'000);
    };
    rest();
    const double before = bed.hub.pss_kib();
    bed.site->add_rooms(clients, places);
    rest();
    const double after = bed.hub.pss_kib();
    return {"idle", options.tls ? "tls" : "plain", {{"clients", clients}, {"pss_before_kib", before}, {"pss_after_kib", after}, {"kib_per_client", (after - before) / clients}}};
}

Figures restart(const Options& options, int open_calls) {
    constexpr int in_flight = 200;
    const int rooms = std::max(in_flight, open_calls + 1);
    Bed bed(options, rooms, options.handsets);
    {
        Loop loop(bed, in_flight, options.handsets, false);
        loop.begin();
        // The journal's own count, not ours: every frame carries the seq.
        bed.site->run_until([&] { return bed.site->handsets.front()->seq >= options.events; }, 600'000'000);
        loop.winding_down = true;
        bed.site->run_until([&] { return loop.idle == in_flight; }, 10'000'000);
    }
    std::uint64_t raised = 0;
    bed.site->on_frame = [&](Client& client, const Glance& glance) { raised += glance.type == "Done" && client.name[0] == 'r'; };
    std::vector<Watch> watches(static_cast<std::size_t>(rooms));
    for (int room = 0; room < open_calls; ++room) press(*bed.site->rooms[static_cast<std::size_t>(room)], watches[static_cast<std::size_t>(room)]);
    bed.site->run_until([&] { return raised >= static_cast<std::uint64_t>(open_calls); }, 20'000'000);
    const double events = static_cast<double>(bed.site->handsets.front()->seq);
    const auto floor = fdatasync_ms(bed.folder, 100, 2'000);
    bed.hub.kill_now();
    bed.site->disconnect();
    auto last = std::move(bed.site->rooms.back());
    bed.site->rooms.clear();
    bed.site->handsets.resize(1);
    const std::int64_t begun = now_us();
    const double listening_ms = bed.hub.start();
    bed.site->rooms.push_back(std::move(last));
    bed.site->reconnect(true, true);
    bool delivered = false;
    const int index = bed.site->rooms.front()->index;
    bed.site->on_frame = [&](Client& client, const Glance& glance) {
        delivered = delivered || (client.name[0] == 'h' && glance.type == "CallChanged" && glance.event == "offered" && room_of(glance) == index);
    };
    press(*bed.site->rooms.front(), watches.front());
    bed.site->run_until([&] { return delivered; }, 20'000'000);
    const double took_ms = ms(now_us() - begun);
    Figures figures{"restart", options.tls ? "tls" : "plain", {{"events", events}, {"open_calls", open_calls}, {"listening_ms", listening_ms},
        {"new_call_durable_and_delivered_ms", took_ms}, {"missing", delivered ? 0.0 : 1.0}}};
    add_ratio(figures, "new_call_over_fdatasync", took_ms, add_floor(figures, floor, fdatasync_ms(bed.folder, 100, 2'000)));
    return figures;
}

}  // namespace attune::bench
