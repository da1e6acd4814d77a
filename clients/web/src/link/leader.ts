// The connection of a leader's page: greets with the session that the browser's cookie carries, beats, notices that the
// hub is lost, dials again, and says why a session ended. Every connection begins with all that there is; nothing is
// resumed and nothing is kept on the device. The outside comes in through `Outside`, as for the devices' link.
import { dial_delay_ms } from './backoff.ts';
import { type Held, hold, nothing_held } from './held.ts';
import { BEAT_MS, DIAL_TIMEOUT_MS, LOST_AFTER_MS } from './link.ts';
import { to_hex } from './store.ts';
import type { AnyFrame, GoodbyeReason, LeaderWelcome, MessageMap, Rejected } from './wire.ts';
import { from_bytes, to_bytes } from './wire.ts';
import type { Outside, SocketLike } from './view.ts';

/** A person's touch is told to the hub at most so often. */
export const KEEP_EVERY_MS = 60_000;

export type LeaderPhase =
  | 'dialling'    // on the way to the hub, or hearing all of it
  | 'live'
  | 'signed_out'; // nobody is signed in in this browser

/** Why nobody is signed in: the hub's own reason, or `none` where nobody was on this page. */
export type Ended = GoodbyeReason | 'none' | 'ended';

export interface LeaderView {
  readonly phase: LeaderPhase;
  readonly ended: Ended;
  readonly welcome: LeaderWelcome | null;
  readonly held: Held;
  readonly heard_at: number | null;
  readonly heard_wall: number | null;
  readonly lost: boolean;
  readonly hub_offset: number;
  /** The monotonic instant of the last touch that the hub knows of. */
  readonly kept_at: number;
}

/** The hub's answer. `error` 0: the connection broke in between, and nobody knows whether it was done. */
export type Told =
  | { ok: true; message: AnyFrame }
  | { ok: false; error: number; message: string; retry_ms?: number };

interface Waiter { settle: (told: Told) => void }

export class LeaderLink {
  private view_: LeaderView;
  private listeners_ = new Set<() => void>();
  private waiters_ = new Map<string, Waiter>();
  private socket_: SocketLike | null = null;
  private greeted_ = false;
  private attempt_ = 0;
  private dial_started_ = 0;
  private beat_ = 0;
  private beat_sent_at_ = -Infinity;
  private keep_sent_at_ = -Infinity;
  private cancel_dial_: (() => void) | null = null;
  private role_changed_ = false;
  /** What this connection has told so far; shown when all of it has come. */
  private coming_: { welcome: LeaderWelcome; held: Held } | null = null;
  private readonly opened_at_: number;

  /** `kept` is called when the hub has been told of a touch, so that other tabs of the session know it, too. */
  constructor(private readonly app_: string, private readonly outside_: Outside, private readonly kept_: () => void = () => {}) {
    this.opened_at_ = outside_.now();
    this.view_ = {
      phase: 'dialling', ended: 'none', welcome: null, held: nothing_held, heard_at: null, heard_wall: null, lost: false,
      hub_offset: outside_.wall() - outside_.now(), kept_at: this.opened_at_,
    };
  }

  get view(): LeaderView { return this.view_; }

  subscribe(listener: () => void): () => void {
    this.listeners_.add(listener);
    return () => this.listeners_.delete(listener);
  }

  start(): void {
    this.dial_();
    this.tick_();
  }

  /** Dials anew: after signing in, or when the page comes back from being hidden. */
  resume(): void {
    this.attempt_ = 0;
    this.set_({ phase: 'dialling' });
    this.dial_();
  }

  /** A page that was hidden can't trust its socket; one where nobody is signed in has none. */
  came_back(): void {
    if (this.view_.phase !== 'signed_out') this.resume();
  }

  /** This browser has signed out: its own page need not wait to be told. */
  left(): void { this.sign_out_('signed_out'); }

  command(type: string, body: Record<string, unknown> = {}): Promise<Told> {
    if (!this.greeted_ || !this.socket_) return Promise.resolve({ ok: false, error: 0, message: '' });
    const id = this.outside_.random(16);
    const answered = new Promise<Told>((settle) => this.waiters_.set(to_hex(id), { settle }));
    this.socket_.send(to_bytes(type, id, body));
    return answered;
  }

  /** A person is at the page. Told to the hub at most once a minute, or at once where they asked to stay. */
  touched(at_once = false): void {
    const now = this.outside_.now();
    if (!this.greeted_ || (!at_once && now - this.keep_sent_at_ < KEEP_EVERY_MS)) return;
    this.keep_sent_at_ = now;
    void this.command('KeepSession').then((told) => {
      if (!told.ok) return;
      this.set_({ kept_at: now });
      this.kept_();
    });
  }

  /** Another tab of this session has told the hub of a touch. */
  kept_elsewhere(): void { this.set_({ kept_at: this.outside_.now() }); }

  // -- the connection

  private dial_(): void {
    this.cancel_dial_?.();
    this.cancel_dial_ = null;
    this.drop_();
    const socket = this.outside_.dial();
    this.socket_ = socket;
    this.dial_started_ = this.outside_.now();
    socket.on_open = () => { if (socket === this.socket_) socket.send(to_bytes('HelloLeader', this.outside_.random(16), { app: this.app_ })); };
    socket.on_message = (data) => { if (socket === this.socket_) this.received_(data); };
    socket.on_close = () => { if (socket === this.socket_) this.closed_(); };
  }

