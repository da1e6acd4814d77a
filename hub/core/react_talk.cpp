// Where a talk goes next, so that none is ever with nobody and nothing else is under way for it.
#include "hub/core/day_rules.hpp"
#include "hub/core/leader_rules.hpp"
#include "hub/core/talk_rules.hpp"

namespace attune::core {

namespace {

struct TalkReaction {
    const State& state;
    const Event& event;
    const Ms now = event.at;

    /// Gives the talk to whoever is next; nothing when that is where it is.
    std::vector<Fact> give(TalkId id) const {
        const auto found = state.talks.find(id);
        if (found == state.talks.end()) return {};
        const Talk& talk = found->second;
        if (talk.rung != TalkRung::asked || !talk.adult.empty()) return {};
        const TalkGoesTo next = next_for(state, talk, now);
        // Once it is with whoever leads, its deadline runs on: handing it round would put it off for ever.
        if (talk.at_lead && next.at_lead) return {};
        return {TalkGiven{id, next.adult, next.at_lead, talk.at_lead ? talk.due : school_due(state.rota, now, state.directory.policy.talk_offer_ms)}};
    }

    /// An adult has gone off duty: what they had not answered goes on at once.
    std::vector<Fact> follow_people() const {
        std::vector<Fact> list;
        for (const auto& [id, talk] : state.talks) {
            if (talk.dsl || talk.rung == TalkRung::met || talk.rung == TalkRung::calling) continue;
            if (!talk.adult.empty()) {
                const bool gone = !state.directory.people.contains(talk.adult);
                const bool off_duty = is_away(availability(state, talk.adult, now));
                if (gone || (off_duty && talk.unanswered())) list.emplace_back(TalkPassed{id, talk.adult, TalkPass::off_duty, 0});
            } else if (!talk_reaches_somebody(state, talk, now)) {
                // The lead who knew has gone: nobody knows any more, and the deadline runs on.
                if (talk.rung == TalkRung::received) list.emplace_back(TalkPassed{id, {}, TalkPass::off_duty, 0});
                for (Fact& fact : give(id)) list.push_back(std::move(fact));
            }
        }
        return list;
    }

    std::vector<Fact> operator()(const TalkAsked&) const { return give(TalkId{event.seq}); }
    std::vector<Fact> operator()(const TalkPassed& fact) const { return give(fact.talk); }
    std::vector<Fact> operator()(const TalkMissed&) const { return follow_people(); }
    std::vector<Fact> operator()(const SignedIn&) const { return follow_people(); }
    std::vector<Fact> operator()(const SignedOut&) const { return follow_people(); }
    std::vector<Fact> operator()(const HandsetProven&) const { return follow_people(); }
    std::vector<Fact> operator()(const DeviceHealthChanged&) const { return follow_people(); }
    std::vector<Fact> operator()(const DeviceRevoked&) const { return follow_people(); }
    std::vector<Fact> operator()(const PersonRemoved&) const { return follow_people(); }
    std::vector<Fact> operator()(const TimetableImported&) const { return follow_people(); }
    std::vector<Fact> operator()(const BellRang&) const { return follow_people(); }
    std::vector<Fact> operator()(const CallClosed& fact) const { return end_of(fact.call); }
    std::vector<Fact> operator()(const CallWithdrawn& fact) const { return end_of(fact.call); }

    std::vector<Fact> operator()(const ChildRemoved& fact) const {
        std::vector<Fact> list;
        for (const auto& [id, talk] : state.talks)
            if (talk.child == fact.child && talk.rung != TalkRung::calling) list.emplace_back(TalkClosed{id, TalkEnd::child_left});
        return list;
    }

    template <class Fact_>
    std::vector<Fact> operator()(const Fact_&) const {
        return {};
    }

private:
    /// A person was with the child, or looked in.
    std::vector<Fact> end_of(CallId call) const {
        std::vector<Fact> list;
        for (const auto& [id, talk] : state.talks)
            if (talk.call == call) list.emplace_back(TalkClosed{id, TalkEnd::call_ended});
        return list;
    }
};

}  // namespace

TalkGoesTo next_for(const State& state, const Talk& talk, Ms now) {
    const auto may = [&](const PersonId& person) { return !person.empty() && !talk.passed.contains(person) && talk_reaches(state, person, now); };
    if (may(talk.chosen)) return {talk.chosen, false};
    if (const auto child = state.directory.children.find(talk.child); child != state.directory.children.end())
        for (const PersonId& person : child->second.adults)
            if (may(person)) return {person, false};
    return {{}, true};
}

bool leads_for(const State& state, const Talk& talk, const PersonId& person) {
    if (!talk.at_lead || !talk.adult.empty() || talk.rung == TalkRung::calling || talk.unwanted.contains(person)) return false;
    const auto found = state.directory.people.find(person);
    return found != state.directory.people.end() && has_role(found->second, Role::duty_lead);
}

bool talk_reaches_somebody(const State& state, const Talk& talk, Ms now) {
    if (!talk.adult.empty()) return talk_reaches(state, talk.adult, now);
    return std::ranges::any_of(state.duties, [&](const auto& duty) {
        return !duty.second.device.empty() && leads_for(state, talk, duty.first) && talk_reaches(state, duty.first, now);
    });
}

std::vector<Fact> react_talk(const State& state, const Event& event) { return visit(TalkReaction{state, event}, event.fact); }

}  // namespace attune::core
