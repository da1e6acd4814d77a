// My availability, one tap from anywhere: free, with a child, on a break. Also lock and sign out.
import { useEffect, useRef } from 'preact/hooks';
import type { PersonView } from '../link/wire.ts';
import type { Held } from '../link/held.ts';
import { now } from '../link/browser.ts';
import { use_link } from '../parts/hooks.ts';
import { clock, handset as words } from '../words.ts';
import type { Tools } from './parts.ts';

/** What this adult's state is, in words that are true on this handset: on the way is no child yet, and before a duty or
    without sound it is that which is missing, not the connection. */
export function state_words(me: PersonView | undefined, held: Pick<Held, 'calls' | 'proven'>, may_sound: boolean, hub_offset: number): string {
  if (!me) return '';
  if (me.state === 'unreachable' && !held.proven) return words.state_no_duty;
  if (me.state === 'unreachable' && !may_sound) return words.sound_off;
  const going = [...held.calls.values()].some(({ view }) => (view.relation === 'owner' || view.relation === 'helper') && view.rung === 'coming');
  if (me.state === 'with_child' && going) return words.state_going;
  const name = words.states[me.state];
  if (me.until === undefined || (me.state !== 'on_break' && me.state !== 'recovering')) return name;
  return words.state_until(name, clock(Date.now() + (me.until - (now() + hub_offset))));
}

export function StateSheet({ tools, close, ask_pin }: { tools: Tools; close: () => void; ask_pin: () => void }) {
  const { link, store } = tools;
  const { held, hub_offset } = use_link(link);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => { if (dialog.current && !dialog.current.open) dialog.current.showModal(); }, []);
  const me = held.person ? held.people.get(held.person) : undefined;
  const done = () => dialog.current?.close();
  const say = (state: 'free' | 'with_child') => { link.command('SetAvailability', { state }); done(); };
  const rest = (minutes: number) => { link.command('SetAvailability', { state: 'on_break', until: Math.round(now() + hub_offset + minutes * 60_000) }); done(); };
  const lock = () => { link.note_locked(); store.set_bytes('session', null); link.command('Lock', {}); done(); };
  const sign_out = async () => {
    done();
    const { answered } = link.command('SignOut', {});
    if ((await answered).ok) { store.set_bytes('session', null); link.note_signed_out(); }
  };
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="sheet-title" onClose={close} onClick={(event) => { if (event.target === dialog.current) done(); }}>
      <div class="sheet-body">
        <h2 id="sheet-title">{words.sheet_title}</h2>
        {me?.state === 'unreachable' && <p class="notice"><span /><span>{held.proven ? words.unreachable_hint : words.no_duty_hint}</span></p>}
        <button class={`button wide ${me?.state === 'free' ? 'quiet' : 'next'}`} aria-pressed={me?.state === 'free'} onClick={() => say('free')}>{me?.state === 'recovering' ? words.ready_again : words.free}</button>
        <button class="button quiet wide" aria-pressed={me?.state === 'with_child'} onClick={() => say('with_child')}>{words.with_child}</button>
        <div class="breaks" role="group" aria-label={words.break_for}>
          <span>{words.break_for}</span>
          {[15, 30, 45].map((minutes) => <button class="chip" key={minutes} onClick={() => rest(minutes)}>{words.break_minutes(minutes)}</button>)}
        </div>
        <div class="pair">
          {held.unlocked ? <button class="button plain" onClick={lock}>{words.lock}</button> : <button class="button plain" onClick={() => { done(); ask_pin(); }}>{words.unlock}</button>}
          <button class="button plain" onClick={() => void sign_out()}>{words.sign_out}</button>
          <button class="button plain" onClick={done}>{words.close}</button>
        </div>
      </div>
    </dialog>
  );
}
