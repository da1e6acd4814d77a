// Commands that have not been answered yet. Each has an id made here once; sent again after a reconnect with the same
// id, it is the same command and can never act twice. Durable ones survive a reload. A raised call stays here after
// Done until an adult owns it, so that even a hub that lost its disk would hear of it again. Pure: no clock, no storage.
import type { CallView, CallGone } from './wire.ts';

export type Body = Record<string, unknown>;

export interface Entry {
  readonly id: string; // 32 hexadecimal digits
  readonly type: string;
  readonly body: Body;
  readonly made_at: number; // the device's clock, ms
  readonly durable: boolean;
  readonly times_sent: number;
  /** Waits until the command with this id has its call: its `call` is filled in then. */
  readonly after?: string;
  /** RaiseCall answered with Done: kept until an adult owns the call. */
  readonly done_call?: number;
  /** Not to be sent before this instant of the page's monotonic clock. */
  readonly not_before?: number;
}

export type Outbox = readonly Entry[];

/** Answers after which the same command may be sent again: stopping, disk, too many waiting, PIN wait excluded. */
const RETRIED = new Set([130, 131, 132]);

/** What a durable command is worth after this long without an answer: an old "I'm coming" must not be said for anyone. */
export const STALE_MS: Readonly<Record<string, number>> = {
  AcceptCall: 120_000, DeclineCall: 600_000, ReportOnWay: 120_000,
};

/** A press that the hub has confirmed is sent again no longer than this: the hub remembers so far back, and more. */
export const CONFIRMED_KEPT_MS = 600_000;

export function add(outbox: Outbox, entry: Entry): Outbox {
  return [...outbox, entry];
}

/** Entries that may go out now, in the order in which they were made. */
export function sendable(outbox: Outbox, now: number): Entry[] {
  return outbox.filter((entry) => entry.after === undefined && (entry.not_before ?? 0) <= now);
}

export function sent(outbox: Outbox, id: string): Outbox {
  return outbox.map((entry) => (entry.id === id ? { ...entry, times_sent: entry.times_sent + 1 } : entry));
}

export function done(outbox: Outbox, id: string, call: number | undefined): Outbox {
  const next: Entry[] = [];
  for (const entry of outbox) {
    if (entry.id === id) {
      if (entry.type === 'RaiseCall' && call !== undefined) next.push({ ...entry, done_call: call });
      continue;
    }
    if (entry.after === id && call !== undefined) {
      const { after: _after, ...free } = entry;
      next.push({ ...free, body: { ...entry.body, call } });
      continue;
    }
    next.push(entry);
  }
  return next;
}

/** A refused command leaves, and with it what waited for it; one that may be tried again stays. */
export function rejected(outbox: Outbox, id: string, error: number, retry_ms: number | undefined, now: number): Outbox {
  if (RETRIED.has(error)) {
    return outbox.map((entry) => (entry.id === id ? { ...entry, not_before: now + (retry_ms ?? 1000) } : entry));
  }
  return outbox.filter((entry) => entry.id !== id && entry.after !== id);
}

/** Lets go of raised calls that an adult owns, or that ended. */
export function settle(outbox: Outbox, calls: ReadonlyMap<number, { view: CallView }>, gone: readonly CallGone[]): Outbox {
  const kept = outbox.filter((entry) => {
    if (entry.done_call === undefined) return true;
    const view = calls.get(entry.done_call)?.view;
    if (view) return view.owner === undefined && view.rung !== 'here' && view.rung !== 'settled';
    return !gone.some((one) => one.call === entry.done_call);
  });
  return kept.length === outbox.length ? outbox : kept;
}

/** The hub has told all: a raised call of which it says nothing has ended while this page was away. */
export function settle_live(outbox: Outbox, calls: ReadonlyMap<number, unknown>): Outbox {
  const kept = outbox.filter((entry) => entry.done_call === undefined || calls.has(entry.done_call));
  return kept.length === outbox.length ? outbox : kept;
}

/** Takes back a command that has never left this page, and what waited for it. Gives null where it may have left. */
export function take_back(outbox: Outbox, id: string): Outbox | null {
  const entry = outbox.find((one) => one.id === id);
  if (!entry || entry.times_sent > 0) return null;
  return outbox.filter((one) => one.id !== id && one.after !== id);
}

/** Without what has gone stale. `wall` is the device's clock, ms. */
export function fresh(outbox: Outbox, wall: number): Outbox {
  const left = outbox.filter((entry) => {
    const limit = entry.done_call === undefined ? STALE_MS[entry.type] : CONFIRMED_KEPT_MS;
    return Math.abs(wall - entry.made_at) <= (limit ?? Infinity);
  });
  return left.length === outbox.length ? outbox : left;
}

/** Presses that the hub has not confirmed. */
export function unconfirmed_presses(outbox: Outbox): Entry[] {
  return outbox.filter((entry) => entry.type === 'RaiseCall' && entry.done_call === undefined);
}
