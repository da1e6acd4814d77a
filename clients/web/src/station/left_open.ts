// A visit that school's end has left open: one soft note, as often as the hub says and no more, and never over a call.
import { useEffect, useRef } from 'preact/hooks';
import type { Link } from '../link/link.ts';
import { use_link } from '../parts/hooks.ts';
import { figures } from '../sound/figures.ts';
import type { Player } from '../sound/player.ts';

export function useLeftOpenNote(link: Link, player: Player, calls_ring: boolean): void {
  const sounded = useRef(new Set<string>());
  const { held } = use_link(link);
  useEffect(() => {
    for (const { view: visit } of held.visits.values()) {
      const key = `${visit.visit}/${visit.reminders}`;
      if (!visit.left_open || sounded.current.has(key) || calls_ring || !player.unlocked) continue;
      sounded.current.add(key);
      void player.play(figures.talk);
    }
  });
}
