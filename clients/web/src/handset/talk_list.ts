// Which talk times a handset shows first, as a pure function of its cards.
import type { TalkView } from '../link/wire.ts';

/** This adult has something to do now. */
export function waits_for_me(talk: TalkView): boolean {
  return talk.relation === 'dsl' || talk.rung === 'asked' || talk.rung === 'received' || talk.rung === 'missed';
}

/** What is owed first, then what waits, the oldest first; then promises in the order of their times. */
export function talk_times(list: readonly TalkView[]): TalkView[] {
  const rank = (talk: TalkView) => (talk.rung === 'missed' ? 0 : waits_for_me(talk) ? 1 : talk.at !== undefined ? 2 : 3);
  return [...list].sort((a, b) => rank(a) - rank(b) || (a.at ?? a.asked_at) - (b.at ?? b.asked_at) || a.talk - b.talk);
}
