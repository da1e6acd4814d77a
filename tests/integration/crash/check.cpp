// One walk over the events, folding them as the hub does. What is checked, in words: README.md of this folder.
#include "tests/integration/crash/check.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "hub/app/views.hpp"
#include "hub/core/step.hpp"
#include "hub/journal/event_codec.hpp"
#include "hub/journal/verify.hpp"

namespace attune::crash {

namespace {

using core::CallId;
using protocol::MessageType;

constexpr std::size_t faults_max = 40;

/// What one command left in the journal.
struct Trace {
    std::uint64_t first_seq = 0, last_seq = 0, events = 0, steps = 0;
    bool raised = false;
    std::uint64_t call = 0;
};

struct Past {
    bool arrived = false, outcome = false, withdraw_asked = false, ended = false;
};

class Checker {
  public:
    Checker(const Record& record, Findings& findings) : record_(record), findings_(findings) {}

    void walk(const std::filesystem::path& file) {
        const auto report = journal::verify(file);
        if (!report.ok()) fault("the chain does not verify: " + report.sentence());
        try {
            journal::for_each(file, 1, [&](const core::Event& event) {
                if (event.seq != state_.last_seq + 1) fault(fmt::format("a gap before event {}", event.seq));
                see(event);
                return true;
            });
        } catch (const std::exception& error) {
            fault(error.what());
        }
        findings_.events = state_.last_seq;
        findings_.open = state_.calls.size();
    }

    void compare() {
        for (const auto& [id, trace] : traces_) {
            if (!record_.issued.contains(id)) continue;  // the administrator's
            ++findings_.commands_found;
            if (trace.steps != 1)
                fault(fmt::format("a command has {} steps in the journal, from event {} to {}", trace.steps,
                                  trace.first_seq, trace.last_seq));
        }
        for (const auto& each : record_.acknowledged)
            check_acknowledged(each);
        for (const auto& [shown, devices] : record_.shown)
            check_shown(shown);
    }

  private:
    void fault(std::string what) {
        if (findings_.faults.size() < faults_max) findings_.faults.push_back(std::move(what));
    }

    void see(const core::Event& event) {
        auto& trace = traces_[event.command];
        if (event.command != core::CommandId{}) {
            if (trace.events++ == 0) trace.first_seq = event.seq;
            // A step's events stand together, and only its first has no cause.
            if (event.cause == 0)
                ++trace.steps;
            else if (trace.last_seq + 1 != event.seq)
                fault(fmt::format("event {} is not with its step", event.seq));
            trace.last_seq = event.seq;
        }
        const auto call = core::call_of(event);
        if (const auto* raised = get_if<core::CallRaised>(&event.fact)) {
            ++findings_.calls;
            trace.raised = true;
            if (state_.call_at.contains(raised->place))
                fault(fmt::format("event {} raises a second call in {}", event.seq, raised->place.value));
        }
        if (call) {
            // What follows from it may touch another call: an adult who is free again is offered that one. But a press that
            // first ends a call, because it was settled, is about the one that it raises.
            if (trace.call == 0 || holds_alternative<core::CallRaised>(event.fact)) trace.call = call->value;
            if (holds_alternative<core::CallAccepted>(event.fact) ||
                holds_alternative<core::HelperJoined>(event.fact))
                first_taken_.emplace(call->value, event.seq);
            kinds_[event.seq] = {call->value, app::call_event(event.fact)};
            check_call(event, *call);
        }
        core::apply(state_, event);
        check_invariants(event);
    }

