// Deciding about a call from the way there to the close: what its adults may do.
#include "hub/core/decide_rules.hpp"

namespace attune::core {

namespace {

struct Going {
    const Call* call = nullptr;
    const Device* device = nullptr;
    bool owner = false;
    bool helper = false;
};

Going going(const State& state, const Command& command, CallId id) {
    Going found;
    const auto call = state.calls.find(id);
    found.device = speaker(state, command);
    if (call == state.calls.end() || found.device == nullptr) return found;
    found.call = &call->second;
    if (found.device->kind != DeviceKind::handset || found.device->signed_in.empty()) return found;
    found.owner = found.call->owner == found.device->signed_in;
    found.helper = found.call->helpers.contains(found.device->signed_in);
    return found;
}

/// What only the owner may say, and only once someone is there.
std::optional<Refusal> not_with_them(const Going& who) {
    if (who.call == nullptr) return Refusal::NoSuchCall;
    if (!who.owner) return who.helper ? Refusal::NotOwner : Refusal::NoSuchCall;
    if (!who.call->arrived) return Refusal::NotAtTheDoor;
    return std::nullopt;
}

/// An urgent call is followed by a protected while to recover, for whoever was there. Drills tire nobody.
void let_recover(const State& state, const Command& command, const Call& call, Facts& list) {
    if (call.level < 2 || call.drill || !call.arrived) return;
    const Ms until = command.now + state.directory.policy.recover_ms;
    const auto rest = [&](const PersonId& person) {
        const auto duty = state.duties.find(person);
        if (duty == state.duties.end() || duty->second.device.empty() || duty->second.declared == Declared::on_break) return;
        list.emplace_back(AvailabilityDeclared{person, Declared::recovering, until});
    };
    rest(call.owner);
    for (const PersonId& helper : call.helpers) rest(helper);
}

}  // namespace

Decision decide_on(const State& state, const Command& command, const ReportOnWay& intent) {
    const Going who = going(state, command, intent.call);
    if (who.call == nullptr) return refuse(Refusal::NoSuchCall);
    if (!who.owner) return refuse(who.helper ? Refusal::NotOwner : Refusal::NoSuchCall);
    if (who.call->on_way || who.call->arrived) return facts();
    return facts(OwnerOnWay{who.call->id});
}

Decision decide_on(const State& state, const Command& command, const ArriveCall& intent) {
    const Going who = going(state, command, intent.call);
    if (who.call == nullptr) return refuse(Refusal::NoSuchCall);
    const bool raiser = is_raiser(*who.call, *who.device);
    if (!who.owner && !who.helper && !raiser) return refuse(Refusal::NoSuchCall);
    if (!who.call->owned()) return refuse(Refusal::WrongMoment);
    if (who.call->arrived) return facts();
    const bool self = who.owner || who.helper;
    return facts(CallArrived{who.call->id, self ? who.device->signed_in : who.call->owner, self ? Evidence::responder_tap : Evidence::raiser_tap,
                             command.now + state.directory.policy.support_check_ms});
}

Decision decide_on(const State& state, const Command& command, const AskHelper& intent) {
    const Going who = going(state, command, intent.call);
    if (who.call == nullptr || (!who.owner && !who.helper)) return refuse(Refusal::NoSuchCall);
    if (who.call->helper_wanted) return facts();
    return facts(HelperAsked{who.call->id, who.device->signed_in});
}

Decision decide_on(const State& state, const Command& command, const ConfirmSupport& intent) {
    const Going who = going(state, command, intent.call);
    if (who.call == nullptr || (!who.owner && !who.helper)) return refuse(Refusal::NoSuchCall);
    if (!who.call->support_check_due) return facts();
    return facts(SupportConfirmed{who.call->id, who.device->signed_in, command.now + state.directory.policy.support_check_ms});
}

Decision decide_on(const State& state, const Command& command, const SettleCall& intent) {
    const Going who = going(state, command, intent.call);
    if (const auto why = not_with_them(who)) return refuse(*why);
    if (who.call->outcome == Outcome::settled) return facts();
    return facts(CallSettled{who.call->id});
}

Decision decide_on(const State& state, const Command& command, const MoveCall& intent) {
    const Going who = going(state, command, intent.call);
    if (const auto why = not_with_them(who)) return refuse(*why);
    if (!state.directory.places.contains(intent.place)) return refuse(Refusal::NoSuchPlace);
    if (who.call->outcome == Outcome::moved && who.call->moved_to == intent.place) return facts();
    return facts(CallMoved{who.call->id, intent.place});  // to a calm space: react_visit.cpp opens the visit
}

Decision decide_on(const State& state, const Command& command, const HandOverCall& intent) {
    const Going who = going(state, command, intent.call);
    if (who.call == nullptr) return refuse(Refusal::NoSuchCall);
    // A duty lead may take an arrived call over: an owner whose handset went flat can't close it.
    const bool takes_over = who.device->kind == DeviceKind::handset && intent.to == who.device->signed_in && has_role(state, intent.to, Role::duty_lead);
    if (!takes_over) {
        if (const auto why = not_with_them(who)) return refuse(*why);
    } else if (!who.call->arrived) {
        return refuse(Refusal::NotAtTheDoor);
    }
    if (!state.directory.people.contains(intent.to)) return refuse(Refusal::NoSuchPerson);
    if (who.call->owner == intent.to) return who.call->outcome == Outcome::handed_over ? facts() : refuse(Refusal::NoSuchPerson);
    return facts(CallHandedOver{who.call->id, intent.to});
}

Decision decide_on(const State& state, const Command& command, const CloseCall& intent) {
    const Going who = going(state, command, intent.call);
    if (const auto why = not_with_them(who)) return refuse(*why);
    if (who.call->outcome == Outcome::none) return refuse(Refusal::NotSettledYet);
    std::vector<PersonId> freed(who.call->helpers.begin(), who.call->helpers.end());
    freed.push_back(who.call->owner);
    Facts list;
    list.emplace_back(CallClosed{who.call->id, who.device->signed_in, intent.helped, intent.needs, std::move(freed)});
    let_recover(state, command, *who.call, list);
    return list;
}

}  // namespace attune::core
