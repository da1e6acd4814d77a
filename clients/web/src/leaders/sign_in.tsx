// Signing in: staff id, password, six digits or a recovery code. Whatever was wrong, the answer is the same; a wait
// counts down. What was typed stays, except the digits: they work once.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../link/leaders_http.ts';
import type { Ended } from '../link/leader.ts';
import { Announce } from '../parts/announce.tsx';
import { use_now } from '../parts/hooks.ts';
import { now as page_now } from '../link/browser.ts';
import { sign_in as words } from '../words_leaders.ts';
import { PasswordField, StepTitle } from './parts.tsx';

export function SignInPage({ ended, signed_in, give_code }: { ended: Ended; signed_in: () => void; give_code: () => void }) {
  const [person, set_person] = useState('');
  const [password, set_password] = useState('');
  const [code, set_code] = useState('');
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState('');
  const [wait_until, set_wait_until] = useState<number | null>(null);
  const [said_wait, set_said_wait] = useState('');
  const now = use_now(500);
  const left = wait_until === null ? 0 : wait_until - now;
  const digits = useRef<HTMLInputElement>(null);
  useEffect(() => { if (wait_until !== null && left <= 0) { set_wait_until(null); set_said_wait(''); set_problem(words.wait_over); } }, [wait_until, left]);

  const go = async (event: Event) => {
    event.preventDefault();
    if (busy || left > 0) return;
    set_busy(true);
    set_problem('');
    const told = await ask('/v1/leaders/session', 'SignInLeader', { person: person.trim(), password, code: code.replace(/\s/g, '') });
    set_busy(false);
    set_code('');
    if (told.ok) { signed_in(); return; }
    if (told.error === 241) { set_wait_until(page_now() + (told.retry_ms ?? 30_000)); set_said_wait(words.wait(told.retry_ms ?? 30_000)); }
    else set_problem(told.error === 240 ? words.wrong : told.message || words.unreached);
    digits.current?.focus();
  };
  const said = words.ended[ended] ?? words.ended.ended!;
  return (
    <main class="door" data-page="sign-in">
      <StepTitle>{words.title}</StepTitle>
      {said ? <p class="notice-line" data-ended={ended}>{said}</p> : <p class="soft">{words.hint}</p>}
      <form class="steps" onSubmit={(event) => void go(event)}>
        <div class="field">
          <label for="person">{words.staff_id}</label>
          <input id="person" value={person} autocomplete="username" autocapitalize="none" spellcheck={false} required maxLength={32}
            aria-describedby="person-hint" onInput={(event) => set_person(event.currentTarget.value)} />
          <p id="person-hint" class="soft small">{words.staff_id_hint}</p>
        </div>
        <PasswordField id="password" label={words.password} value={password} set={set_password} />
        <div class="field">
          <label for="code">{words.code}</label>
          <input id="code" ref={digits} value={code} autocomplete="one-time-code" autocapitalize="none" spellcheck={false} required maxLength={32}
            aria-describedby="code-hint" onInput={(event) => set_code(event.currentTarget.value)} />
          <p id="code-hint" class="soft small">{words.code_hint}</p>
        </div>
        {/* The wait is said once, and counts down for eyes alone. */}
        <p class="problem" role={left > 0 ? undefined : 'status'}>{left > 0 ? words.wait(Math.ceil(left / 1000) * 1000) : problem}</p>
        <Announce text={said_wait} />
        <button class="button next wide" disabled={busy || left > 0}>{busy ? words.going : words.go}</button>
      </form>
      <p class="soft small">{words.lost_hint}</p>
      <button class="button plain" onClick={give_code}>{words.have_link}</button>
    </main>
  );
}
