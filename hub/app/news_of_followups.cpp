// What is owed after calls, to unlocked handsets: made once at the end of a step, sent only where it differs from what was
// sent before. Nothing of it is kept for a replay: it comes anew with every Welcome.
#include <set>
#include <utility>

#include "hub/app/followup_views.hpp"
#include "hub/app/news.hpp"
#include "hub/core/day_audience.hpp"
#include "hub/core/followup_rules.hpp"
#include "hub/core/step.hpp"

namespace attune::app {

namespace {

/// After these somebody else may see what is owed, or under another name.
template <class Fact>
constexpr bool moves_readers_of_owed = std::same_as<Fact, core::SignedIn> || std::same_as<Fact, core::SignedOut> || std::same_as<Fact, core::HandsetLocked> ||
                                       std::same_as<Fact, core::PersonSet> || std::same_as<Fact, core::ChildSet> || std::same_as<Fact, core::PlaceSet>;

}  // namespace

/// Whose list may be another one now: the two people of the follow-up, and whoever leads. Where it has ended, or the site
/// has changed, that may be anybody.
void News::followups_happened(const Now& now) {
    const core::State& state = engine_.state();
    if (const auto about = core::followup_of(now.event)) {
        const auto open = state.followups.find(*about);
        const auto* passed = get_if<core::FollowupPassed>(&now.event.fact);
        if (open == state.followups.end()) {
            owed_changed_ = true;
        } else {
            owed_by_.insert({open->second.owner, open->second.with});
            if (passed != nullptr) owed_by_.insert(passed->from);
            if (!core::is_private(open->second.kind)) owed_by_.insert(state.leads.begin(), state.leads.end());
        }
    }
    if (state.followups.empty()) return;
    visit([&]<class Fact>(const Fact&) { if constexpr (moves_readers_of_owed<Fact>) owed_changed_ = true; }, now.event.fact);
}

/// Nothing for whoever is owed nothing.
std::optional<Frame> News::owed_list(const core::Device& device) const {
    if (engine_.state().followups.empty() || !core::sees_day(device)) return std::nullopt;
    protocol::Owed owed = owed_view(engine_.state(), device.signed_in);
    if (owed.items.empty()) return std::nullopt;
    return frame_of(owed);
}

std::optional<Frame> News::owed_now(const core::Device& device) {
    return owed_told_[devices_.of(device.id).number] = owed_list(device);
}

/// To those who are connected; whoever may see none of it any more keeps none of it.
void News::tell_owed() {
    const bool everybody = std::exchange(owed_changed_, false);
    const std::set<core::PersonId> people = std::exchange(owed_by_, {});
    const core::State& state = engine_.state();
    std::vector<Parcel> parcels;
    for (const auto& [id, device] : state.devices) {
        if (device.kind != core::DeviceKind::handset || (!everybody && !people.contains(device.signed_in))) continue;
        DeviceEntry& entry = devices_.of(id);
        if (entry.current == nullptr) continue;
        std::optional<Frame> frame = owed_list(device);
        std::optional<Frame>& told = owed_told_[entry.number];
        if (frame.has_value() == told.has_value() && (!frame || **frame == **told)) continue;
        parcels.push_back({frame ? *frame : frame_of(protocol::Owed{}), {entry.number}});
        told = std::move(frame);
    }
    if (!parcels.empty()) engine_.park(EffectKind::news, std::make_shared<Delivery>(Delivery{state.last_seq, std::move(parcels)}));
}

}  // namespace attune::app
