// Shapes that carry meaning without colour: the dot of the connection and of a call, and the bars of a level.
import { levels } from '../words.ts';

export type DotShape = 'rest' | 'lost' | 'sending' | 'received' | 'ringing' | 'coming' | 'here' | 'trouble';

/** One shape for each thing that can be true of a call, readable from the back of a room and by colour-blind eyes. */
export function Dot({ shape, size = '1em' }: { shape: DotShape; size?: string }) {
  return (
    <svg class={`dot dot-${shape}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round">
      {shape === 'rest' && <circle cx="12" cy="12" r="5" fill="currentColor" stroke="none" />}
      {shape === 'lost' && <><path d="M8 5.1A8 8 0 0 1 20 12M16 18.9A8 8 0 0 1 4 12" /><path d="M5 5l14 14" /></>}
      {shape === 'sending' && <><circle cx="12" cy="12" r="8" stroke-dasharray="3.2 5.2" /></>}
      {shape === 'received' && <circle cx="12" cy="12" r="8" />}
      {shape === 'ringing' && <><circle cx="12" cy="12" r="9" /><circle cx="12" cy="12" r="4" /></>}
      {shape === 'coming' && <><circle cx="12" cy="12" r="9" /><circle cx="12" cy="12" r="5" fill="currentColor" stroke="none" /></>}
      {shape === 'here' && <rect x="4" y="4" width="16" height="16" rx="4.5" fill="currentColor" stroke="none" />}
      {shape === 'trouble' && <><path d="M12 3.5 21.5 20h-19z" stroke-linejoin="round" /><path d="M12 10v4.4M12 17.2v.1" /></>}
    </svg>
  );
}

/** One, two or three bars; the words stand beside it. */
export function Bars({ level }: { level: number }) {
  return (
    <span class="bars" aria-hidden="true">
      {[1, 2, 3].map((n) => <i key={n} class={n <= level ? '' : 'off'} />)}
    </span>
  );
}

export const level_list = Object.keys(levels).map(Number);
