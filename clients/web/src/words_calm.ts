// The words of calm spaces and visits: the tablet at the door, the room's offer and welcome, the handset's visits, the
// station's list. Calm, second person, nobody refuses and nobody is kept waiting in silence.
import type { CallWhy, Company, OutOfUse, SpaceState, VisitStep, WelcomeWord } from './link/wire.ts';
import { names } from './words.ts';

/** No seconds: a visit is not a race. */
export function about_minutes(ms: number): string {
  const min = Math.floor(ms / 60_000);
  if (min < 2) return 'just now';
  if (min < 5) return 'a few minutes';
  if (min < 60) return `about ${Math.round(min / 5) * 5} minutes`;
  return min < 80 ? 'about an hour' : 'more than an hour';
}

export const company: Readonly<Record<Company, string>> = { alone: 'On their own', adult: 'With an adult', peer: 'With a friend' };

/** What the class teacher says, whole. */
export const welcome: Readonly<Record<WelcomeWord, string>> = {
  good_to_see_you: 'Good to see you.',
  start_with_me: 'Good to see you. Let’s start together.',
  fresh_start: 'Good to see you. It’s a fresh start.',
  quiet_place: 'Good to see you. Your quiet place is ready.',
};
export const welcome_order: readonly WelcomeWord[] = ['good_to_see_you', 'start_with_me', 'fresh_start', 'quiet_place'];

export const leave_question = 'Could they leave if they wanted to?';

export const calm = {
  closed: 'Closed just now',
  closed_hint: 'A calm space is open when an adult is here.',
  i_am_here: 'I am here',
  name_is_here: (name: string) => `${name}: I am here`,
  someone_else: 'Someone else is here',
  who_title: 'Who is here?',
  find: 'Find your name',
  back: 'Back',
  away_title: 'Somebody is here without an adult',
  away_calling: 'People are being called. Tap as soon as you are here.',
  away_soon: 'Tap if you are here. If nobody is, people are called in a moment.',
  adults_here: (list: readonly string[]) => `${names(list)} ${list.length > 1 ? 'are' : 'is'} here`,
  places_left: (n: number) => (n === 1 ? 'Room for 1 more' : n > 1 ? `Room for ${n} more` : 'No place left just now'),
  nobody: 'Nobody is here or expected',
  expected_title: 'On the way',
  here_title: 'Here',
  a_child: 'A child',
  from: (place: string) => `from ${place}`,
  with: (name: string) => `with ${name}`,
  with_friend: 'with a friend',
  by: (at: string) => `here by ${at}`,
  not_arrived: 'Not here yet. People are looking.',
  arrived: 'They are here',
  yes: 'Yes',
  no: 'No',
  question_hint: 'Answer for this moment. Both answers are fine to give.',
  settling: (time: string) => (time === 'just now' ? 'Here since just now' : `Here for ${time}`),
  ready: 'Ready to go back',
  ready_title: 'One thing for the teacher to say',
  ready_hint: 'Choose it together, if you like.',
  is_ready: 'Ready to go back',
  set_off: 'Off they go',
  set_off_with: 'I walk with them',
  record: 'A record is open, because they could not leave. You are asked again every few minutes.',
  helps: 'What helps',
  at_door: 'Someone is at the door',
  at_door_title: 'Who is at the door?',
  at_door_other: 'Somebody else',
  step_away: 'I step away',
  step_away_title: 'Somebody is here. Who stays with them?',
  step_away_other: 'Another adult stays',
  step_away_call: 'Nobody can: call someone now',
  stay: 'I stay',
  out_of_use: 'Not in use today',
  in_use: 'In use again',
  put_out: 'Not in use today',
  support: 'Support now',
  mistake_yes: 'All is well here',
  none_known: 'Nobody that this tablet knows of',
  sending: 'Sending…',
  refused: (sentence: string) => sentence,
} as const;

export const reasons: Readonly<Record<OutOfUse, string>> = { being_put_right: 'It is being put right', needed_otherwise: 'It is needed for something else', not_safe: 'It is not safe just now' };

export const breaks = {
  offer: 'Offer a break',
  who: 'Who is the break for?',
  someone: 'Somebody else',
  none_open: 'No calm space is open just now',
  asked: 'A break is wished for',
  asked_yes: 'Offer it',
  offered: (space: string) => `A break in ${space} is offered`,
  would_like: 'They’d like to',
  stays: 'They stay here',
  who_goes: 'Who goes along?',
  steps: {
    asked: () => 'A break is wished for', offered: (space: string) => `A break in ${space} is offered`, chosen: (space: string) => `Going to ${space}`,
    travelling: (space: string) => `On the way to ${space}`, not_arrived: (space: string) => `Not in ${space} yet · people are looking`,
    here: (space: string) => `In ${space}`, ready: (space: string) => `In ${space}, ready to come back soon`,
    returning: (space: string) => `On the way back from ${space}`, not_back: (_space: string) => 'Not back yet · people are looking',
  } satisfies Record<VisitStep, (space: string) => string>,
  came_back: 'They came back',
  welcome_back: 'Welcome back',
  say: 'One thing to say',
  stayed_fine: 'That’s fine. A break can be offered again at any time.',
  back_fine: 'Back together.',
} as const;

export const visits = {
  title: 'My visits',
  own_child: (initials: string) => initials,
  we_are_here: 'We are here',
  back_in_class: 'Back in class',
} as const;

export const spaces = {
  title: 'Calm spaces',
  states: { closed: 'Closed', open: 'Open', full: 'No place left', adult_away: 'No adult with them', out_of_use: 'Not in use' } satisfies Record<SpaceState, string>,
  here: (n: number) => (n === 1 ? '1 here' : `${n} here`),
  coming: (n: number) => (n === 1 ? '1 on the way' : `${n} on the way`),
} as const;

export const whys: Readonly<Record<CallWhy, (from: string) => string>> = {
  pressed: () => '',
  not_arrived: (from) => `A child on the way here${from ? ` from ${from}` : ''} has not arrived. Look along the way.`,
  not_back: (from) => `A child on the way back${from ? ` from ${from}` : ''} has not come. Look along the way.`,
  adult_away: () => 'Somebody is here without an adult.',
  review_overdue: () => 'A question about a visitor here was not answered.',
  break_asked: () => 'A child asked for a break.',
};
