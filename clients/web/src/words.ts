// Every word that Attune's pages show, in one place. Second person, no blame, sentence case, numbers with units.
// Only words of the product: a support call, never an alarm; withdrawn, never false.
import type { AvailabilityState, CallNote, CallRung, DeviceHealth, Fault, Need } from './link/wire.ts';

export const levels = { 1: 'Support please', 2: 'Support now', 3: 'Everyone available' } as const;
export function level_name(level: number): string {
  return level >= 3 ? levels[3] : level === 2 ? levels[2] : levels[1];
}

// ---- times

/** 40 s, 2 min 10 s, 1 h 5 min. */
export function duration(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 600) return s % 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s / 60} min`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  const min = Math.floor(s / 60) % 60;
  return min ? `${Math.floor(s / 3600)} h ${min} min` : `${Math.floor(s / 3600)} h`;
}
export function clock(wall: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hour12: false }).format(wall);
}
export function day(wall: number): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(wall);
}
/** Relative while fresh, absolute when old. */
export function ago(ms: number, wall: number): string {
  return ms < 600_000 ? `${duration(ms)} ago` : `at ${clock(wall)}`;
}
export function names(list: readonly string[], most = 3, more = 0): string {
  if (list.length === 0) return '';
  const shown = list.slice(0, most);
  const rest = list.length - shown.length + more;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]!}`;
}

// ---- the connection, on every page

export const link = {
  connected: 'Connected',
  connecting: 'Connecting…',
  lost_since: (at: string) => `Cannot reach the hub since ${at}`,
  never_reached: 'Cannot reach the hub',
  age: (ms: number) => `What you see is ${duration(ms)} old`,
  live: (ms: number) => (ms < 1500 ? 'live, checked just now' : `live, checked ${duration(ms)} ago`),
  not_recorded_title: 'The hub cannot write to its disk',
  not_recorded: 'Calls still ring. They are not recorded until the disk is back.',
  behind: 'The hub holds less than this page had seen. Tell the person who looks after it.',
  forgetful: 'This browser keeps nothing. A press that is not through would be lost if the page closed.',
  replaced_title: 'Open in another window',
  replaced: 'This device is in use in another window, and only one can speak for it.',
  take_over: 'Use it here instead',
  needs_code_title: 'One link to begin',
  needs_code: 'This device is not set up yet. Open the link, or scan the square, that you were given. Or type its code here.',
  code_label: 'Code, ten letters and digits',
  code_go: 'Set up this device',
  refused_title: 'Ask for a new link',
  used_link: 'This link has been used, or is older than ten minutes. Nothing is wrong with your device.',
  unknown_device: 'The hub does not know this device, or no longer. A new link puts that right.',
  enrolling: 'Setting up…',
  not_approved: 'This device was not let in: a second person said no, or nobody approved it in time. Ask whoever gave you the link for a new one, and who will approve it.',
  approval: {
    room: 'This room cannot ask for support yet.', handset: 'This handset cannot take calls yet.', station: 'This station cannot take calls yet.', calm_space: 'This calm space cannot be opened here yet.', board: 'This board cannot show anything yet.',
  } as Readonly<Record<string, string>>,
  approval_any: 'This device cannot be used yet.',
  approval_ask: (until: string, ms: number) => (ms > 0
    ? `A second person lets it in: a leader who is signed in, and who did not make the link. It waits until ${until}.`
    : 'Nobody has let it in yet, and its time is over.'),
  approval_meanwhile: 'Do you need help now?',
  approval_goes_on: 'Leave this page open. It goes on by itself.',
  approval_said: 'Waiting for a second person to let this device in',
} as const;

// ---- the room

