// What we owe: the promises after calls that this adult keeps, is for, or sees to for whoever leads; on their handset and on
// the leaders' page. One next step for each; whatever else may be said of it is behind one more tap. What is said in a
// conversation is never asked.
import { useState } from 'preact/hooks';
import type { FollowupView, Mended, Owed, PersonRef, PersonView } from '../link/wire.ts';
import { alternatives, changes, channels, mended, not_ready, owed as words, unneeded } from '../words_owed.ts';
import { NameOne } from './name_one.tsx';
import { Dot } from './shapes.tsx';

const WITH_PEOPLE = ['child_repair', 'adult_repair', 'class_reset', 'staff_debrief'];
const TALKS = ['child_repair', 'adult_repair', 'staff_debrief'];
const ASKS_OUTCOME = ['child_repair', 'adult_repair'];

interface Around {
  /** Of the hub's timeline, by this device's clock. */
  wall: (at: number) => number;
  /** Says it to the hub; what was refused, or nothing. */
  tell: (type: string, body: Record<string, unknown>) => Promise<string>;
  staff: readonly PersonRef[];
  people: ReadonlyMap<string, PersonView>;
}

export function OwedList({ owed, ...around }: { owed: Owed | null } & Around) {
  const list = owed?.items ?? [];
  return (
    <>
      <p class="soft">{list.length === 0 ? words.none : words.hint}</p>
      {list.map((one) => <OwedCard key={one.followup} one={one} {...around} />)}
      {(owed?.more ?? 0) > 0 && <p class="soft">{words.more(owed?.more ?? 0)}</p>}
    </>
  );
}

type Asking = 'outcome' | 'channel' | 'time' | 'who' | 'ask' | 'offer' | 'unneeded' | 'pass' | 'more' | null;

function same_day(a: number, b: number): boolean { return new Date(a).toDateString() === new Date(b).toDateString(); }

function OwedCard({ one, wall, tell, staff, people }: { one: FollowupView } & Around) {
  const [busy, set_busy] = useState(false);
  const [refused, set_refused] = useState('');
  const [asking, set_asking] = useState<Asking>(null);
  const [who, set_who] = useState<'child' | 'adult'>('child');
  const send = (type: string, more: Record<string, unknown> = {}) => {
    set_asking(null);
    set_busy(true);
    set_refused('');
    void tell(type, { followup: one.followup, ...more }).then((why) => { set_busy(false); set_refused(why); });
  };
  const keep = (more: Record<string, unknown> = {}) => send('KeepFollowup', { conflict: 'not_said', harm: 'not_said', change: 'not_said', channel: 'not_said', ...more });
  const begin = () => (ASKS_OUTCOME.includes(one.kind) ? set_asking('outcome') : one.kind === 'parent_contact' ? set_asking('channel') : keep());
  const back = () => set_asking(null);
  // On the hub's timeline, as whole five minutes: times that a person would say.
  const hub_now = Date.now() - wall(0);
  const times = (one.fixed ? [0, 30, 60, 120] : [0, 30, 60]).map((minutes) => ({ minutes, at: minutes === 0 ? Math.round(hub_now) : Math.ceil((hub_now + minutes * 60_000) / 300_000) * 300_000 }));
  return (
    <article class="debt" data-owed={one.kind} data-step={one.step} data-late={one.overdue}>
      <p class="who"><strong>{words.name(one)}</strong></p>
      <Situation one={one} wall={wall} />
      {refused && <p class="notice" role="alert"><span /><span>{refused}</span></p>}
      {asking === null && <Steps one={one} busy={busy} begin={begin} ask={set_asking} send={send} />}
      {asking === 'outcome' && <Outcome keep={keep} back={back} />}
      {asking === 'channel' && <Choice title={words.channel_title} of={channels} choose={(channel) => keep({ channel })} back={back} />}
      {asking === 'time' && <Times title={words.time_title} near={times} far={one.fixed ? [] : days_ahead(hub_now, wall)} wall={wall} choose={(at) => send('ScheduleFollowup', { at })} back={back} />}
      {asking === 'who' && <Choice title={words.who_title} of={not_ready} choose={(name) => { set_who(name); set_asking('ask'); }} back={back} />}
      {asking === 'ask' && <Times title={words.ask_title} near={times.slice(1)} far={days_ahead(hub_now, wall)} wall={wall} choose={(ask_at) => send('NotReadyYet', { who, ask_at })} back={back} />}
      {asking === 'offer' && <Choice title={words.offer_title} of={alternatives} choose={(alternative) => send('DeclineFollowup', { alternative })} back={back} />}
      {asking === 'unneeded' && <Choice title={words.unneeded_title} of={unneeded} choose={(why) => send('NotNeeded', { why })} back={back} />}
      {asking === 'pass' && (
        <div class="steps">
          <button class="button quiet" onClick={() => send('PassFollowup')}>{words.to_lead}</button>
          <NameOne label={words.name(one)} staff={staff} people={people} choose={(to) => send('PassFollowup', { to })} />
          <button class="button plain" onClick={back}>{words.back}</button>
        </div>
      )}
      {asking === 'more' && <More one={one} ask={set_asking} back={back} />}
    </article>
  );
}

