// Talk times on a handset: who would like to talk, what this adult promised, and what is still owed. A time and a place
// are two taps. That the child's adult knows is told to the hub only once the card has been drawn in front of them.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Link, LinkView } from '../link/link.ts';
import type { TalkView } from '../link/wire.ts';
import { clock } from '../words.ts';
import { talks as words } from '../words_talk.ts';
import { figures } from '../sound/figures.ts';
import { use_link } from '../parts/hooks.ts';
import type { Tools } from './parts.ts';
import { ChoosePlace } from './places.tsx';
import { talk_times, waits_for_me } from './talk_list.ts';

interface Props { link: Link; view: LinkView; hub_now: number; base: string | undefined }

/** The newest first that wait for this adult; then promises by their time. */
export function TalkTimes({ link, view, hub_now, base }: Props) {
  const list = talk_times([...view.held.talks.values()].map((one) => one.view));
  useReceipts(link, list);
  if (list.length === 0) return null;
  return (
    <section class="talks" aria-label={words.title}>
      <h2>{words.title}</h2>
      {list.map((talk) => <TalkCard key={talk.talk} link={link} view={view} talk={talk} hub_now={hub_now} base={base} />)}
    </section>
  );
}

/** Where a call fills the page: that something waits, and nothing more. */
export function TalkLine({ view, show }: { view: LinkView; show: () => void }) {
  const count = [...view.held.talks.values()].filter((one) => waits_for_me(one.view)).length;
  return count === 0 ? null : <button class="bar" onClick={show}>{words.some(count)}</button>;
}

function TalkCard({ link, view, talk, hub_now, base }: { talk: TalkView } & Props) {
  const [choosing, set_choosing] = useState<'time' | 'place' | 'list' | null>(null);
  const [at, set_at] = useState(0);
  const [refused, set_refused] = useState(false);
  const waiting = view.waiting.some((one) => one.body['talk'] === talk.talk && one.type !== 'ReportTalkShown');
  const send = (type: string, more: Record<string, unknown> = {}) => {
    set_choosing(null);
    set_refused(false);
    void link.command(type, { talk: talk.talk, ...more }, { durable: true }).answered.then((answer) => set_refused(!answer.ok));
  };
  const wall = (time: number) => clock(Date.now() + time - hub_now);
  if (choosing === 'list') {
    return <ChoosePlace title={words.place_title} places={view.held.places} none={words.no_places} back={() => set_choosing('place')} choose={(place) => send('OfferTalk', { at, place })} />;
  }
  return (
    <article class="talk" data-talk={talk.talk} data-rung={talk.rung} data-relation={talk.relation}>
      <Situation talk={talk} hub_now={hub_now} wall={wall} />
      {choosing === 'time' && <Times hub_now={hub_now} wall={wall} choose={(time) => { set_at(time); set_choosing('place'); }} back={() => set_choosing(null)} />}
      {choosing === 'place' && <Where view={view} base={base} choose={(place) => send('OfferTalk', { at, place })} other={() => set_choosing('list')} back={() => set_choosing('time')} />}
      {choosing === null && <Steps talk={talk} waiting={waiting} send={send} offer={() => set_choosing('time')} />}
      {refused && <p class="notice"><span /><span>{words.refused}</span></p>}
    </article>
  );
}

function Situation({ talk, hub_now, wall }: { talk: TalkView; hub_now: number; wall: (at: number) => string }) {
  const who = <b class="initials">{talk.initials ?? ''}</b>;
  if (talk.relation === 'dsl') return <p class="who">{who} <strong>{words.pointer(talk.adult ?? '')}</strong></p>;
  const promised = talk.at !== undefined;
  const open = talk.rung === 'asked' || talk.rung === 'received';
  return (
    <>
      <p class="who">{who} <strong>{promised ? words.promised(wall(talk.at ?? 0), talk.place_name ?? '') : talk.rung === 'met' ? words.met : `${words.asks[talk.symbol ?? 'speak'] ?? ''} · ${words.when[talk.when ?? 'soon'] ?? ''}`}</strong></p>
      {promised && <p class="soft">{talk.rung === 'agreed' ? words.agreed : words.not_agreed}</p>}
      {talk.owed && talk.rung === 'missed' && <p class="notice"><span /><span>{words.owed}</span></p>}
      {talk.relation === 'lead' && <p class="soft">{words.lead}</p>}
      {open && <p class="soft">{words.asked(hub_now - talk.asked_at)}{talk.due !== undefined && talk.relation === 'asked' ? ` · ${words.until(talk.due - hub_now)}` : ''}</p>}
      {talk.dsl && <p class="notice"><span /><span>{words.dsl_waits}</span></p>}
    </>
  );
}

