// What of the school day a handset shows first, as pure functions of what the hub has told.
import type { CheckinView, Day, GreetingView } from '../link/wire.ts';

/** This adult has somebody to look for. */
export function greet_now(day: Day | null): GreetingView[] {
  return (day?.greetings ?? []).filter((one) => one.step === 'not_greeted' && one.relation !== 'own');
}

/** It is due, and with this adult. */
export function check_in_now(day: Day | null): CheckinView[] {
  return (day?.checkins ?? []).filter((one) => one.step === 'due' && one.relation !== 'own');
}

/** Each that should sound once, and again when it is somebody's anew. */
export function sounds_of(day: Day | null): string[] {
  return [...greet_now(day).map((one) => `greet/${one.child}/${one.reminders}`), ...check_in_now(day).map((one) => `check/${one.checkin}/${one.reminders}`)];
}

/** Whole five minutes that are still before school ends: times that a person would say. */
export function later_today(hub_now: number, ends: number | undefined): number[] {
  return [15, 30, 60, 120].map((minutes) => Math.ceil((hub_now + minutes * 60_000) / 300_000) * 300_000).filter((at) => ends === undefined || at < ends);
}

/** Characters as a person counts them. */
export function characters(text: string): number {
  return [...text.trim()].length;
}
