// At the door in the morning: who is not greeted yet, each as one large target; a slip is undone with one tap. Nothing of
// it stays when the door is left, the handset is locked, or school is over.
import { useEffect, useRef, useState } from 'preact/hooks';
import { use_link } from '../parts/hooks.ts';
import type { ChildRef } from '../link/wire.ts';
import { door as words } from '../words_day.ts';
import type { Tools } from './parts.ts';

interface Last { child: ChildRef; not_in: boolean }

export function DoorPage({ tools, close }: { tools: Tools; close: () => void }) {
  const { link } = tools;
  const { held } = use_link(link);
  const [marking, set_marking] = useState(false);
  const [last, set_last] = useState<Last | null>(null);
  const [refused, set_refused] = useState('');
  const children = held.door?.children ?? [];
  const was_open = useRef(false);
  // School is over, or the door was left elsewhere: nothing of it stays.
  useEffect(() => { if (held.door) was_open.current = true; else if (was_open.current && held.live) close(); }, [held.door, held.live]);
  const tell = (type: string, body: Record<string, unknown>) => {
    set_refused('');
    void link.command(type, body, { durable: true }).answered.then((answer) => { if (!answer.ok) set_refused(answer.message); });
  };
  const choose = (child: ChildRef) => {
    tell(marking ? 'MarkNotIn' : 'GreetChild', { child: child.child });
    set_last({ child, not_in: marking });
    set_marking(false);
  };
  const undo = () => {
    if (last) tell('GreetChild', { child: last.child.child, undo: true });
    set_last(null);
  };
  const leave = () => { link.command('LeaveDoor', {}); close(); };
  if (!held.door) return <main class="list-page over door"><h1>{words.title}</h1><p class="soft" role="status">{words.asking}</p><button class="button plain" onClick={leave}>{words.leave}</button></main>;
  return (
    <main class="list-page over door">
      <h1>{marking ? words.not_in_title : words.title}</h1>
      <p class="soft" role="status">{marking ? words.not_in_hint : `${words.left(children.length + (held.door?.more ?? 0))} ${children.length > 0 ? words.hint : ''}`}</p>
      <ul class="tiles">{children.map((child) => (
        <li key={child.child}><button class={`tile${marking ? ' marking' : ''}`} data-door={child.initials} aria-label={marking ? words.mark(child.initials) : words.greet(child.initials)} onClick={() => choose(child)}>{child.initials}</button></li>
      ))}</ul>
      {(held.door?.more ?? 0) > 0 && <p class="soft">{words.more(held.door?.more ?? 0)}</p>}
      <div class="door-foot">
        {refused && <p class="notice" role="alert"><span /><span>{refused}</span></p>}
        {last && <p class="toast arrives" role="status"><span>{last.not_in ? words.not_in(last.child.initials) : words.greeted(last.child.initials)}</span> <button class="button plain" onClick={undo}>{words.undo}</button></p>}
        {children.length > 0 && <button class="button quiet wide" aria-pressed={marking} onClick={() => set_marking(!marking)}>{marking ? words.back_to_greeting : words.who_not_in}</button>}
        <button class="button plain wide" onClick={leave}>{words.leave}</button>
      </div>
    </main>
  );
}
