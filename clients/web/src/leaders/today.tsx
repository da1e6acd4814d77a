// Adults who are here for today only: one clear form to add somebody, the PIN they sign in with shown once and large, and
// who is here until when. At the end of the school day they are gone by themselves.
import { useState } from 'preact/hooks';
import type { SupplyAdded, SupplyView } from '../link/wire.ts';
import { clock } from '../words.ts';
import { leaders as shared, today as words } from '../words_leaders.ts';
import type { Part } from './devices.tsx';
import { apart, Ask, Name, StepTitle } from './parts.tsx';

const roles = ['responder', 'teacher'] as const;
type ForToday = typeof roles[number];

export function TodayPage({ link, view, hub_now, say }: Part) {
  const [name, set_name] = useState('');
  const [short_name, set_short_name] = useState('');
  const [role, set_role] = useState<ForToday>('responder');
  const [covers, set_covers] = useState('');
  const [busy, set_busy] = useState(false);
  const [added, set_added] = useState<SupplyAdded | null>(null);
  const [ending, set_ending] = useState<SupplyView | null>(null);
  const at = (instant: number) => clock(Date.now() + instant - hub_now);
  const staff = view.held.staff.filter((one) => one.today !== true).sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
  const called = short_name.trim() || (name.trim().split(/\s+/)[0] ?? '');
  const ready = name.trim() !== '' && !busy;

  const add = async (event: Event) => {
    event.preventDefault();
    if (!ready) return;
    set_busy(true);
    const told = await link.command('AddSupply', { name: name.trim(), short_name: called, roles: [role], ...(covers ? { covers } : {}) });
    set_busy(false);
    if (!told.ok) { say(told.error === 0 ? shared.broke : told.message, true); return; }
    if (told.message.type !== 'SupplyAdded') return;
    set_added(told.message.body);
    set_name(''); set_short_name(''); set_covers(''); set_role('responder');
  };
  const end = async (one: SupplyView) => {
    set_ending(null);
    const told = await link.command('EndSupply', { person: one.person });
    if (told.ok) say(words.ended(apart(one.name)));
    else say(told.error === 0 ? shared.broke : told.message, true);
  };

  if (added) {
    return (
      <div class="made" data-made="supply">
        <StepTitle>{words.ready(apart(added.short_name))}</StepTitle>
        <p>{words.ready_how(apart(added.short_name), at(added.until))}</p>
        <p class="unseen">{words.pin_spoken(added.pin)}</p>
        <p class="pin-of-the-day" aria-hidden="true">{added.pin.slice(0, 3)} {added.pin.slice(3)}</p>
        <p class="soft">{words.once}</p>
        <button class="button next" onClick={() => set_added(null)}>{shared.done}</button>
      </div>
    );
  }
  return (
    <>
      <h1>{words.title}</h1>
      <p class="soft">{words.hint}</p>
      <form class="steps narrow" onSubmit={(event) => void add(event)}>
        <div class="field">
          <label for="supply-name">{words.name}</label>
          <input id="supply-name" value={name} maxLength={60} autocomplete="off" required onInput={(event) => set_name(event.currentTarget.value)} />
        </div>
        <div class="field">
          <label for="supply-short">{words.short_name}</label>
          <input id="supply-short" value={short_name} maxLength={30} autocomplete="off" placeholder={called} aria-describedby="supply-short-hint" onInput={(event) => set_short_name(event.currentTarget.value)} />
          <p id="supply-short-hint" class="soft small">{words.short_name_hint}</p>
        </div>
        <fieldset>
          <legend>{words.role}</legend>
          <div class="chips">
            {roles.map((one) => (
              <label key={one} class={`chip pick${role === one ? ' on' : ''}`}>
                <input type="radio" name="role" value={one} checked={role === one} onChange={() => set_role(one)} /> {words.roles[one]}
              </label>
            ))}
          </div>
        </fieldset>
        <div class="field">
          <label for="supply-covers">{words.covers}</label>
          <select id="supply-covers" value={covers} aria-describedby="supply-covers-hint" onChange={(event) => set_covers(event.currentTarget.value)}>
            <option value="">{words.covers_nobody}</option>
            {staff.map((one) => <option key={one.person} value={one.person}>{one.name}</option>)}
          </select>
          <p id="supply-covers-hint" class="soft small">{words.covers_hint}</p>
        </div>
        <button class="button next" disabled={!ready}>{words.go}</button>
      </form>
      {view.held.supplies.length > 0 && (
        <section>
          <h2>{words.here}</h2>
          <ul class="people">
            {view.held.supplies.map((one) => (
              <li key={one.person} data-supply={one.person}>
                <div>
                  <h3><Name>{one.name}</Name></h3>
                  <p class="soft">{one.signed_in ? words.on_handset : words.no_handset} · {words.until(at(one.until))}{one.covers !== undefined && <> · {words.for_whom(apart(one.covers))}</>}</p>
                </div>
                <div class="answers"><button class="button quiet" aria-label={words.end_one(apart(one.name))} onClick={() => set_ending(one)}>{words.end}</button></div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {ending && (
        <Ask title={words.end_title(apart(ending.name))} go={words.end_go} keep={words.end_keep} on_go={() => void end(ending)} on_keep={() => set_ending(null)}>
          <p>{words.end_hint}</p>
        </Ask>
      )}
    </>
  );
}
