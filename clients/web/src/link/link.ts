// The connection of one page to the hub: enrols with a one-time code, greets, resumes by seq, beats, notices that the
// hub is lost, dials again, and keeps commands until they are answered. All that touches the outside (clock, timers,
// random bytes, sockets, storage) comes in through `Outside`, so that tests drive it by hand. One owner: the page.
import { dial_delay_ms } from './backoff.ts';
import { hold, locked, nothing_held, proven, signed_in, signed_out, without_card } from './held.ts';
import * as outbox from './outbox.ts';
import { type Store, from_hex, to_hex } from './store.ts';
import type { AnyFrame, DeviceKind, Evidence, Goodbye, Rejected, Waiting, Welcome } from './wire.ts';
import { from_bytes, to_bytes } from './wire.ts';
import type { Answer, LinkView, Outside, Refusal, SocketLike } from './view.ts';

export type { Answer, LinkView, Outside, Phase, Refusal, SocketLike } from './view.ts';

export const BEAT_MS = 2000;
export const LOST_AFTER_MS = 6000;
export const DIAL_TIMEOUT_MS = 4000;
const EVIDENCE_EVERY = 15;

interface Waiter { type: string; settle: (answer: Answer) => void }

export interface LinkOptions { kind: DeviceKind; app: string; code: string | null; store: Store; outside: Outside }

export class Link {
  private view_: LinkView;
  private listeners_ = new Set<() => void>();
  private waiters_ = new Map<string, Waiter>();
  private socket_: SocketLike | null = null;
  private open_ = false;
  private greeted_ = false;
  private attempt_ = 0;
  private dial_started_ = 0;
  private cancel_dial_: (() => void) | null = null;
  private cancel_tick_: (() => void) | null = null;
  private beat_ = 0;
  private beat_sent_at_ = -Infinity;
  private evidence_: Evidence | null = null;
  private evidence_sent_ = '';
  private opened_at_: number;
  private code_: string | null;
  private stopped_ = false;
  /** Commands that went out on this connection: each goes once on each. */
  private sent_on_this_ = new Set<string>();

  constructor(private readonly options_: LinkOptions) {
    const { store, outside } = options_;
    this.opened_at_ = outside.now();
    // A code that was being exchanged when the page was closed is tried again with the same credential.
    this.code_ = options_.code ?? store.text('code');
    if (options_.code !== null && options_.code !== store.text('code')) {
      store.set_text('code', options_.code);
      store.set_bytes('new_credential', outside.random(32));
    }
    this.view_ = {
      phase: this.code_ !== null ? 'enrolling' : store.bytes('credential', 32) ? 'dialling' : 'needs_code',
      refusal: null, held: nothing_held, approval: null, waiting: outbox.fresh(store.outbox(), outside.wall()), heard_at: null, heard_wall: null,
      lost: false, lost_since: null, hub_offset: outside.wall() - outside.now(), behind: false,
      forgetful: !store.set_text('probe', '1'),
    };
  }

  get view(): LinkView { return this.view_; }

  subscribe(listener: () => void): () => void {
    this.listeners_.add(listener);
    return () => this.listeners_.delete(listener);
  }

  start(): void {
    if (this.view_.phase === 'needs_code') return;
    this.dial_();
    this.tick_();
  }

  /** The page is being closed or replaced: says so and lets everything go. */
  stop(): void {
    this.stopped_ = true;
    this.cancel_dial_?.();
    this.cancel_tick_?.();
    this.drop_socket_();
  }

  /** A page that was hidden, frozen or offline can't trust its socket, however open it looks: dial anew. */
  resume(): void {
    if (this.stopped_ || this.settled_()) return;
    this.attempt_ = 0;
    this.dial_();
    this.look_();
  }

  /** Takes the device back from another window. */
  take_over(): void {
    this.set_({ phase: 'dialling', refusal: null });
    this.attempt_ = 0;
    this.dial_();
  }

  set_evidence(evidence: Evidence): void {
    this.evidence_ = evidence;
    if (this.greeted_ && JSON.stringify(evidence) !== this.evidence_sent_) this.send_beat_();
  }

