// Cover, by hand and against the real hub: an adult takes a break, the board changes, the gap reaches whoever leads, a
// named swap closes it; the hub is killed in the middle, and nothing is lost. A corridor's board never names a child.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe_findings, new_device, shot, start_browser } from '../support/browser.mjs';
import { root } from '../support/bundle.mjs';
import { start_daemon } from '../support/daemon.mjs';
import { open_handset } from '../support/devices.mjs';

let browser, hub, school;

const date = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The example school with one child, and school around the clock, on whatever day this runs. */
async function small_school(folder) {
  school = join(folder, 'school');
  cpSync(join(root, 'deploy/example-school'), school, { recursive: true });
  const lines = readFileSync(join(school, 'children.csv'), 'utf8').split('\n');
  writeFileSync(join(school, 'children.csv'), [lines[0], lines.find((line) => line.startsWith('WF-1012,')), ''].join('\n'));
  writeFileSync(join(school, 'checkins.csv'), 'child,days,time,adult\n');
  writeFileSync(join(school, 'terms.csv'), `what,from,to\nzone,UTC,\nday,00:00,24:00\nsign_in_by,00:00,\nopen,${date(-1)},${date(2)}\n`);
  writeFileSync(join(school, 'timetable.csv'), `person,day,from,to,what,place\nrobin_thistle,${date(0)},00:00,24:00,teaching,y4_curlew\n`);
  return school;
}

before(async () => {
  browser = await start_browser();
  hub = await start_daemon({ edit: small_school });
});
after(async () => { await browser?.close(); await hub?.stop(); });

async function open_board(...more) {
  const device = await new_device(browser, { size: 'projector', origin: hub.url });
  const { url } = await hub.enrol('board', '--place', 'office', ...more);
  await device.page.goto(url);
  await device.page.locator('.board .top').getByText(/live/).waitFor();
  return device;
}
const adult = (board, person) => board.page.locator(`[data-person=${person}]`);

test('a break opens a gap, and a named swap closes it, over the death of the hub', async () => {
  const sam = await open_handset(browser, hub, 'sam_wren');
  const lead = await open_handset(browser, hub, 'sorrel_brook');
  const board = await open_board();
  const corridor = await open_board('--corridor');
  await adult(board, 'sam_wren').getByText('JT').waitFor();
  await adult(corridor, 'sam_wren').getByText('Free').waitFor();
  await shot(board.page, 'cover-board-rest');

  await sam.page.locator('.me').click();
  await sam.page.getByRole('button', { name: '15 min' }).click();
  await adult(board, 'sam_wren').getByText(/On a break until/).waitFor();
  await board.page.locator('.nobody').getByText('JT').waitFor();
  await lead.page.locator('.gap').getByText('Nobody is free for JT').waitFor();
  await shot(board.page, 'cover-board-nobody');
  await shot(lead.page, 'cover-lead-gap');
  assert.deepEqual(await axe_findings(board.page), []);
  assert.deepEqual(await axe_findings(lead.page), []);
  assert.equal(await sam.page.locator('.gap').count(), 0, 'whoever does not lead is not told');

  await hub.kill();
  await board.page.locator('[data-notice=lost]').waitFor();
  await hub.start();
  await board.page.locator('[data-notice=lost]').waitFor({ state: 'detached' });
  await board.page.locator('.nobody').getByText('JT').waitFor();
  await lead.page.locator('.gap').getByText('Nobody is free for JT').waitFor();

  await lead.page.getByRole('button', { name: 'Choose who stands in' }).click();
  await lead.page.locator('#find-standby').fill('Linnet');
  await lead.page.getByRole('button', { name: /Linnet Frost/ }).click();
  await lead.page.getByText('stands in for JT').waitFor();
  await lead.page.locator('.gap').waitFor({ state: 'detached' });
  await adult(board, 'linnet_frost').getByText('standing in').waitFor();
  await board.page.locator('.nobody').waitFor({ state: 'detached' });
  await shot(board.page, 'cover-board-swap');

  await sam.page.getByRole('button', { name: 'My children' }).click();
  await sam.page.locator('[data-child=JT]').getByText('Linnet is here for them').waitFor();
  assert.deepEqual(await axe_findings(sam.page), []);
  assert.doesNotMatch(await corridor.page.content(), /JT/);
  assert.deepEqual(await axe_findings(corridor.page), []);
  const told = (await hub.events()).map((event) => event.kind);
  for (const kind of ['CoverageGapOpened', 'SwapNamed', 'CoverageGapClosed']) assert.ok(told.includes(kind), kind);
  for (const device of [sam, lead, board, corridor]) {
    assert.deepEqual(device.foreign, []);
    assert.deepEqual(device.problems, []);
    await device.context.close();
  }
});

test('a timetable that can’t be read is a fault on the board, and the last good one goes on', async () => {
  const board = await open_board();
  const good = readFileSync(join(school, 'timetable.csv'), 'utf8');
  const adults = await board.page.locator('[data-person]').count();
  writeFileSync(join(school, 'timetable.csv'), `${good}nobody_at_all,mon,09:00,10:00,teaching,\n`);
  await assert.rejects(hub.attuned('import', school, '--apply'), /timetable\.csv:3: person: /);
  await board.page.locator('[data-notice=timetable]').waitFor();
  assert.equal((await hub.events()).filter((event) => event.kind === 'TimetableSet').length, 1, 'the last good one goes on');
  assert.equal(await board.page.locator('[data-person]').count(), adults, 'and is shown');
  writeFileSync(join(school, 'timetable.csv'), good);
  await hub.attuned('import', school, '--apply');
  await board.page.locator('[data-notice=timetable]').waitFor({ state: 'detached' });
  await board.context.close();
});
