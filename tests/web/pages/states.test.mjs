// Every page in every state that people may meet, at the sizes and in the themes it is used in: axe finds nothing, no
// request leaves the origin, and a picture of each is kept in screenshots/ to be looked at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { axe_findings, new_device, shot, start_browser } from '../support/browser.mjs';
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

/** One device in the state, with a hub of its own, so that all sizes and themes can be looked at side by side. */
async function look(state, name, size, theme) {
  const hub = await start_fake_hub(dist);
  Object.assign(hub, { refuse_code: state.refuse_code ?? false, journal: state.journal ?? 'ok', welcome_more: state.welcome ?? {} });
  if (state.answer) hub.answer = state.answer;
  hub.snapshot = () => [...(state.before?.() ?? []), ...(state.calls?.() ?? []).map((view) => changed(view))];
  const device = await new_device(browser, { size, theme, origin: hub.url, reduced: true });
  try {
    await device.page.goto(`${hub.url}/${state.page}#c=${state.page.toUpperCase()}111`);
    await device.page.locator(state.ready ?? { room: '.foot .dot-rest', handset: '.pad, .choices, .duty .facts .dot-rest, .call, .quiet', station: '.top .dot-rest' }[state.page]).first().waitFor();
    await state.act?.(device.page, hub);
    await shot(device.page, `${name}-${size}-${theme}`);
    const wide = await device.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    return [
      ...(await axe_findings(device.page)), ...device.foreign.map((url) => `a request left the hub: ${url}`), ...device.problems,
      ...(wide > 0 ? [`${wide} px too wide`] : []),
    ].map((finding) => `${size}, ${theme}: ${finding}`);
  } finally {
    await device.context.close();
    await hub.stop();
  }
}

for (const state of states) {
  const name = `${state.page}-${state.name}`;
  if (only && !only.test(name)) continue;
  test(name, async () => {
    const findings = await Promise.all(state.sizes.map(([size, theme]) => look(state, name, size, theme)));
    assert.deepEqual(findings.flat(), []);
  });
}
