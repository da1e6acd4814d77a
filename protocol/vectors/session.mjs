// A whole session in frames, for the page for client writers: a room and a handset from their enrolment to the close
// of one call, a second adult who is told that someone is going, and a connection that is taken up again.

const bytes = (first, count) => ({
  $hex: Array.from({ length: count }, (_, n) => ((first + n) & 0xff).toString(16).padStart(2, "0")).join(""),
});
const id = (n) => n.toString(16).padStart(2, "0").repeat(16);
const credential = bytes(0xa0, 32);
const session = bytes(0x51, 16);
const t0 = 1794218400000; // 9 November 2026, 10:00 UTC
const call = 41;
const beat_now = (ms) => t0 + ms;

const seen_by_room = {
  call, place: "r12", place_name: "Room 12", level: 2, drill: false, rung: "received", relation: "raiser", raised_at: t0, rung_at: t0,
  ringing: 0, offered: [], offered_more: 0, owner_late: false, on_way: false, helpers: [], helper_wanted: false, station_called: false, sounds: 1,
  withdraw_asked: false, notes: [], recorded: true, support_check_due: false,
};
const seen_by_handset = { ...seen_by_room, route_hint: "First floor, past the library", relation: "offered", offered: ["Sam"] };
const ringing = { rung: "ringing", rung_at: t0 + 180, ringing: 1 };
const coming = { rung: "coming", rung_at: t0 + 9000, ringing: 0, owner: "Sam", on_way: true };
const here = { ...coming, rung: "here", rung_at: t0 + 60000 };

const room = (from, say, type, body, command = null) => ({ who: "room", from, say, type, id: command, body });
const other = (say, type, body, command = null) => ({ who: "another handset", from: "hub", say, type, id: command, body });
const handset = (from, say, type, body, command = null) => ({ who: "handset", from, say, type, id: command, body });

