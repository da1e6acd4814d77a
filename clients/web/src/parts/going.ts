// Who goes, and whether they said so themselves: one place, so that every page waits for the same word.
import type { CallView } from '../link/wire.ts';

/** The station has named this call's owner, who has not confirmed it yet. A handset's own "I'm coming" confirms at once. */
export function only_sent(call: CallView): boolean {
  return call.rung === 'coming' && !call.on_way;
}

/** Nobody has it: it still asks. */
export function unanswered(call: CallView): boolean {
  return call.owner === undefined && (call.rung === 'received' || call.rung === 'ringing' || call.rung === 'not_delivered');
}

/** The owner is late, and whoever is named now takes it over. */
export function late_on_the_way(call: CallView): boolean {
  return call.owner_late && call.rung === 'coming';
}
