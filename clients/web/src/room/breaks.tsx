// Offering a break from the teacher's own page, and welcome back. Each line says what is true and nothing that tells the
// class who it is; initials show only inside the list that a person opens on purpose.
import { useState } from 'preact/hooks';
import type { Link } from '../link/link.ts';
import type { Company, VisitView } from '../link/wire.ts';
import { use_fleeting, use_link } from '../parts/hooks.ts';
import { Dot, type DotShape } from '../parts/shapes.tsx';
import { use_telling } from '../parts/visits.tsx';
import { room as room_words } from '../words.ts';
import { breaks as words, company, welcome } from '../words_calm.ts';

const shapes: Readonly<Record<VisitView['step'], DotShape>> = {
  asked: 'ringing', offered: 'received', chosen: 'coming', travelling: 'coming', not_arrived: 'trouble', here: 'here', ready: 'here', returning: 'coming', not_back: 'trouble',
};

export function Breaks({ link, at_rest }: { link: Link; at_rest: boolean }) {
  const view = use_link(link);
  const { tell, busy, refused } = use_telling(link);
  const [choosing, set_choosing] = use_fleeting<true>(20_000);
  const [said, set_said] = use_fleeting<string>(7000);
  const visits = [...view.held.visits.values()].map((card) => card.view).sort((a, b) => a.asked_at - b.asked_at);
  const open = [...view.held.spaces.values()].some((space) => space.state === 'open');
  // A school that has not opened one yet is not told in every room that none is open.
  const known = [...view.held.spaces.values()].some((space) => space.since > 0);
  const offer = (child?: string) => {
    tell('OfferVisit', child === undefined ? {} : { child });
    set_choosing(null);
  };
  return (
    <section class="breaks" aria-label={words.offer}>
      {said && <p class="soft" role="status">{said}</p>}
      {refused && <p class="soft" role="alert">{refused}</p>}
      {visits.map((visit) => <Line key={visit.visit} link={link} visit={visit} say={set_said} />)}
      {choosing ? (
        <div class="extras arrives" role="group" aria-label={words.who}>
          <strong>{words.who}</strong>
          <div class="chips">
            {view.held.children.map((child) => <button class="chip" key={child.child} disabled={busy} onClick={() => offer(child.child)}>{child.initials}</button>)}
            <button class="chip" disabled={busy} onClick={() => offer()}>{words.someone}</button>
            <button class="chip plain" onClick={() => set_choosing(null)}>{room_words.help_close}</button>
          </div>
        </div>
      ) : at_rest && known && !view.lost && (open
        ? <button class="button plain offer" onClick={() => set_choosing(true)}>{words.offer}</button>
        : <p class="soft none-open">{words.none_open}</p>)}
    </section>
  );
}

function Line({ link, visit, say }: { link: Link; visit: VisitView; say: (text: string) => void }) {
  const { tell, busy, refused } = use_telling(link);
  const [who, set_who] = useState(false);
  // A welcome that the whole class has read before is none: shown when asked for, and gone again by itself.
  const [saying, set_saying] = use_fleeting<true>(15_000);
  const about = (type: string, more: Record<string, unknown> = {}) => tell(type, { visit: visit.visit, ...more });
  const back = visit.step === 'returning' || visit.step === 'not_back';
  return (
    <div class="break-line arrives" data-visit={visit.step}>
      <span class="rung"><Dot shape={shapes[visit.step]} size="1.15em" /> <span>{words.steps[visit.step](visit.space_name)}</span></span>
      {visit.step === 'asked' && <button class="button quiet" disabled={busy} onClick={() => tell('OfferVisit', visit.child ? { child: visit.child } : {})}>{words.asked_yes}</button>}
      {visit.step === 'offered' && !who && (
        <>
          <button class="button quiet" onClick={() => set_who(true)}>{words.would_like}</button>
          <button class="button plain" disabled={busy} onClick={() => { about('DeclineVisit'); say(words.stayed_fine); }}>{words.stays}</button>
        </>
      )}
      {visit.step === 'offered' && who && (
        <div class="chips" role="group" aria-label={words.who_goes}>
          {(['alone', 'peer', 'adult'] as Company[]).map((one) => <button class="chip" key={one} disabled={busy} onClick={() => about('ChooseVisit', { company: one })}>{company[one]}</button>)}
        </div>
      )}
      {(visit.step === 'travelling' || visit.step === 'not_arrived') && <button class="button plain" disabled={busy} onClick={() => { about('WelcomeBack'); say(words.back_fine); }}>{words.came_back}</button>}
      {back && (
        <>
          {visit.say && (saying ? <p class="say-this arrives">“{welcome[visit.say]}”</p>
            : <button class="button plain" onClick={() => set_saying(true)}>{words.say}</button>)}
          <button class="button next" disabled={busy} onClick={() => { about('WelcomeBack'); say(words.back_fine); }}>{words.welcome_back}</button>
        </>
      )}
      {refused && <p class="soft" role="alert">{refused}</p>}
    </div>
  );
}
