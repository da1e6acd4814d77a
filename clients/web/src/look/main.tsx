// A first look: a room, a handset and the station beside each other in one window, each in a frame with a storage of
// its own. For the example school only, and it says so. The codes of the link go to the frames and leave the address.
import '../style/base.css';
import './look.css';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { follow_theme } from '../parts/theme.ts';
import { look as words } from '../words.ts';

type Kind = 'room' | 'handset' | 'station';
const kinds: readonly { kind: Kind; key: string }[] = [{ kind: 'handset', key: 'h' }, { kind: 'room', key: 'r' }, { kind: 'station', key: 's' }];

function take_codes(): Map<Kind, string> {
  const given = new URLSearchParams(location.hash.slice(1));
  const codes = new Map<Kind, string>();
  for (const { kind, key } of kinds) {
    const code = given.get(key);
    if (code) codes.set(kind, code.toUpperCase().replace(/[^0-9A-Z]/g, ''));
  }
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  return codes;
}

function source(kind: Kind, codes: ReadonlyMap<Kind, string>): string {
  const query = new URLSearchParams({ slot: `look-${kind}` });
  const theme = new URLSearchParams(location.search).get('theme');
  if (theme) query.set('theme', theme);
  const code = codes.get(kind);
  return `/${kind}?${query.toString()}${code ? `#c=${code}` : ''}`;
}

function Look() {
  const [codes] = useState(take_codes);
  const [sources] = useState(() => kinds.map(({ kind }) => source(kind, codes)));
  return (
    <div class="look">
      <header>
        <h1>{words.title}</h1>
        <p>{words.example}</p>
      </header>
      <main class="three">
        {kinds.map(({ kind }, n) => (
          <section key={kind} class={kind}>
            <p class="try"><b>{n + 1}</b> <span><strong>{words[`${kind}_name`]}</strong> {words[kind]}</span></p>
            <iframe src={sources[n]} title={words[`${kind}_name`]} allow="autoplay; screen-wake-lock" />
          </section>
        ))}
      </main>
    </div>
  );
}

follow_theme();
render(<Look />, document.getElementById('page')!);
