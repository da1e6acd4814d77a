// The lists about readiness and the site's drill, made once at the end of a step and sent only where they differ from what
// was sent before.
#include <algorithm>

#include "hub/app/news.hpp"
#include "hub/app/ready_views.hpp"
#include "hub/core/call_rules.hpp"
#include "hub/core/ready_rules.hpp"

namespace attune::app {

namespace {

template <class Fact, class... Of>
constexpr bool is_one_of = (std::same_as<Fact, Of> || ...);

/// What moves a device's readiness, or who is asked about it.
template <class Fact>
constexpr bool moves_readiness =
    is_one_of<Fact, core::ReadyDayBegan, core::ReadyListed, core::DeviceNotReady, core::RunnerNamed, core::RunnerGoes, core::RunnerOverdue, core::DeviceProven,
              core::TestNotThrough, core::StationTested, core::DeviceExcused, core::SiteDrillStarted, core::SiteDrillEnded, core::HandsetProven, core::SignedIn,
              core::SignedOut, core::DeviceEnrolled, core::DeviceApproved, core::DeviceRevoked, core::DeviceRenamed, core::DeviceHealthChanged, core::PersonSet,
              core::PersonRemoved, core::PlaceSet>;

}  // namespace

void News::ready_happened(const Now& now) {
    visit(
        [&]<class Fact>(const Fact& fact) {
            if constexpr (moves_readiness<Fact>) ready_changed_ = true;
            // The first press of a device ever.
            if constexpr (std::same_as<Fact, core::CallRaised>) ready_changed_ = ready_changed_ || fact.drill;
        },
        now.event.fact);
}

/// What this device is told of readiness, as of now.
std::vector<Frame> News::ready_lists(const core::Device& device) const {
    const core::State& state = engine_.state();
    std::vector<Frame> frames;
    if (!core::needs_proof(device)) return frames;
    frames.push_back(frame_of(my_readiness(state, device)));
    if (core::stands_for_its_place(device.kind)) return frames;
    frames.push_back(frame_of(protocol::Readiness{readiness_view(state, core::sees_site(state, device) ? Whole::yes : Whole::no, device.signed_in)}));
    return frames;
}

void News::tell_ready() {
    ready_changed_ = false;
    const core::State& state = engine_.state();
    std::vector<Parcel> parcels;
    for (const auto& [id, device] : state.devices) {
        DeviceEntry& entry = devices_.of(id);
        if (entry.current == nullptr) continue;
        std::vector<Frame> frames = ready_lists(device);
        std::vector<Frame>& told = ready_told_[entry.number];
        if (same(frames, told)) continue;
        for (std::size_t at = 0; at < frames.size(); ++at)
            if (at >= told.size() || *frames[at] != *told[at]) parcels.push_back({frames[at], {entry.number}});
        told = std::move(frames);
    }
    if (!parcels.empty()) engine_.park(EffectKind::news, std::make_shared<Delivery>(Delivery{state.last_seq, std::move(parcels)}));
}

}  // namespace attune::app
