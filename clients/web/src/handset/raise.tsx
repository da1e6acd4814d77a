// Asking for support from a handset: nearly half of all calls come from outside a classroom. First where, then what.
import { useState } from 'preact/hooks';
import { use_link } from '../parts/hooks.ts';
import { Bars } from '../parts/shapes.tsx';
import { HoldButton } from '../room/hold.tsx';
import { handset as words, levels, room as room_words } from '../words.ts';
import { runner } from '../words_ready.ts';
import { ChoosePlace } from './places.tsx';
import type { Tools } from './parts.ts';

export function RaisePage({ tools, close }: { tools: Tools; close: () => void }) {
  const { link } = tools;
  const { held } = use_link(link);
  const [place, set_place] = useState<string | null>(null);
  const [refused, set_refused] = useState('');
  if (place === null) return <main class="column"><ChoosePlace title={words.ask_where} places={held.places} none={words.ask_locked} choose={set_place} back={close} /></main>;
  const practise = async () => {
    const answer = await link.command('RaiseCall', { level: 1, pressed_at: Date.now(), place, practice: 'personal' }).answered;
    if (answer.ok) close();
    else set_refused(answer.message);
  };
  const press = (level: number) => { link.command('RaiseCall', { level, pressed_at: Date.now(), place }, { durable: true }); close(); };
  return (
    <main class="list-page over">
      <h1>{words.ask_what}</h1>
      <p class="soft">{held.places.find((one) => one.place === place)?.name}</p>
      <div class="levels">
        <button class="button quiet wide tall" onClick={() => press(1)}><Bars level={1} /> {levels[1]}</button>
        <button class="button quiet wide tall" onClick={() => press(2)}><Bars level={2} /> {levels[2]}</button>
        <HoldButton class="button quiet wide tall" label={levels[3]} run={() => press(3)}><Bars level={3} /> {levels[3]} <small>{room_words.hold}</small></HoldButton>
      </div>
      {refused && <p role="alert">{refused}</p>}
      <button class="button plain" onClick={() => void practise()}>{runner.practise}</button>
      <button class="button plain" onClick={() => set_place(null)}>{words.back}</button>
    </main>
  );
}
