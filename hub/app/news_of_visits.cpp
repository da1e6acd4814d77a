// Who is told of calm spaces and visits. They are few and change seldom, so that this does not follow each kind of event:
// it looks after every event that is not about a call which space looks different now, and who sees which visit, and tells
// the difference.
#include <algorithm>

#include "hub/app/news.hpp"
#include "hub/core/visit_rules.hpp"

namespace attune::app {

namespace {

using Holders = std::vector<std::pair<core::VisitSeer, DeviceNumber>>;

/// The visit that an event is about; of a record, its visit.
std::optional<core::VisitId> about(const core::State& state, const core::Event& event) {
    if (const auto visit = core::visit_of(event)) return visit;
    return visit(
        [&](const auto& fact) -> std::optional<core::VisitId> {
            if constexpr (requires { fact.record; }) {
                const auto record = state.records.find(fact.record);
                if (record != state.records.end()) return record->second.visit;
            }
            return std::nullopt;
        },
        event.fact);
}

bool cannot_concern_visits(const core::Event& event) {
    return core::call_of(event).has_value() && !holds_alternative<core::CallExplained>(event.fact);
}

}  // namespace

Frame News::visit_frame(std::uint64_t seq, protocol::VisitEvent what, core::Ms at, const core::Visit& visit, const core::VisitSeer& seer) const {
    return frame_of(protocol::VisitChanged{seq, what, at, visit_view(engine_.state(), visit, seer, engine_.journal_ok())});
}

Frame News::space_frame(std::uint64_t seq, const core::PlaceId& place, bool with_adults) const {
    return frame_of(protocol::SpaceChanged{seq, space_view(engine_.state(), place, with_adults)});
}

/// Who may no longer be told of a child is not told by a replay either.
void News::visit_right_ended(const core::VisitSeer& before, const core::VisitSeer* after, std::uint64_t seq) {
    if (before.for_now && (after == nullptr || !after->for_now)) devices_.of(before.device).right_ended(seq);
}

void News::visits_happened(Now& now) {
    if (cannot_concern_visits(now.event)) return;
    spaces_touched(now);
    const core::State& state = engine_.state();
    const auto named = about(state, now.event);
    for (auto held = visit_holders_.begin(); held != visit_holders_.end();) {
        if (state.visits.contains(held->first)) {
            ++held;
            continue;
        }
        Parcel over{frame_of(protocol::VisitGone{now.event.seq, held->first.value, visit_event(now.event.fact)}), {}};
        for (const auto& [seer, number] : held->second) {
            over.to.push_back(number);
            visit_right_ended(seer, nullptr, now.event.seq);
        }
        if (!over.to.empty()) now.after.push_back(std::move(over));
        held = visit_holders_.erase(held);
    }
    for (const auto& [id, visit] : state.visits) visit_touched(now, visit, named == id, visit_holders_[id]);
}

void News::visit_touched(Now& now, const core::Visit& visit, bool about, Holders& holders) {
    const protocol::VisitEvent what = about ? visit_event(now.event.fact) : protocol::VisitEvent::seen;
    Holders next;
    for (core::VisitSeer& seer : core::visit_audience(engine_.state(), visit)) {
        const DeviceNumber number = devices_.of(seer.device).number;
        const auto before = std::ranges::find(holders, number, &std::pair<core::VisitSeer, DeviceNumber>::second);
        if (before != holders.end()) visit_right_ended(before->first, &seer, now.event.seq);
        if (about || before == holders.end() || before->first != seer)
            now.after.push_back({visit_frame(now.event.seq, what, now.event.at, visit, seer), {number}});
        next.emplace_back(std::move(seer), number);
    }
    for (const auto& [seer, number] : holders) {
        if (std::ranges::find(next, number, &std::pair<core::VisitSeer, DeviceNumber>::second) != next.end()) continue;
        visit_right_ended(seer, nullptr, now.event.seq);
        now.after.push_back({frame_of(protocol::VisitGone{now.event.seq, visit.id.value, what}), {number}});
    }
    holders = std::move(next);
}

void News::spaces_touched(Now& now) {
    const core::State& state = engine_.state();
    const auto* signed_in = get_if<core::SignedIn>(&now.event.fact);
    for (const auto& [place, ignored] : state.spaces) {
        if (!core::is_calm_space(state, place)) continue;
        protocol::SpaceView view = space_view(state, place, true);
        protocol::SpaceView& known = spaces_[place];
        const bool same = known == view;
        if (same && signed_in == nullptr) continue;
        known = std::move(view);
        Parcel with{space_frame(now.event.seq - 1, place, true), {}}, without{space_frame(now.event.seq - 1, place, false), {}};
        for (const auto& [id, device] : state.devices)
            if (core::sees_spaces(device) && (!same || id == signed_in->device)) (core::sees_adults(device) ? with : without).to.push_back(devices_.of(id).number);
        for (Parcel* parcel : {&with, &without})
            if (!parcel->to.empty()) now.before.push_back(std::move(*parcel));
    }
}

/// After an import, and with no parcels kept as what is known at the start.
void News::show_all_visits(std::vector<Parcel>& parcels) {
    const core::State& state = engine_.state();
    spaces_.clear();
    for (const auto& [place, ignored] : state.spaces)
        if (core::is_calm_space(state, place)) spaces_[place] = space_view(state, place, true);
    std::map<core::VisitId, Holders> next;
    for (const auto& [id, visit] : state.visits)
        for (core::VisitSeer& seer : core::visit_audience(state, visit)) {
            const DeviceNumber number = devices_.of(seer.device).number;
            next[id].emplace_back(std::move(seer), number);
        }
    for (const auto& [id, holders] : visit_holders_)
        for (const auto& [seer, number] : holders)
            if (std::ranges::find(next[id], number, &std::pair<core::VisitSeer, DeviceNumber>::second) == next[id].end())
                parcels.push_back({frame_of(protocol::VisitGone{state.last_seq, id.value, protocol::VisitEvent::seen}), {number}});
    std::erase_if(next, [](const auto& entry) { return entry.second.empty(); });
    visit_holders_ = std::move(next);
    for (const auto& [id, device] : state.devices) {
        const DeviceNumber number = devices_.of(id).number;
        for (Frame& frame : visit_frames(device)) parcels.push_back({std::move(frame), {number}});
    }
}

/// For a snapshot: one less than the truth, as with cards.
std::vector<Frame> News::visit_frames(const core::Device& device) const {
    const core::State& state = engine_.state();
    const std::uint64_t seq = state.last_seq == 0 ? 0 : state.last_seq - 1;
    std::vector<Frame> frames;
    if (!core::is_in(device)) return frames;
    if (core::sees_spaces(device))
        for (const auto& [place, described] : state.directory.places)
            if (described.kind == core::PlaceKind::calm_space) frames.push_back(space_frame(seq, place, core::sees_adults(device)));
    for (const auto& [id, visit] : state.visits)
        if (const core::VisitSeer seer = core::visit_seer_of(state, visit, device); seer.relation != core::VisitRelation::none)
            frames.push_back(visit_frame(seq, protocol::VisitEvent::seen, state.last_at, visit, seer));
    return frames;
}

}  // namespace attune::app
