// What somebody wants, in the imperative. A command is decided upon once; the answer is events or a rejection.
// Who speaks comes from the authenticated session (Principal), never from the message.
#pragma once

#include <vector>

#include <boost/variant2/variant.hpp>

#include "hub/core/account.hpp"
#include "hub/core/model.hpp"
#include "hub/core/one_of.hpp"
#include "hub/core/day.hpp"
#include "hub/core/followup.hpp"
#include "hub/core/talk.hpp"

namespace attune::core {

/// Who speaks. For the hub's own ticks and supervision `hub` is set; for the local socket `local`.
struct Principal {
    enum class Kind : std::uint8_t { device, local, hub, leader };
    Kind kind = Kind::hub;
    DeviceId device{};  // set for a device; for a leader what the log calls the browser
    Digest session{};   // set for a leader
};

struct ImportDirectory { Directory directory; };  // policy.version is ignored: the core counts
struct NoteHubStarted { std::string version; };
struct MakeEnrolmentCode { Digest code; DeviceKind kind; PlaceId place; PersonId person; Ms valid_ms = 600'000; bool corridor = false; };
struct EnrolDevice { Digest code; Digest credential; DeviceId device; };  // device: the id to give if it is new
struct RenameDevice { DeviceId device; std::string label; };
struct RevokeDevice { DeviceId device; };
/// From the supervisor: what the device's beats prove now.
struct ReportHealth { DeviceId device; bool beating; std::set<Fault> faults; };

struct ApproveEnrolment { DeviceId device; };
struct RefuseEnrolment { DeviceId device; };

/// `person` empty: whoever is to be the first administrator.
struct InviteLeader { Digest code; PersonId person; };
/// `account` was made outside, and its first digits were right; `session` begins with it.
struct OpenAccount { Digest code; Account account; Digest who; Digest session; };
struct ResetAccount { PersonId person; };
/// Whether the password is right is found outside (`right`), and which step or recovery code the digits stand for (0 and
/// zeros: none). `person` need not exist. `replaces` is the session of the cookie that came along.
struct SignInLeader { PersonId person; Digest who; Digest from; bool right; std::int64_t totp_step; Digest recovery; Digest session; Digest replaces; };
struct SignOutLeader {};
struct EndLeaderSessions { PersonId person; };
struct KeepSession {};

/// `pin` is the argon2id string made outside; whether a PIN is right is found outside too (`right`).
struct SetPin { PersonId person; std::string pin; Digest session; };
/// A wrong PIN is stored (PinFailed) and answered WrongPin by the app; while its delay runs the core says PinWait.
struct SignIn { PersonId person; bool right; Digest session; };
struct SignOut {};
/// Also given by the app when a handset says Hello without the secret of its unlocked session.
struct Lock {};
struct ProveHandset { bool heard; bool vibrated; };
struct SetAvailability { Declared state; Ms until; };

struct RaiseCall { std::uint32_t level; Ms pressed_at; PlaceId place; bool drill; Practice practice = Practice::none; };
struct ChooseChild { CallId call; ChildId child; };
struct AddNote { CallId call; Note note; };
struct WithdrawCall { CallId call; };
struct ConfirmWithdraw { CallId call; };
struct KeepCall { CallId call; };
struct ReportRinging { CallId call; };
struct AcceptCall { CallId call; bool on_way; PersonId going; };
struct DeclineCall { CallId call; };
struct ReportOnWay { CallId call; };
struct ArriveCall { CallId call; };
struct LookIn { CallId call; };
struct AskHelper { CallId call; };
struct ConfirmSupport { CallId call; };
struct SettleCall { CallId call; };
struct MoveCall { CallId call; PlaceId place; };
struct HandOverCall { CallId call; PersonId to; };
struct CloseCall { CallId call; std::vector<std::uint32_t> helped; std::vector<Need> needs; };

/// An adult is in the space: named on its own tablet (place empty), or whoever has the handset (person empty).
struct OpenSpace { PlaceId place; PersonId person; };
struct LeaveSpace { PlaceId place; PersonId person; };
struct SetSpaceUse { bool out_of_use; OutOfUse reason; };
/// `space` empty: the nearest one that is open. `from`: handsets and the space's own tablet may say where from.
struct AskVisit { PlaceId space; ChildId child; };  // the child's card
struct OfferVisit { PlaceId space; PlaceId from; ChildId child; };
struct ChooseVisit { VisitId visit; Company company; };
struct DeclineVisit { VisitId visit; };
struct ArriveVisit { VisitId visit; bool can_leave; };
struct ReviewVisit { VisitId visit; bool can_leave; };
struct ReadyVisit { VisitId visit; WelcomeWord say; };
struct ReturnVisit { VisitId visit; Company company; };
struct WelcomeBack { VisitId visit; };

struct IssueCard { ChildId child; Digest card; };
/// A child speaks with a card that was shown to a kiosk: the digest of its secret comes with each command.
struct AskTalk { Digest card; PersonId adult; TalkSymbol symbol; TalkWhen when; bool someone_else = false; };
struct AgreeTalk { Digest card; };
struct AskSomeoneElse { Digest card; };
struct TakeBackTalk { Digest card; };
struct RateTalk { Digest card; TalkFeedback feedback; };
struct ReportTalkShown { TalkId talk; };
struct OfferTalk { TalkId talk; Ms at; PlaceId place; };
struct MeetTalk { TalkId talk; };  // of a hello that nobody has answered yet: waved back
struct PassTalk { TalkId talk; };
struct HandTalkToDsl { TalkId talk; };
struct TakeTalkPointer { TalkId talk; };

/// The whole of it; an adult who is not in `slots` has none.
struct ImportTimetable { std::map<PersonId, std::vector<Slot>> slots; std::vector<SchoolDay> days; std::map<ChildId, std::vector<PlannedCheckin>> checkins{}; };
/// The files were wrong: nothing is changed, and everybody who should know sees it.
struct NoteTimetableFault { std::string file; std::uint64_t line; std::string what; };
/// A person stands in for a child's own adults, until then (0: until the end of the school day).
struct NameSwap { std::uint64_t gap; PersonId person; Ms until; };

/// An adult for today only. `pin` is the argon2id string of the one-time PIN that the app made.
struct AddSupply { std::string name; std::string short_name; std::vector<Role> roles; PersonId covers; PlaceId place; std::string pin; };
struct EndSupply { PersonId person; };

struct GreetChild { ChildId child; bool undo = false; };
struct MarkNotIn { ChildId child; };
struct TakeDoor {};
struct LeaveDoor {};
struct KeepCheckin { CheckinId checkin; };
struct MoveCheckin { CheckinId checkin; Ms at; };
struct PassCheckin { CheckinId checkin; };
struct EndCheckin { CheckinId checkin; CheckinEnd why; };
struct WriteNote { ChildId child; SealedText sealed; };  // empty: my own is taken back
struct EndLeftVisit { VisitId visit; };

/// From the hub: the site's clock says that a day has begun. Where there is a timetable, it knows the lessons better.
struct BeginReadyDay { Ms from; Ms list_at; Ms bell; Ms to; };
/// The room's device: the test it pressed has sounded, and its screen says so.
struct ConfirmTest { CallId call; };
struct TestStation {};
struct ConfirmStation { bool heard; };
struct NameRunner { DeviceId device; PersonId person; };
struct GoLook { DeviceId device; };
struct ExcuseDevice { DeviceId device; Excuse why; };
struct StartSiteDrill {};
struct EndSiteDrill {};

/// By an adult who had a part in the call: their own repair, or cover for one that is theirs to keep. By a leader: any other.
struct OpenFollowup { CallId of_call; FollowupKind kind; };
struct ScheduleFollowup { FollowupId followup; Ms at; };
struct KeepFollowup { FollowupId followup; Mended conflict = Mended::not_said; Mended harm = Mended::not_said; Changes change = Changes::not_said; Channel channel = Channel::not_said; };
struct NotReadyYet { FollowupId followup; NotReadyWho who; Ms ask_at; };
/// `alternative` is what is offered instead; the one that was offered already: that was declined, too, and is respected.
struct DeclineFollowup { FollowupId followup; Alternative alternative; };
struct NotNeeded { FollowupId followup; NotNeededWhy why; };  // by a second person: agreed, whatever their reason
struct PassFollowup { FollowupId followup; PersonId to; };    // empty: to whoever leads

/// A timer fired: whatever is due by now happens. An ordinary command, so replay needs no timers.
struct Tick {};

using IntentKinds = boost::variant2::variant<
    ImportDirectory, NoteHubStarted, MakeEnrolmentCode, EnrolDevice, RenameDevice, RevokeDevice, ReportHealth, SetPin,
    SignIn, SignOut, Lock, ProveHandset, SetAvailability, RaiseCall, ChooseChild, AddNote, WithdrawCall, ConfirmWithdraw, KeepCall,
    ReportRinging, AcceptCall, DeclineCall, ReportOnWay, ArriveCall, LookIn, AskHelper, ConfirmSupport, SettleCall,
    MoveCall, HandOverCall, CloseCall, Tick, ApproveEnrolment, RefuseEnrolment, InviteLeader, OpenAccount, ResetAccount,
    SignInLeader, SignOutLeader, EndLeaderSessions, KeepSession, OpenSpace, LeaveSpace, SetSpaceUse, AskVisit, OfferVisit,
    ChooseVisit, DeclineVisit, ArriveVisit, ReviewVisit, ReadyVisit, ReturnVisit, WelcomeBack,
    IssueCard, AskTalk, AgreeTalk, AskSomeoneElse, TakeBackTalk, RateTalk, ReportTalkShown, OfferTalk, MeetTalk, PassTalk,
    HandTalkToDsl, TakeTalkPointer, ImportTimetable, NoteTimetableFault, NameSwap, AddSupply, EndSupply,
    GreetChild, MarkNotIn, TakeDoor, LeaveDoor, KeepCheckin, MoveCheckin, PassCheckin, EndCheckin, WriteNote, EndLeftVisit,
    BeginReadyDay, ConfirmTest, TestStation, ConfirmStation, NameRunner, GoLook, ExcuseDevice, StartSiteDrill, EndSiteDrill,
    OpenFollowup, ScheduleFollowup, KeepFollowup, NotReadyYet, DeclineFollowup, NotNeeded, PassFollowup>;

/// What one command wants.
/// Copies, moves and the end are compiled once; an assignment makes the new one in the place of the old.
class Intent : public IntentKinds {
  public:
    Intent();
    template <class Kind>
        requires is_one_kind_of<std::remove_cvref_t<Kind>, IntentKinds>
    Intent(Kind&& kind) : IntentKinds(boost::variant2::in_place_type_t<std::remove_cvref_t<Kind>>{}, std::forward<Kind>(kind)) {}  // as a variant is made: without a word
    Intent(const Intent& other);
    Intent(Intent&& other) noexcept;
    Intent& operator=(const Intent& other);
    Intent& operator=(Intent&& other) noexcept;
    ~Intent();
};

struct Command {
    CommandId id{};  // zeros for the hub's own
    Principal by;
    Ms now = 0;   // the hub's timeline; never smaller than the newest event's
    Ms wall = 0;  // a label
    Ms occurred_at = 0;
    Intent intent;
};

}  // namespace attune::core
