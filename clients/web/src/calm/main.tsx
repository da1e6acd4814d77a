// The tablet at the door of a calm space. Open with one tap when an adult is here; who is on the way; the one question on
// arrival; what helps; how long they have been here, said calmly; ready to go back. An adult without a free hand reads it
// in two seconds, and a child sees nothing that hurries.
import '../style/base.css';
import './calm.css';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { DeviceWatch } from '../device/evidence.ts';
import { open_link, type Page } from '../link/browser.ts';
import type { LinkView } from '../link/link.ts';
import type { PersonRef, SpaceView } from '../link/wire.ts';
import { Announce } from '../parts/announce.tsx';
import { Gate, LinkNotices } from '../parts/gate.tsx';
import { use_link, use_now } from '../parts/hooks.ts';
import { Dot } from '../parts/shapes.tsx';
import { follow_theme } from '../parts/theme.ts';
import { use_telling } from '../parts/visits.tsx';
import { SiteDrill, TestOfDay, use_returning_test } from '../parts/test_of_day.tsx';
import * as room from '../room/actions.ts';
import { situation_of } from '../room/situation.ts';
import { clock, link as link_words, room as room_words } from '../words.ts';
import { calm as words, reasons } from '../words_calm.ts';
import { Expected, Here } from './visit.tsx';

type Asking = 'nothing' | 'who' | 'away' | 'door' | 'out';

function Calm({ page }: { page: Page }) {
  const { link, store } = page;
  const view = use_link(link);
  const now = use_now(1000);
  const hub_now = now + view.hub_offset;
  const { held } = view;
  const [asking, set_asking] = useState<Asking>('nothing');
  const { tell, busy, refused } = use_telling(link);
  use_returning_test(link);
  const label = held.welcome?.label ?? store.kept()?.label ?? '';
  useEffect(() => { document.title = label; }, [label]);
  const place = held.welcome?.place ?? '';
  const space = held.spaces.get(place);
  const all = [...held.visits.values()].map((card) => card.view).sort((a, b) => a.asked_at - b.asked_at);
  const expected = all.filter((visit) => visit.step === 'travelling' || visit.step === 'not_arrived');
  const here = all.filter((visit) => visit.step === 'here' || visit.step === 'ready');
  const attended = (space?.adults.length ?? 0) > 0;
  const last = store.text('adult');

  const came = (person: PersonRef) => {
    store.set_text('adult', person.person);
    tell('OpenSpace', { person: person.person });
    set_asking('nothing');
  };
  const go = () => {
    // Everybody whom this tablet knows to be here goes; a second adult taps again.
    for (const name of space?.adults ?? []) {
      const person = held.staff.find((one) => one.short_name === name);
      if (person) tell('LeaveSpace', { person: person.person });
    }
    set_asking('nothing');
  };

  return (
    <div class="calm" data-state={space?.state ?? 'closed'}>
      <header class="top">
        <div>
          <h1>{label}</h1>
          {attended && <p class="adults"><Dot shape="here" /> {words.adults_here(space!.adults)}</p>}
        </div>
        <p class="soft link">{view.lost ? '' : <><Dot shape={view.phase === 'live' ? 'rest' : 'sending'} /> {view.phase === 'live' ? link_words.connected : link_words.connecting}</>} <span class="clock">{clock(Date.now())}</span></p>
      </header>
      <div class="notices"><LinkNotices link={link} now={now} /><CallLine page={page} now={now} />{held.calls.size === 0 && !view.lost && <SiteDrill link={link} />}</div>
      <main>
        {refused && <p class="refused arrives" role="alert">{refused}</p>}
        {asking === 'who' ? <Who staff={held.staff} first={last} choose={came} back={() => set_asking('nothing')} />
          : asking === 'away' ? (
            <section class="panel arrives">
              <h2>{words.step_away_title}</h2>
              <button class="button next wide" onClick={() => set_asking('who')}>{words.step_away_other}</button>
              <button class="button quiet wide" onClick={go}>{words.step_away_call}</button>
              <button class="button plain wide" onClick={() => set_asking('nothing')}>{words.stay}</button>
            </section>
          ) : asking === 'door' ? (
            <section class="panel arrives">
              <h2>{words.at_door_title}</h2>
              <div class="chips">
                {held.children.map((child) => <button class="chip" key={child.child} onClick={() => { tell('OfferVisit', { child: child.child }); set_asking('nothing'); }}>{child.initials}</button>)}
                <button class="chip" onClick={() => { tell('OfferVisit', {}); set_asking('nothing'); }}>{words.at_door_other}</button>
              </div>
              <button class="button plain" onClick={() => set_asking('nothing')}>{words.back}</button>
            </section>
          ) : asking === 'out' ? (
            <section class="panel arrives">
              <h2>{words.put_out}</h2>
              {(Object.keys(reasons) as (keyof typeof reasons)[]).map((reason) => (
                <button class="button quiet wide" key={reason} onClick={() => { tell('SetSpaceUse', { out_of_use: true, reason }); set_asking('nothing'); }}>{reasons[reason]}</button>
              ))}
              <button class="button plain" onClick={() => set_asking('nothing')}>{words.back}</button>
            </section>
          ) : !attended ? (
            <Closed space={space} here={here.length} last={held.staff.find((one) => one.person === last)} busy={busy} came={came} other={() => set_asking('who')} />
          ) : (
            <>
              {here.length > 0 && <section aria-label={words.here_title} class="visits">{here.map((visit) => <Here key={visit.visit} link={link} visit={visit} hub_now={hub_now} />)}</section>}
              {expected.length > 0 && <section aria-label={words.expected_title} class="visits">{expected.map((visit) => <Expected key={visit.visit} link={link} visit={visit} hub_now={hub_now} />)}</section>}
              {all.length === 0 && <Empty view={view} space={space!} age={view.heard_at === null ? null : now - view.heard_at} />}
            </>
          )}
      </main>
      {asking === 'nothing' && (
        <footer class="quiet-row">
          {attended && <button class="button plain" onClick={() => set_asking('door')}>{words.at_door}</button>}
          {attended && <button class="button plain" onClick={() => set_asking('who')}>{words.someone_else}</button>}
          {attended && <button class="button plain" onClick={() => (here.length > 0 ? set_asking('away') : go())}>{words.step_away}</button>}
          {!attended && space?.state !== 'adult_away' && space?.state !== 'out_of_use' && <button class="button plain" onClick={() => set_asking('out')}>{words.put_out}</button>}
          {held.calls.size === 0 && !view.lost && <TestOfDay link={link} />}
          <button class="button quiet" onClick={() => room.press(link, 2, now)}>{words.support}</button>
        </footer>
      )}
      <Announce text={space?.state === 'adult_away' ? words.away_title : attended ? words.adults_here(space!.adults) : words.closed} />
    </div>
  );
}

