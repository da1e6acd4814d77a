// One visit on the tablet: on the way, here, ready. One next step in each.
import { useState } from 'preact/hooks';
import type { Link } from '../link/link.ts';
import type { VisitView } from '../link/wire.ts';
import { LeaveQuestion, use_telling, who_is } from '../parts/visits.tsx';
import { clock } from '../words.ts';
import { about_minutes, calm as words, welcome, welcome_order } from '../words_calm.ts';

function Helps({ visit }: { visit: VisitView }) {
  if (!visit.helps || visit.helps.lines.length === 0) return null;
  return <div class="helps"><h3>{words.helps}</h3><ul>{visit.helps.lines.map((line) => <li key={line}>{line}</li>)}</ul></div>;
}

export function Expected({ link, visit, hub_now }: { link: Link; visit: VisitView; hub_now: number }) {
  const { tell, busy, refused } = use_telling(link);
  const [door, set_door] = useState(visit.asked_by === 'calm_space');
  const along = visit.with ? words.with(visit.with) : visit.company === 'peer' ? words.with_friend : '';
  const facts = [visit.from_name ? words.from(visit.from_name) : '', along, visit.expected_by !== undefined ? words.by(clock(Date.now() + visit.expected_by - hub_now)) : ''];
  return (
    <article class={`visit${visit.step === 'not_arrived' ? ' missing' : ''}`} data-step={visit.step}>
      <header><h2>{who_is(visit)}</h2><p>{facts.filter(Boolean).join(' · ')}</p></header>
      {visit.step === 'not_arrived' && <p class="late">{words.not_arrived}</p>}
      {refused && <p class="refused" role="alert">{refused}</p>}
      {door ? <LeaveQuestion busy={busy} answer={(can_leave) => tell('ArriveVisit', { visit: visit.visit, can_leave })} />
        : <button class="button next wide big" onClick={() => set_door(true)}>{words.arrived}</button>}
      <Helps visit={visit} />
    </article>
  );
}

/** A ring that fills over an hour and stays full: how long, without a number that runs. */
function Ring({ ms }: { ms: number }) {
  const part = Math.min(1, Math.max(0.02, Math.floor(ms / 60_000) / 60));
  const length = 2 * Math.PI * 26;
  return (
    <svg class="ring" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <circle cx="32" cy="32" r="26" class="track" />
      <circle cx="32" cy="32" r="26" class="fill" stroke-dasharray={`${length * part} ${length}`} transform="rotate(-90 32 32)" />
    </svg>
  );
}

export function Here({ link, visit, hub_now }: { link: Link; visit: VisitView; hub_now: number }) {
  const { tell, busy, refused } = use_telling(link);
  const [choosing, set_choosing] = useState(false);
  const here_ms = hub_now - (visit.arrived_at ?? hub_now);
  return (
    <article class="visit here" data-step={visit.step}>
      <header>
        <Ring ms={here_ms} />
        <div><h2>{who_is(visit)}</h2><p>{[words.settling(about_minutes(here_ms)), visit.from_name ? words.from(visit.from_name) : ''].filter(Boolean).join(' · ')}</p></div>
      </header>
      {refused && <p class="refused" role="alert">{refused}</p>}
      {visit.review_wanted && <LeaveQuestion busy={busy} answer={(can_leave) => tell('ReviewVisit', { visit: visit.visit, can_leave })} />}
      {visit.record && <p class="record">{words.record}</p>}
      {choosing && visit.step === 'here' ? (
        <div class="question arrives" role="group" aria-label={words.ready_title}>
          <strong>{words.ready_title}</strong>
          <div class="say">{welcome_order.map((word) => <button class="button quiet" key={word} disabled={busy} onClick={() => { tell('ReadyVisit', { visit: visit.visit, say: word }); set_choosing(false); }}>{welcome[word]}</button>)}</div>
          <p class="soft">{words.ready_hint}</p>
        </div>
      ) : visit.step === 'here' ? <button class={`button wide big ${visit.review_wanted ? 'quiet' : 'next'}`} onClick={() => set_choosing(true)}>{words.ready}</button>
        : (
          <div class="answers">
            <button class="button next" disabled={busy} onClick={() => tell('ReturnVisit', { visit: visit.visit, company: 'alone' })}>{words.set_off}</button>
            <button class="button quiet" disabled={busy} onClick={() => tell('ReturnVisit', { visit: visit.visit, company: 'adult' })}>{words.set_off_with}</button>
          </div>
        )}
      <Helps visit={visit} />
    </article>
  );
}
