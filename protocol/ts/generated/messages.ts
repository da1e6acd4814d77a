// The messages of the wire: types for the compiler, tables for the codec.
// Made from protocol/schema/attune.json by protocol/codegen/generate.mjs. Change the schema, not this file.

export const version = 1;
export const subprotocol = "attune.1";

export const limits = {
  /** A whole frame, either way. */
  frame_bytes_max: 32768,
  /** A whole frame on the hub's own local socket (imports). */
  local_frame_bytes_max: 8388608,
  /** Nesting of arrays and maps, the envelope counted. */
  depth_max: 8,
  /** Items of one array. */
  array_items_max: 256,
  /** Entries of one map. */
  map_items_max: 64,
  /** One string. */
  str_bytes_max: 4096,
  /** One binary (local socket: local_frame_bytes_max). */
  bin_bytes_max: 16384,
  /** How often each side sends Beat. */
  beat_interval_ms: 2000,
  /** No Beat for so long: the hub calls the device silent, the client calls the hub lost. */
  silent_after_ms: 6000,
  /** Hello or Enrol must arrive within so long of connecting. */
  hello_timeout_ms: 5000,
  /** Bytes waiting for one client; past it the client is cut and resumes. */
  outbox_bytes_max: 1048576,
  /** Age of the oldest byte waiting for one client; past it the client is cut and resumes. */
  outbox_age_ms_max: 10000,
  /** The body of an HTTP request of a leader's browser. */
  http_body_bytes_max: 4096,
  /** Nobody at a leader's page for so long: the session ends. */
  leader_idle_ms_max: 1800000,
  /** A leader's session ends after so long in any case. */
  leader_session_ms_max: 43200000,
  /** Commands of one client that wait for the disk; past it reading pauses. */
  commands_in_flight_max: 64,
} as const;

/** How a field is checked and written. */
export type TypeMeta =
  | { readonly kind: "bool" | "u53" | "ms" }
  | { readonly kind: "str" | "bin" | "bytes"; readonly bytes: number }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "list"; readonly items: number; readonly item: TypeMeta }
  | { readonly kind: "struct"; readonly fields: readonly FieldMeta[] };
export interface FieldMeta {
  readonly name: string;
  readonly optional: boolean;
  /** Left out of what is written when it is false, 0 or empty; absent means that. */
  readonly lean?: true;
  readonly type: TypeMeta;
}

// ---- errors ----

export const errors = {
  BadFrame: { number: 100, text: "The frame is not one MessagePack array of four items. Send [version, type, id, body]." },
  FrameTooLong: { number: 101, text: "The frame is over the limit. Send less at a time." },
  TooDeep: { number: 102, text: "The frame nests too deeply." },
  TooMany: { number: 103, text: "An array or map has more items than allowed." },
  TooLong: { number: 104, text: "A string or binary is longer than allowed." },
  NotUtf8: { number: 105, text: "A string is not valid UTF-8." },
  DuplicateKey: { number: 106, text: "A key appears twice in one map." },
  TrailingBytes: { number: 107, text: "Bytes follow the end of the message." },
  ExtNotAllowed: { number: 108, text: "MessagePack extension types are not used here." },
  UnknownVersion: { number: 109, text: "This hub speaks version 1." },
  UnknownType: { number: 110, text: "No message has this name." },
  MissingField: { number: 111, text: "A required field is missing." },
  WrongType: { number: 112, text: "A field has the wrong type." },
  OutOfRange: { number: 113, text: "A number or name is outside what is allowed." },
  BadId: { number: 114, text: "Commands need an id of 16 bytes." },
  HelloFirst: { number: 120, text: "Say Hello or Enrol first." },
  AlreadyGreeted: { number: 121, text: "Hello was said already on this connection." },
  NotYours: { number: 122, text: "This message is the hub's to send, or not for this kind of device." },
  UnknownDevice: { number: 123, text: "This device is not enrolled here, or no longer. Ask for a new link." },
  CodeNotValid: { number: 124, text: "This link has been used or is too old. Ask for a new one." },
  AheadOfHub: { number: 125, text: "This device has seen more than the hub's log holds. Tell the person who looks after the hub." },
  WaitingForApproval: { number: 126, text: "This device waits until a second person approves it. Until then it can do nothing: get help in another way." },
  EnrolmentRefused: { number: 127, text: "Nobody approved this device in time, or a second person refused it. Ask for a new link." },
  NotSignedIn: { number: 128, text: "This browser is not signed in, or its session has ended. Sign in again." },
  ShuttingDown: { number: 130, text: "The hub is stopping. Keep the command and send it again." },
  JournalUnavailable: { number: 131, text: "The hub cannot write to its disk, so this was not done." },
  TooManyWaiting: { number: 132, text: "Too many commands wait for the disk. Send it again shortly." },
  NoSuchCall: { number: 200, text: "There is no such open call, or it is not for this device." },
  AlreadyOwned: { number: 201, text: "Someone else is already going." },
  NotOffered: { number: 202, text: "This call was not offered to this handset." },
  NotOwner: { number: 203, text: "Only the adult who owns the call can do this." },
  NotAtTheDoor: { number: 204, text: "A call closes only after someone has arrived." },
  NotSettledYet: { number: 205, text: "Say first how it went: settled, moved or handed over." },
  WrongMoment: { number: 206, text: "The call has moved on; this no longer applies." },
  ChildAlreadyChosen: { number: 207, text: "The child has been chosen already." },
  NoSuchPlace: { number: 208, text: "There is no such place." },
  NoSuchPerson: { number: 209, text: "There is no such person, or they cannot do this." },
  NoSuchChild: { number: 210, text: "There is no such child due in this room." },
  NotWithdrawing: { number: 211, text: "The room has not said never mind." },
  NobodySignedIn: { number: 212, text: "Sign in on this handset first." },
  WrongPin: { number: 220, text: "That PIN is not right." },
  PinWait: { number: 221, text: "Too many tries. Wait a little, then try again." },
  PinNotAllowed: { number: 222, text: "A PIN can be chosen only on a handset made ready for this person, in its first ten minutes." },
  PinFormat: { number: 223, text: "A PIN is 4 to 12 digits and not one digit repeated." },
  BadAvailability: { number: 224, text: "Say free, with a child, or on a break for at most two hours." },
  NoSuchDevice: { number: 230, text: "There is no such device." },
  ImportRefused: { number: 231, text: "The files have problems; nothing was changed." },
  SignInWrong: { number: 240, text: "That does not match. Check the staff id and the password, and give the next six digits." },
  SignInWait: { number: 241, text: "Too many tries. Wait a little, then try again." },
  PasswordFormat: { number: 242, text: "A password has 12 to 128 characters and is not the name or the staff id. A few words make a good one." },
  DigitsWrong: { number: 243, text: "Those six digits do not match. Check that the phone's clock is right, and give the next ones." },
  MayNotLead: { number: 244, text: "This person has no role that signs in here: duty_lead, dsl, senco, head or admin in staff.csv." },
  AccountExists: { number: 245, text: "This person has an account. On the hub itself, attuned leaders reset closes it." },
  NoAccount: { number: 246, text: "This person has no account." },
  SecondPersonNeeded: { number: 247, text: "Whoever made the link can't approve the device as well. Ask somebody else who is signed in." },
  NobodyToApprove: { number: 248, text: "Nobody else has an account who could approve the device. Make the link on the hub itself, or let a second leader open an account first." },
  NotWaiting: { number: 249, text: "This device does not wait for approval, or no longer." },
  NotYourRole: { number: 250, text: "This needs the role admin." },
  NoSuchVisit: { number: 260, text: "There is no such open visit, or it is not for this device." },
  SpaceNotOpen: { number: 261, text: "No adult is in that calm space now. Say I am here there first, or offer another kind of support." },
  SpaceFull: { number: 262, text: "All places are taken just now." },
  VisitOpen: { number: 263, text: "This child has a break under way already." },
  CardNotKnown: { number: 270, text: "This card opens nothing here, or no longer. Ask an adult for a new one." },
  AlreadyAsked: { number: 271, text: "This child has asked already, and it is under way." },
  NoSuchTalk: { number: 272, text: "There is no such open talk, or it is not for this device." },
  TalkTime: { number: 273, text: "Offer a time that is still to come: within a week, and today when a promise was missed." },
  NoSuchGap: { number: 280, text: "Somebody can come for this child again, or the school day is over." },
  SwapCannotCome: { number: 281, text: "This person can't come now. Choose somebody who is free." },
  SupplyRole: { number: 330, text: "For today somebody is a responder, a teacher or both. Leading stays with the school's own people." },
  ShortNameTaken: { number: 331, text: "Somebody here has this short name already. Add a letter, so that a room knows who is coming." },
  SuppliesFull: { number: 332, text: "32 adults are here for today already. End one who has gone." },
  NoSuchSupply: { number: 333, text: "Nobody is here for today under that id, or their day is over." },
  SupplyWithChild: { number: 334, text: "They are with a child at this moment. End it once the call or the visit is over, or hand over first." },
  NoSchoolDay: { number: 310, text: "No school day is on, by the school's terms. This can wait for the next one." },
  NotYoursToday: { number: 311, text: "This child is not among yours today. Their own adults, whoever stands at the door, or whoever leads can do this." },
  NoSuchCheckin: { number: 312, text: "There is no such check-in any more, or it is not with you." },
  CheckinTime: { number: 313, text: "Choose a time that is still to come, before school ends today." },
  NoteFormat: { number: 314, text: "One line of at most 120 characters." },
  NoteNotKept: { number: 315, text: "The hub can't keep today's notes safely now, so this one was not taken. Tell them in person, and the person who looks after the hub." },
  DrillWaits: { number: 290, text: "Somebody is waited for just now. Practise once they are there." },
  NotListed: { number: 291, text: "This is ready by now, or not yours to look at." },
  NoDrill: { number: 292, text: "The school is not practising any more." },
  NobodyToPractise: { number: 293, text: "Nobody is free to practise just now. Try again in a little while." },
  TestNotHeard: { number: 294, text: "Nothing has sounded for this test. Begin it once more." },
  NoSuchFollowup: { number: 340, text: "There is no such open follow-up any more, or it is not yours." },
  FollowupTime: { number: 341, text: "Choose a time that is still to come, within two weeks. What parents and the raiser are owed stays on its own day." },
} as const;
export type ErrorName = keyof typeof errors;

// ---- enums ----

/** What an enrolled device is. */
export const DeviceKindValues = ["room", "handset", "station", "local", "leader", "calm_space", "kiosk", "board"] as const;
export type DeviceKind = (typeof DeviceKindValues)[number];

/** How Welcome brings the client up to date. */
export const ResumeValues = ["replay", "snapshot"] as const;
export type Resume = (typeof ResumeValues)[number];

/** The highest rung for which durable evidence exists. */
export const CallRungValues = ["received", "ringing", "not_delivered", "coming", "here", "settled", "closed", "withdrawn"] as const;
export type CallRung = (typeof CallRungValues)[number];

/** Why this device sees the call, at this moment. */
export const RelationValues = ["raiser", "offered", "declined", "owner", "helper", "station", "overseer"] as const;
export type Relation = (typeof RelationValues)[number];

/** How the support ended, before Closed. */
export const OutcomeValues = ["settled", "moved", "handed_over"] as const;
export type Outcome = (typeof OutcomeValues)[number];

/** What the room may add after the press. */
export const CallNoteValues = ["medical", "two_adults", "has_left_room"] as const;
export type CallNote = (typeof CallNoteValues)[number];

/** What might this have been telling us? Chips on closing; all optional. */
export const NeedValues = ["too_loud", "too_hard", "hungry_or_tired", "worried", "friendship", "change_of_plan", "not_heard", "unwell", "not_sure"] as const;
export type Need = (typeof NeedValues)[number];

/** The worst of what is declared and what the handset proves. */
export const AvailabilityStateValues = ["signed_out", "free", "with_child", "on_break", "recovering", "unreachable", "teaching", "absent"] as const;
export type AvailabilityState = (typeof AvailabilityStateValues)[number];

/** What the hub knows of a device. */
export const DeviceHealthValues = ["never_seen", "healthy", "degraded", "silent", "revoked"] as const;
export type DeviceHealth = (typeof DeviceHealthValues)[number];

/** Why a device is degraded. */
export const FaultValues = ["hidden", "sound_locked", "screen_may_sleep", "battery_low", "not_proven", "no_button"] as const;
export type Fault = (typeof FaultValues)[number];

/** What a child chose at a kiosk. The first two have names of one length and go the same way at every step, so that nobody who watches can tell them apart. */
export const TalkSymbolValues = ["hello", "speak", "urgent"] as const;
export type TalkSymbol = (typeof TalkSymbolValues)[number];

/** When the child would like it. */
export const TalkWhenValues = ["now", "today", "soon"] as const;
export type TalkWhen = (typeof TalkWhenValues)[number];

/** How far a talk is; each for durable evidence. */
export const TalkRungValues = ["asked", "received", "offered", "agreed", "met", "missed", "calling"] as const;
export type TalkRung = (typeof TalkRungValues)[number];

/** How it was, if the child likes to say. */
export const TalkFeedbackValues = ["heard", "not_really", "someone_else"] as const;
export type TalkFeedback = (typeof TalkFeedbackValues)[number];

/** Why this device sees the talk, at this moment. */
export const TalkRelationValues = ["child", "asked", "lead", "dsl"] as const;
export type TalkRelation = (typeof TalkRelationValues)[number];

/** Whether the hub can write its log. */
export const JournalHealthValues = ["ok", "failing"] as const;
export type JournalHealth = (typeof JournalHealthValues)[number];

/** Why a connection ends. */
export const GoodbyeReasonValues = ["closing", "hub_stopping", "slow", "silent", "replaced", "revoked", "protocol", "hello_timeout", "busy", "signed_out", "expired", "role_changed"] as const;
export type GoodbyeReason = (typeof GoodbyeReasonValues)[number];

/** What a person of the school does, as staff.csv says. dsl, senco, duty_lead, head and admin may have an account and sign in as leaders. */
export const RoleValues = ["teacher", "responder", "calm_space", "duty_lead", "office", "dsl", "senco", "head", "admin"] as const;
export type Role = (typeof RoleValues)[number];

/** How far a leader's account is. */
export const AccountStateValues = ["none", "invited", "open"] as const;
export type AccountState = (typeof AccountStateValues)[number];

/** From where an adult's state is known: the worst of the three counts. */
export const StateSourceValues = ["declared", "timetable", "evidence"] as const;
export type StateSource = (typeof StateSourceValues)[number];

/** What happened; each is an event of the journal. */
export const CallEventValues = ["raised", "level_raised", "child_chosen", "note_added", "offered", "station_called", "alerted", "declined", "ring_overdue", "tier_overdue", "undelivered", "accepted", "on_way", "helper_asked", "helper_joined", "reopened", "arrival_overdue", "arrived", "support_check_due", "support_confirmed", "settled", "moved", "handed_over", "closed", "withdraw_asked", "withdraw_cancelled", "withdrawn", "sounded_again", "seen", "drill_over", "gave_way"] as const;
export type CallEvent = (typeof CallEventValues)[number];

/** Why there is a call although nobody pressed. */
export const CallWhyValues = ["pressed", "not_arrived", "not_back", "adult_away", "review_overdue", "break_asked"] as const;
export type CallWhy = (typeof CallWhyValues)[number];

/** How a calm space is. */
export const SpaceStateValues = ["closed", "open", "full", "adult_away", "out_of_use"] as const;
export type SpaceState = (typeof SpaceStateValues)[number];

/** Why a calm space can't be used. */
export const OutOfUseValues = ["being_put_right", "needed_otherwise", "not_safe"] as const;
export type OutOfUse = (typeof OutOfUseValues)[number];

/** How far a visit is. */
export const VisitStepValues = ["asked", "offered", "chosen", "travelling", "not_arrived", "here", "ready", "returning", "not_back"] as const;
export type VisitStep = (typeof VisitStepValues)[number];

/** Why this device sees the visit. */
export const VisitRelationValues = ["room", "space", "asker", "along", "there", "own", "station", "lead"] as const;
export type VisitRelation = (typeof VisitRelationValues)[number];

/** Who asked first. */
export const VisitAskerValues = ["child", "teacher", "responder", "calm_space"] as const;
export type VisitAsker = (typeof VisitAskerValues)[number];

/** Who goes along. */
export const CompanyValues = ["alone", "adult", "peer"] as const;
export type Company = (typeof CompanyValues)[number];

/** One thing for the class teacher to say. */
export const WelcomeWordValues = ["good_to_see_you", "start_with_me", "fresh_start", "quiet_place"] as const;
export type WelcomeWord = (typeof WelcomeWordValues)[number];