function Situation({ one, wall }: { one: FollowupView; wall: (at: number) => number }) {
  const raised = wall(one.raised_at), due = wall(one.owed_by), meet = one.meet_at === undefined ? null : wall(one.meet_at);
  const today = (at: number) => same_day(at, Date.now());
  return (
    <>
      <p class="soft">{words.about(one.place_name, raised, today(raised))}{one.relation === 'lead' || one.relation === 'leader' ? ` · ${words.whose(one.owner)}` : ''}</p>
      {one.step === 'not_ready' ? <p class="soft">{words.waiting}</p>
        : one.overdue ? <p class="notice"><span class="mark"><Dot shape="trouble" /></span><span>{words.late(due, today(due))}</span></p>
        : <p class="soft">{meet !== null ? words.meet(meet, today(meet)) : words.by(due, today(due))}</p>}
      {one.step === 'declined' && one.alternative && <p class="soft">{words.offered(alternatives[one.alternative])}</p>}
      {one.step === 'unneeded' && one.why && <p class="soft">{one.said_by_me ? words.unneeded_mine : words.unneeded(unneeded[one.why])}</p>}
    </>
  );
}

interface StepsProps { one: FollowupView; busy: boolean; begin: () => void; ask: (next: Asking) => void; send: (type: string, more?: Record<string, unknown>) => void }
function Steps({ one, busy, begin, ask, send }: StepsProps) {
  // Whoever it is for says only whether they would like it; to keep it is the owner's.
  if (one.relation === 'with' && one.kind !== 'adult_repair') {
    if (!TALKS.includes(one.kind)) return null;
    return (
      <div class="steps">
        <button class="button quiet" disabled={busy} onClick={() => ask('who')}>{words.not_ready}</button>
        <button class="button plain" disabled={busy} onClick={() => (one.alternative ? send('DeclineFollowup', { alternative: one.alternative }) : ask('offer'))}>{words.declined}</button>
      </div>
    );
  }
  const agrees = one.step === 'unneeded' && !one.said_by_me;
  return (
    <div class="steps">
      {agrees ? <button class="button next" disabled={busy} onClick={() => send('NotNeeded', { why: one.why })}>{words.agree}</button>
        : <button class="button next" disabled={busy} onClick={begin}>{words.keep[one.kind]}</button>}
      <button class="button quiet" disabled={busy} onClick={() => ask('time')}>{words.time}</button>
      <button class="button plain" disabled={busy} onClick={() => ask('more')}>{words.more_open}</button>
    </div>
  );
}

function More({ one, ask, back }: { one: FollowupView; ask: (next: Asking) => void; back: () => void }) {
  return (
    <div class="steps">
      {WITH_PEOPLE.includes(one.kind) && <button class="button quiet" onClick={() => ask('who')}>{words.not_ready}</button>}
      {TALKS.includes(one.kind) && <button class="button quiet" onClick={() => ask('offer')}>{one.step === 'declined' ? words.respected : words.declined}</button>}
      {one.kind !== 'adult_repair' && <button class="button quiet" onClick={() => ask('pass')}>{words.pass}</button>}
      <button class="button quiet" onClick={() => ask('unneeded')}>{words.unneeded_open}</button>
      <button class="button plain" onClick={back}>{words.back}</button>
    </div>
  );
}

/** Two questions at most before it can be done; each may be left out. */
function Outcome({ keep, back }: { keep: (more: Record<string, unknown>) => void; back: () => void }) {
  const [said, set_said] = useState<{ conflict?: Mended; harm?: Mended; change?: string }>({});
  const row = <T extends string>(title: string, name: 'conflict' | 'harm' | 'change', of: Record<T, string>) => (
    <div role="group" aria-label={title}>
      <p>{title}</p>
      <div class="chips">{(Object.keys(of) as T[]).map((key) => (
        <button class="chip" key={key} aria-pressed={said[name] === key} onClick={() => set_said({ ...said, [name]: said[name] === key ? undefined : key })}>{of[key]}</button>
      ))}</div>
    </div>
  );
  const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return (
    <div class="steps">
      {row(words.conflict_title, 'conflict', mended)}
      {row(words.harm_title, 'harm', mended)}
      {row(words.change_title, 'change', changes)}
      <button class="button next" onClick={() => keep(told)}>{words.keep.child_repair}</button>
      <button class="button plain" onClick={back}>{words.back}</button>
    </div>
  );
}

function Choice<T extends string>({ title, of, choose, back }: { title: string; of: Record<T, string>; choose: (key: T) => void; back: () => void }) {
  return (
    <div class="steps" role="group" aria-label={title}>
      <p>{title}</p>
      <div class="chips">{(Object.keys(of) as T[]).map((key) => <button class="chip" key={key} onClick={() => choose(key)}>{of[key]}</button>)}</div>
      <button class="button plain" onClick={back}>{words.back}</button>
    </div>
  );
}

interface TimesProps { title: string; near: { minutes: number; at: number }[]; far: number[]; wall: (at: number) => number; choose: (at: number) => void; back: () => void }
function Times({ title, near, far, wall, choose, back }: TimesProps) {
  return (
    <div class="steps" role="group" aria-label={title}>
      <p>{title}</p>
      <div class="chips">
        {near.map(({ minutes, at }) => <button class="chip" key={at} onClick={() => choose(at)}>{words.in_minutes(minutes, wall(at))}</button>)}
        {far.map((at) => <button class="chip" key={at} onClick={() => choose(at)}>{words.on_day(wall(at))}</button>)}
      </div>
      <button class="button plain" onClick={back}>{words.back}</button>
    </div>
  );
}

/** Nine o'clock on the next three weekdays, on the hub's timeline. */
function days_ahead(hub_now: number, wall: (at: number) => number): number[] {
  const list: number[] = [];
  const at = new Date(wall(hub_now));
  at.setHours(9, 0, 0, 0);
  while (list.length < 3) {
    at.setDate(at.getDate() + 1);
    if (at.getDay() !== 0 && at.getDay() !== 6) list.push(Math.round(at.getTime() - wall(0)));
  }
  return list;
}
