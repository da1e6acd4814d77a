// Text that a school stores, on the pages that show it: markup and marks of direction are letters like any other on the
// room, the handset and the station, and what no page could show is refused where it would come in.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { axe_findings, shot, start_browser } from '../support/browser.mjs';
import { start_daemon } from '../support/daemon.mjs';
import { card, open_handset, open_room, open_station, rung } from '../support/devices.mjs';
import { school } from '../support/school.mjs';

const place = '<img src=x onerror=alert(1)>';
const hint = '</p><script>alert(2)</script> past “the hall” & back';
const adult = '<i>Sam</i> \u200f(א)';
const helps = '<b onclick="alert(3)">Walk</b> with me \u200fשלום&lt;';
const odd = {
  'places.csv': (text) => text.replace('Year 4 Curlew', place).replace('past the hall, opposite the library', hint.replaceAll('"', '""')),
  'staff.csv': (text) => text.replace('sam_wren,Sam Wren,Sam,', `sam_wren,Sam <u>Wren</u>,${adult},`),
  'children.csv': (text) => text.replace('Walk with me, not in front of me', helps.replaceAll('"', '""')),
};

let browser, hub, devices = [];
before(async () => { browser = await start_browser(); });
after(async () => { await browser?.close(); });
afterEach(async () => {
  const opened = devices;
  devices = [];
  for (const device of opened) await device.context.close();
  await hub?.stop();
  for (const device of opened) assert.deepEqual([device.foreign, device.problems], [[], []], 'nothing of a text was run or fetched');
});
const using = async (opening) => { const device = await opening; devices.push(device); return device; };
const button = (device, name) => device.page.getByRole('button', { name }).first().click();
/** Letter by letter, wherever on the page. */
const shows = (device, text) => device.page.getByText(text, { exact: false }).first().waitFor();

test('markup and marks of direction are text on the room, the handset and the station, at every step of a call', async () => {
  hub = await start_daemon({ edit: school(odd) });
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const sam = await using(open_handset(browser, hub, 'sam_wren'));
  const station = await using(open_station(browser, hub));
  await shows(room, place);
  await button(room, 'Support now');
  await card(sam, 'offered').waitFor();
  await button(room, 'Who is it for?');
  await button(room, 'JT');
  for (const text of [place, hint, helps]) await shows(sam, text);
  await shows(station, place);
  await button(sam, 'I’m coming');
  await rung(room, `${adult} is coming`);
  await station.page.locator('.card').getByText(`${adult} is coming`).waitFor();
  for (const [name, device] of Object.entries({ room, sam, station })) {
    assert.equal(await device.page.locator('img[src="x"], u, i:text("Sam"), b[onclick], p script, article script').count(), 0, `${name}: nothing of a text became markup`);
    await shot(device.page, `text-${name}`);
    assert.deepEqual(await axe_findings(device.page), [], name);
  }
  await button(sam, 'I’m here');
  await rung(room, `${adult} is here`);
});

test('control characters, and marks that turn what follows, are refused where they would come in', async () => {
  hub = await start_daemon();
  for (const [what, bad] of Object.entries({ escape: '\u001b[31mred', override: '\u202egnirts', isolate: '\u2066a' })) {
    const edit = school({ 'places.csv': (text) => text.replace('Year 4 Curlew', `Year 4 ${bad}`) });
    const folder = await edit(`${hub.folder}/${what}`);
    await assert.rejects(hub.attuned('import', folder, '--apply'), (error) => /places\.csv:\d+: name: /.test(error.stderr), what);
  }
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  await shows(room, 'Year 4 Curlew');
});
