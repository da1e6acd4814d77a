// Cards, lists, people and devices in the words of the wire.
#include "hub/app/views.hpp"

#include "hub/core/cover.hpp"

#include <algorithm>

#include "hub/core/call_rules.hpp"

namespace attune::app {

namespace {

// The enums of core and wire that run alike; a change of either that would shift them stops here.
static_assert(static_cast<int>(core::Rung::withdrawn) == static_cast<int>(protocol::CallRung::withdrawn));
static_assert(static_cast<int>(core::Rung::not_delivered) == static_cast<int>(protocol::CallRung::not_delivered));
static_assert(static_cast<int>(core::Rung::here) == static_cast<int>(protocol::CallRung::here));
static_assert(static_cast<int>(core::Relation::station) == static_cast<int>(protocol::Relation::station) + 1);
static_assert(static_cast<int>(core::Relation::overseer) == static_cast<int>(protocol::Relation::overseer) + 1);
static_assert(static_cast<int>(core::Relation::owner) == static_cast<int>(protocol::Relation::owner) + 1);
static_assert(static_cast<int>(core::Note::has_left_room) == static_cast<int>(protocol::CallNote::has_left_room));
static_assert(static_cast<int>(core::Outcome::handed_over) == static_cast<int>(protocol::Outcome::handed_over) + 1);
static_assert(static_cast<int>(core::Availability::unreachable) ==
              static_cast<int>(protocol::AvailabilityState::unreachable));
static_assert(static_cast<int>(core::Availability::on_break) ==
              static_cast<int>(protocol::AvailabilityState::on_break));
static_assert(static_cast<int>(core::Health::revoked) == static_cast<int>(protocol::DeviceHealth::revoked));
static_assert(static_cast<int>(core::Fault::no_button) == static_cast<int>(protocol::Fault::no_button));
static_assert(static_cast<int>(core::Role::admin) == static_cast<int>(protocol::Role::admin));
static_assert(static_cast<int>(core::Role::office) == static_cast<int>(protocol::Role::office));
static_assert(static_cast<int>(core::Availability::absent) == static_cast<int>(protocol::AvailabilityState::absent));
static_assert(static_cast<int>(core::CallWhy::break_asked) == static_cast<int>(protocol::CallWhy::break_asked));

constexpr std::size_t offered_max = 6, helpers_max = 16;

std::optional<std::string> unless_empty(std::string text) {
    if (text.empty()) return std::nullopt;
    return text;
}

std::string_view kind_name(core::PlaceKind kind) {
    switch (kind) {
        case core::PlaceKind::room:
            return "room";
        case core::PlaceKind::calm_space:
            return "calm_space";
        case core::PlaceKind::office:
            return "office";
        case core::PlaceKind::hall:
            return "hall";
        case core::PlaceKind::outside:
            return "outside";
        case core::PlaceKind::corridor:
            break;
    }
    return "corridor";
}

using protocol::CallEvent;

/// Named in the order of the schema; what has no overload is not shown.
struct CallEventName {
    std::optional<CallEvent> operator()(const core::CallRaised&) const { return CallEvent::raised; }
    std::optional<CallEvent> operator()(const core::LevelRaised&) const { return CallEvent::level_raised; }
    std::optional<CallEvent> operator()(const core::ChildChosen&) const { return CallEvent::child_chosen; }
    std::optional<CallEvent> operator()(const core::NoteAdded&) const { return CallEvent::note_added; }
    std::optional<CallEvent> operator()(const core::CallOffered&) const { return CallEvent::offered; }
    std::optional<CallEvent> operator()(const core::StationCalled&) const { return CallEvent::station_called; }
    std::optional<CallEvent> operator()(const core::CallAlerted&) const { return CallEvent::alerted; }
    std::optional<CallEvent> operator()(const core::CallDeclined&) const { return CallEvent::declined; }
    std::optional<CallEvent> operator()(const core::RingOverdue&) const { return CallEvent::ring_overdue; }
    std::optional<CallEvent> operator()(const core::TierOverdue&) const { return CallEvent::tier_overdue; }
    std::optional<CallEvent> operator()(const core::CallUndelivered&) const { return CallEvent::undelivered; }
    std::optional<CallEvent> operator()(const core::CallAccepted&) const { return CallEvent::accepted; }
    std::optional<CallEvent> operator()(const core::OwnerOnWay&) const { return CallEvent::on_way; }
    std::optional<CallEvent> operator()(const core::HelperAsked&) const { return CallEvent::helper_asked; }
    std::optional<CallEvent> operator()(const core::HelperJoined&) const { return CallEvent::helper_joined; }
    std::optional<CallEvent> operator()(const core::CallReopened&) const { return CallEvent::reopened; }
    std::optional<CallEvent> operator()(const core::ArrivalOverdue&) const { return CallEvent::arrival_overdue; }
    std::optional<CallEvent> operator()(const core::CallArrived&) const { return CallEvent::arrived; }
    std::optional<CallEvent> operator()(const core::SupportCheckDue&) const { return CallEvent::support_check_due; }
    std::optional<CallEvent> operator()(const core::SupportConfirmed&) const { return CallEvent::support_confirmed; }
    std::optional<CallEvent> operator()(const core::CallSettled&) const { return CallEvent::settled; }
    std::optional<CallEvent> operator()(const core::CallMoved&) const { return CallEvent::moved; }
    std::optional<CallEvent> operator()(const core::CallHandedOver&) const { return CallEvent::handed_over; }
    std::optional<CallEvent> operator()(const core::CallClosed&) const { return CallEvent::closed; }
    std::optional<CallEvent> operator()(const core::WithdrawAsked&) const { return CallEvent::withdraw_asked; }
    std::optional<CallEvent> operator()(const core::WithdrawCancelled&) const { return CallEvent::withdraw_cancelled; }
    std::optional<CallEvent> operator()(const core::CallWithdrawn& fact) const {
        switch (fact.how) {
            case core::Withdrawal::drill_gave_way: return CallEvent::gave_way;
            case core::Withdrawal::drill_over:
            case core::Withdrawal::test_done:
            case core::Withdrawal::test_not_through: return CallEvent::drill_over;
            default: return CallEvent::withdrawn;
        }
    }
    std::optional<CallEvent> operator()(const core::CallSoundedAgain&) const { return CallEvent::sounded_again; }
    template <class Fact>
    std::optional<CallEvent> operator()(const Fact&) const {
        return std::nullopt;
    }
};

/// What the room itself is not told: who was asked, how to get there, who exactly is coming.
void add_what_is_not_for_the_room(const core::State& state, const core::Call& call, protocol::CallView& view) {
    if (const auto place = state.directory.places.find(call.place); place != state.directory.places.end())
        view.route_hint = unless_empty(cut(place->second.route_hint, 120));
    view.offered.reserve(std::min(call.offers.size(), offered_max));
    for (const auto& [person, offer] : call.offers) {
        if (offer.declined) continue;
        if (view.offered.size() < offered_max)
            view.offered.push_back(short_name_of(state, person));
        else
            ++view.offered_more;
    }
    if (call.owned()) view.owner_person = cut(call.owner.value, id_bytes);
}

}  // namespace

std::string cut(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return std::string(text);
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string(text.substr(0, end));
}

std::string short_name_of(const core::State& state, const core::PersonId& person) {
    const auto found = state.directory.people.find(person);
    return cut(found == state.directory.people.end() ? std::string_view(person.value) : found->second.short_name, short_bytes);
}

std::string place_name(const core::State& state, const core::PlaceId& place) {
    const auto found = state.directory.places.find(place);
    return cut(found == state.directory.places.end() ? std::string_view(place.value) : found->second.name, name_bytes);
}

std::optional<protocol::Helps> helps_of(const core::State& state, const core::ChildId& id) {
    const auto child = state.directory.children.find(id);
    if (child == state.directory.children.end()) return std::nullopt;
    protocol::Helps helps;
    helps.child = cut(child->first.value, id_bytes);
    helps.initials = cut(child->second.initials, 16);
    for (const std::string& line : child->second.helps)
        if (helps.lines.size() < 3) helps.lines.push_back(cut(line, 160));
    helps.about = unless_empty(cut(child->second.about, 240));
    return helps;
}

protocol::DeviceKind wire_kind(core::DeviceKind kind) {
    // The wire's list has kinds in between that are never enrolled.
    switch (kind) {
        case core::DeviceKind::room:
            return protocol::DeviceKind::room;
        case core::DeviceKind::handset:
            return protocol::DeviceKind::handset;
        case core::DeviceKind::station:
            return protocol::DeviceKind::station;
        case core::DeviceKind::calm_space:
            return protocol::DeviceKind::calm_space;
        case core::DeviceKind::kiosk:
            return protocol::DeviceKind::kiosk;
        case core::DeviceKind::board:
            break;
    }
    return protocol::DeviceKind::board;
}

std::optional<core::DeviceKind> core_kind(protocol::DeviceKind kind) {
    for (const core::DeviceKind each : {core::DeviceKind::room, core::DeviceKind::handset, core::DeviceKind::station,
                                       core::DeviceKind::calm_space, core::DeviceKind::kiosk, core::DeviceKind::board})
        if (wire_kind(each) == kind) return each;
    return std::nullopt;
}

protocol::CallView call_view(const core::State& state, const core::Call& call, const core::Seer& seer, bool recorded) {
    protocol::CallView view;
    view.call = call.id.value;
    view.place = cut(call.place.value, id_bytes);
    view.place_name = place_name(state, call.place);
    view.level = call.level;
    view.drill = call.drill;
    if (call.practice != core::Practice::none) view.practice = static_cast<protocol::Practice>(static_cast<int>(call.practice) - 1);
    view.rung = same_number<protocol::CallRung>(call.rung);
    view.relation = static_cast<protocol::Relation>(static_cast<int>(seer.relation) - 1);
    view.raised_at = call.raised_at;
    view.rung_at = call.rung_at;
    view.ringing = call.alerted.size();
    if (call.owned()) view.owner = short_name_of(state, call.owner);
    view.owner_late = call.owner_late;
    view.on_way = call.on_way;
    for (const core::PersonId& helper : call.helpers)
        if (view.helpers.size() < helpers_max) view.helpers.push_back(short_name_of(state, helper));
    view.helper_wanted = call.helper_wanted;
    view.station_called = call.station_called;
    view.sounds = call.sounds;
    view.withdraw_asked = call.withdraw_asked;
    for (const core::Note note : call.notes)
        view.notes.push_back(same_number<protocol::CallNote>(note));
    view.recorded = recorded;
    view.support_check_due = call.support_check_due;
    if (call.outcome != core::Outcome::none)
        view.outcome = static_cast<protocol::Outcome>(static_cast<int>(call.outcome) - 1);
    if (call.outcome == core::Outcome::moved) view.moved_to = place_name(state, call.moved_to);
    if (seer.relation != core::Relation::raiser) add_what_is_not_for_the_room(state, call, view);
    if (seer.sees_child) view.child = cut(call.child.value, id_bytes);
    if (seer.sees_helps) view.helps = helps_of(state, call.child);
    if (call.why != core::CallWhy::pressed) view.why = same_number<protocol::CallWhy>(call.why);
    if (!call.why_from.empty()) view.why_from = place_name(state, call.why_from);
    return view;
}

protocol::PersonView person_view(const core::State& state, const core::PersonId& person,
                                 core::Availability availability, core::Ms since) {
    protocol::PersonView view;
    view.person = cut(person.value, id_bytes);
    view.short_name = short_name_of(state, person);
    view.name = view.short_name;
    view.state = same_number<protocol::AvailabilityState>(availability);
    view.since = since;
    const core::Standing known = core::standing(state, person, state.last_at);
    if (known.state == availability) {  // it may be shown to a handset that the person has left: then only that
        if (known.until != 0) view.until = known.until;
        if (!known.place.empty()) view.place = place_name(state, known.place);
        view.why = static_cast<protocol::StateSource>(static_cast<int>(known.why));
        if (known.known_at != 0) view.known_at = known.known_at;
    }
    const auto found = state.directory.people.find(person);
    if (found == state.directory.people.end()) return view;
    view.name = cut(found->second.name, name_bytes);
    if (!view.place && !found->second.base.empty()) view.place = place_name(state, found->second.base);
    return view;
}

protocol::DeviceView device_view(const core::Device& device) {
    protocol::DeviceView view;
    view.device = cut(device.id.value, id_bytes);
    view.kind = wire_kind(device.kind);
    view.label = cut(device.label, name_bytes);
    view.health = same_number<protocol::DeviceHealth>(device.health);
    view.since = device.health_since;
    for (const core::Fault fault : device.faults)
        view.faults.push_back(same_number<protocol::Fault>(fault));
    const bool on_duty = device.kind == core::DeviceKind::handset && !device.signed_in.empty();
    if (on_duty && !device.proven && !device.faults.contains(core::Fault::not_proven))
        view.faults.push_back(protocol::Fault::not_proven);
    return view;
}

protocol::DeviceView device_view_for_leaders(const core::Device& device) {
    protocol::DeviceView view = device_view(device);
    if (device.approval == core::Approval::waiting && device.health != core::Health::revoked) view.waiting_until = device.waiting_until;
    view.made_by = unless_empty(cut(device.made_by.value, id_bytes));
    view.approved_by = unless_empty(cut(device.approved_by.value, id_bytes));
    if (device.approval == core::Approval::alone) view.alone = true;
    return view;
}

std::vector<protocol::Role> wire_roles(const core::Person& person) {
    std::vector<protocol::Role> roles;
    for (const core::Role role : person.roles)
        if (roles.size() < 16) roles.push_back(same_number<protocol::Role>(role));
    return roles;
}

std::vector<protocol::Staff> staff_lists(const core::State& state) {
    std::vector<protocol::Staff> lists(1);
    lists.front().first = true;
    for (const auto& [id, person] : state.directory.people) {
        if (lists.back().people.size() == 128) lists.emplace_back();
        const auto duty = state.duties.find(id);
        const bool pin_set = duty != state.duties.end() && !duty->second.pin.empty();
        lists.back().people.push_back(
            {cut(id.value, id_bytes), cut(person.short_name, short_bytes), cut(person.name, name_bytes), pin_set, state.supplies.contains(id)});
    }
    return lists;
}

protocol::Children children_list(const core::State& state, const core::PlaceId& place) {
    protocol::Children list;
    for (const auto& [id, child] : state.directory.children)
        if (list.children.size() < 128 && std::ranges::find(child.places, place) != child.places.end())
            list.children.push_back({cut(id.value, id_bytes), cut(child.initials, 16)});
    return list;
}

std::vector<protocol::Places> places_lists(const core::State& state) {
    std::vector<protocol::Places> lists(1);
    lists.front().first = true;
    for (const auto& [id, place] : state.directory.places) {
        if (lists.back().places.size() == 128) lists.emplace_back();
        lists.back().places.push_back(
            {cut(id.value, id_bytes), cut(place.name, name_bytes), std::string(kind_name(place.kind))});
    }
    return lists;
}

bool may_set_pin(const core::Device& device, core::Ms now) {
    return device.kind == core::DeviceKind::handset && !device.for_person.empty() && now < device.pin_until;
}

namespace {

/// The office's, never the device's own: whoever needs help must not be told to ring themselves.
std::string_view extension_to_ring(const core::State& state, const core::Device& device) {
    for (const auto& [id, place] : state.directory.places)
        if (place.kind == core::PlaceKind::office && id != device.place && !place.extension.empty()) return place.extension;
    return {};
}

}  // namespace

protocol::Welcome welcome_for(const core::State& state, const core::Device& device, core::Ms now) {
    protocol::Welcome welcome;
    welcome.seq = state.last_seq;
    welcome.now = now;
    welcome.device = cut(device.id.value, id_bytes);
    welcome.kind = wire_kind(device.kind);
    welcome.label = cut(device.label, name_bytes);
    welcome.site = cut(state.directory.site.name, 64);
    welcome.help = cut(state.directory.site.help, 240);
    if (core::stands_for_its_place(device.kind)) welcome.place = unless_empty(cut(device.place.value, id_bytes));
    welcome.extension = unless_empty(cut(extension_to_ring(state, device), 32));
    welcome.person = unless_empty(cut(device.signed_in.value, id_bytes));
    welcome.for_person = unless_empty(cut(device.for_person.value, id_bytes));
    welcome.may_set_pin = may_set_pin(device, now);
    welcome.unlocked = !device.signed_in.empty() && !device.locked;
    welcome.proven = device.proven;
    welcome.example = state.directory.site.example;
    if (device.corridor) welcome.corridor = true;
    return welcome;
}

protocol::Waiting waiting_for(const core::State& state, const core::Device& device, core::Ms now) {
    return {now, device.waiting_until, cut(device.id.value, id_bytes), wire_kind(device.kind), cut(device.label, name_bytes),
            cut(state.directory.site.name, 64), cut(state.directory.site.help, 240)};
}

std::optional<protocol::CallEvent> call_event(const core::Fact& fact) {
    return visit(CallEventName{}, fact);
}

}  // namespace attune::app
