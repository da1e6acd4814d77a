// Which calls this handset sounds for, as a pure function of its cards. A call that asks this adult sounds until somebody
// owns it; so does one for which the station has named this adult, until they say that they are on their way.
import type { Ringing } from '../sound/figures.ts';
import type { CallView } from '../link/wire.ts';
import { late_on_the_way, only_sent } from '../parts/going.ts';

/** An adult is being waited for: nobody owns it, the owner is late, or another adult is wanted. */
export function asks(call: CallView): boolean {
  if (call.relation !== 'offered') return false;
  return call.owner === undefined || call.helper_wanted || late_on_the_way(call);
}

export function sent_by_station(call: CallView): boolean {
  return call.relation === 'owner' && only_sent(call);
}

/** `answered` holds the calls that the person has answered here and the hub has not confirmed yet. */
export function ring_list(calls: readonly CallView[], answered: ReadonlySet<number>): Ringing[] {
  return calls
    .filter((call) => (asks(call) || sent_by_station(call)) && !answered.has(call.call))
    .map(({ call, level, drill, raised_at, sounds }) => ({ call, level, drill, raised_at, sounds }));
}

/** Calls with an answer on its way to the hub. */
export function answered_calls(waiting: readonly { type: string; body: Record<string, unknown> }[]): Set<number> {
  return new Set(waiting.filter((one) => one.type === 'AcceptCall' || one.type === 'DeclineCall' || one.type === 'ReportOnWay')
    .map((one) => Number(one.body['call'])));
}
