// The station's part in the morning: what is not ready and who looks, its own test, and what a drill of the whole school
// still waits for. Nothing here sounds by itself but the station's own test, which a person began.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Link } from '../link/link.ts';
import type { ReadyItem } from '../link/wire.ts';
import { NameOne } from '../parts/name_one.tsx';
import { use_link } from '../parts/hooks.ts';
import { Dot } from '../parts/shapes.tsx';
import { figures } from '../sound/figures.ts';
import type { Player } from '../sound/player.ts';
import { clock } from '../words.ts';
import { station_ready as words, why_not } from '../words_ready.ts';

const ITEMS_MAX = 6;

function who_looks(item: ReadyItem): string {
  const said = item.runner === undefined ? words.nobody : item.goes ? words.goes(item.runner) : words.asked(item.runner);
  return item.late && !item.goes ? `${said}, ${words.late}` : said;
}

export function ReadyList({ link, hub_now }: { link: Link; hub_now: number }) {
  const view = use_link(link);
  const { ready, staff, people } = view.held;
  const [naming, set_naming] = useState<ReadyItem | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => { if (naming && dialog.current && !dialog.current.open) dialog.current.showModal(); }, [naming]);
  // Proven in the meantime: there is nothing left to name anybody for.
  useEffect(() => { if (naming && !ready?.items.some((item) => item.device === naming.device)) set_naming(null); }, [ready]);
  if (!ready || ready.total === 0) return null;
  const name = (person: string) => {
    if (naming) link.command('NameRunner', { device: naming.device, person }, { durable: true });
    set_naming(null);
  };
  const at = (instant: number) => clock(Date.now() + instant - hub_now);
  return (
    <section class="ready" aria-labelledby="ready-title">
      <h2 id="ready-title">{words.title}</h2>
      <p class="all-well"><Dot shape={view.lost ? 'lost' : ready.items.length > 0 ? 'trouble' : 'rest'} /> {view.lost ? words.unknown : ready.ready + ready.excused === ready.total ? words.all(ready.ready) : words.some(ready.ready, ready.total)}</p>
      {!ready.listed && ready.ready + ready.excused < ready.total && <p class="soft">{ready.list_at !== undefined ? words.list_at(at(ready.list_at)) : words.no_school}</p>}
      {ready.excused > 0 && <p class="soft">{words.let_be(ready.excused)}</p>}
      <ul>
        {ready.items.slice(0, ITEMS_MAX).map((item) => (
          <li key={item.device} data-ready={item.device} data-runner={item.runner_person ?? ''}>
            <Dot shape={item.runner === undefined ? 'trouble' : item.goes ? 'coming' : 'ringing'} size="1.2em" />
            <div>
              <strong>{item.label}</strong> <span class="soft">{why_not(item)}</span><br /><span>{who_looks(item)}</span>
              <button class="button plain" onClick={() => set_naming(item)}>{item.runner === undefined ? words.name_one : words.name_other}</button>
            </div>
          </li>
        ))}
      </ul>
      {ready.items.length + ready.items_more > ITEMS_MAX && <p class="soft">{words.more(ready.items.length + ready.items_more - ITEMS_MAX)}</p>}
      {naming && (
        <dialog ref={dialog} class="who" aria-labelledby="name-title" onClose={() => set_naming(null)}>
          <NameOne label={naming.label} staff={staff} people={people} choose={name} />
          <button class="button quiet" onClick={() => dialog.current?.close()}>{words.back}</button>
        </dialog>
      )}
    </section>
  );
}

/** The station's own test: begun here, sounded when the hub says so, and answered by whoever stands before it. */
export function OwnTest({ link, player, hub_now }: { link: Link; player: Player; hub_now: number }) {
  const view = use_link(link);
  const own = view.held.own;
  const sounding = own?.testing_until !== undefined && own.testing_until > hub_now;
  const sounded = useRef(0);
  const [refused, set_refused] = useState('');
  useEffect(() => {
    if (own?.testing_until === undefined || sounded.current === own.testing_until) return;
    sounded.current = own.testing_until;
    void player.play(figures.proof);
  }, [own?.testing_until]);
  if (!own || view.lost) return null;
  const tell = (type: string, body: Record<string, unknown> = {}) => {
    set_refused('');
    void link.command(type, body).answered.then((answer) => { if (!answer.ok) set_refused(answer.message); });
  };
  const begin = async () => { if (!player.unlocked) await player.unlock(); tell('TestStation'); };
  if (own.proven_at !== undefined && own.failed_at === undefined && !sounding) return <p class="soft own-test">{words.self_proven(clock(own.proven_at + Date.now() - hub_now))}</p>;
  return (
    <div class="own-test">
      {refused && <p role="alert">{refused}</p>}
      {own.failed_at !== undefined && !sounding && <p>{words.self_failed}</p>}
      {sounding
        ? <p class="ask"><strong>{words.self_sounds}</strong> <button class="button quiet" onClick={() => tell('ConfirmStation', { heard: true })}>{words.self_heard}</button>
          <button class="button plain" onClick={() => tell('ConfirmStation', { heard: false })}>{words.self_not}</button></p>
        : <button class="button plain" onClick={() => void begin()}>{own.failed_at !== undefined ? words.self_again : words.self}</button>}
    </div>
  );
}

export function SiteDrillLine({ link }: { link: Link }) {
  const drill = use_link(link).held.ready?.drill;
  if (!drill) return null;
  const more = drill.rooms - drill.pressed - drill.waiting.length;
  return (
    <div class="notice is-drill" data-notice="site-drill">
      <span class="mark"><Dot shape="ringing" size="1.5em" /></span>
      <strong>{words.drill(drill.pressed, drill.rooms)}</strong>
      <span>{drill.waiting.length > 0 ? words.drill_waiting(drill.waiting, more) : ''}</span>
    </div>
  );
}
