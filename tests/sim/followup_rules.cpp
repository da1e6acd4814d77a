// What is owed after calls.
#include "tests/sim/followup_rules.hpp"

#include <algorithm>
#include <set>

#include "hub/core/followup_audience.hpp"
#include "tests/sim/auditor.hpp"

namespace attune::sim {

namespace {

using enum core::FollowupKind;

constexpr const char* owed_whole = "F1 every L2 and L3 call has its set";
constexpr const char* owed_ended = "F2 ended, never deleted";
constexpr const char* owed_patient = "F3 not ready yet is never overdue";
constexpr const char* owed_reaches = "F4 overdue reaches a person";
constexpr const char* owed_unseen = "F5 seen by those who may, and an adult's repair by two";
constexpr core::Ms one_day = 86'400'000;

std::string name(core::FollowupId id) { return "follow-up " + std::to_string(id.value); }

/// In the plainest words.
bool may_see(const core::State& state, const core::Followup& owed, const core::Device& device) {
    if (device.kind != core::DeviceKind::handset || device.health == core::Health::revoked || device.approval == core::Approval::waiting) return false;
    if (device.locked || device.signed_in.empty()) return false;
    if (owed.owner == device.signed_in || owed.with == device.signed_in) return true;
    if (owed.kind == adult_repair) return false;
    const auto person = state.directory.people.find(device.signed_in);
    const bool leads = person != state.directory.people.end() && std::ranges::find(person->second.roles, core::Role::duty_lead) != person->second.roles.end();
    return leads && (owed.owner.empty() || owed.overdue || owed.step == core::FollowupStep::unneeded);
}

/// The latest by which whoever leads must hear again.
core::Ms told_again_by(const core::State& state, core::Ms told_at) {
    for (const core::SchoolDay& known : state.rota.days)
        if (known.from > told_at) return std::max({known.from, known.sign_in_by, told_at + one_day});
    return told_at + one_day;
}

}  // namespace

struct FollowupFold {
    FollowupAuditor& auditor;
    const core::State& state;
    const core::Event& event;
    const bool judge;

    OwedStory* of(core::FollowupId id) const {
        const auto found = auditor.stories_.find(id);
        return found == auditor.stories_.end() ? nullptr : &found->second;
    }
    CallToClose* of(core::CallId id) const {
        const auto found = auditor.calls_.find(id);
        return found == auditor.calls_.end() ? nullptr : &found->second;
    }
    void check(bool holds, const char* promise, core::FollowupId id, const char* what) const {
        if (judge) require(holds, promise, name(id) + " " + what + ", event " + std::to_string(event.seq));
    }
    /// A person, and not the clock.
    bool by_a_person(const core::PersonId& person) const { return !person.empty() && event.actor == person; }

    // -- calls

    void operator()(const core::CallRaised& fact) const {
        const auto device = state.devices.find(fact.device);
        const bool by_room = device != state.devices.end() && (device->second.kind == core::DeviceKind::room || device->second.kind == core::DeviceKind::calm_space);
        auditor.calls_[{event.seq}] = {fact.level, fact.drill, by_room, {}};
    }
    void operator()(const core::LevelRaised& fact) const { if (CallToClose* c = of(fact.call)) c->level = fact.level; }
    void operator()(const core::CallAccepted& fact) const { if (CallToClose* c = of(fact.call)) c->owner = fact.person; }
    /// To an adult without a handset: whoever handed over still has it, since only they can close it.
    void operator()(const core::CallHandedOver& fact) const {
        const auto duty = state.duties.find(fact.to);
        if (CallToClose* c = of(fact.call); c != nullptr && duty != state.duties.end() && !duty->second.device.empty()) c->owner = fact.to;
    }
    void operator()(const core::CallReopened& fact) const { if (CallToClose* c = of(fact.call)) c->owner = {}; }
    void operator()(const core::CallWithdrawn& fact) const { auditor.calls_.erase(fact.call); }
    void operator()(const core::CallClosed& fact) const {
        if (const CallToClose* c = of(fact.call); c != nullptr && c->level >= 2 && !c->drill && state.directory.policy.owes) auditor.closed_[fact.call] = *c;
        auditor.calls_.erase(fact.call);
    }

    // -- what is owed

