// Which picture the kiosk shows next, as a pure function of what the child has chosen and what the hub has said. To say
// hello and to ask for a talk are the same steps in the same order, and end on the same picture.
import type { TalkView } from '../link/wire.ts';

export type Wish = 'hello' | 'speak';
export type When = 'now' | 'today' | 'soon';

/** What one child has chosen at this kiosk, from card to card. */
export interface Choice {
  readonly card: string;
  readonly wish: Wish | null;
  /** A person's id, or '' for someone else. */
  readonly adult: string | null;
  readonly sent: boolean;
}

export type Step = 'home' | 'who' | 'when' | 'promise' | 'feedback';

export function step_of(choice: Choice, talk: TalkView | null): Step {
  if (talk && talk.rung !== 'met') return 'promise';
  if (choice.sent) return 'promise';
  if (talk && choice.wish === null) return 'feedback';
  if (choice.wish === null) return 'home';
  return choice.adult === null ? 'who' : 'when';
}

/** The code of a card, from what a scanner typed: the code itself, or an address that ends in it. Null: not one. */
export function code_of(typed: string): string | null {
  const tail = typed.trim().replace(/^.*#(?:k=)?/, '').toUpperCase().replace(/[^0-9A-Z]/g, '');
  return tail.length >= 16 && tail.length <= 32 ? tail : null;
}

/** How long a picture stays that nobody touches. The last ones go soon: nothing stays for the next child to see. */
export const CHOOSING_MS = 25_000;
export const PROMISE_MS = 8_000;
export const UNKNOWN_CARD_MS = 6_000;
/** Without an answer for so long, the child is told to find an adult. */
export const NOT_THROUGH_MS = 4_000;
