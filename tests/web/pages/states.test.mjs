// Every page in every state that people may meet, at the sizes and in the themes it is used in: axe finds nothing, no
// request leaves the origin, and a picture of each is kept in screenshots/ to be looked at.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { axe_findings, new_device, shot, sizes, start_browser } from '../support/browser.mjs';
import { root } from '../support/bundle.mjs';
import { changed, start_fake_hub } from '../support/fake_hub.mjs';
import { states } from '../support/states.mjs';

const dist = process.env.ATTUNE_WEB_DIST ?? join(root, 'clients/web/dist');
const only = process.env.ATTUNE_STATES ? new RegExp(process.env.ATTUNE_STATES) : null;
let browser;
before(async () => {
  assert.ok(existsSync(join(dist, 'room.html')), `no pages in ${dist}: node clients/web/build.mjs`);
  browser = await start_browser();
});
after(async () => { await browser?.close(); });

/** Pages that were looked at and are used again: a new one is a process of its own, which costs more than all that is seen
 * in it. Each hub has an origin of its own, so that nothing is left of the state before. */
const spare = { touch: [], mouse: [] };
async function take(kind, origin) {
  const device = spare[kind].pop() ?? await new_device(browser, { size: kind === 'touch' ? 'phone' : 'desk', reduced: true });
  return Object.assign(device, { origin });
}
async function give_back(kind, device) {
  device.origin = undefined;
  await device.page.goto('about:blank');
  await device.context.clearCookies();
  device.foreign.length = device.problems.length = 0;
  spare[kind].push(device);
}

/** One device that is brought into the state once, and then seen at each size and in each theme. axe looks once in each theme. */
async function look(state, name) {
  const hub = await start_fake_hub(dist);
  Object.assign(hub, { refuse_code: state.refuse_code ?? false, journal: state.journal ?? 'ok', welcome_more: state.welcome ?? {} });
  if (state.answer) hub.answer = state.answer;
  hub.snapshot = () => [...(state.before?.() ?? []), ...(state.calls?.() ?? []).map((view) => changed(view))];
  const [[first_size, first_theme]] = state.sizes;
  const kind = ['phone', 'tablet'].includes(first_size) ? 'touch' : 'mouse';
  const device = await take(kind, hub.url);
  const { page } = device;
  const findings = [];
  try {
    await page.setViewportSize(sizes[first_size]);
    await page.emulateMedia({ colorScheme: first_theme });
    if (state.leader !== undefined) hub.leader = state.leader;
    await page.goto(`${hub.url}/${state.page}#${state.where ?? `c=${state.page.toUpperCase()}111`}`);
    await page.locator(state.ready ?? { room: '.foot .dot-rest', handset: '.pad, .choices, .duty .facts .dot-rest, .call, .quiet', station: '.top .dot-rest', leaders: '.leaders main h1', kiosk: '.kiosk.rest' }[state.page]).first().waitFor();
    await state.act?.(page, hub);
    const seen = new Set();
    for (const [size, theme] of state.sizes) {
      const found = (finding) => findings.push(`${size}, ${theme}: ${finding}`);
      await page.setViewportSize(sizes[size]);
      await page.emulateMedia({ colorScheme: theme });
      await shot(page, `${name}-${size}-${theme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) found(`${wide} px too wide`);
      if (!seen.has(theme)) for (const finding of await axe_findings(page, { colours: seen.size > 0 })) found(finding);
      seen.add(theme);
    }
    const found = [...findings, ...device.foreign.map((url) => `a request left the hub: ${url}`), ...device.problems];
    await give_back(kind, device);
    return found;
  } catch (error) {
    await device.context.close();
    throw error;
  } finally {
    await hub.stop();
  }
}

describe('states', { concurrency: 3 }, () => { // more than there are cores: some wait seconds for a hub that is lost
  for (const state of states) {
    const name = `${state.page}-${state.name}`;
    if (only && !only.test(name)) continue;
    test(name, async () => assert.deepEqual(await look(state, name), []));
  }
});
