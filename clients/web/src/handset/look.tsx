// What is not ready, on a handset: one device that this adult is asked to look at, with the way there and what to do; for
// whoever leads, all of it, and the drill of the whole school.
import { useState } from 'preact/hooks';
import type { Held } from '../link/held.ts';
import type { Link } from '../link/link.ts';
import type { ReadyItem } from '../link/wire.ts';
import { NameOne } from '../parts/name_one.tsx';
import { use_link } from '../parts/hooks.ts';
import { Dot } from '../parts/shapes.tsx';
import { excuse_order, excuses, runner as words, station_ready, why_not } from '../words_ready.ts';
import type { Tools } from './parts.ts';

/** The first one that is mine to look at: what nobody goes to yet before what I am on my way to. */
export function my_look(held: Pick<Held, 'ready'>): ReadyItem | null {
  const mine = held.ready?.items.filter((item) => item.mine) ?? [];
  return mine.find((item) => !item.goes) ?? mine[0] ?? null;
}
/** Only whoever leads is told how many there are at all. */
export function leads(held: Pick<Held, 'ready'>): boolean { return (held.ready?.total ?? 0) > 0; }

function use_tell(link: Link): { tell: (type: string, body: Record<string, unknown>) => void; refused: string } {
  const [refused, set_refused] = useState('');
  const tell = (type: string, body: Record<string, unknown>) => {
    set_refused('');
    void link.command(type, body, { durable: true }).answered.then((answer) => { if (!answer.ok) set_refused(answer.message); });
  };
  return { tell, refused };
}

function how(item: ReadyItem): string { return item.kind === 'handset' ? words.how_handset : item.kind === 'station' ? words.how_station : words.how; }

export function LookCard({ tools, item, others, prove }: { tools: Tools; item: ReadyItem; others: number; prove: () => void }) {
  const { link } = tools;
  const { held } = use_link(link);
  const { tell, refused } = use_tell(link);
  const [letting, set_letting] = useState(false);
  const own = item.device === held.welcome?.device;
  return (
    <section class="look arrives" data-look={item.device} aria-label={own ? words.title_own : words.title(item.label)}>
      <h2><Dot shape={item.goes ? 'coming' : 'ringing'} size="1.1em" /> {own ? words.title_own : words.title(item.label)}</h2>
      <p>{words.why(why_not(item))}{item.route_hint !== undefined && !own && ` ${item.route_hint}.`}</p>
      <p class="soft">{own ? words.own_hint : how(item)}</p>
      {refused && <p role="alert">{refused}</p>}
      {letting ? (
        <div class="why" role="group" aria-label={words.let_be_why}>
          <strong>{words.let_be_why}</strong>
          <div class="chips">{excuse_order.map((why) => <button class="chip" key={why} onClick={() => tell('ExcuseDevice', { device: item.device, why })}>{excuses[why]}</button>)}</div>
          <button class="button plain" onClick={() => set_letting(false)}>{words.back}</button>
        </div>
      ) : (
        <>
          {own ? <button class="button next wide" onClick={prove}>{words.own_go}</button>
            : item.goes ? <p><strong>{words.going}</strong></p> : <button class="button next wide" onClick={() => tell('GoLook', { device: item.device })}>{words.go}</button>}
          {!own && <button class="button plain" onClick={() => set_letting(true)}>{words.let_be}</button>}
        </>
      )}
      {others > 0 && <p class="soft">{words.more(others)}</p>}
    </section>
  );
}

/** For whoever leads: everything that is not ready, and practising. */
export function ReadyPage({ tools, close }: { tools: Tools; close: () => void }) {
  const { link } = tools;
  const { held } = use_link(link);
  const { tell, refused } = use_tell(link);
  const [naming, set_naming] = useState<ReadyItem | null>(null);
  const [letting, set_letting] = useState<string | null>(null);
  const ready = held.ready;
  if (naming) {
    return (
      <main class="list-page over">
        <NameOne label={naming.label} staff={held.staff} people={held.people} choose={(person) => { tell('NameRunner', { device: naming.device, person }); set_naming(null); }} />
        <button class="button quiet" onClick={() => set_naming(null)}>{words.back}</button>
      </main>
    );
  }
  return (
    <main class="list-page over ready-page">
      <h1>{words.page}</h1>
      {refused && <p class="notice" role="alert"><span class="mark"><Dot shape="trouble" /></span><span>{refused}</span></p>}
      {ready && <p>{ready.ready + ready.excused === ready.total ? station_ready.all(ready.ready) : station_ready.some(ready.ready, ready.total)}</p>}
      <ul>{ready?.items.map((item) => (
        <li key={item.device} data-ready={item.device}>
          <strong>{item.label}</strong> <span class="soft">{why_not(item)}</span>
          <span>{item.runner === undefined ? station_ready.nobody : item.goes ? station_ready.goes(item.runner) : station_ready.asked(item.runner)}</span>
          {letting === item.device
            ? <div class="chips" role="group" aria-label={words.let_be_why}>{excuse_order.map((why) => <button class="chip" key={why} onClick={() => tell('ExcuseDevice', { device: item.device, why })}>{excuses[why]}</button>)}</div>
            : <div class="chips">
              {!item.mine && <button class="chip" onClick={() => tell('GoLook', { device: item.device })}>{words.take}</button>}
              <button class="chip" onClick={() => set_naming(item)}>{words.name}</button>
              <button class="chip" aria-label={`${words.let_be}: ${item.label}`} onClick={() => set_letting(item.device)}>{words.let_be_short}</button>
            </div>}
        </li>
      ))}</ul>
      <section class={ready?.drill ? 'drill-now' : ''}>
        {ready?.drill ? (
          <>
            <p><strong>{station_ready.drill(ready.drill.pressed, ready.drill.rooms)}</strong> {ready.drill.waiting.length > 0 && station_ready.drill_waiting(ready.drill.waiting, ready.drill.rooms - ready.drill.pressed - ready.drill.waiting.length)}</p>
            <button class="button quiet wide" onClick={() => tell('EndSiteDrill', {})}>{words.drill_end}</button>
          </>
        ) : (
          <>
            <button class="button quiet wide" onClick={() => tell('StartSiteDrill', {})}>{words.drill_start}</button>
            <p class="soft">{words.drill_hint}</p>
          </>
        )}
      </section>
      <button class="button quiet" onClick={close}>{words.back}</button>
    </main>
  );
}
