// The errors of the wire: stable numbers, their names, and the sentence that says what to do.
// Made from protocol/schema/attune.json by protocol/codegen/generate.mjs. Change the schema, not this file.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace attune::protocol {

enum class Error : std::uint16_t {
  bad_frame = 100,
  frame_too_long = 101,
  too_deep = 102,
  too_many = 103,
  too_long = 104,
  not_utf8 = 105,
  duplicate_key = 106,
  trailing_bytes = 107,
  ext_not_allowed = 108,
  unknown_version = 109,
  unknown_type = 110,
  missing_field = 111,
  wrong_type = 112,
  out_of_range = 113,
  bad_id = 114,
  hello_first = 120,
  already_greeted = 121,
  not_yours = 122,
  unknown_device = 123,
  code_not_valid = 124,
  ahead_of_hub = 125,
  waiting_for_approval = 126,
  enrolment_refused = 127,
  not_signed_in = 128,
  shutting_down = 130,
  journal_unavailable = 131,
  too_many_waiting = 132,
  no_such_call = 200,
  already_owned = 201,
  not_offered = 202,
  not_owner = 203,
  not_at_the_door = 204,
  not_settled_yet = 205,
  wrong_moment = 206,
  child_already_chosen = 207,
  no_such_place = 208,
  no_such_person = 209,
  no_such_child = 210,
  not_withdrawing = 211,
  nobody_signed_in = 212,
  wrong_pin = 220,
  pin_wait = 221,
  pin_not_allowed = 222,
  pin_format = 223,
  bad_availability = 224,
  no_such_device = 230,
  import_refused = 231,
  sign_in_wrong = 240,
  sign_in_wait = 241,
  password_format = 242,
  digits_wrong = 243,
  may_not_lead = 244,
  account_exists = 245,
  no_account = 246,
  second_person_needed = 247,
  nobody_to_approve = 248,
  not_waiting = 249,
  not_your_role = 250,
  no_such_visit = 260,
  space_not_open = 261,
  space_full = 262,
  visit_open = 263,
  card_not_known = 270,
  already_asked = 271,
  no_such_talk = 272,
  talk_time = 273,
  no_such_gap = 280,
  swap_cannot_come = 281,
  supply_role = 330,
  short_name_taken = 331,
  supplies_full = 332,
  no_such_supply = 333,
  supply_with_child = 334,
  no_school_day = 310,
  not_yours_today = 311,
  no_such_checkin = 312,
  checkin_time = 313,
  note_format = 314,
  note_not_kept = 315,
  drill_waits = 290,
  not_listed = 291,
  no_drill = 292,
  nobody_to_practise = 293,
  test_not_heard = 294,
  no_such_followup = 340,
  followup_time = 341,
};

struct ErrorInfo {
  Error error;
  std::string_view name;      // as on the wire, in Rejected
  std::string_view sentence;  // what to do
};

