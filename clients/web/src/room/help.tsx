// The room's quiet help: what the controls do, the keys, what the dot's shapes mean, and the discreet mode.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Dot, type DotShape } from '../parts/shapes.tsx';
import { room as words } from '../words.ts';
import { card, test } from '../words_ready.ts';
import type { Link } from '../link/link.ts';

export function HelpDialog({ discreet, set_discreet, close, link, at_rest, read_card }: {
  discreet: boolean; set_discreet: (on: boolean) => void; close: () => void; link: Link; at_rest: boolean; read_card: () => void;
}) {
  const [refused, set_refused] = useState('');
  const practise = async () => {
    const answer = await link.command('RaiseCall', { level: 1, pressed_at: Date.now(), practice: 'personal' }).answered;
    if (answer.ok) dialog.current?.close();
    else set_refused(answer.message);
  };
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => { if (dialog.current && !dialog.current.open) dialog.current.showModal(); }, []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={close}>
      <h2 id="help-title">{words.help_title}</h2>
      {words.help_lines.map((line) => <p key={line}>{line}</p>)}
      <div class="newcomers">
        <button class="button quiet" onClick={read_card}>{card.open}</button>
        {at_rest && <button class="button quiet" onClick={() => void practise()}>{test.practise}</button>}
        {at_rest && <p class="soft">{refused || test.practise_hint}</p>}
      </div>
      <div class="columns">
        <div>
          <h3>{words.keys_title}</h3>
          <dl>{words.keys.map(([keys, what]) => <div key={keys}><dt>{what}</dt><dd><kbd>{keys}</kbd></dd></div>)}</dl>
        </div>
        <div>
          <h3>{words.shapes_title}</h3>
          <dl>{words.shapes.map(([shape, what]) => <div key={shape}><dt><Dot shape={shape as DotShape} size="1.3em" /></dt><dd>{what}</dd></div>)}</dl>
        </div>
      </div>
      <label class="switch">
        <input type="checkbox" checked={discreet} onChange={(event) => set_discreet(event.currentTarget.checked)} />
        <span>{words.discreet}</span>
      </label>
      <button class="button next" autofocus onClick={() => dialog.current?.close()}>{words.help_close}</button>
    </dialog>
  );
}
