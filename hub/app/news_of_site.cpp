// What happens to people, devices and the directory, and what that changes about who sees which card. Rare beside the
// events of calls, so that it may walk over all devices and all open calls.
#include <algorithm>

#include "hub/app/news.hpp"
#include "hub/core/call_rules.hpp"
#include "hub/core/cover.hpp"

namespace attune::app {

namespace {

using protocol::CallEvent;

void add_once(std::vector<DeviceNumber>& to, DeviceNumber number) {
    if (std::ranges::find(to, number) == to.end()) to.push_back(number);
}

template <class Fact>
constexpr bool is_directory_fact = requires(Fact fact) { fact.site; } || requires(Fact fact) { fact.policy; } ||
                                   std::same_as<Fact, core::PersonSet> || std::same_as<Fact, core::PersonRemoved> ||
                                   std::same_as<Fact, core::PlaceSet> || std::same_as<Fact, core::PlaceRemoved> ||
                                   std::same_as<Fact, core::ChildSet> || std::same_as<Fact, core::ChildRemoved> ||
                                   std::same_as<Fact, core::SupplyAdded> || std::same_as<Fact, core::SupplyEnded>;

}  // namespace

void News::site_happened(Now& now) {
    visit(
        [&]<class Fact>(const Fact& fact) {
            if constexpr (is_directory_fact<Fact>)
                directory_changed_ = true;
            else if constexpr (std::same_as<Fact, core::PinSet>)
                staff_changed_ = true;
            else if constexpr (std::same_as<Fact, core::DeviceEnrolled>) {
                if (core::is_in(fact.device)) device_came(now, fact.device.id);
            } else if constexpr (std::same_as<Fact, core::DeviceApproved>) {
                device_came(now, fact.device);
            } else if constexpr (std::same_as<Fact, core::DeviceRenamed>) {
                device_touched(now, fact.device);
            } else if constexpr (std::same_as<Fact, core::DeviceHealthChanged>) {
                device_touched(now, fact.device);
                person_touched(now, devices_.of(fact.device).signed_in);
                rungs_touched(now);
            } else if constexpr (std::same_as<Fact, core::DeviceRevoked>) {
                device_touched(now, fact.device);
                sights_touched(now);
                refresh_cards(now, devices_.of(fact.device), engine_.state().devices.at(fact.device));
                rungs_touched(now);
            } else if constexpr (std::same_as<Fact, core::SignedIn> || std::same_as<Fact, core::SignedOut> ||
                                 std::same_as<Fact, core::HandsetLocked>) {
                sights_touched(now);
                rungs_touched(now);  // a handset that nobody has any more does not ring
                // The same person again with a PIN: nothing differs, but the handset wants its cards.
                if constexpr (std::same_as<Fact, core::SignedIn>)
                    if (now.after.empty())
                        refresh(now, devices_.of(fact.device), engine_.state().devices.at(fact.device));
            } else if constexpr (std::same_as<Fact, core::HandsetProven>) {
                device_touched(now, fact.device);
                person_touched(now, fact.person);
            } else if constexpr (std::same_as<Fact, core::AvailabilityDeclared> ||
                                 std::same_as<Fact, core::AvailabilityLapsed>) {
                person_touched(now, fact.person);
            }
        },
        now.event.fact);
}

void News::device_came(Now& now, const core::DeviceId& id) {
    find_site_seers();
    device_touched(now, id);
    refresh_cards(now, devices_.of(id), engine_.state().devices.at(id));
}

News::Known News::known_of(const core::PersonId& person, core::Ms at) const {
    const core::State& state = engine_.state();
    Known known;
    const core::Standing standing = core::standing(state, person, at);
    known.availability = standing.state;
    known.until = standing.until;
    const auto duty = state.duties.find(person);
    if (duty == state.duties.end()) return known;
    known.since = duty->second.since;
    const auto device = state.devices.find(duty->second.device);
    if (known.availability == core::Availability::unreachable && device != state.devices.end())
        known.since = std::max(known.since, device->second.health_since);
    return known;
}

void News::person_touched(Now& now, const core::PersonId& person) {
    const core::State& state = engine_.state();
    if (person.empty() || !state.directory.people.contains(person)) return;
    Known next = known_of(person, now.event.at);
    Known& known = people_[person];
    const bool same = known.availability == next.availability && known.until == next.until;
    next.since = known.availability == next.availability ? std::max(known.since, next.since) : now.event.at;
    known = next;
    if (same) return;
    rota_changed_ = true;
    Parcel parcel{person_frame(now.event.seq - 1, person), site_seers_};
    const auto duty = state.duties.find(person);
    if (duty != state.duties.end() && !duty->second.device.empty())
        add_once(parcel.to, devices_.of(duty->second.device).number);
    if (!parcel.to.empty()) now.before.push_back(std::move(parcel));
}

void News::device_touched(Now& now, const core::DeviceId& id) {
    const auto device = engine_.state().devices.find(id);
    if (device == engine_.state().devices.end() || device->second.approval == core::Approval::waiting) return;
    Parcel parcel{device_frame(now.event.seq - 1, device->second), site_seers_};
    if (device->second.health != core::Health::revoked) add_once(parcel.to, devices_.of(id).number);
    if (!parcel.to.empty()) now.before.push_back(std::move(parcel));
}

/// Finds every device at which somebody else, or nobody, is signed in now, or which was locked or unlocked. One event
/// may change two: a person who signs in here was signed in elsewhere.
void News::sights_touched(Now& now) {
    const core::State& state = engine_.state();
    find_site_seers();
    for (DeviceNumber number = 0; number < devices_.size(); ++number) {
        DeviceEntry& entry = devices_.at(number);
        const auto device = state.devices.find(entry.id);
        if (device == state.devices.end()) continue;
        if (device->second.signed_in == entry.signed_in && device->second.locked == entry.locked) continue;
        const core::PersonId before = entry.signed_in;
        entry.signed_in = device->second.signed_in;
        entry.locked = device->second.locked;
        if (before != entry.signed_in) {
            person_touched(now, before);
            person_touched(now, entry.signed_in);
            // To the handset that lost them they are signed out, wherever else they may be.
            if (!before.empty()) {
                const auto view = person_view(state, before, core::Availability::signed_out, now.event.at);
                now.before.push_back({frame_of(protocol::PersonChanged{now.event.seq - 1, view}), {entry.number}});
            }
        }
        refresh(now, entry, device->second);
    }
}

/// What this device may see has changed as a whole: every card it may see, and the lists that came or went with it.
void News::refresh(Now& now, DeviceEntry& entry, const core::Device& device) {
    const core::State& state = engine_.state();
    rota_changed_ = day_changed_ = owed_changed_ = true;
    const std::uint64_t seq = now.event.seq;
    refresh_cards(now, entry, device);
    if (core::sees_site(state, device)) {
        for (const auto& [id, person] : state.directory.people)
            now.after.push_back({person_frame(seq, id), {entry.number}});
        for (const auto& [id, other] : state.devices)
            if (core::is_in(other)) now.after.push_back({device_frame(seq, other), {entry.number}});
    } else if (core::is_in(device)) {
        if (state.directory.people.contains(device.signed_in))
            now.after.push_back({person_frame(seq, device.signed_in), {entry.number}});
        now.after.push_back({device_frame(seq, device), {entry.number}});
    }
    if (device.kind == core::DeviceKind::handset && !device.signed_in.empty() && !device.locked)
        for (const protocol::Places& places : places_lists(state))
            now.after.push_back({frame_of(places), {entry.number}});
}

void News::refresh_cards(Now& now, DeviceEntry& entry, const core::Device& device) {
    const core::State& state = engine_.state();
    const std::uint64_t seq = now.event.seq;
    for (auto& [id, card] : cards_) {
        const auto call = state.calls.find(id);
        if (call == state.calls.end()) continue;
        const auto held = std::ranges::find(card.holders, entry.number, &Holder::number);
        core::Seer seer = core::seer_of(state, call->second, device);
        if (seer.relation == core::Relation::none) {
            if (held == card.holders.end()) continue;
            card.holders.erase(held);
            now.after.push_back(
                {frame_of(protocol::CallGone{seq, id.value, CallEvent::seen, std::nullopt}), {entry.number}});
            continue;
        }
        now.after.push_back({card_frame(seq, CallEvent::seen, now.event.at, call->second, seer), {entry.number}});
        if (held == card.holders.end())
            card.holders.push_back({std::move(seer), entry.number});
        else
            held->seer = std::move(seer);
    }
    refresh_talks(now, device);
}

/// A device that went silent no longer rings: whoever waits for a call is told that rung, without an event of the call.
void News::rungs_touched(Now& now) {
    const core::State& state = engine_.state();
    for (auto& [id, card] : cards_) {
        const auto call = state.calls.find(id);
        if (call == state.calls.end()) continue;
        if (call->second.rung == card.rung && call->second.alerted.size() == card.ringing) continue;
        card.rung = call->second.rung;
        card.ringing = call->second.alerted.size();
        for (const Holder& holder : card.holders) {
            if (holder.seer.relation == core::Relation::offered || holder.seer.relation == core::Relation::declined)
                continue;
            now.before.push_back(
                {card_frame(now.event.seq - 1, CallEvent::seen, now.event.at, call->second, holder.seer),
                 {holder.number}});
        }
    }
}

void News::find_site_seers() {
    const core::State& state = engine_.state();
    site_seers_.clear();
    for (const auto& [id, device] : state.devices)
        if (core::sees_site(state, device)) site_seers_.push_back(devices_.of(id).number);
    std::ranges::sort(site_seers_);
}

/// After an import anything may look different. It is rare: everybody connected gets everything again, and whoever is
/// away gets a snapshot.
void News::directory_replaced() {
    const core::State& state = engine_.state();
    directory_changed_ = staff_changed_ = false;
    tell_rota();
    tell_day();
    std::erase_if(people_, [&](const auto& entry) { return !state.directory.people.contains(entry.first); });
    for (const auto& [id, person] : state.directory.people)
        if (!people_.contains(id)) people_[id] = known_of(id, engine_.now());
    find_site_seers();
    std::vector<Parcel> parcels;
    tell_lists(parcels, false);
    for (const auto& [id, person] : state.directory.people)
        if (!site_seers_.empty()) parcels.push_back({person_frame(state.last_seq, id), site_seers_});
    for (const auto& [id, device] : state.devices)
        if (!site_seers_.empty() && core::is_in(device))
            parcels.push_back({device_frame(state.last_seq, device), site_seers_});
    show_all_cards(parcels);
    show_all_visits(parcels);
    show_all_talks(parcels);
    engine_.park(EffectKind::news, std::make_shared<Delivery>(Delivery{state.last_seq, std::move(parcels)}));
    ring_.forget(state.last_seq + 1);
}

void News::show_all_cards(std::vector<Parcel>& parcels) {
    const core::State& state = engine_.state();
    for (auto& [id, card] : cards_) {
        const auto call = state.calls.find(id);
        if (call == state.calls.end()) continue;
        std::vector<Holder> next = holders_of(call->second, card);
        for (const Holder& holder : next)
            parcels.push_back({card_frame(state.last_seq, CallEvent::seen, state.last_at, call->second, holder.seer),
                               {holder.number}});
        for (const Holder& holder : card.holders)
            if (std::ranges::find(next, holder.number, &Holder::number) == next.end())
                parcels.push_back(
                    {frame_of(protocol::CallGone{state.last_seq, id.value, CallEvent::seen, std::nullopt}),
                     {holder.number}});
        card.holders = std::move(next);
    }
}

/// To those who are connected; everyone else gets them with Welcome.
void News::tell_lists(std::vector<Parcel>& parcels, bool staff_only) {
    const core::State& state = engine_.state();
    std::vector<DeviceNumber> with_staff, with_places;
    std::map<core::PlaceId, std::vector<DeviceNumber>> rooms;
    for (const auto& [id, device] : state.devices) {
        const DeviceEntry& entry = devices_.of(id);
        if (entry.current == nullptr || !core::is_in(device)) continue;
        if (core::stands_for_its_place(device.kind)) rooms[device.place].push_back(entry.number);
        if (device.kind != core::DeviceKind::room && device.kind != core::DeviceKind::kiosk && device.kind != core::DeviceKind::board)
            with_staff.push_back(entry.number);
        if (device.kind == core::DeviceKind::handset && !device.signed_in.empty() && !device.locked)
            with_places.push_back(entry.number);
    }
    for (const protocol::Staff& staff : staff_lists(state))
        parcels.push_back({frame_of(staff), with_staff});
    if (staff_only) return;
    for (auto& [place, numbers] : rooms)
        parcels.push_back({frame_of(children_list(state, place)), std::move(numbers)});
    for (const protocol::Places& places : places_lists(state))
        parcels.push_back({frame_of(places), with_places});
}

std::vector<Frame> News::lists(const core::Device& device) {
    const core::State& state = engine_.state();
    std::vector<Frame> frames;
    if (device.kind == core::DeviceKind::kiosk) return frames;
    if (core::stands_for_its_place(device.kind)) frames.push_back(frame_of(children_list(state, device.place)));
    auto ready = ready_told_[devices_.of(device.id).number] = ready_lists(device);
    std::ranges::move(ready, std::back_inserter(frames));
    if (device.kind == core::DeviceKind::room) return frames;
    auto rota = rota_told_[devices_.of(device.id).number] = rota_lists(device);
    std::ranges::move(rota, std::back_inserter(frames));
    std::ranges::move(day_lists(device), std::back_inserter(frames));
    if (auto owed = owed_now(device)) frames.push_back(*std::move(owed));
    if (core::sees_gaps(state, device)) gaps_held_.insert(devices_.of(device.id).number);
    if (device.kind == core::DeviceKind::board) return frames;
    for (const protocol::Staff& staff : staff_lists(state))
        frames.push_back(frame_of(staff));
    if (device.kind == core::DeviceKind::handset && !device.signed_in.empty() && !device.locked)
        for (const protocol::Places& places : places_lists(state))
            frames.push_back(frame_of(places));
    return frames;
}

std::vector<Frame> News::snapshot(const core::Device& device) {
    const core::State& state = engine_.state();
    // One less than the truth: a client that got only a part of it must not look complete. Live carries the whole.
    const std::uint64_t seq = state.last_seq - 1;
    std::vector<Frame> frames;
    for (const auto& [id, call] : state.calls) {
        const core::Seer seer = core::seer_of(state, call, device);
        if (seer.relation != core::Relation::none)
            frames.push_back(card_frame(seq, CallEvent::seen, state.last_at, call, seer));
    }
    add_talks(frames, seq, device);
    if (device.kind == core::DeviceKind::kiosk) card_gone(device.id);
    if (core::sees_site(state, device)) {
        for (const auto& [id, person] : state.directory.people)
            frames.push_back(person_frame(seq, id));
        for (const auto& [id, other] : state.devices)
            if (core::is_in(other)) frames.push_back(device_frame(seq, other));
    } else {
        if (!device.signed_in.empty() && state.directory.people.contains(device.signed_in))
            frames.push_back(person_frame(seq, device.signed_in));
        frames.push_back(device_frame(seq, device));
    }
    devices_.of(device.id).snapshot_seq = state.last_seq;
    std::ranges::move(visit_frames(device), std::back_inserter(frames));
    return frames;
}

Frame News::person_frame(std::uint64_t seq, const core::PersonId& person) const {
    const auto known = people_.find(person);
    const Known what = known == people_.end() ? Known{} : known->second;
    return frame_of(protocol::PersonChanged{seq, person_view(engine_.state(), person, what.availability, what.since)});
}

Frame News::device_frame(std::uint64_t seq, const core::Device& device) const {
    return frame_of(protocol::DeviceChanged{seq, device_view(device)});
}

}  // namespace attune::app