  /** Gives the hub a command. It stays in the outbox until it is answered; durable ones over a reload too. */
  command(type: string, body: outbox.Body, how: { durable?: boolean; after?: string } = {}): { id: string; answered: Promise<Answer> } {
    const entry: outbox.Entry = {
      id: to_hex(this.options_.outside.random(16)), type, body, made_at: this.options_.outside.wall(),
      durable: how.durable ?? false, times_sent: 0, ...(how.after === undefined ? {} : { after: how.after }),
    };
    const answered = new Promise<Answer>((settle) => this.waiters_.set(entry.id, { type, settle }));
    this.set_waiting_(outbox.add(this.view_.waiting, entry));
    this.flush_();
    return { id: entry.id, answered };
  }

  /** Takes back a command that has not left this page. False: it may have left. */
  take_back(id: string): boolean {
    const left = outbox.take_back(this.view_.waiting, id);
    if (left) this.set_waiting_(left);
    return left !== null;
  }

  /** Signing in and out, locking, proving: the hub has said Done, and what this page shows follows at once. */
  note_signed_in(person: string): void { this.set_({ held: signed_in(this.view_.held, person) }); }
  note_signed_out(): void { this.set_({ held: signed_out(this.view_.held) }); }
  note_locked(): void { this.set_({ held: locked(this.view_.held) }); }
  note_proven(): void { this.set_({ held: proven(this.view_.held) }); }

  /** Kiosk: the card is gone, and with it all that was told of the child. */
  forget_card(): void { this.set_({ held: without_card(this.view_.held) }); }

  // -- dialling

  private settled_(): boolean {
    return this.view_.phase === 'needs_code' || this.view_.phase === 'replaced' || this.view_.phase === 'refused';
  }

  private dial_(): void {
    this.cancel_dial_?.();
    this.cancel_dial_ = null;
    this.drop_socket_();
    const socket = this.options_.outside.dial();
    this.socket_ = socket;
    this.dial_started_ = this.options_.outside.now();
    socket.on_open = () => this.opened_(socket);
    socket.on_message = (data) => { if (socket === this.socket_) this.received_(data); };
    socket.on_close = () => { if (socket === this.socket_) this.closed_(); };
    if (this.view_.phase === 'live' || this.view_.phase === 'waiting') this.set_({ phase: 'dialling' });
  }

  private drop_socket_(): void {
    const socket = this.socket_;
    this.socket_ = null;
    this.open_ = false;
    this.greeted_ = false;
    if (socket) {
      socket.on_open = socket.on_close = () => {};
      socket.on_message = () => {};
      socket.close();
    }
  }

  private closed_(): void {
    this.drop_socket_();
    if (this.stopped_ || this.settled_()) return;
    if (this.view_.phase === 'live' || this.view_.phase === 'waiting') this.set_({ phase: 'dialling' });
    const delay = dial_delay_ms(this.attempt_++, this.options_.outside.chance());
    this.cancel_dial_?.();
    this.cancel_dial_ = this.options_.outside.later(delay, () => this.dial_());
  }

  private opened_(socket: SocketLike): void {
    if (socket !== this.socket_) return;
    this.open_ = true;
    this.beat_ = 0;
    this.evidence_sent_ = '';
    const { store, app } = this.options_;
    if (this.code_ !== null) {
      const credential = store.bytes('new_credential', 32);
      if (credential) this.send_('Enrol', this.options_.outside.random(16), { code: this.code_, credential, app });
      return;
    }
    this.say_hello_();
  }

  private say_hello_(): void {
    const { store, app, outside } = this.options_;
    const credential = store.bytes('credential', 32);
    if (!credential) return;
    const session = store.bytes('session', 16);
    this.send_('Hello', outside.random(16), { credential, last_seq: this.view_.held.seq, ...(session ? { session } : {}), app });
  }

  // -- receiving

