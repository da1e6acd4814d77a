// The school day's lists to unlocked handsets: made once at the end of a step, sent only where they differ from what was
// sent before. Nothing of them is kept for a replay: they come anew with every Welcome.
#include <algorithm>

#include "hub/app/day_views.hpp"
#include "hub/app/news.hpp"
#include "hub/core/day_audience.hpp"

namespace attune::app {

namespace {

template <class Fact>
constexpr bool is_of_the_day =
    requires(const Fact& fact) { fact.checkin; } || requires(const Fact& fact) { fact.note.value; } || std::same_as<Fact, core::DayBegan> || std::same_as<Fact, core::DayEnded> ||
    std::same_as<Fact, core::ChildGreeted> || std::same_as<Fact, core::ChildNotIn> || std::same_as<Fact, core::GreetingTakenBack> || std::same_as<Fact, core::GreetingGiven> ||
    std::same_as<Fact, core::GreetingPassed> || std::same_as<Fact, core::DoorTaken> || std::same_as<Fact, core::DoorLeft> || std::same_as<Fact, core::CheckinOpened> ||
    std::same_as<Fact, core::NoteWritten> || std::same_as<Fact, core::TimetableImported> || std::same_as<Fact, core::BellRang> || std::same_as<Fact, core::SwapNamed>;

/// After these somebody else goes to a child's call, and may read a note or no longer.
template <class Fact>
constexpr bool moves_readers = std::same_as<Fact, core::CallAccepted> || std::same_as<Fact, core::HelperJoined> || std::same_as<Fact, core::CallReopened> ||
                               std::same_as<Fact, core::CallHandedOver> || std::same_as<Fact, core::CallClosed> || std::same_as<Fact, core::CallWithdrawn> ||
                               std::same_as<Fact, core::ChildChosen> || std::same_as<Fact, core::CallArrived>;

}  // namespace

void News::day_happened(Now& now) {
    visit(
        [&]<class Fact>(const Fact&) {
            if constexpr (is_of_the_day<Fact>) day_changed_ = true;
            if constexpr (moves_readers<Fact>) day_changed_ = day_changed_ || !engine_.state().today.notes.empty();
            // The board counts those who are not greeted yet.
            if constexpr (std::same_as<Fact, core::ChildGreeted> || std::same_as<Fact, core::ChildNotIn> || std::same_as<Fact, core::GreetingTakenBack> ||
                          std::same_as<Fact, core::DayBegan> || std::same_as<Fact, core::DayEnded>)
                rota_changed_ = true;
        },
        now.event.fact);
}

/// Nothing for those whom it does not concern, and on a site without a timetable, where no day begins.
std::vector<Frame> News::day_lists(const core::Device& device, const std::vector<core::ChildId>& tasks) const {
    const core::State& state = engine_.state();
    std::vector<Frame> frames;
    if (vault_ == nullptr || state.rota.imported_at == 0 || !core::sees_day(device)) return frames;
    frames.push_back(frame_of(day_view(state, device.signed_in, tasks, *vault_)));
    if (core::is_at_door(state, device.signed_in)) frames.push_back(frame_of(door_view(state, device.signed_in)));
    return frames;
}

std::vector<Frame> News::day_lists(const core::Device& device) {
    std::vector<Frame> frames = day_lists(device, greeting_tasks(engine_.state()));
    day_told_[devices_.of(device.id).number] = frames;
    return frames;
}

/// To those who are connected, if it differs from what this device was told last; whoever may see none of it any more
/// keeps none of it.
void News::tell_day() {
    day_changed_ = false;
    const core::State& state = engine_.state();
    const std::vector<core::ChildId> tasks = greeting_tasks(state);
    std::vector<Parcel> parcels;
    for (const auto& [id, device] : state.devices) {
        if (device.kind != core::DeviceKind::handset) continue;
        DeviceEntry& entry = devices_.of(id);
        if (entry.current == nullptr) continue;
        std::vector<Frame> frames = day_lists(device, tasks);
        std::vector<Frame>& told = day_told_[entry.number];
        if (same(frames, told)) continue;
        for (const Frame& frame : frames) parcels.push_back({frame, {entry.number}});
        if (frames.empty()) parcels.push_back({frame_of(protocol::Day{}), {entry.number}});
        if (frames.size() < 2 && told.size() == 2) parcels.push_back({frame_of(protocol::Door{}), {entry.number}});
        told = std::move(frames);
    }
    if (!parcels.empty()) engine_.park(EffectKind::news, std::make_shared<Delivery>(Delivery{state.last_seq, std::move(parcels)}));
}

}  // namespace attune::app
