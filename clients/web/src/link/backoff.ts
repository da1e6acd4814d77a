// When to dial again after a connection ended: at once the first time, then later and later, never more than two
// seconds apart, and never all pages in the same instant. Pure; the caller owns the timers.

export const DIAL_DELAY_MAX_MS = 2000;

/** Milliseconds to wait before attempt `attempt` (0 is the first after a loss). `random` is in [0, 1). */
export function dial_delay_ms(attempt: number, random: number): number {
  if (attempt <= 0) return 0;
  const ceiling = Math.min(DIAL_DELAY_MAX_MS, 200 * 2 ** Math.min(attempt, 8));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
