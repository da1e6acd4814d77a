// The test of the day, for a room's page and a calm space's tablet: one quiet control; the receipt that what was pressed
// has sounded and is on this screen; and the press that a drill of the whole school asks for. A test never looks like a
// call: it says so in words, and the real controls stay beside it.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Link } from '../link/link.ts';
import type { CallEvent, MyReadiness } from '../link/wire.ts';
import { clock } from '../words.ts';
import { test as words } from '../words_ready.ts';
import { use_link } from './hooks.ts';
import { Dot } from './shapes.tsx';

/** Once the card of this device's own test says that it sounds, and that is on the screen, the hub is told so. */
export function use_returning_test(link: Link): void {
  const view = use_link(link);
  const told = useRef(0);
  const test = [...view.held.calls.values()].map((card) => card.view).find((call) => call.practice === 'test' || call.practice === 'site');
  const sounded = test !== undefined && (test.rung === 'ringing' || test.rung === 'coming' || test.rung === 'here');
  useEffect(() => {
    if (!test || !sounded || told.current === test.call || view.phase !== 'live') return;
    told.current = test.call;
    // After the picture that shows it, not before.
    requestAnimationFrame(() => requestAnimationFrame(() => link.command('ConfirmTest', { call: test.call })));
  }, [test?.call, sounded, view.phase]);
}

/** How a drill ended, in words; null when it was none. */
export function drill_farewell(event: CallEvent, own: MyReadiness | null): string | null {
  if (event === 'gave_way') return words.gave_way;
  if (event !== 'drill_over') return null;
  return own?.failed_at !== undefined ? words.failed : own?.proven_at !== undefined ? words.came_back : words.over;
}

function use_press(link: Link): { press: (practice: 'test' | 'site') => void; refused: string } {
  const [refused, set_refused] = useState('');
  const press = (practice: 'test' | 'site') => {
    set_refused('');
    void link.command('RaiseCall', { level: 1, pressed_at: Date.now(), practice }).answered.then((answer) => { if (!answer.ok) set_refused(answer.message); });
  };
  return { press, refused };
}

export function TestOfDay({ link }: { link: Link }) {
  const { own } = use_link(link).held;
  const { press, refused } = use_press(link);
  if (!own || own.drill_until !== undefined) return null;
  if (own.proven_at !== undefined && own.failed_at === undefined) return <p class="soft tested"><Dot shape="here" /> {words.proven(clock(own.proven_at))}</p>;
  return (
    <>
      {own.failed_at !== undefined && <p class="tested failed"><Dot shape="trouble" /> {words.failed}</p>}
      {refused && <p class="soft" role="alert">{refused}</p>}
      <button class="help-open test" title={words.hint} onClick={() => press('test')}>{own.failed_at !== undefined ? words.again : words.begin}</button>
    </>
  );
}

/** While the whole school practises: one press, beside the real controls and unlike them. */
export function SiteDrill({ link }: { link: Link }) {
  const { own } = use_link(link).held;
  const { press, refused } = use_press(link);
  if (!own || own.drill_until === undefined) return null;
  return (
    <section class="site-drill" aria-label={words.drill_title}>
      <p><strong>{words.drill_title}</strong></p>
      {refused && <p role="alert">{refused}</p>}
      {own.pressed ? <p><Dot shape="here" /> {words.drill_done}</p> : <button class="button quiet" onClick={() => press('site')}>{words.drill_go}</button>}
    </section>
  );
}
