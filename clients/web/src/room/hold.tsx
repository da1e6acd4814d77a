// The control for everyone available: it wants to be held for 600 ms, by finger, mouse, Enter or Space, while its edge
// fills. A press that comes without a hold (from a screen reader) asks to be repeated instead.
import { type ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { room as words } from '../words.ts';

export const HOLD_MS = 600;
const AGAIN_MS = 5000;

export function HoldButton({ class: name, label, run, children }: { class: string; label: string; run: () => void; children: ComponentChildren }) {
  const [holding, set_holding] = useState(false);
  const [again, set_again] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const fired = useRef(false);
  const last_hold = useRef(-Infinity);

  const stop = () => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    set_holding(false);
  };
  const begin = () => {
    if (timer.current !== null) return;
    fired.current = false;
    last_hold.current = performance.now();
    set_holding(true);
    timer.current = setTimeout(() => {
      fired.current = true;
      stop();
      run();
    }, HOLD_MS);
  };
  const end = () => { last_hold.current = performance.now(); stop(); };
  useEffect(() => stop, []);
  useEffect(() => {
    if (!again) return;
    const id = setTimeout(() => set_again(false), AGAIN_MS);
    return () => clearTimeout(id);
  }, [again]);

  const on_key = (event: KeyboardEvent, down: boolean) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (!down) end();
    else if (!event.repeat) begin();
  };
  // A click right after a hold that was let go too early is that same press; any other came without a hold.
  const on_click = () => {
    if (performance.now() - last_hold.current < 400) return;
    if (again) run();
    else set_again(true);
  };
  return (
    <button class={`${name} hold${holding ? ' holding' : ''}`} aria-label={`${label}. ${again ? words.hold_again : words.hold_hint}`}
      onPointerDown={(event) => { if (event.button === 0) begin(); }} onPointerUp={end} onPointerLeave={end} onPointerCancel={end}
      onContextMenu={(event) => event.preventDefault()} onKeyDown={(event) => on_key(event, true)} onKeyUp={(event) => on_key(event, false)}
      onBlur={stop} onClick={on_click}>
      <span class="fill" aria-hidden="true" />
      <span class="face">{children}</span>
    </button>
  );
}
