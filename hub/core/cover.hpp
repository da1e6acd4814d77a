// Whether a child has somebody: an adult in the child's order, or one named to stand in, who is free or whom the plan
// lets us fetch. Pure functions of the state; what follows from them is follow_cover().
#pragma once

#include "hub/core/state.hpp"

namespace attune::core {

/// From where the state of an adult is known.
enum class Source : std::uint8_t { declared, timetable, evidence };

/// The state of an adult with where it is known from, since when that is so, and until when it goes on.
struct Standing {
    Availability state = Availability::signed_out;
    Source why = Source::evidence;
    Ms known_at = 0;  // 0: nothing was ever heard
    Ms until = 0;     // 0: open
    PlaceId place;    // where the timetable or the directory has them; may be empty
    bool operator==(const Standing&) const = default;
};
Standing standing(const State& state, const PersonId& person, Ms now);

/// May be fetched out of a lesson for this child.
bool interruptible(const ChildPlan& plan, const PersonId& person);

/// Real calls that this adult has taken or joined today: since the school day began, and never longer ago than 12 h.
std::uint32_t carried_today(const State& state, const PersonId& person, Ms now);

struct Cover {
    PersonId by;       // the first in the child's order who can come; empty: nobody
    bool swap = false;  // a person has named them
    Ms gap_from = 0;   // nobody from then on; `now` or before it: nobody now; 0: none in sight
    bool operator==(const Cover&) const = default;
};
/// Outside of school nobody is looked for: no gap.
Cover cover_of(const State& state, const ChildId& child, Ms now);

/// Gaps that this event opens, moves or closes. Only children whom the event concerns are looked at.
std::vector<Fact> follow_cover(const State& state, const Event& event);

/// Who is told of gaps: handsets of signed-in duty leads, and leaders with a role that sees children.
bool sees_gaps(const State& state, const Device& device);
bool sees_gaps(const Person& leader);

}  // namespace attune::core