  private drop_(): void {
    const socket = this.socket_;
    this.socket_ = null;
    this.greeted_ = false;
    this.coming_ = null;
    if (socket) {
      socket.on_open = socket.on_close = () => {};
      socket.on_message = () => {};
      socket.close();
    }
    const waiters = [...this.waiters_.values()];
    this.waiters_.clear();
    for (const waiter of waiters) waiter.settle({ ok: false, error: 0, message: '' });
  }

  private closed_(): void {
    this.drop_();
    if (this.view_.phase === 'signed_out') return;
    this.set_({ phase: 'dialling' });
    this.cancel_dial_?.();
    this.cancel_dial_ = this.outside_.later(dial_delay_ms(this.attempt_++, this.outside_.chance()), () => this.dial_());
  }

  private received_(data: Uint8Array): void {
    const message = from_bytes(data);
    if (!message) return;
    const now = this.outside_.now();
    this.set_({ heard_at: now, heard_wall: this.outside_.wall(), lost: false });
    switch (message.type) {
      case 'LeaderWelcome': this.welcomed_(message.body); return;
      case 'Goodbye': this.goodbye_(message.body); return;
      case 'Rejected': if (!this.greeted_) { this.not_greeted_(message.body); return; } break;
      case 'Live': this.live_(); return;
      case 'Beat': if (message.body.now !== undefined) this.set_({ hub_offset: message.body.now - now }); break;
      default: break;
    }
    const waiter = message.id ? this.waiters_.get(to_hex(message.id)) : undefined;
    if (message.id && waiter) {
      this.waiters_.delete(to_hex(message.id));
      if (message.type === 'Rejected') {
        const { error, message: text, retry_ms } = message.body;
        waiter.settle({ ok: false, error, message: text, ...(retry_ms === undefined ? {} : { retry_ms }) });
      } else waiter.settle({ ok: true, message });
      return;
    }
    if (this.coming_) this.coming_ = { ...this.coming_, held: hold(this.coming_.held, message) };
    else this.set_({ held: hold(this.view_.held, message) });
  }

  private welcomed_(welcome: LeaderWelcome): void {
    const first = this.view_.welcome?.person !== welcome.person;
    if (first) this.set_({ welcome: null, held: nothing_held }); // nothing of somebody else's session stays
    this.greeted_ = true;
    this.attempt_ = 0;
    this.role_changed_ = false;
    this.set_({ hub_offset: welcome.now - this.outside_.now() });
    this.coming_ = { welcome, held: { ...nothing_held, journal: welcome.journal, seq: welcome.seq } };
    this.beat_ = 0;
    this.send_beat_();
    if (first) this.touched(true); // opening the page, or signing in on it, is a sign of a person
  }

  private live_(): void {
    if (!this.coming_) return;
    const { welcome, held } = this.coming_;
    this.coming_ = null;
    this.set_({ phase: 'live', ended: 'none', welcome, held: { ...held, live: true } });
  }

  private not_greeted_(why: Rejected): void {
    if (why.error !== 128) { this.closed_(); return; }
    this.sign_out_(this.role_changed_ ? 'role_changed' : this.view_.welcome ? 'ended' : this.view_.ended);
  }

  private goodbye_(goodbye: MessageMap['Goodbye']): void {
    if (goodbye.reason === 'signed_out' || goodbye.reason === 'expired') { this.sign_out_(goodbye.reason); return; }
    if (goodbye.reason === 'role_changed') this.role_changed_ = true; // who still leads is welcomed with the roles of now
    this.closed_();
  }

  /** Nothing of what was seen stays on the page. */
  private sign_out_(ended: Ended): void {
    this.role_changed_ = false;
    this.set_({ phase: 'signed_out', ended, welcome: null, held: nothing_held, lost: false });
    this.drop_();
  }

  private send_beat_(): void {
    this.beat_ += 1;
    this.beat_sent_at_ = this.outside_.now();
    this.socket_?.send(to_bytes('Beat', null, { n: this.beat_, seq: (this.coming_?.held ?? this.view_.held).seq }));
  }

  private tick_(): void {
    const now = this.outside_.now();
    if (this.view_.phase !== 'signed_out') {
      if (this.greeted_ && now - this.beat_sent_at_ >= BEAT_MS) this.send_beat_();
      const heard = this.view_.heard_at ?? this.opened_at_;
      if (now - Math.max(heard, this.opened_at_) >= LOST_AFTER_MS && !this.view_.lost) this.set_({ lost: true });
      const quiet_since = Math.max(heard, this.dial_started_);
      if (this.socket_ && now - quiet_since >= (this.greeted_ ? LOST_AFTER_MS : DIAL_TIMEOUT_MS)) this.closed_();
    }
    this.outside_.later(250, () => this.tick_());
  }

  private set_(change: Partial<LeaderView>): void {
    this.view_ = { ...this.view_, ...change };
    for (const listener of [...this.listeners_]) listener();
  }
}
