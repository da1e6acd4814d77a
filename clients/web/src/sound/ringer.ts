// Keeps sounding while something rings: picks the next figure, plays it, says which call has been heard, and falls
// silent the moment nothing rings. Also the sound of a lost hub. One for each page.
import { type FigureName, type Ringing, type Sounded, figure_of, figures, next_to_sound } from './figures.ts';
import { type Player } from './player.ts';

export const HUB_LOST_SOUNDS_MS = 120_000;

export class Ringer {
  private ringing_: readonly Ringing[] = [];
  private sounded_ = new Map<number, Sounded>();
  private current_: { call: number; until: number } | null = null;
  private timer_: ReturnType<typeof setTimeout> | null = null;
  private lost_since_: number | null = null;
  private lost_hushed_ = false;
  private lost_played_at_ = -Infinity;
  private turn_ = 0;

  /** `heard` is called once for each sounding of a call, after it has really begun. */
  constructor(private readonly player_: Player, private readonly now_: () => number, private readonly heard_: (call: number) => void) {
    player_.subscribe(() => this.turn_over_());
  }

  /** What rings now. Called at every change; silence is immediate when a call is gone from the list. */
  set_ringing(ringing: readonly Ringing[]): void {
    this.ringing_ = ringing;
    for (const call of [...this.sounded_.keys()]) {
      if (!ringing.some((one) => one.call === call)) this.sounded_.delete(call);
    }
    const current = this.current_;
    if (current && !ringing.some((one) => one.call === current.call)) {
      this.player_.hush();
      this.current_ = null;
    }
    this.turn_over_();
  }

  /** The hub has been lost since this instant, or null. Sounds for at least two minutes, or until `hush_lost`. */
  set_lost(since: number | null): void {
    if (since === this.lost_since_) return;
    if (since === null && this.lost_played_at_ > -Infinity && !this.current_) this.player_.hush();
    this.lost_since_ = since;
    this.lost_hushed_ = false;
    this.lost_played_at_ = -Infinity;
    this.turn_over_();
  }

  hush_lost(): void {
    this.lost_hushed_ = true;
    if (!this.current_) this.player_.hush();
  }

  get lost_sounding(): boolean {
    return this.lost_since_ !== null && !this.lost_hushed_ && this.now_() - this.lost_since_ < HUB_LOST_SOUNDS_MS + 10_000;
  }

  private turn_over_(): void {
    if (this.timer_ !== null) clearTimeout(this.timer_);
    this.timer_ = null;
    const turn = ++this.turn_;
    const now = this.now_();
    if (!this.player_.unlocked) return; // the player tells when that changes
    const next = next_to_sound(this.ringing_, this.sounded_, now);
    const current = this.current_;
    const busy = current && now < current.until && next && !this.more_urgent_(next, current.call);
    if (busy) {
      this.timer_ = setTimeout(() => this.turn_over_(), current.until - now);
    } else if (next) {
      this.sound_(next, turn);
    } else {
      this.current_ = null;
      this.sound_lost_(now);
    }
  }

  /** A call that has not sounded yet does not wait for the pause after a calmer one. */
  private more_urgent_(next: Ringing, current_call: number): boolean {
    if (next.call === current_call) {
      const last = this.sounded_.get(next.call);
      return !last || last.sounds < next.sounds;
    }
    const playing = this.ringing_.find((one) => one.call === current_call);
    return !this.sounded_.has(next.call) || (playing !== undefined && next.level > playing.level);
  }

  private sound_(next: Ringing, turn: number): void {
    const name: FigureName = figure_of(next);
    const figure = figures[name];
    const now = this.now_();
    const others = this.ringing_.length > 1 ? Math.min(figure.period_ms, 3600) : figure.period_ms;
    this.current_ = { call: next.call, until: now + others };
    this.sounded_.set(next.call, { at: now, sounds: next.sounds });
    void this.player_.play(figure).then((began) => {
      if (began && this.ringing_.some((one) => one.call === next.call)) this.heard_(next.call);
    });
    if (turn === this.turn_) this.timer_ = setTimeout(() => this.turn_over_(), others);
  }

  private sound_lost_(now: number): void {
    if (!this.lost_sounding) return;
    const wait = this.lost_played_at_ + figures.hub_lost.period_ms - now;
    if (wait <= 0) {
      this.lost_played_at_ = now;
      void this.player_.play(figures.hub_lost);
    }
    this.timer_ = setTimeout(() => this.turn_over_(), Math.max(50, wait > 0 ? wait : figures.hub_lost.period_ms));
  }
}
