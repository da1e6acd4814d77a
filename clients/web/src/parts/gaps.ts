// One line about the children whom nobody can come for: now, or from when on.
import type { GapView } from '../link/wire.ts';
import { clock } from '../words.ts';
import { cover as words } from '../words_cover.ts';

/** Empty when all are covered as far as is seen. The hub sends the soonest first. */
export function gaps_line(gaps: readonly GapView[], hub_now: number): string {
  const first = gaps[0];
  if (!first) return '';
  const now = gaps.filter((gap) => gap.from <= hub_now).length;
  return now > 0 ? words.gap_line(now) : words.gap_soon(gaps.length, clock(Date.now() + first.from - hub_now));
}