/** What happened; each is an event of the journal. */
export const VisitEventValues = ["asked", "offered", "chosen", "set_out", "not_arrived", "arrived", "reviewed", "long_stay", "ready", "returning", "not_back", "ended", "record", "review_due", "left_open", "seen"] as const;
export type VisitEvent = (typeof VisitEventValues)[number];

/** How far a morning's greeting is. */
export const GreetingStepValues = ["not_greeted", "greeted", "not_in"] as const;
export type GreetingStep = (typeof GreetingStepValues)[number];

/** How far a planned check-in is. A missed one is due again, with somebody else. */
export const CheckinStepValues = ["planned", "due", "kept", "ended"] as const;
export type CheckinStep = (typeof CheckinStepValues)[number];

/** Why a check-in was ended without being kept. A person says one of the first four. */
export const CheckinEndValues = ["child_not_in", "child_said_no", "other_support", "no_time_left", "plan_changed", "child_left"] as const;
export type CheckinEnd = (typeof CheckinEndValues)[number];

/** Why this adult sees a greeting or a check-in. */
export const DayRelationValues = ["own", "asked", "lead"] as const;
export type DayRelation = (typeof DayRelationValues)[number];

/** Which kind of drill a call is. Say the word, everywhere. */
export const PracticeValues = ["drill", "personal", "site", "test"] as const;
export type Practice = (typeof PracticeValues)[number];

/** Why a device is not ready. */
export const NotReadyWhyValues = ["untested", "not_through", "silent"] as const;
export type NotReadyWhy = (typeof NotReadyWhyValues)[number];

/** Why a device may stay unproven today. */
export const ExcuseValues = ["not_used_today", "being_repaired", "replaced"] as const;
export type Excuse = (typeof ExcuseValues)[number];

/** What is owed after a call. */
export const FollowupKindValues = ["child_repair", "adult_repair", "class_reset", "outcome_told", "parent_contact", "staff_debrief", "plan_review", "preventive_change", "agency_contact", "learning_review", "repair_cover"] as const;
export type FollowupKind = (typeof FollowupKindValues)[number];

/** How far a follow-up is. None ends by a clock. */
export const FollowupStepValues = ["opened", "scheduled", "not_ready", "declined", "unneeded"] as const;
export type FollowupStep = (typeof FollowupStepValues)[number];

/** Why this adult sees a follow-up. */
export const FollowupRelationValues = ["with", "lead", "leader", "owner"] as const;
export type FollowupRelation = (typeof FollowupRelationValues)[number];

/** What a conversation came to. */
export const MendedValues = ["not_said", "yes", "partly", "not_yet"] as const;
export type Mended = (typeof MendedValues)[number];

/** What will be different. */
export const ChangesValues = ["not_said", "nothing_new", "plan", "place", "routine", "lesson", "adults"] as const;
export type Changes = (typeof ChangesValues)[number];

/** How somebody was reached. */
export const ChannelValues = ["not_said", "in_person", "telephone", "message", "letter"] as const;
export type Channel = (typeof ChannelValues)[number];

/** Who is not ready yet. */
export const NotReadyWhoValues = ["child", "adult"] as const;
export type NotReadyWho = (typeof NotReadyWhoValues)[number];

/** What is offered to whoever declined. */
export const AlternativeValues = ["another_adult", "another_time", "in_symbols", "side_by_side", "in_writing"] as const;
export type Alternative = (typeof AlternativeValues)[number];

/** Why a follow-up is not needed. */
export const NotNeededWhyValues = ["done_already", "nobody_to_tell", "told_by_others", "not_for_this"] as const;
export type NotNeededWhy = (typeof NotNeededWhyValues)[number];

// ---- structs ----

/** What helps this child: sent only to those who may see it at this moment. */
export interface Helps {
  /** The school's own reference, never a name. */
  child: string;
  /** Chosen by the school. */
  initials: string;
  /** In the child's own words first. */
  lines: string[];
  /** Likes, worries, who matters. */
  about?: string;
}
const HelpsFields: readonly FieldMeta[] = [
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "initials", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "lines", optional: false, type: { kind: "list", items: 3, item: { kind: "str", bytes: 160 } } },
  { name: "about", optional: true, type: { kind: "str", bytes: 240 } },
];

/** One call as this device may see it. */
export interface CallView {
  /** The call's id: the sequence number of its raising. */
  call: number;
  /** Where it is: the place's id. */
  place: string;
  /** As people say it. */
  place_name: string;
  /** How to get there. Not for the room. */
  route_hint?: string;
  /** 1 support please, 2 support now, 3 everyone available. */
  level: number;
  /** True: say drill in words, everywhere. */
  drill: boolean;
  /** How far it is. */
  rung: CallRung;
  /** Why this device sees it. */
  relation: Relation;
  /** When the hub logged it. */
  raised_at: number;
  /** When this rung was reached. */
  rung_at: number;
  /** How many handsets and stations have said that they sounded it. */
  ringing: number;
  /** Short names of adults asked so far and not declined: the first few. Never to the room. */
  offered: string[];
  /** How many more were asked beside those in `offered`. */
  offered_more: number;
  /** Short name of the adult who owns it. */
  owner?: string;
  /** Their person id. Not for the room. */
  owner_person?: string;
  /** Accepted, and not at the door in time. */
  owner_late: boolean;
  /** The owner said: on my way. */
  on_way: boolean;
  /** Short names of those who go too. */
  helpers: string[];
  /** Another adult is asked for. */
  helper_wanted: boolean;
  /** The last rung: stations sound until a person takes it. */
  station_called: boolean;
  /** Counts up each time that it must sound again; sound when it grew. */
  sounds: number;
  /** The room says never mind; someone still looks in, or the room confirms. */
  withdraw_asked: boolean;
  /** What the room added. */
  notes: CallNote[];
  /** False: not yet on disk because the disk is sick. Say: not recorded. */
  recorded: boolean;
  /** The owner is asked: still with them? */
  support_check_due: boolean;
  /** How it went, once the owner has said so. */
  outcome?: Outcome;
  /** Name of the place. */
  moved_to?: string;
  /** Only where the audience rules allow it. */
  helps?: Helps;
  /** To the raising room only: the reference it chose. */
  child?: string;
  /** Why there is a call although nobody pressed. */
  why?: CallWhy;
  /** With not_arrived and not_back: the name of the place where they set out. */
  why_from?: string;
  /** Of a drill: which kind. */
  practice?: Practice;
}
const CallViewFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
  { name: "place", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "place_name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "route_hint", optional: true, type: { kind: "str", bytes: 120 } },
  { name: "level", optional: false, type: { kind: "u53" } },
  { name: "drill", optional: false, lean: true, type: { kind: "bool" } },
  { name: "rung", optional: false, type: { kind: "enum", values: CallRungValues } },
  { name: "relation", optional: false, type: { kind: "enum", values: RelationValues } },
  { name: "raised_at", optional: false, type: { kind: "ms" } },
  { name: "rung_at", optional: false, type: { kind: "ms" } },
  { name: "ringing", optional: false, lean: true, type: { kind: "u53" } },
  { name: "offered", optional: false, lean: true, type: { kind: "list", items: 8, item: { kind: "str", bytes: 32 } } },
  { name: "offered_more", optional: false, lean: true, type: { kind: "u53" } },
  { name: "owner", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "owner_person", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "owner_late", optional: false, lean: true, type: { kind: "bool" } },
  { name: "on_way", optional: false, lean: true, type: { kind: "bool" } },
  { name: "helpers", optional: false, lean: true, type: { kind: "list", items: 16, item: { kind: "str", bytes: 32 } } },
  { name: "helper_wanted", optional: false, lean: true, type: { kind: "bool" } },
  { name: "station_called", optional: false, lean: true, type: { kind: "bool" } },
  { name: "sounds", optional: false, lean: true, type: { kind: "u53" } },
  { name: "withdraw_asked", optional: false, lean: true, type: { kind: "bool" } },
  { name: "notes", optional: false, lean: true, type: { kind: "list", items: 8, item: { kind: "enum", values: CallNoteValues } } },
  { name: "recorded", optional: false, type: { kind: "bool" } },
  { name: "support_check_due", optional: false, lean: true, type: { kind: "bool" } },
  { name: "outcome", optional: true, type: { kind: "enum", values: OutcomeValues } },
  { name: "moved_to", optional: true, type: { kind: "str", bytes: 64 } },
  { name: "helps", optional: true, type: { kind: "struct", fields: HelpsFields } },
  { name: "child", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "why", optional: true, type: { kind: "enum", values: CallWhyValues } },
  { name: "why_from", optional: true, type: { kind: "str", bytes: 64 } },
  { name: "practice", optional: true, type: { kind: "enum", values: PracticeValues } },
];

/** An adult as a station or handset sees them. */
export interface PersonView {
  person: string;
  short_name: string;
  name: string;
  state: AvailabilityState;
  /** When the state began. */
  since: number;
  /** When a break or a recovery ends. */
  until?: number;
  /** Where they are due by the timetable, else where they are based, if known. */
  place?: string;
  /** From where the state is known. */
  why?: StateSource;
  /** How old that knowledge is: when it was said, proven or imported. Show its age. */
  known_at?: number;
}
const PersonViewFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "short_name", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "state", optional: false, type: { kind: "enum", values: AvailabilityStateValues } },
  { name: "since", optional: false, type: { kind: "ms" } },
  { name: "until", optional: true, type: { kind: "ms" } },
  { name: "place", optional: true, type: { kind: "str", bytes: 64 } },
  { name: "why", optional: true, type: { kind: "enum", values: StateSourceValues } },
  { name: "known_at", optional: true, type: { kind: "ms" } },
];

/** A device as a station sees it. */
export interface DeviceView {
  device: string;
  kind: DeviceKind;
  /** The room's name, or whose handset it is. */
  label: string;
  health: DeviceHealth;
  /** When this health began. */
  since: number;
  faults: Fault[];
  /** To leaders and the local socket: enrolled, and waiting for a second person until then. It sees nothing and can do nothing. */
  waiting_until?: number;
  /** To leaders and the local socket: who made its code. Absent: made on the hub itself. */
  made_by?: string;
  /** To leaders and the local socket: who approved it. */
  approved_by?: string;
  /** To leaders and the local socket: true when it was enrolled without a second person. */
  alone?: boolean;
}
const DeviceViewFields: readonly FieldMeta[] = [
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "kind", optional: false, type: { kind: "enum", values: DeviceKindValues } },
  { name: "label", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "health", optional: false, type: { kind: "enum", values: DeviceHealthValues } },
  { name: "since", optional: false, type: { kind: "ms" } },
  { name: "faults", optional: false, type: { kind: "list", items: 8, item: { kind: "enum", values: FaultValues } } },
  { name: "waiting_until", optional: true, type: { kind: "ms" } },
  { name: "made_by", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "approved_by", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "alone", optional: true, type: { kind: "bool" } },
];

/** A person who may have a leader's account. */
export interface AccountView {
  person: string;
  short_name: string;
  name: string;
  roles: Role[];
  state: AccountState;
  /** When the newest one-time code ends. */
  invited_until?: number;
  /** How many browsers are signed in. */
  sessions: number;
  /** After too many wrong tries: no sign-in before then. */
  wait_until?: number;
  /** Recovery codes that are not used yet. */
  recovery_left: number;
}
const AccountViewFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "short_name", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "roles", optional: false, type: { kind: "list", items: 16, item: { kind: "enum", values: RoleValues } } },
  { name: "state", optional: false, type: { kind: "enum", values: AccountStateValues } },
  { name: "invited_until", optional: true, type: { kind: "ms" } },
  { name: "sessions", optional: false, type: { kind: "u53" } },
  { name: "wait_until", optional: true, type: { kind: "ms" } },
  { name: "recovery_left", optional: false, type: { kind: "u53" } },
];

/** One talk as this device may see it. */
export interface TalkView {
  /** The talk's id: the sequence number of its asking. */
  talk: number;
  rung: TalkRung;
  relation: TalkRelation;
  /** To the child and to the adult who is asked. */
  symbol?: TalkSymbol;
  /** To the child and to the adult who is asked. */
  when?: TalkWhen;
  asked_at: number;
  rung_at: number;
  /** Of the child. Not to the kiosk. */
  initials?: string;
  /** Short name of whoever has it. Absent: whoever leads. */
  adult?: string;
  /** To the kiosk: whom the child chose, when that adult is not here or it has gone on. */
  instead_of?: string;
  /** To the kiosk: nobody's handset can show it at this moment. It waits, and becomes a call. */
  nobody: boolean;
  /** Of the offer. */
  at?: number;
  /** Of the offer. */
  place?: string;
  /** Of the offer. */
  place_name?: string;
  /** A promise was missed: say sorry first, and offer a time today. */
  owed: boolean;
  /** To adults: by when to offer a time, before it goes on to somebody else. */
  due?: number;
  /** To its adult: the safeguarding lead has not taken the pointer yet. Tell them in person, too. */
  dsl: boolean;
  /** Counts up each time that a handset should sound for it again. */
  reminders: number;
  /** To the kiosk, of one that became a call: an adult is coming. */
  coming: boolean;
  /** To the kiosk, of one that nobody has answered: the school day ends before an answer is owed, so that it is owed on the next one, which begins then. Say so. */
  morning?: number;
}
const TalkViewFields: readonly FieldMeta[] = [
  { name: "talk", optional: false, type: { kind: "u53" } },
  { name: "rung", optional: false, type: { kind: "enum", values: TalkRungValues } },
  { name: "relation", optional: false, type: { kind: "enum", values: TalkRelationValues } },
  { name: "symbol", optional: true, type: { kind: "enum", values: TalkSymbolValues } },
  { name: "when", optional: true, type: { kind: "enum", values: TalkWhenValues } },
  { name: "asked_at", optional: false, type: { kind: "ms" } },
  { name: "rung_at", optional: false, type: { kind: "ms" } },
  { name: "initials", optional: true, type: { kind: "str", bytes: 16 } },
  { name: "adult", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "instead_of", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "nobody", optional: false, lean: true, type: { kind: "bool" } },
  { name: "at", optional: true, type: { kind: "ms" } },
  { name: "place", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "place_name", optional: true, type: { kind: "str", bytes: 64 } },
  { name: "owed", optional: false, lean: true, type: { kind: "bool" } },
  { name: "due", optional: true, type: { kind: "ms" } },
  { name: "dsl", optional: false, lean: true, type: { kind: "bool" } },
  { name: "reminders", optional: false, lean: true, type: { kind: "u53" } },
  { name: "coming", optional: false, lean: true, type: { kind: "bool" } },
  { name: "morning", optional: true, type: { kind: "ms" } },
];

/** An adult whom this child may ask. */
export interface AdultRef {
  person: string;
  short_name: string;
  /** On a handset that can be reached now. */
  here: boolean;
}
const AdultRefFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "short_name", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "here", optional: false, type: { kind: "bool" } },
];

/** A child's new card, shown this once. */
export interface IssuedCard {
  child: string;
  initials: string;
  /** What the code on the card says. The hub keeps its digest alone. */
  secret: string;
}
const IssuedCardFields: readonly FieldMeta[] = [
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "initials", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "secret", optional: false, type: { kind: "str", bytes: 32 } },
];

/** One of the people who may sign in or be sent. */
export interface PersonRef {
  person: string;
  short_name: string;
  name: string;
  /** False: this person has no PIN yet. */
  pin_set: boolean;
  /** Here for today only: asked as cover, never a child's named adult. */
  today: boolean;
}
const PersonRefFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "short_name", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "pin_set", optional: false, type: { kind: "bool" } },
  { name: "today", optional: false, lean: true, type: { kind: "bool" } },
];

/** A child who may be chosen in this room. */
export interface ChildRef {
  child: string;
  initials: string;
}
const ChildRefFields: readonly FieldMeta[] = [
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "initials", optional: false, type: { kind: "str", bytes: 16 } },
];

/** A place that a call can be raised from or moved to. */
export interface PlaceRef {
  place: string;
  name: string;
  /** room, calm_space, office, hall, outside or corridor. */
  kind: string;
}
const PlaceRefFields: readonly FieldMeta[] = [
  { name: "place", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "kind", optional: false, type: { kind: "str", bytes: 16 } },
];

/** What a device says of itself with a beat. Sent when it changed, and at least with every 15th beat. */
export interface Evidence {
  /** The page is in front. */
  visible: boolean;
  /** Sound is unlocked and not muted. */
  sound: boolean;
  /** The screen is kept from sleeping. */
  wake_lock: boolean;
  /** 0 to 100. */
  battery_percent?: number;
  charging?: boolean;
  /** Where support is asked for with a button of the device's own: it is there and can be pressed. Absent: there is none. */
  button?: boolean;
}
const EvidenceFields: readonly FieldMeta[] = [
  { name: "visible", optional: false, type: { kind: "bool" } },
  { name: "sound", optional: false, type: { kind: "bool" } },
  { name: "wake_lock", optional: false, type: { kind: "bool" } },
  { name: "battery_percent", optional: true, type: { kind: "u53" } },
  { name: "charging", optional: true, type: { kind: "bool" } },
  { name: "button", optional: true, type: { kind: "bool" } },
];

