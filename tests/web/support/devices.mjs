// Devices as people open them: a room, a handset with its person on duty, the station; each in a storage of its own.
import { new_device } from './browser.mjs';
import { listen } from './ears.mjs';

export async function open_room(browser, hub, place, how = {}) {
  const device = await new_device(browser, { size: 'projector', origin: hub.url, ...how });
  const { url } = await hub.enrol('room', '--place', place);
  await device.page.goto(url + (how.query ?? ''));
  await device.page.locator('.foot').getByText('Connected').waitFor();
  return device;
}

export async function enter_pin(page, pin) {
  await page.locator('.pad').waitFor();
  for (const digit of pin) await page.locator('.key', { hasText: digit }).click();
  await page.getByRole('button', { name: 'Carry on' }).click();
}

/** Chooses a PIN, starts duty, hears the tone. Ends on the quiet page. */
export async function open_handset(browser, hub, person, { pin = '2468', duty = true, ...how } = {}) {
  const device = await new_device(browser, { size: 'phone', origin: hub.url, ...how });
  await listen(device.page);
  const { url } = await hub.enrol('handset', '--person', person);
  await device.page.goto(url);
  await enter_pin(device.page, pin);
  await device.page.getByText('The same PIN once more').waitFor();
  await enter_pin(device.page, pin);
  // A call that waits for this adult comes before starting a duty.
  await device.page.locator('.duty, .call').first().waitFor();
  if (duty && await device.page.locator('.duty').isVisible()) await start_duty(device.page);
  return device;
}

export async function start_duty(page) {
  await page.getByRole('button', { name: /Start duty|Carry on with duty/ }).click();
  const heard = page.getByRole('button', { name: 'Yes, I heard it' });
  await heard.or(page.locator('.column')).first().waitFor();
  if (await heard.isVisible()) await heard.click();
  await page.locator('.column').waitFor();
}

export async function open_station(browser, hub, place = 'office', { sound = true, ...how } = {}) {
  const device = await new_device(browser, { size: 'projector', origin: hub.url, ...how });
  await listen(device.page);
  const { url } = await hub.enrol('station', '--place', place);
  await device.page.goto(url);
  await device.page.locator('.station .top').getByText(/live/).waitFor();
  if (sound) {
    const on = device.page.getByRole('button', { name: 'Turn the sound on' });
    if (await on.isVisible()) await on.click();
    await device.page.locator('[data-notice=sound-off]').waitFor({ state: 'detached' });
  }
  return device;
}

export const line = (room) => room.page.locator('.line .rung');
export const rung = (room, text) => line(room).getByText(text).waitFor();
export const card = (handset, relation) => handset.page.locator(`article.call[data-relation=${relation}]`);

/** The tablet of a calm space; with `adult`, opened by that adult. */
export async function open_calm(browser, hub, place, { adult, ...how } = {}) {
  const device = await new_device(browser, { size: 'tablet', origin: hub.url, ...how });
  const { url } = await hub.enrol('calm', '--place', place);
  await device.page.goto(url);
  await device.page.locator('.calm').waitFor();
  if (adult) await here_now(device, adult);
  return device;
}

export async function here_now(tablet, adult) {
  await tablet.page.getByRole('button', { name: 'I am here' }).click();
  await tablet.page.getByLabel('Find your name').fill(adult);
  await tablet.page.getByRole('button', { name: adult }).click();
  await tablet.page.locator('.adults').waitFor();
}
