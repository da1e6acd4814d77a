// Deciding about readiness and drills: the test of the day, who looks, what is let be, and who may practise now. Nobody
// practises while somebody is called for.
#include "hub/core/decide_rules.hpp"
#include "hub/core/ready_rules.hpp"
#include "hub/core/step.hpp"

namespace attune::core {

namespace {

const Device* device_of(const State& state, const DeviceId& id) {
    const auto device = state.devices.find(id);
    return device == state.devices.end() || !needs_proof(device->second) ? nullptr : &device->second;
}

/// Somebody at a handset, or a leader at a page; empty: nobody who could answer for it.
PersonId speaking_person(const State& state, const Command& command) {
    if (const Person* person = leader(state, command)) return person->id;
    const Device* device = speaking(state, command, DeviceKind::handset);
    return device == nullptr ? PersonId{} : device->signed_in;
}

/// A duty lead, or a leader whose role is to lead the day.
bool leads_the_day(const State& state, const PersonId& person) {
    return has_role(state, person, Role::duty_lead) || has_role(state, person, Role::head) || has_role(state, person, Role::admin) || has_role(state, person, Role::senco) || has_role(state, person, Role::dsl);
}

Refusal no_person(const State& state, const Command& command) {
    if (command.by.kind == Principal::Kind::leader) return no_leader(command);
    return speaking(state, command, DeviceKind::handset) == nullptr ? Refusal::NotYours : Refusal::NobodySignedIn;
}

const Call* practised(const State& state, const Command& command, CallId id) {
    const auto call = state.calls.find(id);
    const Device* device = speaker(state, command);
    if (call == state.calls.end() || device == nullptr || call->second.raised_by != device->id) return nullptr;
    const Practice practice = call->second.practice;
    return practice == Practice::test || practice == Practice::site ? &call->second : nullptr;
}

}  // namespace

Practice practice_of(const RaiseCall& intent) {
    if (intent.practice != Practice::none) return intent.practice;
    return intent.drill ? Practice::drill : Practice::none;
}

std::variant<CallRaised, Rejection> practise(const State& state, const Command& command, const RaiseCall& intent, const Device& device, CallRaised raised) {
    const Policy& policy = state.directory.policy;
    if (somebody_is_called_for(state)) return Rejection{Refusal::DrillWaits, 0};
    raised.drill = true;
    raised.practice = practice_of(intent);
    raised.drill_due = command.now + policy.drill_ms;
    switch (raised.practice) {
        case Practice::test:
        case Practice::site:
            if (!stands_for_its_place(device.kind)) return Rejection{Refusal::NotYours, 0};
            if (raised.practice == Practice::site && !state.readiness.site_drill) return Rejection{Refusal::NoDrill, 0};
            raised.level = 1;
            raised.drill_due = command.now + policy.test_ms;
            break;
        case Practice::personal:
            raised.level = 1;
            raised.with = device.kind == DeviceKind::handset ? device.signed_in : partner_for(state, {}, raised.place, command.now);
            if (raised.with.empty() || availability(state, raised.with, command.now) != Availability::free) return Rejection{Refusal::NobodyToPractise, 0};
            raised.person = {};  // they are the one who is asked
            break;
        default: break;
    }
    return raised;
}

Decision decide_on(const State& state, const Command& command, const BeginReadyDay& intent) {
    if (command.by.kind != Principal::Kind::hub) return refuse(Refusal::NotYours);
    if (intent.to <= command.now || intent.from > command.now) return refuse(Refusal::OutOfRange);
    if (state.readiness.day.from == intent.from && state.readiness.day.to_due != 0) return facts();
    const ReadyDay day = day_of(state, intent.from, intent.list_at, intent.bell, intent.to);
    return facts(ReadyDayBegan{day.from, day.list_due, day.bell, day.to_due});
}

Decision decide_on(const State& state, const Command& command, const ConfirmTest& intent) {
    const Call* call = practised(state, command, intent.call);
    if (call == nullptr) return refuse(Refusal::NoSuchCall);
    // What the room shows is what its own device says that it shows: nothing less has come back.
    if (call->alerted.empty() && !call->owned()) return refuse(Refusal::TestNotHeard);
    const Device& device = *speaker(state, command);
    std::vector<PersonId> freed(call->helpers.begin(), call->helpers.end());
    if (call->owned()) freed.push_back(call->owner);
    return facts(DeviceProven{device.id, Proof::came_back, {}}, CallWithdrawn{call->id, Withdrawal::test_done, {}, std::move(freed)});
}

Decision decide_on(const State& state, const Command& command, const TestStation&) {
    const Device* device = speaking(state, command, DeviceKind::station);
    if (device == nullptr) return refuse(Refusal::NotYours);
    if (somebody_is_called_for(state)) return refuse(Refusal::DrillWaits);
    return facts(StationTested{device->id, command.now + state.directory.policy.test_ms});
}

Decision decide_on(const State& state, const Command& command, const ConfirmStation& intent) {
    const Device* device = speaking(state, command, DeviceKind::station);
    if (device == nullptr) return refuse(Refusal::NotYours);
    const ReadyMark mark = mark_of(state, device->id);
    if (mark.testing_until <= command.now) return refuse(Refusal::TestNotHeard);
    if (!intent.heard) return facts(TestNotThrough{device->id});
    return facts(DeviceProven{device->id, Proof::sounded, {}});
}

Decision decide_on(const State& state, const Command& command, const NameRunner& intent) {
    const bool station = speaking(state, command, DeviceKind::station) != nullptr;
    const PersonId by = speaking_person(state, command);
    if (!station && by.empty()) return refuse(no_person(state, command));
    if (!station && !leads_the_day(state, by)) return refuse(Refusal::NotYourRole);
    const auto item = state.readiness.items.find(intent.device);
    if (item == state.readiness.items.end()) return refuse(Refusal::NotListed);
    if (!state.directory.people.contains(intent.person)) return refuse(Refusal::NoSuchPerson);
    if (item->second.runner == intent.person) return facts();
    return facts(RunnerNamed{intent.device, intent.person, station ? intent.person : by, command.now + state.directory.policy.ready_look_ms});
}

Decision decide_on(const State& state, const Command& command, const GoLook& intent) {
    const Device* device = speaking(state, command, DeviceKind::handset);
    if (device == nullptr) return refuse(Refusal::NotYours);
    const PersonId& person = device->signed_in;
    if (person.empty()) return refuse(Refusal::NobodySignedIn);
    const auto item = state.readiness.items.find(intent.device);
    const bool theirs = item != state.readiness.items.end() && item->second.runner == person;
    if (item == state.readiness.items.end() || (!theirs && !leads_the_day(state, person))) return refuse(Refusal::NotListed);
    if (theirs && item->second.goes) return facts();
    Facts list;
    if (!theirs) list.emplace_back(RunnerNamed{intent.device, person, person, command.now + state.directory.policy.ready_look_ms});
    list.emplace_back(RunnerGoes{intent.device, person});
    return list;
}

Decision decide_on(const State& state, const Command& command, const ExcuseDevice& intent) {
    const PersonId by = speaking_person(state, command);
    if (by.empty()) return refuse(no_person(state, command));
    const auto item = state.readiness.items.find(intent.device);
    const bool theirs = item != state.readiness.items.end() && item->second.runner == by;
    if (!theirs && !leads_the_day(state, by)) return refuse(Refusal::NotYourRole);  // first: a stranger learns of no device
    if (device_of(state, intent.device) == nullptr) return refuse(Refusal::NoSuchDevice);
    if (is_ready(state, *device_of(state, intent.device))) return refuse(Refusal::NotListed);
    if (excused_today(state, intent.device) && mark_of(state, intent.device).excuse == intent.why) return facts();
    return facts(DeviceExcused{intent.device, by, intent.why});
}

Decision decide_on(const State& state, const Command& command, const StartSiteDrill&) {
    const PersonId by = speaking_person(state, command);
    if (by.empty()) return refuse(no_person(state, command));
    if (!leads_the_day(state, by)) return refuse(Refusal::NotYourRole);
    if (somebody_is_called_for(state)) return refuse(Refusal::DrillWaits);
    if (state.readiness.site_drill) return facts();
    return facts(SiteDrillStarted{by, command.now + state.directory.policy.site_drill_ms});
}

Decision decide_on(const State& state, const Command& command, const EndSiteDrill&) {
    const PersonId by = speaking_person(state, command);
    if (by.empty()) return refuse(no_person(state, command));
    if (!leads_the_day(state, by)) return refuse(Refusal::NotYourRole);
    const auto& drill = state.readiness.site_drill;
    if (!drill) return refuse(Refusal::NoDrill);
    return facts(SiteDrillEnded{SiteDrillEnd::ended, by, static_cast<std::uint32_t>(drill->pressed.size()), static_cast<std::uint32_t>(rooms_of_drill(state).size()), 0});
}

}  // namespace attune::core
