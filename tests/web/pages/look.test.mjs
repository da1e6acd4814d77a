// The first look: a room, a handset and the station beside each other in one window, from one link.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe_findings, new_device, shot, start_browser } from '../support/browser.mjs';
import { start_daemon } from '../support/daemon.mjs';
import { enter_pin, start_duty } from '../support/devices.mjs';
import { listen } from '../support/ears.mjs';

let browser, hub;
before(async () => {
  browser = await start_browser();
  hub = await start_daemon();
});
after(async () => { await browser?.close(); await hub?.stop(); });

test('a newcomer plays a whole call in one window', async () => {
  const device = await new_device(browser, { size: { width: 1680, height: 1000 }, origin: hub.url });
  const { page } = device;
  await listen(page);
  const code = async (...words) => (await hub.enrol(...words)).code;
  const codes = [await code('room', '--place', 'y4_curlew'), await code('handset', '--person', 'sam_wren'), await code('station', '--place', 'office')];
  await page.goto(`${hub.url}/look#r=${codes[0]}&h=${codes[1]}&s=${codes[2]}`);
  const frame = (name) => page.frame({ url: new RegExp(`/${name}\\?`) });
  await page.frameLocator('.room iframe').getByText('Connected').waitFor();
  assert.equal(new URL(page.url()).hash, '', 'the codes have left the address');
  await page.getByText('This is the example school').waitFor();
  const [room, handset, station] = ['room', 'handset', 'station'].map(frame);

  // On a laptop's screen too the whole pad is there to be tapped.
  await page.setViewportSize({ width: 1366, height: 768 });
  const carry_on = await handset.getByRole('button', { name: 'Carry on' }).boundingBox();
  assert.ok(carry_on && carry_on.y + carry_on.height <= 768, JSON.stringify(carry_on));
  await shot(page, 'look-laptop');
  await page.setViewportSize({ width: 1680, height: 1000 });
  await enter_pin(handset, '1357');
  await handset.getByText('The same PIN once more').waitFor();
  await enter_pin(handset, '1357');
  await start_duty(handset);
  await station.getByRole('button', { name: 'Turn the sound on' }).click();
  await shot(page, 'look-rest');
  assert.deepEqual(await axe_findings(page), []);

  await room.getByRole('button', { name: 'Support now' }).click();
  await room.locator('.rung').getByText('Received · ringing').waitFor();
  await handset.locator('article.call').waitFor();
  await shot(page, 'look-ringing');
  await handset.getByRole('button', { name: 'I’m coming' }).click();
  await room.locator('.rung').getByText('Sam is coming').waitFor();
  await station.locator('.card').getByText('Sam is coming').waitFor();
  await shot(page, 'look-coming');
  await handset.getByRole('button', { name: 'I’m here' }).click();
  await handset.getByRole('button', { name: 'Settled' }).click();
  await handset.getByRole('button', { name: /^Done/ }).click();
  await room.locator('.controls').waitFor();

  // A reload keeps all three: each frame has its own storage.
  await page.reload();
  await page.frameLocator('.room iframe').getByText('Connected').waitFor();
  await page.frameLocator('.handset iframe').getByText(/Carry on with duty|No open calls/).first().waitFor();
  await page.frameLocator('.station iframe').getByText('School office').first().waitFor();
  assert.deepEqual(device.foreign, []);
  assert.deepEqual(device.problems, []);
  await device.context.close();
});