/** A child whom nobody can come for: now, or from a known instant on. */
export interface GapView {
  /** Names the gap in NameSwap. */
  gap: number;
  /** Nobody from then on; in the past: now. */
  from: number;
  /** The school's own reference, never a name. Not to stations. */
  child?: string;
  /** Chosen by the school. Not to stations. */
  initials?: string;
  /** Where the child is due. Not to stations. */
  place?: string;
  /** Short names of the child's own adults, in the child's order. */
  adults: string[];
}
const GapViewFields: readonly FieldMeta[] = [
  { name: "gap", optional: false, type: { kind: "u53" } },
  { name: "from", optional: false, type: { kind: "ms" } },
  { name: "child", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "initials", optional: true, type: { kind: "str", bytes: 16 } },
  { name: "place", optional: true, type: { kind: "str", bytes: 64 } },
  { name: "adults", optional: false, lean: true, type: { kind: "list", items: 8, item: { kind: "str", bytes: 32 } } },
];

/** An adult as a board shows them. */
export interface BoardAdult {
  person: string;
  short_name: string;
  name: string;
  state: AvailabilityState;
  /** Where, as far as it is known. */
  place?: string;
  /** Until when this state goes on, if that is known. */
  until?: number;
  /** From where the state is known. */
  why: StateSource;
  /** How old that knowledge is. Show its age. */
  known_at: number;
  /** Initials of the children for whom this adult is the one now. Never on a corridor's board. */
  children: string[];
  /** How many more. */
  children_more: number;
  /** True: stands in for somebody else today, by a person's word. */
  swap: boolean;
}
const BoardAdultFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "short_name", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "state", optional: false, type: { kind: "enum", values: AvailabilityStateValues } },
  { name: "place", optional: true, type: { kind: "str", bytes: 64 } },
  { name: "until", optional: true, type: { kind: "ms" } },
  { name: "why", optional: false, type: { kind: "enum", values: StateSourceValues } },
  { name: "known_at", optional: false, type: { kind: "ms" } },
  { name: "children", optional: false, lean: true, type: { kind: "list", items: 24, item: { kind: "str", bytes: 16 } } },
  { name: "children_more", optional: false, lean: true, type: { kind: "u53" } },
  { name: "swap", optional: false, lean: true, type: { kind: "bool" } },
];

/** A child in whose order I am. */
export interface MyChild {
  /** The school's own reference, never a name. */
  child: string;
  initials: string;
  /** True: I am the named adult; else an alternate. */
  named: boolean;
  /** Short name of the adult who is the one now. Absent: nobody, or school is not on. */
  by?: string;
  /** True: that is me. */
  me: boolean;
  /** Nobody from then on; in the past: now. */
  gap_from?: number;
}
const MyChildFields: readonly FieldMeta[] = [
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "initials", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "named", optional: false, lean: true, type: { kind: "bool" } },
  { name: "by", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "me", optional: false, lean: true, type: { kind: "bool" } },
  { name: "gap_from", optional: true, type: { kind: "ms" } },
];

/** One file of the site's directory or timetable: CSV, or iCalendar where the name ends in .ics. */
export interface ImportFile {
  name: string;
  text: Uint8Array;
}
const ImportFileFields: readonly FieldMeta[] = [
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "text", optional: false, type: { kind: "bytes", bytes: 4194304 } },
];

/** What is wrong with a file, and where. */
export interface ImportProblem {
  file: string;
  /** From 1; 0 when the whole file is meant. */
  line: number;
  /** The column's name, or empty. */
  column: string;
  message: string;
}
const ImportProblemFields: readonly FieldMeta[] = [
  { name: "file", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "line", optional: false, type: { kind: "u53" } },
  { name: "column", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "message", optional: false, type: { kind: "str", bytes: 512 } },
];

/** What an import adds, changes or removes. */
export interface ImportChange {
  /** person, place, child, tiers, site, timetable, school days. */
  what: string;
  id: string;
  /** added, changed or removed. */
  change: string;
  /** What changed, from what to what; of a child only which fields. */
  detail?: string;
}
const ImportChangeFields: readonly FieldMeta[] = [
  { name: "what", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "id", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "change", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "detail", optional: true, type: { kind: "str", bytes: 240 } },
];

/** A calm space as this device may see it. */
export interface SpaceView {
  /** The place's id. */
  space: string;
  name: string;
  state: SpaceState;
  /** When somebody came, or the last adult went. */
  since: number;
  /** Visitors at a time. */
  capacity: number;
  /** Visitors there. */
  here: number;
  /** Visitors on the way. */
  coming: number;
  /** Short names of the adults there. Not for rooms. */
  adults: string[];
  /** With out_of_use. */
  reason?: OutOfUse;
  /** No adult for longer than may be: people are being called. */
  alarmed: boolean;
}
const SpaceViewFields: readonly FieldMeta[] = [
  { name: "space", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "state", optional: false, type: { kind: "enum", values: SpaceStateValues } },
  { name: "since", optional: false, type: { kind: "ms" } },
  { name: "capacity", optional: false, type: { kind: "u53" } },
  { name: "here", optional: false, lean: true, type: { kind: "u53" } },
  { name: "coming", optional: false, lean: true, type: { kind: "u53" } },
  { name: "adults", optional: false, lean: true, type: { kind: "list", items: 8, item: { kind: "str", bytes: 32 } } },
  { name: "reason", optional: true, type: { kind: "enum", values: OutOfUseValues } },
  { name: "alarmed", optional: false, lean: true, type: { kind: "bool" } },
];

/** One visit as this device may see it. */
export interface VisitView {
  /** The visit's id: the sequence number of its asking. */
  visit: number;
  /** Empty while a child's wish has no space yet. */
  space: string;
  space_name: string;
  /** The room they come from. */
  from?: string;
  from_name?: string;
  step: VisitStep;
  /** Why this device sees it. */
  relation: VisitRelation;
  asked_by: VisitAsker;
  asked_at: number;
  /** When this step began. */
  step_at: number;
  company: Company;
  /** Short name of the adult who goes along. */
  with?: string;
  /** On the way there or back: when somebody is called if they are not there. */
  expected_by?: number;
  arrived_at?: number;
  /** In the calm space: as it was last answered. */
  can_leave?: boolean;
  /** In the calm space: ask now whether they could leave. */
  review_wanted: boolean;
  /** In the calm space: a restrictive-intervention record is open. */
  record: boolean;
  /** To the room, on the way back: one thing to say. */
  say?: WelcomeWord;
  /** To the room: the reference that it chose. */
  child?: string;
  /** Only where the audience rules allow it. */
  helps?: Helps;
  /** False: not yet on disk because the disk is sick. */
  recorded: boolean;
  /** School is over and nobody has ended it. */
  left_open: boolean;
  /** Counts up each time that it should sound again, on stations and for duty leads: never more often than the policy says. */
  reminders: number;
}
const VisitViewFields: readonly FieldMeta[] = [
  { name: "visit", optional: false, type: { kind: "u53" } },
  { name: "space", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "space_name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "from", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "from_name", optional: true, type: { kind: "str", bytes: 64 } },
  { name: "step", optional: false, type: { kind: "enum", values: VisitStepValues } },
  { name: "relation", optional: false, type: { kind: "enum", values: VisitRelationValues } },
  { name: "asked_by", optional: false, type: { kind: "enum", values: VisitAskerValues } },
  { name: "asked_at", optional: false, type: { kind: "ms" } },
  { name: "step_at", optional: false, type: { kind: "ms" } },
  { name: "company", optional: false, type: { kind: "enum", values: CompanyValues } },
  { name: "with", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "expected_by", optional: true, type: { kind: "ms" } },
  { name: "arrived_at", optional: true, type: { kind: "ms" } },
  { name: "can_leave", optional: true, type: { kind: "bool" } },
  { name: "review_wanted", optional: false, lean: true, type: { kind: "bool" } },
  { name: "record", optional: false, lean: true, type: { kind: "bool" } },
  { name: "say", optional: true, type: { kind: "enum", values: WelcomeWordValues } },
  { name: "child", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "helps", optional: true, type: { kind: "struct", fields: HelpsFields } },
  { name: "recorded", optional: false, type: { kind: "bool" } },
  { name: "left_open", optional: false, lean: true, type: { kind: "bool" } },
  { name: "reminders", optional: false, lean: true, type: { kind: "u53" } },
];

/** An adult who is here for today only. */
export interface SupplyView {
  /** Made by the hub. */
  person: string;
  short_name: string;
  name: string;
  roles: Role[];
  /** Short name of the absent adult for whose children this one is asked as cover. */
  covers?: string;
  /** Signed out and gone then; a little later where they are with a child. */
  until: number;
  /** They have a handset. */
  signed_in: boolean;
}
const SupplyViewFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "short_name", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "roles", optional: false, type: { kind: "list", items: 4, item: { kind: "enum", values: RoleValues } } },
  { name: "covers", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "until", optional: false, type: { kind: "ms" } },
  { name: "signed_in", optional: false, type: { kind: "bool" } },
];

/** A child's morning, to the adults who look after it. */
export interface GreetingView {
  /** The school's own reference, never a name. */
  child: string;
  initials: string;
  step: GreetingStep;
  relation: DayRelation;
  /** Short name of whoever said so. */
  by?: string;
  /** Overdue: short name of whoever has it. Absent: nobody yet, or whoever leads. */
  adult?: string;
  /** The day before nobody said a word about this child. */
  carried: boolean;
  /** Counts up each time that a handset should sound for it again. */
  reminders: number;
}
const GreetingViewFields: readonly FieldMeta[] = [
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "initials", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "step", optional: false, type: { kind: "enum", values: GreetingStepValues } },
  { name: "relation", optional: false, type: { kind: "enum", values: DayRelationValues } },
  { name: "by", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "adult", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "carried", optional: false, lean: true, type: { kind: "bool" } },
  { name: "reminders", optional: false, lean: true, type: { kind: "u53" } },
];

/** A planned check-in of today, to the adults who look after it. */
export interface CheckinView {
  /** Its id: the sequence number of its opening. */
  checkin: number;
  child: string;
  initials: string;
  /** As planned, or moved to. */
  at: number;
  step: CheckinStep;
  relation: DayRelation;
  /** Short name of whoever has it, or kept it. Absent: whoever leads, or nobody yet. */
  adult?: string;
  /** How often somebody had it and has not kept it. Nobody is shown who. */
  missed: number;
  /** From a day before: say sorry first. */
  carried: boolean;
  /** Counts up each time that a handset should sound for it again. */
  reminders: number;
}
const CheckinViewFields: readonly FieldMeta[] = [
  { name: "checkin", optional: false, type: { kind: "u53" } },
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "initials", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "at", optional: false, type: { kind: "ms" } },
  { name: "step", optional: false, type: { kind: "enum", values: CheckinStepValues } },
  { name: "relation", optional: false, type: { kind: "enum", values: DayRelationValues } },
  { name: "adult", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "missed", optional: false, lean: true, type: { kind: "u53" } },
  { name: "carried", optional: false, lean: true, type: { kind: "bool" } },
  { name: "reminders", optional: false, lean: true, type: { kind: "u53" } },
];

/** Something owed after a call, to an adult who may see it. */
export interface FollowupView {
  /** Its id: the sequence number of its opening. */
  followup: number;
  kind: FollowupKind;
  step: FollowupStep;
  relation: FollowupRelation;
  /** The call that it is about. */
  call: number;
  /** When that call was raised. */
  raised_at: number;
  /** Where it was. */
  place_name: string;
  /** To its owner and whoever leads, and where it is about the child. */
  child?: string;
  /** With child. */
  initials?: string;
  /** Short name of whoever keeps it. Absent: whoever leads. */
  owner?: string;
  /** Short name of the adult for whom it is. */
  with?: string;
  /** Of a parent contact: the first or the second. */
  parent: number;
  /** The promise. */
  owed_by: number;
  /** Its day is not a person's to move. */
  fixed: boolean;
  /** The time that was said. */
  meet_at?: number;
  /** Never while somebody is not ready yet. */
  overdue: boolean;
  /** Of a declined one: what was offered instead. */
  alternative?: Alternative;
  /** Of one that somebody said is not needed. */
  why?: NotNeededWhy;
  /** That was this adult: another one has to agree. */
  said_by_me: boolean;
  /** Counts up each time that its owner is to be told again. */
  reminders: number;
}
const FollowupViewFields: readonly FieldMeta[] = [
  { name: "followup", optional: false, type: { kind: "u53" } },
  { name: "kind", optional: false, type: { kind: "enum", values: FollowupKindValues } },
  { name: "step", optional: false, type: { kind: "enum", values: FollowupStepValues } },
  { name: "relation", optional: false, type: { kind: "enum", values: FollowupRelationValues } },
  { name: "call", optional: false, type: { kind: "u53" } },
  { name: "raised_at", optional: false, type: { kind: "ms" } },
  { name: "place_name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "child", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "initials", optional: true, type: { kind: "str", bytes: 16 } },
  { name: "owner", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "with", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "parent", optional: false, lean: true, type: { kind: "u53" } },
  { name: "owed_by", optional: false, type: { kind: "ms" } },
  { name: "fixed", optional: false, lean: true, type: { kind: "bool" } },
  { name: "meet_at", optional: true, type: { kind: "ms" } },
  { name: "overdue", optional: false, lean: true, type: { kind: "bool" } },
  { name: "alternative", optional: true, type: { kind: "enum", values: AlternativeValues } },
  { name: "why", optional: true, type: { kind: "enum", values: NotNeededWhyValues } },
  { name: "said_by_me", optional: false, lean: true, type: { kind: "bool" } },
  { name: "reminders", optional: false, lean: true, type: { kind: "u53" } },
];

/** One line for today. */
export interface NoteView {
  note: number;
  child: string;
  initials: string;
  /** At most 120 characters, one line. */
  text: string;
  /** Short name of its writer. */
  by: string;
  /** I wrote it, and may take it back. */
  mine: boolean;
  at: number;
  /** The end of its day: then it is gone. */
  until: number;
}
const NoteViewFields: readonly FieldMeta[] = [
  { name: "note", optional: false, type: { kind: "u53" } },
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "initials", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "text", optional: false, type: { kind: "str", bytes: 480 } },
  { name: "by", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "mine", optional: false, lean: true, type: { kind: "bool" } },
  { name: "at", optional: false, type: { kind: "ms" } },
  { name: "until", optional: false, type: { kind: "ms" } },
];

/** A device that is not ready, and whose it is. */
export interface ReadyItem {
  device: string;
  kind: DeviceKind;
  label: string;
  place_name?: string;
  route_hint?: string;
  why: NotReadyWhy;
  listed_at: number;
  /** Short name of whoever is asked to go and look. Absent: nobody is on duty who could. */
  runner?: string;
  runner_person?: string;
  /** They said: I'll look. */
  goes: boolean;
  /** Somebody was asked before, and it is not ready all the same. */
  late: boolean;
  /** To the handset of the adult who is asked. */
  mine: boolean;
}
const ReadyItemFields: readonly FieldMeta[] = [
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "kind", optional: false, type: { kind: "enum", values: DeviceKindValues } },
  { name: "label", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "place_name", optional: true, type: { kind: "str", bytes: 64 } },
  { name: "route_hint", optional: true, type: { kind: "str", bytes: 120 } },
  { name: "why", optional: false, type: { kind: "enum", values: NotReadyWhyValues } },
  { name: "listed_at", optional: false, type: { kind: "ms" } },
  { name: "runner", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "runner_person", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "goes", optional: false, lean: true, type: { kind: "bool" } },
  { name: "late", optional: false, lean: true, type: { kind: "bool" } },
  { name: "mine", optional: false, lean: true, type: { kind: "bool" } },
];

/** The whole school practises: every room once. */
export interface SiteDrillView {
  started_at: number;
  /** It ends by itself then. */
  until: number;
  /** Short name. */
  by?: string;
  /** Rooms whose press came through. */
  pressed: number;
  rooms: number;
  /** The first of the rooms that have not pressed. */
  waiting: string[];
}
const SiteDrillViewFields: readonly FieldMeta[] = [
  { name: "started_at", optional: false, type: { kind: "ms" } },
  { name: "until", optional: false, type: { kind: "ms" } },
  { name: "by", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "pressed", optional: false, lean: true, type: { kind: "u53" } },
  { name: "rooms", optional: false, type: { kind: "u53" } },
  { name: "waiting", optional: false, lean: true, type: { kind: "list", items: 24, item: { kind: "str", bytes: 64 } } },
];

