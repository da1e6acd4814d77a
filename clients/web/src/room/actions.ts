// What a room may do, each as one command that is kept until it is answered. A press is on the device's storage before
// it is sent.
import type { Link } from '../link/link.ts';
import type { CallNote } from '../link/wire.ts';
import type { Situation } from './situation.ts';

/** When each press was made, on the page's monotonic clock: this page's own presses only. */
export const pressed_at = new Map<string, number>();

export function press(link: Link, level: number, now: number): string {
  const { id } = link.command('RaiseCall', { level, pressed_at: Date.now() }, { durable: true });
  pressed_at.set(id, now);
  return id;
}

/** Never mind. True when nothing had left this page, so that nothing needs to be said to anyone. */
export function never_mind(link: Link, at: Situation): boolean {
  if (at.call) {
    link.command('WithdrawCall', { call: at.call.call }, { durable: true });
    return false;
  }
  if (!at.press) return false;
  if (link.take_back(at.press.id)) return true;
  link.command('WithdrawCall', {}, { durable: true, after: at.press.id });
  return false;
}

function about(link: Link, at: Situation, type: string, more: Record<string, unknown> = {}): void {
  if (at.call) link.command(type, { call: at.call.call, ...more }, { durable: true });
  else if (at.press) link.command(type, { ...more }, { durable: true, after: at.press.id });
}

export function confirm_mistake(link: Link, at: Situation): void { about(link, at, 'ConfirmWithdraw'); }
export function keep_call(link: Link, at: Situation): void { about(link, at, 'KeepCall'); }
export function say_here(link: Link, at: Situation): void { about(link, at, 'ArriveCall'); }
export function choose_child(link: Link, at: Situation, child: string): void { about(link, at, 'ChooseChild', { child }); }
export function add_note(link: Link, at: Situation, note: CallNote): void { about(link, at, 'AddNote', { note }); }
