// A visit to a calm space in real pages against the real hub: from the room's offer to welcome back, with the hub killed
// in the middle and nothing lost; and the ways beside it.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { axe_findings, shot, start_browser } from '../support/browser.mjs';
import { start_daemon } from '../support/daemon.mjs';
import { here_now, open_calm, open_handset, open_room, open_station } from '../support/devices.mjs';

let browser, hub, devices = [];
const using = async (opened) => { const device = await opened; devices.push(device); return device; };
const choose = (device, name) => device.page.getByRole('button', { name }).click();
const line = (room, text) => room.page.locator('.break-line').getByText(text).waitFor();
const kinds = async () => (await hub.events()).map((event) => event.kind);

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
const looks_right = async (device, name) => {
  await device.page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))));  // not in the middle of a fade
  await shot(device.page, name);
  assert.deepEqual(await axe_findings(device.page), [], name);
};

test('a visit from the offer to welcome back, with the hub killed on the way', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  assert.equal(await room.page.locator('.offer, .none-open').count(), 0, 'nothing to offer before a calm space was ever open');
  const nest = await using(open_calm(browser, hub, 'nest'));
  await nest.page.getByText('Closed just now').first().waitFor();
  await looks_right(nest, 'visit-calm-closed');
  await here_now(nest, 'Linnet Frost');
  await nest.page.getByText('Nobody is here or expected').waitFor();
  await looks_right(nest, 'visit-calm-open');
  const sam = await using(open_handset(browser, hub, 'sam_wren'));
  const station = await using(open_station(browser, hub));
  await station.page.locator('[data-space=nest]').getByText('Linnet').waitFor();

  // Offered: initials inside the opened list alone, and nothing at the tablet before the child has chosen.
  await choose(room, 'Offer a break');
  await looks_right(room, 'visit-room-who');
  await choose(room, 'JT');
  await line(room, 'A break in The Nest is offered');
  await looks_right(room, 'visit-room-offered');
  assert.equal(await room.page.getByText('JT', { exact: true }).count(), 0);
  assert.equal(await nest.page.locator('.visit').count(), 0);
  await choose(room, 'They’d like to');
  await choose(room, 'With a friend');
  await line(room, 'On the way to The Nest');
  const visit = nest.page.locator('.visit');
  await visit.getByRole('heading', { name: 'JT' }).waitFor();
  await visit.getByText('Walk with me, not in front of me').waitFor();
  await sam.page.locator('.mine').getByText(/On the way to The Nest/).waitFor();
  await looks_right(nest, 'visit-calm-expected');
  await looks_right(sam, 'visit-handset-mine');

  // Killed: the tablet keeps the answer that is given meanwhile, and nothing is lost.
  await hub.kill();
  for (const device of [nest, room]) await device.page.getByText(/Cannot reach the hub since/).first().waitFor();
  await choose(nest, 'They are here');
  await nest.page.getByText('Could they leave if they wanted to?').first().waitFor();
  await looks_right(nest, 'visit-calm-question-lost');
  await nest.page.locator('.question').getByRole('button', { name: 'Yes' }).click();
  await hub.start();
  // A tablet that was slower to come back than the device-silence time has to say again who is here, and that they are.
  const again = nest.page.getByRole('button', { name: 'Linnet: I am here' });
  const there = nest.page.locator('.visit[data-step=here]');
  await again.or(there).first().waitFor();
  if (await again.isVisible()) {
    await again.click();
    await choose(nest, 'They are here');
    await nest.page.locator('.question').getByRole('button', { name: 'Yes' }).click();
  }
  await there.waitFor();
  await line(room, 'In The Nest');
  await sam.page.locator('.mine').getByText(/In The Nest/).waitFor();
  await station.page.locator('[data-space=nest]').getByText(/1 here/).waitFor();
  await looks_right(nest, 'visit-calm-here');
  await looks_right(room, 'visit-room-here');
  await looks_right(station, 'visit-station');

  await choose(nest, 'Ready to go back');
  await looks_right(nest, 'visit-calm-say');
  await choose(nest, 'Good to see you. Let’s start together.');
  await looks_right(nest, 'visit-calm-ready');
  await choose(nest, 'Off they go');
  await line(room, 'On the way back from The Nest');
  await choose(room, 'One thing to say');
  await room.page.getByText('Let’s start together').waitFor();
  await looks_right(room, 'visit-room-back');
  await choose(room, 'Welcome back');
  await room.page.locator('.break-line').waitFor({ state: 'detached' });
  await nest.page.getByText('Nobody is here or expected').waitFor();
  await choose(nest, 'I step away');
  await room.page.getByText('No calm space is open just now').waitFor();

  const told = await kinds();
  assert.ok(told.includes('SpaceOpened'));
  for (const kind of ['VisitAsked', 'VisitOffered', 'VisitChosen', 'VisitSetOut', 'VisitArrived', 'VisitReady', 'VisitReturning', 'VisitEnded'])
    assert.equal(told.filter((one) => one === kind).length, 1, kind);
  assert.equal(told.some((kind) => kind === 'CallRaised'), false);
});

test('no, they could not leave: a record; the adult steps away: people are called', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const nest = await using(open_calm(browser, hub, 'nest', { adult: 'Linnet Frost' }));
  const station = await using(open_station(browser, hub));
  await choose(room, 'Offer a break');
  await choose(room, 'Somebody else');
  await choose(room, 'They’d like to');
  await choose(room, 'On their own');
  await choose(nest, 'They are here');
  await nest.page.locator('.question').getByRole('button', { name: 'No', exact: true }).click();
  await nest.page.getByText('A record is open').waitFor();
  await looks_right(nest, 'visit-calm-record');
  await choose(nest, 'I step away');
  await looks_right(nest, 'visit-calm-stay');
  await choose(nest, 'Nobody can: call someone now');
  await nest.page.getByText('Somebody is here without an adult').first().waitFor();
  await nest.page.getByText('People are being called').waitFor({ timeout: 7000 });
  await looks_right(nest, 'visit-calm-away');
  await station.page.locator('.card').getByText('Somebody is here without an adult.').waitFor();
  await choose(nest, 'Linnet: I am here');
  await nest.page.locator('.visit[data-step=here]').waitFor();
  const told = await kinds();
  for (const kind of ['InterventionOpened', 'UnattendedOpened', 'UnattendedAlarm', 'UnattendedEnded', 'CallRaised', 'CallExplained'])
    assert.equal(told.filter((one) => one === kind).length, 1, kind);
});
