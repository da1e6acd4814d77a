// The hub's death and return as people see it: shown within eight seconds and heard, old state never as live, every
// call ringing again, no step lost and none doubled; and a press made while there is no hub.
import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, before, test } from 'node:test';
import { axe_findings, shot, start_browser } from '../support/browser.mjs';
import { start_daemon } from '../support/daemon.mjs';
import { card, open_handset, open_room, open_station, rung } from '../support/devices.mjs';
import { page_time, tones_since } from '../support/ears.mjs';

let browser, hub, devices = [];
const using = async (opened) => { const device = await opened; devices.push(device); return device; };
const choose = (device, name) => device.page.getByRole('button', { name }).click();
const count = async (kind) => (await hub.events()).filter((event) => event.kind === kind).length;

before(async () => { browser = await start_browser(); });
after(async () => { await browser?.close(); });
beforeEach(async () => { hub = await start_daemon(); });
afterEach(async () => {
  const opened = devices;
  devices = [];
  for (const device of opened) await device.context.close();
  await hub.stop();
  for (const device of opened) assert.deepEqual(device.foreign, [], 'no request leaves the hub');
});

test('kill -9 in the middle of a call, and a new start', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const station = await using(open_station(browser, hub));
  const sam = await using(open_handset(browser, hub, 'sam_wren'));
  await choose(room, 'Support now');
  await rung(room, 'Received · ringing 1');

  const from = await Promise.all([sam, station].map((device) => page_time(device.page)));
  const killed = Date.now();
  await hub.kill();
  const shown = async (device) => { await device.page.getByText(/Cannot reach the hub since/).first().waitFor(); return Date.now() - killed; };
  for (const late of await Promise.all([room, sam, station].map(shown))) assert.ok(late <= 8000, `shown after ${late} ms`);
  for (const device of [room, sam, station]) await device.page.getByText(/What you see is \d+ s old/).waitFor();
  // The lost hub is heard on handset and station: its low pair of tones, 262 Hz among them.
  await station.page.waitForFunction((since) => window.__tones.some((one) => one.at > since && one.hz === 262), from[1]);
  assert.equal(await station.page.getByText('live, checked').count(), 0, 'nothing old is called live');
  for (const [name, device] of Object.entries({ room, handset: sam, station })) {
    await shot(device.page, `crash-${name}-lost`);
    assert.deepEqual(await axe_findings(device.page), [], name);
  }

  await rung(room, /^Last known, at .*: Received · ringing 1/);
  const again = await page_time(sam.page);
  await hub.start();
  for (const device of [room, sam, station]) await device.page.getByText(/Cannot reach the hub/).first().waitFor({ state: 'detached' });
  await rung(room, /Received · ringing/);
  await card(sam, 'offered').waitFor();
  await sam.page.waitForFunction((since) => window.__tones.some((one) => one.at > since && one.hz > 500), again);
  await choose(sam, 'I’m coming');
  await rung(room, 'Sam is coming');
  await choose(room, 'Someone is here');
  await choose(sam, 'Settled');
  await choose(sam, /^Done/);
  await room.page.locator('.controls').waitFor();
  for (const kind of ['CallRaised', 'CallAccepted', 'CallArrived', 'CallSettled', 'CallClosed']) assert.equal(await count(kind), 1, kind);
});

test('a frozen hub is a lost hub, and a thawed one is back', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const froze = Date.now();
  hub.freeze();
  await room.page.getByText(/Cannot reach the hub since/).waitFor();
  assert.ok(Date.now() - froze <= 8500);
  hub.thaw();
  await room.page.locator('.foot').getByText('Connected').waitFor();
});

test('a press without a hub: not through yet, how else to get help, kept over a reload, sent once', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  await hub.kill();
  await choose(room, 'Support now');
  await rung(room, 'Sending…');
  await rung(room, 'Not through yet. Still trying');
  await room.page.locator('.instead').getByText('Ring the office on 200').waitFor();
  await shot(room.page, 'crash-room-not-through');
  assert.deepEqual(await axe_findings(room.page), []);
  await choose(room, 'Has left the room'); // waits for the call's number
  // The page comes from the hub, so that a reload has to wait for it; the press is on the device's storage meanwhile.
  await hub.start();
  await room.page.reload();
  await rung(room, /^(Received|No handset)/);
  await room.page.locator('.line').getByText('Never mind').waitFor();
  assert.equal(await count('CallRaised'), 1);
  await room.page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.endsWith('/outbox') && localStorage[key].includes('AddNote')));
  assert.equal(await count('NoteAdded'), 1);
  await room.page.reload();
  await rung(room, /^(Received|No handset)/);
  assert.equal(await count('CallRaised'), 1, 'sent again after a reload, it is the same press');
});

test('a press that never left is taken back without a word to anyone', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  await hub.kill();
  await choose(room, 'Support please');
  await rung(room, 'Not through yet. Still trying');
  await choose(room, 'Never mind');
  await room.page.getByText('Taken back. Nothing was sent.').first().waitFor();
  await hub.start();
  await room.page.locator('.foot').getByText('Connected').waitFor();
  assert.equal(await count('CallRaised'), 0);
});

test('a page that returns dials anew, and a revoked one says so', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const dialled = room.page.waitForEvent('websocket');
  await room.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await dialled;
  await room.page.locator('.foot').getByText('Connected').waitFor();
  const enrolled = (await hub.events()).find((event) => event.kind === 'DeviceEnrolled');
  const device = enrolled.fact.device.device ?? enrolled.fact.device.id ?? enrolled.device;
  await hub.attuned('revoke', device);
  await room.page.getByText('Ask for a new link').waitFor();
});
