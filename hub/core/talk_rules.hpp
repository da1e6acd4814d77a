// Small questions about one talk that deciding, reacting and the audience all ask. One place, so that they can't differ.
#pragma once

#include <algorithm>

#include "hub/core/call_rules.hpp"
#include "hub/core/step.hpp"

namespace attune::core {

/// Where a talk goes next: to one adult, or, when none of the child's own is here, to every duty lead.
struct TalkGoesTo {
    PersonId adult;
    bool at_lead = false;
};

/// On no handset, or not in school by the timetable: nothing is asked of them, and what they had not answered goes on.
inline bool is_away(Availability is) { return is == Availability::signed_out || is == Availability::absent; }

/// On a handset that can be reached. Busy is no hindrance: a talk is for later, and an offer is two taps.
inline bool talk_reaches(const State& state, const PersonId& person, Ms now) {
    const Availability is = availability(state, person, now);
    return !is_away(is) && is != Availability::unreachable;
}

/// The adult the child chose, then the child's own order, then whoever leads. Never nobody: who leads is asked even when
/// no lead is here, and then its deadline ends in a call.
TalkGoesTo next_for(const State& state, const Talk& talk, Ms now);

/// A duty lead to whom a talk at the end of its chain is shown.
bool leads_for(const State& state, const Talk& talk, const PersonId& person);

/// Somebody's handset could show it now.
bool talk_reaches_somebody(const State& state, const Talk& talk, Ms now);

/// The child's newest talk, while it is open.
inline const Talk* talk_of(const State& state, const ChildId& child) {
    const auto id = state.talk_of.find(child);
    if (id == state.talk_of.end()) return nullptr;
    const auto talk = state.talks.find(id->second);
    return talk == state.talks.end() ? nullptr : &talk->second;
}

/// What must follow for talks now that this event has been applied.
std::vector<Fact> react_talk(const State& state, const Event& event);

/// What falls due for a talk: the promise goes on to somebody else, or becomes a call; never into nothing.
std::vector<Fact> talk_overdue(const State& state, const Talk& talk, Ms now);

}  // namespace attune::core
