// The words about who is here for whom: the board, the duty lead's gap, and my children.
import type { AvailabilityState, StateSource } from './link/wire.ts';

const children = (n: number) => (n === 1 ? '1 child' : `${n} children`);

export const board = {
  title: 'Who is here',
  title_whom: 'Who is here for whom',
  states: {
    free: 'Free', teaching: 'Teaching', with_child: 'With a child', recovering: 'Resting', on_break: 'On a break',
    unreachable: 'Not reached', signed_out: 'Not signed in', absent: 'Not here today',
  } satisfies Record<AvailabilityState, string>,
  until: (at: string) => (at ? `until ${at}` : ''),
  here_for: 'Here for',
  stands_in: 'standing in',
  more: (n: number) => `and ${n} more`,
  nobody_title: 'Nobody just now',
  nobody_more: (n: number) => `and ${children(n)} more`,
  nobody_hint: 'Whoever leads today has been told.',
  away: 'Not here now',
  empty: 'Nobody is on this board yet. It shows the adults named in the children’s plans.',
  no_school: 'School is not on. This is as it was left.',
  no_timetable: 'There is no timetable yet, so the board can’t tell who should be where.',
  print: 'Print the morning sheet',
  sheet_title: (day: string) => `Who is here for whom, ${day}`,
  sheet_as_of: (at: string) => `As it was at ${at}. The board on the wall is newer.`,
  sheet_columns: ['Adult', 'Where', 'Now', 'Until', 'Here for'],
  sheet_nobody: 'Nobody for',
  known: {
    declared: (ago: string) => `said ${ago}`, timetable: (ago: string) => `by the timetable, read ${ago}`, evidence: (ago: string) => `last known ${ago}`,
  } satisfies Record<StateSource, (ago: string) => string>,
  just_now: 'just now',
  by_word: 'Here, on no handset',
  never_known: 'nothing heard today',
} as const;

export const cover = {
  gap_now: (initials: string) => `Nobody is free for ${initials}`,
  gap_ahead: (initials: string, at: string) => `From ${at} nobody is free for ${initials}`,
  gap_their_adults: (adults: string) => `Their adults: ${adults}.`,
  gap_where: (place: string) => `Due in ${place}.`,
  gap_more: (n: number) => `${n} more after this`,
  gap_line: (n: number) => (n === 1 ? 'A child has nobody just now' : `${children(n)} have nobody just now`),
  gap_go: 'Choose who stands in',
  swap_title: (initials: string) => `Who stands in for ${initials}?`,
  swap_hint: 'Ask them first. It holds until the end of the school day.',
  swap_find: 'Find a name',
  swap_free: 'Free now',
  swap_off: 'On no handset: here by your word',
  swap_done: (name: string, initials: string) => `${name} stands in for ${initials}`,
  swap_nobody: 'Nobody is free just now. Ring the office, or look in yourself.',
  back: 'Back',
  mine: 'My children',
  mine_none: 'No child’s plan names you.',
  mine_no_school: 'School is not on, or there is no timetable: nobody is looked for.',
  mine_me: 'You are here for them',
  mine_by: (name: string) => `${name} is here for them`,
  mine_nobody: 'Nobody just now. Whoever leads has been told.',
  mine_ahead: (at: string) => `Nobody from ${at}. Whoever leads has been told.`,
  mine_named: 'You are their named adult',
  mine_alternate: 'You are one of their adults',
  mine_failed: 'That could not be read just now. Try again.',
  stale: 'The timetable is not up to date',
} as const;
