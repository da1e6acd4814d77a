// I have it: who is going? Those who can come first: free, then whoever is based at this station, then those who are busy,
// those who are known not to come, and last those who have no handset with them. Nothing here says no.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallView, PersonRef, PersonView } from '../link/wire.ts';
import { handset as handset_words, station as words } from '../words.ts';
import { who_order } from './wall.ts';

export function WhoGoes({ call, cannot, here, staff, people, choose, close }: {
  call: CallView; cannot: readonly string[]; here: string; staff: readonly PersonRef[]; people: ReadonlyMap<string, PersonView>;
  choose: (person: string) => void; close: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [find, set_find] = useState('');
  useEffect(() => { if (dialog.current && !dialog.current.open) dialog.current.showModal(); }, []);
  const found = who_order(call, cannot, here, staff, people).filter(({ person }) => person.name.toLowerCase().includes(find.trim().toLowerCase()));
  return (
    <dialog ref={dialog} class="who" aria-labelledby="who-title" onClose={close}>
      <h2 id="who-title">{words.who_goes_to(call.place_name)}</h2>
      <div class="field">
        <label class="unseen" for="who-find">{words.find}</label>
        <input id="who-find" type="search" placeholder={words.find} value={find} autocomplete="off" onInput={(event) => set_find(event.currentTarget.value)} />
      </div>
      <ul class="choices">
        {found.map(({ person, state, declined, near }) => (
          <li key={person.person}>
            <button class={state === 'free' && !declined ? 'can' : ''} onClick={() => choose(person.person)}><strong>{person.name}</strong>{' '}
              <span class="soft">{[state === 'signed_out' ? words.no_handset : state === 'with_child' ? words.busy : handset_words.states[state], declined ? words.cannot_come : '', near ? words.based_here : ''].filter(Boolean).join(' · ')}</span></button>
          </li>
        ))}
      </ul>
      <button class="button quiet" onClick={() => dialog.current?.close()}>{words.back}</button>
    </dialog>
  );
}
