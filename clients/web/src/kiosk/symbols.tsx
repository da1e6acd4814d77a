// The kiosk's own drawings: one rounded stroke, one size, the same weight, so that no choice looks louder than another
// from across a corridor. Each says one thing to a child who does not read.
import { type ComponentChildren } from 'preact';

export type SymbolName =
  | 'hello' | 'talk' | 'urgent' | 'adult' | 'someone_else' | 'now' | 'today' | 'soon' | 'card' | 'sending' | 'knows'
  | 'coming' | 'sorry' | 'yes' | 'never_mind' | 'finished' | 'back' | 'good' | 'so_so' | 'place';

const drawings: Readonly<Record<SymbolName, ComponentChildren>> = {
  // A face that smiles, and a wave beside it.
  hello: <><circle cx="25" cy="33" r="18" /><path d="M19 29h.1M31 29h.1M17 38c4 5 12 5 16 0" /><path d="M44 14c4 2 7 5 8 9M41 21c3 1 4 3 5 6M47 6c6 3 10 7 12 13" /></>,
  // Two bubbles: one speaks, one listens.
  talk: <><path d="M10 13h26a5 5 0 0 1 5 5v11a5 5 0 0 1-5 5H23l-8 7v-7h-5a5 5 0 0 1-5-5V18a5 5 0 0 1 5-5z" /><path d="M47 24h3a5 5 0 0 1 5 5v11a5 5 0 0 1-5 5h-3v7l-8-7h-8a5 5 0 0 1-4-2" /><path d="M15 23h.1M23 23h.1M31 23h.1" /></>,
  // A raised hand: here, please, now.
  urgent: <><path d="M22 34V14a3 3 0 0 1 6 0v17M28 30V10a3 3 0 0 1 6 0v20M34 31V13a3 3 0 0 1 6 0v20M40 33V19a3 3 0 0 1 6 0v19c0 9-5 15-13 15-7 0-11-4-13-9l-6-11a3 3 0 0 1 5-3l3 4" /><path d="M12 10v8M8 14h8" /></>,
  adult: <><circle cx="30" cy="20" r="10" /><path d="M10 52c2-11 10-17 20-17s18 6 20 17" /><path d="M26 20h.1M34 20h.1M26 25c2 2 6 2 8 0" /></>,
  someone_else: <><circle cx="22" cy="22" r="8" /><path d="M6 50c1-9 8-15 16-15 4 0 7 1 10 4" /><circle cx="42" cy="20" r="7" stroke-dasharray="4 5" /><path d="M44 36v16M36 44h16" /></>,
  // The sun: straight above, on its way over the day, and tomorrow's behind the hill.
  now: <><circle cx="30" cy="30" r="10" fill="currentColor" /><path d="M30 8v6M30 46v6M8 30h6M46 30h6M14.5 14.5l4 4M41.500 41.500l4 4M45.500 14.500l-4 4M18.500 41.500l-4 4" /></>,
  today: <><path d="M5 48h50" /><path d="M10 41c1-9 6-16 14-19" stroke-dasharray="2 6.5" /><circle cx="41" cy="24" r="8" /><path d="M41 8v3M41 37v3M25 24h3M54 24h3M29.700 12.700l2 2M50.300 33.300l2 2M52.300 12.700l-2 2M31.700 33.300l-2 2" /></>,
  soon: <><path d="M6 44h48" /><path d="M19 44a11 11 0 0 1 22 0" /><path d="M30 22v5M14 29l3 4M46 29l-3 4" /><path d="M22 52h.1M30 52h.1M38 52h.1" /></>,
  card: <><rect x="8" y="16" width="44" height="30" rx="5" /><rect x="14" y="22" width="18" height="18" rx="2" /><path d="M20 28h.1M26 28h.1M20 34h.1M26 34h.1M38 26h7M38 35h5" /></>,
  sending: <><path d="M7 30 52 10 40 50 28 35z" /><path d="M28 35 52 10" /></>,
  // An open eye and a tick: seen.
  knows: <><path d="M5 21c7-9 14-13 25-13s18 4 25 13c-7 9-14 13-25 13S12 30 5 21z" /><circle cx="30" cy="21" r="6" /><path d="M20 46l8 8 14-13" /></>,
  coming: <><circle cx="27" cy="12" r="6" /><path d="M27 20v14M27 25l10 5M27 25l-9 6M27 34l8 8v10M27 34l-6 9-7 4" /><path d="M45 18l7 6-7 6" /></>,
  sorry: <><circle cx="30" cy="30" r="21" /><path d="M23 26h.1M37 26h.1M22 41c5-5 11-5 16 0" /></>,
  yes: <path d="M12 32l12 12 24-28" />,
  never_mind: <><path d="M14 22h24a10 10 0 0 1 0 20H24" /><path d="M22 13l-9 9 9 9" /></>,
  finished: <><rect x="12" y="8" width="26" height="44" rx="4" /><path d="M24 30h28M44 22l8 8-8 8" /></>,
  back: <path d="M36 12 18 30l18 18" />,
  good: <><circle cx="30" cy="30" r="21" /><path d="M23 25h.1M37 25h.1M20 35c5 7 15 7 20 0" /></>,
  so_so: <><circle cx="30" cy="30" r="21" /><path d="M23 26h.1M37 26h.1M22 39h16" /></>,
  place: <><path d="M30 54S12 37 12 24a18 18 0 0 1 36 0c0 13-18 30-18 30z" /><circle cx="30" cy="24" r="6" /></>,
};

export function Picture({ name, size = '100%' }: { name: SymbolName; size?: string }) {
  return (
    <svg class="picture" width={size} height={size} viewBox="0 0 60 60" fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  );
}

/** A clock as it hangs on a wall, showing that time. */
export function ClockFace({ wall }: { wall: number }) {
  const time = new Date(wall);
  const minutes = time.getMinutes();
  const hand = (turn: number, length: number) => ({ x2: 30 + length * Math.sin(turn * 2 * Math.PI), y2: 30 - length * Math.cos(turn * 2 * Math.PI) });
  return (
    <svg class="picture" viewBox="0 0 60 60" fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round" aria-hidden="true" focusable="false">
      <circle cx="30" cy="30" r="24" />
      <path d="M30 9v3M51 30h-3M30 51v-3M9 30h3" />
      <line x1="30" y1="30" {...hand((time.getHours() % 12 + minutes / 60) / 12, 11)} stroke-width="4.4" />
      <line x1="30" y1="30" {...hand(minutes / 60, 17)} />
    </svg>
  );
}

/** An adult without a picture: initials on a disc of their own colour and shape of edge. */
export function Disc({ name, tint, away = false }: { name: string; tint: number; away?: boolean }) {
  return <span class={`disc tint-${tint % 5}${away ? ' away' : ''}`} aria-hidden="true">{name.slice(0, 2)}</span>;
}
