// The morning, by hand and against the real hub: a room's test comes back to its screen, what is not ready is listed with
// somebody who looks, a person lets a device be, a personal drill gives way to a real call at once, the whole school
// practises, and the card for whoever is new here. The hub is killed in the middle, and the list is still there.
import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe_findings, shot, start_browser } from '../support/browser.mjs';
import { root } from '../support/bundle.mjs';
import { start_daemon, zone_of_night } from '../support/daemon.mjs';
import { card, open_calm, open_handset, open_room, open_station, rung } from '../support/devices.mjs';

let browser, hub;

const { name: zone, date } = zone_of_night();
/** The example school with a school day that has begun, whenever this runs: its list is due at once. */
async function school_today(folder) {
  const school = join(folder, 'school');
  cpSync(join(root, 'deploy/example-school'), school, { recursive: true });
  writeFileSync(join(school, 'terms.csv'), `what,from,to\nzone,${zone},\nday,00:00,24:00\nsign_in_by,00:00,\nopen,${date(-1)},${date(2)}\n`);
  writeFileSync(join(school, 'timetable.csv'), `person,day,from,to,what,place\nrobin_thistle,${date(0)},00:00,24:00,teaching,y4_curlew\n`);
  return school;
}
const ready = (station, device) => station.page.locator(`[data-ready="${device}"]`);
const kinds = async () => (await hub.events()).map((event) => event.kind);
const looks_right = async (device, name) => {
  await device.page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))));
  await shot(device.page, name);
  assert.deepEqual(await axe_findings(device.page), [], name);
};

before(async () => { browser = await start_browser(); });
after(async () => { await browser?.close(); });

test('a test of the day goes to the office and back, and a room that has none is somebody’s', async () => {
  hub = await start_daemon({ zone });
  const room = await open_room(browser, hub, 'y4_curlew');
  const elm = await open_room(browser, hub, 'y5_heron');
  const station = await open_station(browser, hub);
  await room.page.getByRole('button', { name: 'Test of the day' }).waitFor();
  await looks_right(room, 'ready-room-rest');
  await room.page.getByRole('button', { name: 'Test of the day' }).click();
  await room.page.getByText(/Tested \d\d:\d\d/).waitFor();
  assert.equal(await room.page.getByRole('button', { name: 'Test of the day' }).count(), 0);
  const told = await hub.events();
  const at = (kind) => told.findIndex((event) => event.kind === kind);
  assert.ok(at('CallRaised') < at('StationCalled') && at('StationCalled') < at('CallAlerted') && at('CallAlerted') < at('DeviceProven'), 'to the journal, to the station, and back');
  assert.equal(told.filter((event) => event.kind === 'CallOffered').length, 0, 'nobody is called out of class for it');

  await station.page.getByRole('button', { name: 'Test this station' }).click();
  await station.page.getByText('Did you hear it?').waitFor();
  await looks_right(station, 'ready-station-test');
  await station.page.getByRole('button', { name: 'Yes, I heard it' }).click();
  await station.page.getByText(/This station was heard/).waitFor();

  // The morning comes: the list is out, and the one room is somebody's.
  const sam = await open_handset(browser, hub, 'sam_wren');
  const lead = await open_handset(browser, hub, 'sorrel_brook');
  await hub.attuned('import', await school_today(hub.folder), '--apply');
  const row = station.page.locator('.ready li');
  await row.getByText('Year 5 Heron').waitFor();
  await row.getByText(/is asked to look/).waitFor();
  assert.equal(await row.count(), 1);
  await looks_right(station, 'ready-station-list');
  assert.match(await hub.attuned('ready'), /Year 5 Heron .*not tested yet today.*is asked to look/);

  await hub.kill();
  await station.page.locator('[data-notice=lost]').waitFor();
  await hub.start();
  await station.page.locator('[data-notice=lost]').waitFor({ state: 'detached' });
  await row.getByText('Year 5 Heron').waitFor();

  await row.getByRole('button', { name: 'Name somebody else' }).click();
  await station.page.getByLabel('Find a name').fill('Sam');
  await station.page.getByRole('button', { name: /Sam Wren/ }).click();
  await sam.page.getByRole('heading', { name: 'Please look at Year 5 Heron' }).waitFor();
  await looks_right(sam, 'ready-handset-look');
  await sam.page.getByRole('button', { name: 'I’ll look' }).click();
  await row.getByText('Sam goes and looks').waitFor();
  await lead.page.getByRole('button', { name: 'Not ready: 1 device' }).click();
  await lead.page.getByText('Sam goes and looks').waitFor();
  await looks_right(lead, 'ready-lead-list');
  await lead.page.getByRole('button', { name: 'Back' }).click();

  await elm.page.getByRole('button', { name: 'Test of the day' }).click();
  await station.page.getByText(/All \d+ are ready/).waitFor();
  assert.equal(await row.count(), 0);
  await sam.page.locator('.look').waitFor({ state: 'detached' });
  for (const device of [room, elm, station, sam, lead]) {
    assert.deepEqual(device.foreign, []);
    await device.context.close();
  }
  await hub.stop();
});

