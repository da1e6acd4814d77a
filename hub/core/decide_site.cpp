// Deciding about devices, people and the passing of time. Deciding about calls is in decide_call*.cpp.
#include <algorithm>

#include "hub/core/decide_rules.hpp"
#include "hub/core/step.hpp"

namespace attune::core {

namespace {

constexpr Ms approval_wait_ms = 600'000;  // from the enrolment: a second person has to be found

/// Who made the code is not enough, unless there is nobody else yet, or nothing to protect.
bool needs_second_person(const State& state, const Enrolment& enrolment) {
    if (state.directory.site.example) return false;
    return !enrolment.made_by.empty() || leaders_able(state) >= 2;
}

std::string label_of(const State& state, const Enrolment& enrolment) {
    const auto place = state.directory.places.find(enrolment.place);
    const std::string place_name = place == state.directory.places.end() ? enrolment.place.value.str() : place->second.name;
    if (stands_for_its_place(enrolment.kind)) return place_name;
    if (enrolment.kind == DeviceKind::station) return place_name.empty() ? "Station" : place_name + " station";
    if (enrolment.kind == DeviceKind::kiosk) return place_name.empty() ? "Kiosk" : place_name + " kiosk";
    if (enrolment.kind == DeviceKind::board) return place_name.empty() ? "Board" : place_name + " board";
    const auto person = state.directory.people.find(enrolment.person);
    return person == state.directory.people.end() ? "Shared handset" : person->second.short_name + "'s handset";
}

/// Whoever had the handset, and wherever the person was, ends first: one person on one handset.
void end_other_sign_ins(const Device& device, const PersonId& person, Facts& list) {
    if (!device.signed_in.empty() && device.signed_in != person) list.emplace_back(SignedOut{device.signed_in, device.id});
}

}  // namespace

Decision decide_on(const State& state, const Command& command, const MakeEnrolmentCode& intent) {
    const Person* by = leader(state, command);
    if (by == nullptr && command.by.kind != Principal::Kind::local) return refuse(no_leader(command));
    const bool needs_place = intent.kind != DeviceKind::handset;
    if (needs_place && !state.directory.places.contains(intent.place)) return refuse(Refusal::NoSuchPlace);
    if (intent.kind == DeviceKind::calm_space && state.directory.places.at(intent.place).kind != PlaceKind::calm_space) return refuse(Refusal::NoSuchPlace);
    if (!intent.person.empty() && !state.directory.people.contains(intent.person)) return refuse(Refusal::NoSuchPerson);
    // A device that nobody could let in would wait for nothing.
    if (by != nullptr && !state.directory.site.example && !somebody_else_leads(state, by->id)) return refuse(Refusal::NobodyToApprove);
    const Ms valid = std::clamp<Ms>(intent.valid_ms, 1, 600'000);
    return facts(EnrolmentOffered{intent.code, Enrolment{intent.kind, needs_place ? intent.place : PlaceId{}, needs_place ? PersonId{} : intent.person,
                                                         command.now + valid, {}, by == nullptr ? PersonId{} : by->id,
                                                         intent.corridor && intent.kind == DeviceKind::board}});
}

Decision decide_on(const State& state, const Command& command, const EnrolDevice& intent) {
    const auto found = state.enrolments.find(intent.code);
    if (found == state.enrolments.end()) return refuse(Refusal::CodeNotValid);
    const Enrolment& enrolment = found->second;
    if (!enrolment.device.empty()) {  // the answer got lost and the same device asks again
        const auto device = state.devices.find(enrolment.device);
        const bool same = device != state.devices.end() && device->second.credential == intent.credential && device->second.health != Health::revoked;
        return same ? facts() : refuse(Refusal::CodeNotValid);
    }
    if (command.now >= enrolment.expires_at || state.credentials.contains(intent.credential) || state.devices.contains(intent.device))
        return refuse(Refusal::CodeNotValid);
    Device device;
    device.id = intent.device;
    device.kind = enrolment.kind;
    device.label = label_of(state, enrolment);
    device.place = enrolment.place;
    device.for_person = enrolment.person;
    device.credential = intent.credential;
    device.pin_until = enrolment.person.empty() ? 0 : command.now + pin_window_ms;
    device.made_by = enrolment.made_by;
    device.corridor = enrolment.corridor;
    device.approval = needs_second_person(state, enrolment) ? Approval::waiting : Approval::alone;
    if (device.approval == Approval::waiting) device.waiting_until = command.now + approval_wait_ms;
    return facts(DeviceEnrolled{intent.code, std::move(device)});
}

Decision decide_on(const State& state, const Command& command, const RenameDevice& intent) {
    if (leader(state, command) == nullptr && command.by.kind != Principal::Kind::local) return refuse(no_leader(command));
    const auto device = state.devices.find(intent.device);
    if (device == state.devices.end() || device->second.health == Health::revoked) return refuse(Refusal::NoSuchDevice);
    if (intent.label.find_first_not_of(' ') == std::string::npos) return refuse(Refusal::OutOfRange);
    if (device->second.label == intent.label) return facts();
    return facts(DeviceRenamed{intent.device, intent.label});
}

Decision decide_on(const State& state, const Command& command, const RevokeDevice& intent) {
    if (leader(state, command) == nullptr && command.by.kind != Principal::Kind::local) return refuse(no_leader(command));
    const auto device = state.devices.find(intent.device);
    if (device == state.devices.end()) return refuse(Refusal::NoSuchDevice);
    if (device->second.health == Health::revoked) return facts();
    return facts(DeviceRevoked{intent.device});
}

Decision decide_on(const State& state, const Command& command, const ReportHealth& intent) {
    if (command.by.kind != Principal::Kind::hub) return refuse(Refusal::NotYours);
    const auto found = state.devices.find(intent.device);
    if (found == state.devices.end() || found->second.health == Health::revoked) return refuse(Refusal::NoSuchDevice);
    const Device& device = found->second;
    const Health health = !intent.beating ? Health::silent : intent.faults.empty() ? Health::healthy : Health::degraded;
    const std::set<Fault> faults_now = intent.beating ? intent.faults : device.faults;
    if (health == device.health && faults_now == device.faults) return facts();
    return facts(DeviceHealthChanged{device.id, health, faults_now});
}

Decision decide_on(const State& state, const Command& command, const SetPin& intent) {
    const Device* device = speaking(state, command, DeviceKind::handset);
    if (device == nullptr) return refuse(Refusal::NotYours);
    if (device->for_person != intent.person || intent.person.empty() || command.now >= device->pin_until) return refuse(Refusal::PinNotAllowed);
    if (!state.directory.people.contains(intent.person)) return refuse(Refusal::NoSuchPerson);
    Facts list;
    end_other_sign_ins(*device, intent.person, list);
    list.emplace_back(PinSet{intent.person, intent.pin});
    list.emplace_back(SignedIn{intent.person, device->id, intent.session});
    return list;
}

Decision decide_on(const State& state, const Command& command, const SignIn& intent) {
    const Device* device = speaking(state, command, DeviceKind::handset);
    if (device == nullptr) return refuse(Refusal::NotYours);
    const auto duty = state.duties.find(intent.person);
    if (!state.directory.people.contains(intent.person) || duty == state.duties.end() || duty->second.pin.empty()) return refuse(Refusal::NoSuchPerson);
    const Ms wait_until = pin_wait_until(duty->second, *device);
    if (command.now < wait_until) return refuse(Refusal::PinWait, wait_until - command.now);
    if (!intent.right) {
        // For each person, so that handsets can't share the guessing; for each handset, so that it can't try everybody.
        const std::uint32_t failures = duty->second.pin_failures + 1, device_failures = device->pin_failures + 1;
        return facts(PinFailed{intent.person, device->id, failures, next_try_at(failures, command.now), device_failures,
                               next_try_at(device_failures, command.now)});
    }
    Facts list;
    end_other_sign_ins(*device, intent.person, list);
    list.emplace_back(SignedIn{intent.person, device->id, intent.session});
    return list;
}

Decision decide_on(const State& state, const Command& command, const SignOut&) {
    const Device* device = speaking(state, command, DeviceKind::handset);
    if (device == nullptr) return refuse(Refusal::NotYours);
    if (device->signed_in.empty()) return facts();
    return facts(SignedOut{device->signed_in, device->id});
}

Decision decide_on(const State& state, const Command& command, const Lock&) {
    const Device* device = speaking(state, command, DeviceKind::handset);
    if (device == nullptr) return refuse(Refusal::NotYours);
    if (device->locked) return facts();
    return facts(HandsetLocked{device->id});
}

Decision decide_on(const State& state, const Command& command, const ProveHandset& intent) {
    const Device* device = speaking(state, command, DeviceKind::handset);
    if (device == nullptr) return refuse(Refusal::NotYours);
    if (device->signed_in.empty()) return refuse(Refusal::NobodySignedIn);
    return facts(HandsetProven{device->id, device->signed_in, intent.heard, intent.vibrated});
}

Decision decide_on(const State& state, const Command& command, const SetAvailability& intent) {
    const Device* device = speaking(state, command, DeviceKind::handset);
    if (device == nullptr) return refuse(Refusal::NotYours);
    if (device->signed_in.empty()) return refuse(Refusal::NobodySignedIn);
    const bool on_break = intent.state == Declared::on_break;
    if (intent.state == Declared::recovering) return refuse(Refusal::BadAvailability);
    if (on_break && (intent.until <= command.now || intent.until > command.now + state.directory.policy.break_max_ms)) return refuse(Refusal::BadAvailability);
    return facts(AvailabilityDeclared{device->signed_in, intent.state, on_break ? intent.until : 0});
}

}  // namespace attune::core
