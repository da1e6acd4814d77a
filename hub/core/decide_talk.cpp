// Deciding about talk time: what a child may do with a card at a kiosk, and what the asked adult may do.
#include "hub/core/day_rules.hpp"
#include "hub/core/decide_rules.hpp"
#include "hub/core/talk_rules.hpp"

namespace attune::core {

namespace {

/// Whose card it is, if it was shown to a kiosk. Everyone else learns nothing.
const ChildPlan* shown_card(const State& state, const Command& command, const Digest& card) {
    if (speaking(state, command, DeviceKind::kiosk) == nullptr) return nullptr;
    const auto child = state.cards.find(card);
    if (child == state.cards.end()) return nullptr;
    const auto plan = state.directory.children.find(child->second);
    return plan == state.directory.children.end() ? nullptr : &plan->second;
}

Refusal no_card(const State& state, const Command& command) {
    return speaking(state, command, DeviceKind::kiosk) == nullptr ? Refusal::NotYours : Refusal::CardNotKnown;
}

/// The child's open talk, or why not.
struct Shown {
    const Talk* talk = nullptr;
    Refusal why = Refusal::NoSuchTalk;
};
Shown talk_of_card(const State& state, const Command& command, const Digest& card) {
    const ChildPlan* child = shown_card(state, command, card);
    if (child == nullptr) return {nullptr, no_card(state, command)};
    return {talk_of(state, child->id), Refusal::NoSuchTalk};
}

/// The talk, if it is with the adult of this unlocked handset. To everyone else it does not exist.
struct With {
    const Talk* talk = nullptr;
    PersonId person;
    DeviceId device;
};
With with_adult(const State& state, const Command& command, TalkId id) {
    const Device* device = own_handset(state, command);
    const auto found = state.talks.find(id);
    if (device == nullptr || found == state.talks.end()) return {};
    const Talk& talk = found->second;
    if (talk.adult != device->signed_in && !leads_for(state, talk, device->signed_in)) return {};
    return {&talk, device->signed_in, device->id};
}

/// The most careful way that there is: the whole machinery of a call, with the child's own adults first and the station
/// at the end. The kiosk's place, and no child on any shared screen.
CallRaised call_for(const State& state, Ms now, const PlaceId& place, const DeviceId& kiosk, TalkId talk, const ChildId& child) {
    const Policy& policy = state.directory.policy;
    return CallRaised{place, kiosk, {}, 1, false, now, policy.version, now + policy.resound_ms, talk, child};
}

TalkAsked asked(const State& state, const Command& command, const AskTalk& intent, const ChildPlan& child) {
    const Device& kiosk = *speaker(state, command);
    return TalkAsked{child.id, kiosk.id, kiosk.place, intent.adult, intent.symbol, intent.when, school_due(state.rota, command.now, state.directory.policy.talk_offer_ms), intent.someone_else};
}

Decision ask_urgently(const State& state, const Command& command, const AskTalk& intent, const ChildPlan& child, const Talk* open) {
    const Device& kiosk = *speaker(state, command);
    if (open != nullptr && open->rung == TalkRung::calling) return facts();  // somebody is on it; pressing harder adds nothing
    if (open != nullptr && open->rung != TalkRung::met) return facts(call_for(state, command.now, kiosk.place, kiosk.id, open->id, child.id));
    Facts list;
    if (open != nullptr && !open->dsl) list.emplace_back(TalkClosed{open->id, TalkEnd::asked_anew});
    const TalkId id{state.last_seq + list.size() + 1};
    list.emplace_back(asked(state, command, intent, child));
    list.emplace_back(call_for(state, command.now, kiosk.place, kiosk.id, id, child.id));
    return list;
}

}  // namespace

Decision decide_on(const State& state, const Command& command, const IssueCard& intent) {
    if (command.by.kind != Principal::Kind::local) return refuse(Refusal::NotYours);
    if (!state.directory.children.contains(intent.child)) return refuse(Refusal::NoSuchChild);
    if (state.cards.contains(intent.card)) return refuse(Refusal::OutOfRange);
    return facts(CardIssued{intent.child, intent.card});
}

Decision decide_on(const State& state, const Command& command, const AskTalk& intent) {
    const ChildPlan* child = shown_card(state, command, intent.card);
    if (child == nullptr) return refuse(no_card(state, command));
    if (!intent.adult.empty() && std::ranges::find(child->adults, intent.adult) == child->adults.end()) return refuse(Refusal::NoSuchPerson);
    const Talk* open = talk_of(state, child->id);
    if (intent.symbol == TalkSymbol::urgent) return ask_urgently(state, command, intent, *child, open);
    if (open != nullptr && open->rung != TalkRung::met) return refuse(Refusal::AlreadyAsked);
    Facts list;
    if (open != nullptr && !open->dsl) list.emplace_back(TalkClosed{open->id, TalkEnd::asked_anew});
    list.emplace_back(asked(state, command, intent, *child));
    return list;
}

Decision decide_on(const State& state, const Command& command, const AgreeTalk& intent) {
    const auto [talk, why] = talk_of_card(state, command, intent.card);
    if (talk == nullptr) return refuse(why);
    if (talk->rung == TalkRung::agreed) return facts();
    if (talk->rung != TalkRung::offered) return refuse(Refusal::WrongMoment);
    return facts(TalkAgreed{talk->id});
}

Decision decide_on(const State& state, const Command& command, const AskSomeoneElse& intent) {
    const auto [talk, why] = talk_of_card(state, command, intent.card);
    if (talk == nullptr) return refuse(why);
    if (talk->rung == TalkRung::calling || (talk->rung == TalkRung::met && talk->dsl)) return refuse(Refusal::WrongMoment);
    if (talk->adult.empty()) return facts();  // it is with whoever leads already, and nobody of them has answered yet
    return facts(TalkPassed{talk->id, talk->adult, TalkPass::someone_else, 0});
}

Decision decide_on(const State& state, const Command& command, const TakeBackTalk& intent) {
    const auto [talk, why] = talk_of_card(state, command, intent.card);
    if (talk == nullptr) return refuse(why);
    if (talk->rung == TalkRung::met) return refuse(Refusal::WrongMoment);
    Facts list;
    list.emplace_back(TalkTakenBack{talk->id});
    // Somebody is on the way, or is being found: they look in, as with every call.
    const auto call = state.calls.find(talk->call);
    if (call != state.calls.end() && !call->second.arrived && !call->second.withdraw_asked) list.emplace_back(WithdrawAsked{call->first});
    return list;
}

Decision decide_on(const State& state, const Command& command, const RateTalk& intent) {
    const auto [talk, why] = talk_of_card(state, command, intent.card);
    if (talk == nullptr) return refuse(why);
    if (talk->rung != TalkRung::met) return refuse(Refusal::WrongMoment);
    Facts list;
    list.emplace_back(TalkRated{talk->id, intent.feedback});
    if (!talk->dsl) {
        if (intent.feedback == TalkFeedback::someone_else) list.emplace_back(TalkPassed{talk->id, talk->adult, TalkPass::someone_else, 0});
        else list.emplace_back(TalkClosed{talk->id, TalkEnd::met});
    }
    return list;
}

Decision decide_on(const State& state, const Command& command, const ReportTalkShown& intent) {
    const auto [talk, person, device] = with_adult(state, command, intent.talk);
    if (talk == nullptr) return refuse(Refusal::NoSuchTalk);
    if (talk->rung != TalkRung::asked) return facts();
    return facts(TalkShown{talk->id, person, device});
}

Decision decide_on(const State& state, const Command& command, const OfferTalk& intent) {
    const auto [talk, person, device] = with_adult(state, command, intent.talk);
    if (talk == nullptr) return refuse(Refusal::NoSuchTalk);
    if (talk->rung == TalkRung::met || talk->rung == TalkRung::calling) return refuse(Refusal::WrongMoment);
    if (!state.directory.places.contains(intent.place)) return refuse(Refusal::NoSuchPlace);
    const Policy& policy = state.directory.policy;
    const Ms ahead = talk->owed ? talk_owed_ahead_ms_max : talk_ahead_ms_max;
    // A little behind is now: a clock that is a minute off, or two taps that took a while.
    if (intent.at > command.now + ahead || intent.at < command.now - 60'000) return refuse(Refusal::TalkTime);
    if (talk->promised() && talk->meet_at == intent.at && talk->meet_place == intent.place) return facts();
    return facts(TalkOffered{talk->id, person, intent.at, intent.place, std::max(intent.at, command.now) + policy.talk_missed_ms});
}

Decision decide_on(const State& state, const Command& command, const MeetTalk& intent) {
    const auto [talk, person, device] = with_adult(state, command, intent.talk);
    if (talk == nullptr) return refuse(Refusal::NoSuchTalk);
    if (talk->rung == TalkRung::met) return facts();
    const bool waved = talk->symbol == TalkSymbol::hello && talk->unanswered();
    if (!waved && talk->adult != person) return refuse(Refusal::WrongMoment);  // whoever leads offers first, so that it has one owner
    if (!waved && !talk->promised() && talk->rung != TalkRung::missed) return refuse(Refusal::WrongMoment);
    return facts(TalkMet{talk->id, person, command.now + state.directory.policy.talk_close_ms});
}

Decision decide_on(const State& state, const Command& command, const PassTalk& intent) {
    const auto [talk, person, device] = with_adult(state, command, intent.talk);
    if (talk == nullptr) return refuse(Refusal::NoSuchTalk);
    if (talk->rung == TalkRung::met) return refuse(Refusal::WrongMoment);
    if (talk->adult != person) return refuse(Refusal::WrongMoment);  // the end of the chain can't pass it on
    return facts(TalkPassed{talk->id, person, TalkPass::cannot, 0});
}

Decision decide_on(const State& state, const Command& command, const HandTalkToDsl& intent) {
    const auto [talk, person, device] = with_adult(state, command, intent.talk);
    if (talk == nullptr) return refuse(Refusal::NoSuchTalk);
    if (talk->rung != TalkRung::met) return refuse(Refusal::WrongMoment);
    if (talk->dsl) return facts();
    return facts(TalkHandedToDsl{talk->id, person, command.now + state.directory.policy.talk_offer_ms});
}

Decision decide_on(const State& state, const Command& command, const TakeTalkPointer& intent) {
    const Device* device = own_handset(state, command);
    const auto found = state.talks.find(intent.talk);
    if (device == nullptr || found == state.talks.end()) return refuse(Refusal::NoSuchTalk);
    const Talk& talk = found->second;
    if (!talk.dsl || !has_role(state, device->signed_in, Role::dsl)) return refuse(Refusal::NoSuchTalk);
    return facts(TalkPointerTaken{talk.id, device->signed_in}, TalkClosed{talk.id, TalkEnd::met});
}

std::vector<Fact> talk_overdue(const State& state, const Talk& talk, Ms now) {
    const Ms late_by = now - talk.due;
    const Ms again = school_due(state.rota, now, state.directory.policy.talk_offer_ms);
    Facts list;
    if (talk.promised()) {
        list.emplace_back(TalkMissed{talk.id, late_by, again});
    } else if (talk.rung == TalkRung::met) {
        if (talk.dsl) list.emplace_back(TalkPointerWaits{talk.id, late_by, now + state.directory.policy.talk_offer_ms});
        else list.emplace_back(TalkClosed{talk.id, TalkEnd::met});
    } else if (!talk.adult.empty()) {
        list.emplace_back(TalkPassed{talk.id, talk.adult, TalkPass::no_offer, late_by});
    } else {
        list.emplace_back(TalkUnanswered{talk.id, late_by});
        list.emplace_back(call_for(state, now, talk.place, talk.kiosk, talk.id, talk.child));
    }
    return list;
}

}  // namespace attune::core
