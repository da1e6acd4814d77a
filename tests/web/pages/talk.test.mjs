// Talk time as a child and an adult meet it, against the real hub: from the card to the promise that is kept, with the
// hub killed in the middle; what no other screen ever shows; and the hand that becomes a call.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { axe_findings, new_device, shot, start_browser } from '../support/browser.mjs';
import { start_daemon } from '../support/daemon.mjs';
import { card, open_handset, open_room, open_station } from '../support/devices.mjs';

const child = 'WF-1012', initials = 'JT', adult = 'sam_wren';
let browser, hub, devices = [];
const using = async (opened) => { const device = await opened; devices.push(device); return device; };
const choose = (device, name) => device.page.getByRole('button', { name }).first().click();
const count = async (kind) => (await hub.events()).filter((event) => event.kind === kind).length;
const step = (kiosk, name) => kiosk.page.locator(`main[data-step=${name}]`).waitFor();
const rung = (kiosk, name) => kiosk.page.locator(`.promise[data-rung=${name}]`).waitFor();
const talk = (handset, at) => handset.page.locator(`.talk[data-rung=${at}]`);

async function open_kiosk(place = 'library') {
  const device = await new_device(browser, { size: 'tablet', origin: hub.url });
  const { url } = await hub.enrol('kiosk', '--place', place);
  await device.page.goto(url);
  await step(device, 'rest');
  return device;
}

/** A new card for the child, as it is printed; the older one is void. */
async function print_card(of = child) {
  return (await hub.attuned('cards', 'print', of)).split(of)[1].replace(/\s/g, '');
}

/** As a scanner does: it types what the square says, and Enter. */
async function show_card(kiosk, code) {
  await kiosk.page.keyboard.type(code);
  await kiosk.page.keyboard.press('Enter');
}

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
    assert.deepEqual(device.problems, []);
  }
});

test('asked, they know, offered, agreed, met, with the hub killed in the middle', async () => {
  const code = await print_card();
  const kiosk = await using(open_kiosk());
  const sam = await using(open_handset(browser, hub, adult));
  const room = await using(open_room(browser, hub, 'y4_curlew'));
  const station = await using(open_station(browser, hub));
  await show_card(kiosk, code);
  await step(kiosk, 'home');
  await choose(kiosk, 'Talk');
  await choose(kiosk, /^Sam/);
  await choose(kiosk, 'Today');
  await rung(kiosk, 'received');
  await kiosk.page.getByText('Sam knows').first().waitFor();
  assert.deepEqual(await axe_findings(kiosk.page), []);
  assert.equal(await count('TalkShown'), 1);
  await talk(sam, 'received').waitFor();
  await shot(sam.page, 'talk-asked');

  await hub.kill();
  await step(kiosk, 'rest'); // the promise left the screen by itself
  await hub.start();
  await talk(sam, 'received').waitFor();
  await choose(sam, 'Offer a time');
  await choose(sam, /in 15 min/);
  await sam.page.getByRole('group', { name: 'Where?' }).getByRole('button').first().click();
  await talk(sam, 'offered').waitFor();
  assert.deepEqual(await axe_findings(sam.page), []);

  await show_card(kiosk, code);
  await rung(kiosk, 'offered');
  await shot(kiosk.page, 'talk-offered');
  await hub.kill();
  await choose(kiosk, 'Yes'); // while there is no hub: it is kept and sent once
  await hub.start();
  await rung(kiosk, 'agreed');
  assert.equal(await count('TalkAgreed'), 1);
  await talk(sam, 'agreed').waitFor();
  await choose(sam, 'We met');
  await talk(sam, 'met').waitFor();
  await step(kiosk, 'rest');
  await show_card(kiosk, code);
  await step(kiosk, 'feedback');
  await choose(kiosk, 'Good');
  await step(kiosk, 'rest');
  await sam.page.locator('.talk').waitFor({ state: 'detached' });
  for (const kind of ['TalkAsked', 'TalkShown', 'TalkOffered', 'TalkAgreed', 'TalkMet', 'TalkClosed']) assert.equal(await count(kind), 1, kind);
  for (const device of [room, station]) assert.equal(await device.page.getByText(/talk/i).count(), 0, 'no shared screen says a word of it');
});

