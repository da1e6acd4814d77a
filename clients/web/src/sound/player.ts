// Plays figures with the page's own synthesiser. A browser lets a page sound only after a tap: until then `unlocked`
// is false and says so. Silence comes at once: stopping fades what sounds within 20 ms.
import { type Figure } from './figures.ts';

export class Player {
  private context_: AudioContext | null = null;
  private master_: GainNode | null = null;
  private listeners_ = new Set<() => void>();

  /** True while the page may sound and its clock runs. */
  get unlocked(): boolean { return this.context_?.state === 'running'; }

  subscribe(listener: () => void): () => void {
    this.listeners_.add(listener);
    return () => this.listeners_.delete(listener);
  }

  /** From a tap or key press: makes sound possible. Where the browser allows sound anyway, no tap is needed. */
  async unlock(): Promise<boolean> {
    try {
      if (!this.context_) {
        this.context_ = new AudioContext({ latencyHint: 'interactive' });
        this.context_.onstatechange = () => this.tell_();
      }
      if (this.context_.state !== 'running') {
        await Promise.race([this.context_.resume(), new Promise((done) => setTimeout(done, 800))]);
      }
    } catch {
      // No sound device, or not allowed yet: `unlocked` stays false, and the page says so.
    }
    this.tell_();
    return this.unlocked;
  }

  /** Starts the figure now. Resolves when its first note has begun to sound; false where it could not. */
  async play(figure: Figure): Promise<boolean> {
    const context = this.context_;
    if (!context || context.state !== 'running') return false;
    this.hush();
    const master = context.createGain();
    master.gain.value = 0.9;
    master.connect(context.destination);
    this.master_ = master;
    const start = context.currentTime + 0.03;
    for (const note of figure.notes) {
      const at = start + note.at_ms / 1000;
      for (let overtone = 0; overtone <= note.body; overtone++) {
        tone(context, master, note.hz * (overtone + 1), at, note.for_ms / 1000, note.gain / (1 + 2.2 * overtone));
      }
    }
    if (typeof navigator.vibrate === 'function') navigator.vibrate([...figure.vibration]);
    return began(context, start);
  }

  /** Silence, at once. */
  hush(): void {
    const { context_: context, master_: master } = this;
    this.master_ = null;
    if (!context || !master) return;
    master.gain.cancelScheduledValues(context.currentTime);
    master.gain.setTargetAtTime(0, context.currentTime, 0.006);
    setTimeout(() => master.disconnect(), 60);
    if (typeof navigator.vibrate === 'function') navigator.vibrate(0);
  }

  private tell_(): void { for (const listener of [...this.listeners_]) listener(); }
}

function tone(context: AudioContext, out: AudioNode, hz: number, at: number, seconds: number, gain: number): void {
  const oscillator = context.createOscillator();
  const envelope = context.createGain();
  oscillator.frequency.value = hz;
  envelope.gain.setValueAtTime(0, at);
  envelope.gain.linearRampToValueAtTime(gain * 0.5, at + 0.025);
  envelope.gain.exponentialRampToValueAtTime(0.0008, at + seconds);
  oscillator.connect(envelope).connect(out);
  oscillator.start(at);
  oscillator.stop(at + seconds + 0.02);
}

/** A sound card that sleeps may take seconds to wake; after this long without a sample the page calls it silent. */
const BEGIN_MAX_MS = 5000;

/** True once the context's own clock has passed `start`: the sound card takes samples. */
function began(context: AudioContext, start: number): Promise<boolean> {
  const deadline = performance.now() + BEGIN_MAX_MS;
  return new Promise((answer) => {
    const look = () => {
      if (context.currentTime >= start && context.state === 'running') answer(true);
      else if (performance.now() > deadline) answer(false);
      else setTimeout(look, 15);
    };
    look();
  });
}
