// An adult for today, from a leader's page to a handset and back: added with one form, a PIN that is shown once, signed in
// with it on the school's own handset, and gone by a word.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { axe_findings, new_device, shot, sizes, start_browser } from '../support/browser.mjs';
import { start_daemon } from '../support/daemon.mjs';
import { enter_pin, start_duty } from '../support/devices.mjs';
import { listen } from '../support/ears.mjs';
import { button, go, invite, open_account } from '../support/leaders.mjs';

let browser, hub, devices = [];
const using = async (opened) => { const device = await opened; devices.push(device); return device; };

before(async () => { browser = await start_browser(); });
after(async () => { await browser?.close(); });
afterEach(async () => {
  for (const device of devices) await device.context.close();
  await hub?.stop();
  for (const device of devices) {
    assert.deepEqual(device.foreign, [], 'no request leaves the hub');
    assert.deepEqual(device.problems, [], 'nothing breaks, nothing is refused by the content policy');
  }
  devices = [];
});

/** Pictures on a phone and a desk, light and dark, and axe in each. */
async function looks_right({ page }, name) {
  const findings = [];
  for (const [size, viewport] of Object.entries({ phone: sizes.phone, desk: sizes.desk })) {
    await page.setViewportSize(viewport);
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await shot(page, `today-${name}-${size}-${theme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) findings.push(`${size}: ${wide} px too wide`);
      for (const found of await axe_findings(page)) findings.push(`${size}, ${theme}: ${found}`);
    }
  }
  assert.deepEqual(findings, [], name);
}

test('a supply adult is added, signs in with the PIN of the day, and is gone by a word', async () => {
  hub = await start_daemon();
  const leader = await using(open_account(browser, hub, await invite(hub, 'rowan_hale')));
  await go(leader, 'Today');
  const { page } = leader;
  await page.getByRole('heading', { name: 'Somebody here for today only' }).waitFor();
  await looks_right(leader, 'form');
  assert.ok(await button(leader, 'Add them for today').isDisabled(), 'without a name there is nothing to add');
  await page.getByLabel('Their name').fill('Kim Hale');
  await page.getByLabel('Do they stand in for somebody').selectOption({ label: 'Sam Wren' });
  await button(leader, 'Add them for today').click();
  await page.getByRole('heading', { name: /Kim.* can start/ }).waitFor();
  const pin = (await page.locator('.pin-of-the-day').innerText()).replace(/\s/g, '');
  assert.match(pin, /^\d{6}$/);
  await looks_right(leader, 'pin');
  await button(leader, 'Done').click();
  await page.locator('[data-supply]').getByText('On no handset yet').waitFor();
  assert.equal(await page.getByText(pin).count(), 0, 'it was shown once');

  const handset = await using(new_device(browser, { size: 'phone', origin: hub.url }));
  await listen(handset.page);
  await handset.page.goto((await hub.enrol('handset')).url);
  await handset.page.getByRole('button', { name: /^Kim Hale/ }).click();
  await enter_pin(handset.page, pin);
  await handset.page.locator('.duty').waitFor();
  await start_duty(handset.page);
  await page.locator('[data-supply]').getByText('On a handset').waitFor();
  await looks_right(leader, 'list');


  await page.getByRole('button', { name: /They have gone: .*Kim Hale/ }).click();
  await button(leader, 'Yes, they have gone').click();
  await page.locator('[data-supply]').waitFor({ state: 'detached' });
  await handset.page.getByRole('heading', { name: /Who/ }).waitFor();
  assert.equal(await handset.page.getByRole('button', { name: /^Kim Hale/ }).count(), 0, 'nobody by that name is left to choose');
  const events = await hub.events();
  assert.ok(events.some((event) => event.kind === 'SupplyAdded') && events.some((event) => event.kind === 'SupplyEnded'));
  assert.equal(JSON.stringify(events).includes(pin), false, 'the PIN is in no event');
});
