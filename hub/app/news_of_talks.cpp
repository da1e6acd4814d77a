// The events of talk time: who is told, and who is told to drop it. A kiosk is told only while a card lies there, and
// nothing that it was told is ever sent again.
#include <algorithm>

#include "hub/app/news.hpp"
#include "hub/app/talk_views.hpp"
#include "hub/core/talk_rules.hpp"

namespace attune::app {

using core::TalkRelation;

core::CardsPresent News::cards_present() const {
    core::CardsPresent present;
    for (const auto& [device, card] : cards_shown_)
        if (engine_.now() < card.until) present[device] = card.child;
    return present;
}

void News::card_shown(const core::DeviceId& kiosk, const core::ChildId& child, core::Ms until) {
    cards_shown_[kiosk] = {child, until};
}

void News::card_gone(const core::DeviceId& kiosk) {
    cards_shown_.erase(kiosk);
}

Frame News::talk_frame(std::uint64_t seq, const core::Talk& talk, const core::TalkSeer& seer) const {
    return frame_of(protocol::TalkChanged{seq, talk_view(engine_.state(), talk, seer, engine_.now())});
}

/// A talk itself: the frames carry the event's own seq. Another event that changes what is seen of a talk (the call that
/// goes on in its place): they come before it.
void News::talks_happened(Now& now) {
    const auto call = core::call_of(now.event);
    if (!call) {
        if (const auto talk = core::talk_of(now.event)) tell_talk(now.after, now.event.seq, *talk);
        return;
    }
    std::vector<core::TalkId> touched;
    for (const auto& [id, talk] : engine_.state().talks)
        if (talk.call == *call) touched.push_back(id);
    for (const core::TalkId id : touched)
        tell_talk(now.before, now.event.seq - 1, id);
}

void News::tell_talk(std::vector<Parcel>& parcels, std::uint64_t seq, core::TalkId id) {
    const core::State& state = engine_.state();
    const auto found = state.talks.find(id);
    TalkCard& card = talk_cards_[id];
    std::vector<core::TalkSeer> seers;
    if (found != state.talks.end()) seers = core::talk_audience(state, found->second, cards_present());
    const auto sees = [&](const core::DeviceId& device) { return std::ranges::find(seers, device, &core::TalkSeer::device) != seers.end(); };
    for (const core::TalkSeer& seer : seers)
        parcels.push_back({talk_frame(seq, found->second, seer), {devices_.of(seer.device).number}});
    for (const core::DeviceId& device : card.handsets) {
        if (sees(device)) continue;
        DeviceEntry& entry = devices_.of(device);
        parcels.push_back({frame_of(protocol::TalkGone{seq, id.value}), {entry.number}});
        entry.right_ended(seq);
    }
    if (found == state.talks.end()) {
        for (const auto& [kiosk, child] : cards_present())
            if (child == card.child) parcels.push_back({frame_of(protocol::TalkGone{seq, id.value}), {devices_.of(kiosk).number}});
        talk_cards_.erase(id);
        return;
    }
    card.child = found->second.child;
    remember_holders(card, seers);
}

void News::remember_holders(TalkCard& card, const std::vector<core::TalkSeer>& seers) {
    card.handsets.clear();
    for (const core::TalkSeer& seer : seers)
        if (seer.relation != TalkRelation::child) card.handsets.push_back(seer.device);
}

void News::start_talks() {
    for (const auto& [id, talk] : engine_.state().talks) {
        TalkCard& card = talk_cards_[id];
        card.child = talk.child;
        remember_holders(card, core::talk_audience(engine_.state(), talk, {}));
    }
}

void News::refresh_talks(Now& now, const core::Device& device) {
    if (device.kind != core::DeviceKind::handset) return;
    const core::State& state = engine_.state();
    const DeviceNumber number = devices_.of(device.id).number;
    for (auto& [id, card] : talk_cards_) {
        const auto talk = state.talks.find(id);
        if (talk == state.talks.end()) continue;
        const core::TalkSeer seer = core::talk_seer_of(state, talk->second, device, {});
        const auto held = std::ranges::find(card.handsets, device.id);
        if (seer.relation == TalkRelation::none) {
            if (held == card.handsets.end()) continue;
            card.handsets.erase(held);
            now.after.push_back({frame_of(protocol::TalkGone{now.event.seq, id.value}), {number}});
            continue;
        }
        now.after.push_back({talk_frame(now.event.seq, talk->second, seer), {number}});
        if (held == card.handsets.end()) card.handsets.push_back(device.id);
    }
}

void News::show_all_talks(std::vector<Parcel>& parcels) {
    std::vector<core::TalkId> ids;
    for (const auto& [id, card] : talk_cards_)
        ids.push_back(id);
    for (const core::TalkId id : ids)
        tell_talk(parcels, engine_.state().last_seq, id);
}

void News::add_talks(std::vector<Frame>& frames, std::uint64_t seq, const core::Device& device) const {
    for (const auto& [id, talk] : engine_.state().talks)
        if (const core::TalkSeer seer = core::talk_seer_of(engine_.state(), talk, device, {}); seer.relation != TalkRelation::none)
            frames.push_back(talk_frame(seq, talk, seer));
}

}  // namespace attune::app
