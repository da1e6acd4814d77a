// Readiness and drills as data: what of the school's devices came through its test of the day, who is asked to go and look
// at what did not, and what is only practised. Plain data without behaviour, reached by applying events alone. Times are
// milliseconds on the hub's timeline (Ms); defaults of the deadlines are in Policy (model.hpp). One owner (State), one
// thread.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "hub/core/ids.hpp"

namespace attune::core {

/// Why a call is not a real one. drill: the whole way, as a real press would go; personal: one adult and one room; site:
/// a room's press while the whole school practises; test: the test of the day. Each ends by itself.
enum class Practice : std::uint8_t { none, drill, personal, site, test };

/// What proved a device today. came_back: a press went to the journal, sounded somewhere and came back to the room's
/// screen; tone_heard: its adult heard the handset's tone; sounded: a station sounded and a person heard it.
enum class Proof : std::uint8_t { came_back, tone_heard, sounded };
enum class NotReady : std::uint8_t { untested, not_through, silent };
enum class Excuse : std::uint8_t { not_used_today, being_repaired, replaced };
enum class SiteDrillEnd : std::uint8_t { everybody, time_over, ended, gave_way };

/// What is known of one device's tests and presses; 0: never.
struct ReadyMark {
    Ms proven_at = 0;
    Ms failed_at = 0;   // a test that did not come through
    Ms pressed_at = 0;  // the newest press from here, drills and tests included
    Ms testing_until = 0;  // a station: it sounds a test, and a person may say until then that they heard it
    Ms excused_at = 0;
    PersonId excused_by;
    Excuse excuse = Excuse::not_used_today;
    bool operator==(const ReadyMark&) const = default;
};

/// Something that is not ready, from when it is listed until it is proven or a person has let it be.
struct ReadyItem {
    NotReady why = NotReady::untested;
    Ms listed_at = 0;
    PersonId runner;    // who is asked to go and look; empty: nobody is on duty who could
    PersonId named_by;  // empty: chosen by who had least to do
    bool goes = false;  // they said so
    bool late = false;  // somebody was asked and it is not ready all the same
    Ms look_due = 0;    // the next one is asked then; 0 while nobody is
    std::set<PersonId> tried;
    bool operator==(const ReadyItem&) const = default;
};

/// The day whose tests count. list_due 0: no list on this day, or it is out already.
struct ReadyDay {
    Ms from = 0;
    Ms list_due = 0;
    Ms list_at = 0;  // when it was or will be due; 0: no school
    Ms bell = 0;     // the first lesson; a device that falls silent before it is listed again
    Ms to_due = 0;   // 0: over, and the next one has not begun
    bool listed = false;
    bool operator==(const ReadyDay&) const = default;
};

/// Every room once.
struct SiteDrill {
    PersonId by;
    Ms started_at = 0;
    Ms over_due = 0;
    std::set<PlaceId> pressed;  // came through
    bool operator==(const SiteDrill&) const = default;
};

/// list, day: of the day; look: of a device; drill: of a call; site: of the site's drill.
enum class ReadyDue : std::uint8_t { list, day, look, drill, site };

struct Readiness {
    ReadyDay day;
    std::map<DeviceId, ReadyMark> marks;
    std::map<DeviceId, ReadyItem> items;       // listed and not ready
    std::map<PersonId, Ms> pressed;            // adults who have pressed on a handset, drills included
    std::map<PersonId, std::uint32_t> looks;   // how often they were asked to look, today
    std::map<CallId, Ms> drills;               // open ones of all kinds, and when each ends by itself
    std::optional<SiteDrill> site_drill;
    bool operator==(const Readiness&) const = default;
};

}  // namespace attune::core