    void operator()(const core::FollowupOpened& fact) const {
        const auto call = auditor.closed_.find(fact.of_call);
        check(call != auditor.closed_.end(), owed_whole, {event.seq}, "is owed for a call that owes nothing");
        auditor.stories_[{event.seq}] = {fact.kind, fact.child, fact.owner, fact.with, {}, false, false, false, fact.owed_due};
    }
    void owe(core::FollowupId id, core::Ms owed_due, bool not_ready, bool declined) const {
        OwedStory* s = of(id);
        check(s != nullptr, owed_ended, id, "goes on although it has ended");
        if (s == nullptr) return;
        s->owed_due = owed_due;
        s->not_ready = not_ready;
        s->declined = declined;
        s->unneeded_by = {};
        s->overdue = false;
    }
    void operator()(const core::FollowupScheduled& fact) const {
        const OwedStory* s = of(fact.followup);
        const bool was = s != nullptr && s->overdue;
        owe(fact.followup, fact.owed_due, false, false);
        if (s != nullptr && was && fact.owed_by <= event.at) of(fact.followup)->overdue = true;
    }
    void operator()(const core::FollowupNotReady& fact) const { owe(fact.followup, fact.ask_due, true, false); }
    void operator()(const core::FollowupAskedAgain& fact) const { owe(fact.followup, fact.owed_due, false, false); }
    void operator()(const core::FollowupDeclined& fact) const { owe(fact.followup, fact.owed_due, false, true); }
    void operator()(const core::FollowupUnneeded& fact) const {
        if (OwedStory* s = of(fact.followup)) {
            check(by_a_person(fact.person), owed_ended, fact.followup, "is not needed by nobody's word");
            s->unneeded_by = fact.person;
            s->owed_due = fact.owed_due;
            s->not_ready = s->declined = false;
        }
    }
    void operator()(const core::FollowupPassed& fact) const {
        if (OwedStory* s = of(fact.followup)) {
            check(s->kind != adult_repair || fact.to == s->with, owed_unseen, fact.followup, "went to a third adult");
            s->owner = fact.to;
            if (s->with == fact.to) s->with = {};
        }
    }
    void operator()(const core::FollowupOverdue& fact) const {
        if (OwedStory* s = of(fact.followup)) {
            check(!s->not_ready, owed_patient, fact.followup, "was called late while somebody was not ready");
            check(fact.again_due <= told_again_by(state, event.at), owed_reaches, fact.followup, "is late and will not be said again in a day");
            s->overdue = true;
            s->owed_due = fact.again_due;
        }
    }
    void operator()(const core::FollowupEscalated& fact) const {
        if (OwedStory* s = of(fact.followup)) {
            check(!s->not_ready && s->overdue, owed_patient, fact.followup, "was said to be late and is not");
            check(s->kind != adult_repair, owed_unseen, fact.followup, "is an adult's repair, and was said to whoever leads");
            check(fact.again_due <= told_again_by(state, event.at), owed_reaches, fact.followup, "is late and will not be said again in a day");
            s->owed_due = fact.again_due;
        }
    }
    void operator()(const core::FollowupKept& fact) const {
        check(of(fact.followup) != nullptr && by_a_person(fact.person), owed_ended, fact.followup, "was kept by nobody");
        auditor.stories_.erase(fact.followup);
    }
    void operator()(const core::FollowupEnded& fact) const {
        const OwedStory* s = of(fact.followup);
        check(s != nullptr, owed_ended, fact.followup, "ended twice");
        if (s == nullptr) return;
        const bool gone = !state.directory.people.contains(s->owner) && !state.directory.people.contains(s->with);
        switch (fact.how) {
            case core::FollowupEnd::respected: check(s->declined && by_a_person(fact.person), owed_ended, fact.followup, "was respected and nobody had declined"); break;
            case core::FollowupEnd::not_needed:
                check(by_a_person(fact.person) && !s->unneeded_by.empty() && s->unneeded_by != fact.person, owed_ended, fact.followup, "was let be by one person alone");
                break;
            case core::FollowupEnd::child_left: check(!s->child.empty() && !state.directory.children.contains(s->child), owed_ended, fact.followup, "ended although the child is here"); break;
            case core::FollowupEnd::adults_left: check(s->kind == adult_repair && gone, owed_ended, fact.followup, "ended although its adults are here"); break;
        }
        auditor.stories_.erase(fact.followup);
    }
    template <class Other>
    void operator()(const Other&) const {}
};

void FollowupAuditor::event(const core::State& state, const core::Event& event, bool judge) {
    visit(FollowupFold{*this, state, event, judge}, event.fact);
    if (judge) require(stories_.size() == state.followups.size(), owed_ended, "one went away without an end, event " + std::to_string(event.seq));
}

void FollowupAuditor::step_ended(const core::State& state, const std::vector<core::Event>& step) const {
    std::set<core::FollowupId> touched;
    for (const core::Event& event : step) {
        if (const auto id = core::followup_of(event)) touched.insert(*id);
        const auto* fact = get_if<core::CallClosed>(&event.fact);
        if (fact == nullptr) continue;
        const auto call = closed_.find(fact->call);
        if (call == closed_.end()) continue;
        std::multiset<core::FollowupKind> set;
        std::set<core::PersonId> debriefed;
        for (const core::Event& other : step)
            if (const auto* opened = get_if<core::FollowupOpened>(&other.fact); opened != nullptr && opened->of_call == fact->call) {
                set.insert(opened->kind);
                if (opened->kind == staff_debrief) debriefed.insert(opened->with);
            }
        const auto owes = [&](core::FollowupKind kind, std::size_t times = 1) {
            require(set.count(kind) >= times, owed_whole, "call " + std::to_string(fact->call.value) + " closed without kind " + std::to_string(static_cast<int>(kind)));
        };
        owes(child_repair);
        if (call->second.by_room) owes(outcome_told);
        const core::PersonId& owner = call->second.owner;
        if (state.directory.people.contains(owner)) require(debriefed.contains(owner), owed_whole, "no debrief is offered to " + owner.value);
        if (call->second.level < 3) continue;
        owes(parent_contact, 2);
        for (const core::FollowupKind kind : {class_reset, learning_review, plan_review, preventive_change}) owes(kind);
    }
    if (touched.empty()) return;
    for (const core::FollowupId id : touched) {
        const auto found = state.followups.find(id);
        require((found != state.followups.end()) == stories_.contains(id), owed_ended, name(id) + " is open for one and ended for the other");
        if (found == state.followups.end()) continue;
        const core::Followup& owed = found->second;
        const OwedStory& story = stories_.at(id);
        require(owed.due != 0 && owed.due == story.owed_due, owed_reaches, name(id) + " has another deadline than its events armed");
        require(owed.overdue == story.overdue, owed_reaches, name(id) + " is late for one and not for the other");
        require(!(owed.overdue && owed.step == core::FollowupStep::not_ready), owed_patient, name(id) + " waits for somebody and is shown as late");
        const bool told = story.kind == adult_repair || std::ranges::any_of(state.leads, [&](const core::PersonId& lead) {
            return core::followup_relation(state, owed, lead) != core::FollowupRelation::none;
        });
        require(!owed.overdue || state.leads.empty() || told, owed_reaches, name(id) + " is late and nobody who leads can see it");
        require(!owed.overdue || story.kind == adult_repair || owed.escalated > 0, owed_reaches, name(id) + " is late and was said to nobody");
        std::set<core::DeviceId> seers;
        for (const core::FollowupSeer& seer : core::followup_audience(state, owed)) seers.insert(seer.device);
        for (const auto& [device_id, device] : state.devices) {
            const bool may = may_see(state, owed, device);
            require(may == seers.contains(device_id), owed_unseen, device_id.value + (may ? " may see " : " may not see ") + name(id));
        }
    }
    std::set<std::pair<core::Ms, core::FollowupId>> dues;
    std::map<core::CallId, std::uint32_t> open;
    for (const auto& [id, owed] : state.followups) {
        dues.insert({owed.due, id});
        ++open[owed.of_call];
    }
    require(dues == state.followup_dues, "indexes", "followup_dues");
    require(open.size() == state.after_calls.size(), "indexes", "after_calls");
    for (const auto& [id, count] : open) require(state.after_calls.at(id).open == count, "indexes", "after_calls");
}

void FollowupAuditor::punctual(const core::State& state, core::Ms now) const {
    for (const auto& [id, owed] : state.followups) {
        require(owed.due > now, owed_reaches, name(id) + " has a deadline in the past");
    }
}

}  // namespace attune::sim
