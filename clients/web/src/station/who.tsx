// I have it: who is going? Those who are free first. Nothing here says no.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallView, PersonRef, PersonView } from '../link/wire.ts';
import { handset as handset_words, station as words } from '../words.ts';

export function WhoGoes({ call, staff, people, choose, close }: {
  call: CallView; staff: readonly PersonRef[]; people: ReadonlyMap<string, PersonView>; choose: (person: string) => void; close: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [find, set_find] = useState('');
  useEffect(() => { if (dialog.current && !dialog.current.open) dialog.current.showModal(); }, []);
  const state = (one: PersonRef) => people.get(one.person)?.state ?? 'signed_out';
  const rank = (one: PersonRef) => ['free', 'unreachable', 'recovering', 'on_break', 'with_child', 'signed_out'].indexOf(state(one));
  const found = staff.filter((one) => one.name.toLowerCase().includes(find.trim().toLowerCase()))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  return (
    <dialog ref={dialog} class="who" aria-labelledby="who-title" onClose={close}>
      <h2 id="who-title">{words.who_goes_to(call.place_name)}</h2>
      <div class="field">
        <label class="unseen" for="who-find">{words.find}</label>
        <input id="who-find" type="search" placeholder={words.find} value={find} autocomplete="off" onInput={(event) => set_find(event.currentTarget.value)} />
      </div>
      <ul class="choices">
        {found.map((one) => (
          <li key={one.person}>
            <button onClick={() => choose(one.person)}><strong>{one.name}</strong> <span class="soft">{state(one) === 'signed_out' ? '' : handset_words.states[state(one)]}</span></button>
          </li>
        ))}
      </ul>
      <button class="button quiet" onClick={() => dialog.current?.close()}>{words.back}</button>
    </dialog>
  );
}
