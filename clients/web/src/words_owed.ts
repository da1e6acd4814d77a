// The words of what is owed after a call. A promise is kept, put off or passed on; nobody is behind, and nothing here blames.
import { clock, day } from './words.ts';
import type { Alternative, Changes, Channel, FollowupKind, FollowupView, Mended, NotNeededWhy, NotReadyWho } from './link/wire.ts';

const who = (one: FollowupView) => one.initials ?? 'the child';
const titles: Record<FollowupKind, (one: FollowupView) => string> = {
  child_repair: (one) => `Put it right with ${who(one)}`,
  adult_repair: (one) => (one.relation === 'with' ? `${one.owner ?? 'An adult'} wants to put it right with ${who(one)}` : `My own repair with ${who(one)}`),
  class_reset: () => 'A word with the class',
  outcome_told: (one) => `Tell ${one.place_name} how it went, and say thank you`,
  parent_contact: (one) => `Tell a parent of ${who(one)} (${one.parent} of 2)`,
  staff_debrief: (one) => (one.relation === 'with' ? 'A talk about it, if you would like one' : `Offer ${one.with ?? `the adult of ${one.place_name}`} a talk about it`),
  plan_review: (one) => `Look at ${who(one)}’s plan again`,
  preventive_change: () => 'One change, so that it need not happen again',
  agency_contact: (one) => `Tell the agency about ${who(one)}`,
  learning_review: () => 'What can we learn from it?',
  repair_cover: (one) => `Take ${one.with ?? 'a colleague'}’s class for a repair`,
};

export const owed = {
  title: 'What we owe',
  open: (n: number, late: number) => (n === 0 ? 'What we owe' : late > 0 ? `What we owe · ${n}, ${late} late` : `What we owe · ${n}`),
  none: 'Nothing is owed. Every promise was kept.',
  hint: 'Promises made after a call, the oldest first. What is said in a conversation is never asked here.',
  more: (n: number) => `and ${n} more`,
  name: (one: FollowupView) => titles[one.kind](one),
  about: (place: string, at: number, today: boolean) => (today ? `${place}, today at ${clock(at)}` : `${place}, ${day(at)} at ${clock(at)}`),
  by: (at: number, today: boolean) => (today ? `Owed by ${clock(at)}` : `Owed by ${day(at)}`),
  late: (at: number, today: boolean) => (today ? `Was owed by ${clock(at)}` : `Was owed by ${day(at)}`),
  meet: (at: number, today: boolean) => (today ? `Promised for ${clock(at)}` : `Promised for ${day(at)} at ${clock(at)}`),
  waiting: 'Somebody is not ready yet. It waits, and is not late.',
  offered: (what: string) => `They said no for now, and were offered ${what}.`,
  unneeded: (why: string) => `${why}: a second person has to agree.`,
  unneeded_mine: 'You said that it is not needed. Somebody else has to agree.',
  whose: (name: string | undefined) => (name === undefined ? 'With whoever leads' : `With ${name}`),
  keep: { child_repair: 'We talked', adult_repair: 'We talked', class_reset: 'Done', outcome_told: 'I told them', parent_contact: 'I reached them', staff_debrief: 'We talked', plan_review: 'Done', preventive_change: 'Done', agency_contact: 'Done', learning_review: 'Done', repair_cover: 'Done' } satisfies Record<FollowupKind, string>,
  agree: 'I agree, it is not needed',
  time: 'Say a time',
  not_ready: 'Not ready yet',
  declined: 'They would rather not',
  respected: 'They still would rather not',
  unneeded_open: 'Not needed',
  pass: 'Pass it on',
  more_open: 'Something else',
  back: 'Back',
  refused: 'That did not go through. Look at it once more.',
  time_title: 'When?',
  in_minutes: (minutes: number, at: number) => (minutes === 0 ? 'Now' : `${clock(at)}, in ${minutes < 60 ? `${minutes} min` : `${minutes / 60} h`}`),
  on_day: (at: number) => `${day(at)}, ${clock(at)}`,
  who_title: 'Who is not ready yet?',
  ask_title: 'When may we ask again?',
  offer_title: 'What did you offer instead?',
  unneeded_title: 'Why is it not needed?',
  conflict_title: 'Is it settled between you?',
  harm_title: 'Is the hurt put right?',
  change_title: 'What will be different?',
  channel_title: 'How did you reach them?',
  to_lead: 'To whoever leads',
} as const;

export const mended: Record<Exclude<Mended, 'not_said'>, string> = { yes: 'Yes', partly: 'Partly', not_yet: 'Not yet' };
export const changes: Record<Exclude<Changes, 'not_said'>, string> = { nothing_new: 'Nothing new', plan: 'The plan', place: 'The place', routine: 'A routine', lesson: 'A lesson', adults: 'Which adults' };
export const channels: Record<Exclude<Channel, 'not_said'>, string> = { in_person: 'In person', telephone: 'By telephone', message: 'By message', letter: 'By letter' };
export const not_ready: Record<NotReadyWho, string> = { child: 'The child', adult: 'The adult' };
export const alternatives: Record<Alternative, string> = { another_adult: 'another adult', another_time: 'another time', in_symbols: 'symbols instead of words', side_by_side: 'doing something side by side', in_writing: 'writing or drawing it' };
export const unneeded: Record<NotNeededWhy, string> = { done_already: 'It was done already', nobody_to_tell: 'There is nobody to tell', told_by_others: 'Others have told them', not_for_this: 'Not for this' };
