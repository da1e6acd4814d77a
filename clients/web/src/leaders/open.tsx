// Opening an account from a one-time link, one step at a time: a password, the key of the authenticator, the recovery
// codes, and six digits that prove the key arrived. Nothing is open before the last of them.
import { useState } from 'preact/hooks';
import { ask } from '../link/leaders_http.ts';
import type { AccountKeys } from '../link/wire.ts';
import { opening as words, sign_in as sign_in_words } from '../words_leaders.ts';
import { apart, CopyButton, Grouped, PasswordField, QrCode, StepTitle } from './parts.tsx';

const PASSWORD_MIN = 12;
const PASSWORD_MAX = 128;
const clean_code = (text: string) => text.toUpperCase().replace(/[^0-9A-Z]/g, '');

type Step = 'password' | 'phone' | 'codes' | 'digits';
interface Props { code: string; signed_in: () => void; to_sign_in: () => void }

export function OpenPage({ code: given, signed_in, to_sign_in }: Props) {
  const [code, set_code] = useState(given);
  const [step, set_step] = useState<Step>('password');
  const [keys, set_keys] = useState<AccountKeys | null>(null);
  const [used, set_used] = useState(false);
  const [begun_again, set_begun_again] = useState(false);
  if (used) return <UsedLink to_sign_in={to_sign_in} />;
  if (code === '') return <CodeStep go={set_code} to_sign_in={to_sign_in} />;
  if (step === 'password' || keys === null) {
    return (
      <PasswordStep code={code} begun_again={begun_again} to_sign_in={to_sign_in} used={() => set_used(true)}
        go={(made) => { set_keys(made); set_step('phone'); }} />
    );
  }
  if (step === 'phone') return <PhoneStep keys={keys} go={() => set_step('codes')} />;
  if (step === 'codes') return <CodesStep keys={keys} go={() => set_step('digits')} back={() => set_step('phone')} />;
  return (
    <DigitsStep code={code} back={() => set_step('phone')} signed_in={signed_in}
      begin_again={() => { set_keys(null); set_begun_again(true); set_step('password'); }} />
  );
}

function UsedLink({ to_sign_in }: { to_sign_in: () => void }) {
  return (
    <main class="door" data-page="used-link">
      <StepTitle>{words.used_title}</StepTitle>
      <p>{words.used}</p>
      <button class="button quiet wide" onClick={to_sign_in}>{words.to_sign_in}</button>
    </main>
  );
}

function CodeStep({ go, to_sign_in }: { go: (code: string) => void; to_sign_in: () => void }) {
  const [text, set_text] = useState('');
  const clean = clean_code(text);
  return (
    <main class="door" data-page="code">
      <StepTitle>{words.code_title}</StepTitle>
      <form class="steps" onSubmit={(event) => { event.preventDefault(); if (clean.length >= 6) go(clean); }}>
        <div class="field">
          <label for="code">{words.code_hint}</label>
          <input id="code" value={text} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={32}
            onInput={(event) => set_text(event.currentTarget.value)} />
        </div>
        <button class="button next wide" disabled={clean.length < 6}>{words.code_go}</button>
      </form>
      <button class="button plain" onClick={to_sign_in}>{words.to_sign_in}</button>
    </main>
  );
}

function PasswordStep({ code, begun_again, go, used, to_sign_in }: {
  code: string; begun_again: boolean; go: (keys: AccountKeys) => void; used: () => void; to_sign_in: () => void;
}) {
  const [password, set_password] = useState('');
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState(begun_again ? words.keys_void : '');
  const length = [...password].length;
  const ready = length >= PASSWORD_MIN && length <= PASSWORD_MAX && !busy;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!ready) return;
    set_busy(true);
    set_problem('');
    const told = await ask('/v1/leaders/open', 'OpenAccount', { code, password });
    set_busy(false);
    if (told.ok && told.frame.type === 'AccountKeys') go(told.frame.body);
    else if (!told.ok && told.error === 124) used();
    else set_problem(told.ok ? sign_in_words.unreached : told.message || sign_in_words.unreached);
  };
  const measure = length === 0 ? '' : length < PASSWORD_MIN ? words.password_short(PASSWORD_MIN - length) : length > PASSWORD_MAX ? words.password_long : words.password_fine;
  return (
    <main class="door" data-page="password">
      <p class="soft">{words.steps(1)}</p>
      <StepTitle>{words.password_title}</StepTitle>
      <p id="password-hint">{words.password_hint}</p>
      <form class="steps" onSubmit={(event) => void submit(event)}>
        <PasswordField id="new-password" label={words.password_new} value={password} set={set_password} fresh describe="password-hint password-length" />
        <p id="password-length" class={`soft small measure${length >= PASSWORD_MIN && length <= PASSWORD_MAX ? ' fine' : ''}`} role="status">{measure}</p>
        <p class="problem" role="status">{problem}</p>
        <button class="button next wide" disabled={!ready}>{words.password_go}</button>
      </form>
      <button class="button plain" onClick={to_sign_in}>{words.to_sign_in}</button>
    </main>
  );
}