function Closed({ space, here, last, busy, came, other }: { space: SpaceView | undefined; here: number; last: PersonRef | undefined; busy: boolean; came: (person: PersonRef) => void; other: () => void }) {
  const away = space?.state === 'adult_away' || here > 0;
  const out = space?.state === 'out_of_use';
  return (
    <section class={`panel closed${away ? ' away' : ''}`}>
      <h2>{away ? <><Dot shape="trouble" /> {words.away_title}</> : out ? words.out_of_use : words.closed}</h2>
      <p>{away ? (space?.alarmed ? words.away_calling : words.away_soon) : out && space?.reason ? reasons[space.reason] : words.closed_hint}</p>
      {last && <button class="button next wide big" disabled={busy} onClick={() => came(last)}>{busy ? words.sending : words.name_is_here(last.short_name)}</button>}
      <button class={`button wide ${last ? 'quiet' : 'next big'}`} onClick={other}>{last ? words.someone_else : words.i_am_here}</button>
    </section>
  );
}

function Who({ staff, first, choose, back }: { staff: readonly PersonRef[]; first: string | null; choose: (person: PersonRef) => void; back: () => void }) {
  const [text, set_text] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = staff.filter((one) => !wanted || one.name.toLowerCase().includes(wanted) || one.short_name.toLowerCase().includes(wanted))
    .sort((a, b) => Number(b.person === first) - Number(a.person === first) || a.name.localeCompare(b.name));
  return (
    <section class="panel who arrives">
      <h2>{words.who_title}</h2>
      <div class="field"><label for="find">{words.find}</label><input id="find" value={text} autocomplete="off" spellcheck={false} onInput={(event) => set_text(event.currentTarget.value)} /></div>
      <ul class="people">{found.slice(0, 12).map((one) => <li key={one.person}><button class="chip" onClick={() => choose(one)}>{one.name}</button></li>)}</ul>
      <button class="button plain" onClick={back}>{words.back}</button>
    </section>
  );
}

function Empty({ view, space, age }: { view: LinkView; space: SpaceView; age: number | null }) {
  return (
    <section class="none">
      <h2>{view.lost ? words.none_known : words.nobody}</h2>
      {!view.lost && <p class="lead">{words.places_left(space.capacity - space.here - space.coming)}</p>}
      {!view.lost && age !== null && <p class="soft">{link_words.live(age)}</p>}
    </section>
  );
}

/** A call from here, whoever raised it: the same true line as in a room. */
function CallLine({ page, now }: { page: Page; now: number }) {
  const { link } = page;
  const at = situation_of(link.view, (press) => Math.max(0, Date.now() - press.made_at), now + link.view.hub_offset);
  if (at.kind === 'rest') return null;
  return (
    <div class="call-line" role="status">
      <Dot shape={at.shape} size="1.3em" /> <strong>{at.line}</strong>
      {at.ring_instead && page.store.kept()?.help && <span>{room_words.otherwise} <bdi>{page.store.kept()!.help}</bdi></span>}
      {at.mistake_asked ? <button class="button quiet" onClick={() => room.confirm_mistake(link, at)}>{words.mistake_yes}</button>
        : at.may_withdraw && <button class="button quiet" onClick={() => room.never_mind(link, at)}>{room_words.never_mind}</button>}
    </div>
  );
}

follow_theme();
void open_link('calm_space').then((page) => {
  const watch = new DeviceWatch(null);
  const tell = () => page.link.set_evidence(watch.evidence());
  watch.subscribe(tell);
  tell();
  for (const event of ['pointerdown', 'keydown']) window.addEventListener(event, () => { if (!watch.awake) void watch.keep_awake(); });
  render(<Gate link={page.link}><Calm page={page} /></Gate>, document.getElementById('page')!);
});
