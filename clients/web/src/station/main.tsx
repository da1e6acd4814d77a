// The station's page: a wall of calm cards, the devices that are quiet, and who is on duty. On the last rung it sounds
// until a person stops it with one control, which asks who is going. It can't decline.
import '../style/base.css';
import './station.css';
import { type ComponentChildren, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { DeviceWatch } from '../device/evidence.ts';
import { now as page_now, open_link, type Page } from '../link/browser.ts';
import type { LinkView } from '../link/link.ts';
import type { CallView, DeviceView } from '../link/wire.ts';
import { Announce } from '../parts/announce.tsx';
import { Gate, LinkNotices } from '../parts/gate.tsx';
import { use_changes, use_link, use_now } from '../parts/hooks.ts';
import { SpaceList } from '../parts/visits.tsx';
import { Bars, Dot, type DotShape } from '../parts/shapes.tsx';
import { gaps_line } from '../parts/gaps.ts';
import { late_on_the_way, only_sent } from '../parts/going.ts';
import { follow_theme } from '../parts/theme.ts';
import { make_receipts } from '../device/receipts.ts';
import { figures } from '../sound/figures.ts';
import { Player } from '../sound/player.ts';
import { Ringer } from '../sound/ringer.ts';
import { clock, duration, faults, healths, kinds, level_name, link as link_words, names, room as room_words, station as words } from '../words.ts';
import { whys } from '../words_calm.ts';
import { cover } from '../words_cover.ts';
import { today } from '../words_day.ts';
import { useLeftOpenNote } from './left_open.ts';
import { practice_word, station_ready } from '../words_ready.ts';
import { OwnTest, ReadyList, SiteDrillLine } from './ready.tsx';
import { WhoGoes } from './who.tsx';
import { CARDS_MAX, needs_station, quiet_devices, roster, station_rings, trouble_of, wall_order } from './wall.ts';

interface Tools extends Page { player: Player; ringer: Ringer; watch: DeviceWatch }
const DEVICES_MAX = 9;
const MANY = 6;

function Station({ tools }: { tools: Tools }) {
  const { link, player, ringer, watch, store } = tools;
  const view = use_link(link);
  const now = use_now(500);
  use_changes(watch);
  const [asking, set_asking] = useState<number | null>(null);
  const { held } = view;
  const calls = wall_order([...held.calls.values()].map((card) => card.view));
  const answered = new Set(view.waiting.filter((one) => one.type === 'AcceptCall').map((one) => Number(one.body['call'])));
  const label = held.welcome?.label ?? store.kept()?.label ?? words.title;

  useEffect(() => {
    ringer.set_ringing(station_rings(calls, answered));
    ringer.set_lost(view.lost ? view.lost_since : null);
  });
  useEffect(() => {
    const tell = () => link.set_evidence(watch.evidence());
    tell();
    return watch.subscribe(tell);
  }, [link, watch]);
  useEffect(() => { document.title = label; }, [label]);
  useEffect(() => { if (asking !== null && !held.calls.has(asking)) set_asking(null); }, [held.calls, asking]);

  const unlock = async () => {
    void watch.keep_awake();
    if (await player.unlock()) await player.play(figures.proof);
  };
  const hub_now = now + view.hub_offset;
  const waiting_call = calls.find((call) => needs_station(call) && call.practice !== 'test' && call.practice !== 'site');
  useLeftOpenNote(link, player, waiting_call !== undefined);
  const asked = asking === null ? undefined : held.calls.get(asking);
  return (
    <div class={`station${view.lost ? ' is-lost' : ''}`}>
      <header class="top">
        <h1>{label}</h1>
        <p class="soft">{view.lost ? '' : <><Dot shape={view.phase === 'live' ? 'rest' : 'sending'} /> {view.phase === 'live' && view.heard_at !== null ? link_words.live(now - view.heard_at) : link_words.connecting}</>}</p>
        <p class="clock">{clock(Date.now())}</p>
      </header>
      <div class="notices">
        <LinkNotices link={link} now={now} hush={{ label: words.hush, run: () => ringer.hush_lost(), shown: player.unlocked && ringer.lost_sounding }} />
        <SiteDrillLine link={link} />
        {!player.unlocked && (
          <div class="notice" data-notice="sound-off">
            <span class="mark"><Dot shape="trouble" size="1.5em" /></span>
            <strong>{words.sound_off_title}</strong>
            <span>{words.sound_off}</span>
            <button class="button" onClick={() => void unlock()}>{words.sound_on}</button>
          </div>
        )}
      </div>
      <main class={`wall${calls.length > MANY ? ' many' : ''}`} aria-label={words.title} data-count={calls.length}>
        {calls.length === 0
          ? <section class="none"><h2>{view.lost ? words.no_calls_known : words.no_calls}</h2>{!view.lost && view.heard_at !== null && <p class="soft">{link_words.live(now - view.heard_at)}</p>}{view.lost && <p>{words.hub_lost}</p>}</section>
          : <ul class="cards">{calls.slice(0, CARDS_MAX).map((call) => (
            <Card key={call.call} call={call} hub_now={hub_now} sending={answered.has(call.call)} take={() => { void unlock_quietly(player); set_asking(call.call); }} />
          ))}</ul>}
        {calls.length > CARDS_MAX && <p class="more">{words.more(calls.length - CARDS_MAX)}</p>}
      </main>
      <QuietColumn view={view} hub_now={hub_now} ready={<><ReadyList link={link} hub_now={hub_now} /><OwnTest link={link} player={player} hub_now={hub_now} /></>} />
      <Roster view={view} hub_now={hub_now} />
      <Announce text={waiting_call ? `${waiting_call.drill ? words.drill_needs_you : words.needs_you}. ${level_name(waiting_call.level)}, ${waiting_call.place_name}` : ''} />
      {asked && <WhoGoes call={asked.view} cannot={asked.cannot ?? []} here={label} staff={held.staff} people={held.people} close={() => set_asking(null)}
        choose={(going) => { link.command('AcceptCall', { call: asked.view.call, on_way: false, going }, { durable: true }); set_asking(null); }} />}
    </div>
  );
}

/** A tap on a control is a gesture too: the station may sound from now on, without playing the proof. */
async function unlock_quietly(player: Player): Promise<void> {
  if (!player.unlocked) await player.unlock();
}

function rung_of(call: CallView): { shape: DotShape; line: string } {
  const owner = call.owner ?? '';
  switch (call.rung) {
    case 'received': return { shape: 'received', line: words.received };
    case 'ringing': return { shape: 'ringing', line: words.ringing(call.ringing) };
    case 'not_delivered': return { shape: 'trouble', line: room_words.not_delivered };
    case 'coming': return { shape: 'coming', line: only_sent(call) ? (call.owner_late ? words.no_word(owner) : words.sent(owner)) : call.owner_late ? words.late(owner) : room_words.coming(owner) };
    case 'here': return { shape: 'here', line: room_words.here(owner) };
    case 'settled': return { shape: 'here', line: call.outcome === 'moved' ? room_words.moved(call.moved_to ?? '') : call.outcome === 'handed_over' ? room_words.handed_over(owner) : room_words.settled };
    default: return { shape: 'rest', line: '' };
  }
}

function Card({ call, hub_now, sending, take }: { call: CallView; hub_now: number; sending: boolean; take: () => void }) {
  const { shape, line } = rung_of(call);
  const test = call.practice === 'test' || call.practice === 'site';
  const waits = needs_station(call) && !test;
  const late = late_on_the_way(call);
  const extra = [
    call.why ? whys[call.why](call.why_from ?? '') : '', call.drill ? (test ? station_ready.testing : words.drill_hint) : '', call.recorded ? '' : words.not_recorded, call.withdraw_asked ? words.withdrawing : '',
    call.helper_wanted && call.helpers.length === 0 ? words.helper_wanted : '',
  ].filter(Boolean);
  return (
    <li class={`card level-${call.level}${waits ? ' waits' : ''}${call.drill ? ' drill' : ''}${call.rung === 'settled' || call.rung === 'here' ? ' calm' : ''}`} data-call={call.call} data-rung={call.rung}>
      <p class="level"><Bars level={call.level} /> <span>{call.drill ? `${practice_word(call.practice)} · ` : ''}{level_name(call.level)}</span> <b>{duration(hub_now - call.raised_at)}</b></p>
      <h2>{call.place_name}</h2>
      <p class="rung"><Dot shape={shape} size="1.2em" /> <span>{line}</span></p>
      {waits ? <p class="needs">{call.drill ? words.drill_needs_you : words.needs_you}</p>
        : call.owner === undefined && call.offered.length > 0 ? <p class="soft">{words.asked(call.offered, call.offered_more)}</p>
          : call.helpers.length > 0 ? <p class="soft">{words.with_helpers(call.helpers)}</p> : null}
      {extra.map((one) => <p key={one} class="soft">{one}</p>)}
      {(waits || late) && <button class={`button ${waits ? 'next' : 'quiet'} wide`} disabled={sending} onClick={take}>{sending ? words.sending : waits ? words.have_it : words.send_another}</button>}
    </li>
  );
}

function QuietColumn({ view, hub_now, ready }: { view: LinkView; hub_now: number; ready: ComponentChildren }) {
  const { listed, unopened } = quiet_devices(view.held.devices.values());
  const shown = listed.slice(0, DEVICES_MAX);
  return (
    <aside class="devices" aria-labelledby="devices-title" tabIndex={0}>
      <h2 id="devices-title">{words.quiet_devices}</h2>
      {listed.length === 0 && <p class="all-well"><Dot shape={view.lost ? 'lost' : 'rest'} /> {view.lost ? words.quiet_unknown : words.quiet_none}</p>}
      <ul>{shown.map((device) => <Device key={device.device} device={device} hub_now={hub_now} />)}</ul>
      {listed.length > shown.length && <p class="soft">{words.quiet_more(listed.length - shown.length)}</p>}
      {unopened > 0 && <p class="soft">{words.unopened(unopened)}</p>}
      {ready}
      <SpaceList spaces={view.held.spaces.values()} />
    </aside>
  );
}

function Device({ device, hub_now }: { device: DeviceView; hub_now: number }) {
  const why = device.health === 'silent' ? `${healths.silent} · ${duration(hub_now - device.since)}`
    : `${healths[trouble_of(device)]}: ${device.faults.map((fault) => faults[fault]).join(', ')}`;
  return (
    <li>
      <Dot shape={device.health === 'silent' ? 'lost' : 'trouble'} size="1.2em" />
      <div><strong>{device.label}</strong> <span class="soft">{kinds[device.kind] ?? ''}</span><br /><span>{why}</span></div>
    </li>
  );
}

function Roster({ view, hub_now }: { view: LinkView; hub_now: number }) {
  const groups = roster(view.held.people.values());
  const labels = { free: words.free, with_child: words.busy, on_break: words.rest, recovering: words.recovering, unreachable: words.unreachable, teaching: words.teaching, signed_out: '', absent: '' };
  return (
    <footer class="roster" aria-label={words.roster}>
      {view.held.gaps.length > 0 && <p class="gaps"><Dot shape="trouble" size="1.1em" /> {gaps_line(view.held.gaps, hub_now)}</p>}
      {[...view.held.visits.values()].filter((card) => card.view.left_open).map((card) => <p key={card.view.visit} class="gaps" data-left-open><Dot shape="trouble" size="1.1em" /> {today.left_open_line(card.view.space_name)}</p>)}
      {view.held.timetable?.fault !== undefined && <p class="gaps"><Dot shape="trouble" size="1.1em" /> <span>{cover.stale}: {view.held.timetable.fault}</span></p>}
      {groups.length === 0 ? <p class="soft">{words.roster_none}</p>
        : <dl>{groups.map((group) => <div key={group.state} class={group.state}><dt>{labels[group.state]}</dt><dd>{names(group.people.map((one) => one.short_name), 12)}</dd></div>)}</dl>}
    </footer>
  );
}

follow_theme();
void open_link('station').then((page) => {
  const player = new Player();
  const watch = new DeviceWatch(player);
  const ringer = new Ringer(player, page_now, make_receipts(page.link));
  void player.unlock(); // a station started with sound allowed needs no tap; elsewhere this changes nothing
  void watch.keep_awake();
  render(<Gate link={page.link}><Station tools={{ ...page, player, watch, ringer }} /></Gate>, document.getElementById('page')!);
});
