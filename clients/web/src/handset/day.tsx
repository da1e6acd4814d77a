// The school day on a handset: whoever this adult has to look for, check-ins that are due, and the lines for today. One
// next step each, and a way out that shames nobody.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Link, LinkView } from '../link/link.ts';
import type { CheckinView, ChildRef, GreetingView, NoteView } from '../link/wire.ts';
import { figures } from '../sound/figures.ts';
import { use_link } from '../parts/hooks.ts';
import { Dot } from '../parts/shapes.tsx';
import { today as words } from '../words_day.ts';
import { characters, check_in_now, greet_now, later_today, sounds_of } from './day_list.ts';
import type { Tools } from './parts.ts';

const NOTE_CHARACTERS = 120;
export type Wall = (at: number) => number;

/** Gives a command, once at a time, and says when it was refused. */
function use_sending(link: Link) {
  const [busy, set_busy] = useState(false);
  const [refused, set_refused] = useState('');
  const send = async (type: string, body: Record<string, unknown>): Promise<boolean> => {
    set_busy(true);
    set_refused('');
    const answer = await link.command(type, body, { durable: true }).answered;
    set_busy(false);
    if (!answer.ok) set_refused(answer.message);
    return answer.ok;
  };
  return { send, busy, refused };
}

/** What is this adult's to do now, and what they should know. Nothing where there is nothing. */
export function TodayCards({ link, view, hub_now, wall }: { link: Link; view: LinkView; hub_now: number; wall: Wall }) {
  const { day } = view.held;
  const greetings = greet_now(day);
  const checkins = check_in_now(day);
  const notes = day?.notes ?? [];
  if (greetings.length + checkins.length + notes.length === 0) return null;
  return (
    <section class="today" aria-label={words.title}>
      {checkins.map((one) => <CheckinCard key={one.checkin} link={link} checkin={one} hub_now={hub_now} ends={day?.to} wall={wall} />)}
      {greetings.map((one) => <GreetingCard key={one.child} link={link} greeting={one} />)}
      {notes.map((one) => <NoteLine key={one.note} note={one} initials />)}
    </section>
  );
}

function GreetingCard({ link, greeting }: { link: Link; greeting: GreetingView }) {
  const { send, busy, refused } = use_sending(link);
  return (
    <article class="talk" data-greeting={greeting.initials}>
      <p class="who"><b class="initials">{greeting.initials}</b> <strong>{words.not_greeted(greeting.initials)}</strong></p>
      {greeting.carried && <p class="soft">{words.carried}</p>}
      {greeting.relation === 'lead' && <p class="soft">{words.lead}</p>}
      <div class="steps">
        <button class="button next" disabled={busy} onClick={() => void send('GreetChild', { child: greeting.child })}>{words.greeted}</button>
        <button class="button quiet" disabled={busy} onClick={() => void send('MarkNotIn', { child: greeting.child })}>{words.is_not_in}</button>
      </div>
      {refused && <p class="notice" role="alert"><span /><span>{refused}</span></p>}
    </article>
  );
}

function CheckinCard({ link, checkin, hub_now, ends, wall }: { link: Link; checkin: CheckinView; hub_now: number; ends: number | undefined; wall: Wall }) {
  const { send, busy, refused } = use_sending(link);
  const [asking, set_asking] = useState<'when' | 'why' | null>(null);
  const id = { checkin: checkin.checkin };
  const choose = (type: string, more: Record<string, unknown>) => { set_asking(null); void send(type, { ...id, ...more }); };
  const times = later_today(hub_now, ends);
  return (
    <article class="talk" data-checkin={checkin.initials} data-step={checkin.step}>
      <p class="who"><b class="initials">{checkin.initials}</b> <strong>{words.checkin_now(wall(checkin.at))}</strong></p>
      {(checkin.carried || checkin.missed > 0) && <p class="soft">{words.owed}</p>}
      {checkin.relation === 'lead' && <p class="soft">{words.lead}</p>}
      {asking === 'when' && (
        <div class="steps" role="group" aria-label={words.when}>
          <p>{words.when}</p>
          <div class="chips">{times.map((at) => <button class="chip" key={at} onClick={() => choose('MoveCheckin', { at })}>{words.in_minutes(Math.round((at - hub_now) / 60_000), wall(at))}</button>)}</div>
          <button class="button plain" onClick={() => set_asking(null)}>{words.back}</button>
        </div>
      )}
      {asking === 'why' && (
        <div class="steps" role="group" aria-label={words.why}>
          <p>{words.why}</p>
          <div class="chips">{Object.entries(words.reasons).map(([why, said]) => <button class="chip" key={why} onClick={() => choose('EndCheckin', { why })}>{said}</button>)}</div>
          <button class="button plain" onClick={() => set_asking(null)}>{words.back}</button>
        </div>
      )}
      {asking === null && (
        <div class="steps">
          <button class="button next" disabled={busy} onClick={() => void send('KeepCheckin', id)}>{words.we_met}</button>
          <div class="pair">
            {times.length > 0 && <button class="button quiet" disabled={busy} onClick={() => set_asking('when')}>{words.later}</button>}
            {checkin.relation === 'asked' ? <button class="button quiet" disabled={busy} onClick={() => void send('PassCheckin', id)}>{words.cannot}</button>
              : <button class="button quiet" disabled={busy} onClick={() => set_asking('why')}>{words.let_go}</button>}
          </div>
          {checkin.relation === 'asked' && <button class="button plain" disabled={busy} onClick={() => set_asking('why')}>{words.let_go}</button>}
        </div>
      )}
      {refused && <p class="notice" role="alert"><span /><span>{refused}</span></p>}
    </article>
  );
}

