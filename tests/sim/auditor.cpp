// Following a hub by its events.
#include "tests/sim/auditor.hpp"

#include "tests/sim/invariants.hpp"
#include "tests/sim/rules.hpp"

namespace attune::sim {

void violated(std::string promise, std::string detail) { throw Violation{std::move(promise), std::move(detail)}; }

/// The story told by each kind of event.
struct StoryFold {
    Auditor& auditor;
    const core::Event& event;

    Story* of(core::CallId id) {
        const auto found = auditor.stories_.find(id);
        return found == auditor.stories_.end() ? nullptr : &found->second;
    }
    void ask_anew(core::CallId id) {
        if (Story* story = of(id)) {
            story->asks_since = event.at;
            story->sounded_at = event.at;
        }
    }

    void operator()(const core::CallRaised& fact) {
        Story story;
        story.id = {event.seq};
        story.place = fact.place;
        story.raised_by = fact.device;
        story.drill = fact.drill;
        story.asks_since = story.sounded_at = story.unheard_since = event.at;
        auditor.stories_[story.id] = story;
        if (event.command != core::CommandId{} && !auditor.presses_.insert({event.command, event.device}).second)
            violated("4 once", "one press made two calls");
    }
    void operator()(const core::LevelRaised& fact) { if (Story* s = of(fact.call)) s->withdraw_asked = false; ask_anew(fact.call); }
    void operator()(const core::PressRepeated& fact) { if (Story* s = of(fact.call)) s->withdraw_asked = false; }
    void operator()(const core::NoteAdded& fact) { if (fact.note == core::Note::two_adults) ask_anew(fact.call); }
    void operator()(const core::HelperAsked& fact) { ask_anew(fact.call); }
    void operator()(const core::ArrivalOverdue& fact) { ask_anew(fact.call); }
    void operator()(const core::CallAlerted& fact) {
        if (Story* s = of(fact.call)) {
            s->sounded.insert(fact.device);
            s->undelivered = false;
        }
    }
    void operator()(const core::CallUndelivered& fact) {
        if (Story* s = of(fact.call)) {
            s->undelivered = true;
            s->sounded.clear();
        }
    }
    void operator()(const core::CallDeclined& fact) { if (Story* s = of(fact.call)) s->sounded.erase(event.device); }
    void operator()(const core::CallAccepted& fact) {
        if (Story* s = of(fact.call)) {
            s->owner = fact.person;
            s->undelivered = false;
        }
    }
    void operator()(const core::CallReopened& fact) {
        if (Story* s = of(fact.call)) s->owner = {};
        ask_anew(fact.call);
    }
    void operator()(const core::CallArrived& fact) {
        if (Story* s = of(fact.call)) {
            s->arrived = true;
            s->owner = fact.person;
            s->withdraw_asked = false;
        }
    }
    void operator()(const core::CallSettled& fact) { if (Story* s = of(fact.call)) s->outcome = true; }
    void operator()(const core::CallMoved& fact) { if (Story* s = of(fact.call)) s->outcome = true; }
    void operator()(const core::CallHandedOver& fact) {
        if (Story* s = of(fact.call)) {
            s->outcome = true;
            s->owner = auditor.state_.calls.at(fact.call).owner;  // stays with who has a handset
        }
    }
    void operator()(const core::WithdrawAsked& fact) { if (Story* s = of(fact.call)) s->withdraw_asked = true; }
    void operator()(const core::WithdrawCancelled& fact) { if (Story* s = of(fact.call)) s->withdraw_asked = false; }
    void operator()(const core::CallSoundedAgain& fact) { if (Story* s = of(fact.call)) s->sounded_at = event.at; }
    void operator()(const core::CallClosed& fact) { auditor.stories_.erase(fact.call); }
    void operator()(const core::CallWithdrawn& fact) { auditor.stories_.erase(fact.call); }
    void operator()(const core::DeviceHealthChanged& fact) { if (fact.health == core::Health::silent) forget(fact.device); }
    void operator()(const core::DeviceRevoked& fact) { forget(fact.device); }
    void operator()(const core::SignedOut& fact) { forget(fact.device); }
    void operator()(const core::SignedIn&) {  // the handset they had before has nobody now
        for (const auto& [id, device] : auditor.state_.devices)
            if (device.kind == core::DeviceKind::handset && device.signed_in.empty()) forget(id);
    }
    template <class Other>
    void operator()(const Other&) {}

private:
    void forget(const core::DeviceId& device) { for (auto& [id, story] : auditor.stories_) story.sounded.erase(device); }
};

void Auditor::follow(const core::Event& event) {
    core::apply(state_, event);
    visit(StoryFold{*this, event}, event.fact);
    talks_.event(state_, event, judging_);
    day_.event(state_, event, judging_);
    followups_.event(state_, event, judging_);
    if (const auto id = core::call_of(event)) {  // once nobody is asked, nothing sounds
        const auto call = state_.calls.find(*id);
        if (call != state_.calls.end() && !rules::asks_for_adults(call->second)) stories_.at(*id).sounded.clear();
    }
    step_.push_back(event);
}

/// What lasts: since when a call asks for adults without a pause, since when it is unheard.
void Auditor::refresh(core::Ms now) {
    for (auto& [id, story] : stories_) {
        const auto found = state_.calls.find(id);
        if (found == state_.calls.end()) continue;
        const core::Call& call = found->second;
        if (!rules::asks_for_adults(call)) story.asks_since = 0;
        else if (story.asks_since == 0) story.asks_since = story.sounded_at = now;
        const bool unheard = call.owner.empty() && !story.undelivered && story.sounded.empty();
        if (!unheard) story.unheard_since = 0;
        else if (story.unheard_since == 0) story.unheard_since = now;
    }
}

void Auditor::event(const core::Event& event) {
    if (event.seq != state_.last_seq + 1) violated("gap-free", "event " + std::to_string(event.seq) + " after " + std::to_string(state_.last_seq));
    if (event.at < state_.last_at) violated("gap-free", "time went back at event " + std::to_string(event.seq));
    if (event.cause != (step_.empty() ? 0 : step_.back().seq)) violated("gap-free", "wrong cause at event " + std::to_string(event.seq));
    const auto id = core::call_of(event);
    std::optional<Story> before;
    if (id)
        if (const auto found = stories_.find(*id); found != stories_.end()) before = found->second;
    follow(event);
    const View view{state_, stories_, event.at};
    closed_at_the_door(view, event, before ? &*before : nullptr);
    truthful_rungs(view);
    one_owner(view, event, before ? &*before : nullptr);
    visits_.event(state_, event);
    ready_.event(state_, event);
    keep();
}

void Auditor::keep() {
    for (auto& [id, story] : stories_) {
        const core::Call& call = state_.calls.at(id);
        story.kept_owner = call.owner;
        story.kept_device = call.owner_device;
        story.kept_arrive = call.due[static_cast<std::size_t>(core::Deadline::arrive)];
        story.kept_arrived = call.arrived;
    }
}

void Auditor::step_ended() {
    if (step_.empty()) return;
    const core::Ms now = step_.back().at;
    refresh(now);
    const View view{state_, stories_, now};
    indexes_agree(state_);
    no_silence(view);
    unavailable_costs_nothing(view);
    decline_is_private_and_free(view, step_);
    real_beats_drill(view, step_);
    relationship_first(view);
    gaps_are_flagged(view);
    need_to_know(view);
    visits_.step_ended(state_, step_);
    ready_.step_ended(state_, step_);
    talks_.step_ended(state_, step_);
    day_.step_ended(state_, step_);
    followups_.step_ended(state_, step_);
    step_.clear();
}

void Auditor::punctual(core::Ms now) {
    refresh(now);
    no_silence_in_time({state_, stories_, now});
    visits_.punctual(state_, now);
    ready_.punctual(state_, now);
    talks_.punctual(state_, now);
    day_.punctual(state_, now);
    followups_.punctual(state_, now);
}

void Auditor::resumed(core::Ms now) {
    for (auto& [id, story] : stories_) {
        if (story.asks_since != 0) story.asks_since = story.sounded_at = now;
        if (story.unheard_since != 0) story.unheard_since = now;
    }
}

void Auditor::replay(const core::Event& event) {
    judging_ = false;
    follow(event);
    visits_.event(state_, event);
    ready_.event(state_, event);
    judging_ = true;
    step_.clear();
    refresh(event.at);
    keep();
}

}  // namespace attune::sim