test('hello looks like talk at every step, and is waved back', async () => {
  const code = await print_card();
  const kiosk = await using(open_kiosk());
  const sam = await using(open_handset(browser, hub, adult));
  const seen = [];
  // What an onlooker sees; the line for screen readers follows a moment later.
  const looks = () => kiosk.page.locator('main').evaluate((main) => {
    const copy = main.cloneNode(true);
    for (const line of copy.querySelectorAll('[aria-live], [role=status]')) line.remove();
    return copy.textContent;
  });
  for (const wish of ['Talk', 'Hello']) {
    await show_card(kiosk, code);
    await step(kiosk, 'home');
    await choose(kiosk, wish);
    const pictures = [await looks()];
    await choose(kiosk, /^Sam/);
    pictures.push(await looks());
    await choose(kiosk, 'Soon');
    await rung(kiosk, 'received');
    pictures.push(await looks());
    seen.push(pictures);
    if (wish === 'Hello') break;
    await choose(kiosk, 'Never mind');
    await step(kiosk, 'rest');
    await sam.page.locator('.talk').waitFor({ state: 'detached' });
  }
  assert.deepEqual(seen[0], seen[1]);
  await choose(sam, 'Wave back');
  await talk(sam, 'met').waitFor();
  assert.equal(await count('TalkTakenBack'), 1);
});

test('someone else, and an adult who is not here is never said to know', async () => {
  const code = await print_card();
  const kiosk = await using(open_kiosk());
  await show_card(kiosk, code);
  await choose(kiosk, 'Talk');
  await kiosk.page.getByText('not here now').first().waitFor();
  await choose(kiosk, /^Sam/);
  await choose(kiosk, 'Now');
  await rung(kiosk, 'asked');
  await kiosk.page.getByText('Nobody has seen it yet').first().waitFor();
  const sam = await using(open_handset(browser, hub, adult));
  await talk(sam, 'received').waitFor();
  await step(kiosk, 'rest');
  await show_card(kiosk, code);
  await rung(kiosk, 'received');
  await choose(kiosk, 'Someone else');
  await sam.page.locator('.talk').waitFor({ state: 'detached' });
});

test('the hand is a call at once: the child’s own adult, and no child on a shared screen', async () => {
  const code = await print_card();
  const kiosk = await using(open_kiosk());
  const room = await using(open_room(browser, hub, 'library'));
  const station = await using(open_station(browser, hub));
  const sam = await using(open_handset(browser, hub, adult));
  await show_card(kiosk, code);
  await choose(kiosk, 'Help me now');
  await rung(kiosk, 'calling');
  await card(sam, 'offered').waitFor();
  await sam.page.getByText(initials).first().waitFor();
  await choose(sam, 'I’m coming');
  await kiosk.page.getByText('Somebody is coming').first().waitFor();
  await station.page.locator('.card').first().waitFor();
  assert.equal(await station.page.getByText(initials, { exact: true }).count(), 0);
  assert.equal(await room.page.locator('.line').count(), 0, 'the room of the same place shows nothing');
  assert.deepEqual(await axe_findings(kiosk.page), []);
});

test('an old card opens nothing, and the picture of it goes by itself', async () => {
  const old = await print_card();
  const code = await print_card();
  const kiosk = await using(open_kiosk());
  await show_card(kiosk, old);
  await kiosk.page.getByText('An adult can get you a new one').first().waitFor();
  await show_card(kiosk, code);
  await step(kiosk, 'home');
  await choose(kiosk, 'Finished');
  await step(kiosk, 'rest');
});