function NoteLine({ note, initials = false }: { note: NoteView; initials?: boolean }) {
  return (
    <p class="note" data-note={note.initials}>
      {initials && <><b class="initials">{note.initials}</b> </>}
      <bdi>{note.text}</bdi> <small class="soft">{note.mine ? words.note_mine : words.note_by(note.by)}</small>
    </p>
  );
}

/** Beneath one of my children: the morning, the check-ins of today, and what somebody wrote. */
export function ChildToday({ child, view, wall, write }: { child: string; view: LinkView; wall: Wall; write: (child: ChildRef) => void }) {
  const { day } = view.held;
  if (!day) return null;
  const greeting = day.greetings.find((one) => one.child === child);
  const checkins = day.checkins.filter((one) => one.child === child);
  const notes = day.notes.filter((one) => one.child === child);
  const mine = day.may_note.find((one) => one.child === child);
  return (
    <div class="child-today">
      {greeting && <p class={greeting.step === 'not_greeted' ? 'open' : 'soft'}><Dot shape={greeting.step === 'not_greeted' ? 'sending' : 'here'} size="1em" /> {morning_line(greeting)}</p>}
      {checkins.map((one) => <p key={one.checkin} class={one.step === 'due' ? 'open' : 'soft'} data-checkin-step={one.step}><Dot shape={one.step === 'due' ? 'sending' : 'received'} size="1em" /> {checkin_line(one, wall)}</p>)}
      {notes.map((one) => <NoteLine key={one.note} note={one} />)}
      {mine && <button class="button plain" onClick={() => write(mine)}>{words.note_write}</button>}
    </div>
  );
}

function morning_line(greeting: GreetingView): string {
  if (greeting.step === 'greeted') return words.greeted_by(greeting.by ?? '');
  if (greeting.step === 'not_in') return words.not_in;
  const whose = greeting.adult !== undefined ? ` · ${words.has_it(greeting.adult)}` : greeting.reminders > 0 ? ` · ${words.lead_has_it}` : '';
  return `${words.not_greeted_short}${whose}`;
}

function checkin_line(one: CheckinView, wall: Wall): string {
  if (one.step === 'kept') return words.checkin_kept(one.adult ?? '');
  if (one.step === 'ended') return words.checkin_ended;
  const when = one.step === 'due' ? words.checkin_now(wall(one.at)) : words.checkin_at(wall(one.at));
  return one.adult === undefined ? when : `${when} · ${words.checkin_with(one.adult)}`;
}

/** One line, typed by an adult; nothing of it stays on the handset. */
export function NotePage({ tools, child, close }: { tools: Tools; child: ChildRef; close: () => void }) {
  const { link } = tools;
  const view = use_link(link);
  const { send, busy, refused } = use_sending(link);
  const own = view.held.day?.notes.find((one) => one.child === child.child && one.mine);
  const [text, set_text] = useState(own?.text ?? '');
  const left = NOTE_CHARACTERS - characters(text);
  const give = async (line: string) => { if (await send('WriteNote', { child: child.child, text: line })) close(); };
  return (
    <main class="list-page over note-page">
      <h1>{words.note_title(child.initials)}</h1>
      <p class="soft" id="note-hint">{words.note_hint}</p>
      <form onSubmit={(event) => { event.preventDefault(); if (left >= 0 && text.trim() !== '') void give(text); }}>
        <label class="unseen" for="note-text">{words.note_title(child.initials)}</label>
        <input id="note-text" type="text" value={text} placeholder={words.note_example} autocomplete="off" aria-describedby="note-hint note-left" onInput={(event) => set_text(event.currentTarget.value)} />
        <p class={left < 0 ? 'open' : 'soft'} id="note-left">{words.note_left(left)}</p>
        <button class="button next wide" type="submit" disabled={busy || left < 0 || text.trim() === ''}>{words.note_send}</button>
      </form>
      {refused && <p class="notice" role="alert"><span /><span>{refused}</span></p>}
      {own && <button class="button quiet" disabled={busy} onClick={() => void give('')}>{words.note_take_back}</button>}
      <button class="button plain" onClick={close}>{words.back}</button>
    </main>
  );
}

/** One soft note for what is somebody's anew, once, and never over a call. */
export function useDayNote(tools: Tools, calls_ring: boolean): void {
  const sounded = useRef(new Set<string>());
  const view = use_link(tools.link);
  useEffect(() => {
    const left = [...view.held.visits.values()].filter((card) => card.view.relation === 'lead' || card.view.relation === 'station').filter((card) => card.view.left_open);
    for (const key of [...sounds_of(view.held.day), ...left.map((card) => `left/${card.view.visit}/${card.view.reminders}`)]) {
      if (sounded.current.has(key) || calls_ring || !tools.player.unlocked) continue;
      sounded.current.add(key);
      void tools.player.play(figures.talk);
    }
  });
}