  private received_(data: Uint8Array): void {
    const { outside } = this.options_;
    const message = from_bytes(data);
    if (!message) return; // an unknown or broken frame is not a reason to lose the others
    const id = message.id;
    this.set_({ heard_at: outside.now(), heard_wall: outside.wall(), lost: false, lost_since: null });
    switch (message.type) {
      case 'Enrolled': this.enrolled_(); return;
      case 'Waiting': this.waits_(message.body); return;
      case 'Welcome': this.welcomed_(message.body, message); return;
      case 'Done': this.done_(id, message.body.call); return;
      case 'MyChildren': this.done_(id, undefined); break;
      case 'Rejected': this.rejected_(id, message.body); return;
      case 'Goodbye': this.goodbye_(message.body); return;
      case 'Beat':
        if (message.body.now !== undefined) this.set_({ hub_offset: message.body.now - outside.now() });
        break;
      case 'CardShown': this.done_(id, undefined); break; // what it says is held below
      default: break;
    }
    const held = hold(this.view_.held, message);
    this.set_({ held, ...(message.type === 'Live' ? { phase: 'live' as const } : {}) });
    if (message.type === 'CallChanged' || message.type === 'CallGone') {
      this.set_waiting_(outbox.settle(this.view_.waiting, held.calls, held.gone));
    }
    if (message.type === 'Live') {
      this.attempt_ = 0;
      this.set_waiting_(outbox.settle_live(this.view_.waiting, held.calls));
    }
  }

  private enrolled_(): void {
    const { store } = this.options_;
    store.set_bytes('credential', store.bytes('new_credential', 32));
    store.set_bytes('new_credential', null);
    store.set_text('code', null);
    store.set_bytes('session', null);
    this.code_ = null;
    this.set_({ phase: 'dialling', held: nothing_held });
    this.say_hello_();
  }

  /** A second person has to approve this device. The connection stays, and Welcome follows on it. */
  private waits_(approval: Waiting): void {
    const { store, outside } = this.options_;
    store.set_kept({ label: approval.label, site: approval.site, help: approval.help });
    this.attempt_ = 0;
    this.set_({ phase: 'waiting', approval, held: nothing_held, refusal: null, hub_offset: approval.now - outside.now() });
    this.send_beat_();
  }

  private welcomed_(welcome: Welcome, message: AnyFrame): void {
    const { store, outside } = this.options_;
    this.greeted_ = true;
    store.set_kept({ label: welcome.label, site: welcome.site, help: welcome.help });
    if (!welcome.person) store.set_bytes('session', null);
    this.set_({ held: hold(this.view_.held, message), phase: 'dialling', approval: null, refusal: null, hub_offset: welcome.now - outside.now() });
    this.send_beat_();
    this.flush_();
  }

  private done_(id: Uint8Array | null, call: number | undefined): void {
    if (!id) return;
    const hex = to_hex(id);
    this.set_waiting_(outbox.done(this.view_.waiting, hex, call));
    this.set_waiting_(outbox.settle(this.view_.waiting, this.view_.held.calls, this.view_.held.gone));
    this.waiters_.get(hex)?.settle(call === undefined ? { ok: true } : { ok: true, call });
    this.waiters_.delete(hex);
    this.flush_(); // what waited for the call's number may go now
  }

  private rejected_(id: Uint8Array | null, why: Rejected): void {
    const { outside, store } = this.options_;
    if (!this.greeted_) {
      if (this.code_ !== null && why.error === 124) return this.code_refused_(why);
      if (why.error === 125) { // the hub's log is behind: begin anew, and say so
        this.set_({ held: nothing_held, behind: true });
        this.closed_();
        return;
      }
      if (why.error === 123 || why.error === 127) {
        store.set_bytes('credential', null);
        store.set_bytes('session', null);
        this.refuse_(why);
        return;
      }
      this.closed_();
      return;
    }
    if (!id) return;
    const hex = to_hex(id);
    const left = outbox.rejected(this.view_.waiting, hex, why.error, why.retry_ms, outside.now());
    this.set_waiting_(left);
    if (left.some((entry) => entry.id === hex)) {
      this.sent_on_this_.delete(hex);
      outside.later(why.retry_ms ?? 1000, () => this.flush_());
      return;
    }
    this.waiters_.get(hex)?.settle({ ok: false, error: why.error, name: why.name, message: why.message, retry_ms: why.retry_ms });
    this.waiters_.delete(hex);
    // The hub holds that nobody is signed in here: greet again and show what it says.
    if (why.error === 212) this.resume();
  }