function PhoneStep({ keys, go }: { keys: AccountKeys; go: () => void }) {
  return (
    <main class="door" data-page="phone">
      <p class="soft">{words.steps(2)}</p>
      <StepTitle>{words.phone_title(apart(keys.name))}</StepTitle>
      <p>{words.phone_hint}</p>
      <div class="scan">
        <QrCode text={keys.otpauth} label={words.phone_qr} />
        <dl class="beside">
          <div><dt>{words.phone_type}</dt><dd data-secret><Grouped text={keys.secret} /></dd></div>
          <div><dt>{words.phone_id}</dt><dd data-person><strong><bdi>{keys.person}</bdi></strong></dd></div>
        </dl>
      </div>
      <button class="button next wide" onClick={go}>{words.phone_go}</button>
    </main>
  );
}

function CodesStep({ keys, go, back }: { keys: AccountKeys; go: () => void; back: () => void }) {
  const text = words.codes_text(keys.name, keys.person, keys.recovery);
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = words.codes_file(keys.person);
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <main class="door" data-page="codes">
      <p class="soft">{words.steps(3)}</p>
      <StepTitle>{words.codes_title}</StepTitle>
      <p>{words.codes_hint}</p>
      <section class="printed" aria-label={words.codes_list}>
        <p class="only-print">{apart(keys.name)} ({keys.person})</p>
        <ol class="recovery">{keys.recovery.map((one) => <li key={one}><code>{one}</code></li>)}</ol>
      </section>
      <div class="answers">
        <button class="button quiet" onClick={() => window.print()}>{words.codes_print}</button>
        <button class="button quiet" onClick={save}>{words.codes_save}</button>
        <CopyButton text={text} label={words.codes_copy} />
      </div>
      <button class="button next wide" onClick={go}>{words.codes_go}</button>
      <button class="button plain" onClick={back}>{words.back}</button>
    </main>
  );
}

function DigitsStep({ code, back, begin_again, signed_in }: { code: string; back: () => void; begin_again: () => void; signed_in: () => void }) {
  const [totp, set_totp] = useState('');
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState('');
  const clean = totp.replace(/\D/g, '');
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || clean.length !== 6) return;
    set_busy(true);
    set_problem('');
    const told = await ask('/v1/leaders/open', 'ConfirmAccount', { code, totp: clean });
    set_busy(false);
    set_totp('');
    if (told.ok) signed_in();
    else if (told.error === 124) begin_again();
    else set_problem(told.error === 243 ? words.digits_wrong : told.message || sign_in_words.unreached);
  };
  return (
    <main class="door" data-page="digits">
      <p class="soft">{words.steps(4)}</p>
      <StepTitle>{words.digits_title}</StepTitle>
      <p id="digits-hint">{words.digits_hint}</p>
      <form class="steps" onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for="totp">{words.digits}</label>
          <input id="totp" class="digits" value={totp} inputMode="numeric" autocomplete="one-time-code" maxLength={9} required aria-describedby="digits-hint"
            onInput={(event) => set_totp(event.currentTarget.value)} />
        </div>
        <p class="problem" role="status">{problem}</p>
        <button class="button next wide" disabled={busy || clean.length !== 6}>{words.digits_go}</button>
      </form>
      <button class="button plain" onClick={back}>{words.back}</button>
    </main>
  );
}
