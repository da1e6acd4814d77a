// After the calls: owners who keep, put off, pass on or forget what they owe.
#include "hub/core/followup_rules.hpp"
#include "tests/sim/core_acts.hpp"
#include "tests/sim/school.hpp"

namespace attune::sim {

namespace {

struct Owing : Acts {
    /// Mostly the handset of whoever has it or for whom it is; sometimes of whoever leads, sometimes any.
    core::DeviceId handset_for(const core::Followup& owed) {
        const auto of = [&](const core::PersonId& person) {
            const auto duty = state.duties.find(person);
            return duty == state.duties.end() ? core::DeviceId{} : duty->second.device;
        };
        core::DeviceId device;
        const std::uint64_t who = random.below(10);
        if (who < 6) device = of(owed.owner);
        else if (who < 8) device = of(owed.with);
        if (device.empty() && who < 9 && !state.leads.empty()) device = of(*state.leads.begin());
        const auto handsets = devices(core::DeviceKind::handset);
        return device.empty() ? random.pick(handsets) : device;
    }

    core::Ms some_time() { return now + random.between(-120'000, random.chance(800) ? 172'800'000 : 2 * core::followup_ahead_ms_max); }

    void open_more(const core::CallId& call, const core::DeviceId& handset) {
        const auto kind = random.chance(600) ? core::FollowupKind::adult_repair : random.chance(500) ? core::FollowupKind::repair_cover : static_cast<core::FollowupKind>(random.below(11));
        submit(by(handset), core::OpenFollowup{random.chance(50) ? core::CallId{random.below(state.last_seq + 2)} : call, kind});
    }

    void go_on() {
        if (state.followups.empty() || devices(core::DeviceKind::handset).empty()) return;
        const auto [id, owed] = random.pick(state.followups);
        const core::FollowupId about = random.chance(20) ? core::FollowupId{random.below(state.last_seq + 2)} : id;
        const core::Principal who = by(handset_for(owed));
        switch (random.below(12)) {
            case 0: return open_more(owed.of_call, who.device);
            case 1: case 2: return submit(who, core::ScheduleFollowup{about, some_time()});
            case 3: return submit(who, core::KeepFollowup{about, static_cast<core::Mended>(random.below(4)), static_cast<core::Mended>(random.below(4)), static_cast<core::Changes>(random.below(7)), static_cast<core::Channel>(random.below(5))});
            case 4: case 5: return submit(who, core::NotReadyYet{about, random.chance(500) ? core::NotReadyWho::child : core::NotReadyWho::adult, some_time()});
            case 6: case 7: return submit(who, core::DeclineFollowup{about, static_cast<core::Alternative>(random.below(5))});
            case 8: case 9: return submit(who, core::NotNeeded{about, static_cast<core::NotNeededWhy>(random.below(4))});
            case 10: return submit(who, core::PassFollowup{about, random.chance(200) ? core::PersonId{} : some_person()});
            default: return;  // forgotten: the clock is the one to say so
        }
    }
};

}  // namespace

void followup_acts(Acts acts) { Owing{std::move(acts)}.go_on(); }

}  // namespace attune::sim
