// What a room may add after the press, and need not: a note, or who it is for. Initials show only inside the list that
// a person opens on purpose, and leave again by themselves.
import { useEffect, useState } from 'preact/hooks';
import type { Link } from '../link/link.ts';
import type { CallNote, Helps } from '../link/wire.ts';
import { use_fleeting, use_link } from '../parts/hooks.ts';
import { notes, room as words } from '../words.ts';
import { add_note, choose_child } from './actions.ts';
import type { Situation } from './situation.ts';

const note_kinds: readonly CallNote[] = ['medical', 'two_adults', 'has_left_room'];

export function Extras({ link, at, open, reopen, close }: { link: Link; at: Situation; open: boolean; reopen: () => void; close: () => void }) {
  const view = use_link(link);
  const [children_open, set_children_open] = use_fleeting<true>(20_000);
  const [noted, set_noted] = use_fleeting<true>(4000);
  const [given, set_given] = useState<readonly string[]>([]);
  useEffect(() => set_given([]), [at.call?.call, at.press?.id]);
  if (at.call && (at.call.rung === 'settled' || at.call.rung === 'closed' || at.call.rung === 'withdrawn')) return null;
  const has = (note: CallNote) => (at.call?.notes.includes(note) ?? false) || given.includes(note);
  const child_open_to_choose = view.held.children.length > 0 && at.call?.child === undefined && !given.includes('child');
  const child_done = at.call?.child !== undefined; // the hub holds it; whom, the screen never says

  if (children_open) {
    return (
      <div class="extras arrives" role="group" aria-label={words.children_title}>
        <strong>{words.children_title}</strong>
        <div class="chips">
          {view.held.children.map((child) => (
            <button class="chip" key={child.child} onClick={() => { choose_child(link, at, child.child); set_given([...given, 'child']); set_children_open(null); set_noted(true); }}>
              {child.initials}
            </button>
          ))}
          <button class="chip plain" onClick={() => set_children_open(null)}>{words.help_close}</button>
        </div>
      </div>
    );
  }
  if (!open) {
    return (
      <p class="reopen">
        {child_done && <span class="soft">{words.passed_on}</span>}
        {noted && !child_done && <span class="soft">{words.noted}</span>}
        {child_open_to_choose && <button class="button plain" onClick={() => set_children_open(true)}>{words.for_whom}</button>}
        <button class="button plain" onClick={reopen}>{words.more}</button>
      </p>
    );
  }
  return (
    <div class="extras arrives" role="group" aria-label={words.notes_title}>
      <span class="soft">{child_done ? words.passed_on : noted ? words.noted : words.notes_title}</span>
      <div class="chips">
        {child_open_to_choose && <button class="chip" onClick={() => set_children_open(true)}>{words.for_whom}</button>}
        {note_kinds.map((note) => (
          <button class="chip" key={note} aria-pressed={has(note)} disabled={has(note)}
            onClick={() => { add_note(link, at, note); set_given([...given, note]); set_noted(true); }}>{notes[note]}</button>
        ))}
        <button class="chip plain" onClick={close}>{words.done}</button>
      </div>
    </div>
  );
}

/** What helps this child: opened on purpose, closes itself after half a minute. */
export function HelpsPanel({ helps }: { helps: Helps }) {
  const [open, set_open] = use_fleeting<true>(30_000);
  if (!open) return <p class="reopen"><button class="button plain" onClick={() => set_open(true)}>{words.helps}</button></p>;
  return (
    <div class="extras helps arrives">
      <ul>{helps.lines.map((line) => <li key={line}>{line}</li>)}</ul>
      <button class="button plain" onClick={() => set_open(null)}>{words.help_close}</button>
    </div>
  );
}