inline constexpr std::array<ErrorInfo, 86> error_table{{
    {Error::bad_frame, "BadFrame", "The frame is not one MessagePack array of four items. Send [version, type, id, body]."},
    {Error::frame_too_long, "FrameTooLong", "The frame is over the limit. Send less at a time."},
    {Error::too_deep, "TooDeep", "The frame nests too deeply."},
    {Error::too_many, "TooMany", "An array or map has more items than allowed."},
    {Error::too_long, "TooLong", "A string or binary is longer than allowed."},
    {Error::not_utf8, "NotUtf8", "A string is not valid UTF-8."},
    {Error::duplicate_key, "DuplicateKey", "A key appears twice in one map."},
    {Error::trailing_bytes, "TrailingBytes", "Bytes follow the end of the message."},
    {Error::ext_not_allowed, "ExtNotAllowed", "MessagePack extension types are not used here."},
    {Error::unknown_version, "UnknownVersion", "This hub speaks version 1."},
    {Error::unknown_type, "UnknownType", "No message has this name."},
    {Error::missing_field, "MissingField", "A required field is missing."},
    {Error::wrong_type, "WrongType", "A field has the wrong type."},
    {Error::out_of_range, "OutOfRange", "A number or name is outside what is allowed."},
    {Error::bad_id, "BadId", "Commands need an id of 16 bytes."},
    {Error::hello_first, "HelloFirst", "Say Hello or Enrol first."},
    {Error::already_greeted, "AlreadyGreeted", "Hello was said already on this connection."},
    {Error::not_yours, "NotYours", "This message is the hub's to send, or not for this kind of device."},
    {Error::unknown_device, "UnknownDevice", "This device is not enrolled here, or no longer. Ask for a new link."},
    {Error::code_not_valid, "CodeNotValid", "This link has been used or is too old. Ask for a new one."},
    {Error::ahead_of_hub, "AheadOfHub", "This device has seen more than the hub's log holds. Tell the person who looks after the hub."},
    {Error::waiting_for_approval, "WaitingForApproval", "This device waits until a second person approves it. Until then it can do nothing: get help in another way."},
    {Error::enrolment_refused, "EnrolmentRefused", "Nobody approved this device in time, or a second person refused it. Ask for a new link."},
    {Error::not_signed_in, "NotSignedIn", "This browser is not signed in, or its session has ended. Sign in again."},
    {Error::shutting_down, "ShuttingDown", "The hub is stopping. Keep the command and send it again."},
    {Error::journal_unavailable, "JournalUnavailable", "The hub cannot write to its disk, so this was not done."},
    {Error::too_many_waiting, "TooManyWaiting", "Too many commands wait for the disk. Send it again shortly."},
    {Error::no_such_call, "NoSuchCall", "There is no such open call, or it is not for this device."},
    {Error::already_owned, "AlreadyOwned", "Someone else is already going."},
    {Error::not_offered, "NotOffered", "This call was not offered to this handset."},
    {Error::not_owner, "NotOwner", "Only the adult who owns the call can do this."},
    {Error::not_at_the_door, "NotAtTheDoor", "A call closes only after someone has arrived."},
    {Error::not_settled_yet, "NotSettledYet", "Say first how it went: settled, moved or handed over."},
    {Error::wrong_moment, "WrongMoment", "The call has moved on; this no longer applies."},
    {Error::child_already_chosen, "ChildAlreadyChosen", "The child has been chosen already."},
    {Error::no_such_place, "NoSuchPlace", "There is no such place."},
    {Error::no_such_person, "NoSuchPerson", "There is no such person, or they cannot do this."},
    {Error::no_such_child, "NoSuchChild", "There is no such child due in this room."},
    {Error::not_withdrawing, "NotWithdrawing", "The room has not said never mind."},
    {Error::nobody_signed_in, "NobodySignedIn", "Sign in on this handset first."},
    {Error::wrong_pin, "WrongPin", "That PIN is not right."},
    {Error::pin_wait, "PinWait", "Too many tries. Wait a little, then try again."},
    {Error::pin_not_allowed, "PinNotAllowed", "A PIN can be chosen only on a handset made ready for this person, in its first ten minutes."},
    {Error::pin_format, "PinFormat", "A PIN is 4 to 12 digits and not one digit repeated."},
    {Error::bad_availability, "BadAvailability", "Say free, with a child, or on a break for at most two hours."},
    {Error::no_such_device, "NoSuchDevice", "There is no such device."},
    {Error::import_refused, "ImportRefused", "The files have problems; nothing was changed."},
    {Error::sign_in_wrong, "SignInWrong", "That does not match. Check the staff id and the password, and give the next six digits."},
    {Error::sign_in_wait, "SignInWait", "Too many tries. Wait a little, then try again."},
    {Error::password_format, "PasswordFormat", "A password has 12 to 128 characters and is not the name or the staff id. A few words make a good one."},
    {Error::digits_wrong, "DigitsWrong", "Those six digits do not match. Check that the phone's clock is right, and give the next ones."},
    {Error::may_not_lead, "MayNotLead", "This person has no role that signs in here: duty_lead, dsl, senco, head or admin in staff.csv."},
    {Error::account_exists, "AccountExists", "This person has an account. On the hub itself, attuned leaders reset closes it."},
    {Error::no_account, "NoAccount", "This person has no account."},
    {Error::second_person_needed, "SecondPersonNeeded", "Whoever made the link can't approve the device as well. Ask somebody else who is signed in."},
    {Error::nobody_to_approve, "NobodyToApprove", "Nobody else has an account who could approve the device. Make the link on the hub itself, or let a second leader open an account first."},
    {Error::not_waiting, "NotWaiting", "This device does not wait for approval, or no longer."},
    {Error::not_your_role, "NotYourRole", "This needs the role admin."},
    {Error::no_such_visit, "NoSuchVisit", "There is no such open visit, or it is not for this device."},
    {Error::space_not_open, "SpaceNotOpen", "No adult is in that calm space now. Say I am here there first, or offer another kind of support."},
    {Error::space_full, "SpaceFull", "All places are taken just now."},
    {Error::visit_open, "VisitOpen", "This child has a break under way already."},
    {Error::card_not_known, "CardNotKnown", "This card opens nothing here, or no longer. Ask an adult for a new one."},
    {Error::already_asked, "AlreadyAsked", "This child has asked already, and it is under way."},
    {Error::no_such_talk, "NoSuchTalk", "There is no such open talk, or it is not for this device."},
    {Error::talk_time, "TalkTime", "Offer a time that is still to come: within a week, and today when a promise was missed."},
    {Error::no_such_gap, "NoSuchGap", "Somebody can come for this child again, or the school day is over."},
    {Error::swap_cannot_come, "SwapCannotCome", "This person can't come now. Choose somebody who is free."},
    {Error::supply_role, "SupplyRole", "For today somebody is a responder, a teacher or both. Leading stays with the school's own people."},
    {Error::short_name_taken, "ShortNameTaken", "Somebody here has this short name already. Add a letter, so that a room knows who is coming."},
    {Error::supplies_full, "SuppliesFull", "32 adults are here for today already. End one who has gone."},
    {Error::no_such_supply, "NoSuchSupply", "Nobody is here for today under that id, or their day is over."},
    {Error::supply_with_child, "SupplyWithChild", "They are with a child at this moment. End it once the call or the visit is over, or hand over first."},
    {Error::no_school_day, "NoSchoolDay", "No school day is on, by the school's terms. This can wait for the next one."},
    {Error::not_yours_today, "NotYoursToday", "This child is not among yours today. Their own adults, whoever stands at the door, or whoever leads can do this."},
    {Error::no_such_checkin, "NoSuchCheckin", "There is no such check-in any more, or it is not with you."},
    {Error::checkin_time, "CheckinTime", "Choose a time that is still to come, before school ends today."},
    {Error::note_format, "NoteFormat", "One line of at most 120 characters."},
    {Error::note_not_kept, "NoteNotKept", "The hub can't keep today's notes safely now, so this one was not taken. Tell them in person, and the person who looks after the hub."},
    {Error::drill_waits, "DrillWaits", "Somebody is waited for just now. Practise once they are there."},
    {Error::not_listed, "NotListed", "This is ready by now, or not yours to look at."},
    {Error::no_drill, "NoDrill", "The school is not practising any more."},
    {Error::nobody_to_practise, "NobodyToPractise", "Nobody is free to practise just now. Try again in a little while."},
    {Error::test_not_heard, "TestNotHeard", "Nothing has sounded for this test. Begin it once more."},
    {Error::no_such_followup, "NoSuchFollowup", "There is no such open follow-up any more, or it is not yours."},
    {Error::followup_time, "FollowupTime", "Choose a time that is still to come, within two weeks. What parents and the raiser are owed stays on its own day."},
}};

constexpr std::uint16_t number(Error error) { return static_cast<std::uint16_t>(error); }

constexpr std::string_view to_string(Error error) {
  for (const ErrorInfo& info : error_table)
    if (info.error == error) return info.name;
  return "";
}

constexpr std::string_view sentence(Error error) {
  for (const ErrorInfo& info : error_table)
    if (info.error == error) return info.sentence;
  return "";
}

/// Nothing when no error of this version has the number.
constexpr std::optional<Error> error_from_number(std::uint64_t value) {
  for (const ErrorInfo& info : error_table)
    if (static_cast<std::uint64_t>(info.error) == value) return info.error;
  return std::nullopt;
}

}  // namespace attune::protocol
