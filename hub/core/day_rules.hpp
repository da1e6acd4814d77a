// Small questions about the school day that deciding, reacting and the audience all ask. One place, so that they can't
// differ.
#pragma once

#include <optional>
#include <vector>

#include "hub/core/call_rules.hpp"
#include "hub/core/decide_rules.hpp"

namespace attune::core {

/// The instant by which so much time of school will have passed; nothing when no school day that is known ahead has it.
std::optional<Ms> in_school_time(const Rota& rota, Ms now, Ms ms);

/// In `ms` of school time; on a site without a timetable, or with none ahead, in `ms`.
inline Ms school_due(const Rota& rota, Ms now, Ms ms) { return in_school_time(rota, now, ms).value_or(now + ms); }

/// The timetable says that the children have gone: a site without one never knows.
inline bool school_is_over(const Rota& rota) { return rota.imported_at != 0 && !rota.today; }

/// This person's child, by the plan or as a stand-in for today.
inline bool is_theirs(const State& state, const PersonId& person, const ChildId& child) {
    const auto mine = state.rota.children_of.find(person);
    return mine != state.rota.children_of.end() && mine->second.contains(child) && state.directory.children.contains(child);
}

/// Teaches where this child is due, in that time.
bool teaches(const State& state, const PersonId& person, const ChildId& child, Ms from, Ms to);

/// Where a child's greeting or check-in goes next; `adult` empty: to every duty lead.
PersonId next_adult(const State& state, const ChildId& child, const PersonId& first, const std::set<PersonId>& passed, Ms now);

/// The school day that a note written now is for.
std::optional<SchoolDay> day_of_note(const State& state, Ms now);

/// What must follow for the day now that this event has been applied.
std::vector<Fact> react_day(const State& state, const Event& event);

/// What is due first of the day's deadlines, once its instant has come.
Facts day_overdue(const State& state, Ms late_by, Ms now);

}  // namespace attune::core
