// Debian's Chromium for the page tests, in its build without a window (two thirds of the processor time): one browser, a
// context of its own for each device, and a watch on every request.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { web_tests } from './bundle.mjs';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const shots = join(web_tests, 'screenshots');

export async function start_browser() {
  return chromium.launch({ executablePath: process.env.ATTUNE_CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: flags });
}

export const sizes = { phone: { width: 390, height: 844 }, tablet: { width: 820, height: 1180 }, projector: { width: 1920, height: 1080 }, desk: { width: 1280, height: 800 } };

/** A device: its own storage, theme and size. `foreign` collects requests that leave the hub's origin, which may change
 * when a device is used again. */
export async function new_device(browser, { size = 'projector', theme = 'light', origin, reduced = false } = {}) {
  const context = await browser.newContext({
    viewport: typeof size === 'string' ? sizes[size] : size, colorScheme: theme, reducedMotion: reduced ? 'reduce' : 'no-preference',
    ignoreHTTPSErrors: true, locale: 'en-GB', hasTouch: size === 'phone' || size === 'tablet',
  });
  const foreign = [], problems = [];
  const device = { context, page: null, foreign, problems, origin };
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (device.origin && url.origin !== device.origin && !['data:', 'blob:'].includes(url.protocol)) foreign.push(request.url());
  });
  const page = device.page = await context.newPage();
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error' && !/WebSocket connection|ERR_CONNECTION|net::ERR/.test(message.text())) problems.push(message.text()); });
  page.on('websocket', (socket) => { if (device.origin && new URL(socket.url()).host !== new URL(device.origin).host) foreign.push(socket.url()); });
  return device;
}

export async function shot(page, name) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

/** What axe finds against WCAG 2.2 AA, as short texts. `colours`: only what another theme can change. */
export async function axe_findings(page, { colours = false } = {}) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const all = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
  const result = await page.evaluate((options) => window.axe.run(document, options), {
    runOnly: colours ? { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } : all,
    ...(colours ? {} : { rules: { region: { enabled: false } } }), resultTypes: ['violations'],
  });
  return result.violations.map((one) => `${one.id}: ${one.help} — ${one.nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).slice(0, 3).join(' | ')}`);
}
