// What the link shows of itself, and what it needs from outside: types alone.
import type { Held } from './held.ts';
import type { Outbox } from './outbox.ts';
import type { Waiting } from './wire.ts';

export interface SocketLike {
  send(data: Uint8Array): void;
  close(): void;
  on_open: () => void;
  on_message: (data: Uint8Array) => void;
  on_close: () => void;
}

export interface Outside {
  /** A monotonic clock, ms. */
  now(): number;
  /** The device's wall clock, ms since 1970; a label only. */
  wall(): number;
  random(length: number): Uint8Array;
  chance(): number;
  later(ms: number, run: () => void): () => void;
  dial(): SocketLike;
}

export type Phase =
  | 'needs_code'   // no credential and no code: nothing can be done without a link
  | 'enrolling'    // the code is being exchanged
  | 'dialling'     // on the way to the hub, or catching up
  | 'waiting'      // enrolled, and a second person has to approve it: nothing can be done yet
  | 'live'
  | 'replaced'     // the same device is open in another window
  | 'refused';     // the hub does not know this device, or the link is too old

export interface Refusal { error: number; name: string; message: string }

export interface LinkView {
  readonly phase: Phase;
  readonly refusal: Refusal | null;
  readonly held: Held;
  /** What the hub said of the wait for a second person; null when this device does not wait. */
  readonly approval: Waiting | null;
  readonly waiting: Outbox;
  /** Monotonic time at which the hub was last heard; null when never in this page's life. */
  readonly heard_at: number | null;
  /** The wall clock at that moment, for "since 10:42". */
  readonly heard_wall: number | null;
  /** Nothing was heard for six seconds (or since the page was opened): what is shown is old. */
  readonly lost: boolean;
  readonly lost_since: number | null; // monotonic
  /** Add to the monotonic clock to have the hub's timeline. */
  readonly hub_offset: number;
  /** The hub's log holds less than this page had seen. */
  readonly behind: boolean;
  /** The device refuses to keep anything: an unsent press would not survive a reload. */
  readonly forgetful: boolean;
}

export type Answer = { ok: true; call?: number } | { ok: false; error: number; name: string; message: string; retry_ms?: number };