  private code_refused_(why: Rejected): void {
    const { store } = this.options_;
    this.code_ = null;
    store.set_text('code', null);
    store.set_bytes('new_credential', null);
    if (store.bytes('credential', 32)) { // still enrolled from before: the old link is merely used up
      this.set_({ phase: 'dialling' });
      this.closed_();
      return;
    }
    this.refuse_(why);
  }

  private refuse_(why: Refusal): void {
    this.set_({ phase: 'refused', refusal: { error: why.error, name: why.name, message: why.message }, held: nothing_held, approval: null });
    this.drop_socket_();
  }

  private goodbye_(goodbye: Goodbye): void {
    if (goodbye.reason === 'replaced') {
      this.set_({ phase: 'replaced' });
      this.drop_socket_();
    } else if (goodbye.reason === 'revoked') {
      this.options_.store.set_bytes('credential', null);
      this.options_.store.set_bytes('session', null);
      const never = goodbye.error === 127; // it was never let in: refused by a second person, or too late
      this.refuse_({ error: never ? 127 : 123, name: never ? 'EnrolmentRefused' : 'UnknownDevice', message: goodbye.message ?? '' });
    } else {
      this.closed_();
    }
  }

  // -- sending

  private flush_(): void {
    if (!this.greeted_) return;
    const { outside } = this.options_;
    const fresh = outbox.fresh(this.view_.waiting, outside.wall());
    if (fresh.length !== this.view_.waiting.length) this.set_waiting_(fresh);
    for (const entry of outbox.sendable(this.view_.waiting, outside.now())) {
      if (this.sent_on_this_.has(entry.id)) continue;
      this.set_waiting_(outbox.sent(this.view_.waiting, entry.id)); // counted before it leaves: it may arrive
      this.sent_on_this_.add(entry.id);
      this.send_(entry.type, from_hex(entry.id), entry.body);
    }
  }

  private send_(type: string, id: Uint8Array | null, body: outbox.Body): void {
    if (type === 'Hello' || type === 'Enrol') this.sent_on_this_.clear();
    if (this.open_) this.socket_?.send(to_bytes(type, id, body));
  }

  private send_beat_(): void {
    this.beat_ += 1;
    this.beat_sent_at_ = this.options_.outside.now();
    const text = JSON.stringify(this.evidence_);
    const tell = this.greeted_ && this.evidence_ !== null && (text !== this.evidence_sent_ || this.beat_ % EVIDENCE_EVERY === 1);
    if (tell) this.evidence_sent_ = text;
    this.send_('Beat', null, { n: this.beat_, seq: this.view_.held.seq, ...(tell ? { evidence: this.evidence_ } : {}) });
  }

  // -- time

  private tick_(): void {
    this.look_();
    this.cancel_tick_ = this.options_.outside.later(250, () => this.tick_());
  }

  /** Looks at the clock: beats, notices silence, gives up a dial that hangs. */
  private look_(): void {
    const now = this.options_.outside.now();
    if (this.settled_()) return;
    if ((this.greeted_ || this.view_.phase === 'waiting') && now - this.beat_sent_at_ >= BEAT_MS) this.send_beat_();
    const heard = this.view_.heard_at ?? this.opened_at_;
    if (now - heard >= LOST_AFTER_MS && !this.view_.lost) {
      this.set_({ lost: true, lost_since: heard });
    }
    const quiet_since = Math.max(heard, this.dial_started_);
    const limit = this.greeted_ ? LOST_AFTER_MS : DIAL_TIMEOUT_MS;
    if (this.socket_ && now - quiet_since >= limit) this.closed_();
  }

  // -- the view

  private set_waiting_(waiting: outbox.Outbox): void {
    if (waiting === this.view_.waiting) return;
    const kept = this.options_.store.set_outbox(waiting);
    this.set_({ waiting, forgetful: !kept });
  }

  private set_(change: Partial<LinkView>): void {
    this.view_ = { ...this.view_, ...change };
    for (const listener of [...this.listeners_]) listener();
  }
}
