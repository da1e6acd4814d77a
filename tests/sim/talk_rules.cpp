// The promises of talk time.
#include "tests/sim/talk_rules.hpp"

#include <algorithm>

#include "hub/core/talk_audience.hpp"
#include "tests/sim/auditor.hpp"

namespace attune::sim {

namespace {

constexpr const char* talk_silence = "talk: never ends in silence";
constexpr const char* truth = "talk: they know, only when they do";
constexpr const char* talk_unseen = "talk: on no shared screen";

std::string name(core::TalkId id) { return "talk " + std::to_string(id.value); }

bool holds_role(const core::State& state, const core::PersonId& person, core::Role role) {
    const auto found = state.directory.people.find(person);
    return found != state.directory.people.end() && std::ranges::find(found->second.roles, role) != found->second.roles.end();
}

bool on_a_handset(const core::State& state, const core::PersonId& person) {
    return std::ranges::any_of(state.devices, [&](const auto& entry) {
        return entry.second.kind == core::DeviceKind::handset && entry.second.health != core::Health::revoked && entry.second.signed_in == person;
    });
}

/// What this device may see of the talk, in the plainest words. `card`: the child's card lies there.
bool may_see(const core::State& state, const core::Talk& talk, const core::Device& device, bool card) {
    if (device.health == core::Health::revoked) return false;
    if (device.kind == core::DeviceKind::kiosk) {
        const auto newest = state.talk_of.find(talk.child);
        return card && newest != state.talk_of.end() && newest->second == talk.id;
    }
    if (device.kind != core::DeviceKind::handset || device.locked || device.signed_in.empty()) return false;
    if (talk.rung == core::TalkRung::calling) return false;
    if (talk.adult == device.signed_in) return true;
    if (talk.dsl && holds_role(state, device.signed_in, core::Role::dsl)) return true;
    return talk.at_lead && talk.adult.empty() && !talk.unwanted.contains(device.signed_in) && holds_role(state, device.signed_in, core::Role::duty_lead);
}

core::TalkRung told_rung(const TalkStory& story) {
    if (story.call.value != 0) return core::TalkRung::calling;
    if (story.met) return core::TalkRung::met;
    if (story.missed) return core::TalkRung::missed;
    if (story.agreed) return core::TalkRung::agreed;
    if (story.offered) return core::TalkRung::offered;
    return story.shown ? core::TalkRung::received : core::TalkRung::asked;
}

}  // namespace

/// By the plain words: fifteen minutes of school, and minutes where nobody knows of a school day ahead.
core::Ms due_by_the_bell(const core::State& state, core::Ms now) {
    core::Ms left = state.directory.policy.talk_offer_ms;
    for (const core::SchoolDay& day : state.rota.days) {
        const core::Ms from = std::max(day.from, now);
        if (day.to <= from) continue;
        if (left < day.to - from) return from + left;
        left -= day.to - from;
    }
    return now + state.directory.policy.talk_offer_ms;
}

struct TalkFold {
    TalkAuditor& auditor;
    const core::State& state;
    const core::Event& event;
    const bool judge;

    TalkStory* of(core::TalkId id) const {
        const auto found = auditor.stories_.find(id);
        return found == auditor.stories_.end() ? nullptr : &found->second;
    }
    void check(bool holds, const char* promise, core::TalkId id, const char* what) const {
        if (judge) require(holds, promise, name(id) + " " + what + ", event " + std::to_string(event.seq));
    }
    void begin_waiting(TalkStory& story) const {
        story.unanswered_since = event.at;
        story.hops_at = story.hops;
    }

