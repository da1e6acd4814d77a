// What has happened, in the past tense. Events are the only thing that is stored and the only thing that changes the
// state; each carries all that apply() needs, so that replay asks nobody. A field `..._due` is a deadline that the
// event arms: stored with it, so that a restart arms it again. Times are on the hub's timeline (see Ms).
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <boost/variant2/variant.hpp>

#include "hub/core/account.hpp"
#include "hub/core/model.hpp"
#include "hub/core/one_of.hpp"
#include "hub/core/supply.hpp"
#include "hub/core/day.hpp"
#include "hub/core/followup.hpp"
#include "hub/core/talk.hpp"

namespace attune::core {

// -- the site's directory (one import is many of these in one transaction)
struct SiteSet { Site site; };
struct PolicySet { Policy policy; };
struct PersonSet { Person person; };
struct PersonRemoved { PersonId person; };
struct PlaceSet { Place place; };
struct PlaceRemoved { PlaceId place; };
struct ChildSet { ChildPlan child; };
struct ChildRemoved { ChildId child; };

// -- the hub itself
struct HubStarted { std::string version; };

// -- devices and people
struct EnrolmentOffered { Digest code; Enrolment enrolment; };
struct DeviceEnrolled { Digest code; Device device; };
struct DeviceRenamed { DeviceId device; std::string label; };
struct DeviceRevoked { DeviceId device; };
struct DeviceHealthChanged { DeviceId device; Health health; std::set<Fault> faults; };
struct DeviceApproved { DeviceId device; PersonId by; Ms pin_until; };
struct DeviceRefused { DeviceId device; PersonId by; };  // by nobody: on the hub itself
struct EnrolmentLapsed { DeviceId device; Ms late_by; };  // nobody approved it in time
struct PinSet { PersonId person; std::string pin; };
struct PinFailed { PersonId person; DeviceId device; std::uint32_t failures; Ms retry_at; std::uint32_t device_failures; Ms device_retry_at; };
struct SignedIn { PersonId person; DeviceId device; Digest session; };
struct SignedOut { PersonId person; DeviceId device; };
struct HandsetLocked { DeviceId device; };
struct HandsetProven { DeviceId device; PersonId person; bool heard; bool vibrated; };
struct AvailabilityDeclared { PersonId person; Declared declared; Ms until; };
struct AvailabilityLapsed { PersonId person; Ms late_by; };  // a break or a recovery is over

// -- leaders
struct LeaderInvited { Digest code; Invitation invitation; };
struct AccountOpened { Digest code; PersonId person; Account account; };
struct AccountClosed { PersonId person; };
/// `who` names the staff id as it was typed, `from` the address: digests, since neither need be one of ours.
struct LeaderSignedIn { PersonId person; Digest who; Digest session; std::int64_t totp_step; Digest recovery; Ms idle_due; Ms ends_at; };
struct LeaderSignInFailed { Digest who; Digest from; PersonId person; std::uint32_t failures; Ms retry_at; std::uint32_t from_failures; Ms from_retry_at; };
struct LeaderKept { Digest session; Ms idle_due; };  // a person is still there
enum class SessionEnd : std::uint8_t { signed_out, idle, too_old, ended_for_them, role_lost, replaced, account_closed };
struct LeaderSessionEnded { PersonId person; Digest session; SessionEnd why; Ms late_by; };

// -- a support call
struct CallRaised { PlaceId place; DeviceId device; PersonId person; std::uint32_t level; bool drill; Ms pressed_at; std::uint64_t policy_version; Ms resound_due; TalkId talk{}; ChildId child{}; Practice practice = Practice::none; Ms drill_due = 0; PersonId with{}; };  // talk and child: from a kiosk; the last three: of a drill
struct LevelRaised { CallId call; std::uint32_t level; };
/// The same control again within the policy's same_press_ms, or a lower one: logged, changes nothing but the press's time.
struct PressRepeated { CallId call; std::uint32_t level; };
struct ChildChosen { CallId call; ChildId child; };
struct NoteAdded { CallId call; Note note; };
struct CallOffered { CallId call; std::uint32_t tier; std::vector<PersonId> to; Ms ring_due; Ms accept_due; Ms resound_due; };  // a due of 0 leaves it as it is
struct StationCalled { CallId call; std::uint32_t tier; Ms ring_due; Ms resound_due; };
struct CallAlerted { CallId call; DeviceId device; PersonId person; };
struct CallDeclined { CallId call; PersonId person; };
struct RingOverdue { CallId call; std::uint32_t tier; Ms late_by; Ms ring_due; };  // ring_due 0: the last rung has been reached
struct TierOverdue { CallId call; std::uint32_t tier; Ms late_by; };
struct CallUndelivered { CallId call; };  // nothing has rung for it, or nothing alive can; ended by the next CallAlerted
struct CallAccepted { CallId call; PersonId person; DeviceId device; bool on_way; Ms arrive_due; };
struct OwnerOnWay { CallId call; };
struct HelperAsked { CallId call; PersonId person; };
struct HelperJoined { CallId call; PersonId person; };
enum class Reopened : std::uint8_t { handset_silent, handset_revoked, owner_signed_out, owner_declined };
struct CallReopened { CallId call; PersonId person; Reopened why; Ms resound_due; };
struct ArrivalOverdue { CallId call; Ms late_by; };
enum class Evidence : std::uint8_t { responder_tap, raiser_tap };
struct CallArrived { CallId call; PersonId person; Evidence evidence; Ms support_due; };
struct SupportCheckDue { CallId call; Ms late_by; Ms support_due; };
struct SupportConfirmed { CallId call; PersonId person; Ms support_due; };
struct CallSettled { CallId call; };
struct CallMoved { CallId call; PlaceId place; };
struct CallHandedOver { CallId call; PersonId to; };
struct CallClosed { CallId call; PersonId person; std::vector<std::uint32_t> helped; std::vector<Need> needs; std::vector<PersonId> freed; };  // person empty: by the room's next press after it was settled
struct WithdrawAsked { CallId call; };
struct WithdrawCancelled { CallId call; };
/// A drill also ends when a real press comes from its place: real beats drill.
enum class Withdrawal : std::uint8_t { room_confirmed, looked_in, drill_gave_way, drill_over, test_done, test_not_through };
struct CallWithdrawn { CallId call; Withdrawal how; PersonId person; std::vector<PersonId> freed; };
struct CallSoundedAgain { CallId call; Ms late_by; Ms resound_due; };

// -- calm spaces and visits
struct SpaceOpened { PlaceId place; PersonId person; DeviceId device; };  // an adult is there; the device proves it
struct SpaceAdultGone { PlaceId place; PersonId person; AdultGone why; };
struct SpaceUseChanged { PlaceId place; bool out_of_use; OutOfUse reason; };
/// Visitors and no adult: from here to UnattendedEnded is in the record for good.
struct UnattendedOpened { PlaceId place; std::vector<VisitId> visits; Ms alarm_due; };
struct UnattendedAlarm { PlaceId place; Ms late_by; };
struct UnattendedEnded { PlaceId place; std::vector<VisitId> visits; Ms lasted_ms; };
struct SpaceOverfull { PlaceId place; std::uint32_t here; std::uint32_t capacity; };
struct VisitAsked { PlaceId space; PlaceId from; VisitAsker by; ChildId child; PersonId with; CallId of_call; Ms answer_due; };
struct VisitAskOverdue { VisitId visit; Ms late_by; };
struct VisitOffered { VisitId visit; PlaceId space; Ms choose_due; };
struct VisitChosen { VisitId visit; };
struct VisitSetOut { VisitId visit; Company company; PersonId with; Ms arrive_due; };
struct VisitNotArrived { VisitId visit; Ms late_by; };
struct VisitArrived { VisitId visit; PersonId person; bool can_leave; Ms stay_due; };
struct VisitReviewed { VisitId visit; PersonId person; bool can_leave; };
struct VisitLongStay { VisitId visit; std::uint32_t minutes; Ms late_by; Ms stay_due; };
struct VisitReady { VisitId visit; WelcomeWord say; };
struct VisitReturning { VisitId visit; Company company; PersonId with; Ms welcome_due; };
struct VisitNotBack { VisitId visit; Ms late_by; };
struct VisitEnded { VisitId visit; VisitEnd how; Ms late_by; };
/// Why a call was raised although nobody pressed; `tiers`, if any, are whom it asks instead of the policy's.
struct CallExplained { CallId call; CallWhy why; VisitId visit; PlaceId from; std::vector<Tier> tiers; };
struct InterventionOpened { PlaceId place; VisitId visit; ChildId child; PersonId person; Ms review_due; Ms draft_due; };
struct InterventionReviewDue { RecordId record; Ms late_by; Ms review_due; };
struct InterventionReviewed { RecordId record; PersonId person; Ms review_due; };
struct InterventionEnded { RecordId record; PersonId person; Ms lasted_ms; };
struct InterventionDraftOverdue { RecordId record; Ms late_by; };

// -- talk time
struct CardIssued { ChildId child; Digest card; };  // the child's older card opens nothing any more
struct TalkAsked { ChildId child; DeviceId device; PlaceId place; PersonId chosen; TalkSymbol symbol; TalkWhen when; Ms offer_due; bool someone_else; };
struct TalkGiven { TalkId talk; PersonId adult; bool at_lead; Ms offer_due; };  // whose it is to answer now
struct TalkShown { TalkId talk; PersonId person; DeviceId device; };            // they know: their handset has shown it
struct TalkOffered { TalkId talk; PersonId person; Ms at; PlaceId place; Ms missed_due; };
struct TalkAgreed { TalkId talk; };
struct TalkMet { TalkId talk; PersonId person; Ms close_due; };
struct TalkRated { TalkId talk; TalkFeedback feedback; };
struct TalkPassed { TalkId talk; PersonId person; TalkPass why; Ms late_by; };
struct TalkMissed { TalkId talk; Ms late_by; Ms offer_due; };
struct TalkUnanswered { TalkId talk; Ms late_by; };  // nobody of the chain: a call is raised in the same step
struct TalkTakenBack { TalkId talk; };
struct TalkHandedToDsl { TalkId talk; PersonId person; Ms again_due; };  // a pointer: never what was said
struct TalkPointerWaits { TalkId talk; Ms late_by; Ms again_due; };
struct TalkPointerTaken { TalkId talk; PersonId person; };
struct TalkClosed { TalkId talk; TalkEnd why; };

// -- where adults are due, and whether each child has somebody
struct TimetableSet { PersonId person; std::vector<Slot> slots; };  // none: the timetable knows them no more
struct SchoolDaysSet { std::vector<SchoolDay> days; };
struct TimetableImported { Ms bell_due; };  // the last of an import; bell_due 0: nothing is ahead
struct TimetableImportFailed { std::string file; std::uint64_t line; std::string what; };  // the last good one goes on
struct BellRang { Ms late_by; Ms bell_due; };  // the rota is looked at as of now
struct CoverageGapOpened { ChildId child; Ms from; };  // nobody from then on; also when an open gap moves
enum class GapEnd : std::uint8_t { adult, swap, plan_gone, day_over };
struct CoverageGapClosed { ChildId child; std::uint64_t gap; GapEnd how; PersonId by; };  // by: who can come, or was named
struct SwapNamed { ChildId child; PersonId person; PersonId by; Ms until; };

// -- adults for today
struct SupplyAdded { Person person; PersonId covers; PersonId by; Ms until; };
struct SupplyStays { PersonId person; Ms late_by; Ms until; };  // with a child when the day ended: not signed out there
struct SupplyEnded { PersonId person; SupplyEnd why; PersonId by; Ms late_by; };

// -- the school day: greetings, check-ins, today's notes
struct CheckinsPlanned { ChildId child; std::vector<PlannedCheckin> times; };  // none: the files know of none any more
/// Every child on a plan is not greeted yet. Check-ins planned from `checkins_from` on belong to this day.
struct DayBegan { Ms from; Ms to; Ms greet_due; Ms checkins_from; };
struct DayEnded {};
struct ChildGreeted { ChildId child; PersonId person; };
struct ChildNotIn { ChildId child; PersonId person; };
struct GreetingTakenBack { ChildId child; PersonId person; };  // a slip of the finger
struct GreetingsOverdue { Ms late_by; };  // each that is left goes to an adult in the same step
struct GreetingGiven { ChildId child; PersonId adult; Ms due; };  // adult empty: to every duty lead
struct GreetingPassed { ChildId child; PersonId person; Ms late_by; };
struct DoorTaken { PersonId person; };
struct DoorLeft { PersonId person; };
struct CheckinOpened { ChildId child; Ms at; PersonId adult; };
struct CheckinDue { CheckinId checkin; Ms late_by; };
struct CheckinGiven { CheckinId checkin; PersonId adult; Ms due; bool anew; };  // adult empty: to every duty lead; again: they are reminded
struct CheckinMissed { CheckinId checkin; PersonId person; CheckinMiss why; Ms late_by; };
struct CheckinMoved { CheckinId checkin; PersonId person; Ms at; };
struct CheckinKept { CheckinId checkin; PersonId person; };
struct CheckinEnded { CheckinId checkin; CheckinEnd why; PersonId person; };
struct CheckinReopened { CheckinId checkin; };  // they have come after all
struct NoteWritten { ChildId child; PersonId by; SealedText sealed; Ms from; Ms until; };
struct NoteEnded { NoteId note; NoteEnd how; Ms late_by; };
/// School is over and the visit is not: said to whoever leads and on the station, and again at `stay_due`, until a person
/// ends it. No call: mostly the child has gone home.
struct VisitLeftOpen { VisitId visit; Ms late_by; Ms stay_due; };

// -- readiness and drills
struct ReadyDayBegan { Ms from; Ms list_due; Ms bell; Ms to_due; };  // tests count from `from` on; list_due 0: no school
struct ReadyDayEnded { Ms late_by; };
struct ReadyListed { Ms late_by; };  // from here on whatever is not ready is somebody's
struct DeviceNotReady { DeviceId device; NotReady why; };
struct RunnerNamed { DeviceId device; PersonId person; PersonId by; Ms look_due; };  // person empty: nobody; by empty: chosen
struct RunnerGoes { DeviceId device; PersonId person; };
struct RunnerOverdue { DeviceId device; Ms late_by; };
struct DeviceProven { DeviceId device; Proof how; PersonId person; };
struct TestNotThrough { DeviceId device; };
struct StationTested { DeviceId device; Ms until; };  // it sounds, and a person says whether they heard it
struct DeviceExcused { DeviceId device; PersonId person; Excuse why; };
struct SiteDrillStarted { PersonId by; Ms over_due; };
struct SiteDrillEnded { SiteDrillEnd how; PersonId by; std::uint32_t pressed; std::uint32_t rooms; Ms late_by; };

// -- what is owed after a call
struct FollowupOpened { FollowupKind kind; CallId of_call; ChildId child; PersonId owner; PersonId with; std::uint32_t parent; Ms owed_due; };  // owner empty: whoever leads
struct FollowupScheduled { FollowupId followup; PersonId person; Ms at; Ms owed_by; Ms owed_due; };  // owed_by: the promise, owed_due: when it is looked at next
struct FollowupNotReady { FollowupId followup; PersonId person; NotReadyWho who; Ms ask_due; };  // nothing is owed until then
struct FollowupAskedAgain { FollowupId followup; Ms late_by; Ms owed_due; };
struct FollowupDeclined { FollowupId followup; PersonId person; Alternative alternative; Ms owed_due; };  // another way is offered
struct FollowupUnneeded { FollowupId followup; PersonId person; NotNeededWhy why; Ms owed_due; };  // a second person has to say so, too
struct FollowupPassed { FollowupId followup; PersonId from; PersonId to; FollowupPass why; };
struct FollowupOverdue { FollowupId followup; Ms late_by; Ms again_due; };
struct FollowupEscalated { FollowupId followup; Ms late_by; Ms again_due; };  // whoever leads is told, once a day
struct FollowupKept { FollowupId followup; PersonId person; Mended conflict; Mended harm; Changes change; Channel channel; };
struct FollowupEnded { FollowupId followup; FollowupEnd how; PersonId person; };

using FactKinds = boost::variant2::variant<
    SiteSet, PolicySet, PersonSet, PersonRemoved, PlaceSet, PlaceRemoved, ChildSet, ChildRemoved, HubStarted,
    EnrolmentOffered, DeviceEnrolled, DeviceRenamed, DeviceRevoked, DeviceHealthChanged, PinSet, PinFailed, SignedIn,
    SignedOut, HandsetLocked, HandsetProven, AvailabilityDeclared, AvailabilityLapsed,
    DeviceApproved, DeviceRefused, EnrolmentLapsed, LeaderInvited, AccountOpened, AccountClosed, LeaderSignedIn,
    LeaderSignInFailed, LeaderKept, LeaderSessionEnded,
    CallRaised, LevelRaised, PressRepeated, ChildChosen, NoteAdded, CallOffered, StationCalled, CallAlerted, CallDeclined,
    RingOverdue, TierOverdue, CallUndelivered, CallAccepted, OwnerOnWay, HelperAsked, HelperJoined,
    CallReopened, ArrivalOverdue, CallArrived, SupportCheckDue, SupportConfirmed, CallSettled, CallMoved, CallHandedOver,
    CallClosed, WithdrawAsked, WithdrawCancelled, CallWithdrawn, CallSoundedAgain,
    SpaceOpened, SpaceAdultGone, SpaceUseChanged, UnattendedOpened, UnattendedAlarm, UnattendedEnded, SpaceOverfull,
    VisitAsked, VisitAskOverdue, VisitOffered, VisitChosen, VisitSetOut, VisitNotArrived, VisitArrived, VisitReviewed,
    VisitLongStay, VisitReady, VisitReturning, VisitNotBack, VisitEnded, CallExplained, InterventionOpened,
    InterventionReviewDue, InterventionReviewed, InterventionEnded, InterventionDraftOverdue,
    CardIssued, TalkAsked, TalkGiven, TalkShown, TalkOffered, TalkAgreed, TalkMet, TalkRated, TalkPassed, TalkMissed,
    TalkUnanswered, TalkTakenBack, TalkHandedToDsl, TalkPointerWaits, TalkPointerTaken, TalkClosed,
    TimetableSet, SchoolDaysSet, TimetableImported, TimetableImportFailed, BellRang, CoverageGapOpened, CoverageGapClosed, SwapNamed,
    SupplyAdded, SupplyStays, SupplyEnded,
    CheckinsPlanned, DayBegan, DayEnded, ChildGreeted, ChildNotIn, GreetingTakenBack, GreetingsOverdue, GreetingGiven, GreetingPassed,
    DoorTaken, DoorLeft, CheckinOpened, CheckinDue, CheckinGiven, CheckinMissed, CheckinMoved, CheckinKept, CheckinEnded,
    CheckinReopened, NoteWritten, NoteEnded, VisitLeftOpen,
    ReadyDayBegan, ReadyDayEnded, ReadyListed, DeviceNotReady, RunnerNamed, RunnerGoes, RunnerOverdue, DeviceProven,
    TestNotThrough, StationTested, DeviceExcused, SiteDrillStarted, SiteDrillEnded,
    FollowupOpened, FollowupScheduled, FollowupNotReady, FollowupAskedAgain, FollowupDeclined, FollowupUnneeded, FollowupPassed,
    FollowupOverdue, FollowupEscalated, FollowupKept, FollowupEnded>;

/// What one event says has happened.
/// Copies, moves and the end are compiled once; an assignment makes the new one in the place of the old.
class Fact : public FactKinds {
  public:
    Fact();
    template <class Kind>
        requires is_one_kind_of<std::remove_cvref_t<Kind>, FactKinds>
    Fact(Kind&& kind) : FactKinds(boost::variant2::in_place_type_t<std::remove_cvref_t<Kind>>{}, std::forward<Kind>(kind)) {}  // as a variant is made: without a word
    Fact(const Fact& other);
    Fact(Fact&& other) noexcept;
    Fact& operator=(const Fact& other);
    Fact& operator=(Fact&& other) noexcept;
    ~Fact();
};

/// S0 no child, S1 pastoral, S2 restrictive intervention, S3 a pointer to the safeguarding lead's own system.
enum class Sensitivity : std::uint8_t { s0, s1, s2, s3 };

/// The envelope that every event carries. `at` never decreases with seq; `wall` is the wall clock, a label.
struct Event {
    std::uint64_t seq = 0;   // gap-free, from 1
    Ms at = 0;               // the hub's timeline
    Ms wall = 0;             // the hub's wall clock
    Ms occurred_at = 0;      // the device's clock, 0 when unknown; a label
    CommandId command{};     // the command that caused it; zeros for the hub's own ticks
    DeviceId device;         // from the authenticated session; empty for the hub itself
    PersonId actor;          // from the authenticated session; empty for a room or the hub
    std::uint64_t cause = 0;  // seq of the event before it in the same step; 0 for the first
    bool late = false;       // written after a sick disk came back
    Fact fact;
};

}  // namespace attune::core
