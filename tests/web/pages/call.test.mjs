// A support call in real pages against the real hub: from the press to the door to the close, and the ways beside it.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { axe_findings, shot, start_browser } from '../support/browser.mjs';
import { start_daemon } from '../support/daemon.mjs';
import { card, line, open_handset, open_room, open_station, rung } from '../support/devices.mjs';
import { page_time, tones, tones_since } from '../support/ears.mjs';
import { quick_tiers, school } from '../support/school.mjs';

let browser, hub, devices = [];
const using = async (opened) => { const device = await opened; devices.push(device); return device; };
const raise = (room, name = 'Support now') => room.page.getByRole('button', { name }).click();
const choose = (device, name) => device.page.getByRole('button', { name }).click();

before(async () => { browser = await start_browser(); });
after(async () => { await browser?.close(); });
beforeEach(async () => { hub = await start_daemon({ edit: school({ 'tiers.csv': quick_tiers }) }); });
afterEach(async () => {
  const opened = devices;
  devices = [];
  for (const device of opened) await device.context.close();
  await hub.stop();
  for (const device of opened) {
    assert.deepEqual(device.foreign, [], 'no request leaves the hub');
    assert.deepEqual(device.problems, [], 'nothing breaks, nothing is refused by the content policy');
  }
});
const looks_right = async (device, name) => {
  await shot(device.page, name);
  assert.deepEqual(await axe_findings(device.page), [], name);
};

test('the whole call: press, ring, coming, here, settled, closed', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const sam = await using(open_handset(browser, hub, 'sam_wren'));
  await looks_right(room, 'call-room-rest');
  await looks_right(sam, 'call-handset-quiet');

  await raise(room);
  await rung(room, /^Received/);
  await card(sam, 'offered').waitFor();
  await rung(room, 'Received · ringing 1');
  assert.equal(await card(sam, 'offered').getByText('Year 4 Curlew').count(), 1);
  assert.ok((await tones(sam.page)).length > 0);
  await looks_right(room, 'call-room-ringing');
  await looks_right(sam, 'call-handset-offered');

  // Who it is for, after the press: initials inside the opened list alone.
  assert.equal(await room.page.getByText('JT', { exact: true }).count(), 0);
  await choose(room, 'Who is it for?');
  await looks_right(room, 'call-room-children');
  await choose(room, 'JT');
  await card(sam, 'offered').getByText('Walk with me, not in front of me').waitFor();
  assert.equal(await room.page.getByText('JT', { exact: true }).count(), 0);
  await choose(room, 'Medical');
  await card(sam, 'offered').getByText('Medical').waitFor();

  await choose(sam, 'I’m coming');
  await rung(room, 'Sam is coming');
  const silent_from = (await page_time(sam.page)) + 100;
  await looks_right(room, 'call-room-coming');
  await looks_right(sam, 'call-handset-going');

  await choose(sam, 'I’m here');
  await rung(room, 'Sam is here');
  await looks_right(sam, 'call-handset-here');
  await choose(sam, 'Settled');
  await sam.page.getByRole('heading', { name: 'Thank you' }).waitFor();
  await looks_right(sam, 'call-handset-close');
  await choose(sam, 'Let me hold my blue stone');
  await choose(sam, 'Too loud');
  await choose(sam, /^Done/);
  await room.page.getByText('Closed. Thank you for asking.').first().waitFor();
  await room.page.locator('.controls').waitFor();
  assert.equal(await tones_since(sam.page, silent_from), 0, 'silent from the moment that it was owned');

  const kinds = (await hub.events()).map((event) => event.kind).filter((kind) => kind.startsWith('Call'));
  for (const kind of ['CallRaised', 'CallAlerted', 'CallAccepted', 'CallArrived', 'CallSettled', 'CallClosed']) {
    assert.equal(kinds.filter((one) => one === kind).length, 1, kind);
  }
});

test('a decline, then nobody: the next tiers, then the station, which sounds until a person says who goes', async () => {
  const room = await using(open_room(browser, hub, 'y4_plover'));
  const station = await using(open_station(browser, hub));
  const sam = await using(open_handset(browser, hub, 'bracken_hussain'));
  await looks_right(station, 'call-station-quiet');
  await raise(room);
  await card(sam, 'offered').waitFor();
  await choose(sam, 'I can’t');
  await card(sam, 'offered').waitFor({ state: 'detached' });
  await station.page.locator('.card.waits').waitFor();
  await station.page.waitForFunction(() => window.__tones.length > 3 * 6);
  await looks_right(station, 'call-station-last-rung');
  assert.equal(await station.page.getByRole('button', { name: /can’t|decline/i }).count(), 0);

  await choose(station, 'I have it');
  await station.page.getByRole('dialog').waitFor();
  await looks_right(station, 'call-station-who');
  await station.page.getByRole('dialog').getByRole('button', { name: /Rowan Hale/ }).click();
  await rung(room, 'The office is sending Rowan'); // until Rowan says so, nobody is coming
  const silent_from = (await page_time(station.page)) + 100;
  await station.page.locator('.card').getByText('Rowan has been asked to go').waitFor();
  await choose(room, 'Someone is here');
  await rung(room, 'Rowan is here');
  assert.equal(await tones_since(station.page, silent_from), 0);

  // The adult whom the station named finds the call on their handset, and ends it.
  const rowan = await using(open_handset(browser, hub, 'rowan_hale'));
  await choose(rowan, 'Settled');
  await choose(rowan, /^Done/);
  await room.page.locator('.controls').waitFor();
});

