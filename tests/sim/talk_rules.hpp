// Talk time followed by its events alone: the story of each talk told a second time, and after each event and step the
// promises that it must keep. Pure; throws Violation.
#pragma once

#include <map>
#include <vector>

#include "hub/core/state.hpp"

namespace attune::sim {

/// What is known of one open talk from its events, and not from the core's own fold.
struct TalkStory {
    core::ChildId child;
    core::PersonId adult;
    bool lead = false, shown = false, offered = false, agreed = false, met = false, missed = false, pointer = false, unwanted_lead = false;
    core::CallId call;
    std::set<core::PersonId> unwanted;
    core::Ms unanswered_since = 0;  // asked, missed or handed on by a person, and no time offered; 0: offered
    std::size_t hops_at = 0;        // adults who had it before that
    std::size_t hops = 0;
};

class TalkAuditor {
public:
    /// After the event was folded into `state`; `judge` false after a crash.
    void event(const core::State& state, const core::Event& event, bool judge);
    void step_ended(const core::State& state, const std::vector<core::Event>& step) const;
    /// All that was due by now has happened.
    void punctual(const core::State& state, core::Ms now) const;

private:
    friend struct TalkFold;
    std::map<core::TalkId, TalkStory> stories_;
};

}  // namespace attune::sim