    void operator()(const core::TalkAsked& fact) const {
        TalkStory& story = auditor.stories_[{event.seq}] = {};
        check(fact.offer_due == due_by_the_bell(state, event.at), talk_silence, {event.seq}, "has another time to be answered than school gives");
        story.child = fact.child;
        begin_waiting(story);
    }
    void operator()(const core::TalkGiven& fact) const {
        if (TalkStory* s = of(fact.talk)) {
            check(!fact.adult.empty() || fact.at_lead, talk_silence, fact.talk, "was given to nobody");
            check(!s->unwanted.contains(fact.adult) || fact.adult.empty(), talk_silence, fact.talk, "came back to whom the child did not want");
            check(s->lead || fact.offer_due == due_by_the_bell(state, event.at), talk_silence, fact.talk, "has another time to be answered than school gives");
            s->adult = fact.adult;
            s->lead = fact.at_lead;
            s->shown = s->offered = s->agreed = s->met = s->missed = false;
            ++s->hops;
        }
    }
    void operator()(const core::TalkShown& fact) const {
        TalkStory* s = of(fact.talk);
        check(s != nullptr, truth, fact.talk, "was shown and is not open");
        if (s == nullptr) return;
        const auto device = state.devices.find(event.device);
        const bool theirs = device != state.devices.end() && device->second.kind == core::DeviceKind::handset && !device->second.locked && device->second.signed_in == fact.person;
        check(theirs && event.device == fact.device, truth, fact.talk, "is known without a handset that has shown it");
        check(fact.person == s->adult || (s->adult.empty() && s->lead && holds_role(state, fact.person, core::Role::duty_lead)), truth, fact.talk, "is known to somebody it is not with");
        s->shown = true;
    }
    void operator()(const core::TalkOffered& fact) const {
        if (TalkStory* s = of(fact.talk)) {
            s->adult = fact.person;
            s->lead = s->agreed = s->missed = false;
            s->offered = true;
            s->unanswered_since = 0;
        }
    }
    void operator()(const core::TalkAgreed& fact) const { if (TalkStory* s = of(fact.talk)) s->agreed = true; }
    void operator()(const core::TalkMet& fact) const {
        if (TalkStory* s = of(fact.talk)) {
            s->met = true;
            s->lead = false;
            s->adult = fact.person;
            s->unanswered_since = 0;
        }
    }
    void operator()(const core::TalkMissed& fact) const {
        if (TalkStory* s = of(fact.talk)) {
            s->missed = true;
            begin_waiting(*s);
        }
    }
    void operator()(const core::TalkPassed& fact) const {
        if (TalkStory* s = of(fact.talk)) {
            check(fact.person == s->adult, talk_silence, fact.talk, "was passed on by somebody who did not have it");
            if (fact.why == core::TalkPass::someone_else) s->unwanted.insert(fact.person);
            if (fact.why == core::TalkPass::someone_else || fact.why == core::TalkPass::cannot || s->unanswered_since == 0) begin_waiting(*s);
            s->adult = {};
            s->shown = s->offered = s->agreed = s->met = s->missed = false;
        }
    }
    void operator()(const core::CallRaised& fact) const {
        if (TalkStory* s = of(fact.talk)) s->call = {event.seq};
    }
    void operator()(const core::TalkHandedToDsl& fact) const { if (TalkStory* s = of(fact.talk)) s->pointer = true; }
    void operator()(const core::TalkPointerTaken& fact) const {
        check(holds_role(state, fact.person, core::Role::dsl), talk_silence, fact.talk, "had its pointer taken by somebody else");
        if (TalkStory* s = of(fact.talk)) s->pointer = false;
    }
    void operator()(const core::TalkTakenBack& fact) const {
        const auto device = state.devices.find(event.device);
        check(device != state.devices.end() && device->second.kind == core::DeviceKind::kiosk, talk_silence, fact.talk, "was taken back by nobody with a card");
        auditor.stories_.erase(fact.talk);
    }
    void operator()(const core::TalkClosed& fact) const {
        if (TalkStory* s = of(fact.talk)) {
            check(!s->pointer || fact.why == core::TalkEnd::child_left, talk_silence, fact.talk, "ended with a pointer that nobody took");
            switch (fact.why) {
                case core::TalkEnd::met: case core::TalkEnd::asked_anew: check(s->met, talk_silence, fact.talk, "ended and they have not met"); break;
                case core::TalkEnd::call_ended: check(s->call.value != 0 && !state.calls.contains(s->call), talk_silence, fact.talk, "ended before its call"); break;
                case core::TalkEnd::child_left: check(!state.directory.children.contains(s->child), talk_silence, fact.talk, "ended although the child is here"); break;
            }
        }
        auditor.stories_.erase(fact.talk);
    }
    template <class Other>
    void operator()(const Other&) const {}
};

void TalkAuditor::event(const core::State& state, const core::Event& event, bool judge) {
    visit(TalkFold{*this, state, event, judge}, event.fact);
    if (!judge) return;
    require(stories_.size() == state.talks.size(), talk_silence, "a talk went away without an end, event " + std::to_string(event.seq));
    for (const auto& [id, talk] : state.talks) {
        const auto story = stories_.find(id);
        require(story != stories_.end(), talk_silence, name(id) + " was never asked for");
        require(talk.rung == told_rung(story->second), truth, name(id) + " is at rung " + std::to_string(static_cast<int>(talk.rung)) + ", its events say " + std::to_string(static_cast<int>(told_rung(story->second))));
    }
}

void TalkAuditor::step_ended(const core::State& state, const std::vector<core::Event>& step) const {
    for (const core::Event& event : step) {
        const auto* asked = get_if<core::TalkAsked>(&event.fact);
        if (asked == nullptr || asked->symbol != core::TalkSymbol::urgent) continue;
        const bool called = std::ranges::any_of(step, [&](const core::Event& other) {
            const auto* raised = get_if<core::CallRaised>(&other.fact);
            return raised != nullptr && raised->talk.value == event.seq;
        });
        require(called, "talk: urgent is a call at once", name(core::TalkId{event.seq}));
    }
    std::set<std::pair<core::Ms, core::TalkId>> dues;
    core::CardsPresent present;
    for (const auto& [id, device] : state.devices)
        if (device.kind == core::DeviceKind::kiosk && !state.talk_of.empty()) present[id] = state.talk_of.begin()->first;
    for (const auto& [id, talk] : state.talks) {
        if (talk.due != 0) dues.insert({talk.due, id});
        const bool calls = talk.rung == core::TalkRung::calling;
        require(calls ? state.calls.contains(talk.call) : talk.due != 0, talk_silence, name(id) + " has neither a deadline nor a call");
        require(calls || !talk.adult.empty() || talk.at_lead, talk_silence, name(id) + " is with nobody");
        const bool waits = talk.rung == core::TalkRung::asked || talk.rung == core::TalkRung::received || talk.rung == core::TalkRung::missed;
        require(!waits || talk.adult.empty() || on_a_handset(state, talk.adult), talk_silence, name(id) + " waits for " + talk.adult.value + ", who is off duty");
        std::set<core::DeviceId> told;
        for (const core::TalkSeer& seer : core::talk_audience(state, talk, present)) told.insert(seer.device);
        for (const auto& [device_id, device] : state.devices) {
            const auto card = present.find(device_id);
            const bool may = may_see(state, talk, device, card != present.end() && card->second == talk.child);
            require(may == told.contains(device_id), talk_unseen, device_id.value + (may ? " may see " : " may not see ") + name(id));
        }
    }
    require(dues == state.talk_dues, "indexes", "talk_dues");
    for (const auto& [child, id] : state.talk_of) require(state.talks.contains(id) && state.talks.at(id).child == child, "indexes", "talk_of");
    for (const auto& [card, child] : state.cards) require(state.card_of.at(child) == card && state.directory.children.contains(child), "indexes", "cards");
    require(state.cards.size() == state.card_of.size(), "indexes", "card_of");
}

void TalkAuditor::punctual(const core::State& state, core::Ms now) const {
    for (const auto& [id, talk] : state.talks) {
        require(talk.due == 0 || talk.due > now, talk_silence, name(id) + " has a deadline in the past");
        const TalkStory& story = stories_.at(id);
        if (story.unanswered_since == 0 || story.call.value != 0 || state.rota.imported_at != 0) continue;  // by the bell: see due_by_the_bell
        const auto turns = static_cast<core::Ms>(story.hops - story.hops_at) + 1;
        require(now - story.unanswered_since <= turns * state.directory.policy.talk_offer_ms, talk_silence, name(id) + " waits for an offer longer than its adults have time");
    }
}

}  // namespace attune::sim