/** How ready the school is today. */
export interface ReadinessView {
  /** What is not ready; before the list is out, nothing. */
  items: ReadyItem[];
  items_more: number;
  /** Proven today and alive. */
  ready: number;
  /** Let be for today, by a person, with a reason. */
  excused: number;
  /** What has to be proven each morning. */
  total: number;
  /** Today's list is out. */
  listed: boolean;
  /** When it is or was. Absent: no school today. */
  list_at?: number;
  /** The first lesson. */
  bell?: number;
  /** While the whole school practises. */
  drill?: SiteDrillView;
}
const ReadinessViewFields: readonly FieldMeta[] = [
  { name: "items", optional: false, type: { kind: "list", items: 24, item: { kind: "struct", fields: ReadyItemFields } } },
  { name: "items_more", optional: false, lean: true, type: { kind: "u53" } },
  { name: "ready", optional: false, type: { kind: "u53" } },
  { name: "excused", optional: false, lean: true, type: { kind: "u53" } },
  { name: "total", optional: false, type: { kind: "u53" } },
  { name: "listed", optional: false, lean: true, type: { kind: "bool" } },
  { name: "list_at", optional: true, type: { kind: "ms" } },
  { name: "bell", optional: true, type: { kind: "ms" } },
  { name: "drill", optional: true, type: { kind: "struct", fields: SiteDrillViewFields } },
];

/** A device on which support was never pressed, not even in a drill. */
export interface NeverPressed {
  device: string;
  kind: DeviceKind;
  label: string;
}
const NeverPressedFields: readonly FieldMeta[] = [
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "kind", optional: false, type: { kind: "enum", values: DeviceKindValues } },
  { name: "label", optional: false, type: { kind: "str", bytes: 64 } },
];

// ---- messages ----

/** The first message of a new device: exchanges a one-time code for its enrolment. The device makes its own credential; the hub stores a digest of it alone. Sent again with the same code and credential it has the same answer. */
export interface Enrol {
  /** The one-time code, ten letters and digits. */
  code: string;
  /** Random bytes made by the device and kept by it. */
  credential: Uint8Array;
  /** Program and version, for the device list. */
  app: string;
}
const EnrolFields: readonly FieldMeta[] = [
  { name: "code", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "credential", optional: false, type: { kind: "bin", bytes: 32 } },
  { name: "app", optional: false, type: { kind: "str", bytes: 64 } },
];

/** The first message of an enrolled device on each connection. */
export interface Hello {
  /** What Enrol gave the hub. */
  credential: Uint8Array;
  /** The highest seq this client has processed; 0 at first. */
  last_seq: number;
  /** The secret of the unlocked session on this handset, if it has one. */
  session?: Uint8Array;
  /** Program and version. */
  app: string;
}
const HelloFields: readonly FieldMeta[] = [
  { name: "credential", optional: false, type: { kind: "bin", bytes: 32 } },
  { name: "last_seq", optional: false, type: { kind: "u53" } },
  { name: "session", optional: true, type: { kind: "bin", bytes: 16 } },
  { name: "app", optional: false, type: { kind: "str", bytes: 64 } },
];

/** Each side sends one every beat_interval_ms. The hub's carries what the client's page must know to be honest. */
export interface Beat {
  /** Counts up from 1 on each connection. */
  n: number;
  /** Client: highest seq processed. Hub: highest seq on disk. */
  seq: number;
  /** Hub: its timeline. */
  now?: number;
  /** Hub only. */
  journal?: JournalHealth;
  /** Client only. */
  evidence?: Evidence;
}
const BeatFields: readonly FieldMeta[] = [
  { name: "n", optional: false, type: { kind: "u53" } },
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "now", optional: true, type: { kind: "ms" } },
  { name: "journal", optional: true, type: { kind: "enum", values: JournalHealthValues } },
  { name: "evidence", optional: true, type: { kind: "struct", fields: EvidenceFields } },
];

/** The first message of a leader's browser on each connection. Who it is comes from the session cookie that the browser sent with the upgrade; NotSignedIn says that there is none, or that it has ended. */
export interface HelloLeader {
  /** Program and version. */
  app: string;
}
const HelloLeaderFields: readonly FieldMeta[] = [
  { name: "app", optional: false, type: { kind: "str", bytes: 64 } },
];

/** Over HTTP only, POST /v1/leaders/open: the one-time code of an invitation, and the password that the person chooses. Nothing is opened before ConfirmAccount; sent again, it makes new keys and the old ones are void. */
export interface OpenAccount {
  /** The one-time code. */
  code: string;
  /** 12 to 128 characters, and not the name or the staff id. */
  password: string;
}
const OpenAccountFields: readonly FieldMeta[] = [
  { name: "code", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "password", optional: false, type: { kind: "str", bytes: 512 } },
];

/** Over HTTP only, POST /v1/leaders/open: the first six digits of the authenticator. Opens the account, uses the code up, and signs in: the answer sets the cookie. Sessions of an older account of the same person end. */
export interface ConfirmAccount {
  /** The one-time code, again. */
  code: string;
  /** Six digits. */
  totp: string;
}
const ConfirmAccountFields: readonly FieldMeta[] = [
  { name: "code", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "totp", optional: false, type: { kind: "str", bytes: 16 } },
];

/** Over HTTP only, POST /v1/leaders/session: the answer sets the cookie, always a new one. */
export interface SignInLeader {
  /** The staff id. */
  person: string;
  password: string;
  /** The authenticator's six digits, or a recovery code, which is used up. */
  code: string;
}
const SignInLeaderFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "password", optional: false, type: { kind: "str", bytes: 512 } },
  { name: "code", optional: false, type: { kind: "str", bytes: 32 } },
];

/** The connection ends after this frame. */
export interface Goodbye {
  /** Why. */
  reason: GoodbyeReason;
  /** An error number, where one caused it. */
  error?: number;
  /** For a person. */
  message?: string;
}
const GoodbyeFields: readonly FieldMeta[] = [
  { name: "reason", optional: false, type: { kind: "enum", values: GoodbyeReasonValues } },
  { name: "error", optional: true, type: { kind: "u53" } },
  { name: "message", optional: true, type: { kind: "str", bytes: 256 } },
];

/** A press. From a room whose call is open, it makes that call more urgent: a higher level becomes the level; the same level again, more than 3 s after the last press, becomes the next; a lower one changes nothing. Done carries the call. */
export interface RaiseCall {
  /** 1 to 3. */
  level: number;
  /** The device's clock, a label only. */
  pressed_at: number;
  /** Handsets name the place; a room may not. */
  place?: string;
  /** True: a drill. A real press in the same place ends it. */
  drill?: boolean;
  /** A drill of this kind. personal: this handset's adult, or from a room whoever is free and has had least to do. test and site: from rooms and calm spaces. While somebody is called for: DrillWaits. */
  practice?: Practice;
}
const RaiseCallFields: readonly FieldMeta[] = [
  { name: "level", optional: false, type: { kind: "u53" } },
  { name: "pressed_at", optional: false, type: { kind: "ms" } },
  { name: "place", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "drill", optional: true, type: { kind: "bool" } },
  { name: "practice", optional: true, type: { kind: "enum", values: PracticeValues } },
];

/** Who it is for, after the press. Once. */
export interface ChooseChild {
  call: number;
  child: string;
}
const ChooseChildFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
];

/** Something more to know, after the press: by the raiser, or by an adult who goes. */
export interface AddNote {
  call: number;
  note: CallNote;
}
const AddNoteFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
  { name: "note", optional: false, type: { kind: "enum", values: CallNoteValues } },
];

/** Never mind. The call goes on until the same room confirms or a person has looked in. */
export interface WithdrawCall {
  call: number;
}
const WithdrawCallFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** The same room confirms that all is well. */
export interface ConfirmWithdraw {
  call: number;
}
const ConfirmWithdrawFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** Takes a WithdrawCall back: we do need someone. */
export interface KeepCall {
  call: number;
}
const KeepCallFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** The receipt: this device has shown the call and its sound has started. */
export interface ReportRinging {
  call: number;
}
const ReportRingingFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** I'm coming. A station says who goes. Where the call is owned already and wants no more adults: AlreadyOwned. */
export interface AcceptCall {
  call: number;
  /** True: and I am on my way now. */
  on_way: boolean;
  /** Station only: the person who goes. */
  going?: string;
}
const AcceptCallFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
  { name: "on_way", optional: false, type: { kind: "bool" } },
  { name: "going", optional: true, type: { kind: "str", bytes: 32 } },
];

/** I can't. Private and free; no reason is asked. */
export interface DeclineCall {
  call: number;
}
const DeclineCallFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** The owner sets out. */
export interface ReportOnWay {
  call: number;
}
const ReportOnWayFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** An adult stands at the door: said by that adult, or by the room of an owned call. */
export interface ArriveCall {
  call: number;
}
const ArriveCallFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** For a call with withdraw_asked: I looked in, all is well. Ends it as withdrawn. */
export interface LookIn {
  call: number;
}
const LookInFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** The owner or a helper needs another adult. */
export interface AskHelper {
  call: number;
}
const AskHelperFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** Answers support_check_due: still with them. */
export interface ConfirmSupport {
  call: number;
}
const ConfirmSupportFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** Settled, ready to go on. */
export interface SettleCall {
  call: number;
}
const SettleCallFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** Moved to a calm space, together. */
export interface MoveCall {
  call: number;
  place: string;
}
const MoveCallFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
  { name: "place", optional: false, type: { kind: "str", bytes: 32 } },
];

/** Another adult, who is there, has it from here. A duty lead may hand an arrived call to themself. */
export interface HandOverCall {
  call: number;
  to: string;
}
const HandOverCallFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
  { name: "to", optional: false, type: { kind: "str", bytes: 32 } },
];

/** Only after settled, moved or handed over. */
export interface CloseCall {
  call: number;
  /** Which lines of what helps did help, from 0. */
  helped: number[];
  needs: Need[];
}
const CloseCallFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
  { name: "helped", optional: false, type: { kind: "list", items: 8, item: { kind: "u53" } } },
  { name: "needs", optional: false, type: { kind: "list", items: 8, item: { kind: "enum", values: NeedValues } } },
];

/** Chooses the person's PIN, on a device whose enrolment was made for that person, within its ten minutes; signs in as SignIn does. */
export interface SetPin {
  person: string;
  /** 4 to 12 digits. */
  pin: string;
  /** Random, made by the device. */
  session: Uint8Array;
}
const SetPinFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "pin", optional: false, type: { kind: "str", bytes: 12 } },
  { name: "session", optional: false, type: { kind: "bin", bytes: 16 } },
];

/** This person has this handset now, unlocked as long as the device keeps the session secret. Ends that person's sign-in elsewhere. */
export interface SignIn {
  person: string;
  pin: string;
  session: Uint8Array;
}
const SignInFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "pin", optional: false, type: { kind: "str", bytes: 12 } },
  { name: "session", optional: false, type: { kind: "bin", bytes: 16 } },
];

/** Ends this person's time on this handset. A call that they own is offered again. */
export type SignOut = Record<string, never>;
const SignOutFields: readonly FieldMeta[] = [
];

/** Stay on duty, hide what is about children until the PIN is given again. */
export type Lock = Record<string, never>;
const LockFields: readonly FieldMeta[] = [
];

/** Starts a duty: the tone was played, and the person says whether they heard it. */
export interface ProveHandset {
  heard: boolean;
  vibrated: boolean;
}
const ProveHandsetFields: readonly FieldMeta[] = [
  { name: "heard", optional: false, type: { kind: "bool" } },
  { name: "vibrated", optional: false, type: { kind: "bool" } },
];

/** Free, with a child, or on a break until a time. Free ends a recovery early. */
export interface SetAvailability {
  /** free, with_child or on_break. */
  state: AvailabilityState;
  /** With on_break; at most 2 h ahead. */
  until?: number;
}
const SetAvailabilityFields: readonly FieldMeta[] = [
  { name: "state", optional: false, type: { kind: "enum", values: AvailabilityStateValues } },
  { name: "until", optional: true, type: { kind: "ms" } },
];

/** A duty lead, on an unlocked handset, or a leader with the role duty_lead, dsl, senco or head: this person stands in for the child's own adults. Closes the gap. */
export interface NameSwap {
  gap: number;
  /** Free, or on no handset and here by this word: else SwapCannotCome. */
  person: string;
  /** Until the end of the school day when absent, and never longer. */
  until?: number;
}
const NameSwapFields: readonly FieldMeta[] = [
  { name: "gap", optional: false, type: { kind: "u53" } },
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "until", optional: true, type: { kind: "ms" } },
];

/** The children in whose order the signed-in adult is. On an unlocked handset alone: else NobodySignedIn. */
export type ListMyChildren = Record<string, never>;
const ListMyChildrenFields: readonly FieldMeta[] = [
];

/** Makes a one-time code for a new device; it is good for ten minutes. A device that enrols with it waits until a second person approves it. */
export interface MakeEnrolmentCode {
  kind: DeviceKind;
  /** A room's or calm space's place, or where a station stands. */
  place?: string;
  /** A handset made ready for this person, who may choose a PIN on it. */
  person?: string;
  /** With board: everybody passes it, so that it names no child. */
  corridor?: boolean;
}
const MakeEnrolmentCodeFields: readonly FieldMeta[] = [
  { name: "kind", optional: false, type: { kind: "enum", values: DeviceKindValues } },
  { name: "place", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "person", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "corridor", optional: true, type: { kind: "bool" } },
];

/** Gives a device another label: what stations and lists call it. */
export interface RenameDevice {
  device: string;
  /** Not empty. */
  label: string;
}
const RenameDeviceFields: readonly FieldMeta[] = [
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "label", optional: false, type: { kind: "str", bytes: 64 } },
];

/** Puts a device out: its connection ends, and a call that it owned is offered again. */
export interface RevokeDevice {
  device: string;
}
const RevokeDeviceFields: readonly FieldMeta[] = [
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
];

/** The second person lets a waiting device in. Not whoever made its code: SecondPersonNeeded. */
export interface ApproveEnrolment {
  device: string;
}
const ApproveEnrolmentFields: readonly FieldMeta[] = [
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
];

/** A waiting device stays out for good. Whoever made its code may do this, too. */
export interface RefuseEnrolment {
  device: string;
}
const RefuseEnrolmentFields: readonly FieldMeta[] = [
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
];

/** Everybody whose role may have an account. A leader needs the role admin: NotYourRole. */
export type ListAccounts = Record<string, never>;
const ListAccountsFields: readonly FieldMeta[] = [
];

/** Makes a one-time code with which this person opens an account: good for half an hour, and for a day while nobody has an account. An older code of the same person is void. A leader needs the role admin. Who has an open account gets AccountExists. */
export interface InviteLeader {
  /** The staff id. Absent, on the local socket alone: the first administrator, while nobody has an account. */
  person?: string;
}
const InviteLeaderFields: readonly FieldMeta[] = [
  { name: "person", optional: true, type: { kind: "str", bytes: 32 } },
];

/** Closes a person's account: its sessions end, and password, authenticator and recovery codes are void. InviteLeader lets them open a new one. */
export interface ResetAccount {
  person: string;
}
const ResetAccountFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
];

/** Signs this person out of every browser. A leader may do it for themself, and with the role admin for others. */
export interface EndLeaderSessions {
  person: string;
}
const EndLeaderSessionsFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
];

/** Ends the session of this browser; Goodbye with signed_out follows. DELETE /v1/leaders/session does the same and takes the cookie back. */
export type SignOutLeader = Record<string, never>;
const SignOutLeaderFields: readonly FieldMeta[] = [
];

/** A person is at the page: the half hour begins anew. Send it after a touch or a key, once a minute at most. Queries and beats do not count; commands that change something do. */
export type KeepSession = Record<string, never>;
const KeepSessionFields: readonly FieldMeta[] = [
];

/** A card is at the kiosk: whom this child may ask, and how far their talk is. Changes of it follow as TalkChanged until HideCard, another card, or a minute. CardNotKnown when it opens nothing, or no longer. */
export interface ShowCard {
  /** What the code on the card says. */
  card: string;
}
const ShowCardFields: readonly FieldMeta[] = [
  { name: "card", optional: false, type: { kind: "str", bytes: 64 } },
];

/** The card is gone: nothing more is told here. */
export type HideCard = Record<string, never>;
const HideCardFields: readonly FieldMeta[] = [
];

