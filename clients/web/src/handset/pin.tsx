// Who has this handset: choosing a name, choosing a PIN, giving it. Digits are large, and shown as dots alone.
import { useEffect, useState } from 'preact/hooks';
import type { PersonRef } from '../link/wire.ts';
import { use_link } from '../parts/hooks.ts';
import { handset as words } from '../words.ts';
import type { Tools } from './parts.ts';

export function SignInPage({ tools, unlock_only, cancel }: { tools: Tools; unlock_only?: boolean; cancel?: () => void }) {
  const { link } = tools;
  const { held } = use_link(link);
  const welcome = held.welcome;
  const [chosen, set_chosen] = useState<string | null>(null);
  const [anyone, set_anyone] = useState(false);
  const me = unlock_only ? held.person : chosen ?? (anyone ? null : welcome?.for_person ?? null);
  const person = held.staff.find((one) => one.person === me) ?? null;
  if (me === null || !person) {
    return me !== null && held.staff.length === 0 ? <main class="centre" /> : <main><ChoosePerson staff={held.staff} choose={set_chosen} /></main>;
  }
  const may_choose = welcome?.may_set_pin === true && welcome.for_person === me && !person.pin_set;
  return (
    <main class="pin-page">
      <h1>{words.hello(person.name)}</h1>
      {may_choose ? <ChoosePin tools={tools} person={me} />
        : person.pin_set ? <GivePin tools={tools} person={me} />
          : <p class="notice">{words.pin_no_pin}</p>}
      {!unlock_only && <button class="button plain" onClick={() => { set_chosen(null); set_anyone(true); }}>{words.not_me}</button>}
      {cancel && <button class="button plain" onClick={cancel}>{words.back}</button>}
    </main>
  );
}

export function ChoosePerson({ staff, choose, title = words.who_title, hint = words.who_hint, show_pin = true }: {
  staff: readonly PersonRef[]; choose: (person: string) => void; title?: string; hint?: string; show_pin?: boolean;
}) {
  const [find, set_find] = useState('');
  const found = staff.filter((one) => one.name.toLowerCase().includes(find.trim().toLowerCase()));
  return (
    <section class="list-page over">
      <h1>{title}</h1>
      {hint && <p class="soft">{hint}</p>}
      <div class="field">
        <label class="unseen" for="find">{words.find}</label>
        <input id="find" type="search" placeholder={words.find} value={find} autocomplete="off" onInput={(event) => set_find(event.currentTarget.value)} />
      </div>
      <ul class="choices">
        {found.map((one) => (
          <li key={one.person}>
            <button onClick={() => choose(one.person)}>{one.name}{show_pin && !one.pin_set && <small class="soft"> {words.no_pin_yet}</small>}</button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="soft">{words.no_one}</p>}
    </section>
  );
}

async function give(tools: Tools, type: 'SetPin' | 'SignIn', person: string, pin: string): Promise<string> {
  const session = crypto.getRandomValues(new Uint8Array(16));
  const { answered } = tools.link.command(type, { person, pin, session });
  const answer = await answered;
  if (answer.ok) {
    tools.store.set_bytes('session', session);
    tools.link.note_signed_in(person);
    return '';
  }
  if (answer.error === 220) return words.pin_wrong;
  if (answer.error === 221) return words.pin_wait(answer.retry_ms ?? 30_000);
  return answer.message;
}

function ChoosePin({ tools, person }: { tools: Tools; person: string }) {
  const [first, set_first] = useState<string | null>(null);
  const [problem, set_problem] = useState('');
  if (first === null) return <PinPad key="first" title={words.choose_pin} hint={words.choose_pin_hint} problem={problem} done={async (pin) => { set_first(pin); set_problem(''); }} />;
  return (
    <PinPad key="second" title={words.repeat_pin} hint="" problem="" done={async (pin) => {
      const refused = pin === first ? await give(tools, 'SetPin', person, pin) : words.pin_differs;
      if (refused) { set_problem(refused); set_first(null); }
    }} />
  );
}

function GivePin({ tools, person }: { tools: Tools; person: string }) {
  const [problem, set_problem] = useState('');
  const [tries, set_tries] = useState(0);
  return (
    <PinPad key={tries} title={words.give_pin} hint="" problem={problem} done={async (pin) => {
      const refused = await give(tools, 'SignIn', person, pin);
      if (refused) { set_problem(refused); set_tries(tries + 1); }
    }} />
  );
}

function PinPad({ title, hint, problem, done }: { title: string; hint: string; problem: string; done: (pin: string) => Promise<void> }) {
  const [pin, set_pin] = useState('');
  const [busy, set_busy] = useState(false);
  const ready = pin.length >= 4 && !busy;
  const go = async () => {
    if (!ready) return;
    set_busy(true);
    await done(pin);
    set_busy(false);
    set_pin('');
  };
  const press = (digit: string) => { if (!busy) set_pin((old) => (old + digit).slice(0, 12)); };
  useEffect(() => {
    const on_key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (/^\d$/.test(event.key)) press(event.key);
      else if (event.key === 'Backspace') set_pin((old) => old.slice(0, -1));
      else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) void go();
    };
    window.addEventListener('keydown', on_key);
    return () => window.removeEventListener('keydown', on_key);
  });
  return (
    <section class="pad" aria-label={title}>
      <h2>{title}</h2>
      {hint && <p class="soft">{hint}</p>}
      <p class="problem" role="status">{problem}</p>
      <p class="dots" aria-hidden="true">{Array.from({ length: Math.max(4, pin.length) }, (_, n) => <i key={n} class={n < pin.length ? 'on' : ''} />)}</p>
      <p class="unseen" role="status">{words.digits(pin.length)}</p>
      <div class="keys">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => <button key={digit} class="key" onClick={() => press(digit)}>{digit}</button>)}
        <button class="key plain" aria-label={words.digit_delete} onClick={() => set_pin(pin.slice(0, -1))}>⌫</button>
        <button class="key" onClick={() => press('0')}>0</button>
        <span />
      </div>
      <button class="button next wide" disabled={!ready} onClick={() => void go()}>{words.pin_done}</button>
    </section>
  );
}

