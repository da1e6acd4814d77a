// The link by hand: a clock that the test moves, sockets that it opens and cuts, a storage that survives a reload.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from '../support/bundle.mjs';
import { by_hand } from '../support/by_hand.mjs';
import { call_view } from '../support/views.mjs';

const { Link } = await load('clients/web/src/link/link.ts');
const { Store } = await load('clients/web/src/link/store.ts');

function world({ credential = true, code = null, map = new Map() } = {}) {
  const { outside, sockets, run } = by_hand();
  const storage = { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => map.set(key, value), removeItem: (key) => map.delete(key) };
  const store = new Store(storage, 't/');
  if (credential && !store.bytes('credential', 32)) store.set_bytes('credential', new Uint8Array(32).fill(7));
  const link = new Link({ kind: 'room', app: 'test', code, store, outside });
  const self = {
    link, store, sockets, map,
    get last() { return sockets[sockets.length - 1]; },
    run,
    welcome(change = {}) {
      self.last.say('Welcome', { seq: 10, resume: 'replay', now: 5_000_000, device: 'd', kind: 'room', label: 'Curlew', site: 'S', help: 'Knock next door', extension: '201', may_set_pin: false, unlocked: false, proven: false, journal: 'ok', example: true, ...change });
    },
    live() { self.last.on_open(); self.welcome(); self.last.say('Live', { seq: 10 }); },
    beats(ms) { for (let t = 0; t < ms; t += 1000) { self.run(1000); self.last.say('Beat', { n: 1, seq: 10, now: 5_000_000 + t, journal: 'ok' }); } },
  };
  link.start();
  return self;
}

test('enrols with a credential of its own making, kept before it is sent, and then greets', () => {
  const at = world({ credential: false, code: 'ABCDE12345' });
  assert.ok(at.store.bytes('new_credential', 32), 'on storage before anything is sent');
  at.last.on_open();
  const [enrol] = at.last.of('Enrol');
  assert.equal(enrol.body.code, 'ABCDE12345');
  at.last.say('Enrolled', { device: 'd', kind: 'room', label: 'Curlew', may_set_pin: false });
  assert.deepEqual(at.store.bytes('credential', 32), enrol.body.credential);
  assert.equal(at.store.text('code'), null);
  assert.deepEqual(at.last.of('Hello')[0].body.credential, enrol.body.credential);
});

test('a lost answer to Enrol is tried again after a reload with the same code and the same credential', () => {
  const first = world({ credential: false, code: 'ABCDE12345' });
  first.last.on_open();
  const again = world({ credential: false, map: first.map });
  again.last.on_open();
  assert.deepEqual(again.last.of('Enrol')[0].body, first.last.of('Enrol')[0].body);
});

test('a used link on a device that is enrolled already is passed over', () => {
  const at = world({ code: 'USED111111' });
  at.last.on_open();
  at.last.say('Rejected', { error: 124, name: 'CodeNotValid', message: '' }, at.last.of('Enrol')[0].id);
  at.run(3000);
  at.last.on_open();
  assert.equal(at.last.of('Hello').length, 1);
});

test('says that the hub is lost six seconds after it was last heard, whatever the socket claims', () => {
  const at = world();
  at.live();
  at.beats(4000);
  at.run(5700);
  assert.equal(at.link.view.lost, false);
  at.run(600);
  assert.equal(at.link.view.lost, true);
  assert.ok(at.sockets.length > 1, 'and has dialled anew');
});

test('a reconnect within six seconds is not a lost hub', () => {
  const at = world();
  at.live();
  at.last.on_close();
  at.run(0);
  assert.equal(at.sockets.length, 2, 'the first attempt is at once');
  at.run(2000);
  at.live();
  assert.equal(at.link.view.lost, false);
  assert.equal(at.link.view.phase, 'live');
});

test('resumes by the highest seq that it has processed', () => {
  const at = world();
  at.live();
  at.last.say('CallChanged', { seq: 42, event: 'raised', at: 1, call: call_view({ call: 42 }) });
  at.last.on_close();
  at.run(10);
  at.last.on_open();
  assert.equal(at.last.of('Hello')[0].body.last_seq, 42);
});

test('an unsent press survives a reload and goes out once, with the same id', () => {
  const before = world();
  const { id } = before.link.command('RaiseCall', { level: 2, pressed_at: 5 }, { durable: true });
  const after = world({ map: before.map });
  after.live();
  const pressed = after.last.of('RaiseCall');
  assert.equal(pressed.length, 1);
  assert.equal(Buffer.from(pressed[0].id).toString('hex'), id);
});

test('a press whose answer was lost goes out again after the reconnect with the same id, and not twice on one connection', () => {
  const at = world();
  at.live();
  at.link.command('RaiseCall', { level: 2, pressed_at: 5 }, { durable: true });
  at.link.command('AddNote', { call: 3, note: 'medical' }, { durable: true });
  assert.deepEqual(at.last.sent.filter((one) => one.type !== 'Beat' && one.type !== 'Hello').map((one) => one.type), ['RaiseCall', 'AddNote']);
  const first = at.last.of('RaiseCall')[0];
  at.last.on_close();
  at.run(0);
  at.live();
  assert.deepEqual(at.last.of('RaiseCall').map((one) => one.id), [first.id]);
  assert.equal(at.last.of('AddNote').length, 1);
  at.beats(3000);
  assert.equal(at.last.of('RaiseCall').length, 1);
});