export const session_frames = [
  room("client", "A new room: the link held the code 7KQ4MXW2PD. Its credential is made now and kept.", "Enrol", { code: "7KQ4MXW2PD", credential, app: "example 1.0" }, id(1)),
  room("hub", "On disk.", "Enrolled", { device: "room-ABCDE23456", kind: "room", label: "Room 12", may_set_pin: false }, id(1)),
  room("client", "The same connection goes on with Hello. Nothing has been seen yet.", "Hello", { credential, last_seq: 0, app: "example 1.0" }),
  room("hub", "A snapshot follows.", "Welcome", {
    seq: 40, resume: "snapshot", now: t0 - 30000, device: "room-ABCDE23456", kind: "room", label: "Room 12", site: "Example School",
    help: "Ring the office on 200, or send a child with the red card.", place: "r12", extension: "200", may_set_pin: false, unlocked: false,
    proven: false, journal: "ok", example: true,
  }),
  room("hub", "Whom the room may choose after a press.", "Children", { children: [{ child: "c17", initials: "AB" }] }),
  room("hub", "Itself. No call is open here, so that no card comes. Its seq is 39, one less than Live's: a client that is cut off in the middle of a snapshot must not look complete.", "DeviceChanged", { seq: 39, device: { device: "room-ABCDE23456", kind: "room", label: "Room 12", health: "healthy", since: t0 - 30000, faults: [] } }),
  room("hub", "The snapshot is complete: last_seq is 40 now, and the page may say that no call is open.", "Live", { seq: 40 }),
  room("client", "Its first beat, and one every 2 s from now on.", "Beat", { n: 1, seq: 40, evidence: { visible: true, sound: false, wake_lock: false } }),
  room("hub", "The hub's own.", "Beat", { n: 1, seq: 40, now: beat_now(-28000), journal: "ok" }),
  room("client", "Support now. The id was stored with the press, before this was sent.", "RaiseCall", { level: 2, pressed_at: t0 - 40 }, id(2)),
  room("hub", "Event 41 raised the call, so that 41 is its id. Show: received. (Event 42 comes here too: an adult is asked.)", "CallChanged", { seq: 41, event: "raised", at: t0, call: seen_by_room }),
  room("hub", "The press need not be sent again.", "Done", { seq: 42, call }, id(2)),
  handset("hub", "Event 42 offers it to Sam. The relation is offered and the card is new: sound.", "CallChanged", { seq: 42, event: "offered", at: t0, call: seen_by_handset }),
  handset("client", "The tone has started and the card is in front: the receipt.", "ReportRinging", { call }, id(3)),
  room("hub", "Show: ringing.", "CallChanged", { seq: 43, event: "alerted", at: t0 + 180, call: { ...seen_by_room, ...ringing } }),
  handset("hub", "", "Done", { seq: 43, call }, id(3)),
  handset("client", "Sam: I'm coming, on my way.", "AcceptCall", { call, on_way: true }, id(4)),
  room("hub", "Show: Sam is coming.", "CallChanged", { seq: 44, event: "accepted", at: t0 + 9000, call: { ...seen_by_room, ...coming } }),
  handset("hub", "Sam owns it. Stop sounding. What helps the child would be in `helps`, had the room chosen one.", "CallChanged", { seq: 44, event: "accepted", at: t0 + 9000, call: { ...seen_by_handset, ...coming, relation: "owner", owner_person: "p07" } }),
  handset("hub", "", "Done", { seq: 44, call }, id(4)),
  other("The answer to another handset, whose adult accepted a moment later.", "Rejected", { error: 201, name: "AlreadyOwned", message: "Someone else is already going." }, id(5)),
  other("What it and everybody else who was asked is sent: drop the card, fall silent.", "CallGone", { seq: 44, call, event: "accepted", owner: "Sam" }),
  handset("client", "Sam stands at the door.", "ArriveCall", { call }, id(6)),
  room("hub", "Show: Sam is here.", "CallChanged", { seq: 45, event: "arrived", at: t0 + 60000, call: { ...seen_by_room, ...here } }),
  handset("hub", "The answer; its card has changed in the same way.", "Done", { seq: 45, call }, id(6)),
  handset("client", "Settled, ready to go on.", "SettleCall", { call }, id(7)),
  handset("hub", "", "Done", { seq: 46, call }, id(7)),
  handset("client", "Closed; the first line of what helps did help.", "CloseCall", { call, helped: [0], needs: ["too_loud"] }, id(8)),
  room("hub", "The call has ended. Its last event is told by CallGone alone.", "CallGone", { seq: 47, call, event: "closed" }),
  handset("hub", "", "CallGone", { seq: 47, call, event: "closed" }),
  handset("hub", "", "Done", { seq: 47, call }, id(8)),
  handset("client", "Later the handset was out of the Wi-Fi for a minute. It connects anew, with what it has seen and the secret that keeps it unlocked.", "Hello", { credential: bytes(0xc0, 32), last_seq: 47, session, app: "example 1.0" }),
  handset("hub", "Cards held stay; what was missed follows, in order.", "Welcome", {
    seq: 52, resume: "replay", now: t0 + 600000, device: "handset-FGHJK23456", kind: "handset", label: "Sam's handset", site: "Example School",
    help: "Ring the office on 200, or send a child with the red card.", person: "p07", for_person: "p07", may_set_pin: false, unlocked: true,
    proven: true, journal: "ok", example: true,
  }),
  handset("hub", "Lists come with every Welcome.", "Staff", { first: true, people: [{ person: "p07", short_name: "Sam", name: "Sam Example", pin_set: true }] }),
  handset("hub", "", "Places", { first: true, places: [{ place: "r12", name: "Room 12", kind: "room" }] }),
  handset("hub", "Missed: another call was offered to Sam.", "CallChanged", { seq: 51, event: "offered", at: t0 + 590000, call: { ...seen_by_handset, call: 50, raised_at: t0 + 590000, rung_at: t0 + 590000 } }),
  handset("hub", "Up to date. Now, and only now, it is certain what is open.", "Live", { seq: 52 }),
  handset("client", "The page is being closed.", "Goodbye", { reason: "closing" }),
];