/** Asks for talk time, says hello, or asks for somebody now; TalkChanged follows. One open talk for each child: AlreadyAsked; but urgent always goes through, and turns an open one into a call. */
export interface AskTalk {
  card: string;
  symbol: TalkSymbol;
  when: TalkWhen;
  /** One of those in CardShown; absent: the first who is here. */
  adult?: string;
  /** True: none of those, please. */
  someone_else: boolean;
}
const AskTalkFields: readonly FieldMeta[] = [
  { name: "card", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "symbol", optional: false, type: { kind: "enum", values: TalkSymbolValues } },
  { name: "when", optional: false, type: { kind: "enum", values: TalkWhenValues } },
  { name: "adult", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "someone_else", optional: false, lean: true, type: { kind: "bool" } },
];

/** Yes to the time that was offered. */
export interface AgreeTalk {
  card: string;
}
const AgreeTalkFields: readonly FieldMeta[] = [
  { name: "card", optional: false, type: { kind: "str", bytes: 64 } },
];

/** Someone else, please. No reason is asked, and the first adult is told nothing. */
export interface AskSomeoneElse {
  card: string;
}
const AskSomeoneElseFields: readonly FieldMeta[] = [
  { name: "card", optional: false, type: { kind: "str", bytes: 64 } },
];

/** Never mind. It leaves every screen; of one that became a call somebody looks in. */
export interface TakeBackTalk {
  card: string;
}
const TakeBackTalkFields: readonly FieldMeta[] = [
  { name: "card", optional: false, type: { kind: "str", bytes: 64 } },
];

/** How it was. Never asked for twice. */
export interface RateTalk {
  card: string;
  feedback: TalkFeedback;
}
const RateTalkFields: readonly FieldMeta[] = [
  { name: "card", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "feedback", optional: false, type: { kind: "enum", values: TalkFeedbackValues } },
];

/** The receipt: this unlocked handset has shown the talk to its adult. Only now the child reads: they know. */
export interface ReportTalkShown {
  talk: number;
}
const ReportTalkShownFields: readonly FieldMeta[] = [
  { name: "talk", optional: false, type: { kind: "u53" } },
];

/** A time and a place. TalkTime when it is past or too far ahead. */
export interface OfferTalk {
  talk: number;
  at: number;
  place: string;
}
const OfferTalkFields: readonly FieldMeta[] = [
  { name: "talk", optional: false, type: { kind: "u53" } },
  { name: "at", optional: false, type: { kind: "ms" } },
  { name: "place", optional: false, type: { kind: "str", bytes: 32 } },
];

/** We met. Of a hello that nobody has answered: waved back. */
export interface MeetTalk {
  talk: number;
}
const MeetTalkFields: readonly FieldMeta[] = [
  { name: "talk", optional: false, type: { kind: "u53" } },
];

/** I can't. It goes on to the next adult at once; no reason is asked. */
export interface PassTalk {
  talk: number;
}
const PassTalkFields: readonly FieldMeta[] = [
  { name: "talk", optional: false, type: { kind: "u53" } },
];

/** After they met: the safeguarding lead has to know. A pointer alone; what was said goes into their own system. */
export interface HandTalkToDsl {
  talk: number;
}
const HandTalkToDslFields: readonly FieldMeta[] = [
  { name: "talk", optional: false, type: { kind: "u53" } },
];

/** The safeguarding lead has it from here. */
export interface TakeTalkPointer {
  talk: number;
}
const TakeTalkPointerFields: readonly FieldMeta[] = [
  { name: "talk", optional: false, type: { kind: "u53" } },
];

/** Makes new cards for these children; each one's older card opens nothing any more. No children: for the first of those who have none. */
export interface MakeCards {
  children: string[];
}
const MakeCardsFields: readonly FieldMeta[] = [
  { name: "children", optional: false, type: { kind: "list", items: 128, item: { kind: "str", bytes: 32 } } },
];

/** All devices but those that are out. */
export type ListDevices = Record<string, never>;
const ListDevicesFields: readonly FieldMeta[] = [
];

/** All or nothing. Without apply it only shows what would change. */
export interface ImportDirectory {
  files: ImportFile[];
  apply: boolean;
}
const ImportDirectoryFields: readonly FieldMeta[] = [
  { name: "files", optional: false, type: { kind: "list", items: 128, item: { kind: "struct", fields: ImportFileFields } } },
  { name: "apply", optional: false, type: { kind: "bool" } },
];

/** I am here: an adult is in the calm space, and this device proves it. The tablet names the person; a handset names the place. Said again after the device was silent. */
export interface OpenSpace {
  /** Handsets only. */
  place?: string;
  /** The tablet only. */
  person?: string;
}
const OpenSpaceFields: readonly FieldMeta[] = [
  { name: "place", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "person", optional: true, type: { kind: "str", bytes: 32 } },
];

/** This adult steps away. With visitors and no other adult it is an alarm within 5 s. */
export interface LeaveSpace {
  /** Handsets only. */
  place?: string;
  /** The tablet only. */
  person?: string;
}
const LeaveSpaceFields: readonly FieldMeta[] = [
  { name: "place", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "person", optional: true, type: { kind: "str", bytes: 32 } },
];

/** Out of use, or in use again. Not while somebody is there or on the way: WrongMoment. */
export interface SetSpaceUse {
  out_of_use: boolean;
  reason: OutOfUse;
}
const SetSpaceUseFields: readonly FieldMeta[] = [
  { name: "out_of_use", optional: false, type: { kind: "bool" } },
  { name: "reason", optional: false, type: { kind: "enum", values: OutOfUseValues } },
];

/** A child's card asks for a break. Without an offer in two minutes it becomes a call. */
export interface AskVisit {
  child: string;
  space?: string;
}
const AskVisitFields: readonly FieldMeta[] = [
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "space", optional: true, type: { kind: "str", bytes: 32 } },
];

/** Offers a break, or answers a child's wish. From the calm space's own tablet: they stand at the door. Done carries the visit. */
export interface OfferVisit {
  /** Absent: the nearest one that is open. */
  space?: string;
  /** Not from a room: where they come from. */
  from?: string;
  /** Absent: nobody with a plan. */
  child?: string;
}
const OfferVisitFields: readonly FieldMeta[] = [
  { name: "space", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "from", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "child", optional: true, type: { kind: "str", bytes: 32 } },
];

/** The child would like to, and goes now. */
export interface ChooseVisit {
  visit: number;
  company: Company;
}
const ChooseVisitFields: readonly FieldMeta[] = [
  { name: "visit", optional: false, type: { kind: "u53" } },
  { name: "company", optional: false, type: { kind: "enum", values: CompanyValues } },
];

/** The child stays. Not a refusal, and not logged as one. */
export interface DeclineVisit {
  visit: number;
}
const DeclineVisitFields: readonly FieldMeta[] = [
  { name: "visit", optional: false, type: { kind: "u53" } },
];

/** They are here. Could they leave if they wanted to? A no opens a restrictive-intervention record. */
export interface ArriveVisit {
  visit: number;
  can_leave: boolean;
}
const ArriveVisitFields: readonly FieldMeta[] = [
  { name: "visit", optional: false, type: { kind: "u53" } },
  { name: "can_leave", optional: false, type: { kind: "bool" } },
];

/** Could they leave if they wanted to? Asked again. */
export interface ReviewVisit {
  visit: number;
  can_leave: boolean;
}
const ReviewVisitFields: readonly FieldMeta[] = [
  { name: "visit", optional: false, type: { kind: "u53" } },
  { name: "can_leave", optional: false, type: { kind: "bool" } },
];

/** Ready to go back, with one thing for the teacher to say. */
export interface ReadyVisit {
  visit: number;
  say: WelcomeWord;
}
const ReadyVisitFields: readonly FieldMeta[] = [
  { name: "visit", optional: false, type: { kind: "u53" } },
  { name: "say", optional: false, type: { kind: "enum", values: WelcomeWordValues } },
];

/** On the way back. */
export interface ReturnVisit {
  visit: number;
  company: Company;
}
const ReturnVisitFields: readonly FieldMeta[] = [
  { name: "visit", optional: false, type: { kind: "u53" } },
  { name: "company", optional: false, type: { kind: "enum", values: CompanyValues } },
];

/** They are back in the room. */
export interface WelcomeBack {
  visit: number;
}
const WelcomeBackFields: readonly FieldMeta[] = [
  { name: "visit", optional: false, type: { kind: "u53" } },
];

/** The test that this device pressed has sounded, and its screen says so: the device is proven for today. TestNotHeard before anything has sounded. */
export interface ConfirmTest {
  call: number;
}
const ConfirmTestFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
];

/** The station's test of the day: MyReadiness with testing_until follows, the station sounds, and asks whether it was heard. */
export type TestStation = Record<string, never>;
const TestStationFields: readonly FieldMeta[] = [
];

/** A person heard the station's test, or did not. */
export interface ConfirmStation {
  heard: boolean;
}
const ConfirmStationFields: readonly FieldMeta[] = [
  { name: "heard", optional: false, type: { kind: "bool" } },
];

/** This person goes and looks at a device that is not ready. From stations, duty leads and leaders. */
export interface NameRunner {
  device: string;
  person: string;
}
const NameRunnerFields: readonly FieldMeta[] = [
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
];

/** I'll look. From whoever is asked, and from duty leads. */
export interface GoLook {
  device: string;
}
const GoLookFields: readonly FieldMeta[] = [
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
];

/** It may stay unproven today. From whoever is asked to look, from duty leads and leaders. */
export interface ExcuseDevice {
  device: string;
  why: Excuse;
}
const ExcuseDeviceFields: readonly FieldMeta[] = [
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "why", optional: false, type: { kind: "enum", values: ExcuseValues } },
];

/** The whole school practises: every room once. From duty leads and leaders. Ends by itself, or at once when somebody is called for. */
export type StartSiteDrill = Record<string, never>;
const StartSiteDrillFields: readonly FieldMeta[] = [
];

/** The drill is over. */
export type EndSiteDrill = Record<string, never>;
const EndSiteDrillFields: readonly FieldMeta[] = [
];

/** How ready the school is today, and who has never pressed. */
export type ListReadiness = Record<string, never>;
const ListReadinessFields: readonly FieldMeta[] = [
];

/** The enrolment is on disk. Say Hello next, on the same connection. */
export interface Enrolled {
  device: string;
  kind: DeviceKind;
  label: string;
  /** Whose handset this is made ready for. */
  person?: string;
  may_set_pin: boolean;
  /** A second person has to approve this device first, until then: Hello is answered by Waiting. */
  waiting_until?: number;
}
const EnrolledFields: readonly FieldMeta[] = [
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "kind", optional: false, type: { kind: "enum", values: DeviceKindValues } },
  { name: "label", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "person", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "may_set_pin", optional: false, type: { kind: "bool" } },
  { name: "waiting_until", optional: true, type: { kind: "ms" } },
];

/** The answer to Hello while a second person has not approved this device. It sees nothing and can do nothing: show that it waits, and until when. Keep beating; Welcome follows on the same connection when it is approved, Goodbye with revoked and EnrolmentRefused when it is not. */
export interface Waiting {
  /** The hub's timeline. */
  now: number;
  /** When it lapses. */
  until: number;
  device: string;
  kind: DeviceKind;
  label: string;
  site: string;
  /** How else to get help: all that this device can say meanwhile. */
  help: string;
}
const WaitingFields: readonly FieldMeta[] = [
  { name: "now", optional: false, type: { kind: "ms" } },
  { name: "until", optional: false, type: { kind: "ms" } },
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "kind", optional: false, type: { kind: "enum", values: DeviceKindValues } },
  { name: "label", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "site", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "help", optional: false, type: { kind: "str", bytes: 240 } },
];

/** Shown this once: what the authenticator needs, and the recovery codes. Nothing is open before ConfirmAccount. */
export interface AccountKeys {
  /** The staff id, to sign in with. */
  person: string;
  name: string;
  /** otpauth://totp/… as a link or a QR code: SHA-1, six digits, 30 s. */
  otpauth: string;
  /** The same secret in base32, to be typed. */
  secret: string;
  /** Each works once in place of the six digits. */
  recovery: string[];
  /** When the one-time code ends. */
  expires_at: number;
}
const AccountKeysFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "otpauth", optional: false, type: { kind: "str", bytes: 512 } },
  { name: "secret", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "recovery", optional: false, type: { kind: "list", items: 8, item: { kind: "str", bytes: 32 } } },
  { name: "expires_at", optional: false, type: { kind: "ms" } },
];

/** On disk, and the cookie is set. Open the WebSocket next. */
export interface LeaderSignedIn {
  person: string;
  name: string;
  roles: Role[];
  /** When the session ends in any case, twelve hours from now. */
  ends_at: number;
  /** Recovery codes that are not used yet. */
  recovery_left: number;
}
const LeaderSignedInFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "roles", optional: false, type: { kind: "list", items: 16, item: { kind: "enum", values: RoleValues } } },
  { name: "ends_at", optional: false, type: { kind: "ms" } },
  { name: "recovery_left", optional: false, type: { kind: "u53" } },
];

/** A leader's session is open here. Staff and Places follow, DeviceChanged for each device, waiting ones too, then Live; then each change as it happens. */
export interface LeaderWelcome {
  seq: number;
  /** The hub's timeline. */
  now: number;
  person: string;
  short_name: string;
  name: string;
  roles: Role[];
  site: string;
  /** When the session ends in any case. */
  ends_at: number;
  /** It ends earlier when nobody is at the page for so long: see KeepSession. */
  idle_ms: number;
  journal: JournalHealth;
  /** The example school is loaded: devices need no second person. */
  example: boolean;
}
const LeaderWelcomeFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "now", optional: false, type: { kind: "ms" } },
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "short_name", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "roles", optional: false, type: { kind: "list", items: 16, item: { kind: "enum", values: RoleValues } } },
  { name: "site", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "ends_at", optional: false, type: { kind: "ms" } },
  { name: "idle_ms", optional: false, type: { kind: "u53" } },
  { name: "journal", optional: false, type: { kind: "enum", values: JournalHealthValues } },
  { name: "example", optional: false, type: { kind: "bool" } },
];

/** The answer to ListAccounts. */
export interface Accounts {
  accounts: AccountView[];
  /** How many accounts are open. */
  open: number;
}
const AccountsFields: readonly FieldMeta[] = [
  { name: "accounts", optional: false, type: { kind: "list", items: 128, item: { kind: "struct", fields: AccountViewFields } } },
  { name: "open", optional: false, type: { kind: "u53" } },
];

/** The code, shown this once: the hub keeps its digest alone. The link is https://HOST:PORT/leaders#c=CODE. */
export interface LeaderInvitation {
  person: string;
  name: string;
  code: string;
  expires_at: number;
}
const LeaderInvitationFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "code", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "expires_at", optional: false, type: { kind: "ms" } },
];

/** The session is open. What was missed follows, then Live. */
export interface Welcome {
  /** Highest seq at this moment. Not to be remembered: Live says when all of it has come. */
  seq: number;
  /** Keep the cards held, or forget them. */
  resume: Resume;
  /** The hub's timeline. */
  now: number;
  device: string;
  kind: DeviceKind;
  /** The room's name, or the handset's label. */
  label: string;
  site: string;
  /** How else to get help when nothing gets through. */
  help: string;
  /** The room's own place. */
  place?: string;
  /** The office's telephone extension, to ring when nothing gets through. Never the room's own. */
  extension?: string;
  /** Who is signed in on this handset. */
  person?: string;
  /** Whose handset this is made ready for. */
  for_person?: string;
  /** This person may choose a PIN here, now. */
  may_set_pin: boolean;
  /** Somebody is signed in, and what is about children may be shown. */
  unlocked: boolean;
  /** A duty has been started on it and holds. */
  proven: boolean;
  journal: JournalHealth;
  /** The example school is loaded. */
  example: boolean;
  /** To a board that names no child: true. */
  corridor?: boolean;
}
const WelcomeFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "resume", optional: false, type: { kind: "enum", values: ResumeValues } },
  { name: "now", optional: false, type: { kind: "ms" } },
  { name: "device", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "kind", optional: false, type: { kind: "enum", values: DeviceKindValues } },
  { name: "label", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "site", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "help", optional: false, type: { kind: "str", bytes: 240 } },
  { name: "place", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "extension", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "person", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "for_person", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "may_set_pin", optional: false, type: { kind: "bool" } },
  { name: "unlocked", optional: false, type: { kind: "bool" } },
  { name: "proven", optional: false, type: { kind: "bool" } },
  { name: "journal", optional: false, type: { kind: "enum", values: JournalHealthValues } },
  { name: "example", optional: false, type: { kind: "bool" } },
  { name: "corridor", optional: true, type: { kind: "bool" } },
];

/** Everything up to seq has been sent; what comes now is happening now. */
export interface Live {
  /** Remember it as last_seq. */
  seq: number;
}
const LiveFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
];