export const room = {
  page_title: (label: string) => label || 'Room',
  controls: 'Ask for support',
  hold: 'hold',
  hold_hint: 'Hold for a moment',
  hold_again: 'Press once more to call everyone available',
  sending: 'Sending…',
  not_through: 'Not through yet. Still trying',
  kept: 'It is kept, and is sent as soon as the hub can be reached.',
  otherwise: 'Another way to get help:',
  received: 'Received',
  ringing: (n: number) => `Received · ringing ${n}`,
  sent_to_handsets: 'Going out to handsets',
  ringing_only: (n: number) => `Ringing ${n}`,
  not_delivered: 'No handset can be reached yet',
  sent: (name: string) => `The office is sending ${name}`,
  no_word: (name: string) => `No word from ${name} yet · asking others`,
  not_after_all: (name: string) => `Not ${name} after all.`,
  others_asked: 'Others are being asked.',
  office_asked: 'The office has been asked too.',
  asked_for: (time: string) => `Asking for ${time} so far.`,
  last_known: (at: string, line: string) => `Last known${at ? `, at ${at}` : ''}: ${line}`,
  coming: (name: string) => `${name} is coming`,
  coming_more: (name: string, helpers: readonly string[]) => `${name} is coming, ${names(helpers)} too`,
  late: (name: string) => `${name} is running late · asking others`,
  here: (name: string) => `${name} is here`,
  someone_here: 'Someone is here',
  settled: 'Settled',
  moved: (place: string) => `Together in ${place}`,
  handed_over: (name: string) => (name ? `${name} has it from here` : 'In good hands'),
  closed: 'Closed. Thank you for asking.',
  withdrawn: 'All well. Thank you for saying so.',
  taken_back: 'Taken back. Nothing was sent.',
  not_recorded: 'not recorded yet',
  drill: 'Drill',
  never_mind: 'Never mind',
  someone_arrived: 'Someone is here',
  mistake_title: 'Raised by mistake? That’s fine.',
  mistake_yes: 'Yes, all is well here',
  mistake_no: 'We still need someone',
  withdrawing: 'You said never mind. Someone may still look in.',
  more: 'Add a note',
  for_whom: 'Who is it for?',
  notes_title: 'If it helps, say more. You need not.',
  children_title: 'Who is it for?',
  noted: 'Passed on',
  passed_on: '✓ Passed on who it is for',
  done: 'Done',
  helps: 'What helps',
  help_title: 'About this page',
  help_open: 'Help',
  help_close: 'Close',
  help_lines: [
    'Support please brings your team within minutes. Support now brings the nearest adult. Everyone available wants a short hold, and brings all who can come.',
    'One press is enough. There is no question to answer first, and never mind costs nothing.',
    'This page makes no sound, never flashes and never shows a name of a child.',
  ],
  keys_title: 'By keyboard',
  keys: [
    ['Ctrl + Alt + 1', 'Support please'],
    ['Ctrl + Alt + 2', 'Support now'],
    ['Ctrl + Alt + Shift + 3', 'Everyone available'],
    ['Ctrl + Alt + 0', 'Never mind'],
    ['Ctrl + Alt + 9', 'Someone is here'],
  ],
  discreet: 'Discreet: show only the dot',
  shapes_title: 'What the dot says',
  shapes: [
    ['rest', 'connected'], ['lost', 'cannot reach the hub'], ['sending', 'sending, or not through yet'], ['received', 'received'],
    ['ringing', 'ringing'], ['coming', 'someone is coming'], ['here', 'someone is here'], ['trouble', 'nobody reached yet: get help another way'],
  ],
  lost: 'You can still press: it is kept, and sent as soon as possible.',
  dot: (what: string) => `Support: ${what}. Show the controls`,
} as const;

export const notes: Readonly<Record<CallNote, string>> = {
  medical: 'Medical', two_adults: 'Two adults please', has_left_room: 'Has left the room',
};

// ---- the handset

