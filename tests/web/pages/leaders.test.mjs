// Leaders in real pages against the real hub: opening an account, signing in, a second person for each new device, a lost
// device ended, sessions that end; and axe and pictures of each state.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, afterEach, before, test } from 'node:test';
import { axe_findings, new_device, shot, sizes, start_browser } from '../support/browser.mjs';
import { start_daemon } from '../support/daemon.mjs';
import { button, go, invite, open_account, real_site, sign_in, signed_out, totp, waiting_card } from '../support/leaders.mjs';
import { school } from '../support/school.mjs';

const read_qr = createRequire(import.meta.url)('jsqr');
let browser, hub, devices = [];
const using = async (opened) => { const device = await opened; devices.push(device); return device; };
const { desk } = sizes;

before(async () => { browser = await start_browser(); });
after(async () => { await browser?.close(); });
const start = async (change = {}) => { hub = await start_daemon({ edit: school({ 'site.csv': real_site, ...change }) }); };
afterEach(async () => {
  const opened = devices;
  devices = [];
  for (const device of opened) await device.context.close();
  await hub?.stop();
  for (const device of opened) {
    assert.deepEqual(device.foreign, [], 'no request leaves the hub');
    assert.deepEqual(device.problems.filter((one) => !/status of (403|429)/.test(one)), [], 'nothing breaks, nothing is refused by the content policy');
  }
});

