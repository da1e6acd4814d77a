// The events of calls: who is told, who leaves, and the one encoding that each distinct view costs.
#include "hub/app/news.hpp"

#include <algorithm>
#include <array>

namespace attune::app {

namespace {

using core::Relation;

constexpr std::size_t relations = 8;

/// Whom an event is for although nothing about their own part in the call changed. Everyone, but for these: a receipt
/// and a check concern those who wait or go; a decline is private; what is merely overdue shows in what follows it.
bool is_for(const core::Fact& fact, const core::Seer& seer, bool withdrawal_changed) {
    struct For {
        const core::Seer& seer;
        bool withdrawal_changed;
        bool going() const { return seer.relation == Relation::owner || seer.relation == Relation::helper; }
        bool station() const { return seer.relation == Relation::station; }
        bool raiser() const { return seer.relation == Relation::raiser; }

        bool operator()(const core::CallAlerted&) const { return raiser() || going() || station(); }
        bool operator()(const core::CallDeclined&) const { return station(); }
        bool operator()(const core::RingOverdue&) const { return station(); }
        bool operator()(const core::TierOverdue&) const { return station(); }
        bool operator()(const core::SupportCheckDue&) const { return going() || station(); }
        bool operator()(const core::SupportConfirmed&) const { return going() || station(); }
        bool operator()(const core::ChildChosen&) const { return raiser() || going() || seer.sees_helps; }
        bool operator()(const core::PressRepeated&) const { return withdrawal_changed; }
    };
    return visit(
        [&]<class Fact>(const Fact& alternative) {
            const For question{seer, withdrawal_changed};
            if constexpr (std::invocable<const For&, const Fact&>)
                return question(alternative);
            else
                return true;
        },
        fact);
}

}  // namespace

News::News(Engine& engine, DeviceTable& devices, std::size_t ring_deliveries_max)
    : engine_(engine), devices_(devices), ring_(ring_deliveries_max) {}

void News::start() {
    const core::State& state = engine_.state();
    // Nobody is resumed across a start: cards of the run before may say "not recorded" of what was, after all.
    ring_.forget(state.last_seq + 1);
    for (const auto& [id, device] : state.devices) {
        DeviceEntry& entry = devices_.of(id);
        entry.signed_in = device.signed_in;
        entry.locked = device.locked;
    }
    for (const auto& [id, call] : state.calls) {
        Card& card = cards_[id];
        card.holders = holders_of(call, card);
        if (call.owned()) card.goes.push_back(call.owner);
        card.goes.insert(card.goes.end(), call.helpers.begin(), call.helpers.end());
        card.rung = call.rung;
        card.ringing = call.alerted.size();
        card.withdraw_asked = call.withdraw_asked;
        card.last_seq = state.last_seq;
    }
    for (const auto& [id, person] : state.directory.people)
        people_[id] = known_of(id, engine_.now());
    find_site_seers();
    std::vector<Parcel> told_already;
    show_all_visits(told_already);
    start_talks();
}

void News::happened(const core::Event& event) {
    Now now{event, {}, {}};
    if (const auto call = core::call_of(event))
        call_happened(now, *call);
    else
        site_happened(now);
    visits_happened(now);
    talks_happened(now);
    rota_happened(now);
    day_happened(now);
    followups_happened(now);
    ready_happened(now);
    for (Parcel& parcel : now.after)
        now.before.push_back(std::move(parcel));
    push(std::move(now.before), event.seq);
}

void News::push(std::vector<Parcel> parcels, std::uint64_t seq) {
    if (parcels.empty()) return;
    auto delivery = std::make_shared<Delivery>(Delivery{seq, std::move(parcels)});
    ring_.push(delivery);
    engine_.park(EffectKind::news, std::move(delivery));
}

void News::step_ended() {
    if (rota_changed_) tell_rota();
    if (day_changed_) tell_day();
    if (owed_changed_ || !owed_by_.empty()) tell_owed();
    if (ready_changed_) tell_ready();
    if (directory_changed_) return directory_replaced();
    if (!staff_changed_) return;
    staff_changed_ = false;
    std::vector<Parcel> parcels;
    tell_lists(parcels, true);
    // Lists come again with every Welcome, so that they need not be replayed.
    engine_.park(EffectKind::news, std::make_shared<Delivery>(Delivery{engine_.state().last_seq, std::move(parcels)}));
}

void News::call_happened(Now& now, core::CallId id) {
    const core::State& state = engine_.state();
    const auto found = state.calls.find(id);
    const bool raised = holds_alternative<core::CallRaised>(now.event.fact);
    const auto known = raised ? cards_.try_emplace(id).first : cards_.find(id);
    if (known == cards_.end()) return;
    Card& card = known->second;
    card.last_seq = now.event.seq;
    if (!engine_.journal_ok()) card.unrecorded = true;
    if (found == state.calls.end()) return call_ended(now, id, card);
    const core::Call& call = found->second;
    if (core::may_change_audience(now.event.fact)) {
        std::vector<Holder> next = holders_of(call, card);
        tell_holders(now, call, card, next);
        tell_those_who_left(now, call, card, next);
        card.holders = std::move(next);
    } else {
        tell_holders(now, call, card, card.holders);
    }
    people_of_call(now, &call, card);
    card.rung = call.rung;
    card.ringing = call.alerted.size();
    card.withdraw_asked = call.withdraw_asked;
}

void News::call_ended(Now& now, core::CallId id, Card& card) {
    people_of_call(now, nullptr, card);
    if (!card.holders.empty()) {
        const protocol::CallGone gone{now.event.seq, id.value,
                                      call_event(now.event.fact).value_or(protocol::CallEvent::seen), std::nullopt};
        Parcel& parcel = now.after.emplace_back(Parcel{frame_of(gone), {}});
        parcel.to.reserve(card.holders.size());
        for (const Holder& holder : card.holders) {
            parcel.to.push_back(holder.number);
            right_ended(holder, now.event.seq);
        }
    }
    cards_.erase(id);
}

/// Who may no longer be told of a child is not told by a replay either.
void News::right_ended(const Holder& holder, std::uint64_t seq) {
    if (holder.seer.for_now) devices_.at(holder.number).right_ended(seq);
}

std::vector<News::Holder> News::holders_of(const core::Call& call, const Card& card) {
    std::vector<core::Seer> seers = core::audience(engine_.state(), call);
    std::vector<Holder> next;
    next.reserve(seers.size());
    for (core::Seer& seer : seers) {
        // Mostly the same devices in the same order as at the event before: then no lookup is needed.
        const std::size_t at = next.size();
        const bool same = at < card.holders.size() && card.holders[at].seer.device == seer.device;
        const DeviceNumber number = same ? card.holders[at].number : devices_.of(seer.device).number;
        next.push_back({std::move(seer), number});
    }
    return next;
}

void News::tell_holders(Now& now, const core::Call& call, const Card& card, const std::vector<Holder>& next) {
    std::array<int, relations * 4> parcel_of;  // one for each view that differs
    parcel_of.fill(-1);
    const protocol::CallEvent what = call_event(now.event.fact).value_or(protocol::CallEvent::seen);
    const bool withdrawal_changed = call.withdraw_asked != card.withdraw_asked;
    for (std::size_t at = 0; at < next.size(); ++at) {
        const Holder& holder = next[at];
        const Holder* before =
            at < card.holders.size() && card.holders[at].number == holder.number ? &card.holders[at] : nullptr;
        if (before == nullptr) {
            const auto found = std::ranges::find(card.holders, holder.number, &Holder::number);
            if (found != card.holders.end()) before = &*found;
        }
        const bool changed = before == nullptr || before->seer.relation != holder.seer.relation ||
                             before->seer.sees_helps != holder.seer.sees_helps ||
                             before->seer.sees_child != holder.seer.sees_child;
        if (before != nullptr && !holder.seer.for_now) right_ended(*before, now.event.seq);
        if (!changed && !is_for(now.event.fact, holder.seer, withdrawal_changed)) continue;
        int& parcel = parcel_of[static_cast<std::size_t>(holder.seer.relation) * 4 + (holder.seer.sees_helps ? 2 : 0) +
                                (holder.seer.sees_child ? 1 : 0)];
        if (parcel < 0) {
            parcel = static_cast<int>(now.after.size());
            now.after.push_back({card_frame(now.event.seq, what, now.event.at, call, holder.seer), {}});
            now.after.back().to.reserve(next.size() - at);
        }
        now.after[static_cast<std::size_t>(parcel)].to.push_back(holder.number);
    }
}

void News::tell_those_who_left(Now& now, const core::Call& call, const Card& card, const std::vector<Holder>& next) {
    Parcel left;
    for (std::size_t at = 0; at < card.holders.size(); ++at) {
        const DeviceNumber number = card.holders[at].number;
        if (at < next.size() && next[at].number == number) continue;
        if (std::ranges::find(next, number, &Holder::number) != next.end()) continue;
        left.to.push_back(number);
        right_ended(card.holders[at], now.event.seq);
    }
    if (left.to.empty()) return;
    protocol::CallGone gone{now.event.seq, call.id.value,
                            call_event(now.event.fact).value_or(protocol::CallEvent::seen), std::nullopt};
    if (call.owned()) gone.owner = short_name_of(engine_.state(), call.owner);
    left.frame = frame_of(gone);
    now.after.push_back(std::move(left));
}

void News::people_of_call(Now& now, const core::Call* call, Card& card) {
    std::vector<core::PersonId> goes;
    if (call != nullptr) {
        if (call->owned()) goes.push_back(call->owner);
        goes.insert(goes.end(), call->helpers.begin(), call->helpers.end());
    }
    if (goes == card.goes) return;
    for (const core::PersonId& person : card.goes)
        person_touched(now, person);
    for (const core::PersonId& person : goes)
        person_touched(now, person);
    card.goes = std::move(goes);
}

bool News::recorded(core::CallId id) const {
    const auto card = cards_.find(id);
    return card == cards_.end() || !card->second.unrecorded;
}

Frame News::card_frame(std::uint64_t seq, protocol::CallEvent what, core::Ms at, const core::Call& call,
                       const core::Seer& seer) const {
    protocol::CallChanged changed{seq, what, at,
                                  call_view(engine_.state(), call, seer, recorded(call.id))};
    return frame_of(changed);
}

void News::journal_changed(bool ok) {
    const core::State& state = engine_.state();
    std::vector<Parcel> parcels;
    for (auto& [id, card] : cards_) {
        if (!ok) {
            card.unrecorded = card.unrecorded || card.last_seq > engine_.durable_seq();
            continue;
        }
        // All of them: what waited to be shown when the disk failed was marked, whatever it told.
        card.unrecorded = false;
        const auto call = state.calls.find(id);
        if (call == state.calls.end()) continue;
        for (const Holder& holder : card.holders)
            parcels.push_back(
                {card_frame(state.last_seq, protocol::CallEvent::seen, state.last_at, call->second, holder.seer),
                 {holder.number}});
    }
    if (ok && !state.visits.empty()) show_all_visits(parcels);
    if (parcels.empty()) return;
    // No event of its own that a replay could find: whoever misses it gets a snapshot.
    engine_.park(EffectKind::news, std::make_shared<Delivery>(Delivery{state.last_seq, std::move(parcels)}));
    ring_.forget(state.last_seq + 1);
}

bool News::can_replay(std::uint64_t last_seq, const core::Device& device) const {
    // What a kiosk was shown was for a child who has left by now.
    if (device.kind == core::DeviceKind::kiosk) return false;
    if (last_seq == 0 || last_seq < ring_.floor()) return false;
    return last_seq > device.sign_in_seq && last_seq >= devices_.of(device.id).snapshot_seq;
}

}  // namespace attune::app
