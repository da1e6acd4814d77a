// Deciding about a call from the press to the answer: what the room may do, and who may say that they come.
#include <algorithm>

#include "hub/core/decide_rules.hpp"
#include "hub/core/step.hpp"

namespace attune::core {

namespace {

const Call* open_call(const State& state, CallId id) {
    const auto call = state.calls.find(id);
    return call == state.calls.end() ? nullptr : &call->second;
}

/// The call, if the speaking device raised it or stands in its room. Others learn nothing: NoSuchCall.
const Call* raisers_call(const State& state, const Command& command, CallId id) {
    const Call* call = open_call(state, id);
    const Device* device = speaker(state, command);
    return call != nullptr && device != nullptr && is_raiser(*call, *device) ? call : nullptr;
}

/// Whoever raised it, was asked, or goes; and a station. To every other device a call that is open does not exist.
bool has_part(const Call& call, const Device& device) {
    if (device.kind == DeviceKind::station || is_raiser(call, device)) return true;
    return !device.signed_in.empty() && (goes(call, device.signed_in) || call.offers.contains(device.signed_in));
}

CallRaised raised(const State& state, const Command& command, const RaiseCall& intent, const Device& device, const PlaceId& place) {
    const Policy& policy = state.directory.policy;
    return CallRaised{place, device.id, device.kind == DeviceKind::handset ? device.signed_in : PersonId{}, intent.level, intent.drill,
                      intent.pressed_at, policy.version, command.now + policy.resound_ms};
}

/// The same control again a while later, or a higher one, makes this call more urgent; never a count of clicks.
Decision press_again(const State& state, const Command& command, const RaiseCall& intent, const Call& call) {
    const bool soon = command.now - call.last_press_at < state.directory.policy.same_press_ms;
    std::uint32_t level = std::max(call.level, intent.level);
    if (intent.level == call.level && !soon) level = std::min<std::uint32_t>(call.level + 1, 3);
    if (level == call.level) return facts(PressRepeated{call.id, intent.level});
    return facts(LevelRaised{call.id, level});
}

/// The adults who went, for whom a waiting call may now be.
std::vector<PersonId> going(const Call& call) {
    std::vector<PersonId> people(call.helpers.begin(), call.helpers.end());
    if (call.owned()) people.push_back(call.owner);
    return people;
}

/// An adult was there and has said how it went; what they still wanted to note must not stand between the room and help.
/// Nobody recovers from it: whoever has just been there may be the right one again.
CallClosed closed_by_press(const Call& call) { return CallClosed{call.id, {}, {}, {}, going(call)}; }

CallWithdrawn withdrawn(const Call& call, Withdrawal how, const PersonId& person) { return CallWithdrawn{call.id, how, person, going(call)}; }

/// The owner is late: whoever accepts now owns the call, with a deadline of their own, and the late one goes too.
bool late(const Call& call) { return call.owner_late && !call.arrived; }

Decision accept_on_station(const State& state, const Command& command, const AcceptCall& intent, const Call& call) {
    if (!state.directory.people.contains(intent.going)) return refuse(Refusal::NoSuchPerson);
    if (goes(call, intent.going)) return facts();
    if (call.owned() && !late(call)) return wants_adults(call) ? facts(HelperJoined{call.id, intent.going}) : refuse(Refusal::AlreadyOwned);
    return facts(CallAccepted{call.id, intent.going, {}, false, command.now + level_policy(call).arrive_ms});
}

}  // namespace

Decision decide_on(const State& state, const Command& command, const RaiseCall& intent) {
    const Device* device = speaker(state, command);
    if (device == nullptr || (!stands_for_its_place(device->kind) && device->kind != DeviceKind::handset)) return refuse(Refusal::NotYours);
    if (intent.level < 1 || intent.level > 3) return refuse(Refusal::OutOfRange);
    if (device->kind == DeviceKind::handset && device->signed_in.empty()) return refuse(Refusal::NobodySignedIn);
    const PlaceId& place = stands_for_its_place(device->kind) ? device->place : intent.place;
    if (device->kind == DeviceKind::handset && !state.directory.places.contains(place)) return refuse(Refusal::NoSuchPlace);
    const auto at = state.call_at.find(place);
    const bool drill = practice_of(intent) != Practice::none;
    if (at == state.call_at.end()) {
        if (!drill) return facts(raised(state, command, intent, *device, place));
        auto pressed = practise(state, command, intent, *device, raised(state, command, intent, *device, place));
        if (const auto* why = get_if<Rejection>(&pressed)) return *why;
        return facts(get<CallRaised>(std::move(pressed)));
    }
    const Call& call = state.calls.at(at->second);
    if (call.drill && !drill) return facts(withdrawn(call, Withdrawal::drill_gave_way, {}), raised(state, command, intent, *device, place));
    if (!call.drill && drill) return facts(PressRepeated{call.id, call.level});
    if (drill && call.practice != Practice::drill) return facts(PressRepeated{call.id, call.level});
    if (call.outcome != Outcome::none) return facts(closed_by_press(call), raised(state, command, intent, *device, place));
    return press_again(state, command, intent, call);
}

Decision decide_on(const State& state, const Command& command, const ChooseChild& intent) {
    const Call* call = raisers_call(state, command, intent.call);
    if (call == nullptr) return refuse(Refusal::NoSuchCall);
    if (call->child == intent.child && !intent.child.empty()) return facts();
    if (!call->child.empty()) return refuse(Refusal::ChildAlreadyChosen);
    if (!is_due_in(state, intent.child, call->place)) return refuse(Refusal::NoSuchChild);
    return facts(ChildChosen{call->id, intent.child});
}

Decision decide_on(const State& state, const Command& command, const AddNote& intent) {
    const Device* device = speaker(state, command);
    const Call* call = open_call(state, intent.call);
    if (device == nullptr || call == nullptr || !(is_raiser(*call, *device) || goes(*call, device->signed_in))) return refuse(Refusal::NoSuchCall);
    if (call->notes.contains(intent.note)) return facts();
    return facts(NoteAdded{call->id, intent.note});
}

Decision decide_on(const State& state, const Command& command, const WithdrawCall& intent) {
    const Call* call = raisers_call(state, command, intent.call);
    if (call == nullptr) return refuse(Refusal::NoSuchCall);
    if (call->arrived) return refuse(Refusal::WrongMoment);
    if (call->withdraw_asked) return facts();
    return facts(WithdrawAsked{call->id});
}

Decision decide_on(const State& state, const Command& command, const ConfirmWithdraw& intent) {
    const Call* call = raisers_call(state, command, intent.call);
    if (call == nullptr) return refuse(Refusal::NoSuchCall);
    if (!call->withdraw_asked) return refuse(Refusal::NotWithdrawing);
    return facts(withdrawn(*call, Withdrawal::room_confirmed, {}));
}

Decision decide_on(const State& state, const Command& command, const KeepCall& intent) {
    const Call* call = raisers_call(state, command, intent.call);
    if (call == nullptr) return refuse(Refusal::NoSuchCall);
    if (!call->withdraw_asked) return facts();
    return facts(WithdrawCancelled{call->id});
}

Decision decide_on(const State& state, const Command& command, const ReportRinging& intent) {
    const Device* device = speaker(state, command);
    const Call* call = open_call(state, intent.call);
    if (device == nullptr || call == nullptr || !has_part(*call, *device)) return refuse(Refusal::NoSuchCall);
    const bool asked = device->kind == DeviceKind::station ? call->station_called : call->offers.contains(device->signed_in);
    if (!asked) return refuse(Refusal::NotOffered);
    // A receipt that comes after an answer is true but tells nobody anything new.
    if (!wants_adults(*call) || call->alerted.contains(device->id)) return facts();
    if (device->kind == DeviceKind::handset && call->offers.at(device->signed_in).declined) return facts();
    return facts(CallAlerted{call->id, device->id, device->signed_in});
}

Decision decide_on(const State& state, const Command& command, const AcceptCall& intent) {
    const Device* device = speaker(state, command);
    const Call* call = open_call(state, intent.call);
    if (device == nullptr || stands_for_its_place(device->kind) || device->kind == DeviceKind::kiosk) return refuse(Refusal::NotYours);
    const PersonId& person = device->signed_in;
    if (device->kind == DeviceKind::handset && person.empty()) return refuse(Refusal::NobodySignedIn);
    const bool leads = has_role(state, person, Role::duty_lead);
    if (call == nullptr || !(has_part(*call, *device) || leads)) return refuse(Refusal::NoSuchCall);
    if (device->kind == DeviceKind::station) return accept_on_station(state, command, intent, *call);
    if (goes(*call, person)) return facts();
    if (!call->offers.contains(person) && !leads) return refuse(Refusal::NotOffered);
    if (call->owned() && !late(*call)) return joinable(*call) ? facts(HelperJoined{call->id, person}) : refuse(Refusal::AlreadyOwned);
    return facts(CallAccepted{call->id, person, device->id, intent.on_way, command.now + level_policy(*call).arrive_ms});
}

Decision decide_on(const State& state, const Command& command, const DeclineCall& intent) {
    const Device* device = speaking(state, command, DeviceKind::handset);
    const Call* call = open_call(state, intent.call);
    if (device == nullptr || call == nullptr || !has_part(*call, *device)) return refuse(Refusal::NoSuchCall);
    const PersonId& person = device->signed_in;
    if (call->owner == person && !person.empty()) {  // "I can't after all": asked again at once, without a reason
        if (call->arrived) return refuse(Refusal::WrongMoment);
        return facts(CallReopened{call->id, person, Reopened::owner_declined, command.now + state.directory.policy.resound_ms});
    }
    const auto offer = call->offers.find(person);
    if (offer == call->offers.end()) return refuse(Refusal::NotOffered);
    if (offer->second.declined || call->helpers.contains(person)) return facts();
    return facts(CallDeclined{call->id, person});
}

Decision decide_on(const State& state, const Command& command, const LookIn& intent) {
    const Device* device = speaking(state, command, DeviceKind::handset);
    const Call* call = open_call(state, intent.call);
    if (device == nullptr || call == nullptr || device->signed_in.empty() || !has_part(*call, *device)) return refuse(Refusal::NoSuchCall);
    if (!call->offers.contains(device->signed_in) && !goes(*call, device->signed_in)) return refuse(Refusal::NotOffered);
    if (!call->withdraw_asked) return refuse(Refusal::NotWithdrawing);
    return facts(withdrawn(*call, Withdrawal::looked_in, device->signed_in));
}

}  // namespace attune::core