interface StepsProps { talk: TalkView; waiting: boolean; send: (type: string, more?: Record<string, unknown>) => void; offer: () => void }
function Steps({ talk, waiting, send, offer }: StepsProps) {
  if (talk.relation === 'dsl') return <div class="steps"><button class="button next" disabled={waiting} onClick={() => send('TakeTalkPointer')}>{words.pointer_take}</button></div>;
  if (talk.rung === 'met') {
    return talk.dsl ? null : (
      <div class="steps">
        <button class="button quiet" disabled={waiting} onClick={() => send('HandTalkToDsl')}>{words.to_dsl}</button>
        <p class="soft">{words.to_dsl_hint}</p>
      </div>
    );
  }
  if (talk.at !== undefined) {
    return (
      <div class="steps">
        <button class="button next" disabled={waiting} onClick={() => send('MeetTalk')}>{words.met_it}</button>
        <button class="button quiet" disabled={waiting} onClick={offer}>{words.other_time}</button>
      </div>
    );
  }
  const hello = talk.symbol === 'hello';
  return (
    <div class="steps">
      {hello && <button class="button next" disabled={waiting} onClick={() => send('MeetTalk')}>{words.wave}</button>}
      <button class={`button ${hello ? 'quiet' : 'next'}`} disabled={waiting} onClick={offer}>{talk.owed ? words.offer_new : words.offer}</button>
      {talk.rung === 'missed' && <button class="button quiet" disabled={waiting} onClick={() => send('MeetTalk')}>{words.met_it}</button>}
      {talk.relation === 'asked' && <button class="button plain" disabled={waiting} onClick={() => send('PassTalk')}>{words.cannot}</button>}
    </div>
  );
}

const MINUTES = [0, 15, 30, 60, 120];
function Times({ hub_now, wall, choose, back }: { hub_now: number; wall: (at: number) => string; choose: (at: number) => void; back: () => void }) {
  // Whole five minutes: a time that a person would say.
  const rounded = (minutes: number) => (minutes === 0 ? Math.round(hub_now) : Math.ceil((hub_now + minutes * 60_000) / 300_000) * 300_000);
  return (
    <div class="steps" role="group" aria-label={words.time_title}>
      <p>{words.time_title}</p>
      <div class="chips">{MINUTES.map((minutes) => <button class="chip" key={minutes} onClick={() => choose(rounded(minutes))}>{words.in_minutes(minutes, wall(rounded(minutes)))}</button>)}</div>
      <button class="button plain" onClick={back}>{words.back}</button>
    </div>
  );
}

/** Where they mostly are, and calm places; every other one is behind a list. */
function Where({ view, base, choose, other, back }: { view: LinkView; base: string | undefined; choose: (place: string) => void; other: () => void; back: () => void }) {
  const own = view.held.places.find((place) => place.name === base);
  const near = [...(own ? [own] : []), ...view.held.places.filter((place) => place.kind === 'calm_space' && place !== own)].slice(0, 4);
  return (
    <div class="steps" role="group" aria-label={words.place_title}>
      <p>{words.place_title}</p>
      <div class="chips">
        {near.map((place) => <button class="chip" key={place.place} onClick={() => choose(place.place)}>{place.name}</button>)}
        <button class="chip" onClick={other}>{words.place_other}</button>
      </div>
      <button class="button plain" onClick={back}>{words.back}</button>
    </div>
  );
}

/** One soft note for what is new, once, and never over a call. */
export function useTalkNote(tools: Tools, calls_ring: boolean): void {
  const sounded = useRef(new Set<string>());
  const view = use_link(tools.link);
  useEffect(() => {
    for (const { view: talk } of view.held.talks.values()) {
      const key = `${talk.talk}/${talk.relation}/${talk.reminders}`;
      if (!waits_for_me(talk) || sounded.current.has(key) || calls_ring || !tools.player.unlocked) continue;
      sounded.current.add(key);
      void tools.player.play(figures.talk);
    }
  });
}

/** They know: the card has been drawn on a page that is in front. Told once, and again only when it was handed back. */
function useReceipts(link: Link, list: readonly TalkView[]): void {
  const told = useRef(new Set<string>());
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      for (const talk of list) {
        const key = `${talk.talk}/${talk.rung_at}`;
        if (talk.rung !== 'asked' || told.current.has(key) || !document.querySelector(`[data-talk="${talk.talk}"]`)) continue;
        told.current.add(key);
        link.command('ReportTalkShown', { talk: talk.talk });
      }
    };
    const frame = requestAnimationFrame(look);
    document.addEventListener('visibilitychange', look);
    return () => { cancelAnimationFrame(frame); document.removeEventListener('visibilitychange', look); };
  });
}
