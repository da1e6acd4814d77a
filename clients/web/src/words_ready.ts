// The words of readiness and of drills: the test of the day, what is not ready and who looks, practising, and the card for
// whoever is here for the first time. A drill says so in words, everywhere; nobody is blamed for a device that is not ready.
import type { Excuse, NotReadyWhy, Practice, ReadyItem } from './link/wire.ts';
import { names } from './words.ts';

/** What stands before every line of a drill. */
export const practices: Readonly<Record<Practice, string>> = { drill: 'Drill', personal: 'Drill', site: 'Drill', test: 'Test' };
export function practice_word(practice: Practice | undefined): string { return practices[practice ?? 'drill']; }

const ordinary: Readonly<Record<NotReadyWhy, string>> = { untested: 'not tested yet today', not_through: 'its test did not come through', silent: 'has fallen silent' };
export function why_not(item: ReadyItem): string {
  return item.kind === 'handset' && item.why === 'untested' ? 'its tone has not been heard today' : ordinary[item.why];
}

export const excuses: Readonly<Record<Excuse, string>> = { not_used_today: 'Not used today', being_repaired: 'It is being put right', replaced: 'Another one does its work' };
export const excuse_order: readonly Excuse[] = ['not_used_today', 'being_repaired', 'replaced'];

export const test = {
  begin: 'Test of the day',
  again: 'Test once more',
  hint: 'Nobody comes: the office hears a short tone, and this page says when it did.',
  going: 'Test on its way',
  proven: (at: string) => `Tested ${at}`,
  failed: 'The test did not come through. Somebody looks in; until then use the telephone.',
  came_back: 'Tested. It sounded, and the answer came back here.',
  over: 'The drill is over. Thank you.',
  gave_way: 'The drill has ended: people are needed elsewhere.',
  drill_title: 'Drill: the whole school practises',
  drill_go: 'Drill: press once here',
  drill_done: 'Drill: this room has pressed. Thank you.',
  practise: 'Practise with one adult',
  practise_hint: 'Two minutes, marked as a drill everywhere. A real press ends it at once.',
} as const;

export const station_ready = {
  title: 'Ready for the day',
  all: (n: number) => `All ${n} are ready`,
  some: (ready: number, total: number) => `${ready} of ${total} are ready`,
  unknown: 'Not known while the hub is lost',
  list_at: (at: string) => `What is not ready is listed at ${at}`,
  no_school: 'No list today',
  nobody: 'Nobody is named yet',
  asked: (name: string) => `${name} is asked to look`,
  goes: (name: string) => `${name} goes and looks`,
  late: 'still not ready',
  more: (n: number) => `and ${n} more`,
  let_be: (n: number) => `${n} let be for today`,
  name_one: 'Name somebody',
  name_other: 'Name somebody else',
  who: (label: string) => `Who looks at ${label}?`,
  find: 'Find a name',
  back: 'Back',
  self: 'Test this station',
  self_again: 'Test once more',
  self_sounds: 'Did you hear it?',
  self_heard: 'Yes, I heard it',
  self_not: 'No',
  self_failed: 'Turn the volume up, then test once more.',
  self_proven: (at: string) => `This station was heard at ${at}`,
  testing: 'A room is testing. Nothing to do.',
  drill: (pressed: number, rooms: number) => `Drill: the whole school practises. ${pressed} of ${rooms} rooms have pressed.`,
  drill_waiting: (list: readonly string[], n: number) => `Not yet: ${names(list, 8, n)}`,
} as const;

export const runner = {
  title: (label: string) => `Please look at ${label}`,
  title_own: 'Please test this handset',
  why: (why: string) => `${why[0]!.toUpperCase()}${why.slice(1)}.`,
  own_hint: 'One tap plays the tone. Say whether you heard it.',
  own_go: 'Play the tone',
  how: 'Press Test of the day on its page. It leaves this list by itself once it came through.',
  how_handset: 'Let its adult start duty on it, and hear the tone.',
  how_station: 'Press Test this station, and say that you heard it.',
  go: 'I’ll look',
  going: 'You are looking',
  let_be: 'Let it be for today',
  let_be_why: 'Why may it stay untested today?',
  back: 'Back',
  more: (n: number) => (n === 1 ? '1 more after this' : `${n} more after this`),
  line: (n: number) => (n === 1 ? 'Not ready: 1 device' : `Not ready: ${n} devices`),
  page: 'Ready for the day',
  page_open: 'Ready for the day',
  take: 'I’ll look',
  name: 'Name someone',
  let_be_short: 'Let it be',
  drill_start: 'Start a drill for every room',
  drill_hint: 'Every room is asked to press once. It ends by itself, and at once when somebody needs help.',
  drill_end: 'End the drill',
  practise: 'Practise here, two minutes',
} as const;

export const ready_page = {
  tab: 'Ready',
  title: (missing: number) => (missing === 0 ? 'Everything is ready' : missing === 1 ? '1 device is not ready' : `${missing} devices are not ready`),
  before: (at: string) => `What is not ready is listed at ${at}, and somebody is asked to look.`,
  never_title: 'Where nobody has pressed yet',
  never_hint: 'Not once, drills included. A minute of practice makes the first real press easy.',
  never_none: 'In every room support has been pressed at least once, in a drill or in earnest.',
  never_people: 'Who has not pressed on a handset yet',
  never_people_none: 'Everybody who has a handset has pressed on it at least once.',
  refresh: 'Look again',
  drill_on: (pressed: number, rooms: number) => `Drill: ${pressed} of ${rooms} rooms have pressed`,
  drill_started: 'The drill has begun. Every room is asked to press once.',
  drill_ended: 'The drill has ended.',
} as const;

/** For whoever is here for the first time: read in sixty seconds, on this page or on paper. */
export const card = {
  open: 'New here? The 60-second card',
  title: (room: string) => `If you need somebody in ${room}`,
  lead: 'One press is enough. Nobody minds, and nobody counts.',
  press_title: 'What to press',
  press: [
    ['Support please', 'a child would be better with another adult. Somebody comes within minutes.'],
    ['Support now', 'it is getting unsafe. The nearest adult comes at once.'],
    ['Everyone available', 'hold it for a moment. All who can come do.'],
  ],
  then_title: 'What happens',
  then: [
    'The page says Received, then who is coming, then that they are here. It makes no sound and shows no name of a child.',
    'Stay with the class. Whoever comes knows the way and what helps.',
    'Pressed by mistake? Never mind is always there, and costs nothing.',
  ],
  who_title: 'Who comes',
  who: 'An adult whom the children here know, if one is free; else whoever is near. If nobody answers, the office hears it until somebody goes.',
  else_title: 'If the page says that nothing gets through',
  telephone: (extension: string) => `Ring ${extension}.`,
  keys: 'On the keyboard: Ctrl + Alt + 1, Ctrl + Alt + 2, Ctrl + Alt + Shift + 3.',
  practise: 'Try it now: in Help, Practise with one adult takes two minutes and bothers nobody else.',
  print: 'Print this card',
  close: 'Close',
} as const;
