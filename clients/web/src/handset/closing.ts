// The answers of a closing that is not done yet: kept on the device for that call and that adult, over a lost hub and a
// reload, until the call is closed. Which line helped is kept as its number; nothing of a child is written down.
import type { Store } from '../link/store.ts';
import type { Need } from '../link/wire.ts';

export interface Closing { readonly helped: readonly number[]; readonly needs: readonly Need[] }
const NAME = 'closing';

interface Kept extends Closing { call: number; person: string }

function kept(store: Store): Kept | null {
  try {
    const read = JSON.parse(store.text(NAME) ?? 'null') as Kept | null;
    return read && typeof read.call === 'number' && Array.isArray(read.helped) && Array.isArray(read.needs) ? read : null;
  } catch {
    return null;
  }
}

export function closing_of(store: Store, call: number, person: string): Closing {
  const read = kept(store);
  return read && read.call === call && read.person === person ? read : { helped: [], needs: [] };
}

export function keep_closing(store: Store, call: number, person: string, { helped, needs }: Closing): void {
  store.set_text(NAME, JSON.stringify({ call, person, helped, needs }));
}

/** Lets go of answers whose call this adult does not have any more. */
export function forget_closing(store: Store, calls: ReadonlyMap<number, unknown>): void {
  const read = kept(store);
  if (read && !calls.has(read.call)) store.set_text(NAME, null);
}
