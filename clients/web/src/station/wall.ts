// What the station's wall shows, as pure functions of what is held: which cards and in which order, which devices are
// quiet, who is on duty, and for which calls the station sounds.
import type { CallView, DeviceView, PersonRef, PersonView } from '../link/wire.ts';
import type { Ringing } from '../sound/figures.ts';

export const CARDS_MAX = 8;

/** The last rung has been reached and nobody has it: a person here must act. */
export function needs_station(call: CallView): boolean {
  return call.station_called && call.owner === undefined && (call.rung === 'received' || call.rung === 'ringing' || call.rung === 'not_delivered');
}

/** What waits on this station first, then urgency, then age; drills after what is real. */
export function wall_order(calls: Iterable<CallView>): CallView[] {
  const waits = (call: CallView) => (needs_station(call) ? 0 : 1);
  const settled = (call: CallView) => (call.rung === 'settled' ? 1 : 0);
  return [...calls].sort((a, b) => Number(a.drill) - Number(b.drill) || waits(a) - waits(b) || settled(a) - settled(b) ||
    b.level - a.level || a.raised_at - b.raised_at || a.call - b.call);
}

export function station_rings(calls: readonly CallView[], answered: ReadonlySet<number>): Ringing[] {
  return calls.filter((call) => needs_station(call) && !answered.has(call.call))
    .map(({ call, level, drill, raised_at, sounds }) => ({ call, level, drill, raised_at, sounds }));
}

export interface Candidate { person: PersonRef; state: PersonView['state']; declined: boolean; near: boolean }

/** Who may be sent, the likeliest first; without those who go already. `cannot` holds short names, `here` this station's. */
export function who_order(call: CallView, cannot: readonly string[], here: string, staff: readonly PersonRef[], people: ReadonlyMap<string, PersonView>): Candidate[] {
  const order: PersonView['state'][] = ['free', 'recovering', 'teaching', 'on_break', 'with_child', 'unreachable'];
  // A station's label begins with its place's name. Whoever is based here can go at once, with or without a handset.
  const near = (place: string | undefined) => place !== undefined && (here === place || here.startsWith(`${place} `));
  const rank = (one: Candidate) => (one.declined ? 10 : one.near && one.state === 'signed_out' ? 0.5 : one.state === 'signed_out' || one.state === 'absent' ? 20 : order.indexOf(one.state));
  return staff.filter((one) => one.person !== call.owner_person && !call.helpers.includes(one.short_name))
    .map((person) => {
      const known = people.get(person.person);
      return { person, state: known?.state ?? 'signed_out' as const, declined: cannot.includes(person.short_name), near: near(known?.place) };
    })
    .sort((a, b) => rank(a) - rank(b) || Number(b.near) - Number(a.near) || a.person.name.localeCompare(b.person.name));
}

export interface QuietDevices { listed: DeviceView[]; unopened: number }

/** Silent devices first, the longest silence first; then those that could not ring, or soon may not. */
export function quiet_devices(devices: Iterable<DeviceView>): QuietDevices {
  const all = [...devices];
  const worth = (device: DeviceView) => device.health === 'silent' ||
    (device.health === 'degraded' && (device.kind !== 'room' || device.faults.some((fault) => fault === 'battery_low' || fault === 'no_button')));
  const rank = (device: DeviceView) => (device.health === 'silent' ? 0 : 1);
  return {
    listed: all.filter(worth).sort((a, b) => rank(a) - rank(b) || a.since - b.since || a.label.localeCompare(b.label)),
    unopened: all.filter((device) => device.health === 'never_seen').length,
  };
}

export interface RosterGroup { state: PersonView['state']; people: PersonView[] }

export function roster(people: Iterable<PersonView>): RosterGroup[] {
  const order: PersonView['state'][] = ['free', 'teaching', 'with_child', 'on_break', 'recovering', 'unreachable'];
  const all = [...people];
  return order.map((state) => ({ state, people: all.filter((one) => one.state === state).sort((a, b) => a.short_name.localeCompare(b.short_name)) }))
    .filter((group) => group.people.length > 0);
}

/** What a device that is no longer silent is shown as: a room without its button comes first. */
export function trouble_of(device: DeviceView): 'no_button' | 'degraded' | 'watch' {
  if (device.faults.includes('no_button')) return 'no_button';
  return could_not_ring(device) ? 'degraded' : 'watch';
}

/** Whether these faults keep a device from ringing now; a low battery or a screen that may sleep do not yet. */
export function could_not_ring(device: DeviceView): boolean {
  return device.faults.some((fault) => fault !== 'battery_low' && fault !== 'screen_may_sleep' && fault !== 'no_button');
}