test('a stopping hub keeps the command, a busy one is asked again on the same connection', () => {
  const at = world();
  at.live();
  at.link.command('RaiseCall', { level: 1, pressed_at: 5 }, { durable: true });
  at.last.say('Rejected', { error: 132, name: 'TooManyWaiting', message: '', retry_ms: 300 }, at.last.of('RaiseCall')[0].id);
  at.run(400);
  assert.equal(at.last.of('RaiseCall').length, 2);
  assert.deepEqual(at.last.of('RaiseCall')[0].id, at.last.of('RaiseCall')[1].id);
});

test('dials anew whenever the page comes back, however open the socket looks', () => {
  const at = world();
  at.live();
  const old = at.last;
  at.link.resume();
  assert.notEqual(at.last, old);
  assert.equal(old.closed, true);
  old.say('CallChanged', { seq: 50, event: 'raised', at: 1, call: call_view({ call: 50 }) });
  assert.equal(at.link.view.held.calls.size, 0, 'what the old socket still says is not heard');
});

test('beats every two seconds; tells its evidence when it changed', () => {
  const at = world();
  at.link.set_evidence({ visible: true, sound: false, wake_lock: false });
  at.live();
  at.beats(8000);
  const beats = at.last.of('Beat');
  assert.ok(beats.length >= 4 && beats.length <= 6, `${beats.length}`);
  assert.deepEqual(beats.map((one) => one.body.n), beats.map((_, n) => n + 1));
  assert.equal(beats.filter((one) => one.body.evidence).length, 1);
  at.link.set_evidence({ visible: true, sound: true, wake_lock: false });
  assert.equal(at.last.of('Beat').at(-1).body.evidence.sound, true);
});

test('another window took over: no fight, and one tap takes it back', () => {
  const at = world();
  at.live();
  at.last.say('Goodbye', { reason: 'replaced' });
  at.run(20_000);
  assert.equal(at.link.view.phase, 'replaced');
  assert.equal(at.sockets.length, 1);
  at.link.take_over();
  at.live();
  assert.equal(at.link.view.phase, 'live');
});

test('a revoked device forgets its credential and asks for a new link', () => {
  const at = world();
  at.live();
  at.last.say('Goodbye', { reason: 'revoked' });
  assert.equal(at.link.view.phase, 'refused');
  assert.equal(at.store.bytes('credential', 32), null);
});

test('a hub that holds less than this page had seen: begins anew and says so', () => {
  const at = world();
  at.live();
  at.last.say('CallChanged', { seq: 42, event: 'raised', at: 1, call: call_view({ call: 42 }) });
  at.last.on_close();
  at.run(10);
  at.last.on_open();
  at.last.say('Rejected', { error: 125, name: 'AheadOfHub', message: '' }, at.last.of('Hello')[0].id);
  at.run(3000);
  at.last.on_open();
  assert.equal(at.last.of('Hello')[0].body.last_seq, 0);
  assert.equal(at.link.view.behind, true);
});

test('keeps how else to get help for a start without the hub', () => {
  const at = world();
  at.live();
  const later = world({ map: at.map });
  assert.deepEqual(later.store.kept(), { label: 'Curlew', site: 'S', help: 'Knock next door' });
});

test('a PIN is never put on the device’s storage', () => {
  const at = world();
  at.link.command('SignIn', { person: 'sam', pin: '8642', session: new Uint8Array(16) });
  assert.equal([...at.map.values()].some((value) => value.includes('8642')), false);
});

const waiting = (until) => ({ now: 5_000_000, until, device: 'd', kind: 'room', label: 'Curlew', site: 'S', help: 'Knock next door' });
const refuse_me = { reason: 'revoked', error: 127, message: 'Nobody approved this device.' };

test('a device that waits for a second person beats, tells no evidence, sends no command, and goes on by itself', () => {
  const at = world();
  at.link.set_evidence({ visible: true, sound: false, wake_lock: false });
  at.last.on_open();
  at.last.say('Waiting', waiting(5_600_000));
  assert.equal(at.link.view.phase, 'waiting');
  at.link.command('RaiseCall', { level: 2, pressed_at: 1 }, { durable: true });
  at.beats(10_000);
  assert.ok(at.last.of('Beat').length >= 5, 'the connection is kept');
  assert.ok(at.last.of('Beat').every((beat) => beat.body.evidence === undefined));
  assert.deepEqual(at.last.of('RaiseCall'), []);
  assert.equal(at.sockets.length, 1);
  assert.equal(at.link.view.lost, false);
  assert.equal(at.store.kept().help, 'Knock next door', 'kept for a start without the hub');
  at.welcome();
  at.last.say('Live', { seq: 10 });
  assert.equal(at.link.view.phase, 'live');
  assert.equal(at.link.view.approval, null);
  assert.equal(at.last.of('RaiseCall').length, 1);
});

test('a lost hub while waiting: dials again and waits on', () => {
  const at = world();
  at.last.on_open();
  at.last.say('Waiting', waiting(5_600_000));
  at.run(7000);
  assert.ok(at.link.view.lost);
  at.last.on_open();
  at.last.say('Waiting', waiting(5_600_000));
  assert.equal(at.link.view.phase, 'waiting');
  assert.equal(at.link.view.lost, false);
});

test('refused by a second person, or too late: said as such, and the credential is forgotten', () => {
  for (const tell of [(at) => { at.last.say('Waiting', waiting(5_600_000)); at.last.say('Goodbye', refuse_me); }, (at) => at.last.say('Rejected', { error: 127, name: 'EnrolmentRefused', message: 'Ask for a new link.' })]) {
    const at = world();
    at.last.on_open();
    tell(at);
    assert.equal(at.link.view.phase, 'refused');
    assert.equal(at.link.view.refusal.error, 127);
    assert.equal(at.link.view.approval, null);
    assert.equal(at.store.bytes('credential', 32), null);
  }
});
