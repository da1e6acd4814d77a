// Tests of the day, runners, drills.
#include "tests/sim/core_acts.hpp"

#include "tests/sim/school.hpp"

namespace attune::sim {

namespace {

struct Morning : Acts {
    void begin() {
        submit(core::Principal{}, core::BeginReadyDay{now, now + random.between(0, 3'600'000), now + random.between(1'800'000, 5'400'000), now + random.between(3'600'000, 86'400'000)});
    }

    void test_room(const core::DeviceId& id) {
        submit(by(id), core::RaiseCall{1, now, {}, true, random.chance(300) ? core::Practice::site : core::Practice::test});
        const auto at = state.call_at.find(state.devices.at(id).place);
        if (at == state.call_at.end()) return;
        const core::CallId call = at->second;
        if (random.chance(800))
            for (const core::DeviceId& station : devices(core::DeviceKind::station)) submit(by(station), core::ReportRinging{call});
        if (random.chance(700)) submit(by(id), core::ConfirmTest{call});
    }

    void test_station(const core::DeviceId& id) {
        submit(by(id), core::TestStation{});
        if (random.chance(800)) submit(by(id), core::ConfirmStation{random.chance(800)});
    }

    void on_handset(std::uint64_t what, const core::DeviceId& id, const std::vector<core::DeviceId>& stations) {
        const bool listed = !state.readiness.items.empty() && random.chance(900);
        const core::DeviceId about = listed ? random.pick(state.readiness.items).first : random.pick(state.devices).first;
        switch (what) {
            case 4: case 5: return submit(by(id), core::GoLook{about});
            case 6: return submit(by(random.chance(300) && !stations.empty() ? random.pick(stations) : id), core::NameRunner{about, person_id(random.below(12))});
            case 7: return submit(by(id), core::ExcuseDevice{about, static_cast<core::Excuse>(random.below(3))});
            case 8: return submit(by(id), core::StartSiteDrill{});
            case 9: return submit(by(id), core::EndSiteDrill{});
            default: return submit(by(id), core::RaiseCall{1, now, place_id(random.below(9)), true, core::Practice::personal});
        }
    }

    void go_on() {
        if (state.readiness.day.to_due == 0) return begin();
        const auto rooms = devices(random.chance(800) ? core::DeviceKind::room : core::DeviceKind::calm_space);
        const auto handsets = devices(core::DeviceKind::handset);
        const auto stations = devices(core::DeviceKind::station);
        const std::uint64_t what = random.below(12);
        if (what < 3 && !rooms.empty()) return test_room(random.pick(rooms));
        if (what == 3 && !stations.empty()) return test_station(random.pick(stations));
        if (what == 11 && !rooms.empty()) return submit(by(random.pick(rooms)), core::RaiseCall{1, now, {}, true, core::Practice::personal});
        if (!handsets.empty()) on_handset(what, random.pick(handsets), stations);
    }
};

}  // namespace

void morning_acts(Acts acts) { Morning{std::move(acts)}.go_on(); }

}  // namespace attune::sim
