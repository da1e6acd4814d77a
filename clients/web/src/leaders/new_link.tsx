// A link for a new device: what it is, where or whose; then the link as a square, as text and as a code, for ten
// minutes and one device. The page says when it has been opened, and that a second person comes next.
import { useState } from 'preact/hooks';
import { now as page_now } from '../link/browser.ts';
import type { EnrolmentCode, PlaceRef } from '../link/wire.ts';
import { kinds as kind_names } from '../words.ts';
import { leaders as shared, new_link as words } from '../words_leaders.ts';
import { apart, CopyButton, Grouped, Name, QrCode } from './parts.tsx';
import type { Part } from './devices.tsx';

type Kind = 'room' | 'handset' | 'station' | 'board' | 'corridor';
interface Made { code: EnrolmentCode; kind: Kind; what: string; made_at: number; lives_ms: number; before: ReadonlySet<string> }

const rooms_first = (a: PlaceRef, b: PlaceRef) => Number(b.kind === 'room') - Number(a.kind === 'room') || a.name.localeCompare(b.name, 'en-GB', { numeric: true });

export function NewLinkPage({ link, view, hub_now, say }: Part) {
  const [kind, set_kind] = useState<Kind>('room');
  const [place, set_place] = useState('');
  const [person, set_person] = useState('');
  const [busy, set_busy] = useState(false);
  const [made, set_made] = useState<Made | null>(null);
  const places = [...view.held.places].sort(rooms_first);
  const staff = [...view.held.staff].sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
  const ready = (kind === 'handset' || place !== '') && !busy;

  const go = async (event: Event) => {
    event.preventDefault();
    if (!ready) return;
    set_busy(true);
    const body = kind === 'handset' ? (person ? { kind, person } : { kind }) : kind === 'corridor' ? { kind: 'board', place, corridor: true } : { kind, place };
    const told = await link.command('MakeEnrolmentCode', body);
    set_busy(false);
    if (!told.ok) { say(told.error === 0 ? shared.broke : told.message, true); return; }
    if (told.message.type !== 'EnrolmentCode') return;
    const where = places.find((one) => one.place === place)?.name ?? '';
    const whose = staff.find((one) => one.person === person)?.name ?? '';
    set_made({
      code: told.message.body, kind, what: (kind === 'handset' ? whose : where) || kind_names[kind]!, made_at: page_now(),
      lives_ms: told.message.body.expires_at - hub_now, before: new Set(view.held.devices.keys()),
    });
  };
  if (made) return <MadePage made={made} view={view} another={() => { set_made(null); set_place(''); set_person(''); }} />;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="soft">{words.hint}</p>
      <form class="steps narrow" onSubmit={(event) => void go(event)}>
        <fieldset>
          <legend>{words.kind}</legend>
          <div class="chips">
            {(['room', 'handset', 'station', 'board', 'corridor'] as const).map((one) => (
              <label key={one} class={`chip pick${kind === one ? ' on' : ''}`}>
                <input type="radio" name="kind" value={one} checked={kind === one} onChange={() => { set_kind(one); set_place(''); }} /> {words.kinds[one]}
              </label>
            ))}
          </div>
        </fieldset>
        {kind !== 'handset' ? (
          <div class="field">
            <label for="place">{kind === 'room' ? words.room : words.station}</label>
            <select id="place" value={place} required onChange={(event) => set_place(event.currentTarget.value)}>
              <option value="">{words.choose}</option>
              {places.map((one) => <option key={one.place} value={one.place}>{one.name}</option>)}
            </select>
          </div>
        ) : (
          <div class="field">
            <label for="whose">{words.person}</label>
            <select id="whose" value={person} aria-describedby="whose-hint" onChange={(event) => set_person(event.currentTarget.value)}>
              <option value="">{words.anyone}</option>
              {staff.map((one) => <option key={one.person} value={one.person}>{one.name}</option>)}
            </select>
            <p id="whose-hint" class="soft small">{words.person_hint}</p>
          </div>
        )}
        <p class="soft">{view.welcome?.example ? words.second_none : words.second}</p>
        <button class="button next" disabled={!ready}>{words.go}</button>
      </form>
    </>
  );
}

function MadePage({ made, view, another }: { made: Made; view: Part['view']; another: () => void }) {
  const url = `${location.origin}/${made.kind}#c=${made.code.code}`;
  const left = made.lives_ms - (page_now() - made.made_at);
  const opened = [...view.held.devices.values()].find((one) => !made.before.has(one.device) && one.kind === made.kind && one.made_by === view.welcome?.person);
  if (opened) {
    return (
      <div class="made" data-made="opened" role="status">
        <h1>{words.opened(apart(opened.label))}</h1>
        {opened.waiting_until !== undefined && <p>{words.opened_waits} {words.second}</p>}
        <button class="button quiet" onClick={another}>{words.another}</button>
      </div>
    );
  }
  return (
    <LinkSheet title={words.ready(apart(made.what))} hint={view.welcome?.example ? words.second_none : words.second} url={url} code={made.code.code} left={left}
      native={made.code.native} again={another} />
  );
}

/** A one-time link as people take it along. */
export function LinkSheet({ title, hint, url, code, left, native, again, again_label = words.another, code_label = words.code }: {
  title: string; hint: string; url: string; code: string; left: number; native?: string | undefined; again: () => void; again_label?: string; code_label?: string;
}) {
  const good = left > 0;
  return (
    <div class="made" data-made={good ? 'good' : 'old'}>
      <h1>{title}</h1>
      <p class="life" role="timer">{words.left(left)}</p>
      {good && (
        <div class="scan">
          <QrCode text={url} label={words.qr} />
          <dl class="beside">
            <div><dt>{words.link}</dt><dd><code class="url" data-url>{url}</code></dd></div>
            <div><dt>{code_label}</dt><dd><Grouped text={code} /></dd></div>
          </dl>
        </div>
      )}
      {good && <div class="answers"><CopyButton text={url} label={words.copy} /></div>}
      <p>{hint}</p>
      {good && native !== undefined && (
        <details class="native">
          <summary>{words.native}</summary>
          <p><code class="url"><Name>{native}</Name></code></p>
          <CopyButton text={native} label={words.copy} />
        </details>
      )}
      <button class="button quiet" onClick={again}>{again_label}</button>
    </div>
  );
}
