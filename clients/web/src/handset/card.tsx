// One call on a handset. The top half says where, how urgent and since when; below it what helps this child; at the
// thumb the one next step for this adult at this moment.
import { type ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Link, LinkView } from '../link/link.ts';
import type { Store } from '../link/store.ts';
import type { CallView } from '../link/wire.ts';
import { only_sent } from '../parts/going.ts';
import { Bars } from '../parts/shapes.tsx';
import { duration, handset as words, level_name, names, note_for_responder } from '../words.ts';
import { whys } from '../words_calm.ts';
import { ClosePage } from './close.tsx';
import { asks, sent_by_station } from './ring_list.ts';
import { ChoosePerson } from './pin.tsx';
import { ChoosePlace } from './places.tsx';

export interface CardProps { link: Link; store: Store; view: LinkView; call: CallView; hub_now: number; me: string; back?: () => void }

export function CallCard({ link, store, view, call, hub_now, me, back }: CardProps) {
  const [choosing, set_choosing] = useState<'space' | 'person' | null>(null);
  const send = (type: string, more: Record<string, unknown> = {}) => link.command(type, { call: call.call, ...more }, { durable: true });

  if (choosing === 'space') {
    const spaces = view.held.places.filter((place) => place.kind === 'calm_space');
    return <ChoosePlace title={words.moved_where} places={spaces} none={words.no_spaces} back={() => set_choosing(null)}
      choose={(place) => { send('MoveCall', { place }); set_choosing(null); }} />;
  }
  if (choosing === 'person') {
    return (
      <div class="over">
        <ChoosePerson staff={view.held.staff.filter((one) => one.person !== me)} title={words.hand_to} hint="" show_pin={false}
          choose={(to) => { send('HandOverCall', { to }); set_choosing(null); }} />
        <button class="button quiet" onClick={() => set_choosing(null)}>{words.back}</button>
      </div>
    );
  }
  if (call.relation === 'owner' && call.rung === 'settled') return <ClosePage key={call.call} link={link} store={store} view={view} call={call} me={me} />;
  return (
    <article class={`call level-${call.level}${call.drill ? ' drill' : ''}`} data-call={call.call} data-relation={call.relation} data-rung={call.rung} aria-label={words.new_call(level_name(call.level), call.place_name, call.drill)}>
      <Where call={call} hub_now={hub_now} />
      <div class="middle" tabIndex={0} role="group" aria-label={words.about_call}>
        <Situation call={call} my_name={my_name(view, me)} />
        <WhatHelps call={call} />
      </div>
      <Thumb call={call} waiting={waiting_for(view, call.call)} send={send} choose={set_choosing} back={back} />
    </article>
  );
}

function Where({ call, hub_now }: { call: CallView; hub_now: number }) {
  return (
    <header class="where">
      <p class="level"><Bars level={call.level} /> <strong>{call.drill ? `${words.drill} · ` : ''}{level_name(call.level)}</strong>
        <span class="since"><b>{duration(hub_now - call.raised_at)}</b></span></p>
      <h1>{call.place_name}</h1>
      {call.route_hint && <p class="route">{call.route_hint}</p>}
      {call.notes.length > 0 && <p class="notes">{call.notes.map((note) => <span key={note}>{note_for_responder[note]}</span>)}</p>}
      {call.drill && <p>{words.drill_hint}</p>}
    </header>
  );
}

function my_name(view: LinkView, me: string): string {
  return view.held.staff.find((one) => one.person === me)?.short_name ?? '';
}

function Situation({ call, my_name: mine }: { call: CallView; my_name: string }) {
  const lines: string[] = [];
  if (call.why) lines.push(whys[call.why](call.why_from ?? ''));
  if (!call.recorded) lines.push(words.not_recorded);
  if (call.relation === 'offered') {
    if (call.owner) lines.push(only_sent(call) ? words.sent_already(call.owner) : words.going_already(call.owner));
    else {
      const others = call.offered.filter((one) => one !== mine);
      const more = call.offered_more - (call.offered_more > 0 && others.length === call.offered.length ? 1 : 0); // without me
      lines.push(others.length > 0 ? words.others(others, more) : words.only_you);
    }
  }
  if (call.relation === 'declined') lines.push(words.declined);
  if (call.relation === 'overseer') lines.push(!call.owner ? words.nobody_yet : call.rung === 'coming' ? words.goes(call.owner) : words.has_it(call.owner));
  if (call.relation === 'owner') {
    if (call.rung === 'coming') lines.push(call.owner_late ? words.late : sent_by_station(call) ? words.station_sent : words.going_now);
    if (call.rung === 'here') lines.push(words.at_door);
    if (call.helpers.length) lines.push(words.with_you(call.helpers));
    else if (call.helper_wanted) lines.push(words.need_adult_asked);
  }
  if (call.relation === 'helper') lines.push(!call.owner ? words.going : call.rung === 'coming' ? words.going_too(call.owner) : words.helping(call.owner));
  if (call.relation === 'raiser') lines.push(call.owner ? (only_sent(call) ? words.raised_sent(call.owner) : words.raised_coming(call.owner)) : call.rung === 'not_delivered' ? words.raised_undelivered : words.raised_ringing(call.ringing));
  if (call.withdraw_asked) lines.push(`${words.never_mind_title}. ${words.never_mind}`);
  return <>{lines.map((line) => <p key={line} class="situation">{line}</p>)}</>;
}

