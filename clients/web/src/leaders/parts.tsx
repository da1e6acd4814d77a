// What the leaders' pages share: a name as the school wrote it, a password that can be shown, a QR code drawn here,
// copying, and a question that is asked once.
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { encode } from 'uqr';
import { opening as open_words, sign_in as words } from '../words_leaders.ts';

/** A name of the school's own lists: text in a direction of its own, whatever marks it holds. */
export function Name({ children }: { children: string }) { return <bdi>{children}</bdi>; }

/** The same in the middle of a sentence that is one string: kept apart by isolates. */
export function apart(name: string): string { return `\u2068${name.replace(/[\u2066-\u2069]/g, '')}\u2069`; }

export function PasswordField({ id, label, value, set, fresh, describe }: {
  id: string; label: string; value: string; set: (value: string) => void; fresh?: boolean; describe?: string;
}) {
  const [shown, set_shown] = useState(false);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="with-button">
        <input id={id} type={shown ? 'text' : 'password'} value={value} autocomplete={fresh ? 'new-password' : 'current-password'}
          autocapitalize="none" spellcheck={false} required aria-describedby={describe}
          onInput={(event) => set(event.currentTarget.value)} />
        <button type="button" class="button quiet" aria-label={shown ? words.hide_password : words.show_password} onClick={() => set_shown(!shown)}>
          {shown ? words.hide : words.show}
        </button>
      </div>
    </div>
  );
}

/** Drawn from rectangles in the page: nothing leaves it. Always dark on light, as cameras want it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const made = encode(text, { ecc: 'M', border: 4 });
    const parts: string[] = [];
    made.data.forEach((row, y) => row.forEach((dark, x) => { if (dark) parts.push(`M${x} ${y}h1v1h-1z`); }));
    return { size: made.size, path: parts.join('') };
  }, [text]);
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges" data-qr={size}>
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#14202a" />
    </svg>
  );
}

/** Copies, and says whether it did. */
export function CopyButton({ text, label, quiet = true }: { text: string; label: string; quiet?: boolean }) {
  const [said, set_said] = useState('');
  useEffect(() => {
    if (!said) return;
    const id = setTimeout(() => set_said(''), 4000);
    return () => clearTimeout(id);
  }, [said]);
  const copy = () => {
    const copied = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error());
    copied.then(() => set_said(open_words.copied), () => set_said(open_words.not_copied));
  };
  return (
    <>
      <button type="button" class={`button ${quiet ? 'quiet' : 'next'}`} onClick={copy}>{label}</button>
      <span class="said" role="status">{said}</span>
    </>
  );
}

/** In groups of four, so that it can be read out and typed. */
export function groups(text: string): string[] { return text.match(/.{1,4}/g) ?? []; }

export function Grouped({ text }: { text: string }) {
  return <code class="grouped">{groups(text).map((one, n) => <span key={n}>{one}</span>)}</code>;
}

/** One question in the way, with the safe answer first in the order of the keyboard. Escape keeps everything. */
export function Ask({ title, children, go, keep, on_go, on_keep }: {
  title: string; children: ComponentChildren; go: string; keep: string; on_go: () => void; on_keep: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => { dialog.current?.showModal(); }, []);
  return (
    <dialog ref={dialog} class="ask-once" aria-labelledby="ask-title" onCancel={(event) => { event.preventDefault(); on_keep(); }}>
      <h2 id="ask-title">{title}</h2>
      <div>{children}</div>
      <div class="answers">
        <button class="button quiet" autofocus onClick={on_keep}>{keep}</button>
        <button class="button firm" onClick={on_go}>{go}</button>
      </div>
    </dialog>
  );
}

/** The first heading of a step takes the focus, so that a screen reader says where one is. */
export function StepTitle({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { heading.current?.focus({ preventScroll: true }); }, []);
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>;
}
