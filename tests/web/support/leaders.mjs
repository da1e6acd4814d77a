// Leaders as people are: a school that is nobody's example, an account opened on the page from its one-time link, six
// digits reckoned from the key that the page shows, and signing in.
import { createHmac } from 'node:crypto';
import { new_device } from './browser.mjs';

export const password = 'seven plain words make a password';

/** The example school's lists without its mark, so that devices need a second person. */
export const real_site = () => 'key,value\nname,Hazel Lane School\nhelp,"Ring the office on 200."\n';

/** RFC 6238 with SHA-1 and 30 s, `ahead` steps from now. */
export function totp(secret, ahead = 0) {
  const bits = [...secret.replace(/[^A-Z2-7]/g, '')].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac('sha1', key).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export const invite = async (hub, person) => JSON.parse(await hub.attuned('leaders', ...(person ? ['invite', person] : ['first']), '--json')).url;
export const button = (device, name, exact = true) => device.page.getByRole('button', { name, exact });

/** Opens the account of a link to the end; the browser is signed in then. `at` is called on each step with its name. */
export async function open_account(browser, hub, url, { at = async () => {}, ...how } = {}) {
  const leader = await new_device(browser, { size: { width: 1280, height: 800 }, origin: hub.url, ...how });
  const { page } = leader;
  await page.goto(url);
  const field = page.getByLabel('Your password');
  await field.fill(password);
  await at('password', leader);
  await button(leader, 'Go on').click();
  const secret = page.locator('[data-secret]');
  await secret.waitFor();
  leader.secret = (await secret.innerText()).replace(/\s/g, '');
  leader.person = (await page.locator('[data-person]').innerText()).trim();
  await at('phone', leader);
  await button(leader, 'My phone shows six digits').click();
  leader.recovery = await page.locator('.recovery code').allInnerTexts();
  await at('codes', leader);
  await button(leader, 'I have kept these').click();
  await page.getByLabel('Six digits').waitFor();
  await at('digits', leader);
  await page.getByLabel('Six digits').fill(totp(leader.secret));
  await button(leader, 'Open my account').click();
  await page.locator('.leaders main h1').waitFor();
  return leader;
}

export async function sign_in(leader, code, with_password = password) {
  const { page } = leader;
  await page.getByLabel('Staff id').fill(leader.person);
  await page.getByLabel('Password', { exact: true }).fill(with_password);
  await page.getByLabel('Six digits from your authenticator').fill(code);
  await button(leader, 'Sign in').click();
}

export const signed_out = (leader, why) => leader.page.locator(`[data-page=sign-in]${why ? ` [data-ended=${why}]` : ''}`).first().waitFor();
export const go = (leader, name) => leader.page.getByRole('navigation').getByRole('link', { name }).click();
export const waiting_card = (leader, label) => leader.page.locator('.waiting-card', { hasText: label });