export const handset = {
  who_title: 'Who has this handset?',
  who_hint: 'Choose your name, then give your PIN.',
  find: 'Find your name',
  no_one: 'No one by that name.',
  no_pin_yet: 'no PIN yet',
  hello: (name: string) => `Hello ${name}`,
  not_me: 'Someone else has this handset today',
  choose_pin: 'Choose a PIN',
  choose_pin_hint: '4 to 12 digits. It keeps what is about children to you.',
  repeat_pin: 'The same PIN once more',
  pin_differs: 'Those were not the same. Choose it again.',
  give_pin: 'Your PIN',
  pin_no_pin: 'You have no PIN yet. Ask for a link made for you, and choose one on the handset that you open it with.',
  pin_wait: (ms: number) => `Wait ${duration(ms)}, then try again.`,
  pin_wrong: 'That PIN is not right. Try again.',
  pin_done: 'Carry on',
  digits: (n: number) => (n === 1 ? '1 digit' : `${n} digits`),
  digit_delete: 'Delete the last digit',
  back: 'Back',
  duty_title: 'Start duty',
  duty_hint: 'One tap plays the tone, vibrates, and keeps the screen awake.',
  duty_go: 'Start duty',
  duty_carry_on: 'Carry on with duty',
  duty_asked: 'Did you hear it?',
  duty_heard: 'Yes, I heard it',
  duty_not_heard: 'No, I did not',
  duty_again: 'Play it once more',
  duty_fix: 'Turn the volume up, switch silent mode off, then play it again. Until you hear it, calls go to others first.',
  duty_no_sound: 'This handset did not let the page sound. Check its volume and silent mode, then play it again.',
  battery: (percent: number, charging: boolean) => `Battery ${percent} %${charging ? ', charging' : ''}`,
  battery_unknown: 'Battery not known',
  awake: 'Screen stays awake',
  not_awake: 'The screen may sleep: keep it in front of you',
  sound_on: 'Sound on',
  sound_off: 'Sound is off',
  sound_off_tap: 'Sound is off. Tap here so that calls can be heard.',
  no_calls: 'No open calls',
  no_calls_known: 'No calls that this handset knows of',
  no_calls_for_you: 'No call waits for you',
  declined_above: 'You said you can’t. That’s fine.',
  others_above: 'What goes on elsewhere is above.',
  states: {
    signed_out: 'Signed out', free: 'Free', with_child: 'With a child', on_break: 'On a break', recovering: 'Recovering', unreachable: 'Unreachable',
    teaching: 'Teaching', absent: 'Absent by the timetable',
  } satisfies Record<AvailabilityState, string>,
  state_going: 'Going to a call',
  state_no_duty: 'Duty not started',
  no_duty_hint: 'Calls go to others first, until you start duty.',
  state_until: (state: string, at: string) => `${state} until ${at}`,
  unreachable_hint: 'Calls go to others first, until this handset can sound again.',
  sheet_title: 'You are…',
  free: 'Free',
  with_child: 'With a child',
  break_for: 'On a break',
  break_minutes: (n: number) => `${n} min`,
  ready_again: 'I’m ready again',
  lock: 'Lock',
  unlock: 'Unlock',
  locked: 'Locked. Calls still ring; what helps is hidden.',
  sign_out: 'Sign out',
  ask_support: 'Ask for support',
  ask_where: 'Where is it?',
  ask_what: 'What is needed?',
  ask_locked: 'Unlock this handset first.',
  ask_find: 'Find a place',
  close: 'Close',
  called: 'Your call',
  others: (list: readonly string[], more: number) => `Also asked: ${names(list, 3, more)}`,
  only_you: 'Nobody else is being asked now',
  going_already: (owner: string) => `${owner} is going`,
  sent_already: (owner: string) => `${owner} has been asked to go`,
  with_you: (list: readonly string[]) => `${names(list)} ${list.length > 1 ? 'come' : 'comes'} too`,
  about_call: 'About this call',
  helps: 'What helps',
  coming: 'I’m coming',
  coming_too: 'I’m coming too',
  cannot_after_all: 'I can’t after all',
  sending: 'Sending…',
  cannot: 'I can’t',
  come_after_all: 'I can come after all',
  come_unasked: 'I’ll go',
  nobody_yet: 'Nobody goes yet. Others are asked; you were not.',
  goes: (owner: string) => `${owner} goes`,
  has_it: (owner: string) => `${owner} has it`,
  declined: 'You said you can’t. That’s fine: others are asked.',
  on_my_way: 'I’m on my way',
  here: 'I’m here',
  going: 'You are going',
  going_now: 'You are on your way',
  going_too: (owner: string) => `${owner} goes, and you too`,
  helping: (owner: string) => `${owner} has it, and you help`,
  late: 'The room is still waiting. Others are asked too.',
  at_door: 'You are with them',
  still_there: 'Still with them?',
  still_there_yes: 'Yes, still with them',
  settled: 'Settled',
  need_adult: 'Another adult',
  need_adult_asked: 'Another adult is asked for',
  moved: 'To a calm space',
  hand_over: 'Hand over',
  moved_where: 'Where did you go together?',
  hand_to: 'Who has it from here?',
  no_spaces: 'No calm space is set up.',
  never_mind_title: 'The room says: never mind',
  never_mind: 'Please look in all the same, unless the room confirms that all is well.',
  looked_in: 'I looked in, all is well',
  helped_title: 'What helped?',
  needs_title: 'What might this have been telling us?',
  next: 'Next',
  finish: 'Done',
  finish_without: 'Done for now',
  finish_title: 'Thank you',
  finish_hint: 'This closes the call. The rest can wait.',
  raised_ringing: (n: number) => (n > 0 ? `You asked for support. Ringing ${n}` : 'You asked for support. Received'),
  raised_sent: (name: string) => `You asked for support. The office is sending ${name}`,
  raised_coming: (name: string) => `You asked for support. ${name} is coming`,
  raised_undelivered: 'You asked for support. No handset can be reached yet: use the telephone',
  taken_by: (name: string) => `${name} has it. Thank you.`,
  gone_withdrawn: 'Withdrawn by the room. All is well.',
  gone_closed: 'Closed. Thank you.',
  gone_other: 'This call no longer needs you.',
  not_sent: 'Not through yet. Still trying',
  more_calls: (n: number) => (n === 1 ? '1 more call' : `${n} more calls`),
  drill: 'Drill',
  drill_hint: 'This is practice. No child is waiting.',
  not_recorded: 'Not recorded yet: the hub’s disk is failing',
  hush: 'I know. Stop the sound',
  station_sent: 'The station asked you to go',
  new_call: (level: string, place: string, drill: boolean) => `${drill ? 'Drill. ' : ''}${level}, ${place}`,
} as const;

