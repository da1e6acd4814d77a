// The 60-second card for a supply adult: what to press, what happens, who comes, with this room's own name; the same on
// paper. No child is named, and nobody else's name is needed.
import { useEffect, useRef } from 'preact/hooks';
import { Bars } from '../parts/shapes.tsx';
import { card as words } from '../words_ready.ts';

export function CardForNewcomers({ room, help, extension, close }: { room: string; help: string; extension: string | undefined; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => { if (dialog.current && !dialog.current.open) dialog.current.showModal(); }, []);
  return (
    <dialog ref={dialog} class="help newcomers-card" aria-labelledby="card-title" onClose={close}>
      <h2 id="card-title">{words.title(room)}</h2>
      <p class="lead">{words.lead}</p>
      <h3>{words.press_title}</h3>
      <dl>{words.press.map(([what, when], at) => <div key={what}><dt><Bars level={at + 1} /> <strong>{what}</strong></dt><dd>{when}</dd></div>)}</dl>
      <h3>{words.then_title}</h3>
      <ol>{words.then.map((line) => <li key={line}>{line}</li>)}</ol>
      <h3>{words.who_title}</h3>
      <p>{words.who}</p>
      <h3>{words.else_title}</h3>
      <p>{extension !== undefined && words.telephone(extension)} <bdi>{help}</bdi></p>
      <p class="soft">{words.keys} {words.practise}</p>
      <div class="row no-print">
        <button class="button quiet" onClick={() => window.print()}>{words.print}</button>
        <button class="button next" autofocus onClick={() => dialog.current?.close()}>{words.close}</button>
      </div>
    </dialog>
  );
}
