// One example of each message, written by hand: the story of one call in Room 12 of the example school. The page for
// client writers shows these, and the vectors begin with them. Fields stand in the schema's order.

const bytes = (first, count) => ({
  $hex: Array.from({ length: count }, (_, n) => ((first + n) & 0xff).toString(16).padStart(2, "0")).join(""),
});
const credential = bytes(0xa0, 32);
const session = bytes(0x51, 16);
const t0 = 1794218400000; // 9 November 2026, 10:00 UTC
const call = 4712;

const call_view = {
  call, place: "r12", place_name: "Room 12", route_hint: "First floor, past the library", level: 2, drill: false,
  rung: "ringing", relation: "offered", raised_at: t0, rung_at: t0 + 180, ringing: 1, offered: ["Sam", "Alex"], offered_more: 0,
  owner_late: false, on_way: false, helpers: [], helper_wanted: false, station_called: false, sounds: 1,
  withdraw_asked: false, notes: [], recorded: true, support_check_due: false,
};
const helps = { child: "c17", initials: "AB", lines: ["Give me space first", "Talk about trains"], about: "Worries about loud rooms" };

export const examples = {
  Enrol: { code: "7KQ4MXW2PD", credential, app: "example 1.0" },
  Hello: { credential, last_seq: 4700, session, app: "example 1.0" },
  Beat: { n: 1, seq: 4711, evidence: { visible: true, sound: true, wake_lock: true, battery_percent: 80, charging: false } },
  HelloLeader: { app: "example 1.0" },
  OpenAccount: { code: "7KQ4MXW2PD", password: "correct horse battery staple" },
  ConfirmAccount: { code: "7KQ4MXW2PD", totp: "287082" },
  SignInLeader: { person: "p02", password: "correct horse battery staple", code: "287082" },
  Goodbye: { reason: "closing" },
  RaiseCall: { level: 2, pressed_at: t0 - 40 },
  ChooseChild: { call, child: "c17" },
  AddNote: { call, note: "two_adults" },
  WithdrawCall: { call },
  ConfirmWithdraw: { call },
  KeepCall: { call },
  ReportRinging: { call },
  AcceptCall: { call, on_way: true },
  DeclineCall: { call },
  ReportOnWay: { call },
  ArriveCall: { call },
  LookIn: { call },
  AskHelper: { call },
  ConfirmSupport: { call },
  SettleCall: { call },
  MoveCall: { call, place: "calm1" },
  HandOverCall: { call, to: "p09" },
  CloseCall: { call, helped: [0, 1], needs: ["too_loud", "change_of_plan"] },
  SetPin: { person: "p07", pin: "58213", session },
  SignIn: { person: "p07", pin: "58213", session },
  SignOut: {},
  Lock: {},
  ProveHandset: { heard: true, vibrated: true },
  SetAvailability: { state: "on_break", until: t0 + 900000 },
  MakeEnrolmentCode: { kind: "handset", person: "p07" },
  NameSwap: { gap: 812, person: "p05" },
  ListMyChildren: {},
  Gaps: { gaps: [{ gap: 812, from: 1794218400000, child: "WF-1012", initials: "JT", place: "Room 12", adults: ["Sam", "Hazel"] }] },
  Board: {
    first: true, waiting: ["JT"], gaps: 1, school_from: 1794213600000, school_to: 1794237600000,
    adults: [{ person: "p05", short_name: "Hazel", name: "Hazel Example", state: "free", place: "Library", until: 1794221000000, why: "timetable", known_at: 1794200000000, children: ["AO", "MK"] }],
  },
  TimetableState: { imported_at: 1794200000000, fault: "absences.csv, line 3: nobody has this id.", fault_at: 1794210000000 },
  MyChildren: { children: [{ child: "WF-1012", initials: "JT", named: true, by: "Hazel" }, { child: "WF-7439", initials: "AO", gap_from: 1794218400000 }], school: true },
  RenameDevice: { device: "d5", label: "Science block, spare" },
  RevokeDevice: { device: "d5" },
  ApproveEnrolment: { device: "d6" },
  RefuseEnrolment: { device: "d6" },
  ListAccounts: {},
  InviteLeader: { person: "p02" },
  ResetAccount: { person: "p02" },
  EndLeaderSessions: { person: "p02" },
  SignOutLeader: {},
  KeepSession: {},
  ListDevices: {},
  ImportDirectory: { files: [{ name: "places.csv", text: { $hex: Buffer.from("place,name\nr12,Room 12\n").toString("hex") } }], apply: false },
  Enrolled: { device: "d5", kind: "handset", label: "Sam's handset", person: "p07", may_set_pin: true },
  Welcome: {
    seq: 4711, resume: "replay", now: t0 - 5000, device: "d5", kind: "handset", label: "Sam's handset", site: "Example School",
    help: "Ring the office on 200, or send a child with the red card.", extension: "200", person: "p07", for_person: "p07",
    may_set_pin: false, unlocked: true, proven: true, journal: "ok", example: true,
  },
  Waiting: {
    now: t0 - 5000, until: t0 + 595000, device: "d6", kind: "room", label: "Room 12", site: "Example School",
    help: "Ring the office on 200, or send a child with the red card.",
  },
  AccountKeys: {
    person: "p02", name: "Robin Example",
    otpauth: "otpauth://totp/Attune%20Example%20School:p02?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Attune%20Example%20School",
    secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", recovery: ["7KQ4-MXW2-PD93-HJ5T", "QW82-ZXC4-VB6N-MK3J"], expires_at: t0 + 1800000,
  },
  LeaderSignedIn: { person: "p02", name: "Robin Example", roles: ["head", "duty_lead"], ends_at: t0 + 43200000, recovery_left: 8 },
  LeaderWelcome: {
    seq: 4711, now: t0, person: "p02", short_name: "Robin", name: "Robin Example", roles: ["head", "duty_lead"], site: "Example School",
    ends_at: t0 + 43200000, idle_ms: 1800000, journal: "ok", example: false,
  },
  Accounts: {
    accounts: [{ person: "p02", short_name: "Robin", name: "Robin Example", roles: ["head"], state: "open", sessions: 1, recovery_left: 7 },
      { person: "p03", short_name: "Noor", name: "Noor Example", roles: ["dsl"], state: "invited", invited_until: t0 + 1800000, sessions: 0, recovery_left: 0 }],
    open: 1,
  },
  LeaderInvitation: { person: "p03", name: "Noor Example", code: "7KQ4MXW2PD", expires_at: t0 + 1800000 },
  Live: { seq: 4711 },
  Done: { seq: call, call },
  Rejected: { error: 201, name: "AlreadyOwned", message: "Someone else is already going." },
  CallChanged: { seq: 4715, event: "alerted", at: t0 + 180, call: { ...call_view, helps } },
  CallGone: { seq: 4716, call, event: "accepted", owner: "Sam" },
  PersonChanged: { seq: 4717, person: { person: "p07", short_name: "Sam", name: "Sam Example", state: "with_child", since: t0 + 4000, place: "Calm room" } },
  DeviceChanged: { seq: 4718, device: { device: "d5", kind: "handset", label: "Sam's handset", health: "degraded", since: t0, faults: ["hidden"] } },
  Staff: { first: true, people: [{ person: "p07", short_name: "Sam", name: "Sam Example", pin_set: true }, { person: "p09", short_name: "Alex", name: "Alex Example", pin_set: false }] },
  Children: { children: [{ child: "c17", initials: "AB" }, { child: "c21", initials: "KL" }] },
  Places: { first: true, places: [{ place: "r12", name: "Room 12", kind: "room" }, { place: "calm1", name: "Calm room", kind: "calm_space" }] },
  EnrolmentCode: { code: "7KQ4MXW2PD", expires_at: t0 + 600000 },
  Devices: { devices: [{ device: "d5", kind: "handset", label: "Sam's handset", health: "healthy", since: t0, faults: [] }], journal: "ok", not_recorded: 0 },
  ImportReport: {
    problems: [{ file: "places.csv", line: 7, column: "name", message: "The name is empty." }],
    changes: [{ what: "place", id: "r12", change: "changed", detail: "name: Room 12 -> Room 14" }], changes_total: 1, applied: false,
    notes: ["There is no tiers.csv: the tiers that Attune brings along are used."],
  },
};

