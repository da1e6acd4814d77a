// What a site is made of: people, places, plans, the policy, devices and calls. Plain data without behaviour;
// every field of it is reached by applying events, and by nothing else. Defaults come from the lifecycles' table.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hub/core/flat_map.hpp"
#include "hub/core/ids.hpp"
#include "hub/core/visit.hpp"
#include "hub/core/timetable.hpp"
#include "hub/core/readiness.hpp"

namespace attune::core {

enum class Role : std::uint8_t { teacher, responder, calm_space, duty_lead, office, dsl, senco, head, admin };
enum class PlaceKind : std::uint8_t { room, calm_space, office, hall, outside, corridor };

struct Person {
    PersonId id;
    std::string name;
    std::string short_name;
    std::vector<Role> roles;
    PlaceId base;  // where they usually are; may be empty
    bool operator==(const Person&) const = default;
};

struct Place {
    PlaceId id;
    std::string name;
    PlaceKind kind = PlaceKind::room;
    std::string zone;        // places of one zone are near each other
    std::string route_hint;  // how to get there
    std::string extension;   // telephone
    std::uint32_t capacity = 0;  // a calm space: how many visitors; 0: not said, which is 1
    bool operator==(const Place&) const = default;
};

/// A child with a plan: who may come, in the child's order, and what helps. Never the history.
struct ChildPlan {
    ChildId id;
    std::string initials;
    std::vector<PlaceId> places;   // rooms where the child is due
    std::vector<PersonId> adults;  // the first is the named adult, then the alternates this child accepts
    std::vector<std::string> helps;  // at most three lines, the child's own words first
    std::string about;
    bool interruptible = false;  // these adults may be fetched out of a lesson for this child
    bool operator==(const ChildPlan&) const = default;
};

/// Whom a tier asks. Every tier after which nobody is left ends at the station.
enum class Group : std::uint8_t { named_adult, alternates, nearest, responders, calm_space, duty_lead, everyone, station };

struct Tier {
    std::vector<Group> who;
    Ms accept_ms = 60'000;  // how long this tier has before the next one joins in
    bool operator==(const Tier&) const = default;
};

struct LevelPolicy {
    std::vector<Tier> tiers;  // relationship first; the last one is always the station
    Ms arrive_ms = 300'000;   // accepted to arrived
    bool operator==(const LevelPolicy&) const = default;
};

/// Levels are 1 (support please), 2 (support now), 3 (everyone available); levels[0] is level 1.
struct Policy {
    std::uint64_t version = 0;
    std::array<LevelPolicy, 3> levels;
    Ms ring_ms = 3'000;            // offered to first handset sounding, then the next tier joins in
    Ms ring_again_ms = 2'000;      // still nothing sounds: the tier after it
    Ms not_delivered_ms = 5'000;   // raised and nothing has sounded: the room is told how else to get help
    Ms resound_ms = 10'000;        // open and unowned: sounds again
    Ms same_press_ms = 3'000;      // the same control again within this is the same press
    Ms support_check_ms = 900'000;    // still with them?
    Ms recover_ms = 600'000;          // after an urgent call
    Ms break_max_ms = 7'200'000;
    // calm spaces and visits
    Ms visit_answer_ms = 120'000;    // a child's card asked for a break: an adult offers one, or a call is raised
    Ms visit_choose_ms = 600'000;    // an offer stands so long
    Ms visit_arrive_ms = 180'000;    // on the way there, and not arrived: the duty lead is called
    Ms visit_back_ms = 180'000;      // on the way back, the same
    Ms adult_away_ms = 5'000;        // visitors and no adult: the alarm
    Ms visit_review_ms = 300'000;    // they could not leave: asked again
    Ms record_draft_ms = 21'600'000;  // the written record is due the same day
    std::array<Ms, 3> stay_ms{900'000, 1'800'000, 3'600'000};  // long-stay prompts, from the arrival; then at the last interval again
    Ms talk_offer_ms = 900'000;    // asked for or missed, and nobody has offered a time: the next adult
    Ms talk_missed_ms = 600'000;   // past the promised time and not met: missed
    Ms talk_close_ms = 43'200'000; // met, and the child may still say how it was
    // the school day
    Ms greet_ms = 900'000;           // after the day's first bell: those who are not greeted go to an adult, and so on
    Ms checkin_missed_ms = 900'000;  // of school time past its time and not kept: the next adult
    Ms visit_left_ms = 1'800'000;    // a visit that was left open after school: said again, and not more often
    Ms ready_before_ms = 1'800'000;  // what is not ready is listed so long before the first lesson
    Ms ready_look_ms = 600'000;      // somebody was asked to look, and it is not ready: the next one is asked
    Ms drill_ms = 120'000;           // a drill ends by itself
    Ms test_ms = 30'000;             // a test of the day that has not come back by then did not come through
    Ms site_drill_ms = 1'200'000;    // every room once
    bool owes = false;               // closed calls of level 2 and 3 leave follow-ups; a school that was imported before there were any has none
    bool operator==(const Policy&) const = default;
};

struct Site {
    std::string name;
    std::string help;  // how else to get help, in one sentence
    bool example = false;
    bool operator==(const Site&) const = default;
};

struct Directory {
    Site site;
    Policy policy;
    std::map<PersonId, Person> people;
    std::map<PlaceId, Place> places;
    std::map<ChildId, ChildPlan> children;
    bool operator==(const Directory&) const = default;
};

enum class DeviceKind : std::uint8_t { room, handset, station, calm_space, kiosk, board };
enum class Health : std::uint8_t { never_seen, healthy, degraded, silent, revoked };
/// What a second person said of an enrolment. `alone`: none was asked for (the example school, or the hub's first accounts
/// were not open yet); `unasked`: it is older than the question.
enum class Approval : std::uint8_t { unasked, waiting, given, alone };
enum class Fault : std::uint8_t { hidden, sound_locked, screen_may_sleep, battery_low, not_proven, no_button };

struct Device {
    DeviceId id;
    DeviceKind kind = DeviceKind::room;
    std::string label;
    PlaceId place;        // rooms and stations
    PersonId for_person;  // a handset made ready for one person; may be empty
    Digest credential{};
    Health health = Health::never_seen;
    Ms health_since = 0;
    std::set<Fault> faults;
    PersonId signed_in;  // empty: nobody
    Digest session{};    // digest of the secret that keeps the handset unlocked
    bool locked = true;
    bool proven = false;  // a duty was started on it and its tone was heard
    Ms pin_until = 0;     // for_person may choose a PIN here until then
    std::uint32_t pin_failures = 0;  // wrong PINs given here since the last right one, whoever's
    Ms pin_retry_at = 0;
    std::uint64_t sign_in_seq = 0;  // seq of the last event that changed what it may see: replay does not cross it
    Approval approval = Approval::unasked;
    Ms waiting_until = 0;  // while it waits: it sees nothing and can do nothing
    PersonId made_by;      // whose code it was; empty: made on the hub itself
    PersonId approved_by;
    bool corridor = false;  // a board that everybody passes: it names no child
    bool operator==(const Device&) const = default;
};

/// A one-time code that has not been used yet, or that was used by exactly one credential.
struct Enrolment {
    DeviceKind kind = DeviceKind::room;
    PlaceId place;
    PersonId person;
    Ms expires_at = 0;
    DeviceId device;   // set once used
    PersonId made_by;  // empty: on the hub itself
    bool corridor = false;
    bool operator==(const Enrolment&) const = default;
};

enum class Declared : std::uint8_t { free, with_child, on_break, recovering };
/// Worst first would be unreachable; see availability().
enum class Availability : std::uint8_t { signed_out, free, with_child, on_break, recovering, unreachable, teaching, absent };

/// What a person said of themself, and the handset they are on.
struct Duty {
    DeviceId device;  // empty: signed out
    Declared declared = Declared::free;
    Ms until = 0;  // of a break or a recovery
    Ms since = 0;
    std::uint32_t calls_owned = 0;
    std::string pin;  // argon2id string; empty: none chosen yet
    std::uint32_t pin_failures = 0;  // since the last success
    Ms pin_retry_at = 0;
    std::uint32_t carried = 0;  // real calls taken or joined on the day of the last one
    Ms carried_at = 0;          // when that was
    bool operator==(const Duty&) const = default;
};

enum class Rung : std::uint8_t { received, ringing, not_delivered, coming, here, settled, closed, withdrawn };
enum class Outcome : std::uint8_t { none, settled, moved, handed_over };
enum class Note : std::uint8_t { medical, two_adults, has_left_room };
enum class Need : std::uint8_t { too_loud, too_hard, hungry_or_tired, worried, friendship, change_of_plan, not_heard, unwell, not_sure };

struct Offer {
    std::uint32_t tier = 0;  // from 1
    bool alerted = false;
    bool declined = false;
    bool operator==(const Offer&) const = default;
};

/// Each call has at most one deadline of each kind; 0 means not armed.
enum class Deadline : std::uint8_t { ring, accept, arrive, resound, support };
inline constexpr std::size_t deadline_kinds = 5;

struct Call {
    CallId id;
    PlaceId place;
    DeviceId raised_by;
    PersonId raised_by_person;  // when raised from a handset
    std::uint32_t level = 1;
    bool drill = false;
    Ms raised_at = 0;
    Ms last_press_at = 0;
    std::uint64_t policy_version = 0;
    std::array<LevelPolicy, 3> policy;  // snapshotted when it was raised
    ChildId child;                      // empty until chosen
    std::set<Note> notes;

