// The hub's devices in the order in which a leader needs them. Pure.
import type { DeviceView } from '../link/wire.ts';

export interface Sorted {
  /** Wait for a second person; the one that lapses first on top. */
  readonly waiting: readonly DeviceView[];
  /** Let in, and not as they should be: silent first, then what could not ring. */
  readonly look: readonly DeviceView[];
  /** The rest by kind, each by name. */
  readonly well: ReadonlyMap<string, readonly DeviceView[]>;
  readonly counts: { readonly room: number; readonly handset: number; readonly station: number };
}

const kinds = ['room', 'handset', 'station', 'board', 'local'];
const by_label = (a: DeviceView, b: DeviceView) => a.label.localeCompare(b.label, 'en-GB', { numeric: true });

export function sorted(devices: Iterable<DeviceView>): Sorted {
  const all = [...devices];
  const waiting = all.filter((one) => one.waiting_until !== undefined).sort((a, b) => a.waiting_until! - b.waiting_until!);
  const let_in = all.filter((one) => one.waiting_until === undefined);
  const troubled = (one: DeviceView) => one.health === 'silent' || one.health === 'degraded';
  const look = let_in.filter(troubled).sort((a, b) => Number(b.health === 'silent') - Number(a.health === 'silent') || by_label(a, b));
  const well = new Map<string, readonly DeviceView[]>();
  for (const kind of kinds) {
    const some = let_in.filter((one) => one.kind === kind && !troubled(one)).sort(by_label);
    if (some.length > 0) well.set(kind, some);
  }
  const count = (kind: string) => let_in.filter((one) => one.kind === kind).length;
  return { waiting, look, well, counts: { room: count('room'), handset: count('handset'), station: count('station') } };
}
