// The lists about the rota: gaps, boards, how old the timetable is. They follow nearly everything that happens to adults,
// so that they are made once at the end of a step, and sent only where they differ from what was sent before.
#include <algorithm>

#include "hub/app/news.hpp"
#include "hub/app/rota_views.hpp"
#include "hub/core/call_rules.hpp"

namespace attune::app {

namespace {

std::vector<Frame> board_frames(const core::State& state, core::Ms now, bool corridor) {
    std::vector<Frame> frames;
    for (const protocol::Board& board : board_lists(state, now, corridor)) frames.push_back(frame_of(board));
    return frames;
}

template <class Fact>
constexpr bool moves_the_rota =
    std::same_as<Fact, core::TimetableImported> || std::same_as<Fact, core::TimetableImportFailed> || std::same_as<Fact, core::BellRang> ||
    std::same_as<Fact, core::CoverageGapOpened> || std::same_as<Fact, core::CoverageGapClosed> || std::same_as<Fact, core::SwapNamed>;

template <class Fact>
constexpr bool moves_a_visitor = std::same_as<Fact, core::SpaceOpened> || std::same_as<Fact, core::SpaceAdultGone> || std::same_as<Fact, core::VisitArrived> ||
                                 std::same_as<Fact, core::VisitReturning> || std::same_as<Fact, core::VisitEnded>;

}  // namespace

void News::rota_happened(Now& now) {
    visit(
        [&]<class Fact>([[maybe_unused]] const Fact& fact) {
            if constexpr (moves_the_rota<Fact>) rota_changed_ = true;
            // A bell changes whoever has a slot that begins or ends; which is asked of each.
            if constexpr (std::same_as<Fact, core::BellRang> || std::same_as<Fact, core::TimetableImported>)
                for (const auto& [id, person] : engine_.state().directory.people) person_touched(now, id);
            // Whoever is in a calm space is with a child while a visitor is there.
            if constexpr (moves_a_visitor<Fact>)
                for (const auto& [place, space] : engine_.state().spaces)
                    for (const auto& [id, device] : space.adults) person_touched(now, id);
            if constexpr (std::same_as<Fact, core::SpaceAdultGone>) person_touched(now, fact.person);
        },
        now.event.fact);
}

/// What this device is told of the rota, as of now; nothing for those whom it does not concern.
std::vector<Frame> News::rota_lists(const core::Device& device) const {
    const core::State& state = engine_.state();
    std::vector<Frame> frames;
    if (!core::is_in(device)) return frames;
    const bool board = device.kind == core::DeviceKind::board;
    const bool station = device.kind == core::DeviceKind::station;
    if (board) frames = board_frames(state, state.last_at, device.corridor);
    if (station) frames.push_back(frame_of(gaps_list(state, false)));
    if (core::sees_gaps(state, device)) frames.push_back(frame_of(gaps_list(state, true)));
    if (board || core::sees_site(state, device)) frames.push_back(frame_of(timetable_state(state, !board)));
    return frames;
}

/// To those who are connected, if it differs from what this device was told last.
void News::tell_rota() {
    rota_changed_ = false;
    const core::State& state = engine_.state();
    std::vector<Parcel> parcels;
    for (const auto& [id, device] : state.devices) {
        if (device.kind == core::DeviceKind::room) continue;
        DeviceEntry& entry = devices_.of(id);
        if (entry.current == nullptr) continue;
        std::vector<Frame> frames = rota_lists(device);
        std::vector<Frame>& told = rota_told_[entry.number];
        // Whoever may see no gaps any more (locked, signed out, another role) keeps none: an empty list replaces the one held.
        const bool sees_gaps = core::sees_gaps(state, device);
        if (!sees_gaps && gaps_held_.erase(entry.number) > 0) parcels.push_back({frame_of(protocol::Gaps{}), {entry.number}});
        if (sees_gaps) gaps_held_.insert(entry.number);
        if (!same(frames, told))
            for (const Frame& frame : frames) parcels.push_back({frame, {entry.number}});
        told = std::move(frames);
    }
    if (!parcels.empty()) engine_.park(EffectKind::news, std::make_shared<Delivery>(Delivery{state.last_seq, std::move(parcels)}));
}

}  // namespace attune::app
