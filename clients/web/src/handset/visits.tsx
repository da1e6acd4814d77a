// My visits, on the handset: the children whom this adult goes along with, their own children in a calm space, and who is
// in the space that they are in. Below the calls, and never instead of one.
import { useState } from 'preact/hooks';
import type { Link } from '../link/link.ts';
import type { VisitView } from '../link/wire.ts';
import { use_link } from '../parts/hooks.ts';
import { LeaveQuestion, use_telling, who_is } from '../parts/visits.tsx';
import { about_minutes, breaks, calm, visits as words } from '../words_calm.ts';
import { today } from '../words_day.ts';

export function MyVisits({ link, hub_now }: { link: Link; hub_now: number }) {
  const view = use_link(link);
  const list = [...view.held.visits.values()].map((card) => card.view).sort((a, b) => a.asked_at - b.asked_at);
  if (list.length === 0) return null;
  return (
    <section class="my-visits" aria-labelledby="my-visits">
      <h2 id="my-visits">{words.title}</h2>
      {list.map((visit) => <Mine key={visit.visit} link={link} visit={visit} hub_now={hub_now} />)}
    </section>
  );
}

function Mine({ link, visit, hub_now }: { link: Link; visit: VisitView; hub_now: number }) {
  const { tell, busy, refused } = use_telling(link);
  const [door, set_door] = useState(false);
  const along = visit.relation === 'along';
  const going = visit.step === 'travelling' || visit.step === 'not_arrived';
  const there = visit.arrived_at !== undefined && (visit.step === 'here' || visit.step === 'ready') ? calm.settling(about_minutes(hub_now - visit.arrived_at)) : '';
  if (visit.relation === 'lead') {
    return (
      <article class="mine left-open" data-visit={visit.step}>
        <p><strong>{today.left_open(visit.space_name)}</strong></p>
        {refused && <p class="soft" role="alert">{refused}</p>}
        <button class="button next wide" disabled={busy} onClick={() => tell('EndLeftVisit', { visit: visit.visit })}>{today.left_open_end}</button>
      </article>
    );
  }
  return (
    <article class="mine" data-visit={visit.step}>
      <p><strong>{who_is(visit)}</strong> · {breaks.steps[visit.step](visit.space_name)}{there ? ` · ${there}` : ''}</p>
      {refused && <p class="soft" role="alert">{refused}</p>}
      {along && going && (door ? <LeaveQuestion busy={busy} answer={(can_leave) => tell('ArriveVisit', { visit: visit.visit, can_leave })} />
        : <button class="button next wide" onClick={() => set_door(true)}>{words.we_are_here}</button>)}
      {along && !going && <button class="button next wide" disabled={busy} onClick={() => tell('WelcomeBack', { visit: visit.visit })}>{words.back_in_class}</button>}
    </article>
  );
}
