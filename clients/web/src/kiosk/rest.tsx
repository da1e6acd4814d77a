// The quiet start: a picture of a card, and nothing of anybody. A scanner types the card's code and Enter, wherever the
// page is; an adult without a scanner can type it by hand.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Announce } from '../parts/announce.tsx';
import { Dot } from '../parts/shapes.tsx';
import { kiosk as words } from '../words_talk.ts';
import { link as link_words } from '../words.ts';
import { Picture } from './symbols.tsx';

const KEYS_APART_MS = 2000; // what was typed before that does not count

export function Rest({ take, unknown, waiting, lost, help }: { take: (typed: string) => void; unknown: boolean; waiting: boolean; lost: boolean; help: string }) {
  const [by_hand, set_by_hand] = useState(false);
  const [typed, set_typed] = useState('');
  const scanned = useRef({ text: '', at: -Infinity });
  useLayoutEffect(() => {  // as soon as there is a page, or the first keys of a scanner are lost
    const on_key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element | null)?.tagName === 'INPUT') return;
      const so_far = scanned.current;
      if (event.timeStamp - so_far.at > KEYS_APART_MS) so_far.text = '';
      so_far.at = event.timeStamp;
      if (event.key === 'Enter' && so_far.text.length >= 8) {
        event.preventDefault();
        take(so_far.text);
        so_far.text = '';
      } else if (event.key.length === 1) so_far.text = (so_far.text + event.key).slice(-128);
    };
    window.addEventListener('keydown', on_key);
    return () => window.removeEventListener('keydown', on_key);
  });
  // A card's own address, opened here.
  useEffect(() => {
    const open = () => {
      if (!location.hash.startsWith('#k=')) return;
      const address = location.hash;
      history.replaceState(null, '', location.pathname + location.search);
      take(address);
    };
    open();
    window.addEventListener('hashchange', open);
    return () => window.removeEventListener('hashchange', open);
  });
  const go = (event: Event) => { event.preventDefault(); set_by_hand(false); take(typed); set_typed(''); };
  return (
    <main class="kiosk rest" data-step="rest" aria-label={words.show_card}>
      {lost
        ? <div class="lost"><Dot shape="lost" size="2em" /><h1>{link_words.never_reached}</h1><p>{words.not_through}</p>{help && <p><bdi>{help}</bdi></p>}</div>
        : <div class={`show${waiting ? ' waiting' : ''}`}><Picture name="card" /><h1>{words.show_card}</h1></div>}
      {unknown && <p class="unknown arrives">{words.not_known}</p>}
      {!by_hand && <button class="button plain by-hand" onClick={() => set_by_hand(true)}>{words.by_hand}</button>}
      {by_hand && (
        <form class="field" onSubmit={go}>
          <label for="card-code">{words.code_label}</label>
          <input id="card-code" value={typed} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={40} onInput={(event) => set_typed(event.currentTarget.value)} />
          <button class="button next" disabled={typed.trim().length < 8}>{words.code_go}</button>
          <button type="button" class="button plain" onClick={() => { set_by_hand(false); set_typed(''); }}>{words.back}</button>
        </form>
      )}
      <Announce text={unknown ? words.not_known : ''} />
    </main>
  );
}
