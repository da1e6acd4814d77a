// One school day by hand and against the real hub: the door, a note that only the right adults read, a check-in that is
// promised for later, over the death of the hub; and when school ends the note is nowhere to be read, also not on disk.
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe_findings, new_device, shot, start_browser } from '../support/browser.mjs';
import { root } from '../support/bundle.mjs';
import { start_daemon } from '../support/daemon.mjs';
import { open_handset } from '../support/devices.mjs';

let browser, hub, school, state_dir;
const words = 'Hard morning. No changes, please.';

/** A zone in which it is about ten in the morning, whenever this runs: no midnight falls into the test. */
const shift = Math.min(12, new Date().getUTCHours() - 10);
const zone = `Etc/GMT${shift >= 0 ? '+' : ''}${shift}`;
const date = (days) => new Date(Date.now() - shift * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const terms = (opens) => `what,from,to\nzone,${zone},\nday,00:00,24:00\nsign_in_by,00:00,\n${opens}\n`;
const around = `open,${date(-1)},${date(2)}`;
/** At a time that has not come yet. */
const checkins = 'child,days,time,adult\nWF-1012,mon tue wed thu fri sat sun,23:59,\n';

async function small_school(folder) {
  state_dir = folder;
  school = join(folder, 'school');
  cpSync(join(root, 'deploy/example-school'), school, { recursive: true });
  const lines = readFileSync(join(school, 'children.csv'), 'utf8').split('\n');
  writeFileSync(join(school, 'children.csv'), [lines[0], lines.find((line) => line.startsWith('WF-1012,')), lines.find((line) => line.startsWith('WF-7439,')), ''].join('\n'));
  writeFileSync(join(school, 'terms.csv'), terms(around));
  writeFileSync(join(school, 'timetable.csv'), `person,day,from,to,what,place\nrobin_thistle,${date(0)},00:00,24:00,teaching,library\n`);
  writeFileSync(join(school, 'checkins.csv'), checkins);
  return school;
}

/** Every byte that the hub keeps. */
function on_disk(text) {
  const walk = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : entry.isFile() ? [join(folder, entry.name)] : []));
  return walk(state_dir).filter((path) => !path.startsWith(school)).some((path) => readFileSync(path).includes(text));
}
function key_is_there() {
  const walk = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));
  return walk(state_dir).some((path) => path.endsWith('notes.key') && existsSync(path));
}

before(async () => {
  browser = await start_browser();
  hub = await start_daemon({ edit: small_school });
});
after(async () => { await browser?.close(); await hub?.stop(); });

test('a morning at the door, a line for today, a check-in, and the end of the day', async () => {
  const sam = await open_handset(browser, hub, 'sam_wren');        // the named adult
  const robin = await open_handset(browser, hub, 'robin_thistle'); // teaches where JT is due
  const bryn = await open_handset(browser, hub, 'bryn_alder');     // neither
  const board = await new_device(browser, { size: 'projector', origin: hub.url });
  await board.page.goto((await hub.enrol('board', '--place', 'office')).url);
  const corridor = await new_device(browser, { size: 'projector', origin: hub.url });
  await corridor.page.goto((await hub.enrol('board', '--place', 'office', '--corridor')).url);
  await board.page.locator('[data-not-greeted="2"]').waitFor();
  await corridor.page.locator('.board .top').getByText(/live/).waitFor();
  assert.equal(await corridor.page.locator('[data-not-greeted]').count(), 0);

  // The door: whoever stands there sees all who are not greeted yet, and a slip is undone with one tap.
  await bryn.page.getByRole('button', { name: 'I’m at the door' }).click();
  await bryn.page.locator('[data-door=AO]').click();
  await bryn.page.getByText('AO is greeted').waitFor();
  await board.page.locator('[data-not-greeted="1"]').waitFor();
  await bryn.page.getByRole('button', { name: 'Undo' }).click();
  await bryn.page.locator('[data-door=AO]').waitFor();
  await shot(bryn.page, 'day-door');
  assert.deepEqual(await axe_findings(bryn.page), []);
  await bryn.page.locator('[data-door=JT]').click();
  await bryn.page.locator('[data-door=JT]').waitFor({ state: 'detached' });
  await bryn.page.getByRole('button', { name: 'I leave the door' }).click();
  await bryn.page.locator('.quiet').first().waitFor();

  // A line for today: read by whoever meets the child, and by nobody else.
  await sam.page.getByRole('button', { name: 'My children' }).click();
  await sam.page.locator('[data-child=JT]').getByText('Bryn said hello').waitFor();
  await sam.page.locator('[data-child=JT]').getByRole('button', { name: 'A line for today' }).click();
  await sam.page.locator('#note-text').fill(words);
  await sam.page.getByRole('button', { name: 'Tell them' }).click();
  await sam.page.locator('[data-child=JT]').getByText(words).waitFor();
  assert.deepEqual(await axe_findings(sam.page), []);
  await shot(sam.page, 'day-my-children');
  await robin.page.locator('[data-note=JT]').getByText(words).waitFor();
  for (const other of [bryn, board, corridor]) assert.doesNotMatch(await other.page.content(), /Hard morning/);
  assert.ok(!on_disk(words), 'the words are on the disk');
  assert.ok(key_is_there());

  // A check-in of today stays over the death of the hub, and so does the note.
  await sam.page.locator('[data-child=JT]').getByText(/Check-in at/).waitFor();
  await hub.kill();
  await sam.page.locator('[data-notice=lost]').waitFor();
  await hub.start();
  await sam.page.locator('[data-notice=lost]').waitFor({ state: 'detached' });
  await sam.page.locator('[data-child=JT]').getByText(/Check-in at/).waitFor();
  await robin.page.locator('[data-note=JT]').getByText(words).waitFor();

  // The end of the day: the school's files say that there is none today.
  writeFileSync(join(school, 'terms.csv'), terms(`open,${date(3)},${date(4)}`));
  await hub.attuned('import', school, '--apply');
  await robin.page.locator('[data-note=JT]').waitFor({ state: 'detached' });
  await board.page.locator('[data-not-greeted]').waitFor({ state: 'detached' });
  assert.ok(!key_is_there(), 'the key of the note is still there');
  const told = await hub.events();
  const kinds = told.map((event) => event.kind);
  for (const kind of ['DayBegan', 'ChildGreeted', 'GreetingTakenBack', 'NoteWritten', 'NoteEnded', 'DayEnded', 'CheckinOpened']) assert.ok(kinds.includes(kind), kind);
  assert.doesNotMatch(JSON.stringify(told), /Hard morning/);
  assert.equal(told.find((event) => event.kind === 'NoteWritten').fact.sealed, 'withheld');
  for (const device of [sam, robin, bryn, board, corridor]) {
    assert.deepEqual(device.foreign, []);
    assert.deepEqual(device.problems, []);
    await device.context.close();
  }
});
