// The fold.
#include "clients/native/held.hpp"

#include <algorithm>
#include <tuple>

namespace attune::client {

namespace {

struct Fold {
    Held& held;

    void newest(std::uint64_t seq) const { held.seq = std::max(held.seq, seq); }

    void operator()(const protocol::Welcome& welcome) const {
        if (welcome.resume == protocol::Resume::snapshot) forget(held);
        held.welcome = welcome;
        held.live = false;
        held.journal = welcome.journal;
        held.hub_now = welcome.now;
    }
    void operator()(const protocol::Live& live) const {
        held.live = true;
        newest(live.seq);
    }
    void operator()(const protocol::Beat& beat) const {
        if (beat.journal) held.journal = *beat.journal;
        if (beat.now) held.hub_now = *beat.now;
    }
    void operator()(const protocol::CallChanged& changed) const {
        newest(changed.seq);
        held.calls.insert_or_assign(changed.call.call, changed.call);
    }
    void operator()(const protocol::CallGone& gone) const {
        newest(gone.seq);
        held.calls.erase(gone.call);
    }
    void operator()(const protocol::PersonChanged& changed) const {
        newest(changed.seq);
        held.people.insert_or_assign(changed.person.person, changed.person);
    }
    void operator()(const protocol::DeviceChanged& changed) const {
        newest(changed.seq);
        if (held.welcome && held.welcome->device == changed.device.device) held.welcome->label = changed.device.label;
        if (changed.device.health == protocol::DeviceHealth::revoked)
            held.devices.erase(changed.device.device);
        else
            held.devices.insert_or_assign(changed.device.device, changed.device);
    }
    void operator()(const protocol::Staff& staff) const {
        if (staff.first) held.staff.clear();
        held.staff.insert(held.staff.end(), staff.people.begin(), staff.people.end());
    }
    void operator()(const protocol::Children& children) const { held.children = children.children; }
    void operator()(const protocol::Places& places) const {
        if (places.first) held.places.clear();
        held.places.insert(held.places.end(), places.places.begin(), places.places.end());
    }
    template <class Other>
    void operator()(const Other&) const {}
};

void signed_in(protocol::Welcome& welcome, const std::string& person) {
    welcome.proven = welcome.proven && welcome.person == person;
    welcome.person = person;
    welcome.unlocked = true;
}

}  // namespace

void hold(Held& held, const protocol::AnyMessage& message) {
    visit(Fold{held}, message);
}

void hold_done(Held& held, const protocol::AnyMessage& command) {
    if (!held.welcome) return;
    auto& welcome = *held.welcome;
    if (const auto* sign_in = get_if<protocol::SignIn>(&command)) return signed_in(welcome, sign_in->person);
    if (const auto* set_pin = get_if<protocol::SetPin>(&command)) return signed_in(welcome, set_pin->person);
    if (const auto* prove = get_if<protocol::ProveHandset>(&command)) {
        welcome.proven = prove->heard;
    } else if (holds_alternative<protocol::SignOut>(command)) {
        welcome.person.reset();
        welcome.unlocked = welcome.proven = false;
        held.calls.clear();
        held.places.clear();
    } else if (holds_alternative<protocol::Lock>(command)) {
        welcome.unlocked = false;
        for (auto& [id, call] : held.calls)
            call.helps.reset();
    }
}

void forget(Held& held) {
    held.calls.clear();
    held.people.clear();
    held.devices.clear();
    held.seq = 0;
    held.live = false;
}

std::vector<protocol::CallView> by_urgency(const Held& held) {
    std::vector<protocol::CallView> calls;
    for (const auto& [id, call] : held.calls)
        calls.push_back(call);
    const auto rank = [](const protocol::CallView& call) {
        return std::tuple(call.relation != protocol::Relation::owner, call.relation == protocol::Relation::declined || call.relation == protocol::Relation::overseer,
                          call.drill, -static_cast<std::int64_t>(call.level), call.raised_at, call.call);
    };
    std::ranges::sort(calls, {}, rank);
    return calls;
}

std::string short_name(const Held& held, const std::string& person) {
    for (const auto& one : held.staff)
        if (one.person == person) return one.short_name;
    const auto found = held.people.find(person);
    return found == held.people.end() ? person : found->second.short_name;
}

}  // namespace attune::client