/** Further examples of messages whose fields differ by who sends or receives them. */
export const more_examples = [
  ["Beat", "the hub's", { n: 1, seq: 4711, now: t0 - 4000, journal: "ok" }],
  ["Hello", "a first connection", { credential, last_seq: 0, app: "example 1.0" }],
  ["RaiseCall", "a handset's drill", { level: 1, pressed_at: t0, place: "r12", drill: true }],
  ["AcceptCall", "a station's", { call, on_way: true, going: "p07" }],
  ["MakeEnrolmentCode", "a room's", { kind: "room", place: "r12" }],
  ["CallChanged", "as the room sees it", {
    seq: 4713, event: "raised", at: t0,
    call: (({ route_hint, ...rest }) => ({ ...rest, rung: "received", relation: "raiser", rung_at: t0, ringing: 0, offered: [], sounds: 1 }))(call_view),
  }],
  ["CallChanged", "as its owner sees it", {
    seq: 4716, event: "accepted", at: t0 + 9000,
    call: { ...call_view, rung: "coming", relation: "owner", rung_at: t0 + 9000, ringing: 0, owner: "Sam", owner_person: "p07", owner_late: false, on_way: true, helps },
  }],
  ["DeviceChanged", "as a leader sees one that waits", { seq: 4719, device: { device: "d6", kind: "room", label: "Room 12", health: "never_seen", since: t0, faults: [], waiting_until: t0 + 595000, made_by: "p02" } }],
  ["Rejected", "try again later", { error: 221, name: "PinWait", message: "Too many tries. Wait a little, then try again.", retry_ms: 30000 }],
  ["Goodbye", "a protocol error", { reason: "protocol", error: 107, message: "Bytes follow the end of the message." }],
];