/** The command is on disk. */
export interface Done {
  /** The last event it caused; of a repeated command, the first time's. */
  seq: number;
  /** The call that it was about, or that it raised. */
  call?: number;
  /** The visit that it was about, or that it asked for. */
  visit?: number;
}
const DoneFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "call", optional: true, type: { kind: "u53" } },
  { name: "visit", optional: true, type: { kind: "u53" } },
];

/** Nothing was changed. */
export interface Rejected {
  /** Stable number from the table. */
  error: number;
  /** Its name in the table. */
  name: string;
  /** What to do. */
  message: string;
  /** When to try again. */
  retry_ms?: number;
}
const RejectedFields: readonly FieldMeta[] = [
  { name: "error", optional: false, type: { kind: "u53" } },
  { name: "name", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "message", optional: false, type: { kind: "str", bytes: 256 } },
  { name: "retry_ms", optional: true, type: { kind: "u53" } },
];

/** One event of a call, and the call as this device may see it just after. */
export interface CallChanged {
  /** The event's number. */
  seq: number;
  /** What happened. */
  event: CallEvent;
  /** When. */
  at: number;
  /** The whole card: it replaces the one held. */
  call: CallView;
}
const CallChangedFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "event", optional: false, type: { kind: "enum", values: CallEventValues } },
  { name: "at", optional: false, type: { kind: "ms" } },
  { name: "call", optional: false, type: { kind: "struct", fields: CallViewFields } },
];

/** This device is no longer in the call's audience: drop the card, fall silent. A room is sent this after closed or withdrawn. */
export interface CallGone {
  seq: number;
  call: number;
  /** What ended it for this device. */
  event: CallEvent;
  /** Who has it, when another accepted. */
  owner?: string;
}
const CallGoneFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "call", optional: false, type: { kind: "u53" } },
  { name: "event", optional: false, type: { kind: "enum", values: CallEventValues } },
  { name: "owner", optional: true, type: { kind: "str", bytes: 32 } },
];

/** To stations and duty leads, and to a handset of its own adult. */
export interface PersonChanged {
  seq: number;
  person: PersonView;
}
const PersonChangedFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "person", optional: false, type: { kind: "struct", fields: PersonViewFields } },
];

/** To stations and duty leads; to a device of itself. */
export interface DeviceChanged {
  seq: number;
  device: DeviceView;
}
const DeviceChangedFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "device", optional: false, type: { kind: "struct", fields: DeviceViewFields } },
];

/** To handsets and stations, before Live and when it changes. Several frames when long; the first has first set. */
export interface Staff {
  first: boolean;
  people: PersonRef[];
}
const StaffFields: readonly FieldMeta[] = [
  { name: "first", optional: false, type: { kind: "bool" } },
  { name: "people", optional: false, type: { kind: "list", items: 128, item: { kind: "struct", fields: PersonRefFields } } },
];

/** To rooms: the children due there who have a plan. Replaces the list. */
export interface Children {
  children: ChildRef[];
}
const ChildrenFields: readonly FieldMeta[] = [
  { name: "children", optional: false, type: { kind: "list", items: 128, item: { kind: "struct", fields: ChildRefFields } } },
];

/** To unlocked handsets: where a call can be moved to or raised from. Several frames when long; the first has first set and replaces the list. */
export interface Places {
  /** The list begins anew with this frame. */
  first: boolean;
  places: PlaceRef[];
}
const PlacesFields: readonly FieldMeta[] = [
  { name: "first", optional: false, type: { kind: "bool" } },
  { name: "places", optional: false, type: { kind: "list", items: 128, item: { kind: "struct", fields: PlaceRefFields } } },
];

/** The answer to ShowCard. */
export interface CardShown {
  /** In the child's own order. */
  adults: AdultRef[];
  /** The child's open talk. */
  talk?: TalkView;
  /** The card counts as there until then, at most. */
  until: number;
}
const CardShownFields: readonly FieldMeta[] = [
  { name: "adults", optional: false, type: { kind: "list", items: 16, item: { kind: "struct", fields: AdultRefFields } } },
  { name: "talk", optional: true, type: { kind: "struct", fields: TalkViewFields } },
  { name: "until", optional: false, type: { kind: "ms" } },
];

/** To the asked adult's unlocked handset, and to the kiosk while the card is there: one talk as this device may see it now. It replaces the one held. */
export interface TalkChanged {
  seq: number;
  talk: TalkView;
}
const TalkChangedFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "talk", optional: false, type: { kind: "struct", fields: TalkViewFields } },
];

/** This device is no longer in the talk's audience: drop it, without a word about why. */
export interface TalkGone {
  seq: number;
  talk: number;
}
const TalkGoneFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "talk", optional: false, type: { kind: "u53" } },
];

/** The answer to MakeCards, shown this once. */
export interface Cards {
  cards: IssuedCard[];
  /** Children who still have none. */
  left: number;
}
const CardsFields: readonly FieldMeta[] = [
  { name: "cards", optional: false, type: { kind: "list", items: 128, item: { kind: "struct", fields: IssuedCardFields } } },
  { name: "left", optional: false, type: { kind: "u53" } },
];

/** To unlocked handsets of duty leads, to stations (without the children), and to leaders with the role duty_lead, dsl, senco or head: every child whom nobody can come for, the soonest first. Before Live and whenever it changes; it replaces the list. */
export interface Gaps {
  gaps: GapView[];
  /** How many more. */
  gaps_more: number;
}
const GapsFields: readonly FieldMeta[] = [
  { name: "gaps", optional: false, type: { kind: "list", items: 64, item: { kind: "struct", fields: GapViewFields } } },
  { name: "gaps_more", optional: false, lean: true, type: { kind: "u53" } },
];

/** To boards, before Live and whenever it changes. Several frames when long; the first has first set and replaces the list. Adults in the order in which they are to be shown. */
export interface Board {
  first: boolean;
  /** Those in the order of a child with a plan, those who look after a calm space, and duty leads. */
  adults: BoardAdult[];
  /** Initials of children whom nobody can come for now. Never on a corridor's board. */
  waiting: string[];
  /** How many children nobody can come for now. Never on a corridor's board. */
  gaps: number;
  /** Today's school day, while it goes on. */
  school_from?: number;
  school_to?: number;
  /** How many children on a plan nobody has greeted yet today. Never on a corridor's board. */
  not_greeted: number;
}
const BoardFields: readonly FieldMeta[] = [
  { name: "first", optional: false, type: { kind: "bool" } },
  { name: "adults", optional: false, type: { kind: "list", items: 64, item: { kind: "struct", fields: BoardAdultFields } } },
  { name: "waiting", optional: false, lean: true, type: { kind: "list", items: 24, item: { kind: "str", bytes: 16 } } },
  { name: "gaps", optional: false, lean: true, type: { kind: "u53" } },
  { name: "school_from", optional: true, type: { kind: "ms" } },
  { name: "school_to", optional: true, type: { kind: "ms" } },
  { name: "not_greeted", optional: false, lean: true, type: { kind: "u53" } },
];

/** To stations, duty leads' handsets, boards and leaders, before Live and whenever it changes: how old the timetable is, and whether the newest import failed. A failed one changes nothing: the last good timetable goes on. */
export interface TimetableState {
  /** Absent: there is none. */
  imported_at?: number;
  /** What is wrong with the newest files, and where: show it until it is gone. To boards only that there is a fault. */
  fault?: string;
  fault_at?: number;
}
const TimetableStateFields: readonly FieldMeta[] = [
  { name: "imported_at", optional: true, type: { kind: "ms" } },
  { name: "fault", optional: true, type: { kind: "str", bytes: 240 } },
  { name: "fault_at", optional: true, type: { kind: "ms" } },
];

/** The answer to ListMyChildren. */
export interface MyChildren {
  /** Those first whose named adult I am. */
  children: MyChild[];
  /** False: school is not on, or there is no timetable, so that nobody knows who should be here. */
  school: boolean;
}
const MyChildrenFields: readonly FieldMeta[] = [
  { name: "children", optional: false, type: { kind: "list", items: 128, item: { kind: "struct", fields: MyChildFields } } },
  { name: "school", optional: false, type: { kind: "bool" } },
];

/** The code, shown this once: the hub keeps its digest alone. */
export interface EnrolmentCode {
  code: string;
  expires_at: number;
  /** The link for a native client, where the hub serves them (section 19). */
  native?: string;
}
const EnrolmentCodeFields: readonly FieldMeta[] = [
  { name: "code", optional: false, type: { kind: "str", bytes: 16 } },
  { name: "expires_at", optional: false, type: { kind: "ms" } },
  { name: "native", optional: true, type: { kind: "str", bytes: 256 } },
];

/** A calm space, and how it is now. To rooms without names. */
export interface SpaceChanged {
  seq: number;
  space: SpaceView;
}
const SpaceChangedFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "space", optional: false, type: { kind: "struct", fields: SpaceViewFields } },
];

/** One event of a visit, and the visit as this device may see it just after. */
export interface VisitChanged {
  /** The event's number. */
  seq: number;
  /** What happened. */
  event: VisitEvent;
  /** When. */
  at: number;
  /** The whole card: it replaces the one held. */
  visit: VisitView;
}
const VisitChangedFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "event", optional: false, type: { kind: "enum", values: VisitEventValues } },
  { name: "at", optional: false, type: { kind: "ms" } },
  { name: "visit", optional: false, type: { kind: "struct", fields: VisitViewFields } },
];

/** The visit is over, or no longer for this device: drop the card. */
export interface VisitGone {
  seq: number;
  visit: number;
  event: VisitEvent;
}
const VisitGoneFields: readonly FieldMeta[] = [
  { name: "seq", optional: false, type: { kind: "u53" } },
  { name: "visit", optional: false, type: { kind: "u53" } },
  { name: "event", optional: false, type: { kind: "enum", values: VisitEventValues } },
];

/** To stations, duty leads' handsets and leaders, and to a handset whose adult is asked to look (what is theirs alone); before Live and whenever it changes. It replaces the one held. */
export interface Readiness {
  readiness: ReadinessView;
}
const ReadinessFields: readonly FieldMeta[] = [
  { name: "readiness", optional: false, type: { kind: "struct", fields: ReadinessViewFields } },
];

/** To rooms, calm spaces, handsets and stations: how this device's own test of the day is. Before Live and whenever it changes. */
export interface MyReadiness {
  /** Today's proof. */
  proven_at?: number;
  /** Today's newest test that did not come through, if none came through after it. */
  failed_at?: number;
  /** Let be for today. */
  excused: boolean;
  /** It is on today's list. */
  listed: boolean;
  /** To a station: sound the test now, and ask. */
  testing_until?: number;
  /** The whole school practises, until then at most. */
  drill_until?: number;
  /** In it, this room's press came through. */
  pressed: boolean;
  /** Support was never pressed here, not even in a drill. */
  never_pressed: boolean;
}
const MyReadinessFields: readonly FieldMeta[] = [
  { name: "proven_at", optional: true, type: { kind: "ms" } },
  { name: "failed_at", optional: true, type: { kind: "ms" } },
  { name: "excused", optional: false, lean: true, type: { kind: "bool" } },
  { name: "listed", optional: false, lean: true, type: { kind: "bool" } },
  { name: "testing_until", optional: true, type: { kind: "ms" } },
  { name: "drill_until", optional: true, type: { kind: "ms" } },
  { name: "pressed", optional: false, lean: true, type: { kind: "bool" } },
  { name: "never_pressed", optional: false, lean: true, type: { kind: "bool" } },
];

/** The answer to ListReadiness. */
export interface ReadinessReport {
  readiness: ReadinessView;
  /** Rooms and calm spaces where support was never pressed, drills included. */
  devices: NeverPressed[];
  devices_more: number;
  /** Adults who have had a handset and never pressed on one, drills included. */
  people: PersonRef[];
  people_more: number;
}
const ReadinessReportFields: readonly FieldMeta[] = [
  { name: "readiness", optional: false, type: { kind: "struct", fields: ReadinessViewFields } },
  { name: "devices", optional: false, type: { kind: "list", items: 48, item: { kind: "struct", fields: NeverPressedFields } } },
  { name: "devices_more", optional: false, lean: true, type: { kind: "u53" } },
  { name: "people", optional: false, type: { kind: "list", items: 48, item: { kind: "struct", fields: PersonRefFields } } },
  { name: "people_more", optional: false, lean: true, type: { kind: "u53" } },
];

/** The answer to ListDevices. */
export interface Devices {
  devices: DeviceView[];
  /** Whether the hub can write to its disk. */
  journal?: JournalHealth;
  /** Events that are known and not on disk. */
  not_recorded?: number;
}
const DevicesFields: readonly FieldMeta[] = [
  { name: "devices", optional: false, type: { kind: "list", items: 256, item: { kind: "struct", fields: DeviceViewFields } } },
  { name: "journal", optional: true, type: { kind: "enum", values: JournalHealthValues } },
  { name: "not_recorded", optional: true, type: { kind: "u53" } },
];

/** What is wrong with the files, or what they change. */
export interface ImportReport {
  problems: ImportProblem[];
  /** The first of them. */
  changes: ImportChange[];
  changes_total: number;
  applied: boolean;
  /** What is right and may not be meant, such as a file that was left out. */
  notes?: string[];
}
const ImportReportFields: readonly FieldMeta[] = [
  { name: "problems", optional: false, type: { kind: "list", items: 200, item: { kind: "struct", fields: ImportProblemFields } } },
  { name: "changes", optional: false, type: { kind: "list", items: 256, item: { kind: "struct", fields: ImportChangeFields } } },
  { name: "changes_total", optional: false, type: { kind: "u53" } },
  { name: "applied", optional: false, type: { kind: "bool" } },
  { name: "notes", optional: true, type: { kind: "list", items: 8, item: { kind: "str", bytes: 240 } } },
];

/** An adult for today only, gone at the end of the school day: a duty lead on an unlocked handset, a leader with the role duty_lead, dsl, senco or head, or the hub's own command line. */
export interface AddSupply {
  /** As they say it. */
  name: string;
  /** As rooms will read it. Nobody else has it. */
  short_name: string;
  /** responder, teacher or both: else SupplyRole. */
  roles: Role[];
  /** The absent adult for whose children this one is asked, after the child's own adults. */
  covers?: string;
  /** Where they are based today. */
  place?: string;
}
const AddSupplyFields: readonly FieldMeta[] = [
  { name: "name", optional: false, type: { kind: "str", bytes: 64 } },
  { name: "short_name", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "roles", optional: false, type: { kind: "list", items: 4, item: { kind: "enum", values: RoleValues } } },
  { name: "covers", optional: true, type: { kind: "str", bytes: 32 } },
  { name: "place", optional: true, type: { kind: "str", bytes: 32 } },
];

/** They have gone earlier. By whoever may send AddSupply. */
export interface EndSupply {
  person: string;
}
const EndSupplyFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
];

/** Who is here for today only. */
export type ListSupplies = Record<string, never>;
const ListSuppliesFields: readonly FieldMeta[] = [
];

/** On disk. The PIN is shown this once: with it they sign in on any of the school's handsets, for today. */
export interface SupplyAdded {
  person: string;
  short_name: string;
  pin: string;
  until: number;
}
const SupplyAddedFields: readonly FieldMeta[] = [
  { name: "person", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "short_name", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "pin", optional: false, type: { kind: "str", bytes: 12 } },
  { name: "until", optional: false, type: { kind: "ms" } },
];

/** The answer to ListSupplies, and to leaders before Live and whenever it changes; it replaces the list. */
export interface Supplies {
  supplies: SupplyView[];
}
const SuppliesFields: readonly FieldMeta[] = [
  { name: "supplies", optional: false, type: { kind: "list", items: 32, item: { kind: "struct", fields: SupplyViewFields } } },
];

/** Greeted: said by whoever stands at the door, meets the child today, or leads. A child who was marked as not in has come after all. On an unlocked handset alone, like all of the day's messages: else NobodySignedIn. */
export interface GreetChild {
  child: string;
  /** True: a slip of the finger; not greeted after all. */
  undo: boolean;
}
const GreetChildFields: readonly FieldMeta[] = [
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "undo", optional: false, lean: true, type: { kind: "bool" } },
];

/** Not in today, whatever the reason; none is asked. Ends the child's check-ins of today with that reason. */
export interface MarkNotIn {
  child: string;
}
const MarkNotInFields: readonly FieldMeta[] = [
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
];

/** I stand at the door: Door follows, with every child on a plan who is not greeted yet. Logged. It ends with LeaveDoor, a sign-out, or the school day. */
export type TakeDoor = Record<string, never>;
const TakeDoorFields: readonly FieldMeta[] = [
];

