// How ready the school is this morning, the drill of the whole school, and where nobody has ever pressed: an invitation to
// practise, never a mark against anybody.
import { useEffect, useState } from 'preact/hooks';
import type { ReadinessReport } from '../link/wire.ts';
import { Dot } from '../parts/shapes.tsx';
import { clock } from '../words.ts';
import { ready_page as words, runner, station_ready, why_not } from '../words_ready.ts';
import { leaders as shared } from '../words_leaders.ts';
import type { Part } from './devices.tsx';
import { Name } from './parts.tsx';

export function ReadyPage({ link, view, hub_now, say }: Part) {
  const [report, set_report] = useState<ReadinessReport | null>(null);
  const ready = view.held.ready ?? report?.readiness ?? null;
  const ask = async () => {
    const told = await link.command('ListReadiness', {});
    if (told.ok && told.message.type === 'ReadinessReport') set_report(told.message.body);
  };
  // Whatever changes what is ready may have been a first press, too.
  useEffect(() => { if (view.phase === 'live') void ask(); }, [view.phase, view.held.ready]);
  const send = async (type: string, done: string) => {
    const told = await link.command(type, {});
    if (told.ok) say(done);
    else say(told.error === 0 ? shared.broke : told.message, true);
  };
  if (!ready) return null;
  const missing = ready.total - ready.ready - ready.excused;
  return (
    <>
      <h1>{words.title(missing)}</h1>
      <p class="soft">{station_ready.some(ready.ready, ready.total)}{ready.excused > 0 ? ` · ${station_ready.let_be(ready.excused)}` : ''}</p>
      {!ready.listed && missing > 0 && <p>{ready.list_at === undefined ? station_ready.no_school : words.before(clock(Date.now() + ready.list_at - hub_now))}</p>}
      {ready.items.length > 0 && (
        <ul class="rows ready-rows">{ready.items.map((item) => (
          <li key={item.device} data-ready={item.device}>
            <Dot shape={item.runner === undefined ? 'trouble' : item.goes ? 'coming' : 'ringing'} size="1.15em" />{' '}
            <strong><Name>{item.label}</Name></strong> <span class="soft">{why_not(item)}</span>{' '}
            <span>{item.runner === undefined ? station_ready.nobody : item.goes ? station_ready.goes(item.runner) : station_ready.asked(item.runner)}</span>
          </li>
        ))}</ul>
      )}
      <section class={`drill-box${ready.drill ? ' is-drill' : ''}`}>
        {ready.drill ? (
          <>
            <p><strong>{words.drill_on(ready.drill.pressed, ready.drill.rooms)}</strong> {ready.drill.waiting.length > 0 && station_ready.drill_waiting(ready.drill.waiting, ready.drill.rooms - ready.drill.pressed - ready.drill.waiting.length)}</p>
            <button class="button quiet" onClick={() => void send('EndSiteDrill', words.drill_ended)}>{runner.drill_end}</button>
          </>
        ) : (
          <>
            <button class="button quiet" onClick={() => void send('StartSiteDrill', words.drill_started)}>{runner.drill_start}</button>
            <p class="soft">{runner.drill_hint}</p>
          </>
        )}
      </section>
      {report && (
        <>
          <section aria-labelledby="never-title" class="never">
            <h2 id="never-title">{words.never_title} <span class="soft">{report.devices.length + report.devices_more}</span></h2>
            <p class="soft">{report.devices.length === 0 ? words.never_none : words.never_hint}</p>
            <ul class="chips">{report.devices.map((one) => <li key={one.device} class="tag"><Name>{one.label}</Name></li>)}</ul>
            {report.devices_more > 0 && <p class="soft">{station_ready.more(report.devices_more)}</p>}
          </section>
          <section aria-labelledby="never-people" class="never">
            <h2 id="never-people">{words.never_people} <span class="soft">{report.people.length + report.people_more}</span></h2>
            {report.people.length === 0 && <p class="soft">{words.never_people_none}</p>}
            <ul class="chips">{report.people.map((one) => <li key={one.person} class="tag"><Name>{one.name}</Name></li>)}</ul>
            {report.people_more > 0 && <p class="soft">{station_ready.more(report.people_more)}</p>}
          </section>
          <button class="button plain" onClick={() => void ask()}>{words.refresh}</button>
        </>
      )}
    </>
  );
}
