// The school's devices: what waits for a second person first, then what is worth a look, then the rest by kind. Each
// opens to say who made and approved it, and to be ended when it is lost.
import { useMemo, useState } from 'preact/hooks';
import type { LeaderLink, LeaderView } from '../link/leader.ts';
import type { DeviceView } from '../link/wire.ts';
import { Dot } from '../parts/shapes.tsx';
import { clock, faults, healths, kinds } from '../words.ts';
import { devices as words, leaders as shared } from '../words_leaders.ts';
import { apart, Ask, Name } from './parts.tsx';
import { sorted } from './sorted.ts';

export interface Part { link: LeaderLink; view: LeaderView; hub_now: number; say: (text: string, wrong?: boolean) => void }

const FIND_FROM = 12;

/** A staff id as people say it; "you" for who reads this. */
export function who(view: LeaderView, person: string | undefined): string {
  if (person === undefined) return '';
  if (person === view.welcome?.person) return words.you;
  return apart(view.held.staff.find((one) => one.person === person)?.name ?? person);
}

export function DevicesPage({ link, view, hub_now, say }: Part) {
  const { waiting, look, well, counts } = useMemo(() => sorted(view.held.devices.values()), [view.held.devices]);
  const [ending, set_ending] = useState<DeviceView | null>(null);
  const [find, set_find] = useState('');
  const [busy, set_busy] = useState('');
  const me = view.welcome?.person;
  const mine = waiting.filter((one) => one.made_by === me).length;
  const total = counts.room + counts.handset + counts.station;

  const send = async (type: string, device: DeviceView, done: string) => {
    set_busy(device.device);
    const told = await link.command(type, { device: device.device });
    set_busy('');
    if (told.ok) say(done);
    else say(told.error === 0 ? shared.broke : told.message, true);
  };
  const end = (device: DeviceView) => {
    set_ending(null);
    void send('RevokeDevice', device, words.ended(apart(device.label)));
  };
  const wanted = find.trim().toLowerCase();
  const found = (list: readonly DeviceView[]) => (wanted ? list.filter((one) => one.label.toLowerCase().includes(wanted)) : list);
  const groups = [...well].map(([kind, list]) => [kind, found(list)] as const).filter(([, list]) => list.length > 0);
  const title = waiting.length > 0 && mine === waiting.length ? words.title_mine(mine)
    : words.title(waiting.length - mine, look.length, total - look.length);
  const row = (device: DeviceView) => <Row key={device.device} device={device} view={view} hub_now={hub_now} end={() => set_ending(device)} />;
  return (
    <>
      <h1>{title}</h1>
      {total > 0 ? <p class="soft">{words.summary(counts.room, counts.handset, counts.station)}</p> : waiting.length === 0 && <p class="soft">{words.none}</p>}
      {waiting.length > 0 && (
        <section class="waiting-list" aria-labelledby="waits-title">
          <h2 id="waits-title">{words.waits_title}</h2>
          {mine < waiting.length && <p class="soft">{words.waits_hint}</p>}
          <ul>
            {waiting.map((device) => (
              <WaitingCard key={device.device} device={device} view={view} hub_now={hub_now} busy={busy === device.device}
                approve={() => void send('ApproveEnrolment', device, words.approved(apart(device.label)))}
                refuse={() => void send('RefuseEnrolment', device, words.refused(apart(device.label)))} />
            ))}
          </ul>
        </section>
      )}
      {look.length > 0 && (
        <section class="look-list" aria-labelledby="look-title">
          <h2 id="look-title">{words.look_title}</h2>
          <ul class="rows">{look.map(row)}</ul>
        </section>
      )}
      {total > FIND_FROM && (
        <div class="field find">
          <label for="find" class="unseen">{words.find}</label>
          <input id="find" type="search" placeholder={words.find} value={find} autocomplete="off" onInput={(event) => set_find(event.currentTarget.value)} />
        </div>
      )}
      {wanted && groups.length === 0 && <p class="soft" role="status">{words.find_none}</p>}
      <div class="kinds">
        {groups.map(([kind, list]) => (
          <section key={kind} aria-labelledby={`kind-${kind}`}>
            <h2 id={`kind-${kind}`}>{words.others_title[kind] ?? kind} <span class="soft">{list.length}</span></h2>
            <ul class="rows">{list.map(row)}</ul>
          </section>
        ))}
      </div>
      {ending && (
        <Ask title={words.end_title(apart(ending.label))} go={words.end_go} keep={words.end_keep} on_keep={() => set_ending(null)} on_go={() => end(ending)}>
          <p>{words.end_hint}</p>
        </Ask>
      )}
    </>
  );
}

function WaitingCard({ device, view, hub_now, busy, approve, refuse }: {
  device: DeviceView; view: LeaderView; hub_now: number; busy: boolean; approve: () => void; refuse: () => void;
}) {
  const mine = device.made_by !== undefined && device.made_by === view.welcome?.person;
  const left = device.waiting_until! - hub_now;
  return (
    <li class="waiting-card arrives" data-device={device.device}>
      <div>
        <p class="soft">{kinds[device.kind] ?? ''}</p>
        <h3><Name>{device.label}</Name></h3>
        <p>{mine ? words.asks_you : device.made_by === undefined ? words.asks_hub : words.asks(who(view, device.made_by))}</p>
        <p class="soft">{words.lapses(clock(Date.now() + left), left)}</p>
      </div>
      <div class="answers">
        {!mine && <button class="button next" disabled={busy} aria-label={words.approve_one(apart(device.label))} onClick={approve}>{words.approve}</button>}
        <button class="button quiet" disabled={busy} aria-label={(mine ? words.take_back_one : words.refuse_one)(apart(device.label))} onClick={refuse}>{mine ? words.take_back : words.refuse}</button>
      </div>
    </li>
  );
}

function health_of(device: DeviceView, hub_now: number): string {
  const why = device.faults.map((fault) => faults[fault]).join(', ');
  const age = hub_now - device.since;
  const what = healths[device.health];
  const said = device.health === 'never_seen' ? what
    : device.health === 'healthy' && age < 43_200_000 ? words.since(what, clock(Date.now() - age)) : words.for_ms(what, age);
  return why ? `${said}: ${why}` : said;
}

function Row({ device, view, hub_now, end }: { device: DeviceView; view: LeaderView; hub_now: number; end: () => void }) {
  const shape = device.health === 'silent' ? 'lost' : device.health === 'degraded' ? 'trouble' : device.health === 'never_seen' ? 'sending' : 'rest';
  return (
    <li data-device={device.device} data-health={device.health}>
      <details>
        <summary>
          <Dot shape={shape} size="1.15em" />
          <span class="what"><strong><Name>{device.label}</Name></strong> <span class="soft">{health_of(device, hub_now)}</span></span>
          {device.alone === true && <span class="tag">{words.alone}</span>}
        </summary>
        <div class="inside">
          <ul class="soft">
            <li>{device.alone === true ? words.alone_long : device.approved_by !== undefined ? words.approved_by(who(view, device.approved_by)) : ''}</li>
            <li>{device.made_by === undefined ? words.made_on_hub : words.made_by(who(view, device.made_by))}</li>
          </ul>
          <button class="button quiet" aria-label={words.lost_one(apart(device.label))} onClick={end}>{words.lost}</button>
        </div>
      </details>
    </li>
  );
}