export type LeaveDoor = Record<string, never>;
const LeaveDoorFields: readonly FieldMeta[] = [
];

/** We met. */
export interface KeepCheckin {
  checkin: number;
}
const KeepCheckinFields: readonly FieldMeta[] = [
  { name: "checkin", optional: false, type: { kind: "u53" } },
];

/** I promise it for another time today. CheckinTime when that is past or after school. */
export interface MoveCheckin {
  checkin: number;
  at: number;
}
const MoveCheckinFields: readonly FieldMeta[] = [
  { name: "checkin", optional: false, type: { kind: "u53" } },
  { name: "at", optional: false, type: { kind: "ms" } },
];

/** I can't. It goes on to the next adult at once; no reason is asked. */
export interface PassCheckin {
  checkin: number;
}
const PassCheckinFields: readonly FieldMeta[] = [
  { name: "checkin", optional: false, type: { kind: "u53" } },
];

/** It will not be kept, and a person says why: one of the first four reasons. */
export interface EndCheckin {
  checkin: number;
  why: CheckinEnd;
}
const EndCheckinFields: readonly FieldMeta[] = [
  { name: "checkin", optional: false, type: { kind: "u53" } },
  { name: "why", optional: false, type: { kind: "enum", values: CheckinEndValues } },
];

/** One line about one of my children, or, as duty lead, about any, for the adults who meet the child today (or on the next school day, when none is on). It replaces my line from before. Gone at the end of that day. NoteFormat when it is longer than 120 characters or more than one line. */
export interface WriteNote {
  child: string;
  /** Empty: my line is taken back. */
  text: string;
}
const WriteNoteFields: readonly FieldMeta[] = [
  { name: "child", optional: false, type: { kind: "str", bytes: 32 } },
  { name: "text", optional: false, type: { kind: "str", bytes: 480 } },
];

/** A duty lead, of a visit that was left open after school: somebody has found out that the child has gone. */
export interface EndLeftVisit {
  visit: number;
}
const EndLeftVisitFields: readonly FieldMeta[] = [
  { name: "visit", optional: false, type: { kind: "u53" } },
];

/** To unlocked handsets, before Live and whenever it changes: the school day of this adult. It replaces the one held; an empty one follows when nothing of it may be shown any more. */
export interface Day {
  /** A school day is on. */
  on: boolean;
  /** When it ends. */
  to?: number;
  /** Own children, and whoever is this adult's to see to. */
  greetings: GreetingView[];
  /** By their time. */
  checkins: CheckinView[];
  /** Of the children whom this adult meets today. */
  notes: NoteView[];
  /** Of whom this adult may write a line. */
  may_note: ChildRef[];
  /** How many entries did not fit. */
  more: number;
}
const DayFields: readonly FieldMeta[] = [
  { name: "on", optional: false, type: { kind: "bool" } },
  { name: "to", optional: true, type: { kind: "ms" } },
  { name: "greetings", optional: false, lean: true, type: { kind: "list", items: 128, item: { kind: "struct", fields: GreetingViewFields } } },
  { name: "checkins", optional: false, lean: true, type: { kind: "list", items: 128, item: { kind: "struct", fields: CheckinViewFields } } },
  { name: "notes", optional: false, lean: true, type: { kind: "list", items: 32, item: { kind: "struct", fields: NoteViewFields } } },
  { name: "may_note", optional: false, lean: true, type: { kind: "list", items: 128, item: { kind: "struct", fields: ChildRefFields } } },
  { name: "more", optional: false, lean: true, type: { kind: "u53" } },
];

/** To an unlocked handset whose adult stands at the door, and whenever it changes: who is not greeted yet. It replaces the one held. */
export interface Door {
  /** False: this adult is not at the door, or no longer. */
  open: boolean;
  /** By initials. */
  children: ChildRef[];
  /** How many more. */
  more: number;
  /** How many were greeted today. */
  greeted: number;
}
const DoorFields: readonly FieldMeta[] = [
  { name: "open", optional: false, type: { kind: "bool" } },
  { name: "children", optional: false, lean: true, type: { kind: "list", items: 200, item: { kind: "struct", fields: ChildRefFields } } },
  { name: "more", optional: false, lean: true, type: { kind: "u53" } },
  { name: "greeted", optional: false, lean: true, type: { kind: "u53" } },
];

/** Something more is owed after a closed call of which something is still owed. An adult's own repair, and cover for a repair that is theirs to keep, by that adult alone; the rest by a duty lead, and by a leader who may know of children. */
export interface OpenFollowup {
  call: number;
  kind: FollowupKind;
}
const OpenFollowupFields: readonly FieldMeta[] = [
  { name: "call", optional: false, type: { kind: "u53" } },
  { name: "kind", optional: false, type: { kind: "enum", values: FollowupKindValues } },
];

/** A time is said. FollowupTime when it is past, over two weeks ahead, or after the day on which parents or the raiser are owed it. */
export interface ScheduleFollowup {
  followup: number;
  at: number;
}
const ScheduleFollowupFields: readonly FieldMeta[] = [
  { name: "followup", optional: false, type: { kind: "u53" } },
  { name: "at", optional: false, type: { kind: "ms" } },
];

/** It was kept. What was said in it is never asked and never stored. */
export interface KeepFollowup {
  followup: number;
  conflict: Mended;
  harm: Mended;
  change: Changes;
  channel: Channel;
}
const KeepFollowupFields: readonly FieldMeta[] = [
  { name: "followup", optional: false, type: { kind: "u53" } },
  { name: "conflict", optional: false, type: { kind: "enum", values: MendedValues } },
  { name: "harm", optional: false, type: { kind: "enum", values: MendedValues } },
  { name: "change", optional: false, type: { kind: "enum", values: ChangesValues } },
  { name: "channel", optional: false, type: { kind: "enum", values: ChannelValues } },
];

/** Somebody is not ready: it waits until then, and is not late. */
export interface NotReadyYet {
  followup: number;
  who: NotReadyWho;
  /** When to ask again, within two weeks. */
  ask_at: number;
}
const NotReadyYetFields: readonly FieldMeta[] = [
  { name: "followup", optional: false, type: { kind: "u53" } },
  { name: "who", optional: false, type: { kind: "enum", values: NotReadyWhoValues } },
  { name: "ask_at", optional: false, type: { kind: "ms" } },
];

/** They said no, and were offered another way. Declined again, with the same offer: respected, and ended. */
export interface DeclineFollowup {
  followup: number;
  alternative: Alternative;
}
const DeclineFollowupFields: readonly FieldMeta[] = [
  { name: "followup", optional: false, type: { kind: "u53" } },
  { name: "alternative", optional: false, type: { kind: "enum", values: AlternativeValues } },
];

/** Not needed, says one person; it ends when a second one says so, too. */
export interface NotNeeded {
  followup: number;
  why: NotNeededWhy;
}
const NotNeededFields: readonly FieldMeta[] = [
  { name: "followup", optional: false, type: { kind: "u53" } },
  { name: "why", optional: false, type: { kind: "enum", values: NotNeededWhyValues } },
];

/** Somebody else keeps it. Not an adult's own repair. */
export interface PassFollowup {
  followup: number;
  /** A person. Absent: whoever leads. */
  to?: string;
}
const PassFollowupFields: readonly FieldMeta[] = [
  { name: "followup", optional: false, type: { kind: "u53" } },
  { name: "to", optional: true, type: { kind: "str", bytes: 32 } },
];

/** What is owed, as this leader may see it. */
export type ListOwed = Record<string, never>;
const ListOwedFields: readonly FieldMeta[] = [
];

/** To unlocked handsets, before Live and whenever it changes, and the answer to ListOwed: what is owed after calls, as this adult may see it, oldest promise first. It replaces the list held. */
export interface Owed {
  items: FollowupView[];
  /** How many did not fit. */
  more: number;
}
const OwedFields: readonly FieldMeta[] = [
  { name: "items", optional: false, lean: true, type: { kind: "list", items: 64, item: { kind: "struct", fields: FollowupViewFields } } },
  { name: "more", optional: false, lean: true, type: { kind: "u53" } },
];

// ---- tables ----

/** Each message's body by its name. */
export interface MessageMap {
  Enrol: Enrol;
  Hello: Hello;
  Beat: Beat;
  HelloLeader: HelloLeader;
  OpenAccount: OpenAccount;
  ConfirmAccount: ConfirmAccount;
  SignInLeader: SignInLeader;
  Goodbye: Goodbye;
  RaiseCall: RaiseCall;
  ChooseChild: ChooseChild;
  AddNote: AddNote;
  WithdrawCall: WithdrawCall;
  ConfirmWithdraw: ConfirmWithdraw;
  KeepCall: KeepCall;
  ReportRinging: ReportRinging;
  AcceptCall: AcceptCall;
  DeclineCall: DeclineCall;
  ReportOnWay: ReportOnWay;
  ArriveCall: ArriveCall;
  LookIn: LookIn;
  AskHelper: AskHelper;
  ConfirmSupport: ConfirmSupport;
  SettleCall: SettleCall;
  MoveCall: MoveCall;
  HandOverCall: HandOverCall;
  CloseCall: CloseCall;
  SetPin: SetPin;
  SignIn: SignIn;
  SignOut: SignOut;
  Lock: Lock;
  ProveHandset: ProveHandset;
  SetAvailability: SetAvailability;
  NameSwap: NameSwap;
  ListMyChildren: ListMyChildren;
  MakeEnrolmentCode: MakeEnrolmentCode;
  RenameDevice: RenameDevice;
  RevokeDevice: RevokeDevice;
  ApproveEnrolment: ApproveEnrolment;
  RefuseEnrolment: RefuseEnrolment;
  ListAccounts: ListAccounts;
  InviteLeader: InviteLeader;
  ResetAccount: ResetAccount;
  EndLeaderSessions: EndLeaderSessions;
  SignOutLeader: SignOutLeader;
  KeepSession: KeepSession;
  ShowCard: ShowCard;
  HideCard: HideCard;
  AskTalk: AskTalk;
  AgreeTalk: AgreeTalk;
  AskSomeoneElse: AskSomeoneElse;
  TakeBackTalk: TakeBackTalk;
  RateTalk: RateTalk;
  ReportTalkShown: ReportTalkShown;
  OfferTalk: OfferTalk;
  MeetTalk: MeetTalk;
  PassTalk: PassTalk;
  HandTalkToDsl: HandTalkToDsl;
  TakeTalkPointer: TakeTalkPointer;
  MakeCards: MakeCards;
  ListDevices: ListDevices;
  ImportDirectory: ImportDirectory;
  OpenSpace: OpenSpace;
  LeaveSpace: LeaveSpace;
  SetSpaceUse: SetSpaceUse;
  AskVisit: AskVisit;
  OfferVisit: OfferVisit;
  ChooseVisit: ChooseVisit;
  DeclineVisit: DeclineVisit;
  ArriveVisit: ArriveVisit;
  ReviewVisit: ReviewVisit;
  ReadyVisit: ReadyVisit;
  ReturnVisit: ReturnVisit;
  WelcomeBack: WelcomeBack;
  ConfirmTest: ConfirmTest;
  TestStation: TestStation;
  ConfirmStation: ConfirmStation;
  NameRunner: NameRunner;
  GoLook: GoLook;
  ExcuseDevice: ExcuseDevice;
  StartSiteDrill: StartSiteDrill;
  EndSiteDrill: EndSiteDrill;
  ListReadiness: ListReadiness;
  Enrolled: Enrolled;
  Waiting: Waiting;
  AccountKeys: AccountKeys;
  LeaderSignedIn: LeaderSignedIn;
  LeaderWelcome: LeaderWelcome;
  Accounts: Accounts;
  LeaderInvitation: LeaderInvitation;
  Welcome: Welcome;
  Live: Live;
  Done: Done;
  Rejected: Rejected;
  CallChanged: CallChanged;
  CallGone: CallGone;
  PersonChanged: PersonChanged;
  DeviceChanged: DeviceChanged;
  Staff: Staff;
  Children: Children;
  Places: Places;
  CardShown: CardShown;
  TalkChanged: TalkChanged;
  TalkGone: TalkGone;
  Cards: Cards;
  Gaps: Gaps;
  Board: Board;
  TimetableState: TimetableState;
  MyChildren: MyChildren;
  EnrolmentCode: EnrolmentCode;
  SpaceChanged: SpaceChanged;
  VisitChanged: VisitChanged;
  VisitGone: VisitGone;
  Readiness: Readiness;
  MyReadiness: MyReadiness;
  ReadinessReport: ReadinessReport;
  Devices: Devices;
  ImportReport: ImportReport;
  AddSupply: AddSupply;
  EndSupply: EndSupply;
  ListSupplies: ListSupplies;
  SupplyAdded: SupplyAdded;
  Supplies: Supplies;
  GreetChild: GreetChild;
  MarkNotIn: MarkNotIn;
  TakeDoor: TakeDoor;
  LeaveDoor: LeaveDoor;
  KeepCheckin: KeepCheckin;
  MoveCheckin: MoveCheckin;
  PassCheckin: PassCheckin;
  EndCheckin: EndCheckin;
  WriteNote: WriteNote;
  EndLeftVisit: EndLeftVisit;
  Day: Day;
  Door: Door;
  OpenFollowup: OpenFollowup;
  ScheduleFollowup: ScheduleFollowup;
  KeepFollowup: KeepFollowup;
  NotReadyYet: NotReadyYet;
  DeclineFollowup: DeclineFollowup;
  NotNeeded: NotNeeded;
  PassFollowup: PassFollowup;
  ListOwed: ListOwed;
  Owed: Owed;
}
export type MessageType = keyof MessageMap;

export interface MessageMeta {
  readonly from: "client" | "hub" | "both";
  /** The device kinds that may send it; empty: any. */
  readonly by: readonly DeviceKind[];
  /** Needs an id. */
  readonly command: boolean;
  readonly answer: MessageType | null;
  readonly fields: readonly FieldMeta[];
}