test('two accepts at once: one owner, and the other is told', async () => {
  const room = await using(open_room(browser, hub, 'y5_heron'));
  const adults = [];
  for (const person of ['sorrel_brook', 'ash_penrose']) adults.push(await using(open_handset(browser, hub, person)));
  await raise(room);
  for (const adult of adults) await card(adult, 'offered').waitFor();
  // The hub is held still until both have tapped, so that both accepts wait for it at once.
  hub.freeze();
  for (const adult of adults) await choose(adult, 'I’m coming');
  hub.thaw();
  await rung(room, /is coming/);
  const owner = (await line(room).innerText()).includes('Sorrel') ? 0 : 1;
  await card(adults[owner], 'owner').waitFor();
  await adults[1 - owner].page.getByText(/has it. Thank you.|already going/).first().waitFor();
  const accepted = (await hub.events()).filter((event) => event.kind === 'CallAccepted' && event.actor && ['sorrel_brook', 'ash_penrose'].includes(event.actor));
  assert.equal(accepted.length, 1, 'one owner');
  await choose(adults[owner], 'I’m here');
  await choose(adults[owner], 'Settled');
  await choose(adults[owner], /^Done/);
  await room.page.locator('.controls').waitFor();
});

test('never mind: asked gently, confirmed, withdrawn; or taken back', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  await raise(room, 'Support please');
  await rung(room, /^Received|No handset/);
  await choose(room, 'Never mind');
  await room.page.getByText('Raised by mistake? That’s fine.').waitFor();
  await looks_right(room, 'call-room-never-mind');
  await choose(room, 'We still need someone');
  await room.page.getByText('Raised by mistake?').waitFor({ state: 'detached' });
  await choose(room, 'Never mind');
  await choose(room, 'Yes, all is well here');
  await room.page.getByText('All well. Thank you for saying so.').first().waitFor();
  await room.page.locator('.controls').waitFor();
});

test('nobody to ring: the room is told, and how else to get help', async () => {
  const room = await using(open_room(browser, hub, 'nursery'));
  await raise(room, 'Support please');
  await rung(room, 'No handset can be reached yet');
  await room.page.locator('.instead').getByText('Ring the office on 200').waitFor();
  await looks_right(room, 'call-room-undelivered');
  await choose(room, 'Never mind');
  await choose(room, 'Yes, all is well here');
  await room.page.locator('.controls').waitFor();
});

test('by keyboard alone: chords, tab and enter, and a hold on the third level', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const { keyboard } = room.page;
  await keyboard.press('Control+Alt+1');
  await rung(room, /^Received|No handset/);
  const tab_to = async (name) => {
    for (let n = 0; n < 30; n++) {
      await keyboard.press('Tab');
      const at = await room.page.evaluate(() => (document.activeElement instanceof HTMLButtonElement ? document.activeElement.innerText : ''));
      if (at.includes(name)) return;
    }
    assert.fail(`no way to ${name} by Tab`);
  };
  await tab_to('Support now');
  assert.notEqual(await room.page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none', 'the focus can be seen');
  await keyboard.press('Enter');
  await room.page.getByRole('button', { name: 'Support now' }).waitFor({ state: 'detached' });
  // A short press of the third does nothing; a held one calls everyone.
  await tab_to('Everyone available');
  await keyboard.press('Enter');
  assert.equal(await room.page.getByRole('button', { name: /Everyone available/ }).count(), 1);
  await keyboard.down('Enter');
  await room.page.getByRole('button', { name: /Everyone available/ }).waitFor({ state: 'detached' });
  await keyboard.up('Enter');
  await keyboard.press('Control+Alt+0');
  await tab_to('Yes, all is well here');
  await keyboard.press('Enter');
  await room.page.locator('.controls').waitFor();
  await keyboard.press('Control+Alt+Shift+3');
  await rung(room, /^Received|No handset/);
  await keyboard.press('Control+Alt+0');
  await tab_to('Yes, all is well here');
  await keyboard.press('Space');
  await room.page.locator('.controls').waitFor();
});

test('a locked handset shows nothing of a child', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const sam = await using(open_handset(browser, hub, 'hazel_marsh'));
  await raise(room);
  await choose(room, 'Who is it for?');
  await choose(room, 'JT');
  await card(sam, 'offered').getByText('Walk with me, not in front of me').waitFor();
  await sam.page.locator('.me').click();
  await choose(sam, 'Lock');
  await sam.page.getByText('Locked.').waitFor();
  await sam.page.reload();
  await sam.page.getByText('Locked.').waitFor();
  await card(sam, 'offered').waitFor();
  const text = await sam.page.locator('body').innerText();
  assert.ok(!text.includes('JT') && !text.includes('blue stone'), text);
  await looks_right(sam, 'call-handset-locked');
  await choose(room, 'Never mind');
  await choose(room, 'Yes, all is well here');
  await card(sam, 'offered').waitFor({ state: 'detached' });
});

