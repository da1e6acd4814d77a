// The receipt of a ring: told to the hub once for each sounding that it asked for, when the card has been drawn on a
// page that is in front and the sound has really begun. Handset and station alike.
import type { Link } from '../link/link.ts';

export function make_receipts(link: Link): (call: number) => void {
  const told = new Map<number, number>();
  return (call) => requestAnimationFrame(() => {
    const view = link.view.held.calls.get(call)?.view;
    const drawn = document.querySelector(`[data-call="${call}"]`) !== null && document.visibilityState === 'visible';
    if (!view || !drawn || (told.get(call) ?? -1) >= view.sounds) return;
    if (link.view.waiting.some((one) => one.type === 'ReportRinging' && one.body['call'] === call)) return;
    told.set(call, view.sounds);
    link.command('ReportRinging', { call });
  });
}