function WhatHelps({ call }: { call: CallView }) {
  const { helps } = call;
  if (!helps || (helps.lines.length === 0 && !helps.about)) return null;
  return (
    <section class="helps" aria-label={words.helps}>
      <h2>{words.helps} <span class="initials">{helps.initials}</span></h2>
      <ul>{helps.lines.map((line) => <li key={line}>{line}</li>)}</ul>
      {helps.about && <p class="soft">{helps.about}</p>}
    </section>
  );
}

const NOT_THROUGH_MS = 1000;
interface Waiting { type: string; late: boolean }

/** The newest unanswered command about this call, if any. */
function waiting_for(view: LinkView, call: number): Waiting | null {
  const about = view.waiting.filter((one) => one.body['call'] === call && one.type !== 'ReportRinging' && one.type !== 'RaiseCall');
  const newest = about[about.length - 1];
  return newest ? { type: newest.type, late: Date.now() - newest.made_at > NOT_THROUGH_MS } : null;
}

interface ThumbProps { call: CallView; waiting: Waiting | null; send: (type: string, more?: Record<string, unknown>) => void; choose: (what: 'space' | 'person') => void; back?: () => void }

function Thumb({ call, waiting: unanswered, send, choose, back }: ThumbProps) {
  const waiting = unanswered?.type ?? null;
  const next = (label: string, type: string, more: Record<string, unknown> = {}) => (
    <button class="button next wide tall" disabled={waiting === type} onClick={() => send(type, more)}>{waiting !== type ? label : unanswered?.late ? words.not_sent : words.sending}</button>
  );
  const quiet = (label: string, run: () => void, off = false) => <button class="button quiet" disabled={off} onClick={run}>{label}</button>;
  const accept = { on_way: true };
  let body: ComponentChildren = null;
  if (call.withdraw_asked && call.relation !== 'raiser' && call.relation !== 'overseer') {
    body = <>{next(words.looked_in, 'LookIn')}{call.relation === 'offered' && quiet(words.coming, () => send('AcceptCall', accept))}{call.relation === 'owner' && call.rung === 'coming' && quiet(words.here, () => send('ArriveCall'))}</>;
  } else if (call.relation === 'offered') {
    body = (
      <div class="answer">
        {next(asks(call) ? words.coming : words.coming_too, 'AcceptCall', accept)}
        {quiet(words.cannot, () => send('DeclineCall'), waiting === 'AcceptCall' || waiting === 'DeclineCall')}
      </div>
    );
  } else if (call.relation === 'declined') {
    body = quiet(words.come_after_all, () => send('AcceptCall', accept), waiting === 'AcceptCall');
  } else if (call.relation === 'overseer') {
    const wanted = !call.owner || call.owner_late || call.helper_wanted;
    body = <>{wanted && next(words.come_unasked, 'AcceptCall', accept)}{back && quiet(words.back, back)}</>;
  } else if (call.relation === 'owner' && call.rung === 'coming') {
    body = <>{sent_by_station(call) ? next(words.on_my_way, 'ReportOnWay') : next(words.here, 'ArriveCall')}
      <div class="pair">{sent_by_station(call) ? quiet(words.here, () => send('ArriveCall')) : quiet(words.need_adult, () => send('AskHelper'), call.helper_wanted)}{quiet(words.cannot_after_all, () => send('DeclineCall'))}</div></>;
  } else if (call.relation === 'owner' && call.rung === 'here') {
    body = (
      <>
        {call.support_check_due ? next(words.still_there_yes, 'ConfirmSupport') : next(words.settled, 'SettleCall')}
        {call.support_check_due && quiet(words.settled, () => send('SettleCall'))}
        <div class="trio">
          {quiet(words.need_adult, () => send('AskHelper'), call.helper_wanted)}
          {quiet(words.moved, () => choose('space'))}
          {quiet(words.hand_over, () => choose('person'))}
        </div>
      </>
    );
  } else if (call.relation === 'helper') {
    body = <>{call.rung === 'coming' ? next(words.here, 'ArriveCall') : call.support_check_due ? next(words.still_there_yes, 'ConfirmSupport') : null}
      {(call.rung === 'coming' || call.rung === 'here') && quiet(words.need_adult, () => send('AskHelper'), call.helper_wanted)}</>;
  }
  return (
    <footer class="thumb">
      {call.support_check_due && (call.relation === 'owner' || call.relation === 'helper') && <p class="ask">{words.still_there}</p>}
      {body}
    </footer>
  );
}

/** A call further down the stack: one line, and a tap brings it up. */
export function CallLine({ call, hub_now, show }: { call: CallView; hub_now: number; show: () => void }) {
  return (
    <button class={`call-line level-${call.level}`} data-call={call.call} onClick={show}>
      <Bars level={call.level} />
      <span><strong>{call.place_name}</strong> <small>{call.drill ? `${words.drill} · ` : ''}{level_name(call.level)}{call.owner ? ` · ${names([call.owner])}` : ''}</small></span>
      <span class="since">{duration(hub_now - call.raised_at)}</span>
    </button>
  );
}