test('another adult, a calm space, handing over, a break', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const sam = await using(open_handset(browser, hub, 'linnet_frost'));
  const hazel = await using(open_handset(browser, hub, 'juniper_gale'));
  await raise(room);
  await card(sam, 'offered').waitFor();
  await choose(sam, 'I’m coming');
  await rung(room, 'Linnet is coming');
  await choose(sam, 'Another adult');
  await card(hazel, 'offered').waitFor();
  await choose(hazel, 'I’m coming');
  await rung(room, 'Linnet is coming, Juniper too');
  await card(sam, 'owner').getByText('Juniper comes too').waitFor();
  await choose(sam, 'I’m here');
  await card(hazel, 'helper').getByText('Linnet has it, and you help').waitFor();
  await choose(sam, 'Hand over');
  await sam.page.locator('.choices').getByRole('button', { name: /Juniper Gale/ }).click();
  await card(hazel, 'owner').waitFor();
  await rung(room, 'Juniper has it from here');
  await choose(hazel, /^Done/);
  await room.page.locator('.controls').waitFor();

  await hazel.page.locator('.me').getByText('Recovering until').waitFor();
  await hazel.page.locator('.me').click();
  await choose(hazel, 'I’m ready again');
  await hazel.page.locator('.me').getByText('Free').waitFor();
  await raise(room, 'Support please');
  await card(hazel, 'offered').waitFor();
  await choose(hazel, 'I’m coming');
  await choose(hazel, 'I’m here');
  await choose(hazel, 'To a calm space');
  await hazel.page.locator('.choices button').first().click();
  await rung(room, /^Together in /);
  await choose(hazel, /^Done/);
  await room.page.locator('.controls').waitFor();

  await hazel.page.locator('.me').click();
  await choose(hazel, '15 min');
  await hazel.page.locator('.me').getByText('On a break until').waitFor();
});

test('what is said stays true: an owner who cannot after all, answers over a lost hub, no old word over a new call', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const linnet = await using(open_handset(browser, hub, 'linnet_frost'));
  await raise(room, 'Support please');
  await card(linnet, 'offered').waitFor();
  await choose(linnet, 'I’m coming');
  await rung(room, 'Linnet is coming');
  await linnet.page.locator('.me').getByText('Going to a call').waitFor();
  await choose(linnet, 'I can’t after all');
  await room.page.locator('.news').getByText('Not Linnet after all.').waitFor();
  await looks_right(room, 'call-room-not-after-all');
  await linnet.page.getByRole('heading', { name: 'No call waits for you' }).waitFor();
  await looks_right(linnet, 'call-handset-declined');
  // Nothing is for certain of a child who was chosen but that it was passed on.
  await choose(room, 'Who is it for?');
  await choose(room, 'JT');
  await room.page.getByText('Passed on who it is for').waitFor();
  await linnet.page.locator('.call-line').click();
  await choose(linnet, 'I can come after all');
  await rung(room, 'Linnet is coming');
  assert.equal(await room.page.locator('.news').count(), 0, 'bad news that is over is not told on');
  await choose(linnet, 'I’m here');
  await choose(linnet, 'Settled');
  await choose(linnet, 'Too loud');
  const kept = () => linnet.page.locator('.chip[aria-pressed=true]', { hasText: 'Too loud' }).waitFor();
  await kept();
  const dialled = linnet.page.waitForEvent('websocket');
  await hub.kill();
  await hub.start();
  await dialled;
  await linnet.page.locator('.link').getByText('Connected').waitFor();
  await kept();
  await linnet.page.reload();
  await kept();
  await choose(linnet, 'Done');
  await linnet.page.locator('.toast, .duty').first().waitFor();
  await raise(room, 'Support please');
  await card(linnet, 'offered').waitFor();
  assert.equal(await linnet.page.locator('.toast').count(), 0, 'how the last call ended is not read as said of this one');
  assert.equal(await linnet.page.evaluate(() => Object.keys(localStorage).some((key) => key.endsWith('closing'))), false, 'answers of a closed call are let go');
});

test('two handset links in two windows of one browser are two handsets', async () => {
  const first = await using(open_handset(browser, hub, 'bryn_alder', { duty: false }));
  const { url } = await hub.enrol('handset', '--person', 'marlow_teal');
  const second = await first.context.newPage();
  await second.goto(url);
  await second.getByText('Hello Marlow Teal').waitFor();
  assert.match(second.url(), /\?slot=2$/);
  await second.reload();
  await second.getByText('Hello Marlow Teal').waitFor();
  await first.page.reload();
  await first.page.getByText('Start duty').first().waitFor();
  await second.close();
});