test('what may stay unproven takes a person and a reason; a calm space’s tablet is tested as a room', async () => {
  hub = await start_daemon({ zone });
  const room = await open_room(browser, hub, 'y4_curlew');
  const nest = await open_calm(browser, hub, 'nest');
  const station = await open_station(browser, hub);
  const sam = await open_handset(browser, hub, 'sam_wren');
  await nest.page.getByRole('button', { name: 'Test of the day' }).click();
  await nest.page.getByText(/Tested \d\d:\d\d/).waitFor();
  await hub.attuned('import', await school_today(hub.folder), '--apply');
  await sam.page.locator('.look').first().waitFor();
  const label = await sam.page.locator('.look').getAttribute('data-look');
  await sam.page.getByRole('button', { name: 'Let it be for today' }).click();
  await sam.page.getByRole('button', { name: 'Not used today' }).click();
  await ready(station, label).waitFor({ state: 'detached' });
  await station.page.getByText('1 let be for today').waitFor();
  const excused = (await hub.events()).find((event) => event.kind === 'DeviceExcused');
  assert.deepEqual([excused.fact.person, excused.fact.why], ['sam_wren', 'not_used_today']);
  for (const device of [room, nest, station, sam]) await device.context.close();
  await hub.stop();
});

test('a drill says so everywhere, and a real press ends it at once', async () => {
  hub = await start_daemon({ zone });
  const room = await open_room(browser, hub, 'y4_curlew');
  const other = await open_room(browser, hub, 'y5_heron');
  const station = await open_station(browser, hub);
  const sam = await open_handset(browser, hub, 'sam_wren');
  await room.page.getByRole('button', { name: 'Help' }).click();
  await looks_right(room, 'ready-room-help');
  await room.page.getByRole('button', { name: 'Practise with one adult' }).click();
  await rung(room, /^Drill · /);
  await card(sam, 'offered').getByText('This is practice').waitFor();
  await looks_right(sam, 'ready-drill-handset');
  await looks_right(room, 'ready-drill-room');
  await station.page.locator('.card.drill').getByText(/^Drill · /).waitFor();
  await looks_right(station, 'ready-drill-station');
  await sam.page.getByRole('button', { name: 'I’m coming' }).click();
  await rung(room, /Drill · Sam is coming/);

  // A real press in another room: the drill is gone from every screen, and its adult is asked.
  await other.page.getByRole('button', { name: 'Support now' }).click();
  await card(sam, 'offered').getByText('Year 5 Heron').waitFor();
  await room.page.locator('.farewell').getByText('The drill has ended: people are needed elsewhere.').waitFor();
  await station.page.locator('.card.drill').waitFor({ state: 'detached' });
  await room.page.getByRole('button', { name: 'Help' }).click();
  await room.page.getByRole('button', { name: 'Practise with one adult' }).click();
  await room.page.getByText('Somebody is waited for just now').waitFor();
  const ended = (await hub.events()).find((event) => event.kind === 'CallWithdrawn');
  assert.equal(ended.fact.how, 'drill_gave_way');
  for (const device of [room, other, station, sam]) await device.context.close();
  await hub.stop();
});

test('the whole school practises: each room once, beside its real controls', async () => {
  hub = await start_daemon({ zone });
  const room = await open_room(browser, hub, 'y4_curlew');
  const other = await open_room(browser, hub, 'y5_heron');
  const station = await open_station(browser, hub);
  const lead = await open_handset(browser, hub, 'sorrel_brook');
  assert.match(await hub.attuned('ready'), /Never pressed, drills included: 2 of the rooms/);
  await lead.page.getByRole('button', { name: /Ready for the day|Not ready/ }).click();
  await lead.page.getByRole('button', { name: 'Start a drill for every room' }).click();
  const press = (device) => device.page.getByRole('button', { name: 'Drill: press once here' });
  await press(room).waitFor();
  await station.page.locator('[data-notice=site-drill]').getByText('0 of 2 rooms').waitFor();
  assert.ok(await room.page.getByRole('button', { name: 'Support now' }).isVisible(), 'real controls stay where they are');
  await looks_right(room, 'ready-site-drill-room');
  await looks_right(station, 'ready-site-drill-station');
  await looks_right(lead, 'ready-site-drill-lead');
  await press(room).click();
  await room.page.getByText('Drill: this room has pressed').waitFor();
  await station.page.locator('[data-notice=site-drill]').getByText('1 of 2 rooms').waitFor();
  await press(other).click();
  await station.page.locator('[data-notice=site-drill]').waitFor({ state: 'detached' });
  assert.ok((await hub.events()).some((event) => event.kind === 'SiteDrillEnded' && event.fact.how === 'everybody'));
  assert.match(await hub.attuned('ready'), /Never pressed, drills included: 0 of the rooms\./);
  for (const device of [room, other, station, lead]) await device.context.close();
  await hub.stop();
});

test('the 60-second card: on the page, on paper, and for every room from the terminal', async () => {
  hub = await start_daemon({ zone });
  const room = await open_room(browser, hub, 'y4_curlew');
  await room.page.getByRole('button', { name: 'Help' }).click();
  await room.page.getByRole('button', { name: 'New here? The 60-second card' }).click();
  await room.page.getByRole('heading', { name: 'If you need somebody in Year 4 Curlew' }).waitFor();
  await looks_right(room, 'ready-card');
  await room.page.emulateMedia({ media: 'print' });
  assert.equal(await room.page.getByRole('button', { name: 'Print this card' }).isVisible(), false);
  await shot(room.page, 'ready-card-print');
  await room.page.emulateMedia({ media: 'screen' });
  assert.match(await hub.attuned('ready', '--supply-cards', join(hub.folder, 'cards.html')), /1 cards are in/);
  await room.context.close();
  await hub.stop();
});
