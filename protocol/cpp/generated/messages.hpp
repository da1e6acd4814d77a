// The messages of the wire as plain structs, their enums, and the table of who may send what.
// Made from protocol/schema/attune.json by protocol/codegen/generate.mjs. Change the schema, not this file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/variant2/variant.hpp>

#include "protocol/cpp/generated/errors.hpp"
#include "protocol/cpp/generated/limits.hpp"
#include "protocol/cpp/pack/limits.hpp"
#include "protocol/cpp/pack/names.hpp"

namespace attune::protocol {

/// The id of a command: made by the client, the same bytes mean the same command.
using Id = std::array<std::byte, 16>;

// ---- enums ----

/// What an enrolled device is.
enum class DeviceKind : std::uint8_t {
  /// A classroom's own terminal: may raise.
  room,
  /// A school-owned handset for one person at a time.
  handset,
  /// A fixed station: the last rung, cannot decline.
  station,
  /// The hub's own command line on its local socket.
  local,
  /// A leader's browser, signed in. Never enrolled.
  leader,
  /// The tablet of a calm space: may raise, and says who is there.
  calm_space,
  /// Where a child asks with a card. It shows one child's own talk while that card is there, and
  /// nothing else.
  kiosk,
  /// A screen that shows who is here for whom; it raises and takes nothing.
  board,
};
inline constexpr std::array<std::string_view, 8> device_kind_names{
    "room", "handset", "station", "local", "leader", "calm_space", "kiosk", "board"};
constexpr std::string_view to_string(DeviceKind value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 7 ? device_kind_names[index] : std::string_view{};
}

/// How Welcome brings the client up to date.
enum class Resume : std::uint8_t {
  /// The missed events follow, in order, then Live.
  replay,
  /// Forget every card held; the cards that may be seen now follow, then Live.
  snapshot,
};
inline constexpr std::array<std::string_view, 2> resume_names{
    "replay", "snapshot"};
constexpr std::string_view to_string(Resume value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 1 ? resume_names[index] : std::string_view{};
}

/// The highest rung for which durable evidence exists.
enum class CallRung : std::uint8_t {
  /// The hub has the call on disk.
  received,
  /// At least one handset or station has shown and sounded it and said so.
  ringing,
  /// Nothing has rung for it, or nothing alive can; it stays open and rings as soon as something
  /// can.
  not_delivered,
  /// One adult owns it and is coming.
  coming,
  /// An adult has stood at the door.
  here,
  /// Settled, handed over or moved; not closed yet.
  settled,
  /// Closed after an arrival.
  closed,
  /// Raised by mistake, and looked into.
  withdrawn,
};
inline constexpr std::array<std::string_view, 8> call_rung_names{
    "received", "ringing", "not_delivered", "coming", "here", "settled", "closed", "withdrawn"};
constexpr std::string_view to_string(CallRung value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 7 ? call_rung_names[index] : std::string_view{};
}

/// Why this device sees the call, at this moment.
enum class Relation : std::uint8_t {
  /// It was raised from this device's room.
  raiser,
  /// Its signed-in adult is asked to come.
  offered,
  /// Its adult declined; shown quietly while nobody owns the call.
  declined,
  /// Its adult owns the call.
  owner,
  /// Its adult goes too.
  helper,
  /// It is a station.
  station,
  /// Its adult is a duty lead, and has no part in it: they see that it is open, where it is and who
  /// goes, and may accept it while nobody has it.
  overseer,
};
inline constexpr std::array<std::string_view, 7> relation_names{
    "raiser", "offered", "declined", "owner", "helper", "station", "overseer"};
constexpr std::string_view to_string(Relation value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 6 ? relation_names[index] : std::string_view{};
}

/// How the support ended, before Closed.
enum class Outcome : std::uint8_t {
  /// Settled where it began, ready to go on.
  settled,
  /// Moved to a calm space, together.
  moved,
  /// Another adult, who is there, has it from here.
  handed_over,
};
inline constexpr std::array<std::string_view, 3> outcome_names{
    "settled", "moved", "handed_over"};
constexpr std::string_view to_string(Outcome value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? outcome_names[index] : std::string_view{};
}

/// What the room may add after the press.
enum class CallNote : std::uint8_t {
  /// Medical help is needed too.
  medical,
  /// Two adults are needed.
  two_adults,
  /// The child is no longer in the room.
  has_left_room,
};
inline constexpr std::array<std::string_view, 3> call_note_names{
    "medical", "two_adults", "has_left_room"};
constexpr std::string_view to_string(CallNote value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? call_note_names[index] : std::string_view{};
}

/// What might this have been telling us? Chips on closing; all optional.
enum class Need : std::uint8_t {
  /// Too much noise or too many people.
  too_loud,
  /// The work was too hard, or not clear.
  too_hard,
  hungry_or_tired,
  worried,
  /// Something between children.
  friendship,
  /// Something was not as expected.
  change_of_plan,
  not_heard,
  unwell,
  not_sure,
};
inline constexpr std::array<std::string_view, 9> need_names{
    "too_loud", "too_hard", "hungry_or_tired", "worried", "friendship", "change_of_plan", "not_heard", "unwell", "not_sure"};
constexpr std::string_view to_string(Need value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 8 ? need_names[index] : std::string_view{};
}

/// The worst of what is declared and what the handset proves.
enum class AvailabilityState : std::uint8_t {
  /// On no handset.
  signed_out,
  /// May be asked.
  free,
  /// Said so, or goes to a call.
  with_child,
  /// Protected until a time.
  on_break,
  /// After an urgent call; free again at `until`, or with a tap.
  recovering,
  /// Says free, and the handset is silent or could not ring. Skipped at once.
  unreachable,
  /// In a lesson, by the timetable. Fetched only for a child whose plan says so.
  teaching,
  /// Not in school today: by the list of absences, or not signed in by the time to do so.
  absent,
};
inline constexpr std::array<std::string_view, 8> availability_state_names{
    "signed_out", "free", "with_child", "on_break", "recovering", "unreachable", "teaching", "absent"};
constexpr std::string_view to_string(AvailabilityState value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 7 ? availability_state_names[index] : std::string_view{};
}

/// What the hub knows of a device.
enum class DeviceHealth : std::uint8_t {
  /// Enrolled, no beat yet.
  never_seen,
  /// It beats, and could ring.
  healthy,
  /// It beats, and says that it could not ring: hidden, silenced, sound locked, battery nearly
  /// flat.
  degraded,
  /// Three beats missed.
  silent,
  /// Out for good.
  revoked,
};
inline constexpr std::array<std::string_view, 5> device_health_names{
    "never_seen", "healthy", "degraded", "silent", "revoked"};
constexpr std::string_view to_string(DeviceHealth value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 4 ? device_health_names[index] : std::string_view{};
}

/// Why a device is degraded.
enum class Fault : std::uint8_t {
  /// The page is not in front.
  hidden,
  /// Sound has not been unlocked by a tap, or was muted.
  sound_locked,
  /// No wake lock is held. Shown, but does not make a handset unreachable.
  screen_may_sleep,
  /// 15 % or less and not charging. Shown, but does not make a handset unreachable.
  battery_low,
  /// No duty has been started on it. Shown by itself it leaves the device healthy; its adult is
  /// unreachable all the same.
  not_proven,
  /// Its button is not there: unplugged, or in use by another program. Nobody can ask for support
  /// with it until it is back.
  no_button,
};
inline constexpr std::array<std::string_view, 6> fault_names{
    "hidden", "sound_locked", "screen_may_sleep", "battery_low", "not_proven", "no_button"};
constexpr std::string_view to_string(Fault value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 5 ? fault_names[index] : std::string_view{};
}

/// What a child chose at a kiosk. The first two have names of one length and go the same way at
/// every step, so that nobody who watches can tell them apart.
enum class TalkSymbol : std::uint8_t {
  /// Say hello.
  hello,
  /// Talk, please.
  speak,
  /// Now, please: it becomes a support call at once.
  urgent,
};
inline constexpr std::array<std::string_view, 3> talk_symbol_names{
    "hello", "speak", "urgent"};
constexpr std::string_view to_string(TalkSymbol value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? talk_symbol_names[index] : std::string_view{};
}

/// When the child would like it.
enum class TalkWhen : std::uint8_t {
  now,
  today,
  soon,
};
inline constexpr std::array<std::string_view, 3> talk_when_names{
    "now", "today", "soon"};
constexpr std::string_view to_string(TalkWhen value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? talk_when_names[index] : std::string_view{};
}

/// How far a talk is; each for durable evidence.
enum class TalkRung : std::uint8_t {
  /// The hub has it on disk, and it is with somebody.
  asked,
  /// They know: an unlocked handset of that adult has shown it.
  received,
  /// A time and a place.
  offered,
  /// The child said yes to it.
  agreed,
  /// They met, or waved back.
  met,
  /// The time has passed without them. Sorry first, and a new time is owed the same day.
  missed,
  /// It has become a support call.
  calling,
};
inline constexpr std::array<std::string_view, 7> talk_rung_names{
    "asked", "received", "offered", "agreed", "met", "missed", "calling"};
constexpr std::string_view to_string(TalkRung value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 6 ? talk_rung_names[index] : std::string_view{};
}

/// How it was, if the child likes to say.
enum class TalkFeedback : std::uint8_t {
  heard,
  not_really,
  /// Someone else next time: it goes on to the next adult.
  someone_else,
};
inline constexpr std::array<std::string_view, 3> talk_feedback_names{
    "heard", "not_really", "someone_else"};
constexpr std::string_view to_string(TalkFeedback value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? talk_feedback_names[index] : std::string_view{};
}

/// Why this device sees the talk, at this moment.
enum class TalkRelation : std::uint8_t {
  /// The child's own card is here.
  child,
  /// It is this adult's to answer.
  asked,
  /// Nobody of the child's own is here or answered: it is with whoever leads.
  lead,
  /// A pointer: speak with this adult. What was asked for and said is not here.
  dsl,
};
inline constexpr std::array<std::string_view, 4> talk_relation_names{
    "child", "asked", "lead", "dsl"};
constexpr std::string_view to_string(TalkRelation value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 3 ? talk_relation_names[index] : std::string_view{};
}

/// Whether the hub can write its log.
enum class JournalHealth : std::uint8_t {
  ok,
  /// The hub cannot write. Calls still ring, marked not recorded; received is not said.
  failing,
};
inline constexpr std::array<std::string_view, 2> journal_health_names{
    "ok", "failing"};
constexpr std::string_view to_string(JournalHealth value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 1 ? journal_health_names[index] : std::string_view{};
}

/// Why a connection ends.
enum class GoodbyeReason : std::uint8_t {
  /// The page is being closed.
  closing,
  /// Connect again shortly.
  hub_stopping,
  /// The client did not take its frames in time.
  slow,
  /// No beat came.
  silent,
  /// The same device connected again.
  replaced,
  /// This device is out. Forget the credential and ask for a new link.
  revoked,
  /// The peer broke the protocol; the number says how.
  protocol,
  /// No Hello came in time.
  hello_timeout,
  /// Too many connections.
  busy,
  /// To a leader: this session was signed out, here or elsewhere. Sign in again.
  signed_out,
  /// To a leader: nobody was at the page for half an hour, or the session is twelve hours old. Sign
  /// in again.
  expired,
  /// To a leader: what this person may do has changed. Connect again; NotSignedIn says that they
  /// may no longer.
  role_changed,
};
inline constexpr std::array<std::string_view, 12> goodbye_reason_names{
    "closing", "hub_stopping", "slow", "silent", "replaced", "revoked", "protocol", "hello_timeout", "busy", "signed_out", "expired", "role_changed"};
constexpr std::string_view to_string(GoodbyeReason value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 11 ? goodbye_reason_names[index] : std::string_view{};
}

/// What a person of the school does, as staff.csv says. dsl, senco, duty_lead, head and admin may
/// have an account and sign in as leaders.
enum class Role : std::uint8_t {
  teacher,
  responder,
  calm_space,
  duty_lead,
  office,
  dsl,
  senco,
  head,
  /// Looks after devices and accounts.
  admin,
};
inline constexpr std::array<std::string_view, 9> role_names{
    "teacher", "responder", "calm_space", "duty_lead", "office", "dsl", "senco", "head", "admin"};
constexpr std::string_view to_string(Role value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 8 ? role_names[index] : std::string_view{};
}

/// How far a leader's account is.
enum class AccountState : std::uint8_t {
  /// Nobody has invited this person yet.
  none,
  /// A one-time code is out, and the account is not open.
  invited,
  /// May sign in.
  open,
};
inline constexpr std::array<std::string_view, 3> account_state_names{
    "none", "invited", "open"};
constexpr std::string_view to_string(AccountState value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? account_state_names[index] : std::string_view{};
}

/// From where an adult's state is known: the worst of the three counts.
enum class StateSource : std::uint8_t {
  /// They said so with a tap, or go to a call.
  declared,
  /// The school's timetable or list of absences says so.
  timetable,
  /// Their handset proves it, or proves nothing.
  evidence,
};
inline constexpr std::array<std::string_view, 3> state_source_names{
    "declared", "timetable", "evidence"};
constexpr std::string_view to_string(StateSource value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? state_source_names[index] : std::string_view{};
}

/// What happened; each is an event of the journal.
enum class CallEvent : std::uint8_t {
  /// A press became a call.
  raised,
  /// The same call became more urgent.
  level_raised,
  /// The room said who it is for.
  child_chosen,
  note_added,
  /// An adult is asked to come; in a tier, one event for each.
  offered,
  /// The last rung: stations sound.
  station_called,
  /// A device has shown and sounded it, and said so.
  alerted,
  /// An adult cannot come.
  declined,
  /// Nothing has sounded in time; the next tier joins in.
  ring_overdue,
  /// Nobody has accepted in time; the next tier joins in.
  tier_overdue,
  /// Nothing alive can ring for it now.
  undelivered,
  /// An adult owns it.
  accepted,
  /// The owner set out.
  on_way,
  /// Another adult is wanted.
  helper_asked,
  /// Another adult goes too.
  helper_joined,
  /// It has lost its owner and is offered again.
  reopened,
  /// The owner is late; others are asked too.
  arrival_overdue,
  /// An adult stands at the door.
  arrived,
  /// The owner is asked: still with them?
  support_check_due,
  /// Still with them.
  support_confirmed,
  settled,
  moved,
  handed_over,
  /// The end, after an arrival.
  closed,
  /// The room said never mind.
  withdraw_asked,
  /// The room takes that back.
  withdraw_cancelled,
  /// The end of a call that was raised by mistake.
  withdrawn,
  /// Still nobody owns it: everyone asked sounds again.
  sounded_again,
  /// Nothing new happened to the call: this device's own relation to it changed (a sign-in, an
  /// unlock), or it is a card of a snapshot.
  seen,
  /// A drill or a test has ended: by itself, because it came back, or because its adult can't.
  drill_over,
  /// A drill ended because people are waited for elsewhere.
  gave_way,
};
inline constexpr std::array<std::string_view, 31> call_event_names{
    "raised", "level_raised", "child_chosen", "note_added", "offered", "station_called", "alerted", "declined", "ring_overdue", "tier_overdue", "undelivered", "accepted", "on_way", "helper_asked", "helper_joined", "reopened", "arrival_overdue", "arrived", "support_check_due", "support_confirmed", "settled", "moved", "handed_over", "closed", "withdraw_asked", "withdraw_cancelled", "withdrawn", "sounded_again", "seen", "drill_over", "gave_way"};
constexpr std::string_view to_string(CallEvent value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 30 ? call_event_names[index] : std::string_view{};
}

/// Why there is a call although nobody pressed.
enum class CallWhy : std::uint8_t {
  /// Somebody pressed.
  pressed,
  /// A child who is expected here has not arrived.
  not_arrived,
  /// A child who was on the way back here has not come.
  not_back,
  /// Visitors here, and no adult whose presence is proven.
  adult_away,
  /// A question about a visitor was not answered in time.
  review_overdue,
  /// A child asked for a break, and nobody offered one.
  break_asked,
};
inline constexpr std::array<std::string_view, 6> call_why_names{
    "pressed", "not_arrived", "not_back", "adult_away", "review_overdue", "break_asked"};
constexpr std::string_view to_string(CallWhy value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 5 ? call_why_names[index] : std::string_view{};
}

/// How a calm space is.
enum class SpaceState : std::uint8_t {
  /// No adult is there.
  closed,
  /// An adult is there, and a place is left.
  open,
  /// An adult is there, and no place is left.
  full,
  /// Visitors, and no adult: an alarm, and in the record.
  adult_away,
  /// Not today; see reason.
  out_of_use,
};
inline constexpr std::array<std::string_view, 5> space_state_names{
    "closed", "open", "full", "adult_away", "out_of_use"};
constexpr std::string_view to_string(SpaceState value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 4 ? space_state_names[index] : std::string_view{};
}

/// Why a calm space can't be used.
enum class OutOfUse : std::uint8_t {
  being_put_right,
  needed_otherwise,
  not_safe,
};
inline constexpr std::array<std::string_view, 3> out_of_use_names{
    "being_put_right", "needed_otherwise", "not_safe"};
constexpr std::string_view to_string(OutOfUse value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? out_of_use_names[index] : std::string_view{};
}

/// How far a visit is.
enum class VisitStep : std::uint8_t {
  /// The child asked for it.
  asked,
  /// The child is asked: would you like to?
  offered,
  /// Yes.
  chosen,
  /// On the way there.
  travelling,
  /// On the way too long; the duty lead is called.
  not_arrived,
  /// In the calm space.
  here,
  /// In the calm space, and ready to go back.
  ready,
  /// On the way back.
  returning,
  /// On the way back too long; the duty lead is called.
  not_back,
};
inline constexpr std::array<std::string_view, 9> visit_step_names{
    "asked", "offered", "chosen", "travelling", "not_arrived", "here", "ready", "returning", "not_back"};
constexpr std::string_view to_string(VisitStep value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 8 ? visit_step_names[index] : std::string_view{};
}

/// Why this device sees the visit.
enum class VisitRelation : std::uint8_t {
  /// It is the room they come from.
  room,
  /// It is the calm space.
  space,
  /// It was offered on this handset.
  asker,
  /// Its adult goes along.
  along,
  /// Its adult is in the calm space.
  there,
  /// Its adult is one of this child's own.
  own,
  /// It is a station: place and step, no child.
  station,
  /// School is over and nobody has ended it: its adult leads. Place and step, no child.
  lead,
};
inline constexpr std::array<std::string_view, 8> visit_relation_names{
    "room", "space", "asker", "along", "there", "own", "station", "lead"};
constexpr std::string_view to_string(VisitRelation value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 7 ? visit_relation_names[index] : std::string_view{};
}

/// Who asked first.
enum class VisitAsker : std::uint8_t {
  child,
  teacher,
  responder,
  /// They stood at the door.
  calm_space,
};
inline constexpr std::array<std::string_view, 4> visit_asker_names{
    "child", "teacher", "responder", "calm_space"};
constexpr std::string_view to_string(VisitAsker value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 3 ? visit_asker_names[index] : std::string_view{};
}

/// Who goes along.
enum class Company : std::uint8_t {
  alone,
  adult,
  /// A friend.
  peer,
};
inline constexpr std::array<std::string_view, 3> company_names{
    "alone", "adult", "peer"};
constexpr std::string_view to_string(Company value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? company_names[index] : std::string_view{};
}

/// One thing for the class teacher to say.
enum class WelcomeWord : std::uint8_t {
  good_to_see_you,
  start_with_me,
  fresh_start,
  quiet_place,
};
inline constexpr std::array<std::string_view, 4> welcome_word_names{
    "good_to_see_you", "start_with_me", "fresh_start", "quiet_place"};
constexpr std::string_view to_string(WelcomeWord value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 3 ? welcome_word_names[index] : std::string_view{};
}

/// What happened; each is an event of the journal.
enum class VisitEvent : std::uint8_t {
  asked,
  offered,
  chosen,
  /// On the way.
  set_out,
  not_arrived,
  arrived,
  /// Could they leave if they wanted to: answered.
  reviewed,
  /// 15, 30 or 60 minutes, or another half hour.
  long_stay,
  ready,
  returning,
  not_back,
  /// The child stayed, the offer lapsed, or the visit is over.
  ended,
  /// A restrictive-intervention record was opened, reviewed or its period ended.
  record,
  /// They could not leave: ask again.
  review_due,
  /// School is over, and nobody has ended it: said again at calm intervals.
  left_open,
  /// Nothing new happened to the visit: this device's own part in it changed, or it is a card of a
  /// snapshot.
  seen,
};
inline constexpr std::array<std::string_view, 16> visit_event_names{
    "asked", "offered", "chosen", "set_out", "not_arrived", "arrived", "reviewed", "long_stay", "ready", "returning", "not_back", "ended", "record", "review_due", "left_open", "seen"};
constexpr std::string_view to_string(VisitEvent value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 15 ? visit_event_names[index] : std::string_view{};
}

/// How far a morning's greeting is.
enum class GreetingStep : std::uint8_t {
  not_greeted,
  /// An adult has said so.
  greeted,
  /// An adult has said that they are not in today.
  not_in,
};
inline constexpr std::array<std::string_view, 3> greeting_step_names{
    "not_greeted", "greeted", "not_in"};
constexpr std::string_view to_string(GreetingStep value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? greeting_step_names[index] : std::string_view{};
}

/// How far a planned check-in is. A missed one is due again, with somebody else.
enum class CheckinStep : std::uint8_t {
  /// Later today.
  planned,
  /// Now.
  due,
  kept,
  /// A person has ended it, with a reason.
  ended,
};
inline constexpr std::array<std::string_view, 4> checkin_step_names{
    "planned", "due", "kept", "ended"};
constexpr std::string_view to_string(CheckinStep value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 3 ? checkin_step_names[index] : std::string_view{};
}

/// Why a check-in was ended without being kept. A person says one of the first four.
enum class CheckinEnd : std::uint8_t {
  child_not_in,
  /// Respected, and no refusal.
  child_said_no,
  /// Something else was better for them.
  other_support,
  /// The day is over.
  no_time_left,
  /// The school's files have it no more.
  plan_changed,
  /// The plan is gone.
  child_left,
};
inline constexpr std::array<std::string_view, 6> checkin_end_names{
    "child_not_in", "child_said_no", "other_support", "no_time_left", "plan_changed", "child_left"};
constexpr std::string_view to_string(CheckinEnd value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 5 ? checkin_end_names[index] : std::string_view{};
}

/// Why this adult sees a greeting or a check-in.
enum class DayRelation : std::uint8_t {
  /// One of their own children.
  own,
  /// It is theirs to see to now.
  asked,
  /// Nobody of the child's own is here or answered: it is with whoever leads.
  lead,
};
inline constexpr std::array<std::string_view, 3> day_relation_names{
    "own", "asked", "lead"};
constexpr std::string_view to_string(DayRelation value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? day_relation_names[index] : std::string_view{};
}

/// Which kind of drill a call is. Say the word, everywhere.
enum class Practice : std::uint8_t {
  /// The whole way, as a real press would go.
  drill,
  /// One adult and one room, two minutes.
  personal,
  /// A room's press while the whole school practises.
  site,
  /// The test of the day.
  test,
};
inline constexpr std::array<std::string_view, 4> practice_names{
    "drill", "personal", "site", "test"};
constexpr std::string_view to_string(Practice value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 3 ? practice_names[index] : std::string_view{};
}

/// Why a device is not ready.
enum class NotReadyWhy : std::uint8_t {
  /// No test of the day yet.
  untested,
  /// A test did not come through.
  not_through,
  /// It was proven, and has fallen silent.
  silent,
};
inline constexpr std::array<std::string_view, 3> not_ready_why_names{
    "untested", "not_through", "silent"};
constexpr std::string_view to_string(NotReadyWhy value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? not_ready_why_names[index] : std::string_view{};
}

/// Why a device may stay unproven today.
enum class Excuse : std::uint8_t {
  not_used_today,
  being_repaired,
  /// Another one does its work.
  replaced,
};
inline constexpr std::array<std::string_view, 3> excuse_names{
    "not_used_today", "being_repaired", "replaced"};
constexpr std::string_view to_string(Excuse value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 2 ? excuse_names[index] : std::string_view{};
}

/// What is owed after a call.
enum class FollowupKind : std::uint8_t {
  /// A restorative conversation with the child.
  child_repair,
  /// One that an adult asked for themself. Its two adults see it, and nobody else.
  adult_repair,
  /// A word with the class.
  class_reset,
  /// Whoever raised the call hears how it went, and is thanked.
  outcome_told,
  /// One for each parent.
  parent_contact,
  /// Offered to one adult.
  staff_debrief,
  plan_review,
  preventive_change,
  agency_contact,
  learning_review,
  /// Somebody takes a class for the minutes that a repair needs.
  repair_cover,
};
inline constexpr std::array<std::string_view, 11> followup_kind_names{
    "child_repair", "adult_repair", "class_reset", "outcome_told", "parent_contact", "staff_debrief", "plan_review", "preventive_change", "agency_contact", "learning_review", "repair_cover"};
constexpr std::string_view to_string(FollowupKind value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 10 ? followup_kind_names[index] : std::string_view{};
}

/// How far a follow-up is. None ends by a clock.
enum class FollowupStep : std::uint8_t {
  /// Owed.
  opened,
  /// A time was said.
  scheduled,
  /// It waits for a person, and is not late.
  not_ready,
  /// The child or the adult said no, and another way was offered.
  declined,
  /// One person said that it is not needed; a second one has to.
  unneeded,
};
inline constexpr std::array<std::string_view, 5> followup_step_names{
    "opened", "scheduled", "not_ready", "declined", "unneeded"};
constexpr std::string_view to_string(FollowupStep value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 4 ? followup_step_names[index] : std::string_view{};
}

/// Why this adult sees a follow-up.
enum class FollowupRelation : std::uint8_t {
  /// It is for them, or they are the other adult of a repair.
  with,
  /// A duty lead: it has no owner, is late, or waits for a second person.
  lead,
  /// In the browser, with a role that may know of children.
  leader,
  /// Theirs to keep.
  owner,
};
inline constexpr std::array<std::string_view, 4> followup_relation_names{
    "with", "lead", "leader", "owner"};
constexpr std::string_view to_string(FollowupRelation value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 3 ? followup_relation_names[index] : std::string_view{};
}

/// What a conversation came to.
enum class Mended : std::uint8_t {
  not_said,
  yes,
  partly,
  not_yet,
};
inline constexpr std::array<std::string_view, 4> mended_names{
    "not_said", "yes", "partly", "not_yet"};
constexpr std::string_view to_string(Mended value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 3 ? mended_names[index] : std::string_view{};
}

/// What will be different.
enum class Changes : std::uint8_t {
  not_said,
  nothing_new,
  plan,
  place,
  routine,
  lesson,
  adults,
};
inline constexpr std::array<std::string_view, 7> changes_names{
    "not_said", "nothing_new", "plan", "place", "routine", "lesson", "adults"};
constexpr std::string_view to_string(Changes value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 6 ? changes_names[index] : std::string_view{};
}

/// How somebody was reached.
enum class Channel : std::uint8_t {
  not_said,
  in_person,
  telephone,
  message,
  letter,
};
inline constexpr std::array<std::string_view, 5> channel_names{
    "not_said", "in_person", "telephone", "message", "letter"};
constexpr std::string_view to_string(Channel value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 4 ? channel_names[index] : std::string_view{};
}

/// Who is not ready yet.
enum class NotReadyWho : std::uint8_t {
  child,
  adult,
};
inline constexpr std::array<std::string_view, 2> not_ready_who_names{
    "child", "adult"};
constexpr std::string_view to_string(NotReadyWho value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 1 ? not_ready_who_names[index] : std::string_view{};
}

/// What is offered to whoever declined.
enum class Alternative : std::uint8_t {
  another_adult,
  another_time,
  in_symbols,
  side_by_side,
  in_writing,
};
inline constexpr std::array<std::string_view, 5> alternative_names{
    "another_adult", "another_time", "in_symbols", "side_by_side", "in_writing"};
constexpr std::string_view to_string(Alternative value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 4 ? alternative_names[index] : std::string_view{};
}

/// Why a follow-up is not needed.
enum class NotNeededWhy : std::uint8_t {
  done_already,
  nobody_to_tell,
  told_by_others,
  not_for_this,
};
inline constexpr std::array<std::string_view, 4> not_needed_why_names{
    "done_already", "nobody_to_tell", "told_by_others", "not_for_this"};
constexpr std::string_view to_string(NotNeededWhy value) {
  const auto index = static_cast<std::size_t>(value);
  return index <= 3 ? not_needed_why_names[index] : std::string_view{};
}

// ---- structs ----

/// What helps this child: sent only to those who may see it at this moment.
struct Helps {
  /// The school's own reference, never a name.
  std::string child{};
  /// Chosen by the school.
  std::string initials{};
  /// In the child's own words first.
  std::vector<std::string> lines{};
  /// Likes, worries, who matters.
  std::optional<std::string> about{};
  friend bool operator==(const Helps&, const Helps&) = default;
};
BOOST_DESCRIBE_STRUCT(Helps, (), (child, initials, lines, about))

/// One call as this device may see it.
struct CallView {
  /// The call's id: the sequence number of its raising.
  std::uint64_t call = 0;
  /// Where it is: the place's id.
  std::string place{};
  /// As people say it.
  std::string place_name{};
  /// How to get there. Not for the room.
  std::optional<std::string> route_hint{};
  /// 1 support please, 2 support now, 3 everyone available.
  std::uint64_t level = 0;
  /// True: say drill in words, everywhere.
  bool drill = false;
  /// How far it is.
  CallRung rung{};
  /// Why this device sees it.
  Relation relation{};
  /// When the hub logged it.
  std::int64_t raised_at = 0;
  /// When this rung was reached.
  std::int64_t rung_at = 0;
  /// How many handsets and stations have said that they sounded it.
  std::uint64_t ringing = 0;
  /// Short names of adults asked so far and not declined: the first few. Never to the room.
  std::vector<std::string> offered{};
  /// How many more were asked beside those in `offered`.
  std::uint64_t offered_more = 0;
  /// Short name of the adult who owns it.
  std::optional<std::string> owner{};
  /// Their person id. Not for the room.
  std::optional<std::string> owner_person{};
  /// Accepted, and not at the door in time.
  bool owner_late = false;
  /// The owner said: on my way.
  bool on_way = false;
  /// Short names of those who go too.
  std::vector<std::string> helpers{};
  /// Another adult is asked for.
  bool helper_wanted = false;
  /// The last rung: stations sound until a person takes it.
  bool station_called = false;
  /// Counts up each time that it must sound again; sound when it grew.
  std::uint64_t sounds = 0;
  /// The room says never mind; someone still looks in, or the room confirms.
  bool withdraw_asked = false;
  /// What the room added.
  std::vector<CallNote> notes{};
  /// False: not yet on disk because the disk is sick. Say: not recorded.
  bool recorded = false;
  /// The owner is asked: still with them?
  bool support_check_due = false;
  /// How it went, once the owner has said so.
  std::optional<Outcome> outcome{};
  /// Name of the place.
  std::optional<std::string> moved_to{};
  /// Only where the audience rules allow it.
  std::optional<Helps> helps{};
  /// To the raising room only: the reference it chose.
  std::optional<std::string> child{};
  /// Why there is a call although nobody pressed.
  std::optional<CallWhy> why{};
  /// With not_arrived and not_back: the name of the place where they set out.
  std::optional<std::string> why_from{};
  /// Of a drill: which kind.
  std::optional<Practice> practice{};
  friend bool operator==(const CallView&, const CallView&) = default;
};
BOOST_DESCRIBE_STRUCT(CallView, (), (call, place, place_name, route_hint, level, drill, rung, relation, raised_at, rung_at, ringing, offered, offered_more, owner, owner_person, owner_late, on_way, helpers, helper_wanted, station_called, sounds, withdraw_asked, notes, recorded, support_check_due, outcome, moved_to, helps, child, why, why_from, practice))

/// An adult as a station or handset sees them.
struct PersonView {
  std::string person{};
  std::string short_name{};
  std::string name{};
  AvailabilityState state{};
  /// When the state began.
  std::int64_t since = 0;
  /// When a break or a recovery ends.
  std::optional<std::int64_t> until{};
  /// Where they are due by the timetable, else where they are based, if known.
  std::optional<std::string> place{};
  /// From where the state is known.
  std::optional<StateSource> why{};
  /// How old that knowledge is: when it was said, proven or imported. Show its age.
  std::optional<std::int64_t> known_at{};
  friend bool operator==(const PersonView&, const PersonView&) = default;
};
BOOST_DESCRIBE_STRUCT(PersonView, (), (person, short_name, name, state, since, until, place, why, known_at))

/// A device as a station sees it.
struct DeviceView {
  std::string device{};
  DeviceKind kind{};
  /// The room's name, or whose handset it is.
  std::string label{};
  DeviceHealth health{};
  /// When this health began.
  std::int64_t since = 0;
  std::vector<Fault> faults{};
  /// To leaders and the local socket: enrolled, and waiting for a second person until then. It sees
  /// nothing and can do nothing.
  std::optional<std::int64_t> waiting_until{};
  /// To leaders and the local socket: who made its code. Absent: made on the hub itself.
  std::optional<std::string> made_by{};
  /// To leaders and the local socket: who approved it.
  std::optional<std::string> approved_by{};
  /// To leaders and the local socket: true when it was enrolled without a second person.
  std::optional<bool> alone{};
  friend bool operator==(const DeviceView&, const DeviceView&) = default;
};
BOOST_DESCRIBE_STRUCT(DeviceView, (), (device, kind, label, health, since, faults, waiting_until, made_by, approved_by, alone))

/// A person who may have a leader's account.
struct AccountView {
  std::string person{};
  std::string short_name{};
  std::string name{};
  std::vector<Role> roles{};
  AccountState state{};
  /// When the newest one-time code ends.
  std::optional<std::int64_t> invited_until{};
  /// How many browsers are signed in.
  std::uint64_t sessions = 0;
  /// After too many wrong tries: no sign-in before then.
  std::optional<std::int64_t> wait_until{};
  /// Recovery codes that are not used yet.
  std::uint64_t recovery_left = 0;
  friend bool operator==(const AccountView&, const AccountView&) = default;
};
BOOST_DESCRIBE_STRUCT(AccountView, (), (person, short_name, name, roles, state, invited_until, sessions, wait_until, recovery_left))

/// One talk as this device may see it.
struct TalkView {
  /// The talk's id: the sequence number of its asking.
  std::uint64_t talk = 0;
  TalkRung rung{};
  TalkRelation relation{};
  /// To the child and to the adult who is asked.
  std::optional<TalkSymbol> symbol{};
  /// To the child and to the adult who is asked.
  std::optional<TalkWhen> when{};
  std::int64_t asked_at = 0;
  std::int64_t rung_at = 0;
  /// Of the child. Not to the kiosk.
  std::optional<std::string> initials{};
  /// Short name of whoever has it. Absent: whoever leads.
  std::optional<std::string> adult{};
  /// To the kiosk: whom the child chose, when that adult is not here or it has gone on.
  std::optional<std::string> instead_of{};
  /// To the kiosk: nobody's handset can show it at this moment. It waits, and becomes a call.
  bool nobody = false;
  /// Of the offer.
  std::optional<std::int64_t> at{};
  /// Of the offer.
  std::optional<std::string> place{};
  /// Of the offer.
  std::optional<std::string> place_name{};
  /// A promise was missed: say sorry first, and offer a time today.
  bool owed = false;
  /// To adults: by when to offer a time, before it goes on to somebody else.
  std::optional<std::int64_t> due{};
  /// To its adult: the safeguarding lead has not taken the pointer yet. Tell them in person, too.
  bool dsl = false;
  /// Counts up each time that a handset should sound for it again.
  std::uint64_t reminders = 0;
  /// To the kiosk, of one that became a call: an adult is coming.
  bool coming = false;
  /// To the kiosk, of one that nobody has answered: the school day ends before an answer is owed,
  /// so that it is owed on the next one, which begins then. Say so.
  std::optional<std::int64_t> morning{};
  friend bool operator==(const TalkView&, const TalkView&) = default;
};
BOOST_DESCRIBE_STRUCT(TalkView, (), (talk, rung, relation, symbol, when, asked_at, rung_at, initials, adult, instead_of, nobody, at, place, place_name, owed, due, dsl, reminders, coming, morning))

/// An adult whom this child may ask.
struct AdultRef {
  std::string person{};
  std::string short_name{};
  /// On a handset that can be reached now.
  bool here = false;
  friend bool operator==(const AdultRef&, const AdultRef&) = default;
};
BOOST_DESCRIBE_STRUCT(AdultRef, (), (person, short_name, here))

/// A child's new card, shown this once.
struct IssuedCard {
  std::string child{};
  std::string initials{};
  /// What the code on the card says. The hub keeps its digest alone.
  std::string secret{};
  friend bool operator==(const IssuedCard&, const IssuedCard&) = default;
};
BOOST_DESCRIBE_STRUCT(IssuedCard, (), (child, initials, secret))

/// One of the people who may sign in or be sent.
struct PersonRef {
  std::string person{};
  std::string short_name{};
  std::string name{};
  /// False: this person has no PIN yet.
  bool pin_set = false;
  /// Here for today only: asked as cover, never a child's named adult.
  bool today = false;
  friend bool operator==(const PersonRef&, const PersonRef&) = default;
};
BOOST_DESCRIBE_STRUCT(PersonRef, (), (person, short_name, name, pin_set, today))

/// A child who may be chosen in this room.
struct ChildRef {
  std::string child{};
  std::string initials{};
  friend bool operator==(const ChildRef&, const ChildRef&) = default;
};
BOOST_DESCRIBE_STRUCT(ChildRef, (), (child, initials))

/// A place that a call can be raised from or moved to.
struct PlaceRef {
  std::string place{};
  std::string name{};
  /// room, calm_space, office, hall, outside or corridor.
  std::string kind{};
  friend bool operator==(const PlaceRef&, const PlaceRef&) = default;
};
BOOST_DESCRIBE_STRUCT(PlaceRef, (), (place, name, kind))

/// What a device says of itself with a beat. Sent when it changed, and at least with every 15th
/// beat.
struct Evidence {
  /// The page is in front.
  bool visible = false;
  /// Sound is unlocked and not muted.
  bool sound = false;
  /// The screen is kept from sleeping.
  bool wake_lock = false;
  /// 0 to 100.
  std::optional<std::uint64_t> battery_percent{};
  std::optional<bool> charging{};
  /// Where support is asked for with a button of the device's own: it is there and can be pressed.
  /// Absent: there is none.
  std::optional<bool> button{};
  friend bool operator==(const Evidence&, const Evidence&) = default;
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (visible, sound, wake_lock, battery_percent, charging, button))

/// A child whom nobody can come for: now, or from a known instant on.
struct GapView {
  /// Names the gap in NameSwap.
  std::uint64_t gap = 0;
  /// Nobody from then on; in the past: now.
  std::int64_t from = 0;
  /// The school's own reference, never a name. Not to stations.
  std::optional<std::string> child{};
  /// Chosen by the school. Not to stations.
  std::optional<std::string> initials{};
  /// Where the child is due. Not to stations.
  std::optional<std::string> place{};
  /// Short names of the child's own adults, in the child's order.
  std::vector<std::string> adults{};
  friend bool operator==(const GapView&, const GapView&) = default;
};
BOOST_DESCRIBE_STRUCT(GapView, (), (gap, from, child, initials, place, adults))

/// An adult as a board shows them.
struct BoardAdult {
  std::string person{};
  std::string short_name{};
  std::string name{};
  AvailabilityState state{};
  /// Where, as far as it is known.
  std::optional<std::string> place{};
  /// Until when this state goes on, if that is known.
  std::optional<std::int64_t> until{};
  /// From where the state is known.
  StateSource why{};
  /// How old that knowledge is. Show its age.
  std::int64_t known_at = 0;
  /// Initials of the children for whom this adult is the one now. Never on a corridor's board.
  std::vector<std::string> children{};
  /// How many more.
  std::uint64_t children_more = 0;
  /// True: stands in for somebody else today, by a person's word.
  bool swap = false;
  friend bool operator==(const BoardAdult&, const BoardAdult&) = default;
};
BOOST_DESCRIBE_STRUCT(BoardAdult, (), (person, short_name, name, state, place, until, why, known_at, children, children_more, swap))

/// A child in whose order I am.
struct MyChild {
  /// The school's own reference, never a name.
  std::string child{};
  std::string initials{};
  /// True: I am the named adult; else an alternate.
  bool named = false;
  /// Short name of the adult who is the one now. Absent: nobody, or school is not on.
  std::optional<std::string> by{};
  /// True: that is me.
  bool me = false;
  /// Nobody from then on; in the past: now.
  std::optional<std::int64_t> gap_from{};
  friend bool operator==(const MyChild&, const MyChild&) = default;
};
BOOST_DESCRIBE_STRUCT(MyChild, (), (child, initials, named, by, me, gap_from))

/// One file of the site's directory or timetable: CSV, or iCalendar where the name ends in .ics.
struct ImportFile {
  std::string name{};
  std::vector<std::byte> text{};
  friend bool operator==(const ImportFile&, const ImportFile&) = default;
};
BOOST_DESCRIBE_STRUCT(ImportFile, (), (name, text))

/// What is wrong with a file, and where.
struct ImportProblem {
  std::string file{};
  /// From 1; 0 when the whole file is meant.
  std::uint64_t line = 0;
  /// The column's name, or empty.
  std::string column{};
  std::string message{};
  friend bool operator==(const ImportProblem&, const ImportProblem&) = default;
};
BOOST_DESCRIBE_STRUCT(ImportProblem, (), (file, line, column, message))

/// What an import adds, changes or removes.
struct ImportChange {
  /// person, place, child, tiers, site, timetable, school days.
  std::string what{};
  std::string id{};
  /// added, changed or removed.
  std::string change{};
  /// What changed, from what to what; of a child only which fields.
  std::optional<std::string> detail{};
  friend bool operator==(const ImportChange&, const ImportChange&) = default;
};
BOOST_DESCRIBE_STRUCT(ImportChange, (), (what, id, change, detail))

/// A calm space as this device may see it.
struct SpaceView {
  /// The place's id.
  std::string space{};
  std::string name{};
  SpaceState state{};
  /// When somebody came, or the last adult went.
  std::int64_t since = 0;
  /// Visitors at a time.
  std::uint64_t capacity = 0;
  /// Visitors there.
  std::uint64_t here = 0;
  /// Visitors on the way.
  std::uint64_t coming = 0;
  /// Short names of the adults there. Not for rooms.
  std::vector<std::string> adults{};
  /// With out_of_use.
  std::optional<OutOfUse> reason{};
  /// No adult for longer than may be: people are being called.
  bool alarmed = false;
  friend bool operator==(const SpaceView&, const SpaceView&) = default;
};
BOOST_DESCRIBE_STRUCT(SpaceView, (), (space, name, state, since, capacity, here, coming, adults, reason, alarmed))

/// One visit as this device may see it.
struct VisitView {
  /// The visit's id: the sequence number of its asking.
  std::uint64_t visit = 0;
  /// Empty while a child's wish has no space yet.
  std::string space{};
  std::string space_name{};
  /// The room they come from.
  std::optional<std::string> from{};
  std::optional<std::string> from_name{};
  VisitStep step{};
  /// Why this device sees it.
  VisitRelation relation{};
  VisitAsker asked_by{};
  std::int64_t asked_at = 0;
  /// When this step began.
  std::int64_t step_at = 0;
  Company company{};
  /// Short name of the adult who goes along.
  std::optional<std::string> with{};
  /// On the way there or back: when somebody is called if they are not there.
  std::optional<std::int64_t> expected_by{};
  std::optional<std::int64_t> arrived_at{};
  /// In the calm space: as it was last answered.
  std::optional<bool> can_leave{};
  /// In the calm space: ask now whether they could leave.
  bool review_wanted = false;
  /// In the calm space: a restrictive-intervention record is open.
  bool record = false;
  /// To the room, on the way back: one thing to say.
  std::optional<WelcomeWord> say{};
  /// To the room: the reference that it chose.
  std::optional<std::string> child{};
  /// Only where the audience rules allow it.
  std::optional<Helps> helps{};
  /// False: not yet on disk because the disk is sick.
  bool recorded = false;
  /// School is over and nobody has ended it.
  bool left_open = false;
  /// Counts up each time that it should sound again, on stations and for duty leads: never more
  /// often than the policy says.
  std::uint64_t reminders = 0;
  friend bool operator==(const VisitView&, const VisitView&) = default;
};
BOOST_DESCRIBE_STRUCT(VisitView, (), (visit, space, space_name, from, from_name, step, relation, asked_by, asked_at, step_at, company, with, expected_by, arrived_at, can_leave, review_wanted, record, say, child, helps, recorded, left_open, reminders))

/// An adult who is here for today only.
struct SupplyView {
  /// Made by the hub.
  std::string person{};
  std::string short_name{};
  std::string name{};
  std::vector<Role> roles{};
  /// Short name of the absent adult for whose children this one is asked as cover.
  std::optional<std::string> covers{};
  /// Signed out and gone then; a little later where they are with a child.
  std::int64_t until = 0;
  /// They have a handset.
  bool signed_in = false;
  friend bool operator==(const SupplyView&, const SupplyView&) = default;
};
BOOST_DESCRIBE_STRUCT(SupplyView, (), (person, short_name, name, roles, covers, until, signed_in))

/// A child's morning, to the adults who look after it.
struct GreetingView {
  /// The school's own reference, never a name.
  std::string child{};
  std::string initials{};
  GreetingStep step{};
  DayRelation relation{};
  /// Short name of whoever said so.
  std::optional<std::string> by{};
  /// Overdue: short name of whoever has it. Absent: nobody yet, or whoever leads.
  std::optional<std::string> adult{};
  /// The day before nobody said a word about this child.
  bool carried = false;
  /// Counts up each time that a handset should sound for it again.
  std::uint64_t reminders = 0;
  friend bool operator==(const GreetingView&, const GreetingView&) = default;
};
BOOST_DESCRIBE_STRUCT(GreetingView, (), (child, initials, step, relation, by, adult, carried, reminders))

/// A planned check-in of today, to the adults who look after it.
struct CheckinView {
  /// Its id: the sequence number of its opening.
  std::uint64_t checkin = 0;
  std::string child{};
  std::string initials{};
  /// As planned, or moved to.
  std::int64_t at = 0;
  CheckinStep step{};
  DayRelation relation{};
  /// Short name of whoever has it, or kept it. Absent: whoever leads, or nobody yet.
  std::optional<std::string> adult{};
  /// How often somebody had it and has not kept it. Nobody is shown who.
  std::uint64_t missed = 0;
  /// From a day before: say sorry first.
  bool carried = false;
  /// Counts up each time that a handset should sound for it again.
  std::uint64_t reminders = 0;
  friend bool operator==(const CheckinView&, const CheckinView&) = default;
};
BOOST_DESCRIBE_STRUCT(CheckinView, (), (checkin, child, initials, at, step, relation, adult, missed, carried, reminders))

/// Something owed after a call, to an adult who may see it.
struct FollowupView {
  /// Its id: the sequence number of its opening.
  std::uint64_t followup = 0;
  FollowupKind kind{};
  FollowupStep step{};
  FollowupRelation relation{};
  /// The call that it is about.
  std::uint64_t call = 0;
  /// When that call was raised.
  std::int64_t raised_at = 0;
  /// Where it was.
  std::string place_name{};
  /// To its owner and whoever leads, and where it is about the child.
  std::optional<std::string> child{};
  /// With child.
  std::optional<std::string> initials{};
  /// Short name of whoever keeps it. Absent: whoever leads.
  std::optional<std::string> owner{};
  /// Short name of the adult for whom it is.
  std::optional<std::string> with{};
  /// Of a parent contact: the first or the second.
  std::uint64_t parent = 0;
  /// The promise.
  std::int64_t owed_by = 0;
  /// Its day is not a person's to move.
  bool fixed = false;
  /// The time that was said.
  std::optional<std::int64_t> meet_at{};
  /// Never while somebody is not ready yet.
  bool overdue = false;
  /// Of a declined one: what was offered instead.
  std::optional<Alternative> alternative{};
  /// Of one that somebody said is not needed.
  std::optional<NotNeededWhy> why{};
  /// That was this adult: another one has to agree.
  bool said_by_me = false;
  /// Counts up each time that its owner is to be told again.
  std::uint64_t reminders = 0;
  friend bool operator==(const FollowupView&, const FollowupView&) = default;
};
BOOST_DESCRIBE_STRUCT(FollowupView, (), (followup, kind, step, relation, call, raised_at, place_name, child, initials, owner, with, parent, owed_by, fixed, meet_at, overdue, alternative, why, said_by_me, reminders))

/// One line for today.
struct NoteView {
  std::uint64_t note = 0;
  std::string child{};
  std::string initials{};
  /// At most 120 characters, one line.
  std::string text{};
  /// Short name of its writer.
  std::string by{};
  /// I wrote it, and may take it back.
  bool mine = false;
  std::int64_t at = 0;
  /// The end of its day: then it is gone.
  std::int64_t until = 0;
  friend bool operator==(const NoteView&, const NoteView&) = default;
};
BOOST_DESCRIBE_STRUCT(NoteView, (), (note, child, initials, text, by, mine, at, until))

/// A device that is not ready, and whose it is.
struct ReadyItem {
  std::string device{};
  DeviceKind kind{};
  std::string label{};
  std::optional<std::string> place_name{};
  std::optional<std::string> route_hint{};
  NotReadyWhy why{};
  std::int64_t listed_at = 0;
  /// Short name of whoever is asked to go and look. Absent: nobody is on duty who could.
  std::optional<std::string> runner{};
  std::optional<std::string> runner_person{};
  /// They said: I'll look.
  bool goes = false;
  /// Somebody was asked before, and it is not ready all the same.
  bool late = false;
  /// To the handset of the adult who is asked.
  bool mine = false;
  friend bool operator==(const ReadyItem&, const ReadyItem&) = default;
};
BOOST_DESCRIBE_STRUCT(ReadyItem, (), (device, kind, label, place_name, route_hint, why, listed_at, runner, runner_person, goes, late, mine))

/// The whole school practises: every room once.
struct SiteDrillView {
  std::int64_t started_at = 0;
  /// It ends by itself then.
  std::int64_t until = 0;
  /// Short name.
  std::optional<std::string> by{};
  /// Rooms whose press came through.
  std::uint64_t pressed = 0;
  std::uint64_t rooms = 0;
  /// The first of the rooms that have not pressed.
  std::vector<std::string> waiting{};
  friend bool operator==(const SiteDrillView&, const SiteDrillView&) = default;
};
BOOST_DESCRIBE_STRUCT(SiteDrillView, (), (started_at, until, by, pressed, rooms, waiting))

/// How ready the school is today.
struct ReadinessView {
  /// What is not ready; before the list is out, nothing.
  std::vector<ReadyItem> items{};
  std::uint64_t items_more = 0;
  /// Proven today and alive.
  std::uint64_t ready = 0;
  /// Let be for today, by a person, with a reason.
  std::uint64_t excused = 0;
  /// What has to be proven each morning.
  std::uint64_t total = 0;
  /// Today's list is out.
  bool listed = false;
  /// When it is or was. Absent: no school today.
  std::optional<std::int64_t> list_at{};
  /// The first lesson.
  std::optional<std::int64_t> bell{};
  /// While the whole school practises.
  std::optional<SiteDrillView> drill{};
  friend bool operator==(const ReadinessView&, const ReadinessView&) = default;
};
BOOST_DESCRIBE_STRUCT(ReadinessView, (), (items, items_more, ready, excused, total, listed, list_at, bell, drill))

/// A device on which support was never pressed, not even in a drill.
struct NeverPressed {
  std::string device{};
  DeviceKind kind{};
  std::string label{};
  friend bool operator==(const NeverPressed&, const NeverPressed&) = default;
};
BOOST_DESCRIBE_STRUCT(NeverPressed, (), (device, kind, label))

// ---- messages ----

/// The first message of a new device: exchanges a one-time code for its enrolment. The device makes
/// its own credential; the hub stores a digest of it alone. Sent again with the same code and
/// credential it has the same answer.
struct Enrol {
  /// The one-time code, ten letters and digits.
  std::string code{};
  /// Random bytes made by the device and kept by it.
  std::array<std::byte, 32> credential{};
  /// Program and version, for the device list.
  std::string app{};
  friend bool operator==(const Enrol&, const Enrol&) = default;
};
BOOST_DESCRIBE_STRUCT(Enrol, (), (code, credential, app))

/// The first message of an enrolled device on each connection.
struct Hello {
  /// What Enrol gave the hub.
  std::array<std::byte, 32> credential{};
  /// The highest seq this client has processed; 0 at first.
  std::uint64_t last_seq = 0;
  /// The secret of the unlocked session on this handset, if it has one.
  std::optional<std::array<std::byte, 16>> session{};
  /// Program and version.
  std::string app{};
  friend bool operator==(const Hello&, const Hello&) = default;
};
BOOST_DESCRIBE_STRUCT(Hello, (), (credential, last_seq, session, app))

/// Each side sends one every beat_interval_ms. The hub's carries what the client's page must know
/// to be honest.
struct Beat {
  /// Counts up from 1 on each connection.
  std::uint64_t n = 0;
  /// Client: highest seq processed. Hub: highest seq on disk.
  std::uint64_t seq = 0;
  /// Hub: its timeline.
  std::optional<std::int64_t> now{};
  /// Hub only.
  std::optional<JournalHealth> journal{};
  /// Client only.
  std::optional<Evidence> evidence{};
  friend bool operator==(const Beat&, const Beat&) = default;
};
BOOST_DESCRIBE_STRUCT(Beat, (), (n, seq, now, journal, evidence))

/// The first message of a leader's browser on each connection. Who it is comes from the session
/// cookie that the browser sent with the upgrade; NotSignedIn says that there is none, or that it
/// has ended.
struct HelloLeader {
  /// Program and version.
  std::string app{};
  friend bool operator==(const HelloLeader&, const HelloLeader&) = default;
};
BOOST_DESCRIBE_STRUCT(HelloLeader, (), (app))

/// Over HTTP only, POST /v1/leaders/open: the one-time code of an invitation, and the password that
/// the person chooses. Nothing is opened before ConfirmAccount; sent again, it makes new keys and
/// the old ones are void.
struct OpenAccount {
  /// The one-time code.
  std::string code{};
  /// 12 to 128 characters, and not the name or the staff id.
  std::string password{};
  friend bool operator==(const OpenAccount&, const OpenAccount&) = default;
};
BOOST_DESCRIBE_STRUCT(OpenAccount, (), (code, password))

/// Over HTTP only, POST /v1/leaders/open: the first six digits of the authenticator. Opens the
/// account, uses the code up, and signs in: the answer sets the cookie. Sessions of an older
/// account of the same person end.
struct ConfirmAccount {
  /// The one-time code, again.
  std::string code{};
  /// Six digits.
  std::string totp{};
  friend bool operator==(const ConfirmAccount&, const ConfirmAccount&) = default;
};
BOOST_DESCRIBE_STRUCT(ConfirmAccount, (), (code, totp))

/// Over HTTP only, POST /v1/leaders/session: the answer sets the cookie, always a new one.
struct SignInLeader {
  /// The staff id.
  std::string person{};
  std::string password{};
  /// The authenticator's six digits, or a recovery code, which is used up.
  std::string code{};
  friend bool operator==(const SignInLeader&, const SignInLeader&) = default;
};
BOOST_DESCRIBE_STRUCT(SignInLeader, (), (person, password, code))

/// The connection ends after this frame.
struct Goodbye {
  /// Why.
  GoodbyeReason reason{};
  /// An error number, where one caused it.
  std::optional<std::uint64_t> error{};
  /// For a person.
  std::optional<std::string> message{};
  friend bool operator==(const Goodbye&, const Goodbye&) = default;
};
BOOST_DESCRIBE_STRUCT(Goodbye, (), (reason, error, message))

/// A press. From a room whose call is open, it makes that call more urgent: a higher level becomes
/// the level; the same level again, more than 3 s after the last press, becomes the next; a lower
/// one changes nothing. Done carries the call.
struct RaiseCall {
  /// 1 to 3.
  std::uint64_t level = 0;
  /// The device's clock, a label only.
  std::int64_t pressed_at = 0;
  /// Handsets name the place; a room may not.
  std::optional<std::string> place{};
  /// True: a drill. A real press in the same place ends it.
  std::optional<bool> drill{};
  /// A drill of this kind. personal: this handset's adult, or from a room whoever is free and has
  /// had least to do. test and site: from rooms and calm spaces. While somebody is called for:
  /// DrillWaits.
  std::optional<Practice> practice{};
  friend bool operator==(const RaiseCall&, const RaiseCall&) = default;
};
BOOST_DESCRIBE_STRUCT(RaiseCall, (), (level, pressed_at, place, drill, practice))

/// Who it is for, after the press. Once.
struct ChooseChild {
  std::uint64_t call = 0;
  std::string child{};
  friend bool operator==(const ChooseChild&, const ChooseChild&) = default;
};
BOOST_DESCRIBE_STRUCT(ChooseChild, (), (call, child))

/// Something more to know, after the press: by the raiser, or by an adult who goes.
struct AddNote {
  std::uint64_t call = 0;
  CallNote note{};
  friend bool operator==(const AddNote&, const AddNote&) = default;
};
BOOST_DESCRIBE_STRUCT(AddNote, (), (call, note))

/// Never mind. The call goes on until the same room confirms or a person has looked in.
struct WithdrawCall {
  std::uint64_t call = 0;
  friend bool operator==(const WithdrawCall&, const WithdrawCall&) = default;
};
BOOST_DESCRIBE_STRUCT(WithdrawCall, (), (call))

/// The same room confirms that all is well.
struct ConfirmWithdraw {
  std::uint64_t call = 0;
  friend bool operator==(const ConfirmWithdraw&, const ConfirmWithdraw&) = default;
};
BOOST_DESCRIBE_STRUCT(ConfirmWithdraw, (), (call))

/// Takes a WithdrawCall back: we do need someone.
struct KeepCall {
  std::uint64_t call = 0;
  friend bool operator==(const KeepCall&, const KeepCall&) = default;
};
BOOST_DESCRIBE_STRUCT(KeepCall, (), (call))

/// The receipt: this device has shown the call and its sound has started.
struct ReportRinging {
  std::uint64_t call = 0;
  friend bool operator==(const ReportRinging&, const ReportRinging&) = default;
};
BOOST_DESCRIBE_STRUCT(ReportRinging, (), (call))

/// I'm coming. A station says who goes. Where the call is owned already and wants no more adults:
/// AlreadyOwned.
struct AcceptCall {
  std::uint64_t call = 0;
  /// True: and I am on my way now.
  bool on_way = false;
  /// Station only: the person who goes.
  std::optional<std::string> going{};
  friend bool operator==(const AcceptCall&, const AcceptCall&) = default;
};
BOOST_DESCRIBE_STRUCT(AcceptCall, (), (call, on_way, going))

/// I can't. Private and free; no reason is asked.
struct DeclineCall {
  std::uint64_t call = 0;
  friend bool operator==(const DeclineCall&, const DeclineCall&) = default;
};
BOOST_DESCRIBE_STRUCT(DeclineCall, (), (call))

/// The owner sets out.
struct ReportOnWay {
  std::uint64_t call = 0;
  friend bool operator==(const ReportOnWay&, const ReportOnWay&) = default;
};
BOOST_DESCRIBE_STRUCT(ReportOnWay, (), (call))

/// An adult stands at the door: said by that adult, or by the room of an owned call.
struct ArriveCall {
  std::uint64_t call = 0;
  friend bool operator==(const ArriveCall&, const ArriveCall&) = default;
};
BOOST_DESCRIBE_STRUCT(ArriveCall, (), (call))

/// For a call with withdraw_asked: I looked in, all is well. Ends it as withdrawn.
struct LookIn {
  std::uint64_t call = 0;
  friend bool operator==(const LookIn&, const LookIn&) = default;
};
BOOST_DESCRIBE_STRUCT(LookIn, (), (call))

/// The owner or a helper needs another adult.
struct AskHelper {
  std::uint64_t call = 0;
  friend bool operator==(const AskHelper&, const AskHelper&) = default;
};
BOOST_DESCRIBE_STRUCT(AskHelper, (), (call))

/// Answers support_check_due: still with them.
struct ConfirmSupport {
  std::uint64_t call = 0;
  friend bool operator==(const ConfirmSupport&, const ConfirmSupport&) = default;
};
BOOST_DESCRIBE_STRUCT(ConfirmSupport, (), (call))

/// Settled, ready to go on.
struct SettleCall {
  std::uint64_t call = 0;
  friend bool operator==(const SettleCall&, const SettleCall&) = default;
};
BOOST_DESCRIBE_STRUCT(SettleCall, (), (call))

/// Moved to a calm space, together.
struct MoveCall {
  std::uint64_t call = 0;
  std::string place{};
  friend bool operator==(const MoveCall&, const MoveCall&) = default;
};
BOOST_DESCRIBE_STRUCT(MoveCall, (), (call, place))

/// Another adult, who is there, has it from here. A duty lead may hand an arrived call to themself.
struct HandOverCall {
  std::uint64_t call = 0;
  std::string to{};
  friend bool operator==(const HandOverCall&, const HandOverCall&) = default;
};
BOOST_DESCRIBE_STRUCT(HandOverCall, (), (call, to))

/// Only after settled, moved or handed over.
struct CloseCall {
  std::uint64_t call = 0;
  /// Which lines of what helps did help, from 0.
  std::vector<std::uint64_t> helped{};
  std::vector<Need> needs{};
  friend bool operator==(const CloseCall&, const CloseCall&) = default;
};
BOOST_DESCRIBE_STRUCT(CloseCall, (), (call, helped, needs))

/// Chooses the person's PIN, on a device whose enrolment was made for that person, within its ten
/// minutes; signs in as SignIn does.
struct SetPin {
  std::string person{};
  /// 4 to 12 digits.
  std::string pin{};
  /// Random, made by the device.
  std::array<std::byte, 16> session{};
  friend bool operator==(const SetPin&, const SetPin&) = default;
};
BOOST_DESCRIBE_STRUCT(SetPin, (), (person, pin, session))

/// This person has this handset now, unlocked as long as the device keeps the session secret. Ends
/// that person's sign-in elsewhere.
struct SignIn {
  std::string person{};
  std::string pin{};
  std::array<std::byte, 16> session{};
  friend bool operator==(const SignIn&, const SignIn&) = default;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (person, pin, session))

/// Ends this person's time on this handset. A call that they own is offered again.
struct SignOut {
  friend bool operator==(const SignOut&, const SignOut&) = default;
};
BOOST_DESCRIBE_STRUCT(SignOut, (), ())

/// Stay on duty, hide what is about children until the PIN is given again.
struct Lock {
  friend bool operator==(const Lock&, const Lock&) = default;
};
BOOST_DESCRIBE_STRUCT(Lock, (), ())

/// Starts a duty: the tone was played, and the person says whether they heard it.
struct ProveHandset {
  bool heard = false;
  bool vibrated = false;
  friend bool operator==(const ProveHandset&, const ProveHandset&) = default;
};
BOOST_DESCRIBE_STRUCT(ProveHandset, (), (heard, vibrated))

/// Free, with a child, or on a break until a time. Free ends a recovery early.
struct SetAvailability {
  /// free, with_child or on_break.
  AvailabilityState state{};
  /// With on_break; at most 2 h ahead.
  std::optional<std::int64_t> until{};
  friend bool operator==(const SetAvailability&, const SetAvailability&) = default;
};
BOOST_DESCRIBE_STRUCT(SetAvailability, (), (state, until))

/// A duty lead, on an unlocked handset, or a leader with the role duty_lead, dsl, senco or head:
/// this person stands in for the child's own adults. Closes the gap.
struct NameSwap {
  std::uint64_t gap = 0;
  /// Free, or on no handset and here by this word: else SwapCannotCome.
  std::string person{};
  /// Until the end of the school day when absent, and never longer.
  std::optional<std::int64_t> until{};
  friend bool operator==(const NameSwap&, const NameSwap&) = default;
};
BOOST_DESCRIBE_STRUCT(NameSwap, (), (gap, person, until))

/// The children in whose order the signed-in adult is. On an unlocked handset alone: else
/// NobodySignedIn.
struct ListMyChildren {
  friend bool operator==(const ListMyChildren&, const ListMyChildren&) = default;
};
BOOST_DESCRIBE_STRUCT(ListMyChildren, (), ())

/// Makes a one-time code for a new device; it is good for ten minutes. A device that enrols with it
/// waits until a second person approves it.
struct MakeEnrolmentCode {
  DeviceKind kind{};
  /// A room's or calm space's place, or where a station stands.
  std::optional<std::string> place{};
  /// A handset made ready for this person, who may choose a PIN on it.
  std::optional<std::string> person{};
  /// With board: everybody passes it, so that it names no child.
  std::optional<bool> corridor{};
  friend bool operator==(const MakeEnrolmentCode&, const MakeEnrolmentCode&) = default;
};
BOOST_DESCRIBE_STRUCT(MakeEnrolmentCode, (), (kind, place, person, corridor))

/// Gives a device another label: what stations and lists call it.
struct RenameDevice {
  std::string device{};
  /// Not empty.
  std::string label{};
  friend bool operator==(const RenameDevice&, const RenameDevice&) = default;
};
BOOST_DESCRIBE_STRUCT(RenameDevice, (), (device, label))

/// Puts a device out: its connection ends, and a call that it owned is offered again.
struct RevokeDevice {
  std::string device{};
  friend bool operator==(const RevokeDevice&, const RevokeDevice&) = default;
};
BOOST_DESCRIBE_STRUCT(RevokeDevice, (), (device))

/// The second person lets a waiting device in. Not whoever made its code: SecondPersonNeeded.
struct ApproveEnrolment {
  std::string device{};
  friend bool operator==(const ApproveEnrolment&, const ApproveEnrolment&) = default;
};
BOOST_DESCRIBE_STRUCT(ApproveEnrolment, (), (device))

/// A waiting device stays out for good. Whoever made its code may do this, too.
struct RefuseEnrolment {
  std::string device{};
  friend bool operator==(const RefuseEnrolment&, const RefuseEnrolment&) = default;
};
BOOST_DESCRIBE_STRUCT(RefuseEnrolment, (), (device))

/// Everybody whose role may have an account. A leader needs the role admin: NotYourRole.
struct ListAccounts {
  friend bool operator==(const ListAccounts&, const ListAccounts&) = default;
};
BOOST_DESCRIBE_STRUCT(ListAccounts, (), ())

/// Makes a one-time code with which this person opens an account: good for half an hour, and for a
/// day while nobody has an account. An older code of the same person is void. A leader needs the
/// role admin. Who has an open account gets AccountExists.
struct InviteLeader {
  /// The staff id. Absent, on the local socket alone: the first administrator, while nobody has an
  /// account.
  std::optional<std::string> person{};
  friend bool operator==(const InviteLeader&, const InviteLeader&) = default;
};
BOOST_DESCRIBE_STRUCT(InviteLeader, (), (person))

/// Closes a person's account: its sessions end, and password, authenticator and recovery codes are
/// void. InviteLeader lets them open a new one.
struct ResetAccount {
  std::string person{};
  friend bool operator==(const ResetAccount&, const ResetAccount&) = default;
};
BOOST_DESCRIBE_STRUCT(ResetAccount, (), (person))

/// Signs this person out of every browser. A leader may do it for themself, and with the role admin
/// for others.
struct EndLeaderSessions {
  std::string person{};
  friend bool operator==(const EndLeaderSessions&, const EndLeaderSessions&) = default;
};
BOOST_DESCRIBE_STRUCT(EndLeaderSessions, (), (person))

/// Ends the session of this browser; Goodbye with signed_out follows. DELETE /v1/leaders/session
/// does the same and takes the cookie back.
struct SignOutLeader {
  friend bool operator==(const SignOutLeader&, const SignOutLeader&) = default;
};
BOOST_DESCRIBE_STRUCT(SignOutLeader, (), ())

/// A person is at the page: the half hour begins anew. Send it after a touch or a key, once a
/// minute at most. Queries and beats do not count; commands that change something do.
struct KeepSession {
  friend bool operator==(const KeepSession&, const KeepSession&) = default;
};
BOOST_DESCRIBE_STRUCT(KeepSession, (), ())

/// A card is at the kiosk: whom this child may ask, and how far their talk is. Changes of it follow
/// as TalkChanged until HideCard, another card, or a minute. CardNotKnown when it opens nothing, or
/// no longer.
struct ShowCard {
  /// What the code on the card says.
  std::string card{};
  friend bool operator==(const ShowCard&, const ShowCard&) = default;
};
BOOST_DESCRIBE_STRUCT(ShowCard, (), (card))

/// The card is gone: nothing more is told here.
struct HideCard {
  friend bool operator==(const HideCard&, const HideCard&) = default;
};
BOOST_DESCRIBE_STRUCT(HideCard, (), ())

/// Asks for talk time, says hello, or asks for somebody now; TalkChanged follows. One open talk for
/// each child: AlreadyAsked; but urgent always goes through, and turns an open one into a call.
struct AskTalk {
  std::string card{};
  TalkSymbol symbol{};
  TalkWhen when{};
  /// One of those in CardShown; absent: the first who is here.
  std::optional<std::string> adult{};
  /// True: none of those, please.
  bool someone_else = false;
  friend bool operator==(const AskTalk&, const AskTalk&) = default;
};
BOOST_DESCRIBE_STRUCT(AskTalk, (), (card, symbol, when, adult, someone_else))

/// Yes to the time that was offered.
struct AgreeTalk {
  std::string card{};
  friend bool operator==(const AgreeTalk&, const AgreeTalk&) = default;
};
BOOST_DESCRIBE_STRUCT(AgreeTalk, (), (card))

/// Someone else, please. No reason is asked, and the first adult is told nothing.
struct AskSomeoneElse {
  std::string card{};
  friend bool operator==(const AskSomeoneElse&, const AskSomeoneElse&) = default;
};
BOOST_DESCRIBE_STRUCT(AskSomeoneElse, (), (card))

/// Never mind. It leaves every screen; of one that became a call somebody looks in.
struct TakeBackTalk {
  std::string card{};
  friend bool operator==(const TakeBackTalk&, const TakeBackTalk&) = default;
};
BOOST_DESCRIBE_STRUCT(TakeBackTalk, (), (card))

/// How it was. Never asked for twice.
struct RateTalk {
  std::string card{};
  TalkFeedback feedback{};
  friend bool operator==(const RateTalk&, const RateTalk&) = default;
};
BOOST_DESCRIBE_STRUCT(RateTalk, (), (card, feedback))

/// The receipt: this unlocked handset has shown the talk to its adult. Only now the child reads:
/// they know.
struct ReportTalkShown {
  std::uint64_t talk = 0;
  friend bool operator==(const ReportTalkShown&, const ReportTalkShown&) = default;
};
BOOST_DESCRIBE_STRUCT(ReportTalkShown, (), (talk))

/// A time and a place. TalkTime when it is past or too far ahead.
struct OfferTalk {
  std::uint64_t talk = 0;
  std::int64_t at = 0;
  std::string place{};
  friend bool operator==(const OfferTalk&, const OfferTalk&) = default;
};
BOOST_DESCRIBE_STRUCT(OfferTalk, (), (talk, at, place))

/// We met. Of a hello that nobody has answered: waved back.
struct MeetTalk {
  std::uint64_t talk = 0;
  friend bool operator==(const MeetTalk&, const MeetTalk&) = default;
};
BOOST_DESCRIBE_STRUCT(MeetTalk, (), (talk))

/// I can't. It goes on to the next adult at once; no reason is asked.
struct PassTalk {
  std::uint64_t talk = 0;
  friend bool operator==(const PassTalk&, const PassTalk&) = default;
};
BOOST_DESCRIBE_STRUCT(PassTalk, (), (talk))

/// After they met: the safeguarding lead has to know. A pointer alone; what was said goes into
/// their own system.
struct HandTalkToDsl {
  std::uint64_t talk = 0;
  friend bool operator==(const HandTalkToDsl&, const HandTalkToDsl&) = default;
};
BOOST_DESCRIBE_STRUCT(HandTalkToDsl, (), (talk))

/// The safeguarding lead has it from here.
struct TakeTalkPointer {
  std::uint64_t talk = 0;
  friend bool operator==(const TakeTalkPointer&, const TakeTalkPointer&) = default;
};
BOOST_DESCRIBE_STRUCT(TakeTalkPointer, (), (talk))

/// Makes new cards for these children; each one's older card opens nothing any more. No children:
/// for the first of those who have none.
struct MakeCards {
  std::vector<std::string> children{};
  friend bool operator==(const MakeCards&, const MakeCards&) = default;
};
BOOST_DESCRIBE_STRUCT(MakeCards, (), (children))

/// All devices but those that are out.
struct ListDevices {
  friend bool operator==(const ListDevices&, const ListDevices&) = default;
};
BOOST_DESCRIBE_STRUCT(ListDevices, (), ())

/// All or nothing. Without apply it only shows what would change.
struct ImportDirectory {
  std::vector<ImportFile> files{};
  bool apply = false;
  friend bool operator==(const ImportDirectory&, const ImportDirectory&) = default;
};
BOOST_DESCRIBE_STRUCT(ImportDirectory, (), (files, apply))

/// I am here: an adult is in the calm space, and this device proves it. The tablet names the
/// person; a handset names the place. Said again after the device was silent.
struct OpenSpace {
  /// Handsets only.
  std::optional<std::string> place{};
  /// The tablet only.
  std::optional<std::string> person{};
  friend bool operator==(const OpenSpace&, const OpenSpace&) = default;
};
BOOST_DESCRIBE_STRUCT(OpenSpace, (), (place, person))

/// This adult steps away. With visitors and no other adult it is an alarm within 5 s.
struct LeaveSpace {
  /// Handsets only.
  std::optional<std::string> place{};
  /// The tablet only.
  std::optional<std::string> person{};
  friend bool operator==(const LeaveSpace&, const LeaveSpace&) = default;
};
BOOST_DESCRIBE_STRUCT(LeaveSpace, (), (place, person))

/// Out of use, or in use again. Not while somebody is there or on the way: WrongMoment.
struct SetSpaceUse {
  bool out_of_use = false;
  OutOfUse reason{};
  friend bool operator==(const SetSpaceUse&, const SetSpaceUse&) = default;
};
BOOST_DESCRIBE_STRUCT(SetSpaceUse, (), (out_of_use, reason))

/// A child's card asks for a break. Without an offer in two minutes it becomes a call.
struct AskVisit {
  std::string child{};
  std::optional<std::string> space{};
  friend bool operator==(const AskVisit&, const AskVisit&) = default;
};
BOOST_DESCRIBE_STRUCT(AskVisit, (), (child, space))

/// Offers a break, or answers a child's wish. From the calm space's own tablet: they stand at the
/// door. Done carries the visit.
struct OfferVisit {
  /// Absent: the nearest one that is open.
  std::optional<std::string> space{};
  /// Not from a room: where they come from.
  std::optional<std::string> from{};
  /// Absent: nobody with a plan.
  std::optional<std::string> child{};
  friend bool operator==(const OfferVisit&, const OfferVisit&) = default;
};
BOOST_DESCRIBE_STRUCT(OfferVisit, (), (space, from, child))

/// The child would like to, and goes now.
struct ChooseVisit {
  std::uint64_t visit = 0;
  Company company{};
  friend bool operator==(const ChooseVisit&, const ChooseVisit&) = default;
};
BOOST_DESCRIBE_STRUCT(ChooseVisit, (), (visit, company))

/// The child stays. Not a refusal, and not logged as one.
struct DeclineVisit {
  std::uint64_t visit = 0;
  friend bool operator==(const DeclineVisit&, const DeclineVisit&) = default;
};
BOOST_DESCRIBE_STRUCT(DeclineVisit, (), (visit))

/// They are here. Could they leave if they wanted to? A no opens a restrictive-intervention record.
struct ArriveVisit {
  std::uint64_t visit = 0;
  bool can_leave = false;
  friend bool operator==(const ArriveVisit&, const ArriveVisit&) = default;
};
BOOST_DESCRIBE_STRUCT(ArriveVisit, (), (visit, can_leave))

/// Could they leave if they wanted to? Asked again.
struct ReviewVisit {
  std::uint64_t visit = 0;
  bool can_leave = false;
  friend bool operator==(const ReviewVisit&, const ReviewVisit&) = default;
};
BOOST_DESCRIBE_STRUCT(ReviewVisit, (), (visit, can_leave))

/// Ready to go back, with one thing for the teacher to say.
struct ReadyVisit {
  std::uint64_t visit = 0;
  WelcomeWord say{};
  friend bool operator==(const ReadyVisit&, const ReadyVisit&) = default;
};
BOOST_DESCRIBE_STRUCT(ReadyVisit, (), (visit, say))

/// On the way back.
struct ReturnVisit {
  std::uint64_t visit = 0;
  Company company{};
  friend bool operator==(const ReturnVisit&, const ReturnVisit&) = default;
};
BOOST_DESCRIBE_STRUCT(ReturnVisit, (), (visit, company))

/// They are back in the room.
struct WelcomeBack {
  std::uint64_t visit = 0;
  friend bool operator==(const WelcomeBack&, const WelcomeBack&) = default;
};
BOOST_DESCRIBE_STRUCT(WelcomeBack, (), (visit))

/// The test that this device pressed has sounded, and its screen says so: the device is proven for
/// today. TestNotHeard before anything has sounded.
struct ConfirmTest {
  std::uint64_t call = 0;
  friend bool operator==(const ConfirmTest&, const ConfirmTest&) = default;
};
BOOST_DESCRIBE_STRUCT(ConfirmTest, (), (call))

/// The station's test of the day: MyReadiness with testing_until follows, the station sounds, and
/// asks whether it was heard.
struct TestStation {
  friend bool operator==(const TestStation&, const TestStation&) = default;
};
BOOST_DESCRIBE_STRUCT(TestStation, (), ())

/// A person heard the station's test, or did not.
struct ConfirmStation {
  bool heard = false;
  friend bool operator==(const ConfirmStation&, const ConfirmStation&) = default;
};
BOOST_DESCRIBE_STRUCT(ConfirmStation, (), (heard))

/// This person goes and looks at a device that is not ready. From stations, duty leads and leaders.
struct NameRunner {
  std::string device{};
  std::string person{};
  friend bool operator==(const NameRunner&, const NameRunner&) = default;
};
BOOST_DESCRIBE_STRUCT(NameRunner, (), (device, person))

/// I'll look. From whoever is asked, and from duty leads.
struct GoLook {
  std::string device{};
  friend bool operator==(const GoLook&, const GoLook&) = default;
};
BOOST_DESCRIBE_STRUCT(GoLook, (), (device))

/// It may stay unproven today. From whoever is asked to look, from duty leads and leaders.
struct ExcuseDevice {
  std::string device{};
  Excuse why{};
  friend bool operator==(const ExcuseDevice&, const ExcuseDevice&) = default;
};
BOOST_DESCRIBE_STRUCT(ExcuseDevice, (), (device, why))

/// The whole school practises: every room once. From duty leads and leaders. Ends by itself, or at
/// once when somebody is called for.
struct StartSiteDrill {
  friend bool operator==(const StartSiteDrill&, const StartSiteDrill&) = default;
};
BOOST_DESCRIBE_STRUCT(StartSiteDrill, (), ())

/// The drill is over.
struct EndSiteDrill {
  friend bool operator==(const EndSiteDrill&, const EndSiteDrill&) = default;
};
BOOST_DESCRIBE_STRUCT(EndSiteDrill, (), ())

/// How ready the school is today, and who has never pressed.
struct ListReadiness {
  friend bool operator==(const ListReadiness&, const ListReadiness&) = default;
};
BOOST_DESCRIBE_STRUCT(ListReadiness, (), ())

/// The enrolment is on disk. Say Hello next, on the same connection.
struct Enrolled {
  std::string device{};
  DeviceKind kind{};
  std::string label{};
  /// Whose handset this is made ready for.
  std::optional<std::string> person{};
  bool may_set_pin = false;
  /// A second person has to approve this device first, until then: Hello is answered by Waiting.
  std::optional<std::int64_t> waiting_until{};
  friend bool operator==(const Enrolled&, const Enrolled&) = default;
};
BOOST_DESCRIBE_STRUCT(Enrolled, (), (device, kind, label, person, may_set_pin, waiting_until))

/// The answer to Hello while a second person has not approved this device. It sees nothing and can
/// do nothing: show that it waits, and until when. Keep beating; Welcome follows on the same
/// connection when it is approved, Goodbye with revoked and EnrolmentRefused when it is not.
struct Waiting {
  /// The hub's timeline.
  std::int64_t now = 0;
  /// When it lapses.
  std::int64_t until = 0;
  std::string device{};
  DeviceKind kind{};
  std::string label{};
  std::string site{};
  /// How else to get help: all that this device can say meanwhile.
  std::string help{};
  friend bool operator==(const Waiting&, const Waiting&) = default;
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (now, until, device, kind, label, site, help))

/// Shown this once: what the authenticator needs, and the recovery codes. Nothing is open before
/// ConfirmAccount.
struct AccountKeys {
  /// The staff id, to sign in with.
  std::string person{};
  std::string name{};
  /// otpauth://totp/… as a link or a QR code: SHA-1, six digits, 30 s.
  std::string otpauth{};
  /// The same secret in base32, to be typed.
  std::string secret{};
  /// Each works once in place of the six digits.
  std::vector<std::string> recovery{};
  /// When the one-time code ends.
  std::int64_t expires_at = 0;
  friend bool operator==(const AccountKeys&, const AccountKeys&) = default;
};
BOOST_DESCRIBE_STRUCT(AccountKeys, (), (person, name, otpauth, secret, recovery, expires_at))

/// On disk, and the cookie is set. Open the WebSocket next.
struct LeaderSignedIn {
  std::string person{};
  std::string name{};
  std::vector<Role> roles{};
  /// When the session ends in any case, twelve hours from now.
  std::int64_t ends_at = 0;
  /// Recovery codes that are not used yet.
  std::uint64_t recovery_left = 0;
  friend bool operator==(const LeaderSignedIn&, const LeaderSignedIn&) = default;
};
BOOST_DESCRIBE_STRUCT(LeaderSignedIn, (), (person, name, roles, ends_at, recovery_left))

/// A leader's session is open here. Staff and Places follow, DeviceChanged for each device, waiting
/// ones too, then Live; then each change as it happens.
struct LeaderWelcome {
  std::uint64_t seq = 0;
  /// The hub's timeline.
  std::int64_t now = 0;
  std::string person{};
  std::string short_name{};
  std::string name{};
  std::vector<Role> roles{};
  std::string site{};
  /// When the session ends in any case.
  std::int64_t ends_at = 0;
  /// It ends earlier when nobody is at the page for so long: see KeepSession.
  std::uint64_t idle_ms = 0;
  JournalHealth journal{};
  /// The example school is loaded: devices need no second person.
  bool example = false;
  friend bool operator==(const LeaderWelcome&, const LeaderWelcome&) = default;
};
BOOST_DESCRIBE_STRUCT(LeaderWelcome, (), (seq, now, person, short_name, name, roles, site, ends_at, idle_ms, journal, example))

/// The answer to ListAccounts.
struct Accounts {
  std::vector<AccountView> accounts{};
  /// How many accounts are open.
  std::uint64_t open = 0;
  friend bool operator==(const Accounts&, const Accounts&) = default;
};
BOOST_DESCRIBE_STRUCT(Accounts, (), (accounts, open))

/// The code, shown this once: the hub keeps its digest alone. The link is
/// https://HOST:PORT/leaders#c=CODE.
struct LeaderInvitation {
  std::string person{};
  std::string name{};
  std::string code{};
  std::int64_t expires_at = 0;
  friend bool operator==(const LeaderInvitation&, const LeaderInvitation&) = default;
};
BOOST_DESCRIBE_STRUCT(LeaderInvitation, (), (person, name, code, expires_at))

/// The session is open. What was missed follows, then Live.
struct Welcome {
  /// Highest seq at this moment. Not to be remembered: Live says when all of it has come.
  std::uint64_t seq = 0;
  /// Keep the cards held, or forget them.
  Resume resume{};
  /// The hub's timeline.
  std::int64_t now = 0;
  std::string device{};
  DeviceKind kind{};
  /// The room's name, or the handset's label.
  std::string label{};
  std::string site{};
  /// How else to get help when nothing gets through.
  std::string help{};
  /// The room's own place.
  std::optional<std::string> place{};
  /// The office's telephone extension, to ring when nothing gets through. Never the room's own.
  std::optional<std::string> extension{};
  /// Who is signed in on this handset.
  std::optional<std::string> person{};
  /// Whose handset this is made ready for.
  std::optional<std::string> for_person{};
  /// This person may choose a PIN here, now.
  bool may_set_pin = false;
  /// Somebody is signed in, and what is about children may be shown.
  bool unlocked = false;
  /// A duty has been started on it and holds.
  bool proven = false;
  JournalHealth journal{};
  /// The example school is loaded.
  bool example = false;
  /// To a board that names no child: true.
  std::optional<bool> corridor{};
  friend bool operator==(const Welcome&, const Welcome&) = default;
};
BOOST_DESCRIBE_STRUCT(Welcome, (), (seq, resume, now, device, kind, label, site, help, place, extension, person, for_person, may_set_pin, unlocked, proven, journal, example, corridor))

/// Everything up to seq has been sent; what comes now is happening now.
struct Live {
  /// Remember it as last_seq.
  std::uint64_t seq = 0;
  friend bool operator==(const Live&, const Live&) = default;
};
BOOST_DESCRIBE_STRUCT(Live, (), (seq))

/// The command is on disk.
struct Done {
  /// The last event it caused; of a repeated command, the first time's.
  std::uint64_t seq = 0;
  /// The call that it was about, or that it raised.
  std::optional<std::uint64_t> call{};
  /// The visit that it was about, or that it asked for.
  std::optional<std::uint64_t> visit{};
  friend bool operator==(const Done&, const Done&) = default;
};
BOOST_DESCRIBE_STRUCT(Done, (), (seq, call, visit))

/// Nothing was changed.
struct Rejected {
  /// Stable number from the table.
  std::uint64_t error = 0;
  /// Its name in the table.
  std::string name{};
  /// What to do.
  std::string message{};
  /// When to try again.
  std::optional<std::uint64_t> retry_ms{};
  friend bool operator==(const Rejected&, const Rejected&) = default;
};
BOOST_DESCRIBE_STRUCT(Rejected, (), (error, name, message, retry_ms))

/// One event of a call, and the call as this device may see it just after.
struct CallChanged {
  /// The event's number.
  std::uint64_t seq = 0;
  /// What happened.
  CallEvent event{};
  /// When.
  std::int64_t at = 0;
  /// The whole card: it replaces the one held.
  CallView call{};
  friend bool operator==(const CallChanged&, const CallChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(CallChanged, (), (seq, event, at, call))

/// This device is no longer in the call's audience: drop the card, fall silent. A room is sent this
/// after closed or withdrawn.
struct CallGone {
  std::uint64_t seq = 0;
  std::uint64_t call = 0;
  /// What ended it for this device.
  CallEvent event{};
  /// Who has it, when another accepted.
  std::optional<std::string> owner{};
  friend bool operator==(const CallGone&, const CallGone&) = default;
};
BOOST_DESCRIBE_STRUCT(CallGone, (), (seq, call, event, owner))

/// To stations and duty leads, and to a handset of its own adult.
struct PersonChanged {
  std::uint64_t seq = 0;
  PersonView person{};
  friend bool operator==(const PersonChanged&, const PersonChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(PersonChanged, (), (seq, person))

/// To stations and duty leads; to a device of itself.
struct DeviceChanged {
  std::uint64_t seq = 0;
  DeviceView device{};
  friend bool operator==(const DeviceChanged&, const DeviceChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(DeviceChanged, (), (seq, device))

/// To handsets and stations, before Live and when it changes. Several frames when long; the first
/// has first set.
struct Staff {
  bool first = false;
  std::vector<PersonRef> people{};
  friend bool operator==(const Staff&, const Staff&) = default;
};
BOOST_DESCRIBE_STRUCT(Staff, (), (first, people))

/// To rooms: the children due there who have a plan. Replaces the list.
struct Children {
  std::vector<ChildRef> children{};
  friend bool operator==(const Children&, const Children&) = default;
};
BOOST_DESCRIBE_STRUCT(Children, (), (children))

/// To unlocked handsets: where a call can be moved to or raised from. Several frames when long; the
/// first has first set and replaces the list.
struct Places {
  /// The list begins anew with this frame.
  bool first = false;
  std::vector<PlaceRef> places{};
  friend bool operator==(const Places&, const Places&) = default;
};
BOOST_DESCRIBE_STRUCT(Places, (), (first, places))

/// The answer to ShowCard.
struct CardShown {
  /// In the child's own order.
  std::vector<AdultRef> adults{};
  /// The child's open talk.
  std::optional<TalkView> talk{};
  /// The card counts as there until then, at most.
  std::int64_t until = 0;
  friend bool operator==(const CardShown&, const CardShown&) = default;
};
BOOST_DESCRIBE_STRUCT(CardShown, (), (adults, talk, until))

/// To the asked adult's unlocked handset, and to the kiosk while the card is there: one talk as
/// this device may see it now. It replaces the one held.
struct TalkChanged {
  std::uint64_t seq = 0;
  TalkView talk{};
  friend bool operator==(const TalkChanged&, const TalkChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(TalkChanged, (), (seq, talk))

/// This device is no longer in the talk's audience: drop it, without a word about why.
struct TalkGone {
  std::uint64_t seq = 0;
  std::uint64_t talk = 0;
  friend bool operator==(const TalkGone&, const TalkGone&) = default;
};
BOOST_DESCRIBE_STRUCT(TalkGone, (), (seq, talk))

/// The answer to MakeCards, shown this once.
struct Cards {
  std::vector<IssuedCard> cards{};
  /// Children who still have none.
  std::uint64_t left = 0;
  friend bool operator==(const Cards&, const Cards&) = default;
};
BOOST_DESCRIBE_STRUCT(Cards, (), (cards, left))

/// To unlocked handsets of duty leads, to stations (without the children), and to leaders with the
/// role duty_lead, dsl, senco or head: every child whom nobody can come for, the soonest first.
/// Before Live and whenever it changes; it replaces the list.
struct Gaps {
  std::vector<GapView> gaps{};
  /// How many more.
  std::uint64_t gaps_more = 0;
  friend bool operator==(const Gaps&, const Gaps&) = default;
};
BOOST_DESCRIBE_STRUCT(Gaps, (), (gaps, gaps_more))

/// To boards, before Live and whenever it changes. Several frames when long; the first has first
/// set and replaces the list. Adults in the order in which they are to be shown.
struct Board {
  bool first = false;
  /// Those in the order of a child with a plan, those who look after a calm space, and duty leads.
  std::vector<BoardAdult> adults{};
  /// Initials of children whom nobody can come for now. Never on a corridor's board.
  std::vector<std::string> waiting{};
  /// How many children nobody can come for now. Never on a corridor's board.
  std::uint64_t gaps = 0;
  /// Today's school day, while it goes on.
  std::optional<std::int64_t> school_from{};
  std::optional<std::int64_t> school_to{};
  /// How many children on a plan nobody has greeted yet today. Never on a corridor's board.
  std::uint64_t not_greeted = 0;
  friend bool operator==(const Board&, const Board&) = default;
};
BOOST_DESCRIBE_STRUCT(Board, (), (first, adults, waiting, gaps, school_from, school_to, not_greeted))

/// To stations, duty leads' handsets, boards and leaders, before Live and whenever it changes: how
/// old the timetable is, and whether the newest import failed. A failed one changes nothing: the
/// last good timetable goes on.
struct TimetableState {
  /// Absent: there is none.
  std::optional<std::int64_t> imported_at{};
  /// What is wrong with the newest files, and where: show it until it is gone. To boards only that
  /// there is a fault.
  std::optional<std::string> fault{};
  std::optional<std::int64_t> fault_at{};
  friend bool operator==(const TimetableState&, const TimetableState&) = default;
};
BOOST_DESCRIBE_STRUCT(TimetableState, (), (imported_at, fault, fault_at))

/// The answer to ListMyChildren.
struct MyChildren {
  /// Those first whose named adult I am.
  std::vector<MyChild> children{};
  /// False: school is not on, or there is no timetable, so that nobody knows who should be here.
  bool school = false;
  friend bool operator==(const MyChildren&, const MyChildren&) = default;
};
BOOST_DESCRIBE_STRUCT(MyChildren, (), (children, school))

/// The code, shown this once: the hub keeps its digest alone.
struct EnrolmentCode {
  std::string code{};
  std::int64_t expires_at = 0;
  /// The link for a native client, where the hub serves them (section 19).
  std::optional<std::string> native{};
  friend bool operator==(const EnrolmentCode&, const EnrolmentCode&) = default;
};
BOOST_DESCRIBE_STRUCT(EnrolmentCode, (), (code, expires_at, native))

/// A calm space, and how it is now. To rooms without names.
struct SpaceChanged {
  std::uint64_t seq = 0;
  SpaceView space{};
  friend bool operator==(const SpaceChanged&, const SpaceChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(SpaceChanged, (), (seq, space))

/// One event of a visit, and the visit as this device may see it just after.
struct VisitChanged {
  /// The event's number.
  std::uint64_t seq = 0;
  /// What happened.
  VisitEvent event{};
  /// When.
  std::int64_t at = 0;
  /// The whole card: it replaces the one held.
  VisitView visit{};
  friend bool operator==(const VisitChanged&, const VisitChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(VisitChanged, (), (seq, event, at, visit))

/// The visit is over, or no longer for this device: drop the card.
struct VisitGone {
  std::uint64_t seq = 0;
  std::uint64_t visit = 0;
  VisitEvent event{};
  friend bool operator==(const VisitGone&, const VisitGone&) = default;
};
BOOST_DESCRIBE_STRUCT(VisitGone, (), (seq, visit, event))

/// To stations, duty leads' handsets and leaders, and to a handset whose adult is asked to look
/// (what is theirs alone); before Live and whenever it changes. It replaces the one held.
struct Readiness {
  ReadinessView readiness{};
  friend bool operator==(const Readiness&, const Readiness&) = default;
};
BOOST_DESCRIBE_STRUCT(Readiness, (), (readiness))

/// To rooms, calm spaces, handsets and stations: how this device's own test of the day is. Before
/// Live and whenever it changes.
struct MyReadiness {
  /// Today's proof.
  std::optional<std::int64_t> proven_at{};
  /// Today's newest test that did not come through, if none came through after it.
  std::optional<std::int64_t> failed_at{};
  /// Let be for today.
  bool excused = false;
  /// It is on today's list.
  bool listed = false;
  /// To a station: sound the test now, and ask.
  std::optional<std::int64_t> testing_until{};
  /// The whole school practises, until then at most.
  std::optional<std::int64_t> drill_until{};
  /// In it, this room's press came through.
  bool pressed = false;
  /// Support was never pressed here, not even in a drill.
  bool never_pressed = false;
  friend bool operator==(const MyReadiness&, const MyReadiness&) = default;
};
BOOST_DESCRIBE_STRUCT(MyReadiness, (), (proven_at, failed_at, excused, listed, testing_until, drill_until, pressed, never_pressed))

/// The answer to ListReadiness.
struct ReadinessReport {
  ReadinessView readiness{};
  /// Rooms and calm spaces where support was never pressed, drills included.
  std::vector<NeverPressed> devices{};
  std::uint64_t devices_more = 0;
  /// Adults who have had a handset and never pressed on one, drills included.
  std::vector<PersonRef> people{};
  std::uint64_t people_more = 0;
  friend bool operator==(const ReadinessReport&, const ReadinessReport&) = default;
};
BOOST_DESCRIBE_STRUCT(ReadinessReport, (), (readiness, devices, devices_more, people, people_more))

/// The answer to ListDevices.
struct Devices {
  std::vector<DeviceView> devices{};
  /// Whether the hub can write to its disk.
  std::optional<JournalHealth> journal{};
  /// Events that are known and not on disk.
  std::optional<std::uint64_t> not_recorded{};
  friend bool operator==(const Devices&, const Devices&) = default;
};
BOOST_DESCRIBE_STRUCT(Devices, (), (devices, journal, not_recorded))

/// What is wrong with the files, or what they change.
struct ImportReport {
  std::vector<ImportProblem> problems{};
  /// The first of them.
  std::vector<ImportChange> changes{};
  std::uint64_t changes_total = 0;
  bool applied = false;
  /// What is right and may not be meant, such as a file that was left out.
  std::optional<std::vector<std::string>> notes{};
  friend bool operator==(const ImportReport&, const ImportReport&) = default;
};
BOOST_DESCRIBE_STRUCT(ImportReport, (), (problems, changes, changes_total, applied, notes))

/// An adult for today only, gone at the end of the school day: a duty lead on an unlocked handset,
/// a leader with the role duty_lead, dsl, senco or head, or the hub's own command line.
struct AddSupply {
  /// As they say it.
  std::string name{};
  /// As rooms will read it. Nobody else has it.
  std::string short_name{};
  /// responder, teacher or both: else SupplyRole.
  std::vector<Role> roles{};
  /// The absent adult for whose children this one is asked, after the child's own adults.
  std::optional<std::string> covers{};
  /// Where they are based today.
  std::optional<std::string> place{};
  friend bool operator==(const AddSupply&, const AddSupply&) = default;
};
BOOST_DESCRIBE_STRUCT(AddSupply, (), (name, short_name, roles, covers, place))

/// They have gone earlier. By whoever may send AddSupply.
struct EndSupply {
  std::string person{};
  friend bool operator==(const EndSupply&, const EndSupply&) = default;
};
BOOST_DESCRIBE_STRUCT(EndSupply, (), (person))

/// Who is here for today only.
struct ListSupplies {
  friend bool operator==(const ListSupplies&, const ListSupplies&) = default;
};
BOOST_DESCRIBE_STRUCT(ListSupplies, (), ())

/// On disk. The PIN is shown this once: with it they sign in on any of the school's handsets, for
/// today.
struct SupplyAdded {
  std::string person{};
  std::string short_name{};
  std::string pin{};
  std::int64_t until = 0;
  friend bool operator==(const SupplyAdded&, const SupplyAdded&) = default;
};
BOOST_DESCRIBE_STRUCT(SupplyAdded, (), (person, short_name, pin, until))

/// The answer to ListSupplies, and to leaders before Live and whenever it changes; it replaces the
/// list.
struct Supplies {
  std::vector<SupplyView> supplies{};
  friend bool operator==(const Supplies&, const Supplies&) = default;
};
BOOST_DESCRIBE_STRUCT(Supplies, (), (supplies))

/// Greeted: said by whoever stands at the door, meets the child today, or leads. A child who was
/// marked as not in has come after all. On an unlocked handset alone, like all of the day's
/// messages: else NobodySignedIn.
struct GreetChild {
  std::string child{};
  /// True: a slip of the finger; not greeted after all.
  bool undo = false;
  friend bool operator==(const GreetChild&, const GreetChild&) = default;
};
BOOST_DESCRIBE_STRUCT(GreetChild, (), (child, undo))

/// Not in today, whatever the reason; none is asked. Ends the child's check-ins of today with that
/// reason.
struct MarkNotIn {
  std::string child{};
  friend bool operator==(const MarkNotIn&, const MarkNotIn&) = default;
};
BOOST_DESCRIBE_STRUCT(MarkNotIn, (), (child))

/// I stand at the door: Door follows, with every child on a plan who is not greeted yet. Logged. It
/// ends with LeaveDoor, a sign-out, or the school day.
struct TakeDoor {
  friend bool operator==(const TakeDoor&, const TakeDoor&) = default;
};
BOOST_DESCRIBE_STRUCT(TakeDoor, (), ())

struct LeaveDoor {
  friend bool operator==(const LeaveDoor&, const LeaveDoor&) = default;
};
BOOST_DESCRIBE_STRUCT(LeaveDoor, (), ())

/// We met.
struct KeepCheckin {
  std::uint64_t checkin = 0;
  friend bool operator==(const KeepCheckin&, const KeepCheckin&) = default;
};
BOOST_DESCRIBE_STRUCT(KeepCheckin, (), (checkin))

/// I promise it for another time today. CheckinTime when that is past or after school.
struct MoveCheckin {
  std::uint64_t checkin = 0;
  std::int64_t at = 0;
  friend bool operator==(const MoveCheckin&, const MoveCheckin&) = default;
};
BOOST_DESCRIBE_STRUCT(MoveCheckin, (), (checkin, at))

/// I can't. It goes on to the next adult at once; no reason is asked.
struct PassCheckin {
  std::uint64_t checkin = 0;
  friend bool operator==(const PassCheckin&, const PassCheckin&) = default;
};
BOOST_DESCRIBE_STRUCT(PassCheckin, (), (checkin))

/// It will not be kept, and a person says why: one of the first four reasons.
struct EndCheckin {
  std::uint64_t checkin = 0;
  CheckinEnd why{};
  friend bool operator==(const EndCheckin&, const EndCheckin&) = default;
};
BOOST_DESCRIBE_STRUCT(EndCheckin, (), (checkin, why))

/// One line about one of my children, or, as duty lead, about any, for the adults who meet the
/// child today (or on the next school day, when none is on). It replaces my line from before. Gone
/// at the end of that day. NoteFormat when it is longer than 120 characters or more than one line.
struct WriteNote {
  std::string child{};
  /// Empty: my line is taken back.
  std::string text{};
  friend bool operator==(const WriteNote&, const WriteNote&) = default;
};
BOOST_DESCRIBE_STRUCT(WriteNote, (), (child, text))

/// A duty lead, of a visit that was left open after school: somebody has found out that the child
/// has gone.
struct EndLeftVisit {
  std::uint64_t visit = 0;
  friend bool operator==(const EndLeftVisit&, const EndLeftVisit&) = default;
};
BOOST_DESCRIBE_STRUCT(EndLeftVisit, (), (visit))

/// To unlocked handsets, before Live and whenever it changes: the school day of this adult. It
/// replaces the one held; an empty one follows when nothing of it may be shown any more.
struct Day {
  /// A school day is on.
  bool on = false;
  /// When it ends.
  std::optional<std::int64_t> to{};
  /// Own children, and whoever is this adult's to see to.
  std::vector<GreetingView> greetings{};
  /// By their time.
  std::vector<CheckinView> checkins{};
  /// Of the children whom this adult meets today.
  std::vector<NoteView> notes{};
  /// Of whom this adult may write a line.
  std::vector<ChildRef> may_note{};
  /// How many entries did not fit.
  std::uint64_t more = 0;
  friend bool operator==(const Day&, const Day&) = default;
};
BOOST_DESCRIBE_STRUCT(Day, (), (on, to, greetings, checkins, notes, may_note, more))

/// To an unlocked handset whose adult stands at the door, and whenever it changes: who is not
/// greeted yet. It replaces the one held.
struct Door {
  /// False: this adult is not at the door, or no longer.
  bool open = false;
  /// By initials.
  std::vector<ChildRef> children{};
  /// How many more.
  std::uint64_t more = 0;
  /// How many were greeted today.
  std::uint64_t greeted = 0;
  friend bool operator==(const Door&, const Door&) = default;
};
BOOST_DESCRIBE_STRUCT(Door, (), (open, children, more, greeted))

/// Something more is owed after a closed call of which something is still owed. An adult's own
/// repair, and cover for a repair that is theirs to keep, by that adult alone; the rest by a duty
/// lead, and by a leader who may know of children.
struct OpenFollowup {
  std::uint64_t call = 0;
  FollowupKind kind{};
  friend bool operator==(const OpenFollowup&, const OpenFollowup&) = default;
};
BOOST_DESCRIBE_STRUCT(OpenFollowup, (), (call, kind))

/// A time is said. FollowupTime when it is past, over two weeks ahead, or after the day on which
/// parents or the raiser are owed it.
struct ScheduleFollowup {
  std::uint64_t followup = 0;
  std::int64_t at = 0;
  friend bool operator==(const ScheduleFollowup&, const ScheduleFollowup&) = default;
};
BOOST_DESCRIBE_STRUCT(ScheduleFollowup, (), (followup, at))

/// It was kept. What was said in it is never asked and never stored.
struct KeepFollowup {
  std::uint64_t followup = 0;
  Mended conflict{};
  Mended harm{};
  Changes change{};
  Channel channel{};
  friend bool operator==(const KeepFollowup&, const KeepFollowup&) = default;
};
BOOST_DESCRIBE_STRUCT(KeepFollowup, (), (followup, conflict, harm, change, channel))

/// Somebody is not ready: it waits until then, and is not late.
struct NotReadyYet {
  std::uint64_t followup = 0;
  NotReadyWho who{};
  /// When to ask again, within two weeks.
  std::int64_t ask_at = 0;
  friend bool operator==(const NotReadyYet&, const NotReadyYet&) = default;
};
BOOST_DESCRIBE_STRUCT(NotReadyYet, (), (followup, who, ask_at))

/// They said no, and were offered another way. Declined again, with the same offer: respected, and
/// ended.
struct DeclineFollowup {
  std::uint64_t followup = 0;
  Alternative alternative{};
  friend bool operator==(const DeclineFollowup&, const DeclineFollowup&) = default;
};
BOOST_DESCRIBE_STRUCT(DeclineFollowup, (), (followup, alternative))

/// Not needed, says one person; it ends when a second one says so, too.
struct NotNeeded {
  std::uint64_t followup = 0;
  NotNeededWhy why{};
  friend bool operator==(const NotNeeded&, const NotNeeded&) = default;
};
BOOST_DESCRIBE_STRUCT(NotNeeded, (), (followup, why))

/// Somebody else keeps it. Not an adult's own repair.
struct PassFollowup {
  std::uint64_t followup = 0;
  /// A person. Absent: whoever leads.
  std::optional<std::string> to{};
  friend bool operator==(const PassFollowup&, const PassFollowup&) = default;
};
BOOST_DESCRIBE_STRUCT(PassFollowup, (), (followup, to))

/// What is owed, as this leader may see it.
struct ListOwed {
  friend bool operator==(const ListOwed&, const ListOwed&) = default;
};
BOOST_DESCRIBE_STRUCT(ListOwed, (), ())

/// To unlocked handsets, before Live and whenever it changes, and the answer to ListOwed: what is
/// owed after calls, as this adult may see it, oldest promise first. It replaces the list held.
struct Owed {
  std::vector<FollowupView> items{};
  /// How many did not fit.
  std::uint64_t more = 0;
  friend bool operator==(const Owed&, const Owed&) = default;
};
BOOST_DESCRIBE_STRUCT(Owed, (), (items, more))

// ---- tables ----

/// The alternatives stand in the order of MessageType.
using MessageKinds = boost::variant2::variant<Enrol, Hello, Beat, HelloLeader, OpenAccount, ConfirmAccount, SignInLeader, Goodbye, RaiseCall, ChooseChild, AddNote, WithdrawCall, ConfirmWithdraw, KeepCall, ReportRinging, AcceptCall, DeclineCall, ReportOnWay, ArriveCall, LookIn, AskHelper, ConfirmSupport, SettleCall, MoveCall, HandOverCall, CloseCall, SetPin, SignIn, SignOut, Lock, ProveHandset, SetAvailability, NameSwap, ListMyChildren, MakeEnrolmentCode, RenameDevice, RevokeDevice, ApproveEnrolment, RefuseEnrolment, ListAccounts, InviteLeader, ResetAccount, EndLeaderSessions, SignOutLeader, KeepSession, ShowCard, HideCard, AskTalk, AgreeTalk, AskSomeoneElse, TakeBackTalk, RateTalk, ReportTalkShown, OfferTalk, MeetTalk, PassTalk, HandTalkToDsl, TakeTalkPointer, MakeCards, ListDevices, ImportDirectory, OpenSpace, LeaveSpace, SetSpaceUse, AskVisit, OfferVisit, ChooseVisit, DeclineVisit, ArriveVisit, ReviewVisit, ReadyVisit, ReturnVisit, WelcomeBack, ConfirmTest, TestStation, ConfirmStation, NameRunner, GoLook, ExcuseDevice, StartSiteDrill, EndSiteDrill, ListReadiness, Enrolled, Waiting, AccountKeys, LeaderSignedIn, LeaderWelcome, Accounts, LeaderInvitation, Welcome, Live, Done, Rejected, CallChanged, CallGone, PersonChanged, DeviceChanged, Staff, Children, Places, CardShown, TalkChanged, TalkGone, Cards, Gaps, Board, TimetableState, MyChildren, EnrolmentCode, SpaceChanged, VisitChanged, VisitGone, Readiness, MyReadiness, ReadinessReport, Devices, ImportReport, AddSupply, EndSupply, ListSupplies, SupplyAdded, Supplies, GreetChild, MarkNotIn, TakeDoor, LeaveDoor, KeepCheckin, MoveCheckin, PassCheckin, EndCheckin, WriteNote, EndLeftVisit, Day, Door, OpenFollowup, ScheduleFollowup, KeepFollowup, NotReadyYet, DeclineFollowup, NotNeeded, PassFollowup, ListOwed, Owed>;

/// Any message.
/// Copies, moves and the end are compiled once; an assignment makes the new one in the place of the old.
class AnyMessage : public MessageKinds {
 public:
  AnyMessage();
  template <class Kind>
    requires pack::is_one_kind_of<std::remove_cvref_t<Kind>, MessageKinds>
  AnyMessage(Kind&& kind) : MessageKinds(boost::variant2::in_place_type_t<std::remove_cvref_t<Kind>>{}, std::forward<Kind>(kind)) {}  // as a variant is made: without a word
  AnyMessage(const AnyMessage& other);
  AnyMessage(AnyMessage&& other) noexcept;
  AnyMessage& operator=(const AnyMessage& other);
  AnyMessage& operator=(AnyMessage&& other) noexcept;
  ~AnyMessage();
};

enum class MessageType : std::uint8_t {
  enrol,
  hello,
  beat,
  hello_leader,
  open_account,
  confirm_account,
  sign_in_leader,
  goodbye,
  raise_call,
  choose_child,
  add_note,
  withdraw_call,
  confirm_withdraw,
  keep_call,
  report_ringing,
  accept_call,
  decline_call,
  report_on_way,
  arrive_call,
  look_in,
  ask_helper,
  confirm_support,
  settle_call,
  move_call,
  hand_over_call,
  close_call,
  set_pin,
  sign_in,
  sign_out,
  lock,
  prove_handset,
  set_availability,
  name_swap,
  list_my_children,
  make_enrolment_code,
  rename_device,
  revoke_device,
  approve_enrolment,
  refuse_enrolment,
  list_accounts,
  invite_leader,
  reset_account,
  end_leader_sessions,
  sign_out_leader,
  keep_session,
  show_card,
  hide_card,
  ask_talk,
  agree_talk,
  ask_someone_else,
  take_back_talk,
  rate_talk,
  report_talk_shown,
  offer_talk,
  meet_talk,
  pass_talk,
  hand_talk_to_dsl,
  take_talk_pointer,
  make_cards,
  list_devices,
  import_directory,
  open_space,
  leave_space,
  set_space_use,
  ask_visit,
  offer_visit,
  choose_visit,
  decline_visit,
  arrive_visit,
  review_visit,
  ready_visit,
  return_visit,
  welcome_back,
  confirm_test,
  test_station,
  confirm_station,
  name_runner,
  go_look,
  excuse_device,
  start_site_drill,
  end_site_drill,
  list_readiness,
  enrolled,
  waiting,
  account_keys,
  leader_signed_in,
  leader_welcome,
  accounts,
  leader_invitation,
  welcome,
  live,
  done,
  rejected,
  call_changed,
  call_gone,
  person_changed,
  device_changed,
  staff,
  children,
  places,
  card_shown,
  talk_changed,
  talk_gone,
  cards,
  gaps,
  board,
  timetable_state,
  my_children,
  enrolment_code,
  space_changed,
  visit_changed,
  visit_gone,
  readiness,
  my_readiness,
  readiness_report,
  devices,
  import_report,
  add_supply,
  end_supply,
  list_supplies,
  supply_added,
  supplies,
  greet_child,
  mark_not_in,
  take_door,
  leave_door,
  keep_checkin,
  move_checkin,
  pass_checkin,
  end_checkin,
  write_note,
  end_left_visit,
  day,
  door,
  open_followup,
  schedule_followup,
  keep_followup,
  not_ready_yet,
  decline_followup,
  not_needed,
  pass_followup,
  list_owed,
  owed,
};

enum class Sender : std::uint8_t { client, hub, both };

constexpr std::uint8_t only(DeviceKind kind) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
}

struct MessageInfo {
  MessageType type;
  std::string_view name;  // as on the wire
  Sender from;
  std::uint8_t by;  // the device kinds that may send it, as bits of only(); 0: any
  bool command;     // needs an id
  std::optional<MessageType> answer;
};

inline constexpr std::array<MessageInfo, 143> message_table{{
    {MessageType::enrol, "Enrol", Sender::client, 0, false, MessageType::enrolled},
    {MessageType::hello, "Hello", Sender::client, 0, false, MessageType::welcome},
    {MessageType::beat, "Beat", Sender::both, 0, false, std::nullopt},
    {MessageType::hello_leader, "HelloLeader", Sender::client, 0, false, MessageType::leader_welcome},
    {MessageType::open_account, "OpenAccount", Sender::client, 0, false, MessageType::account_keys},
    {MessageType::confirm_account, "ConfirmAccount", Sender::client, 0, false, MessageType::leader_signed_in},
    {MessageType::sign_in_leader, "SignInLeader", Sender::client, 0, false, MessageType::leader_signed_in},
    {MessageType::goodbye, "Goodbye", Sender::both, 0, false, std::nullopt},
    {MessageType::raise_call, "RaiseCall", Sender::client, only(DeviceKind::room) | only(DeviceKind::handset) | only(DeviceKind::calm_space), true, MessageType::done},
    {MessageType::choose_child, "ChooseChild", Sender::client, only(DeviceKind::room) | only(DeviceKind::calm_space), true, MessageType::done},
    {MessageType::add_note, "AddNote", Sender::client, only(DeviceKind::room) | only(DeviceKind::handset) | only(DeviceKind::calm_space), true, MessageType::done},
    {MessageType::withdraw_call, "WithdrawCall", Sender::client, only(DeviceKind::room) | only(DeviceKind::handset) | only(DeviceKind::calm_space), true, MessageType::done},
    {MessageType::confirm_withdraw, "ConfirmWithdraw", Sender::client, only(DeviceKind::room) | only(DeviceKind::handset) | only(DeviceKind::calm_space), true, MessageType::done},
    {MessageType::keep_call, "KeepCall", Sender::client, only(DeviceKind::room) | only(DeviceKind::handset) | only(DeviceKind::calm_space), true, MessageType::done},
    {MessageType::report_ringing, "ReportRinging", Sender::client, only(DeviceKind::handset) | only(DeviceKind::station), true, MessageType::done},
    {MessageType::accept_call, "AcceptCall", Sender::client, only(DeviceKind::handset) | only(DeviceKind::station), true, MessageType::done},
    {MessageType::decline_call, "DeclineCall", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::report_on_way, "ReportOnWay", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::arrive_call, "ArriveCall", Sender::client, only(DeviceKind::handset) | only(DeviceKind::room) | only(DeviceKind::calm_space), true, MessageType::done},
    {MessageType::look_in, "LookIn", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::ask_helper, "AskHelper", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::confirm_support, "ConfirmSupport", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::settle_call, "SettleCall", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::move_call, "MoveCall", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::hand_over_call, "HandOverCall", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::close_call, "CloseCall", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::set_pin, "SetPin", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::sign_in, "SignIn", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::sign_out, "SignOut", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::lock, "Lock", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::prove_handset, "ProveHandset", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::set_availability, "SetAvailability", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::name_swap, "NameSwap", Sender::client, only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::list_my_children, "ListMyChildren", Sender::client, only(DeviceKind::handset), true, MessageType::my_children},
    {MessageType::make_enrolment_code, "MakeEnrolmentCode", Sender::client, only(DeviceKind::local) | only(DeviceKind::leader), true, MessageType::enrolment_code},
    {MessageType::rename_device, "RenameDevice", Sender::client, only(DeviceKind::local) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::revoke_device, "RevokeDevice", Sender::client, only(DeviceKind::local) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::approve_enrolment, "ApproveEnrolment", Sender::client, only(DeviceKind::leader), true, MessageType::done},
    {MessageType::refuse_enrolment, "RefuseEnrolment", Sender::client, only(DeviceKind::local) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::list_accounts, "ListAccounts", Sender::client, only(DeviceKind::local) | only(DeviceKind::leader), true, MessageType::accounts},
    {MessageType::invite_leader, "InviteLeader", Sender::client, only(DeviceKind::local) | only(DeviceKind::leader), true, MessageType::leader_invitation},
    {MessageType::reset_account, "ResetAccount", Sender::client, only(DeviceKind::local), true, MessageType::done},
    {MessageType::end_leader_sessions, "EndLeaderSessions", Sender::client, only(DeviceKind::local) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::sign_out_leader, "SignOutLeader", Sender::client, only(DeviceKind::leader), true, MessageType::done},
    {MessageType::keep_session, "KeepSession", Sender::client, only(DeviceKind::leader), true, MessageType::done},
    {MessageType::show_card, "ShowCard", Sender::client, only(DeviceKind::kiosk), true, MessageType::card_shown},
    {MessageType::hide_card, "HideCard", Sender::client, only(DeviceKind::kiosk), true, MessageType::done},
    {MessageType::ask_talk, "AskTalk", Sender::client, only(DeviceKind::kiosk), true, MessageType::done},
    {MessageType::agree_talk, "AgreeTalk", Sender::client, only(DeviceKind::kiosk), true, MessageType::done},
    {MessageType::ask_someone_else, "AskSomeoneElse", Sender::client, only(DeviceKind::kiosk), true, MessageType::done},
    {MessageType::take_back_talk, "TakeBackTalk", Sender::client, only(DeviceKind::kiosk), true, MessageType::done},
    {MessageType::rate_talk, "RateTalk", Sender::client, only(DeviceKind::kiosk), true, MessageType::done},
    {MessageType::report_talk_shown, "ReportTalkShown", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::offer_talk, "OfferTalk", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::meet_talk, "MeetTalk", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::pass_talk, "PassTalk", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::hand_talk_to_dsl, "HandTalkToDsl", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::take_talk_pointer, "TakeTalkPointer", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::make_cards, "MakeCards", Sender::client, only(DeviceKind::local), true, MessageType::cards},
    {MessageType::list_devices, "ListDevices", Sender::client, only(DeviceKind::local) | only(DeviceKind::leader), true, MessageType::devices},
    {MessageType::import_directory, "ImportDirectory", Sender::client, only(DeviceKind::local), true, MessageType::import_report},
    {MessageType::open_space, "OpenSpace", Sender::client, only(DeviceKind::calm_space) | only(DeviceKind::handset), true, MessageType::done},
    {MessageType::leave_space, "LeaveSpace", Sender::client, only(DeviceKind::calm_space) | only(DeviceKind::handset), true, MessageType::done},
    {MessageType::set_space_use, "SetSpaceUse", Sender::client, only(DeviceKind::calm_space), true, MessageType::done},
    {MessageType::ask_visit, "AskVisit", Sender::client, only(DeviceKind::room), true, MessageType::done},
    {MessageType::offer_visit, "OfferVisit", Sender::client, only(DeviceKind::room) | only(DeviceKind::handset) | only(DeviceKind::calm_space), true, MessageType::done},
    {MessageType::choose_visit, "ChooseVisit", Sender::client, only(DeviceKind::room) | only(DeviceKind::handset), true, MessageType::done},
    {MessageType::decline_visit, "DeclineVisit", Sender::client, only(DeviceKind::room) | only(DeviceKind::handset), true, MessageType::done},
    {MessageType::arrive_visit, "ArriveVisit", Sender::client, only(DeviceKind::calm_space) | only(DeviceKind::handset), true, MessageType::done},
    {MessageType::review_visit, "ReviewVisit", Sender::client, only(DeviceKind::calm_space) | only(DeviceKind::handset), true, MessageType::done},
    {MessageType::ready_visit, "ReadyVisit", Sender::client, only(DeviceKind::calm_space) | only(DeviceKind::handset), true, MessageType::done},
    {MessageType::return_visit, "ReturnVisit", Sender::client, only(DeviceKind::calm_space) | only(DeviceKind::handset), true, MessageType::done},
    {MessageType::welcome_back, "WelcomeBack", Sender::client, only(DeviceKind::room) | only(DeviceKind::handset), true, MessageType::done},
    {MessageType::confirm_test, "ConfirmTest", Sender::client, only(DeviceKind::room) | only(DeviceKind::calm_space), true, MessageType::done},
    {MessageType::test_station, "TestStation", Sender::client, only(DeviceKind::station), true, MessageType::done},
    {MessageType::confirm_station, "ConfirmStation", Sender::client, only(DeviceKind::station), true, MessageType::done},
    {MessageType::name_runner, "NameRunner", Sender::client, only(DeviceKind::handset) | only(DeviceKind::station) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::go_look, "GoLook", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::excuse_device, "ExcuseDevice", Sender::client, only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::start_site_drill, "StartSiteDrill", Sender::client, only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::end_site_drill, "EndSiteDrill", Sender::client, only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::list_readiness, "ListReadiness", Sender::client, only(DeviceKind::leader) | only(DeviceKind::local), true, MessageType::readiness_report},
    {MessageType::enrolled, "Enrolled", Sender::hub, 0, false, std::nullopt},
    {MessageType::waiting, "Waiting", Sender::hub, 0, false, std::nullopt},
    {MessageType::account_keys, "AccountKeys", Sender::hub, 0, false, std::nullopt},
    {MessageType::leader_signed_in, "LeaderSignedIn", Sender::hub, 0, false, std::nullopt},
    {MessageType::leader_welcome, "LeaderWelcome", Sender::hub, 0, false, std::nullopt},
    {MessageType::accounts, "Accounts", Sender::hub, 0, false, std::nullopt},
    {MessageType::leader_invitation, "LeaderInvitation", Sender::hub, 0, false, std::nullopt},
    {MessageType::welcome, "Welcome", Sender::hub, 0, false, std::nullopt},
    {MessageType::live, "Live", Sender::hub, 0, false, std::nullopt},
    {MessageType::done, "Done", Sender::hub, 0, false, std::nullopt},
    {MessageType::rejected, "Rejected", Sender::hub, 0, false, std::nullopt},
    {MessageType::call_changed, "CallChanged", Sender::hub, 0, false, std::nullopt},
    {MessageType::call_gone, "CallGone", Sender::hub, 0, false, std::nullopt},
    {MessageType::person_changed, "PersonChanged", Sender::hub, 0, false, std::nullopt},
    {MessageType::device_changed, "DeviceChanged", Sender::hub, 0, false, std::nullopt},
    {MessageType::staff, "Staff", Sender::hub, 0, false, std::nullopt},
    {MessageType::children, "Children", Sender::hub, 0, false, std::nullopt},
    {MessageType::places, "Places", Sender::hub, 0, false, std::nullopt},
    {MessageType::card_shown, "CardShown", Sender::hub, 0, false, std::nullopt},
    {MessageType::talk_changed, "TalkChanged", Sender::hub, 0, false, std::nullopt},
    {MessageType::talk_gone, "TalkGone", Sender::hub, 0, false, std::nullopt},
    {MessageType::cards, "Cards", Sender::hub, 0, false, std::nullopt},
    {MessageType::gaps, "Gaps", Sender::hub, 0, false, std::nullopt},
    {MessageType::board, "Board", Sender::hub, 0, false, std::nullopt},
    {MessageType::timetable_state, "TimetableState", Sender::hub, 0, false, std::nullopt},
    {MessageType::my_children, "MyChildren", Sender::hub, 0, false, std::nullopt},
    {MessageType::enrolment_code, "EnrolmentCode", Sender::hub, 0, false, std::nullopt},
    {MessageType::space_changed, "SpaceChanged", Sender::hub, 0, false, std::nullopt},
    {MessageType::visit_changed, "VisitChanged", Sender::hub, 0, false, std::nullopt},
    {MessageType::visit_gone, "VisitGone", Sender::hub, 0, false, std::nullopt},
    {MessageType::readiness, "Readiness", Sender::hub, 0, false, std::nullopt},
    {MessageType::my_readiness, "MyReadiness", Sender::hub, 0, false, std::nullopt},
    {MessageType::readiness_report, "ReadinessReport", Sender::hub, 0, false, std::nullopt},
    {MessageType::devices, "Devices", Sender::hub, 0, false, std::nullopt},
    {MessageType::import_report, "ImportReport", Sender::hub, 0, false, std::nullopt},
    {MessageType::add_supply, "AddSupply", Sender::client, only(DeviceKind::local) | only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::supply_added},
    {MessageType::end_supply, "EndSupply", Sender::client, only(DeviceKind::local) | only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::list_supplies, "ListSupplies", Sender::client, only(DeviceKind::local) | only(DeviceKind::leader), true, MessageType::supplies},
    {MessageType::supply_added, "SupplyAdded", Sender::hub, 0, false, std::nullopt},
    {MessageType::supplies, "Supplies", Sender::hub, 0, false, std::nullopt},
    {MessageType::greet_child, "GreetChild", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::mark_not_in, "MarkNotIn", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::take_door, "TakeDoor", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::leave_door, "LeaveDoor", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::keep_checkin, "KeepCheckin", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::move_checkin, "MoveCheckin", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::pass_checkin, "PassCheckin", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::end_checkin, "EndCheckin", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::write_note, "WriteNote", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::end_left_visit, "EndLeftVisit", Sender::client, only(DeviceKind::handset), true, MessageType::done},
    {MessageType::day, "Day", Sender::hub, 0, false, std::nullopt},
    {MessageType::door, "Door", Sender::hub, 0, false, std::nullopt},
    {MessageType::open_followup, "OpenFollowup", Sender::client, only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::schedule_followup, "ScheduleFollowup", Sender::client, only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::keep_followup, "KeepFollowup", Sender::client, only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::not_ready_yet, "NotReadyYet", Sender::client, only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::decline_followup, "DeclineFollowup", Sender::client, only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::not_needed, "NotNeeded", Sender::client, only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::pass_followup, "PassFollowup", Sender::client, only(DeviceKind::handset) | only(DeviceKind::leader), true, MessageType::done},
    {MessageType::list_owed, "ListOwed", Sender::client, only(DeviceKind::leader), true, MessageType::owed},
    {MessageType::owed, "Owed", Sender::hub, 0, false, std::nullopt},
}};

constexpr const MessageInfo& info(MessageType type) {
  return message_table[static_cast<std::size_t>(type)];
}
constexpr std::string_view to_string(MessageType type) { return info(type).name; }

/// Whether a device of this kind may send it.
constexpr bool may_send(DeviceKind kind, MessageType type) {
  const MessageInfo& row = info(type);
  return row.from != Sender::hub && (row.by == 0 || (row.by & only(kind)) != 0);
}

/// Nothing when no message has the name.
constexpr std::optional<MessageType> message_type_from_name(std::string_view name) {
  for (const MessageInfo& row : message_table)
    if (row.name == name) return row.type;
  return std::nullopt;
}

inline MessageType type_of(const AnyMessage& message) {
  return static_cast<MessageType>(message.index());
}

template <class Message>
inline constexpr MessageType type_of_message = MessageType{};
template <>
inline constexpr MessageType type_of_message<Enrol> = MessageType::enrol;
template <>
inline constexpr MessageType type_of_message<Hello> = MessageType::hello;
template <>
inline constexpr MessageType type_of_message<Beat> = MessageType::beat;
template <>
inline constexpr MessageType type_of_message<HelloLeader> = MessageType::hello_leader;
template <>
inline constexpr MessageType type_of_message<OpenAccount> = MessageType::open_account;
template <>
inline constexpr MessageType type_of_message<ConfirmAccount> = MessageType::confirm_account;
template <>
inline constexpr MessageType type_of_message<SignInLeader> = MessageType::sign_in_leader;
template <>
inline constexpr MessageType type_of_message<Goodbye> = MessageType::goodbye;
template <>
inline constexpr MessageType type_of_message<RaiseCall> = MessageType::raise_call;
template <>
inline constexpr MessageType type_of_message<ChooseChild> = MessageType::choose_child;
template <>
inline constexpr MessageType type_of_message<AddNote> = MessageType::add_note;
template <>
inline constexpr MessageType type_of_message<WithdrawCall> = MessageType::withdraw_call;
template <>
inline constexpr MessageType type_of_message<ConfirmWithdraw> = MessageType::confirm_withdraw;
template <>
inline constexpr MessageType type_of_message<KeepCall> = MessageType::keep_call;
template <>
inline constexpr MessageType type_of_message<ReportRinging> = MessageType::report_ringing;
template <>
inline constexpr MessageType type_of_message<AcceptCall> = MessageType::accept_call;
template <>
inline constexpr MessageType type_of_message<DeclineCall> = MessageType::decline_call;
template <>
inline constexpr MessageType type_of_message<ReportOnWay> = MessageType::report_on_way;
template <>
inline constexpr MessageType type_of_message<ArriveCall> = MessageType::arrive_call;
template <>
inline constexpr MessageType type_of_message<LookIn> = MessageType::look_in;
template <>
inline constexpr MessageType type_of_message<AskHelper> = MessageType::ask_helper;
template <>
inline constexpr MessageType type_of_message<ConfirmSupport> = MessageType::confirm_support;
template <>
inline constexpr MessageType type_of_message<SettleCall> = MessageType::settle_call;
template <>
inline constexpr MessageType type_of_message<MoveCall> = MessageType::move_call;
template <>
inline constexpr MessageType type_of_message<HandOverCall> = MessageType::hand_over_call;
template <>
inline constexpr MessageType type_of_message<CloseCall> = MessageType::close_call;
template <>
inline constexpr MessageType type_of_message<SetPin> = MessageType::set_pin;
template <>
inline constexpr MessageType type_of_message<SignIn> = MessageType::sign_in;
template <>
inline constexpr MessageType type_of_message<SignOut> = MessageType::sign_out;
template <>
inline constexpr MessageType type_of_message<Lock> = MessageType::lock;
template <>
inline constexpr MessageType type_of_message<ProveHandset> = MessageType::prove_handset;
template <>
inline constexpr MessageType type_of_message<SetAvailability> = MessageType::set_availability;
template <>
inline constexpr MessageType type_of_message<NameSwap> = MessageType::name_swap;
template <>
inline constexpr MessageType type_of_message<ListMyChildren> = MessageType::list_my_children;
template <>
inline constexpr MessageType type_of_message<MakeEnrolmentCode> = MessageType::make_enrolment_code;
template <>
inline constexpr MessageType type_of_message<RenameDevice> = MessageType::rename_device;
template <>
inline constexpr MessageType type_of_message<RevokeDevice> = MessageType::revoke_device;
template <>
inline constexpr MessageType type_of_message<ApproveEnrolment> = MessageType::approve_enrolment;
template <>
inline constexpr MessageType type_of_message<RefuseEnrolment> = MessageType::refuse_enrolment;
template <>
inline constexpr MessageType type_of_message<ListAccounts> = MessageType::list_accounts;
template <>
inline constexpr MessageType type_of_message<InviteLeader> = MessageType::invite_leader;
template <>
inline constexpr MessageType type_of_message<ResetAccount> = MessageType::reset_account;
template <>
inline constexpr MessageType type_of_message<EndLeaderSessions> = MessageType::end_leader_sessions;
template <>
inline constexpr MessageType type_of_message<SignOutLeader> = MessageType::sign_out_leader;
template <>
inline constexpr MessageType type_of_message<KeepSession> = MessageType::keep_session;
template <>
inline constexpr MessageType type_of_message<ShowCard> = MessageType::show_card;
template <>
inline constexpr MessageType type_of_message<HideCard> = MessageType::hide_card;
template <>
inline constexpr MessageType type_of_message<AskTalk> = MessageType::ask_talk;
template <>
inline constexpr MessageType type_of_message<AgreeTalk> = MessageType::agree_talk;
template <>
inline constexpr MessageType type_of_message<AskSomeoneElse> = MessageType::ask_someone_else;
template <>
inline constexpr MessageType type_of_message<TakeBackTalk> = MessageType::take_back_talk;
template <>
inline constexpr MessageType type_of_message<RateTalk> = MessageType::rate_talk;
template <>
inline constexpr MessageType type_of_message<ReportTalkShown> = MessageType::report_talk_shown;
template <>
inline constexpr MessageType type_of_message<OfferTalk> = MessageType::offer_talk;
template <>
inline constexpr MessageType type_of_message<MeetTalk> = MessageType::meet_talk;
template <>
inline constexpr MessageType type_of_message<PassTalk> = MessageType::pass_talk;
template <>
inline constexpr MessageType type_of_message<HandTalkToDsl> = MessageType::hand_talk_to_dsl;
template <>
inline constexpr MessageType type_of_message<TakeTalkPointer> = MessageType::take_talk_pointer;
template <>
inline constexpr MessageType type_of_message<MakeCards> = MessageType::make_cards;
template <>
inline constexpr MessageType type_of_message<ListDevices> = MessageType::list_devices;
template <>
inline constexpr MessageType type_of_message<ImportDirectory> = MessageType::import_directory;
template <>
inline constexpr MessageType type_of_message<OpenSpace> = MessageType::open_space;
template <>
inline constexpr MessageType type_of_message<LeaveSpace> = MessageType::leave_space;
template <>
inline constexpr MessageType type_of_message<SetSpaceUse> = MessageType::set_space_use;
template <>
inline constexpr MessageType type_of_message<AskVisit> = MessageType::ask_visit;
template <>
inline constexpr MessageType type_of_message<OfferVisit> = MessageType::offer_visit;
template <>
inline constexpr MessageType type_of_message<ChooseVisit> = MessageType::choose_visit;
template <>
inline constexpr MessageType type_of_message<DeclineVisit> = MessageType::decline_visit;
template <>
inline constexpr MessageType type_of_message<ArriveVisit> = MessageType::arrive_visit;
template <>
inline constexpr MessageType type_of_message<ReviewVisit> = MessageType::review_visit;
template <>
inline constexpr MessageType type_of_message<ReadyVisit> = MessageType::ready_visit;
template <>
inline constexpr MessageType type_of_message<ReturnVisit> = MessageType::return_visit;
template <>
inline constexpr MessageType type_of_message<WelcomeBack> = MessageType::welcome_back;
template <>
inline constexpr MessageType type_of_message<ConfirmTest> = MessageType::confirm_test;
template <>
inline constexpr MessageType type_of_message<TestStation> = MessageType::test_station;
template <>
inline constexpr MessageType type_of_message<ConfirmStation> = MessageType::confirm_station;
template <>
inline constexpr MessageType type_of_message<NameRunner> = MessageType::name_runner;
template <>
inline constexpr MessageType type_of_message<GoLook> = MessageType::go_look;
template <>
inline constexpr MessageType type_of_message<ExcuseDevice> = MessageType::excuse_device;
template <>
inline constexpr MessageType type_of_message<StartSiteDrill> = MessageType::start_site_drill;
template <>
inline constexpr MessageType type_of_message<EndSiteDrill> = MessageType::end_site_drill;
template <>
inline constexpr MessageType type_of_message<ListReadiness> = MessageType::list_readiness;
template <>
inline constexpr MessageType type_of_message<Enrolled> = MessageType::enrolled;
template <>
inline constexpr MessageType type_of_message<Waiting> = MessageType::waiting;
template <>
inline constexpr MessageType type_of_message<AccountKeys> = MessageType::account_keys;
template <>
inline constexpr MessageType type_of_message<LeaderSignedIn> = MessageType::leader_signed_in;
template <>
inline constexpr MessageType type_of_message<LeaderWelcome> = MessageType::leader_welcome;
template <>
inline constexpr MessageType type_of_message<Accounts> = MessageType::accounts;
template <>
inline constexpr MessageType type_of_message<LeaderInvitation> = MessageType::leader_invitation;
template <>
inline constexpr MessageType type_of_message<Welcome> = MessageType::welcome;
template <>
inline constexpr MessageType type_of_message<Live> = MessageType::live;
template <>
inline constexpr MessageType type_of_message<Done> = MessageType::done;
template <>
inline constexpr MessageType type_of_message<Rejected> = MessageType::rejected;
template <>
inline constexpr MessageType type_of_message<CallChanged> = MessageType::call_changed;
template <>
inline constexpr MessageType type_of_message<CallGone> = MessageType::call_gone;
template <>
inline constexpr MessageType type_of_message<PersonChanged> = MessageType::person_changed;
template <>
inline constexpr MessageType type_of_message<DeviceChanged> = MessageType::device_changed;
template <>
inline constexpr MessageType type_of_message<Staff> = MessageType::staff;
template <>
inline constexpr MessageType type_of_message<Children> = MessageType::children;
template <>
inline constexpr MessageType type_of_message<Places> = MessageType::places;
template <>
inline constexpr MessageType type_of_message<CardShown> = MessageType::card_shown;
template <>
inline constexpr MessageType type_of_message<TalkChanged> = MessageType::talk_changed;
template <>
inline constexpr MessageType type_of_message<TalkGone> = MessageType::talk_gone;
template <>
inline constexpr MessageType type_of_message<Cards> = MessageType::cards;
template <>
inline constexpr MessageType type_of_message<Gaps> = MessageType::gaps;
template <>
inline constexpr MessageType type_of_message<Board> = MessageType::board;
template <>
inline constexpr MessageType type_of_message<TimetableState> = MessageType::timetable_state;
template <>
inline constexpr MessageType type_of_message<MyChildren> = MessageType::my_children;
template <>
inline constexpr MessageType type_of_message<EnrolmentCode> = MessageType::enrolment_code;
template <>
inline constexpr MessageType type_of_message<SpaceChanged> = MessageType::space_changed;
template <>
inline constexpr MessageType type_of_message<VisitChanged> = MessageType::visit_changed;
template <>
inline constexpr MessageType type_of_message<VisitGone> = MessageType::visit_gone;
template <>
inline constexpr MessageType type_of_message<Readiness> = MessageType::readiness;
template <>
inline constexpr MessageType type_of_message<MyReadiness> = MessageType::my_readiness;
template <>
inline constexpr MessageType type_of_message<ReadinessReport> = MessageType::readiness_report;
template <>
inline constexpr MessageType type_of_message<Devices> = MessageType::devices;
template <>
inline constexpr MessageType type_of_message<ImportReport> = MessageType::import_report;
template <>
inline constexpr MessageType type_of_message<AddSupply> = MessageType::add_supply;
template <>
inline constexpr MessageType type_of_message<EndSupply> = MessageType::end_supply;
template <>
inline constexpr MessageType type_of_message<ListSupplies> = MessageType::list_supplies;
template <>
inline constexpr MessageType type_of_message<SupplyAdded> = MessageType::supply_added;
template <>
inline constexpr MessageType type_of_message<Supplies> = MessageType::supplies;
template <>
inline constexpr MessageType type_of_message<GreetChild> = MessageType::greet_child;
template <>
inline constexpr MessageType type_of_message<MarkNotIn> = MessageType::mark_not_in;
template <>
inline constexpr MessageType type_of_message<TakeDoor> = MessageType::take_door;
template <>
inline constexpr MessageType type_of_message<LeaveDoor> = MessageType::leave_door;
template <>
inline constexpr MessageType type_of_message<KeepCheckin> = MessageType::keep_checkin;
template <>
inline constexpr MessageType type_of_message<MoveCheckin> = MessageType::move_checkin;
template <>
inline constexpr MessageType type_of_message<PassCheckin> = MessageType::pass_checkin;
template <>
inline constexpr MessageType type_of_message<EndCheckin> = MessageType::end_checkin;
template <>
inline constexpr MessageType type_of_message<WriteNote> = MessageType::write_note;
template <>
inline constexpr MessageType type_of_message<EndLeftVisit> = MessageType::end_left_visit;
template <>
inline constexpr MessageType type_of_message<Day> = MessageType::day;
template <>
inline constexpr MessageType type_of_message<Door> = MessageType::door;
template <>
inline constexpr MessageType type_of_message<OpenFollowup> = MessageType::open_followup;
template <>
inline constexpr MessageType type_of_message<ScheduleFollowup> = MessageType::schedule_followup;
template <>
inline constexpr MessageType type_of_message<KeepFollowup> = MessageType::keep_followup;
template <>
inline constexpr MessageType type_of_message<NotReadyYet> = MessageType::not_ready_yet;
template <>
inline constexpr MessageType type_of_message<DeclineFollowup> = MessageType::decline_followup;
template <>
inline constexpr MessageType type_of_message<NotNeeded> = MessageType::not_needed;
template <>
inline constexpr MessageType type_of_message<PassFollowup> = MessageType::pass_followup;
template <>
inline constexpr MessageType type_of_message<ListOwed> = MessageType::list_owed;
template <>
inline constexpr MessageType type_of_message<Owed> = MessageType::owed;

/// X(Message) for each message, for explicit instantiation and for tests.
#define ATTUNE_PROTOCOL_MESSAGES(X) \
  X(Enrol) \
  X(Hello) \
  X(Beat) \
  X(HelloLeader) \
  X(OpenAccount) \
  X(ConfirmAccount) \
  X(SignInLeader) \
  X(Goodbye) \
  X(RaiseCall) \
  X(ChooseChild) \
  X(AddNote) \
  X(WithdrawCall) \
  X(ConfirmWithdraw) \
  X(KeepCall) \
  X(ReportRinging) \
  X(AcceptCall) \
  X(DeclineCall) \
  X(ReportOnWay) \
  X(ArriveCall) \
  X(LookIn) \
  X(AskHelper) \
  X(ConfirmSupport) \
  X(SettleCall) \
  X(MoveCall) \
  X(HandOverCall) \
  X(CloseCall) \
  X(SetPin) \
  X(SignIn) \
  X(SignOut) \
  X(Lock) \
  X(ProveHandset) \
  X(SetAvailability) \
  X(NameSwap) \
  X(ListMyChildren) \
  X(MakeEnrolmentCode) \
  X(RenameDevice) \
  X(RevokeDevice) \
  X(ApproveEnrolment) \
  X(RefuseEnrolment) \
  X(ListAccounts) \
  X(InviteLeader) \
  X(ResetAccount) \
  X(EndLeaderSessions) \
  X(SignOutLeader) \
  X(KeepSession) \
  X(ShowCard) \
  X(HideCard) \
  X(AskTalk) \
  X(AgreeTalk) \
  X(AskSomeoneElse) \
  X(TakeBackTalk) \
  X(RateTalk) \
  X(ReportTalkShown) \
  X(OfferTalk) \
  X(MeetTalk) \
  X(PassTalk) \
  X(HandTalkToDsl) \
  X(TakeTalkPointer) \
  X(MakeCards) \
  X(ListDevices) \
  X(ImportDirectory) \
  X(OpenSpace) \
  X(LeaveSpace) \
  X(SetSpaceUse) \
  X(AskVisit) \
  X(OfferVisit) \
  X(ChooseVisit) \
  X(DeclineVisit) \
  X(ArriveVisit) \
  X(ReviewVisit) \
  X(ReadyVisit) \
  X(ReturnVisit) \
  X(WelcomeBack) \
  X(ConfirmTest) \
  X(TestStation) \
  X(ConfirmStation) \
  X(NameRunner) \
  X(GoLook) \
  X(ExcuseDevice) \
  X(StartSiteDrill) \
  X(EndSiteDrill) \
  X(ListReadiness) \
  X(Enrolled) \
  X(Waiting) \
  X(AccountKeys) \
  X(LeaderSignedIn) \
  X(LeaderWelcome) \
  X(Accounts) \
  X(LeaderInvitation) \
  X(Welcome) \
  X(Live) \
  X(Done) \
  X(Rejected) \
  X(CallChanged) \
  X(CallGone) \
  X(PersonChanged) \
  X(DeviceChanged) \
  X(Staff) \
  X(Children) \
  X(Places) \
  X(CardShown) \
  X(TalkChanged) \
  X(TalkGone) \
  X(Cards) \
  X(Gaps) \
  X(Board) \
  X(TimetableState) \
  X(MyChildren) \
  X(EnrolmentCode) \
  X(SpaceChanged) \
  X(VisitChanged) \
  X(VisitGone) \
  X(Readiness) \
  X(MyReadiness) \
  X(ReadinessReport) \
  X(Devices) \
  X(ImportReport) \
  X(AddSupply) \
  X(EndSupply) \
  X(ListSupplies) \
  X(SupplyAdded) \
  X(Supplies) \
  X(GreetChild) \
  X(MarkNotIn) \
  X(TakeDoor) \
  X(LeaveDoor) \
  X(KeepCheckin) \
  X(MoveCheckin) \
  X(PassCheckin) \
  X(EndCheckin) \
  X(WriteNote) \
  X(EndLeftVisit) \
  X(Day) \
  X(Door) \
  X(OpenFollowup) \
  X(ScheduleFollowup) \
  X(KeepFollowup) \
  X(NotReadyYet) \
  X(DeclineFollowup) \
  X(NotNeeded) \
  X(PassFollowup) \
  X(ListOwed) \
  X(Owed)

}  // namespace attune::protocol

namespace attune::protocol::pack {

template <>
inline constexpr std::span<const std::string_view> enum_names<DeviceKind>{device_kind_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Resume>{resume_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<CallRung>{call_rung_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Relation>{relation_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Outcome>{outcome_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<CallNote>{call_note_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Need>{need_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<AvailabilityState>{availability_state_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<DeviceHealth>{device_health_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Fault>{fault_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<TalkSymbol>{talk_symbol_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<TalkWhen>{talk_when_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<TalkRung>{talk_rung_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<TalkFeedback>{talk_feedback_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<TalkRelation>{talk_relation_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<JournalHealth>{journal_health_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<GoodbyeReason>{goodbye_reason_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Role>{role_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<AccountState>{account_state_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<StateSource>{state_source_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<CallEvent>{call_event_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<CallWhy>{call_why_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<SpaceState>{space_state_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<OutOfUse>{out_of_use_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<VisitStep>{visit_step_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<VisitRelation>{visit_relation_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<VisitAsker>{visit_asker_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Company>{company_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<WelcomeWord>{welcome_word_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<VisitEvent>{visit_event_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<GreetingStep>{greeting_step_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<CheckinStep>{checkin_step_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<CheckinEnd>{checkin_end_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<DayRelation>{day_relation_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Practice>{practice_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<NotReadyWhy>{not_ready_why_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Excuse>{excuse_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<FollowupKind>{followup_kind_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<FollowupStep>{followup_step_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<FollowupRelation>{followup_relation_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Mended>{mended_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Changes>{changes_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Channel>{channel_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<NotReadyWho>{not_ready_who_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<Alternative>{alternative_names};
template <>
inline constexpr std::span<const std::string_view> enum_names<NotNeededWhy>{not_needed_why_names};

template <>
inline constexpr std::array<FieldLimit, 4> field_limits<Helps>{{{32, 0}, {16, 0}, {160, 3}, {240, 0}}};
template <>
inline constexpr std::array<FieldLimit, 32> field_limits<CallView>{{{0, 0}, {32, 0}, {64, 0}, {120, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {32, 8}, {0, 0}, {32, 0}, {32, 0}, {0, 0}, {0, 0}, {32, 16}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 8}, {0, 0}, {0, 0}, {0, 0}, {64, 0}, {0, 0}, {32, 0}, {0, 0}, {64, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 9> field_limits<PersonView>{{{32, 0}, {32, 0}, {64, 0}, {0, 0}, {0, 0}, {0, 0}, {64, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 10> field_limits<DeviceView>{{{32, 0}, {0, 0}, {64, 0}, {0, 0}, {0, 0}, {0, 8}, {0, 0}, {32, 0}, {32, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 9> field_limits<AccountView>{{{32, 0}, {32, 0}, {64, 0}, {0, 16}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 20> field_limits<TalkView>{{{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {16, 0}, {32, 0}, {32, 0}, {0, 0}, {0, 0}, {32, 0}, {64, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<AdultRef>{{{32, 0}, {32, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<IssuedCard>{{{32, 0}, {16, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 5> field_limits<PersonRef>{{{32, 0}, {32, 0}, {64, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ChildRef>{{{32, 0}, {16, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<PlaceRef>{{{32, 0}, {64, 0}, {16, 0}}};
template <>
inline constexpr std::array<FieldLimit, 6> field_limits<Evidence>{{{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 6> field_limits<GapView>{{{0, 0}, {0, 0}, {32, 0}, {16, 0}, {64, 0}, {32, 8}}};
template <>
inline constexpr std::array<FieldLimit, 11> field_limits<BoardAdult>{{{32, 0}, {32, 0}, {64, 0}, {0, 0}, {64, 0}, {0, 0}, {0, 0}, {0, 0}, {16, 24}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 6> field_limits<MyChild>{{{32, 0}, {16, 0}, {0, 0}, {32, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ImportFile>{{{64, 0}, {4194304, 0}}};
template <>
inline constexpr std::array<FieldLimit, 4> field_limits<ImportProblem>{{{64, 0}, {0, 0}, {32, 0}, {512, 0}}};
template <>
inline constexpr std::array<FieldLimit, 4> field_limits<ImportChange>{{{32, 0}, {32, 0}, {16, 0}, {240, 0}}};
template <>
inline constexpr std::array<FieldLimit, 10> field_limits<SpaceView>{{{32, 0}, {64, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {32, 8}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 23> field_limits<VisitView>{{{0, 0}, {32, 0}, {64, 0}, {32, 0}, {64, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {32, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {32, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 7> field_limits<SupplyView>{{{32, 0}, {32, 0}, {64, 0}, {0, 4}, {32, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 8> field_limits<GreetingView>{{{32, 0}, {16, 0}, {0, 0}, {0, 0}, {32, 0}, {32, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 10> field_limits<CheckinView>{{{0, 0}, {32, 0}, {16, 0}, {0, 0}, {0, 0}, {0, 0}, {32, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 20> field_limits<FollowupView>{{{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {64, 0}, {32, 0}, {16, 0}, {32, 0}, {32, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 8> field_limits<NoteView>{{{0, 0}, {32, 0}, {16, 0}, {480, 0}, {32, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 12> field_limits<ReadyItem>{{{32, 0}, {0, 0}, {64, 0}, {64, 0}, {120, 0}, {0, 0}, {0, 0}, {32, 0}, {32, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 6> field_limits<SiteDrillView>{{{0, 0}, {0, 0}, {32, 0}, {0, 0}, {0, 0}, {64, 24}}};
template <>
inline constexpr std::array<FieldLimit, 9> field_limits<ReadinessView>{{{0, 24}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<NeverPressed>{{{32, 0}, {0, 0}, {64, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<Enrol>{{{16, 0}, {32, 0}, {64, 0}}};
template <>
inline constexpr std::array<FieldLimit, 4> field_limits<Hello>{{{32, 0}, {0, 0}, {16, 0}, {64, 0}}};
template <>
inline constexpr std::array<FieldLimit, 5> field_limits<Beat>{{{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<HelloLeader>{{{64, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<OpenAccount>{{{16, 0}, {512, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ConfirmAccount>{{{16, 0}, {16, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<SignInLeader>{{{32, 0}, {512, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<Goodbye>{{{0, 0}, {0, 0}, {256, 0}}};
template <>
inline constexpr std::array<FieldLimit, 5> field_limits<RaiseCall>{{{0, 0}, {0, 0}, {32, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ChooseChild>{{{0, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<AddNote>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<WithdrawCall>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<ConfirmWithdraw>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<KeepCall>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<ReportRinging>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<AcceptCall>{{{0, 0}, {0, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<DeclineCall>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<ReportOnWay>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<ArriveCall>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<LookIn>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<AskHelper>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<ConfirmSupport>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<SettleCall>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<MoveCall>{{{0, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<HandOverCall>{{{0, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<CloseCall>{{{0, 0}, {0, 8}, {0, 8}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<SetPin>{{{32, 0}, {12, 0}, {16, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<SignIn>{{{32, 0}, {12, 0}, {16, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ProveHandset>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<SetAvailability>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<NameSwap>{{{0, 0}, {32, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 4> field_limits<MakeEnrolmentCode>{{{0, 0}, {32, 0}, {32, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<RenameDevice>{{{32, 0}, {64, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<RevokeDevice>{{{32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<ApproveEnrolment>{{{32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<RefuseEnrolment>{{{32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<InviteLeader>{{{32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<ResetAccount>{{{32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<EndLeaderSessions>{{{32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<ShowCard>{{{64, 0}}};
template <>
inline constexpr std::array<FieldLimit, 5> field_limits<AskTalk>{{{64, 0}, {0, 0}, {0, 0}, {32, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<AgreeTalk>{{{64, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<AskSomeoneElse>{{{64, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<TakeBackTalk>{{{64, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<RateTalk>{{{64, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<ReportTalkShown>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<OfferTalk>{{{0, 0}, {0, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<MeetTalk>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<PassTalk>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<HandTalkToDsl>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<TakeTalkPointer>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<MakeCards>{{{32, 128}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ImportDirectory>{{{0, 128}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<OpenSpace>{{{32, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<LeaveSpace>{{{32, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<SetSpaceUse>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<AskVisit>{{{32, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<OfferVisit>{{{32, 0}, {32, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ChooseVisit>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<DeclineVisit>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ArriveVisit>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ReviewVisit>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ReadyVisit>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ReturnVisit>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<WelcomeBack>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<ConfirmTest>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<ConfirmStation>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<NameRunner>{{{32, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<GoLook>{{{32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ExcuseDevice>{{{32, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 6> field_limits<Enrolled>{{{32, 0}, {0, 0}, {64, 0}, {32, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 7> field_limits<Waiting>{{{0, 0}, {0, 0}, {32, 0}, {0, 0}, {64, 0}, {64, 0}, {240, 0}}};
template <>
inline constexpr std::array<FieldLimit, 6> field_limits<AccountKeys>{{{32, 0}, {64, 0}, {512, 0}, {64, 0}, {32, 8}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 5> field_limits<LeaderSignedIn>{{{32, 0}, {64, 0}, {0, 16}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 11> field_limits<LeaderWelcome>{{{0, 0}, {0, 0}, {32, 0}, {32, 0}, {64, 0}, {0, 16}, {64, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<Accounts>{{{0, 128}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 4> field_limits<LeaderInvitation>{{{32, 0}, {64, 0}, {16, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 18> field_limits<Welcome>{{{0, 0}, {0, 0}, {0, 0}, {32, 0}, {0, 0}, {64, 0}, {64, 0}, {240, 0}, {32, 0}, {32, 0}, {32, 0}, {32, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<Live>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<Done>{{{0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 4> field_limits<Rejected>{{{0, 0}, {32, 0}, {256, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 4> field_limits<CallChanged>{{{0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 4> field_limits<CallGone>{{{0, 0}, {0, 0}, {0, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<PersonChanged>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<DeviceChanged>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<Staff>{{{0, 0}, {0, 128}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<Children>{{{0, 128}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<Places>{{{0, 0}, {0, 128}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<CardShown>{{{0, 16}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<TalkChanged>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<TalkGone>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<Cards>{{{0, 128}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<Gaps>{{{0, 64}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 7> field_limits<Board>{{{0, 0}, {0, 64}, {16, 24}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<TimetableState>{{{0, 0}, {240, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<MyChildren>{{{0, 128}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<EnrolmentCode>{{{16, 0}, {0, 0}, {256, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<SpaceChanged>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 4> field_limits<VisitChanged>{{{0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<VisitGone>{{{0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<Readiness>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 8> field_limits<MyReadiness>{{{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 5> field_limits<ReadinessReport>{{{0, 0}, {0, 48}, {0, 0}, {0, 48}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<Devices>{{{0, 256}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 5> field_limits<ImportReport>{{{0, 200}, {0, 256}, {0, 0}, {0, 0}, {240, 8}}};
template <>
inline constexpr std::array<FieldLimit, 5> field_limits<AddSupply>{{{64, 0}, {32, 0}, {0, 4}, {32, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<EndSupply>{{{32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 4> field_limits<SupplyAdded>{{{32, 0}, {32, 0}, {12, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<Supplies>{{{0, 32}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<GreetChild>{{{32, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<MarkNotIn>{{{32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<KeepCheckin>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<MoveCheckin>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<PassCheckin>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<EndCheckin>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<WriteNote>{{{32, 0}, {480, 0}}};
template <>
inline constexpr std::array<FieldLimit, 1> field_limits<EndLeftVisit>{{{0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 7> field_limits<Day>{{{0, 0}, {0, 0}, {0, 128}, {0, 128}, {0, 32}, {0, 128}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 4> field_limits<Door>{{{0, 0}, {0, 200}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<OpenFollowup>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<ScheduleFollowup>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 5> field_limits<KeepFollowup>{{{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 3> field_limits<NotReadyYet>{{{0, 0}, {0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<DeclineFollowup>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<NotNeeded>{{{0, 0}, {0, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<PassFollowup>{{{0, 0}, {32, 0}}};
template <>
inline constexpr std::array<FieldLimit, 2> field_limits<Owed>{{{0, 64}, {0, 0}}};

template <>
inline constexpr std::array<bool, 32> lean_fields<CallView>{false, false, false, false, false, true, false, false, false, false, true, true, true, false, false, true, true, true, true, true, true, true, true, false, true, false, false, false, false, false, false, false};
template <>
inline constexpr std::array<bool, 20> lean_fields<TalkView>{false, false, false, false, false, false, false, false, false, false, true, false, false, false, true, false, true, true, true, false};
template <>
inline constexpr std::array<bool, 5> lean_fields<PersonRef>{false, false, false, false, true};
template <>
inline constexpr std::array<bool, 6> lean_fields<GapView>{false, false, false, false, false, true};
template <>
inline constexpr std::array<bool, 11> lean_fields<BoardAdult>{false, false, false, false, false, false, false, false, true, true, true};
template <>
inline constexpr std::array<bool, 6> lean_fields<MyChild>{false, false, true, false, true, false};
template <>
inline constexpr std::array<bool, 10> lean_fields<SpaceView>{false, false, false, false, false, true, true, true, false, true};
template <>
inline constexpr std::array<bool, 23> lean_fields<VisitView>{false, false, false, false, false, false, false, false, false, false, false, false, false, false, false, true, true, false, false, false, false, true, true};
template <>
inline constexpr std::array<bool, 8> lean_fields<GreetingView>{false, false, false, false, false, false, true, true};
template <>
inline constexpr std::array<bool, 10> lean_fields<CheckinView>{false, false, false, false, false, false, false, true, true, true};
template <>
inline constexpr std::array<bool, 20> lean_fields<FollowupView>{false, false, false, false, false, false, false, false, false, false, false, true, false, true, false, true, false, false, true, true};
template <>
inline constexpr std::array<bool, 8> lean_fields<NoteView>{false, false, false, false, false, true, false, false};
template <>
inline constexpr std::array<bool, 12> lean_fields<ReadyItem>{false, false, false, false, false, false, false, false, false, true, true, true};
template <>
inline constexpr std::array<bool, 6> lean_fields<SiteDrillView>{false, false, false, true, false, true};
template <>
inline constexpr std::array<bool, 9> lean_fields<ReadinessView>{false, true, false, true, false, true, false, false, false};
template <>
inline constexpr std::array<bool, 5> lean_fields<AskTalk>{false, false, false, false, true};
template <>
inline constexpr std::array<bool, 2> lean_fields<Gaps>{false, true};
template <>
inline constexpr std::array<bool, 7> lean_fields<Board>{false, false, true, true, false, false, true};
template <>
inline constexpr std::array<bool, 8> lean_fields<MyReadiness>{false, false, true, true, false, false, true, true};
template <>
inline constexpr std::array<bool, 5> lean_fields<ReadinessReport>{false, false, true, false, true};
template <>
inline constexpr std::array<bool, 2> lean_fields<GreetChild>{false, true};
template <>
inline constexpr std::array<bool, 7> lean_fields<Day>{false, false, true, true, true, true, true};
template <>
inline constexpr std::array<bool, 4> lean_fields<Door>{false, true, true, true};
template <>
inline constexpr std::array<bool, 2> lean_fields<Owed>{true, true};

}  // namespace attune::protocol::pack
