// Who has a right to what, and the search for what was told without one.
#include "tests/sim/need_to_know.hpp"

#include <algorithm>
#include <charconv>

#include "tests/sim/auditor.hpp"
#include "tests/sim/frame_rules.hpp"

namespace attune::sim {

namespace {

namespace wire = attune::protocol;

struct Tag {
    std::string_view kind;
    std::uint64_t number = 0;
    bool operator==(const Tag&) const = default;
};

std::uint64_t bit(std::uint64_t number) { return number < 64 ? std::uint64_t{1} << number : 0; }

constexpr std::string_view kinds[] = {"kid", "ini", "hlp", "abt", "per", "sho", "nam", "hin", "plc", "not"};

/// Every tag in these bytes: three letters, a colon, digits, a semicolon.
std::vector<Tag> tags_in(std::string_view bytes) {
    std::vector<Tag> found;
    for (std::size_t colon = bytes.find(':'); colon != std::string_view::npos; colon = bytes.find(':', colon + 1)) {
        if (colon < 3) continue;
        const std::string_view kind = bytes.substr(colon - 3, 3);
        if (std::ranges::find(kinds, kind) == std::end(kinds)) continue;
        Tag tag{kind, 0};
        const char* const end = bytes.data() + bytes.size();
        const auto [after, error] = std::from_chars(bytes.data() + colon + 1, end, tag.number);
        if (error == std::errc{} && after != end && *after == ';') found.push_back(tag);
    }
    return found;
}

/// The number of an id of the simulated school; 64, which is nobody's, for what has none.
std::uint64_t number_of(std::string_view id) {
    const std::vector<Tag> tags = tags_in(id);
    return tags.empty() ? 64 : tags.front().number;
}

bool holds(const core::State& state, const core::PersonId& person, core::Role role) {
    const auto found = state.directory.people.find(person);
    return found != state.directory.people.end() && std::ranges::find(found->second.roles, role) != found->second.roles.end();
}

/// Room: its own calls, and who comes to them; of children only who is due in it, to choose from, and the reference of the
/// one that it chose. What helps: nothing asks for it yet, so it has it never.
void add_rights_of_room(const core::State& state, const core::Device& room, Right& right) {
    for (const auto& [id, child] : state.directory.children) {
        if (std::ranges::find(child.places, room.place) == child.places.end()) continue;
        right.references |= bit(number_of(id.value));
        right.initials |= bit(number_of(id.value));
    }
    for (const auto& [id, call] : state.calls) {
        if (call.place != room.place || call.talk.value != 0) continue;
        right.calls.push_back(id.value);
        right.references |= bit(number_of(call.child.value));
        std::vector<core::PersonId> coming(call.helpers.begin(), call.helpers.end());
        coming.push_back(call.owner);
        for (const core::PersonId& person : coming) {
            // Whom the school has no more has lost their name with it, and is called by their id.
            std::uint64_t& named = state.directory.people.contains(person) ? right.coming : right.gone;
            named |= bit(number_of(person.value));
        }
    }
}

std::uint64_t all_of(const core::State& state, const core::Visit& visit) {
    return state.directory.children.contains(visit.child) ? bit(number_of(visit.child.value)) : 0;
}

/// Room: the reference that it chose, and who goes along. Nothing else of a visit.
void add_visits_of_room(const core::State& state, const core::Device& room, Right& right) {
    for (const auto& [id, visit] : state.visits) {
        if (visit.from != room.place) continue;
        right.references |= all_of(state, visit);
        if (visit.with.empty()) continue;
        std::uint64_t& named = state.directory.people.contains(visit.with) ? right.coming : right.gone;
        named |= bit(number_of(visit.with.value));
    }
}

/// The calm space's tablet: what a room may, who works here, and its visitors while an adult is there.
void add_rights_of_space(const core::State& state, const core::Device& tablet, Right& right) {
    right.adults = true;
    const auto space = state.spaces.find(tablet.place);
    const bool attended = space != state.spaces.end() && !space->second.adults.empty();
    for (const auto& [id, visit] : state.visits) {
        const bool visits = visit.step >= core::VisitStep::travelling && visit.step <= core::VisitStep::ready;
        if (visit.space != tablet.place || !visits || !attended) continue;
        right.references |= all_of(state, visit);
        right.initials |= all_of(state, visit);
        right.helps |= all_of(state, visit);
    }
}

/// Handset: its adult's own children, whom they go along with, and the visitors of the space that they are in.
void add_visits_of_handset(const core::State& state, const core::Device& handset, Right& right) {
    const core::PersonId& person = handset.signed_in;
    if (person.empty() || handset.locked) return;
    for (const auto& [id, visit] : state.visits) {
        if (visit.step < core::VisitStep::travelling || all_of(state, visit) == 0) continue;
        const auto& own = state.directory.children.at(visit.child).adults;
        const auto space = state.spaces.find(visit.space);
        const bool inside = visit.step == core::VisitStep::here || visit.step == core::VisitStep::ready;
        const bool there = visit.step <= core::VisitStep::ready && space != state.spaces.end() && space->second.adults.contains(person);
        if (!there && !(visit.with == person && !inside) && std::ranges::find(own, person) == own.end()) continue;
        right.references |= all_of(state, visit);
        right.initials |= all_of(state, visit);
        right.helps |= all_of(state, visit);
    }
}

/// Still to be answered by those who were asked: nobody owns it, the owner is late, one more is wanted; and everyone
/// stays asked to a call for everyone, until someone is there.
bool still_asks(const core::Call& call) {
    if (call.owner.empty() || call.helper_wanted) return true;
    return !call.arrived && (call.owner_late || call.level == 3);
}

/// Handset: what its adult is asked to, goes to, declined while nobody owns it, or raised on it. Of the child: to whoever
/// accepted, for the life of the call; to the child's own adults from the moment they are asked; and never while locked.
void add_rights_of_handset(const core::State& state, const core::Device& handset, Right& right) {
    right.adults = true;  // whoever picks it up finds themself in the list
    const core::PersonId& person = handset.signed_in;
    right.own = bit(number_of(person.value));
    right.site = !person.empty() && holds(state, person, core::Role::duty_lead);
    for (const auto& [id, call] : state.calls) {
        const bool goes = !person.empty() && (call.owner == person || call.helpers.contains(person));
        const auto offer = person.empty() ? call.offers.end() : call.offers.find(person);
        const bool asked = offer != call.offers.end() && !offer->second.declined && still_asks(call);
        const bool declined = offer != call.offers.end() && offer->second.declined && call.owner.empty();
        if (goes || asked || declined || call.raised_by == handset.id || (right.site && call.practice <= core::Practice::drill)) right.calls.push_back(id.value);
        if (handset.locked) continue;
        const auto child = state.directory.children.find(call.child);
        if (child == state.directory.children.end()) continue;
        const auto& own_adults = child->second.adults;
        const bool own_child = std::ranges::find(own_adults, person) != own_adults.end();
        if (!goes && !(asked && own_child)) continue;
        const std::uint64_t who = bit(number_of(call.child.value));
        right.references |= who;
        right.initials |= who;
        right.helps |= who;
    }
}

/// Handset, unlocked: its adult's own children, by plan or as a stand-in; whoever is theirs to greet or to look in on; all
/// who are not greeted yet while they stand at the door; and what was written for today about whom they meet.
void add_day_of_handset(const core::State& state, const core::Device& handset, Right& right) {
    const core::PersonId& person = handset.signed_in;
    if (person.empty() || handset.locked || state.rota.imported_at == 0) return;
    const bool lead = holds(state, person, core::Role::duty_lead);
    const auto may_name = [&](const core::ChildId& child) {
        right.references |= bit(number_of(child.value));
        right.initials |= bit(number_of(child.value));
    };
    std::set<core::ChildId> own;
    for (const auto& [id, child] : state.directory.children) {
        const auto swap = state.rota.swaps.find(id);
        const bool mine = std::ranges::find(child.adults, person) != child.adults.end() || (swap != state.rota.swaps.end() && swap->second.person == person);
        if (mine) own.insert(id);
        if (mine) may_name(id);
    }
    if (lead)  // of whom nobody can come for, whoever leads is told
        for (const auto& [child, gap] : state.rota.gaps) may_name(child);
    for (const auto& [child, greeting] : state.today.greetings) {
        const bool asked = greeting.task && (greeting.adult == person || (greeting.adult.empty() && lead));
        const bool door = state.today.from != 0 && state.today.doors.contains(person) && greeting.step == core::GreetingStep::not_greeted;
        if (asked || door) may_name(child);
    }
    for (const auto& [id, checkin] : state.today.checkins)
        if (checkin.open() && (checkin.adult == person || (checkin.at_lead && lead))) may_name(checkin.child);
    for (const auto& [id, note] : state.today.notes) {
        bool meets = note.by == person || own.contains(note.child);
        for (const auto& [number, call] : state.calls)
            meets = meets || (call.child == note.child && (call.owner == person || call.helpers.contains(person)));
        const auto slots = state.rota.slots.find(person);
        const auto plan = state.directory.children.find(note.child);
        if (slots != state.rota.slots.end() && plan != state.directory.children.end())
            for (const core::Slot& slot : slots->second)
                meets = meets || (slot.kind == core::SlotKind::teaching && slot.from < note.until && slot.to > note.from &&
                                  std::ranges::find(plan->second.places, slot.place) != plan->second.places.end());
        if (!meets || !state.directory.people.contains(person)) continue;
        right.notes |= bit(number_of(note.child.value));
        may_name(note.child);
    }
}

/// Handset, unlocked: the child of what its adult owes after a call, or sees to for whoever leads. Not of a debrief, of what
/// the class or the raiser is owed, and not of cover.
void add_owed_of_handset(const core::State& state, const core::Device& handset, Right& right) {
    using enum core::FollowupKind;
    const core::PersonId& person = handset.signed_in;
    if (person.empty() || handset.locked) return;
    for (const auto& [id, owed] : state.followups) {
        const bool by_place = owed.kind == staff_debrief || owed.kind == class_reset || owed.kind == outcome_told || owed.kind == repair_cover;
        const bool lead = owed.kind != adult_repair && holds(state, person, core::Role::duty_lead) &&
                          (owed.owner.empty() || owed.overdue || owed.step == core::FollowupStep::unneeded);
        if (by_place || owed.child.empty() || (owed.owner != person && owed.with != person && !lead)) continue;
        right.references |= bit(number_of(owed.child.value));
        right.initials |= bit(number_of(owed.child.value));
    }
}

struct Question {
    const Right& right;
    core::DeviceKind kind;

