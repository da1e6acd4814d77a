// The link of a leader's page by hand: a clock that the test moves, and sockets that it opens and cuts.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from '../support/bundle.mjs';
import { by_hand } from '../support/by_hand.mjs';

const { LeaderLink, KEEP_EVERY_MS } = await load('clients/web/src/link/leader.ts');
const { sorted } = await load('clients/web/src/leaders/sorted.ts');

function world() {
  let told_tabs = 0;
  const { outside, sockets, run } = by_hand();
  const link = new LeaderLink('test', outside, () => { told_tabs += 1; });
  const self = {
    link, sockets,
    get last() { return sockets[sockets.length - 1]; },
    get told_tabs() { return told_tabs; },
    run,
    beats(ms) { for (let t = 0; t < ms; t += 1000) { self.run(1000); self.last.say('Beat', { n: 1, seq: 10, now: 5_000_000, journal: 'ok' }); } },
    welcome(change = {}) {
      self.last.on_open();
      self.last.say('LeaderWelcome', { seq: 10, now: 5_000_000, person: 'rowan', short_name: 'Rowan', name: 'Rowan Hale', roles: ['head'], site: 'S', ends_at: 9_000_000, idle_ms: 1_800_000, journal: 'ok', example: false, ...change });
    },
    live(...devices) {
      self.welcome();
      for (const device of devices) self.device(device);
      self.last.say('Live', { seq: 10 });
    },
    device(change) { self.last.say('DeviceChanged', { seq: 11, device: { device: 'a', kind: 'room', label: 'Curlew', health: 'healthy', since: 1, faults: [], ...change } }); },
    not_signed_in() { self.last.on_open(); self.last.say('Rejected', { error: 128, name: 'NotSignedIn', message: 'Sign in again.' }); },
  };
  link.start();
  return self;
}

test('nobody signed in: says so, and dials no more until somebody signs in', () => {
  const at = world();
  at.not_signed_in();
  assert.equal(at.link.view.phase, 'signed_out');
  assert.equal(at.link.view.ended, 'none');
  at.run(60_000);
  at.link.came_back();
  assert.equal(at.sockets.length, 1);
  at.link.resume();
  at.live({});
  assert.equal(at.link.view.phase, 'live');
});

test('nothing half told is shown: what was known stays until all of it has come again', () => {
  const at = world();
  at.welcome();
  assert.equal(at.link.view.welcome, null);
  at.device({});
  at.last.say('Live', { seq: 10 });
  assert.equal(at.link.view.held.devices.size, 1);
  at.last.on_close();
  at.run(3000);
  at.welcome();
  assert.equal(at.link.view.held.devices.size, 1, 'no empty list in between');
  at.device({ device: 'b' });
  at.last.say('Live', { seq: 12 });
  assert.deepEqual([...at.link.view.held.devices.keys()], ['b']);
  at.device({ device: 'b', health: 'revoked' });
  assert.equal(at.link.view.held.devices.size, 0);
});

test('a touch is told at most once a minute, and other tabs hear of it', async () => {
  const at = world();
  at.live();
  const count = () => at.last.of('KeepSession').length;
  assert.equal(count(), 1, 'opening the page is a sign of a person');
  at.last.say('Done', { seq: 11 }, at.last.of('KeepSession')[0].id);
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(at.told_tabs, 1);
  for (let n = 0; n < 20; n++) at.link.touched();
  assert.equal(count(), 1);
  at.beats(KEEP_EVERY_MS);
  assert.equal(count(), 1, 'the page alone is no person');
  at.link.touched();
  assert.equal(count(), 2);
  at.link.touched(true);
  assert.equal(count(), 3, 'who asks to stay is told to the hub at once');
});

test('a session that ends leaves nothing of what was seen, and says why', () => {
  for (const reason of ['signed_out', 'expired']) {
    const at = world();
    at.live({});
    at.last.say('Goodbye', { reason });
    const { phase, ended, welcome, held } = at.link.view;
    assert.deepEqual([phase, ended, welcome, held.devices.size], ['signed_out', reason, null, 0]);
  }
});

test('a changed role dials again: welcomed with the roles of now, or told that they no longer sign in', () => {
  for (const stays of [true, false]) {
    const at = world();
    at.live();
    at.last.say('Goodbye', { reason: 'role_changed' });
    at.run(3000);
    if (stays) at.live(); else at.not_signed_in();
    assert.deepEqual([at.link.view.phase, at.link.view.ended], stays ? ['live', 'none'] : ['signed_out', 'role_changed']);
  }
});

test('a command whose answer was lost says that nobody knows', async () => {
  const at = world();
  at.live({});
  const told = at.link.command('RevokeDevice', { device: 'a' });
  at.last.on_close();
  assert.deepEqual(await told, { ok: false, error: 0, message: '' });
});

test('a silent hub is said after six seconds, and the session is taken up again', () => {
  const at = world();
  at.live({});
  at.run(6500);
  assert.ok(at.link.view.lost);
  at.live({});
  assert.equal(at.link.view.lost, false);
  assert.equal(at.link.view.phase, 'live');
});

test('what waits for a person first, then what is silent, then the rest by kind and name', () => {
  const one = (device, more) => ({ device, kind: 'room', label: device, health: 'healthy', since: 1, faults: [], ...more });
  const { waiting, look, well, counts } = sorted([one('Year 10'), one('Year 2'), one('x', { waiting_until: 9 }), one('y', { waiting_until: 5, kind: 'handset' }),
    one('d', { health: 'degraded', kind: 'handset' }), one('s', { health: 'silent' })]);
  assert.deepEqual(waiting.map((it) => it.device), ['y', 'x']);
  assert.deepEqual(look.map((it) => it.device), ['s', 'd']);
  assert.deepEqual(well.get('room').map((it) => it.device), ['Year 2', 'Year 10']);
  assert.deepEqual(counts, { room: 3, handset: 1, station: 0 });
});
