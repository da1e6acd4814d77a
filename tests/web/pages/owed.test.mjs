// What is owed after a call, in real pages against the real hub: from the close to a promise that is kept, with the hub
// killed in between; and what waits for a second person.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { axe_findings, shot, start_browser } from '../support/browser.mjs';
import { start_daemon } from '../support/daemon.mjs';
import { card, open_handset, open_room } from '../support/devices.mjs';

let browser, hub, devices = [];
const using = async (opened) => { const device = await opened; devices.push(device); return device; };
const choose = (device, name) => device.page.getByRole('button', { name }).first().click();
const debt = (device, kind) => device.page.locator(`[data-owed=${kind}]`);
const gone = (locator) => locator.waitFor({ state: 'detached' });

before(async () => { browser = await start_browser(); });
after(async () => { await browser?.close(); });
beforeEach(async () => { hub = await start_daemon(); });
afterEach(async () => {
  const opened = devices;
  devices = [];
  for (const device of opened) await device.context.close();
  await hub.stop();
  for (const device of opened) {
    assert.deepEqual(device.foreign, [], 'no request leaves the hub');
    assert.deepEqual(device.problems, [], 'nothing breaks');
  }
});
const looks_right = async (device, name) => {
  await device.page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))));
  await shot(device.page, name);
  assert.deepEqual(await axe_findings(device.page), [], name);
};

/** A call for JT that Sam has seen to the end. */
async function closed(room, sam) {
  await choose(room, 'Support now');
  await card(sam, 'offered').waitFor();
  await choose(room, 'Who is it for?');
  await choose(room, 'JT');
  await choose(sam, 'I’m coming');
  await choose(sam, 'I’m here');
  await choose(sam, 'Settled');
  await choose(sam, 'Done for now');
  await sam.page.getByRole('button', { name: /^What we owe/ }).waitFor();
}

test('a promise is said, outlives the hub, and is kept; what it came to is in the log, and nothing that was said', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const sam = await using(open_handset(browser, hub, 'sam_wren'));
  await closed(room, sam);
  await choose(sam, /^What we owe/);
  const repair = debt(sam, 'child_repair');
  await repair.getByText('Put it right with JT').waitFor();
  await looks_right(sam, 'owed-handset-list');
  await repair.getByRole('button', { name: 'Say a time' }).click();
  await repair.getByRole('button', { name: /in 30 min/ }).click();
  await repair.getByText(/Promised for/).waitFor();

  await hub.kill();
  await hub.start();
  await sam.page.locator('.strip .unseen', { hasText: 'Connected' }).waitFor({ state: 'attached', timeout: 30_000 });
  await repair.getByText(/Promised for/).waitFor();
  await repair.getByRole('button', { name: 'We talked' }).click();
  await repair.getByRole('group', { name: 'Is it settled between you?' }).getByRole('button', { name: 'Yes' }).click();
  await looks_right(sam, 'owed-handset-talked');
  await repair.getByRole('button', { name: 'We talked' }).click();
  await gone(repair);
  const kept = (await hub.events()).filter((event) => event.kind === 'FollowupKept');
  assert.equal(kept.length, 1);
  assert.equal(await room.page.getByText(/owe/).count(), 0, 'a room is told nothing of it');
});

test('a promise that is not needed waits for a second person', async () => {
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const sam = await using(open_handset(browser, hub, 'sam_wren'));
  await closed(room, sam);
  await choose(sam, /^What we owe/);
  const thanks = debt(sam, 'outcome_told');
  await thanks.getByRole('button', { name: 'Something else' }).click();
  await thanks.getByRole('button', { name: 'Not needed' }).click();
  await thanks.getByRole('button', { name: 'It was done already' }).click();
  await thanks.getByText('Somebody else has to agree').waitFor();
  assert.equal((await hub.events()).filter((event) => event.kind === 'FollowupEnded').length, 0);
});