    /// The first tag that this device has no right to.
    const Tag* forbidden(const std::vector<Tag>& tags) const {
        for (const Tag& tag : tags)
            if (!may(tag)) return &tag;
        return nullptr;
    }
    /// Who came is the room's own past; of a child there is no past to be told.
    const Tag* forbidden_of_children(const std::vector<Tag>& tags) const {
        for (const Tag& tag : tags)
            if ((tag.kind == "kid" || tag.kind == "ini" || tag.kind == "hlp" || tag.kind == "abt" || tag.kind == "not") && !may(tag)) return &tag;
        return nullptr;
    }
    bool may(const Tag& tag) const {
        const std::uint64_t who = bit(tag.number);
        if (tag.kind == "not") return (right.notes & who) != 0;
        if (tag.kind == "kid") return (right.references & who) != 0;
        if (tag.kind == "ini") return (right.initials & who) != 0;
        if (tag.kind == "hlp" || tag.kind == "abt") return (right.helps & who) != 0;
        if (tag.kind == "sho") return right.adults || (right.coming & who) != 0;
        if (tag.kind == "per") return right.adults || (right.gone & who) != 0;
        if (tag.kind == "nam" || tag.kind == "hin") return right.adults;
        return true;  // a place's own id
    }
    bool may_see_call(std::uint64_t call) const { return std::ranges::binary_search(right.calls, call); }
};

std::string text_of(const Tag& tag) { return std::string(tag.kind) + ":" + std::to_string(tag.number) + ";"; }

/// Of a card, and of the state of people and devices, it matters that it is shown at all.
std::string shown_wrongly(const Question& question, const core::DeviceId& device, const wire::AnyMessage& message) {
    if (const auto* changed = get_if<wire::CallChanged>(&message))
        if (!question.may_see_call(changed->call.call)) return "the card of call " + std::to_string(changed->call.call);
    if (question.right.site) return {};
    if (const auto* person = get_if<wire::PersonChanged>(&message)) {
        // Whoever is no longer here is signed out, and that is all that is said of them.
        const bool left = person->person.state == wire::AvailabilityState::signed_out;
        if (!left && (question.right.own & bit(number_of(person->person.person))) == 0) return "the state of " + person->person.person;
    }
    if (const auto* other = get_if<wire::DeviceChanged>(&message))
        if (other->device.device != device.value.str()) return "the state of " + other->device.device;
    return {};
}

std::string wrong_in(const Question& question, const core::DeviceId& device, const std::vector<Tag>& tags, const wire::AnyMessage& message) {
    if (const Tag* tag = question.forbidden(tags)) return text_of(*tag);
    return shown_wrongly(question, device, message);
}

}  // namespace

Right right_of(const core::State& state, const core::Device& device) {
    Right right;
    if (device.health == core::Health::revoked) return right;
    const bool tablet = device.kind == core::DeviceKind::calm_space;
    if (device.kind == core::DeviceKind::room || tablet) add_rights_of_room(state, device, right);
    if (device.kind == core::DeviceKind::room) add_visits_of_room(state, device, right);
    if (tablet) add_rights_of_space(state, device, right);
    if (device.kind == core::DeviceKind::handset) {
        add_rights_of_handset(state, device, right);
        add_visits_of_handset(state, device, right);
        add_day_of_handset(state, device, right);
        add_owed_of_handset(state, device, right);
    }
    if (device.kind == core::DeviceKind::station) {  // place and level of every call, who is free and who goes; no child
        right.adults = right.site = true;
        for (const auto& [id, call] : state.calls) right.calls.push_back(id.value);
    }
    return right;
}

void NeedToKnow::remember(const core::State& state, std::uint64_t seq) {
    for (const auto& [id, device] : state.devices) {
        std::vector<From>& history = rights_[id];
        while (!history.empty() && history.back().seq >= seq && seq != 0) history.pop_back();  // written anew after a sick disk
        Right right = right_of(state, device);
        if (history.empty() || history.back().right != right) history.push_back({seq, std::move(right)});
        if (history.size() > 4'000) history.erase(history.begin(), history.begin() + 2'000);
    }
}

const Right& NeedToKnow::at(const core::DeviceId& device, std::uint64_t seq) const {
    static const Right none;
    const auto found = rights_.find(device);
    if (found == rights_.end()) return none;
    const auto after = std::ranges::upper_bound(found->second, seq, {}, &From::seq);
    return after == found->second.begin() ? none : std::prev(after)->right;
}

bool NeedToKnow::ever_saw(const core::DeviceId& device, std::uint64_t call) const {
    const auto found = rights_.find(device);
    return found != rights_.end() && std::ranges::any_of(found->second, [&](const From& from) { return std::ranges::binary_search(from.right.calls, call); });
}

void NeedToKnow::check(Told& told, const core::DeviceId& device, core::DeviceKind kind, const core::PersonId& made_for, std::span<const std::byte> frame,
                       const wire::AnyMessage& message, const core::State& live, bool journal_ok) const {
    const std::vector<Tag> tags = tags_in({reinterpret_cast<const char*>(frame.data()), frame.size()});
    const auto complain = [&](const std::string& what, const std::string& when) {
        violated("10 need to know", std::string(wire::to_string(wire::type_of(message))) + " tells " + device.value + " of " + what + " " + when);
    };
    if (holds_alternative<wire::Enrolled>(message)) {  // whose handset it is made for, and nothing else
        for (const Tag& tag : tags)
            if (tag.number != number_of(made_for.value) && tag.kind != "plc") complain(text_of(tag), "at its enrolment");
        return;
    }
    const auto wrong_at = [&](std::uint64_t seq) { return wrong_in({at(device, seq), kind}, device, tags, message); };
    if (holds_alternative<wire::Welcome>(message)) {
        told.greeting = true;
        told.between.clear();
    }
    if (told.greeting && journal_ok) told.between.emplace_back(frame.begin(), frame.end());
    if (const auto* gone = get_if<wire::CallGone>(&message); gone != nullptr && journal_ok && !ever_saw(device, gone->call))
        complain("the end of call " + std::to_string(gone->call) + ", which it never might see,", "at event " + std::to_string(gone->seq));

    if (const auto* now_live = get_if<wire::Live>(&message)) {
        for (const std::vector<std::byte>& held : std::exchange(told.between, {})) {
            const std::vector<Tag> inside = tags_in({reinterpret_cast<const char*>(held.data()), held.size()});
            if (const Tag* tag = Question{at(device, now_live->seq), kind}.forbidden_of_children(inside)) complain(text_of(*tag), "by a replay up to event " + std::to_string(now_live->seq));
        }
        told.greeting = false;
        told.newest = now_live->seq;
        return;
    }
    const auto seq = seq_of(message);
    const bool tells = !tags.empty() || holds_alternative<wire::CallChanged>(message) || holds_alternative<wire::DeviceChanged>(message);
    if (!tells) return;
    if (!journal_ok) {  // shown at once, before anything is written
        // Who came to a call may have waited in the queue since before the disk failed; what is about a child may not.
        const auto found = live.devices.find(device);
        const Right now = found == live.devices.end() ? Right{} : right_of(live, found->second);
        const Tag* tag = Question{now, kind}.forbidden_of_children(tags);
        if (tag != nullptr && !(seq && Question{at(device, *seq), kind}.forbidden_of_children(tags) == nullptr)) complain(text_of(*tag), "while the disk is sick");
        return;
    }
    if (!seq) {  // a list: of an instant between the last frame and now; of the greeting see Live
        if (told.greeting) return;
        for (std::uint64_t instant = told.newest; instant <= live.last_seq; ++instant)
            if (wrong_at(instant).empty()) return;
        return complain(wrong_at(live.last_seq), "in a list");
    }
    told.newest = std::max(told.newest, *seq);
    const std::string wrong = wrong_at(*seq);
    if (wrong.empty()) return;
    // What accompanies an event carries the number of the one before.
    const auto* changed = get_if<wire::CallChanged>(&message);
    const bool may_be_next = changed == nullptr || changed->event == wire::CallEvent::seen;
    if (!may_be_next || !wrong_at(*seq + 1).empty()) complain(wrong, "at event " + std::to_string(*seq));
}

}  // namespace attune::sim
