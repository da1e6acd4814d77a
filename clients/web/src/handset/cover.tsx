// Cover on a handset: for whoever leads, the child whom nobody can come for and one next step; for everybody, the
// children whose plans name them.
import { useEffect, useState } from 'preact/hooks';
import { now as page_now } from '../link/browser.ts';
import type { Held } from '../link/held.ts';
import { use_link } from '../parts/hooks.ts';
import { Dot } from '../parts/shapes.tsx';
import type { ChildRef, GapView, PersonRef } from '../link/wire.ts';
import { clock, names } from '../words.ts';
import { cover as words } from '../words_cover.ts';
import { ChildToday, type Wall } from './day.tsx';
import type { Tools } from './parts.ts';

const LOOK_AGAIN_MS = 5000;

export interface Standby { person: PersonRef; free: boolean }

/** Who can be asked to stand in: whoever is free first, then those on no handset, who are here by the lead's word. */
export function standbys(held: Pick<Held, 'staff' | 'people'>): Standby[] {
  const state = (person: PersonRef) => held.people.get(person.person)?.state ?? 'signed_out';
  return held.staff.map((person) => ({ person, is: state(person) }))
    .filter(({ is }) => is === 'free' || is === 'signed_out')
    .map(({ person, is }) => ({ person, free: is === 'free' }))
    .sort((a, b) => Number(b.free) - Number(a.free) || a.person.name.localeCompare(b.person.name, 'en-GB'));
}

const at_clock = (instant: number, hub_now: number) => clock(Date.now() + instant - hub_now);

/** The gap that bites first, in the place of "no open calls". */
export function GapCard({ gaps, hub_now, choose }: { gaps: readonly GapView[]; hub_now: number; choose: (gap: GapView) => void }) {
  const gap = gaps[0];
  if (!gap) return null;
  const initials = gap.initials ?? '';
  return (
    <section class="gap" data-gap={gap.gap}>
      <h2><Dot shape="trouble" size="1.1em" /> {gap.from <= hub_now ? words.gap_now(initials) : words.gap_ahead(initials, at_clock(gap.from, hub_now))}</h2>
      <p>{gap.place !== undefined && words.gap_where(gap.place)} {gap.adults.length > 0 && words.gap_their_adults(names(gap.adults, 4))}</p>
      <button class="button next wide" onClick={() => choose(gap)}>{words.gap_go}</button>
      {gaps.length > 1 && <p class="soft">{words.gap_more(gaps.length - 1)}</p>}
    </section>
  );
}

export function SwapPage({ tools, gap, close, done }: { tools: Tools; gap: GapView; close: () => void; done: (text: string) => void }) {
  const { link } = tools;
  const { held } = use_link(link);
  const [find, set_find] = useState('');
  const [wrong, set_wrong] = useState('');
  const [busy, set_busy] = useState(false);
  const initials = gap.initials ?? '';
  const all = standbys(held);
  const found = all.filter(({ person }) => person.name.toLowerCase().includes(find.trim().toLowerCase()));
  const choose = async (person: PersonRef) => {
    set_busy(true);
    const { answered } = link.command('NameSwap', { gap: gap.gap, person: person.person });
    const answer = await answered;
    set_busy(false);
    if (answer.ok) { done(words.swap_done(person.short_name, initials)); close(); } else set_wrong(answer.message);
  };
  return (
    <main class="list-page over">
      <h1>{words.swap_title(initials)}</h1>
      <p class="soft">{words.swap_hint}</p>
      {wrong && <p class="notice" role="alert"><span class="mark"><Dot shape="trouble" /></span><span>{wrong}</span></p>}
      {all.length > 8 && (
        <div class="field">
          <label class="unseen" for="find-standby">{words.swap_find}</label>
          <input id="find-standby" type="search" placeholder={words.swap_find} value={find} autocomplete="off" onInput={(event) => set_find(event.currentTarget.value)} />
        </div>
      )}
      {all.length === 0 && <p>{words.swap_nobody}</p>}
      <ul class="choices">{found.map(({ person, free }) => (
        <li key={person.person}><button disabled={busy} onClick={() => void choose(person)}>{person.name} <small class="soft">{free ? words.swap_free : words.swap_off}</small></button></li>
      ))}</ul>
      <button class="button quiet" onClick={close}>{words.back}</button>
    </main>
  );
}

/** Asked when it is opened and while it is looked at; nothing of it stays on the handset. */
export function MyChildrenPage({ tools, close, write, wall }: { tools: Tools; close: () => void; write: (child: ChildRef) => void; wall: Wall }) {
  const { link } = tools;
  const view = use_link(link);
  const [failed, set_failed] = useState(false);
  const { live, mine: told } = view.held;
  useEffect(() => {
    if (!live) return;
    let again: ReturnType<typeof setTimeout> | undefined;
    let here = true;
    const ask = async () => {
      const { ok } = await link.command('ListMyChildren', {}).answered;
      if (!here) return;
      set_failed(!ok);
      again = setTimeout(() => void ask(), LOOK_AGAIN_MS);
    };
    void ask();
    return () => { here = false; clearTimeout(again); };
  }, [link, live]);
  useEffect(() => { if (!view.held.unlocked) close(); }, [view.held.unlocked]);
  const hub_now = page_now() + view.hub_offset;
  return (
    <main class="list-page over my-children">
      <h1>{words.mine}</h1>
      {failed && <p class="notice"><span class="mark"><Dot shape="trouble" /></span><span>{words.mine_failed}</span></p>}
      {told && told.children.length === 0 && <p>{words.mine_none}</p>}
      {told && !told.school && told.children.length > 0 && <p class="soft">{words.mine_no_school}</p>}
      <ul>{told?.children.map((child) => {
        const nobody = child.gap_from !== undefined && child.gap_from <= hub_now;
        const line = nobody ? words.mine_nobody : child.me ? words.mine_me : child.by !== undefined ? words.mine_by(child.by) : '';
        return (
          <li key={child.child} data-child={child.initials}>
            <b class="initials">{child.initials}</b>
            <div>
              {line && <strong>{line}</strong>}
              {!nobody && child.gap_from !== undefined && <span class="ahead">{words.mine_ahead(at_clock(child.gap_from, hub_now))}</span>}
              <small class="soft">{child.named ? words.mine_named : words.mine_alternate}</small>
            </div>
            {line && <Dot shape={nobody ? 'trouble' : 'here'} size="1.3em" />}
            <ChildToday child={child.child} view={view} wall={wall} write={write} />
          </li>
        );
      })}</ul>
      <button class="button quiet" onClick={close}>{words.back}</button>
    </main>
  );
}
