// A place out of the school's own list, found by a few letters.
import { useState } from 'preact/hooks';
import type { PlaceRef } from '../link/wire.ts';
import { handset as words } from '../words.ts';

export function ChoosePlace({ title, places, none, choose, back }: { title: string; places: readonly PlaceRef[]; none: string; choose: (place: string) => void; back: () => void }) {
  const [find, set_find] = useState('');
  const found = places.filter((place) => place.name.toLowerCase().includes(find.trim().toLowerCase()));
  return (
    <section class="list-page over">
      <h1>{title}</h1>
      {places.length > 8 && (
        <div class="field">
          <label class="unseen" for="find-place">{words.ask_find}</label>
          <input id="find-place" type="search" placeholder={words.ask_find} value={find} autocomplete="off" onInput={(event) => set_find(event.currentTarget.value)} />
        </div>
      )}
      <ul class="choices">{found.map((place) => <li key={place.place}><button onClick={() => choose(place.place)}>{place.name}</button></li>)}</ul>
      {places.length === 0 && <p class="soft">{none}</p>}
      <button class="button quiet" onClick={back}>{words.back}</button>
    </section>
  );
}