export const messages: { readonly [K in MessageType]: MessageMeta } = {
  Enrol: { from: "client", by: [], command: false, answer: "Enrolled", fields: EnrolFields },
  Hello: { from: "client", by: [], command: false, answer: "Welcome", fields: HelloFields },
  Beat: { from: "both", by: [], command: false, answer: null, fields: BeatFields },
  HelloLeader: { from: "client", by: [], command: false, answer: "LeaderWelcome", fields: HelloLeaderFields },
  OpenAccount: { from: "client", by: [], command: false, answer: "AccountKeys", fields: OpenAccountFields },
  ConfirmAccount: { from: "client", by: [], command: false, answer: "LeaderSignedIn", fields: ConfirmAccountFields },
  SignInLeader: { from: "client", by: [], command: false, answer: "LeaderSignedIn", fields: SignInLeaderFields },
  Goodbye: { from: "both", by: [], command: false, answer: null, fields: GoodbyeFields },
  RaiseCall: { from: "client", by: ["room", "handset", "calm_space"], command: true, answer: "Done", fields: RaiseCallFields },
  ChooseChild: { from: "client", by: ["room", "calm_space"], command: true, answer: "Done", fields: ChooseChildFields },
  AddNote: { from: "client", by: ["room", "handset", "calm_space"], command: true, answer: "Done", fields: AddNoteFields },
  WithdrawCall: { from: "client", by: ["room", "handset", "calm_space"], command: true, answer: "Done", fields: WithdrawCallFields },
  ConfirmWithdraw: { from: "client", by: ["room", "handset", "calm_space"], command: true, answer: "Done", fields: ConfirmWithdrawFields },
  KeepCall: { from: "client", by: ["room", "handset", "calm_space"], command: true, answer: "Done", fields: KeepCallFields },
  ReportRinging: { from: "client", by: ["handset", "station"], command: true, answer: "Done", fields: ReportRingingFields },
  AcceptCall: { from: "client", by: ["handset", "station"], command: true, answer: "Done", fields: AcceptCallFields },
  DeclineCall: { from: "client", by: ["handset"], command: true, answer: "Done", fields: DeclineCallFields },
  ReportOnWay: { from: "client", by: ["handset"], command: true, answer: "Done", fields: ReportOnWayFields },
  ArriveCall: { from: "client", by: ["handset", "room", "calm_space"], command: true, answer: "Done", fields: ArriveCallFields },
  LookIn: { from: "client", by: ["handset"], command: true, answer: "Done", fields: LookInFields },
  AskHelper: { from: "client", by: ["handset"], command: true, answer: "Done", fields: AskHelperFields },
  ConfirmSupport: { from: "client", by: ["handset"], command: true, answer: "Done", fields: ConfirmSupportFields },
  SettleCall: { from: "client", by: ["handset"], command: true, answer: "Done", fields: SettleCallFields },
  MoveCall: { from: "client", by: ["handset"], command: true, answer: "Done", fields: MoveCallFields },
  HandOverCall: { from: "client", by: ["handset"], command: true, answer: "Done", fields: HandOverCallFields },
  CloseCall: { from: "client", by: ["handset"], command: true, answer: "Done", fields: CloseCallFields },
  SetPin: { from: "client", by: ["handset"], command: true, answer: "Done", fields: SetPinFields },
  SignIn: { from: "client", by: ["handset"], command: true, answer: "Done", fields: SignInFields },
  SignOut: { from: "client", by: ["handset"], command: true, answer: "Done", fields: SignOutFields },
  Lock: { from: "client", by: ["handset"], command: true, answer: "Done", fields: LockFields },
  ProveHandset: { from: "client", by: ["handset"], command: true, answer: "Done", fields: ProveHandsetFields },
  SetAvailability: { from: "client", by: ["handset"], command: true, answer: "Done", fields: SetAvailabilityFields },
  NameSwap: { from: "client", by: ["handset", "leader"], command: true, answer: "Done", fields: NameSwapFields },
  ListMyChildren: { from: "client", by: ["handset"], command: true, answer: "MyChildren", fields: ListMyChildrenFields },
  MakeEnrolmentCode: { from: "client", by: ["local", "leader"], command: true, answer: "EnrolmentCode", fields: MakeEnrolmentCodeFields },
  RenameDevice: { from: "client", by: ["local", "leader"], command: true, answer: "Done", fields: RenameDeviceFields },
  RevokeDevice: { from: "client", by: ["local", "leader"], command: true, answer: "Done", fields: RevokeDeviceFields },
  ApproveEnrolment: { from: "client", by: ["leader"], command: true, answer: "Done", fields: ApproveEnrolmentFields },
  RefuseEnrolment: { from: "client", by: ["local", "leader"], command: true, answer: "Done", fields: RefuseEnrolmentFields },
  ListAccounts: { from: "client", by: ["local", "leader"], command: true, answer: "Accounts", fields: ListAccountsFields },
  InviteLeader: { from: "client", by: ["local", "leader"], command: true, answer: "LeaderInvitation", fields: InviteLeaderFields },
  ResetAccount: { from: "client", by: ["local"], command: true, answer: "Done", fields: ResetAccountFields },
  EndLeaderSessions: { from: "client", by: ["local", "leader"], command: true, answer: "Done", fields: EndLeaderSessionsFields },
  SignOutLeader: { from: "client", by: ["leader"], command: true, answer: "Done", fields: SignOutLeaderFields },
  KeepSession: { from: "client", by: ["leader"], command: true, answer: "Done", fields: KeepSessionFields },
  ShowCard: { from: "client", by: ["kiosk"], command: true, answer: "CardShown", fields: ShowCardFields },
  HideCard: { from: "client", by: ["kiosk"], command: true, answer: "Done", fields: HideCardFields },
  AskTalk: { from: "client", by: ["kiosk"], command: true, answer: "Done", fields: AskTalkFields },
  AgreeTalk: { from: "client", by: ["kiosk"], command: true, answer: "Done", fields: AgreeTalkFields },
  AskSomeoneElse: { from: "client", by: ["kiosk"], command: true, answer: "Done", fields: AskSomeoneElseFields },
  TakeBackTalk: { from: "client", by: ["kiosk"], command: true, answer: "Done", fields: TakeBackTalkFields },
  RateTalk: { from: "client", by: ["kiosk"], command: true, answer: "Done", fields: RateTalkFields },
  ReportTalkShown: { from: "client", by: ["handset"], command: true, answer: "Done", fields: ReportTalkShownFields },
  OfferTalk: { from: "client", by: ["handset"], command: true, answer: "Done", fields: OfferTalkFields },
  MeetTalk: { from: "client", by: ["handset"], command: true, answer: "Done", fields: MeetTalkFields },
  PassTalk: { from: "client", by: ["handset"], command: true, answer: "Done", fields: PassTalkFields },
  HandTalkToDsl: { from: "client", by: ["handset"], command: true, answer: "Done", fields: HandTalkToDslFields },
  TakeTalkPointer: { from: "client", by: ["handset"], command: true, answer: "Done", fields: TakeTalkPointerFields },
  MakeCards: { from: "client", by: ["local"], command: true, answer: "Cards", fields: MakeCardsFields },
  ListDevices: { from: "client", by: ["local", "leader"], command: true, answer: "Devices", fields: ListDevicesFields },
  ImportDirectory: { from: "client", by: ["local"], command: true, answer: "ImportReport", fields: ImportDirectoryFields },
  OpenSpace: { from: "client", by: ["calm_space", "handset"], command: true, answer: "Done", fields: OpenSpaceFields },
  LeaveSpace: { from: "client", by: ["calm_space", "handset"], command: true, answer: "Done", fields: LeaveSpaceFields },
  SetSpaceUse: { from: "client", by: ["calm_space"], command: true, answer: "Done", fields: SetSpaceUseFields },
  AskVisit: { from: "client", by: ["room"], command: true, answer: "Done", fields: AskVisitFields },
  OfferVisit: { from: "client", by: ["room", "handset", "calm_space"], command: true, answer: "Done", fields: OfferVisitFields },
  ChooseVisit: { from: "client", by: ["room", "handset"], command: true, answer: "Done", fields: ChooseVisitFields },
  DeclineVisit: { from: "client", by: ["room", "handset"], command: true, answer: "Done", fields: DeclineVisitFields },
  ArriveVisit: { from: "client", by: ["calm_space", "handset"], command: true, answer: "Done", fields: ArriveVisitFields },
  ReviewVisit: { from: "client", by: ["calm_space", "handset"], command: true, answer: "Done", fields: ReviewVisitFields },
  ReadyVisit: { from: "client", by: ["calm_space", "handset"], command: true, answer: "Done", fields: ReadyVisitFields },
  ReturnVisit: { from: "client", by: ["calm_space", "handset"], command: true, answer: "Done", fields: ReturnVisitFields },
  WelcomeBack: { from: "client", by: ["room", "handset"], command: true, answer: "Done", fields: WelcomeBackFields },
  ConfirmTest: { from: "client", by: ["room", "calm_space"], command: true, answer: "Done", fields: ConfirmTestFields },
  TestStation: { from: "client", by: ["station"], command: true, answer: "Done", fields: TestStationFields },
  ConfirmStation: { from: "client", by: ["station"], command: true, answer: "Done", fields: ConfirmStationFields },
  NameRunner: { from: "client", by: ["handset", "station", "leader"], command: true, answer: "Done", fields: NameRunnerFields },
  GoLook: { from: "client", by: ["handset"], command: true, answer: "Done", fields: GoLookFields },
  ExcuseDevice: { from: "client", by: ["handset", "leader"], command: true, answer: "Done", fields: ExcuseDeviceFields },
  StartSiteDrill: { from: "client", by: ["handset", "leader"], command: true, answer: "Done", fields: StartSiteDrillFields },
  EndSiteDrill: { from: "client", by: ["handset", "leader"], command: true, answer: "Done", fields: EndSiteDrillFields },
  ListReadiness: { from: "client", by: ["leader", "local"], command: true, answer: "ReadinessReport", fields: ListReadinessFields },
  Enrolled: { from: "hub", by: [], command: false, answer: null, fields: EnrolledFields },
  Waiting: { from: "hub", by: [], command: false, answer: null, fields: WaitingFields },
  AccountKeys: { from: "hub", by: [], command: false, answer: null, fields: AccountKeysFields },
  LeaderSignedIn: { from: "hub", by: [], command: false, answer: null, fields: LeaderSignedInFields },
  LeaderWelcome: { from: "hub", by: [], command: false, answer: null, fields: LeaderWelcomeFields },
  Accounts: { from: "hub", by: [], command: false, answer: null, fields: AccountsFields },
  LeaderInvitation: { from: "hub", by: [], command: false, answer: null, fields: LeaderInvitationFields },
  Welcome: { from: "hub", by: [], command: false, answer: null, fields: WelcomeFields },
  Live: { from: "hub", by: [], command: false, answer: null, fields: LiveFields },
  Done: { from: "hub", by: [], command: false, answer: null, fields: DoneFields },
  Rejected: { from: "hub", by: [], command: false, answer: null, fields: RejectedFields },
  CallChanged: { from: "hub", by: [], command: false, answer: null, fields: CallChangedFields },
  CallGone: { from: "hub", by: [], command: false, answer: null, fields: CallGoneFields },
  PersonChanged: { from: "hub", by: [], command: false, answer: null, fields: PersonChangedFields },
  DeviceChanged: { from: "hub", by: [], command: false, answer: null, fields: DeviceChangedFields },
  Staff: { from: "hub", by: [], command: false, answer: null, fields: StaffFields },
  Children: { from: "hub", by: [], command: false, answer: null, fields: ChildrenFields },
  Places: { from: "hub", by: [], command: false, answer: null, fields: PlacesFields },
  CardShown: { from: "hub", by: [], command: false, answer: null, fields: CardShownFields },
  TalkChanged: { from: "hub", by: [], command: false, answer: null, fields: TalkChangedFields },
  TalkGone: { from: "hub", by: [], command: false, answer: null, fields: TalkGoneFields },
  Cards: { from: "hub", by: [], command: false, answer: null, fields: CardsFields },
  Gaps: { from: "hub", by: [], command: false, answer: null, fields: GapsFields },
  Board: { from: "hub", by: [], command: false, answer: null, fields: BoardFields },
  TimetableState: { from: "hub", by: [], command: false, answer: null, fields: TimetableStateFields },
  MyChildren: { from: "hub", by: [], command: false, answer: null, fields: MyChildrenFields },
  EnrolmentCode: { from: "hub", by: [], command: false, answer: null, fields: EnrolmentCodeFields },
  SpaceChanged: { from: "hub", by: [], command: false, answer: null, fields: SpaceChangedFields },
  VisitChanged: { from: "hub", by: [], command: false, answer: null, fields: VisitChangedFields },
  VisitGone: { from: "hub", by: [], command: false, answer: null, fields: VisitGoneFields },
  Readiness: { from: "hub", by: [], command: false, answer: null, fields: ReadinessFields },
  MyReadiness: { from: "hub", by: [], command: false, answer: null, fields: MyReadinessFields },
  ReadinessReport: { from: "hub", by: [], command: false, answer: null, fields: ReadinessReportFields },
  Devices: { from: "hub", by: [], command: false, answer: null, fields: DevicesFields },
  ImportReport: { from: "hub", by: [], command: false, answer: null, fields: ImportReportFields },
  AddSupply: { from: "client", by: ["local", "handset", "leader"], command: true, answer: "SupplyAdded", fields: AddSupplyFields },
  EndSupply: { from: "client", by: ["local", "handset", "leader"], command: true, answer: "Done", fields: EndSupplyFields },
  ListSupplies: { from: "client", by: ["local", "leader"], command: true, answer: "Supplies", fields: ListSuppliesFields },
  SupplyAdded: { from: "hub", by: [], command: false, answer: null, fields: SupplyAddedFields },
  Supplies: { from: "hub", by: [], command: false, answer: null, fields: SuppliesFields },
  GreetChild: { from: "client", by: ["handset"], command: true, answer: "Done", fields: GreetChildFields },
  MarkNotIn: { from: "client", by: ["handset"], command: true, answer: "Done", fields: MarkNotInFields },
  TakeDoor: { from: "client", by: ["handset"], command: true, answer: "Done", fields: TakeDoorFields },
  LeaveDoor: { from: "client", by: ["handset"], command: true, answer: "Done", fields: LeaveDoorFields },
  KeepCheckin: { from: "client", by: ["handset"], command: true, answer: "Done", fields: KeepCheckinFields },
  MoveCheckin: { from: "client", by: ["handset"], command: true, answer: "Done", fields: MoveCheckinFields },
  PassCheckin: { from: "client", by: ["handset"], command: true, answer: "Done", fields: PassCheckinFields },
  EndCheckin: { from: "client", by: ["handset"], command: true, answer: "Done", fields: EndCheckinFields },
  WriteNote: { from: "client", by: ["handset"], command: true, answer: "Done", fields: WriteNoteFields },
  EndLeftVisit: { from: "client", by: ["handset"], command: true, answer: "Done", fields: EndLeftVisitFields },
  Day: { from: "hub", by: [], command: false, answer: null, fields: DayFields },
  Door: { from: "hub", by: [], command: false, answer: null, fields: DoorFields },
  OpenFollowup: { from: "client", by: ["handset", "leader"], command: true, answer: "Done", fields: OpenFollowupFields },
  ScheduleFollowup: { from: "client", by: ["handset", "leader"], command: true, answer: "Done", fields: ScheduleFollowupFields },
  KeepFollowup: { from: "client", by: ["handset", "leader"], command: true, answer: "Done", fields: KeepFollowupFields },
  NotReadyYet: { from: "client", by: ["handset", "leader"], command: true, answer: "Done", fields: NotReadyYetFields },
  DeclineFollowup: { from: "client", by: ["handset", "leader"], command: true, answer: "Done", fields: DeclineFollowupFields },
  NotNeeded: { from: "client", by: ["handset", "leader"], command: true, answer: "Done", fields: NotNeededFields },
  PassFollowup: { from: "client", by: ["handset", "leader"], command: true, answer: "Done", fields: PassFollowupFields },
  ListOwed: { from: "client", by: ["leader"], command: true, answer: "Owed", fields: ListOwedFields },
  Owed: { from: "hub", by: [], command: false, answer: null, fields: OwedFields },
};

/** Messages that a client may send, and those that the hub may. */
export type ClientMessageType = "Enrol" | "Hello" | "Beat" | "HelloLeader" | "OpenAccount" | "ConfirmAccount" | "SignInLeader" | "Goodbye" | "RaiseCall" | "ChooseChild" | "AddNote" | "WithdrawCall" | "ConfirmWithdraw" | "KeepCall" | "ReportRinging" | "AcceptCall" | "DeclineCall" | "ReportOnWay" | "ArriveCall" | "LookIn" | "AskHelper" | "ConfirmSupport" | "SettleCall" | "MoveCall" | "HandOverCall" | "CloseCall" | "SetPin" | "SignIn" | "SignOut" | "Lock" | "ProveHandset" | "SetAvailability" | "NameSwap" | "ListMyChildren" | "MakeEnrolmentCode" | "RenameDevice" | "RevokeDevice" | "ApproveEnrolment" | "RefuseEnrolment" | "ListAccounts" | "InviteLeader" | "ResetAccount" | "EndLeaderSessions" | "SignOutLeader" | "KeepSession" | "ShowCard" | "HideCard" | "AskTalk" | "AgreeTalk" | "AskSomeoneElse" | "TakeBackTalk" | "RateTalk" | "ReportTalkShown" | "OfferTalk" | "MeetTalk" | "PassTalk" | "HandTalkToDsl" | "TakeTalkPointer" | "MakeCards" | "ListDevices" | "ImportDirectory" | "OpenSpace" | "LeaveSpace" | "SetSpaceUse" | "AskVisit" | "OfferVisit" | "ChooseVisit" | "DeclineVisit" | "ArriveVisit" | "ReviewVisit" | "ReadyVisit" | "ReturnVisit" | "WelcomeBack" | "ConfirmTest" | "TestStation" | "ConfirmStation" | "NameRunner" | "GoLook" | "ExcuseDevice" | "StartSiteDrill" | "EndSiteDrill" | "ListReadiness" | "AddSupply" | "EndSupply" | "ListSupplies" | "GreetChild" | "MarkNotIn" | "TakeDoor" | "LeaveDoor" | "KeepCheckin" | "MoveCheckin" | "PassCheckin" | "EndCheckin" | "WriteNote" | "EndLeftVisit" | "OpenFollowup" | "ScheduleFollowup" | "KeepFollowup" | "NotReadyYet" | "DeclineFollowup" | "NotNeeded" | "PassFollowup" | "ListOwed";
export type HubMessageType = "Beat" | "Goodbye" | "Enrolled" | "Waiting" | "AccountKeys" | "LeaderSignedIn" | "LeaderWelcome" | "Accounts" | "LeaderInvitation" | "Welcome" | "Live" | "Done" | "Rejected" | "CallChanged" | "CallGone" | "PersonChanged" | "DeviceChanged" | "Staff" | "Children" | "Places" | "CardShown" | "TalkChanged" | "TalkGone" | "Cards" | "Gaps" | "Board" | "TimetableState" | "MyChildren" | "EnrolmentCode" | "SpaceChanged" | "VisitChanged" | "VisitGone" | "Readiness" | "MyReadiness" | "ReadinessReport" | "Devices" | "ImportReport" | "SupplyAdded" | "Supplies" | "Day" | "Door" | "Owed";
