// Measures routing and cover on a large site, in microseconds beside the same at a tenth of the size: one routing decision
// (a press with a child, down to the offers), one recomputation of cover after an adult's tap, and one bell.
//   cover_bench [ROUNDS]
// 2,000 adults on handsets, 5,000 children on plans with four adults each, a week of six times a day for everybody.
#include <fmt/core.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "hub/core/cover.hpp"
#include "hub/core/routing.hpp"
#include "hub/core/step.hpp"
#include "tests/bench/measure.hpp"

namespace {

using namespace attune;
using namespace attune::core;

constexpr Ms minute = 60'000, hour = 3'600'000, start = 1'790'000'000'000;

PersonId person_id(std::size_t n) { return {"p" + std::to_string(n)}; }
ChildId child_id(std::size_t n) { return {"c" + std::to_string(n)}; }

Digest digest_of(std::size_t n) {
    Digest digest{};
    for (std::size_t byte = 0; byte < 8; ++byte) digest[byte] = static_cast<std::byte>(n >> (8 * byte));
    return digest;
}

/// Written into the state without the journal: what is measured is deciding, not enrolling.
State large_site(std::size_t adults, std::size_t children) {
    State state;
    Directory& directory = state.directory;
    const Tier last{{Group::station}, 60'000};
    directory.policy.levels[0] = {{{{Group::named_adult}, 60'000}, {{Group::alternates}, 60'000}, {{Group::responders, Group::duty_lead}, 60'000}, last}, 300'000};
    directory.policy.levels[1] = {{{{Group::named_adult, Group::nearest}, 15'000}, {{Group::alternates, Group::responders}, 15'000}, last}, 120'000};
    directory.policy.levels[2] = {{{{Group::everyone}, 5'000}, last}, 60'000};
    directory.places[{"oak"}] = {{"oak"}, "Oak", PlaceKind::room, "north", "", ""};
    for (std::size_t n = 0; n < adults; ++n) {
        const PersonId id = person_id(n);
        directory.people[id] = {id, id.value.str(), id.value.str(), {n % 4 == 0 ? Role::responder : Role::teacher}, {"oak"}};
        Device device;
        device.id = {"h" + std::to_string(n)};
        device.kind = DeviceKind::handset;
        device.health = Health::healthy;
        device.signed_in = id;
        device.locked = false;
        device.proven = true;
        device.credential = digest_of(n + 1);
        state.devices[device.id] = device;
        state.duties[id].device = device.id;
        auto& slots = state.rota.slots[id];
        for (Ms day = 0; day < 5; ++day)
            for (Ms lesson = 0; lesson < 6; ++lesson) {
                const Ms from = start + day * 24 * hour + lesson * hour;
                slots.push_back({from, from + 50 * minute, n % 3 == 0 ? SlotKind::teaching : SlotKind::here, {"oak"}});
            }
    }
    Device room;
    room.id = {"room"};
    room.place = {"oak"};
    room.health = Health::healthy;
    state.devices[room.id] = room;
    state.rooms_at[room.place].insert(room.id);
    for (std::size_t n = 0; n < children; ++n) {
        ChildPlan& child = directory.children[child_id(n)];
        child = {child_id(n), "AB", {{"oak"}}, {}, {}, "", false};
        for (std::size_t adult = 0; adult < 4; ++adult) {
            child.adults.push_back(person_id((n * 7 + adult * 13) % adults));
            state.rota.children_of[child.adults.back()].insert(child.id);
        }
    }
    for (Ms day = 0; day < 5; ++day) state.rota.days.push_back({start + day * 24 * hour, start + day * 24 * hour + 1, start + day * 24 * hour + 7 * hour});
    state.last_at = start;
    return state;
}

class Bench {
public:
    Bench(std::size_t adults, std::size_t children) : adults_(adults), children_(children), state_(large_site(adults, children)) {
        run({Principal::Kind::local, {}, {}}, ImportTimetable{state_.rota.slots, state_.rota.days});
        now_ += 5 * minute;
        ring();
    }

    bench::Percentiles routing(std::size_t rounds) {
        std::vector<double> us;
        for (std::size_t n = 0; n < rounds; ++n) {
            run({Principal::Kind::device, {"room"}, {}}, RaiseCall{static_cast<std::uint32_t>(n % 2 + 1), now_, {}, false});
            const CallId id = state_.call_at.at({"oak"});
            state_.calls.at(id).child = child_id(n * 31 % children_);
            const std::int64_t begun = bench::now_us();
            for (int again = 0; again < 10; ++again) benchmark_keep_ += route(state_, state_.calls.at(id), now_, true).size();
            us.push_back(static_cast<double>(bench::now_us() - begun) / 10);
            run({Principal::Kind::device, {"room"}, {}}, WithdrawCall{id});
            run({Principal::Kind::device, {"room"}, {}}, ConfirmWithdraw{id});
            now_ += 1;
        }
        return bench::percentiles(us);
    }

    /// One adult taps: the whole step, with every child whom it concerns.
    bench::Percentiles cover(std::size_t rounds) {
        std::vector<double> us;
        for (std::size_t n = 0; n < rounds; ++n) {
            const Principal by{Principal::Kind::device, {"h" + std::to_string(n * 17 % adults_)}, {}};
            const std::int64_t begun = bench::now_us();
            run(by, SetAvailability{Declared::with_child, 0});
            us.push_back(static_cast<double>(bench::now_us() - begun));
            run(by, SetAvailability{Declared::free, 0});
        }
        return bench::percentiles(us);
    }

    bench::Percentiles bells(std::size_t rounds) {
        std::vector<double> us;
        for (std::size_t n = 0; n < rounds && state_.rota.bell_due != 0; ++n) {
            now_ = state_.rota.bell_due;
            const std::int64_t begun = bench::now_us();
            run({}, Tick{});
            us.push_back(static_cast<double>(bench::now_us() - begun));
        }
        return bench::percentiles(us);
    }

    std::size_t kept() const { return benchmark_keep_; }

private:
    void ring() {
        while (next_deadline(state_) && *next_deadline(state_) <= now_) run({}, Tick{});
    }
    void run(const Principal& by, Intent intent) {
        const auto result = step(state_, Command{{}, by, now_, now_, 0, std::move(intent)});
        if (holds_alternative<Rejection>(result)) {
            fmt::print(stderr, "refused {}\n", static_cast<int>(get<Rejection>(result).why));
            std::exit(1);
        }
    }

    std::size_t adults_, children_, benchmark_keep_ = 0;
    State state_;
    Ms now_ = start;
};

void line(const char* what, const bench::Percentiles& full, const bench::Percentiles& tenth) {
    fmt::print("{:<34} p50 {:>8.1f} us  p99 {:>8.1f} us   at a tenth: p50 {:>8.1f} us  p99 {:>8.1f} us\n", what, full.p50, full.p99, tenth.p50, tenth.p99);
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t rounds = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 400;
    Bench full(2'000, 5'000), tenth(200, 500);
    line("routing decision", full.routing(rounds), tenth.routing(rounds));
    line("cover after one adult's tap", full.cover(rounds), tenth.cover(rounds));
    line("a bell, all children", full.bells(20), tenth.bells(20));
    return full.kept() + tenth.kept() > 0 ? 0 : 1;
}
