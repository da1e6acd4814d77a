// Folding events about the site, its devices and its people, and the entry to it all. Calls are in apply_call.cpp.
#include "hub/core/apply_call.hpp"
#include "hub/core/apply_day.hpp"
#include "hub/core/apply_followup.hpp"
#include "hub/core/apply_leader.hpp"
#include "hub/core/apply_rota.hpp"
#include "hub/core/apply_ready.hpp"
#include "hub/core/apply_rules.hpp"
#include "hub/core/apply_supply.hpp"
#include "hub/core/apply_visit.hpp"
#include "hub/core/apply_talk.hpp"
#include "hub/core/ready_rules.hpp"
#include "hub/core/step.hpp"

namespace attune::core {

namespace {

struct SiteFold {
    State& state;
    const Event& event;

    void operator()(const SiteSet& fact) { state.directory.site = fact.site; }
    void operator()(const PolicySet& fact) { state.directory.policy = fact.policy; }
    void operator()(const PersonSet& fact) {
        state.directory.people[fact.person.id] = fact.person;
        if (has_role(fact.person, Role::duty_lead)) state.leads.insert(fact.person.id);
        else state.leads.erase(fact.person.id);
    }
    void operator()(const PersonRemoved& fact) {
        state.directory.people.erase(fact.person);
        state.leads.erase(fact.person);
        // Who has left the school is not waited for, and not named to anyone.
        for (auto& [id, call] : state.calls)
            if (!goes(call, fact.person)) call.offers.erase(fact.person);
    }
    void operator()(const PlaceSet& fact) { state.directory.places[fact.place.id] = fact.place; }
    void operator()(const PlaceRemoved& fact) { state.directory.places.erase(fact.place); }
    void operator()(const ChildSet& fact) {
        forget_adults(state, fact.child.id);
        state.directory.children[fact.child.id] = fact.child;
        index_adults(state, fact.child.id);
        day_knows_child(state, fact.child.id);
    }
    void operator()(const ChildRemoved& fact) {
        forget_adults(state, fact.child);
        state.directory.children.erase(fact.child);
        forget_card(state, fact.child);
        day_forgets_child(state, fact.child);
        index_adults(state, fact.child);
    }
    void operator()(const HubStarted&) {}

    void operator()(const EnrolmentOffered& fact) {
        // Codes that were never used are forgotten once they are a day old, so that they can't pile up.
        std::erase_if(state.enrolments, [&](const auto& entry) { return entry.second.expires_at + 86'400'000 < event.at; });
        state.enrolments[fact.code] = fact.enrolment;
    }

    void operator()(const DeviceEnrolled& fact) {
        state.enrolments[fact.code].device = fact.device.id;
        Device& device = state.devices[fact.device.id] = fact.device;
        device.health_since = event.at;
        device.sign_in_seq = event.seq;
        state.credentials[device.credential] = device.id;
        if (device.approval == Approval::waiting) state.waits.insert({device.waiting_until, device.id});
        else let_in(device);
    }

    void operator()(const DeviceRenamed& fact) { state.devices[fact.device].label = fact.label; }

    void operator()(const DeviceApproved& fact) {
        Device& device = state.devices[fact.device];
        stop_waiting(device);
        device.approval = Approval::given;
        device.approved_by = fact.by;
        device.pin_until = fact.pin_until;
        device.health_since = event.at;
        device.sign_in_seq = event.seq;
        let_in(device);
    }

    void operator()(const DeviceRevoked& fact) { put_out(state.devices[fact.device]); }
    void operator()(const DeviceRefused& fact) { put_out(state.devices[fact.device]); }
    void operator()(const EnrolmentLapsed& fact) { put_out(state.devices[fact.device]); }

    void operator()(const DeviceHealthChanged& fact) {
        Device& device = state.devices[fact.device];
        if (device.health != fact.health) device.health_since = event.at;
        device.health = fact.health;
        device.faults = fact.faults;
        if (device.health == Health::silent) forget_ringing(device.id);
    }

    void operator()(const PinSet& fact) {
        Duty& duty = state.duties[fact.person];
        duty.pin = fact.pin;
        duty.pin_failures = 0;
        duty.pin_retry_at = 0;
    }

    void operator()(const PinFailed& fact) {
        Duty& duty = state.duties[fact.person];
        duty.pin_failures = fact.failures;
        duty.pin_retry_at = fact.retry_at;
        Device& device = state.devices[fact.device];
        device.pin_failures = fact.device_failures;
        device.pin_retry_at = fact.device_retry_at;
    }

