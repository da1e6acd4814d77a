// The link as a real page has it: the browser's socket, clock, storage and random numbers, the one-time code taken out
// of the address, and a new connection on every return of the page.
import { type DeviceKind } from './wire.ts';
import { Link, type Outside, type SocketLike } from './link.ts';
import { Store } from './store.ts';

export const APP = 'attune-web 0.1.0';

/** Monotonic, and awake: where the machine slept, the time that it slept through counts too. */
function make_now(): () => number {
  let extra = 0;
  let last_gap = Date.now() - performance.now();
  return () => {
    const gap = Date.now() - performance.now();
    if (gap - last_gap > 5000) extra += gap - last_gap;
    last_gap = gap;
    return performance.now() + extra;
  };
}
export const now = make_now();

function dial(): SocketLike {
  const url = new URL('/v1/ws', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  const socket = new WebSocket(url, 'attune.1');
  socket.binaryType = 'arraybuffer';
  const like: SocketLike = {
    send: (data) => { if (socket.readyState === WebSocket.OPEN) socket.send(data as Uint8Array<ArrayBuffer>); },
    close: () => socket.close(),
    on_open: () => {}, on_message: () => {}, on_close: () => {},
  };
  socket.onopen = () => like.on_open();
  socket.onmessage = (event) => { if (event.data instanceof ArrayBuffer) like.on_message(new Uint8Array(event.data)); };
  socket.onclose = () => like.on_close();
  return like;
}

export const outside: Outside = {
  now,
  wall: () => Date.now(),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  chance: () => Math.random(),
  later: (ms, run) => { const id = setTimeout(run, ms); return () => clearTimeout(id); },
  dial,
};

/** The one-time code of the link, taken out of the address bar at once. */
function take_code(): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get('c');
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  return code ? code.toUpperCase().replace(/[^0-9A-Z]/g, '') : null;
}

/** Whether another window of this browser already works as this page and slot; if not, it is this one from now on. */
async function claim(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return true;
  return new Promise((answer) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return lock === null ? undefined : new Promise<void>(() => {});
    }).catch(() => answer(true));
  });
}

/** A second link of the same kind opened in another window of one browser gets a slot of its own, kept in the address. */
async function find_slot(kind: DeviceKind, code: string | null): Promise<string> {
  const asked = new URLSearchParams(location.search).get('slot');
  if (asked !== null && /^[a-z0-9-]{1,16}$/.test(asked)) {
    await claim(`attune/${kind}/${asked}`);
    return asked;
  }
  if (await claim(`attune/${kind}/1`) || code === null) return '1';
  for (let n = 2; n < 32; n++) {
    if (await claim(`attune/${kind}/${n}`)) {
      const search = new URLSearchParams(location.search);
      search.set('slot', String(n));
      history.replaceState(null, '', `${location.pathname}?${search.toString()}`);
      return String(n);
    }
  }
  return '1';
}

export interface Page { link: Link; store: Store }

export async function open_link(kind: DeviceKind, typed_code: string | null = null): Promise<Page> {
  const code = typed_code ?? take_code();
  const slot = await find_slot(kind, code);
  const store = new Store(localStorage, `attune/${kind}/${slot}/`);
  const link = new Link({ kind, app: APP, code, store, outside });
  // Every return of the page dials anew; see the reasons in Link.resume.
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') link.resume(); });
  window.addEventListener('pageshow', (event) => { if (event.persisted) link.resume(); });
  window.addEventListener('online', () => link.resume());
  link.start();
  return { link, store };
}
