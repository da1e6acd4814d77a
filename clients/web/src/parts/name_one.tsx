// Naming the person who looks at a device that is not ready: free adults first, and whoever has no handset is here by
// this word. On a station and on a duty lead's handset.
import { useState } from 'preact/hooks';
import type { PersonRef, PersonView } from '../link/wire.ts';
import { station as words } from '../words.ts';
import { station_ready } from '../words_ready.ts';

export function people_to_name(staff: readonly PersonRef[], people: ReadonlyMap<string, PersonView>): { person: PersonRef; free: boolean }[] {
  const state = (one: PersonRef) => people.get(one.person)?.state ?? 'signed_out';
  return staff.filter((one) => state(one) !== 'absent').map((person) => ({ person, free: state(person) === 'free' }))
    .sort((a, b) => Number(b.free) - Number(a.free) || a.person.name.localeCompare(b.person.name, 'en-GB'));
}

export function NameOne({ label, staff, people, choose }: { label: string; staff: readonly PersonRef[]; people: ReadonlyMap<string, PersonView>; choose: (person: string) => void }) {
  const [find, set_find] = useState('');
  const wanted = find.trim().toLowerCase();
  const found = people_to_name(staff, people).filter(({ person }) => person.name.toLowerCase().includes(wanted));
  return (
    <>
      <h2 id="name-title">{station_ready.who(label)}</h2>
      <div class="field">
        <label class="unseen" for="name-find">{station_ready.find}</label>
        <input id="name-find" type="search" placeholder={station_ready.find} value={find} autocomplete="off" onInput={(event) => set_find(event.currentTarget.value)} />
      </div>
      <ul class="choices">
        {found.map(({ person, free }) => (
          <li key={person.person}><button class={free ? 'can' : ''} onClick={() => choose(person.person)}><strong>{person.name}</strong>{' '}
            <span class="soft">{free ? words.free : ''}</span></button></li>
        ))}
      </ul>
    </>
  );
}