    /// Closed at the door; nothing after the end; one owner at a time.
    void check_call(const core::Event& event, CallId id) {
        Past& past = past_[id];
        const auto say = [&](std::string_view what) {
            fault(fmt::format("event {} ({}) of call {}: {}", event.seq, journal::kind_of(event.fact), id.value, what));
        };
        if (past.ended) say("the call has ended already");
        if (holds_alternative<core::CallArrived>(event.fact)) past.arrived = true;
        if (holds_alternative<core::WithdrawAsked>(event.fact)) past.withdraw_asked = true;
        if (holds_alternative<core::WithdrawCancelled>(event.fact)) past.withdraw_asked = false;
        if (holds_alternative<core::CallSettled>(event.fact) ||
            holds_alternative<core::CallMoved>(event.fact) ||
            holds_alternative<core::CallHandedOver>(event.fact))
            past.outcome = true;
        if (const auto* accepted = get_if<core::CallAccepted>(&event.fact)) {
            const auto found = state_.calls.find(id);
            if (found != state_.calls.end() && found->second.owned() && !found->second.owner_late &&
                found->second.owner != accepted->person)
                say("it has an owner already");
        }
        if (holds_alternative<core::CallClosed>(event.fact)) {
            if (!past.arrived) say("nobody has arrived");
            if (!past.outcome) say("nobody has said how it went");
            past.ended = true;
            ++findings_.closed;
        }
        if (holds_alternative<core::CallWithdrawn>(event.fact)) {
            if (!past.withdraw_asked) say("the room has not said never mind");
            past.ended = true;
            ++findings_.withdrawn;
        }
    }

    /// No silence, at the end of each step: the next event begins another one.
    void check_invariants(const core::Event& event) {
        if (event.cause == 0) {
            if (silent_since_ != 0)
                fault(fmt::format("after event {} an open call has no deadline and no station", silent_since_));
        }
        silent_since_ = 0;
        for (const auto& [id, call] : state_.calls) {
            const bool armed = std::any_of(call.due.begin(), call.due.end(), [](core::Ms due) { return due != 0; });
            if (!armed && !call.station_called) silent_since_ = event.seq;
        }
    }

    void check_acknowledged(const Acknowledged& each) {
        const auto found = traces_.find(each.id);
        const std::string name(protocol::to_string(each.type));
        if (each.seq > state_.last_seq)
            return fault(fmt::format("{} was acknowledged at event {}, and the journal ends at {}", name, each.seq,
                                     state_.last_seq));
        if (found == traces_.end() || found->second.events == 0) {
            // Already so, nothing to store: right for a report that says what is known, never for a press.
            if (must_leave_a_trace(each))
                fault(fmt::format("{} was acknowledged at event {} and is not in the journal", name, each.seq));
            return;
        }
        if (found->second.last_seq != each.seq)
            fault(fmt::format("{} was acknowledged at event {} and is at {} to {} in the journal", name, each.seq,
                              found->second.first_seq, found->second.last_seq));
        if (each.call && found->second.call != *each.call)
            fault(fmt::format("{} was said to be call {} and is call {}", name, *each.call, found->second.call));
    }

    bool must_leave_a_trace(const Acknowledged& each) const {
        using enum MessageType;
        const MessageType type = each.type;
        // Whom the station has sent already may say so as well.
        if (type == accept_call) {
            const auto first = first_taken_.find(each.about);
            return first == first_taken_.end() || first->second > each.seq;
        }
        return type == raise_call || type == settle_call || type == move_call || type == close_call ||
               type == confirm_withdraw || type == look_in;
    }

    /// Several frames of one event carry the seq before it, all but the last.
    void check_shown(const Shown& shown) {
        for (const std::uint64_t seq : {shown.seq, shown.seq + 1}) {
            const auto found = kinds_.find(seq);
            if (found != kinds_.end() && found->second.first == shown.call && found->second.second == shown.event)
                return;
        }
        fault(fmt::format("a device was shown {} of call {} at event {}, and the journal has no such event",
                          protocol::to_string(shown.event), shown.call, shown.seq));
    }

    const Record& record_;
    Findings& findings_;
    core::State state_;
    std::map<core::CommandId, Trace> traces_;
    std::map<std::uint64_t, std::pair<std::uint64_t, std::optional<protocol::CallEvent>>> kinds_;
    std::map<std::uint64_t, std::uint64_t> first_taken_;  // call -> the first event by which an adult goes to it
    std::map<CallId, Past> past_;
    std::uint64_t silent_since_ = 0;
};

}  // namespace

Findings check_journal(const std::filesystem::path& file, const Record& record) {
    Findings findings;
    findings.faults = record.faults;
    Checker checker(record, findings);
    checker.walk(file);
    checker.compare();
    return findings;
}

}  // namespace attune::crash