    std::uint32_t tier = 0;  // the last tier offered, from 1; levels' tiers are walked anew when the level rises
    FlatMap<PersonId, Offer> offers;
    bool station_called = false;
    std::set<DeviceId> alerted;  // devices that said they sounded it
    bool undelivered = false;
    Ms quiet_since = 0;  // unowned, and nothing sounds for it, since then; 0: owned, or something does
    std::uint32_t sounds = 0;

    PersonId owner;
    DeviceId owner_device;  // the handset it was accepted on; empty when a station said who goes
    bool owner_late = false;
    bool on_way = false;
    std::set<PersonId> helpers;
    bool helper_wanted = false;

    bool withdraw_asked = false;
    bool support_check_due = false;
    bool arrived = false;
    Outcome outcome = Outcome::none;
    PlaceId moved_to;
    Rung rung = Rung::received;
    Ms rung_at = 0;
    std::array<Ms, deadline_kinds> due{};
    CallWhy why = CallWhy::pressed;
    PlaceId why_from;  // of a visit that did not arrive: where it set out
    TalkId talk;  // raised for a child who asked at a kiosk: no room is its raiser, and no shared screen sees for whom
    Practice practice = Practice::none;  // a drill: of which kind
    PersonId with;                       // a personal drill: the one adult who is asked
    bool operator==(const Call&) const = default;

    bool open() const { return rung != Rung::closed && rung != Rung::withdrawn; }
    bool owned() const { return !owner.empty(); }
    bool from_talk() const { return talk.value != 0; }
};

}  // namespace attune::core