export const note_for_responder: Readonly<Record<CallNote, string>> = {
  medical: 'Medical', two_adults: 'Two adults', has_left_room: 'Has left the room',
};

export const needs: Readonly<Record<Need, string>> = {
  too_loud: 'Too loud', too_hard: 'Too hard', hungry_or_tired: 'Hungry or tired', worried: 'Worried', friendship: 'Friendship',
  change_of_plan: 'A change of plan', not_heard: 'Not heard', unwell: 'Unwell', not_sure: 'Not sure',
};

// ---- the station

export const station = {
  title: 'Station',
  no_calls: 'No open calls',
  more: (n: number) => (n === 1 ? 'and 1 more open call' : `and ${n} more open calls`),
  sound_off_title: 'This station cannot sound yet',
  sound_off: 'A browser stays silent until it is tapped once. Until then nobody hears the last call for help here.',
  sound_on: 'Turn the sound on',
  quiet_devices: 'Quiet devices',
  quiet_none: 'All devices answer',
  quiet_more: (n: number) => `and ${n} more`,
  have_it: 'I have it',
  send_another: 'Send someone else',
  cannot_come: 'can’t come',
  no_handset: 'no handset',
  based_here: 'here',
  who_goes_to: (place: string) => `Who is going to ${place}?`,
  find: 'Find a name',
  back: 'Back',
  asked: (list: readonly string[], more: number) => `Asked: ${names(list, 4, more)}`,
  needs_you: 'Nobody has taken this call',
  drill_needs_you: 'Drill: nobody has taken this call',
  roster: 'Adults',
  roster_none: 'Nobody is on duty',
  free: 'Free',
  busy: 'Going, or with a child',
  rest: 'On a break',
  unreachable: 'Unreachable',
  recovering: 'Recovering',
  teaching: 'Teaching',
  hub_lost: 'Use the telephone until the hub is back.',
  hush: 'I know. Stop the sound',
  withdrawing: 'The room says never mind. Someone looks in.',
  not_recorded: 'not recorded yet',
  drill: 'Drill',
  sending: 'Sending…',
  no_calls_known: 'No calls that this station knows of',
  quiet_unknown: 'Not known while the hub is lost',
  unopened: (n: number) => (n === 1 ? '1 device has not been opened yet' : `${n} devices have not been opened yet`),
  received: 'Received',
  ringing: (n: number) => `Ringing ${n}`,
  sent: (name: string) => `${name} has been asked to go`,
  no_word: (name: string) => `No word from ${name} yet`,
  late: (name: string) => `${name} is running late`,
  with_helpers: (list: readonly string[]) => `with ${names(list)}`,
  helper_wanted: 'Another adult is asked for',
  drill_hint: 'Practice: no child is waiting',
} as const;

export const rungs: Readonly<Record<CallRung, string>> = {
  received: 'Received', ringing: 'Ringing', not_delivered: 'No handset reached', coming: 'Coming', here: 'Here', settled: 'Settled',
  closed: 'Closed', withdrawn: 'Withdrawn',
};

export const healths: Readonly<Record<DeviceHealth | 'watch' | 'no_button', string>> = {
  never_seen: 'Not opened yet', healthy: 'Answers', degraded: 'Could not ring', watch: 'Keep an eye on it', no_button: 'Cannot be pressed', silent: 'Silent', revoked: 'Retired',
};
export const faults: Readonly<Record<Fault, string>> = {
  hidden: 'page not in front', sound_locked: 'sound is off', screen_may_sleep: 'screen may sleep', battery_low: 'battery low', not_proven: 'duty not started', no_button: 'its button is unplugged',
};
export const kinds: Readonly<Record<string, string>> = { room: 'Room', handset: 'Handset', station: 'Station', calm_space: 'Calm space', kiosk: 'Kiosk', board: 'Board' };

// ---- the first look

export const look = {
  title: 'A first look at Attune',
  example: 'This is the example school. Every name in it is invented, and nothing here reaches a real person.',
  room: 'Press Support now, and watch what the teacher is told at every step.',
  handset: 'Choose a PIN and start duty. Then take the call when it sounds.',
  station: 'Turn its sound on. If nobody takes a call, or all say that they can’t, it comes here.',
  room_name: 'The classroom',
  handset_name: 'A handset',
  station_name: 'The station in the office',
} as const;

export const nav = {
  main: 'Main', status: 'Status',
} as const;
