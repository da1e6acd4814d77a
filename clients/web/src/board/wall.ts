// What the board shows, as pure functions of what the hub has told: who can be found, who can't, and how old that is.
import type { BoardAdult } from '../link/wire.ts';
import { board as words } from '../words_cover.ts';
import { ago, clock } from '../words.ts';

const not_here: readonly BoardAdult['state'][] = ['absent', 'signed_out', 'unreachable'];

export interface Groups { cards: BoardAdult[]; lines: { state: BoardAdult['state']; people: BoardAdult[] }[]; away: BoardAdult[] }

/** A wall shows no more cards than can be read from three metres, and nobody scrolls it. */
export const CARDS_MAX = 15;

/** The hub's order is kept: whoever is here for somebody comes first. With too many for one wall, whoever is busy and is
    nobody's adult just now becomes a name in a line. */
export function groups(adults: readonly BoardAdult[]): Groups {
  const is_here = (one: BoardAdult) => !not_here.includes(one.state) || one.children.length > 0;
  const here = adults.filter(is_here);
  const away = adults.filter((one) => !is_here(one));
  const to_be_found = (one: BoardAdult) => one.state === 'free' || one.children.length > 0;
  if (here.length <= CARDS_MAX) return { cards: here, lines: [], away };
  const busy = here.filter((one) => !to_be_found(one));
  const states = [...new Set(busy.map((one) => one.state))];
  return { cards: here.filter(to_be_found), lines: states.map((state) => ({ state, people: busy.filter((one) => one.state === state) })), away };
}

/** "by the timetable, read at 07:30": what the state rests on, and since when. */
export function known(adult: BoardAdult, hub_now: number, wall_now: number): string {
  if (adult.known_at === 0) return words.never_known;
  const age = Math.max(0, hub_now - adult.known_at);
  // Whole minutes: a wall on which seconds run is not calm.
  return words.known[adult.why](age < 60_000 ? words.just_now : ago(Math.floor(age / 60_000) * 60_000, wall_now - age));
}

/** On no handset, and here all the same by a leader's word. */
export function state_of(adult: BoardAdult): string {
  return adult.swap && not_here.includes(adult.state) ? words.by_word : words.states[adult.state];
}

/** Until when, by the clock on the wall; nothing where nobody knows, or where it is over. */
export function until(adult: BoardAdult, hub_now: number, wall_now: number): string {
  return adult.until === undefined || adult.until <= hub_now ? '' : clock(wall_now + adult.until - hub_now);
}
