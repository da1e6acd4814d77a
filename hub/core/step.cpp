// One command, whole: decided, applied, and followed until nothing more must happen.
#include "hub/core/step.hpp"

#include <cassert>

#include "hub/core/decide_rules.hpp"

namespace attune::core {

namespace {

/// S2 whatever is about a record, S1 whatever is about one visit.
std::optional<Sensitivity> sensitive_of_visit(const Fact& fact) {
    return visit(
        []<class Fact_>(const Fact_& each) -> std::optional<Sensitivity> {
            if constexpr (std::is_same_v<Fact_, InterventionOpened> || requires { each.record; }) return Sensitivity::s2;
            else if constexpr (std::is_same_v<Fact_, CallExplained>) return std::nullopt;
            else if constexpr (std::is_same_v<Fact_, VisitAsked> || requires { each.visit; }) return Sensitivity::s1;
            else return std::nullopt;
        },
        fact);
}

/// One step may have many consequences (an import, a dead access point), never endlessly many.
constexpr std::size_t events_of_a_step_max = 100'000;

class Stepper {
public:
    using Seen = std::function<void(const Event&)>;

    Stepper(State& state, const Command& command, const Seen& seen) : state_(state), command_(command), seen_(seen) {
        if (const Device* device = speaker(state, command)) actor_ = device->signed_in;
        if (const Person* person = leader(state, command)) actor_ = person->id;
        events_.reserve(4);  // mostly enough
    }

    void store(Fact fact) {
        Event event;
        event.seq = state_.last_seq + 1;
        event.at = command_.now;
        event.wall = command_.wall;
        event.occurred_at = command_.occurred_at;
        event.command = command_.id;
        event.device = command_.by.device;
        event.actor = actor_;
        event.cause = events_.empty() ? 0 : events_.back().seq;
        event.fact = std::move(fact);
        apply(state_, event);
        events_.push_back(std::move(event));
        if (seen_) seen_(events_.back());
    }

    /// Each event has its consequences, and those have theirs. Facts of one answer are about different calls, or meant
    /// together, so they are stored together.
    std::vector<Event> finish() {
        for (std::size_t next = 0; next < events_.size(); ++next) {
            assert(events_.size() < events_of_a_step_max);
            for (Fact& fact : react(state_, events_[next])) store(std::move(fact));
        }
        return std::move(events_);
    }

private:
    State& state_;
    const Command& command_;
    const Seen& seen_;
    PersonId actor_;
    std::vector<Event> events_;
};

}  // namespace

std::variant<std::vector<Event>, Rejection> step(State& state, const Command& command, const std::function<void(const Event&)>& seen) {
    assert(command.now >= state.last_at);
    auto decision = decide(state, command);
    if (const auto* rejection = get_if<Rejection>(&decision)) return *rejection;
    Stepper stepper(state, command, seen);
    for (Fact& fact : get<Facts>(decision)) stepper.store(std::move(fact));
    return stepper.finish();
}

std::optional<Ms> next_deadline(const State& state) {
    std::optional<Ms> next;
    const auto earliest = [&next](const auto& armed) {
        if (armed.empty()) return;
        const Ms at = std::get<0>(*armed.begin());
        if (!next || at < *next) next = at;
    };
    earliest(state.deadlines);
    earliest(state.lapses);
    earliest(state.waits);
    earliest(state.session_ends);
    earliest(state.care_due);
    earliest(state.talk_dues);
    earliest(state.followup_dues);
    earliest(state.supply_ends);
    earliest(state.today.dues);
    earliest(state.ready_due);
    if (const Ms bell = state.rota.bell_due; bell != 0 && (!next || bell < *next)) next = bell;
    return next;
}

std::optional<CallId> call_of(const Event& event) {
    return visit(
        [&](const auto& fact) -> std::optional<CallId> {
            using Fact_ = std::decay_t<decltype(fact)>;
            if constexpr (std::is_same_v<Fact_, CallRaised>) return CallId{event.seq};
            else if constexpr (requires { fact.call; }) return fact.call;
            else return std::nullopt;
        },
        event.fact);
}

std::optional<TalkId> talk_of(const Event& event) {
    return visit(
        [&](const auto& fact) -> std::optional<TalkId> {
            using Fact_ = std::decay_t<decltype(fact)>;
            if constexpr (std::is_same_v<Fact_, TalkAsked>) return TalkId{event.seq};
            else if constexpr (std::is_same_v<Fact_, CallRaised>) return fact.talk.value == 0 ? std::nullopt : std::optional(fact.talk);
            else if constexpr (requires { fact.talk; }) return fact.talk;
            else return std::nullopt;
        },
        event.fact);
}

std::optional<FollowupId> followup_of(const Event& event) {
    return visit(
        [&](const auto& fact) -> std::optional<FollowupId> {
            using Fact_ = std::decay_t<decltype(fact)>;
            if constexpr (std::is_same_v<Fact_, FollowupOpened>) return FollowupId{event.seq};
            else if constexpr (requires { fact.followup; }) return fact.followup;
            else return std::nullopt;
        },
        event.fact);
}

Sensitivity sensitivity_of(const State& state, const Event& event) {
    if (sensitive_of_visit(event.fact)) return *sensitive_of_visit(event.fact);
    if (holds_alternative<ChildSet>(event.fact) || holds_alternative<ChildRemoved>(event.fact) || holds_alternative<ChildChosen>(event.fact)) return Sensitivity::s1;
    if (holds_alternative<TalkHandedToDsl>(event.fact) || holds_alternative<TalkPointerWaits>(event.fact) || holds_alternative<TalkPointerTaken>(event.fact)) return Sensitivity::s3;
    if (holds_alternative<CardIssued>(event.fact) || talk_of(event) || followup_of(event)) return Sensitivity::s1;
    if (holds_alternative<CoverageGapOpened>(event.fact) || holds_alternative<CoverageGapClosed>(event.fact) || holds_alternative<SwapNamed>(event.fact)) return Sensitivity::s1;
    const bool of_the_day = visit([]<class Fact_>(const Fact_& fact) { return requires { fact.checkin; } || requires { fact.note.value; } || std::is_same_v<Fact_, CheckinsPlanned> ||
        std::is_same_v<Fact_, CheckinOpened> || std::is_same_v<Fact_, ChildGreeted> || std::is_same_v<Fact_, ChildNotIn> || std::is_same_v<Fact_, GreetingTakenBack> ||
        std::is_same_v<Fact_, GreetingGiven> || std::is_same_v<Fact_, GreetingPassed> || std::is_same_v<Fact_, NoteWritten>; }, event.fact);
    if (of_the_day) return Sensitivity::s1;
    const auto id = call_of(event);
    if (!id) return Sensitivity::s0;
    const auto call = state.calls.find(*id);
    return call != state.calls.end() && !call->second.child.empty() ? Sensitivity::s1 : Sensitivity::s0;
}

}  // namespace attune::core