    void operator()(const SignedIn& fact) {
        Device& device = state.devices[fact.device];
        Duty& duty = state.duties[fact.person];
        if (!duty.device.empty() && duty.device != device.id) sign_off(state.devices[duty.device]);
        if (!device.signed_in.empty() && device.signed_in != fact.person) sign_off(device);
        if (device.signed_in != fact.person) device.proven = false;
        device.signed_in = fact.person;
        device.session = fact.session;
        device.locked = false;
        device.sign_in_seq = event.seq;
        if (duty.device != device.id) duty.since = event.at;
        duty.device = device.id;
        duty.pin_failures = device.pin_failures = 0;
        duty.pin_retry_at = device.pin_retry_at = 0;
        for (auto& [id, call] : state.calls)
            if (call.owner == fact.person && !call.owner_device.empty()) call.owner_device = device.id;
    }

    void operator()(const SignedOut& fact) { sign_off(state.devices[fact.device]); }

    void operator()(const HandsetLocked& fact) {
        Device& device = state.devices[fact.device];
        device.locked = true;
        device.session = {};
        device.sign_in_seq = event.seq;
    }

    void operator()(const HandsetProven& fact) {
        state.devices[fact.device].proven = fact.heard;
        state.duties[fact.person].since = event.at;
    }

    void operator()(const AvailabilityDeclared& fact) { declare(fact.person, fact.declared, fact.until); }
    void operator()(const AvailabilityLapsed& fact) { declare(fact.person, Declared::free, 0); }

    /// Facts about leaders and about calls go the other way.
    template <class Fact>
    void operator()(const Fact& fact) {
        if constexpr (requires { apply_leader(state, event, fact); }) apply_leader(state, event, fact);
        else if constexpr (requires { apply_visit(state, event, fact); }) apply_visit(state, event, fact);
        else if constexpr (requires { apply_talk(state, event, fact); }) apply_talk(state, event, fact);
        else if constexpr (requires { apply_followup(state, event, fact); }) apply_followup(state, event, fact);
        else if constexpr (requires { apply_rota(state, event, fact); }) apply_rota(state, event, fact);
        else if constexpr (requires { apply_supply(state, event, fact); }) apply_supply(state, event, fact);
        else if constexpr (requires { apply_day(state, event, fact); }) apply_day(state, event, fact);
        else if constexpr (requires { apply_ready(state, event, fact); }) apply_ready(state, event, fact);
        else apply_call(state, event, fact);
    }

private:
    /// From here on it is one of the school's.
    void let_in(const Device& device) {
        if (stands_for_its_place(device.kind)) state.rooms_at[device.place].insert(device.id);
        if (device.kind == DeviceKind::station) state.stations.insert(device.id);
    }

    void stop_waiting(Device& device) {
        state.waits.erase({device.waiting_until, device.id});
        device.waiting_until = 0;
    }

    void put_out(Device& device) {
        stop_waiting(device);
        sign_off(device);
        state.credentials.erase(device.credential);
        if (const auto rooms = state.rooms_at.find(device.place); rooms != state.rooms_at.end() && rooms->second.erase(device.id) > 0 && rooms->second.empty())
            state.rooms_at.erase(rooms);
        state.stations.erase(device.id);
        device.credential = {};
        device.health = Health::revoked;
        device.health_since = event.at;
        forget_ringing(device.id);
    }

    void declare(const PersonId& person, Declared declared, Ms until) {
        Duty& duty = state.duties[person];
        if (duty.until != 0) state.lapses.erase({duty.until, person});
        duty.declared = declared;
        duty.until = until;
        duty.since = event.at;
        if (until != 0) state.lapses.insert({until, person});
    }

    void sign_off(Device& device) {
        if (!device.signed_in.empty()) {
            Duty& duty = state.duties[device.signed_in];
            if (duty.device == device.id) {
                duty.device = {};
                duty.since = event.at;
            }
        }
        device.signed_in = {};
        device.session = {};
        device.locked = true;
        device.proven = false;
        device.sign_in_seq = event.seq;
        if (device.kind == DeviceKind::handset) forget_ringing(device.id);
    }

    /// A device that is gone no longer counts as ringing.
    void forget_ringing(const DeviceId& device) {
        for (auto& [id, call] : state.calls)
            if (call.alerted.erase(device) > 0) set_rung(call, event.at);
    }
};

}  // namespace

void apply(State& state, const Event& event) {
    assert(event.seq == state.last_seq + 1);
    assert(event.at >= state.last_at);
    state.last_seq = event.seq;
    state.last_at = event.at;
    visit(SiteFold{state, event}, event.fact);
    fold_readiness(state, event);
}

}  // namespace attune::core
