// A hub that is not one: serves the built pages as the hub does and speaks the wire, but says whatever a test tells it
// to. Only for looks at states that the real hub reaches rarely (a sick disk, eight calls at once, a late owner).
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { WebSocketServer } from 'ws';
import { load } from './bundle.mjs';

export { call_view } from './views.mjs';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json' };
export const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

let codec = null;

export async function start_fake_hub(dist) {
  codec ??= load('protocol/ts/codec.ts');
  const { encode, decode } = await codec;
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://hub').pathname;
    let file = join(dist, path);
    if (!existsSync(file) || !statSync(file).isFile()) file = join(dist, path + '.html');
    if (!existsSync(file)) { response.writeHead(404).end(); return; }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    createReadStream(file).pipe(response);
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => (offered.has('attune.1') ? 'attune.1' : false) });
  const clients = new Set();
  const hub = {
    url: '', clients, received: [], journal: 'ok', mute: false, refuse: false, refuse_code: false, welcome_more: {}, now: () => Date.now(),
    /** Overridden by tests: what a device is welcomed with. */
    welcome: (kind) => ({
      seq: 100, resume: 'snapshot', now: hub.now(), device: 'd-1', kind, label: kind === 'room' ? 'Year 4 Curlew' : kind === 'station' ? 'School office' : kind === 'calm_space' ? 'The Nest' : 'Handset 3',
      site: 'Willowfield Primary', help: 'Send a sensible child to the office with the green card.', extension: '201', may_set_pin: false,
      unlocked: false, proven: false, journal: hub.journal, example: true, ...(kind === 'room' ? { place: 'y4' } : kind === 'calm_space' ? { place: 'nest' } : {}), ...hub.welcome_more,
    }),
    /** What a leader is welcomed with besides; null: nobody is signed in. */
    leader: {},
    /** What follows Welcome, before Live: [type, body] pairs. */
    snapshot: () => [],
    /** Answers to commands; default Done. */
    answer: () => ['Done', { seq: 101 }],
    send(kind, type, body, id = null) {
      for (const client of clients) if (!kind || client.kind === kind) client.send(type, body, id);
    },
    async stop() {
      for (const client of clients) client.socket.terminate();
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();  // a browser opens some ahead of need, which never end by themselves
      await closed;
    },
    cut() { for (const client of clients) client.socket.terminate(); },
  };
  server.on('upgrade', (request, socket, head) => {
    if (hub.refuse) { socket.destroy(); return; }
    const kind = /\/(room|handset|station)/.exec(request.headers['x-page'] ?? '')?.[1] ?? null;
    sockets.handleUpgrade(request, socket, head, (ws) => attach(ws, kind));
  });
  function attach(ws, kind) {
    const client = {
      socket: ws, kind, n: 0,
      send(type, body, id = null) { if (!hub.mute && ws.readyState === 1) ws.send(encode(type, body, id)); },
    };
    const beat = setInterval(() => client.send('Beat', { n: ++client.n, seq: 100, now: hub.now(), journal: hub.journal }), 1000);
    ws.on('close', () => { clearInterval(beat); clients.delete(client); });
    ws.on('message', (data) => {
      const read = decode(new Uint8Array(data));
      if (!read.ok) throw new Error(`the page sent a bad frame: ${read.failure.error} ${read.failure.type}`);
      const { type, id, body } = read.frame;
      hub.received.push({ type, body, id: id && Buffer.from(id).toString('hex'), kind: client.kind });
      if (type === 'Beat' || type === 'Goodbye') return;
      if (type === 'Enrol' && hub.refuse_code) {
        client.send('Rejected', { error: 124, name: 'CodeNotValid', message: 'This link has been used or is too old. Ask for a new one.' }, id);
      } else if (type === 'Enrol') { // the code names the kind
        client.kind = body.code.startsWith('ROOM') ? 'room' : body.code.startsWith('CALM') ? 'calm_space' : body.code.startsWith('STATION') ? 'station' : body.code.startsWith('KIOSK') ? 'kiosk' : body.code.startsWith('BOARD') ? 'board' : 'handset';
        hub.kinds = { ...hub.kinds, [Buffer.from(body.credential).toString('hex')]: client.kind };
        client.send('Enrolled', { device: 'd-1', kind: client.kind, label: client.kind, may_set_pin: false }, id);
      } else if (type === 'HelloLeader') {
        client.kind = 'leader';
        clients.add(client);
        if (hub.leader === null) { client.send('Rejected', { error: 128, name: 'NotSignedIn', message: 'Sign in.' }, id); return; }
        client.send('LeaderWelcome', {
          seq: 100, now: hub.now(), person: 'rowan_hale', short_name: 'Rowan', name: 'Rowan Hale', roles: ['head', 'admin'], site: 'Hazel Lane School',
          ends_at: hub.now() + 40_000_000, idle_ms: 1_800_000, journal: hub.journal, example: false, ...hub.leader,
        }, id);
        for (const [what, with_body] of hub.snapshot('leader')) client.send(what, with_body);
        client.send('Live', { seq: 100 });
      } else if (type === 'Hello') {
        client.kind = hub.kinds?.[Buffer.from(body.credential).toString('hex')] ?? client.kind ?? 'room';
        clients.add(client);
        client.send('Welcome', hub.welcome(client.kind), id);
        for (const [what, with_body] of hub.snapshot(client.kind)) client.send(what, with_body);
        client.send('Live', { seq: 100 });
      } else {
        const [answer, with_body] = hub.answer(type, body, client) ?? ['Done', { seq: 101 }];
        if (answer) client.send(answer, with_body, id);
      }
    });
  }
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  hub.url = `http://127.0.0.1:${server.address().port}`;
  return hub;
}

export const changed = (view, event = 'seen', seq = 100) => ['CallChanged', { seq, event, at: Date.now(), call: view }];
