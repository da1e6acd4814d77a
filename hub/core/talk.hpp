// Talk time: a child asks for an adult, and the promise that follows until it is kept. Plain data, reached by applying
// events. What is said is never here: no text, no reason, only that a talk was asked for, promised and kept.
//
// Of every open talk one of these is true: a deadline is armed, or a support call goes on in its place.
#pragma once

#include <set>
#include <vector>

#include "hub/core/ids.hpp"

namespace attune::core {

/// What the child chose on the kiosk. `hello` and `speak` go the same way at every step, so that nobody who watches can
/// tell them apart; `urgent` becomes a support call at once.
enum class TalkSymbol : std::uint8_t { hello, speak, urgent };
enum class TalkWhen : std::uint8_t { now, today, soon };
/// `calling`: a support call goes on in its place. `missed`: an apology and a new offer are owed.
enum class TalkRung : std::uint8_t { asked, received, offered, agreed, met, missed, calling };
enum class TalkFeedback : std::uint8_t { heard, not_really, someone_else };
enum class TalkPass : std::uint8_t { someone_else, cannot, no_offer, off_duty };
enum class TalkEnd : std::uint8_t { met, call_ended, asked_anew, child_left };

struct Talk {
    TalkId id;
    ChildId child;
    PlaceId place;    // where the kiosk stands
    DeviceId kiosk;
    PersonId chosen;  // whom the child asked for; may be empty
    TalkSymbol symbol = TalkSymbol::speak;
    TalkWhen when = TalkWhen::soon;
    Ms asked_at = 0;

    PersonId adult;        // with whom it is now; empty: with every duty lead, or with the call
    bool at_lead = false;  // the end of the chain
    std::set<PersonId> passed;    // were asked and are not any more; nobody is told why
    std::set<PersonId> unwanted;  // the child asked for someone else: not even as duty lead
    Ms meet_at = 0;               // of the offer
    PlaceId meet_place;
    bool owed = false;  // a promise was missed: whoever offers next says sorry first
    bool dsl = false;   // a pointer waits for the safeguarding lead; what was said is not here
    CallId call;        // zero: none
    std::uint32_t reminders = 0;  // counts up when a handset should sound for it again
    TalkRung rung = TalkRung::asked;
    Ms rung_at = 0;
    Ms due = 0;  // 0: the call has the deadlines
    bool operator==(const Talk&) const = default;

    bool unanswered() const { return rung == TalkRung::asked || rung == TalkRung::received || rung == TalkRung::missed; }
    bool promised() const { return rung == TalkRung::offered || rung == TalkRung::agreed; }
};

inline constexpr Ms talk_ahead_ms_max = 604'800'000;      // an offer is for within a week
inline constexpr Ms talk_owed_ahead_ms_max = 28'800'000;  // after a missed one: for the same day

}  // namespace attune::core