/** Pictures on a phone and a desk, light and dark, and axe in each; ends as it began. */
async function looks_right(device, name) {
  const { page } = device;
  const at_first = page.viewportSize();
  const findings = [];
  for (const [size, viewport] of Object.entries({ desk, phone: sizes.phone })) {
    await page.setViewportSize(viewport);
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await shot(page, `leaders-${name}-${size}-${theme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) findings.push(`${size}: ${wide} px too wide`);
      for (const found of await axe_findings(page)) findings.push(`${size}, ${theme}: ${found}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  await page.setViewportSize(at_first);
  assert.deepEqual(findings, [], name);
}

/** What a phone's camera would read of the square on the page. */
async function scanned(page, locator) {
  const png = (await locator.screenshot()).toString('base64');
  const { data, width, height } = await page.context().browser().newPage().then(async (blank) => {
    const read = await blank.evaluate(async (base64) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const brush = canvas.getContext('2d');
      brush.drawImage(bitmap, 0, 0);
      return { data: [...brush.getImageData(0, 0, bitmap.width, bitmap.height).data], width: bitmap.width, height: bitmap.height };
    }, png);
    await blank.close();
    return read;
  });
  return read_qr(Uint8ClampedArray.from(data), width, height)?.data;
}

const first_leader = async (how) => using(open_account(browser, hub, await invite(hub), how));
const second_leader = async (how) => using(open_account(browser, hub, await invite(hub, 'rowan_hale'), how));
/** A device that opens a link which a leader made on the page. */
async function make_link(leader, kind, choice) {
  await go(leader, 'New device');
  await leader.page.getByRole('radio', { name: kind }).check();
  await leader.page.getByRole('combobox').selectOption({ label: choice });
  await button(leader, 'Make the link').click();
  return leader.page.locator('[data-url]').innerText();
}
const open_device = async (url, size = 'projector') => {
  const device = await using(new_device(browser, { size, origin: hub.url }));
  await device.page.goto(url);
  return device;
};

test('an account is opened from a link, step by step, and the link works once', async () => {
  await start();
  const url = await invite(hub);
  const leader = await using(open_account(browser, hub, url, {
    at: async (step, { page }) => {
      assert.equal(new URL(page.url()).hash, '', 'the code has left the address');
      if (step === 'password') {
        await page.getByLabel('Your password').fill('short');
        await page.getByText('7 more characters').waitFor();
        assert.ok(await page.getByRole('button', { name: 'Go on' }).isDisabled());
        await page.getByRole('button', { name: 'Show the password' }).click();
        assert.equal(await page.getByLabel('Your password').getAttribute('type'), 'text');
        await page.getByLabel('Your password').fill('seven plain words make a password');
      }
      if (step === 'phone') {
        const read = await scanned(page, page.locator('svg.qr'));
        assert.match(read ?? '', /^otpauth:\/\/totp\//, 'a camera can read the square');
        assert.match(read, new RegExp(`secret=${(await page.locator('[data-secret]').innerText()).replace(/\s/g, '')}`));
      }
      if (step === 'codes') {
        assert.equal(new Set(await page.locator('.recovery code').allInnerTexts()).size, 8);
        const saved = page.waitForEvent('download');
        await page.getByRole('button', { name: 'Save as text' }).click();
        assert.match((await saved).suggestedFilename(), /^attune-recovery-/);
      }
      if (step === 'digits') {
        await page.getByLabel('Six digits').fill('000000');
        await page.getByRole('button', { name: 'Open my account' }).click();
        await page.getByText('Those six digits do not match').waitFor();
      }
      await looks_right({ page }, `open-${step}`);
    },
  }));
  await leader.page.getByRole('heading', { name: 'No device answers yet' }).waitFor();
  assert.equal(await leader.page.evaluate(() => document.cookie), '', 'no script sees the session');
  assert.deepEqual(await leader.page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0], 'nothing is kept on the device');
  await looks_right(leader, 'devices-none');

  const other = await open_device(url, desk);
  await other.page.getByLabel('Your password').fill('another few plain words');
  await button(other, 'Go on').click();
  await other.page.getByRole('heading', { name: 'Ask for a new link' }).waitFor();
  await looks_right(other, 'used-link');
});

test('one answer for everything wrong, then a wait that counts down; a recovery code works once', async () => {
  await start();
  const leader = await first_leader();
  await button(leader, 'Sign out').click();
  await signed_out(leader, 'signed_out');
  await looks_right(leader, 'signed-out');
  const answer = async (person, code, with_password) => {
    await sign_in({ ...leader, person }, code, with_password);
    await leader.page.getByText('That does not match').waitFor();
    return leader.page.locator('.problem').innerText();
  };
  const [code] = leader.recovery;
  const said = new Set([await answer('nobody_here', code), await answer(leader.person, code, 'not the password at all'), await answer(leader.person, '123456')]);
  assert.equal(said.size, 1, 'the same words whatever was wrong');
  await looks_right(leader, 'sign-in-wrong');
  await sign_in(leader, code);
  await leader.page.locator('.leaders main h1').waitFor();
  await button(leader, 'Sign out').click();
  await signed_out(leader, 'signed_out');
  await answer(leader.person, code); // used up
  const wait = leader.page.locator('.problem', { hasText: /^Too many tries\. You can try again in/ }).first(); // it is said aloud, too
  for (let n = 0; n < 8 && !await wait.isVisible(); n++) {
    await sign_in(leader, '000000');
    await leader.page.locator('.problem:not(:empty)').waitFor();
  }
  await wait.waitFor();
  assert.ok(await button(leader, 'Sign in').isDisabled());
  await looks_right(leader, 'sign-in-wait');
  const before_tick = await wait.innerText();
  await leader.page.waitForFunction((text) => document.querySelector('.problem').textContent !== text, before_tick);
  assert.match(await wait.innerText(), /\d+ s\.$|min/);
});

test('a second leader lets a room in, which waits calmly and then raises', async () => {
  await start();
  const flint = await first_leader();
  const rowan = await second_leader();
  await go(flint, 'New device');
  await flint.page.getByRole('heading', { name: 'A link for a new device' }).waitFor();
  await looks_right(flint, 'link-form');
  const url = await make_link(flint, 'A room’s screen', 'Year 4 Curlew');
  await looks_right(flint, 'link-made');
  assert.equal(await scanned(flint.page, flint.page.locator('svg.qr')), url);
  const room = await open_device(url);
  await room.page.locator('[data-gate=waiting]').waitFor();
  await room.page.getByRole('heading', { name: 'Year 4 Curlew' }).waitFor();
  await room.page.getByText('Ring the office on 200.').waitFor();
  assert.equal(await room.page.getByRole('button').count(), 0, 'nothing to press, for nothing would come of it');
  await looks_right(room, 'room-waits');
  await flint.page.locator('[data-made=opened]').waitFor();
  await looks_right(flint, 'link-opened');
  await go(flint, 'Devices');
  await flint.page.getByText('You made its link, so somebody else has to approve it.').waitFor();
  assert.equal(await button(flint, /^Approve/, false).count(), 0);
  await looks_right(flint, 'devices-mine-waits');

  await waiting_card(rowan, 'Year 4 Curlew').getByText(/Flint Moor\u2069 made its link/).waitFor();
  await looks_right(rowan, 'devices-waiting');
  await room.page.reload(); // and a reload waits on
  await room.page.locator('[data-gate=waiting]').waitFor();
  await waiting_card(rowan, 'Year 4 Curlew').getByRole('button', { name: /^Approve/ }).click();
  await room.page.locator('.foot').getByText('Connected').waitFor();
  await room.page.getByRole('button', { name: 'Support now' }).click();
  await room.page.locator('.line .rung').getByText(/^Received|No handset/).waitFor();
  await rowan.page.getByRole('heading', { name: 'Every device answers' }).waitFor();
  const row = rowan.page.locator('.rows li', { hasText: 'Year 4 Curlew' }).first();
  await row.locator('summary').click();
  await row.getByText('Approved by you').waitFor();
  await row.getByText('Link made by \u2068Flint Moor\u2069').waitFor();
  await looks_right(rowan, 'devices-one');

  // Lost: one confirmation, and it is out within five seconds.
  await row.getByRole('button', { name: /^Lost\?/ }).click();
  await looks_right(rowan, 'devices-end');
  await button(rowan, 'Keep it').click();
  await row.getByRole('button', { name: /^Lost\?/ }).click();
  await button(rowan, 'End it').click();
  await room.page.getByRole('heading', { name: 'Ask for a new link' }).waitFor({ timeout: 5000 });
  await row.waitFor({ state: 'detached' });
});

test('refused: a handset is told so, and what to do; a station waits, too', async () => {
  await start();
  const flint = await first_leader();
  const rowan = await second_leader();
  const handset = await open_device(await make_link(flint, 'A handset', 'Sam Wren'), 'phone');
  await handset.page.getByText('This handset cannot take calls yet.').waitFor();
  await looks_right(handset, 'handset-waits');
  await button(flint, 'Make another').click();
  const station = await open_device(await make_link(flint, 'A station', 'School office'));
  await station.page.getByText('This station cannot take calls yet.').waitFor();
  await looks_right(station, 'station-waits');
  await rowan.page.getByRole('heading', { name: '2 new devices wait for you' }).waitFor();
  await waiting_card(rowan, 'Sam').getByRole('button', { name: /^Refuse/ }).click();
  await handset.page.getByText('This device was not let in').waitFor({ timeout: 5000 });
  await looks_right(handset, 'handset-refused');
  await handset.page.reload();
  await handset.page.getByRole('heading', { name: 'One link to begin' }).waitFor();
  await go(flint, 'Devices');
  await button(flint, /^Take it back/, false).click(); // its maker may take it back
  await station.page.getByText('This device was not let in').waitFor({ timeout: 5000 });
});

test('signing out ends the other tab; an administrator signs somebody out; a reset account signs in no more', async () => {
  await start();
  const flint = await first_leader();
  const tab = await flint.context.newPage();
  await tab.goto(`${hub.url}/leaders#people`);
  await tab.getByRole('heading', { name: '1 person has an account' }).waitFor();
  await tab.getByText('A second leader has to open an account').waitFor();
  await tab.getByRole('button', { name: /^Invite .*Rowan Hale/ }).click();
  const url = await tab.locator('[data-url]').innerText();
  await looks_right({ page: tab }, 'people-invited');
  const rowan = await using(open_account(browser, hub, url));
  assert.equal(await rowan.page.getByRole('link', { name: 'People' }).count(), 0, 'for administrators alone');
  await button({ page: tab }, 'Done').click();
  await tab.getByRole('heading', { name: '2 people have accounts' }).waitFor();
  await looks_right({ page: tab }, 'people');
  await tab.locator('[data-account=rowan_hale]').getByRole('button', { name: /^Sign out everywhere/ }).click();
  await rowan.page.locator('[data-page=sign-in]').waitFor({ timeout: 5000 });
  await sign_in(rowan, rowan.recovery[0]);
  await rowan.page.locator('.leaders main h1').waitFor();
  await hub.attuned('leaders', 'reset', 'rowan_hale');
  await rowan.page.locator('[data-page=sign-in]').waitFor({ timeout: 5000 });

  await button(flint, 'Sign out').click();
  await signed_out(flint, 'signed_out');
  await tab.locator('[data-page=sign-in]').waitFor({ timeout: 5000 });
  await sign_in(flint, totp(flint.secret, 1));
  await flint.page.locator('.leaders main h1').waitFor();
  await button(flint, 'Sign out of every browser').click();
  await signed_out(flint);
});

test('markup and marks of direction in names are text on every page', async () => {
  const odd = '<img src=x onerror=alert(1)>';
  await start({
    'places.csv': (text) => text.replace('Year 4 Curlew', odd),
    'staff.csv': (text) => text.replace('Flint Moor', 'Flint <b>Moor</b> \u200fשלום').replace('Sam Wren', 'Sam & <i>Wren'),
  });
  const flint = await first_leader();
  const rowan = await second_leader();
  const room = await open_device(await make_link(flint, 'A room’s screen', odd));
  await room.page.getByRole('heading', { name: odd }).waitFor();
  await waiting_card(rowan, odd).getByText('<b>Moor</b>').waitFor();
  await looks_right(rowan, 'devices-odd-names');
  await go(flint, 'People');
  await flint.page.getByRole('heading', { name: 'Flint <b>Moor</b> \u200fשלום' }).waitFor();
  for (const device of [flint, rowan, room]) {
    assert.equal(await device.page.locator('main img, main i, main b:not(.rungs b)').count(), 0, 'nothing of a name became markup');
  }
});

test('the hub is lost and comes back: said, and signed in still', async () => {
  await start();
  const flint = await first_leader();
  await hub.kill();
  await flint.page.locator('[data-notice=lost]').waitFor({ timeout: 10_000 });
  await looks_right(flint, 'devices-lost');
  await hub.start();
  await flint.page.locator('[data-notice=lost]').waitFor({ state: 'detached' });
  await flint.page.locator('.end').getByText(/live/).waitFor();
});
