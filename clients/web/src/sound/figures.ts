// The sounds of Attune as plain notes, so that they can be read, tested and drawn. A figure is a short phrase; how it
// differs says what it is: two soft rising notes, a fuller phrase of three, the same without a gap, a drill's own
// falling pair with a knock, and the low slow pair of a lost hub. No samples and no sirens.

export interface Note {
  readonly at_ms: number;
  readonly for_ms: number;
  readonly hz: number;
  /** 0 to 1. */
  readonly gain: number;
  /** How many overtones sound with it: 0 is a pure, soft tone. */
  readonly body: 0 | 1 | 2;
}

export interface Figure {
  readonly notes: readonly Note[];
  /** From the start of one to the start of the next. */
  readonly period_ms: number;
  /** For navigator.vibrate: on, off, on. */
  readonly vibration: readonly number[];
}

export type FigureName = 'level_1' | 'level_2' | 'level_3' | 'drill' | 'hub_lost' | 'proof' | 'talk';

const e5 = 659.3, a5 = 880, c5 = 523.3, g5 = 784, c6 = 1046.5, d5 = 587.3, e4 = 329.6, c4 = 261.6;

const three_notes: readonly Note[] = [
  { at_ms: 0, for_ms: 260, hz: c5, gain: 0.7, body: 2 },
  { at_ms: 220, for_ms: 260, hz: g5, gain: 0.75, body: 2 },
  { at_ms: 440, for_ms: 620, hz: c6, gain: 0.8, body: 2 },
];

export const figures: Readonly<Record<FigureName, Figure>> = {
  level_1: {
    notes: [
      { at_ms: 0, for_ms: 420, hz: e5, gain: 0.55, body: 0 },
      { at_ms: 360, for_ms: 700, hz: a5, gain: 0.6, body: 0 },
    ],
    period_ms: 8000, vibration: [180, 140, 260],
  },
  level_2: { notes: three_notes, period_ms: 3600, vibration: [220, 120, 220, 120, 400] },
  level_3: { notes: three_notes, period_ms: 1060, vibration: [260, 90, 260, 90, 320] },
  drill: {
    notes: [
      { at_ms: 0, for_ms: 120, hz: d5, gain: 0.4, body: 1 },
      { at_ms: 200, for_ms: 120, hz: d5, gain: 0.4, body: 1 },
      { at_ms: 480, for_ms: 500, hz: c5, gain: 0.45, body: 0 },
    ],
    period_ms: 8000, vibration: [80, 120, 80],
  },
  hub_lost: {
    notes: [
      { at_ms: 0, for_ms: 500, hz: e4, gain: 0.6, body: 1 },
      { at_ms: 480, for_ms: 800, hz: c4, gain: 0.6, body: 1 },
    ],
    period_ms: 5000, vibration: [500, 200, 500],
  },
  proof: {
    notes: [
      { at_ms: 0, for_ms: 420, hz: e5, gain: 0.6, body: 0 },
      { at_ms: 360, for_ms: 700, hz: a5, gain: 0.65, body: 0 },
      { at_ms: 1200, for_ms: 260, hz: c5, gain: 0.7, body: 2 },
      { at_ms: 1420, for_ms: 260, hz: g5, gain: 0.75, body: 2 },
      { at_ms: 1640, for_ms: 620, hz: c6, gain: 0.8, body: 2 },
    ],
    period_ms: 3000, vibration: [250, 150, 250],
  },
  // Someone would like to talk: one low, short note, once. It asks nobody to run.
  talk: { notes: [{ at_ms: 0, for_ms: 380, hz: c5, gain: 0.35, body: 0 }], period_ms: 60_000, vibration: [90] },
};

export function figure_of(call: { level: number; drill: boolean }): FigureName {
  if (call.drill) return 'drill';
  return call.level >= 3 ? 'level_3' : call.level === 2 ? 'level_2' : 'level_1';
}

export interface Ringing {
  readonly call: number;
  readonly level: number;
  readonly drill: boolean;
  readonly raised_at: number;
  /** CallView.sounds: when it has grown, the call sounds now. */
  readonly sounds: number;
}

export interface Sounded { readonly at: number; readonly sounds: number }

/** The longest that an open, unowned call stays unheard on a device that sounds. */
export const UNHEARD_MAX_MS = 9000;

/**
 * Which call's figure comes next, or none. First those that have not sounded yet or must sound again, most urgent
 * first; then the most urgent one, unless another has been unheard for nearly ten seconds. A drill waits for a real one.
 */
export function next_to_sound(ringing: readonly Ringing[], sounded: ReadonlyMap<number, Sounded>, now: number): Ringing | null {
  const real = ringing.filter((one) => !one.drill);
  const order = [...(real.length ? real : ringing)].sort((a, b) => b.level - a.level || a.raised_at - b.raised_at || a.call - b.call);
  const owed = order.find((one) => {
    const last = sounded.get(one.call);
    return !last || last.sounds < one.sounds;
  });
  if (owed) return owed;
  const unheard = order.find((one) => now - (sounded.get(one.call)?.at ?? -Infinity) >= UNHEARD_MAX_MS);
  return unheard ?? order[0] ?? null;
}
